//! Text that was decoded wrongly before, and characters that nobody sees.
//!
//! `â€œ` is a quotation mark in UTF-8 that was read as Windows-1252, `‚Äú` the same read as `MacRoman`.
//! Only what turns into a character that news uses is turned back.

use std::sync::LazyLock;

use super::received::push;
use crate::article::Shift;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// Returns `text` repaired: wrongly decoded characters turned back, control characters and
/// invisible ones taken out, every kind of blank a blank and every line end one.
///
/// ```
/// use kliping::ingest::repair;
/// assert_eq!(repair("â€œSiap,â€\u{9d} kata‚Äôku".to_owned()), "“Siap,” kata’ku");
/// assert_eq!(repair("Rp\u{a0}5 ri\u{200b}bu\0".to_owned()), "Rp 5 ribu");
/// assert_eq!(repair("harga\0beras".to_owned()), "harga beras");
/// ```
#[must_use]
pub fn repair(text: String) -> String {
    repair_shifting(text).0
}

/// Returns `text` repaired, and where what is left of it stood.
pub(super) fn repair_shifting(text: String) -> (String, Vec<Shift>) {
    let Some(first) = next_suspect(&text, 0) else { return (text, Vec::new()) };
    let mut repaired = String::with_capacity(text.len());
    let (mut shifts, mut copied) = (Vec::new(), 0);
    let mut suspect = Some(first);
    while let Some(Suspect { at, len, original }) = suspect {
        repaired.push_str(&text[copied..at]);
        copied = at + len;
        match original {
            '\0' if is_between_words(&text, at) => repaired.push(' '),
            c if is_dropped(c) => {}
            c if is_line_end(c) => repaired.push('\n'),
            c if is_blank(c) => repaired.push(' '),
            c => repaired.push(c),
        }
        push(&mut shifts, Shift { text: repaired.len(), received: copied });
        suspect = next_suspect(&text, copied);
    }
    repaired.push_str(&text[copied..]);
    (repaired, shifts)
}

/// A stretch of a text that does not stay as it is.
struct Suspect {
    at: usize,
    len: usize,
    /// The character it was.
    original: char,
}

/// Returns the next stretch from the byte `from` on that does not stay.
fn next_suspect(text: &str, from: usize) -> Option<Suspect> {
    let bytes = text.as_bytes();
    let mut from = from;
    loop {
        let at = from + clean_len(&bytes[from..]);
        let c = text[at..].chars().next()?;
        let turned = if is_lead(c) { original(&text[at..]) } else { None };
        let (original, len) = turned.unwrap_or((c, c.len_utf8()));
        if turned.is_some() || is_dropped(c) || is_line_end(c) || is_blank(c) {
            return Some(Suspect { at, len, original });
        }
        from = at + len;
    }
}

/// Returns how many of `bytes` come before the first that may begin a character to repair.
fn clean_len(bytes: &[u8]) -> usize {
    /// As many as are looked at together.
    const CHUNK: usize = 32;
    let is_plain = |chunk: &[u8]| !chunk.iter().fold(false, |is_odd, byte| is_odd | is_odd_byte(*byte));
    let n_plain = bytes.chunks_exact(CHUNK).take_while(|chunk| is_plain(chunk)).count() * CHUNK;
    n_plain + bytes[n_plain..].iter().position(|byte| may_begin_suspect(*byte)).unwrap_or(bytes.len() - n_plain)
}

/// Whether `byte` is a control character or beyond ASCII.
fn is_odd_byte(byte: u8) -> bool {
    byte < b'\t' || byte == 0xB || (byte > b'\r' && byte < b' ') || byte >= 0x7F
}

/// Whether a character that is dropped, a blank or a lead begins with `byte` in UTF-8.
fn may_begin_suspect(byte: u8) -> bool {
    is_odd_byte(byte) && (byte.is_ascii() || matches!(byte, 0xC2 | 0xC3 | 0xC5 | 0xC6 | 0xE2 | 0xE3 | 0xEF))
}

/// Whether nobody sees `c`: a control character, or one of no width. The joiner of emoji stays.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether the byte `at` stands where a blank does between two words.
fn is_between_words(text: &str, at: usize) -> bool {
    let is_seen = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_dropped(c));
    is_seen(text[..at].chars().next_back()) && is_seen(text[at + 1..].chars().next())
}

/// Whether `c` ends a line where there is no line end: as word processors and spreadsheets write it, or as Unicode
/// does.
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{2800}' | '\u{3000}')
}

/// Whether `c` is what the first byte of a character in UTF-8 became, or the second where that was lost.
fn is_lead(c: char) -> bool {
    let is_windows = matches!(c, 'Ã' | 'Â' | 'Å' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'Ø' | 'Ù' | 'â' | 'ï' | 'ð' | '€');
    let is_mac = matches!(c, '¬' | '√' | 'ƒ' | '≈' | 'Œ' | 'œ' | 'ÿ' | 'Ÿ' | '·' | '‚' | 'Ô' | '\u{f8ff}' | 'Ä');
    is_windows || is_mac
}

/// An encoding that text is wrongly read as: the character each byte from 128 on becomes.
struct Wrong {
    chars: [char; 128],
}

static WRONG: LazyLock<[Wrong; 2]> = LazyLock::new(|| [WINDOWS_1252, MACINTOSH].map(Wrong::new));

impl Wrong {
    fn new(encoding: &'static Encoding) -> Self {
        let mut chars = ['\0'; 128];
        for (byte, c) in (128..=255_u8).zip(&mut chars) {
            *c = encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or_default();
        }
        Self { chars }
    }

    fn byte(&self, c: char) -> Option<u8> {
        let at = self.chars.iter().position(|known| *known == c)?;
        u8::try_from(at + 128).ok()
    }

    /// Returns the character that the beginning of `text` was, and how many bytes it takes now. Text may have been
    /// decoded wrongly more than once.
    fn original(&self, text: &str) -> Option<(char, usize)> {
        let first_len = text.chars().next()?.len_utf8();
        let is_original = |(original, len): &(char, usize)| *len > first_len && is_used_in_news(*original);
        (1..=MOST_TIMES).rev().find_map(|times| self.before(text, times).filter(is_original))
    }

    /// Returns the character that the beginning of `text` was before it was decoded wrongly `times` times at most.
    fn before(&self, text: &str, times: usize) -> Option<(char, usize)> {
        let Some(times) = times.checked_sub(1) else { return text.chars().next().map(|c| (c, c.len_utf8())) };
        let (first, first_len) = self.before(text, times)?;
        let joined = || {
            let n_bytes = match self.byte(first)? {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
            let (mut bytes, mut len) = ([self.byte(first)?, 0, 0, 0], first_len);
            for byte in &mut bytes[1..n_bytes] {
                let (next, next_len) = self.before(&text[len..], times)?;
                *byte = self.byte(next)?;
                len += next_len;
            }
            let original = std::str::from_utf8(&bytes[..n_bytes]).ok()?.chars().next()?;
            (is_used_in_news(original) || self.byte(original).is_some()).then_some((original, len))
        };
        joined().or(Some((first, first_len)))
    }
}

/// How often text is decoded wrongly at most.
const MOST_TIMES: usize = 3;

fn is_used_in_news(c: char) -> bool {
    let is_letter = matches!(c, '\u{a0}'..='\u{17f}' | '\u{391}'..='\u{3c9}' | '\u{600}'..='\u{67f}' | '\u{1e00}'..='\u{1eff}' | '\u{ac00}'..='\u{d7a3}');
    let is_mark = matches!(c, '\u{2000}'..='\u{22ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2800}' | '\u{fe0f}' | '\u{feff}');
    is_letter || is_mark || matches!(c, '\u{1f000}'..='\u{1faff}')
}

/// Marks whose first byte was lost, and what they were; of those read as Windows-1252 only what no price ends with.
const WITHOUT_LEAD: [(&str, char); 11] = [
    ("Äì", '–'),
    ("Äî", '—'),
    ("Äò", '‘'),
    ("Äô", '’'),
    ("Äú", '“'),
    ("Äù", '”'),
    ("Ä¶", '…'),
    ("€˜", '‘'),
    ("€™", '’'),
    ("€œ", '“'),
    ("€¦", '…'),
];

fn original(text: &str) -> Option<(char, usize)> {
    /// A closing quotation mark whose last byte, which Windows-1252 lacks, was lost.
    const CUT_QUOTE: &str = "â€";
    let found = WRONG.iter().find_map(|wrong| wrong.original(text));
    let found = found.or_else(|| text.starts_with(CUT_QUOTE).then_some(('”', CUT_QUOTE.len())));
    let without_lead = || WITHOUT_LEAD.iter().find(|(mark, _)| text.starts_with(mark));
    found.or_else(|| without_lead().map(|(mark, original)| (*original, mark.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, repaired: &str) {
        assert_eq!(repair(text.to_owned()), repaired, "repairing {text:?}");
    }

    #[test]
    fn wrongly_decoded_characters_are_turned_back() {
        check("â€œSiapâ€\u{9d} â€“ itâ€™s", "“Siap” – it’s");
        check("‚ÄúSiap‚Äù ‚Äì it‚Äôs", "“Siap” – it’s");
        check("cafÃ© Â© 2020", "café © 2020");
        check("-¬† kata", "-  kata");
        check("â€œSiapâ€ kata", "“Siap” kata");
        check("ðŸ˜€ \u{f8ff}üòä ❤Ô∏è", "😀 😊 ❤\u{fe0f}");
        check("ÿßŸÑŸÑŸá Ø§Ù„Ù„Ù‡", "الله الله");
        check("Ivan Raki≈°iƒá, Œ±-mangostin, Î±, ·π≠a, 72Ï¥àTV", "Ivan Rakišić, α-mangostin, α, ṭa, 72초TV");
        check("ï»¿Judul ‚†Ä,", "Judul  ,");
        check("ÄúSiap,Äù it€™s €œya€", "“Siap,” it’s “ya€");
    }

    #[test]
    fn text_that_was_decoded_wrongly_several_times_is_turned_back() {
        let wrongly = |text: &str, encoding: &'static Encoding| {
            encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
        };
        for encoding in [WINDOWS_1252, MACINTOSH] {
            let text = "kata “Bupati” – biaya café é… 😀";
            let mut wrong = text.to_owned();
            for _ in 0..MOST_TIMES {
                wrong = wrongly(&wrong, encoding);
                check(&wrong, text);
            }
        }
    }

    #[test]
    fn right_text_stays() {
        for text in [
            "“Café,” kata dia – “é”",
            "Âme, São Tomé, Pâques",
            "Ãé",
            "👩\u{200d}🚀 naik",
            "√9 = 3",
            "a\tb\r\nc",
            "“5 €” – naïf, Øystein, Ämne, Älv, œuvre",
            "≈ 30°, 3·4, ƒ(x), L’Haÿ-les, Îles, “€”",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        check("\0a\0\n\0b\u{200b}c\u{feff}d\u{ad}e\u{1b}f", "a\nbcdef");
        check("a\0b c\0", "a b c");
        check("Rp\u{a0}5\u{202f}ribu", "Rp 5 ribu");
    }

    #[test]
    fn every_line_end_is_one() {
        check("satu\u{b}dua\u{2028}tiga\u{2029}empat\u{85}lima", "satu\ndua\ntiga\nempat\nlima");
    }

    #[test]
    fn no_character_to_repair_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|c| is_lead(*c) || is_dropped(*c) || is_line_end(*c) || is_blank(*c)) {
            let text = format!("{}{c}", "x".repeat(40));
            assert_eq!(clean_len(text.as_bytes()), 40, "before {c:?}");
        }
    }

    #[test]
    fn repairing_twice_changes_nothing() {
        for text in ["â€œSiapâ€", "cafÃ©", "a\u{a0}b"] {
            let once = repair(text.to_owned());
            check(&once, &once);
        }
    }
}
