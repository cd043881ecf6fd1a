//! The best of many documents, whatever the order in which they are met.

use std::cmp::Reverse;

use tantivy::{DocAddress, DocId, Searcher};

use super::super::cursor::Place;
use super::Scored;

/// The best documents met so far, by score, then `ord`.
pub(super) struct Best {
    wanted: usize,
    /// What they must be behind.
    last: Option<Place>,
    /// At most twice as many as are wanted: they are sorted out together.
    met: Vec<Entry>,
    floor: f64,
}

/// A document; the greater, the better. Scores are positive, so their bits order as they do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    score_bits: u64,
    ord: Reverse<u64>,
    address: Reverse<DocAddress>,
}

impl Best {
    pub(super) fn new(wanted: usize, last: Option<Place>) -> Self {
        Self { wanted, last, met: Vec::new(), floor: 0.0 }
    }

    /// Returns a score without which no document is among the best.
    pub(super) fn floor(&self) -> f64 {
        self.floor
    }

    /// Keeps a document if it may be among the best; `ord` tells equal scores apart.
    pub(super) fn offer(&mut self, score: f64, address: DocAddress, ord: impl Fn(DocId) -> u64) {
        if score < self.floor || self.last.is_some_and(|last| score > last.score()) {
            return;
        }
        let ord = ord(address.doc_id);
        if self.last.is_some_and(|last| !is_behind(score, ord, last)) {
            return;
        }
        self.met.push(Entry { score_bits: score.to_bits(), ord: Reverse(ord), address: Reverse(address) });
        if self.met.len() >= self.wanted.saturating_mul(2) {
            self.sort_out();
        }
    }

    fn sort_out(&mut self) {
        let Some(last) = self.wanted.checked_sub(1) else { return self.met.clear() };
        let (_, worst, _) = self.met.select_nth_unstable_by_key(last, |entry| Reverse(*entry));
        self.floor = f64::from_bits(worst.score_bits);
        self.met.truncate(self.wanted);
    }

    /// Returns them, the best first.
    pub(super) fn into_scored(mut self, searcher: &Searcher) -> tantivy::Result<Vec<Scored>> {
        let segments = searcher.segment_readers().iter();
        let stories =
            segments.map(|segment| segment.fast_fields().u64("story")).collect::<tantivy::Result<Vec<_>>>()?;
        self.met.sort_unstable_by_key(|entry| Reverse(*entry));
        self.met.truncate(self.wanted);
        let scored = |Entry { score_bits, ord: Reverse(ord), address: Reverse(address) }: Entry| {
            let story = stories[address.segment_ord as usize].first(address.doc_id).unwrap_or_default();
            Scored { address, score: f64::from_bits(score_bits), ord, story, is_reranked: false }
        };
        Ok(self.met.into_iter().map(scored).collect())
    }
}

/// Returns whether a document comes behind `last`.
pub(super) fn is_behind(score: f64, ord: u64, last: Place) -> bool {
    last.score().total_cmp(&score).then(ord.cmp(&last.ord)).is_gt()
}
