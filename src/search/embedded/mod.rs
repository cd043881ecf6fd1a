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
pub(super) mod tally;
pub(super) mod titles;
pub(super) mod vocabulary;

use std::ops::Range;

use rustc_hash::FxHashMap;
use tantivy::collector::sort_key::SortByStaticFastValue;
use tantivy::collector::{Count as CountCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Order, Searcher, Term};

use self::candidates::rescored;
use self::compile::{Compiled, Compiler};
use self::second_stage::SecondStage;
use super::cursor::Place;
use super::request::{Count, SearchRequest, Sort};
use super::weights::RERANKED;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::Plan;

/// What the backend found.
pub(super) struct Found {
    /// Articles that match, where they were counted.
    pub(super) count: Option<usize>,
    /// The requested page, best first.
    pub(super) scored: Vec<Scored>,
}

/// An article and its score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub(super) address: DocAddress,
    pub(super) score: f64,
    ord: u64,
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

/// Returns the page of articles that `request` asks for.
pub(super) fn top(index: &Index, plan: &Plan, request: &SearchRequest) -> Result<Found> {
    let searcher = index.searcher();
    let Some(compiled) = compiled(index, &searcher, plan, request)? else {
        let count = (request.count == Count::Exact).then_some(0);
        return Ok(Found { count, scored: Vec::new() });
    };
    let count = match request.count {
        Count::Exact => Some(searcher.search(&compiled.matching, &CountCollector).map_err(Error::engine("searched"))?),
        Count::Skip => None,
    };
    let offset = request.first_index();
    let wanted = offset.saturating_add(request.limit).min(count.unwrap_or(usize::MAX));
    let order = if compiled.scoring.is_empty() { Sort::Newest } else { request.sort };
    let page = match (order, request.after) {
        (Sort::Relevance, Some(cursor)) if offset >= RERANKED => {
            candidates::best(&searcher, &compiled, request.limit, Some(cursor.last))?
        }
        (Sort::Relevance, _) => {
            let mut scored = candidates::best(&searcher, &compiled, wanted.max(RERANKED), None)?;
            let n_reranked = scored.len().min(RERANKED);
            let second_stage = SecondStage::new(index, &searcher, plan, request);
            let ordered = second_stage.and_then(|stage| stage.order(&mut scored[..n_reranked]));
            ordered.map_err(Error::engine("searched"))?;
            scored.split_off(offset.min(scored.len()))
        }
        (Sort::Newest, _) => by_date(&searcher, &compiled, offset..wanted, Order::Desc)?,
        (Sort::Oldest, _) => by_date(&searcher, &compiled, offset..wanted, Order::Asc)?,
    };
    Ok(Found { count, scored: page.into_iter().take(request.limit).collect() })
}

/// Returns the queries of `plan` and of what no plan says; nothing where it looks for nothing.
fn compiled(index: &Index, searcher: &Searcher, plan: &Plan, request: &SearchRequest) -> Result<Option<Compiled>> {
    let utc_offset = i64::from(request.utc_offset_seconds);
    let compiled = Compiler::new(searcher, index.fields(), utc_offset).compile(plan)?;
    let story = request.filters.not_story_of.as_ref().map(|id| index.story(id)).transpose()?.flatten();
    Ok(match (compiled, story) {
        (Some(compiled), Some(story)) => Some(compiled.without(Term::from_field_u64(index.fields().story, story))),
        (compiled, _) => compiled,
    })
}

/// Returns the documents at `places` of the order by date, those without a date last.
fn by_date(searcher: &Searcher, compiled: &Compiled, places: Range<usize>, order: Order) -> Result<Vec<Scored>> {
    let limit = places.end.min(candidates::all(searcher));
    if limit <= places.start {
        return Ok(Vec::new());
    }
    let date = (SortByStaticFastValue::<i64>::for_field("date"), order);
    let ord = (SortByStaticFastValue::<u64>::for_field("ord"), Order::Asc);
    let collector = TopDocs::with_limit(limit).order_by((date, ord));
    let top = searcher.search(&compiled.matching, &collector).map_err(Error::engine("searched"))?;
    let addresses: Vec<DocAddress> = top.into_iter().skip(places.start).map(|(_, address)| address).collect();
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
