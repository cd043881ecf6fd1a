//! Whether a sentence says nothing that the text beside it does not say.

use std::ops::Range;

use super::align::{Alignment, Gap};
use super::spelling::{Vocabulary, are_equal_joined, is_figure, is_idle_word, is_turning_word};
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
    /// Both are one article, of which a repeat will not be indexed: a word that is not the one beside it must not be
    /// taken for it.
    OneArticle,
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
    /// Whether it has another name or figure where the source has one.
    pub(super) is_exchanged: bool,
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

/// Judges the sentence of the words `sentence` that lies beside the source as `alignment` says.
pub(super) fn judge(sentence: &Range<usize>, alignment: &Alignment, texts: Texts<'_>) -> Judgement {
    let n_words = sentence.len();
    let n_least = match texts.condition {
        Condition::Sound | Condition::OneArticle => LINK_PERCENT * n_words,
        Condition::Damaged => 0,
    };
    if 100 * alignment.n_equal < n_least {
        return Judgement { verdict: Verdict::Unrelated, n_damaged: 0, is_exchanged: false };
    }
    let (mut n_aligned, mut n_damaged) = (alignment.n_equal, 0);
    let (mut has_figure, mut has_news, mut is_exchanged) = (false, false, false);
    for gap in &alignment.gaps {
        is_exchanged |= gap.copy.start > sentence.start && is_exchange(gap, texts);
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
    Judgement { verdict, n_damaged, is_exchanged }
}

/// Whether both sides of a gap have a figure, or both a name. (The first word of a sentence has its capital anyway.)
fn is_exchange(gap: &Gap, texts: Texts<'_>) -> bool {
    let copy = of(texts.copy_words, &gap.copy, texts.copy);
    let source = of(texts.source_words, &gap.source, texts.source);
    let both = |is: fn(&str) -> bool| copy.iter().any(|word| is(word)) && source.iter().any(|word| is(word));
    !are_equal_joined(&copy, &source) && (both(is_figure) || both(|word| word.starts_with(char::is_uppercase)))
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
    let is_one_article = texts.condition == Condition::OneArticle;
    let is_damage =
        if is_one_article { vocabulary.is_slip(&copy, &source) } else { vocabulary.is_damage(&copy, &source) };
    if is_damage {
        return Difference::Damage;
    }
    if any(&is_figure) {
        return Difference::Figure;
    }
    let is_grammar = |word: &str| if is_one_article { is_idle_word(word) } else { vocabulary.is_function_word(word) };
    if source.len() <= MAX_SKIPPED && !any(&|word| !is_grammar(word)) {
        return Difference::Grammar;
    }
    Difference::News
}

fn of<'t>(words: &[Word], range: &Range<usize>, text: &'t str) -> Vec<&'t str> {
    words[range.clone()].iter().map(|word| word.of(text)).collect()
}
