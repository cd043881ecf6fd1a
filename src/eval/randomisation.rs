//! Whether one run is better than another, or lucky.

use std::collections::BTreeMap;

use super::measures::{Measures, as_float};

/// Sign flips that are tried: the error of a p value of 0.01 is then some 0.0007.
const N_TRIALS: u32 = 20_000;

/// The difference between two runs in nDCG.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Comparison {
    /// How much better the second run is in the mean.
    pub difference: f64,
    /// How likely a difference at least as large, either way, is by chance alone.
    pub p: f64,
}

/// Compares two runs over the topics of both by a paired randomisation test, two-sided. The signs
/// are drawn by a fixed seed, so the same runs give the same p value.
#[must_use]
pub fn compare(base: &BTreeMap<String, Measures>, other: &BTreeMap<String, Measures>) -> Comparison {
    let pairs = base.iter().filter_map(|(topic, base)| Some(other.get(topic)?.ndcg - base.ndcg));
    let differences: Vec<f64> = pairs.collect();
    let n = as_float(differences.len()).max(1.0);
    let sum: f64 = differences.iter().sum();
    // Equal sums may differ in their last bits.
    let at_least = sum.abs() - 1e-9;
    let mut signs = Signs(0x9E37_79B9_7F4A_7C15);
    let extreme = (0..N_TRIALS).filter(|_| signs.sum(&differences).abs() >= at_least).count();
    Comparison { difference: sum / n, p: (as_float(extreme) + 1.0) / (f64::from(N_TRIALS) + 1.0) }
}

/// Random signs, by xorshift64* (Vigna 2016).
struct Signs(u64);

impl Signs {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Returns the sum of `values`, each with a random sign.
    fn sum(&mut self, values: &[f64]) -> f64 {
        let mut sum = 0.0;
        for values in values.chunks(64) {
            let mut bits = self.next();
            for value in values {
                sum += if bits & 1 == 0 { *value } else { -value };
                bits >>= 1;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(ndcg: &[f64]) -> BTreeMap<String, Measures> {
        let one = |(n, ndcg): (usize, &f64)| (format!("{n:03}"), Measures { ndcg: *ndcg, ..Measures::default() });
        ndcg.iter().enumerate().map(one).collect()
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let run = topics(&[0.1, 0.5, 1.0]);
        let comparison = compare(&run, &run);
        assert!(comparison.difference.abs() < 1e-12 && comparison.p > 0.999);
    }

    #[test]
    fn p_is_that_of_all_sign_flips() {
        // Of 2^5 flips of five equal differences, two are as far from zero.
        let comparison = compare(&topics(&[0.0; 5]), &topics(&[0.2; 5]));
        assert!((comparison.difference - 0.2).abs() < 1e-12);
        assert!((comparison.p - 2.0 / 32.0).abs() < 0.01, "{comparison:?}");
    }

    #[test]
    fn a_steady_difference_is_no_chance() {
        assert!(compare(&topics(&[0.5; 200]), &topics(&[0.52; 200])).p < 0.001);
    }
}
