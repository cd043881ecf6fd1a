//! Whether two articles are about the same thing: what tells the footer of an outlet from background
//! that it tells again in each article of an affair.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::word::{Word, push_words};
use crate::analysis::StopWords;

/// The distinct words of content of a text, as ascending hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic {
    words: Vec<u64>,
}

/// Bytes of the shortest word of content.
const WORD_BYTES: usize = 3;
/// Words of a text that are looked at: what it is about is said by then.
const MAX_WORDS: usize = 1000;
/// Words that a text needs to be about something.
const MIN_CONTENT: usize = 12;
/// Two texts of `a` and `b` words are about different things where the square of the words they share,
/// times this, is less than `a` times `b`: a cosine below 0.16.
///
/// Measured on 28,877 articles: of pairs drawn at random from one outlet nine in ten are below, of pairs
/// that share a sentence of background 1 in 50.
const APART: usize = 40;

impl Topic {
    /// Returns what `words` of `text` are about.
    pub(super) fn of<'w>(text: &str, words: impl Iterator<Item = &'w Word>) -> Self {
        let grammar = &*GRAMMAR;
        let begins_with_digit = |word: &Word| text.as_bytes()[word.start as usize].is_ascii_digit();
        let is_content = |word: &&Word| {
            (word.end - word.start) as usize >= WORD_BYTES && !begins_with_digit(word) && !grammar.contains(&word.hash)
        };
        let mut words: Vec<u64> = words.take(MAX_WORDS).filter(is_content).map(|word| word.hash).collect();
        words.sort_unstable();
        words.dedup();
        Self { words }
    }

    /// Whether both say enough to be about something, and about different things.
    pub(super) fn is_unlike(&self, other: &Self) -> bool {
        let (a, b) = (self.words.len(), other.words.len());
        let is_enough = a.min(b) >= MIN_CONTENT;
        let shared = || self.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
        is_enough && APART * shared().pow(2) < a * b
    }
}

/// The hashes of the words of grammar.
static GRAMMAR: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let mut words = Vec::new();
    for word in StopWords::indonesian().words() {
        push_words(word, 0..word.len(), &mut words);
    }
    words.iter().map(|word| word.hash).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> Topic {
        let mut words = Vec::new();
        push_words(text, 0..text.len(), &mut words);
        Topic::of(text, words.iter())
    }

    #[test]
    fn articles_are_unlike_where_they_share_few_words_of_content() {
        let rice =
            "Pemerintah Provinsi Jawa Tengah menambah pasokan beras ke pasar induk untuk menekan harga yang naik.";
        let price = "Harga beras di pasar induk masih naik, dan pasokan dari Jawa Tengah belum mampu \
                     menekan kenaikan harga itu.";
        let team = "Pelatih tim nasional putri yang akan melawan Vietnam menyiapkan formasi baru dengan tiga penyerang \
                    muda di depan gawang.";
        for (a, b, is_unlike) in [(rice, team, true), (price, team, true), (rice, price, false), (rice, rice, false)] {
            assert_eq!(topic(a).is_unlike(&topic(b)), is_unlike, "{a} / {b}");
        }
        assert!(!topic("Harga beras naik.").is_unlike(&topic(team)), "too little to tell");
    }
}
