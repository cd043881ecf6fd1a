//! The addends of the score of one query: they find the best documents, or score given ones.

use std::rc::Rc;

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Searcher, TERMINATED};

use super::super::cursor::Place;
use super::super::explain::TermKind;
use super::Scored;
use super::exact::exact;
use super::lists::List;
use super::parts::Part;
use super::searched::{Places, SearchedField, SearchedFields, most};
use super::union::best_of_union;
use crate::index::DenseSet;

/// The addends of the score.
pub(super) struct Addends {
    searcher: Searcher,
    addends: Vec<Addend>,
}

impl Addends {
    pub(super) fn new(parts: &[Part], searched: &SearchedFields) -> tantivy::Result<Self> {
        let addends = parts.iter().map(|part| Addend::new(part, searched)).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Self { searcher: searched.searcher().clone(), addends })
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
    pub(super) fn documents(&self, segment_ord: u32) -> tantivy::Result<DenseSet> {
        let mut documents = DenseSet::below(self.searcher.segment_reader(segment_ord).max_doc());
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

    /// Returns what each addend adds to the score of a document.
    pub(super) fn scores_of(&self, address: DocAddress) -> tantivy::Result<Vec<f64>> {
        let score = |addend: &Addend| {
            let list = addend.list(&self.searcher, address.segment_ord)?;
            Ok(list.map_or(0.0, |mut list| list.score_of(address.doc_id)))
        };
        self.addends.iter().map(score).collect()
    }

    /// Returns what each of the documents at `addresses` has of the query.
    pub(super) fn fitness(&self, addresses: &[DocAddress]) -> tantivy::Result<Vec<Fitness>> {
        let mut places: Vec<usize> = (0..addresses.len()).collect();
        places.sort_unstable_by_key(|place| addresses[*place]);
        let mut met: Vec<Vec<(usize, bool)>> = vec![Vec::new(); addresses.len()];
        let segment = |place: usize| addresses[place].segment_ord;
        for places in places.chunk_by(|a, b| segment(*a) == segment(*b)) {
            for addend in &self.addends {
                let Some(mut list) = addend.list(&self.searcher, segment(places[0]))? else { continue };
                for place in places {
                    if list.score_of(addresses[*place].doc_id) > 0.0 {
                        met[*place].push((addend.clause, addend.is_of_title));
                    }
                }
            }
        }
        Ok(met.iter().map(|met| Fitness::of(met)).collect())
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

/// What a document has of the query; the greater the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct Fitness {
    n_clauses: usize,
    /// Whether its title has all that it has.
    is_in_title: bool,
}

impl Fitness {
    /// Returns that of a document that has the addends of these clauses, of its title or not; those of a clause follow
    /// one another.
    fn of(met: &[(usize, bool)]) -> Self {
        let clauses = || met.chunk_by(|(a, _), (b, _)| a == b);
        let is_in_title = !met.is_empty() && clauses().all(|addends| addends.iter().any(|(_, is_title)| *is_title));
        Self { n_clauses: clauses().count(), is_in_title }
    }
}

/// An addend of the score, wherever documents have it.
pub(super) struct Addend {
    source: Source,
    /// The clause it is of; those of a clause follow one another.
    clause: usize,
    /// Whether it is looked for in titles.
    is_of_title: bool,
    /// The most that it adds.
    bound: f64,
}

enum Source {
    Word {
        field: Rc<SearchedField>,
        /// The word's place in each segment.
        postings: Places,
        weight: f32,
    },
    Engine(Box<dyn Weight>),
}

impl Addend {
    fn new(part: &Part, searched: &SearchedFields) -> tantivy::Result<Self> {
        match (part.kind, &part.tokens[..]) {
            (TermKind::Word | TermKind::Synonym | TermKind::Phrase, [token]) => {
                let field = searched.get(part.field.of(searched.fields()))?;
                Self::of_word(field, token, part)
            }
            (TermKind::Word | TermKind::Synonym | TermKind::Phrase, tokens) => {
                let field = searched.get(part.field.of(searched.fields()))?;
                let mut idfs = 0.0;
                for token in tokens {
                    idfs += field.idf(&field.places(token)?);
                }
                Self::of_engine(part, exact(most(idfs * part.weight)), searched)
            }
            (TermKind::Prefix | TermKind::Fuzzy, _) => Self::of_engine(part, f64::INFINITY, searched),
        }
    }

    fn of_word(field: Rc<SearchedField>, token: &str, part: &Part) -> tantivy::Result<Self> {
        let postings = field.places(token)?;
        let weight = most(field.idf(&postings) * part.weight);
        let (bound, clause) = (exact(weight), part.clause);
        Ok(Self {
            source: Source::Word { field, postings, weight },
            clause,
            is_of_title: part.field.is_of_title(),
            bound,
        })
    }

    fn of_engine(part: &Part, bound: f64, searched: &SearchedFields) -> tantivy::Result<Self> {
        let query = part.query(searched.fields());
        let weight = query.weight(EnableScoring::enabled_from_searcher(searched.searcher()))?;
        Ok(Self { source: Source::Engine(weight), clause: part.clause, is_of_title: part.field.is_of_title(), bound })
    }

    /// Returns the list of the documents of a segment; nothing where there are none.
    pub(super) fn list(&self, searcher: &Searcher, segment_ord: u32) -> tantivy::Result<Option<List<'_>>> {
        let list = match &self.source {
            Source::Word { field, postings, weight } => {
                let Some(place) = &postings[segment_ord as usize] else { return Ok(None) };
                List::of_word(field.blocks(segment_ord, place)?, field.lengths(segment_ord), *weight, self.bound)
            }
            Source::Engine(weight) => {
                List::of_engine(weight.scorer(searcher.segment_reader(segment_ord), 1.0)?, self.bound)
            }
        };
        Ok((list.doc() != TERMINATED).then_some(list))
    }

    /// Adds to `documents` those of a segment that have it.
    fn add_documents(&self, searcher: &Searcher, segment_ord: u32, documents: &mut DenseSet) -> tantivy::Result<()> {
        let add = |block: &[DocId], documents: &mut DenseSet| block.iter().for_each(|doc| documents.add(*doc));
        match &self.source {
            Source::Word { field, postings, .. } => {
                let Some(place) = &postings[segment_ord as usize] else { return Ok(()) };
                let mut blocks = field.unscored_blocks(segment_ord, place)?;
                while !blocks.docs().is_empty() {
                    add(blocks.docs(), documents);
                    blocks.advance();
                }
            }
            Source::Engine(weight) => {
                let segment = searcher.segment_reader(segment_ord);
                weight.for_each_no_score(segment, &mut |block| add(block, documents))?;
            }
        }
        Ok(())
    }
}
