//! Cutting the text of an indexed field into tokens.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts a text at every space into cells, each at the next position; an empty cell holds no token.
///
/// So a field that has tokens for some words of a text only keeps them at the places of those words.
#[derive(Clone, Default)]
pub(super) struct CellTokenizer {
    token: Token,
}

impl CellTokenizer {
    /// The name under which the schema asks for it.
    pub(super) const NAME: &str = "cells";
}

impl Tokenizer for CellTokenizer {
    type TokenStream<'a> = CellStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CellStream<'a> {
        self.token.reset();
        CellStream { token: &mut self.token, text, rest: Some(0) }
    }
}

/// The cells of one text.
pub(super) struct CellStream<'a> {
    token: &'a mut Token,
    text: &'a str,
    /// Where the next cell begins; nothing behind the last.
    rest: Option<usize>,
}

impl TokenStream for CellStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(start) = self.rest {
            let end = memchr::memchr(b' ', &self.text.as_bytes()[start..]).map(|len| start + len);
            let cell = start..end.unwrap_or(self.text.len());
            self.rest = end.map(|end| end + 1);
            self.token.position = self.token.position.wrapping_add(1);
            if !cell.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(&self.text[cell.clone()]);
                (self.token.offset_from, self.token.offset_to) = (cell.start, cell.end);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let (mut tokenizer, mut tokens) = (CellTokenizer::default(), Vec::new());
        // Twice: a tokenizer is used again for the next text.
        for _ in 0..2 {
            tokens.clear();
            tokenizer.token_stream(text).process(&mut |token| tokens.push((token.position, token.text.clone())));
        }
        let expected: Vec<_> = expected.iter().map(|(position, token)| (*position, (*token).to_owned())).collect();
        assert_eq!(tokens, expected, "{text:?}");
    }

    #[test]
    fn empty_cells_take_a_position_and_hold_no_token() {
        check("", &[]);
        check("harga beras", &[(0, "harga"), (1, "beras")]);
        check("tulis   baca ", &[(0, "tulis"), (3, "baca")]);
        check("  é", &[(2, "é")]);
    }
}
