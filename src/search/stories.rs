//! What a hit shows of its story: the article that stands for all, and its copies.

use rustc_hash::FxHashMap;

use super::embedded::{self, Found, Scored};
use super::request::{Duplicates, SearchRequest, Sort};
use super::response::StoryCopy;
use crate::article::Article;
use crate::dedup::{MAX_CANDIDATES, canonical_of_fit, shared_share};
use crate::error::Result;
use crate::index::Index;

/// The story of a hit, as it is shown.
pub(super) struct Told {
    /// The article that stands for all.
    pub(super) article: Article,
    /// How many others match.
    pub(super) n_copies: usize,
    /// The first of them.
    pub(super) copies: Vec<StoryCopy>,
}

/// A story, as far as it can be read.
pub(super) struct Telling {
    /// What is shown of it; nothing where no article of it can be read.
    pub(super) told: Option<Told>,
    /// The ids of its articles that cannot be read.
    pub(super) unreadable: Vec<String>,
}

/// Returns what the hit `scored` shows: of the articles of its story that match, the canonical one of those that have
/// most of the query, in their titles where any has, and the others; by date, the one that has the place. The article
/// itself where stories are not folded. An article that cannot be read leaves its place to the others.
pub(super) fn telling(index: &Index, found: &Found, scored: &Scored, request: &SearchRequest) -> Result<Telling> {
    let members = match request.duplicates {
        Duplicates::Fold => found.members(index, scored)?,
        Duplicates::Show => vec![scored.address],
    };
    let listed = &members[..members.len().min(MAX_CANDIDATES)];
    let is_behind = found.order != Sort::Relevance && !listed.contains(&scored.address);
    let mut unreadable = Vec::new();
    let (mut addresses, mut articles) = (Vec::new(), Vec::new());
    for address in listed.iter().copied().chain(is_behind.then_some(scored.address)) {
        if let Ok(article) = index.fetch(address) {
            addresses.push(address);
            articles.push(article);
        } else {
            unreadable.push(embedded::id(index, address, &mut FxHashMap::default())?);
        }
    }
    let place = match found.order {
        Sort::Relevance => {
            let fitness = found.fitness(&addresses)?;
            let best = fitness.iter().max().copied();
            canonical_of_fit(&articles, &request.preferred_sources, |place| fitness.get(place).copied() == best)
        }
        Sort::Newest | Sort::Oldest => {
            let own = addresses.iter().position(|address| *address == scored.address);
            own.or((!addresses.is_empty()).then_some(0))
        }
    };
    let told = place.map(|place| {
        let article = articles.remove(place);
        let copies = articles.into_iter().map(|copy| StoryCopy::new(shared_share(&copy, &article), copy)).collect();
        Told { article, n_copies: members.len() - 1, copies }
    });
    Ok(Telling { told, unreadable })
}
