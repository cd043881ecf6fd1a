//! Words of the index that a prefix or a spelling stands for.

use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermStreamer};

use crate::error::{Error, Result};
use crate::query::is_within;

/// Words that a clause expands to at most: the most frequent.
const MAX_EXPANSIONS: usize = 64;

/// Returns the most frequent words of `field` that begin with `beginning`, most frequent first.
pub(super) fn prefixed(searcher: &Searcher, field: Field, beginning: &str) -> Result<Vec<String>> {
    most_frequent(searcher, field, |terms| terms.range().ge(beginning).lt(after(beginning)).into_stream(), |_| true)
}

/// Returns the most frequent words of `field` at most `distance` letters away from `word`.
///
/// The first letter counts as right where two may be wrong, so that a part of the dictionary is
/// all there is to read.
pub(super) fn spelt_nearly(searcher: &Searcher, field: Field, word: &str, distance: u8) -> Result<Vec<String>> {
    let first = word.chars().next().map(String::from).unwrap_or_default();
    let near = |term: &str| is_within(word, term, distance);
    match distance {
        0 | 1 => most_frequent(searcher, field, TermDictionary::stream, near),
        _ => most_frequent(searcher, field, |terms| terms.range().ge(&first).lt(after(&first)).into_stream(), near),
    }
}

/// Returns the bytes behind everything that begins with `beginning`; 0xFF stands in no text.
fn after(beginning: &str) -> Vec<u8> {
    let mut after = beginning.as_bytes().to_vec();
    after.push(0xFF);
    after
}

fn most_frequent(
    searcher: &Searcher,
    field: Field,
    stream: impl Fn(&TermDictionary) -> std::io::Result<TermStreamer<'_>>,
    keep: impl Fn(&str) -> bool,
) -> Result<Vec<String>> {
    let mut frequencies: FxHashMap<String, u64> = FxHashMap::default();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(Error::engine("searched"))?;
        let failed = |source: std::io::Error| Error::engine("searched")(source.into());
        let mut terms = stream(inverted.terms()).map_err(failed)?;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            if keep(term) {
                let frequency = u64::from(terms.value().doc_freq);
                match frequencies.get_mut(term) {
                    Some(sum) => *sum += frequency,
                    None => drop(frequencies.insert(term.to_owned(), frequency)),
                }
            }
        }
    }
    let mut terms: Vec<(String, u64)> = frequencies.into_iter().collect();
    terms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    terms.truncate(MAX_EXPANSIONS);
    Ok(terms.into_iter().map(|(term, _)| term).collect())
}
