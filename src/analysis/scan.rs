//! Cutting text into words: Unicode word boundaries (UAX #29) with the rules of Indonesian
//! spelling on top.
//!
//! A *word* here is what the analyzer treats as one: a UAX #29 word, a hyphen group (`anak-anak`,
//! `ke-15`, `COVID-19`), a domain (`detik.com`), a number with its marks (`2.511,44`) or a date in
//! figures (`30/11/2025`). Sentences glued without a space (`latihan.Ini`) are cut apart, colons
//! always cut (`Prabowo:Indonesia`).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{is_apostrophe, is_invisible};

/// Calls `each` with the byte range of every word of `text`, in order.
pub(crate) fn for_each_word(text: &str, mut each: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        // Most words stand between blanks and are of letters alone.
        let word = at..at + alphanumeric_len(&bytes[at..]);
        if bytes.get(word.end).is_none_or(u8::is_ascii_whitespace) {
            at = word.end;
            each(word);
            continue;
        }
        let (end, ascii) = chunk_end(bytes, at);
        if ascii {
            ascii_words(bytes, at..end, &mut each);
        } else {
            let mut start = at;
            // Of the white space beyond ASCII, UAX #29 takes U+202F for a part of words.
            for part in text[at..end].split_inclusive(char::is_whitespace) {
                unicode_words(part.trim_end(), start, &mut each);
                start += part.len();
            }
        }
        at = end;
    }
}

/// Returns how many ASCII letters and digits `bytes` begin with, eight at a time.
fn alphanumeric_len(bytes: &[u8]) -> usize {
    let mut len = 0;
    while let Some(eight) = bytes[len..].first_chunk() {
        let n_alphanumeric = leading_alphanumerics(u64::from_le_bytes(*eight));
        len += n_alphanumeric;
        if n_alphanumeric < 8 {
            return len;
        }
    }
    len + bytes[len..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Returns how many of eight bytes, the lowest first, are ASCII letters and digits before one that is
/// neither.
#[inline]
pub(crate) fn leading_alphanumerics(eight: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // The high bit of each byte that is not below `least`; both are below 128, so that nothing carries.
    let reaches = |bytes: u64, least: u8| bytes + (0x80 - u64::from(least)) * EACH;
    let low = eight & !HIGH;
    let small = low | (0x20 * EACH);
    let is_letter = reaches(small, b'a') & !reaches(small, b'z' + 1);
    let is_digit = reaches(low, b'0') & !reaches(low, b'9' + 1);
    let is_other = !((is_letter | is_digit) & !eight) & HIGH;
    (is_other.trailing_zeros() / 8) as usize
}

/// Returns where the run without ASCII white space that starts at `at` ends, and whether it is
/// ASCII throughout.
fn chunk_end(bytes: &[u8], at: usize) -> (usize, bool) {
    let mut ascii = true;
    let mut end = at;
    while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
        ascii &= bytes[end].is_ascii();
        end += 1;
    }
    (end, ascii)
}

/// Cuts a chunk of ASCII: the rules of UAX #29 spelled out for the characters that can occur, many
/// times faster than the general tables. A property test holds the two against each other.
fn ascii_words(bytes: &[u8], chunk: Range<usize>, each: &mut impl FnMut(Range<usize>)) {
    let bytes = &bytes[..chunk.end];
    let mut at = chunk.start;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        at = date_end(bytes, start).unwrap_or_else(|| word_end(bytes, start));
        each(start..at);
    }
}

/// Returns where the word that starts at `start` ends, underscores at its end left out.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        at += alphanumeric_len(&bytes[at..]);
        if bytes.get(at) != Some(&b'_') && !joins(bytes, start, at) {
            break;
        }
        at += 1;
    }
    while bytes[at - 1] == b'_' {
        at -= 1;
    }
    at
}

/// Returns whether the byte at `at` joins the word before it to the one after it.
fn joins(bytes: &[u8], start: usize, at: usize) -> bool {
    let Some(&next) = bytes.get(at + 1) else { return false };
    if at == start {
        return false;
    }
    let last = bytes[at - 1];
    match bytes[at] {
        b'-' => last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric(),
        b'\'' => both(last, next, u8::is_ascii_alphabetic) || both(last, next, u8::is_ascii_digit),
        b'`' => both(last, next, u8::is_ascii_alphabetic),
        b'.' if both(last, next, u8::is_ascii_alphabetic) => !is_glued(bytes, at),
        b'.' | b',' | b';' => both(last, next, u8::is_ascii_digit),
        _ => false,
    }
}

fn both(last: u8, next: u8, class: fn(&u8) -> bool) -> bool {
    class(&last) && class(&next)
}

/// Returns whether the full stop at `at` ends a sentence that lacks the space behind it:
/// `latihan.Ini`, but not `detik.com`, `U.S` or `KOMPAS.com`.
fn is_glued(bytes: &[u8], at: usize) -> bool {
    let capital = bytes[at + 1].is_ascii_uppercase();
    let lower_after = bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase);
    bytes[at - 1].is_ascii_lowercase() && capital && lower_after
}

/// Returns where a date with slashes (`30/11/2025`, `8/1/26`, `2025/11/30`) that starts at `start` ends.
fn date_end(bytes: &[u8], start: usize) -> Option<usize> {
    if !bytes[start].is_ascii_digit() {
        return None;
    }
    let (first, end) = digits_before_slash(bytes, start)?;
    let (second, end) = digits_before_slash(bytes, end + 1)?;
    let third = digits_end(bytes, end + 1) - (end + 1);
    let end = end + 1 + third;
    let whole = !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (matches!((first, second, third), (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2)) && whole).then_some(end)
}

/// Returns how many digits stand at `from`, and where the slash behind them is.
fn digits_before_slash(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let end = digits_end(bytes, from);
    (bytes.get(end) == Some(&b'/')).then_some((end - from, end))
}

fn digits_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len())
}

/// Cuts a chunk that holds other characters: dates in figures stay whole, the rest is cut by
/// [`unicode_part`].
fn unicode_words(chunk: &str, offset: usize, each: &mut impl FnMut(Range<usize>)) {
    let mut rest = 0;
    while let Some(date) = next_date(chunk, rest) {
        unicode_part(&chunk[rest..date.start], offset + rest, each);
        each(offset + date.start..offset + date.end);
        rest = date.end;
    }
    unicode_part(&chunk[rest..], offset + rest, each);
}

/// Returns the first date in figures at or behind the byte `from`.
fn next_date(chunk: &str, from: usize) -> Option<Range<usize>> {
    let bytes = chunk.as_bytes();
    // Most chunks have no slash.
    memchr::memchr(b'/', &bytes[from..])?;
    let begins = |at: &usize| bytes[*at].is_ascii_digit() && !goes_on_at(chunk, from, *at);
    let mut starts = (from..bytes.len()).filter(|at| chunk.is_char_boundary(*at)).filter(begins);
    starts.find_map(|start| date_end(bytes, start).map(|end| start..end))
}

/// Returns whether the word before the byte `at` takes in what stands there.
fn goes_on_at(chunk: &str, from: usize, at: usize) -> bool {
    let before = &chunk[from..at];
    let is_joined = at > from && joins(chunk.as_bytes(), from, at - 1);
    is_joined || before.trim_end_matches('_').ends_with(char::is_alphanumeric)
}

/// Cuts a part of a chunk by the tables of UAX #29, then joins what Indonesian spelling joins.
fn unicode_part(chunk: &str, offset: usize, each: &mut impl FnMut(Range<usize>)) {
    let mut word: Option<Range<usize>> = None;
    for (start, part) in chunk.unicode_word_indices() {
        for piece in pieces(part, start) {
            match &mut word {
                Some(word) if is_joined(chunk, word, &piece) => word.end = piece.end,
                _ => {
                    if let Some(word) = word.replace(piece) {
                        each(offset + word.start..offset + word.end);
                    }
                }
            }
        }
    }
    if let Some(word) = word {
        each(offset + word.start..offset + word.end);
    }
}

/// Returns the parts of a UAX #29 word that this analyzer cuts further: at colons, between glued
/// sentences and at white space. Underscores at their ends are left out, as they are of ASCII words.
fn pieces(part: &str, offset: usize) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    // A mark that belongs to no letter keeps the white space before it in one word with itself.
    let may_cut = |c: char| matches!(c, ':' | '.' | '．' | '：') || c.is_whitespace();
    let mut cuts = part.match_indices(may_cut).filter(|(at, mark)| *mark != "." || is_glued_text(part, *at));
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let (end, next) = cuts.next().map_or((part.len(), None), |(at, mark)| (at, Some(at + mark.len())));
        let piece = start..end;
        match next {
            Some(next) => start = next,
            None => done = true,
        }
        Some(piece)
    })
    .map(move |piece| without_underscores(part, piece))
    .filter(|piece| !piece.is_empty())
    .map(move |piece| offset + piece.start..offset + piece.end)
}

fn without_underscores(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end_matches('_').len();
    let start = end - text[range.start..end].trim_start_matches('_').len();
    start..end
}

fn is_glued_text(part: &str, at: usize) -> bool {
    let mut after = part[at + 1..].chars();
    part[..at].chars().next_back().is_some_and(char::is_lowercase)
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_some_and(char::is_lowercase)
}

/// Returns whether what stands between two parts makes them one word: a hyphen, an apostrophe,
/// invisible characters.
fn is_joined(chunk: &str, word: &Range<usize>, next: &Range<usize>) -> bool {
    let gap = &chunk[word.end..next.start];
    let mut visible = gap.chars().filter(|c| !is_invisible(*c));
    let (first, second) = (visible.next(), visible.next());
    match (first, second) {
        (None, _) => !gap.is_empty() || is_formula(&chunk[word.clone()], &chunk[next.clone()]),
        (Some(c), None) if is_hyphen(c) => {
            chunk[..word.end].ends_with(is_word_char) && chunk[next.start..].starts_with(is_word_char)
        }
        (Some(c), None) if is_apostrophe(c) => {
            chunk[..word.end].ends_with(char::is_alphabetic) && chunk[next.start..].starts_with(char::is_alphabetic)
        }
        _ => false,
    }
}

/// Returns whether two parts side by side are one formula: `m²`, `CO₂`, `H₂O`. A raised figure behind any other word is
/// the mark of a note.
fn is_formula(left: &str, right: &str) -> bool {
    const MEASURES: [&str; 5] = ["m", "cm", "dm", "km", "mm"];
    let is_lowered = |c: char| ('₀'..='₉').contains(&c);
    let unit = left.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_measure = || MEASURES.iter().any(|measure| measure.eq_ignore_ascii_case(unit));
    matches!(right, "²" | "³") && is_measure()
        || left.ends_with(is_lowered) && right.starts_with(char::is_alphabetic)
        || right.starts_with(is_lowered) && left.ends_with(char::is_alphabetic)
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
}

/// Returns whether `c` is a hyphen; dashes are not, they stand between words.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        for_each_word(text, |range| words.push(&text[range]));
        words
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text), expected, "cutting {text:?}");
    }

    #[test]
    fn no_white_space_is_part_of_a_word() {
        assert_eq!(words("10\u{202f}juta\u{a0}é\u{202f}À\u{202f}"), ["10", "juta", "é", "À"]);
    }

    #[test]
    fn words_numbers_and_domains_stay_whole() {
        check(
            "Rp1,5 2.511,44 1.000 5G buku2 detik.com Jum'at",
            &["Rp1,5", "2.511,44", "1.000", "5G", "buku2", "detik.com", "Jum'at"],
        );
        check("U.S. A.S.", &["U.S", "A.S"]);
    }

    #[test]
    fn hyphen_groups_stay_whole() {
        check("anak-anak ke-15 COVID-19", &["anak-anak", "ke-15", "COVID-19"]);
        check("Lembah Optik\"-nya", &["Lembah", "Optik", "nya"]);
        check("Jakarta - Bogor a--b c- -d", &["Jakarta", "Bogor", "a", "b", "c", "d"]);
        check("anak\u{2011}anak", &["anak\u{2011}anak"]);
        check("provinsi—termasuk 3–5", &["provinsi", "termasuk", "3", "5"]);
    }

    #[test]
    fn dates_in_figures_stay_whole() {
        check("(30/11/2025) 8/1/26", &["30/11/2025", "8/1/26"]);
        check("“30/11/2025” (8/1/26)… Jakarta—1/2/2026é", &["30/11/2025", "8/1/26", "Jakarta", "1/2/2026", "é"]);
        check("2025/11/30, “2025/1/3”", &["2025/11/30", "2025/1/3"]);
        check("1/2 dan 30/11/20255 a/b/c", &["1", "2", "dan", "30", "11", "20255", "a", "b", "c"]);
    }

    #[test]
    fn glued_sentences_are_cut() {
        check("latihan.Ini stadion", &["latihan", "Ini", "stadion"]);
        check("kafé.Ini dan", &["kafé", "Ini", "dan"]);
        check("KOMPAS.com", &["KOMPAS.com"]);
    }

    #[test]
    fn underscores_around_a_word_are_no_part_of_it() {
        check("_foo_ foo_bar __", &["foo", "foo_bar"]);
        check("“_foo_” “foo_bar” “__”", &["foo", "foo_bar"]);
    }

    #[test]
    fn colons_cut() {
        check("Prabowo:Indonesia 10:30 é:a", &["Prabowo", "Indonesia", "10", "30", "é", "a"]);
    }

    #[test]
    fn apostrophes_and_invisible_characters_join() {
        check("Ma’ruf Ma`ruf é`a", &["Ma’ruf", "Ma`ruf", "é`a"]);
        check("kan\u{200b}tor ke\u{ad}cil", &["kan\u{200b}tor", "ke\u{ad}cil"]);
    }

    /// The general cut of ASCII text, for comparison.
    fn general(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        let chunks = text.split_ascii_whitespace();
        for chunk in chunks {
            let offset = chunk.as_ptr() as usize - text.as_ptr() as usize;
            unicode_words(chunk, offset, &mut |range| words.push(text[range].to_owned()));
        }
        words
    }

    proptest! {
        #[test]
        fn ascii_rules_agree_with_the_tables(text in "[a-cA-C1-3.,;:'`_/ -]{0,24}") {
            prop_assert_eq!(words(&text), general(&text));
        }

        #[test]
        fn dates_stay_whole_beside_any_characters(text in "[a1.,;_/-]{0,4}[1-3]{1,2}/[1-3]/20[1-3]{2}[a1.,;_/-]{0,3}") {
            prop_assert_eq!(words(&text), general(&text));
        }

        #[test]
        fn ranges_ascend_and_hold_letters(text in "(\\PC|[a-z]-|[\u{200b}\u{ad}’ ]){0,30}") {
            let mut end = 0;
            for_each_word(&text, |range| {
                assert!(range.start >= end && range.end > range.start);
                assert!(!text[range.clone()].contains(char::is_whitespace));
                end = range.end;
            });
        }
    }
}
