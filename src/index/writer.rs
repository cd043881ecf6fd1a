//! Adding, replacing and removing articles; nothing shows before the commit.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use tantivy::indexer::UserOperation;
use tantivy::schema::{Field, Schema};
use tantivy::store::Compressor;
use tantivy::{IndexSettings, Searcher, TantivyDocument, Term};

use super::cells::CellTokenizer;
use super::directory::MANAGED_FILES;
use super::merging::SoundMerges;
use super::settings::{Companions, Settings};
use super::texts::Texts;
use super::{Busy, Fields, checksums, directory, lock::WriteLock};
use crate::article::ArticleId;
use crate::error::{Error, Result};

/// Memory for postings before a part of the index is written, of all threads together, in bytes, unless
/// told otherwise.
pub const POSTINGS_BYTES: usize = 256 << 20;

/// The least memory for postings that one thread can work with, in bytes; set by tantivy.
const LEAST_MEMORY_PER_THREAD: usize = 15_000_000;
/// The most that one thread makes use of; set by tantivy.
const MOST_MEMORY_PER_THREAD: usize = (u32::MAX - (1 << 20)) as usize;

/// Threads that write at most: more only make smaller segments.
const MOST_THREADS: usize = 8;

/// How many bytes of stored articles are compressed together: for what stands beside their texts, which are
/// compressed already. With twice as many an index is half a percent smaller, and an article takes a third longer to
/// read.
const STORE_BLOCK_BYTES: usize = 8 << 10;

/// Blocks of stored articles kept unpacked, of each segment: some 2 MiB.
const CACHED_BLOCKS: usize = 256;

/// How to write to an index.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Threads to write with.
    pub n_threads: usize,
    /// What to do where another process writes to the index.
    pub busy: Busy,
    /// Memory for postings before a part of the index is written, of all threads together, in bytes.
    /// Where it is too little for the threads, fewer write.
    pub memory: usize,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { n_threads: 1, busy: Busy::Fail, memory: POSTINGS_BYTES }
    }
}

impl WriterOptions {
    /// Returns options to write with one thread, and little.
    pub(super) fn small(busy: Busy) -> Self {
        Self { n_threads: 1, busy, memory: LEAST_MEMORY_PER_THREAD }
    }

    /// Returns how many threads write, and the memory of each.
    fn shares(&self) -> (usize, usize) {
        let n_affordable = (self.memory / LEAST_MEMORY_PER_THREAD).clamp(1, MOST_THREADS);
        let n_threads = self.n_threads.clamp(1, n_affordable);
        (n_threads, (self.memory / n_threads).clamp(LEAST_MEMORY_PER_THREAD, MOST_MEMORY_PER_THREAD))
    }
}

/// The one process that writes to an index.
pub(crate) struct Writer {
    inner: tantivy::IndexWriter,
    id: Field,
    settings: Settings,
    /// The name of the memory of repeats that goes with the last commit.
    repeats: Option<u64>,
    texts: Texts,
    path: PathBuf,
    /// Whether all that was committed gives way with the next commit.
    is_cleared: bool,
    n_pending: usize,
    _lock: WriteLock,
}

impl Writer {
    /// Opens the index in the folder `path` for writing and makes it where there is none.
    ///
    /// # Errors
    /// Fails where another process writes to it, where it has another format or analyzer, where the lists of
    /// what it holds are damaged, or where the folder cannot be written.
    pub(crate) fn open(path: &Path, settings: Settings, options: &WriterOptions) -> Result<Self> {
        let checked = |committed: Option<Settings>, settings: Settings| match committed {
            Some(found) => found.check(path, &settings.analyzer).map(|()| settings),
            None => Ok(settings),
        };
        let settings = checked(Settings::read(path)?, settings)?;
        // Another process may have made the index anew while this one waited for it.
        let writer = Self::open_locked(path, options, |committed| checked(committed, settings))?;
        writer.require_sound_lists()?;
        Ok(writer)
    }

    /// Opens the index in the folder `path` for writing with the settings it has.
    ///
    /// # Errors
    /// As [`Writer::open`], and returns [`Error::IndexMissing`] where there is none.
    pub(crate) fn open_committed(path: &Path, options: &WriterOptions) -> Result<Self> {
        let missing = || Error::IndexMissing { path: path.into() };
        Settings::read(path)?.ok_or_else(missing)?;
        let writer = Self::open_locked(path, options, |committed| committed.ok_or_else(missing))?;
        writer.require_sound_lists()?;
        Ok(writer)
    }

    fn require_sound_lists(&self) -> Result<()> {
        let path = &self.path;
        let metas = self.inner.index().searchable_segment_metas().map_err(directory::unreadable(path))?;
        checksums::require_sound_lists(path, &metas)
    }

    /// Opens the index in the folder `path` for writing whatever analyzer it was written with, damaged or not.
    ///
    /// # Errors
    /// As [`Writer::open`] but for that.
    pub(crate) fn open_any(path: &Path, settings: Settings, options: &WriterOptions) -> Result<Self> {
        Self::open_locked(path, options, |_| Ok(settings))
    }

    /// Opens the index in the folder `path` for writing with what `settings` makes of those it has, which nobody
    /// else changes any more.
    fn open_locked(
        path: &Path,
        options: &WriterOptions,
        settings: impl FnOnce(Option<Settings>) -> Result<Settings>,
    ) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(|source| Error::io("create", path, source))?;
        Settings::refuse_foreign(path)?;
        let lock = WriteLock::take(path, options.busy)?;
        let committed = Settings::read(path)?;
        let is_new = committed.is_none();
        let settings = settings(committed)?;
        let (n_threads, memory) = options.shares();
        let (schema, fields) = Fields::schema();
        if is_new {
            create(path, schema)?;
        }
        let index = directory::open_to_write(path)?;
        index.tokenizers().register(CellTokenizer::NAME, CellTokenizer::default());
        let inner = index.writer_with_num_threads(n_threads, n_threads * memory).map_err(unwritten(path))?;
        inner.set_merge_policy(Box::new(SoundMerges::new(path.into())));
        let companions = Companions::read(path, &index)?;
        Ok(Self {
            inner,
            id: fields.id,
            settings,
            repeats: companions.repeats(),
            texts: companions.texts(path)?,
            path: path.into(),
            is_cleared: false,
            n_pending: 0,
            _lock: lock,
        })
    }

    /// Returns a view of what was last committed, and of nothing where all of it is removed.
    pub(crate) fn searcher(&self) -> Result<Searcher> {
        if self.is_cleared {
            let empty = tantivy::Index::create_in_ram(Fields::schema().0).reader();
            return Ok(empty.map_err(directory::unreadable(&self.path))?.searcher());
        }
        Ok(directory::reader(&self.path, self.inner.index(), CACHED_BLOCKS)?.searcher())
    }

    /// Returns the folder of the index.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a document whose id the index does not have.
    pub(crate) fn add(&mut self, document: TantivyDocument) -> Result<()> {
        self.n_pending += 1;
        self.inner.add_document(document).map(|_| ()).map_err(unwritten(&self.path))
    }

    /// Adds a document in place of the one with its id.
    ///
    /// tantivy numbers operations first and queues deletes after, without a lock between: deletes of
    /// two threads may be queued out of order, and one that comes late removes the very document
    /// that replaces. Taking the writer as a whole keeps them one at a time.
    pub(crate) fn replace(&mut self, id: &ArticleId, document: TantivyDocument) -> Result<()> {
        self.n_pending += 1;
        let operations = [UserOperation::Delete(self.term(id)), UserOperation::Add(document)];
        self.inner.run(operations).map(|_| ()).map_err(unwritten(&self.path))
    }

    /// Removes the document with this id.
    pub(crate) fn remove(&mut self, id: &ArticleId) {
        self.n_pending += 1;
        self.inner.delete_term(self.term(id));
    }

    /// Removes every document.
    pub(crate) fn remove_all(&mut self) -> Result<()> {
        self.n_pending += 1;
        self.is_cleared = true;
        self.inner.delete_all_documents().map(|_| ()).map_err(unwritten(&self.path))
    }

    /// Puts all segments into one.
    pub(crate) fn merge_all(&mut self) -> Result<()> {
        let segments = self.inner.index().searchable_segment_ids().map_err(directory::unreadable(&self.path))?;
        if segments.is_empty() {
            return Ok(());
        }
        self.inner.merge(&segments).wait().map(|_| ()).map_err(unwritten(&self.path))?;
        self.inner.garbage_collect_files().wait().map(|_| ()).map_err(unwritten(&self.path))
    }

    fn term(&self, id: &ArticleId) -> Term {
        Term::from_field_text(self.id, id.as_str())
    }

    /// Returns the name of the memory of repeats that goes with the last commit.
    pub(crate) fn repeats(&self) -> Option<u64> {
        self.repeats
    }

    /// Returns how texts are compressed.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Forgets what texts have in common, where all of them give way with the next commit: what was removed may be in
    /// it.
    pub(super) fn learn_anew(&mut self) {
        self.texts = Texts::learning();
    }

    /// Returns how many documents were added, replaced and removed since the last commit.
    pub(crate) fn n_pending(&self) -> usize {
        self.n_pending
    }

    /// Makes everything since the last commit visible at once, together with the memory of repeats that `save` writes
    /// and names: it does so while the last documents are written.
    pub(crate) fn commit(&mut self, save: impl FnOnce() -> Result<Option<u64>> + Send) -> Result<()> {
        let (commit, repeats) = thread::scope(|scope| {
            let saved = scope.spawn(save);
            let commit = self.inner.prepare_commit();
            (commit, saved.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let (mut commit, repeats) = (commit.map_err(unwritten(&self.path))?, repeats?);
        commit.set_payload(&self.settings.payload(repeats, &self.texts));
        commit.commit().map_err(unwritten(&self.path))?;
        self.repeats = repeats;
        self.n_pending = 0;
        self.is_cleared = false;
        Ok(())
    }

    /// Commits as [`commit`](Self::commit) does, and waits for running merges.
    pub(crate) fn finish(mut self, save: impl FnOnce() -> Result<Option<u64>> + Send) -> Result<()> {
        self.commit(save)?;
        self.inner.wait_merging_threads().map_err(unwritten(&self.path))
    }
}

/// Returns a function that says where a write failed: tantivy names its thread and no cause.
fn unwritten(path: &Path) -> impl Fn(tantivy::TantivyError) -> Error {
    move |source| Error::IndexWrite { path: path.into(), source: Box::new(source) }
}

/// Makes an empty index; an earlier one that never came to a commit gives way.
fn create(path: &Path, schema: Schema) -> Result<()> {
    let left_behind = managed_files(&path.join(MANAGED_FILES));
    for name in left_behind.iter().map(String::as_str).chain(["meta.json", MANAGED_FILES]) {
        match std::fs::remove_file(path.join(name)) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io("write", path, source));
            }
            _ => {}
        }
    }
    let settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    let create = tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(path);
    create.map(|_| ()).map_err(unwritten(path))
}

/// Returns the names of files that `list` names; none where there is no list.
fn managed_files(list: &Path) -> Vec<String> {
    let names = std::fs::read(list).ok().and_then(|json| serde_json::from_slice::<Vec<String>>(&json).ok());
    // A name with a folder in it is none of tantivy's.
    names.unwrap_or_default().into_iter().filter(|name| Path::new(name).file_name() == Some(name.as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn the_files_of_another_program_stay() {
        let settings = Settings::current(Analyzer::indonesian().identity());
        let options = WriterOptions::default();
        for meta in [r#"{"name":"x"}"#, r#"{"segments":[{"segment_id":"a"}],"opstamp":1}"#] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("meta.json");
            std::fs::write(&file, meta).unwrap();
            let error = Writer::open(folder.path(), settings.clone(), &options).err();
            assert!(matches!(error, Some(Error::IndexForeign { .. })), "{error:?}");
            assert_eq!(std::fs::read_to_string(&file).unwrap(), meta);
        }
    }

    #[test]
    fn who_waits_for_a_rebuild_does_not_write_with_another_analyzer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let settings = Settings::current(Analyzer::indonesian().identity());
        Writer::open(path, settings.clone(), &WriterOptions::default()).unwrap().finish(|| Ok(None)).unwrap();
        let mut other = settings.clone();
        other.analyzer.dictionaries = "0".repeat(16);
        std::thread::scope(|scope| {
            let rebuild = Writer::open_any(path, other.clone(), &WriterOptions::default()).unwrap();
            let waiting = WriterOptions { busy: Busy::Wait, ..WriterOptions::default() };
            let update = scope.spawn(move || Writer::open(path, settings, &waiting).err());
            let compact = scope.spawn(move || Writer::open_committed(path, &waiting).unwrap().finish(|| Ok(None)));
            rebuild.finish(|| Ok(None)).unwrap();
            let refused = update.join().unwrap();
            assert!(matches!(refused, Some(Error::IndexAnalyzer { .. })), "{refused:?}");
            compact.join().unwrap().unwrap();
        });
        assert_eq!(Settings::read(path).unwrap(), Some(other));
    }

    #[test]
    fn any_number_of_threads_will_do_and_a_failed_write_names_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::current(Analyzer::indonesian().identity());
        let options = WriterOptions { n_threads: usize::MAX, ..WriterOptions::default() };
        let writer = Writer::open(folder.path(), settings, &options).unwrap();
        let error = unwritten(writer.path())(tantivy::TantivyError::ErrorInThread("worker".to_owned())).to_string();
        assert!(error.contains(&folder.path().display().to_string()) && error.contains("space"), "{error}");
    }

    #[test]
    fn threads_share_the_memory_and_fewer_write_where_it_is_short() {
        for (n_threads, mib, expected) in [
            (2, 256, (2, 128 << 20)),
            (8, 1024, (8, 128 << 20)),
            (100, 1024, (8, 128 << 20)),
            (8, 32, (2, 16 << 20)),
            (8, 0, (1, LEAST_MEMORY_PER_THREAD)),
            (1, 1 << 20, (1, MOST_MEMORY_PER_THREAD)),
        ] {
            let options = WriterOptions { n_threads, busy: Busy::Fail, memory: mib << 20 };
            assert_eq!(options.shares(), expected, "{n_threads} threads and {mib} MiB");
        }
    }

    #[test]
    fn what_a_first_run_left_behind_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        std::fs::create_dir(&path).unwrap();
        let file = |name: &str| path.join(name);
        for name in ["abc.store", "catatan.txt", "../x"].map(file) {
            std::fs::write(name, "x").unwrap();
        }
        std::fs::write(file(MANAGED_FILES), r#"["abc.store","gone.idx","../x"]"#).unwrap();
        std::fs::write(file("meta.json"), r#"{"segments":[],"opstamp":0}"#).unwrap();
        let settings = Settings::current(Analyzer::indonesian().identity());
        drop(Writer::open(&path, settings, &WriterOptions::default()).unwrap());
        assert!(!file("abc.store").exists() && file("catatan.txt").exists() && file("../x").exists());
    }
}
