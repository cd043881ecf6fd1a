//! Bytes to text: which encoding they are in, by mark, by form, by declaration, by guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::SkipReason;

/// How many bytes are looked at to tell binary from text.
const SNIFFED_BYTES: usize = 8192;

/// Returns `bytes` as text, without a byte order mark.
///
/// A byte order mark decides; then the form of UTF-16 and UTF-8, which other encodings do not have
/// by chance; then `declared`, the label a page or its server gives; then a guess among the
/// encodings Indonesian text comes in.
///
/// # Errors
/// Returns [`SkipReason::Binary`].
///
/// ```
/// use kliping::ingest::decode;
/// assert_eq!(decode(b"\xEF\xBB\xBFJudul", None).unwrap(), "Judul");
/// assert_eq!(decode(b"\xFF\xFEJ\0a\0", None).unwrap(), "Ja");
/// assert_eq!(decode(b"caf\xE9 dan teh", None).unwrap(), "café dan teh");
/// assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0", None).is_err());
/// ```
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, SkipReason> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark_len..]).0.into_owned());
    }
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    if let Some(encoding) = utf_16_without_mark(head) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    if is_binary(head) {
        return Err(SkipReason::Binary);
    }
    Ok(decode_bytes(bytes, declared).into_owned())
}

/// Decodes text that has neither a byte order mark nor the form of UTF-16.
pub(super) fn decode_bytes<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if is_damaged_utf_8(bytes) {
        return Cow::Owned(decode_damaged_utf_8(bytes));
    }
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // It is neither UTF-8 nor UTF-16 by its form, whatever it says.
    let is_possible = |encoding: &&'static Encoding| *encoding != UTF_8 && encoding.is_ascii_compatible();
    let encoding = named.filter(is_possible).unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// Returns whether `head` is UTF-16 by its form: nearly every other byte is NUL.
pub(super) fn utf_16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let nul_at = |offset| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nul_at(0), nul_at(1), head.len() / 2);
    match (even * 10 > pairs * 8, odd * 10 > pairs * 8) {
        _ if pairs < 2 => None,
        (true, false) if odd * 10 < pairs => Some(UTF_16BE),
        (false, true) if even * 10 < pairs => Some(UTF_16LE),
        _ => None,
    }
}

/// Returns whether control characters that no text has make up more than a hundredth of `head`;
/// a stray one is dirt, not a format, and so is a NUL between letters, where a blank was.
fn is_binary(head: &[u8]) -> bool {
    const MOST_STRAY: usize = 3;
    let is_control = |byte: u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let is_text = |at: Option<usize>| at.and_then(|at| head.get(at)).is_some_and(|byte| !is_control(*byte));
    let is_blank = |at: usize| head[at] == 0 && is_text(at.checked_sub(1)) && is_text(Some(at + 1));
    let controls = (0..head.len()).filter(|at| is_control(head[*at]) && !is_blank(*at)).count();
    controls > MOST_STRAY && controls * 100 > head.len()
}

/// Returns whether `bytes` hold more whole characters of UTF-8 beyond ASCII than stray bytes.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let chunks = bytes.utf8_chunks();
    let (mut whole, mut stray) = (0, 0);
    for chunk in chunks {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += usize::from(!chunk.invalid().is_empty());
    }
    whole > stray
}

/// Decodes UTF-8 and reads its stray bytes as Windows-1252.
fn decode_damaged_utf_8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// Guesses the encoding of Indonesian text.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if looks_macintosh(bytes) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"id"), Utf8Detection::Deny);
    // A few stray bytes are guessed to be any script; Indonesian has none but the Latin one.
    let stray = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if stray * 10 < bytes.len() { WINDOWS_1252 } else { guessed }
}

/// Returns whether the bytes beyond ASCII read as `MacRoman`: its quotes, dashes and `é` are rare
/// capitals in Windows-1252, and the other way round.
fn looks_macintosh(bytes: &[u8]) -> bool {
    let count = |is_one: fn(u8) -> bool| bytes.iter().filter(|byte| is_one(**byte)).count();
    let mac = count(|byte| matches!(byte, 0xC9 | 0xCA | 0xD0..=0xD5 | 0x8E | 0x8F));
    let windows = count(|byte| matches!(byte, 0x85 | 0x91..=0x97 | 0xA0 | 0xE0..=0xFC));
    mac > windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, text: &str) {
        assert_eq!(decode(bytes, declared).unwrap(), text, "{bytes:x?}");
    }

    #[test]
    fn text_with_and_without_a_mark_decodes() {
        check("é".as_bytes(), None, "é");
        check("\u{feff}é".as_bytes(), None, "é");
        check(b"", None, "");
    }

    #[test]
    fn utf_16_is_told_by_its_mark_and_by_its_form() {
        let le: Vec<u8> = "Harga naik".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "Harga “naik”".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&le, None, "Harga naik");
        check(&be, None, "Harga “naik”");
        check(&[b"\xFE\xFF".as_slice(), &be].concat(), Some("utf-8"), "Harga “naik”");
    }

    #[test]
    fn single_byte_encodings_are_guessed() {
        check(b"\x93Siap,\x94 kata dia \x96 tegas.", None, "“Siap,” kata dia – tegas.");
        check(b"\xD2Siap,\xD3 kata dia \xD0 tegas. Caf\x8E.", None, "“Siap,” kata dia – tegas. Café.");
        check(b"caf\xe9", Some("iso-8859-1"), "café");
        check(b"caf\xe9", Some("utf-8"), "café");
        check(b"caf\xe9", Some("utf-16"), "café");
    }

    #[test]
    fn a_nul_in_the_place_of_a_blank_makes_no_text_binary() {
        check(b"Harga\0\0\nnaik.\0", None, "Harga\0\0\nnaik.\0");
        check(b"Harga\0beras\0naik.", None, "Harga\0beras\0naik.");
        assert_eq!(decode(b"Harga\0\0\0\0beras", None), Err(SkipReason::Binary));
    }

    #[test]
    fn utf_8_is_believed_whatever_is_declared() {
        check("“Siap”".as_bytes(), Some("iso-8859-1"), "“Siap”");
        check(b"\xE2\x80\x9CSiap\xE2\x80\x9D caf\xe9", Some("iso-8859-1"), "“Siap” café");
    }

    #[test]
    fn a_stray_control_character_is_dirt() {
        let text = format!("{}\0", "a".repeat(200));
        check(text.as_bytes(), None, &text);
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0", None), Err(SkipReason::Binary));
    }
}
