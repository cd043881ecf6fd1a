//! Judged evaluation: topics, judgements, runs, and how good a run is.

mod judged;
mod measures;
mod randomisation;

use std::io::{BufRead, ErrorKind};

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
/// Returns [`Error::QueryLine`] for a line without a tab or an id, [`Error::QueryRepeated`] for an id that comes
/// again, [`Error::Io`] where the input
/// cannot be read.
///
/// ```
/// let topics = kliping::eval::read_topics("q1\tharga beras\n".as_bytes(), "topics.tsv")?;
/// assert_eq!((topics[0].id.as_str(), topics[0].query.as_str()), ("q1", "harga beras"));
/// # Ok::<(), kliping::error::Error>(())
/// ```
pub fn read_topics(input: impl BufRead, name: &str) -> Result<Vec<Topic>> {
    let mut topics = Vec::new();
    let mut ids = rustc_hash::FxHashSet::default();
    for (line, text) in (1..).zip(input.lines()) {
        let text = text.map_err(|source| match source.kind() {
            ErrorKind::InvalidData => Error::QueryLine { file: name.to_owned(), line },
            _ => Error::io("read", name, source),
        })?;
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            continue;
        }
        let malformed = || Error::QueryLine { file: name.to_owned(), line };
        let (id, query) = text.split_once('\t').filter(|(id, _)| !id.is_empty()).ok_or_else(malformed)?;
        if !ids.insert(id.to_owned()) {
            return Err(Error::QueryRepeated { file: name.to_owned(), line, id: id.to_owned() });
        }
        topics.push(Topic { id: id.to_owned(), query: query.to_owned() });
    }
    Ok(topics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_an_id() {
        assert_eq!(read_topics("\u{feff}q1\ta\n".as_bytes(), "topics.tsv").unwrap()[0].id, "q1");
    }

    #[test]
    fn a_line_in_another_encoding_is_named() {
        let error = read_topics(&b"q1\ta\nq2\tcaf\xe9\n"[..], "topics.tsv").unwrap_err();
        assert_eq!(error.to_string(), "line 2 of `topics.tsv` is not `id<TAB>query` in UTF-8");
    }

    #[test]
    fn an_id_that_comes_again_is_named() {
        let error = read_topics("q1\ta\n\nq2\tb\nq1\tc\n".as_bytes(), "topics.tsv").unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 4 of `topics.tsv` has the id `q1` of another line; each query needs one of its own"
        );
    }

    #[test]
    fn a_line_without_a_tab_is_named() {
        let error = read_topics("q1\ta\n\nsalah\n".as_bytes(), "topics.tsv").unwrap_err();
        assert_eq!(error.to_string(), "line 3 of `topics.tsv` is not `id<TAB>query` in UTF-8");
    }
}
