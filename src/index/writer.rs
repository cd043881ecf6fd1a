//! Adding, replacing and removing articles; nothing shows before the commit.

use std::path::{Path, PathBuf};

use tantivy::indexer::UserOperation;
use tantivy::schema::{Field, Schema};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, Searcher, TantivyDocument, Term};

use super::cells::CellTokenizer;
use super::settings::Settings;
use super::{Busy, Fields, lock::WriteLock};
use crate::article::ArticleId;
use crate::error::{Error, Result};

/// Memory for postings before a segment is written, for each thread, in bytes.
const MEMORY_PER_THREAD: usize = 128 << 20;

/// Threads that write at most: more only make smaller segments.
const MOST_THREADS: usize = 8;

/// How many bytes of stored articles are compressed together: texts of one outlet share phrases, so
/// that larger blocks shrink better, and one still unpacks in a tenth of a millisecond.
const STORE_BLOCK_BYTES: usize = 64 << 10;

/// How to write to an index.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Threads to write with.
    pub n_threads: usize,
    /// What to do where another process writes to the index.
    pub busy: Busy,
}

/// The one process that writes to an index.
pub(crate) struct Writer {
    inner: tantivy::IndexWriter,
    id: Field,
    settings: Settings,
    /// The name of the memory of repeats that goes with the next commit.
    repeats: Option<u64>,
    path: PathBuf,
    n_pending: usize,
    _lock: WriteLock,
}

impl Writer {
    /// Opens the index in the folder `path` for writing and makes it where there is none.
    ///
    /// # Errors
    /// Fails where another process writes to it, where it has another format or analyzer, or where
    /// the folder cannot be written.
    pub(crate) fn open(path: &Path, settings: Settings, options: &WriterOptions) -> Result<Self> {
        if let Some(found) = Settings::read(path)? {
            found.check(path, &settings.analyzer)?;
        }
        Self::open_any(path, settings, options)
    }

    /// Opens the index in the folder `path` for writing whatever analyzer it was written with.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub(crate) fn open_any(path: &Path, settings: Settings, options: &WriterOptions) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(|source| Error::io("create", path, source))?;
        Settings::refuse_foreign(path)?;
        let lock = WriteLock::take(path, options.busy)?;
        let committed = Settings::read(path)?;
        let n_threads = options.n_threads.clamp(1, MOST_THREADS);
        let (schema, fields) = Fields::schema();
        let index = match committed {
            Some(_) => tantivy::Index::open_in_dir(path).map_err(Error::engine("opened"))?,
            None => create(path, schema)?,
        };
        index.tokenizers().register(CellTokenizer::NAME, CellTokenizer::default());
        let inner = index
            .writer_with_num_threads(n_threads, n_threads * MEMORY_PER_THREAD)
            .map_err(Error::engine("opened for writing"))?;
        let metas = index.load_metas().map_err(Error::engine("read"))?;
        let repeats = metas.payload.as_deref().and_then(Settings::repeats);
        Ok(Self { inner, id: fields.id, settings, repeats, path: path.into(), n_pending: 0, _lock: lock })
    }

    /// Returns a view of what was last committed.
    pub(crate) fn searcher(&self) -> Result<Searcher> {
        let reader = self.inner.index().reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into();
        Ok(reader.map_err(Error::engine("read"))?.searcher())
    }

    /// Returns the folder of the index.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a document whose id the index does not have.
    pub(crate) fn add(&mut self, document: TantivyDocument) -> Result<()> {
        self.n_pending += 1;
        self.inner.add_document(document).map(|_| ()).map_err(self.failed())
    }

    /// Adds a document in place of the one with its id.
    ///
    /// tantivy numbers operations first and queues deletes after, without a lock between: deletes of
    /// two threads may be queued out of order, and one that comes late removes the very document
    /// that replaces. Taking the writer as a whole keeps them one at a time.
    pub(crate) fn replace(&mut self, id: &ArticleId, document: TantivyDocument) -> Result<()> {
        self.n_pending += 1;
        let operations = [UserOperation::Delete(self.term(id)), UserOperation::Add(document)];
        self.inner.run(operations).map(|_| ()).map_err(self.failed())
    }

    /// Removes the document with this id.
    pub(crate) fn remove(&mut self, id: &ArticleId) {
        self.n_pending += 1;
        self.inner.delete_term(self.term(id));
    }

    /// Removes every document.
    pub(crate) fn remove_all(&mut self) -> Result<()> {
        self.n_pending += 1;
        self.inner.delete_all_documents().map(|_| ()).map_err(self.failed())
    }

    /// Puts all segments into one.
    pub(crate) fn merge_all(&mut self) -> Result<()> {
        let segments = self.inner.index().searchable_segment_ids().map_err(Error::engine("read"))?;
        if segments.is_empty() {
            return Ok(());
        }
        self.inner.merge(&segments).wait().map(|_| ()).map_err(Error::engine("merged"))?;
        self.inner.garbage_collect_files().wait().map(|_| ()).map_err(Error::engine("cleared of old files"))
    }

    /// Returns a function that says where a write failed: tantivy names its thread and no cause.
    fn failed(&self) -> impl FnOnce(tantivy::TantivyError) -> Error + use<> {
        let path = self.path.clone();
        move |source| Error::IndexWrite { path, source: Box::new(source) }
    }

    fn term(&self, id: &ArticleId) -> Term {
        Term::from_field_text(self.id, id.as_str())
    }

    /// Returns the name of the memory of repeats that goes with the last commit, or with the next.
    pub(crate) fn repeats(&self) -> Option<u64> {
        self.repeats
    }

    /// Sets the name of the memory of repeats that goes with the next commit.
    pub(crate) fn set_repeats(&mut self, name: Option<u64>) {
        self.repeats = name;
    }

    /// Returns how many documents were added, replaced and removed since the last commit.
    pub(crate) fn n_pending(&self) -> usize {
        self.n_pending
    }

    /// Makes everything since the last commit visible at once.
    pub(crate) fn commit(&mut self) -> Result<()> {
        let (failed, failed_late) = (self.failed(), self.failed());
        let mut commit = self.inner.prepare_commit().map_err(failed)?;
        commit.set_payload(&self.settings.payload(self.repeats));
        commit.commit().map_err(failed_late)?;
        self.n_pending = 0;
        Ok(())
    }

    /// Commits, and waits for running merges.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.inner.wait_merging_threads().map_err(Error::engine("merged"))
    }
}

/// Makes an empty index; an earlier one that never came to a commit gives way.
fn create(path: &Path, schema: Schema) -> Result<tantivy::Index> {
    for name in ["meta.json", ".managed.json"] {
        match std::fs::remove_file(path.join(name)) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io("write", path, source));
            }
            _ => {}
        }
    }
    let compressor = Compressor::Zstd(ZstdCompressor::default());
    let settings = IndexSettings {
        docstore_compression: compressor,
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    let create = tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(path);
    create.map_err(Error::engine("created"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn the_files_of_another_program_stay() {
        let settings = Settings::current(Analyzer::indonesian().identity());
        let options = WriterOptions { n_threads: 1, busy: Busy::Fail };
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
    fn any_number_of_threads_will_do_and_a_failed_write_names_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::current(Analyzer::indonesian().identity());
        let options = WriterOptions { n_threads: usize::MAX, busy: Busy::Fail };
        let writer = Writer::open(folder.path(), settings, &options).unwrap();
        let error = writer.failed()(tantivy::TantivyError::ErrorInThread("worker".to_owned())).to_string();
        assert!(error.contains(&folder.path().display().to_string()) && error.contains("space"), "{error}");
    }
}
