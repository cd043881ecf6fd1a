//! What to look for, in analysed terms.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::days::Days;
use crate::analysis::is_day;

/// A query as it was read.
///
/// An article matches when it has every required clause, none of the excluded ones and, where
/// nothing but filters is required, one of the others; the more of the others it has, the higher it ranks.
/// Printing a plan gives a query that reads as the same plan.
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
    /// What it is, as written.
    pub text: String,
    /// Whether an article must have it.
    pub presence: Presence,
    /// Where an article must have it.
    pub scope: Scope,
    /// How much it counts.
    pub boost: Boost,
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
        /// The tokens in the exact fields of what else says it, or says the expression that it is a part
        /// of; derived from the words, so never printed.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        alternatives: Vec<Vec<String>>,
    },
    /// A word too common to look for; it tells what stands beside it.
    StopWord {
        /// Its tokens in the exact fields.
        exact: Vec<String>,
    },
    /// Words in quotes: these surface forms, one after the other.
    Phrase {
        /// The tokens in the exact fields; one or more.
        exact: Vec<String>,
        /// How many places the tokens may stand off, all together; 0 is a phrase.
        slop: u32,
    },
    /// Every word that begins so.
    Prefix {
        /// The beginning, one token.
        exact: [String; 1],
    },
    /// Every word spelt nearly so.
    Fuzzy {
        /// The word, one token.
        exact: [String; 1],
        /// Letters that may be added, left out, exchanged or swapped with the next.
        distance: u8,
    },
    /// The outlet or wire an article comes from.
    Source {
        /// The tokens of its name; one or more.
        exact: Vec<String>,
    },
    /// The days on which an article was published.
    Date {
        /// The first day.
        from: Option<Date>,
        /// The last day.
        until: Option<Date>,
    },
    /// What the id of an article or the address it was published at contains.
    Url {
        /// The part of either.
        part: String,
    },
    /// Every article.
    All,
    /// Clauses read as one, by the rules of a [`Plan`].
    Group {
        /// What the group holds.
        clauses: Vec<Clause>,
    },
}

/// Whether an article must have a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// It may: the article ranks higher for it.
    #[default]
    Should,
    /// It must.
    Must,
    /// It must not.
    MustNot,
}

/// Where an article must have a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// In title or body.
    #[default]
    Anywhere,
    /// In the title.
    Title,
    /// In the body.
    Body,
}

/// How much a clause counts, in hundredths: 100 is what it counts by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boost(pub u16);

impl Boost {
    /// What counts for nothing more than itself.
    pub const ONE: Self = Self(100);
    /// The most a clause can count.
    pub const MAX: Self = Self(10_000);

    /// Returns the factor of the score.
    #[must_use]
    pub fn factor(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// Returns the boost of a clause of this boost within a group of boost `outer`.
    pub(super) fn within(self, outer: Self) -> Self {
        let product = u32::from(self.0) * u32::from(outer.0) / 100;
        Self(u16::try_from(product).unwrap_or(u16::MAX).clamp(1, Self::MAX.0))
    }
}

impl Serialize for Boost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.factor())
    }
}

impl Clause {
    /// Returns a clause that an article may have, anywhere.
    #[must_use]
    pub fn new(range: Range<usize>, text: &str, kind: ClauseKind) -> Self {
        let (presence, scope) = (Presence::default(), Scope::default());
        Self { range, kind, text: text.to_owned(), presence, scope, boost: Boost::ONE }
    }

    /// Returns the clause with another presence; a stop word that is asked for is a word.
    #[must_use]
    pub fn with_presence(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self.kind = match self.kind {
            ClauseKind::StopWord { exact } if presence != Presence::Should => ClauseKind::word(exact.clone(), exact),
            kind => kind,
        };
        self
    }

    /// Returns whether the clause chooses articles without scoring them.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        match &self.kind {
            ClauseKind::Source { .. } | ClauseKind::Date { .. } | ClauseKind::Url { .. } | ClauseKind::All => true,
            ClauseKind::Group { clauses } => !clauses.is_empty() && clauses.iter().all(Self::is_filter),
            ClauseKind::Word { .. }
            | ClauseKind::StopWord { .. }
            | ClauseKind::Phrase { .. }
            | ClauseKind::Prefix { .. }
            | ClauseKind::Fuzzy { .. } => false,
        }
    }

    /// Calls `each` with every clause below this one, or with itself, that is not a group and that
    /// an article may or must have.
    pub fn for_each_positive<'a>(&'a self, each: &mut impl FnMut(&'a Self)) {
        match &self.kind {
            _ if self.presence == Presence::MustNot => {}
            ClauseKind::Group { clauses } => clauses.iter().for_each(|clause| clause.for_each_positive(each)),
            ClauseKind::Word { .. }
            | ClauseKind::StopWord { .. }
            | ClauseKind::Phrase { .. }
            | ClauseKind::Prefix { .. }
            | ClauseKind::Fuzzy { .. }
            | ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::All => each(self),
        }
    }
}

impl Plan {
    /// Returns the clauses that score, groups opened, in the order of the query.
    #[must_use]
    pub fn scoring(&self) -> Vec<&Clause> {
        let mut found = Vec::new();
        let keep = |clause: &Clause| !clause.is_filter() && !matches!(clause.kind, ClauseKind::StopWord { .. });
        for clause in &self.clauses {
            clause.for_each_positive(&mut |leaf| {
                if keep(leaf) {
                    found.push(leaf);
                }
            });
        }
        found
    }

    /// Adds a clause that every article must have, beside what the query says.
    pub fn require(&mut self, clause: Clause) {
        self.clauses.push(clause.with_presence(Presence::Must));
    }
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
    /// A bracket has no partner, or too many stand in one another; read as punctuation.
    UnpairedBracket {
        /// The byte of the query where it stands.
        offset: usize,
    },
    /// What looks like syntax was read as words.
    TakenLiterally {
        /// The text.
        text: String,
    },
    /// What looks like syntax has nothing to work on; it was left out.
    Ignored {
        /// The text.
        text: String,
    },
    /// A factor or distance is read as the nearest one that there is.
    Clamped {
        /// The text.
        text: String,
        /// What it was read as.
        to: String,
    },
    /// The value of `tanggal:` names no days; it was read as words.
    UnknownDate {
        /// The field and its value.
        text: String,
    },
    /// A field was read as a word: a blank stands behind its colon.
    FieldApart {
        /// The field and its colon.
        text: String,
    },
    /// An address was read as words; `url:` would look for what was published there.
    Address {
        /// The address.
        text: String,
    },
    /// Stop words were left out.
    StopWords {
        /// The words as written, each once.
        words: Vec<String>,
    },
    /// Words were asked for more than once near one another; each was asked for once.
    RepeatedNear {
        /// The words, each once.
        words: Vec<String>,
    },
    /// The query has more words than are searched for; the rest was left out.
    TooManyWords {
        /// How many were left out.
        dropped: usize,
    },
    /// The query is longer than what is read; the rest was left out.
    TooLong {
        /// How many bytes were left out.
        dropped: usize,
    },
    /// There is more to say of the kinds above.
    More {
        /// How many notes were left out.
        dropped: usize,
    },
}

/// Notes of one kind that are given.
const MAX_NOTES_OF_KIND: usize = 5;

/// Bytes of the query that a note holds.
const MAX_NOTE_BYTES: usize = 200;

/// Returns `text` as it stands in a note.
pub(super) fn shortened(text: &str) -> String {
    let end = text.floor_char_boundary(MAX_NOTE_BYTES);
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}

impl Note {
    /// Returns that `text` was read as words.
    pub(super) fn literally(text: &str) -> Self {
        Self::TakenLiterally { text: shortened(text) }
    }

    /// Returns that `text` was left out.
    pub(super) fn ignored(text: &str) -> Self {
        Self::Ignored { text: shortened(text) }
    }

    /// Returns the first notes of each kind, and how many others there are.
    pub(super) fn bounded(notes: Vec<Self>) -> Vec<Self> {
        let n_all = notes.len();
        let mut of_kind: HashMap<Discriminant<Self>, usize> = HashMap::new();
        let mut kept: Vec<Self> = notes
            .into_iter()
            .filter(|note| {
                let n_alike = of_kind.entry(discriminant(note)).or_default();
                *n_alike += 1;
                *n_alike <= MAX_NOTES_OF_KIND
            })
            .collect();
        if kept.len() < n_all {
            kept.push(Self::More { dropped: n_all - kept.len() });
        }
        kept
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnpairedQuote { offset } => {
                write!(f, "the quotation mark at byte {offset} has no partner; read as words")
            }
            Self::UnpairedBracket { offset } => {
                write!(f, "the bracket at byte {offset} has no partner; read as punctuation")
            }
            Self::TakenLiterally { text } => write!(f, "`{text}` was read as words"),
            Self::Ignored { text } => write!(f, "`{text}` has nothing to work on; left out"),
            Self::Clamped { text, to } => write!(f, "`{text}` was read as `{to}`"),
            Self::UnknownDate { text } => write!(
                f,
                "`{text}` names no days; its value was read as words (what is understood: 2026-01-31, \
                 31 Januari 2026, Januari 2026, 2025..2026, senin, \"7 hari terakhir\")"
            ),
            Self::FieldApart { text } => {
                write!(f, "`{text}` was read as a word; without the blank behind it, it is a field")
            }
            Self::Address { text } => {
                write!(f, "`{text}` was read as words; with `url:` before it, it is looked for as an address")
            }
            Self::StopWords { words } => write!(f, "left out as too common: {}", words.join(", ")),
            Self::RepeatedNear { words } => {
                write!(f, "near one another each word counts once: {}", words.join(", "))
            }
            Self::TooManyWords { dropped } => {
                write!(f, "the query is too long; the last {dropped} words were left out")
            }
            Self::TooLong { dropped } => write!(f, "the query is too long; the last {dropped} bytes were left out"),
            Self::More { dropped } => write!(f, "and {dropped} more of the same"),
        }
    }
}

/// Writes the query that reads as this plan.
impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_clauses(f, &self.clauses)
    }
}

/// Writes clauses side by side, or as alternatives where some are filters, which would be required
/// if they stood side by side.
fn write_clauses(f: &mut std::fmt::Formatter<'_>, clauses: &[Clause]) -> std::fmt::Result {
    let alternatives = clauses.iter().any(|clause| clause.is_filter() && clause.presence == Presence::Should);
    for (index, clause) in clauses.iter().enumerate() {
        let between = if alternatives { " OR " } else { " " };
        write!(f, "{}{clause}", if index == 0 { "" } else { between })?;
    }
    Ok(())
}

/// Writes the clause as it stands in a query.
impl std::fmt::Display for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.presence {
            Presence::Must if self.kind == ClauseKind::All => "",
            Presence::Should => "",
            Presence::Must => "+",
            Presence::MustNot => "-",
        })?;
        f.write_str(match self.scope {
            Scope::Anywhere => "",
            Scope::Title => "judul:",
            Scope::Body => "isi:",
        })?;
        self.kind.write(f, &self.text, self.presence)?;
        match self.boost {
            Boost::ONE => Ok(()),
            Boost(hundredths) => write!(f, "^{}.{:02}", hundredths / 100, hundredths % 100),
        }
    }
}

impl ClauseKind {
    /// Returns a word of which nothing else is known.
    pub(super) fn word(exact: Vec<String>, root: Vec<String>) -> Self {
        Self::Word { exact, root, alternatives: Vec::new() }
    }

    fn write(&self, f: &mut std::fmt::Formatter<'_>, text: &str, presence: Presence) -> std::fmt::Result {
        match self {
            // A day in words is one of them; the number of one that is not is kept from becoming it.
            Self::Word { .. } if text.contains(' ') => write!(f, "({text})"),
            Self::Word { exact, root, .. }
                if exact.len() == 1 && exact != root && root.iter().any(|root| is_day(root)) =>
            {
                write!(f, "\\{text}")
            }
            Self::Word { .. } | Self::StopWord { .. } => write!(f, "{}{text}", escape(text, presence)),
            Self::Phrase { slop: 0, .. } => write!(f, "\"{text}\""),
            Self::Phrase { slop, .. } => write!(f, "\"{text}\"~{slop}"),
            Self::Prefix { .. } => write!(f, "{}{text}*", escape(text, presence)),
            Self::Fuzzy { distance, .. } => write!(f, "{}{text}~{distance}", escape(text, presence)),
            Self::Source { .. } => write!(f, "sumber:\"{text}\""),
            // A span without an end would take a year behind it for that.
            Self::Date { from, until: None } => write!(f, "tanggal:\"{}\"", Days { from: *from, until: None }),
            Self::Date { from, until } => write!(f, "tanggal:{}", Days { from: *from, until: *until }),
            Self::Url { part } => write!(f, "url:{part}"),
            Self::All => f.write_str("*"),
            Self::Group { clauses } => {
                f.write_str("(")?;
                write_clauses(f, clauses)?;
                f.write_str(")")
            }
        }
    }
}

/// Returns what keeps a word from being read as syntax; a sign before a figure belongs to it.
fn escape(text: &str, presence: Presence) -> &'static str {
    let signed = presence != Presence::Should && !text.starts_with(char::is_alphabetic);
    let syntax = text.contains(':') || text.starts_with(['+', '-', '\\']) || super::lex::is_operator(text);
    if signed || syntax { "\\" } else { "" }
}
