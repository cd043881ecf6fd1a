//! The best documents of a query by its first stage, in an order that does not depend on the
//! segments.
//!
//! What is no plain query is looked for with the engine, whose sums depend on the segments in their
//! last bits and whose ties come in any order: its best are scored again.

use tantivy::collector::TopDocs;
use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use super::super::cursor::Place;
use super::Scored;
use super::addends::Addends;
use super::best::is_behind;
use super::matching::Matching;
use crate::error::{Error, Result};

/// Candidates fetched beyond the requested page, so that ties at its end are seen whole.
const MARGIN: usize = 32;

/// How far two sums of the same numbers in another order may lie apart, as a share of the sum:
/// some thousand single-precision roundings.
const ROUNDING: f32 = 1e-4;

/// The score of what comes before the page: it only fills the room that nothing else needs.
const BEFORE: Score = Score::NEG_INFINITY;

/// Returns the `wanted` best documents, and perhaps more, the best first: those behind `last` where
/// it is given.
pub(super) fn best(addends: &Addends, matching: &Matching, wanted: usize, last: Option<Place>) -> Result<Vec<Scored>> {
    match matching {
        Matching::Union { among } => addends.best(among.as_deref(), wanted, last).map_err(Error::engine("searched")),
        Matching::Engine(query) => best_of_engine(query, addends, wanted, last),
    }
}

fn best_of_engine(query: &dyn Query, addends: &Addends, wanted: usize, last: Option<Place>) -> Result<Vec<Scored>> {
    let searcher = addends.searcher();
    let all = all(searcher);
    let wanted = wanted.min(all);
    if wanted == 0 {
        return Ok(Vec::new());
    }
    let mut limit = wanted.saturating_add(MARGIN).min(all);
    loop {
        let top = top(searcher, query, limit, last)?;
        let lowest = top.last().map_or(0.0, |(score, _)| f64::from(*score) * f64::from(1.0 + ROUNDING));
        let exhausted = top.len() < limit || limit >= all;
        let addresses = top.into_iter().map(|(_, address)| address).collect();
        let mut scored = addends.scored(addresses).map_err(Error::engine("searched"))?;
        scored.retain(|hit| last.is_none_or(|last| is_behind(hit.score, hit.ord, last)));
        sort(&mut scored);
        let decided = || scored.get(wanted - 1).is_some_and(|hit| hit.score > lowest);
        if exhausted || decided() {
            return Ok(scored);
        }
        limit = limit.saturating_mul(4).min(all);
    }
}

/// Returns the best documents by tantivy's score, which may be a little off; those that can be behind
/// `last` where it is given.
fn top(searcher: &Searcher, query: &dyn Query, limit: usize, last: Option<Place>) -> Result<Vec<(Score, DocAddress)>> {
    let Some(last) = last else {
        let collector = TopDocs::with_limit(limit).order_by_score();
        return searcher.search(query, &collector).map_err(Error::engine("searched"));
    };
    #[expect(clippy::cast_possible_truncation, reason = "the precision that tantivy scores with")]
    let ceiling = last.score() as Score * (1.0 + ROUNDING);
    let below = move |_: &SegmentReader| move |_: DocId, score: Score| if score <= ceiling { score } else { BEFORE };
    let collector = TopDocs::with_limit(limit).tweak_score(below);
    let mut top = searcher.search(query, &collector).map_err(Error::engine("searched"))?;
    top.retain(|(score, _)| *score > BEFORE);
    Ok(top)
}

/// Returns how many documents there are, at least one.
pub(super) fn all(searcher: &Searcher) -> usize {
    usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX).max(1)
}

pub(super) fn sort(scored: &mut [Scored]) {
    scored.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.ord.cmp(&b.ord)));
}
