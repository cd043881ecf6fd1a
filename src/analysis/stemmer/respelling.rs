//! Words in another spelling than the tables have, by rule: what was written before 1972, what Jakarta speaks, and what
//! keeps letters of the language it comes from.
//!
//! Words of today and of other languages are spelt so too, so the caller takes what comes out only if it is known.

use super::letters::is_consonant;

/// The shortest word that is respelled, in letters: shorter ones are rather English (does, goes).
const MIN_WORD: usize = 5;

/// The letters that only old spelling has, or other languages, with those of today. Beside them j is y (and nj ny), but
/// alone it is no evidence (menjongkok), unless nj begins the word.
const DIGRAPHS: [(&[u8; 2], &str); 6] =
    [(b"oe", "u"), (b"dj", "j"), (b"tj", "c"), (b"sj", "sy"), (b"kj", "ky"), (b"ch", "kh")];

/// Returns a word of ASCII letters in the spelling of today, if its spelling may be that of 1901 (van Ophuijsen) or of
/// 1947 (Soewandi), which old names and quotations keep.
pub(super) fn from_old_spelling(word: &str) -> Option<String> {
    let is_old = |pair: &[u8]| DIGRAPHS.iter().any(|(old, _)| *old == pair);
    let has_digraph = word.starts_with("nj") || word.as_bytes().windows(2).any(is_old);
    if word.len() < MIN_WORD || !has_digraph {
        return None;
    }
    let mut respelled = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let digraph = DIGRAPHS.iter().find(|(old, _)| rest.as_bytes().starts_with(*old));
        match (digraph, letter) {
            (Some((_, new)), _) => respelled.push_str(new),
            (None, 'j') => respelled.push('y'),
            (None, letter) => respelled.push(letter),
        }
        rest = &rest[digraph.map_or(letter.len_utf8(), |(old, _)| old.len())..];
    }
    Some(respelled)
}

/// Returns a word with the a that is written for the spoken e in its last closed syllable, not counting -in: *minjem*
/// is *minjam*, *nganterin* is *ngantarin*.
pub(super) fn from_speech(word: &str) -> Option<String> {
    let root = word.strip_suffix("in").unwrap_or(word);
    let at = root.rfind('e').filter(|at| *at > 0)?;
    let coda = &root[at + 1..];
    let is_closed = matches!(coda.len(), 1 | 2) && coda.bytes().all(is_consonant);
    is_closed.then(|| [&word[..at], "a", &word[at + 1..]].concat())
}

/// Letters that loans from Arabic and Dutch keep, with those that standard spelling has.
const FOREIGN: [(&str, &str); 7] =
    [("sh", "s"), ("dh", "d"), ("dz", "z"), ("th", "t"), ("ph", "f"), ("kw", "ku"), ("q", "k")];

/// Returns a word of ASCII letters with those of standard spelling in place of what loans keep: qodrat, ekwivalen,
/// sportip.
pub(super) fn from_foreign_spelling(word: &str) -> Option<String> {
    let mut respelled = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let foreign = FOREIGN.iter().find(|(foreign, _)| rest.starts_with(foreign));
        match foreign {
            Some((_, standard)) => respelled.push_str(standard),
            None => respelled.push(letter),
        }
        rest = &rest[foreign.map_or(letter.len_utf8(), |(foreign, _)| foreign.len())..];
    }
    if let Some(stem) = respelled.strip_suffix("ip") {
        respelled = [stem, "if"].concat();
    }
    (word.len() >= MIN_WORD && respelled != word).then_some(respelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_letters_become_those_of_today() {
        for (old, new) in [
            ("pemoeda", "pemuda"),
            ("perdjoeangan", "perjuangan"),
            ("tjerita", "cerita"),
            ("djandjinja", "janjinya"),
            ("sjarat", "syarat"),
            ("achir", "akhir"),
            ("tjahaja", "cahaya"),
            ("rakjat", "rakyat"),
            ("njanji", "nyanyi"),
        ] {
            assert_eq!(from_old_spelling(old).as_deref(), Some(new), "respelling {old:?}");
        }
        for word in ["", "does", "jalan", "menjongkok"] {
            assert_eq!(from_old_spelling(word), None, "respelling {word:?}");
        }
    }

    #[test]
    fn letters_that_loans_keep_become_standard() {
        for (foreign, standard) in [
            ("qodrat", "kodrat"),
            ("mubadzir", "mubazir"),
            ("nashrani", "nasrani"),
            ("ekwivalen", "ekuivalen"),
            ("sportip", "sportif"),
        ] {
            assert_eq!(from_foreign_spelling(foreign).as_deref(), Some(standard), "respelling {foreign:?}");
        }
        for word in ["", "qq", "shaf", "maaf", "kodrat", "petta"] {
            assert_eq!(from_foreign_spelling(word), None, "respelling {word:?}");
        }
    }

    #[test]
    fn a_spoken_e_is_a_written_a() {
        for (spoken, written) in [("minjem", "minjam"), ("nganterin", "ngantarin"), ("ditebelin", "ditebalin")] {
            assert_eq!(from_speech(spoken).as_deref(), Some(written), "respelling {spoken:?}");
        }
        for word in ["", "e", "em", "kue", "begitu", "nonton", "estafet sore"] {
            assert_eq!(from_speech(word), None, "respelling {word:?}");
        }
    }
}
