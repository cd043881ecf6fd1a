//! Folding: the one spelling under which all spellings of a surface form meet.
//!
//! NFKC, lower case, no diacritics, no apostrophes, no invisible characters. `Ma'ruf`, `Ma’ruf`
//! and `MARUF` fold to `maruf`, `Qur’an` to `quran`, `café` to `cafe`.

use unicode_normalization::UnicodeNormalization;

/// Returns the folded form of `surface`; it may be empty and holds no white space.
///
/// ```
/// use kliping::analysis::fold;
/// assert_eq!(fold("Jum'at"), "jumat");
/// assert_eq!(fold("ＣＡＦＥ\u{301}"), "cafe");
/// ```
#[must_use]
pub fn fold(surface: &str) -> String {
    let mut folded = String::with_capacity(surface.len());
    fold_into(surface, &mut folded);
    folded
}

/// Appends the folded form of `surface` to `folded`.
pub(crate) fn fold_into(surface: &str, folded: &mut String) {
    let surface = without_possessive(surface);
    if surface.is_ascii() {
        folded.extend(surface.bytes().filter(|b| !is_ascii_apostrophe(*b)).map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    // Decomposed a second time after lowering: some capitals lower to a letter and a mark (İ).
    let decomposed = surface.nfkc().flat_map(char::to_lowercase).nfkd();
    let mut plain = String::with_capacity(surface.len());
    for c in decomposed.filter(|c| !is_latin_mark(*c) && !is_dropped(*c) && !c.is_whitespace()) {
        match plain_letters(c) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(c),
        }
    }
    folded.extend(plain.nfc());
}

/// Returns `surface` without an English possessive: `Trump's` is a form of *Trump*.
fn without_possessive(surface: &str) -> &str {
    let Some(stem) = surface.strip_suffix(['s', 'S']) else { return surface };
    stem.strip_suffix(is_apostrophe).filter(|stem| stem.chars().count() > 1).unwrap_or(surface)
}

fn is_ascii_apostrophe(byte: u8) -> bool {
    matches!(byte, b'\'' | b'`')
}

/// Returns whether `c` is written as an apostrophe inside words (`Ma'ruf`, `Ma’ruf`, `Maʿruf`).
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '＇' | '′')
}

/// Returns whether `c` takes no room: zero-width characters, soft hyphens, byte order marks,
/// directional marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_dropped(c: char) -> bool {
    is_apostrophe(c) || is_invisible(c) || c.is_control()
}

/// Combining marks of Latin, Greek and Cyrillic letters; those of other scripts carry vowels.
fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Letters that Unicode does not decompose.
fn plain_letters(c: char) -> Option<&'static str> {
    match c {
        'ø' => Some("o"),
        'ł' => Some("l"),
        'đ' | 'ð' => Some("d"),
        'ı' => Some("i"),
        'ħ' => Some("h"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'ß' => Some("ss"),
        'þ' => Some("th"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(surface: &str, folded: &str) {
        assert_eq!(fold(surface), folded, "folding {surface:?}");
    }

    #[test]
    fn apostrophes_drop() {
        check("Ma'ruf", "maruf");
        check("Ma’ruf", "maruf");
        check("Ma`ruf", "maruf");
        check("Qur’an", "quran");
        check("JUM'AT", "jumat");
    }

    #[test]
    fn an_english_possessive_drops() {
        check("Trump's", "trump");
        check("Trump’s", "trump");
        check("'s", "s");
    }

    #[test]
    fn diacritics_and_width_fold() {
        check("café", "cafe");
        check("Ångström", "angstrom");
        check("Søren", "soren");
        check("ＡＩ", "ai");
        check("ﬁnal", "final");
        check("İstanbul", "istanbul");
    }

    #[test]
    fn invisible_characters_drop() {
        check("ke\u{ad}men\u{200b}terian", "kementerian");
        check("\u{feff}judul", "judul");
    }

    #[test]
    fn marks_of_other_scripts_stay() {
        check("कि", "कि");
        check("한국", "한국");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,20}") {
            let once = fold(&text);
            // An apostrophe gone may leave another possessive in sight, so words keep one.
            prop_assert_eq!(fold(&once), once);
        }
    }
}
