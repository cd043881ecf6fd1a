//! The embedded backend: plans as tantivy queries.
//!
//! Two steps. tantivy finds the candidates with its block-max union, whose sums depend on the
//! segments in their last bits and whose ties come in any order. Then each candidate is scored
//! again clause by clause in the order of the plan, in double precision, and ties are broken by
//! `ord`: the same index content gives the same ranking, however it is cut into segments.

mod compile;
mod containing;
mod expand;
mod postings;
pub(super) mod tally;
pub(super) mod titles;
pub(super) mod vocabulary;

use rustc_hash::FxHashMap;
use tantivy::collector::sort_key::SortByStaticFastValue;
use tantivy::collector::{Count as CountCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, Order, Score, Searcher};

use self::compile::{Compiled, Compiler};
use super::request::{Count, SearchRequest, Sort};
use super::rerank::Features;
use super::weights::{FEATURES, RERANKED};
use crate::error::{Error, Result};
use crate::index::{Fields, Index};
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
}

/// Candidates fetched beyond the requested page, so that ties at its end are seen whole.
const MARGIN: usize = 32;

/// How far two sums of the same numbers in another order may lie apart, as a share of the sum:
/// some thousand single-precision roundings.
const ROUNDING: f32 = 1e-4;

/// Returns the page of articles that `request` asks for.
pub(super) fn top(index: &Index, plan: &Plan, request: &SearchRequest) -> Result<Found> {
    let searcher = index.searcher();
    let utc_offset = i64::from(request.utc_offset_seconds);
    let compiled = Compiler::new(&searcher, index.fields(), utc_offset).compile(plan)?;
    let Some(Compiled { matching, scoring }) = compiled else {
        let count = (request.count == Count::Exact).then_some(0);
        return Ok(Found { count, scored: Vec::new() });
    };
    let count = match request.count {
        Count::Exact => Some(searcher.search(&matching, &CountCollector).map_err(Error::engine("searched"))?),
        Count::Skip => None,
    };
    let wanted = request.offset.saturating_add(request.limit).min(count.unwrap_or(usize::MAX));
    let order = if scoring.is_empty() { Sort::Newest } else { request.sort };
    let scored = match order {
        Sort::Relevance => {
            let candidates = candidates(&searcher, &matching, wanted.max(RERANKED))?;
            let mut scored = rescored(&searcher, &scoring, candidates).map_err(Error::engine("searched"))?;
            sort(&mut scored);
            let n_reranked = scored.len().min(RERANKED);
            rerank(&searcher, index.fields(), plan, &mut scored[..n_reranked]).map_err(Error::engine("searched"))?;
            scored
        }
        Sort::Newest => by_date(&searcher, &matching, &scoring, wanted, Order::Desc)?,
        Sort::Oldest => by_date(&searcher, &matching, &scoring, wanted, Order::Asc)?,
    };
    let page = scored.into_iter().skip(request.offset).take(request.limit).collect();
    Ok(Found { count, scored: page })
}

fn sort(scored: &mut [Scored]) {
    scored.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.ord.cmp(&b.ord)));
}

/// Orders articles anew by where the words of the query stand in them.
fn rerank(searcher: &Searcher, fields: &Fields, plan: &Plan, scored: &mut [Scored]) -> tantivy::Result<()> {
    let words = postings::words(plan, searcher, fields)?;
    scored.sort_unstable_by_key(|hit| hit.address);
    let addresses: Vec<DocAddress> = scored.iter().map(|hit| hit.address).collect();
    for (hit, evidence) in scored.iter_mut().zip(postings::evidence(&words, searcher, fields, &addresses)?) {
        hit.score += Features::of(&words, &evidence).score(&FEATURES);
    }
    sort(scored);
    Ok(())
}

/// Returns the `wanted` documents that come first by date, those without a date last.
fn by_date(
    searcher: &Searcher,
    query: &dyn Query,
    scoring: &[Box<dyn Query>],
    wanted: usize,
    order: Order,
) -> Result<Vec<Scored>> {
    let limit = wanted.min(all(searcher));
    if limit == 0 {
        return Ok(Vec::new());
    }
    let date = (SortByStaticFastValue::<i64>::for_field("date"), order);
    let ord = (SortByStaticFastValue::<u64>::for_field("ord"), Order::Asc);
    let collector = TopDocs::with_limit(limit).order_by((date, ord));
    let top = searcher.search(query, &collector).map_err(Error::engine("searched"))?;
    let addresses: Vec<DocAddress> = top.into_iter().map(|(_, address)| address).collect();
    let scored = rescored(searcher, scoring, addresses.clone()).map_err(Error::engine("searched"))?;
    let by_address: FxHashMap<DocAddress, Scored> = scored.into_iter().map(|hit| (hit.address, hit)).collect();
    Ok(addresses.iter().filter_map(|address| by_address.get(address).copied()).collect())
}

/// Returns how many documents there are, at least one.
fn all(searcher: &Searcher) -> usize {
    usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX).max(1)
}

/// Returns the `wanted` best documents by tantivy's score and every one that ties with the last of
/// them.
fn candidates(searcher: &Searcher, query: &dyn Query, wanted: usize) -> Result<Vec<DocAddress>> {
    if wanted == 0 {
        return Ok(Vec::new());
    }
    let all = all(searcher);
    let wanted = wanted.min(all);
    let mut limit = wanted.saturating_add(MARGIN).min(all);
    loop {
        let collector = TopDocs::with_limit(limit).order_by_score();
        let top: Vec<(Score, DocAddress)> = searcher.search(query, &collector).map_err(Error::engine("searched"))?;
        let exhausted = top.len() < limit || limit >= all;
        let decided = || top[wanted - 1].0 * (1.0 - ROUNDING) > top[top.len() - 1].0;
        if exhausted || decided() {
            return Ok(top.into_iter().map(|(_, address)| address).collect());
        }
        limit = limit.saturating_mul(4).min(all);
    }
}

/// Scores `addresses` with each query in turn.
fn rescored(
    searcher: &Searcher,
    queries: &[Box<dyn Query>],
    mut addresses: Vec<DocAddress>,
) -> tantivy::Result<Vec<Scored>> {
    addresses.sort_unstable();
    let scoring = EnableScoring::enabled_from_searcher(searcher);
    let weights = queries.iter().map(|query| query.weight(scoring)).collect::<tantivy::Result<Vec<_>>>()?;
    let mut scored = Vec::with_capacity(addresses.len());
    for segment in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        score_segment(searcher, &weights, segment, &mut scored)?;
    }
    Ok(scored)
}

/// Scores documents of one segment, which ascend.
fn score_segment(
    searcher: &Searcher,
    weights: &[Box<dyn Weight>],
    addresses: &[DocAddress],
    scored: &mut Vec<Scored>,
) -> tantivy::Result<()> {
    let segment = searcher.segment_reader(addresses[0].segment_ord);
    let ords = segment.fast_fields().u64("ord")?;
    let first = scored.len();
    scored.extend(addresses.iter().map(|address| Scored {
        address: *address,
        score: 0.0,
        ord: ords.first(address.doc_id).unwrap_or_default(),
    }));
    for weight in weights {
        let mut matches = weight.scorer(segment, 1.0)?;
        for hit in &mut scored[first..] {
            if matches.doc() < hit.address.doc_id {
                matches.seek(hit.address.doc_id);
            }
            if matches.doc() == hit.address.doc_id {
                hit.score += f64::from(matches.score());
            }
        }
    }
    Ok(())
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
