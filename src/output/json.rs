//! JSON, version 1: `docs/search.schema.json` describes it.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::fields::{Chosen, HitField};
use crate::article::{Fold, FoldKind, TitleOrigin};
use crate::query::Plan;
use crate::search::{
    Correction, FacetCounts, Hit, Receipt, ScoreExplanation, SearchResponse, StoryCopy, UnknownSource,
    UnreadableArticle,
};
use crate::snippet::Fragment;

/// The name and version of a response.
const SEARCH: &str = "kliping.search/1";
/// The name and version of a list of responses.
const BATCH: &str = "kliping.searches/1";
/// The name and version of a hit on a line of its own.
const HIT: &str = "kliping.hit/1";

#[derive(Serialize)]
struct Response<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    query: &'a str,
    reading: Reading<'a>,
    corrections: &'a [Correction],
    corrected_query: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unknown_sources: &'a [UnknownSource],
    articles: Option<usize>,
    stories: Option<usize>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    facets: &'a [FacetCounts],
    offset: usize,
    hits: Vec<Chosen<'a, JsonHit<'a>>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unreadable: &'a [UnreadableArticle],
    next: Option<String>,
    receipt: &'a Receipt,
}

#[derive(Serialize)]
pub(super) struct Reading<'a> {
    text: String,
    #[serde(flatten)]
    plan: &'a Plan,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self { text: plan.to_string(), plan }
    }
}

impl<'a> Response<'a> {
    fn new(id: Option<&'a str>, response: &'a SearchResponse, fields: &'a [HitField]) -> Self {
        let SearchResponse { query, reading, corrections, unknown_sources, counts, .. } = response;
        let SearchResponse { facets, offset, hits, unreadable, next, receipt, .. } = response;
        let corrected_query = response.corrected_query();
        let hits = hits.iter().map(|hit| Chosen { whole: JsonHit::new(hit), fields }).collect();
        let reading = Reading::new(reading);
        Self {
            schema: SEARCH,
            id,
            query,
            reading,
            corrections,
            corrected_query,
            unknown_sources,
            articles: counts.map(|counts| counts.articles),
            stories: counts.map(|counts| counts.stories),
            facets,
            offset: *offset,
            hits,
            unreadable,
            next: next.map(|cursor| cursor.to_string()),
            receipt,
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    query_id: &'a str,
    #[serde(flatten)]
    hit: Chosen<'a, JsonHit<'a>>,
}

#[derive(Serialize)]
struct JsonHit<'a> {
    rank: usize,
    score: f64,
    id: &'a str,
    title: &'a str,
    title_highlights: &'a [Range<usize>],
    title_derived: bool,
    source: Option<&'a str>,
    site: Option<&'a str>,
    credits: &'a [String],
    date: Option<String>,
    place: Option<&'a str>,
    url: Option<&'a str>,
    path: &'a str,
    snippets: Vec<JsonFragment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a ScoreExplanation>,
    folds: Vec<JsonFold<'a>>,
    copies: JsonCopies<'a>,
}

#[derive(Serialize)]
struct JsonCopies<'a> {
    count: usize,
    articles: Vec<JsonCopy<'a>>,
}

#[derive(Serialize)]
struct JsonCopy<'a> {
    id: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    site: Option<&'a str>,
    date: Option<String>,
    path: &'a str,
    share: f64,
}

impl<'a> JsonCopy<'a> {
    fn new(copy: &'a StoryCopy) -> Self {
        Self {
            id: &copy.id,
            title: &copy.title,
            source: copy.source.as_deref(),
            site: copy.site.as_deref(),
            date: copy.date.map(|date| date.to_string()),
            path: &copy.path,
            share: (copy.share * 1e3).round() / 1e3,
        }
    }
}

impl<'a> JsonHit<'a> {
    fn new(hit: &'a Hit) -> Self {
        Self {
            rank: hit.rank,
            score: hit.score,
            id: &hit.id,
            title: &hit.title,
            title_highlights: &hit.title_highlights,
            title_derived: hit.title_origin == TitleOrigin::Derived,
            source: hit.source.as_deref(),
            site: hit.site.as_deref(),
            credits: &hit.credits,
            date: hit.date.map(|date| date.to_string()),
            place: hit.place.as_deref(),
            url: hit.url.as_deref(),
            path: &hit.path,
            explanation: hit.explanation.as_ref(),
            snippets: hit.snippets.iter().map(JsonFragment::new).collect(),
            folds: hit.folds.iter().map(JsonFold::new).collect(),
            copies: JsonCopies { count: hit.n_copies, articles: hit.copies.iter().map(JsonCopy::new).collect() },
        }
    }
}

/// Offsets are bytes: `start` and `end` of the article's text, highlights of `text`.
#[derive(Serialize)]
struct JsonFragment<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    cut_start: bool,
    cut_end: bool,
    highlights: &'a [Range<usize>],
}

impl<'a> JsonFragment<'a> {
    fn new(fragment: &'a Fragment) -> Self {
        let (range, cut) = (fragment.range(), fragment.cut());
        Self {
            text: fragment.text(),
            start: range.start,
            end: range.end,
            cut_start: cut.start,
            cut_end: cut.end,
            highlights: fragment.highlights(),
        }
    }
}

#[derive(Serialize)]
struct JsonFold<'a> {
    start: usize,
    end: usize,
    source_start: usize,
    source_end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_article: Option<&'a str>,
    kind: FoldKind,
}

impl<'a> JsonFold<'a> {
    fn new(fold: &'a Fold) -> Self {
        Self {
            start: fold.range.start,
            end: fold.range.end,
            source_start: fold.source.start,
            source_end: fold.source.end,
            source_article: fold.article.as_ref().map(crate::article::ArticleId::as_str),
            kind: fold.kind,
        }
    }
}

/// Writes one response as a document of its own.
pub(super) fn write(out: &mut impl Write, response: &SearchResponse, fields: &[HitField]) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Response::new(None, response, fields))?;
    writeln!(out)
}

pub(super) fn open_batch(out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"schema\":\"{BATCH}\",\"searches\":[")
}

/// Writes one response of a list, a line each.
pub(super) fn write_in_batch(
    out: &mut impl Write,
    id: &str,
    response: &SearchResponse,
    fields: &[HitField],
    first: bool,
) -> io::Result<()> {
    out.write_all(if first { b"\n" } else { b",\n" })?;
    serde_json::to_writer(&mut *out, &Response::new(Some(id), response, fields))?;
    Ok(())
}

pub(super) fn close_batch(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n]}}")
}

/// Writes each hit of a response on a line of its own.
pub(super) fn write_lines(
    out: &mut impl Write,
    query_id: &str,
    response: &SearchResponse,
    fields: &[HitField],
) -> io::Result<()> {
    for hit in &response.hits {
        let hit = Chosen { whole: JsonHit::new(hit), fields };
        serde_json::to_writer(&mut *out, &Line { schema: HIT, query_id, hit })?;
        writeln!(out)?;
    }
    Ok(())
}
