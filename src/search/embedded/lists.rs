//! Lists of the documents that have an addend of the score, each with what it adds.
//!
//! What one word adds is read from its postings block by block; what a phrase or several spellings
//! of a word add comes from the engine, document by document.

use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, TERMINATED};

use super::exact::exact;
use super::searched::Lengths;
use super::window::Window;

/// The documents of one segment that have an addend, from some document on.
pub(super) struct List<'a> {
    cursor: Cursor<'a>,
    bound: f64,
    n_documents: u32,
}

impl<'a> List<'a> {
    /// Returns the documents with a word, which can add `weight` to their scores at most.
    pub(super) fn of_word(blocks: BlockSegmentPostings, lengths: &'a Lengths, weight: f32, bound: f64) -> Self {
        let n_documents = blocks.doc_freq();
        Self { cursor: Cursor::Word(Box::new(WordCursor { blocks, at: 0, lengths, weight })), bound, n_documents }
    }

    /// Returns the documents that the engine finds, whose scores are at most `bound`.
    pub(super) fn of_engine(scorer: Box<dyn Scorer>, bound: f64) -> Self {
        Self { n_documents: scorer.size_hint(), cursor: Cursor::Engine(scorer), bound }
    }

    /// Returns the most that the addend adds.
    pub(super) fn bound(&self) -> f64 {
        self.bound
    }

    /// Returns how many documents there are, about.
    pub(super) fn n_documents(&self) -> u32 {
        self.n_documents
    }

    /// Returns how many of them are among `n_documents` of `all`, about.
    pub(super) fn n_expected(&self, n_documents: usize, all: u32) -> usize {
        self.n_documents as usize * n_documents / all as usize
    }

    /// Returns the document that is reached, or [`TERMINATED`].
    pub(super) fn doc(&self) -> DocId {
        match &self.cursor {
            Cursor::Word(word) => word.doc(),
            Cursor::Engine(scorer) => scorer.doc(),
        }
    }

    /// Moves on to the first document that is not before `doc`; returns it.
    pub(super) fn seek(&mut self, doc: DocId) -> DocId {
        match &mut self.cursor {
            Cursor::Word(word) => word.seek(doc),
            Cursor::Engine(scorer) if scorer.doc() < doc => scorer.seek(doc),
            Cursor::Engine(scorer) => scorer.doc(),
        }
    }

    /// Returns what the addend adds to the score of `doc`, which is not before that of the last call.
    pub(super) fn score_of(&mut self, doc: DocId) -> f64 {
        if self.seek(doc) != doc {
            return 0.0;
        }
        exact(match &mut self.cursor {
            Cursor::Word(word) => word.score(),
            Cursor::Engine(scorer) => scorer.score(),
        })
    }

    /// Adds what it adds to the documents of `window`, and moves on behind it.
    pub(super) fn add_to(&mut self, window: &mut Window) {
        self.seek(window.start());
        match &mut self.cursor {
            Cursor::Word(word) => word.add_to(window),
            Cursor::Engine(scorer) => {
                let mut doc = scorer.doc();
                while doc < window.end() {
                    window.add(doc, exact(scorer.score()));
                    doc = scorer.advance();
                }
            }
        }
    }
}

enum Cursor<'a> {
    Word(Box<WordCursor<'a>>),
    Engine(Box<dyn Scorer>),
}

/// The postings of a word, from some document on.
struct WordCursor<'a> {
    blocks: BlockSegmentPostings,
    /// The document that is reached, in its block.
    at: usize,
    lengths: &'a Lengths,
    weight: f32,
}

impl WordCursor<'_> {
    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, doc: DocId) -> DocId {
        if self.doc() < doc {
            let docs = self.blocks.docs();
            self.at = match docs.last() {
                Some(last) if *last >= doc => self.at + docs[self.at..].partition_point(|one| *one < doc),
                _ => self.blocks.seek(doc),
            };
        }
        self.doc()
    }

    fn score(&self) -> f32 {
        self.weight * self.lengths.share(self.doc(), self.blocks.freq(self.at))
    }

    fn add_to(&mut self, window: &mut Window) {
        while self.doc() < window.end() {
            let docs = self.blocks.docs();
            let len = match docs.last() {
                Some(last) if *last < window.end() => docs.len(),
                _ => self.at + docs[self.at..].partition_point(|doc| *doc < window.end()),
            };
            for (doc, freq) in docs[self.at..len].iter().zip(&self.blocks.freqs()[self.at..len]) {
                window.add(*doc, exact(self.weight * self.lengths.share(*doc, *freq)));
            }
            self.at = len;
            if len == docs.len() {
                self.blocks.advance();
                self.at = 0;
            }
        }
    }
}
