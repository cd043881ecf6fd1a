//! One article, for people or as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::text::{Colour, printable};
use crate::article::{Article, Confidence, Fold, Found, Link, Metadata, Passage, PassageKind, Title, TitleOrigin};

/// Writes an article for people: title, what is known of it, the body in paragraphs with its folded
/// passages marked as such.
///
/// # Errors
/// Fails where `out` does.
pub fn write_article(out: &mut impl Write, article: &Article, colour: Colour) -> io::Result<()> {
    let derived = match article.metadata.title.origin {
        TitleOrigin::Declared | TitleOrigin::Text => "",
        TitleOrigin::Derived => "  (derived from the first sentence)",
    };
    writeln!(out, "{}{}", colour.bold(&printable(&article.title())), colour.dim(derived))?;
    for (name, value) in known(&article.metadata) {
        writeln!(out, "{}", colour.dim(&format!("{name}: {}", printable(&value))))?;
    }
    writeln!(out, "{}", colour.dim(&format!("id: {}", article.id)))?;
    writeln!(out, "{}", colour.dim(&format!("path: {}", printable(&article.path))))?;
    for line in paragraphs(article) {
        writeln!(out)?;
        for part in parts(article, line) {
            write_part(out, article, &part, colour)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn known(metadata: &Metadata) -> Vec<(&'static str, String)> {
    let credits: Vec<String> = metadata.credits.iter().map(shown).collect();
    let text = |found: &Option<Found<String>>| found.as_ref().map(shown);
    let fields = [
        ("date", metadata.date.as_ref().map(shown)),
        ("source", text(&metadata.source)),
        ("site", text(&metadata.site)),
        ("credits", (!credits.is_empty()).then(|| credits.join(", "))),
        ("byline", text(&metadata.byline)),
        ("place", text(&metadata.place)),
        ("url", metadata.url.clone()),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Returns a value for people, who hear of doubt alone.
fn shown<T: ToString>(found: &Found<T>) -> String {
    let doubt = match found.confidence {
        Confidence::Declared | Confidence::Certain => "",
        Confidence::Likely => " (likely)",
    };
    found.value.to_string() + doubt
}

/// Returns the body by paragraphs; a dateline belongs to the one that it opens.
fn paragraphs(article: &Article) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut follows_dateline = false;
    for Passage { range, kind } in article.passages.iter().filter(|passage| passage.kind.is_body()) {
        match paragraphs.last_mut() {
            Some(last) if follows_dateline && !article.text[last.end..range.start].contains('\n') => {
                last.end = range.end;
            }
            _ => paragraphs.push(range.clone()),
        }
        follows_dateline = *kind == PassageKind::Dateline;
    }
    paragraphs
}

/// A stretch of a paragraph.
struct Part<'a> {
    range: Range<usize>,
    fold: Option<&'a Fold>,
}

/// Returns a paragraph divided where a fold begins or ends.
fn parts(article: &Article, paragraph: Range<usize>) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut at = paragraph.start;
    for fold in article.folds_in(&paragraph) {
        let (start, end) = (fold.range.start.max(at), fold.range.end.min(paragraph.end));
        parts.push(Part { range: at..start, fold: None });
        parts.push(Part { range: start..end, fold: Some(fold) });
        at = end;
    }
    parts.push(Part { range: at..paragraph.end, fold: None });
    parts.retain(|part| !part.range.is_empty());
    parts
}

fn write_part(out: &mut impl Write, article: &Article, part: &Part<'_>, colour: Colour) -> io::Result<()> {
    let text = printable(&article.text[part.range.clone()]);
    match part.fold {
        None => write!(out, "{text}"),
        // A fold over several paragraphs says once what it repeats.
        Some(Fold { range, source, article, .. }) if range.start == part.range.start => {
            let of = article.as_ref().map_or(String::new(), |id| format!(" of {}", printable(id.as_str())));
            let label = format!("[folded, repeats bytes {} to {}{of}: {text}]", source.start, source.end);
            write!(out, "{}", colour.dim(&label))
        }
        Some(_) => write!(out, "{}", colour.dim(&format!("[folded: {text}]"))),
    }
}

/// Writes an article as JSON: `kliping.article/1`, offsets in bytes of `text`; `story` is the id of the
/// first article of its story.
///
/// # Errors
/// Fails where `out` does.
pub fn write_article_json(out: &mut impl Write, article: &Article, story: &str) -> io::Result<()> {
    #[derive(Serialize)]
    struct Json<'a> {
        schema: &'static str,
        id: &'a str,
        title: String,
        path: &'a str,
        metadata: JsonMetadata<'a>,
        passages: &'a [Passage],
        folds: &'a [Fold],
        links: &'a [Link],
        story: &'a str,
        text: &'a str,
    }
    let json = Json {
        schema: "kliping.article/1",
        id: article.id.as_str(),
        title: article.title(),
        path: &article.path,
        metadata: JsonMetadata::new(&article.metadata),
        passages: &article.passages,
        folds: &article.folds,
        links: &article.links,
        story,
        text: &article.text,
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// What is known of an article, as it stands in JSON.
#[derive(Serialize)]
pub(super) struct JsonMetadata<'a> {
    title: JsonTitle<'a>,
    date: Option<JsonFound<'a>>,
    source: Option<JsonFound<'a>>,
    site: Option<JsonFound<'a>>,
    credits: Vec<JsonFound<'a>>,
    byline: Option<JsonFound<'a>>,
    place: Option<JsonFound<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct JsonTitle<'a> {
    #[serde(flatten)]
    title: &'a Title,
    confidence: Confidence,
}

#[derive(Serialize)]
struct JsonFound<'a> {
    value: String,
    /// `null` for what the record or page of the article declares or its address tells.
    range: Option<&'a Range<usize>>,
    confidence: Confidence,
}

impl<'a> JsonFound<'a> {
    fn new<T: ToString>(found: &'a Found<T>) -> Self {
        Self { value: found.value.to_string(), range: found.range.as_ref(), confidence: found.confidence }
    }
}

impl<'a> JsonMetadata<'a> {
    fn new(metadata: &'a Metadata) -> Self {
        let extra = metadata.extra.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Self { url: metadata.url.as_deref(), extra, ..Self::without_fields(metadata) }
    }

    /// Returns it without the fields of a record that play no part in the article.
    pub(super) fn without_fields(metadata: &'a Metadata) -> Self {
        Self {
            title: JsonTitle { title: &metadata.title, confidence: metadata.title.confidence() },
            date: metadata.date.as_ref().map(JsonFound::new),
            source: metadata.source.as_ref().map(JsonFound::new),
            site: metadata.site.as_ref().map(JsonFound::new),
            credits: metadata.credits.iter().map(JsonFound::new).collect(),
            byline: metadata.byline.as_ref().map(JsonFound::new),
            place: metadata.place.as_ref().map(JsonFound::new),
            url: None,
            extra: BTreeMap::new(),
        }
    }
}
