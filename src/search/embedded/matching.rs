//! What matches a query, whatever its score.

use rustc_hash::FxHashSet;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{AllQuery, EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, SegmentReader};

use super::super::response::Counts;
use super::addends::Addends;
use super::stories::{self, StoryCounter};
use crate::index::{DenseSet, Fields, LoneStories};

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
            Self::Union { among } => among.as_deref(),
        };
        let mut fruits = Vec::new();
        for_each_segment(addends, among, |segment_ord, segment, documents| {
            let mut child = collector.for_segment(segment_ord, segment)?;
            let alive = segment.alive_bitset();
            let mut block = Vec::with_capacity(BLOCK);
            documents.for_each(|doc| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    block.push(doc);
                }
                if block.len() == BLOCK {
                    child.collect_block(&block);
                    block.clear();
                }
            });
            child.collect_block(&block);
            fruits.push(child.harvest());
            Ok(())
        })?;
        collector.merge_fruits(fruits)
    }

    /// Returns how many articles match and how many stories they tell; `lone` are the articles that tell one
    /// alone.
    pub(super) fn counts(&self, addends: &Addends, lone: &LoneStories) -> tantivy::Result<Counts> {
        let counter = StoryCounter { lone };
        let among = match self {
            Self::Engine(query) => return addends.searcher().search(query, &counter),
            Self::Union { among } => among.as_deref(),
        };
        let mut told = Vec::new();
        for_each_segment(addends, among, |segment_ord, segment, documents| {
            let mut child = counter.for_segment(segment_ord, segment)?;
            child.collect_set(&documents, segment.alive_bitset());
            told.push(child);
            Ok(())
        })?;
        counter.merge_fruits(told)
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

/// Calls `each` with the documents of every segment, removed ones too, that have any of the addends and are
/// found by the query `among`, if there is one.
fn for_each_segment(
    addends: &Addends,
    among: Option<&dyn Query>,
    mut each: impl FnMut(SegmentOrdinal, &SegmentReader, DenseSet) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let searcher = addends.searcher();
    let among = among.map(|query| unscored(query, searcher)).transpose()?;
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        let mut documents = addends.documents(segment_ord)?;
        if let Some(among) = &among {
            let mut among = among.scorer(segment, 1.0)?;
            documents.retain(|doc| seek(among.as_mut(), doc) == doc);
        }
        each(segment_ord, segment, documents)?;
    }
    Ok(())
}

/// Returns what finds documents of each segment without scoring them.
pub(super) fn unscored(query: &dyn Query, searcher: &Searcher) -> tantivy::Result<Box<dyn Weight>> {
    query.weight(EnableScoring::disabled_from_searcher(searcher))
}

/// Moves on to the first document that is not before `doc`; returns it.
pub(super) fn seek(documents: &mut dyn Scorer, doc: DocId) -> DocId {
    if documents.doc() < doc { documents.seek(doc) } else { documents.doc() }
}
