//! Completions of a query: for people one a line, or as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::text::printable;
use crate::search::{SuggestedTitle, Suggestions};

/// Writes each completion on a line: queries, then titles.
///
/// # Errors
/// Fails where `out` does.
pub fn write_suggestions(out: &mut impl Write, suggestions: &Suggestions) -> io::Result<()> {
    let titles = suggestions.titles.iter().map(|title| &title.title);
    suggestions.terms.iter().chain(titles).try_for_each(|text| writeln!(out, "{}", printable(text)))
}

/// Writes completions as JSON: `kliping.suggest/1`.
///
/// # Errors
/// Fails where `out` does.
pub fn write_suggestions_json(out: &mut impl Write, suggestions: &Suggestions) -> io::Result<()> {
    #[derive(Serialize)]
    struct Json<'a> {
        schema: &'static str,
        prefix: &'a str,
        terms: &'a [String],
        titles: Vec<JsonTitle<'a>>,
    }
    let Suggestions { prefix, terms, titles, .. } = suggestions;
    let titles = titles.iter().map(JsonTitle::new).collect();
    serde_json::to_writer_pretty(&mut *out, &Json { schema: "kliping.suggest/1", prefix, terms, titles })?;
    writeln!(out)
}

#[derive(Serialize)]
struct JsonTitle<'a> {
    title: &'a str,
    id: &'a str,
    date: Option<String>,
}

impl<'a> JsonTitle<'a> {
    fn new(found: &'a SuggestedTitle) -> Self {
        Self { title: &found.title, id: &found.id, date: found.date.map(|date| date.to_string()) }
    }
}
