//! Scores whose sums are the same in any order.

/// The smallest score, which all others are multiples of: so few bits are needed that no sum of
/// thousands is rounded.
pub(super) const UNIT: f64 = 1.0 / 1_048_576.0;

/// A number of which [`UNIT`] is the last bit: one and a half times two to the 32nd.
const ROUNDER: f64 = 1.5 * 4_294_967_296.0;

/// Returns `score` as a multiple of a small unit, at least one of it.
#[inline]
pub(super) fn exact(score: f32) -> f64 {
    ((f64::from(score) + ROUNDER) - ROUNDER).max(UNIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_that_matches_counts_nothing() {
        assert!((exact(0.0) - UNIT).abs() < f64::EPSILON);
        assert!((exact(1e-9) - UNIT).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn sums_do_not_depend_on_the_order(scores in prop::collection::vec(0.0_f32..10_000.0, 0..200)) {
            let sum = |all: &mut dyn Iterator<Item = &f32>| all.fold(0.0, |sum, score| sum + exact(*score));
            prop_assert_eq!(sum(&mut scores.iter()).to_bits(), sum(&mut scores.iter().rev()).to_bits());
            for score in scores {
                prop_assert!((exact(score) - f64::from(score)).abs() <= UNIT);
            }
        }
    }
}
