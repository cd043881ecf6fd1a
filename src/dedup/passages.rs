//! Sentences that a body repeats word for word.
//!
//! Words are compared without case and punctuation; a mark between digits belongs to its number
//! (`Rp15.432` and `Rp15,432` differ), because bulletins that differ in one figure are not
//! repeats. Sentences of fewer than [`MIN_WORDS`] words repeat by chance and fold only as part of a
//! longer repeat.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::sentences;
use crate::article::Fold;

/// Words a sentence needs before its repeat is evidence.
pub const MIN_WORDS: usize = 4;

/// Returns the stretches of `body` (ranges of `text`) that repeat an earlier one: ascending, not
/// overlapping, each source unfolded text. Neighbouring repeats of neighbouring sentences are one
/// fold.
///
/// # Panics
/// Panics when a range of `body` is out of bounds or not on character boundaries.
#[must_use]
pub fn repeats(text: &str, body: &[Range<usize>]) -> Vec<Fold> {
    let sentences: Vec<Sentence> = body.iter().flat_map(|passage| sentences_of(text, passage)).collect();
    runs(&first_occurrences(&sentences)).into_iter().map(|run| run.fold(&sentences)).collect()
}

/// A sentence and its words in one spelling.
struct Sentence {
    range: Range<usize>,
    key: String,
    n_words: usize,
}

fn sentences_of(text: &str, passage: &Range<usize>) -> impl Iterator<Item = Sentence> {
    let (start, passage) = (passage.start, &text[passage.clone()]);
    sentences(passage).map(move |range| {
        let (key, n_words) = normalised(&passage[range.clone()]);
        Sentence { range: start + range.start..start + range.end, key, n_words }
    })
}

/// Returns the words of `sentence` in small letters, joined by one blank, and their number.
fn normalised(sentence: &str) -> (String, usize) {
    let mut key = String::with_capacity(sentence.len());
    let mut n_words = 0;
    let mut in_word = false;
    let mut rest = sentence.chars().peekable();
    let mut last_is_digit = false;
    while let Some(c) = rest.next() {
        let in_number = matches!(c, '.' | ',') && last_is_digit && rest.peek().is_some_and(char::is_ascii_digit);
        last_is_digit = c.is_ascii_digit();
        if !c.is_alphanumeric() && !in_number {
            in_word = false;
            continue;
        }
        if !in_word {
            in_word = true;
            n_words += 1;
            key.push(' ');
        }
        key.extend(c.to_lowercase());
    }
    (key, n_words)
}

/// Returns, for each sentence, the index of the earlier sentence it repeats.
///
/// A short sentence counts only beside a repeated one, and only where it stands in the same place
/// beside the source.
fn first_occurrences(sentences: &[Sentence]) -> Vec<Option<usize>> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut sources = vec![None; sentences.len()];
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.n_words < MIN_WORDS {
            continue;
        }
        let source = *first.entry(&sentence.key).or_insert(index);
        sources[index] = (source != index).then_some(source);
    }
    extend_over_short(sentences, &mut sources);
    sources
}

/// Gives short sentences between or behind repeated ones the source that keeps the run going.
fn extend_over_short(sentences: &[Sentence], sources: &mut [Option<usize>]) {
    for index in 1..sentences.len() {
        let Some(before) = sources[index - 1] else { continue };
        let source = before + 1;
        let repeats_it = source < index && sentences[index].key == sentences[source].key;
        if sources[index].is_none() && sentences[index].n_words < MIN_WORDS && repeats_it && sources[source].is_none() {
            sources[index] = Some(source);
        }
    }
}

/// A run of sentences that repeats a run of earlier ones.
struct Run {
    first: usize,
    source: usize,
    len: usize,
}

impl Run {
    fn fold(&self, sentences: &[Sentence]) -> Fold {
        let span = |first: usize| sentences[first].range.start..sentences[first + self.len - 1].range.end;
        Fold { range: span(self.first), source: span(self.source) }
    }

    fn goes_on_with(&self, index: usize, source: usize) -> bool {
        let next = self.source + self.len;
        index == self.first + self.len && source == next && next < self.first
    }
}

fn runs(sources: &[Option<usize>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let Some(source) = *source else { continue };
        match runs.last_mut() {
            Some(run) if run.goes_on_with(index, source) => run.len += 1,
            _ => runs.push(Run { first: index, source, len: 1 }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the repeats of a text whose paragraphs are its body: `(repeat, source)` as text.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let folds = repeats(text, &paragraphs(text));
        let shown: Vec<(&str, &str)> =
            folds.iter().map(|f| (&text[f.range.clone()], &text[f.source.clone()])).collect();
        assert_eq!(shown, expected, "repeats of {text:?}");
    }

    fn paragraphs(text: &str) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut ranges = Vec::new();
        for line in text.split_inclusive('\n') {
            let range = crate::article::trimmed(text, start..start + line.len());
            start += line.len();
            if !range.is_empty() {
                ranges.push(range);
            }
        }
        ranges
    }

    #[test]
    fn a_repeated_sentence_folds_into_the_first() {
        check(
            "Harga beras naik lagi. Warga mengeluh.\nHarga beras naik lagi!",
            &[("Harga beras naik lagi!", "Harga beras naik lagi.")],
        );
    }

    #[test]
    fn neighbours_fold_as_one() {
        let copy = "Satu dua tiga empat.\nLima enam tujuh delapan.";
        check(&format!("{copy}\nLain sekali.\n{copy}"), &[(copy, copy)]);
    }

    #[test]
    fn short_sentences_fold_only_inside_a_longer_repeat() {
        let copy = "Satu dua tiga empat. Begitu katanya. Lima enam tujuh delapan.";
        check(&format!("{copy}\n{copy}"), &[(copy, copy)]);
        check("Begitu katanya. Ya.\nBegitu katanya. Ya.", &[]);
    }

    #[test]
    fn a_third_copy_folds_into_the_first_too() {
        let s = "Harga beras naik lagi.";
        check(&format!("{s}\n{s}\n{s}"), &[(s, s), (s, s)]);
    }

    #[test]
    fn figures_that_differ_do_not_fold() {
        check("Rupiah ditutup di level Rp15.432.\nRupiah ditutup di level Rp15.433.", &[]);
        check("Rupiah ditutup pada angka 1.5.\nRupiah ditutup pada angka 1,5.", &[]);
    }

    proptest! {
        #[test]
        fn folds_ascend_and_point_at_unfolded_text(picks in proptest::collection::vec(0..6usize, 0..40)) {
            const LINES: [&str; 6] =
                ["Satu dua tiga empat.", "Lima enam tujuh delapan.", "Ya.", "Tidak juga.", "Sembilan sepuluh sebelas dua belas.", "A b c d e."];
            let text = picks.iter().map(|pick| LINES[*pick]).collect::<Vec<_>>().join("\n");
            let folds = repeats(&text, &paragraphs(&text));
            for pair in folds.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
            for fold in &folds {
                prop_assert_eq!(normalised(&text[fold.range.clone()]), normalised(&text[fold.source.clone()]));
                for other in &folds {
                    prop_assert!(other.range.end <= fold.source.start || other.range.start >= fold.source.end);
                }
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            let _ = repeats(&text, &paragraphs(&text));
        }
    }
}
