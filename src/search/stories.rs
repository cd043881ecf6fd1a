//! What a hit shows of its story: the article that stands for all, and its copies.

use super::embedded::{Found, Scored};
use super::request::{Duplicates, SearchRequest, Sort};
use super::response::StoryCopy;
use crate::article::Article;
use crate::dedup::{canonical_of_fit, shared_share};
use crate::error::Result;
use crate::index::Index;

/// Articles of a story that are read to choose from and to list: the first to arrive.
const MOST_MEMBERS: usize = 100;

/// The story of a hit, as it is shown.
pub(super) struct Told {
    /// The article that stands for all.
    pub(super) article: Article,
    /// How many others match.
    pub(super) n_copies: usize,
    /// The first of them.
    pub(super) copies: Vec<StoryCopy>,
}

/// Returns what the hit `scored` shows: of the articles of its story that match, the canonical one of those
/// that have most of the query, and the others; by date, the one that has the place. The article itself where
/// stories are not folded.
pub(super) fn told(index: &Index, found: &Found, scored: &Scored, request: &SearchRequest) -> Result<Told> {
    let members = match request.duplicates {
        Duplicates::Fold => found.members(index, scored)?,
        Duplicates::Show => vec![scored.address],
    };
    let read = members.iter().take(MOST_MEMBERS).map(|address| index.fetch(*address));
    let mut read = read.collect::<Result<Vec<Article>>>()?;
    let place = match found.order {
        Sort::Relevance => {
            let n_met = found.n_clauses_met(&members[..read.len()])?;
            let most = n_met.iter().max().copied();
            canonical_of_fit(&read, &request.preferred_sources, |place| n_met.get(place).copied() == most)
        }
        Sort::Newest | Sort::Oldest => members.iter().take(read.len()).position(|address| *address == scored.address),
    };
    let Some(place) = place else {
        let article = index.fetch(scored.address)?;
        let copies = read.into_iter().map(|copy| StoryCopy::new(shared_share(&copy, &article), copy)).collect();
        return Ok(Told { article, n_copies: members.len().saturating_sub(1), copies });
    };
    let article = read.remove(place);
    let copies = read.into_iter().map(|copy| StoryCopy::new(shared_share(&copy, &article), copy)).collect();
    Ok(Told { article, n_copies: members.len() - 1, copies })
}
