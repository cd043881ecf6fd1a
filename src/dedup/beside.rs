//! One article laid beside an earlier one, sentence by sentence.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::align::{Alignment, align};
use super::copies::{Comparison, Copied, FoundBy};
use super::earlier::Earlier;
use super::own::NEAR_WORDS;
use super::sketch::{SHINGLE_WORDS, Sentence};
use super::verdict::{Condition, Judgement, Texts, Verdict, judge};
use super::word::hash_of_run;

/// Places from which a sentence is compared with one article at most.
const MAX_ANCHORS: usize = 4;
/// Words of a shingle between texts one of which is the other, damaged: shorter than those of marks, for few
/// words in a row are left whole.
const WORN_SHINGLE_WORDS: usize = 3;

/// Words that an earlier article has too.
pub(super) struct Anchor {
    pub(super) sentence: usize,
    /// The place of its first word in the list of words.
    pub(super) word: usize,
    pub(super) article: u32,
    /// Where it begins there, in bytes.
    pub(super) start: usize,
    /// Whether the words before and behind agree too.
    pub(super) is_strong: bool,
}

/// An article laid beside an earlier one.
pub(super) struct Beside<'a> {
    pub(super) comparison: &'a Comparison<'a>,
    pub(super) article: u32,
    pub(super) earlier: &'a Earlier,
    pub(super) condition: Condition,
}

impl Beside<'_> {
    /// Compares what is open: forwards from `anchors` and from where the sentence before ends there, then
    /// backwards.
    pub(super) fn compare(&self, anchors: &[Anchor], found: &mut [Option<Copied>]) {
        for index in 0..found.len() {
            if self.comparison.is_open(index, found) {
                let before = index.checked_sub(1).and_then(|before| found[before].as_ref());
                let copied = self.forwards(index, before, anchors);
                keep_better(&mut found[index], copied);
            }
        }
        for index in (0..found.len().saturating_sub(1)).rev() {
            if self.comparison.is_open(index, found) {
                let copied = self.backwards(index, found[index + 1].as_ref());
                keep_better(&mut found[index], copied);
            }
        }
    }

    /// Returns from where each open sentence may be compared: every shingle that both texts have, one of
    /// those that lie side by side.
    pub(super) fn all_anchors(&self, found: &[Option<Copied>]) -> Vec<Anchor> {
        let mut places = FxHashMap::default();
        for (place, shingle) in self.earlier.words.windows(WORN_SHINGLE_WORDS).enumerate() {
            places.entry(hash_of_run(shingle, 0)).or_insert(place);
        }
        let sketch = self.comparison.sketch;
        let mut anchors = Vec::new();
        for (sentence, Sentence { words, .. }) in sketch.sentences.iter().enumerate() {
            if !self.comparison.is_open(sentence, found) {
                continue;
            }
            let mut last = None;
            for (word, shingle) in words.clone().zip(sketch.words[words.clone()].windows(WORN_SHINGLE_WORDS)) {
                let Some(place) = places.get(&hash_of_run(shingle, 0)) else { continue };
                let goes_on = last.replace((word, *place)).is_some_and(|(w, p)| (w + 1, p + 1) == (word, *place));
                if !goes_on {
                    let start = self.earlier.words[*place].start as usize;
                    anchors.push(Anchor { sentence, word, article: self.article, start, is_strong: true });
                }
            }
        }
        anchors
    }

    fn forwards(&self, index: usize, before: Option<&Copied>, anchors: &[Anchor]) -> Option<Copied> {
        let words = &self.comparison.sketch.sentences[index].words;
        let ours = anchors.iter().filter(|anchor| anchor.sentence == index && anchor.article == self.article);
        let marks = ours.take(MAX_ANCHORS).map(|anchor| (anchor.word, self.earlier.word_at(anchor.start)));
        let goes_on = before.filter(|copied| self.is_from_here(copied));
        let hint = goes_on.map(|copied| (words.start, self.earlier.word_at(copied.source.end)));
        let mut best = hint.and_then(|anchor| self.at(index, anchor, true));
        for anchor in marks {
            if best.as_ref().is_some_and(Copied::is_repeat) {
                break;
            }
            keep_better(&mut best, self.at(index, anchor, false));
        }
        best
    }

    fn backwards(&self, index: usize, behind: Option<&Copied>) -> Option<Copied> {
        let behind = behind.filter(|copied| self.is_from_here(copied))?;
        let end = self.comparison.sketch.sentences[index].words.end;
        self.at(index, (end, self.earlier.word_at(behind.source.start)), true)
    }

    fn is_from_here(&self, copied: &Copied) -> bool {
        copied.article == self.article
    }

    /// Judges the sentence `index` where the word `anchor.0` stands beside the word `anchor.1`;
    /// `follows` where the sentences before or behind do so too.
    fn at(&self, index: usize, anchor: (usize, usize), follows: bool) -> Option<Copied> {
        let sketch = self.comparison.sketch;
        let sentence = &sketch.sentences[index];
        let source = &self.earlier.words;
        let alignment = align(&sketch.words, &sentence.words, source, anchor);
        let n_needed = if follows || self.condition == Condition::Damaged {
            sentence.words.len().min(SHINGLE_WORDS)
        } else {
            NEAR_WORDS
        };
        let is_altered_line = sentence.is_short() && !alignment.gaps.is_empty();
        if alignment.n_equal < n_needed || is_altered_line {
            return None;
        }
        let texts = Texts {
            copy: self.comparison.text,
            copy_words: &sketch.words,
            source: &self.earlier.text,
            source_words: source,
            condition: self.condition,
        };
        let Judgement { verdict, n_damaged, is_exchanged } = judge(&sentence.words, &alignment, texts);
        if verdict == Verdict::Unrelated {
            return None;
        }
        let source = self.bytes(&alignment)?;
        let n_equal = alignment.n_equal;
        let article = self.article;
        Some(Copied {
            article,
            source,
            verdict,
            n_equal,
            n_damaged,
            is_exchanged,
            found_by: FoundBy::Comparison,
            is_torn: false,
        })
    }

    fn bytes(&self, alignment: &Alignment) -> Option<Range<usize>> {
        let words = self.earlier.words.get(alignment.source.clone())?;
        Some(words.first()?.start as usize..words.last()?.end as usize)
    }
}

fn keep_better(kept: &mut Option<Copied>, copied: Option<Copied>) {
    let Some(copied) = copied else { return };
    if copied.is_repeat() || kept.is_none() {
        *kept = Some(copied);
    }
}
