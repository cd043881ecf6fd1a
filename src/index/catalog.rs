//! What an index holds already: which source gave which article, and in which state.

use std::mem::replace;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use super::contents::{ContentColumns, Contents};
use super::numbers::headline;
use super::parts::Part;
use super::reader::view;
use super::settings::Settings;
use super::texts::Texts;
use super::{checksums, directory};
use crate::analysis::AnalyzerIdentity;
use crate::article::{ArticleId, RawArticle};
use crate::error::{Error, Result};
use crate::ingest::path_of_text;

/// The articles of an index by their id and by the path they were read from; some 50 bytes each,
/// the records of one file sharing one path.
#[derive(Default)]
pub(crate) struct Catalog {
    /// By the hash of the id.
    by_id: FxHashMap<u64, Entry>,
    /// The hash of the id of an article by the hash of its path.
    by_path: FxHashMap<u64, u64>,
    /// The hashes of the contents that gave way to others.
    gave_way: FxHashSet<u64>,
    /// The hashes of the ids given out in this run.
    given: FxHashSet<u64>,
    columns: Vec<Columns>,
    stores: Vec<Store>,
    has_uncompared: bool,
}

/// The stored articles of one segment.
struct Store {
    folder: PathBuf,
    segment: SegmentReader,
    texts: Texts,
    /// Those that cannot be read; found out when one is met again.
    unreadable: OnceLock<FxHashSet<DocId>>,
}

impl Store {
    /// Returns whether the article `doc` is what was stored. Only where the checksum of the file is wrong
    /// is each article looked at.
    fn can_read(&self, doc: DocId) -> bool {
        let unreadable = self.unreadable.get_or_init(|| {
            if checksums::is_store_sound(&self.folder, self.segment.segment_id()) {
                return FxHashSet::default();
            }
            let part = self.part();
            part.docs().filter(|doc| part.article(*doc).is_err()).collect()
        });
        !unreadable.contains(&doc)
    }

    fn part(&self) -> Part {
        Part::of(&self.segment, &self.texts)
    }
}

/// One article of the index.
#[derive(Clone, Copy)]
struct Entry {
    content_hash: u64,
    address: DocAddress,
}

/// How an article stands to what is indexed under its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing is.
    New,
    /// Another text is, or the same from another place, or one that cannot be read.
    Changed,
    /// The same text is, and can be read.
    Unchanged,
    /// Another text is, and this one gave way to it when that was written.
    GaveWay,
}

/// Whose an id is.
#[derive(Debug, PartialEq, Eq)]
enum Holder {
    Nobody,
    Same,
    Other,
    /// A file that is gone, or moved.
    Gone {
        path: String,
        content_hash: u64,
    },
}

/// The ids an article may get that brings none.
pub(crate) struct Claim {
    /// The one it gets where it is none of the gone ones.
    pub(crate) id: ArticleId,
    gone: Vec<Gone>,
}

/// An article whose file is gone.
struct Gone {
    id: ArticleId,
    path: String,
    content_hash: u64,
}

impl Claim {
    /// Gives `raw` the id of the article whose file is gone where it is the same article: a folder
    /// was moved. Another text never takes its place.
    pub(crate) fn settle(self, mut raw: RawArticle) -> RawArticle {
        if raw.id != self.id {
            return raw;
        }
        for Gone { id, path, content_hash } in self.gone {
            // The hash is one of id and path too: those it had then.
            let (new_id, new_path) = (replace(&mut raw.id, id), replace(&mut raw.path, path));
            let is_same = raw.content_hash() == content_hash;
            raw.path = new_path;
            if is_same {
                return raw;
            }
            raw.id = new_id;
        }
        raw
    }
}

/// The text columns of one segment.
struct Columns {
    id: StrColumn,
    path: StrColumn,
}

impl Catalog {
    /// Reads the catalog of the index in the folder `path`; an empty one where there is none.
    ///
    /// # Errors
    /// Fails where the index has another format or analyzer, or is damaged.
    pub(crate) fn open(path: &Path, analyzer: &AnalyzerIdentity) -> Result<Self> {
        let Some(settings) = Settings::read(path)? else { return Ok(Self::default()) };
        settings.check(path, analyzer)?;
        let index = directory::open(path)?;
        let metas = index.searchable_segment_metas().map_err(directory::unreadable(path))?;
        checksums::require_sound_lists(path, &metas)?;
        // No stored article is looked at twice.
        let (reader, companions) = view(path, &index, 1)?;
        Self::read(path, &reader.searcher(), &companions.texts(path)?)
    }

    /// Reads the catalog of what `searcher` sees of the index in `folder`.
    pub(super) fn read(folder: &Path, searcher: &Searcher, texts: &Texts) -> Result<Self> {
        let mut catalog = Self::default();
        catalog.by_id.reserve(usize::try_from(searcher.num_docs()).unwrap_or_default());
        for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
            catalog.add_segment(segment_ord, segment).map_err(Error::engine("read"))?;
            catalog.has_uncompared |= is_uncompared(segment).map_err(Error::engine("read"))?;
            let (folder, segment, texts) = (folder.to_owned(), segment.clone(), texts.clone());
            catalog.stores.push(Store { folder, segment, texts, unreadable: OnceLock::new() });
        }
        Ok(catalog)
    }

    fn add_segment(&mut self, segment_ord: u32, segment: &SegmentReader) -> tantivy::Result<()> {
        let fast = segment.fast_fields();
        let (ords, contents) = (fast.u64("ord")?, ContentColumns::open(segment)?);
        let columns = Columns { id: text_column(segment, "id")?, path: text_column(segment, "path")? };
        let mut last_path = None;
        for doc in segment.doc_ids_alive() {
            let Some(ord) = ords.first(doc) else { continue };
            let Contents { own: content_hash, gave_way } = contents.get(doc);
            self.gave_way.extend(gave_way);
            self.by_id.insert(ord, Entry { content_hash, address: DocAddress::new(segment_ord, doc) });
            // The records of one file follow one another and share its path.
            let path = columns.path.term_ords(doc).next();
            if last_path != Some(path) {
                last_path = Some(path);
                self.by_path.insert(xxh3_64(text(&columns.path, doc)?.as_bytes()), ord);
            }
        }
        self.columns.push(columns);
        Ok(())
    }

    /// Returns whether there may be articles that are compared with none.
    pub(crate) fn has_uncompared(&self) -> bool {
        self.has_uncompared
    }

    /// Returns the id for the only article of the file `path`: the one it is indexed under, else the
    /// first of `candidates` that no other file has. The same file always keeps its id, and no article
    /// takes the place of another.
    pub(crate) fn id_for(&mut self, path: &str, candidates: &[ArticleId]) -> Result<Claim> {
        let indexed = self.by_path.get(&xxh3_64(path.as_bytes())).copied();
        if let Some((ord, entry)) = indexed.and_then(|ord| Some((ord, self.by_id.get(&ord)?))) {
            let known = candidates.iter().find(|id| id.ord() == ord).cloned();
            let id = known.map_or_else(|| self.stored_id(entry.address), Ok)?;
            self.given.insert(ord);
            return Ok(Claim { id, gone: Vec::new() });
        }
        let candidates: Vec<_> = candidates.iter().filter(|id| !self.given.contains(&id.ord())).cloned().collect();
        let claim = self.claim(path, &candidates, || ArticleId::new(path))?;
        self.given.extend(claim.gone.iter().map(|gone| gone.id.ord()).chain([claim.id.ord()]));
        Ok(claim)
    }

    /// Returns which of `names` stand for the file `path` in the ids of its records: those given to no
    /// other file, whose record number `record` is of no other existing file.
    pub(crate) fn names_for(&mut self, path: &str, names: [&str; 2], record: u64) -> Result<Vec<String>> {
        let mut free = Vec::new();
        for name in names {
            let is_given = self.given.contains(&ArticleId::new(name).ord());
            if !is_given && !matches!(self.holder(path, &record_id(name, record))?, Holder::Other) {
                free.push(name.to_owned());
            }
        }
        self.given.extend(free.iter().map(|name| ArticleId::new(name).ord()));
        Ok(free)
    }

    /// Returns the id for record number `record` of the file `path`, for which `names` stand.
    pub(crate) fn record_id_for(&self, path: &str, names: &[String], record: u64) -> Result<Claim> {
        let candidates: Vec<_> = names.iter().map(|name| record_id(name, record)).collect();
        for id in &candidates {
            if self.holder(path, id)? == Holder::Same {
                return Ok(Claim { id: id.clone(), gone: Vec::new() });
            }
        }
        self.claim(path, &candidates, || record_id(path, record))
    }

    /// Returns the first of `candidates` that no file has, else `last`, and those before it whose file
    /// is gone.
    fn claim(&self, path: &str, candidates: &[ArticleId], last: impl FnOnce() -> ArticleId) -> Result<Claim> {
        let mut gone = Vec::new();
        for id in candidates {
            match self.holder(path, id)? {
                Holder::Nobody | Holder::Same => return Ok(Claim { id: id.clone(), gone }),
                Holder::Gone { path, content_hash } => gone.push(Gone { id: id.clone(), path, content_hash }),
                Holder::Other => {}
            }
        }
        Ok(Claim { id: last(), gone })
    }

    /// Returns whose the id `id` is, seen from the file `path`.
    fn holder(&self, path: &str, id: &ArticleId) -> Result<Holder> {
        let Some(entry) = self.by_id.get(&id.ord()) else { return Ok(Holder::Nobody) };
        let holder = self.path(entry.address)?;
        if holder == path {
            return Ok(Holder::Same);
        }
        // The path of a file in an archive goes on behind the archive's.
        let is_there = path_of_text(&holder).ancestors().any(Path::is_file);
        let content_hash = entry.content_hash;
        Ok(if is_there { Holder::Other } else { Holder::Gone { path: holder, content_hash } })
    }

    /// Returns whether an article of another file, which is there, is indexed under the id of `raw` and has another
    /// headline.
    pub(super) fn is_of_another(&self, raw: &RawArticle) -> Result<bool> {
        if self.holder(&raw.path, &raw.id)? != Holder::Other {
            return Ok(false);
        }
        let Some(Entry { address, .. }) = self.by_id.get(&raw.id.ord()) else { return Ok(false) };
        let stored = self.stores[address.segment_ord as usize].part().article(address.doc_id);
        // One that cannot be read is mended by any article with its id.
        Ok(stored.is_ok_and(|stored| headline(&stored.into()) != headline(raw)))
    }

    fn path(&self, address: DocAddress) -> Result<String> {
        let column = &self.columns[address.segment_ord as usize].path;
        text(column, address.doc_id).map_err(Error::engine("read"))
    }

    fn stored_id(&self, address: DocAddress) -> Result<ArticleId> {
        let column = &self.columns[address.segment_ord as usize].id;
        text(column, address.doc_id).map(|id| ArticleId::new(&id)).map_err(Error::engine("read"))
    }

    /// Returns the hash of the content of the article whose id has the hash `ord`, if it was in the index when
    /// the catalog was read.
    pub(crate) fn content_hash(&self, ord: u64) -> Option<u64> {
        self.by_id.get(&ord).map(|entry| entry.content_hash)
    }

    /// Returns whether the article whose id has the hash `ord` is indexed and cannot be read.
    pub(crate) fn is_lost(&self, ord: u64) -> bool {
        self.by_id.get(&ord).is_some_and(|entry| !self.can_read(*entry))
    }

    fn can_read(&self, entry: Entry) -> bool {
        self.stores[entry.address.segment_ord as usize].can_read(entry.address.doc_id)
    }

    /// Returns how an article with this content stands to what is indexed under `id`.
    pub(crate) fn known(&self, id: &ArticleId, content_hash: u64) -> Known {
        match self.by_id.get(&id.ord()) {
            None => Known::New,
            Some(entry) if entry.content_hash == content_hash && self.can_read(*entry) => Known::Unchanged,
            // The hash is one of the id too.
            Some(_) if self.gave_way.contains(&content_hash) => Known::GaveWay,
            Some(_) => Known::Changed,
        }
    }

    /// Returns the paths and ids of the articles whose path `is_wanted` holds for and which are not in `met`
    /// (by the hashes of their ids), in the order of the ids.
    pub(crate) fn not_met(
        &self,
        is_met: impl Fn(u64) -> bool,
        is_wanted: impl Fn(&Path) -> bool,
    ) -> Result<Vec<(PathBuf, ArticleId)>> {
        let mut found = Vec::new();
        for (_, entry) in self.by_id.iter().filter(|(ord, _)| !is_met(**ord)) {
            let path = path_of_text(&self.path(entry.address)?);
            if is_wanted(&path) {
                found.push((path, self.stored_id(entry.address)?));
            }
        }
        found.sort_by(|(_, a), (_, b)| a.cmp(b));
        Ok(found)
    }
}

/// Returns whether there may be articles in `segment` that are compared with none: they have no publisher.
fn is_uncompared(segment: &SegmentReader) -> tantivy::Result<bool> {
    Ok(segment.fast_fields().u64("publisher")?.get_cardinality() != Cardinality::Full)
}

/// Returns how many articles are compared with none.
pub(super) fn n_uncompared(searcher: &Searcher) -> tantivy::Result<usize> {
    let mut n_articles = 0;
    for segment in searcher.segment_readers() {
        if is_uncompared(segment)? {
            let publishers = segment.fast_fields().u64("publisher")?;
            n_articles += segment.doc_ids_alive().filter(|doc| publishers.first(*doc).is_none()).count();
        }
    }
    Ok(n_articles)
}

/// Returns the id of a record that has none of its own.
pub(crate) fn record_id(name: &str, record: u64) -> ArticleId {
    ArticleId::new(&format!("{name}#{record}"))
}

pub(super) fn text_column(segment: &SegmentReader, name: &str) -> tantivy::Result<StrColumn> {
    let missing = || tantivy::TantivyError::FieldNotFound(name.to_owned());
    segment.fast_fields().str(name)?.ok_or_else(missing)
}

pub(super) fn text(column: &StrColumn, doc: DocId) -> tantivy::Result<String> {
    let mut text = String::new();
    if let Some(term) = column.term_ords(doc).next() {
        column.ord_to_str(term, &mut text)?;
    }
    Ok(text)
}
