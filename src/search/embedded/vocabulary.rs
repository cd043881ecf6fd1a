//! The words of the index, whatever the query.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;
use tantivy::collector::Count;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

use super::expand::{self, Frequencies};
use super::parts::phrase;
use super::postings;
use super::searched::SearchedFields;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::query::{Clause, ClauseKind, Plan};

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct IndexWord {
    /// The word as it is in the exact fields.
    pub(in crate::search) text: String,
    /// Articles that have it in the title or in the body, whichever they are more of.
    pub(in crate::search) n_articles: u64,
}

/// Returns how many articles have a word of this surface form or of this root; `None` where more than `most` have.
pub(in crate::search) fn n_articles_with(
    searched: &SearchedFields,
    exact: &str,
    root: &str,
    most: usize,
) -> Result<Option<usize>> {
    count_up_to(searched, exact, root, most).map_err(Error::engine("searched"))
}

fn count_up_to(searched: &SearchedFields, exact: &str, root: &str, most: usize) -> tantivy::Result<Option<usize>> {
    let fields = searched.fields();
    let places = [
        (searched.get(fields.body_exact)?, exact),
        (searched.get(fields.title_exact)?, exact),
        (searched.get(fields.body_root)?, root),
        (searched.get(fields.title_root)?, root),
        (searched.get(fields.body_exact)?, root),
        (searched.get(fields.title_exact)?, root),
    ];
    let mut found = FxHashSet::default();
    for (segment_ord, segment) in (0..).zip(searched.searcher().segment_readers()) {
        for (field, token) in &places {
            let Some(mut postings) = field.postings(segment_ord, token, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                    found.insert((segment_ord, doc));
                }
                if found.len() > most {
                    return Ok(None);
                }
                postings.advance();
            }
        }
    }
    Ok(Some(found.len()))
}

/// Returns whether any article comes from the outlet or wire with these tokens.
pub(in crate::search) fn has_source(index: &Index, tokens: &[String]) -> Result<bool> {
    let named = phrase(index.fields().source, tokens, 0);
    let n_found = index.searcher().search(&named, &Count).map_err(Error::engine("searched"))?;
    Ok(n_found > 0)
}

/// Returns the other words that become `word` by one letter added, left out, exchanged or swapped with the next.
pub(in crate::search) fn words_one_off(index: &Index, word: &str) -> Result<Vec<IndexWord>> {
    expand::words_one_off(&index.searcher(), fullest_field(index)?, word).map(index_words)
}

/// Returns the words that begin with the letter that `word` begins with and become `word` by at most two letters
/// added, left out, exchanged or swapped with the next.
pub(in crate::search) fn words_two_off(index: &Index, word: &str) -> Result<Vec<IndexWord>> {
    expand::words_two_off(&index.searcher(), fullest_field(index)?, word).map(index_words)
}

/// Returns the field with the most text: bodies, but in an index of headlines. It has the words that may be meant by
/// others; few stand in titles alone.
fn fullest_field(index: &Index) -> Result<Field> {
    let (searcher, fields) = (index.searcher(), index.fields());
    let n_tokens = |field| searcher.total_num_tokens(field).map_err(Error::engine("searched"));
    let is_of_headlines = n_tokens(fields.title_exact)? > n_tokens(fields.body_exact)?;
    Ok(if is_of_headlines { fields.title_exact } else { fields.body_exact })
}

/// Returns the inverse document frequency of a root; `None` where at most one article has it.
pub(in crate::search) fn idf(searched: &SearchedFields, root: &str) -> Result<Option<f64>> {
    let n_found = searched.n_with_root(root).map_err(Error::engine("searched"))?;
    Ok((n_found > 1.5).then(|| postings::idf(n_found, searched.searcher().num_docs())))
}

fn index_words(frequencies: Frequencies) -> Vec<IndexWord> {
    frequencies.into_iter().map(|(text, n_articles)| IndexWord { text, n_articles }).collect()
}

/// Returns the words that begin with `beginning`, the most frequent first: those of titles, and
/// those of bodies too where fewer than `wanted` stand in titles. Titles have some tenth of the
/// words of bodies, which a beginning of two letters would take too long to walk.
pub(in crate::search) fn words_with(index: &Index, beginning: &str, wanted: usize) -> Result<Vec<IndexWord>> {
    let searcher = index.searcher();
    let fields = index.fields();
    let mut found = expand::words_with(&searcher, fields.title_exact, beginning)?;
    if found.len() < wanted {
        for (word, n_articles) in expand::words_with(&searcher, fields.body_exact, beginning)? {
            let most = found.entry(word).or_default();
            *most = n_articles.max(*most);
        }
    }
    let mut words = index_words(found);
    words.sort_unstable_by(by_frequency);
    Ok(words)
}

/// Orders words, the most frequent first.
pub(super) fn by_frequency(one: &IndexWord, other: &IndexWord) -> Ordering {
    other.n_articles.cmp(&one.n_articles).then_with(|| one.text.cmp(&other.text))
}

/// Returns how much each clause that scores says of an article: how rare its words are. What stands
/// for several words is taken for as rare as a word of one article.
pub(in crate::search) fn rarities(searched: &SearchedFields, plan: &Plan) -> Result<Vec<f64>> {
    let n_articles = searched.searcher().num_docs();
    let rarity = |clause: &Clause| -> tantivy::Result<f64> {
        let mut sum = 0.0;
        match &clause.kind {
            ClauseKind::Word { root, .. } => {
                for root in root {
                    sum += postings::idf(searched.n_with_root(root)?, n_articles);
                }
            }
            ClauseKind::Phrase { exact, .. } => {
                for token in exact {
                    let n_found = searched.n_found(searched.fields().body_exact, token)?;
                    sum += postings::idf(postings::as_float(n_found), n_articles);
                }
            }
            ClauseKind::Prefix { .. }
            | ClauseKind::Fuzzy { .. }
            | ClauseKind::StopWord { .. }
            | ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::All
            | ClauseKind::Group { .. } => sum = postings::idf(1.0, n_articles),
        }
        Ok(sum)
    };
    plan.scoring().into_iter().map(|clause| rarity(clause).map_err(Error::engine("searched"))).collect()
}
