//! `kliping index`

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use kliping::index::{Prune, UpdateOptions, UpdateReport, update};

use super::exit::{Failure, Status};
use super::place::Place;

const EXAMPLES: &str = "\
Examples:
  kliping index seeds/                   index a folder of text files
  kliping index seeds/                   the same again: unchanged files are left alone
  kliping index --prune seeds/           also remove articles whose file is gone
  kliping index --report json seeds/     the report as JSON on standard output

Text files (.txt, .text, .md, .markdown, no extension) are read from folders; a file that is named is read
whatever its name. What cannot be read is skipped, counted and named.";

/// Build or update an index from text files.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Remove articles under the paths whose file is gone
    #[arg(long)]
    prune: bool,

    /// Where the report goes: text to standard error or JSON to standard output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    report: ReportFormat,

    /// Threads to use; the index does not depend on it [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Text,
    Json,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let options = UpdateOptions {
            prune: if self.prune { Prune::Remove } else { Prune::Keep },
            n_threads: self.threads.unwrap_or_else(processors),
        };
        let started = Instant::now();
        let report = update(place.index(), &place.analyzer()?, &self.paths, options)?;
        let elapsed = started.elapsed();
        match self.report {
            ReportFormat::Json => write_json(out, &report, elapsed).map_err(Failure::output)?,
            ReportFormat::Text => {
                // A report nobody reads is no reason to fail: the index is written.
                let _ = write_text(&mut std::io::stderr().lock(), &report, elapsed);
            }
        }
        Ok(Status::Done)
    }
}

/// Returns the number of processors, as far as it can be told.
pub(super) fn processors() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn write_json(out: &mut impl Write, report: &UpdateReport, elapsed: Duration) -> std::io::Result<()> {
    #[derive(serde::Serialize)]
    struct Json<'a> {
        schema: &'static str,
        #[serde(flatten)]
        report: &'a UpdateReport,
        seconds: f64,
    }
    let json = Json { schema: "kliping.index-report/1", report, seconds: elapsed.as_secs_f64() };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

fn write_text(err: &mut impl Write, report: &UpdateReport, elapsed: Duration) -> std::io::Result<()> {
    for skip in &report.skipped {
        writeln!(err, "skipped `{}`: {}", skip.path, skip.reason)?;
    }
    let UpdateReport { added, updated, unchanged, removed, folded_passages, folded_bytes, skipped } = report;
    write!(
        err,
        "{added} added, {updated} updated, {unchanged} unchanged, {removed} removed, {} skipped",
        skipped.len()
    )?;
    write!(err, "; {} folded ({folded_bytes} bytes)", counted(*folded_passages, "repeated passage"))?;
    writeln!(err, "; {:.2} s", elapsed.as_secs_f64())
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_one_line_and_one_for_each_skip() {
        let report = UpdateReport { added: 5, folded_passages: 1, folded_bytes: 2187, ..UpdateReport::default() };
        let mut err = Vec::new();
        write_text(&mut err, &report, Duration::from_millis(120)).unwrap();
        assert_eq!(
            String::from_utf8(err).unwrap(),
            "5 added, 0 updated, 0 unchanged, 0 removed, 0 skipped; 1 repeated passage folded (2187 bytes); 0.12 s\n"
        );
    }
}
