//! The parts of the score of a hit.

use tantivy::Searcher;

use super::super::explain::{FeatureScore, TermScore};
use super::super::request::SearchRequest;
use super::super::weights::FEATURES;
use super::Scored;
use super::addends::Addend;
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
    let mut scores = Vec::new();
    for clause in plan.scoring() {
        for part in parts(clause, searcher, index.fields())? {
            let addend = Addend::new(&part, searcher, index.fields());
            let score = addend.and_then(|addend| {
                let list = addend.list(searcher, hit.address.segment_ord)?;
                Ok(list.map_or(0.0, |mut list| list.score_of(hit.address.doc_id)))
            });
            let score = score.map_err(Error::engine("searched"))?;
            if score > 0.0 {
                let (query, field, kind, tokens) = (clause.text.clone(), part.field, part.kind, part.tokens);
                scores.push(TermScore { query, field, kind, tokens, score });
            }
        }
    }
    Ok(scores)
}
