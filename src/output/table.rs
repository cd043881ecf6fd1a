//! Rows of values, one a hit: CSV and TSV.

use std::io::{self, Write};

use super::Queries;
use super::text::printable;
use crate::search::{Hit, SearchResponse};

/// The columns of every row; a batch has `query_id` before them.
const COLUMNS: [&str; 8] = ["rank", "score", "id", "title", "source", "date", "path", "snippet"];

pub(super) fn csv_header(out: &mut impl Write, queries: Queries) -> io::Result<()> {
    csv_row(out, &header(queries))
}

pub(super) fn csv_rows(out: &mut impl Write, queries: Queries, id: &str, response: &SearchResponse) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| csv_row(out, &row(queries, id, hit)))
}

fn csv_row(out: &mut impl Write, row: &[String]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(row)?;
    writer.flush()
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
        hit.title.clone(),
        hit.source.clone().unwrap_or_default(),
        hit.date.map(|date| date.to_string()).unwrap_or_default(),
        hit.path.clone(),
        hit.snippets.iter().map(|fragment| printable(fragment.text())).collect::<Vec<_>>().join(" … "),
    ]);
    row
}
