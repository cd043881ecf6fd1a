//! What a person who typed a query should know of it, beside the answer.

use std::io::Write;

use kliping::index::Index;
use kliping::output::printable;
use kliping::query::{ClauseKind, Note, Plan};
use kliping::search::{Correction, Ranking, SearchResponse, UnknownSource};

/// Lines about the reading of one query.
const MAX_LINES: usize = 5;

/// Characters of a line: what a query repeats of itself may be long.
const MAX_CHARS: usize = 300;

/// How a query was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// By itself.
    Alone,
    /// In a list: nearly every question has stop words, and it is not said of each.
    InList,
}

/// Writes the hints on a query, which has an id where it is one of a list. Hints are not worth failing for.
pub(super) fn write(err: &mut impl Write, id: Option<&str>, hints: &[String]) {
    let id = id.map(|id| format!("{id}: ")).unwrap_or_default();
    for hint in hints {
        let _ = writeln!(err, "kliping: {}", shortened(&printable(&format!("{id}{hint}"))));
    }
}

/// Says where the next page begins, to someone who walks through all hits.
pub(super) fn write_next(err: &mut impl Write, response: &SearchResponse) {
    let _ = match response.next {
        Some(next) => writeln!(err, "kliping: next page: --after {next}"),
        None => writeln!(err, "kliping: no next page"),
    };
}

/// Returns how a query was read, where that is not plain, what may be meant by its words, and why there is nothing to
/// see.
pub(super) fn on_response(index: &Index, response: &SearchResponse, asked: Asked) -> Vec<String> {
    let mut hints = on_reading(&response.reading, &response.corrections, &response.unknown_sources, asked);
    if response.hits.is_empty() && response.unreadable.is_empty() {
        hints.extend(on_nothing(index, response));
    }
    hints
}

/// Returns the same of a ranking.
pub(super) fn on_ranking(index: &Index, ranking: &Ranking, asked: Asked) -> Vec<String> {
    let mut hints = on_reading(&ranking.reading, &ranking.corrections, &ranking.unknown_sources, asked);
    if ranking.ids.is_empty() {
        hints.push(on_no_match(index, &ranking.reading));
    }
    hints
}

/// Returns that nothing matches, or that nothing was looked for, and where days are asked for, which ones the index
/// has.
fn on_no_match(index: &Index, reading: &Plan) -> String {
    if reading.clauses.is_empty() {
        return "there is no word to look for in the query; `*` finds every article".to_owned();
    }
    let mut asks_for_days = false;
    for clause in &reading.clauses {
        clause.for_each_positive(&mut |leaf| asks_for_days |= matches!(leaf.kind, ClauseKind::Date { .. }));
    }
    let dates = if asks_for_days { index.dates().ok().flatten() } else { None };
    match dates {
        Some((first, last)) => format!("no article matches; those of the index are from {first} to {last}"),
        None => "no article matches".to_owned(),
    }
}

fn on_reading(
    reading: &Plan,
    corrections: &[Correction],
    unknown_sources: &[UnknownSource],
    asked: Asked,
) -> Vec<String> {
    let is_said = |note: &&Note| asked == Asked::Alone || !matches!(note, Note::StopWords { .. });
    let notes = reading.notes.iter().filter(is_said).map(ToString::to_string);
    let unknown = unknown_sources.iter().map(on_unknown_source).chain(corrections.iter().map(on_correction));
    let mut hints: Vec<String> = notes.chain(unknown).collect();
    let n_left_out = hints.len().saturating_sub(MAX_LINES);
    hints.truncate(MAX_LINES);
    if n_left_out > 0 {
        hints.push(format!("and {n_left_out} more"));
    }
    hints
}

fn on_correction(correction: &Correction) -> String {
    let Correction { text, articles, suggestions, .. } = correction;
    let found = match articles {
        0 => format!("no article has `{text}`"),
        1 => format!("`{text}` is in 1 article"),
        n => format!("`{text}` is in {n} articles"),
    };
    with_suggestions(found, suggestions)
}

/// Returns which outlets the index does not have.
pub(super) fn on_outlets(unknown: &[UnknownSource]) -> Vec<String> {
    unknown.iter().map(on_unknown_source).collect()
}

fn on_unknown_source(source: &UnknownSource) -> String {
    with_suggestions(format!("no outlet is called `{}`", source.name), &source.suggestions)
}

fn with_suggestions(found: String, suggestions: &[String]) -> String {
    let suggestions: Vec<String> = suggestions.iter().map(|word| format!("`{word}`")).collect();
    if suggestions.is_empty() { found } else { format!("{found}; did you mean {}?", suggestions.join(", ")) }
}

/// Returns why there are no hits, where some were asked for.
fn on_nothing(index: &Index, response: &SearchResponse) -> Option<String> {
    let request = &response.receipt.request;
    let Some(counts) = response.counts.filter(|counts| counts.articles > 0) else {
        return Some(on_no_match(index, &response.reading));
    };
    let n_hits = counts.hits(request.duplicates);
    let match_it = match (n_hits, n_hits == counts.articles) {
        (1, true) => "1 article matches".to_owned(),
        (1, false) => "1 story matches".to_owned(),
        (n, true) => format!("{n} articles match"),
        (n, false) => format!("{n} stories match"),
    };
    (request.limit > 0).then(|| format!("{match_it}, none of them on this page"))
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
