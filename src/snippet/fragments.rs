//! Choosing sentences: those that together cover the most of the query.

use std::ops::Range;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::highlights::{Match, Matcher};
use super::reach::{self, Stretch};
use super::{Cut, Fragment};
use crate::analysis::{Analyzer, Memo, sentences};
use crate::article::Article;
use crate::query::{Clause, Plan};

/// Fragments shown of one article.
pub const MAX_FRAGMENTS: usize = 3;

/// A longer sentence is cut around its matches, in bytes: some three lines of a terminal.
const MAX_FRAGMENT_BYTES: usize = 320;

/// Words that are looked for behind the beginning of a very long body: each takes some milliseconds
/// there.
const MAX_SOUGHT: usize = 2;

/// Makes snippets for one plan; knows which sentences it has shown.
pub struct Snippeter<'a> {
    matcher: Matcher<'a>,
    /// The clauses that matches are of, and what it is worth to show each.
    clauses: Vec<&'a Clause>,
    weights: Vec<f64>,
    shown: FxHashSet<u64>,
}

/// A sentence with a match.
struct Candidate {
    range: Range<usize>,
    matches: Vec<Match>,
    /// The clauses matched, each once.
    clauses: Vec<usize>,
}

impl Candidate {
    fn new(range: Range<usize>, matches: Vec<Match>) -> Self {
        let mut clauses: Vec<usize> = matches.iter().map(|m| m.clause).collect();
        clauses.sort_unstable();
        clauses.dedup();
        Self { range, matches, clauses }
    }
}

impl<'a> Snippeter<'a> {
    /// Prepares snippets for `plan`, all of whose clauses are worth the same.
    #[must_use]
    pub fn new(plan: &'a Plan, analyzer: &'a Analyzer) -> Self {
        Self::weighted(plan, analyzer, vec![1.0; plan.scoring().len()])
    }

    /// Prepares snippets for `plan`; `weights` says what it is worth to show each of the clauses that
    /// [`Plan::scoring`] has, such as how rare its words are.
    ///
    /// # Panics
    /// Panics where there are more or fewer weights than clauses.
    #[must_use]
    pub fn weighted(plan: &'a Plan, analyzer: &'a Analyzer, weights: Vec<f64>) -> Self {
        let clauses = plan.scoring();
        assert_eq!(weights.len(), clauses.len(), "a weight for each clause");
        Self { matcher: Matcher::of_body(plan, analyzer), clauses, weights, shown: FxHashSet::default() }
    }

    /// Returns the fragments of `article`, in the order of its text; the first sentence where
    /// nothing of the body matches. A sentence that an article before has shown is passed over where
    /// another matches.
    ///
    /// The time it takes is bounded: of a very long body the beginning is read, and some lines around
    /// the first place of words that do not stand there.
    #[must_use]
    pub fn fragments(&mut self, article: &Article, memo: &mut Memo) -> Vec<Fragment> {
        let parts = article.unfolded_body();
        let (beginning, rest) = reach::beginning(&article.text, &parts);
        let mut candidates = Vec::new();
        for stretch in &beginning {
            candidates.extend(self.candidates(article, stretch, memo));
        }
        for stretch in self.further_on(article, &rest, &candidates) {
            candidates.extend(self.candidates(article, &stretch, memo));
        }
        if candidates.is_empty() {
            return first_sentence(article, &parts).into_iter().collect();
        }
        let candidates = self.not_shown(article, candidates);
        let chosen = cover(&candidates, &self.weights);
        self.shown.extend(chosen.iter().map(|index| sentence_hash(article, &candidates[*index])));
        chosen.into_iter().map(|index| fragment(article, &candidates[index], &self.weights)).collect()
    }

    /// Returns the candidates that no article before has shown, or all where there are no others.
    fn not_shown(&self, article: &Article, candidates: Vec<Candidate>) -> Vec<Candidate> {
        let is_new = |candidate: &Candidate| !self.shown.contains(&sentence_hash(article, candidate));
        let (new, shown): (Vec<_>, Vec<_>) = candidates.into_iter().partition(is_new);
        if new.is_empty() { shown } else { new }
    }

    /// Returns the places in `rest` where clauses stand that no candidate has, in order.
    fn further_on(&self, article: &Article, rest: &[Range<usize>], candidates: &[Candidate]) -> Vec<Stretch> {
        if rest.is_empty() {
            return Vec::new();
        }
        let is_missing = |clause: &usize| candidates.iter().all(|candidate| !candidate.clauses.contains(clause));
        let missing = (0..self.clauses.len()).filter(is_missing).take(MAX_SOUGHT);
        let found = missing.filter_map(|clause| reach::around(&article.text, rest, &self.clauses[clause].text));
        let mut stretches: Vec<Stretch> = found.collect();
        stretches.sort_by_key(|stretch| stretch.range.start);
        stretches.dedup_by(|next, one| next.range.start < one.range.end);
        stretches
    }

    /// Returns the sentences of a stretch of the body that hold a match.
    fn candidates(&self, article: &Article, stretch: &Stretch, memo: &mut Memo) -> Vec<Candidate> {
        let part = &stretch.range;
        let text = &article.text[part.clone()];
        let mut matches = self.matcher.matches(text, memo).into_iter().peekable();
        let mut candidates = Vec::new();
        let mut sentences = sentences(text);
        // What stands behind the last match is not cut into sentences.
        while matches.peek().is_some()
            && let Some(sentence) = sentences.next()
        {
            let mut inside = Vec::new();
            while let Some(found) = matches.next_if(|m| m.range.start < sentence.end) {
                // A word the sentence rules cut through belongs to neither side.
                if found.range.start >= sentence.start && found.range.end <= sentence.end {
                    inside.push(Match { range: shifted(&found.range, part.start), clause: found.clause });
                }
            }
            if inside.is_empty() {
                continue;
            }
            let place = shifted(&without_glue(text, sentence), part.start);
            if !stretch.cuts(&place) {
                candidates.push(Candidate::new(place, inside));
            }
        }
        candidates
    }
}

/// Returns the part of `text[sentence]` without the commas at its ends: dumps that glue paragraphs leave
/// them there (`,,,Harga naik.,`).
fn without_glue(text: &str, sentence: Range<usize>) -> Range<usize> {
    let is_glue = |c: char| c == ',' || c.is_whitespace();
    let bare = text[sentence.clone()].trim_end_matches(is_glue);
    let end = sentence.start + bare.len();
    end - bare.trim_start_matches(is_glue).len()..end
}

fn sentence_hash(article: &Article, candidate: &Candidate) -> u64 {
    xxh3_64(&article.text.as_bytes()[candidate.range.clone()])
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Returns the sentences that cover the most of the query, greedily: each adds the clauses not yet
/// shown that are worth the most, the one whose clauses are worth more in all and then the earlier on
/// ties. Ascending.
fn cover(candidates: &[Candidate], weights: &[f64]) -> Vec<usize> {
    let mut shown = vec![false; weights.len()];
    let mut chosen = Vec::new();
    while chosen.len() < MAX_FRAGMENTS {
        let value = |index: usize| {
            let clauses = &candidates[index].clauses;
            let new: f64 = clauses.iter().filter(|clause| !shown[**clause]).map(|clause| weights[*clause]).sum();
            let all: f64 = clauses.iter().map(|clause| weights[*clause]).sum();
            (new, all)
        };
        let compared = |one: &usize, other: &usize| {
            let ((new, all), (other_new, other_all)) = (value(*one), value(*other));
            new.total_cmp(&other_new).then(all.total_cmp(&other_all)).then(other.cmp(one))
        };
        let best = (0..candidates.len()).filter(|index| !chosen.contains(index)).max_by(compared);
        let Some(best) = best else { break };
        candidates[best].clauses.iter().for_each(|clause| shown[*clause] = true);
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen
}

fn fragment(article: &Article, candidate: &Candidate, weights: &[f64]) -> Fragment {
    let (range, cut) = window(&article.text, candidate, weights);
    let inside = |m: &&Match| m.range.start >= range.start && m.range.end <= range.end;
    let highlights: Vec<Range<usize>> = candidate.matches.iter().filter(inside).map(|m| m.range.clone()).collect();
    Fragment::new(&article.text, range, cut, &highlights)
}

/// Returns the part of a sentence to show: all of it, or the words around the matches that are worth the most.
fn window(text: &str, candidate: &Candidate, weights: &[f64]) -> (Range<usize>, Cut) {
    let sentence = candidate.range.clone();
    if sentence.len() <= MAX_FRAGMENT_BYTES {
        return (sentence, Cut::default());
    }
    let first = worthiest(&candidate.matches, weights);
    let before = (MAX_FRAGMENT_BYTES / 4).min(first.start - sentence.start);
    let start = word_start(text, first.start - before, &sentence).min(first.start);
    let end = word_end(text, start + MAX_FRAGMENT_BYTES, &sentence).max(first.end);
    (start..end, Cut { start: start > sentence.start, end: end < sentence.end })
}

/// Returns the first match of the stretch of a fragment's length whose clauses are worth the most, each once, and
/// of those alike the one with the most matches.
fn worthiest(matches: &[Match], weights: &[f64]) -> Range<usize> {
    let reach = MAX_FRAGMENT_BYTES * 3 / 4;
    let mut n_shown = vec![0_usize; weights.len()];
    let (mut best, mut worth, mut end) = ((0.0, 0, 0), 0.0, 0);
    for (start, first) in matches.iter().enumerate() {
        while end < matches.len() && (end == start || matches[end].range.end <= first.range.start + reach) {
            let clause = matches[end].clause;
            worth += if n_shown[clause] == 0 { weights[clause] } else { 0.0 };
            n_shown[clause] += 1;
            end += 1;
        }
        if (worth, end - start) > (best.0, best.1) {
            best = (worth, end - start, start);
        }
        n_shown[first.clause] -= 1;
        worth -= if n_shown[first.clause] == 0 { weights[first.clause] } else { 0.0 };
    }
    matches[best.2].range.clone()
}

/// Returns the first start of a word at or behind `at`, or `at` where the sentence has no blanks.
fn word_start(text: &str, at: usize, sentence: &Range<usize>) -> usize {
    let at = text.ceil_char_boundary(at);
    if at == sentence.start {
        return at;
    }
    let rest = &text[at..sentence.end];
    let blank = rest.find(char::is_whitespace).unwrap_or(0);
    at + (rest[blank..].find(|c: char| !c.is_whitespace()).unwrap_or(0) + blank)
}

/// Returns the last end of a word at or before `at`, or `at` where the sentence has no blanks.
fn word_end(text: &str, at: usize, sentence: &Range<usize>) -> usize {
    if at >= sentence.end {
        return sentence.end;
    }
    let at = text.floor_char_boundary(at);
    let head = &text[sentence.start..at];
    let end = head.rfind(char::is_whitespace).unwrap_or(head.len());
    sentence.start + head[..end].trim_end().len()
}

/// Returns the opening of the body, for a hit that matches only by its title.
fn first_sentence(article: &Article, parts: &[Range<usize>]) -> Option<Fragment> {
    let part = parts.first()?;
    let text = &article.text[part.clone()];
    let mut bare = sentences(text).map(|sentence| without_glue(text, sentence)).filter(|bare| !bare.is_empty());
    let sentence = shifted(&bare.next()?, part.start);
    let end = word_end(&article.text, sentence.start + MAX_FRAGMENT_BYTES, &sentence);
    let cut = Cut { start: false, end: end < sentence.end };
    Some(Fragment::new(&article.text, sentence.start..end, cut, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared, RawArticle};
    use crate::query;
    use proptest::prelude::*;

    fn article(text: &str) -> Article {
        let mut article = crate::clean::clean(RawArticle {
            id: ArticleId::new("a"),
            path: String::new(),
            text: text.to_owned(),
            declared: Declared::default(),
        });
        crate::dedup::fold_repeats(&mut article);
        article
    }

    fn fragments(query: &str, text: &str) -> Vec<Fragment> {
        let analyzer = Analyzer::indonesian();
        let plan = query::read(query, &analyzer, None);
        Snippeter::new(&plan, &analyzer).fragments(&article(text), &mut Memo::default())
    }

    #[test]
    fn sentences_that_cover_the_query_are_shown_whole() {
        let text = "Harga beras naik. Warga mengeluh soal cuaca. Menteri meninjau pasar beras di Cipinang.";
        let shown = fragments("beras menteri", text);
        let texts: Vec<&str> = shown.iter().map(Fragment::text).collect();
        assert_eq!(texts, ["Harga beras naik.", "Menteri meninjau pasar beras di Cipinang."]);
        let marked: Vec<&str> = shown[1].highlights().iter().map(|h| &shown[1].text()[h.clone()]).collect();
        assert_eq!(marked, ["Menteri", "beras"]);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = format!("{}beras mahal{} akhir kata ini.", "kata lain ".repeat(60), " lagi kata".repeat(60));
        let shown = fragments("beras", &text);
        assert_eq!(shown[0].cut(), Cut { start: true, end: true });
        assert!(shown[0].text().len() <= MAX_FRAGMENT_BYTES);
        assert!(shown[0].text().starts_with("lain") || shown[0].text().starts_with("kata"), "{}", shown[0].text());
    }

    #[test]
    fn a_cut_shows_as_many_words_of_the_query_as_it_can() {
        let text = format!("Harga beras {}beras naik {}beras cipinang.", "beras lain ".repeat(4), "kata ".repeat(90));
        let shown = fragments("beras cipinang", &text);
        assert!(shown[0].text().ends_with("beras cipinang."), "{}", shown[0].text());
    }

    #[test]
    fn commas_that_glued_paragraphs_are_not_shown() {
        let text = "Pembuka.\n,,,Harga beras naik.,\nStok beras, kata dia, menipis.,,Penutup.";
        let shown = fragments("beras", text);
        let texts: Vec<&str> = shown.iter().map(Fragment::text).collect();
        assert_eq!(texts, ["Harga beras naik.", "Stok beras, kata dia, menipis."]);
        assert_eq!(fragments("judul", "Judul Berita Hari Ini\n\n,,,\n,,Isi berita.,")[0].text(), "Isi berita.");
    }

    #[test]
    fn folded_text_is_not_shown() {
        let text = "Harga beras naik lagi hari ini.\nHarga beras naik lagi hari ini.\n";
        assert_eq!(fragments("beras", text).len(), 1);
    }

    #[test]
    fn rare_words_are_shown_before_frequent_ones() {
        let analyzer = Analyzer::indonesian();
        let plan = query::read("harga beras pasar cipinang", &analyzer, None);
        let text = "Harga naik. Beras langka. Pasar sepi. Cipinang jauh.";
        let shown = |weights: [f64; 4]| -> Vec<String> {
            let mut snippeter = Snippeter::weighted(&plan, &analyzer, weights.to_vec());
            snippeter
                .fragments(&article(text), &mut Memo::default())
                .iter()
                .map(|fragment| fragment.text().to_owned())
                .collect()
        };
        assert_eq!(shown([1.0, 1.0, 1.0, 1.0]), ["Harga naik.", "Beras langka.", "Pasar sepi."]);
        assert_eq!(shown([1.0, 3.0, 2.0, 4.0]), ["Beras langka.", "Pasar sepi.", "Cipinang jauh."]);
    }

    #[test]
    fn a_word_far_behind_the_beginning_is_shown() {
        let filler = "Kata lain berdiri di sini saja. ".repeat(20_000);
        let shown = fragments("beras", &format!("{filler}\nHarga beras naik lagi. {filler}"));
        assert_eq!(shown[0].text(), "Harga beras naik lagi.");
    }

    #[test]
    fn a_match_in_the_title_alone_shows_the_first_sentence() {
        let text = "Beras Mahal di Semua Daerah\n\nWarga mengeluh soal harga. Pedagang juga.\n";
        let shown = fragments("mahal", text);
        assert_eq!(shown[0].text(), "Warga mengeluh soal harga.");
        assert!(shown[0].highlights().is_empty());
    }

    #[test]
    fn a_sentence_that_was_shown_makes_room_for_another() {
        let analyzer = Analyzer::indonesian();
        let plan = query::read("beras", &analyzer, None);
        let mut snippeter = Snippeter::new(&plan, &analyzer);
        let copy = "Harga beras naik lagi hari ini. Warga mengeluh.";
        let mut texts = |text: &str| -> Vec<String> {
            snippeter
                .fragments(&article(text), &mut Memo::default())
                .iter()
                .map(|fragment| fragment.text().to_owned())
                .collect()
        };
        assert_eq!(texts(copy), ["Harga beras naik lagi hari ini."]);
        assert_eq!(texts(&format!("{copy} Stok beras menipis.")), ["Stok beras menipis."]);
        assert_eq!(texts(copy), ["Harga beras naik lagi hari ini."]);
    }

    proptest! {
        #[test]
        fn every_highlight_is_a_match(text in "([Bb]eras|naik|lagi|[.!?] ?|\n| |\\PC|anak-anak){0,80}") {
            let analyzer = Analyzer::indonesian();
            let plan = query::read("beras anak", &analyzer, None);
            let article = article(&text);
            for fragment in Snippeter::new(&plan, &analyzer).fragments(&article, &mut Memo::default()) {
                prop_assert_eq!(&article.text[fragment.range()], fragment.text());
                for highlight in fragment.highlights() {
                    let word = fragment.text()[highlight.clone()].to_lowercase();
                    prop_assert!(word.contains("beras") || word.contains("anak"), "{}", word);
                }
            }
        }
    }
}
