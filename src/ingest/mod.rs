//! From files to [`RawArticle`]s: walking folders and decoding bytes.
//!
//! The first stage. It reads the disk and judges no content: what is no text is skipped with a
//! reason and never stops the rest.

mod decode;
mod walk;

use std::fmt;
use std::fs::File;
use std::io::Read;

use serde::{Serialize, Serializer};

use crate::article::{ArticleId, Declared, RawArticle};

pub use decode::decode;
pub use walk::{FoundFile, walk};

/// The largest file that is read, in bytes; an article is a few thousand, a book a few million.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// A file that was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// The file, as it was found.
    pub path: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SkipReason {
    /// The bytes are no text.
    Binary,
    /// The bytes are text in another encoding than UTF-8.
    NotUtf8 {
        /// Where the first offending byte stands.
        offset: usize,
    },
    /// There is nothing but white space in it.
    Blank,
    /// It is larger than [`MAX_FILE_BYTES`].
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// By its name it is of a kind that is not read.
    UnknownKind,
    /// The system refused it.
    Unreadable(String),
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary => f.write_str("binary, not text"),
            Self::NotUtf8 { offset } => write!(f, "not UTF-8 at byte {offset}; convert it with iconv"),
            Self::Blank => f.write_str("no text in it"),
            Self::TooLarge { bytes } => write!(f, "{bytes} bytes; at most {MAX_FILE_BYTES} are read, split it"),
            Self::UnknownKind => {
                f.write_str("not a text file by its name; name it on the command line to read it as text")
            }
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

impl Serialize for SkipReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads and decodes one file under the id `id`.
///
/// # Errors
/// Returns why the file is passed over.
pub fn read(file: &FoundFile, id: ArticleId) -> Result<RawArticle, Skip> {
    let skip = |reason| Skip { path: file.path.display().to_string(), reason };
    let bytes = read_bytes(file).map_err(skip)?;
    let text = decode(bytes).map_err(skip)?;
    if text.trim().is_empty() {
        return Err(skip(SkipReason::Blank));
    }
    Ok(RawArticle { id, path: file.path.to_string_lossy().into_owned(), text, declared: Declared::default() })
}

/// Reads a file, never more than [`MAX_FILE_BYTES`] even where it grows meanwhile.
fn read_bytes(file: &FoundFile) -> Result<Vec<u8>, SkipReason> {
    let unreadable = |error: std::io::Error| SkipReason::Unreadable(error.to_string());
    let opened = File::open(&file.path).map_err(unreadable)?;
    let bytes = opened.metadata().map_err(unreadable)?.len();
    let mut content = Vec::with_capacity(usize::try_from(bytes.min(MAX_FILE_BYTES)).unwrap_or_default());
    opened.take(MAX_FILE_BYTES + 1).read_to_end(&mut content).map_err(unreadable)?;
    if content.len() as u64 > MAX_FILE_BYTES {
        return Err(SkipReason::TooLarge { bytes });
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_is_a_skip() {
        let file =
            FoundFile { path: "/no/such/file.txt".into(), name: "file.txt".to_owned(), root_name: String::new() };
        let skip = read(&file, ArticleId::new("file.txt")).unwrap_err();
        assert!(matches!(skip.reason, SkipReason::Unreadable(_)), "{skip:?}");
    }

    #[test]
    fn reasons_say_what_to_do() {
        assert_eq!(SkipReason::NotUtf8 { offset: 7 }.to_string(), "not UTF-8 at byte 7; convert it with iconv");
    }
}
