//! The parts of the score of a hit.

use super::super::explain::{FeatureScore, TermScore};
use super::super::request::SearchRequest;
use super::super::weights::FEATURES;
use super::Scored;
use super::addends::Addends;
use super::parts::{Part, all_parts};
use super::searched::SearchedFields;
use super::second_stage::SecondStage;
use crate::error::{Error, Result};
use crate::query::Plan;

/// What the score of a hit is made of.
pub(in crate::search) struct Account {
    pub(in crate::search) first_stage: Vec<TermScore>,
    pub(in crate::search) second_stage: Vec<FeatureScore>,
}

/// Returns what the score of `hit` is made of, in the order in which it was added up.
pub(in crate::search) fn account(
    searched: &SearchedFields,
    plan: &Plan,
    request: &SearchRequest,
    hit: &Scored,
) -> Result<Account> {
    let parts = all_parts(plan, searched.searcher(), searched.fields())?;
    let first_stage = first_stage(searched, plan, &parts, hit)?;
    if !hit.is_reranked {
        return Ok(Account { first_stage, second_stage: Vec::new() });
    }
    let of_first_stage = Scored { score: first_stage.iter().fold(0.0, |sum, part| sum + part.score), ..*hit };
    let stage = SecondStage::new(searched, plan, &parts, request);
    let features = stage.and_then(|stage| stage.features(&[of_first_stage])).map_err(Error::engine("searched"))?;
    let scores = features.iter().flat_map(|features| features.scores(&FEATURES));
    Ok(Account { first_stage, second_stage: scores.filter(|feature| feature.score != 0.0).collect() })
}

fn first_stage(searched: &SearchedFields, plan: &Plan, parts: &[Part], hit: &Scored) -> Result<Vec<TermScore>> {
    let clauses = plan.scoring();
    let addends = Addends::new(parts, searched);
    let scores = addends.and_then(|addends| addends.scores_of(hit.address)).map_err(Error::engine("searched"))?;
    let met = parts.iter().zip(scores).filter(|(_, score)| *score > 0.0);
    let term_score = |(part, score): (&Part, f64)| {
        let Part { field, kind, tokens, .. } = part;
        let query = clauses[part.clause].text.clone();
        TermScore { query, field: *field, kind: *kind, tokens: tokens.clone(), score }
    };
    Ok(met.map(term_score).collect())
}
