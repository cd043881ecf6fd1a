//! The addends of the score of one query: they find the best documents, or score given ones.

use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Query, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, TERMINATED, Term};

use super::super::cursor::Place;
use super::super::explain::TermKind;
use super::Scored;
use super::documents::Documents;
use super::exact::exact;
use super::lists::List;
use super::parts::Part;
use super::union::best_of_union;
use crate::index::Fields;

/// The addends of the score.
pub(super) struct Addends {
    searcher: Searcher,
    addends: Vec<Addend>,
}

impl Addends {
    pub(super) fn new(parts: &[Part], searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let addends =
            parts.iter().map(|part| Addend::new(part, searcher, fields)).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Self { searcher: searcher.clone(), addends })
    }

    /// Returns the index that is searched.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.addends.is_empty()
    }

    /// Returns the `wanted` best documents that have any of the addends and are among those that a
    /// query finds, if there is one; the best first, and only those behind `last` where it is given.
    pub(super) fn best(
        &self,
        among: Option<&dyn Query>,
        wanted: usize,
        last: Option<Place>,
    ) -> tantivy::Result<Vec<Scored>> {
        best_of_union(&self.searcher, &self.addends, among, wanted, last)
    }

    /// Returns the documents of a segment that have any of the addends, removed ones too.
    pub(super) fn documents(&self, segment_ord: u32) -> tantivy::Result<Documents> {
        let mut documents = Documents::none_of(self.searcher.segment_reader(segment_ord).max_doc());
        for addend in &self.addends {
            addend.add_documents(&self.searcher, segment_ord, &mut documents)?;
        }
        Ok(documents)
    }

    /// Scores the documents at `addresses`; they come back in the order of the index.
    pub(super) fn scored(&self, mut addresses: Vec<DocAddress>) -> tantivy::Result<Vec<Scored>> {
        addresses.sort_unstable();
        let mut scored = Vec::with_capacity(addresses.len());
        for documents in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            self.score_segment(documents, &mut scored)?;
        }
        Ok(scored)
    }

    /// Scores documents of one segment, which ascend.
    fn score_segment(&self, addresses: &[DocAddress], scored: &mut Vec<Scored>) -> tantivy::Result<()> {
        let segment_ord = addresses[0].segment_ord;
        let fast = self.searcher.segment_reader(segment_ord).fast_fields();
        let (ords, stories) = (fast.u64("ord")?, fast.u64("story")?);
        let first = scored.len();
        scored.extend(addresses.iter().map(|address| Scored {
            address: *address,
            score: 0.0,
            ord: ords.first(address.doc_id).unwrap_or_default(),
            story: stories.first(address.doc_id).unwrap_or_default(),
            is_reranked: false,
        }));
        for addend in &self.addends {
            let Some(mut list) = addend.list(&self.searcher, segment_ord)? else { continue };
            for hit in &mut scored[first..] {
                hit.score += list.score_of(hit.address.doc_id);
            }
        }
        Ok(())
    }
}

/// An addend of the score, wherever documents have it.
pub(super) struct Addend {
    source: Source,
    /// The most that it adds.
    bound: f64,
}

enum Source {
    Word {
        field: Field,
        weight: Bm25Weight,
        /// The word's place in each segment.
        postings: Vec<Option<TermInfo>>,
    },
    Engine(Box<dyn Weight>),
}

impl Addend {
    pub(super) fn new(part: &Part, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        match (part.kind, &part.tokens[..]) {
            (TermKind::Word | TermKind::Synonym | TermKind::Phrase, [token]) => {
                Self::of_word(part, token, searcher, fields)
            }
            (TermKind::Word | TermKind::Synonym | TermKind::Phrase, tokens) => {
                let terms: Vec<Term> =
                    tokens.iter().map(|token| Term::from_field_text(part.field.of(fields), token)).collect();
                let weight = Bm25Weight::for_terms(searcher, &terms)?.boost_by(part.weight);
                Self::of_engine(part, bound(&weight), searcher, fields)
            }
            (TermKind::Prefix | TermKind::Fuzzy, _) => Self::of_engine(part, f64::INFINITY, searcher, fields),
        }
    }

    fn of_word(part: &Part, token: &str, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let field = part.field.of(fields);
        let term = Term::from_field_text(field, token);
        let mut n_found = 0;
        let mut postings = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let found = segment.inverted_index(field)?.get_term_info(&term)?;
            n_found += found.as_ref().map_or(0, |found| u64::from(found.doc_freq));
            postings.push(found);
        }
        let n_documents = searcher.total_num_docs()?;
        #[expect(clippy::cast_precision_loss, reason = "the precision that tantivy scores with")]
        let mean_len = searcher.total_num_tokens(field)? as f32 / n_documents as f32;
        let weight = Bm25Weight::for_one_term_without_explain(n_found, n_documents, mean_len).boost_by(part.weight);
        Ok(Self { bound: bound(&weight), source: Source::Word { field, weight, postings } })
    }

    fn of_engine(part: &Part, bound: f64, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let weight = part.query(fields).weight(EnableScoring::enabled_from_searcher(searcher))?;
        Ok(Self { source: Source::Engine(weight), bound })
    }

    /// Returns the list of the documents of a segment; nothing where there are none.
    pub(super) fn list(&self, searcher: &Searcher, segment_ord: u32) -> tantivy::Result<Option<List<'_>>> {
        let segment = searcher.segment_reader(segment_ord);
        let list = match &self.source {
            Source::Word { field, weight, postings } => {
                let Some(place) = &postings[segment_ord as usize] else { return Ok(None) };
                let inverted = segment.inverted_index(*field)?;
                let blocks = inverted.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?;
                List::of_word(blocks, segment.get_fieldnorms_reader(*field)?, weight, self.bound)
            }
            Source::Engine(weight) => List::of_engine(weight.scorer(segment, 1.0)?, self.bound),
        };
        Ok((list.doc() != TERMINATED).then_some(list))
    }

    /// Adds to `documents` those of a segment that have it.
    fn add_documents(&self, searcher: &Searcher, segment_ord: u32, documents: &mut Documents) -> tantivy::Result<()> {
        let segment = searcher.segment_reader(segment_ord);
        match &self.source {
            Source::Word { field, postings, .. } => {
                let Some(place) = &postings[segment_ord as usize] else { return Ok(()) };
                let inverted = segment.inverted_index(*field)?;
                let mut blocks = inverted.read_block_postings_from_terminfo(place, IndexRecordOption::Basic)?;
                while !blocks.docs().is_empty() {
                    blocks.docs().iter().for_each(|doc| documents.add(*doc));
                    blocks.advance();
                }
            }
            Source::Engine(weight) => {
                weight.for_each_no_score(segment, &mut |block| block.iter().for_each(|doc| documents.add(*doc)))?;
            }
        }
        Ok(())
    }
}

/// Returns the most that documents can get of `weight`: what countless words in an empty text would.
fn bound(weight: &Bm25Weight) -> f64 {
    exact(weight.score(0, u32::MAX))
}
