//! Articles that tell one story: counted, folded into their best, listed.

use rustc_hash::FxHashSet;
use tantivy::collector::{Collector, DocSetCollector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, Term};

use super::super::response::Counts;
use crate::error::{Error, Result};
use crate::index::{Fields, Index};

/// Returns the articles that match `query` and tell `story`, in the order of arrival.
pub(super) fn members(index: &Index, query: &dyn Query, story: u64) -> Result<Vec<DocAddress>> {
    let term = Term::from_field_u64(index.fields().story, story);
    let of_story = TermQuery::new(term, IndexRecordOption::Basic);
    let both = BooleanQuery::new(vec![(Occur::Must, Box::new(of_story)), (Occur::Must, query.box_clone())]);
    let found = index.searcher().search(&both, &DocSetCollector).map_err(Error::engine("searched"))?;
    let mut members: Vec<_> = Vec::with_capacity(found.len());
    for address in found {
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
    type Child = SegmentStories;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentStories> {
        let stories = segment.fast_fields().u64("story")?;
        Ok(SegmentStories { stories, n_articles: 0, told: FxHashSet::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<(usize, FxHashSet<u64>)>) -> tantivy::Result<Counts> {
        let (mut articles, mut all) = (0, FxHashSet::default());
        for (n_articles, told) in segments {
            articles += n_articles;
            if all.is_empty() {
                all = told;
            } else {
                all.extend(told);
            }
        }
        Ok(Counts { articles, stories: all.len() })
    }
}

/// The stories of one segment.
pub(super) struct SegmentStories {
    stories: Column<u64>,
    n_articles: usize,
    told: FxHashSet<u64>,
}

impl SegmentCollector for SegmentStories {
    type Fruit = (usize, FxHashSet<u64>);

    fn collect(&mut self, doc: DocId, _: Score) {
        self.n_articles += 1;
        self.told.extend(self.stories.first(doc));
    }

    fn harvest(self) -> (usize, FxHashSet<u64>) {
        (self.n_articles, self.told)
    }
}
