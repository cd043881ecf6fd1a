//! Rows of values, one a hit: CSV and TSV.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Queries;
use super::text::printable;
use crate::search::{Hit, SearchResponse};

/// The columns of every row; a batch has `query_id` before them.
const COLUMNS: [&str; 9] = ["rank", "score", "id", "title", "source", "date", "path", "snippet", "copies"];

pub(super) fn csv_header(out: &mut impl Write, queries: Queries) -> io::Result<()> {
    csv_row(out, &header(queries))
}

pub(super) fn csv_rows(out: &mut impl Write, queries: Queries, id: &str, response: &SearchResponse) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| csv_row(out, &row(queries, id, hit)))
}

fn csv_row(out: &mut impl Write, row: &[String]) -> io::Result<()> {
    writeln!(out, "{}", row.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(","))
}

/// Returns a value as RFC 4180 has it: in quotes where it holds a comma, a quote or a line end.
fn quoted(value: &str) -> Cow<'_, str> {
    if value.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", value.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(value)
    }
}

pub(super) fn tsv_header(out: &mut impl Write, queries: Queries) -> io::Result<()> {
    writeln!(out, "{}", header(queries).join("\t"))
}

pub(super) fn tsv_rows(out: &mut impl Write, queries: Queries, id: &str, response: &SearchResponse) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| {
        let row: Vec<String> = row(queries, id, hit).iter().map(|value| printable(value)).collect();
        writeln!(out, "{}", row.join("\t"))
    })
}

fn header(queries: Queries) -> Vec<String> {
    let query_id = match queries {
        Queries::Single => None,
        Queries::Batch => Some("query_id"),
    };
    query_id.into_iter().chain(COLUMNS).map(str::to_owned).collect()
}

fn row(queries: Queries, id: &str, hit: &Hit) -> Vec<String> {
    let mut row = match queries {
        Queries::Single => Vec::new(),
        Queries::Batch => vec![id.to_owned()],
    };
    row.extend([
        hit.rank.to_string(),
        format!("{:.6}", hit.score),
        hit.id.clone(),
        printable(&hit.title),
        hit.source.clone().unwrap_or_default(),
        hit.date.map(|date| date.to_string()).unwrap_or_default(),
        hit.path.clone(),
        hit.snippets.iter().map(|fragment| printable(fragment.text())).collect::<Vec<_>>().join(" … "),
        hit.n_copies.to_string(),
    ]);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_only_where_they_must_be() {
        assert_eq!(quoted("a b"), "a b");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("\"a\"\nb"), "\"\"\"a\"\"\nb\"");
    }
}
