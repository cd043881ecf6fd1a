//! The best documents of a query by its first stage, in an order that does not depend on the
//! segments.

use tantivy::collector::TopDocs;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use super::super::cursor::Place;
use super::Scored;
use super::compile::Compiled;
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
pub(super) fn best(
    searcher: &Searcher,
    Compiled { matching, scoring }: &Compiled,
    wanted: usize,
    last: Option<Place>,
) -> Result<Vec<Scored>> {
    let all = all(searcher);
    let wanted = wanted.min(all);
    if wanted == 0 {
        return Ok(Vec::new());
    }
    let mut limit = wanted.saturating_add(MARGIN).min(all);
    loop {
        let top = top(searcher, matching, limit, last)?;
        let lowest = top.last().map_or(0.0, |(score, _)| f64::from(*score) * f64::from(1.0 + ROUNDING));
        let exhausted = top.len() < limit || limit >= all;
        let addresses = top.into_iter().map(|(_, address)| address).collect();
        let mut scored = rescored(searcher, scoring, addresses).map_err(Error::engine("searched"))?;
        scored.retain(|hit| last.is_none_or(|last| hit.is_behind(last)));
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

/// Scores `addresses` with each query in turn.
pub(super) fn rescored(
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
    let stories = segment.fast_fields().u64("story")?;
    let first = scored.len();
    scored.extend(addresses.iter().map(|address| Scored {
        address: *address,
        score: 0.0,
        ord: ords.first(address.doc_id).unwrap_or_default(),
        story: stories.first(address.doc_id).unwrap_or_default(),
        is_reranked: false,
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
