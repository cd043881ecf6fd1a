//! Why a hit has its score: its parts, and which words of the text met the query.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::analysis::{Analyzer, stemmer};
use crate::article::Article;
use crate::index::Index;
use crate::query::{Clause, Plan};
use crate::snippet::{Match, Matcher};

/// Whether hits are explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explain {
    /// They are.
    Hits,
    /// They are not.
    #[default]
    Nothing,
}

/// Why a hit has its score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreExplanation {
    /// What each term that the article has adds; added up in this order they are the score of the
    /// first stage.
    pub first_stage: Vec<TermScore>,
    /// What each feature adds; added up in this order, and then to the first stage, they are the score.
    /// Empty where the second stage has not looked at the article.
    pub second_stage: Vec<FeatureScore>,
    /// The words of the text that met the query.
    pub words: Vec<MetWord>,
}

impl ScoreExplanation {
    /// Returns the score that the parts add up to.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.first_stage_score() + self.second_stage_score()
    }

    /// Returns what the parts of the first stage add up to.
    #[must_use]
    pub fn first_stage_score(&self) -> f64 {
        self.first_stage.iter().fold(0.0, |sum, part| sum + part.score)
    }

    /// Returns what the parts of the second stage add up to.
    #[must_use]
    pub fn second_stage_score(&self) -> f64 {
        self.second_stage.iter().fold(0.0, |sum, part| sum + part.score)
    }
}

/// What a term adds to the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermScore {
    /// The clause of the query, as written.
    pub query: String,
    /// The field that has the term.
    pub field: IndexField,
    /// What the term is to the clause.
    pub kind: TermKind,
    /// The tokens: one, those of a phrase, or some that stand for one another.
    pub tokens: Vec<String>,
    /// What it adds.
    pub score: f64,
}

/// A field of the index that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexField {
    /// Surface forms of the title.
    TitleExact,
    /// Roots of the title.
    TitleRoot,
    /// Surface forms of the body.
    BodyExact,
    /// Roots of the body.
    BodyRoot,
}

/// What a term is to its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// A form of the word itself.
    Word,
    /// Another expression of its meaning.
    Synonym,
    /// The words in quotes.
    Phrase,
    /// The words that begin so, of which the best counts.
    Prefix,
    /// The words spelt nearly so, of which the best counts.
    Fuzzy,
}

/// What a feature of the second stage adds to the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureScore {
    /// Its name.
    pub feature: &'static str,
    /// Its value.
    pub value: f64,
    /// How much it counts.
    pub weight: f64,
    /// What it adds: the product.
    pub score: f64,
}

/// A form of a word in the text and what in the query it met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetWord {
    /// The clause of the query, as written.
    pub query: String,
    /// The word, as it first stands in the text.
    pub form: String,
    /// How often it stands there in this form.
    pub times: usize,
    /// How the form was analysed: each part of a hyphen group, no figures.
    pub analyses: Vec<stemmer::Explanation>,
}

/// Returns the forms of words of `article` that met `plan`, the most frequent first.
pub(super) fn met_words(index: &Index, plan: &Plan, article: &Article) -> Vec<MetWord> {
    let analyzer = index.analyzer();
    let mut met = Met { clauses: plan.scoring(), analyzer, words: Vec::new(), places: FxHashMap::default() };
    let mut memo = index.memo();
    let title = &article.text[article.metadata.title.range.clone()];
    met.add(title, Matcher::of_title(plan, analyzer).matches(title, &mut memo));
    let matcher = Matcher::of_body(plan, analyzer);
    for part in article.unfolded_body() {
        let text = &article.text[part];
        met.add(text, matcher.matches(text, &mut memo));
    }
    met.words.sort_by_key(|word| Reverse(word.times));
    met.words
}

/// The words met so far.
struct Met<'a> {
    clauses: Vec<&'a Clause>,
    analyzer: &'a Analyzer,
    words: Vec<MetWord>,
    /// The place of each form of each clause among them.
    places: FxHashMap<(usize, String), usize>,
}

impl Met<'_> {
    fn add(&mut self, text: &str, matches: Vec<Match>) {
        for Match { range, clause } in matches {
            let place = *self.places.entry((clause, text[range.clone()].to_lowercase())).or_insert(self.words.len());
            if place == self.words.len() {
                let (query, form) = (self.clauses[clause].text.clone(), text[range.clone()].to_owned());
                self.words.push(MetWord { query, form, times: 0, analyses: self.analyzer.explain(text, range).stems });
            }
            self.words[place].times += 1;
        }
    }
}
