//! The parts of the score of a hit.

use tantivy::Searcher;
use tantivy::query::EnableScoring;

use super::super::explain::{FeatureScore, TermScore};
use super::super::request::SearchRequest;
use super::super::weights::FEATURES;
use super::Scored;
use super::parts::parts;
use super::second_stage::SecondStage;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::Plan;

/// What the score of a hit is made of.
pub(in crate::search) struct Account {
    pub(in crate::search) first_stage: Vec<TermScore>,
    pub(in crate::search) second_stage: Vec<FeatureScore>,
}

/// Returns what the score of `hit` is made of, in the order in which it was added up.
pub(in crate::search) fn account(index: &Index, plan: &Plan, request: &SearchRequest, hit: &Scored) -> Result<Account> {
    let searcher = index.searcher();
    let first_stage = first_stage(index, &searcher, plan, hit)?;
    if !hit.is_reranked {
        return Ok(Account { first_stage, second_stage: Vec::new() });
    }
    let of_first_stage = Scored { score: first_stage.iter().fold(0.0, |sum, part| sum + part.score), ..*hit };
    let features =
        SecondStage::new(index, &searcher, plan, request).and_then(|stage| stage.features(&[of_first_stage]));
    let features = features.map_err(Error::engine("searched"))?;
    let scores = features.iter().flat_map(|features| features.scores(&FEATURES));
    Ok(Account { first_stage, second_stage: scores.filter(|feature| feature.score != 0.0).collect() })
}

fn first_stage(index: &Index, searcher: &Searcher, plan: &Plan, hit: &Scored) -> Result<Vec<TermScore>> {
    let segment = searcher.segment_reader(hit.address.segment_ord);
    let scoring = EnableScoring::enabled_from_searcher(searcher);
    let doc = hit.address.doc_id;
    let mut scores = Vec::new();
    for clause in plan.scoring() {
        for part in parts(clause, searcher, index.fields())? {
            let score = || -> tantivy::Result<Option<f64>> {
                let mut matches = part.query(index.fields()).weight(scoring)?.scorer(segment, 1.0)?;
                let reached = if matches.doc() < doc { matches.seek(doc) } else { matches.doc() };
                Ok((reached == doc).then(|| f64::from(matches.score())))
            };
            if let Some(score) = score().map_err(Error::engine("searched"))? {
                let (query, field, kind, tokens) = (clause.text.clone(), part.field, part.kind, part.tokens);
                scores.push(TermScore { query, field, kind, tokens, score });
            }
        }
    }
    Ok(scores)
}
