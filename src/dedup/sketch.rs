//! An article as repeats are looked for: its words, its sentences and their keys, its marks, and what
//! it repeats of itself.
//!
//! Made from one text alone, on any thread; nothing here knows another article.

use std::ops::Range;

use super::own::{OwnSource, own_repeats};
use super::word::{MAX_WORDS, Word, finish, hash_of_run, mix, push_words};
use crate::analysis::sentences;
use crate::article::{Article, Passage, PassageKind, Title, TitleOrigin};

/// Words of a shingle: long enough to be rare, short enough to survive damage between two wrong
/// words.
pub(super) const SHINGLE_WORDS: usize = 4;
/// Shingles of which the least is kept as a mark: every shared run of 33 words shares a mark, and an
/// article of 170 words has some 11.
const WINDOW: usize = 30;
/// Words a sentence needs before its repeat is evidence; shorter ones repeat by chance.
pub(super) const MIN_WORDS: usize = 4;

/// Words of an entry of a list at most; a longer line is text, such as a line-up that was joined.
const ENTRY_WORDS: usize = 15;
/// The seed of the hashes of shingles, which keeps them apart from sentences of four words.
const SHINGLE_SEED: u64 = 1;
/// The seed of the hashes of what stands around a shingle.
const CONTEXT_SEED: u64 = 2;

/// An article as repeats are looked for.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// The words of its headline.
    pub(super) headline: Vec<u64>,
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) marks: Vec<Mark>,
    /// The keys of sentences and marks, ascending, each once.
    pub(super) keys: Vec<u64>,
    /// What each sentence repeats of the article itself.
    pub(super) own: Vec<Option<OwnSource>>,
}

/// A sentence of an article.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// Its words, as places in the list of words.
    pub(super) words: Range<usize>,
    /// What an equal sentence has too; a short one, only behind an equal one.
    pub(super) key: u64,
    /// What an equal short sentence has too before an equal one; 0 where the sentence is not short or
    /// the last.
    pub(super) key_before_next: u64,
    /// Whether it belongs to the body; what does not is no evidence of a copy.
    pub(super) is_body: bool,
    /// Whether it may go on with the sentence before.
    pub(super) is_glued: bool,
}

impl Sentence {
    pub(super) fn is_short(&self) -> bool {
        self.words.len() < MIN_WORDS
    }
}

/// Returns the passages that are looked at.
fn sketched(article: &Article) -> impl Iterator<Item = &Passage> {
    let is_sketched = |kind: PassageKind| kind.is_body() || kind == PassageKind::Promotion;
    article.passages.iter().filter(move |passage| is_sketched(passage.kind))
}

/// Returns how many words `article` has about, rather more than fewer.
fn n_words(article: &Article) -> usize {
    (article.text.len() / 6).min(MAX_WORDS)
}

/// Returns the hashes of the words of the headline of `article`; none where it has no headline of its own.
pub(super) fn headline_of(article: &Article) -> Vec<u64> {
    let Title { range, origin } = &article.metadata.title;
    let mut words = Vec::new();
    if *origin != TitleOrigin::Derived {
        push_words(&article.text, range.clone(), &mut words);
    }
    words.iter().map(|word| word.hash).collect()
}

/// Whether a sentence surely ends before `rest`: at a line break, or where a capital or figure follows,
/// white space, a quote or bracket between them at most. Where it does not, both sides are judged as
/// one, so that a statement is not torn apart from the figure that changed in it.
fn is_clear_end(rest: &str) -> bool {
    let next = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
    let gap = &rest[..rest.len() - next.len()];
    let begins = unquoted(next).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    gap.contains(['\n', '\r']) || begins
}

/// Whether the sentence that ends at the byte `end` may go on with the one that begins at `start`: no
/// blank parts them, or the marks between them were only made out when the text was repaired. One comma
/// behind a full stop is what dumps put where a line ended, unless a figure follows; any other comma is what
/// is left of words that were lost.
fn is_glued(article: &Article, end: usize, start: usize) -> bool {
    let (text, gap) = (&article.text, &article.text[end..start]);
    if gap.contains(['\n', '\r']) {
        return false;
    }
    let said = text[..start].trim_end_matches([',', ' ', '\u{a0}']);
    let is_close = said.len() <= end;
    let is_parted = match text[said.len()..start].matches(',').count() {
        0 => !gap.is_empty(),
        n_commas => n_commas == 1 && said.ends_with(['.', '!', '?', '…']) && !begins_with_figure(&text[start..]),
    };
    let opening = text[start..].chars().next().map_or(0, char::len_utf8);
    is_close && !is_parted || article.is_repaired(&(end..start + opening))
}

/// Whether `c` may stand behind the mark that ends a sentence.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | ')' | ']' | '»' | '*' | '_')
}

/// Whether `text` begins with a digit, in quotes or not.
fn begins_with_figure(text: &str) -> bool {
    unquoted(text).starts_with(|c: char| c.is_numeric())
}

/// Returns `text` without the quote or bracket that it begins with.
fn unquoted(text: &str) -> &str {
    text.strip_prefix(['"', '“', '‘', '\'', '(', '[']).unwrap_or(text)
}

/// A shingle that stands for the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The hash of the shingle, hashed again.
    pub(super) key: u64,
    /// The place of its first word in the list of words.
    pub(super) word: usize,
}

impl Sketch {
    /// Returns the sketch of `article`: of its body and of the lines that `clean` took for
    /// promotion, which are repeated like any other text.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let mut sketch = Self::of_sentences(article);
        sketch.headline = headline_of(article);
        sketch.marks = sketch.marks();
        sketch.keys = sketch.all_keys();
        let n_keys = sketch.keys.len();
        sketch.keys.dedup();
        // In most articles each key stands once: nothing is said twice.
        let is_repetitive = sketch.keys.len() < n_keys;
        sketch.own =
            if is_repetitive { own_repeats(&article.text, &sketch) } else { vec![None; sketch.sentences.len()] };
        sketch
    }

    /// Returns the keys of sentences and marks, ascending.
    fn all_keys(&self) -> Vec<u64> {
        let mut keys = Vec::with_capacity(2 * self.sentences.len() + self.marks.len());
        keys.extend(self.sentences.iter().map(|sentence| sentence.key));
        keys.extend(self.sentences.iter().map(|sentence| sentence.key_before_next).filter(|key| *key != 0));
        keys.extend(self.marks.iter().map(|mark| mark.key));
        keys.sort_unstable();
        keys
    }

    /// Returns the words of `article` as its sketch has them.
    pub(super) fn words_of(article: &Article) -> Vec<Word> {
        let mut words = Vec::with_capacity(n_words(article));
        // No sentence ends inside a word, so that passages may be cut as wholes.
        sketched(article).for_each(|passage| push_words(&article.text, passage.range.clone(), &mut words));
        words
    }

    fn of_sentences(article: &Article) -> Self {
        let words = Vec::with_capacity(n_words(article));
        let mut sketch = Self { words, ..Self::default() };
        for passage in sketched(article) {
            sketch.push_passage(article, &passage.range, passage.kind.is_body());
        }
        sketch
    }

    fn push_passage(&mut self, article: &Article, passage: &Range<usize>, is_body: bool) {
        let text = &article.text;
        let mut rest = sentences(&text[passage.clone()]).peekable();
        while let Some(sentence) = rest.next() {
            if self.words.len() >= MAX_WORDS {
                return;
            }
            let mut range = passage.start + sentence.start..passage.start + sentence.end;
            while let Some(next) = rest.next_if(|next| !is_clear_end(&text[range.end..passage.start + next.end])) {
                range.end = passage.start + next.end;
            }
            let first = self.words.len();
            push_words(text, range.clone(), &mut self.words);
            if self.words.len() > first {
                let words = first..self.words.len();
                let is_glued = self.sentences.last().is_some_and(|last| is_glued(article, last.range.end, range.start));
                self.push_sentence(Sentence { range, words, key: 0, key_before_next: 0, is_body, is_glued });
            }
        }
    }

    /// Adds `sentence` with its keys, and to a short one before it what the new one tells of it.
    fn push_sentence(&mut self, mut sentence: Sentence) {
        let hash = |words: &Range<usize>| hash_of_run(&self.words[words.clone()], 0);
        let key_before = self.sentences.last().map_or(0, |last| last.key);
        let own = hash(&sentence.words);
        sentence.key = finish(if sentence.is_short() { mix(own, key_before) } else { own });
        let short = self.sentences.last().filter(|last| last.is_short());
        if let Some(key) = short.map(|last| finish(mix(hash(&last.words), !sentence.key)))
            && let Some(last) = self.sentences.last_mut()
        {
            last.key_before_next = key;
        }
        self.sentences.push(sentence);
    }

    /// Returns the marks: the least shingle of every window, each once, in order; of equal ones the last.
    fn marks(&self) -> Vec<Mark> {
        let key = |words: &[Word]| finish(hash_of_run(words, SHINGLE_SEED));
        let keys: Vec<u64> = self.words.windows(SHINGLE_WORDS).map(key).collect();
        let least = |from: usize, to: usize| (from..=to).rev().min_by_key(|word| keys[*word]).unwrap_or(to);
        let mut marks: Vec<Mark> = Vec::new();
        let mut word = 0;
        for last in 0..keys.len() {
            if keys[last] <= keys[word] {
                word = last;
            } else if word + WINDOW <= last {
                word = least(last + 1 - WINDOW, last);
            }
            let is_full = last + 1 >= WINDOW || last + 1 == keys.len();
            if is_full && marks.last().is_none_or(|mark| mark.word != word) {
                // The least keys lie close together, and what keeps entries by their keys counts on even ones.
                marks.push(Mark { key: finish(keys[word]), word });
            }
        }
        marks
    }

    /// Returns eight bits each of the three words before and behind the shingle at `word`: what
    /// tells a shared passage from a phrase that many texts hold.
    pub(super) fn context(&self, word: usize) -> [u8; 2] {
        const AROUND: usize = 3;
        let byte =
            |words: Option<&[Word]>| words.map_or(0, |words| finish(hash_of_run(words, CONTEXT_SEED)).to_le_bytes()[0]);
        let behind = word + SHINGLE_WORDS;
        [
            byte(word.checked_sub(AROUND).and_then(|from| self.words.get(from..word))),
            byte(self.words.get(behind..behind + AROUND)),
        ]
    }

    /// Returns the marks that begin in `sentence`.
    pub(super) fn marks_of(&self, sentence: &Sentence) -> &[Mark] {
        let before = |end: usize| self.marks.partition_point(|mark| mark.word < end);
        &self.marks[before(sentence.words.start)..before(sentence.words.end)]
    }

    /// Whether the sentence `sentence` holds a digit.
    pub(super) fn has_figure(&self, sentence: usize, text: &str) -> bool {
        text[self.sentences[sentence].range.clone()].bytes().any(|byte| byte.is_ascii_digit())
    }

    /// Whether the sentence `sentence` begins or ends as somebody's words.
    pub(super) fn is_quote(&self, sentence: usize, text: &str) -> bool {
        let said = text[self.sentences[sentence].range.clone()].trim().trim_end_matches(['.', ',']);
        said.starts_with(['"', '“', '”', '‘']) || said.ends_with(['"', '”', '“', '’'])
    }

    /// Whether the sentence `sentence` is a short line by itself that does not end as sentences do: a heading, or an
    /// entry of a list or table.
    pub(super) fn is_entry(&self, sentence: usize, text: &str) -> bool {
        let short = self.sentences.get(sentence).filter(|sentence| sentence.words.len() <= ENTRY_WORDS);
        let Some(Sentence { range, .. }) = short else { return false };
        let before = sentence.checked_sub(1).map_or(0, |before| self.sentences[before].range.end);
        let behind = self.sentences.get(sentence + 1).map_or(text.len(), |next| next.range.start);
        let begins_line = sentence == 0 || text[before..range.start].contains(['\n', '\r']);
        let ends_line = behind == text.len() || text[range.end..behind].contains(['\n', '\r']);
        let said = text[range.clone()].trim_end_matches(|c: char| c.is_whitespace() || is_closing(c));
        begins_line && ends_line && !said.ends_with(['.', '!', '?', '…', ':', ';', ','])
    }

    /// Returns the place of the sentence that holds the word at `word`.
    pub(super) fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.words.end <= word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared, RawArticle};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_the_same_with_and_without_sentences(
            text in "([A-Z]?[a-z]{1,4}|[0-9]{1,2}|[.,!?-]{1,2}|[\" “]|\n|\\PC){0,40}",
        ) {
            let (id, declared) = (ArticleId::new("a"), Declared::default());
            let article = crate::clean::clean(RawArticle { id, path: String::new(), text, declared });
            prop_assert_eq!(Sketch::words_of(&article), Sketch::of(&article).words);
        }
    }
}
