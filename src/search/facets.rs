//! What matches, counted by outlet and by date.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::embedded::tally::{Counted, Group, Tally, tally};
use super::request::SearchRequest;
use super::trends::{Interval, grouped};
use crate::analysis::fold;
use crate::error::Result;
use crate::index::{Index, OutletCount, by_folded_name};
use crate::query::Plan;

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// The outlet, else the site; names that differ in letter case alone are one. A filter on a source
    /// looks at both, and at credits where there is no outlet: it may find more.
    Source,
    /// The year of publication.
    Year,
    /// The month of publication.
    Month,
    /// The day of publication.
    Day,
}

impl Facet {
    /// Returns its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

/// The articles that match, counted by one facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// What they are counted by.
    pub facet: Facet,
    /// The values: sources from the most frequent, times in their order.
    pub values: Vec<FacetValue>,
    /// Articles of which it is not known.
    pub unknown: usize,
}

/// A value of a facet and how many have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The name, or the year, month or day as in ISO 8601.
    pub value: String,
    /// Articles that have it.
    pub articles: usize,
    /// Stories that these articles tell.
    pub stories: usize,
}

/// Returns the counts of what matches `plan` by each of the facets that `request` asks for.
pub(super) fn facets(index: &Index, plan: &Plan, request: &SearchRequest) -> Result<Vec<FacetCounts>> {
    if request.facets.is_empty() {
        return Ok(Vec::new());
    }
    let outlets = request.facets.contains(&Facet::Source);
    let days = request.facets.iter().any(|facet| *facet != Facet::Source);
    let mut tally = tally(index, plan, request, Counted { outlets, days })?;
    let mut facets: Vec<FacetCounts> = request.facets.iter().map(|facet| counts(&mut tally, *facet)).collect();
    if outlets {
        spell_as_elsewhere(&mut facets, &index.outlets()?);
    }
    Ok(facets)
}

/// Gives outlets the spelling that most articles of the index have, whatever those that match have.
fn spell_as_elsewhere(facets: &mut [FacetCounts], outlets: &[OutletCount]) {
    let spelt: FxHashMap<String, &str> = outlets.iter().map(|outlet| (fold(&outlet.name), &*outlet.name)).collect();
    for counts in facets.iter_mut().filter(|counts| counts.facet == Facet::Source) {
        for value in &mut counts.values {
            if let Some(name) = spelt.get(&fold(&value.value)) {
                (*name).clone_into(&mut value.value);
            }
        }
    }
}

fn counts(tally: &mut Tally, facet: Facet) -> FacetCounts {
    let values: Vec<FacetValue> = match facet {
        Facet::Source => {
            let outlets = std::mem::take(&mut tally.outlets);
            let outlets = by_folded_name(outlets, |group| group.n_articles as u64, Group::add);
            let mut values: Vec<FacetValue> = outlets.iter().map(|(name, group)| value(name.clone(), group)).collect();
            values.sort_by_key(|value| std::cmp::Reverse(value.articles));
            values
        }
        Facet::Year => by_time(tally, Interval::Year, "%Y"),
        Facet::Month => by_time(tally, Interval::Month, "%Y-%m"),
        Facet::Day => by_time(tally, Interval::Day, "%Y-%m-%d"),
    };
    let known: usize = values.iter().map(|value| value.articles).sum();
    FacetCounts { facet, values, unknown: tally.all.n_articles - known }
}

fn by_time(tally: &Tally, interval: Interval, format: &str) -> Vec<FacetValue> {
    let groups = grouped(&tally.days, interval);
    groups.iter().map(|(from, group)| value(from.strftime(format).to_string(), group)).collect()
}

fn value(value: String, group: &Group) -> FacetValue {
    FacetValue { value, articles: group.n_articles, stories: group.stories.len() }
}
