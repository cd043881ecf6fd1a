//! What to look for, in analysed terms.

use std::ops::Range;

use serde::Serialize;

/// A query as it was read: any of its clauses may match, and more matches rank higher.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What is looked for, in the order of the query.
    pub clauses: Vec<Clause>,
    /// What was dropped or taken literally.
    pub notes: Vec<Note>,
}

/// One thing to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The bytes of the query it was read from.
    pub range: Range<usize>,
    /// What it is.
    #[serde(flatten)]
    pub kind: ClauseKind,
}

/// The kinds of things to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClauseKind {
    /// A word, in any of its forms.
    Word {
        /// Its tokens in the exact fields.
        exact: Vec<String>,
        /// Its tokens in the root fields.
        root: Vec<String>,
    },
    /// Words in quotes: these surface forms, one after the other.
    Phrase {
        /// The tokens in the exact fields; one or more.
        exact: Vec<String>,
    },
}

/// What a person should know about how a query was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// A quotation mark has no partner; what follows it was read as words.
    UnpairedQuote {
        /// The byte of the query where it stands.
        offset: usize,
    },
    /// Stop words were left out.
    StopWords {
        /// The words as written, each once.
        words: Vec<String>,
    },
    /// The query has more words than are searched for; the rest was left out.
    TooManyWords {
        /// How many were left out.
        dropped: usize,
    },
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnpairedQuote { offset } => {
                write!(f, "the quotation mark at byte {offset} has no partner; read as words")
            }
            Self::StopWords { words } => write!(f, "left out as too common: {}", words.join(", ")),
            Self::TooManyWords { dropped } => {
                write!(f, "the query is too long; the last {dropped} words were left out")
            }
        }
    }
}
