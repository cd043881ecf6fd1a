//! The embedded backend: plans as tantivy queries.
//!
//! Two steps. tantivy finds the candidates with its block-max union, whose sums depend on the
//! segments in their last bits and whose ties come in any order. Then each candidate is scored
//! again clause by clause in the order of the plan, in double precision, and ties are broken by
//! `ord`: the same index content gives the same ranking, however it is cut into segments.

use rustc_hash::FxHashMap;
use tantivy::collector::{Count as CountCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Score, Searcher, Term};

use super::request::{Count, SearchRequest};
use super::weights::FIELDS;
use crate::error::{Error, Result};
use crate::index::{Fields, Index};
use crate::query::{ClauseKind, Plan};

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
    let queries = field_queries(plan, index.fields());
    if queries.is_empty() {
        let count = (request.count == Count::Exact).then_some(0);
        return Ok(Found { count, scored: Vec::new() });
    }
    let searcher = index.searcher();
    let union = BooleanQuery::new(queries.iter().map(|query| (Occur::Should, query.box_clone())).collect());
    let count = match request.count {
        Count::Exact => Some(searcher.search(&union, &CountCollector).map_err(Error::engine("searched"))?),
        Count::Skip => None,
    };
    let wanted = request.offset.saturating_add(request.limit).min(count.unwrap_or(usize::MAX));
    let candidates = candidates(&searcher, &union, wanted)?;
    let mut scored = rescored(&searcher, &queries, candidates).map_err(Error::engine("searched"))?;
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.ord.cmp(&b.ord)));
    let page = scored.into_iter().skip(request.offset).take(request.limit).collect();
    Ok(Found { count, scored: page })
}

/// Returns the `wanted` best documents by tantivy's score and every one that ties with the last of
/// them.
fn candidates(searcher: &Searcher, query: &BooleanQuery, wanted: usize) -> Result<Vec<DocAddress>> {
    if wanted == 0 {
        return Ok(Vec::new());
    }
    let all = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
    let mut limit = wanted.saturating_add(MARGIN).min(all.max(1));
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

/// Returns the plan as queries of one term or phrase each; their sum is the score.
///
/// One flat list: a nested query would keep tantivy from passing over documents that cannot reach
/// the top.
fn field_queries(plan: &Plan, fields: &Fields) -> Vec<Box<dyn Query>> {
    let mut queries: Vec<Box<dyn Query>> = Vec::new();
    for clause in &plan.clauses {
        match &clause.kind {
            ClauseKind::Word { exact, root } => {
                push_words(
                    &mut queries,
                    exact,
                    [(fields.title_exact, FIELDS.title_exact), (fields.body_exact, FIELDS.body_exact)],
                );
                push_words(
                    &mut queries,
                    root,
                    [(fields.title_root, FIELDS.title_root), (fields.body_root, FIELDS.body_root)],
                );
            }
            ClauseKind::Phrase { exact } => {
                queries.push(boosted(phrase(fields.title_exact, exact), FIELDS.title_exact));
                queries.push(boosted(phrase(fields.body_exact, exact), FIELDS.body_exact));
            }
        }
    }
    queries
}

fn push_words(queries: &mut Vec<Box<dyn Query>>, tokens: &[String], fields: [(Field, f32); 2]) {
    for (field, weight) in fields {
        queries.extend(tokens.iter().map(|token| boosted(word(field, token), weight)));
    }
}

fn word(field: Field, token: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
}

/// Returns a query for tokens that follow one another; tantivy wants two or more for a phrase.
fn phrase(field: Field, tokens: &[String]) -> Box<dyn Query> {
    match tokens {
        [token] => word(field, token),
        tokens => Box::new(PhraseQuery::new(tokens.iter().map(|token| Term::from_field_text(field, token)).collect())),
    }
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
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
