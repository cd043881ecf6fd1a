//! What the memory knows of one arriving article: looked up in two steps, written back in one.

use rustc_hash::FxHashMap;

use super::memory::{Entry, Memory};
use super::sketch::Sketch;
use crate::error::Result;

/// The entries that concern an article, and those that it changes.
#[derive(Default)]
pub(super) struct Known {
    entries: FxHashMap<u64, Entry>,
    changed: Vec<u64>,
}

impl Known {
    /// Adds the entries of `keys`.
    pub(super) fn look_up(&mut self, mut keys: Vec<u64>, memory: &mut impl Memory) -> Result<()> {
        keys.sort_unstable();
        keys.dedup();
        memory.look_up(&keys, &mut |key, entry| {
            self.entries.insert(key, entry);
        })
    }

    pub(super) fn get(&self, key: u64) -> Option<Entry> {
        self.entries.get(&key).copied()
    }

    pub(super) fn set(&mut self, key: u64, entry: Entry) {
        self.entries.insert(key, entry);
        self.changed.push(key);
    }

    /// Returns the keys of the sentences of `sketch` that have an entry.
    pub(super) fn keys_of(&self, sketch: &Sketch) -> impl Iterator<Item = u64> {
        let keys = sketch.sentences.iter().flat_map(|sentence| [sentence.key, sentence.key_before_next]);
        keys.filter(|key| self.entries.contains_key(key))
    }

    /// Writes what changed to `memory`.
    pub(super) fn write_to(&self, memory: &mut impl Memory) -> Result<()> {
        memory.set(&mut self.changed.iter().map(|key| (*key, self.entries[key])))
    }
}
