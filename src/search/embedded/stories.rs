//! Articles that tell one story: counted, folded into their best, listed.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::collector::{Collector, DocSetCollector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, Term};

use super::super::response::Counts;
use super::addends::Addends;
use super::matching::Matching;
use crate::error::{Error, Result};
use crate::index::{DenseSet, Fields, Index, LoneStories};

/// Returns the articles that match and tell `story`, in the order of arrival.
pub(super) fn members(index: &Index, matching: &Matching, addends: &Addends, story: u64) -> Result<Vec<DocAddress>> {
    let term = Term::from_field_u64(index.fields().story, story);
    let of_story = TermQuery::new(term, IndexRecordOption::Basic);
    let told = addends.searcher().search(&of_story, &DocSetCollector);
    let found = told.and_then(|told| matching.only(addends, told.into_iter().collect()));
    let mut members = Vec::new();
    for address in found.map_err(Error::engine("searched"))? {
        members.push((index.number("arrival", address)?, address));
    }
    members.sort_unstable();
    Ok(members.into_iter().map(|(_, address)| address).collect())
}

/// Returns how many articles tell `story`, those that were replaced or removed included.
pub(super) fn n_members(index: &Index, story: u64) -> Result<u64> {
    let term = Term::from_field_u64(index.fields().story, story);
    index.searcher().doc_freq(&term).map_err(Error::engine("searched"))
}

/// Returns a query for what matches `query` and tells none of `stories`; the scores are the same.
pub(super) fn without(query: &dyn Query, fields: &Fields, stories: &FxHashSet<u64>) -> Box<dyn Query> {
    if stories.is_empty() {
        return query.box_clone();
    }
    let terms = stories.iter().map(|story| Term::from_field_u64(fields.story, *story));
    let told: Box<dyn Query> = Box::new(TermSetQuery::new(terms));
    Box::new(BooleanQuery::new(vec![(Occur::Must, query.box_clone()), (Occur::MustNot, told)]))
}

/// Counts the articles that match and the stories they tell.
pub(super) struct StoryCounter<'a> {
    pub(super) lone: &'a LoneStories,
}

impl Collector for StoryCounter<'_> {
    type Fruit = Counts;
    type Child = Told;

    fn for_segment(&self, segment_ord: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Told> {
        let (lone, stories) = (self.lone.of_segment(segment_ord), segment.fast_fields().u64("story")?);
        Ok(Told { lone, stories, n_lone: 0, n_others: 0, shared: FxHashSet::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Told>) -> tantivy::Result<Counts> {
        let n_lone: usize = segments.iter().map(|told| told.n_lone).sum();
        let n_others: usize = segments.iter().map(|told| told.n_others).sum();
        let shared: FxHashSet<u64> = segments.into_iter().flat_map(|told| told.shared).collect();
        Ok(Counts { articles: n_lone + n_others, stories: n_lone + shared.len() })
    }
}

/// The stories that the articles of one segment tell.
pub(super) struct Told {
    /// Articles whose story no other article of the index tells.
    lone: Arc<DenseSet>,
    stories: Column<u64>,
    n_lone: usize,
    n_others: usize,
    /// The stories of the others.
    shared: FxHashSet<u64>,
}

impl Told {
    /// Collects those of `documents` that are not removed, as if one by one.
    pub(super) fn collect_set(&mut self, documents: &DenseSet, alive: Option<&AliveBitSet>) {
        let Self { lone, stories, n_lone, n_others, shared } = self;
        *n_lone += documents.n_common(lone);
        documents.for_each_not_in(lone, |doc| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                *n_others += 1;
                shared.extend(stories.first(doc));
            }
        });
    }
}

impl SegmentCollector for Told {
    type Fruit = Self;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.lone.contains(doc) {
            self.n_lone += 1;
        } else {
            self.n_others += 1;
            self.shared.extend(self.stories.first(doc));
        }
    }

    fn harvest(self) -> Self {
        self
    }
}
