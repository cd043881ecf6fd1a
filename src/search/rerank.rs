//! The second stage: how the words of a query stand in an article, from postings alone.
//!
//! Every feature is a sum of inverse document frequencies, as the score of the first stage is, and
//! never negative: no article of the first stage's best falls behind one that was not among them.

use super::explain::FeatureScore;
use super::weights::{FOCUS_B, FOCUS_K1, FeatureWeights, HALF_EARLY, LEAD_TOKENS, PASSAGE_TOKENS};

/// The words of a query, in order, and what there is to compare articles with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryWords {
    /// The inverse document frequency of each among bodies, times its boost.
    pub(super) idfs: Vec<f64>,
    /// Tokens of a body, in the mean.
    pub(super) mean_body_len: f64,
}

/// Where the words of a query stand in one article; used for one after the other, for its room.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    body_len: u32,
    words: Vec<WordEvidence>,
    /// Positions in the body and the words that stand there.
    places: Vec<(u32, u32)>,
    /// How often each word stands in the passage at hand.
    counts: Vec<u32>,
}

/// Where one word of a query stands in an article.
#[derive(Clone, Copy, Debug, Default)]
struct WordEvidence {
    /// How often it stands in the body.
    frequency: u32,
    /// Its first position there.
    first: Option<u32>,
    in_title: bool,
}

impl Evidence {
    /// Goes on with an article of which nothing is known yet but that its body has `body_len` tokens.
    pub(super) fn begin(&mut self, n_words: usize, body_len: u32) {
        self.body_len = body_len;
        self.places.clear();
        self.words.clear();
        self.words.resize(n_words, WordEvidence::default());
    }

    /// Adds ascending positions in the body where the word with the number `word` stands.
    pub(super) fn add_body(&mut self, word: usize, positions: &[u32]) {
        let (Some(known), Ok(number)) = (self.words.get_mut(word), u32::try_from(word)) else { return };
        known.frequency += u32::try_from(positions.len()).unwrap_or(u32::MAX);
        known.first = known.first.into_iter().chain(positions.first().copied()).min();
        self.places.extend(positions.iter().map(|position| (*position, number)));
    }

    /// Adds that the word with the number `word` stands in the title.
    pub(super) fn add_title(&mut self, word: usize) {
        self.words[word].in_title = true;
    }
}

/// What the second stage knows of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Features {
    /// BM25 of the roots in the body with more regard for its length: a short article that is all
    /// about the query, before a long one that touches it.
    pub(super) focus: f64,
    /// Words of the query in the one passage that has the most of them.
    pub(super) passage: f64,
    /// Words of the query at the beginning of the body.
    pub(super) lead: f64,
    /// Words of the query in the body, each the less the later it first stands.
    pub(super) early: f64,
    /// The rarest word of the query.
    pub(super) rarest: f64,
    /// Words of the query in the title, times their share of the query: a title that has all of it is worth
    /// more than two that have half.
    pub(super) title: f64,
    /// The score of the first stage, less the older the article; 0 where age is not asked for.
    pub(super) recency: f64,
}

impl Features {
    pub(super) fn of(query: &QueryWords, evidence: &mut Evidence) -> Self {
        let passage = best_passage(&query.idfs, evidence);
        let words = || query.idfs.iter().zip(&evidence.words);
        let total = |has: fn(&WordEvidence) -> bool| -> f64 {
            words().filter(|(_, found)| has(found)).map(|(idf, _)| idf).sum()
        };
        let rarest = words().max_by(|(a, _), (b, _)| a.total_cmp(b));
        let rarest = rarest.filter(|(_, found)| found.in_title || found.frequency > 0);
        let in_title = total(|found| found.in_title);
        Self {
            focus: focus(query, evidence),
            passage,
            lead: total(|found| found.first.is_some_and(|first| first < LEAD_TOKENS)),
            early: words().map(|(idf, found)| idf * earliness(found)).sum(),
            rarest: rarest.map_or(0.0, |(idf, _)| *idf),
            title: in_title * ratio(in_title, total(|_| true)),
            recency: 0.0,
        }
    }

    /// Returns what the features add to the score of the first stage.
    pub(super) fn score(&self, weights: &FeatureWeights) -> f64 {
        self.scores(weights).iter().fold(0.0, |sum, feature| sum + feature.score)
    }

    /// Returns what each feature adds.
    pub(super) fn scores(&self, weights: &FeatureWeights) -> [FeatureScore; 7] {
        let of = |feature, value: f64, weight: f64| FeatureScore { feature, value, weight, score: value * weight };
        [
            of("focus", self.focus, weights.focus),
            of("passage", self.passage, weights.passage),
            of("lead", self.lead, weights.lead),
            of("early", self.early, weights.early),
            of("rarest", self.rarest, weights.rarest),
            of("title", self.title, weights.title),
            of("recency", self.recency, weights.recency),
        ]
    }
}

/// Returns the share that `part` has of `whole`; 0 where that is nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn focus(query: &QueryWords, evidence: &Evidence) -> f64 {
    let length = 1.0 - FOCUS_B + FOCUS_B * f64::from(evidence.body_len) / query.mean_body_len;
    let of = |(idf, found): (&f64, &WordEvidence)| {
        let frequency = f64::from(found.frequency);
        idf * frequency / (frequency + FOCUS_K1 * length)
    };
    query.idfs.iter().zip(&evidence.words).map(of).sum()
}

/// Returns how early a word first stands in the body: 1 for its first token, a half after [`HALF_EARLY`]
/// tokens, 0 where it does not stand there.
fn earliness(found: &WordEvidence) -> f64 {
    found.first.map_or(0.0, |first| 1.0 / (1.0 + f64::from(first) / HALF_EARLY))
}

/// Returns the most that the words within any stretch of the body are worth, each once.
fn best_passage(idfs: &[f64], evidence: &mut Evidence) -> f64 {
    let Evidence { places, counts, .. } = evidence;
    places.sort_unstable();
    counts.clear();
    counts.resize(idfs.len(), 0);
    let (mut start, mut worth, mut best) = (0, 0.0, 0.0_f64);
    for &(position, word) in &*places {
        let word = word as usize;
        if counts[word] == 0 {
            worth += idfs[word];
        }
        counts[word] += 1;
        while places[start].0 + PASSAGE_TOKENS <= position {
            let leaving = places[start].1 as usize;
            counts[leaving] -= 1;
            if counts[leaving] == 0 {
                worth -= idfs[leaving];
            }
            start += 1;
        }
        best = best.max(worth);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the features of a body of 100 tokens for words of the idfs 1, 2, 4 and so on.
    fn features(body: &[&[u32]], title: &[bool]) -> Features {
        let idfs = (0..body.len()).map(|n| f64::from(1 << n)).collect();
        let mut evidence = Evidence::default();
        // What an article before had is forgotten.
        evidence.begin(9, 7);
        evidence.add_body(8, &[3, 4]);
        evidence.begin(body.len(), 100);
        for (word, (positions, in_title)) in body.iter().zip(title).enumerate() {
            let (first, rest) = positions.split_at(positions.len() / 2);
            evidence.add_body(word, rest);
            evidence.add_body(word, first);
            if *in_title {
                evidence.add_title(word);
            }
        }
        Features::of(&QueryWords { idfs, mean_body_len: 100.0 }, &mut evidence)
    }

    #[track_caller]
    fn check(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
    }

    #[test]
    fn a_passage_is_worth_its_words_once() {
        check(features(&[&[1, 2], &[10], &[500]], &[false; 3]).passage, 4.0);
        check(features(&[&[1, 490], &[10], &[500]], &[false; 3]).passage, 5.0);
        check(features(&[&[1, 490], &[495], &[500]], &[false; 3]).passage, 7.0);
        check(features(&[&[0], &[PASSAGE_TOKENS]], &[false; 2]).passage, 2.0);
        check(features(&[&[]], &[false]).passage, 0.0);
    }

    #[test]
    fn the_lead_the_title_and_the_rarest_word_are_seen() {
        let found = features(&[&[0], &[LEAD_TOKENS], &[]], &[false, true, false]);
        check(found.lead, 1.0);
        check(found.early, 1.0 + 2.0 / (1.0 + f64::from(LEAD_TOKENS) / HALF_EARLY));
        check(found.title, 2.0 * 2.0 / 7.0);
        check(features(&[&[], &[]], &[true, true]).title, 3.0);
        check(found.rarest, 0.0);
        check(features(&[&[0], &[7]], &[false; 2]).rarest, 2.0);
    }

    #[test]
    fn focus_is_bm25_and_rises_with_frequency() {
        check(features(&[&[7]], &[false]).focus, 1.0 / (1.0 + FOCUS_K1));
        assert!(features(&[&[7, 8]], &[false]).focus > features(&[&[7]], &[false]).focus);
    }

    #[test]
    fn a_query_without_words_has_no_features() {
        assert_eq!(features(&[], &[]), Features::default());
    }
}
