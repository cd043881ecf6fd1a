//! `kliping index`

use std::fs::File;
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use kliping::error::Error;
use kliping::index::{
    Busy, LostArticle, Prune, RebuildReport, UpdateOptions, UpdateReport, WriterOptions, Writes, rebuild,
    update_observed,
};
use kliping::ingest::Skip;
use kliping::output::printable;

use super::exit::{Failure, Status};
use super::interrupt::Interrupt;
use super::number::{at_least, counted};
use super::place::Place;
use super::progress::{Meter, ProgressChoice};
use super::reading::ReadingArguments;
use super::threads::Threads;

const EXAMPLES: &str = "\
Examples:
  kliping index seeds/                   index a folder
  kliping index seeds/                   the same again: unchanged articles are left alone
  kliping index --prune seeds/           also remove articles whose source is gone
  kliping index --no-dedup seeds/        index every passage, repeated or not
  kliping index --dry-run seeds/         say what would be done
  kliping index --report json seeds/     the report as JSON on standard output
  kliping index --rebuild                after the program got other dictionaries, or where `check` says so
  kliping index - < seeds/001_e59c24d8b7962b73.txt    standard input

Read are text, Markdown, HTML pages, JSON (lines, arrays, an array in an object), CSV and TSV, RSS and Atom, and WARC; \
each also compressed (gz, zst, xz, bz2) and in zip and tar archives. Formats are told by content first and name second. \
What holds no article is skipped, counted and named.

Fields of records are known by their Indonesian and English names (judul, isi, tanggal, content, published_at, ...); \
`--map` names others. Fields with no part in an article are kept with it. Of articles with the same id the last one \
read stays; a number is an id within its file. What comes from standard input without an id and an address is known by its content.";

/// What says which files are read, how, and what is told of that: nothing of it where none are.
const OF_READING: [&str; 11] =
    ["paths", "prune", "dry_run", "format", "map", "max_size", "strict", "skipped", "report", "progress", "batch"];

/// Build or update an index from files of many formats.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Arguments {
    /// Files and folders to read; `-` is standard input
    #[arg(required_unless_present = "rebuild", value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    reading: ReadingArguments,

    /// Remove articles under the paths whose source is gone; of a file that is empty or cannot be read
    /// whole, all are kept
    #[arg(long)]
    prune: bool,

    /// Write nothing, say what would be done; articles are not compared with one another
    #[arg(long)]
    dry_run: bool,

    /// Analyse every stored article again, with the dictionaries of this program; reads no files. Of a damaged index
    /// it keeps what can be read, and exits with status 2 where articles are lost
    #[arg(long, conflicts_with_all = OF_READING)]
    rebuild: bool,

    /// Wait while another process writes to the index
    #[arg(long)]
    wait: bool,

    /// Exit with status 2 where anything was skipped
    #[arg(long)]
    strict: bool,

    /// Write what is skipped to a file, as JSON lines, while it goes on
    #[arg(long, value_name = "FILE")]
    skipped: Option<PathBuf>,

    /// Where the report goes: text to standard error or JSON to standard output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    report: ReportFormat,

    /// Show how far it is: a line that changes, lines, or JSON lines on standard error
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    progress: ProgressChoice,

    /// Articles between two commits
    #[arg(long, value_name = "N", default_value = "100000", value_parser = at_least(NonZeroUsize::MIN))]
    batch: NonZeroUsize,

    /// Memory for postings before a part of the index is written, in MiB; more makes fewer and larger parts
    #[arg(long, value_name = "MIB", default_value = "256", value_parser = at_least(1_u32))]
    memory: u32,

    /// Threads to use; what the index holds does not depend on it [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<Threads>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Text,
    Json,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        if self.rebuild {
            return self.rebuild(place);
        }
        // Before any work, because a place that cannot be written is a mistake to hear of early.
        let mut list = self.skipped.as_deref().map(SkippedList::create).transpose()?;
        let interrupted = Interrupt::watch()?;
        let mut meter = Meter::new(self.progress, &self.paths);
        let started = Instant::now();
        let report =
            update_observed(place.index(), &place.analyzer()?, &self.paths, &self.options(), &mut |progress| {
                meter.show(progress);
                if let (Some(list), Some(skip)) = (&mut list, progress.skip) {
                    list.add(skip);
                }
                if interrupted.has_come() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        let elapsed = started.elapsed();
        meter.clear();
        let listed = list.map_or(Ok(()), SkippedList::end);
        match self.report {
            ReportFormat::Json => write_json(out, &report, elapsed).map_err(Failure::output)?,
            ReportFormat::Text => {
                // A report nobody reads is no reason to fail: the index is written.
                let _ = write_text(&mut std::io::stderr().lock(), &report, elapsed);
            }
        }
        listed?;
        Ok(self.status(&report))
    }

    fn rebuild(&self, place: &Place) -> Result<Status, Failure> {
        let options = WriterOptions {
            n_threads: Threads::or_processors(self.threads).get(),
            busy: self.busy(),
            memory: self.memory(),
        };
        let report = rebuild(place.index(), &place.analyzer()?, self.reading.duplicates(), &options)?;
        let _ = write_rebuilt(&mut std::io::stderr().lock(), &report);
        Ok(if report.lost.is_empty() { Status::Done } else { Status::Error })
    }

    fn memory(&self) -> usize {
        usize::try_from(self.memory).unwrap_or(usize::MAX).saturating_mul(1 << 20)
    }

    fn busy(&self) -> Busy {
        if self.wait { Busy::Wait } else { Busy::Fail }
    }

    fn options(&self) -> UpdateOptions {
        UpdateOptions {
            prune: if self.prune { Prune::Remove } else { Prune::Keep },
            duplicates: self.reading.duplicates(),
            n_threads: Threads::or_processors(self.threads),
            read: self.reading.options(),
            writes: if self.dry_run { Writes::DryRun } else { Writes::Commit },
            busy: self.busy(),
            memory: self.memory(),
            batch_articles: self.batch,
        }
    }

    fn status(&self, report: &UpdateReport) -> Status {
        match report {
            _ if report.interrupted => Status::Interrupted,
            _ if self.strict && !report.skipped.is_empty() => Status::Error,
            _ => Status::Done,
        }
    }
}

/// The file that lists what was skipped; each line is written at once, so that a run that is killed leaves
/// the list of what it met.
struct SkippedList {
    file: File,
    path: PathBuf,
    /// The first refusal of the system: the index comes first, and the list is not worth ending for.
    failed: Option<std::io::Error>,
}

impl SkippedList {
    fn create(path: &Path) -> Result<Self, Failure> {
        let file = File::create(path).map_err(|error| cannot_write(path, error))?;
        Ok(Self { file, path: path.to_owned(), failed: None })
    }

    fn add(&mut self, skip: &Skip) {
        if self.failed.is_none() {
            let line = serde_json::to_string(skip).map_err(std::io::Error::from);
            self.failed = line.and_then(|line| self.file.write_all((line + "\n").as_bytes())).err();
        }
    }

    fn end(self) -> Result<(), Failure> {
        self.failed.map_or(Ok(()), |error| Err(cannot_write(&self.path, error)))
    }
}

fn cannot_write(path: &Path, source: std::io::Error) -> Failure {
    Failure::Library(Error::Io { doing: "write", path: path.to_owned(), source })
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

/// The most skips that are named on the terminal; `--skipped` writes them all.
const MOST_NAMED: usize = 100;

/// Writes a report for people.
pub(super) fn write_text(err: &mut impl Write, report: &UpdateReport, elapsed: Duration) -> std::io::Result<()> {
    for skip in report.skipped.iter().take(MOST_NAMED) {
        writeln!(err, "skipped {}", printable(&skip.to_string()))?;
    }
    if report.skipped.len() > MOST_NAMED {
        writeln!(err, "skipped {} more; `--skipped FILE` lists them all", report.skipped.len() - MOST_NAMED)?;
    }
    let UpdateReport {
        added,
        updated,
        mended,
        unchanged,
        removed,
        kept,
        duplicates,
        numbered_by_place,
        folded_passages,
        folded_bytes,
        copies,
        uncompared,
        interrupted,
        unmet_fields,
        skipped,
    } = report;
    for name in unmet_fields {
        writeln!(err, "no record has a field called `{}`, as `--map` says", printable(name))?;
    }
    write!(
        err,
        "{added} added, {updated} updated, {unchanged} unchanged, {removed} removed, {} skipped",
        skipped.len()
    )?;
    write!(err, "; {} folded ({folded_bytes} bytes)", counted(*folded_passages, "repeated passage"))?;
    if *copies > 0 {
        write!(err, "; {copies} {} of earlier articles", if *copies == 1 { "copy" } else { "copies" })?;
    }
    if *duplicates > 0 {
        write!(err, "; {} gave way to a later one with the same id", counted(*duplicates, "article"))?;
    }
    if *numbered_by_place > 0 {
        let articles = counted(*numbered_by_place, "article");
        write!(err, "; {articles} named by file and record, because another has their number or address")?;
    }
    if *mended > 0 {
        write!(err, "; {mended} of the updated could not be read before, `--rebuild` clears the damaged file away")?;
    }
    if *kept > 0 {
        write!(err, "; {} kept, because their file is empty or could not be read whole", counted(*kept, "article"))?;
    }
    if *uncompared > 0 {
        let written = counted(*uncompared, "article");
        write!(err, "; {written} of `--no-dedup` compared with none, `kliping index --rebuild` compares them")?;
    }
    if *interrupted {
        write!(err, "; interrupted, run it again for the rest")?;
    }
    writeln!(err, "; {:.2} s", elapsed.as_secs_f64())
}

/// Writes what became of an index that was made anew.
fn write_rebuilt(err: &mut impl Write, report: &RebuildReport) -> std::io::Result<()> {
    let RebuildReport { articles, lost } = report;
    write_lost(err, lost)?;
    write!(err, "{} analysed again", counted(usize::try_from(*articles).unwrap_or(usize::MAX), "article"))?;
    if !lost.is_empty() {
        write!(err, "; {} lost: `kliping index PATH...` with the files they came from brings them back", lost.len())?;
    }
    writeln!(err)
}

/// Names articles that cannot be read.
pub(super) fn write_lost(err: &mut impl Write, lost: &[LostArticle]) -> std::io::Result<()> {
    for article in lost {
        writeln!(err, "{} cannot be read", printable(&article.to_string()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_one_line_and_one_for_each_skip() {
        let report =
            UpdateReport { added: 5, folded_passages: 1, folded_bytes: 2187, copies: 2, ..UpdateReport::default() };
        let mut err = Vec::new();
        write_text(&mut err, &report, Duration::from_millis(120)).unwrap();
        assert_eq!(
            String::from_utf8(err).unwrap(),
            "5 added, 0 updated, 0 unchanged, 0 removed, 0 skipped; 1 repeated passage folded (2187 bytes); 2 copies of earlier articles; 0.12 s\n"
        );
    }
}
