//! How far a text is read for its snippet, so that a text of any length takes bounded time.

use std::ops::Range;

use memchr::memmem;

/// Bytes of a body that are read from its beginning: far more than news has, in some 5 ms.
const BEGINNING_BYTES: usize = 256 * 1024;

/// Bytes that are read around a word that is found further on.
const AROUND_BYTES: usize = 4 * 1024;

/// A stretch of one part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The part.
    part: Range<usize>,
    /// What is read of it.
    pub(super) range: Range<usize>,
}

impl Stretch {
    /// Returns whether a sentence that was found in the stretch may go on outside of it.
    pub(super) fn cuts(&self, sentence: &Range<usize>) -> bool {
        let starts = sentence.start == self.range.start && self.range.start > self.part.start;
        let ends = sentence.end == self.range.end && self.range.end < self.part.end;
        starts || ends
    }
}

/// Divides the parts of a body into what is read and what is left: behind its first
/// [`BEGINNING_BYTES`].
pub(super) fn beginning(text: &str, parts: &[Range<usize>]) -> (Vec<Stretch>, Vec<Range<usize>>) {
    let (mut read, mut rest) = (Vec::new(), Vec::new());
    let mut room = BEGINNING_BYTES;
    for part in parts {
        let end = text.floor_char_boundary(part.start + room.min(part.len()));
        if end > part.start {
            read.push(Stretch { part: part.clone(), range: part.start..end });
        }
        if end < part.end {
            rest.push(end..part.end);
        }
        room = room.saturating_sub(part.len());
    }
    (read, rest)
}

/// Returns the stretch around the first place in `parts` where `word` stands as it is written, in
/// small letters or with a capital.
pub(super) fn around(text: &str, parts: &[Range<usize>], word: &str) -> Option<Stretch> {
    let small = word.to_lowercase();
    let mut letters = small.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let mut spellings = vec![word.to_owned(), small, capital];
    spellings.sort();
    spellings.dedup();
    let finders: Vec<memmem::Finder> = spellings.iter().map(memmem::Finder::new).collect();
    parts.iter().find_map(|part| {
        let bytes = &text.as_bytes()[part.clone()];
        let found = finders.iter().filter_map(|finder| finder.find(bytes)).min()? + part.start;
        let start = text.ceil_char_boundary(found.saturating_sub(AROUND_BYTES / 2).max(part.start));
        let end = text.floor_char_boundary((found + AROUND_BYTES / 2).min(part.end));
        Some(Stretch { part: part.clone(), range: start..end })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_body_is_read_whole() {
        let (read, rest) = beginning("satu dua tiga", &[0..4, 5..13]);
        assert_eq!(read.iter().map(|stretch| stretch.range.clone()).collect::<Vec<_>>(), [0..4, 5..13]);
        assert!(rest.is_empty());
        assert!(!read[0].cuts(&(0..4)));
    }

    #[test]
    fn of_a_long_body_the_beginning_is_read() {
        let text = "é".repeat(BEGINNING_BYTES);
        let (read, rest) = beginning(&text, &[0..2, 2..text.len()]);
        assert_eq!(read[1].range, 2..BEGINNING_BYTES);
        assert_eq!(rest.first(), Some(&(BEGINNING_BYTES..text.len())));
        assert!(read[1].cuts(&read[1].range) && !read[1].cuts(&(2..10)));
    }

    #[test]
    fn a_word_further_on_is_found_in_any_case() {
        let text = format!("dua {} Beras mahal. {}", "é kata ".repeat(2000), "lagi ".repeat(2000));
        let parts = [0..4, 4..text.len()];
        let found = around(&text, &parts, "BERAS").unwrap();
        assert!(text[found.range.clone()].contains("Beras mahal."));
        assert!(found.range.len() <= AROUND_BYTES);
        assert_eq!(around(&text, &parts, "jagung"), None);
    }
}
