//! The fields that words are looked for in, and what a word in them is worth: BM25.

use std::io;
use std::rc::Rc;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::postings::idf;

/// BM25's k1 and b, which are those of the engine.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The fields looked into so far.
#[derive(Default)]
pub(super) struct SearchedFields {
    opened: Vec<Rc<SearchedField>>,
}

impl SearchedFields {
    /// Returns `field` of the index, opened once.
    pub(super) fn get(&mut self, field: Field, searcher: &Searcher) -> tantivy::Result<Rc<SearchedField>> {
        if let Some(opened) = self.opened.iter().find(|opened| opened.field == field) {
            return Ok(Rc::clone(opened));
        }
        let opened = Rc::new(SearchedField::open(field, searcher)?);
        self.opened.push(Rc::clone(&opened));
        Ok(opened)
    }
}

/// A field of the index.
pub(super) struct SearchedField {
    field: Field,
    n_documents: u64,
    segments: Vec<(Arc<InvertedIndexReader>, Lengths)>,
}

impl SearchedField {
    fn open(field: Field, searcher: &Searcher) -> tantivy::Result<Self> {
        let n_documents = searcher.total_num_docs()?;
        #[expect(clippy::cast_precision_loss, reason = "the precision that scores have")]
        let mean_len = searcher.total_num_tokens(field)? as f32 / n_documents as f32;
        let regard = Rc::new(std::array::from_fn(|code| regard(code, mean_len)));
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let lengths = Lengths { codes: segment.get_fieldnorms_reader(field)?, regard: Rc::clone(&regard) };
            segments.push((segment.inverted_index(field)?, lengths));
        }
        Ok(Self { field, n_documents, segments })
    }

    /// Returns the place of a word in each segment.
    pub(super) fn places(&self, token: &str) -> io::Result<Vec<Option<TermInfo>>> {
        let term = Term::from_field_text(self.field, token);
        self.segments.iter().map(|(inverted, _)| inverted.get_term_info(&term)).collect()
    }

    /// Returns the inverse document frequency of the word that stands at `places`.
    #[expect(clippy::cast_possible_truncation, reason = "the precision that scores have")]
    pub(super) fn idf(&self, places: &[Option<TermInfo>]) -> f32 {
        let n_found: u32 = places.iter().flatten().map(|place| place.doc_freq).sum();
        idf(f64::from(n_found), self.n_documents) as f32
    }

    /// Returns the postings of a word in a segment.
    pub(super) fn blocks(&self, segment_ord: u32, place: &TermInfo) -> io::Result<BlockSegmentPostings> {
        let (inverted, _) = &self.segments[segment_ord as usize];
        inverted.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)
    }

    /// Returns the postings of a word in a segment without its frequencies.
    pub(super) fn unscored_blocks(&self, segment_ord: u32, place: &TermInfo) -> io::Result<BlockSegmentPostings> {
        let (inverted, _) = &self.segments[segment_ord as usize];
        inverted.read_block_postings_from_terminfo(place, IndexRecordOption::Basic)
    }

    /// Returns the lengths of the documents of a segment.
    pub(super) fn lengths(&self, segment_ord: u32) -> &Lengths {
        &self.segments[segment_ord as usize].1
    }
}

/// The lengths of the documents of a segment.
pub(super) struct Lengths {
    codes: FieldNormReader,
    /// What each length of text takes from a frequency.
    regard: Rc<[f32; 256]>,
}

impl Lengths {
    /// Returns the share, below 1, of the most that a word can add that it adds to `doc`, where it stands
    /// `frequency` times.
    #[expect(clippy::cast_precision_loss, reason = "the precision that scores have")]
    #[inline]
    pub(super) fn share(&self, doc: u32, frequency: u32) -> f32 {
        let frequency = frequency as f32;
        frequency / (frequency + self.regard[usize::from(self.codes.fieldnorm_id(doc))])
    }
}

/// Returns the most that what has an inverse document frequency can add to a score.
pub(super) fn most(idf: f32) -> f32 {
    idf * (1.0 + K1)
}

/// Returns what a text of the length that `code` stands for takes from a frequency.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a code is a byte")]
fn regard(code: usize, mean_len: f32) -> f32 {
    K1 * (1.0 - B + B * FieldNormReader::id_to_fieldnorm(code as u8) as f32 / mean_len)
}
