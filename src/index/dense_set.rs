//! Sets of small numbers, such as the documents of one segment.

/// A set of numbers below some bound.
pub(crate) struct DenseSet {
    words: Vec<u64>,
}

impl DenseSet {
    /// Returns the empty set, for numbers below `bound`.
    pub(crate) fn below(bound: u32) -> Self {
        Self { words: vec![0; bound.div_ceil(u64::BITS) as usize] }
    }

    /// Adds a number.
    #[inline]
    pub(crate) fn add(&mut self, number: u32) {
        self.words[(number / u64::BITS) as usize] |= 1 << (number % u64::BITS);
    }

    /// Returns whether a number was added.
    pub(crate) fn contains(&self, number: u32) -> bool {
        self.words[(number / u64::BITS) as usize] >> (number % u64::BITS) & 1 == 1
    }

    /// Calls `each` with every number that was added; they ascend.
    pub(crate) fn for_each(&self, each: impl FnMut(u32)) {
        for_each_bit(self.words.iter().copied(), each);
    }

    /// Calls `each` with every number that was added and is not in `other`, a set with the same bound; they
    /// ascend.
    pub(crate) fn for_each_not_in(&self, other: &Self, each: impl FnMut(u32)) {
        for_each_bit(self.words.iter().zip(&other.words).map(|(word, other)| word & !other), each);
    }

    /// Returns how many numbers are in `other`, a set with the same bound, too.
    pub(crate) fn n_common(&self, other: &Self) -> usize {
        self.words.iter().zip(&other.words).map(|(word, other)| (word & other).count_ones() as usize).sum()
    }

    /// Leaves out the numbers for which `is_kept` is false; it is asked for each, and they ascend.
    pub(crate) fn retain(&mut self, mut is_kept: impl FnMut(u32) -> bool) {
        let mut left_out = Vec::new();
        self.for_each(|number| {
            if !is_kept(number) {
                left_out.push(number);
            }
        });
        for number in left_out {
            self.words[(number / u64::BITS) as usize] &= !(1 << (number % u64::BITS));
        }
    }
}

fn for_each_bit(words: impl Iterator<Item = u64>, mut each: impl FnMut(u32)) {
    for (mut word, first) in words.zip((0..).step_by(u64::BITS as usize)) {
        while word != 0 {
            each(first + word.trailing_zeros());
            word &= word - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    fn numbers() -> impl Strategy<Value = BTreeSet<u32>> {
        prop::collection::btree_set(0_u32..300, 0..100)
    }

    fn set(numbers: &BTreeSet<u32>) -> DenseSet {
        let mut set = DenseSet::below(300);
        numbers.iter().chain(numbers).for_each(|number| set.add(*number));
        set
    }

    fn told(each: impl FnOnce(&mut dyn FnMut(u32))) -> Vec<u32> {
        let mut told = Vec::new();
        each(&mut |number| told.push(number));
        told
    }

    proptest! {
        #[test]
        fn sets_are_those_of_the_standard_library(one in numbers(), other in numbers()) {
            let (dense, dense_other) = (set(&one), set(&other));
            prop_assert_eq!(told(|each| dense.for_each(each)), one.iter().copied().collect::<Vec<_>>());
            let rest: Vec<u32> = one.difference(&other).copied().collect();
            prop_assert_eq!(told(|each| dense.for_each_not_in(&dense_other, each)), &rest[..]);
            prop_assert_eq!(dense.n_common(&dense_other), one.intersection(&other).count());
            prop_assert!((0..300).all(|number| dense.contains(number) == one.contains(&number)));
            let mut kept = dense;
            kept.retain(|number| !dense_other.contains(number));
            prop_assert_eq!(told(|each| kept.for_each(each)), rest);
        }
    }
}
