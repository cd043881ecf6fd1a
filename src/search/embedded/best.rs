//! The best of many documents, whatever the order in which they are met.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId, Searcher};

use super::super::cursor::Place;
use super::Scored;

/// The best documents met so far, by score, then `ord`.
pub(super) struct Best {
    wanted: usize,
    /// What they must be behind.
    last: Option<Place>,
    /// The worst of them on top.
    heap: BinaryHeap<Reverse<Entry>>,
}

/// A document; the greater, the better.
struct Entry {
    score: f64,
    ord: u64,
    address: DocAddress,
}

impl Best {
    pub(super) fn new(wanted: usize, last: Option<Place>) -> Self {
        Self { wanted, last, heap: BinaryHeap::new() }
    }

    /// Returns the score without which no document is among the best.
    pub(super) fn floor(&self) -> f64 {
        match self.heap.peek() {
            Some(Reverse(worst)) if self.heap.len() >= self.wanted => worst.score,
            _ if self.wanted == 0 => f64::INFINITY,
            _ => 0.0,
        }
    }

    /// Keeps a document if it is among the best; `ord` tells equal scores apart.
    pub(super) fn offer(&mut self, score: f64, address: DocAddress, ord: impl Fn(DocId) -> u64) {
        if score < self.floor() || self.last.is_some_and(|last| score > last.score()) {
            return;
        }
        let entry = Entry { score, ord: ord(address.doc_id), address };
        if self.last.is_some_and(|last| !is_behind(score, entry.ord, last)) {
            return;
        }
        if self.heap.len() < self.wanted {
            self.heap.push(Reverse(entry));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && entry > worst.0
        {
            *worst = Reverse(entry);
        }
    }

    /// Returns them, the best first.
    pub(super) fn into_scored(self, searcher: &Searcher) -> tantivy::Result<Vec<Scored>> {
        let segments = searcher.segment_readers().iter();
        let stories =
            segments.map(|segment| segment.fast_fields().u64("story")).collect::<tantivy::Result<Vec<_>>>()?;
        let scored = |Reverse(Entry { score, ord, address }): Reverse<Entry>| {
            let story = stories[address.segment_ord as usize].first(address.doc_id).unwrap_or_default();
            Scored { address, score, ord, story, is_reranked: false }
        };
        Ok(self.heap.into_sorted_vec().into_iter().map(scored).collect())
    }
}

/// Returns whether a document comes behind `last`.
pub(super) fn is_behind(score: f64, ord: u64, last: Place) -> bool {
    last.score().total_cmp(&score).then(ord.cmp(&last.ord)).is_gt()
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.ord.cmp(&self.ord))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}
