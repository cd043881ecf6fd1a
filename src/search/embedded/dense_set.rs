//! Sets of small numbers, such as the documents of one segment.

/// A set of numbers below some bound.
pub(super) struct DenseSet {
    words: Vec<u64>,
}

impl DenseSet {
    /// Returns the empty set, for numbers below `bound`.
    pub(super) fn below(bound: u32) -> Self {
        Self { words: vec![0; bound.div_ceil(u64::BITS) as usize] }
    }

    /// Adds a number.
    #[inline]
    pub(super) fn add(&mut self, number: u32) {
        self.words[(number / u64::BITS) as usize] |= 1 << (number % u64::BITS);
    }

    /// Calls `each` with every number that was added; they ascend.
    pub(super) fn for_each(&self, mut each: impl FnMut(u32)) {
        for (mut word, first) in self.words.iter().copied().zip((0..).step_by(u64::BITS as usize)) {
            while word != 0 {
                each(first + word.trailing_zeros());
                word &= word - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_number_comes_once_and_they_ascend(added in prop::collection::btree_set(0_u32..300, 0..100)) {
            let mut set = DenseSet::below(300);
            for number in added.iter().chain(&added) {
                set.add(*number);
            }
            let mut told = Vec::new();
            set.for_each(|number| told.push(number));
            prop_assert_eq!(told, added.iter().copied().collect::<Vec<_>>());
        }
    }
}
