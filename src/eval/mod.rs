//! Judged evaluation: topics, judgements, runs, and how good a run is.

mod judged;
mod measures;
mod randomisation;

use std::io::BufRead;

pub use judged::{Qrels, Run};
pub use measures::{Depths, Measures, mean, measure};
pub use randomisation::{Comparison, compare};

use crate::error::{Error, Result};

/// A query with an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// What the run calls it.
    pub id: String,
    /// The query.
    pub query: String,
}

/// Reads topics, one a line: `id<TAB>query`; blank lines are passed over. `name` is what errors
/// call the input.
///
/// # Errors
/// Returns [`Error::QueryLine`] for a line without a tab or an id, [`Error::Io`] where the input
/// cannot be read.
///
/// ```
/// let topics = kliping::eval::read_topics("q1\tharga beras\n".as_bytes(), "topics.tsv")?;
/// assert_eq!((topics[0].id.as_str(), topics[0].query.as_str()), ("q1", "harga beras"));
/// # Ok::<(), kliping::error::Error>(())
/// ```
pub fn read_topics(input: impl BufRead, name: &str) -> Result<Vec<Topic>> {
    let mut topics = Vec::new();
    for (line, text) in (1..).zip(input.lines()) {
        let text = text.map_err(|source| Error::io("read", name, source))?;
        if text.trim().is_empty() {
            continue;
        }
        let malformed = || Error::QueryLine { file: name.to_owned(), line };
        let (id, query) = text.split_once('\t').filter(|(id, _)| !id.is_empty()).ok_or_else(malformed)?;
        topics.push(Topic { id: id.to_owned(), query: query.to_owned() });
    }
    Ok(topics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_tab_is_named() {
        let error = read_topics("q1\ta\n\nsalah\n".as_bytes(), "topics.tsv").unwrap_err();
        assert_eq!(error.to_string(), "line 3 of `topics.tsv` is not `id<TAB>query`");
    }
}
