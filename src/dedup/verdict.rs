//! Whether a sentence says nothing that the text beside it does not say.

use std::ops::Range;

use super::align::{Alignment, Gap};
use super::spelling::{Vocabulary, are_equal_joined, is_figure, is_turning_word};
use super::word::Word;

/// What a sentence is to the text it was aligned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It says nothing new.
    Repeat,
    /// It says the same with other figures.
    Update,
    /// It shares much of its wording.
    Restatement,
    /// It shares some words.
    Unrelated,
}

/// The share of a repeat's words that stand in the source, in percent.
const REPEAT_PERCENT: usize = 80;
/// The share of a link's words that stand in the source, in percent.
const LINK_PERCENT: usize = 50;
/// The words of a link that stand in the source: fewer are a phrase.
const LINK_WORDS: usize = 8;
/// The most words of the source that a repeat may leave out in one place.
const MAX_SKIPPED: usize = 3;

/// What is known of two texts before a sentence of theirs is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// Nothing.
    Sound,
    /// One is the other, damaged by a scanner or a careless typist.
    Damaged,
}

/// The two texts of an alignment.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub(super) copy: &'a str,
    pub(super) copy_words: &'a [Word],
    pub(super) source: &'a str,
    pub(super) source_words: &'a [Word],
    pub(super) condition: Condition,
}

/// What a sentence is, and what it tells of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    /// Words that surely are those beside them, damaged.
    pub(super) n_damaged: usize,
}

/// What a gap does to the sense.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// Nothing: the same words, cut or joined in another way.
    Spacing,
    /// Nothing: the same words, damaged.
    Damage,
    /// Nothing: mere grammar.
    Grammar,
    /// Other figures.
    Figure,
    /// Other words.
    News,
}

/// Judges the sentence of `n_words` words that lies beside the source as `alignment` says.
pub(super) fn judge(n_words: usize, alignment: &Alignment, texts: Texts<'_>) -> Judgement {
    let n_least = match texts.condition {
        Condition::Sound => LINK_PERCENT * n_words,
        Condition::Damaged => 0,
    };
    if 100 * alignment.n_equal < n_least {
        return Judgement { verdict: Verdict::Unrelated, n_damaged: 0 };
    }
    let (mut n_aligned, mut n_damaged) = (alignment.n_equal, 0);
    let (mut has_figure, mut has_news) = (false, false);
    for gap in &alignment.gaps {
        match difference(gap, texts) {
            Difference::Spacing => n_aligned += gap.copy.len(),
            Difference::Damage => (n_aligned, n_damaged) = (n_aligned + gap.copy.len(), n_damaged + gap.copy.len()),
            Difference::Grammar => {}
            Difference::Figure => has_figure = true,
            Difference::News => has_news = true,
        }
    }
    let is_link = 100 * n_aligned >= LINK_PERCENT * n_words && alignment.n_equal >= LINK_WORDS;
    let verdict = match (has_figure || has_news, 100 * n_aligned >= REPEAT_PERCENT * n_words) {
        (false, true) => Verdict::Repeat,
        _ if !is_link => Verdict::Unrelated,
        _ if has_figure => Verdict::Update,
        _ => Verdict::Restatement,
    };
    Judgement { verdict, n_damaged }
}

fn difference(gap: &Gap, texts: Texts<'_>) -> Difference {
    let vocabulary = Vocabulary::shared();
    let copy = of(texts.copy_words, &gap.copy, texts.copy);
    let source = of(texts.source_words, &gap.source, texts.source);
    if texts.condition == Condition::Damaged && vocabulary.is_worn(&copy, &source) {
        return Difference::Damage;
    }
    let any = |is: &dyn Fn(&str) -> bool| copy.iter().chain(&source).any(|word| is(word));
    if any(&|word| is_turning_word(&word.to_lowercase())) && copy != source {
        return Difference::News;
    }
    if are_equal_joined(&copy, &source) {
        return Difference::Spacing;
    }
    if vocabulary.is_damage(&copy, &source) {
        return Difference::Damage;
    }
    if any(&is_figure) {
        return Difference::Figure;
    }
    if source.len() <= MAX_SKIPPED && !any(&|word| !vocabulary.is_function_word(word)) {
        return Difference::Grammar;
    }
    Difference::News
}

fn of<'t>(words: &[Word], range: &Range<usize>, text: &'t str) -> Vec<&'t str> {
    words[range.clone()].iter().map(|word| word.of(text)).collect()
}
