//! Scores of documents side by side, while addend after addend is added.

use tantivy::DocId;

use super::exact::UNIT;

/// Documents that are looked at together.
const GRAIN: usize = 16;

/// The scores of the documents from one on.
pub(super) struct Window {
    start: DocId,
    scores: Box<[f64; Window::LEN]>,
    /// Whether any of some documents side by side has a score.
    is_touched: Box<[bool; Window::LEN / GRAIN]>,
}

impl Window {
    /// Documents of a window: their scores fit into the nearest cache.
    pub(super) const LEN: usize = 2048;

    pub(super) fn new() -> Self {
        Self { start: 0, scores: Box::new([0.0; Self::LEN]), is_touched: Box::new([false; Self::LEN / GRAIN]) }
    }

    /// Lets the window, in which nothing has a score, begin at `start`.
    pub(super) fn move_to(&mut self, start: DocId) {
        self.start = start;
    }

    /// Returns the first document.
    pub(super) fn start(&self) -> DocId {
        self.start
    }

    /// Returns the document behind the last.
    #[expect(clippy::cast_possible_truncation, reason = "some thousand")]
    pub(super) fn end(&self) -> DocId {
        self.start + Self::LEN as DocId
    }

    /// Adds to the score of a document of the window.
    #[inline]
    pub(super) fn add(&mut self, doc: DocId, score: f64) {
        let place = (doc - self.start) as usize % Self::LEN;
        self.scores[place] += score;
        self.is_touched[place / GRAIN] = true;
    }

    /// Returns the score of a document of the window.
    #[inline]
    pub(super) fn score(&self, doc: DocId) -> f64 {
        self.scores[(doc - self.start) as usize % Self::LEN]
    }

    /// Finds the documents that have a score, of `least` or more.
    pub(super) fn find(&self, least: f64, found: &mut Vec<DocId>) {
        let least = least.max(UNIT);
        found.resize(Self::LEN, 0);
        let mut n_found = 0;
        let grains = self.scores.chunks_exact(GRAIN).zip(self.is_touched.iter());
        for ((scores, is_touched), first) in grains.zip((self.start..).step_by(GRAIN)) {
            // What cannot be foreseen is counted: a branch would be guessed wrong too often.
            if *is_touched && scores.iter().filter(|score| **score >= least).count() > 0 {
                for (doc, score) in (first..).zip(scores) {
                    found[n_found % Self::LEN] = doc;
                    n_found += usize::from(*score >= least);
                }
            }
        }
        found.truncate(n_found);
    }

    /// Keeps the documents of `found` that have a score of `least` or more.
    pub(super) fn keep(&self, least: f64, found: &mut Vec<DocId>) {
        let mut n_kept = 0;
        for place in 0..found.len() {
            let doc = found[place];
            found[n_kept] = doc;
            n_kept += usize::from(self.score(doc) >= least);
        }
        found.truncate(n_kept);
    }

    /// Forgets all scores.
    pub(super) fn clear(&mut self) {
        for (scores, is_touched) in self.scores.chunks_exact_mut(GRAIN).zip(self.is_touched.iter_mut()) {
            if std::mem::take(is_touched) {
                scores.fill(0.0);
            }
        }
    }
}
