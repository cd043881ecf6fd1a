//! The memory of what arrived: keys of sentences and marks, and where they stood first.

use rustc_hash::FxHashMap;

use crate::error::Result;

/// What is kept for a key; what the numbers mean depends on what the key is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(super) article: u32,
    pub(super) start: u32,
    pub(super) extra: u32,
}

impl Entry {
    /// Returns the entry of these numbers.
    pub(crate) fn of_values([article, start, extra]: [u32; 3]) -> Self {
        Self { article, start, extra }
    }

    /// Returns the numbers of the entry.
    pub(crate) fn values(self) -> [u32; 3] {
        [self.article, self.start, self.extra]
    }
}

/// A table of entries by key. Keys are hashes, spread evenly.
pub trait Memory {
    /// Calls `found` with each of `keys`, which ascend, that has an entry.
    ///
    /// # Errors
    /// Fails where the memory cannot be read.
    fn look_up(&mut self, keys: &[u64], found: &mut dyn FnMut(u64, Entry)) -> Result<()>;

    /// Sets the entry of each key.
    ///
    /// # Errors
    /// Fails where the memory cannot be written.
    fn set(&mut self, entries: &mut dyn Iterator<Item = (u64, Entry)>) -> Result<()>;
}

/// A memory that lives as long as the process and grows with the articles.
#[derive(Default)]
pub struct InMemory {
    entries: FxHashMap<u64, Entry>,
}

impl Memory for InMemory {
    fn look_up(&mut self, keys: &[u64], found: &mut dyn FnMut(u64, Entry)) -> Result<()> {
        for key in keys {
            if let Some(entry) = self.entries.get(key) {
                found(*key, *entry);
            }
        }
        Ok(())
    }

    fn set(&mut self, entries: &mut dyn Iterator<Item = (u64, Entry)>) -> Result<()> {
        self.entries.extend(entries);
        Ok(())
    }
}
