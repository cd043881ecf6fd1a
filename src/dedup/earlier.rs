//! Articles that arrived before, as later ones are compared with them.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::sketch::{MIN_WORDS, Sketch, headline_of};
use super::topic::Topic;
use super::word::Word;
use crate::article::Article;
use crate::error::Result;

/// An article that arrived before, as it is compared.
pub struct Earlier {
    pub(super) text: String,
    headline: Vec<u64>,
    pub(super) words: Vec<Word>,
    pub(super) day: Option<Date>,
    topic: OnceLock<Topic>,
}

impl Earlier {
    /// Prepares `article` for comparison.
    #[must_use]
    pub fn new(article: Article) -> Self {
        let (headline, words) = (headline_of(&article), Sketch::words_of(&article));
        Self { day: article.day(), text: article.text, headline, words, topic: OnceLock::new() }
    }

    /// Whether its headline is that of `sketch`, or one of both is the other cut short.
    pub(super) fn has_headline_of(&self, sketch: &Sketch) -> bool {
        let n_words = self.headline.len().min(sketch.headline.len());
        n_words >= MIN_WORDS && self.headline[..n_words] == sketch.headline[..n_words]
    }

    /// Returns what it is about.
    pub(super) fn topic(&self) -> &Topic {
        self.topic.get_or_init(|| Topic::of(&self.text, self.words.iter()))
    }

    /// Whether it has `words`, one after the other.
    pub(super) fn has(&self, words: &[Word]) -> bool {
        let is_same = |run: &[Word]| run.iter().zip(words).all(|(ours, theirs)| ours.hash == theirs.hash);
        !words.is_empty() && self.words.windows(words.len()).any(is_same)
    }

    /// Returns the place of the first word that begins at or behind the byte `start`.
    pub(super) fn word_at(&self, start: usize) -> usize {
        self.words.partition_point(|word| (word.start as usize) < start)
    }
}

/// Where earlier articles are fetched from.
pub trait Library {
    /// Returns the article that arrived as number `number`, where it is still there.
    ///
    /// # Errors
    /// Fails where the article cannot be read.
    fn earlier(&mut self, number: u32) -> Result<Option<Arc<Earlier>>>;
}

/// Articles in memory, by their numbers.
impl Library for Vec<Arc<Earlier>> {
    fn earlier(&mut self, number: u32) -> Result<Option<Arc<Earlier>>> {
        Ok(self.get(number as usize).cloned())
    }
}
