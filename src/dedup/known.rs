//! What the memory knows of one arriving article: looked up in two steps, written back in one.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::memory::{Entry, Memory};
use super::sketch::Sketch;
use crate::error::Result;

/// The entries that concern an article, and those that it changes.
pub(super) struct Known {
    entries: FxHashMap<u64, Entry>,
    changed: Vec<u64>,
}

impl Known {
    /// Returns one that has room for as many entries as an article has keys.
    pub(super) fn with_room_for(n_keys: usize) -> Self {
        Self {
            entries: FxHashMap::with_capacity_and_hasher(n_keys, FxBuildHasher),
            changed: Vec::with_capacity(n_keys),
        }
    }

    /// Adds the entries of `keys`, which ascend.
    pub(super) fn look_up(&mut self, keys: &[u64], memory: &mut impl Memory) -> Result<()> {
        memory.look_up(keys, &mut |key, entry| {
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
