//! Scores of documents side by side, while addend after addend is added.

use tantivy::DocId;

/// Documents of a window: their scores fit into the nearest cache.
const LEN: usize = 2048;

/// Documents that are looked at together.
const GRAIN: usize = 16;

/// The scores of the documents from one on.
pub(super) struct Window {
    start: DocId,
    scores: Box<[f64; LEN]>,
    /// Whether any of some documents side by side has a score.
    is_touched: Box<[bool; LEN / GRAIN]>,
}

impl Window {
    pub(super) fn new() -> Self {
        Self { start: 0, scores: Box::new([0.0; LEN]), is_touched: Box::new([false; LEN / GRAIN]) }
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
        self.start + LEN as DocId
    }

    /// Adds to the score of a document of the window.
    pub(super) fn add(&mut self, doc: DocId, score: f64) {
        let place = (doc - self.start) as usize % LEN;
        self.scores[place] += score;
        self.is_touched[place / GRAIN] = true;
    }

    /// Moves the documents with at least the score `least` to `found`, and forgets the others.
    pub(super) fn take(&mut self, least: f64, found: &mut Vec<(DocId, f64)>) {
        found.clear();
        let grains = self.scores.chunks_exact_mut(GRAIN).zip(self.is_touched.iter_mut());
        for ((scores, is_touched), first) in grains.zip((self.start..).step_by(GRAIN)) {
            if !std::mem::take(is_touched) {
                continue;
            }
            // Few are found, and counting takes no branches.
            if scores.iter().filter(|score| **score >= least).count() > 0 {
                let documents = (first..).zip(scores.iter().copied());
                found.extend(documents.filter(|(_, score)| *score > 0.0 && *score >= least));
            }
            scores.fill(0.0);
        }
    }
}
