//! The spelling of 1901 (van Ophuijsen) and of 1947 (Soewandi), which old names and quotations keep.
//!
//! Their oe is u, dj j, tj c, nj ny, sj sy, ch kh and j y. Words of today and of other languages have these letters too,
//! so the caller takes a respelled word only if it is a known one.

/// The shortest word that is respelled, in letters: shorter ones are rather English (does, goes).
const MIN_WORD: usize = 5;

/// The letters that only old spelling has, or other languages, with those of today. Beside them j is y (and nj ny), but
/// alone it is no evidence: menjongkok.
const DIGRAPHS: [(&[u8; 2], &str); 5] = [(b"oe", "u"), (b"dj", "j"), (b"tj", "c"), (b"sj", "sy"), (b"ch", "kh")];

/// Returns a word of ASCII letters in the spelling of today, if its spelling may be an old one.
pub(super) fn respelled(word: &str) -> Option<String> {
    let is_old = |pair: &[u8]| DIGRAPHS.iter().any(|(old, _)| *old == pair);
    if word.len() < MIN_WORD || !word.as_bytes().windows(2).any(is_old) {
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
        ] {
            assert_eq!(respelled(old).as_deref(), Some(new), "respelling {old:?}");
        }
        for word in ["", "does", "jalan", "rakjat", "menjongkok"] {
            assert_eq!(respelled(word), None, "respelling {word:?}");
        }
    }
}
