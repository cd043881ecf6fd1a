//! How an answer came about, so that it can be asked for again.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::facets::{Facet, FacetCounts};
use super::request::SearchRequest;
use super::response::{Counts, Hit, SearchResponse};
use crate::error::Result;
use crate::index::{Index, Settings};
use crate::query::Plan;
use crate::snippet::Fragment;

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
    /// Stories that matched, where they were counted.
    pub stories: Option<usize>,
    /// What matched, counted by each facet asked for.
    #[serde(default)]
    pub facets: Vec<FacetCounts>,
    /// The hits.
    pub hits: Vec<RecordedHit>,
}

/// A hit that was kept; what was not kept, or was not known, is not compared.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RecordedHit {
    /// Its score.
    pub score: Option<f64>,
    /// Its id.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// The outlet or wire it comes from.
    pub source: Option<String>,
    /// The sentences that matched.
    pub snippets: Option<Vec<RecordedFragment>>,
    /// The other articles of its story.
    pub copies: Option<RecordedCopies>,
}

/// A sentence that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedFragment {
    /// The text.
    pub text: String,
    /// The bytes of it that matched.
    pub highlights: Vec<Range<usize>>,
}

/// The other articles of a story, as they were kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedCopies {
    /// How many there were.
    pub count: usize,
    /// Those that were named.
    pub articles: Vec<RecordedCopy>,
}

/// Another article of a story, as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordedCopy {
    /// Its id.
    pub id: String,
}

/// What is no longer as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// The answer came from another index, or from this one before it was updated.
    Index {
        /// The state of the index that gave it.
        was: String,
        /// The state of this one.
        is: String,
    },
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
    /// More or fewer stories match.
    Stories {
        /// How many matched.
        was: usize,
        /// How many match.
        is: usize,
    },
    /// What matches is counted otherwise by a facet.
    Facet(Facet),
    /// Something that is shown of the article at a rank.
    Shown {
        /// The rank.
        rank: usize,
        /// What it is.
        what: &'static str,
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
            Self::Index { was, is } => write!(
                f,
                "the answer came from another index or from this one before it was updated: its state was {was} and is {is}"
            ),
            Self::Reading { was, is } => write!(f, "the query was read as `{was}` and is read as `{is}`"),
            Self::Articles { was: 1, is } => write!(f, "1 article matched and {is} match"),
            Self::Articles { was, is: 1 } => write!(f, "{was} articles matched and 1 matches"),
            Self::Articles { was, is } => write!(f, "{was} articles matched and {is} match"),
            Self::Stories { was, is } => write!(f, "the number of stories was {was} and is {is}"),
            Self::Facet(facet) => write!(f, "the counts by {} are others", facet.name()),
            Self::Shown { rank, what } => write!(f, "rank {rank} shows another {what}"),
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
    differences.extend(counted_otherwise(recorded, &response));
    for index_on_page in 0..recorded.hits.len().max(response.hits.len()) {
        let (was, is) = (recorded.hits.get(index_on_page), response.hits.get(index_on_page));
        let rank = offset.saturating_add(index_on_page).saturating_add(1);
        match (was, is) {
            (Some(was), Some(is)) if was.id.as_ref().is_none_or(|id| *id == is.id) => {
                differences.extend(was.differences(rank, is));
            }
            (was, is) => {
                let (was, is) = (was.and_then(|hit| hit.id.clone()), is.map(|hit| hit.id.clone()));
                differences.push(Difference::Hit { rank, was, is });
            }
        }
    }
    let (was, is) = (&recorded.receipt.generation, &response.receipt.generation);
    if !differences.is_empty() && was != is {
        differences.insert(0, Difference::Index { was: was.clone(), is: is.clone() });
    }
    Ok(differences)
}

/// Returns what of the counts is no longer as it was recorded.
fn counted_otherwise(recorded: &RecordedAnswer, response: &SearchResponse) -> Vec<Difference> {
    let mut differences = Vec::new();
    if let Some(Counts { articles, stories }) = response.counts {
        let of_articles = recorded.articles.filter(|was| *was != articles);
        differences.extend(of_articles.map(|was| Difference::Articles { was, is: articles }));
        let of_stories = recorded.stories.filter(|was| *was != stories);
        differences.extend(of_stories.map(|was| Difference::Stories { was, is: stories }));
    }
    let facets = response.facets.iter().filter(|facet| !recorded.facets.contains(facet));
    differences.extend(facets.map(|counts| Difference::Facet(counts.facet)));
    differences
}

impl RecordedHit {
    /// Returns what of the hit, which is at `rank`, is no longer as it was recorded.
    fn differences(&self, rank: usize, hit: &Hit) -> Vec<Difference> {
        let mut differences = Vec::new();
        let score = self.score.filter(|was| (was - hit.score).abs() > ROUNDING * was.abs());
        differences.extend(score.map(|was| Difference::Score { rank, was, is: hit.score }));
        let is_day = |was: &String| hit.date.is_some_and(|date| date.to_string() == *was);
        let is_fragment =
            |(was, is): (&RecordedFragment, &Fragment)| was.text == is.text() && was.highlights == is.highlights();
        let are_fragments = |was: &Vec<RecordedFragment>| {
            was.len() == hit.snippets.len() && was.iter().zip(&hit.snippets).all(is_fragment)
        };
        let are_copies = |was: &RecordedCopies| {
            was.count == hit.n_copies
                && was.articles.iter().map(|copy| &copy.id).eq(hit.copies.iter().map(|copy| &copy.id))
        };
        let shown = [
            ("title", self.title.as_ref().is_none_or(|was| *was == hit.title)),
            ("date", self.date.as_ref().is_none_or(is_day)),
            ("source", self.source.is_none() || self.source == hit.source),
            ("snippet", self.snippets.as_ref().is_none_or(are_fragments)),
            ("list of copies", self.copies.as_ref().is_none_or(are_copies)),
        ];
        let others = shown.into_iter().filter(|(_, is_same)| !is_same);
        differences.extend(others.map(|(what, _)| Difference::Shown { rank, what }));
        differences
    }
}
