//! Which words of a text match a plan.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::{Analyzer, Memo, Word, WordForm};
use crate::query::{ClauseKind, Plan};

/// A match of a clause: the bytes of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The word.
    pub(super) range: Range<usize>,
    /// The clause it matches, by its place in the plan.
    pub(super) clause: usize,
}

/// Finds the words that match a plan.
pub(super) struct Matcher<'a> {
    analyzer: &'a Analyzer,
    exact: FxHashMap<&'a str, usize>,
    root: FxHashMap<&'a str, usize>,
    phrases: Vec<(usize, &'a [String])>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(plan: &'a Plan, analyzer: &'a Analyzer) -> Self {
        let mut matcher =
            Self { analyzer, exact: FxHashMap::default(), root: FxHashMap::default(), phrases: Vec::new() };
        for (clause, kind) in plan.clauses.iter().map(|clause| &clause.kind).enumerate() {
            match kind {
                ClauseKind::Word { exact, root } => {
                    add(&mut matcher.exact, exact, clause);
                    add(&mut matcher.root, root, clause);
                }
                ClauseKind::Phrase { exact } => matcher.phrases.push((clause, exact)),
            }
        }
        matcher
    }

    /// Returns the matches in `text`, one for each matching word, in order.
    pub(super) fn matches(&self, text: &str, memo: &mut Memo) -> Vec<Match> {
        if self.phrases.is_empty() {
            return self.word_matches(text, memo);
        }
        let mut words = Vec::new();
        self.analyzer.for_each_word(text, memo, |range, form| words.push(Word { range, form: form.clone() }));
        let mut clauses: Vec<Option<usize>> = words.iter().map(|word| self.clause_of(&word.form)).collect();
        self.mark_phrases(&words, &mut clauses);
        let found = words.into_iter().zip(clauses);
        found.filter_map(|(word, clause)| Some(Match { range: word.range, clause: clause? })).collect()
    }

    fn word_matches(&self, text: &str, memo: &mut Memo) -> Vec<Match> {
        let mut matches = Vec::new();
        self.analyzer.for_each_word(text, memo, |range, form| {
            if let Some(clause) = self.clause_of(form) {
                matches.push(Match { range, clause });
            }
        });
        matches
    }

    fn clause_of(&self, form: &WordForm) -> Option<usize> {
        let exact = form.exact().split(' ').find_map(|token| self.exact.get(token));
        exact.or_else(|| form.root().split(' ').find_map(|token| self.root.get(token))).copied()
    }

    fn mark_phrases(&self, words: &[Word], clauses: &mut [Option<usize>]) {
        let tokens: Vec<(usize, &str)> = words
            .iter()
            .enumerate()
            .flat_map(|(index, word)| word.form.exact().split(' ').map(move |t| (index, t)))
            .collect();
        for (clause, phrase) in &self.phrases {
            for window in tokens.windows(phrase.len()) {
                if window.iter().zip(*phrase).all(|((_, token), wanted)| token == wanted) {
                    for (word, _) in window {
                        clauses[*word] = Some(*clause);
                    }
                }
            }
        }
    }
}

/// Adds tokens of a clause; the first clause that has a token keeps it.
fn add<'a>(tokens: &mut FxHashMap<&'a str, usize>, more: &'a [String], clause: usize) {
    for token in more {
        tokens.entry(token).or_insert(clause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &[&str]) {
        let analyzer = Analyzer::indonesian();
        let plan = query::read(query, &analyzer);
        let matches = Matcher::new(&plan, &analyzer).matches(text, &mut Memo::default());
        let shown: Vec<&str> = matches.into_iter().map(|m| &text[m.range]).collect();
        assert_eq!(shown, marked, "{query:?} in {text:?}");
    }

    #[test]
    fn every_form_of_a_word_matches() {
        check("mandiri", "Kemandirian itu mandiri.", &["Kemandirian", "mandiri"]);
    }

    #[test]
    fn a_phrase_matches_only_as_a_whole() {
        check("\"jing jin ji\"", "Jing Jin Ji dan Jing saja", &["Jing", "Jin", "Ji"]);
        check("\"covid 19\"", "kasus COVID-19", &["COVID-19"]);
        check("\"harga\"", "harga dan berharga", &["harga"]);
    }

    #[test]
    fn words_beside_a_phrase_match_too() {
        check("\"jing jin\" klaster", "klaster Jing Jin", &["klaster", "Jing", "Jin"]);
    }
}
