//! Whether an article is a copy of a story that began before it.

use std::collections::BTreeMap;

/// The share of an article that one story has to cover, in percent of the words outside boilerplate.
const COVERED_PERCENT: usize = 50;
/// The words it has to cover: fewer may be a shared line.
const COVERED_WORDS: usize = 25;

/// The words of an article by the story they are copied from.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    n_words: usize,
    by_story: BTreeMap<u32, usize>,
}

impl Evidence {
    /// Counts a sentence outside boilerplate.
    pub(super) fn add(&mut self, n_words: usize, story: Option<u32>) {
        self.n_words += n_words;
        if let Some(story) = story {
            *self.by_story.entry(story).or_default() += n_words;
        }
    }
}

/// Returns the story that covers enough of the article; the oldest of those that cover most.
pub(super) fn story(evidence: &Evidence) -> Option<u32> {
    let (story, n_covered) = evidence.by_story.iter().max_by_key(|(story, n)| (**n, std::cmp::Reverse(**story)))?;
    let is_enough = *n_covered >= COVERED_WORDS && 100 * n_covered >= COVERED_PERCENT * evidence.n_words;
    is_enough.then_some(*story)
}
