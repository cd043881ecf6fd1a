//! The articles of an index in the order of their arrival, and what each new one repeats of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};
use xxhash_rust::xxh3::xxh3_64;

use super::contents::Contents;
use super::document::sources;
use super::fingerprints::Fingerprints;
use super::shelf::{Shelf, Stored, order_of_arrival};
use super::stored_article::StoredArticle;
use super::texts::Texts;
use super::writer::Writer;
use super::{Duplicates, Fields};
use crate::article::{Article, ArticleId};
use crate::dedup::{self, Arrived, Arriving, Deduper, Findings, Repeat, Sketch};
use crate::error::{Error, Result};

/// What an article is in the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arrival {
    /// Its place.
    pub(crate) number: u32,
    /// The name of its story: the number of the article that began it.
    pub(crate) story: u64,
    /// The hash of who published it; `None` where it is not compared with others.
    pub(crate) outlet: Option<u64>,
}

/// The folder, inside that of the index, of what is kept to find repeats.
const FOLDER: &str = "repeats";

/// What finds the repeats of each arriving article.
pub(super) struct Arrivals {
    folder: PathBuf,
    searcher: Searcher,
    texts: Texts,
    fields: Fields,
    duplicates: Duplicates,
    /// Made when it is needed: an update that finds nothing new does without.
    memory: Option<Memory>,
    /// The name of the fingerprints that go with the last commit.
    saved: Option<u64>,
    next: u32,
    /// What arrived since the last commit.
    pending: Pending,
}

/// The memory of the deduper and the articles it knows.
struct Memory {
    folder: PathBuf,
    deduper: Deduper<Fingerprints>,
    shelf: Shelf,
}

/// What happened since the last commit.
#[derive(Default)]
struct Pending {
    /// The articles by the hashes of their ids.
    numbers: FxHashMap<u64, u32>,
    /// Those that repeat others, by the hash of the id of the other.
    dependents: FxHashMap<u64, Vec<u32>>,
    /// The hashes of the ids of those that are gone or were replaced.
    gone: BTreeSet<u64>,
    /// The numbers they had.
    forgotten: FxHashSet<u32>,
}

impl Arrivals {
    /// Begins behind the articles that were committed last to the index of `writer`.
    pub(super) fn new(writer: &Writer, fields: Fields, duplicates: Duplicates) -> Result<Self> {
        let (searcher, texts, saved) = (writer.searcher()?, writer.texts().clone(), writer.repeats());
        let mut next = 0;
        for segment in searcher.segment_readers() {
            let arrivals = segment.fast_fields().u64("arrival").map_err(Error::engine("read"))?;
            if segment.num_docs() > 0 {
                next = next.max(u32::try_from(arrivals.max_value() + 1).unwrap_or(u32::MAX));
            }
        }
        let (folder, pending) = (writer.path().join(FOLDER), Pending::default());
        Ok(Self { folder, searcher, texts, fields, duplicates, memory: None, saved, next, pending })
    }

    /// Begins as if nothing had arrived before.
    pub(super) fn forgetting_all(mut self) -> Result<Self> {
        self.memory = Some(Memory::empty(&self.folder, self.searcher.clone(), &self.texts, &[])?);
        self.next = 0;
        Ok(self)
    }

    /// Takes in `article`, whose repeats of itself are recorded and which looks like `sketch`; records
    /// what it repeats of earlier ones. It is to be [kept](Self::keep) next.
    pub(super) fn add(&mut self, article: &mut Article, sketch: &Sketch) -> Result<Arrival> {
        let number = self.next;
        let arrival = match self.duplicates {
            Duplicates::Ignore => Arrival { number, story: number.into(), outlet: None },
            Duplicates::Find => self.compare(article, sketch)?,
        };
        self.next += 1;
        self.pending.numbers.insert(article.id.ord(), number);
        self.pending.depends(number, article);
        Ok(arrival)
    }

    /// Keeps the article `id`, as it is to be `stored`, until it is committed, for those that are compared with it.
    pub(super) fn keep(
        &mut self,
        id: &ArticleId,
        arrival: &Arrival,
        stored: &StoredArticle,
        contents: &Contents,
    ) -> Result<()> {
        match &mut self.memory {
            Some(memory) if arrival.outlet.is_some() => memory.shelf.put(arrival.number, id, stored, contents),
            _ => Ok(()),
        }
    }

    fn compare(&mut self, article: &mut Article, sketch: &Sketch) -> Result<Arrival> {
        let (number, outlet) = (self.next, outlet(article));
        let memory = self.memory()?;
        let arriving = Arriving { text: &article.text, sketch, story: number.into(), outlet, day: article.day() };
        let Findings { repeats, story } = memory.or_replayed(|memory| {
            memory.deduper.memory().relieve()?;
            memory.deduper.skip_to(number);
            memory.deduper.add(arriving, &mut memory.shelf)
        })?;
        memory.record(article, repeats);
        Ok(Arrival { number, story, outlet: Some(outlet) })
    }

    /// Forgets the article `id`, which is removed or gives way to another.
    pub(super) fn forget(&mut self, id: &ArticleId) -> Result<()> {
        let number = match self.pending.numbers.remove(&id.ord()) {
            Some(number) => Some(number),
            None => self.committed_number(id)?,
        };
        let Some(number) = number else { return Ok(()) };
        self.pending.gone.insert(id.ord());
        // A memory that is made later knows nothing of it.
        if let Some(memory) = &mut self.memory {
            memory.deduper.forget(number);
        }
        self.pending.forgotten.insert(number);
        Ok(())
    }

    /// Judges again, in the order of arrival, what repeats articles that are gone since the last commit,
    /// so that nothing points at text that cannot be found; calls `take` with each as it is now to be
    /// stored and what it was read from.
    pub(super) fn settle(&mut self, take: &mut dyn FnMut(Article, Arrival, Contents) -> Result<()>) -> Result<()> {
        let numbers = self.affected()?;
        if numbers.is_empty() {
            return Ok(());
        }
        let memory = self.memory()?;
        for number in numbers {
            if let Some((article, arrival)) = memory.or_replayed(|memory| memory.judge_again(number))? {
                let contents = memory.shelf.contents(number)?;
                take(article, arrival, contents)?;
            }
        }
        Ok(())
    }

    /// Writes the fingerprints that go with the commit to come, and returns their name.
    pub(super) fn save(&mut self) -> Result<Option<u64>> {
        if let Some(memory) = &mut self.memory {
            self.saved = Some(memory.or_replayed(|memory| memory.deduper.memory().save())?);
        }
        Ok(self.saved)
    }

    /// Removes the fingerprints that went with the commit before the last.
    pub(super) fn clean(&mut self) {
        if let (Some(memory), Some(saved)) = (&mut self.memory, self.saved) {
            memory.deduper.memory().keep_only(saved);
        }
    }

    /// Goes on behind a commit, after which `searcher` sees everything.
    pub(super) fn committed(&mut self, searcher: Searcher) -> Result<()> {
        self.pending = Pending::default();
        if let Some(memory) = &mut self.memory {
            memory.shelf.reopen(searcher.clone())?;
        }
        self.searcher = searcher;
        Ok(())
    }

    /// Returns the articles that repeat one that is gone, and those in whose place the gone ones were: the
    /// first of the others may be their source now.
    fn affected(&self) -> Result<BTreeSet<u32>> {
        let mut affected = BTreeSet::new();
        for gone in &self.pending.gone {
            let mut dependents = self.committed_dependents(*gone)?;
            dependents.extend(self.pending.dependents.get(gone).into_iter().flatten());
            dependents.retain(|number| !self.pending.forgotten.contains(number));
            if !dependents.is_empty() {
                affected.extend(self.pending.numbers.get(gone));
            }
            affected.extend(dependents);
        }
        Ok(affected)
    }

    fn committed_dependents(&self, source: u64) -> Result<Vec<u32>> {
        self.numbers(Term::from_field_u64(self.fields.sources, source))
    }

    fn committed_number(&self, id: &ArticleId) -> Result<Option<u32>> {
        Ok(self.numbers(Term::from_field_text(self.fields.id, id.as_str()))?.pop())
    }

    /// Returns the numbers of the committed articles that have `term`.
    fn numbers(&self, term: Term) -> Result<Vec<u32>> {
        let find = || -> tantivy::Result<Vec<u32>> {
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let mut numbers = Vec::new();
            for address in self.searcher.search(&query, &DocSetCollector)? {
                let segment = self.searcher.segment_reader(address.segment_ord);
                let number = segment.fast_fields().u64("arrival")?.first(address.doc_id);
                numbers.extend(number.and_then(|number| u32::try_from(number).ok()));
            }
            Ok(numbers)
        };
        find().map_err(Error::engine("read"))
    }

    fn memory(&mut self) -> Result<&mut Memory> {
        let memory = if let Some(memory) = self.memory.take() {
            memory
        } else {
            let mut memory = Memory::open(&self.folder, self.saved, self.searcher.clone(), &self.texts)?;
            self.pending.forgotten.iter().for_each(|number| memory.deduper.forget(*number));
            memory
        };
        Ok(self.memory.insert(memory))
    }
}

impl Memory {
    /// Returns a memory that knows none of the articles `order`.
    fn empty(folder: &Path, searcher: Searcher, texts: &Texts, order: &[Stored]) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|source| Error::io("create", folder, source))?;
        let deduper = Deduper::resume(Fingerprints::empty(folder), Vec::new());
        Ok(Self { folder: folder.into(), deduper, shelf: Shelf::open(folder, searcher, texts.clone(), order)? })
    }

    /// Opens the memory of the stored articles: the fingerprints `saved`, or those made anew.
    fn open(folder: &Path, saved: Option<u64>, searcher: Searcher, texts: &Texts) -> Result<Self> {
        let order = order_of_arrival(&searcher)?;
        let mut memory = Self::empty(folder, searcher, texts, &order)?;
        let arrived = order.iter().filter_map(|stored| {
            let Stored { number, story, outlet, .. } = *stored;
            Some(Arrived { number, story, outlet: outlet?, is_forgotten: false })
        });
        let arrived: Vec<Arrived> = arrived.collect();
        match saved.and_then(|saved| Fingerprints::open(folder, saved)) {
            Some(fingerprints) => memory.deduper = Deduper::resume(fingerprints, arrived),
            None => memory.replay(&arrived)?,
        }
        Ok(memory)
    }

    /// Makes the fingerprints of `arrived` anew; those that are forgotten leave none.
    fn replay(&mut self, arrived: &[Arrived]) -> Result<()> {
        self.deduper = Deduper::resume(Fingerprints::empty(&self.folder), Vec::new());
        for Arrived { number, story, outlet, is_forgotten } in arrived {
            let Some(article) = self.shelf.article(*number)?.filter(|_| !is_forgotten) else { continue };
            let (sketch, story, outlet) = (Sketch::of(&article), *story, *outlet);
            self.deduper.memory().relieve()?;
            self.deduper.skip_to(*number);
            self.deduper.add_known(
                Arriving { text: &article.text, sketch: &sketch, story, outlet, day: article.day() },
                &mut self.shelf,
            )?;
        }
        Ok(())
    }

    /// Does `act`, and does it again with fingerprints made anew where they turn out to be damaged.
    fn or_replayed<T>(&mut self, act: impl Fn(&mut Self) -> Result<T>) -> Result<T> {
        match act(self) {
            Err(Error::RepeatsDamaged { .. }) => {
                let arrived = self.deduper.articles().to_vec();
                self.replay(&arrived)?;
                act(self)
            }
            done => done,
        }
    }

    /// Judges the article `number` again, where it is compared with others at all.
    fn judge_again(&mut self, number: u32) -> Result<Option<(Article, Arrival)>> {
        let Some(Arrived { story, outlet, .. }) = self.deduper.article(number).copied() else { return Ok(None) };
        let Some(mut article) = self.shelf.article(number)? else { return Ok(None) };
        let sketch = dedup::fold_repeats(&mut article);
        let arriving = Arriving { text: &article.text, sketch: &sketch, story, outlet, day: article.day() };
        let repeats = self.deduper.judge_again(number, arriving, &mut self.shelf)?;
        self.record(&mut article, repeats);
        Ok(Some((article, Arrival { number, story, outlet: Some(outlet) })))
    }

    fn record(&self, article: &mut Article, repeats: Vec<Repeat>) {
        dedup::record(article, repeats, |number| self.shelf.id(number));
    }
}

impl Pending {
    fn depends(&mut self, number: u32, article: &Article) {
        for source in sources(article) {
            self.dependents.entry(source).or_default().push(number);
        }
    }
}

/// Returns the hash of who published `article`; 0 where nothing says so.
fn outlet(article: &Article) -> u64 {
    let named = article.outlet().map(str::to_lowercase);
    let host = || article.metadata.url.as_deref().and_then(host_of).map(str::to_lowercase);
    named.or_else(host).map_or(0, |name| xxh3_64(name.as_bytes()))
}

/// Returns the host of an address without the `www.` that may be left out.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_stands_for_its_outlet() {
        assert_eq!(host_of("https://www.kompas.id/baca/1"), Some("kompas.id"));
        assert_eq!(host_of("http://tirto.id?x=1"), Some("tirto.id"));
        assert_eq!(host_of("tirto.id/a"), None);
    }
}
