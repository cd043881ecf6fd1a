//! Words of a query that no article has, or few, and the words of the index that may be meant.

use std::cmp::Reverse;
use std::ops::Range;

use super::embedded::searched::SearchedFields;
use super::embedded::vocabulary::{self, IndexWord};
use super::response::Correction;
use crate::analysis::{WordForm, is_day};
use crate::error::Result;
use crate::index::Index;
use crate::query::{self, ClauseKind, Plan};

/// Words of one query that are looked into.
const MAX_WORDS: usize = 8;

/// Words that are proposed for one.
const MAX_SUGGESTIONS: usize = 3;

/// Letters a word has at least: a shorter one is near to too many others.
const MIN_CHARS: usize = 4;

/// Letters of a word of which two may be wrong.
const MIN_CHARS_FOR_TWO: usize = 6;

/// How often a word's frequency has to double to make up for one more letter that is off.
const LETTER_WORTH: i64 = 6;

/// How often it has to double to make up for another first letter.
const FIRST_LETTER_WORTH: i64 = 3;

/// Articles that have a word at most if it may be a slip that stands in the index too.
const MAX_WITH_SLIP: usize = 5;

/// How many times as frequent the right word is then.
const SLIP_RATIO: usize = 100;

/// Of so many articles one does not make a word frequent enough to be meant by one that is two letters off: names seen
/// once or twice are near to any.
const SELDOM_SHARE: u64 = 10_000;

/// Returns the words of `plan`, the reading of `query`, that are in no article, and those that are in few where
/// a word that is one letter off is in very many.
pub(super) fn corrections(
    index: &Index,
    searched: &SearchedFields,
    plan: &Plan,
    query: &str,
) -> Result<Vec<Correction>> {
    let mut corrections = Vec::new();
    let mut n_looked_into = 0;
    for word in words(index, plan, query) {
        if n_looked_into == MAX_WORDS {
            break;
        }
        let found = vocabulary::n_articles_with(searched, &word.exact, &word.root, MAX_WITH_SLIP)?;
        let may_stand_there = word.may_be_slip && !word.has_known_root;
        let Some(articles) = found.filter(|n| *n == 0 || may_stand_there) else { continue };
        n_looked_into += 1;
        let suggestions =
            if word.may_be_slip { suggestions(index, searched, &word.exact, articles)? } else { Vec::new() };
        if articles == 0 || !suggestions.is_empty() {
            let text = query[word.range.clone()].to_owned();
            corrections.push(Correction { range: word.range, text, articles, suggestions });
        }
    }
    corrections.sort_by_key(|correction| correction.range.start);
    Ok(corrections)
}

/// Returns whether a word that stands in `n_articles` is likely a slip for one that stands in `n_with_other`.
pub(super) fn is_likely_slip(word: &str, n_articles: u64, other: &str, n_with_other: u64) -> bool {
    n_articles <= MAX_WITH_SLIP as u64
        && n_with_other >= n_articles.saturating_mul(SLIP_RATIO as u64)
        && (query::is_within(word, other, 1) || query::are_variants(word, other))
}

/// A word of a query.
struct QueryWord {
    range: Range<usize>,
    exact: String,
    root: String,
    /// Whether it is nothing but letters: figures are seldom slips, nor are words of the dictionaries.
    may_be_slip: bool,
    /// Whether its root is a word of the dictionaries: what stands in the index and has one is seldom a slip.
    has_known_root: bool,
}

/// Returns the words of the query that are looked for as they are, each once.
fn words(index: &Index, plan: &Plan, query: &str) -> Vec<QueryWord> {
    let mut words: Vec<QueryWord> = Vec::new();
    let mut memo = index.memo();
    for clause in plan.scoring() {
        let (ClauseKind::Word { .. } | ClauseKind::Phrase { .. }) = clause.kind else { continue };
        // What an option asks for does not stand in the query.
        let Some(found) = query.get(clause.range.clone()).and_then(|part| part.find(&clause.text)) else { continue };
        let start = clause.range.start + found;
        if let Some(day) = day(&clause.kind) {
            let range = start..start + clause.text.len();
            let [exact, root] = [day, day].map(str::to_owned);
            words.push(QueryWord { range, exact, root, may_be_slip: false, has_known_root: true });
            continue;
        }
        index.analyzer().for_each_word(&clause.text, &mut memo, |range, form| {
            for (part, exact, root) in parts(&clause.text[range.clone()], form) {
                if words.iter().any(|other| other.exact == exact) {
                    continue;
                }
                let is_root = |word: &str| index.analyzer().stemmer().is_root(word);
                let (is_known, has_known_root) = (is_root(&exact), is_root(&root));
                let is_plain = exact.chars().all(char::is_alphabetic) && exact.chars().count() >= MIN_CHARS;
                let place = start + range.start;
                let range = place + part.start..place + part.end;
                words.push(QueryWord { range, exact, root, may_be_slip: is_plain && !is_known, has_known_root });
            }
        });
    }
    words
}

/// Returns the token of a day that is looked for as a whole.
fn day(kind: &ClauseKind) -> Option<&str> {
    match kind {
        ClauseKind::Word { exact, root, .. } if exact.len() > 1 => {
            root.iter().map(String::as_str).find(|root| is_day(root))
        }
        _ => None,
    }
}

/// Returns what is looked for of the word `surface`: itself, or its parts that are words; the bytes of each, its token
/// and its root. A stop word has none.
fn parts(surface: &str, form: &WordForm) -> Vec<(Range<usize>, String, String)> {
    if form.is_stop_word() {
        return Vec::new();
    }
    if form.is_one_token() {
        return vec![(0..surface.len(), form.exact().to_owned(), form.root().to_owned())];
    }
    let tokens: Vec<String> = form.exact().split(' ').map(str::to_owned).collect();
    let small = surface.to_ascii_lowercase();
    let place = |token: &str| small.find(token).map_or(0..surface.len(), |start| start..start + token.len());
    let (telling, _) = query::telling(&tokens);
    let words = telling.into_iter().filter(|token| token.chars().count() >= MIN_CHARS);
    words.map(|token| (place(token), token.clone(), token.clone())).collect()
}

/// Returns the words of the index that `word`, which `n_articles` have, may be a slip for, the likeliest first:
/// what is only an older spelling of it, then what is near and frequent.
fn suggestions(index: &Index, searched: &SearchedFields, word: &str, n_articles: usize) -> Result<Vec<String>> {
    let least = (n_articles * SLIP_RATIO).max(1);
    let mut suggestions = Vec::new();
    if index.searcher().num_docs() < least as u64 {
        return Ok(suggestions);
    }
    if let Some(modern) = query::modern_spelling(word)
        && vocabulary::n_articles_with(searched, &modern, &modern, least - 1)?.is_none()
    {
        suggestions.push(modern);
    }
    let mut near = vocabulary::words_one_off(index, word)?;
    if n_articles == 0 && word.chars().count() >= MIN_CHARS_FOR_TWO {
        let n_seldom = index.searcher().num_docs() / SELDOM_SHARE;
        let two_off = vocabulary::words_two_off(index, word)?;
        near.extend(two_off.into_iter().filter(|other| other.n_articles > n_seldom));
    }
    near.retain(|other| {
        let is_word = other.text.chars().all(char::is_alphabetic);
        is_word && other.n_articles >= least as u64 && !suggestions.contains(&other.text)
    });
    near.sort_by_cached_key(|other| (Reverse(likelihood(word, other)), other.text.clone()));
    near.dedup();
    suggestions.extend(near.into_iter().map(|other| other.text));
    suggestions.truncate(MAX_SUGGESTIONS);
    Ok(suggestions)
}

/// Returns how likely `other` is meant by `word`: the more often it stands in the index and the fewer letters are
/// off. Of a variant none is.
fn likelihood(word: &str, other: &IndexWord) -> i64 {
    let is_variant = query::are_variants(word, &other.text);
    let letters_off = if is_variant { 0 } else { 2 - i64::from(query::is_within(word, &other.text, 1)) };
    let other_first = i64::from(!is_variant && word.chars().next() != other.text.chars().next());
    let log_frequency = i64::from(u64::BITS - other.n_articles.leading_zeros());
    log_frequency - LETTER_WORTH * letters_off - FIRST_LETTER_WORTH * other_first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, near: &[(&str, u64)], expected: &str) {
        let likeliest = near
            .iter()
            .map(|(text, n_articles)| IndexWord { text: (*text).to_owned(), n_articles: *n_articles })
            .max_by_key(|other| likelihood(word, other));
        assert_eq!(likeliest.unwrap().text, expected, "{word}");
    }

    #[test]
    fn variants_count_before_near_words_and_near_words_before_frequent_ones() {
        check("apotik", &[("apotek", 1), ("apolitik", 1000)], "apotek");
        check("bersas", &[("beras", 10), ("bersama", 90)], "beras");
        check("kecerdsan", &[("kecerdesan", 1), ("kecerdasan", 900)], "kecerdasan");
        check("beraz", &[("berat", 4), ("beras", 20)], "beras");
        check("jokwi", &[("jokwoi", 2), ("jokowi", 3000)], "jokowi");
    }

    #[test]
    fn the_first_letter_is_seldom_wrong() {
        check("kuantim", &[("quantum", 40), ("kuantum", 20)], "kuantum");
    }
}
