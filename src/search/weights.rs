//! The weights of the ranking, all in this one place.
//!
//! Set by measurement, never by taste: coordinate ascent on nDCG@10 over two development sets
//! together, 2,941 questions to encyclopedia passages (E) and 1,569 to news passages among 28,877
//! news articles (N), then some steps by hand that also regard how often 2,000 headlines find their
//! article among bodies without titles (H, success at 1). Of 27 settings of the ascent the best on
//! one half of the questions lost nothing on the other, in the mean of twenty random halves; earliness,
//! found later, gains 0.003 on E and on N where it is fitted on the other half. The right
//! passages of N have no headlines, and so these sets say little of them: the weight of the title in the second
//! stage also regards 1,372 headlines that look for the report of another outlet on the same event among 27,505
//! articles (T). A weight of 2 gains 0.009 there and loses 0.009 on H, where the first sentence stands in for a
//! headline. All together have 0.8087 (E), 0.808 (N), 0.662 (H) and 0.607 (T), the first stage alone 0.7827,
//! 0.770 and 0.6255 of the first three. What is lost without each part:
//!
//! | left out | E | N | H |
//! |---|---|---|---|
//! | focus | -0.003 | 0.012 | 0.024 |
//! | early | 0.005 | 0.003 | 0.003 |
//! | passage | 0.003 | 0.002 | 0.003 |
//! | rarest | 0.002 | 0.000 | 0.002 |
//! | lead | 0.001 | 0.002 | 0.005 |
//! | title, second stage (T: 0.010) | 0.000 | 0.001 | -0.002 |
//! | title, first stage (T: 0.010) | 0.003 | 0.002 | -0.002 |
//! | roots, first stage | -0.002 | 0.000 | 0.001 |
//! | synonyms | 0.006 | -0.002 | -0.004 |
//!
//! The longest run of words of the query that follow one another in the title, at most two others between, times its
//! share of the query, with a weight of 1: +0.0003 on E, +0.0002 on N, +0.003 on T and -0.001 on H; it changes little
//! of what a query of two words finds first, for these are many titles alike in it, and is left out too.
//!
//! Proximity and order of neighbours, coverage, the second passage, and more regard for names with a
//! capital bring less than 0.001 on either set beside these, or take from one what they give the other,
//! and are left out. So is pseudo-relevance feedback: five to ten significant words of the best one,
//! three or five articles, added to the query with a weight of 0.05 to 0.15, change E by +0.000 to -0.032 and
//! N by +0.001 to -0.018.

/// The weight of each field in the first stage, for a clause that is a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldWeights {
    pub(super) title_exact: f32,
    pub(super) title_root: f32,
    pub(super) body_exact: f32,
    pub(super) body_root: f32,
}

/// The surface form weighs more than the root, which brings together words that only share an
/// origin (*pendapatan* and *dapat*); in the second stage, roots are all that counts.
pub(super) const FIELDS: FieldWeights =
    FieldWeights { title_exact: 0.3, title_root: 0.1, body_exact: 1.0, body_root: 0.15 };

/// What an expression of the same meaning counts, where the article says it instead; beside what the
/// word of the query would in the exact fields.
pub(super) const SYNONYM: f32 = 0.65;

/// What a word counts that is spelt so many letters off from the one asked for: set by hand, so that the word
/// itself comes first.
pub(super) const SPELT_OFF: [f32; 3] = [1.0, 0.4, 0.2];

/// How much each feature of the second stage counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct FeatureWeights {
    pub(super) focus: f64,
    pub(super) passage: f64,
    pub(super) lead: f64,
    pub(super) early: f64,
    pub(super) rarest: f64,
    pub(super) title: f64,
    pub(super) recency: f64,
}

/// Measured together with [`FIELDS`], but for recency, which is asked for and doubles the score of the
/// first stage for what is new.
pub(super) const FEATURES: FeatureWeights =
    FeatureWeights { focus: 6.0, passage: 1.8, lead: 0.6, early: 1.2, rarest: 0.6, title: 0.7, recency: 1.0 };

/// Articles that the second stage orders anew: the best of the first.
pub(super) const RERANKED: usize = 200;

/// BM25's k1 where the focus of an article is measured.
pub(super) const FOCUS_K1: f64 = 2.0;

/// BM25's b there: the first stage has 0.75.
pub(super) const FOCUS_B: f64 = 0.95;

/// The length of a passage, in tokens: a sentence.
pub(super) const PASSAGE_TOKENS: u32 = 20;

/// The length of the beginning of a body, in tokens: its first paragraph or two.
pub(super) const LEAD_TOKENS: u32 = 60;

/// So many tokens into a body a word counts half for being early: a sentence.
pub(super) const HALF_EARLY: f64 = 25.0;
