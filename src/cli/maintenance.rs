//! `kliping remove`, `check`, `compact` and `export`

use std::io::Write;

use kliping::article::ArticleId;
use kliping::index::{Busy, check, compact, remove};
use kliping::output::{printable, write_export};

use super::exit::{Failure, Status};
use super::index::write_lost;
use super::number::counted;
use super::place::Place;

/// Remove articles from the index.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  kliping remove 001_e59c24d8b7962b73.txt

Ids are given whole. The file stays, and the next `kliping index` adds the article again.")]
pub(super) struct Remove {
    /// Ids of articles
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,

    /// Wait while another process writes to the index
    #[arg(long)]
    wait: bool,
}

impl Remove {
    pub(super) fn run(&self, place: &Place) -> Result<Status, Failure> {
        let ids: Vec<ArticleId> = self.ids.iter().map(|id| ArticleId::new(id)).collect();
        remove(place.index(), &place.analyzer()?, &ids, busy(self.wait))?;
        Ok(Status::Done)
    }
}

fn busy(wait: bool) -> Busy {
    if wait { Busy::Wait } else { Busy::Fail }
}

/// Check that the index is sound.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  kliping check

Exit status: 0 where it is sound, 2 where it is not; what is wrong, and what to run, goes to standard output. Looked at \
are the checksum of every file, and of every article that it is what was stored, there once, found under its id, and \
that what it repeats is there.")]
pub(super) struct Check {}

impl Check {
    pub(super) fn run(place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let report = check(place.index())?;
        for fault in &report.faults {
            writeln!(out, "{}", printable(&fault.to_string())).map_err(Failure::output)?;
        }
        for remedy in report.remedies() {
            writeln!(out, "what to do: {remedy}").map_err(Failure::output)?;
        }
        let n_articles = usize::try_from(report.articles).unwrap_or(usize::MAX);
        let (checked, faults) = (counted(n_articles, "article"), counted(report.faults.len(), "fault"));
        writeln!(out, "{checked} checked, {faults}").map_err(Failure::output)?;
        Ok(if report.faults.is_empty() { Status::Done } else { Status::Error })
    }
}

/// Give back the room of replaced and removed articles.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  kliping compact

A damaged index is left as it is: `kliping check` says what to do.")]
pub(super) struct Compact {
    /// Wait while another process writes to the index
    #[arg(long)]
    wait: bool,
}

impl Compact {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let report = compact(place.index(), busy(self.wait))?;
        writeln!(out, "{} bytes before, {} now", report.bytes_before, report.bytes_after).map_err(Failure::output)?;
        Ok(Status::Done)
    }
}

/// Write every article, as JSON lines that `kliping index` reads.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  kliping export > articles.jsonl
  kliping --index copy index articles.jsonl     the same index once more

Articles come in the order in which they arrived, each as it was received (`text`, `declared`), with what was found in \
it: `metadata`, what it repeats (`folds`), what it shares with earlier ones (`links`). Articles that cannot be read are \
named on standard error; the others are written, and the exit status is 2.")]
pub(super) struct Export {}

impl Export {
    pub(super) fn run(place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        // What repeats what depends on the order of arrival, so the copy has to get the same.
        let lost = place.open()?.for_each_readable(|article| write_export(out, article).map_err(Failure::output))?;
        let _ = write_lost(&mut std::io::stderr().lock(), &lost);
        Ok(if lost.is_empty() { Status::Done } else { Status::Error })
    }
}
