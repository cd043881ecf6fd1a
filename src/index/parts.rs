//! The stored articles of an index, part by part, past what is damaged.

use std::fmt;
use std::path::Path;

use serde::Serialize;
use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::error::OpenReadError;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, SegmentReader};

use super::catalog::{text, text_column};
use super::contents::{ContentColumns, Contents};
use super::guard::guarded;
use super::shelf::order_of_arrival;
use super::stored_article::StoredArticle;
use super::texts::Texts;
use super::{Index, checksums};
use crate::article::{Article, ArticleId};
use crate::error::{Error, Result};

/// An article that is in an index and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LostArticle {
    /// Its id, where that can be told.
    pub id: Option<ArticleId>,
    /// Where it was read from, where that can be told.
    pub path: Option<String>,
}

impl fmt::Display for LostArticle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.id, &self.path) {
            (Some(id), Some(path)) => write!(f, "article `{id}` of `{path}`"),
            (Some(id), None) => write!(f, "article `{id}`"),
            (None, _) => f.write_str("an article whose id is lost"),
        }
    }
}

/// A part of an index, a segment, as far as it can be opened.
pub(super) struct Part {
    n_docs: DocId,
    store: Option<StoreReader>,
    texts: Texts,
    /// None where nothing was removed.
    alive: Option<AliveBitSet>,
    /// None where anything but the stored articles cannot be opened.
    columns: Option<Columns>,
}

/// What is known of the articles of a part beside what is stored of them.
struct Columns {
    ids: StrColumn,
    paths: StrColumn,
    arrivals: Column<u64>,
    /// None where they may not be what was written.
    contents: Option<ContentColumns>,
}

/// Blocks of stored articles kept unpacked, of each part: some 4 MiB.
const CACHED_BLOCKS: usize = 512;

impl Part {
    /// Opens the segment `segment` of the index in the folder `path` with these `texts`.
    ///
    /// # Errors
    /// Fails where the system refuses to read it: that is no damage.
    pub(super) fn open(path: &Path, segment: &Segment, texts: Texts) -> Result<Self> {
        let file = |component| match guarded(|| segment.open_read(component)) {
            Some(Err(OpenReadError::IoError { io_error, filepath })) if io_error.raw_os_error().is_some() => {
                Err(Error::io("read", path.join(filepath), io_error.kind().into()))
            }
            opened => Ok(opened.and_then(std::result::Result::ok)),
        };
        let store = file(SegmentComponent::Store)?;
        let store = store.and_then(|file| guarded(|| StoreReader::open(file, CACHED_BLOCKS).ok())?);
        let alive = if segment.meta().has_deletes() { file(SegmentComponent::Delete)? } else { None };
        let alive = alive.and_then(|file| guarded(|| Some(AliveBitSet::open(file.read_bytes().ok()?)))?);
        let has_sound_lists = checksums::require_sound_lists(path, std::slice::from_ref(segment.meta())).is_ok();
        let columns = guarded(|| Columns::open(&SegmentReader::open(segment).ok()?)).flatten();
        let columns =
            columns.map(|columns| Columns { contents: columns.contents.filter(|_| has_sound_lists), ..columns });
        Ok(Self { n_docs: segment.meta().max_doc(), store, texts, alive, columns })
    }

    /// Takes a segment, of an index with these `texts`, that was opened whole.
    pub(super) fn of(reader: &SegmentReader, texts: &Texts) -> Self {
        Self {
            n_docs: reader.max_doc(),
            store: guarded(|| reader.get_store_reader(CACHED_BLOCKS).ok()).flatten(),
            texts: texts.clone(),
            alive: reader.alive_bitset().cloned(),
            columns: guarded(|| Columns::open(reader)).flatten(),
        }
    }

    /// Returns the places of its articles; those that were removed are left out as far as that is known.
    pub(super) fn docs(&self) -> impl Iterator<Item = DocId> {
        let is_alive = |doc| match &self.alive {
            Some(alive) => guarded(|| alive.is_alive(doc)).unwrap_or(true),
            None => true,
        };
        (0..self.n_docs).filter(move |doc| is_alive(*doc))
    }

    /// Returns the article `doc`, or what is known of it.
    pub(super) fn article(&self, doc: DocId) -> std::result::Result<Article, LostArticle> {
        let read = |store: &StoreReader| StoredArticle::read(|| store.get(doc), &self.texts).ok();
        self.store.as_ref().and_then(read).ok_or_else(|| self.lost(doc))
    }

    /// Returns what is known of the article `doc` beside what is stored.
    fn lost(&self, doc: DocId) -> LostArticle {
        let told = |column: fn(&Columns) -> &StrColumn| {
            guarded(|| text(column(self.columns.as_ref()?), doc).ok()).flatten().filter(|text| !text.is_empty())
        };
        LostArticle {
            id: told(|columns| &columns.ids).map(|id| ArticleId::new(&id)),
            path: told(|columns| &columns.paths),
        }
    }

    /// Returns what the article `doc` was read from; nothing where that is not sure.
    pub(super) fn contents(&self, doc: DocId) -> Contents {
        guarded(|| Some(self.columns.as_ref()?.contents.as_ref()?.get(doc))).flatten().unwrap_or_default()
    }

    /// Returns the place of the article `doc` in the order of arrival, where it can be told.
    pub(super) fn arrival(&self, doc: DocId) -> Option<u64> {
        guarded(|| self.columns.as_ref()?.arrivals.first(doc)).flatten()
    }
}

impl Columns {
    fn open(reader: &SegmentReader) -> Option<Self> {
        let contents = ContentColumns::open(reader).ok()?;
        let (ids, paths) = (text_column(reader, "id").ok()?, text_column(reader, "path").ok()?);
        Some(Self { ids, paths, arrivals: reader.fast_fields().u64("arrival").ok()?, contents: Some(contents) })
    }
}

impl Index {
    /// Returns its parts, in the order of the segments.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> {
        let searcher = self.searcher();
        (0..searcher.segment_readers().len()).map(move |at| Part::of(&searcher.segment_readers()[at], self.texts()))
    }

    /// Returns the article at `address`, or what is known of it where it cannot be read.
    pub(crate) fn readable(&self, address: DocAddress) -> std::result::Result<Article, LostArticle> {
        self.fetch(address).map_err(|_| {
            let searcher = self.searcher();
            Part::of(searcher.segment_reader(address.segment_ord), self.texts()).lost(address.doc_id)
        })
    }

    /// Calls `take` with every article that can be read, in the order of arrival; returns those that cannot.
    ///
    /// # Errors
    /// Fails where the index cannot be read at all, and with the error of `take`.
    pub fn for_each_readable<E: From<Error>>(
        &self,
        mut take: impl FnMut(Article) -> std::result::Result<(), E>,
    ) -> std::result::Result<Vec<LostArticle>, E> {
        let searcher = self.searcher();
        let parts: Vec<Part> = self.parts().collect();
        let mut lost = Vec::new();
        for stored in order_of_arrival(&searcher)? {
            match parts[stored.address.segment_ord as usize].article(stored.address.doc_id) {
                Ok(article) => take(article)?,
                Err(article) => lost.push(article),
            }
        }
        Ok(lost)
    }
}
