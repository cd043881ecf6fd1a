//! What is passed over, and why.

use std::fmt;

use serde::{Serialize, Serializer};

/// A file or record that was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// The file, as it was found.
    pub path: String,
    /// The record in it, from 1; of a file of lines, the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Why.
    pub reason: SkipReason,
}

impl Skip {
    /// Returns whether articles may have stood there that were not read this time: something could not be read, or a
    /// file that is there holds none at all. A record that holds none is one that was read.
    #[must_use]
    pub fn hides_articles(&self) -> bool {
        self.reason.hides_articles() || self.record.is_none() && self.reason != SkipReason::NoFile
    }
}

/// Names file and record: `berita.jsonl`, `berita.jsonl, record 7`.
impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            None => write!(f, "`{}`: {}", self.path, self.reason),
            Some(record) => write!(f, "`{}`, record {record}: {}", self.path, self.reason),
        }
    }
}

/// Why something was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SkipReason {
    /// The bytes are no text.
    Binary,
    /// There is nothing but white space in it.
    Blank,
    /// Its format is one of records, and there is none in it.
    NoRecords,
    /// It is larger than what is read.
    TooLarge {
        /// Its size, as far as it was read.
        bytes: u64,
        /// The largest that is read.
        most: u64,
    },
    /// By its content and its name it is of a kind that is not read.
    UnknownKind,
    /// It is a document of another kind, which would be read as what a program wrote.
    OtherKind(&'static str),
    /// It is a device, a pipe or a socket.
    NoFile,
    /// None of its fields is known as a title or a text.
    UnknownFields {
        /// The names of its fields.
        names: Vec<String>,
    },
    /// A field that `--map` names is not among its fields.
    UnknownField {
        /// The name that was mapped.
        name: String,
        /// The names of its fields.
        names: Vec<String>,
    },
    /// A record cannot be read.
    BrokenRecord {
        /// What is wrong with it.
        why: String,
    },
    /// A page without an article: a home page, a list of links.
    NoArticle(&'static str),
    /// It lies in an archive in an archive, and so on, deeper than is read.
    TooDeep,
    /// What reads files of its kind failed on it.
    ReaderFailed {
        /// What it said.
        why: String,
    },
    /// It could not be read, or not to its end.
    Unreadable(String),
}

impl SkipReason {
    /// Returns whether articles may be there that could not be read this time, as told from what was read and
    /// holds none.
    fn hides_articles(&self) -> bool {
        match self {
            Self::Binary
            | Self::TooLarge { .. }
            | Self::UnknownKind
            | Self::OtherKind(_)
            | Self::UnknownFields { .. }
            | Self::UnknownField { .. }
            | Self::BrokenRecord { .. }
            | Self::TooDeep
            | Self::ReaderFailed { .. }
            | Self::Unreadable(_) => true,
            Self::Blank | Self::NoRecords | Self::NoFile | Self::NoArticle(_) => false,
        }
    }

    pub(super) fn unreadable(error: &impl fmt::Display) -> Self {
        Self::Unreadable(error.to_string())
    }

    pub(super) fn open_quotation() -> Self {
        Self::BrokenRecord { why: "a quotation mark is not closed before the next record".to_owned() }
    }

    pub(super) fn cut_short() -> Self {
        Self::BrokenRecord { why: "the file ends before it does".to_owned() }
    }
}

/// Returns the first of `names`, for a message.
fn shown(names: &[String]) -> String {
    names.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary => f.write_str("binary, not text"),
            Self::Blank => f.write_str("no text in it"),
            Self::NoRecords => f.write_str("no record in it"),
            Self::TooLarge { bytes, most } => {
                write!(f, "{bytes} bytes or more; at most {most} are read, `--max-size` raises that")
            }
            Self::UnknownKind => {
                f.write_str("of no known kind by content and name; name it on the command line or give `--format`")
            }
            Self::OtherKind(kind) => write!(f, "{kind}, which is not read; save it as text or as a page"),
            Self::NoFile => f.write_str("not a regular file; pipe it and give `-`"),
            Self::UnknownFields { names } if names.is_empty() => f.write_str("no field has a value"),
            Self::UnknownFields { names } => {
                write!(f, "no field is known as title or text among {}; name it with `--map body=…`", shown(names))
            }
            Self::UnknownField { name, names } => {
                write!(f, "`--map` names a field `{name}`, and there is none; the fields are {}", shown(names))
            }
            Self::BrokenRecord { why } => write!(f, "broken: {why}"),
            Self::NoArticle(why) => write!(f, "no article: {why}"),
            Self::TooDeep => f.write_str("it lies in more than three archives, one in the other; unpack them"),
            Self::ReaderFailed { why } => {
                write!(f, "an internal error while reading it; please report: {why}")
            }
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

impl Serialize for SkipReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
