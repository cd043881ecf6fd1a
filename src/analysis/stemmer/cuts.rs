//! A word with every way to cut it: the readings of its start times the readings of its end.

use std::borrow::Cow;

use super::affixes::{Ending, Endings, MIN_ROOT, PrefixReading, PrefixReadings, endings, prefix_readings};
use super::letters::Letters;

/// All cuts of one word of ASCII lower-case letters.
pub(super) struct Cuts<'w> {
    word: &'w str,
    letters: Letters,
    readings: PrefixReadings,
    endings: Endings,
}

impl<'w> Cuts<'w> {
    /// Reads both ends of `word`.
    pub fn new(word: &'w str) -> Self {
        let mut letters = Letters::new(word);
        let readings = prefix_readings(letters.as_mut());
        Self { word, letters, readings, endings: endings(word.as_bytes()) }
    }

    /// Calls `look` with what each cut leaves as the root, and with the affixes before and behind it. The bare word
    /// comes first.
    pub fn each(&mut self, mut look: impl FnMut(&str, &PrefixReading, &Ending)) {
        for reading in self.readings.iter() {
            self.letters.with_first(reading.start, reading.first, |letters| {
                for ending in self.endings.iter().filter(|ending| ending.end >= reading.start + MIN_ROOT) {
                    look(letters.slice(reading.start, ending.end), reading, ending);
                }
            });
        }
    }

    /// Returns the root that a cut leaves: a part of the word, but for a first letter that the prefix had replaced.
    pub fn root(&self, reading: &PrefixReading, ending: &Ending) -> Cow<'w, str> {
        let written = &self.word[reading.start..ending.end];
        if written.as_bytes().first() == Some(&reading.first) {
            return Cow::Borrowed(written);
        }
        let restored = char::from(reading.first).to_string();
        Cow::Owned(restored + &written[1..])
    }

    /// Returns the word without the clitics that `is_safe` lets go, as many as it does, and what was taken off.
    pub fn without_clitics(&self, is_safe: fn(&Ending, &[u8]) -> bool) -> (&'w str, Option<Ending>) {
        let rest = |ending: &Ending| &self.word[..ending.end];
        let clitics = self.endings.iter().filter(|ending| ending.end < self.word.len());
        let safe = clitics.filter(|ending| is_safe(ending, rest(ending).as_bytes())).min_by_key(|ending| ending.end);
        (safe.map_or(self.word, rest), safe.copied())
    }
}
