//! Articles by their place in the order of arrival: those that are committed, from the index, and those
//! that are not yet, from a file that lives as long as the update.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher};

use super::catalog::{text, text_column};
use super::stored_article::StoredArticle;
use crate::article::{Article, ArticleId};
use crate::dedup::{Earlier, Library};
use crate::error::{Error, Result};

/// What the index says of a committed article beside its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    /// Its place in the order of arrival.
    pub(super) number: u32,
    pub(super) address: DocAddress,
    /// The name of its story.
    pub(super) story: u64,
    /// The hash of its outlet; `None` where it was not compared with others.
    pub(super) outlet: Option<u64>,
}

/// Returns what `searcher` sees, in the order of arrival.
pub(super) fn order_of_arrival(searcher: &Searcher) -> Result<Vec<Stored>> {
    let mut order = Vec::with_capacity(usize::try_from(searcher.num_docs()).unwrap_or_default());
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        let column = |name| segment.fast_fields().u64(name).map_err(Error::engine("read"));
        let (arrivals, stories, outlets) = (column("arrival")?, column("story")?, column("publisher")?);
        for doc in segment.doc_ids_alive() {
            let number = arrivals.first(doc).and_then(|number| u32::try_from(number).ok());
            let (Some(number), Some(story)) = (number, stories.first(doc)) else { continue };
            let address = DocAddress::new(segment_ord, doc);
            order.push(Stored { number, address, story, outlet: outlets.first(doc) });
        }
    }
    order.sort_unstable_by_key(|stored| stored.number);
    Ok(order)
}

/// Where an article that is not yet committed lies in the file.
#[derive(Clone)]
struct Spilled {
    start: u64,
    rest_len: usize,
    text_len: usize,
    id: ArticleId,
    content_hash: u64,
}

/// The articles by their numbers.
pub(super) struct Shelf {
    path: PathBuf,
    searcher: Searcher,
    /// The ids of each segment.
    ids: Vec<StrColumn>,
    /// The committed ones, by ascending numbers.
    stored: Vec<(u32, DocAddress)>,
    spilled: FxHashMap<u32, Spilled>,
    file: File,
    /// The bytes of the file.
    n_written: u64,
    /// What is to be written behind them.
    unwritten: Vec<u8>,
    /// The last articles fetched, so that a much copied one is fetched once.
    recent: VecDeque<(u32, Arc<Earlier>)>,
}

/// The file of articles that are not yet committed.
const SPILL_FILE: &str = "arrivals.tmp";
/// Bytes that are kept before they are written: a small update writes none.
const MOST_UNWRITTEN: usize = 1 << 20;
/// Articles kept from one look to the next; some 10 kB each.
const MAX_RECENT: usize = 256;

impl Shelf {
    /// Opens the shelf of what `searcher` sees, in the order `stored`; the file is made in `folder`.
    pub(super) fn open(folder: &Path, searcher: Searcher, stored: &[Stored]) -> Result<Self> {
        let path = folder.join(SPILL_FILE);
        let mut options = File::options();
        let file = options.read(true).write(true).create(true).truncate(true).open(&path);
        let file = file.map_err(|source| Error::io("write", &path, source))?;
        let stored = stored.iter().map(|stored| (stored.number, stored.address)).collect();
        let ids = ids_of(&searcher)?;
        let (spilled, recent) = (FxHashMap::default(), VecDeque::new());
        let unwritten = Vec::new();
        Ok(Self { path, searcher, ids, stored, spilled, file, n_written: 0, unwritten, recent })
    }

    /// Goes on with what `searcher` sees: everything that was put here is committed.
    pub(super) fn reopen(&mut self, searcher: Searcher) -> Result<()> {
        self.stored = order_of_arrival(&searcher)?.iter().map(|stored| (stored.number, stored.address)).collect();
        self.ids = ids_of(&searcher)?;
        self.searcher = searcher;
        self.spilled.clear();
        self.unwritten.clear();
        self.n_written = 0;
        self.file.set_len(0).map_err(|source| Error::io("write", &self.path, source))
    }

    /// Puts `article`, all of which but its text is encoded as `rest`, on the shelf as number `number`.
    pub(super) fn put(&mut self, number: u32, article: &Article, rest: &[u8], content_hash: u64) -> Result<()> {
        let start = self.n_written + self.unwritten.len() as u64;
        let (rest_len, text_len) = (rest.len(), article.text.len());
        let spilled = Spilled { start, rest_len, text_len, id: article.id.clone(), content_hash };
        self.spilled.insert(number, spilled);
        self.unwritten.extend_from_slice(rest);
        self.unwritten.extend_from_slice(article.text.as_bytes());
        if self.unwritten.len() < MOST_UNWRITTEN {
            return Ok(());
        }
        let end = SeekFrom::Start(self.n_written);
        let written = self.file.seek(end).and_then(|_| self.file.write_all(&self.unwritten));
        written.map_err(|source| Error::io("write", &self.path, source))?;
        self.n_written += self.unwritten.len() as u64;
        self.unwritten.clear();
        Ok(())
    }

    /// Returns the article `number`, where there is one.
    pub(super) fn article(&self, number: u32) -> Result<Option<Article>> {
        if let Some(spilled) = self.spilled.get(&number) {
            return self.read(spilled).map(Some);
        }
        self.address(number).map(|address| self.fetch(address)).transpose()
    }

    /// Returns the id of the article `number`, where there is one.
    pub(super) fn id(&self, number: u32) -> Option<ArticleId> {
        if let Some(spilled) = self.spilled.get(&number) {
            return Some(spilled.id.clone());
        }
        let address = self.address(number)?;
        text(self.ids.get(address.segment_ord as usize)?, address.doc_id).ok().map(|id| ArticleId::new(&id))
    }

    /// Returns the hash of the content of the article `number`; 0 where there is none.
    pub(super) fn content_hash(&self, number: u32) -> Result<u64> {
        if let Some(spilled) = self.spilled.get(&number) {
            return Ok(spilled.content_hash);
        }
        let Some(address) = self.address(number) else { return Ok(0) };
        let hashes = self.searcher.segment_reader(address.segment_ord).fast_fields().u64("content_hash");
        Ok(hashes.map_err(Error::engine("read"))?.first(address.doc_id).unwrap_or_default())
    }

    /// Returns where the committed article `number` is.
    fn address(&self, number: u32) -> Option<DocAddress> {
        let place = self.stored.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.stored.get(place).map(|(_, address)| *address)
    }

    fn read(&self, spilled: &Spilled) -> Result<Article> {
        let rest = self.bytes(spilled.start, spilled.rest_len)?;
        let text = self.bytes(spilled.start + spilled.rest_len as u64, spilled.text_len)?;
        let text = String::from_utf8(text).map_err(|source| self.damaged(source))?;
        StoredArticle::new(text, rest).decode().map_err(|source| self.damaged(source))
    }

    /// Returns bytes of the file, written or not.
    fn bytes(&self, start: u64, len: usize) -> Result<Vec<u8>> {
        if let Some(start) = start.checked_sub(self.n_written).and_then(|start| usize::try_from(start).ok()) {
            return Ok(self.unwritten[start..start + len].to_vec());
        }
        let mut bytes = vec![0; len];
        let mut file = &self.file;
        let read = file.seek(SeekFrom::Start(start)).and_then(|_| file.read_exact(&mut bytes));
        read.map_err(|source| Error::io("read", &self.path, source))?;
        Ok(bytes)
    }

    fn fetch(&self, address: DocAddress) -> Result<Article> {
        let stored: StoredArticle = self.searcher.doc(address).map_err(Error::engine("read"))?;
        stored.decode().map_err(|source| self.damaged(source))
    }

    fn damaged(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::IndexDamaged { path: self.path.parent().unwrap_or(&self.path).into(), source: source.into() }
    }
}

fn ids_of(searcher: &Searcher) -> Result<Vec<StrColumn>> {
    let ids = searcher.segment_readers().iter().map(|segment| text_column(segment, "id"));
    ids.collect::<tantivy::Result<_>>().map_err(Error::engine("read"))
}

impl Library for Shelf {
    fn earlier(&mut self, number: u32) -> Result<Option<Arc<Earlier>>> {
        if let Some((_, earlier)) = self.recent.iter().find(|(recent, _)| *recent == number) {
            return Ok(Some(Arc::clone(earlier)));
        }
        let Some(article) = self.article(number)? else { return Ok(None) };
        let earlier = Arc::new(Earlier::new(article));
        if self.recent.len() == MAX_RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((number, Arc::clone(&earlier)));
        Ok(Some(earlier))
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // What stays behind is overwritten by the next update.
        let _ = std::fs::remove_file(&self.path);
    }
}
