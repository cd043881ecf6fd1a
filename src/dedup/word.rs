//! Words as repeats are compared: runs of letters and digits, hashed without their case.
//!
//! Simpler than the words of the index on purpose. A copy may write a hyphen as a dash, lose an
//! apostrophe or hold character references (`&quot;`), so all of these only separate words. A full
//! stop or comma between digits belongs to its number (`Rp15.432`), and so does a sign before it
//! (`-5`, not `2020-2021` or `Covid-19`), because bulletins that differ in one figure are not repeats. A few
//! symbols are words (`$`, `▲`).

use std::ops::Range;

use crate::analysis::leading_alphanumerics;

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
#[inline]
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(SPREAD)
}

/// Returns `hash` with its high bits, which depend on every value, brought to the low ones.
#[inline]
pub(super) fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(SPREAD);
    hash ^ (hash >> 29)
}

/// Returns the hash of `words`, one after the other; runs of another `seed` are told apart from equal ones.
#[inline]
pub(super) fn hash_of_run(words: &[Word], seed: u64) -> u64 {
    words.iter().fold(seed, |hash, word| mix(hash, word.hash))
}

/// Words of an article that are looked at, so that one giant text cannot take the memory: some 6 MB
/// of text, a hundred times the longest article of a news corpus.
pub(super) const MAX_WORDS: usize = 1 << 20;

/// Appends the words of `text[range]` to `words` until those are [`MAX_WORDS`].
///
/// `range` lies on character boundaries; words beyond the first 4 GiB of a text are left out.
pub(super) fn push_words(text: &str, range: Range<usize>, words: &mut Vec<Word>) {
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start;
    while at < range.end && words.len() < MAX_WORDS {
        if SEPARATES[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let Some(word) = plain_word(bytes, at).or_else(|| any_word(text, at, &range)) else {
            at += separator_len(text, at, range.end);
            continue;
        };
        at = word.end;
        let (Ok(start), Ok(end)) = (u32::try_from(word.start), u32::try_from(word.end)) else { return };
        words.push(Word { hash: word.hash, start, end });
    }
}

/// The bytes that begin neither a word nor a sign, a symbol or a character reference.
const SEPARATES: [bool; 256] = {
    let mut separates = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        separates[byte as usize] = !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'+' | b'&' | b'$');
        byte += 1;
    }
    separates
};

/// Symbols that are words: a sentence that has another says something else.
const SYMBOLS: [char; 19] =
    ['$', '€', '£', '¥', '▲', '▼', '△', '▽', '↑', '↓', '≤', '≥', '≠', '✅', '❌', '✓', '✗', '✔', '✘'];

/// A word with its hash.
struct Scanned {
    start: usize,
    end: usize,
    hash: u64,
}

/// The hash of a word under way: of its letters as UTF-8, eight bytes at a time.
#[derive(Default)]
struct Letters {
    hash: u64,
    /// The bytes behind the last eight, the first lowest.
    rest: u64,
    n_rest: u32,
}

impl Letters {
    fn push(&mut self, byte: u8) {
        self.rest |= u64::from(byte) << (8 * self.n_rest);
        self.n_rest += 1;
        if self.n_rest == 8 {
            self.push_eight(self.rest);
            (self.rest, self.n_rest) = (0, 0);
        }
    }

    /// Adds eight bytes behind whole eights.
    fn push_eight(&mut self, eight: u64) {
        self.hash = mix(self.hash, eight);
    }

    fn hash(self) -> u64 {
        let Self { hash, rest, n_rest } = self;
        finish(if n_rest == 0 { hash } else { mix(hash, rest) })
    }
}

/// Returns the word that begins at the byte `start` where ASCII letters and digits are all of it, as of
/// nearly every word.
fn plain_word(bytes: &[u8], start: usize) -> Option<Scanned> {
    let mut letters = Letters::default();
    let mut end = start;
    loop {
        let eight = first_eight(&bytes[end..]);
        let n_letters = leading_alphanumerics(eight);
        end += n_letters;
        if n_letters == 8 {
            letters.push_eight(eight | SMALL);
            continue;
        }
        if n_letters > 0 {
            let mask = (1 << (8 * n_letters)) - 1;
            letters.push_eight((eight | SMALL) & mask);
        }
        break;
    }
    let is_whole = bytes.get(end).is_none_or(|next| next.is_ascii() && !joins_digits(bytes, end));
    (start < end && is_whole).then(|| Scanned { start, end, hash: letters.hash() })
}

/// The bit that tells a small letter of ASCII from its capital, in each of eight bytes; digits have it
/// too.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Returns the first eight of `bytes`, the first lowest, zeros where there are fewer.
fn first_eight(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight[..bytes.len()].copy_from_slice(bytes);
        eight
    }))
}

/// Returns the word that begins at the byte `start`, whatever it is of.
fn any_word(text: &str, start: usize, range: &Range<usize>) -> Option<Scanned> {
    let bytes = &text.as_bytes()[..range.end];
    if let Some(symbol) = text[start..range.end].chars().next().filter(|c| SYMBOLS.contains(c)) {
        return Some(Scanned { start, end: start + symbol.len_utf8(), hash: finish(u64::from(u32::from(symbol))) });
    }
    let sign = sign(&text[range.clone()], start - range.start);
    if sign.is_none() && !text[start..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut letters = Letters::default();
    let mut end = start;
    if let Some(Sign { len, value }) = sign {
        letters.push(value);
        end += len;
    }
    let mut at = end;
    for c in text[at..range.end].chars() {
        let is_marked = joins_digits(bytes, at);
        at += c.len_utf8();
        if is_invisible(c) {
            continue;
        }
        if !c.is_alphanumeric() && !is_marked {
            break;
        }
        for c in c.to_lowercase() {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| letters.push(byte));
        }
        end = at;
    }
    Some(Scanned { start, end, hash: letters.hash() })
}

/// The sign of a figure.
#[derive(Clone, Copy)]
struct Sign {
    /// Its bytes.
    len: usize,
    /// The same for every way to write it.
    value: u8,
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
    (!is_hyphen).then_some(Sign { len, value })
}

/// Returns the bytes of the character, or of the character reference, at the byte `at`.
fn separator_len(text: &str, at: usize, end: usize) -> usize {
    match text.as_bytes()[at] {
        b'&' => reference_len(&text.as_bytes()[at..end]),
        _ => text[at..].chars().next().map_or(1, char::len_utf8),
    }
}

/// Returns the bytes of the character reference (`&amp;`, `&#39;`) that `bytes` begin with, else 1.
fn reference_len(bytes: &[u8]) -> usize {
    /// `&hellip;` and `&#8220;` are the longest that news dumps hold.
    const LONGEST: usize = 9;
    let name = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    if name > 0 && bytes.get(1 + name) == Some(&b';') { name + 2 } else { 1 }
}

/// Whether `c` shows nothing: a soft hyphen, a zero width space, joiner or byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

/// Whether the byte `at` stands in a number: a full stop or comma between digits.
fn joins_digits(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b',')
        && at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit())
        && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
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
    fn symbols_that_say_something_are_words() {
        check("US$ 999, US$999", &["US", "$", "999", "US", "$", "999"]);
        check("▲12 (€5) ✅ benar", &["▲", "12", "€", "5", "✅", "benar"]);
        check_same("$999", "€999", false);
    }

    #[test]
    fn case_and_invisible_characters_make_no_difference() {
        check_same("HARGA Beras", "harga be\u{200b}ras", true);
        check_same("Élan", "élan", true);
        check_same("harga", "hargo", false);
    }

    proptest! {
        #[test]
        fn a_word_has_one_hash_however_it_is_read(word in "[a-zA-Z0-9]{1,20}") {
            // The invisible character takes the slow way.
            check_same(&word, &format!("{word}\u{200b}"), true);
            check_same(&word.to_ascii_uppercase(), &format!("\u{ad}{word}"), true);
            check_same(&word, &format!("{word}x"), false);
            // What stands behind a word is read together with its last letters.
            let behind = format!("{word}-lain {word}; {word}");
            let hashes: Vec<u64> = words(&behind).iter().map(|word| word.hash).collect();
            prop_assert_eq!([hashes[0], hashes[2], hashes[3]], [words(&word)[0].hash; 3]);
        }

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
