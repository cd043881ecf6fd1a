//! What is answered.

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
    /// Articles that match; `None` where they were not counted.
    pub articles: Option<usize>,
    /// Hits passed over.
    pub offset: usize,
    /// The best articles, best first.
    pub hits: Vec<Hit>,
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
    /// The file it was read from.
    pub path: String,
    /// The sentences that match.
    pub snippets: Vec<Fragment>,
    /// Its repeated passages, which were neither searched nor scored.
    pub folds: Vec<Fold>,
}

impl Hit {
    pub(crate) fn new(rank: usize, score: f64, article: Article, snippets: Vec<Fragment>) -> Self {
        let title = article.title();
        let metadata = article.metadata;
        Self {
            rank,
            score,
            id: article.id.as_str().to_owned(),
            title,
            title_origin: metadata.title.origin,
            source: metadata.source.map(|found| found.value),
            site: metadata.site.map(|found| found.value),
            credits: metadata.credits.into_iter().map(|found| found.value).collect(),
            date: metadata.date.map(|found| found.value),
            place: metadata.place.map(|found| found.value),
            path: article.path,
            snippets,
            folds: article.folds,
        }
    }
}
