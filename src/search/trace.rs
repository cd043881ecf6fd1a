//! Who carries a sentence, exactly or nearly, and who had it first.

use std::collections::BTreeSet;

use super::embedded;
use super::embedded::searched::SearchedFields;
use super::request::{Count, Duplicates, SearchRequest};
use crate::article::Article;
use crate::dedup::{Carried, Traced};
use crate::error::Result;
use crate::index::Index;
use crate::query;

/// Articles that are compared with the sentence at most, beside those that repeat one of them.
const MOST_CANDIDATES: usize = 1000;
/// Words of the sentence that are searched for; the comparison regards all.
const MOST_WORDS: usize = 48;

/// An article that carries a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// The article.
    pub article: Article,
    /// Where it carries the sentence, and what it changes.
    pub carried: Carried,
}

/// Returns the articles of `index` that carry `sentence`, exactly or nearly, the earliest first; those
/// without a date come last, in the order of arrival.
///
/// Of very many articles, those that have most of its words are looked at.
///
/// # Errors
/// Fails where the index cannot be read.
pub fn trace(index: &Index, sentence: &str) -> Result<Vec<Carrier>> {
    let Some(traced) = Traced::new(sentence) else { return Ok(Vec::new()) };
    let request = SearchRequest {
        limit: MOST_CANDIDATES,
        count: Count::Skip,
        duplicates: Duplicates::Show,
        ..SearchRequest::new(&as_words(sentence))
    };
    let plan = query::read(&request.query, index.analyzer(), None);
    let found = embedded::top(index, &SearchedFields::new(index), &plan, &request, &mut |_| {})?;
    let mut addresses: BTreeSet<_> = found.scored.iter().map(|scored| scored.address).collect();
    let mut carriers = Vec::new();
    let mut next: Vec<_> = addresses.iter().copied().collect();
    while !next.is_empty() {
        let mut dependents = Vec::new();
        for address in next {
            let article = index.fetch(address)?;
            if let Some(carried) = traced.carried_by(&article) {
                // Where it is folded it is not indexed.
                dependents.extend(index.repeating(&article.id)?);
                carriers.push((index.arrival(address)?, Carrier { article, carried }));
            }
        }
        dependents.retain(|address| addresses.insert(*address));
        next = dependents;
    }
    carriers.sort_by_key(|(arrival, carrier)| {
        let date = carrier.article.metadata.date.as_ref().map(|found| found.value.timestamp());
        (date.is_none(), date, *arrival)
    });
    Ok(carriers.into_iter().map(|(_, carrier)| carrier).collect())
}

/// Returns the words of `sentence` so that no syntax is read into them.
fn as_words(sentence: &str) -> String {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
