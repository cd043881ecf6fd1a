//! `kliping stats`

use std::io::{self, Write};

use kliping::index::IndexStats;
use kliping::output::printable;

use super::exit::{Failure, Status};
use super::format::TextOrJson;
use super::place::Place;

const EXAMPLES: &str = "\
Examples:
  kliping stats
  kliping stats --format json";

/// Show what the index holds.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let stats = place.open()?.stats()?;
        let written = match self.format {
            TextOrJson::Text => write_text(out, &stats),
            TextOrJson::Json => write_json(out, &stats),
        };
        written.map_err(Failure::output)?;
        Ok(Status::Done)
    }
}

fn write_text(out: &mut impl Write, stats: &IndexStats) -> io::Result<()> {
    writeln!(out, "articles   {}", stats.articles)?;
    let advice = if stats.garbage > 0 { "; `kliping compact` gives back their room" } else { "" };
    writeln!(out, "garbage    {} replaced or removed{advice}", stats.garbage)?;
    if let Some((first, last)) = stats.dates {
        writeln!(out, "dates      {first} to {last}")?;
    }
    writeln!(out, "outlets    {}", outlets(stats))?;
    writeln!(out, "segments   {}", stats.segments)?;
    writeln!(out, "bytes      {}", stats.bytes)?;
    writeln!(out, "format     {}", stats.settings.format)?;
    writeln!(out, "analyzer   {}", stats.settings.analyzer)
}

/// Returns how many outlets there are and the largest of them.
fn outlets(stats: &IndexStats) -> String {
    const NAMED: usize = 5;
    let named =
        stats.outlets.iter().take(NAMED).map(|outlet| format!("{} {}", printable(&outlet.name), outlet.articles));
    let more = if stats.outlets.len() > NAMED { ", …" } else { "" };
    match stats.outlets.len() {
        0 => "0".to_owned(),
        n => format!("{n}: {}{more}", named.collect::<Vec<_>>().join(", ")),
    }
}

fn write_json(out: &mut impl Write, stats: &IndexStats) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Json<'a> {
        schema: &'static str,
        #[serde(flatten)]
        stats: &'a IndexStats,
    }
    serde_json::to_writer_pretty(&mut *out, &Json { schema: "kliping.stats/1", stats })?;
    writeln!(out)
}
