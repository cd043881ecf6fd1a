//! Bringing an index up to date with files: read, clean, fold, analyse, write, one commit.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::catalog::{Catalog, Known};
use super::document::DocumentMaker;
use super::settings::Settings;
use super::writer::Writer;
use crate::analysis::Analyzer;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::ingest::{self, FoundFile, Skip};
use crate::{clean, dedup};

/// What becomes of indexed articles whose file is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prune {
    /// They stay.
    Keep,
    /// Those that were read from under the given paths are removed.
    Remove,
}

/// How to bring an index up to date.
#[derive(Clone, Copy, Debug)]
pub struct UpdateOptions {
    /// What becomes of articles whose file is gone.
    pub prune: Prune,
    /// Threads to read and analyse with; the index does not depend on it.
    pub n_threads: NonZeroUsize,
}

/// What an update did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UpdateReport {
    /// Articles that were not in the index.
    pub added: usize,
    /// Articles whose text differed from the indexed one.
    pub updated: usize,
    /// Articles whose text was indexed already.
    pub unchanged: usize,
    /// Articles removed because their file is gone.
    pub removed: usize,
    /// Repeated passages folded in the added and updated articles.
    pub folded_passages: usize,
    /// The bytes of those passages.
    pub folded_bytes: usize,
    /// Files passed over, in the order of their paths.
    pub skipped: Vec<Skip>,
}

impl UpdateReport {
    fn absorb(&mut self, other: Self) {
        self.added += other.added;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.folded_passages += other.folded_passages;
        self.folded_bytes += other.folded_bytes;
        self.skipped.extend(other.skipped);
    }
}

/// Brings the index in the folder `index` up to date with the files under `roots`, and makes it
/// where there is none.
///
/// Unchanged files are recognised and left alone. Everything becomes visible in one commit: an
/// update that fails or is killed leaves the index as it was.
///
/// # Errors
/// Fails where a root does not exist, where the index is locked, of another format or cannot be
/// written; never because of a single file, which becomes a [`Skip`].
pub fn update(index: &Path, analyzer: &Analyzer, roots: &[PathBuf], options: UpdateOptions) -> Result<UpdateReport> {
    let files = ingest::walk(roots)?;
    let writer = Writer::open(index, Settings::current(analyzer.identity()), options.n_threads.get())?;
    let catalog = Catalog::read(&writer.searcher()?)?;
    let run = Run { analyzer, writer: &writer, catalog: Mutex::new(catalog) };
    let mut met = Met::default();
    let mut report = run.read_all(files, options.n_threads, &mut met)?;
    if options.prune == Prune::Remove {
        report.removed = run.prune(roots, &met)?;
    }
    report.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    writer.commit()?;
    Ok(report)
}

/// The files and articles of a run.
#[derive(Default)]
struct Met {
    paths: FxHashSet<PathBuf>,
    ids: FxHashSet<u64>,
}

/// A file and the id its article will have.
struct Job {
    file: FoundFile,
    id: ArticleId,
}

/// One update under way.
struct Run<'a> {
    analyzer: &'a Analyzer,
    writer: &'a Writer,
    catalog: Mutex<Catalog>,
}

impl Run<'_> {
    /// Hands the files to the workers in their order, so that ids never depend on the threads.
    fn read_all(
        &self,
        files: impl Iterator<Item = std::result::Result<FoundFile, Skip>>,
        n_threads: NonZeroUsize,
        met: &mut Met,
    ) -> Result<UpdateReport> {
        /// Files under way for each thread: enough that none waits for another.
        const QUEUED: usize = 64;
        let (jobs, queue) = bounded(QUEUED * n_threads.get());
        thread::scope(|scope| {
            let workers: Vec<_> = (0..n_threads.get())
                .map(|_| {
                    let queue = queue.clone();
                    scope.spawn(move || self.work(&queue))
                })
                .collect();
            drop(queue);
            let handed_out = self.hand_out(files, &jobs, met);
            drop(jobs);
            let mut report = UpdateReport { skipped: handed_out?, ..UpdateReport::default() };
            for worker in workers {
                report.absorb(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(report)
        })
    }

    fn hand_out(
        &self,
        files: impl Iterator<Item = std::result::Result<FoundFile, Skip>>,
        jobs: &Sender<Job>,
        met: &mut Met,
    ) -> Result<Vec<Skip>> {
        let mut skipped = Vec::new();
        for file in files {
            match file {
                Err(skip) => skipped.push(skip),
                Ok(file) if met.paths.contains(&file.path) => {}
                Ok(file) => {
                    let id = self.id_of(&file)?;
                    met.paths.insert(file.path.clone());
                    met.ids.insert(id.ord());
                    // The queue closes early only when every worker failed; joining them tells why.
                    if jobs.send(Job { file, id }).is_err() {
                        break;
                    }
                }
            }
        }
        Ok(skipped)
    }

    fn id_of(&self, file: &FoundFile) -> Result<ArticleId> {
        let qualified = format!("{}/{}", file.root_name, file.name);
        let candidates = [ArticleId::new(&file.name), ArticleId::new(&qualified)];
        self.catalog().id_for(&file.path.to_string_lossy(), &candidates)
    }

    fn catalog(&self) -> std::sync::MutexGuard<'_, Catalog> {
        self.catalog.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn work(&self, queue: &Receiver<Job>) -> Result<UpdateReport> {
        let mut maker = DocumentMaker::new(self.analyzer, self.writer.fields());
        let mut report = UpdateReport::default();
        for job in queue {
            self.index_file(job, &mut maker, &mut report)?;
        }
        Ok(report)
    }

    fn index_file(&self, job: Job, maker: &mut DocumentMaker<'_>, report: &mut UpdateReport) -> Result<()> {
        let raw = match ingest::read(&job.file, job.id) {
            Ok(raw) => raw,
            Err(skip) => {
                report.skipped.push(skip);
                return Ok(());
            }
        };
        let content_hash = raw.content_hash();
        let known = self.catalog().known(&raw.path, content_hash);
        if known == Known::Unchanged {
            report.unchanged += 1;
            return Ok(());
        }
        let mut article = clean::clean(raw);
        dedup::fold_repeats(&mut article);
        report.folded_passages += article.folds.len();
        report.folded_bytes += article.folds.iter().map(|fold| fold.range.len()).sum::<usize>();
        let document = maker.document(&article, content_hash);
        if known == Known::New {
            report.added += 1;
            self.writer.add(document)
        } else {
            report.updated += 1;
            self.writer.replace(&article.id, document)
        }
    }

    fn prune(&self, roots: &[PathBuf], met: &Met) -> Result<usize> {
        let resolve = |root: &PathBuf| root.canonicalize().map_err(|source| Error::io("read", root, source));
        let roots = roots.iter().map(resolve).collect::<Result<Vec<_>>>()?;
        let is_under = |path: &str| roots.iter().any(|root| Path::new(path).starts_with(root));
        let gone = self.catalog().not_met(&met.ids, is_under)?;
        for id in &gone {
            self.writer.remove(id);
        }
        Ok(gone.len())
    }
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
        let options = UpdateOptions { prune: Prune::Keep, n_threads: NonZeroUsize::new(8).unwrap() };
        for round in 0..60 {
            for n in 0..ARTICLES {
                std::fs::write(files.join(format!("{n}.txt")), format!("Berita nomor {n} putaran {round}.\n")).unwrap();
            }
            let report = update(&path, &analyzer, std::slice::from_ref(&files), options).unwrap();
            assert_eq!(report.added + report.updated, ARTICLES);
            assert_eq!(Index::open(&path).unwrap().ids().unwrap().len(), ARTICLES, "round {round}");
        }
    }
}
