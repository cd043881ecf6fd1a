//! Responses as text, JSON, JSON lines, CSV, TSV, TREC runs and bare paths.
//!
//! Every format goes through a [`Write`] that is passed in. Text is for people and may change; the
//! others are an interface: they change by addition only, and an empty result is a valid document.

mod article;
mod carriers;
mod explanation;
mod duplicates;
mod export;
mod facets;
mod fields;
mod json;
mod links;
mod recorded;
mod suggestions;
mod table;
mod text;
mod trends;
mod trec;

use std::io::{self, Write};

use self::table::Columns;
use crate::search::SearchResponse;

pub use article::{write_article, write_article_json};
pub use carriers::{write_carriers, write_carriers_tsv, write_trace_json};
pub use duplicates::{
    JsonPassages, PassageRow, RepeatSource, Repeated, repeated, repeated_of, write_passage_tsv, write_passages_header,
    write_repeated, write_repeater, write_stories, write_stories_json, write_stories_tsv,
};
pub use export::write_export;
pub use fields::HitField;
pub use links::Hyperlinks;
pub use recorded::read_recorded;
pub use suggestions::{write_suggestions, write_suggestions_json};
pub use text::{Colour, Scores, Style, printable};
pub use trends::{write_trends, write_trends_csv, write_trends_json};

/// The formats of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text(Style),
    /// One JSON document, `docs/search.schema.json`.
    Json,
    /// One JSON object for each hit and line.
    JsonLines,
    /// Comma-separated values with a header line, quoted where needed; an apostrophe stands before what a spreadsheet
    /// would take for a formula.
    Csv,
    /// Tab-separated values with a header line; tabs and line ends inside values become blanks.
    Tsv,
    /// A TREC run; `tag` names it.
    Trec {
        /// The name of the run, the last column.
        tag: String,
    },
    /// The path of each hit.
    Paths(PathEnd),
}

/// What stands behind a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathEnd {
    /// The end of its line; control characters of the path become blanks.
    #[default]
    Line,
    /// A zero byte; the path is as it is.
    Null,
}

/// How many queries an output answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queries {
    /// One.
    Single,
    /// A list, each with an id.
    Batch,
}

/// The id under which a single query appears where a format wants one.
pub const SINGLE_QUERY_ID: &str = "1";

/// Writes responses in one format.
///
/// ```
/// use kliping::output::{Format, PathEnd, Printer, Queries};
/// let mut out = Vec::new();
/// Printer::new(&mut out, Format::Paths(PathEnd::Line), Queries::Single)?.finish()?;
/// assert!(out.is_empty());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Printer<W: Write> {
    out: W,
    format: Format,
    queries: Queries,
    fields: Vec<HitField>,
    n_printed: usize,
}

impl<W: Write> Printer<W> {
    /// Returns a printer and writes what comes before the first response.
    ///
    /// # Errors
    /// Fails where `out` does.
    pub fn new(out: W, format: Format, queries: Queries) -> io::Result<Self> {
        Self::with_fields(out, format, queries, Vec::new())
    }

    /// Returns a printer that writes of each hit the given fields and no others, in JSON and in tables;
    /// those it writes anyway where none are given.
    ///
    /// # Errors
    /// Fails where `out` does.
    pub fn with_fields(mut out: W, format: Format, queries: Queries, fields: Vec<HitField>) -> io::Result<Self> {
        let columns = Columns { queries, fields: &fields };
        match (&format, queries) {
            (Format::Json, Queries::Batch) => json::open_batch(&mut out)?,
            (Format::Csv, _) => table::csv_header(&mut out, columns)?,
            (Format::Tsv, _) => table::tsv_header(&mut out, columns)?,
            (Format::Json | Format::Text(_) | Format::JsonLines | Format::Trec { .. } | Format::Paths(_), _) => {}
        }
        Ok(Self { out, format, queries, fields, n_printed: 0 })
    }

    /// Writes the response to the query `id`.
    ///
    /// # Errors
    /// Fails where the output does.
    pub fn response(&mut self, id: &str, response: &SearchResponse) -> io::Result<()> {
        let first = self.n_printed == 0;
        self.n_printed += 1;
        let (out, fields) = (&mut self.out, self.fields.as_slice());
        let columns = Columns { queries: self.queries, fields };
        match &self.format {
            Format::Text(style) => text::write(out, self.queries, id, response, style),
            Format::Json => match self.queries {
                Queries::Single => json::write(out, response, fields),
                Queries::Batch => json::write_in_batch(out, id, response, fields, first),
            },
            Format::JsonLines => json::write_lines(out, id, response, fields),
            Format::Csv => table::csv_rows(out, columns, id, response),
            Format::Tsv => table::tsv_rows(out, columns, id, response),
            Format::Trec { tag } => {
                response.hits.iter().try_for_each(|hit| trec::write_line(out, id, &hit.id, hit.rank, hit.score, tag))
            }
            Format::Paths(PathEnd::Line) => {
                response.hits.iter().try_for_each(|hit| writeln!(out, "{}", printable(&hit.path)))
            }
            Format::Paths(PathEnd::Null) => response.hits.iter().try_for_each(|hit| write!(out, "{}\0", hit.path)),
        }
    }

    /// Writes the line of one ranked article of a TREC run.
    ///
    /// # Errors
    /// Fails where the output does.
    pub fn ranked(&mut self, query_id: &str, ranked: &crate::search::RankedId) -> io::Result<()> {
        let tag = match &self.format {
            Format::Trec { tag } => tag.as_str(),
            Format::Text(_) | Format::Json | Format::JsonLines | Format::Csv | Format::Tsv | Format::Paths(_) => "",
        };
        trec::write_line(&mut self.out, query_id, &ranked.id, ranked.rank, ranked.score, tag)
    }

    /// Writes what comes behind the last response and returns the output, flushed.
    ///
    /// # Errors
    /// Fails where the output does.
    pub fn finish(mut self) -> io::Result<W> {
        if (&self.format, self.queries) == (&Format::Json, Queries::Batch) {
            json::close_batch(&mut self.out)?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}
