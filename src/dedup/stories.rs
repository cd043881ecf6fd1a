//! Whether an article is a copy of a story that began before it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The share of an article that one story has to cover, in percent of the words outside boilerplate.
const COVERED_PERCENT: usize = 50;
/// The share where the story covers it with text of the article's own outlet, which tells the background of
/// an affair again in each of its articles: a copy repeats nearly all, or at least begins alike.
const COVERED_PERCENT_AT_HOME: usize = 70;
/// That share where the article begins alike.
const COVERED_PERCENT_FROM_LEAD: usize = 60;
/// The words it has to cover: fewer may be a shared line.
const COVERED_WORDS: usize = 25;

/// The words of an article by the story they are copied from.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    n_words: usize,
    by_story: BTreeMap<u64, Covered>,
}

/// Where a sentence is copied from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) story: u64,
    pub(super) article: u32,
    /// Whether that is of the same outlet.
    pub(super) is_at_home: bool,
}

/// What one story covers.
#[derive(Debug)]
struct Covered {
    n_words: usize,
    /// Those of them that stand in articles of the same outlet.
    n_words_at_home: usize,
    /// Whether the first sentence is among them.
    has_lead: bool,
    /// The earliest of its articles that has some of it.
    first: u32,
}

impl Evidence {
    /// Counts the next sentence outside boilerplate, and where it is copied from.
    pub(super) fn add(&mut self, n_words: usize, source: Option<Source>) {
        let is_lead = self.n_words == 0;
        self.n_words += n_words;
        if let Some(Source { story, article, is_at_home }) = source {
            let none = Covered { n_words: 0, n_words_at_home: 0, has_lead: is_lead, first: article };
            let covered = self.by_story.entry(story).or_insert(none);
            covered.n_words += n_words;
            covered.n_words_at_home += if is_at_home { n_words } else { 0 };
            covered.first = covered.first.min(article);
        }
    }
}

impl Covered {
    fn needed_percent(&self) -> usize {
        let is_at_home = 2 * self.n_words_at_home > self.n_words;
        match (is_at_home, self.has_lead) {
            (false, _) => COVERED_PERCENT,
            (true, true) => COVERED_PERCENT_FROM_LEAD,
            (true, false) => COVERED_PERCENT_AT_HOME,
        }
    }
}

/// Returns the story that covers enough of the article; the oldest of those that cover most.
pub(super) fn story(evidence: &Evidence) -> Option<u64> {
    let rank = |covered: &Covered| (covered.n_words, Reverse(covered.first));
    let (story, covered) = evidence.by_story.iter().max_by_key(|(_, covered)| rank(covered))?;
    let n_words = covered.n_words;
    let is_enough = n_words >= COVERED_WORDS && 100 * n_words >= covered.needed_percent() * evidence.n_words;
    is_enough.then_some(*story)
}
