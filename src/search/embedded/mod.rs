//! The embedded backend: plans as tantivy queries.
//!
//! Two steps. tantivy finds the candidates with its block-max union, whose sums depend on the
//! segments in their last bits and whose ties come in any order. Then each candidate is scored
//! again clause by clause in the order of the plan, in double precision, and ties are broken by
//! `ord`: the same index content gives the same ranking, however it is cut into segments.

pub(super) mod account;
mod candidates;
mod compile;
mod containing;
mod expand;
mod parts;
mod postings;
mod second_stage;
mod stories;
pub(super) mod tally;
pub(super) mod titles;
pub(super) mod vocabulary;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::SortByStaticFastValue;
use tantivy::columnar::StrColumn;
use tantivy::query::Query;
use tantivy::{DocAddress, Order, Searcher};

use self::candidates::rescored;
use self::compile::{Compiled, Compiler};
use self::second_stage::SecondStage;
use self::stories::StoryCounter;
use super::cursor::Place;
use super::request::{Count, Duplicates, SearchRequest, Sort};
use super::response::Counts;
use super::weights::RERANKED;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::Plan;

/// What the backend found.
pub(super) struct Found {
    /// How much matches, where it was counted.
    pub(super) counts: Option<Counts>,
    /// The requested page, best first.
    pub(super) scored: Vec<Scored>,
    /// Finds all that matches; none where nothing is looked for.
    matching: Option<Box<dyn Query>>,
}

impl Found {
    /// Returns the articles that match and tell the story of `scored`, in the order of arrival.
    pub(super) fn members(&self, index: &Index, scored: &Scored) -> Result<Vec<DocAddress>> {
        match &self.matching {
            Some(matching) if stories::n_members(index, scored.story)? > 1 => {
                stories::members(index, matching, scored.story)
            }
            _ => Ok(vec![scored.address]),
        }
    }
}

/// An article and its score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub(super) address: DocAddress,
    pub(super) score: f64,
    ord: u64,
    story: u64,
    /// Whether the second stage has looked at it.
    is_reranked: bool,
}

impl Scored {
    /// Returns its place in the ranking.
    pub(super) fn place(&self) -> Place {
        Place { score: self.score.to_bits(), ord: self.ord }
    }

    fn is_behind(&self, last: Place) -> bool {
        last.score().total_cmp(&self.score).then(self.ord.cmp(&last.ord)).is_gt()
    }
}

/// Returns the page of stories, or articles, that `request` asks for.
pub(super) fn top(index: &Index, plan: &Plan, request: &SearchRequest) -> Result<Found> {
    let searcher = index.searcher();
    let Some(compiled) = compiled(index, &searcher, plan, request)? else {
        let counts = (request.count == Count::Exact).then(Counts::default);
        return Ok(Found { counts, scored: Vec::new(), matching: None });
    };
    let counts = match request.count {
        Count::Exact => Some(searcher.search(&compiled.matching, &StoryCounter).map_err(Error::engine("searched"))?),
        Count::Skip => None,
    };
    let offset = request.first_index();
    let n_hits = counts.map_or(usize::MAX, |counts| counts.hits(request.duplicates));
    let wanted = offset.saturating_add(request.limit).min(n_hits);
    let order = if compiled.scoring.is_empty() { Sort::Newest } else { request.sort };
    let ranking = Ranking { index, searcher: &searcher, plan, request, order };
    let page = match (request.duplicates, order, request.after) {
        (Duplicates::Show, Sort::Relevance, Some(cursor)) if offset >= RERANKED => {
            candidates::best(&searcher, &compiled, request.limit, Some(cursor.last))?
        }
        (Duplicates::Show, ..) => {
            let mut scored = ranking.first(&compiled, wanted)?;
            scored.split_off(offset.min(scored.len()))
        }
        (Duplicates::Fold, ..) => {
            let mut stories = ranking.stories(&compiled, wanted)?;
            stories.split_off(offset.min(stories.len()))
        }
    };
    let scored = page.into_iter().take(request.limit).collect();
    Ok(Found { counts, scored, matching: Some(compiled.matching) })
}

/// An order of what matches.
struct Ranking<'a> {
    index: &'a Index,
    searcher: &'a Searcher,
    plan: &'a Plan,
    request: &'a SearchRequest,
    order: Sort,
}

impl Ranking<'_> {
    /// Returns the first `wanted` articles, and perhaps more.
    fn first(&self, compiled: &Compiled, wanted: usize) -> Result<Vec<Scored>> {
        if self.order != Sort::Relevance {
            return self.rest(compiled, wanted);
        }
        let mut scored = candidates::best(self.searcher, compiled, wanted.max(RERANKED), None)?;
        let n_reranked = scored.len().min(RERANKED);
        let second_stage = SecondStage::new(self.index, self.searcher, self.plan, self.request);
        let ordered = second_stage.and_then(|stage| stage.order(&mut scored[..n_reranked]));
        ordered.map_err(Error::engine("searched"))?;
        Ok(scored)
    }

    /// Returns the best article of each of the first `wanted` stories.
    ///
    /// Where a few stories of many copies take all the places, the next ones are looked for without
    /// them: the work grows with the stories, not with the copies. What is found so is behind all that
    /// the second stage has seen.
    fn stories(&self, compiled: &Compiled, wanted: usize) -> Result<Vec<Scored>> {
        let (mut stories, mut met) = (Vec::new(), FxHashSet::default());
        let mut n_articles = wanted.max(RERANKED);
        let mut scored = self.first(compiled, n_articles)?;
        loop {
            let is_exhausted = scored.len() < n_articles;
            scored.truncate(n_articles);
            stories.extend(scored.into_iter().filter(|hit| met.insert(hit.story)));
            if is_exhausted || stories.len() >= wanted {
                stories.truncate(wanted);
                return Ok(stories);
            }
            n_articles = (wanted - stories.len()).max(RERANKED);
            scored = self.rest(&compiled.without(self.index.fields(), &met), n_articles)?;
        }
    }

    /// Returns the first `wanted` articles of the first stage or by date, and perhaps more.
    fn rest(&self, compiled: &Compiled, wanted: usize) -> Result<Vec<Scored>> {
        match self.order {
            Sort::Relevance => candidates::best(self.searcher, compiled, wanted, None),
            Sort::Newest => by_date(self.searcher, compiled, wanted, Order::Desc),
            Sort::Oldest => by_date(self.searcher, compiled, wanted, Order::Asc),
        }
    }
}

/// Returns the queries of `plan` and of what no plan says; nothing where it looks for nothing.
fn compiled(index: &Index, searcher: &Searcher, plan: &Plan, request: &SearchRequest) -> Result<Option<Compiled>> {
    let utc_offset = i64::from(request.utc_offset_seconds);
    let compiled = Compiler::new(searcher, index.fields(), utc_offset).compile(plan)?;
    let story = request.filters.not_story_of.as_ref().map(|id| index.story(id)).transpose()?.flatten();
    Ok(match (compiled, story) {
        (Some(compiled), Some(story)) => Some(compiled.without(index.fields(), &FxHashSet::from_iter([story]))),
        (compiled, _) => compiled,
    })
}

/// Returns the `wanted` documents that come first by date, those without a date last.
fn by_date(searcher: &Searcher, compiled: &Compiled, wanted: usize, order: Order) -> Result<Vec<Scored>> {
    let limit = wanted.min(candidates::all(searcher));
    if limit == 0 {
        return Ok(Vec::new());
    }
    let date = (SortByStaticFastValue::<i64>::for_field("date"), order);
    let ord = (SortByStaticFastValue::<u64>::for_field("ord"), Order::Asc);
    let collector = TopDocs::with_limit(limit).order_by((date, ord));
    let top = searcher.search(&compiled.matching, &collector).map_err(Error::engine("searched"))?;
    let addresses: Vec<DocAddress> = top.into_iter().map(|(_, address)| address).collect();
    let scored = rescored(searcher, &compiled.scoring, addresses.clone()).map_err(Error::engine("searched"))?;
    let by_address: FxHashMap<DocAddress, Scored> = scored.into_iter().map(|hit| (hit.address, hit)).collect();
    Ok(addresses.iter().filter_map(|address| by_address.get(address).copied()).collect())
}

/// Returns the id of the article at `address`; `columns` keeps the opened segments.
pub(super) fn id(index: &Index, address: DocAddress, columns: &mut FxHashMap<u32, StrColumn>) -> Result<String> {
    let read = || -> tantivy::Result<String> {
        let mut id = String::new();
        if let std::collections::hash_map::Entry::Vacant(entry) = columns.entry(address.segment_ord) {
            let searcher = index.searcher();
            let fast = searcher.segment_reader(address.segment_ord).fast_fields();
            let missing = || tantivy::TantivyError::FieldNotFound("id".to_owned());
            entry.insert(fast.str("id")?.ok_or_else(missing)?);
        }
        let column = &columns[&address.segment_ord];
        if let Some(term) = column.term_ords(address.doc_id).next() {
            column.ord_to_str(term, &mut id)?;
        }
        Ok(id)
    };
    let mut read = read;
    read().map_err(Error::engine("read"))
}
