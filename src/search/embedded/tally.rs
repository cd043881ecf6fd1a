//! Counting what matches by outlet and by day, from fast fields alone.

use std::collections::BTreeMap;
use std::io;

use rustc_hash::FxHashSet;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::super::request::SearchRequest;
use super::searched::SearchedFields;
use super::{Query, compiled};
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::Plan;

/// The seconds of a day.
const DAY: i64 = 24 * 3600;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::search) struct Counted {
    pub(in crate::search) outlets: bool,
    pub(in crate::search) days: bool,
}

/// Articles that match, counted.
#[derive(Debug, Default)]
pub(in crate::search) struct Tally {
    /// All of them.
    pub(in crate::search) all: Group,
    /// By the name of the outlet.
    pub(in crate::search) outlets: BTreeMap<String, Group>,
    /// By the day of publication, counted from 1970-01-01.
    pub(in crate::search) days: BTreeMap<i64, Group>,
}

/// Articles that have something in common.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Group {
    pub(in crate::search) n_articles: usize,
    /// The stories they tell.
    pub(in crate::search) stories: FxHashSet<u64>,
}

impl Group {
    /// Adds what `other` holds.
    pub(in crate::search) fn add(&mut self, other: &Self) {
        self.n_articles += other.n_articles;
        self.stories.extend(&other.stories);
    }

    fn add_article(&mut self, story: u64) {
        self.n_articles += 1;
        self.stories.insert(story);
    }
}

/// Counts the articles that match `plan`.
pub(in crate::search) fn tally(index: &Index, plan: &Plan, request: &SearchRequest, counted: Counted) -> Result<Tally> {
    let searched = SearchedFields::new(index);
    let utc_offset = i64::from(request.utc_offset_seconds);
    let Some(Query { matching, addends, .. }) = compiled(index, &searched, plan, request)? else {
        return Ok(Tally::default());
    };
    matching.collect(&addends, &Counter { counted, utc_offset }).map_err(Error::engine("searched"))
}

/// Counts the documents of a search.
struct Counter {
    counted: Counted,
    /// Seconds that the days are ahead of UTC.
    utc_offset: i64,
}

impl Collector for Counter {
    type Fruit = Tally;
    type Child = SegmentCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let fast = segment.fast_fields();
        let outlets = if self.counted.outlets { fast.str("outlet")? } else { None };
        let dates = if self.counted.days { fast.column_opt::<i64>("date")? } else { None };
        Ok(SegmentCounter {
            by_outlet: vec![Group::default(); outlets.as_ref().map_or(0, |outlets| outlets.dictionary().num_terms())],
            outlets,
            dates,
            stories: fast.u64("story")?,
            utc_offset: self.utc_offset,
            tally: Tally::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, tallies: Vec<io::Result<Tally>>) -> tantivy::Result<Tally> {
        let mut sum = Tally::default();
        for tally in tallies {
            let Tally { all, outlets, days } = tally?;
            sum.all.add(&all);
            for (name, group) in outlets {
                sum.outlets.entry(name).or_default().add(&group);
            }
            for (day, group) in days {
                sum.days.entry(day).or_default().add(&group);
            }
        }
        Ok(sum)
    }
}

/// Counts the documents of one segment.
struct SegmentCounter {
    outlets: Option<StrColumn>,
    dates: Option<Column<i64>>,
    stories: Column<u64>,
    utc_offset: i64,
    /// By the ordinal of the outlet's name in this segment.
    by_outlet: Vec<Group>,
    tally: Tally,
}

impl SegmentCollector for SegmentCounter {
    type Fruit = io::Result<Tally>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let story = self.stories.first(doc).unwrap_or_default();
        self.tally.all.add_article(story);
        if let Some(date) = self.dates.as_ref().and_then(|dates| dates.first(doc)) {
            let day = (date + self.utc_offset).div_euclid(DAY);
            self.tally.days.entry(day).or_default().add_article(story);
        }
        let outlet = self.outlets.as_ref().and_then(|outlets| outlets.ords().first(doc));
        let group = outlet.and_then(|ord| self.by_outlet.get_mut(usize::try_from(ord).ok()?));
        if let Some(group) = group {
            group.add_article(story);
        }
    }

    fn harvest(mut self) -> io::Result<Tally> {
        let Some(outlets) = self.outlets else { return Ok(self.tally) };
        for (ord, group) in (0..).zip(self.by_outlet).filter(|(_, group)| group.n_articles > 0) {
            let mut name = String::new();
            outlets.ord_to_str(ord, &mut name)?;
            self.tally.outlets.insert(name, group);
        }
        Ok(self.tally)
    }
}
