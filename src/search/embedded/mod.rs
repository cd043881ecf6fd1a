//! The embedded backend: plans as tantivy queries.
//!
//! The score of a document is the sum of its addends (`parts`, `addends`): what a word, a phrase or a
//! prefix in a field is worth. The best documents of a plain query are found from the postings of its
//! words alone (`union`), those of any other with the engine's own queries (`candidates`), and then
//! scored by the same addends. Sums are exact and ties are broken by `ord`: the same index content
//! gives the same ranking, however it is cut into segments.

pub(super) mod account;
mod addends;
pub(super) mod behind;
mod best;
mod candidates;
mod compile;
mod containing;
mod exact;
mod expand;
mod lists;
mod matching;
mod one_off;
mod parts;
mod postings;
pub(super) mod searched;
mod second_stage;
mod sought;
mod stories;
pub(super) mod tally;
pub(super) mod titles;
mod union;
pub(super) mod vocabulary;
mod window;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::SortByStaticFastValue;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Order};

use self::addends::{Addends, Fitness};
use self::compile::{Compiled, Compiler};
use self::matching::Matching;
use self::parts::Part;
use self::searched::SearchedFields;
use self::second_stage::SecondStage;
use super::cursor::Place;
use super::request::{Count, Duplicates, SearchRequest, Sort};
use super::response::Counts;
use super::step::{Observer, Step};
use super::weights::RERANKED;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::Plan;

/// The place of an article in the index.
pub(super) use tantivy::DocAddress as Address;

/// What the backend found.
pub(super) struct Found {
    /// How much matches, where it was counted.
    pub(super) counts: Option<Counts>,
    /// The requested page, best first.
    pub(super) scored: Vec<Scored>,
    /// What comes first: by date too where nothing scores.
    pub(super) order: Sort,
    /// All that matches, and its addends; none where nothing is looked for.
    matching: Option<(Matching, Addends)>,
}

impl Found {
    /// Returns the articles that match and tell the story of `scored`, in the order of arrival.
    pub(super) fn members(&self, index: &Index, scored: &Scored) -> Result<Vec<DocAddress>> {
        let alone = || Ok(vec![scored.address]);
        let Some((matching, addends)) = &self.matching else { return alone() };
        if index.is_known_alone(scored.address) || stories::n_members(index, scored.story)? < 2 {
            return alone();
        }
        stories::members(index, matching, addends, scored.story)
    }

    /// Returns what each of `members` has of the query.
    pub(super) fn fitness(&self, members: &[DocAddress]) -> Result<Vec<Fitness>> {
        match &self.matching {
            Some((_, addends)) if members.len() > 1 => addends.fitness(members).map_err(Error::engine("searched")),
            _ => Ok(vec![Fitness::default(); members.len()]),
        }
    }
}

/// An article and its score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub(super) address: DocAddress,
    pub(super) score: f64,
    ord: u64,
    story: u64,
    /// Whether the second stage has looked at it.
    is_reranked: bool,
}

impl Scored {
    /// Returns its place in the ranking.
    pub(super) fn place(&self) -> Place {
        Place { score: self.score.to_bits(), ord: self.ord }
    }
}

/// Returns the page of stories, or articles, that `request` asks for.
pub(super) fn top(
    index: &Index,
    searched: &SearchedFields,
    plan: &Plan,
    request: &SearchRequest,
    observer: &mut Observer,
) -> Result<Found> {
    let Some(Query { matching, addends, parts }) = compiled(index, searched, plan, request)? else {
        let counts = (request.count == Count::Exact).then(Counts::default);
        return Ok(Found { counts, scored: Vec::new(), order: request.sort, matching: None });
    };
    let counts = match request.count {
        Count::Exact => Some(matching.counts(&addends, index.lone_stories()?).map_err(Error::engine("searched"))?),
        Count::Skip => None,
    };
    observer(Step::Counting);
    let offset = request.first_index();
    let n_hits = counts.map_or(usize::MAX, |counts| counts.hits(request.duplicates));
    let wanted = offset.saturating_add(request.limit).min(n_hits);
    let order = if addends.is_empty() { Sort::Newest } else { request.sort };
    let mut ranking = Ranking { observer, index, searched, addends: &addends, parts: &parts, plan, request, order };
    let page = match (request.duplicates, order, request.after) {
        // The score of the last that the second stage has seen is no score of the first.
        (Duplicates::Show, Sort::Relevance, Some(cursor)) if offset > RERANKED => {
            candidates::best(&addends, &matching, request.limit, Some(cursor.last))?
        }
        (Duplicates::Show, ..) => {
            let mut scored = ranking.first(&matching, wanted)?;
            scored.split_off(offset.min(scored.len()))
        }
        (Duplicates::Fold, ..) => {
            let mut stories = ranking.stories(&matching, wanted)?;
            stories.split_off(offset.min(stories.len()))
        }
    };
    let scored = page.into_iter().take(request.limit).collect();
    Ok(Found { counts, scored, order, matching: Some((matching, addends)) })
}

/// An order of what matches.
struct Ranking<'a> {
    index: &'a Index,
    searched: &'a SearchedFields,
    addends: &'a Addends,
    parts: &'a [Part],
    plan: &'a Plan,
    request: &'a SearchRequest,
    order: Sort,
    observer: &'a mut Observer<'a>,
}

impl Ranking<'_> {
    /// Returns the first `wanted` articles, and perhaps more.
    fn first(&mut self, matching: &Matching, wanted: usize) -> Result<Vec<Scored>> {
        if self.order != Sort::Relevance {
            return self.rest(matching, wanted);
        }
        let mut scored = candidates::best(self.addends, matching, wanted.max(RERANKED), None)?;
        (self.observer)(Step::FirstStage);
        let n_reranked = scored.len().min(RERANKED);
        let second_stage = SecondStage::new(self.searched, self.plan, self.parts, self.request);
        let ordered = second_stage.and_then(|stage| stage.order(&mut scored[..n_reranked]));
        ordered.map_err(Error::engine("searched"))?;
        (self.observer)(Step::SecondStage);
        Ok(scored)
    }

    /// Returns the best article of each of the first `wanted` stories.
    ///
    /// Where a few stories of many copies take all the places, the next ones are looked for without
    /// them: the work grows with the stories, not with the copies. What is found so is behind all that
    /// the second stage has seen.
    fn stories(&mut self, matching: &Matching, wanted: usize) -> Result<Vec<Scored>> {
        let (mut stories, mut met) = (Vec::new(), FxHashSet::default());
        let mut n_articles = wanted.max(RERANKED);
        let mut scored = self.first(matching, n_articles)?;
        loop {
            let is_exhausted = scored.len() < n_articles;
            scored.truncate(n_articles);
            stories.extend(scored.into_iter().filter(|hit| met.insert(hit.story)));
            if is_exhausted || stories.len() >= wanted {
                stories.truncate(wanted);
                return Ok(stories);
            }
            n_articles = (wanted - stories.len()).max(RERANKED);
            scored = self.rest(&matching.without(self.index.fields(), &met), n_articles)?;
        }
    }

    /// Returns the first `wanted` articles of the first stage or by date, and perhaps more.
    fn rest(&mut self, matching: &Matching, wanted: usize) -> Result<Vec<Scored>> {
        let rest = match self.order {
            Sort::Relevance => candidates::best(self.addends, matching, wanted, None),
            Sort::Newest => by_date(self.addends, matching, wanted, Order::Desc),
            Sort::Oldest => by_date(self.addends, matching, wanted, Order::Asc),
        };
        (self.observer)(Step::FirstStage);
        rest
    }
}

/// A plan as the backend runs it.
struct Query {
    matching: Matching,
    addends: Addends,
    /// What the addends were made of.
    parts: Vec<Part>,
}

/// Returns what finds what matches `plan` and what no plan says; nothing where it looks for nothing.
fn compiled(index: &Index, searched: &SearchedFields, plan: &Plan, request: &SearchRequest) -> Result<Option<Query>> {
    let fields = searched.fields();
    let compiler = Compiler::new(searched.searcher(), fields, i64::from(request.utc_offset_seconds));
    let Some(Compiled { parts, mut matching }) = compiler.compile(plan)? else { return Ok(None) };
    let story = request.filters.not_story_of.as_ref().map(|id| index.story(id)).transpose()?.flatten();
    if let Some(story) = story {
        matching = matching.without(fields, &FxHashSet::from_iter([story]));
    }
    let addends = Addends::new(&parts, searched).map_err(Error::engine("searched"))?;
    Ok(Some(Query { matching, addends, parts }))
}

/// Returns the `wanted` documents that come first by date, those without a date last.
fn by_date(addends: &Addends, matching: &Matching, wanted: usize, order: Order) -> Result<Vec<Scored>> {
    let limit = wanted.min(candidates::all(addends.searcher()));
    if limit == 0 {
        return Ok(Vec::new());
    }
    let date = (SortByStaticFastValue::<i64>::for_field("date"), order);
    let ord = (SortByStaticFastValue::<u64>::for_field("ord"), Order::Asc);
    let collector = TopDocs::with_limit(limit).order_by((date, ord));
    let top = matching.collect(addends, &collector).map_err(Error::engine("searched"))?;
    let addresses: Vec<DocAddress> = top.into_iter().map(|(_, address)| address).collect();
    let scored = addends.scored(addresses.clone()).map_err(Error::engine("searched"))?;
    let by_address: FxHashMap<DocAddress, Scored> = scored.into_iter().map(|hit| (hit.address, hit)).collect();
    Ok(addresses.iter().filter_map(|address| by_address.get(address).copied()).collect())
}

/// Returns the id of the article at `address`; `columns` keeps the opened segments.
pub(super) fn id(index: &Index, address: DocAddress, columns: &mut FxHashMap<u32, StrColumn>) -> Result<String> {
    let read = || -> tantivy::Result<String> {
        let mut id = String::new();
        if let std::collections::hash_map::Entry::Vacant(entry) = columns.entry(address.segment_ord) {
            let searcher = index.searcher();
            let fast = searcher.segment_reader(address.segment_ord).fast_fields();
            let missing = || tantivy::TantivyError::FieldNotFound("id".to_owned());
            entry.insert(fast.str("id")?.ok_or_else(missing)?);
        }
        let column = &columns[&address.segment_ord];
        if let Some(term) = column.term_ords(address.doc_id).next() {
            column.ord_to_str(term, &mut id)?;
        }
        Ok(id)
    };
    let mut read = read;
    read().map_err(Error::engine("read"))
}
