//! Whether a sentence says nothing that the text beside it does not say.

use std::ops::Range;

use super::align::{Alignment, Gap};
use super::spelling::{Vocabulary, is_figure, is_turning_word};
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

/// The two texts of an alignment.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub(super) copy: &'a str,
    pub(super) copy_words: &'a [Word],
    pub(super) source: &'a str,
    pub(super) source_words: &'a [Word],
}

/// What a gap does to the sense.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Difference {
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
pub(super) fn judge(n_words: usize, alignment: &Alignment, texts: Texts<'_>) -> Verdict {
    if 100 * alignment.n_equal < LINK_PERCENT * n_words {
        return Verdict::Unrelated;
    }
    let mut n_aligned = alignment.n_equal;
    let (mut has_figure, mut has_news) = (false, false);
    for gap in &alignment.gaps {
        match difference(gap, texts) {
            Difference::Damage => n_aligned += gap.copy.len(),
            Difference::Grammar => {}
            Difference::Figure => has_figure = true,
            Difference::News => has_news = true,
        }
    }
    let is_link = 100 * n_aligned >= LINK_PERCENT * n_words && alignment.n_equal >= LINK_WORDS;
    match (has_figure || has_news, 100 * n_aligned >= REPEAT_PERCENT * n_words) {
        (false, true) => Verdict::Repeat,
        _ if !is_link => Verdict::Unrelated,
        _ if has_figure => Verdict::Update,
        _ => Verdict::Restatement,
    }
}

fn difference(gap: &Gap, texts: Texts<'_>) -> Difference {
    let vocabulary = Vocabulary::shared();
    let copy = of(texts.copy_words, &gap.copy, texts.copy);
    let source = of(texts.source_words, &gap.source, texts.source);
    let any = |is: &dyn Fn(&str) -> bool| copy.iter().chain(&source).any(|word| is(word));
    if any(&|word| is_turning_word(&word.to_lowercase())) && copy != source {
        return Difference::News;
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
