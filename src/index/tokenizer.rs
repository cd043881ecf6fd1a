//! The analyzer as a tokenizer of tantivy, for those who build an index of their own with it.
//!
//! Kliping itself analyses an article once for both fields and hands tantivy the tokens.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::{Analyzer, Memo};

/// Which tokens of a word are indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenField {
    /// The folded surface form.
    Exact,
    /// The root of the word family.
    Root,
}

/// A tantivy tokenizer over an [`Analyzer`]: tokens at consecutive positions, offsets of the word
/// they come from.
///
/// ```
/// use std::sync::Arc;
/// use kliping::analysis::Analyzer;
/// use kliping::index::{IndonesianTokenizer, TokenField};
/// use tantivy::tokenizer::{TokenStream, Tokenizer};
///
/// let analyzer = Arc::new(Analyzer::indonesian());
/// let mut tokenizer = IndonesianTokenizer::new(analyzer, TokenField::Root);
/// let mut stream = tokenizer.token_stream("Anak-anak menulis");
/// assert_eq!(stream.next().unwrap().text, "anak");
/// assert_eq!(stream.next().unwrap().text, "tulis");
/// assert!(stream.next().is_none());
/// ```
#[derive(Clone)]
pub struct IndonesianTokenizer {
    analyzer: Arc<Analyzer>,
    field: TokenField,
    memo: Memo,
    tokens: Vec<Token>,
}

impl IndonesianTokenizer {
    /// Returns a tokenizer for one of the two fields.
    #[must_use]
    pub fn new(analyzer: Arc<Analyzer>, field: TokenField) -> Self {
        Self { analyzer, field, memo: Memo::default(), tokens: Vec::new() }
    }

    fn analyze(&mut self, text: &str) {
        let Self { analyzer, field, memo, tokens } = self;
        tokens.clear();
        analyzer.for_each_word(text, memo, |range, form| {
            let joined = match field {
                TokenField::Exact => form.exact(),
                TokenField::Root => form.root(),
            };
            for token in joined.split(' ') {
                tokens.push(Token {
                    offset_from: range.start,
                    offset_to: range.end,
                    position: tokens.len(),
                    text: token.to_owned(),
                    position_length: 1,
                });
            }
        });
    }
}

impl Tokenizer for IndonesianTokenizer {
    type TokenStream<'a> = IndonesianTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> IndonesianTokenStream<'a> {
        self.analyze(text);
        IndonesianTokenStream { tokens: &mut self.tokens, next: 0 }
    }
}

/// The tokens of one text.
pub struct IndonesianTokenStream<'a> {
    tokens: &'a mut [Token],
    next: usize,
}

impl TokenStream for IndonesianTokenStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(field: TokenField, text: &str) -> Vec<(usize, String)> {
        let mut tokenizer = IndonesianTokenizer::new(Arc::new(Analyzer::indonesian()), field);
        let mut tokens = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| tokens.push((token.position, token.text.clone())));
        tokens
    }

    #[test]
    fn positions_are_consecutive() {
        let expected = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).enumerate().collect::<Vec<_>>();
        assert_eq!(tokens(TokenField::Exact, "kasus COVID-19 naik"), expected(&["kasus", "covid", "19", "naik"]));
        assert_eq!(tokens(TokenField::Root, "kasus COVID-19 naik"), expected(&["kasus", "covid19", "naik"]));
        assert_eq!(tokens(TokenField::Root, ""), []);
    }
}
