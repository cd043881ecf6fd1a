//! Runs of a few words, by which a text is recognised where few words in a row are left whole.

use rustc_hash::FxHashMap;

use super::word::{Word, mix};

/// Words of a run: fewer than those of a mark.
const RUN_WORDS: usize = 3;
/// The share of its runs that a sentence needs to stand in a text, in percent.
const MOST_PERCENT: usize = 80;

/// The runs of a text, and where each stands first.
pub(super) struct Shingles {
    places: FxHashMap<u64, usize>,
}

impl Shingles {
    /// Returns the runs of `words`.
    pub(super) fn of(words: &[Word]) -> Self {
        let mut places = FxHashMap::default();
        for (place, run) in words.windows(RUN_WORDS).enumerate() {
            places.entry(key(run)).or_insert(place);
        }
        Self { places }
    }

    /// Returns where `words` and the text meet: the place among `words` and that in the text, once for
    /// words that lie side by side.
    pub(super) fn meetings(&self, words: &[Word]) -> Vec<(usize, usize)> {
        let shared = |(at, run)| self.places.get(&key(run)).map(|place| (at, *place));
        let mut last = None;
        let mut begins = |meeting: &(usize, usize)| {
            let before = last.replace(*meeting);
            before.is_none_or(|(at, place)| (at + 1, place + 1) != *meeting)
        };
        words.windows(RUN_WORDS).enumerate().filter_map(shared).filter(|meeting| begins(meeting)).collect()
    }

    /// Whether most runs of `words` stand in the text.
    pub(super) fn hold_most_of(&self, words: &[Word]) -> bool {
        let runs = words.windows(RUN_WORDS);
        let n_runs = runs.len();
        let n_held = runs.filter(|run| self.places.contains_key(&key(run))).count();
        n_runs > 0 && 100 * n_held >= MOST_PERCENT * n_runs
    }
}

fn key(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| mix(hash, word.hash))
}
