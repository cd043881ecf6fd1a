//! Reading an index: opening it, fetching articles, counting what is there.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, Searcher, SegmentReader, Term};
use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3Default;

use super::lone::LoneStories;
use super::outlets::{OutletCount, outlets};
use super::settings::{Companions, Settings};
use super::stored_article::StoredArticle;
use super::texts::Texts;
use super::{Fields, directory};
use crate::analysis::{Analyzer, LentMemo, Memos};
use crate::article::{Article, ArticleDate};
use crate::error::{Error, Result};

/// Blocks of stored articles kept unpacked, of each segment: some 4 MiB.
const CACHED_BLOCKS: usize = 512;

/// An index opened for reading: a view of its last commit, with the analyzer it was written with.
pub struct Index {
    path: PathBuf,
    analyzer: Analyzer,
    settings: Settings,
    reader: IndexReader,
    texts: Texts,
    fields: Fields,
    lone_stories: OnceLock<LoneStories>,
    memos: Memos,
}

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexStats {
    /// Articles that can be found.
    pub articles: u64,
    /// Replaced and removed articles that still take room.
    pub garbage: u64,
    /// The first and the last day of publication, in WIB; `null` where no article has a date.
    pub dates: Option<(Date, Date)>,
    /// The outlets they come from, those with the most articles first.
    pub outlets: Vec<OutletCount>,
    /// Parts the index is kept in.
    pub segments: usize,
    /// Bytes on disk, the memory of repeats included.
    pub bytes: u64,
    /// What the index was written with.
    pub settings: Settings,
}

impl Index {
    /// Opens the index in the folder `path` with the dictionaries this library comes with.
    ///
    /// # Errors
    /// Returns [`Error::IndexMissing`], [`Error::IndexFormat`], [`Error::IndexAnalyzer`],
    /// [`Error::IndexDamaged`], [`Error::PartsDamaged`], or [`Error::Io`] where the system refuses to read it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path.as_ref(), Analyzer::indonesian())
    }

    /// Opens the index in the folder `path` with `analyzer`, which must be the one it was written
    /// with.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_with(path: &Path, analyzer: Analyzer) -> Result<Self> {
        let index = Self::open_any_with(path, analyzer)?;
        index.settings.check(path, index.analyzer.identity())?;
        Ok(index)
    }

    /// Opens the index in the folder `path` for its stored articles, whatever analyzer it was
    /// written with.
    pub(crate) fn open_any(path: &Path) -> Result<Self> {
        Self::open_any_with(path, Analyzer::indonesian())
    }

    fn open_any_with(path: &Path, analyzer: Analyzer) -> Result<Self> {
        let missing = || Error::IndexMissing { path: path.into() };
        let settings = Settings::read(path)?.ok_or_else(missing)?;
        let inner = directory::open(path)?;
        let (reader, companions) = view(path, &inner, CACHED_BLOCKS)?;
        let texts = companions.texts(path)?;
        Ok(Self {
            path: path.into(),
            analyzer,
            settings,
            reader,
            texts,
            fields: Fields::schema().1,
            lone_stories: OnceLock::new(),
            memos: Memos::default(),
        })
    }

    /// Returns the analyzer of the indexed text.
    #[must_use]
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// Returns a memo for the analyzer: the words of one search come again in the next.
    pub(crate) fn memo(&self) -> LentMemo<'_> {
        self.memos.lend()
    }

    /// Returns what the index was written with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the number of the state of the index that is read: another one whenever articles were
    /// added or removed since, or segments merged, which lets go of what removed articles said of
    /// the frequency of words.
    #[must_use]
    pub fn generation(&self) -> u64 {
        let mut hasher = Xxh3Default::new();
        self.searcher().generation().segments().hash(&mut hasher);
        hasher.finish()
    }

    /// Returns the article with the id `id`; where there is none, the one article whose id `id`
    /// begins, or begins behind a `/`.
    ///
    /// # Errors
    /// Returns [`Error::ArticleMissing`] or [`Error::ArticleAmbiguous`].
    pub fn article(&self, id: &str) -> Result<Article> {
        match self.find(id)? {
            Some(address) => self.fetch(address),
            None => self.abbreviated(id),
        }
    }

    /// Returns where the article with exactly this id is.
    pub(crate) fn find(&self, id: &str) -> Result<Option<DocAddress>> {
        let term = Term::from_field_text(self.fields.id, id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.searcher().search(&query, &TopDocs::with_limit(1).order_by_score());
        Ok(found.map_err(Error::engine("read"))?.first().map(|(_, address)| *address))
    }

    fn abbreviated(&self, id: &str) -> Result<Article> {
        let mut matches: Vec<String> = self.ids()?.into_iter().filter(|full| is_abbreviation(id, full)).collect();
        match matches.len() {
            0 => Err(Error::ArticleMissing { id: id.to_owned() }),
            1 => self.article(&matches.remove(0)),
            _ => Err(Error::ArticleAmbiguous { id: id.to_owned(), matches }),
        }
    }

    /// Returns the id of every article, sorted.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn ids(&self) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        for segment in self.searcher().segment_readers() {
            let Some(column) = segment.fast_fields().str("id").map_err(Error::engine("read"))? else { continue };
            for doc in segment.doc_ids_alive() {
                let mut id = String::new();
                if let Some(term) = column.term_ords(doc).next() {
                    column.ord_to_str(term, &mut id).map_err(|source| Error::io("read", &self.path, source))?;
                }
                ids.push(id);
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// Returns what the index holds.
    ///
    /// # Errors
    /// Fails where the folder cannot be read.
    pub fn stats(&self) -> Result<IndexStats> {
        let searcher = self.searcher();
        let segments = searcher.segment_readers();
        Ok(IndexStats {
            articles: searcher.num_docs(),
            garbage: segments.iter().map(|segment| u64::from(segment.num_deleted_docs())).sum(),
            dates: self.dates()?,
            outlets: self.outlets()?,
            segments: segments.len(),
            bytes: bytes_on_disk(&self.path),
            settings: self.settings.clone(),
        })
    }

    /// Returns the first and the last day on which its articles were published, in WIB; nothing where none has a date.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn dates(&self) -> Result<Option<(Date, Date)>> {
        dates(self.searcher().segment_readers())
    }

    /// Returns the outlets that articles come from, those with the most articles first.
    pub(crate) fn outlets(&self) -> Result<Vec<OutletCount>> {
        outlets(self.searcher().segment_readers()).map_err(Error::engine("read"))
    }

    /// Returns a view of the last commit.
    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Returns how stored texts are compressed.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Returns which documents tell a story alone; found out when it is first asked for.
    pub(crate) fn lone_stories(&self) -> Result<&LoneStories> {
        if let Some(known) = self.lone_stories.get() {
            return Ok(known);
        }
        let read = LoneStories::read(self.searcher().segment_readers()).map_err(Error::engine("read"))?;
        Ok(self.lone_stories.get_or_init(|| read))
    }

    /// Returns whether the article at `address` is known to tell its story alone: of all articles that is known once
    /// [`lone_stories`](Self::lone_stories) were asked for.
    pub(crate) fn is_known_alone(&self, address: DocAddress) -> bool {
        self.lone_stories.get().is_some_and(|lone| lone.has(address))
    }

    /// Fetches the article stored at `address`.
    pub(crate) fn fetch(&self, address: DocAddress) -> Result<Article> {
        let read = StoredArticle::read(|| self.searcher().doc(address), &self.texts);
        read.map_err(|damage| Error::PartsDamaged { path: self.path.clone(), source: damage.into() })
    }
}

/// Opens a view of the last commit of `index` with what goes with it: another commit between the two may have other
/// texts. It keeps `n_blocks` blocks of stored articles unpacked, of each segment.
pub(super) fn view(path: &Path, index: &tantivy::Index, n_blocks: usize) -> Result<(IndexReader, Companions)> {
    let mut before = Companions::read(path, index)?;
    loop {
        let reader = directory::reader(path, index, n_blocks)?;
        let companions = Companions::read(path, index)?;
        if companions.has_texts_of(&before) {
            return Ok((reader, companions));
        }
        before = companions;
    }
}

/// Returns the bytes of all files in the folder `path` and below it; those that go away meanwhile are
/// left out.
fn bytes_on_disk(path: &Path) -> u64 {
    let entries = WalkDir::new(path).into_iter().filter_map(std::result::Result::ok);
    entries.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len()).sum()
}

/// Returns the first and the last day of publication.
fn dates(segments: &[SegmentReader]) -> Result<Option<(Date, Date)>> {
    let mut range: Option<(i64, i64)> = None;
    for segment in segments {
        let column = segment.fast_fields().i64("date").map_err(Error::engine("read"))?;
        for seconds in segment.doc_ids_alive().filter_map(|doc| column.first(doc)) {
            let (first, last) = range.unwrap_or((seconds, seconds));
            range = Some((first.min(seconds), last.max(seconds)));
        }
    }
    let wib = Offset::from_seconds(ArticleDate::WIB).unwrap_or(Offset::UTC);
    let day = |seconds| Timestamp::from_second(seconds).ok().map(|time| wib.to_datetime(time).date());
    Ok(range.and_then(|(first, last)| Some((day(first)?, day(last)?))))
}

/// Returns whether `id` is the beginning of `full`, or of its last part.
fn is_abbreviation(id: &str, full: &str) -> bool {
    let name = full.rsplit('/').next().unwrap_or(full);
    !id.is_empty() && (full.starts_with(id) || name.starts_with(id))
}
