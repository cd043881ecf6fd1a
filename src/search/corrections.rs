//! Words of a query that no article has, and the words of the index that may be meant.

use std::cmp::Reverse;
use std::ops::Range;

use super::embedded::vocabulary::{self, IndexWord};
use super::response::Correction;
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

/// Returns the words of `plan`, the reading of `query`, that are in no article, where the index has
/// words near to them.
pub(super) fn corrections(index: &Index, plan: &Plan, query: &str) -> Result<Vec<Correction>> {
    let mut corrections = Vec::new();
    let mut n_unknown = 0;
    for word in words(index, plan, query) {
        if n_unknown == MAX_WORDS {
            break;
        }
        if vocabulary::has_word(index, &word.exact, &word.root)? {
            continue;
        }
        n_unknown += 1;
        let suggestions = suggestions(index, &word.exact)?;
        if !suggestions.is_empty() {
            let text = query[word.range.clone()].to_owned();
            corrections.push(Correction { range: word.range, text, suggestions });
        }
    }
    corrections.sort_by_key(|correction| correction.range.start);
    Ok(corrections)
}

/// A word of a query.
struct QueryWord {
    range: Range<usize>,
    exact: String,
    root: String,
}

/// Returns the words of the query that are looked for as they are, each once, if they are nothing
/// but letters: figures are seldom slips, nor are words of the dictionaries.
fn words(index: &Index, plan: &Plan, query: &str) -> Vec<QueryWord> {
    let mut words: Vec<QueryWord> = Vec::new();
    let mut memo = index.memo();
    for clause in plan.scoring() {
        let (ClauseKind::Word { .. } | ClauseKind::Phrase { .. }) = clause.kind else { continue };
        // What an option asks for does not stand in the query.
        let Some(found) = query[clause.range.clone()].find(&clause.text) else { continue };
        let start = clause.range.start + found;
        index.analyzer().for_each_word(&clause.text, &mut memo, |range, form| {
            let (exact, root) = (form.exact(), form.root());
            let is_known = index.analyzer().stemmer().is_root(exact);
            let is_plain = !is_known && exact.chars().all(char::is_alphabetic) && exact.chars().count() >= MIN_CHARS;
            if is_plain && words.iter().all(|other| other.exact != exact) {
                let range = start + range.start..start + range.end;
                words.push(QueryWord { range, exact: exact.to_owned(), root: root.to_owned() });
            }
        });
    }
    words
}

/// Returns the words of the index that `word` may be a slip for, the likeliest first: what is only
/// an older spelling of it, then what is near and frequent.
fn suggestions(index: &Index, word: &str) -> Result<Vec<String>> {
    let mut suggestions = Vec::new();
    if let Some(modern) = query::modern_spelling(word)
        && vocabulary::has_word(index, &modern, &modern)?
    {
        suggestions.push(modern);
    }
    let distance = if word.chars().count() < MIN_CHARS_FOR_TWO { 1 } else { 2 };
    let mut near = vocabulary::words_near(index, word, distance)?;
    near.retain(|other| other.text.chars().all(char::is_alphabetic) && !suggestions.contains(&other.text));
    near.sort_by_cached_key(|other| (Reverse(likelihood(word, other)), other.text.clone()));
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
