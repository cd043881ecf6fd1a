//! The fields that words are looked for in, and what a word in them is worth: BM25.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::postings::{as_float, idf};
use crate::index::{Fields, Index};

/// BM25's k1 and b, which are those of the engine.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The words of a query in the fields of an index, each looked up once.
pub(in crate::search) struct SearchedFields {
    searcher: Searcher,
    fields: Fields,
    opened: RefCell<Vec<Rc<SearchedField>>>,
}

impl SearchedFields {
    pub(in crate::search) fn new(index: &Index) -> Self {
        Self::of(index.searcher(), *index.fields())
    }

    pub(super) fn of(searcher: Searcher, fields: Fields) -> Self {
        Self { searcher, fields, opened: RefCell::default() }
    }

    /// Returns the index that is searched.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the fields that it has.
    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Returns `field` of the index, opened once.
    pub(super) fn get(&self, field: Field) -> tantivy::Result<Rc<SearchedField>> {
        let mut opened = self.opened.borrow_mut();
        if let Some(opened) = opened.iter().find(|opened| opened.field == field) {
            return Ok(Rc::clone(opened));
        }
        let field = Rc::new(SearchedField::open(field, &self.searcher)?);
        opened.push(Rc::clone(&field));
        Ok(field)
    }

    /// Returns how many documents, removed ones too, have `token` in `field`.
    pub(super) fn n_found(&self, field: Field, token: &str) -> tantivy::Result<u64> {
        Ok(self.get(field)?.places(token)?.iter().flatten().map(|place| u64::from(place.doc_freq)).sum())
    }

    /// Returns how many articles have a word of the root `root` in their body, as far as the two fields
    /// that hold such words tell: as if it stood in the one as often as not where it stands in the other.
    pub(super) fn n_with_root(&self, root: &str) -> tantivy::Result<f64> {
        let share = |field| -> tantivy::Result<f64> {
            Ok(as_float(self.n_found(field, root)?) / as_float(self.searcher.num_docs().max(1)))
        };
        let (exact, root) = (share(self.fields.body_exact)?, share(self.fields.body_root)?);
        Ok((exact + root - exact * root) * as_float(self.searcher.num_docs()))
    }
}

/// The place of a word in each segment that has it.
pub(super) type Places = Rc<[Option<TermInfo>]>;

/// A field of the index.
pub(super) struct SearchedField {
    field: Field,
    n_documents: u64,
    segments: Vec<(Arc<InvertedIndexReader>, Lengths)>,
    /// The words looked up so far.
    known: RefCell<FxHashMap<String, Places>>,
}

impl SearchedField {
    fn open(field: Field, searcher: &Searcher) -> tantivy::Result<Self> {
        let n_documents = searcher.total_num_docs()?;
        #[expect(clippy::cast_precision_loss, reason = "the precision that scores have")]
        let mean_len = searcher.total_num_tokens(field)? as f32 / n_documents as f32;
        let regard = Rc::new(regards(mean_len));
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let lengths = Lengths { codes: segment.get_fieldnorms_reader(field)?, regard: Rc::clone(&regard) };
            segments.push((segment.inverted_index(field)?, lengths));
        }
        Ok(Self { field, n_documents, segments, known: RefCell::default() })
    }

    /// Returns the place of a word in each segment.
    pub(super) fn places(&self, token: &str) -> io::Result<Places> {
        let mut known = self.known.borrow_mut();
        if let Some(places) = known.get(token) {
            return Ok(Rc::clone(places));
        }
        let term = Term::from_field_text(self.field, token);
        let found = self.segments.iter().map(|(inverted, _)| inverted.get_term_info(&term));
        let places: Places = found.collect::<io::Result<_>>()?;
        known.insert(token.to_owned(), Rc::clone(&places));
        Ok(places)
    }

    /// Returns the postings of a word in a segment, document by document; nothing where it has none.
    pub(super) fn postings(
        &self,
        segment_ord: u32,
        token: &str,
        option: IndexRecordOption,
    ) -> io::Result<Option<SegmentPostings>> {
        let (inverted, _) = &self.segments[segment_ord as usize];
        let places = self.places(token)?;
        let place = places[segment_ord as usize].as_ref();
        place.map(|place| inverted.read_postings_from_terminfo(place, option)).transpose()
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

/// Returns what a text of each length, by its code, takes from a frequency.
fn regards(mean_len: f32) -> [f32; 256] {
    /// The length that each code stands for.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a code is a byte")]
    static LENGTHS: LazyLock<[f32; 256]> =
        LazyLock::new(|| std::array::from_fn(|code| FieldNormReader::id_to_fieldnorm(code as u8) as f32));
    LENGTHS.map(|length| K1 * (1.0 - B + B * length / mean_len))
}
