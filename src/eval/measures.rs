//! How good a ranking is.
//!
//! The definitions are those of `trec_eval -c`: every topic with a relevant article counts, found or
//! not; the gain of an article is its grade.

use std::collections::BTreeMap;

use serde::Serialize;

use super::judged::{Qrels, Run};

/// How deep each measure looks into a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depths {
    /// For nDCG, MRR and precision.
    pub top: usize,
    /// For recall.
    pub recall: usize,
}

impl Default for Depths {
    fn default() -> Self {
        Self { top: 10, recall: 100 }
    }
}

/// How far down MAP looks, as `trec_eval` does.
const MAP_DEPTH: usize = 1000;

/// The measures of one topic, or their means over many; each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measures {
    /// Normalised discounted cumulative gain at `top`.
    pub ndcg: f64,
    /// The reciprocal of the rank of the first relevant article, 0 beyond `top`.
    pub mrr: f64,
    /// Average precision.
    pub map: f64,
    /// The share of the relevant articles that is found.
    pub recall: f64,
    /// The share of the first `top` that is relevant.
    pub precision: f64,
    /// Whether the first article is relevant.
    pub success_at_1: f64,
}

/// Returns the measures of `run` for each topic of `qrels`, by topic.
///
/// ```
/// use kliping::eval::{Depths, Qrels, Run, measure};
/// let qrels = Qrels::read("t 0 a 1\n".as_bytes(), "qrels")?;
/// let run = Run::read("t Q0 b 1 2.0 x\nt Q0 a 2 1.0 x\n".as_bytes(), "run")?;
/// assert_eq!(measure(&qrels, &run, Depths::default())["t"].mrr, 0.5);
/// # Ok::<(), kliping::error::Error>(())
/// ```
#[must_use]
pub fn measure(qrels: &Qrels, run: &Run, depths: Depths) -> BTreeMap<String, Measures> {
    let topic = |(topic, grades)| {
        let grades_found: Vec<u32> = run.articles(topic).iter().map(|a| grade(grades, a)).collect();
        (topic.to_owned(), measures(&grades_found, grades, depths))
    };
    qrels.topics().map(topic).collect()
}

/// Returns the means over topics; zero where there are none.
#[must_use]
pub fn mean(topics: &BTreeMap<String, Measures>) -> Measures {
    let n = as_float(topics.len()).max(1.0);
    let of = |value: fn(&Measures) -> f64| topics.values().map(value).sum::<f64>() / n;
    Measures {
        ndcg: of(|m| m.ndcg),
        mrr: of(|m| m.mrr),
        map: of(|m| m.map),
        recall: of(|m| m.recall),
        precision: of(|m| m.precision),
        success_at_1: of(|m| m.success_at_1),
    }
}

fn grade(grades: &BTreeMap<String, u32>, article: &str) -> u32 {
    grades.get(article).copied().unwrap_or_default()
}

/// Returns the measures of a ranking, given as the grades of its articles.
fn measures(found: &[u32], grades: &BTreeMap<String, u32>, depths: Depths) -> Measures {
    let mut ideal: Vec<u32> = grades.values().copied().filter(|grade| *grade > 0).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let top = &found[..found.len().min(depths.top)];
    let n_relevant = as_float(ideal.len());
    let first = top.iter().position(|grade| *grade > 0);
    Measures {
        ndcg: gain(top) / gain(&ideal[..ideal.len().min(depths.top)]),
        mrr: first.map_or(0.0, |index| 1.0 / as_float(index + 1)),
        map: average_precision(found) / n_relevant,
        recall: relevant(&found[..found.len().min(depths.recall)]) / n_relevant,
        precision: relevant(top) / as_float(depths.top.max(1)),
        success_at_1: relevant(&found[..found.len().min(1)]),
    }
}

fn gain(grades: &[u32]) -> f64 {
    (2_u32..).zip(grades).map(|(rank, grade)| f64::from(*grade) / f64::from(rank).log2()).sum()
}

fn relevant(grades: &[u32]) -> f64 {
    as_float(grades.iter().filter(|grade| **grade > 0).count())
}

/// Returns the sum of the precisions at each relevant article.
fn average_precision(grades: &[u32]) -> f64 {
    let mut n_relevant = 0;
    let mut sum = 0.0;
    for (rank, grade) in (1..).zip(&grades[..grades.len().min(MAP_DEPTH)]) {
        if *grade > 0 {
            n_relevant += 1;
            sum += f64::from(n_relevant) / f64::from(rank);
        }
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "counts of articles and topics")]
pub(super) fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks nDCG@10, MRR@10, AP, recall@100, P@10 and success@1, to four places.
    #[track_caller]
    fn check(found: &[&str], expected: [f64; 6]) {
        let qrels = Qrels::read("t 0 a 1\nt 0 b 3\nt 0 c 0\n".as_bytes(), "qrels").unwrap();
        let mut run = Run::default();
        run.insert("t", found.iter().map(|&article| article.to_owned()));
        let m = measure(&qrels, &run, Depths::default())["t"];
        let measured = [m.ndcg, m.mrr, m.map, m.recall, m.precision, m.success_at_1];
        let close = measured.iter().zip(expected).all(|(one, other)| (one - other).abs() < 5e-5);
        assert!(close, "{found:?}: {measured:?}, not {expected:?}");
    }

    #[test]
    fn measures_are_those_of_trec_eval() {
        // The ideal gain is 3 / log2(2) + 1 / log2(3) = 3.6309.
        check(&["b", "a"], [1.0, 1.0, 1.0, 1.0, 0.2, 1.0]);
        check(&["a", "b"], [0.7967, 1.0, 1.0, 1.0, 0.2, 1.0]);
        check(&["c", "x", "b"], [0.4131, 0.3333, 0.1667, 0.5, 0.1, 0.0]);
        check(&["x"; 1], [0.0; 6]);
        check(&[], [0.0; 6]);
    }

    #[test]
    fn what_stands_below_the_depth_does_not_count() {
        let mut found: Vec<String> = (0..10).map(|n| n.to_string()).collect();
        found.push("a".to_owned());
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        check(&found, [0.0, 0.0, 1.0 / 11.0 / 2.0, 0.5, 0.0, 0.0]);
    }

    #[test]
    fn means_run_over_every_judged_topic() {
        let qrels = Qrels::read("t 0 a 1\nu 0 a 1\n".as_bytes(), "qrels").unwrap();
        let run = Run::read("t Q0 a 1 1 x\n".as_bytes(), "run").unwrap();
        let mean = mean(&measure(&qrels, &run, Depths::default()));
        assert!((mean.ndcg - 0.5).abs() < 1e-9 && (mean.recall - 0.5).abs() < 1e-9);
    }
}
