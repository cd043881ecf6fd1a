//! Words that go on in titles behind others, from postings alone.

use rustc_hash::FxHashMap;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::expand::words_from;
use super::titles::{Found, Segment, in_order};
use super::vocabulary::{IndexWord, by_frequency};
use crate::error::{Error, Result};
use crate::index::{DenseSet, Index};

/// Endings that are tried before it is asked whether any was found, the most frequent first.
const TRIED_TOGETHER: usize = 512;

/// Titles with the words that are looked at: what goes on behind very frequent words shows in a part of them.
const MAX_TITLES: u64 = 8192;

/// Returns the articles in whose titles `words`, of which there is one, and then a word that begins with `beginning`
/// stand side by side, those whose title begins so first, then the latest; and the words that begin so.
///
/// Of very frequent words not all titles are looked at. Which endings stand in the others is told from their lists of
/// articles, so that the places are read of few.
pub(in crate::search) fn titles_behind(
    index: &Index,
    words: &[String],
    beginning: &str,
) -> Result<(Vec<IndexWord>, Vec<Found>)> {
    let (endings, found) = found_behind(index, words, beginning).map_err(Error::engine("searched"))?;
    Ok((endings.into_iter().map(|ending| ending.word).collect(), in_order(found)))
}

fn found_behind(index: &Index, words: &[String], beginning: &str) -> tantivy::Result<(Vec<Ending>, Vec<Found>)> {
    let n_documents =
        index.searcher().segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum::<u64>();
    let mut begun = Vec::with_capacity(index.searcher().segment_readers().len());
    for (ord, segment) in (0..).zip(index.searcher().segment_readers()) {
        let share = MAX_TITLES * u64::from(segment.max_doc()) / n_documents.max(1);
        begun.push(Begun::new(index, ord, words, usize::try_from(share).unwrap_or(usize::MAX))?);
    }
    if begun.iter().all(|begun| begun.ends.is_empty()) {
        return Ok((Vec::new(), Vec::new()));
    }
    let endings = endings(&begun, beginning)?;
    let mut found = Vec::new();
    for (place, ending) in endings.iter().enumerate() {
        if place.is_multiple_of(TRIED_TOGETHER) && !found.is_empty() {
            break;
        }
        for (segment, info) in &ending.places {
            begun[*segment].add(info, place, words.len(), &mut found)?;
        }
    }
    Ok((endings, found))
}

/// The titles of a segment in which the words stand side by side.
struct Begun {
    segment: Segment,
    documents: DenseSet,
    /// Each of them with the positions behind the words, ascending.
    ends: Vec<(DocId, u32)>,
}

impl Begun {
    /// Finds them, while there is `room` for titles to look at.
    fn new(index: &Index, ord: u32, words: &[String], mut room: usize) -> tantivy::Result<Self> {
        let segment = Segment::open(index, ord)?;
        let mut documents = DenseSet::below(index.searcher().segment_reader(ord).max_doc());
        let mut ends = Vec::new();
        let option = IndexRecordOption::WithFreqsAndPositions;
        let term = |word: &String| Term::from_field_text(index.fields().title_exact, word);
        let open = |word| segment.titles.read_postings(&term(word), option);
        let opened: Option<Vec<SegmentPostings>> = words.iter().map(open).collect::<std::io::Result<_>>()?;
        let mut postings = opened.unwrap_or_default();
        let mut doc = if postings.is_empty() { TERMINATED } else { first_with_all(&mut postings, 0) };
        while doc != TERMINATED && room > 0 {
            room -= 1;
            let n_before = ends.len();
            if segment.is_alive(doc) {
                ends.extend(ends_side_by_side(&mut postings).into_iter().map(|end| (doc, end)));
            }
            if ends.len() > n_before {
                documents.add(doc);
            }
            doc = first_with_all(&mut postings, doc + 1);
        }
        Ok(Self { segment, documents, ends })
    }

    /// Adds the titles in which the ending with the number `ending` stands behind the `n_words` words.
    fn add(&self, info: &TermInfo, ending: usize, n_words: usize, found: &mut Vec<Found>) -> tantivy::Result<()> {
        let titles = &self.segment.titles;
        let mut blocks = titles.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut documents = Vec::new();
        while !blocks.docs().is_empty() {
            documents.extend(blocks.docs().iter().filter(|doc| self.documents.contains(**doc)));
            blocks.advance();
        }
        if documents.is_empty() {
            return Ok(());
        }
        let mut postings = titles.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        let mut positions = Vec::new();
        for doc in documents {
            postings.seek(doc);
            postings.positions(&mut positions);
            let stands_behind = |end: &&u32| self.ends.binary_search(&(doc, **end)).is_ok();
            if let Some(end) = positions.iter().find(stands_behind) {
                let start = end.saturating_sub(u32::try_from(n_words).unwrap_or(u32::MAX));
                found.push(Found::new(&self.segment, doc, start, ending));
            }
        }
        Ok(())
    }
}

/// A word of titles.
struct Ending {
    word: IndexWord,
    /// Where it is in each segment that has it.
    places: Vec<(usize, TermInfo)>,
}

/// Returns the words of titles that begin with `beginning`, the most frequent first.
fn endings(begun: &[Begun], beginning: &str) -> tantivy::Result<Vec<Ending>> {
    let mut by_text: FxHashMap<String, Ending> = FxHashMap::default();
    for (segment, begun) in begun.iter().enumerate() {
        let mut terms = words_from(begun.segment.titles.terms(), beginning)?;
        while terms.advance() {
            let (Ok(text), place) = (std::str::from_utf8(terms.key()), terms.value().clone()) else { continue };
            let n_articles = u64::from(place.doc_freq);
            if let Some(ending) = by_text.get_mut(text) {
                ending.word.n_articles += n_articles;
                ending.places.push((segment, place));
            } else {
                let word = IndexWord { text: text.to_owned(), n_articles };
                by_text.insert(text.to_owned(), Ending { word, places: vec![(segment, place)] });
            }
        }
    }
    let mut endings: Vec<Ending> = by_text.into_values().collect();
    endings.sort_unstable_by(|a, b| by_frequency(&a.word, &b.word));
    Ok(endings)
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

/// Returns the positions behind the places where the tokens follow one another in the document they are at.
fn ends_side_by_side(postings: &mut [SegmentPostings]) -> Vec<u32> {
    let (mut ends, mut positions) = (Vec::new(), Vec::new());
    for (place, one) in postings.iter_mut().enumerate() {
        one.positions(&mut positions);
        if place == 0 {
            ends.extend(positions.iter().map(|position| position + 1));
        } else {
            ends.retain(|end| positions.contains(end));
            for end in &mut ends {
                *end += 1;
            }
        }
    }
    ends
}
