//! Running a plan: the best articles, in order, with what to show of each.
//!
//! A plain request goes in, a plain response comes out; which engine answered, and where it is
//! shown, this module's callers cannot tell.

mod corrections;
mod cursor;
mod embedded;
mod explain;
mod facets;
mod receipt;
mod request;
mod rerank;
mod response;
mod similar;
mod step;
mod stories;
mod suggest;
mod trace;
mod trends;
mod unknown_sources;
mod weights;

use rustc_hash::FxHashMap;

use self::corrections::corrections;
use self::cursor::Binding;
use self::embedded::account::{Account, account};
use self::embedded::searched::SearchedFields;
use self::embedded::vocabulary::rarities;
use self::embedded::{Found, Scored};
use self::explain::met_words;
use self::facets::facets;
use self::step::Observer;
use self::stories::{Telling, telling};
use self::unknown_sources::unknown_sources;
use crate::error::Result;
use crate::index::Index;
use crate::query::{self, Plan};
use crate::snippet::{Matcher, Snippeter};

pub use cursor::Cursor;
pub use explain::{Explain, FeatureScore, IndexField, MetWord, ScoreExplanation, TermKind, TermScore};
pub use facets::{Facet, FacetCounts, FacetValue};
pub use receipt::{
    Difference, Receipt, RecordedAnswer, RecordedCopies, RecordedCopy, RecordedFragment, RecordedHit, verify,
};
pub use request::{Count, Duplicates, Filters, SearchRequest, Sort};
pub use response::{Correction, Counts, Hit, SearchResponse, StoryCopy, UnreadableArticle};
pub use similar::similar;
pub use step::Step;
pub use suggest::{SuggestedTitle, Suggestions, suggest};
pub use trace::{Carrier, Trace, trace};
pub use trends::{Interval, Period, Trends, trends};
pub use unknown_sources::{UnknownSource, unknown_outlets};

/// Searches `index`.
///
/// Equal scores are ordered by the hash of the article's id, so the same index content gives the
/// same response on any machine.
///
/// An article that cannot be read is left out and named, [`SearchResponse::unreadable`]; those of its story stand for
/// it.
///
/// # Errors
/// Fails only where the lists of the index cannot be read, or where the cursor was given for another query or
/// another state of the index: any query is good.
///
/// ```no_run
/// use kliping::{index::Index, search::{SearchRequest, search}};
/// let index = Index::open("index")?;
/// let response = search(&index, &SearchRequest::new("komputasi kuantum"))?;
/// for hit in &response.hits {
///     println!("{}. {}", hit.rank, hit.title);
/// }
/// # Ok::<(), kliping::error::Error>(())
/// ```
pub fn search(index: &Index, request: &SearchRequest) -> Result<SearchResponse> {
    search_observed(index, request, &mut |_| {})
}

/// Searches `index` as [`search`] does, and calls `observer` whenever a step ends.
///
/// # Errors
/// As [`search`].
pub fn search_observed(
    index: &Index,
    request: &SearchRequest,
    observer: &mut dyn FnMut(Step),
) -> Result<SearchResponse> {
    answered(index, request, Slips::LookInto, observer)
}

/// Whether words that no article has, or few, are looked into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slips {
    LookInto,
    /// No person typed the words.
    Pass,
}

fn answered(index: &Index, request: &SearchRequest, slips: Slips, observer: &mut Observer) -> Result<SearchResponse> {
    let plan = plan(index, request);
    let binding = checked(index, &plan, request)?;
    observer(Step::Reading);
    let searched = SearchedFields::new(index);
    let asked = Asked { index, searched: &searched, plan: &plan, request };
    let found = embedded::top(index, &searched, &plan, request, observer)?;
    let (hits, unreadable) = asked.hits(&found, observer)?;
    let facets = facets(index, &plan, request)?;
    observer(Step::Counting);
    let corrections = match slips {
        Slips::LookInto => corrections(index, &searched, &plan, &request.query)?,
        Slips::Pass => Vec::new(),
    };
    let unknown_sources = unknown_sources(index, &plan, request)?;
    observer(Step::Corrections);
    Ok(SearchResponse {
        query: request.query.clone(),
        corrections,
        unknown_sources,
        facets,
        receipt: Receipt::new(index, &plan, request),
        reading: plan,
        counts: found.counts,
        offset: request.first_index(),
        next: next(&found, request, binding),
        hits,
        unreadable,
    })
}

/// What is asked, and of which index.
#[derive(Clone, Copy)]
struct Asked<'a> {
    index: &'a Index,
    searched: &'a SearchedFields,
    plan: &'a Plan,
    request: &'a SearchRequest,
}

impl Asked<'_> {
    /// Returns what to show of each article found, and which could not be read.
    fn hits(self, found: &Found, observer: &mut Observer) -> Result<(Vec<Hit>, Vec<UnreadableArticle>)> {
        let Self { index, searched, plan, request } = self;
        let mut snippeter = Snippeter::weighted(plan, index.analyzer(), rarities(searched, plan)?);
        let titles = Matcher::of_title(plan, index.analyzer());
        let mut memo = index.memo();
        let (mut hits, mut unreadable) = (Vec::with_capacity(found.scored.len()), Vec::new());
        for (index_on_page, scored) in found.scored.iter().enumerate() {
            let rank = request.rank(index_on_page);
            let Telling { told, unreadable: passed_over } = telling(index, found, scored, request)?;
            observer(Step::Folding);
            unreadable.extend(passed_over.into_iter().map(|id| UnreadableArticle { rank, id }));
            let Some(told) = told else { continue };
            let fragments = snippeter.fragments(&told.article, &mut memo);
            let explanation = self.explanation(scored)?;
            let hit = Hit::new(rank, scored.score, told, fragments);
            let title_highlights = titles.matches(&hit.title, &mut memo).into_iter().map(|found| found.range).collect();
            hits.push(Hit { title_highlights, explanation, ..hit });
            observer(Step::Snippets);
        }
        Ok((hits, unreadable))
    }

    /// Returns why a hit has its score, where that is asked for; of a story, that of its best article.
    fn explanation(self, scored: &Scored) -> Result<Option<ScoreExplanation>> {
        let Self { index, searched, plan, request } = self;
        match request.explain {
            Explain::Nothing => Ok(None),
            Explain::Hits => {
                let Account { first_stage, second_stage } = account(searched, plan, request, scored)?;
                let article = index.fetch(scored.address);
                let words = article.map(|article| met_words(index, plan, &article)).unwrap_or_default();
                Ok(Some(ScoreExplanation { first_stage, second_stage, words }))
            }
        }
    }

    /// Returns the best articles by their ids alone, and which could not be read.
    fn ranked(self, observer: &mut Observer) -> Result<(Vec<RankedId>, Vec<UnreadableArticle>)> {
        let Self { index, searched, plan, request } = self;
        checked(index, plan, request)?;
        observer(Step::Reading);
        let found = embedded::top(index, searched, plan, request, observer)?;
        // Which article stands for a story is known only when its articles have been read.
        let (hits, unreadable) = match request.duplicates {
            Duplicates::Fold => self.hits(&found, observer)?,
            Duplicates::Show => (Vec::new(), Vec::new()),
        };
        let mut hits = hits.into_iter().peekable();
        let mut columns = FxHashMap::default();
        let mut ids = Vec::with_capacity(found.scored.len());
        for (index_on_page, scored) in found.scored.iter().enumerate() {
            let rank = request.rank(index_on_page);
            let id = match hits.next_if(|hit| hit.rank == rank) {
                Some(hit) => hit.id,
                None => embedded::id(index, scored.address, &mut columns)?,
            };
            ids.push(RankedId { rank, score: scored.score, id });
        }
        Ok((ids, unreadable))
    }
}

/// Returns what the cursors of this query hold for; refuses the cursor of another.
fn checked(index: &Index, plan: &Plan, request: &SearchRequest) -> Result<Binding> {
    let binding = Binding::new(index, plan, request);
    request.after.map_or(Ok(()), |cursor| cursor.check(binding))?;
    Ok(binding)
}

/// Returns the cursor behind the page, where there is more.
fn next(found: &Found, request: &SearchRequest, binding: Binding) -> Option<Cursor> {
    let last = found.scored.last()?;
    let rank = request.rank(found.scored.len() - 1);
    let is_last = found.scored.len() < request.limit
        || found.counts.is_some_and(|counts| counts.hits(request.duplicates) <= rank);
    if is_last { None } else { Cursor::new(rank, last.place(), binding) }
}

/// Returns how the request is read: its query and its filters.
fn plan(index: &Index, request: &SearchRequest) -> Plan {
    let mut plan = query::read_with(&request.query, index.analyzer(), request.today, &mut index.memo());
    request.filters.add_to(&mut plan, index.analyzer());
    plan
}

/// A ranked article by its id alone.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedId {
    /// The place in the ranking, from 1.
    pub rank: usize,
    /// The score.
    pub score: f64,
    /// The article's id.
    pub id: String,
}

/// A ranking by ids alone, and how its query was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// How the query was read.
    pub reading: Plan,
    /// Its words that no article has, or few, and what may be meant.
    pub corrections: Vec<Correction>,
    /// Outlets it asks for that no article comes from.
    pub unknown_sources: Vec<UnknownSource>,
    /// The best articles, best first.
    pub ids: Vec<RankedId>,
    /// Articles that cannot be read, of those that were read to fold stories.
    pub unreadable: Vec<UnreadableArticle>,
}

/// Searches `index` for ids alone: the ranking of [`search`], without reading a single article where
/// stories are not folded.
///
/// # Errors
/// As [`search`].
pub fn rank(index: &Index, request: &SearchRequest) -> Result<Vec<RankedId>> {
    let (plan, searched) = (plan(index, request), SearchedFields::new(index));
    Asked { index, searched: &searched, plan: &plan, request }.ranked(&mut |_| {}).map(|(ids, _)| ids)
}

/// Searches `index` as [`rank`] does, says how the query was read, and calls `observer` whenever a step ends.
///
/// # Errors
/// As [`search`].
pub fn rank_observed(index: &Index, request: &SearchRequest, observer: &mut dyn FnMut(Step)) -> Result<Ranking> {
    let reading = plan(index, request);
    let searched = SearchedFields::new(index);
    let (ids, unreadable) = Asked { index, searched: &searched, plan: &reading, request }.ranked(observer)?;
    let corrections = corrections(index, &searched, &reading, &request.query)?;
    let unknown_sources = unknown_sources(index, &reading, request)?;
    observer(Step::Corrections);
    Ok(Ranking { reading, corrections, unknown_sources, ids, unreadable })
}
