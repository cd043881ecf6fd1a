//! How an answer came about, so that it can be asked for again.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::request::SearchRequest;
use crate::error::Result;
use crate::index::{Index, Settings};
use crate::query::Plan;

/// What an answer depends on: the index as it was, the analysis, the request and how it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The state of the index, in hexadecimal: [`Index::generation`].
    pub generation: String,
    /// What the index was written with: format, analyzer, dictionaries.
    pub index: Settings,
    /// The query as read, filters included.
    pub reading: String,
    /// The request.
    pub request: SearchRequest,
}

impl Receipt {
    pub(super) fn new(index: &Index, plan: &Plan, request: &SearchRequest) -> Self {
        Self {
            generation: format!("{:016x}", index.generation()),
            index: index.settings().clone(),
            reading: plan.to_string(),
            request: request.clone(),
        }
    }
}

/// An answer that was kept, as far as it can be compared.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RecordedAnswer {
    /// The id of its query, in a list.
    pub id: Option<String>,
    /// How it came about.
    pub receipt: Receipt,
    /// Articles that matched, where they were counted.
    pub articles: Option<usize>,
    /// The hits.
    pub hits: Vec<RecordedHit>,
}

/// A hit that was kept.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RecordedHit {
    /// Its place among all that match, from 1.
    pub rank: usize,
    /// Its score.
    pub score: f64,
    /// Its id.
    pub id: String,
}

/// What is no longer as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// The query is read in another way.
    Reading {
        /// How it was read.
        was: String,
        /// How it is read.
        is: String,
    },
    /// More or fewer articles match.
    Articles {
        /// How many matched.
        was: usize,
        /// How many match.
        is: usize,
    },
    /// Another article has a rank, or none.
    Hit {
        /// The rank.
        rank: usize,
        /// The id of the article that had it.
        was: Option<String>,
        /// The id of the article that has it.
        is: Option<String>,
    },
    /// An article has its rank by another score.
    Score {
        /// The rank.
        rank: usize,
        /// The score it had.
        was: f64,
        /// The score it has.
        is: f64,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |id: &Option<String>| id.as_ref().map_or_else(|| "nothing".to_owned(), |id| format!("`{id}`"));
        match self {
            Self::Reading { was, is } => write!(f, "the query was read as `{was}` and is read as `{is}`"),
            Self::Articles { was: 1, is } => write!(f, "1 article matched and {is} match"),
            Self::Articles { was, is: 1 } => write!(f, "{was} articles matched and 1 matches"),
            Self::Articles { was, is } => write!(f, "{was} articles matched and {is} match"),
            Self::Hit { rank, was, is } => write!(f, "rank {rank} had {} and has {}", shown(was), shown(is)),
            Self::Score { rank, was, is } => write!(f, "rank {rank} had the score {was} and has {is}"),
        }
    }
}

/// How far scores may lie apart, as a share: what is lost when they are written and read.
const ROUNDING: f64 = 1e-9;

/// Asks again what `recorded` answers; returns what is different now, nothing where the index still
/// gives the same answer.
///
/// # Errors
/// As [`search`](super::search).
pub fn verify(index: &Index, recorded: &RecordedAnswer) -> Result<Vec<Difference>> {
    let request = &recorded.receipt.request;
    // A cursor holds for one state of the index; the place it stands for is asked for instead.
    let offset = request.first_index();
    let response = super::search(index, &SearchRequest { offset, after: None, ..request.clone() })?;
    let mut differences = Vec::new();
    let (was, is) = (recorded.receipt.reading.clone(), response.reading.to_string());
    if was != is {
        differences.push(Difference::Reading { was, is });
    }
    if let (Some(was), Some(is)) = (recorded.articles, response.counts.map(|counts| counts.articles))
        && was != is
    {
        differences.push(Difference::Articles { was, is });
    }
    for index_on_page in 0..recorded.hits.len().max(response.hits.len()) {
        let (was, is) = (recorded.hits.get(index_on_page), response.hits.get(index_on_page));
        let rank = offset.saturating_add(index_on_page).saturating_add(1);
        let (was_id, is_id) = (was.map(|hit| hit.id.clone()), is.map(|hit| hit.id.clone()));
        if was_id != is_id {
            differences.push(Difference::Hit { rank, was: was_id, is: is_id });
        } else if let (Some(was), Some(is)) = (was, is)
            && (was.score - is.score).abs() > ROUNDING * was.score.abs()
        {
            differences.push(Difference::Score { rank, was: was.score, is: is.score });
        }
    }
    Ok(differences)
}
