//! Names of places that only the word before them tells from words with affixes: Desa Menawan, Jalan Perjuangan.

use std::ops::Range;

use super::stop_words::StopWords;

/// Words that the name of a place follows, and what they are cut short to; sorted. What stands behind a city or a
/// regency is in the table of names, or a common noun: *Kabupaten Kepulauan Talaud*, *Kota Pelajar*.
const PLACES: [&str; 26] = [
    "Bukit",
    "Danau",
    "Desa",
    "Distrik",
    "Ds",
    "Dusun",
    "Gang",
    "Gg",
    "Gunung",
    "Jalan",
    "Jl",
    "Jln",
    "Kampung",
    "Kec",
    "Kecamatan",
    "Kel",
    "Kelurahan",
    "Lembah",
    "Nagari",
    "Pantai",
    "Pulau",
    "Selat",
    "Sungai",
    "Tanjung",
    "Teluk",
    "Waduk",
];

/// How many words before and behind a place are looked at.
const WINDOW: usize = 4;

/// Returns whether the capitalised word at `word` of `text` is the name of a place: a word for a place stands before
/// it, and around both are small letters, unlike in a title whose every word has a capital.
pub(super) fn is_place_name_at(text: &str, word: &Range<usize>, stop_words: &StopWords) -> bool {
    let Some(before) = text[..word.start].strip_suffix([' ', '\u{a0}']) else { return false };
    let (before, place) = before.rsplit_once(char::is_whitespace).unwrap_or(("", before));
    let is_small = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(char::is_lowercase) && !stop_words.contains(word)
    };
    is_place(place)
        && (before.rsplit(char::is_whitespace).take(WINDOW).any(is_small)
            || text[word.end..].split(char::is_whitespace).take(WINDOW).any(is_small))
}

/// Returns whether `word` is one for a place; a full stop may cut it short.
fn is_place(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    PLACES.binary_search(&word.strip_suffix('.').filter(|short| short.len() <= 3).unwrap_or(word)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    /// Checks the root of the first word that begins with M or P.
    #[track_caller]
    fn check(text: &str, root: &str) {
        let analyzer = Analyzer::indonesian();
        let words = analyzer.analyze(text);
        let word = words.iter().find(|word| text[word.range.start..].starts_with(['M', 'P'])).unwrap();
        assert_eq!(word.form.root(), root, "{text:?}");
        let explained = analyzer.explain(text, word.range.clone());
        assert_eq!(explained.reading == crate::analysis::ReadingKind::PlaceName, root == word.form.exact(), "{text:?}");
    }

    #[test]
    fn places_are_sorted() {
        assert!(PLACES.is_sorted());
    }

    #[test]
    fn a_word_behind_one_for_a_place_is_its_name() {
        check("banjir di Desa Menawan, Gebog, surut", "menawan");
        check("warga (Dusun Menawan) mengungsi", "menawan");
        check("rumahnya di Jl. Perjuangan 5", "perjuangan");
        check("Jalan Pemuda ditutup", "pemuda");
    }

    #[test]
    fn a_word_is_no_name_of_a_place_elsewhere() {
        check("pemandangan desa Menawan hati", "tawan");
        check("warga Desa. Menawan hati", "tawan");
        check("warga Desa menuju Mendukung lagi", "dukung");
        check("Warga di Jalan Menuju Jakarta", "tuju");
        check("warga Desa\nMenawan hati", "tawan");
        check("warga Kota Pelajar menanti", "ajar");
    }

    #[test]
    fn a_clitic_and_another_spelling_are_read_as_elsewhere() {
        check("warga Desa Menawannya sendiri", "tawan");
        check("warga Jalan Propinsi mengeluh", "provinsi");
    }
}
