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
        CellStream { token: &mut self.token, text, at: 0 }
    }
}

/// The cells of one text.
pub(super) struct CellStream<'a> {
    token: &'a mut Token,
    text: &'a str,
    /// Where the next cell begins.
    at: usize,
}

impl TokenStream for CellStream<'_> {
    fn advance(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let n_empty = rest.iter().take_while(|byte| **byte == b' ').count();
        let start = self.at + n_empty;
        let end = start + cell_len(&rest[n_empty..]);
        self.at = (end + 1).min(self.text.len());
        if start == end {
            return false;
        }
        self.token.position = self.token.position.wrapping_add(n_empty + 1);
        self.token.text.clear();
        self.token.text.push_str(&self.text[start..end]);
        (self.token.offset_from, self.token.offset_to) = (start, end);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Returns how many of `bytes` stand before the first space, eight looked at together: a cell is shorter than a
/// general search takes to begin.
fn cell_len(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut len = 0;
    while let Some(eight) = bytes[len..].first_chunk() {
        let apart = u64::from_le_bytes(*eight) ^ (u64::from(b' ') * EACH);
        // Of the high bits that this leaves, the lowest is that of the first byte that is zero.
        let spaces = apart.wrapping_sub(EACH) & !apart & (0x80 * EACH);
        if spaces > 0 {
            return len + (spaces.trailing_zeros() / 8) as usize;
        }
        len += 8;
    }
    len + bytes[len..].iter().take_while(|byte| **byte != b' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn cells_are_what_stands_between_spaces(text in "([ab!é\u{a0}]{0,20} {0,3}){0,6}") {
            let cells = text.split(' ').enumerate().filter(|(_, cell)| !cell.is_empty());
            check(&text, &cells.collect::<Vec<_>>());
        }
    }
}
