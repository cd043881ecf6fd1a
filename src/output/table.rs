//! Rows of values, one a hit: CSV and TSV.

use std::borrow::Cow;
use std::io::{self, Write};

use super::text::printable;
use super::{HitField, Queries};
use crate::search::{Hit, SearchResponse};

/// What a table has for columns; a batch has `query_id` before them.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a> {
    pub(super) queries: Queries,
    pub(super) fields: &'a [HitField],
}

impl Columns<'_> {
    fn fields(&self) -> &[HitField] {
        if self.fields.is_empty() { &HitField::COLUMNS } else { self.fields }
    }

    fn header(&self) -> Vec<String> {
        let query_id = match self.queries {
            Queries::Single => None,
            Queries::Batch => Some("query_id"),
        };
        query_id.into_iter().chain(self.fields().iter().map(|field| field.column())).map(str::to_owned).collect()
    }

    fn row(&self, id: &str, hit: &Hit) -> Vec<String> {
        let query_id = match self.queries {
            Queries::Single => None,
            Queries::Batch => Some(id.to_owned()),
        };
        query_id.into_iter().chain(self.fields().iter().map(|field| field.value(hit))).collect()
    }
}

pub(super) fn csv_header(out: &mut impl Write, columns: Columns<'_>) -> io::Result<()> {
    csv_row(out, &columns.header())
}

pub(super) fn csv_rows(
    out: &mut impl Write,
    columns: Columns<'_>,
    id: &str,
    response: &SearchResponse,
) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| csv_row(out, &columns.row(id, hit)))
}

fn csv_row(out: &mut impl Write, row: &[String]) -> io::Result<()> {
    writeln!(out, "{}", row.iter().map(|value| quoted(&as_text(value)).into_owned()).collect::<Vec<_>>().join(","))
}

/// Returns a value that spreadsheets take for text: one that they would run as a formula, which a title or an id of an
/// article could hold, with an apostrophe before it.
fn as_text(value: &str) -> Cow<'_, str> {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// Returns a value as RFC 4180 has it: in quotes where it holds a comma, a quote or a line end.
fn quoted(value: &str) -> Cow<'_, str> {
    if value.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", value.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(value)
    }
}

pub(super) fn tsv_header(out: &mut impl Write, columns: Columns<'_>) -> io::Result<()> {
    writeln!(out, "{}", columns.header().join("\t"))
}

pub(super) fn tsv_rows(
    out: &mut impl Write,
    columns: Columns<'_>,
    id: &str,
    response: &SearchResponse,
) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| {
        let row: Vec<String> = columns.row(id, hit).iter().map(|value| printable(value)).collect();
        writeln!(out, "{}", row.join("\t"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        let row = ["=1+1", "+62", "-", "@SUM(A1)", "a=1", ""].map(str::to_owned);
        let mut out = Vec::new();
        csv_row(&mut out, &row).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "'=1+1,'+62,'-,'@SUM(A1),a=1,\n");
    }

    #[test]
    fn values_are_quoted_only_where_they_must_be() {
        assert_eq!(quoted("a b"), "a b");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("\"a\"\nb"), "\"\"\"a\"\"\nb\"");
    }
}
