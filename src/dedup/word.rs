//! Words as repeats are compared: runs of letters and digits, hashed without their case.
//!
//! Simpler than the words of the index on purpose. A copy may write a hyphen as a dash, lose an
//! apostrophe or hold character references (`&quot;`), so all of these only separate words. A full
//! stop or comma between digits belongs to its number (`Rp15.432`), and so does a sign before it
//! (`-5`, not `2020-2021` or `Covid-19`), because bulletins that differ in one figure are not repeats.

use std::ops::Range;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The hash of its letters in lower case.
    pub(super) hash: u64,
    /// The byte of the text it begins at.
    pub(super) start: u32,
    /// The byte of the text it ends before.
    pub(super) end: u32,
}

impl Word {
    /// Returns the word as it stands in `text`.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// The odd constant of `FxHash` (Firefox, rustc), which spreads one byte over 64 bits.
const SPREAD: u64 = 0x517c_c1b7_2722_0a95;

/// Returns `hash` with `value` mixed in; the order of values counts.
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(SPREAD)
}

/// Returns `hash` with its high bits, which depend on every value, brought to the low ones.
pub(super) fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(SPREAD);
    hash ^ (hash >> 29)
}

/// Appends the words of `text[range]` to `words`.
///
/// `range` lies on character boundaries; words beyond the first 4 GiB of a text are left out.
pub(super) fn push_words(text: &str, range: Range<usize>, words: &mut Vec<Word>) {
    let mut at = range.start;
    while at < range.end {
        let Step { len, value } = step(text, at, range.end);
        let sign = if value.is_none() { sign(&text[range.clone()], at - range.start) } else { None };
        if value.is_none() && sign.is_none() {
            at += len;
            continue;
        }
        let word = word_at(text, at, range.end, sign);
        at = word.end;
        let (Ok(start), Ok(end)) = (u32::try_from(word.start), u32::try_from(word.end)) else { return };
        words.push(Word { hash: finish(word.hash), start, end });
    }
}

/// A word under way.
struct Scanned {
    start: usize,
    end: usize,
    hash: u64,
}

/// The sign of a figure.
#[derive(Clone, Copy)]
struct Sign {
    /// Its bytes.
    len: usize,
    /// The same for every way to write it.
    value: u64,
}

/// Returns the sign at the byte `at`: a plus or minus before a digit and not behind a letter or digit,
/// where it is a hyphen.
fn sign(text: &str, at: usize) -> Option<Sign> {
    let (len, value) = match text.as_bytes()[at..] {
        [b'-', digit, ..] if digit.is_ascii_digit() => (1, b'-'),
        [b'+', digit, ..] if digit.is_ascii_digit() => (1, b'+'),
        // U+2212, the minus of typesetters.
        [0xE2, 0x88, 0x92, digit, ..] if digit.is_ascii_digit() => (3, b'-'),
        _ => return None,
    };
    let is_hyphen = text[..at].ends_with(char::is_alphanumeric);
    (!is_hyphen).then_some(Sign { len, value: u64::from(value) })
}

/// Returns the word that begins at `start`, with the sign it begins with.
fn word_at(text: &str, start: usize, range_end: usize, sign: Option<Sign>) -> Scanned {
    let bytes = text.as_bytes();
    let Sign { len, value } = sign.unwrap_or(Sign { len: 0, value: 0 });
    let mut word = Scanned { start, end: start + len, hash: mix(0, value) };
    let mut at = word.end;
    while at < range_end {
        let lower = LOWER[usize::from(bytes[at])];
        if lower != 0 {
            word.hash = mix(word.hash, u64::from(lower));
            at += 1;
            word.end = at;
            continue;
        }
        let Step { len, value } = step(text, at, range_end);
        match value {
            Some(value) => word.hash = mix(word.hash, value),
            None if is_invisible(&bytes[at..]) => {
                at += len;
                continue;
            }
            None if joins_digits(bytes, at, range_end) => word.hash = mix(word.hash, u64::from(bytes[at])),
            None => break,
        }
        at += len;
        word.end = at;
    }
    word
}

/// The lower case of each ASCII letter and digit; 0 for every other byte.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            lower[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
};

/// One character, or one character reference, of a text.
struct Step {
    /// Its bytes.
    len: usize,
    /// What it adds to the hash of a word; `None` where it belongs to no word.
    value: Option<u64>,
}

fn step(text: &str, at: usize, end: usize) -> Step {
    let byte = text.as_bytes()[at];
    match byte {
        _ if LOWER[usize::from(byte)] != 0 => Step { len: 1, value: Some(u64::from(LOWER[usize::from(byte)])) },
        b'&' => Step { len: reference_len(&text.as_bytes()[at..end]), value: None },
        _ if byte.is_ascii() => Step { len: 1, value: None },
        _ => wide_step(&text[at..end]),
    }
}

fn wide_step(rest: &str) -> Step {
    let Some(c) = rest.chars().next() else { return Step { len: 1, value: None } };
    let value = c.is_alphanumeric().then(|| c.to_lowercase().fold(0, |hash, c| mix(hash, u64::from(c))));
    Step { len: c.len_utf8(), value }
}

/// Returns the bytes of the character reference (`&amp;`, `&#39;`) that `bytes` begin with, else 1.
fn reference_len(bytes: &[u8]) -> usize {
    /// `&hellip;` and `&#8220;` are the longest that news dumps hold.
    const LONGEST: usize = 9;
    let name = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    if name > 0 && bytes.get(1 + name) == Some(&b';') { name + 2 } else { 1 }
}

/// Whether `bytes` begin with a character that shows nothing: a soft hyphen, a zero width space,
/// joiner or byte order mark.
fn is_invisible(bytes: &[u8]) -> bool {
    matches!(bytes, [0xC2, 0xAD, ..] | [0xE2, 0x80, 0x8B..=0x8D, ..] | [0xEF, 0xBB, 0xBF, ..])
}

fn joins_digits(bytes: &[u8], at: usize, end: usize) -> bool {
    let is_digit = |at: usize| at < end && bytes[at].is_ascii_digit();
    matches!(bytes[at], b'.' | b',') && at > 0 && is_digit(at - 1) && is_digit(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        push_words(text, 0..text.len(), &mut words);
        words
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = words(text);
        assert_eq!(words.iter().map(|word| word.of(text)).collect::<Vec<_>>(), expected, "words of {text:?}");
    }

    #[track_caller]
    fn check_same(a: &str, b: &str, same: bool) {
        let hashes = |text| words(text).iter().map(|word| word.hash).collect::<Vec<_>>();
        assert_eq!(hashes(a) == hashes(b), same, "{a:?} and {b:?}");
    }

    #[test]
    fn hyphens_apostrophes_and_references_separate() {
        check("anak-anak Jum'at &quot;ya&#8221; A&B", &["anak", "anak", "Jum", "at", "ya", "A", "B"]);
    }

    #[test]
    fn marks_between_digits_belong_to_the_number() {
        check("Rp15.432, 1,5. dan 3.", &["Rp15.432", "1,5", "dan", "3"]);
        check_same("1.5", "1,5", false);
        check_same("15.432", "15.433", false);
    }

    #[test]
    fn a_sign_belongs_to_its_figure_and_a_hyphen_does_not() {
        check(
            "suhu -5 derajat, (+2,5 persen) dan \u{2212}7",
            &["suhu", "-5", "derajat", "+2,5", "persen", "dan", "\u{2212}7"],
        );
        check("2020-2021, Covid-19, skor 2 - 1, - butir", &["2020", "2021", "Covid", "19", "skor", "2", "1", "butir"]);
        check_same("-5", "5", false);
        check_same("-5", "+5", false);
        check_same("-5", "\u{2212}5", true);
    }

    #[test]
    fn case_and_invisible_characters_make_no_difference() {
        check_same("HARGA Beras", "harga be\u{200b}ras", true);
        check_same("Élan", "élan", true);
        check_same("harga", "hargo", false);
    }

    proptest! {
        #[test]
        fn words_ascend_on_character_boundaries(text in "(\\PC|[0-9.,&;#a-c+-]|[\u{200b}\u{ad}]){0,40}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.start as usize >= end && !word.of(&text).is_empty());
                end = word.end as usize;
            }
        }
    }
}
