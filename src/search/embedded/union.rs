//! The best documents that have any of some words: the plain query, answered without the engine.
//!
//! Maximum score pruning, window by window. Once the best found so far cannot be reached by some
//! addends alone, documents are taken from the lists of the others, and those addends are looked up
//! only for documents that they could lift among the best. Chosen for that are addends of long lists
//! that add little: common words, and the roots of words. Sums are exact, so that the order of
//! addends, documents and segments makes no difference.

use tantivy::query::{Query, Scorer};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TERMINATED};

use super::super::cursor::Place;
use super::Scored;
use super::addends::Addend;
use super::best::Best;
use super::lists::List;
use super::matching::{seek, unscored};
use super::window::Window;

/// Documents of a list that are added up in the time that it takes to look one of them up.
const POSTINGS_PER_SEEK: usize = 12;

/// The share of the score of the best that lists which are looked up can add at most. The smaller it is,
/// the fewer documents must be looked up; the greater, the fewer lists are added up. Measured on a
/// million articles: all of 0.3 to 0.5 is as fast, 1 takes a quarter longer.
const LOOKED_UP: f64 = 0.5;

/// Returns the `wanted` best documents that have any of `addends` and are among those that a query
/// finds, if there is one; the best first, and only those behind `last` where it is given.
pub(super) fn best_of_union(
    searcher: &Searcher,
    addends: &[Addend],
    among: Option<&dyn Query>,
    wanted: usize,
    last: Option<Place>,
) -> tantivy::Result<Vec<Scored>> {
    let among = among.map(|query| unscored(query, searcher)).transpose()?;
    let mut best = Best::new(wanted, last);
    let mut window = Window::new();
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        let mut lists = Vec::with_capacity(addends.len());
        for addend in addends {
            lists.extend(addend.list(searcher, segment_ord)?);
        }
        let among = among.as_ref().map(|weight| weight.scorer(segment, 1.0)).transpose()?;
        let scan = Scan { segment, segment_ord, sums: sums(&mut lists), lists, among, candidates: Vec::new() };
        scan.run(&mut window, &mut best)?;
    }
    best.into_scored(searcher)
}

/// Sorts `lists` so that those come first that are best left to look up, and returns the most that as
/// many of the first as its place tells can add together.
fn sums(lists: &mut [List]) -> Vec<f64> {
    let worth = |list: &List| list.bound() / f64::from(list.n_documents().max(1));
    lists.sort_by(|a, b| worth(a).total_cmp(&worth(b)));
    let mut sums = vec![0.0];
    for list in lists {
        sums.push(sums[sums.len() - 1] + list.bound());
    }
    sums
}

/// The search of one segment.
struct Scan<'a> {
    segment: &'a SegmentReader,
    segment_ord: u32,
    lists: Vec<List<'a>>,
    sums: Vec<f64>,
    /// The documents that may be found, where not all may.
    among: Option<Box<dyn Scorer>>,
    /// Documents of the window that may be among the best.
    candidates: Vec<DocId>,
}

impl Scan<'_> {
    fn run(mut self, window: &mut Window, best: &mut Best) -> tantivy::Result<()> {
        let ords = self.segment.fast_fields().u64("ord")?;
        let alive = self.segment.alive_bitset();
        let ord = |doc| ords.first(doc).unwrap_or_default();
        loop {
            // Lists that cannot lift a document far all together.
            let n_looked_up = self.sums[1..].partition_point(|sum| *sum < best.floor() * LOOKED_UP);
            let Some(start) = self.next(n_looked_up) else { return Ok(()) };
            window.move_to(start);
            self.lists[n_looked_up..].iter_mut().for_each(|list| list.add_to(window));
            window.find(best.floor() - self.sums[n_looked_up], &mut self.candidates);
            self.candidates.retain(|doc| alive.is_none_or(|alive| alive.is_alive(*doc)));
            self.keep_those_that_may_be_found();
            for place in (0..n_looked_up).rev() {
                self.look_up(place, best.floor(), window);
            }
            for doc in self.candidates.drain(..) {
                best.offer(window.score(doc), DocAddress::new(self.segment_ord, doc), ord);
            }
            window.clear();
        }
    }

    /// Returns the next document of the lists from the given place on that may be found.
    fn next(&mut self, place: usize) -> Option<DocId> {
        loop {
            let lists = &mut self.lists[place..];
            let next = lists.iter().map(List::doc).min().filter(|doc| *doc != TERMINATED)?;
            let Some(among) = &mut self.among else { return Some(next) };
            match seek(among.as_mut(), next) {
                TERMINATED => return None,
                found if found == next => return Some(next),
                found => {
                    for list in lists {
                        list.seek(found);
                    }
                }
            }
        }
    }

    fn keep_those_that_may_be_found(&mut self) {
        if let Some(among) = &mut self.among {
            self.candidates.retain(|doc| seek(among.as_mut(), *doc) == *doc);
        }
    }

    /// Adds what the list at `place` adds, to the candidates that it and those before it can lift to `floor`.
    fn look_up(&mut self, place: usize, floor: f64, window: &mut Window) {
        let Self { candidates, lists, sums, segment, .. } = self;
        window.keep(floor - sums[place + 1], candidates);
        let list = &mut lists[place];
        if list.n_expected(Window::LEN, segment.max_doc()) < candidates.len() * POSTINGS_PER_SEEK {
            list.add_to(window);
            return;
        }
        for doc in candidates {
            window.add(*doc, list.score_of(*doc));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::query::{AllQuery, BooleanQuery, Occur, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use tantivy::tokenizer::WhitespaceTokenizer;
    use tantivy::{Index, IndexWriter, TantivyDocument, Term};

    use super::super::super::explain::{IndexField, TermKind};
    use super::super::addends::Addends;
    use super::super::candidates::sort;
    use super::super::parts::Part;
    use super::super::searched::SearchedFields;
    use super::*;
    use crate::index::Fields;

    const N_DOCUMENTS: u32 = 9000;

    /// Returns a view of documents in three segments, some of them deleted; of the words `w0`, `w1` and
    /// so on each is half as frequent as the one before it, and stands in a document up to three times.
    fn documents() -> (Searcher, Fields) {
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_ram(schema);
        index.tokenizers().register("cells", WhitespaceTokenizer::default());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        let mut random = 1_u32;
        for n in 0..N_DOCUMENTS {
            let mut document = TantivyDocument::new();
            let mut text = String::from("w0");
            for word in 1..10 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if (random >> 16).is_multiple_of(1 << word) {
                    text.push_str(&format!(" w{word}").repeat((random >> 28) as usize % 3 + 1));
                }
            }
            document.add_text(fields.body_exact, &text);
            document.add_u64(fields.ord, u64::from(n.wrapping_mul(2_654_435_761)));
            document.add_u64(fields.story, n.into());
            writer.add_document(document).unwrap();
            if [500, 7000].contains(&n) {
                writer.commit().unwrap();
            }
        }
        for story in (0..u64::from(N_DOCUMENTS)).step_by(7) {
            writer.delete_term(Term::from_field_u64(fields.story, story));
        }
        writer.commit().unwrap();
        (index.reader().unwrap().searcher(), fields)
    }

    /// The words of each part, and its weight.
    type Words = Vec<(Vec<usize>, f32)>;

    fn part(tokens: &[usize], weight: f32) -> Part {
        let tokens = tokens.iter().map(|word| format!("w{word}")).collect();
        Part {
            field: IndexField::BodyExact,
            clause: 0,
            tokens,
            shares: Vec::new(),
            kind: TermKind::Phrase,
            slop: 0,
            weight,
        }
    }

    fn all_without(fields: &Fields, word: usize) -> Box<dyn Query> {
        let term = Term::from_field_text(fields.body_exact, &format!("w{word}"));
        let without: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, without)]))
    }

    fn places(scored: &[Scored]) -> Vec<Place> {
        scored.iter().map(Scored::place).collect()
    }

    #[test]
    fn the_best_are_those_of_all_that_are_scored_one_by_one() {
        let (searcher, fields) = documents();
        let mut alive = Vec::new();
        for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
            alive.extend(segment.doc_ids_alive().map(|doc| DocAddress::new(segment_ord, doc)));
        }
        let parts = prop::collection::vec((prop::collection::vec(0_usize..10, 1..3), 0.01_f32..3.0), 1..8);
        let case = (parts, 1_usize..60, 0_usize..2, prop::option::of(1_usize..10));
        let law = |(parts, wanted, page, without): (Words, usize, usize, Option<usize>)| {
            let parts: Vec<Part> = parts.iter().map(|(words, weight)| part(words, *weight)).collect();
            let opened = SearchedFields::of(searcher.clone(), fields);
            let addends = Addends::new(&parts, &opened).unwrap();
            let among = without.map(|word| all_without(&fields, word));
            let mut all = addends.scored(alive.clone()).unwrap();
            if let Some(word) = without {
                let without = Addends::new(&[part(&[word], 1.0)], &opened).unwrap();
                let with = without.scored(alive.clone()).unwrap();
                let scores = with.iter().map(|hit| hit.score);
                let mut scores = scores.collect::<Vec<_>>().into_iter();
                all.retain(|_| scores.next() == Some(0.0));
            }
            all.retain(|hit| hit.score > 0.0);
            sort(&mut all);
            let start = (page * wanted).min(all.len());
            let last = start.checked_sub(1).map(|last| all[last].place());
            let best = addends.best(among.as_deref(), wanted, last).unwrap();
            let expected = &all[start..(start + wanted).min(all.len())];
            prop_assert_eq!(places(&best), places(expected));
            Ok(())
        };
        proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(40)).run(&case, law).unwrap();
    }
}
