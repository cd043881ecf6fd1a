//! The memory of what arrived: keys of sentences and marks, and where they stood first.

use rustc_hash::FxHashMap;

/// What is kept for a key; what the numbers mean depends on what the key is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) article: u32,
    pub(super) start: u32,
    pub(super) extra: u32,
}

/// Entries by key.
#[derive(Default)]
pub(super) struct Table {
    entries: FxHashMap<u64, Entry>,
}

impl Table {
    pub(super) fn get(&self, key: u64) -> Option<Entry> {
        self.entries.get(&key).copied()
    }

    pub(super) fn insert(&mut self, key: u64, entry: Entry) {
        self.entries.insert(key, entry);
    }
}
