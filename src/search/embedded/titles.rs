//! Titles found by the words that stand in them side by side, from postings alone.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::expand::words_from;
use super::vocabulary::{IndexWord, by_frequency};
use crate::error::{Error, Result};
use crate::index::{DenseSet, Index};

/// Postings read at most, in a millisecond or two; titles beyond them are not seen.
const MAX_POSTINGS: usize = 20_000;

/// Titles in which an ending stands beside words that are looked at, so that one which is frequent and never behind
/// them leaves room for others.
const MAX_TITLES_OF_ENDING: usize = 512;

/// Endings that are tried behind words before it is asked whether any was found, the most frequent first.
const ENDINGS_TRIED_TOGETHER: usize = 2048;

/// A title in which the words stand; what comes first is shown first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct Found {
    /// Whether it begins otherwise.
    inside: bool,
    /// The latest first, those without a date last.
    date: Reverse<Option<i64>>,
    ord: u64,
    /// The article.
    pub(in crate::search) address: DocAddress,
    /// The ending it has, by its place among them.
    pub(in crate::search) ending: usize,
}

/// Returns the articles in whose titles one of `endings` stands: those whose title begins so first, then the latest.
pub(in crate::search) fn titles_with(index: &Index, endings: &[String]) -> Result<Vec<Found>> {
    let searcher = index.searcher();
    let mut room = MAX_POSTINGS;
    let mut found = Vec::new();
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        for (ending, text) in endings.iter().enumerate() {
            let walk = Walk { index, segment, segment_ord, ending };
            walk.add(&[], text, &mut room, &mut found).map_err(Error::engine("searched"))?;
        }
    }
    Ok(in_order(found))
}

/// Returns the articles in whose titles `words`, of which there is one, and then a word that begins with `beginning`
/// stand side by side, in the order of [`titles_with`], and the words that do so.
///
/// What stands beside the words anywhere in a title is told from the lists of articles alone, so that the endings whose
/// places are read are few.
pub(in crate::search) fn titles_behind(
    index: &Index,
    words: &[String],
    beginning: &str,
) -> Result<(Vec<IndexWord>, Vec<Found>)> {
    let (endings, found) = found_behind(index, words, beginning).map_err(Error::engine("searched"))?;
    Ok((endings.into_iter().map(|ending| ending.word).collect(), in_order(found)))
}

fn found_behind(index: &Index, words: &[String], beginning: &str) -> tantivy::Result<(Vec<Ending>, Vec<Found>)> {
    let searcher = index.searcher();
    let endings = endings(index, beginning)?;
    let mut having = Vec::with_capacity(searcher.segment_readers().len());
    for segment in searcher.segment_readers() {
        having.push((segment.inverted_index(index.fields().title_exact)?, titles_having(index, segment, words)?));
    }
    let mut found = Vec::new();
    for (n_before, tried) in (0..).step_by(ENDINGS_TRIED_TOGETHER).zip(endings.chunks(ENDINGS_TRIED_TOGETHER)) {
        let mut beside: Vec<(usize, usize)> = Vec::new();
        for (place, ending) in (n_before..).zip(tried) {
            beside.push((ending.n_beside(&having)?, place));
        }
        beside.retain(|(n_titles, _)| *n_titles > 0);
        beside.sort_unstable_by_key(|(n_titles, place)| (Reverse(*n_titles), *place));
        let mut room = MAX_POSTINGS;
        for (_, ending) in beside {
            let mut room_of_one = room.min(MAX_TITLES_OF_ENDING);
            room -= room_of_one;
            for (segment_ord, _) in &endings[ending].places {
                let (segment_ord, segment) = (*segment_ord, searcher.segment_reader(*segment_ord));
                let walk = Walk { index, segment, segment_ord, ending };
                walk.add(words, &endings[ending].word.text, &mut room_of_one, &mut found)?;
            }
            room += room_of_one;
        }
        if !found.is_empty() {
            break;
        }
    }
    Ok((endings, found))
}

/// Puts titles in order, each once.
fn in_order(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable();
    let mut seen = FxHashSet::default();
    found.retain(|one| seen.insert(one.address));
    found
}

/// A word of titles.
struct Ending {
    word: IndexWord,
    /// Its place in each segment that has it.
    places: Vec<(u32, TermInfo)>,
}

/// Returns the words of titles that begin with `beginning`, the most frequent first.
fn endings(index: &Index, beginning: &str) -> tantivy::Result<Vec<Ending>> {
    let mut by_text: FxHashMap<String, Ending> = FxHashMap::default();
    for (segment_ord, segment) in (0..).zip(index.searcher().segment_readers()) {
        let inverted = segment.inverted_index(index.fields().title_exact)?;
        let mut terms = words_from(inverted.terms(), beginning)?;
        while terms.advance() {
            let (Ok(text), place) = (std::str::from_utf8(terms.key()), terms.value().clone()) else { continue };
            let n_articles = u64::from(place.doc_freq);
            if let Some(ending) = by_text.get_mut(text) {
                ending.word.n_articles += n_articles;
                ending.places.push((segment_ord, place));
            } else {
                let word = IndexWord { text: text.to_owned(), n_articles };
                by_text.insert(text.to_owned(), Ending { word, places: vec![(segment_ord, place)] });
            }
        }
    }
    let mut endings: Vec<Ending> = by_text.into_values().collect();
    endings.sort_unstable_by(|a, b| by_frequency(&a.word, &b.word));
    Ok(endings)
}

impl Ending {
    /// Returns how many of the titles `having` others, which stand there for each segment, have it too.
    fn n_beside(&self, having: &[(Arc<InvertedIndexReader>, DenseSet)]) -> tantivy::Result<usize> {
        let mut n_beside = 0;
        for (segment_ord, place) in &self.places {
            let (inverted, having) = &having[*segment_ord as usize];
            let mut blocks = inverted.read_block_postings_from_terminfo(place, IndexRecordOption::Basic)?;
            while !blocks.docs().is_empty() {
                n_beside += blocks.docs().iter().filter(|doc| having.contains(**doc)).count();
                blocks.advance();
            }
        }
        Ok(n_beside)
    }
}

/// Returns the documents of a segment that have all of `words` in their title.
fn titles_having(index: &Index, segment: &SegmentReader, words: &[String]) -> tantivy::Result<DenseSet> {
    let mut having = DenseSet::below(segment.max_doc());
    let Some(mut postings) = opened(index, segment, words.iter().map(String::as_str), IndexRecordOption::Basic)? else {
        return Ok(having);
    };
    let mut doc = first_with_all(&mut postings, 0);
    while doc != TERMINATED {
        having.add(doc);
        doc = first_with_all(&mut postings, doc + 1);
    }
    Ok(having)
}

/// Opens the postings of words of titles; nothing where the segment lacks one.
fn opened<'t>(
    index: &Index,
    segment: &SegmentReader,
    words: impl Iterator<Item = &'t str>,
    option: IndexRecordOption,
) -> tantivy::Result<Option<Vec<SegmentPostings>>> {
    let field = index.fields().title_exact;
    let inverted = segment.inverted_index(field)?;
    let open = |word| inverted.read_postings(&Term::from_field_text(field, word), option);
    Ok(words.map(open).collect::<std::io::Result<_>>()?)
}

/// The titles of one segment that have one ending.
struct Walk<'a> {
    index: &'a Index,
    segment: &'a SegmentReader,
    segment_ord: u32,
    ending: usize,
}

impl Walk<'_> {
    /// Adds the titles with `words` and the ending `text`, while there is room for postings to read.
    fn add(&self, words: &[String], text: &str, room: &mut usize, found: &mut Vec<Found>) -> tantivy::Result<()> {
        let tokens = words.iter().map(String::as_str).chain([text]);
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(mut postings) = opened(self.index, self.segment, tokens, option)? else { return Ok(()) };
        let dates = self.segment.fast_fields().i64("date")?;
        let ords = self.segment.fast_fields().u64("ord")?;
        let mut doc = 0;
        while *room > 0 {
            *room -= 1;
            doc = first_with_all(&mut postings, doc);
            if doc == TERMINATED {
                break;
            }
            let is_alive = self.segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            if is_alive && let Some(start) = first_side_by_side(&mut postings) {
                found.push(Found {
                    inside: start > 0,
                    date: Reverse(dates.first(doc)),
                    ord: ords.first(doc).unwrap_or_default(),
                    address: DocAddress::new(self.segment_ord, doc),
                    ending: self.ending,
                });
            }
            doc += 1;
        }
        Ok(())
    }
}

/// Moves all to the first document at or behind `doc` that has them all.
fn first_with_all(postings: &mut [SegmentPostings], mut doc: u32) -> u32 {
    let mut n_agreed = 0;
    while n_agreed < postings.len() {
        n_agreed = 0;
        for one in &mut *postings {
            let reached = if one.doc() < doc { one.seek(doc) } else { one.doc() };
            n_agreed = if reached == doc { n_agreed + 1 } else { 0 };
            doc = reached;
            if doc == TERMINATED {
                return TERMINATED;
            }
        }
    }
    doc
}

/// Returns the first position from which the tokens follow one another in the document they are at.
fn first_side_by_side(postings: &mut [SegmentPostings]) -> Option<u32> {
    let (first, rest) = postings.split_first_mut()?;
    let mut starts = Vec::new();
    first.positions(&mut starts);
    let mut positions = Vec::new();
    for (distance, one) in (1..).zip(rest) {
        one.positions(&mut positions);
        starts.retain(|start| positions.contains(&(start + distance)));
    }
    starts.first().copied()
}
