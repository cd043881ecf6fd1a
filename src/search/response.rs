//! What is answered.

use std::ops::Range;

use serde::Serialize;

use super::cursor::Cursor;
use super::explain::ScoreExplanation;
use super::facets::FacetCounts;
use super::receipt::Receipt;
use super::request::Duplicates;
use super::stories::Told;
use super::unknown_sources::UnknownSource;
use crate::article::{Article, ArticleDate, Fold, TitleOrigin};
use crate::query::Plan;
use crate::snippet::Fragment;

/// The answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResponse {
    /// The query as typed.
    pub query: String,
    /// How it was read.
    pub reading: Plan,
    /// Its words that no article has, or few, and what may be meant; never searched for by itself.
    pub corrections: Vec<Correction>,
    /// Outlets it asks for that no article comes from.
    pub unknown_sources: Vec<UnknownSource>,
    /// How much matches; `None` where it was not counted.
    pub counts: Option<Counts>,
    /// What matches, counted by each facet asked for.
    pub facets: Vec<FacetCounts>,
    /// Hits passed over.
    pub offset: usize,
    /// The best stories, best first; the best articles where stories are not folded.
    pub hits: Vec<Hit>,
    /// Articles of the page that cannot be read: hits that are missing, or copies of the others.
    pub unreadable: Vec<UnreadableArticle>,
    /// What the next page begins behind; `None` where there is none.
    pub next: Option<Cursor>,
    /// How the answer came about.
    pub receipt: Receipt,
}

/// How much matches, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Stories that these articles tell.
    pub stories: usize,
}

impl Counts {
    /// Returns how many hits there are on all pages.
    #[must_use]
    pub fn hits(self, duplicates: Duplicates) -> usize {
        match duplicates {
            Duplicates::Fold => self.stories,
            Duplicates::Show => self.articles,
        }
    }
}

/// Another article of the story of a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryCopy {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The outlet or wire it comes from.
    pub source: Option<String>,
    /// The site it was published on, where that is not the source.
    pub site: Option<String>,
    /// When it was published, as precisely as it is known.
    pub date: Option<ArticleDate>,
    /// The file it was read from.
    pub path: String,
    /// The share, from 0 to 1, of its words that stand in the hit too, in runs of four and more.
    pub share: f64,
}

impl StoryCopy {
    pub(super) fn new(share: f64, article: Article) -> Self {
        let title = article.title();
        let metadata = article.metadata;
        Self {
            id: article.id.as_str().to_owned(),
            title,
            source: metadata.source.map(|found| found.value),
            site: metadata.site.map(|found| found.value),
            date: metadata.date.map(|found| found.value),
            path: article.path,
            share,
        }
    }
}

/// A word of a query that no article has in any form, or few have, and what may be meant by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Its bytes in the query.
    pub range: Range<usize>,
    /// The word, as typed.
    pub text: String,
    /// Articles that have it: none, or few while many have what may be meant.
    pub articles: usize,
    /// Words of the index that may be meant, the likeliest first; none where none is near.
    pub suggestions: Vec<String>,
}

impl SearchResponse {
    /// Returns the query with the likeliest correction of each word; `None` where there is none.
    #[must_use]
    pub fn corrected_query(&self) -> Option<String> {
        if self.corrections.iter().all(|correction| correction.suggestions.is_empty()) {
            return None;
        }
        let mut corrected = String::with_capacity(self.query.len());
        let mut at = 0;
        for Correction { range, suggestions, .. } in &self.corrections {
            corrected.push_str(&self.query[at..range.start]);
            corrected.push_str(suggestions.first().map_or(&self.query[range.clone()], String::as_str));
            at = range.end;
        }
        corrected.push_str(&self.query[at..]);
        Some(corrected)
    }
}

/// An article that matches and is not what was stored: a file of the index is damaged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnreadableArticle {
    /// The place of its story among all that match, from 1.
    pub rank: usize,
    /// Its id.
    pub id: String,
}

/// An article that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among all that match, from 1.
    pub rank: usize,
    /// Its score; comparable within one response only.
    pub score: f64,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The bytes of the title that match.
    pub title_highlights: Vec<Range<usize>>,
    /// Whether the title stands in the text.
    pub title_origin: TitleOrigin,
    /// The outlet or wire it comes from.
    pub source: Option<String>,
    /// The site it was published on, where that is not the source.
    pub site: Option<String>,
    /// The outlets and wires it credits.
    pub credits: Vec<String>,
    /// When it was published, as precisely as it is known.
    pub date: Option<ArticleDate>,
    /// The place of its dateline.
    pub place: Option<String>,
    /// Where it was published, where its record or page says so.
    pub url: Option<String>,
    /// The file it was read from.
    pub path: String,
    /// The sentences that match.
    pub snippets: Vec<Fragment>,
    /// Why it has its score; where that was asked for.
    pub explanation: Option<ScoreExplanation>,
    /// Its repeated passages, which were neither searched nor scored.
    pub folds: Vec<Fold>,
    /// Other articles of its story that match.
    pub n_copies: usize,
    /// The first hundred of these at most, in the order of arrival.
    pub copies: Vec<StoryCopy>,
}

impl Hit {
    pub(super) fn new(rank: usize, score: f64, told: Told, snippets: Vec<Fragment>) -> Self {
        let Told { article, n_copies, copies } = told;
        let title = article.title();
        let metadata = article.metadata;
        Self {
            rank,
            score,
            id: article.id.as_str().to_owned(),
            title,
            title_highlights: Vec::new(),
            title_origin: metadata.title.origin,
            source: metadata.source.map(|found| found.value),
            site: metadata.site.map(|found| found.value),
            credits: metadata.credits.into_iter().map(|found| found.value).collect(),
            date: metadata.date.map(|found| found.value),
            place: metadata.place.map(|found| found.value),
            url: metadata.url,
            path: article.path,
            snippets,
            explanation: None,
            folds: article.folds,
            n_copies,
            copies,
        }
    }
}
