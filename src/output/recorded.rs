//! An answer that was kept as JSON, read again.

use std::io::Read;

use crate::error::{Error, Result};
use crate::search::RecordedAnswer;

/// Reads an answer that `search` gave as JSON; `file` is its name in messages.
///
/// # Errors
/// Returns [`Error::AnswerUnreadable`] where it is no such document or has no receipt.
pub fn read_recorded(input: impl Read, file: &str) -> Result<RecordedAnswer> {
    serde_json::from_reader(input).map_err(|source| Error::AnswerUnreadable { file: file.to_owned(), source })
}
