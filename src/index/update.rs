//! Bringing an index up to date with files: what is new is added, what changed is replaced, in
//! batches that are each one commit.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::catalog::{self, Catalog};
use super::document::DocumentMaker;
use super::held::Held;
use super::intake::Intake;
use super::pipeline::{Outcome, Pipeline};
use super::run::Run;
use super::settings::Settings;
use super::writer::{POSTINGS_BYTES, Writer, WriterOptions};
use super::{Fields, directory};
use crate::analysis::Analyzer;
use crate::error::{Error, Result};
use crate::ingest::{self, ReadOptions, Skip};

/// What becomes of indexed articles whose source is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prune {
    /// They stay.
    Keep,
    /// Those that were read from under the given paths are removed, but for those of a file that is there and could
    /// not be read whole, or holds no article any more.
    Remove,
}

/// Whether an update is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// It is.
    Commit,
    /// Nothing is written; the report says what would be.
    DryRun,
}

/// Whether passages and articles that repeat others are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// They are.
    Find,
    /// They are not: every article is a story of its own, and all of it is indexed.
    Ignore,
}

/// What to do where another process writes to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// Give up at once.
    Fail,
    /// Wait until it has ended.
    Wait,
}

/// How to bring an index up to date.
#[derive(Clone, Debug)]
pub struct UpdateOptions {
    /// What becomes of articles whose source is gone.
    pub prune: Prune,
    /// Whether repeats are looked for.
    pub duplicates: Duplicates,
    /// Threads to parse and analyse with; what the index holds does not depend on it.
    pub n_threads: NonZeroUsize,
    /// How files are read.
    pub read: ReadOptions,
    /// Whether the update is carried out.
    pub writes: Writes,
    /// What to do where another process writes to the index.
    pub busy: Busy,
    /// Memory for postings before a part of the index is written, of all threads together, in bytes.
    pub memory: usize,
    /// Articles written between two commits: what a run that is cut short loses at most.
    pub batch_articles: NonZeroUsize,
}

/// Articles between two commits unless told otherwise: some minutes of work at most.
const BATCH_ARTICLES: NonZeroUsize = NonZeroUsize::new(100_000).expect("it is not zero");

impl Default for UpdateOptions {
    fn default() -> Self {
        Self {
            prune: Prune::Keep,
            duplicates: Duplicates::Find,
            n_threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            read: ReadOptions::default(),
            writes: Writes::Commit,
            busy: Busy::Fail,
            memory: POSTINGS_BYTES,
            batch_articles: BATCH_ARTICLES,
        }
    }
}

/// What an update did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UpdateReport {
    /// Articles that were not in the index.
    pub added: usize,
    /// Articles whose text or place differed from the indexed one.
    pub updated: usize,
    /// Of these, articles that could not be read in the index.
    pub mended: usize,
    /// Articles whose text was indexed already.
    pub unchanged: usize,
    /// Articles removed because their source is gone.
    pub removed: usize,
    /// Articles that were not met and are kept all the same, because their file could not be read whole, or
    /// holds no article any more.
    pub kept: usize,
    /// Articles that gave way to a later one with the same id.
    pub duplicates: usize,
    /// Added and updated articles that are named by their file and number, because another article has the number that
    /// their record brings as its id, or the address of a section that their page gives for its own.
    pub numbered_by_place: usize,
    /// Repeated passages folded in the added and updated articles.
    pub folded_passages: usize,
    /// The bytes of those passages.
    pub folded_bytes: usize,
    /// Added and updated articles that are copies of an earlier one.
    pub copies: usize,
    /// Articles of the index that were written with [`Duplicates::Ignore`] and are compared with none, where repeats
    /// are looked for.
    pub uncompared: usize,
    /// Whether the update was ended before its files were.
    pub interrupted: bool,
    /// Names that [`ReadOptions::fields`] maps and that no record had.
    pub unmet_fields: Vec<String>,
    /// Files and records passed over, in the order of their paths.
    pub skipped: Vec<Skip>,
}

/// How far an update has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Articles met.
    pub articles: usize,
    /// Files and records passed over.
    pub skipped: usize,
    /// Bytes of the documents that were read, after decompression.
    pub bytes: u64,
    /// What was passed over just now.
    pub skip: Option<&'a Skip>,
}

/// Brings the index in the folder `index` up to date with the files under `roots`, and makes it
/// where there is none.
///
/// Unchanged articles are recognised and left alone. Articles become visible batch by batch: an
/// update that fails or is killed leaves the batches it has committed, and running it again does the
/// rest.
///
/// # Errors
/// Fails where a root does not exist, where the index is locked, of another format or cannot be
/// written; never because of a single file or record, which becomes a [`Skip`].
pub fn update(index: &Path, analyzer: &Analyzer, roots: &[PathBuf], options: &UpdateOptions) -> Result<UpdateReport> {
    update_observed(index, analyzer, roots, options, &mut |_| ControlFlow::Continue(()))
}

/// Does what [`update`] does and tells `observer` how far it is, article by article; when the
/// observer breaks off, what was read is finished and committed.
///
/// # Errors
/// As [`update`].
pub fn update_observed(
    index: &Path,
    analyzer: &Analyzer,
    roots: &[PathBuf],
    options: &UpdateOptions,
    observer: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<UpdateReport> {
    let roots = &ingest::resolved(roots)?;
    let (writer, catalog) = open(index, analyzer, options)?;
    let has_uncompared = catalog.has_uncompared();
    let pipeline = Pipeline {
        options: &options.read,
        duplicates: options.duplicates,
        catalog: RwLock::new(catalog),
        is_stopped: AtomicBool::new(false),
    };
    let texts = writer.as_ref().map(|writer| writer.texts().clone()).unwrap_or_default();
    let new_maker = || DocumentMaker::new(analyzer, Fields::schema().1, texts.clone());
    let intake = writer.map(|writer| Intake::new(writer, new_maker(), options.duplicates, options.batch_articles));
    let held = if intake.is_some() { Held::in_folder(index) } else { Held::counted() };
    let mut run = Run::new(intake.transpose()?, held, options.duplicates);
    pipeline.run(roots, options.n_threads, new_maker, |outcome, n_bytes| {
        let is_skip = matches!(outcome, Outcome::Skipped(_));
        run.take(&pipeline, outcome)?;
        run.progress.bytes += n_bytes;
        let skip = run.report.skipped.last().filter(|_| is_skip);
        if observer(&Progress { skip, ..run.progress }).is_break() {
            pipeline.is_stopped.store(true, Ordering::Relaxed);
        }
        Ok(())
    })?;
    run.report.interrupted = pipeline.is_stopped.load(Ordering::Relaxed);
    if !run.report.interrupted {
        run.release(&pipeline)?;
        if options.prune == Prune::Remove {
            run.prune(&pipeline, roots)?;
        }
    }
    let mut report = run.finish()?;
    report.unmet_fields = options.read.fields.unmet().into_iter().map(str::to_owned).collect();
    if options.duplicates == Duplicates::Find && has_uncompared {
        let view = directory::reader(index, &directory::open(index)?, 1)?;
        report.uncompared = catalog::n_uncompared(&view.searcher()).map_err(Error::engine("read"))?;
    }
    Ok(report)
}

/// Returns the writer, none for a dry run, and what the index holds.
fn open(index: &Path, analyzer: &Analyzer, options: &UpdateOptions) -> Result<(Option<Writer>, Catalog)> {
    if options.writes == Writes::DryRun {
        return Ok((None, Catalog::open(index, analyzer.identity())?));
    }
    let settings = Settings::current(analyzer.identity());
    let writer_options =
        WriterOptions { n_threads: options.n_threads.get(), busy: options.busy, memory: options.memory };
    let writer = Writer::open(index, settings, &writer_options)?;
    let catalog = Catalog::read(index, &writer.searcher()?, writer.texts())?;
    Ok((Some(writer), catalog))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;

    #[test]
    fn no_article_is_lost_when_many_threads_replace_articles() {
        // Few articles a commit: only the last ones of a segment are at risk.
        const ARTICLES: usize = 8;
        let folder = tempfile::tempdir().unwrap();
        let (files, path) = (folder.path().join("berita"), folder.path().join("index"));
        std::fs::create_dir(&files).unwrap();
        let analyzer = Analyzer::indonesian();
        let options = UpdateOptions { n_threads: NonZeroUsize::new(8).unwrap(), ..UpdateOptions::default() };
        for round in 0..20 {
            for n in 0..ARTICLES {
                std::fs::write(files.join(format!("{n}.txt")), format!("Berita nomor {n} putaran {round}.\n")).unwrap();
            }
            let report = update(&path, &analyzer, std::slice::from_ref(&files), &options).unwrap();
            assert_eq!(report.added + report.updated, ARTICLES);
            assert_eq!(Index::open(&path).unwrap().ids().unwrap().len(), ARTICLES, "round {round}");
        }
    }

    #[test]
    fn of_equal_ids_the_last_wins_whatever_the_threads() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("berita.jsonl");
        let record = |n: usize| format!("{{\"id\":\"{}\",\"isi\":\"Berita ke-{n}.\"}}", n % 7);
        std::fs::write(&file, (0..200).map(record).collect::<Vec<_>>().join("\n")).unwrap();
        let analyzer = Analyzer::indonesian();
        for n_threads in [1, 4] {
            let path = folder.path().join(format!("index{n_threads}"));
            let n_threads = NonZeroUsize::new(n_threads).unwrap();
            let batch_articles = NonZeroUsize::new(50).unwrap();
            let options = UpdateOptions { n_threads, batch_articles, ..UpdateOptions::default() };
            for added in [7, 0] {
                let report = update(&path, &analyzer, std::slice::from_ref(&file), &options).unwrap();
                assert_eq!((report.added, report.duplicates), (added, 193));
                let index = Index::open(&path).unwrap();
                assert_eq!(index.ids().unwrap().len(), 7);
                assert_eq!(index.article("3").unwrap().text, "Berita ke-199.");
            }
        }
    }
}
