//! Paragraphs that a dump glued together: `latihan.Ini stadion`, `katanya.,Ia pulang`.
//!
//! Where a line ended, some dumps leave a comma and some nothing at all. The text stays as it is; it is
//! only cut. What was glued is not looked at as a line of its own: that it was one is a guess.

use std::ops::Range;

use crate::analysis::sentences;

/// Where one paragraph goes over into the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glue {
    /// Where the first ends.
    pub(super) paragraph_end: usize,
    /// Where the next begins; only commas and blanks stand between.
    pub(super) next_start: usize,
}

/// Returns where paragraphs are glued in `range` of `text`, which is one line: at the ends of sentences
/// that no blank follows, or a comma does.
pub(super) fn glues(text: &str, range: Range<usize>) -> Vec<Glue> {
    let mut glues = Vec::new();
    let mut last: Option<Range<usize>> = None;
    for sentence in sentences(&text[range.clone()]) {
        let sentence = range.start + sentence.start..range.start + sentence.end;
        if let Some(last) = last.replace(sentence.clone()) {
            let paragraph_end = last.start + text[last.clone()].trim_end_matches([',', ' ', '\u{a0}']).len();
            // A comma is what is left of a line end, more are what is left of words.
            let is_glued = match text[paragraph_end..sentence.start].matches(',').count() {
                0 => last.end == sentence.start,
                n_commas => n_commas == 1,
            };
            if is_glued && begins_plainly(&text[sentence.clone()]) {
                glues.push(Glue { paragraph_end, next_start: sentence.start });
            }
        }
    }
    glues
}

/// Whether `sentence` begins with a capital or a digit, in quotes or not. Where it does not, marks are all
/// that is left of words, and repeats are told by longer stretches.
fn begins_plainly(sentence: &str) -> bool {
    let opened = sentence.strip_prefix(['"', '“', '‘', '\'', '(', '[']).unwrap_or(sentence);
    opened.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut start = 0;
        let mut parts = Vec::new();
        for glue in glues(text, 0..text.len()) {
            parts.push(&text[start..glue.paragraph_end]);
            start = glue.next_start;
        }
        parts.push(&text[start..]);
        assert_eq!(parts, expected, "cutting {text:?}");
    }

    #[test]
    fn paragraphs_are_cut_where_a_line_ended() {
        check("Ia menikah.,Korban pulang.", &["Ia menikah.", "Korban pulang."]);
        check("Ia menikah.,\"Antara korban,\" katanya.", &["Ia menikah.", "\"Antara korban,\" katanya."]);
        check("Ia latihan.Ini stadion.Itu taman.", &["Ia latihan.", "Ini stadion.", "Itu taman."]);
        check("kata Danny., Pasalnya, 20 nama", &["kata Danny.", "Pasalnya, 20 nama"]);
        check(
            "\"Siap?\" tanya dia (1/9/2019).,Ia pergi!Mereka diam.",
            &["\"Siap?\" tanya dia (1/9/2019).", "Ia pergi!", "Mereka diam."],
        );
    }

    #[test]
    fn what_is_no_end_is_left_alone() {
        for text in [
            "Ia pulang. Lalu tidur. Besok ia kembali.",
            "dr. Budi, S.Kom., M.Si. tiba di Kompas.com pada 10.30 WIB.",
            "PT.Astra dan a.n. Budi",
            "Rp 2.511,44 naik",
            "\"Siap,\" komentar akun.,\",,\" balas akun.",
            "Harga emas naik.,,,Harga perak turun.",
            "",
        ] {
            check(text, &[text]);
        }
    }
}
