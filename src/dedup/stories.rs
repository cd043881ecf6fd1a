//! Whether an article is a copy of a story that began before it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The share of an article that one story has to cover, in percent of the words outside boilerplate.
const COVERED_PERCENT: usize = 50;
/// The words it has to cover: fewer may be a shared line.
const COVERED_WORDS: usize = 25;

/// The words of an article by the story they are copied from.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    n_words: usize,
    by_story: BTreeMap<u64, Covered>,
}

/// What one story covers.
#[derive(Debug)]
struct Covered {
    n_words: usize,
    /// The earliest of its articles that has some of it.
    first: u32,
}

impl Evidence {
    /// Counts a sentence outside boilerplate, and the story and article it is copied from.
    pub(super) fn add(&mut self, n_words: usize, source: Option<(u64, u32)>) {
        self.n_words += n_words;
        if let Some((story, article)) = source {
            let covered = self.by_story.entry(story).or_insert(Covered { n_words: 0, first: article });
            covered.n_words += n_words;
            covered.first = covered.first.min(article);
        }
    }
}

/// Returns the story that covers enough of the article; the oldest of those that cover most.
pub(super) fn story(evidence: &Evidence) -> Option<u64> {
    let rank = |covered: &Covered| (covered.n_words, Reverse(covered.first));
    let (story, Covered { n_words, .. }) = evidence.by_story.iter().max_by_key(|(_, covered)| rank(covered))?;
    let is_enough = *n_words >= COVERED_WORDS && 100 * n_words >= COVERED_PERCENT * evidence.n_words;
    is_enough.then_some(*story)
}
