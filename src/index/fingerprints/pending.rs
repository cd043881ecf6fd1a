//! Entries kept in memory in the order of their keys, so that writing them out takes one walk and no sorting.

use std::iter;

use super::run::Pair;
use crate::dedup::Entry;

/// Homes of the first table; some 200 kB.
const FEW_HOMES: usize = 1 << 13;
/// Homes of the next: a table that grows is copied again and again. Some 25 MB.
const MANY_HOMES: usize = 1 << 20;
/// Places made behind the homes: seldom do that many find no room in them.
const BEHIND: usize = 1 << 10;

/// Entries for which there is room in the table that follows on the first.
pub(super) const ROOM: usize = most_entries(MANY_HOMES);

/// A place of the table: an entry and its key, or nothing.
type Place = (u64, Option<Entry>);

/// A table of entries by key; keys are hashes, spread evenly.
///
/// Invariant: keys ascend from place to place. Each stands in the place that is its home, its share of all keys, or
/// behind it with no free place between.
#[derive(Default)]
pub(super) struct Pending {
    /// One for each home, and behind them what finds no room in those.
    places: Vec<Place>,
    n_homes: usize,
    n_entries: usize,
}

impl Pending {
    pub(super) fn len(&self) -> usize {
        self.n_entries
    }

    pub(super) fn is_empty(&self) -> bool {
        self.n_entries == 0
    }

    pub(super) fn get(&self, key: u64) -> Option<Entry> {
        let (found, entry) = self.places.get(self.place_of(key))?;
        entry.filter(|_| *found == key)
    }

    /// Sets the entry of `key`.
    pub(super) fn insert(&mut self, key: u64, entry: Entry) {
        if self.n_entries >= most_entries(self.n_homes) {
            self.grow();
        }
        let at = self.place_of(key);
        if let Some((_, known)) = self.places.get_mut(at).filter(|(found, entry)| *found == key && entry.is_some()) {
            *known = Some(entry);
            return;
        }
        let n_behind = self.places[at..].iter().take_while(|(_, entry)| entry.is_some()).count();
        let free = at + n_behind;
        if free == self.places.len() {
            self.places.push((0, None));
        }
        self.places.copy_within(at..free, at + 1);
        self.places[at] = (key, Some(entry));
        self.n_entries += 1;
    }

    /// Returns all entries in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair> {
        self.places.iter().filter_map(|(key, entry)| Some((*key, (*entry)?)))
    }

    /// Forgets everything; the room stays.
    pub(super) fn clear(&mut self) {
        self.places.truncate(self.n_homes);
        self.places.fill((0, None));
        self.n_entries = 0;
    }

    /// Returns the first place from the home of `key` on that is free or has no lesser key.
    fn place_of(&self, key: u64) -> usize {
        let home = home(key, self.n_homes);
        let n_less = self.places[home..].iter().take_while(|(found, entry)| entry.is_some() && *found < key).count();
        home + n_less
    }

    fn grow(&mut self) {
        let n_homes = if self.n_homes == 0 { FEW_HOMES } else { MANY_HOMES.max(2 * self.n_homes) };
        let mut places: Vec<Place> = Vec::with_capacity(n_homes + BEHIND);
        for (key, entry) in self.pairs() {
            let n_free = home(key, n_homes).saturating_sub(places.len());
            places.extend(iter::repeat_n((0, None), n_free));
            places.push((key, Some(entry)));
        }
        places.resize(n_homes.max(places.len()), (0, None));
        (self.places, self.n_homes) = (places, n_homes);
    }
}

/// Returns how many entries a table of `n_homes` has at most: with more, many stand far from home.
const fn most_entries(n_homes: usize) -> usize {
    n_homes / 4 * 3
}

/// Returns the home of `key`: homes ascend with the keys.
fn home(key: u64, n_homes: usize) -> usize {
    let home = (u128::from(key) * n_homes as u128) >> 64;
    usize::try_from(home).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn entry(value: u32) -> Entry {
        Entry::of_values([value, 0, u32::MAX])
    }

    proptest! {
        #[test]
        fn it_is_a_table_in_order(
            // Keys that share homes at both ends, and keys that are spread.
            pairs in proptest::collection::vec((prop_oneof![0..40_u64, u64::MAX - 40..=u64::MAX, any::<u64>()], 0..9_u32), 0..400),
        ) {
            let (mut pending, mut expected) = (Pending::default(), BTreeMap::new());
            for _ in 0..2 {
                for (key, value) in &pairs {
                    pending.insert(*key, entry(*value));
                    expected.insert(*key, entry(*value));
                    prop_assert_eq!(pending.get(key.wrapping_add(1)), expected.get(&key.wrapping_add(1)).copied());
                }
                prop_assert_eq!(pending.len(), expected.len());
                prop_assert!(pending.pairs().eq(expected.iter().map(|(key, entry)| (*key, *entry))));
                prop_assert!(expected.iter().all(|(key, entry)| pending.get(*key) == Some(*entry)));
                pending.clear();
                expected.clear();
                prop_assert!(pending.is_empty() && pending.pairs().next().is_none());
            }
        }
    }

    #[test]
    fn it_grows() {
        let key = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut pending = Pending::default();
        let n_entries = FEW_HOMES as u64 * 2;
        for n in 0..n_entries {
            pending.insert(key(n), entry(u32::try_from(n).unwrap()));
        }
        assert_eq!((pending.len() as u64, pending.n_homes), (n_entries, MANY_HOMES));
        assert!((0..n_entries).all(|n| pending.get(key(n)) == Some(entry(u32::try_from(n).unwrap()))));
        assert!(pending.pairs().is_sorted_by(|a, b| a.0 < b.0));
    }
}
