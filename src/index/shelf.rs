//! Articles by their place in the order of arrival: those that are committed, from the index, and those
//! that are not yet, put aside as long as the update lives.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Searcher};

use super::catalog::{text, text_column};
use super::contents::{ContentColumns, Contents};
use super::spill::{Place, Spill};
use super::stored_article::StoredArticle;
use super::texts::Texts;
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

/// An article that is not yet committed.
struct Spilled {
    /// Where it is, as it will be stored.
    place: Place,
    id: ArticleId,
    contents: Contents,
}

/// The articles by their numbers.
pub(super) struct Shelf {
    searcher: Searcher,
    texts: Texts,
    /// The ids of each segment.
    ids: Vec<StrColumn>,
    /// The committed ones, by ascending numbers.
    stored: Vec<(u32, DocAddress)>,
    /// Those that are not committed, by ascending numbers.
    spilled: Vec<(u32, Spilled)>,
    /// Those, encoded.
    spill: Spill,
    /// The last articles fetched, so that a much copied one is fetched once.
    recent: VecDeque<(u32, Arc<Earlier>)>,
}

/// The file of articles that are not yet committed.
const SPILL_FILE: &str = "arrivals.tmp";
/// Articles kept from one look to the next; some 10 kB each.
const MAX_RECENT: usize = 256;

impl Shelf {
    /// Opens the shelf of what `searcher` sees, in the order `stored`; what is put on it lies in `folder`.
    pub(super) fn open(folder: &Path, searcher: Searcher, texts: Texts, stored: &[Stored]) -> Result<Self> {
        let spill = Spill::new(folder.join(SPILL_FILE));
        let stored = stored.iter().map(|stored| (stored.number, stored.address)).collect();
        let ids = ids_of(&searcher)?;
        let (spilled, recent) = (Vec::new(), VecDeque::new());
        Ok(Self { searcher, texts, ids, stored, spilled, spill, recent })
    }

    /// Goes on with what `searcher` sees: everything that was put here is committed.
    pub(super) fn reopen(&mut self, searcher: Searcher) -> Result<()> {
        self.stored = order_of_arrival(&searcher)?.iter().map(|stored| (stored.number, stored.address)).collect();
        self.ids = ids_of(&searcher)?;
        self.searcher = searcher;
        self.spilled.clear();
        self.spill.clear()
    }

    /// Puts the article `id`, as it is to be `stored`, on the shelf as number `number`, behind those that are there.
    pub(super) fn put(
        &mut self,
        number: u32,
        id: &ArticleId,
        stored: &StoredArticle,
        contents: &Contents,
    ) -> Result<()> {
        let spilled = Spilled { place: self.spill.put(stored.bytes())?, id: id.clone(), contents: contents.clone() };
        debug_assert!(self.spilled.last().is_none_or(|(last, _)| *last < number), "numbers ascend");
        self.spilled.push((number, spilled));
        Ok(())
    }

    /// Returns the article `number`, where there is one.
    pub(super) fn article(&self, number: u32) -> Result<Option<Article>> {
        if let Some(spilled) = self.spilled(number) {
            return self.read(spilled).map(Some);
        }
        Ok(self.address(number).and_then(|address| self.fetch(address)))
    }

    /// Returns the id of the article `number`, where there is one.
    pub(super) fn id(&self, number: u32) -> Option<ArticleId> {
        if let Some(spilled) = self.spilled(number) {
            return Some(spilled.id.clone());
        }
        let address = self.address(number)?;
        text(self.ids.get(address.segment_ord as usize)?, address.doc_id).ok().map(|id| ArticleId::new(&id))
    }

    /// Returns what the article `number` was read from; nothing where there is none.
    pub(super) fn contents(&self, number: u32) -> Result<Contents> {
        if let Some(spilled) = self.spilled(number) {
            return Ok(spilled.contents.clone());
        }
        let Some(address) = self.address(number) else { return Ok(Contents::default()) };
        let columns = ContentColumns::open(self.searcher.segment_reader(address.segment_ord));
        Ok(columns.map_err(Error::engine("read"))?.get(address.doc_id))
    }

    /// Returns where the committed article `number` is.
    fn address(&self, number: u32) -> Option<DocAddress> {
        numbered(&self.stored, number).copied()
    }

    /// Returns where the article `number` is put aside.
    fn spilled(&self, number: u32) -> Option<&Spilled> {
        numbered(&self.spilled, number)
    }

    fn read(&self, spilled: &Spilled) -> Result<Article> {
        let stored = StoredArticle::from(self.spill.get(spilled.place)?.into_owned());
        stored.decode(&self.texts).map_err(|_| self.damaged())
    }

    /// Returns a committed article, where it can be read: those that cannot are compared with none, and a check
    /// names them.
    fn fetch(&self, address: DocAddress) -> Option<Article> {
        StoredArticle::read(|| self.searcher.doc(address), &self.texts).ok()
    }

    /// Returns the error of what was put aside and comes back otherwise: the index is as it was.
    fn damaged(&self) -> Error {
        let file = self.spill.path();
        Error::RepeatsDamaged { path: file.parent().unwrap_or(file).into() }
    }
}

/// Returns what has the number `number` in `list`, where numbers ascend.
fn numbered<T>(list: &[(u32, T)], number: u32) -> Option<&T> {
    let place = list.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    list.get(place).map(|(_, found)| found)
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
