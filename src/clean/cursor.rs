//! A place in a text from which numbers, words and marks are read one after the other.

use std::ops::Range;

/// A place in a text; a copy of it remembers the place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// A run of ASCII digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u16,
    pub(super) n_digits: usize,
}

impl<'a> Cursor<'a> {
    /// Returns a cursor at byte `at` of `text`, which must be a character boundary.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        debug_assert!(text.is_char_boundary(at));
        Self { text, at }
    }

    /// Returns the offset of the cursor in its text.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Returns the text from the cursor on.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Returns the next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Returns whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    /// Returns the text between `start` and the cursor.
    pub(super) fn since(&self, start: usize) -> Range<usize> {
        start..self.at
    }

    /// Passes the next `len` bytes, which must end on a character boundary, and returns them.
    pub(super) fn pass(&mut self, len: usize) -> &'a str {
        let passed = &self.rest()[..len];
        self.at += len;
        passed
    }

    /// Passes every character that is in `set`, and returns how many bytes that were.
    pub(super) fn skip(&mut self, is_in_set: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches(is_in_set).len();
        self.at += len;
        len
    }

    /// Passes white space on the line, and returns how many bytes that were.
    pub(super) fn skip_spaces(&mut self) -> usize {
        self.skip(|c| c.is_whitespace() && c != '\n')
    }

    /// Passes one character of `set`.
    pub(super) fn eat(&mut self, set: &[char]) -> Option<char> {
        let next = self.peek().filter(|c| set.contains(c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Passes a run of at most four digits.
    pub(super) fn number(&mut self) -> Option<Number> {
        let n_digits = self.rest().bytes().take(5).take_while(u8::is_ascii_digit).count();
        if n_digits > 4 {
            return None;
        }
        let value = self.rest()[..n_digits].parse().ok()?;
        self.at += n_digits;
        Some(Number { value, n_digits })
    }

    /// Passes a run of letters, apostrophes inside included (`Jum'at`), of at most `max_bytes`.
    pub(super) fn word(&mut self, max_bytes: usize) -> Option<&'a str> {
        let rest = self.rest();
        let is_inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '`');
        let len: usize = rest.chars().take_while(|&c| is_inside(c)).take(max_bytes + 1).map(char::len_utf8).sum();
        let word = rest[..len].trim_end_matches(['\'', '’', '`']);
        let is_word = word.starts_with(char::is_alphabetic) && word.len() <= max_bytes;
        is_word.then(|| {
            self.at += word.len();
            word
        })
    }

    /// Runs `read`, and goes back to where the cursor was when it finds nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = read(self);
        if found.is_none() {
            *self = before;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_are_read_in_turn() {
        let mut cursor = Cursor::new("12 Jum'at'", 0);
        assert_eq!(cursor.number(), Some(Number { value: 12, n_digits: 2 }));
        assert_eq!(cursor.word(9), None);
        assert_eq!(cursor.skip_spaces(), 1);
        assert_eq!(cursor.word(9), Some("Jum'at"));
        assert_eq!(cursor.rest(), "'");
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        assert_eq!(Cursor::new("12345", 0).number(), None);
        assert_eq!(Cursor::new("Desember", 0).word(4), None);
    }

    #[test]
    fn a_failed_attempt_leaves_the_cursor() {
        let mut cursor = Cursor::new("12x", 0);
        assert_eq!(cursor.attempt(|c| c.number().and(c.eat(&['/']))), None);
        assert_eq!(cursor.at(), 0);
    }
}
