//! Where a page ends: what the next one begins behind.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::request::SearchRequest;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::Plan;

/// The end of a page of one query on one state of the index. Pages that follow one another by their
/// cursors have every hit once.
///
/// Printed it is 56 letters and figures that mean nothing to anyone else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cursor {
    /// Hits up to here.
    pub(super) rank: u32,
    /// The last hit.
    pub(super) last: Place,
    /// What the query and the state of the index were.
    binding: Binding,
}

/// The place of a hit in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The bits of its score.
    pub(super) score: u64,
    /// What orders equal scores.
    pub(super) ord: u64,
}

/// What a cursor holds for, in 32 bits each: a slip, not an attack, is what it has to notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    query: u32,
    generation: u32,
}

impl Binding {
    /// Returns the binding of a query, read as `plan`, on `index`.
    pub(super) fn new(index: &Index, plan: &Plan, request: &SearchRequest) -> Self {
        let SearchRequest { sort, half_life_days, duplicates, utc_offset_seconds, .. } = request;
        let not_of = request.filters.not_story_of.as_deref().unwrap_or_default();
        let query = format!("{plan}\0{sort:?}\0{half_life_days:?}\0{duplicates:?}\0{utc_offset_seconds}\0{not_of}");
        Self { query: short(xxh3_64(query.as_bytes())), generation: short(index.generation()) }
    }
}

fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).expect("the upper half has 32 bits")
}

impl Cursor {
    /// Returns the cursor behind the hit at `last`, the one of rank `rank`; none past some billions.
    pub(super) fn new(rank: usize, last: Place, binding: Binding) -> Option<Self> {
        Some(Self { rank: u32::try_from(rank).ok()?, last, binding })
    }

    /// Returns whether the cursor was given for `binding`, and if not why.
    pub(super) fn check(&self, binding: Binding) -> Result<()> {
        if self.binding.query != binding.query {
            return Err(Error::CursorQuery);
        }
        if self.binding.generation != binding.generation {
            return Err(Error::CursorIndex);
        }
        Ok(())
    }
}

impl Place {
    pub(super) fn score(self) -> f64 {
        f64::from_bits(self.score)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rank, last: Place { score, ord }, binding: Binding { query, generation } } = self;
        write!(f, "{rank:08x}{score:016x}{ord:016x}{query:08x}{generation:08x}")
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

impl TryFrom<String> for Cursor {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unreadable = || Error::CursorUnreadable { text: text.to_owned() };
        let figures = |from: usize, to: usize| {
            let part = text.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_hexdigit()));
            part.and_then(|part| u64::from_str_radix(part, 16).ok()).ok_or_else(unreadable)
        };
        let half = |from| figures(from, from + 8).and_then(|n| u32::try_from(n).map_err(|_| unreadable()));
        if text.len() != 56 {
            return Err(unreadable());
        }
        let last = Place { score: figures(8, 24)?, ord: figures(24, 40)? };
        let binding = Binding { query: half(40)?, generation: half(48)? };
        Ok(Self { rank: half(0)?, last, binding })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_printed_cursor_reads_as_the_same(rank: u32, score: u64, ord: u64, query: u32, generation: u32) {
            let cursor = Cursor { rank, last: Place { score, ord }, binding: Binding { query, generation } };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }

        #[test]
        fn no_text_breaks_reading(text in "[0-9a-f+é ]{0,60}") {
            let _ = text.parse::<Cursor>();
        }
    }

    #[test]
    fn another_text_is_no_cursor() {
        let error = "abc".parse::<Cursor>().unwrap_err();
        assert_eq!(error.to_string(), "`abc` is not a cursor; take it from the page before: `next` in JSON");
    }
}
