//! Articles that tell one story: counted, folded into their best, listed.

use rustc_hash::FxHashSet;
use tantivy::collector::{Collector, DocSetCollector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, Term};

use super::super::response::Counts;
use super::addends::Addends;
use super::dense_set::DenseSet;
use super::matching::Matching;
use crate::error::{Error, Result};
use crate::index::{Fields, Index};

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
pub(super) struct StoryCounter;

impl Collector for StoryCounter {
    type Fruit = Counts;
    type Child = Told;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Told> {
        let fast = segment.fast_fields();
        Ok(Told {
            ord: fast.u64("ord")?,
            story: fast.u64("story")?,
            ords: Vec::new(),
            stories: Vec::new(),
            begun: Vec::new(),
            retold: FxHashSet::default(),
            n_retelling: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Told>) -> tantivy::Result<Counts> {
        let retold: FxHashSet<u64> = segments.iter().flat_map(|told| &told.retold).copied().collect();
        let begun = segments.iter().flat_map(|told| &told.begun);
        let marked = marked(&retold);
        // Nearly none is retold, which a set that fits into the nearest caches tells of most.
        let n_begun = begun.filter(|story| !marked.has(mark(**story)) || !retold.contains(*story)).count();
        let articles = segments.iter().map(|told| told.begun.len() + told.n_retelling).sum();
        Ok(Counts { articles, stories: retold.len() + n_begun })
    }
}

/// Marks of stories: some have the same.
const MARKS: u32 = 1 << 18;

fn mark(story: u64) -> u32 {
    u32::try_from(story % u64::from(MARKS)).unwrap_or_default()
}

fn marked(stories: &FxHashSet<u64>) -> DenseSet {
    let mut marked = DenseSet::below(MARKS);
    for story in stories {
        marked.add(mark(*story));
    }
    marked
}

/// The stories that the articles of one segment tell.
///
/// Nearly all are told by the article that began them, whose name they bear: these are each met once,
/// and only the others must be told apart.
pub(super) struct Told {
    ord: Column<u64>,
    story: Column<u64>,
    ords: Vec<Option<u64>>,
    stories: Vec<Option<u64>>,
    /// Those that the article which began them tells.
    begun: Vec<u64>,
    /// Those that another article tells.
    retold: FxHashSet<u64>,
    n_retelling: usize,
}

impl SegmentCollector for Told {
    type Fruit = Self;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        let Self { ords, stories, .. } = self;
        for (column, values) in [(&self.ord, &mut *ords), (&self.story, &mut *stories)] {
            values.clear();
            values.resize(documents.len(), None);
            column.first_vals(documents, values);
        }
        for (ord, story) in ords.iter().zip(stories) {
            if ord == story {
                self.begun.extend(*story);
            } else {
                self.retold.extend(*story);
                self.n_retelling += 1;
            }
        }
    }

    fn harvest(self) -> Self {
        self
    }
}
