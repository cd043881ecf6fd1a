//! Titles found by the words that stand in them side by side, from postings alone.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use crate::error::{Error, Result};
use crate::index::Index;

/// Postings read at most, in a millisecond or two; titles beyond them are not seen.
const MAX_POSTINGS: usize = 20_000;

/// A title in which the words stand; what comes first is shown first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct Found {
    /// Whether it begins otherwise.
    inside: bool,
    /// The latest first, those without a date last.
    date: Reverse<Option<i64>>,
    ord: u64,
    /// The article.
    pub(in crate::search) address: DocAddress,
    /// The ending it has, by its place among them.
    pub(in crate::search) ending: usize,
}

/// Returns the articles in whose titles `words` and then one of `endings` stand side by side: those
/// whose title begins so first, then the latest.
pub(in crate::search) fn titles_with(index: &Index, words: &[String], endings: &[String]) -> Result<Vec<Found>> {
    let searcher = index.searcher();
    let mut room = MAX_POSTINGS;
    let mut found = Vec::new();
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        for (ending, text) in endings.iter().enumerate() {
            let walk = Walk { index, segment, segment_ord, ending };
            walk.add(words, text, &mut room, &mut found).map_err(Error::engine("searched"))?;
        }
    }
    found.sort_unstable();
    let mut seen = FxHashSet::default();
    found.retain(|one| seen.insert(one.address));
    Ok(found)
}

/// The titles of one segment that have one ending.
struct Walk<'a> {
    index: &'a Index,
    segment: &'a SegmentReader,
    segment_ord: u32,
    ending: usize,
}

impl Walk<'_> {
    /// Adds the titles with `words` and the ending `text`, while there is room for postings to read.
    fn add(&self, words: &[String], text: &str, room: &mut usize, found: &mut Vec<Found>) -> tantivy::Result<()> {
        let field = self.index.fields().title_exact;
        let inverted = self.segment.inverted_index(field)?;
        let mut postings = Vec::new();
        for word in words.iter().map(String::as_str).chain([text]) {
            let term = Term::from_field_text(field, word);
            let option = IndexRecordOption::WithFreqsAndPositions;
            let Some(one) = inverted.read_postings(&term, option)? else { return Ok(()) };
            postings.push(one);
        }
        let dates = self.segment.fast_fields().i64("date")?;
        let ords = self.segment.fast_fields().u64("ord")?;
        let mut doc = 0;
        while *room > 0 {
            *room -= 1;
            doc = first_with_all(&mut postings, doc);
            if doc == TERMINATED {
                break;
            }
            let is_alive = self.segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            if is_alive && let Some(start) = first_side_by_side(&mut postings) {
                found.push(Found {
                    inside: start > 0,
                    date: Reverse(dates.first(doc)),
                    ord: ords.first(doc).unwrap_or_default(),
                    address: DocAddress::new(self.segment_ord, doc),
                    ending: self.ending,
                });
            }
            doc += 1;
        }
        Ok(())
    }
}

/// Moves all to the first document at or behind `doc` that has them all.
fn first_with_all(postings: &mut [SegmentPostings], mut doc: u32) -> u32 {
    let mut n_agreed = 0;
    while n_agreed < postings.len() {
        n_agreed = 0;
        for one in &mut *postings {
            let reached = if one.doc() < doc { one.seek(doc) } else { one.doc() };
            n_agreed = if reached == doc { n_agreed + 1 } else { 0 };
            doc = reached;
            if doc == TERMINATED {
                return TERMINATED;
            }
        }
    }
    doc
}

/// Returns the first position from which the tokens follow one another in the document they are at.
fn first_side_by_side(postings: &mut [SegmentPostings]) -> Option<u32> {
    let (first, rest) = postings.split_first_mut()?;
    let mut starts = Vec::new();
    first.positions(&mut starts);
    let mut positions = Vec::new();
    for (distance, one) in (1..).zip(rest) {
        one.positions(&mut positions);
        starts.retain(|start| positions.contains(&(start + distance)));
    }
    starts.first().copied()
}
