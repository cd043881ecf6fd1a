//! Laying a sentence beside a text that shares words with it.
//!
//! From one shared place the comparison runs both ways, word by word. Where the words differ it goes
//! on at the nearest place, at most [`RESYNC_WORDS`] further, where they agree again; what lies
//! between is a gap, to be judged by `verdict`. The time is bounded by the sentence, not by the text
//! beside it.

use std::ops::Range;

use super::word::Word;

/// The most words that are skipped on either side to agree again.
pub(super) const RESYNC_WORDS: usize = 4;

/// A sentence beside the stretch of the source it agrees with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alignment {
    /// The words of the source it lies beside.
    pub(super) source: Range<usize>,
    /// Words that are equal.
    pub(super) n_equal: usize,
    /// What differs, in no particular order.
    pub(super) gaps: Vec<Gap>,
}

/// Words of the sentence and the words of the source that stand in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) copy: Range<usize>,
    pub(super) source: Range<usize>,
}

/// Aligns the words `sentence` of `copy` with `source`, where the word `anchor.0` of the copy
/// stands beside the word `anchor.1` of the source.
pub(super) fn align(copy: &[Word], sentence: &Range<usize>, source: &[Word], anchor: (usize, usize)) -> Alignment {
    let mut alignment = Alignment { source: anchor.1..anchor.1, n_equal: 0, gaps: Vec::new() };
    extend_right(copy, anchor.0..sentence.end, source, &mut alignment);
    extend_left(copy, sentence.start..anchor.0, source, &mut alignment);
    alignment
}

fn extend_right(copy: &[Word], rest: Range<usize>, source: &[Word], alignment: &mut Alignment) {
    let (mut i, mut j) = (rest.start, alignment.source.end);
    while i < rest.end {
        let equal = |di: usize, dj: usize| {
            i + di < rest.end && source.get(j + dj).is_some_and(|word| word.hash == copy[i + di].hash)
        };
        let equal_run = |di, dj| equal(di, dj) && (i + di + 1 == rest.end || equal(di + 1, dj + 1));
        if equal(0, 0) {
            (i, j) = (i + 1, j + 1);
            alignment.n_equal += 1;
            continue;
        }
        let Some((di, dj)) = nearest(equal_run).or_else(|| nearest(equal)) else { break };
        if di == 0 && i == rest.start {
            // The stretch begins later than it was expected to; nothing of it is left out.
            alignment.source.start = j + dj;
        } else {
            alignment.gaps.push(Gap { copy: i..i + di, source: j..j + dj });
        }
        (i, j) = (i + di, j + dj);
    }
    if i < rest.end {
        let end = (j + rest.end - i).min(source.len());
        alignment.gaps.push(Gap { copy: i..rest.end, source: j..end });
        j = end;
    }
    alignment.source.end = j;
}

fn extend_left(copy: &[Word], rest: Range<usize>, source: &[Word], alignment: &mut Alignment) {
    let (mut i, mut j) = (rest.end, alignment.source.start);
    while i > rest.start {
        let equal =
            |di: usize, dj: usize| i > rest.start + di && j > dj && source[j - dj - 1].hash == copy[i - di - 1].hash;
        let equal_run = |di, dj| equal(di, dj) && (i - di - 1 == rest.start || equal(di + 1, dj + 1));
        if equal(0, 0) {
            (i, j) = (i - 1, j - 1);
            alignment.n_equal += 1;
            continue;
        }
        let Some((di, dj)) = nearest(equal_run).or_else(|| nearest(equal)) else { break };
        alignment.gaps.push(Gap { copy: i - di..i, source: j - dj..j });
        (i, j) = (i - di, j - dj);
    }
    if i > rest.start {
        let start = j.saturating_sub(i - rest.start);
        alignment.gaps.push(Gap { copy: rest.start..i, source: start..j });
        j = start;
    }
    alignment.source.start = j;
}

/// Returns the least steps `(copy, source)` to where `equal` holds, those of equal length first.
fn nearest(equal: impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
    (1..=2 * RESYNC_WORDS).find_map(|sum| {
        // From the middle outwards: 2+2, then 1+3 and 3+1, then 0+4 and 4+0.
        let half = sum / 2;
        (0..=half)
            .flat_map(|off| [(half - off, sum - half + off), (sum - half + off, half - off)])
            .find(|(di, dj)| *di <= RESYNC_WORDS && *dj <= RESYNC_WORDS && equal(*di, *dj))
    })
}

#[cfg(test)]
mod tests {
    use super::super::word::push_words;
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        push_words(text, 0..text.len(), &mut words);
        words
    }

    /// Checks the alignment of the whole of `copy` with `source`: words equal, stretch, gaps.
    #[track_caller]
    fn check(copy: &str, source: &str, anchor: (usize, usize), n_equal: usize, gaps: &[(&str, &str)]) {
        let (a, b) = (words(copy), words(source));
        let alignment = align(&a, &(0..a.len()), &b, anchor);
        let shown = |words: &[Word], range: &Range<usize>, text: &str| {
            words[range.clone()].iter().map(|word| word.of(text).to_owned()).collect::<Vec<_>>().join(" ")
        };
        let found: Vec<_> =
            alignment.gaps.iter().map(|gap| (shown(&a, &gap.copy, copy), shown(&b, &gap.source, source))).collect();
        let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!((alignment.n_equal, found.as_slice()), (n_equal, gaps), "{copy:?} beside {source:?}");
    }

    #[test]
    fn equal_words_leave_no_gap() {
        check("a b c d", "x a b c d y", (1, 2), 4, &[]);
    }

    #[test]
    fn words_that_differ_are_gaps() {
        check("a b x d e", "a b c d e", (0, 0), 4, &[("x", "c")]);
        check("a b d e", "a b c d e", (0, 0), 4, &[("", "c")]);
        check("a b x c d", "a b c d", (3, 2), 4, &[("x", "")]);
    }

    #[test]
    fn what_never_agrees_again_is_the_last_gap() {
        check("a b c p q", "a b c x y z", (0, 0), 3, &[("p q", "x y")]);
        check("p q a b c", "x a b c", (2, 1), 3, &[("p q", "x")]);
    }

    proptest! {
        #[test]
        fn gaps_and_equal_words_cover_the_copy(a in "[abc ]{0,24}", b in "[abc ]{0,24}", i in 0..12usize, j in 0..12usize) {
            let (a, b) = (words(&a), words(&b));
            let anchor = (i.min(a.len()), j.min(b.len()));
            let alignment = align(&a, &(0..a.len()), &b, anchor);
            let skipped: usize = alignment.gaps.iter().map(|gap| gap.copy.len()).sum();
            prop_assert_eq!(alignment.n_equal + skipped, a.len());
            prop_assert!(alignment.source.start <= alignment.source.end && alignment.source.end <= b.len());
        }
    }
}
