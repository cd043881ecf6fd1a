//! What an index holds already: which file gave which article, and in which state.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use crate::article::ArticleId;
use crate::error::{Error, Result};

/// The articles of an index by the path they were read from; some 60 bytes each.
pub(crate) struct Catalog {
    by_path: FxHashMap<u64, Entry>,
    path_of_id: FxHashMap<u64, u64>,
    columns: Vec<Columns>,
}

/// One article of the index.
#[derive(Clone, Copy)]
struct Entry {
    ord: u64,
    content_hash: u64,
    address: DocAddress,
}

/// How an article stands to what is indexed under its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing is.
    New,
    /// Another text is.
    Changed,
    /// The same text is.
    Unchanged,
}

/// Who has an id.
enum Holder {
    /// No file.
    Nobody,
    /// A file that is gone from the disk: its folder was moved.
    Moved(Entry),
    /// A file that is there, or one met in this run.
    Another,
}

/// The text columns of one segment.
struct Columns {
    id: StrColumn,
    path: StrColumn,
}

impl Catalog {
    /// Reads the catalog of what `searcher` sees.
    pub(crate) fn read(searcher: &Searcher) -> Result<Self> {
        let mut catalog = Self { by_path: FxHashMap::default(), path_of_id: FxHashMap::default(), columns: Vec::new() };
        for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
            catalog.add_segment(segment_ord, segment).map_err(Error::engine("read"))?;
        }
        Ok(catalog)
    }

    fn add_segment(&mut self, segment_ord: u32, segment: &SegmentReader) -> tantivy::Result<()> {
        let fast = segment.fast_fields();
        let (ords, hashes) = (fast.u64("ord")?, fast.u64("content_hash")?);
        let columns = Columns { id: text_column(segment, "id")?, path: text_column(segment, "path")? };
        for doc in segment.doc_ids_alive() {
            let (Some(ord), Some(content_hash)) = (ords.first(doc), hashes.first(doc)) else { continue };
            let path = xxh3_64(text(&columns.path, doc)?.as_bytes());
            self.by_path.insert(path, Entry { ord, content_hash, address: DocAddress::new(segment_ord, doc) });
            self.path_of_id.insert(ord, path);
        }
        self.columns.push(columns);
        Ok(())
    }

    /// Returns the id for the file `path`: the one it is indexed under, else the first of
    /// `candidates` that no other existing file has. The same file always keeps its id, and no
    /// article takes the place of another.
    pub(crate) fn id_for(&mut self, path: &str, candidates: &[ArticleId]) -> Result<ArticleId> {
        let path_hash = xxh3_64(path.as_bytes());
        if let Some(entry) = self.by_path.get(&path_hash) {
            return match candidates.iter().find(|id| id.ord() == entry.ord) {
                Some(id) => Ok(id.clone()),
                None => self.stored_id(entry.address),
            };
        }
        for id in candidates {
            match self.holder(id)? {
                Holder::Nobody => {}
                Holder::Moved(entry) => {
                    // Not unchanged, whatever its text: the stored path has to follow the file.
                    let moved = Entry { content_hash: !entry.content_hash, ..entry };
                    self.by_path.insert(path_hash, moved);
                }
                Holder::Another => continue,
            }
            self.path_of_id.insert(id.ord(), path_hash);
            return Ok(id.clone());
        }
        Ok(ArticleId::new(path))
    }

    fn holder(&self, id: &ArticleId) -> Result<Holder> {
        let Some(holder) = self.path_of_id.get(&id.ord()) else { return Ok(Holder::Nobody) };
        let Some(entry) = self.by_path.get(holder) else { return Ok(Holder::Another) };
        let column = &self.columns[entry.address.segment_ord as usize].path;
        let path = text(column, entry.address.doc_id).map_err(Error::engine("read"))?;
        Ok(if Path::new(&path).exists() { Holder::Another } else { Holder::Moved(*entry) })
    }

    fn stored_id(&self, address: DocAddress) -> Result<ArticleId> {
        let column = &self.columns[address.segment_ord as usize].id;
        text(column, address.doc_id).map(|id| ArticleId::new(&id)).map_err(Error::engine("read"))
    }

    /// Returns how a text with this hash, read from `path`, stands to what is indexed.
    pub(crate) fn known(&self, path: &str, content_hash: u64) -> Known {
        match self.by_path.get(&xxh3_64(path.as_bytes())) {
            None => Known::New,
            Some(entry) if entry.content_hash == content_hash => Known::Unchanged,
            Some(_) => Known::Changed,
        }
    }

    /// Returns the ids of the articles whose path `is_wanted` holds for and which are not in
    /// `met` (hashes of ids).
    pub(crate) fn not_met(&self, met: &FxHashSet<u64>, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<ArticleId>> {
        let mut ids = Vec::new();
        for entry in self.by_path.values().filter(|entry| !met.contains(&entry.ord)) {
            let columns = &self.columns[entry.address.segment_ord as usize];
            let path = text(&columns.path, entry.address.doc_id).map_err(Error::engine("read"))?;
            if is_wanted(&path) {
                ids.push(self.stored_id(entry.address)?);
            }
        }
        ids.sort();
        Ok(ids)
    }
}

fn text_column(segment: &SegmentReader, name: &str) -> tantivy::Result<StrColumn> {
    let missing = || tantivy::TantivyError::FieldNotFound(name.to_owned());
    segment.fast_fields().str(name)?.ok_or_else(missing)
}

fn text(column: &StrColumn, doc: u32) -> tantivy::Result<String> {
    let mut text = String::new();
    if let Some(term) = column.term_ords(doc).next() {
        column.ord_to_str(term, &mut text)?;
    }
    Ok(text)
}
