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

/// The topics of a file, and its lines that are none.
#[derive(Debug, Default)]
pub struct Topics {
    /// The topics, in their order, each with an id of its own.
    pub topics: Vec<Topic>,
    /// What is wrong with each of the other lines: [`Error::QueryLine`] of one without a tab or an id,
    /// [`Error::QueryRepeated`] of one whose id came before.
    pub faults: Vec<Error>,
}

impl Topics {
    /// Reads topics, one a line: `id<TAB>query`; blank lines are passed over. `name` is what errors
    /// call the input.
    ///
    /// # Errors
    /// Returns [`Error::Io`] where the input cannot be read.
    ///
    /// ```
    /// let read = kliping::eval::Topics::read("q1\tharga beras\nq2\n".as_bytes(), "topics.tsv")?;
    /// assert_eq!((read.topics[0].id.as_str(), read.topics[0].query.as_str()), ("q1", "harga beras"));
    /// assert_eq!(read.faults[0].to_string(), "line 2 of `topics.tsv` is not `id<TAB>query` in UTF-8");
    /// # Ok::<(), kliping::error::Error>(())
    /// ```
    pub fn read(input: impl BufRead, name: &str) -> Result<Self> {
        let mut read = Self::default();
        let mut ids = rustc_hash::FxHashSet::default();
        for (line, text) in (1..).zip(input.lines()) {
            let text = match text {
                Err(error) if error.kind() == ErrorKind::InvalidData => None,
                text => Some(text.map_err(|source| Error::io("read", name, source))?),
            };
            if text.as_ref().is_some_and(|text| bare(text).is_empty()) {
                continue;
            }
            match text.as_deref().and_then(topic) {
                Some(topic) if ids.insert(topic.id.clone()) => read.topics.push(topic),
                Some(Topic { id, .. }) => read.faults.push(Error::QueryRepeated { file: name.to_owned(), line, id }),
                None => read.faults.push(Error::QueryLine { file: name.to_owned(), line }),
            }
        }
        Ok(read)
    }

    /// Returns the topics, where every line is one.
    ///
    /// # Errors
    /// Returns the first fault.
    pub fn all(self) -> Result<Vec<Topic>> {
        self.faults.into_iter().next().map_or(Ok(self.topics), Err)
    }
}

/// Returns a line without a byte order mark and blanks around it.
fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim()
}

fn topic(line: &str) -> Option<Topic> {
    let (id, query) = line.trim_start_matches('\u{feff}').split_once('\t').filter(|(id, _)| !id.is_empty())?;
    Some(Topic { id: id.to_owned(), query: query.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &[u8], ids: &[&str], faults: &[&str]) {
        let read = Topics::read(file, "topics.tsv").unwrap();
        assert_eq!(read.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>(), ids);
        assert_eq!(read.faults.iter().map(ToString::to_string).collect::<Vec<_>>(), faults);
        assert_eq!(read.all().is_ok(), faults.is_empty());
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_an_id() {
        check("\u{feff}q1\ta\n".as_bytes(), &["q1"], &[]);
    }

    #[test]
    fn a_line_that_is_no_topic_is_named_and_passed_over() {
        let fault = "line 2 of `topics.tsv` is not `id<TAB>query` in UTF-8";
        check(b"q1\ta\nq2\tcaf\xe9\nq3\tb\n", &["q1", "q3"], &[fault]);
        check(b"q1\ta\nwithout a tab\n\nq3\tb\n", &["q1", "q3"], &[fault]);
        check(b"q1\ta\n\twithout an id\n", &["q1"], &[fault]);
    }

    #[test]
    fn an_id_that_comes_again_is_named() {
        let fault = "line 4 of `topics.tsv` has the id `q1` of another line; each query needs one of its own";
        check(b"q1\ta\n\nq2\tb\nq1\tc\n", &["q1", "q2"], &[fault]);
    }
}
