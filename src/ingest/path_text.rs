//! Paths as text and back: an article keeps the path of its file as text, and no two paths are one text.

#[cfg(unix)]
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// What stands before the two digits of a byte that is no UTF-8.
#[cfg(unix)]
const ESCAPE: &str = "\\x";

/// Returns `path` as text; a byte that is no UTF-8 becomes `\xE9`.
pub(crate) fn path_text(path: &Path) -> String {
    #[cfg(unix)]
    return bytes_text(path.as_os_str().as_encoded_bytes());
    #[cfg(not(unix))]
    return path.to_string_lossy().into_owned();
}

/// Returns the path that [`path_text`] wrote as `text`.
#[cfg(unix)]
pub(crate) fn path_of_text(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ESCAPE) {
        let (before, after) = (&rest[..at], &rest[at + ESCAPE.len()..]);
        bytes.extend_from_slice(before.as_bytes());
        if let Some(byte) = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.extend_from_slice(ESCAPE.as_bytes());
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    std::ffi::OsString::from_vec(bytes).into()
}

/// Returns the path that [`path_text`] wrote as `text`.
#[cfg(not(unix))]
pub(crate) fn path_of_text(text: &str) -> PathBuf {
    PathBuf::from(text)
}

/// Returns the name that `bytes` are, as [`path_text`] writes it on systems whose names are bytes.
pub(super) fn bytes_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        // A name may hold what looks like an escape.
        text.push_str(&chunk.valid().replace("\\x", "\\x5Cx"));
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    text
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn path(bytes: &[u8]) -> PathBuf {
        std::ffi::OsString::from_vec(bytes.to_vec()).into()
    }

    #[test]
    fn bytes_that_are_no_text_are_written_out() {
        assert_eq!(path_text(&path(b"/berita/caf\xe9 \xe2\x82.txt")), "/berita/caf\\xE9 \\xE2\\x82.txt");
        assert_eq!(path_text(Path::new("/berita/é.txt")), "/berita/é.txt");
        assert_eq!(path_text(Path::new("\\xE9")), "\\x5CxE9");
        assert_eq!(path_of_text("/a/\\xE9"), path(b"/a/\xe9"));
        assert_eq!(path_of_text("/a/\\x"), Path::new("/a/\\x"));
    }

    proptest! {
        #[test]
        fn every_path_comes_back(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\\'), Just(b'x'), Just(b'E')], 0..20)) {
            prop_assert_eq!(path_of_text(&path_text(&path(&bytes))), path(&bytes));
        }
    }
}
