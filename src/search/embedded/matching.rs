//! What matches a query, whatever its score.

use rustc_hash::FxHashSet;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{AllQuery, EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, Searcher};

use super::addends::Addends;
use super::stories;
use crate::index::Fields;

/// Documents collected at a time.
const BLOCK: usize = 1024;

/// Which documents match a query.
pub(super) enum Matching {
    /// Those that have any of its addends and are found by a query, if there is one.
    Union { among: Option<Box<dyn Query>> },
    /// Those that a query finds, which gives them about the score that their addends add up to.
    Engine(Box<dyn Query>),
}

impl Matching {
    /// Returns what matches and tells none of `stories`.
    pub(super) fn without(&self, fields: &Fields, stories: &FxHashSet<u64>) -> Self {
        let without = |query: &dyn Query| stories::without(query, fields, stories);
        match self {
            Self::Union { among: Some(among) } => Self::Union { among: Some(without(among)) },
            Self::Union { among: None } => Self::Union { among: Some(without(&AllQuery)) },
            Self::Engine(query) => Self::Engine(without(query)),
        }
    }

    /// Lets `collector`, which asks for no scores, collect all that match.
    pub(super) fn collect<C: Collector>(&self, addends: &Addends, collector: &C) -> tantivy::Result<C::Fruit> {
        let searcher = addends.searcher();
        let among = match self {
            Self::Engine(query) => return searcher.search(query, collector),
            Self::Union { among } => among.as_ref().map(|query| unscored(query, searcher)).transpose()?,
        };
        let mut fruits = Vec::new();
        for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
            let mut child = collector.for_segment(segment_ord, segment)?;
            let mut among = among.as_ref().map(|weight| weight.scorer(segment, 1.0)).transpose()?;
            let alive = segment.alive_bitset();
            let mut block = Vec::with_capacity(BLOCK);
            addends.documents(segment_ord)?.for_each(|doc| {
                let is_found = among.as_mut().is_none_or(|among| seek(among.as_mut(), doc) == doc);
                if is_found && alive.is_none_or(|alive| alive.is_alive(doc)) {
                    block.push(doc);
                }
                if block.len() == BLOCK {
                    child.collect_block(&block);
                    block.clear();
                }
            });
            child.collect_block(&block);
            fruits.push(child.harvest());
        }
        collector.merge_fruits(fruits)
    }

    /// Returns those of `addresses` that match, in the order of the index.
    pub(super) fn only(&self, addends: &Addends, mut addresses: Vec<DocAddress>) -> tantivy::Result<Vec<DocAddress>> {
        let query = match self {
            Self::Engine(query) => Some(query),
            Self::Union { among } => {
                let scored = addends.scored(addresses)?.into_iter();
                addresses = scored.filter(|hit| hit.score > 0.0).map(|hit| hit.address).collect();
                among.as_ref()
            }
        };
        let Some(query) = query else { return Ok(addresses) };
        addresses.sort_unstable();
        let weight = unscored(query, addends.searcher())?;
        let mut found = Vec::with_capacity(addresses.len());
        for documents in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let mut scorer = weight.scorer(addends.searcher().segment_reader(documents[0].segment_ord), 1.0)?;
            found.extend(documents.iter().filter(|one| seek(scorer.as_mut(), one.doc_id) == one.doc_id));
        }
        Ok(found)
    }
}

/// Returns what finds documents of each segment without scoring them.
pub(super) fn unscored(query: &dyn Query, searcher: &Searcher) -> tantivy::Result<Box<dyn Weight>> {
    query.weight(EnableScoring::disabled_from_searcher(searcher))
}

/// Moves on to the first document that is not before `doc`; returns it.
pub(super) fn seek(documents: &mut dyn Scorer, doc: DocId) -> DocId {
    if documents.doc() < doc { documents.seek(doc) } else { documents.doc() }
}
