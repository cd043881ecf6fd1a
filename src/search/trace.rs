//! Who carries a sentence, exactly or nearly, and who had it first.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::embedded::searched::SearchedFields;
use super::embedded::{self, Address};
use super::request::{Count, Duplicates, SearchRequest, Sort};
use crate::analysis::Analyzer;
use crate::article::{Article, ArticleDate, ArticleId, LinkKind};
use crate::dedup::{Carried, Difference, Traced};
use crate::error::Result;
use crate::index::{Index, LostArticle};
use crate::query::{self, Clause, ClauseKind, Plan};

/// Articles that are compared with the sentence at most: some seconds.
const MAX_ARTICLES: usize = 10_000;
/// Of these, articles that have some words of it, those that have most of them first.
const MAX_NEAR: usize = 1000;
/// The share of those, from the last, that says whether more would have been worth a look.
const TAIL: usize = 10;
/// Words of the sentence that are searched for; the comparison regards all.
const MAX_WORDS: usize = 48;

/// Who carries a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The articles that carry it, the earliest first; those without a date come last, in the order of arrival.
    pub carriers: Vec<Carrier>,
    /// Whether there are no others: not where the bounds of the search were reached.
    pub is_complete: bool,
    /// Articles that may carry it and cannot be read.
    pub unreadable: Vec<LostArticle>,
}

/// An article that carries a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Where it was published, as far as it says.
    pub outlet: Option<String>,
    /// When it was published.
    pub date: Option<ArticleDate>,
    /// Where it carries the sentence, in bytes of the body as received.
    pub received: Range<usize>,
    /// What stands there.
    pub text: String,
    /// How that is like the sentence.
    pub kind: LinkKind,
    /// What differs, in the order of the sentence.
    pub differences: Vec<Difference>,
}

impl Carrier {
    fn new(article: &Article, carried: Carried) -> Self {
        let metadata = &article.metadata;
        let Carried { range, kind, differences } = carried;
        Self {
            id: article.id.clone(),
            title: article.title(),
            outlet: article.outlet().map(str::to_owned),
            date: metadata.date.as_ref().map(|found| found.value),
            received: article.received_offset(range.start)..article.received_offset(range.end),
            text: article.text[range].to_owned(),
            kind,
            differences,
        }
    }
}

/// Returns the articles of `index` that carry `sentence`, exactly or nearly.
///
/// Looked at are those that have its words side by side, the earliest first, those that have most of its words, and
/// from each that carries it those that it has it from and those that have it from there: where an article repeats it
/// within its outlet it is not indexed. The number is bounded, [`Trace::is_complete`].
///
/// # Errors
/// Fails where the lists of the index cannot be read.
pub fn trace(index: &Index, sentence: &str) -> Result<Trace> {
    trace_among(index, sentence, MAX_ARTICLES)
}

/// Looks at `max_articles` at most.
fn trace_among(index: &Index, sentence: &str, max_articles: usize) -> Result<Trace> {
    let Some(traced) = Traced::new(sentence) else {
        return Ok(Trace { carriers: Vec::new(), is_complete: true, unreadable: Vec::new() });
    };
    // One more than is looked at, so that it shows where there are more.
    let with_phrase = found(index, &phrase(sentence, index.analyzer()), Sort::Oldest, max_articles.saturating_add(1))?;
    let words = query::read(&as_words(sentence), index.analyzer(), None);
    let near = found(index, &words, Sort::Relevance, MAX_NEAR)?;
    let mut walk = Walk::new(index, &traced);
    walk.add(with_phrase.iter().chain(&near).copied());
    let is_whole = walk.run(max_articles)?;
    let tail: FxHashSet<_> = near[near.len() - near.len() / TAIL..].iter().collect();
    let with_phrase: FxHashSet<_> = with_phrase.iter().collect();
    let is_near = |address| tail.contains(address) && !with_phrase.contains(address);
    let are_more_near = near.len() == MAX_NEAR && walk.carriers.iter().any(|met| is_near(&met.address));
    Ok(Trace {
        is_complete: is_whole && !are_more_near,
        unreadable: std::mem::take(&mut walk.unreadable),
        carriers: walk.in_order(),
    })
}

/// Returns the first `limit` articles that match `plan`.
fn found(index: &Index, plan: &Plan, sort: Sort, limit: usize) -> Result<Vec<Address>> {
    let (count, duplicates) = (Count::Skip, Duplicates::Show);
    let request = SearchRequest { limit, count, duplicates, sort, ..SearchRequest::default() };
    let found = embedded::top(index, &SearchedFields::new(index), plan, &request, &mut |_| {})?;
    Ok(found.scored.iter().map(|scored| scored.address).collect())
}

/// Returns a plan for what has the words of `sentence` side by side.
fn phrase(sentence: &str, analyzer: &Analyzer) -> Plan {
    let words = analyzer.analyze(sentence);
    let tokens = words.iter().flat_map(|word| word.form.exact().split(' ').map(str::to_owned));
    let exact: Vec<String> = tokens.take(MAX_WORDS).collect();
    if exact.is_empty() {
        return Plan::default();
    }
    Plan { clauses: vec![Clause::new(0..0, "", ClauseKind::Phrase { exact, slop: 0 })], notes: Vec::new() }
}

/// Returns the words of `sentence` so that no syntax is read into them.
fn as_words(sentence: &str) -> String {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MAX_WORDS).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// An article that was met.
struct Met {
    address: Address,
    carrier: Carrier,
}

/// The way from article to article along what they have from one another.
struct Walk<'a> {
    index: &'a Index,
    traced: &'a Traced,
    /// Articles to look at; one that has to come earlier may be there twice.
    next: VecDeque<Address>,
    known: FxHashSet<Address>,
    seen: FxHashSet<Address>,
    carriers: Vec<Met>,
    unreadable: Vec<LostArticle>,
}

impl<'a> Walk<'a> {
    fn new(index: &'a Index, traced: &'a Traced) -> Self {
        let (next, known, seen) = (VecDeque::new(), FxHashSet::default(), FxHashSet::default());
        Self { index, traced, next, known, seen, carriers: Vec::new(), unreadable: Vec::new() }
    }

    /// Adds articles to look at, behind the others.
    fn add(&mut self, addresses: impl IntoIterator<Item = Address>) {
        let Self { next, known, .. } = self;
        next.extend(addresses.into_iter().filter(|address| known.insert(*address)));
    }

    /// Looks at `max_articles` at most; returns whether those were all.
    fn run(&mut self, max_articles: usize) -> Result<bool> {
        while let Some(address) = self.next.pop_front() {
            if self.seen.contains(&address) {
                continue;
            }
            if self.seen.len() == max_articles {
                return Ok(false);
            }
            self.seen.insert(address);
            match self.index.readable(address) {
                Ok(article) => self.look_at(address, &article)?,
                Err(lost) => self.unreadable.push(lost),
            }
        }
        Ok(true)
    }

    fn look_at(&mut self, address: Address, article: &Article) -> Result<()> {
        let Some(carried) = self.traced.carried_by(article) else { return Ok(()) };
        for id in sources(article, &carried.range) {
            // Whoever had it first is looked at before the bound is reached.
            if let Some(source) = self.index.find(id.as_str())?.filter(|source| !self.seen.contains(source)) {
                self.next.push_front(source);
            }
        }
        self.add(self.index.repeating(&article.id)?);
        self.carriers.push(Met { address, carrier: Carrier::new(article, carried) });
        Ok(())
    }

    /// Returns the carriers, the earliest first.
    fn in_order(self) -> Vec<Carrier> {
        let mut order = Vec::with_capacity(self.carriers.len());
        for Met { address, carrier } in self.carriers {
            let date = carrier.date.map(|date| date.timestamp());
            order.push(((date.is_none(), date, self.index.arrival(address).ok().flatten()), carrier));
        }
        order.sort_by_key(|(place, _)| *place);
        order.into_iter().map(|(_, carrier)| carrier).collect()
    }
}

/// Returns the articles that `article` has something of `range` from.
fn sources<'a>(article: &'a Article, range: &Range<usize>) -> impl Iterator<Item = &'a ArticleId> {
    let range = range.clone();
    let folds = article.folds.iter().filter_map(|fold| Some((&fold.range, fold.article.as_ref()?)));
    let links = article.links.iter().map(|link| (&link.range, &link.article));
    folds.chain(links).filter(move |(own, _)| own.start < range.end && range.start < own.end).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{UpdateOptions, update};

    const SENTENCE: &str = "Pemerintah daerah Subang menyiapkan lahan seluas 356 hektare untuk kawasan pergudangan";

    /// Indexes copies of one sentence by as many outlets, in the order of their numbers, and others about the same.
    fn index_of(n_copies: usize) -> (tempfile::TempDir, Index) {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("a.jsonl"), folder.path().join("index"));
        let record = |n: usize| {
            serde_json::json!({
                "id": format!("c{n}"), "source": format!("Media {n}"),
                "body": format!("{SENTENCE}. Warga kampung nomor {n} menanggapinya dengan {} pertanyaan.", n * 7),
            })
        };
        let other = |n: usize| {
            let body = format!("Lahan kawasan pergudangan Subang {n} kali disiapkan pemerintah daerah, kata warga.");
            serde_json::json!({ "id": format!("o{n}"), "body": body })
        };
        let lines: Vec<String> =
            (0..n_copies).map(record).chain((0..5).map(other)).map(|line| line.to_string()).collect();
        std::fs::write(&file, lines.join("\n")).unwrap();
        update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
        (folder, Index::open(path).unwrap())
    }

    #[test]
    fn every_copy_is_found_and_where_not_all_were_looked_at_that_is_said() {
        let (_folder, index) = index_of(30);
        let ids = |trace: &Trace| trace.carriers.iter().map(|carrier| carrier.id.to_string()).collect::<Vec<_>>();
        let all = trace_among(&index, SENTENCE, 35).unwrap();
        assert_eq!(ids(&all), (0..30).map(|n| format!("c{n}")).collect::<Vec<_>>());
        assert!(all.is_complete && all.unreadable.is_empty());
        let some = trace_among(&index, SENTENCE, 10).unwrap();
        assert_eq!((some.carriers.len(), some.is_complete), (10, false));
        assert_eq!(
            some.carriers[0].id.as_str(),
            "c0",
            "whoever had it first is found by those that have it from there"
        );
    }

    #[test]
    fn words_that_are_everywhere_are_found_side_by_side() {
        let (_folder, index) = index_of(3);
        let trace = trace(&index, "untuk kawasan").unwrap();
        assert_eq!((trace.carriers.len(), trace.is_complete), (3, true));
        assert_eq!(trace.carriers[0].text, "untuk kawasan");
    }
}
