//! Words of the index that a prefix or a spelling stands for.

use rustc_hash::FxHashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{Searcher, SegmentReader, Term};

use super::one_off::Dictionary;
use crate::error::{Error, Result};

/// Words that a clause expands to at most: the most frequent.
const MAX_EXPANSIONS: usize = 64;

/// Words and the number of documents that have each.
pub(super) type Frequencies = FxHashMap<String, u64>;

/// Returns the most frequent words of `field` that begin with `beginning`, most frequent first, and how many
/// documents have each.
pub(super) fn prefixed(searcher: &Searcher, field: Field, beginning: &str) -> Result<Vec<(String, u64)>> {
    Ok(most_frequent(words_with(searcher, field, beginning)?))
}

/// Returns the most frequent words of `field` at most `distance` letters away from `word`, and how many
/// documents have each.
pub(super) fn spelt_nearly(searcher: &Searcher, field: Field, word: &str, distance: u8) -> Result<Vec<(String, u64)>> {
    Ok(most_frequent(words_near(searcher, field, word, distance)?))
}

/// Returns the words of `field` that begin with `beginning`.
pub(super) fn words_with(searcher: &Searcher, field: Field, beginning: &str) -> Result<Frequencies> {
    frequencies(searcher, field, |_, terms, add| {
        let mut terms = words_from(terms, beginning)?;
        while terms.advance() {
            add(terms.key(), terms.value().doc_freq);
        }
        Ok(())
    })
}

/// Returns the words of a dictionary that begin with `beginning`.
pub(super) fn words_from<'d>(terms: &'d TermDictionary, beginning: &str) -> std::io::Result<TermStreamer<'d>> {
    terms.range().ge(beginning).lt(after(beginning)).into_stream()
}

/// Returns the words of `field` that become `word` by at most `distance` letters added, left out,
/// exchanged or swapped with the next.
///
/// Where two letters are off the first counts as right, so that a part of the dictionary is all
/// there is to walk.
fn words_near(searcher: &Searcher, field: Field, word: &str, distance: u8) -> Result<Frequencies> {
    let mut near = walk_near(searcher, field, word, distance.min(1), "")?;
    if distance > 1 {
        near.extend(words_two_off(searcher, field, word)?);
    }
    Ok(near)
}

/// Returns the words of `field` that begin with the letter that `word` begins with and become `word` by at most two
/// letters added, left out, exchanged or swapped with the next.
pub(super) fn words_two_off(searcher: &Searcher, field: Field, word: &str) -> Result<Frequencies> {
    let first = word.chars().next().map(String::from).unwrap_or_default();
    walk_near(searcher, field, word, 2, &first)
}

/// Returns the other words of `field` that become `word` by one letter added, left out, exchanged or swapped with the
/// next, of the letters of `word` and of Latin ones.
pub(super) fn words_one_off(searcher: &Searcher, field: Field, word: &str) -> Result<Frequencies> {
    let mut letters: Vec<char> = word.chars().chain('a'..='z').collect();
    letters.sort_unstable();
    letters.dedup();
    frequencies(searcher, field, |segment, terms, add| {
        let Some(dictionary) = Dictionary::open(segment, field)? else { return Ok(()) };
        let mut near = Vec::new();
        dictionary.for_each_one_off(word, &letters, &mut |word| near.push(word.to_owned()));
        for word in near {
            if let Some(found) = terms.get(&word)? {
                add(word.as_bytes(), found.doc_freq);
            }
        }
        Ok(())
    })
}

/// Returns the words near to `word` that begin with `beginning`.
fn walk_near(searcher: &Searcher, field: Field, word: &str, distance: u8, beginning: &str) -> Result<Frequencies> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
    let automaton = query.automaton().map_err(Error::engine("searched"))?;
    frequencies(searcher, field, |_, terms, add| {
        let mut near = terms.search(&automaton).ge(beginning).lt(after(beginning)).into_stream()?;
        while near.advance() {
            add(near.key(), near.value().doc_freq);
        }
        Ok(())
    })
}

/// Returns the bytes behind everything that begins with `beginning`; 0xFF stands in no text.
fn after(beginning: &str) -> Vec<u8> {
    let mut after = beginning.as_bytes().to_vec();
    after.push(0xFF);
    after
}

/// Adds up the words that `walk` meets in the dictionary of each segment.
fn frequencies(
    searcher: &Searcher,
    field: Field,
    walk: impl Fn(&SegmentReader, &TermDictionary, &mut dyn FnMut(&[u8], u32)) -> tantivy::Result<()>,
) -> Result<Frequencies> {
    let mut frequencies = Frequencies::default();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(Error::engine("searched"))?;
        let mut add = |term: &[u8], frequency: u32| {
            let Ok(term) = std::str::from_utf8(term) else { return };
            match frequencies.get_mut(term) {
                Some(sum) => *sum += u64::from(frequency),
                None => drop(frequencies.insert(term.to_owned(), u64::from(frequency))),
            }
        };
        walk(segment, inverted.terms(), &mut add).map_err(Error::engine("searched"))?;
    }
    Ok(frequencies)
}

fn most_frequent(frequencies: Frequencies) -> Vec<(String, u64)> {
    let mut words: Vec<(String, u64)> = frequencies.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MAX_EXPANSIONS);
    words
}
