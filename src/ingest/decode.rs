//! Bytes to text.

use super::SkipReason;

/// How many bytes of a file are looked at to tell binary from text.
const SNIFFED_BYTES: usize = 8192;

/// Returns `bytes` as text, without a byte order mark.
///
/// # Errors
/// Returns [`SkipReason::Binary`] or [`SkipReason::NotUtf8`].
///
/// ```
/// use kliping::ingest::decode;
/// assert_eq!(decode(b"\xEF\xBB\xBFJudul".to_vec()).unwrap(), "Judul");
/// assert!(decode(b"\xFF\xFEJ\0".to_vec()).is_err());
/// ```
pub fn decode(mut bytes: Vec<u8>) -> Result<String, SkipReason> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(SkipReason::NotUtf8 { offset: 0 });
    }
    if is_binary(&bytes[..bytes.len().min(SNIFFED_BYTES)]) {
        return Err(SkipReason::Binary);
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| SkipReason::NotUtf8 { offset: error.utf8_error().valid_up_to() })
}

/// Returns whether control characters that no text has make up more than a hundredth of `head`;
/// a stray one is dirt, not a format.
fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    controls * 100 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_and_without_a_mark_decodes() {
        assert_eq!(decode("é".into()).unwrap(), "é");
        assert_eq!(decode("\u{feff}é".into()).unwrap(), "é");
        assert_eq!(decode(Vec::new()).unwrap(), "");
    }

    #[test]
    fn a_stray_control_character_is_dirt() {
        let text = format!("{}\0", "a".repeat(200));
        assert_eq!(decode(text.clone().into_bytes()).unwrap(), text);
    }

    #[test]
    fn other_encodings_and_binary_files_are_told_apart() {
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0".to_vec()), Err(SkipReason::Binary));
        assert_eq!(decode(b"caf\xe9 dan".to_vec()), Err(SkipReason::NotUtf8 { offset: 3 }));
        assert_eq!(decode(b"\xfe\xff\0J".to_vec()), Err(SkipReason::NotUtf8 { offset: 0 }));
    }
}
