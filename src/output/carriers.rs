//! Who carries a sentence, for people, as JSON or as tab-separated values.

use std::io::{self, Write};

use serde::Serialize;

use super::duplicates::link_name;
use super::text::{Colour, printable};
use crate::dedup::Difference;
use crate::search::{Carrier, Trace};

/// The name and version of a list of articles that carry a sentence.
const TRACE: &str = "kliping.trace/1";

#[derive(Serialize)]
struct Row<'a> {
    article: &'a str,
    title: &'a str,
    date: Option<String>,
    outlet: Option<&'a str>,
    /// `copy`, `near_copy`, `update` or `restatement`.
    kind: &'static str,
    /// Bytes of the body as received.
    start: usize,
    end: usize,
    text: &'a str,
    differences: &'a [Difference],
}

impl<'a> Row<'a> {
    fn new(carrier: &'a Carrier) -> Self {
        Self {
            article: carrier.id.as_str(),
            title: &carrier.title,
            date: carrier.date.map(|date| date.to_string()),
            outlet: carrier.outlet.as_deref(),
            kind: link_name(carrier.kind),
            start: carrier.received.start,
            end: carrier.received.end,
            text: &carrier.text,
            differences: &carrier.differences,
        }
    }
}

/// Writes the articles for people, one below the other with what each changes.
///
/// # Errors
/// Fails where `out` does.
pub fn write_carriers(out: &mut impl Write, carriers: &[Carrier], colour: Colour) -> io::Result<()> {
    for row in carriers.iter().map(Row::new) {
        let known = [row.date.as_deref().unwrap_or("no date"), row.outlet.unwrap_or(""), row.article];
        let known: Vec<String> = known.iter().filter(|value| !value.is_empty()).map(|value| printable(value)).collect();
        writeln!(out, "{}  {}", colour.bold(&printable(row.title)), colour.dim(row.kind))?;
        writeln!(out, "  {}", colour.dim(&known.join("  ")))?;
        writeln!(out, "  {}", printable(row.text))?;
        for Difference { sentence, article } in row.differences {
            writeln!(out, "    {}", colour.dim(&printable(&changed(sentence, article))))?;
        }
    }
    Ok(())
}

fn changed(sentence: &str, article: &str) -> String {
    match (sentence.is_empty(), article.is_empty()) {
        (true, _) => format!("adds: {article}"),
        (false, true) => format!("lacks: {sentence}"),
        (false, false) => format!("{article}, not: {sentence}"),
    }
}

/// Writes the articles as tab-separated values with a header line.
///
/// # Errors
/// Fails where `out` does.
pub fn write_carriers_tsv(out: &mut impl Write, carriers: &[Carrier]) -> io::Result<()> {
    writeln!(out, "article\tdate\toutlet\tkind\tstart\tend\ttext")?;
    for row in carriers.iter().map(Row::new) {
        let Row { article, date, outlet, kind, start, end, text, .. } = row;
        let [article, outlet, text] = [article, outlet.unwrap_or(""), text].map(printable);
        writeln!(out, "{article}\t{}\t{outlet}\t{kind}\t{start}\t{end}\t{text}", date.unwrap_or_default())?;
    }
    Ok(())
}

/// Writes the articles as JSON: `kliping.trace/1`.
///
/// # Errors
/// Fails where `out` does.
pub fn write_trace_json(out: &mut impl Write, sentence: &str, trace: &Trace) -> io::Result<()> {
    #[derive(Serialize)]
    struct Json<'a> {
        schema: &'static str,
        sentence: &'a str,
        /// Whether no other article carries it: false where the bounds of the search were reached.
        complete: bool,
        articles: Vec<Row<'a>>,
    }
    let Trace { carriers, is_complete: complete, .. } = trace;
    let json = Json { schema: TRACE, sentence, complete: *complete, articles: carriers.iter().map(Row::new).collect() };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}
