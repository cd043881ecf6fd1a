//! Which keys a run surely does not hold: a Bloom filter whose bits for one key lie in one cache line.

/// Bits for each key: one key in a hundred that is not there seems to be.
const BITS_PER_KEY: usize = 10;
/// Bits set for each key.
const PROBES: u32 = 6;
/// Words of a block: 512 bits.
const BLOCK_WORDS: usize = 8;

/// A filter of keys, which are hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    words: Vec<u64>,
}

impl Filter {
    /// Returns an empty filter for up to `n_keys` keys.
    pub(super) fn for_keys(n_keys: usize) -> Self {
        let n_blocks = (n_keys * BITS_PER_KEY).div_ceil(64 * BLOCK_WORDS).max(1);
        Self { words: vec![0; n_blocks * BLOCK_WORDS] }
    }

    /// Returns the filter of these words; whole blocks, at least one.
    pub(super) fn from_words(words: Vec<u64>) -> Option<Self> {
        (!words.is_empty() && words.len().is_multiple_of(BLOCK_WORDS)).then_some(Self { words })
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(super) fn insert(&mut self, key: u64) {
        let block = self.block(key);
        for (word, mask) in bits(key) {
            self.words[block + word] |= mask;
        }
    }

    /// Returns whether `key` may have been inserted.
    pub(super) fn may_hold(&self, key: u64) -> bool {
        let block = self.block(key);
        bits(key).all(|(word, mask)| self.words[block + word] & mask != 0)
    }

    /// Returns the first word of the block of `key`. Blocks ascend with the keys: a run is written in
    /// their order, and so from one end of its filter to the other.
    fn block(&self, key: u64) -> usize {
        let n_blocks = (self.words.len() / BLOCK_WORDS) as u128;
        let block = (u128::from(key) * n_blocks) >> 64;
        usize::try_from(block).unwrap_or_default() * BLOCK_WORDS
    }
}

/// Returns the places of a key in its block: word and bit.
fn bits(key: u64) -> impl Iterator<Item = (usize, u64)> {
    let hash = spread(key);
    (0..PROBES).map(move |probe| {
        let bit = (hash >> (9 * probe)) & 511;
        (usize::try_from(bit / 64).unwrap_or_default(), 1 << (bit % 64))
    })
}

/// Spreads the bits of a key once more: those of one block have their high bits in common.
fn spread(key: u64) -> u64 {
    // The finaliser of SplitMix64.
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_is_found_and_little_else() {
        const KEYS: u64 = 10_000;
        let mut filter = Filter::for_keys(10_000);
        let key = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (0..KEYS).for_each(|n| filter.insert(key(n)));
        assert!((0..KEYS).all(|n| filter.may_hold(key(n))));
        let wrong = (KEYS..2 * KEYS).filter(|n| filter.may_hold(key(*n))).count();
        assert!(wrong < 300, "{wrong} of {KEYS}");
    }

    #[test]
    fn words_that_are_no_blocks_are_no_filter() {
        assert_eq!(Filter::from_words(Vec::new()), None);
        assert_eq!(Filter::from_words(vec![0; 9]), None);
        assert_eq!(Filter::from_words(vec![0; 8]), Some(Filter::for_keys(0)));
    }
}
