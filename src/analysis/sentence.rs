//! Sentence boundaries of Indonesian news text.
//!
//! Snippets are cut at them, repeated passages are compared by them and a missing headline is
//! derived from the first of them. One pass over the bytes, no look further than the next word, so
//! that the time is linear on any input. Not meant for poetry, tables or program text.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Abbreviations and titles, lower case and sorted; see the head of the file.
pub(super) const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// The longest stretch before a full stop that is looked up as an abbreviation.
const MAX_TOKEN_BYTES: usize = 12;

/// Last labels of the domain names that news writes, sorted.
const TOP_LEVEL_DOMAINS: [&str; 24] = [
    "asia", "au", "biz", "cn", "co", "com", "fr", "go", "id", "info", "io", "jp", "me", "my", "net", "news", "nl",
    "online", "org", "sg", "site", "tv", "uk", "xyz",
];

/// Returns whether `label` is the last label of a domain name, in any case.
pub(crate) fn is_top_level_domain(label: &str) -> bool {
    TOP_LEVEL_DOMAINS.iter().any(|domain| domain.eq_ignore_ascii_case(label))
}

/// Returns the sentences of `text`, in order, as ranges of its bytes.
///
/// The ranges ascend, do not overlap, are never empty, have no white space at their ends and
/// together cover everything in `text` that is not white space. A line break always ends a
/// sentence; a full stop after an abbreviation, an initial or a number of a list never does.
///
/// ```
/// use kliping::analysis::sentences;
/// let text = r#"Harga naik 2.511,44 persen. "Ini berat." kata dr. Budi di Jl. Melati.Ia pulang."#;
/// let parts: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
/// assert_eq!(parts, [
///     "Harga naik 2.511,44 persen.",
///     r#""Ini berat." kata dr. Budi di Jl. Melati."#,
///     "Ia pulang.",
/// ]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, at: 0 }
}

/// The sentences of a text; made by [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        if start == self.text.len() {
            return None;
        }
        self.at = end_of_sentence(self.text, start);
        Some(start..start + self.text[start..self.at].trim_end().len())
    }
}

/// Returns where the sentence that begins at `start` ends; always beyond `start`.
fn end_of_sentence(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut quote_is_open = false;
    let mut at = start;
    while let Some(step) = next_stop(&bytes[at..]) {
        at += step;
        match bytes[at] {
            b'\n' | b'\r' => return at,
            b'"' => quote_is_open = !quote_is_open,
            _ if terminator_len(&bytes[at..]) > 0 => {
                let stop = Stop::read(text, at, quote_is_open);
                if let Some(end) = stop.boundary(text, start) {
                    return end;
                }
                quote_is_open ^= stop.has_straight_quote;
                at = stop.closed_at;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Returns the place of the first of `bytes` at which the scan halts.
fn next_stop(bytes: &[u8]) -> Option<usize> {
    /// As many bytes as are looked at together.
    const CHUNK: usize = 16;
    // Added up without a branch, so that the bytes of a chunk are compared all at once.
    let is_stop = |byte: u8| STOPS.iter().fold(0, |found, stop| found | u8::from(byte == *stop)) > 0;
    let has_stop = |chunk: &[u8]| chunk.iter().fold(false, |has_stop, byte| has_stop | is_stop(*byte));
    let n_passed = bytes.chunks_exact(CHUNK).take_while(|chunk| !has_stop(chunk)).count() * CHUNK;
    bytes[n_passed..].iter().position(|byte| IS_STOP[usize::from(*byte)]).map(|at| n_passed + at)
}

/// The bytes at which the scan halts: a quote, a line break or the first of a terminator (of `…`, 0xE2).
const STOPS: [u8; 7] = *b".!?\n\r\"\xE2";

/// Which bytes are [`STOPS`].
const IS_STOP: [bool; 256] = {
    let mut is_stop = [false; 256];
    let mut place = 0;
    while place < STOPS.len() {
        is_stop[STOPS[place] as usize] = true;
        place += 1;
    }
    is_stop
};

/// Returns the length of the terminator that `bytes` begin with, or 0.
fn terminator_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'.' | b'!' | b'?', ..] => 1,
        [0xE2, 0x80, 0xA6, ..] => 3,
        _ => 0,
    }
}

/// A run of terminators with the quotes and brackets that close after it.
struct Stop {
    /// Where the terminators begin.
    start: usize,
    /// Where the terminators end.
    end: usize,
    /// Where the closing quotes and brackets end.
    closed_at: usize,
    /// Whether one of them is `"`.
    has_straight_quote: bool,
}

impl Stop {
    fn read(text: &str, start: usize, quote_is_open: bool) -> Self {
        let bytes = text.as_bytes();
        let mut end = start;
        while terminator_len(&bytes[end..]) > 0 {
            end += terminator_len(&bytes[end..]);
        }
        let mut stop = Self { start, end, closed_at: end, has_straight_quote: false };
        for mark in text[end..].chars() {
            match mark {
                '"' if quote_is_open && !stop.has_straight_quote => stop.has_straight_quote = true,
                '\'' | '”' | '’' | '»' | ')' | ']' | '}' => {}
                _ => break,
            }
            stop.closed_at += mark.len_utf8();
        }
        stop
    }

    /// Returns where the sentence from `sentence_start` ends, if it ends here.
    fn boundary(&self, text: &str, sentence_start: usize) -> Option<usize> {
        let after = &text[self.closed_at..];
        match after.chars().next() {
            None => Some(self.closed_at),
            Some(next) if next.is_whitespace() => {
                let next = after.trim_start_matches([' ', '\t', '\u{a0}']).chars().next();
                self.ends_before(text, sentence_start, next).then_some(self.closed_at)
            }
            Some(',') => self.glued_by_comma(text),
            Some(_) => self.glued(text).then_some(self.closed_at),
        }
    }

    /// Decides at a stop that white space follows; `next` is the character after it.
    fn ends_before(&self, text: &str, sentence_start: usize, next: Option<char>) -> bool {
        let Some(next) = next.filter(|c| !matches!(c, '\n' | '\r')) else { return true };
        if !self.is_full_stop(text) || self.closed_at > self.end {
            return !next.is_lowercase();
        }
        let token = token_before(text, sentence_start, self.start);
        let opens_sentence = self.start - token.len() == sentence_start;
        !(is_abbreviated(token) || opens_sentence && is_list_number(token))
    }

    fn is_full_stop(&self, text: &str) -> bool {
        &text[self.start..self.end] == "."
    }

    /// Decides at a stop that a letter follows at once (`latihan.Ini stadion`).
    fn glued(&self, text: &str) -> bool {
        let opens = |c: char| matches!(c, '"' | '“' | '‘');
        self.follows_word(text) && begins_sentence(text[self.closed_at..].trim_start_matches(opens))
    }

    /// Returns the boundary at `.,` before a new sentence, which dumps put where a line ended: what goes on
    /// in the middle of a sentence there begins with a small letter.
    fn glued_by_comma(&self, text: &str) -> Option<usize> {
        let after = &text[self.closed_at..];
        let next = after.trim_start_matches([',', ' ', '\u{a0}']);
        let opens = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '(') || c.is_ascii_digit();
        (next.starts_with(opens) && self.follows_word(text)).then_some(self.closed_at + (after.len() - next.len()))
    }

    /// Whether a word, a number or a quotation ends before the stop, and no abbreviation.
    fn follows_word(&self, text: &str) -> bool {
        let before = text[..self.start].chars().next_back();
        let is_word = before.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || is_closing(c));
        is_word && (self.closed_at > self.end || !is_abbreviated(token_before(text, 0, self.start)))
    }
}

/// Returns whether the word at `word` may have its capital from the start of a sentence: what is before it ends a
/// sentence or a line, and another word follows.
pub(super) fn begins_sentence_at(text: &str, word: &Range<usize>) -> bool {
    let is_between = |c: char| !c.is_alphanumeric() && !matches!(c, '\n' | '\r' | ',' | ';' | ':' | '-') && !is_end(c);
    let before = text[..word.start].trim_end_matches(is_between);
    let is_start = match before.chars().next_back() {
        None | Some('\n' | '\r') => true,
        Some('.') => !is_abbreviated(token_before(text, 0, before.len() - 1)),
        Some(last) => is_end(last),
    };
    let rest = text[word.end..].trim_start_matches([' ', '\u{a0}']);
    is_start && rest.len() < text.len() - word.end && rest.starts_with(char::is_alphanumeric)
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '%')
}

/// Whether `text` begins as a sentence does, with a capital and a small letter or a short word, and
/// not as the last label of a domain name; `Asia` is a word far more often than a label.
fn begins_sentence(text: &str) -> bool {
    let mut chars = text.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    if !(capital && chars.next().is_some_and(char::is_lowercase)) {
        return false;
    }
    let len = text.bytes().take(MAX_TOKEN_BYTES).take_while(u8::is_ascii_alphanumeric).count();
    !is_top_level_domain(&text[..len]) || &text[..len] == "Asia"
}

/// Returns the letters, digits and full stops before `end`, at most [`MAX_TOKEN_BYTES`] of them.
fn token_before(text: &str, start: usize, end: usize) -> &str {
    let bytes = &text.as_bytes()[start..end];
    let is_inside = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'.' || !byte.is_ascii();
    let len = bytes.iter().rev().take(MAX_TOKEN_BYTES + 1).take_while(is_inside).count();
    text.get(end - len..end).unwrap_or_default()
}

/// Whether a full stop after `token` belongs to it: `dr`, `M.Si`, `a.n`, `J`.
fn is_abbreviated(token: &str) -> bool {
    if token.is_empty() || token.len() > MAX_TOKEN_BYTES {
        return false;
    }
    match token.rsplit_once('.') {
        Some((_, last)) => is_abbreviation(last) || is_dotted_abbreviation(token, last),
        None => is_abbreviation(token) || is_initial(token),
    }
}

/// Whether `token` is made of short parts as degrees and acronyms are, and no domain name.
fn is_dotted_abbreviation(token: &str, last: &str) -> bool {
    let is_part = |part: &str| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
    token.split('.').all(is_part) && !TOP_LEVEL_DOMAINS.contains(&last)
}

fn is_initial(token: &str) -> bool {
    token.len() == 1 && token.as_bytes()[0].is_ascii_uppercase()
}

/// Whether `token` numbers an entry of a list: `1`, `12`, `a`.
fn is_list_number(token: &str) -> bool {
    let bytes = token.as_bytes();
    (1..=2).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit)
        || bytes.len() == 1 && bytes[0].is_ascii_alphabetic()
}

fn is_abbreviation(word: &str) -> bool {
    folded_bytes(word).is_some_and(|folded| ABBREVIATION_SET.contains(&folded))
}

/// Returns the bytes of `word` in small letters as one integer, where they fit and there are any.
fn folded_bytes(word: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..word.len()).filter(|bytes| !bytes.is_empty())?.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    Some(u64::from_le_bytes(bytes))
}

static ABBREVIATION_SET: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| abbreviations().map(|word| folded_bytes(word).expect("the longest has seven bytes")).collect());

fn abbreviations() -> impl Iterator<Item = &'static str> {
    ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks that `marked`, with `|` taken out, is divided where the `|` stand.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let parts: Vec<&str> = sentences(&text).map(|range| &text[range]).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
        assert_eq!(parts, expected);
    }

    #[test]
    fn terminators_and_line_breaks_end_a_sentence() {
        check("Satu kalimat.| Dua kalimat!| Tiga?| Empat… |Lima");
        check("Tanpa titik\n|Baris dua\r\n|Baris tiga");
        check("(Dalam kurung.)| Lalu lagi.");
        check("Apa?!| Ya.");
        check("harga naik hari ini.| dipantau dari laman itu.");
    }

    #[test]
    fn glued_sentences_are_separated() {
        check("di tempat latihan.|Ini stadion besar.");
        check("mulai 2019.|Pada tahun itu.");
        check(r#"tempat itu.|"Saya tahu," katanya."#);
        check(r#""Saya pulang."|Dia pergi."#);
        check("menjadi tersangka.,|Mardi mengaku.,,|Kasus itu.");
        check("hari ini.,|KPK menggelar operasi malam.,,|3. Pengendara itu.,|(Baca: lain)");
        check("hadir Ahmad, S.H., M.Si., Budi dan dkk., 3 orang");
        check("Badan Siber (BSSN)., yang baru");
        check(r#"di sana.,|"Dia tahu," katanya."#);
    }

    #[test]
    fn domains_and_degrees_are_not_separated() {
        check("Dimuat Kompas.com kemarin.");
        check("Dimuat Kompas.Com kemarin.");
        check("Dimuat Contoh.Site kemarin.");
        check("tampil di sana.|Asia menanti.");
        check("dr.Rizky, Sp.A, dan Ahmad, S.H., M.Si., hadir.");
        check("PT Bank Tbk., Jakarta.");
    }

    #[test]
    fn abbreviations_titles_and_initials_go_on() {
        check("Prof. Dr. H. Ahmad dan Hj. Siti tinggal di Jl. Melati No. 5 RT. 02 RW. 03 Kec. Coblong.");
        check("Buah apel, jeruk, dll. dijual PT. Maju dan CV. Mundur vs. Tbk. lain.");
        check("Surat a.n. Budi u.p. Kepala Kel. Baru, harga Rp. 500.");
        check("Penulis J. K. Rowling datang.");
        check("Ahmad, S.H. berkata.");
    }

    #[test]
    fn numbers_times_and_list_numbers_go_on() {
        check("Nilainya 2.511,44 miliar pada pukul 23.11 WIB.| Titik.");
        check("1. Istirahatkan anak.\n|2. Kompres.");
        check("Pada 2026.| Lalu.");
        check("a. Pilihan pertama");
    }

    #[test]
    fn a_quotation_goes_on_to_its_reporting_clause() {
        check(r#""Kami siap." kata dia.| "Ya!" ujarnya.| "Itu."| Dia pergi."#);
        check("“Apa kabar?” tanya dia.| “Baik.”| Lalu diam.");
        check("Dia... lalu pergi.| Dia... |Lalu pergi.");
    }

    #[test]
    fn the_top_level_domains_are_sorted() {
        assert!(TOP_LEVEL_DOMAINS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn the_abbreviations_are_sorted_and_lower_case() {
        let list: Vec<&str> = abbreviations().collect();
        assert!(list.is_sorted());
        assert!(list.iter().all(|word| !word.is_empty() && word.len() <= 7 && *word == word.to_lowercase()));
    }

    proptest! {
        #[test]
        fn sentences_cover_everything_but_white_space(
            text in r#"([a-zA-Z0-9.,!?…"“”()\n \u{a0}é]|\. |Dr\. |\.,){0,60}"#
        ) {
            let mut end = 0;
            for range in sentences(&text) {
                prop_assert!(text[end..range.start].trim().is_empty());
                prop_assert!(!range.is_empty());
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                end = range.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }

        #[test]
        fn any_text_is_divided(text in any::<String>()) {
            prop_assert_eq!(
                sentences(&text).flat_map(|r| text[r].chars()).filter(|c| !c.is_whitespace()).count(),
                text.chars().filter(|c| !c.is_whitespace()).count()
            );
        }
    }
}
