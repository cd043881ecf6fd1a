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
/// The share where nearly all of the article is copied, the rest from other stories: two copies that have
/// little in common, one cut and one damaged, begin two stories of what a third then tells whole.
const COVERED_PERCENT_OF_COPIES: usize = 35;
/// The share of an article that is nearly all copied.
const COPIED_PERCENT: usize = 85;
/// The share where the article begins as one of its own outlet, with other figures: a bulletin of another day
/// says most of it again.
const COVERED_PERCENT_BESIDE_UPDATE: usize = 85;
/// The words it has to cover: fewer may be a shared line.
const COVERED_WORDS: usize = 25;
/// The words it has to cover where they are all that an article of another outlet has.
const ALL_WORDS: usize = 10;
/// Articles at most that an article is laid beside because several stories cover it together.
const MAX_DIVIDED: usize = 4;

/// The words of an article by the story they are copied from.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    n_words: usize,
    /// Those that are copied from any story.
    n_copied: usize,
    by_story: BTreeMap<u64, Covered>,
}

/// Where a sentence is copied from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) story: u64,
    pub(super) article: u32,
    /// Whether that is of the same outlet.
    pub(super) is_at_home: bool,
    /// Whether it has other figures there, and is no copy.
    pub(super) is_update: bool,
}

/// What one story covers.
#[derive(Debug, Default)]
struct Covered {
    n_words: usize,
    /// Those of them that stand in articles of the same outlet.
    n_words_at_home: usize,
    /// Whether the first sentence is among them.
    has_lead: bool,
    /// Whether an article of the same outlet has the first sentence with other figures.
    is_updated_at_home: bool,
    /// The earliest of its articles that has some of it.
    first: u32,
}

impl Evidence {
    /// Counts the next sentence outside boilerplate, and where it is copied from.
    pub(super) fn add(&mut self, n_words: usize, source: Option<Source>) {
        let is_lead = self.n_words == 0;
        self.n_words += n_words;
        let Some(Source { story, article, is_at_home, is_update }) = source else { return };
        let covered = self.by_story.entry(story).or_insert_with(|| Covered { first: article, ..Covered::default() });
        if is_update {
            covered.is_updated_at_home |= is_at_home && is_lead;
            return;
        }
        covered.n_words += n_words;
        self.n_copied += n_words;
        covered.n_words_at_home += if is_at_home { n_words } else { 0 };
        covered.has_lead |= is_lead;
        covered.first = covered.first.min(article);
    }

    /// Returns the articles of other outlets that may have more of the article than their stories cover, one of
    /// each story, those that have most first: a sentence counts for the story that had it first, and others may
    /// have it too.
    pub(super) fn divided(&self) -> Vec<u32> {
        let is_divided = self.n_copied >= COVERED_WORDS && 100 * self.n_copied >= COVERED_PERCENT * self.n_words;
        let mut covered: Vec<&Covered> = self.by_story.values().collect();
        covered.retain(|covered| covered.n_words > 0);
        if !is_divided || covered.len() < 2 {
            return Vec::new();
        }
        covered.retain(|covered| !covered.is_at_home());
        covered.sort_by_key(|covered| (Reverse(covered.n_words), covered.first));
        covered.into_iter().take(MAX_DIVIDED).map(|covered| covered.first).collect()
    }
}

impl Covered {
    /// Whether most of what it covers stands in articles of the same outlet.
    fn is_at_home(&self) -> bool {
        2 * self.n_words_at_home > self.n_words
    }

    /// Returns the share that it has to cover; `is_all_copied` where nearly all of the article is copied.
    fn needed_percent(&self, is_all_copied: bool) -> usize {
        match (self.is_at_home(), self.has_lead) {
            (true, _) if self.is_updated_at_home => COVERED_PERCENT_BESIDE_UPDATE,
            (false, _) if is_all_copied => COVERED_PERCENT_OF_COPIES,
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
    let is_all_copied = 100 * evidence.n_copied >= COPIED_PERCENT * evidence.n_words;
    let n_needed = covered.needed_percent(is_all_copied) * evidence.n_words;
    let n_least = if n_words == evidence.n_words && !covered.is_at_home() { ALL_WORDS } else { COVERED_WORDS };
    let is_enough = n_words >= n_least && 100 * n_words >= n_needed;
    is_enough.then_some(*story)
}
