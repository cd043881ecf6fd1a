//! Titles found by the words that stand in them, from postings alone.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};

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

impl Found {
    /// Returns the title of `doc` in a segment that has these columns; the words begin at `start`.
    pub(super) fn new(segment: &Segment, doc: DocId, start: u32, ending: usize) -> Self {
        Self {
            inside: start > 0,
            date: Reverse(segment.dates.first(doc)),
            ord: segment.ords.first(doc).unwrap_or_default(),
            address: DocAddress::new(segment.ord, doc),
            ending,
        }
    }
}

/// The titles of a segment.
pub(super) struct Segment {
    ord: u32,
    dates: Column<i64>,
    ords: Column<u64>,
    pub(super) titles: Arc<InvertedIndexReader>,
    alive: Option<AliveBitSet>,
}

impl Segment {
    pub(super) fn open(index: &Index, ord: u32) -> tantivy::Result<Self> {
        let searcher = index.searcher();
        let segment = searcher.segment_reader(ord);
        let (dates, ords) = (segment.fast_fields().i64("date")?, segment.fast_fields().u64("ord")?);
        let titles = segment.inverted_index(index.fields().title_exact)?;
        Ok(Self { ord, dates, ords, titles, alive: segment.alive_bitset().cloned() })
    }

    pub(super) fn is_alive(&self, doc: DocId) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.is_alive(doc))
    }
}

/// Returns the articles in whose titles one of `endings` stands: those whose title begins so first, then the latest.
pub(in crate::search) fn titles_with(index: &Index, endings: &[String]) -> Result<Vec<Found>> {
    found_with(index, endings).map(in_order).map_err(Error::engine("searched"))
}

fn found_with(index: &Index, endings: &[String]) -> tantivy::Result<Vec<Found>> {
    let mut room = MAX_POSTINGS;
    let (mut found, mut positions) = (Vec::new(), Vec::new());
    for (ord, _) in (0..).zip(index.searcher().segment_readers()) {
        let segment = Segment::open(index, ord)?;
        for (ending, text) in endings.iter().enumerate() {
            let term = Term::from_field_text(index.fields().title_exact, text);
            let Some(mut postings) = segment.titles.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?
            else {
                continue;
            };
            while postings.doc() != TERMINATED && room > 0 {
                room -= 1;
                if segment.is_alive(postings.doc()) {
                    postings.positions(&mut positions);
                    let start = positions.first().copied().unwrap_or_default();
                    found.push(Found::new(&segment, postings.doc(), start, ending));
                }
                postings.advance();
            }
        }
    }
    Ok(found)
}

/// Puts titles in order, each once.
pub(super) fn in_order(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable();
    let mut seen = FxHashSet::default();
    found.retain(|one| seen.insert(one.address));
    found
}
