//! What a person who typed a query should know of it, beside the answer.

use std::io::Write;

use kliping::output::printable;
use kliping::search::SearchResponse;

/// Says how a query was read, where that is not plain, what may be meant by words that no article
/// has, and why there is nothing to see. Hints are not worth failing for.
pub(super) fn write(err: &mut impl Write, response: &SearchResponse) {
    for hint in hints(response) {
        let _ = writeln!(err, "kliping: {}", printable(&hint));
    }
}

/// Says where the next page begins, to someone who walks through all hits.
pub(super) fn write_next(err: &mut impl Write, response: &SearchResponse) {
    let _ = match response.next {
        Some(next) => writeln!(err, "kliping: next page: --after {next}"),
        None => writeln!(err, "kliping: no next page"),
    };
}

fn hints(response: &SearchResponse) -> Vec<String> {
    let notes: Vec<String> = response.reading.notes.iter().map(ToString::to_string).collect();
    let mut hints = Vec::new();
    if !notes.is_empty() {
        hints.push(notes.join("; "));
    }
    for correction in &response.corrections {
        let suggestions: Vec<String> = correction.suggestions.iter().map(|word| format!("`{word}`")).collect();
        hints.push(format!("no article has `{}`; did you mean {}?", correction.text, suggestions.join(", ")));
    }
    if response.hits.is_empty() {
        hints.push(match response.counts.map(|counts| counts.articles) {
            Some(n) if n > 0 => format!("{n} articles match, none of them on this page"),
            Some(_) | None => "no article matches".to_owned(),
        });
    }
    hints
}
