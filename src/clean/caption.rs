//! Lines under pictures, told by the credit of the picture.

use super::boilerplate::is_headline;
use super::names::is_outlet;

/// The most bytes between the word that announces a picture credit and the end of the line.
const LONGEST_CREDIT: usize = 90;

/// Words that open a picture credit, wherever they stand in a line.
const CREDIT_MARKS: [&str; 12] =
    ["Foto:", "Foto :", "foto:", "foto :", "FOTO:", "FOTO :", "(Foto", "FOTO/", "Foto/", "Photo:", "(Dok", "[Foto"];

/// Picture agencies and phrases that stand in brackets after a caption.
const PICTURE_SOURCES: [&str; 16] = [
    "ant",
    "dok",
    "dok. istimewa",
    "dok. pribadi",
    "facebook",
    "freepik",
    "getty images",
    "gettyimages",
    "instagram",
    "ist",
    "istimewa",
    "pexels",
    "pixabay",
    "shutterstock",
    "unsplash",
    "youtube",
];

/// Verbs that say who spoke, without their `-nya`.
const SPEECH_VERBS: [&str; 14] = [
    "imbuh",
    "kata",
    "menegaskan",
    "mengatakan",
    "mengungkapkan",
    "menjelaskan",
    "menuturkan",
    "menyatakan",
    "menyebut",
    "tanya",
    "tutur",
    "ucap",
    "ujar",
    "ungkap",
];

/// Returns whether `line` is a caption: it has a picture credit or is announced by `Ilustrasi`, no
/// full stop ends it, and nobody speaks in it.
pub(super) fn is_caption(line: &str) -> bool {
    let is_picture = |line| opens_with_picture(line) || has_picture_credit(line);
    let is_form = !line.ends_with('.') && is_picture(line) || has_source_in_brackets(line) && is_headline(line);
    is_form && !has_speech(line)
}

/// Whether `line` is a word that announces a caption, or has a mark after it; before a word it may
/// be the subject of a sentence.
fn opens_with_picture(line: &str) -> bool {
    ["Ilustrasi", "ilustrasi", "ILUSTRASI", "Keterangan foto", "Keterangan Foto", "Caption"]
        .iter()
        .filter_map(|opening| line.strip_prefix(opening))
        .any(|rest| rest.is_empty() || rest.trim_start().starts_with(['-', '–', '—', ':', '.', ',', '/', '(', '|']))
}

/// Whether `line` holds a quotation or a verb of [`SPEECH_VERBS`].
fn has_speech(line: &str) -> bool {
    let is_speech_verb = |word: &str| SPEECH_VERBS.contains(&word.strip_suffix("nya").unwrap_or(word));
    line.contains(['"', '“', '”']) || line.split(|c: char| !c.is_alphabetic()).any(is_speech_verb)
}

fn has_picture_credit(line: &str) -> bool {
    // Every mark holds one of these, and few lines do.
    let may_hold_mark = line.bytes().any(|byte| matches!(byte, b':' | b'/' | b'(' | b'['));
    may_hold_mark && CREDIT_MARKS.iter().filter_map(|mark| line.rfind(mark)).any(|at| line.len() - at <= LONGEST_CREDIT)
}

/// Whether `line` ends in brackets with an agency or its photographer: `(AFP/JOHN DOE)`.
fn has_source_in_brackets(line: &str) -> bool {
    let Some(inner) = line.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inner)| inner) else {
        return false;
    };
    let source = inner.split(['/', '@']).next().unwrap_or_default().trim().trim_end_matches('.');
    is_outlet(source) || PICTURE_SOURCES.iter().any(|name| name.eq_ignore_ascii_case(source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions() {
        for line in [
            "Ilustrasi-Penerapan kecerdasan buatan pada 2027. Foto: CGTN for Hallonews",
            "Ilustrasi",
            "Ilustrasi - Kecerdasan buatan",
            "Ilustrasi kecerdasan buatan (Freepik)",
            "Caption: Warga mengungsi",
            "Presiden Jokowi di Bali (ANTARA FOTO/Sigid Kurniawan)",
            "Presiden Jokowi (AFP/JOHN DOE)",
            "Foto: Antara",
            "Warga mengungsi (Dok. Istimewa)",
        ] {
            assert!(is_caption(line), "{line:?}");
        }
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(PICTURE_SOURCES.is_sorted_by(|a, b| a < b));
        assert!(SPEECH_VERBS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn text_is_no_caption() {
        for line in [
            "Ia mengunggah foto: kucing, anjing.",
            "Polisi memanggil KPK (Komisi)",
            "Ilustrasinya bagus",
            "",
            "Ilustrasi itu menunjukkan bahwa sungai meluap",
            "Ia menunjuk ponsel berisi foto: \"Itu bukti,\" kata dia",
            "Kami siap, kata dia (Antara)",
        ] {
            assert!(!is_caption(line), "{line:?}");
        }
    }
}
