//! What else says the words of a query.

use std::collections::BTreeSet;

use super::plan::{Clause, ClauseKind, Presence};
use crate::analysis::{Synonyms, Word};

/// Alternatives of one clause.
const MAX_OF_CLAUSE: usize = 16;

/// Alternatives of all clauses together.
const MAX_OF_QUERY: usize = 64;

/// Finds expressions in the plain words of one query.
pub(super) struct Finder<'a> {
    query: &'a str,
    /// The words of the query, ascending.
    words: &'a [Word],
    synonyms: &'a Synonyms,
    /// Alternatives there is room for.
    room: usize,
}

impl<'a> Finder<'a> {
    pub(super) fn new(query: &'a str, words: &'a [Word], synonyms: &'a Synonyms) -> Self {
        Self { query, words, synonyms, room: MAX_OF_QUERY }
    }

    /// Gives the words among `clauses` their alternatives.
    ///
    /// They depend on what stands beside what in the plan, not in the text, so that a printed plan
    /// has the same.
    pub(super) fn add_to(&mut self, clauses: &mut [Clause]) {
        for run in clauses.chunk_by_mut(is_beside) {
            match run {
                [Clause { presence: Presence::MustNot, .. }, ..] => {}
                [Clause { kind: ClauseKind::Group { clauses }, .. }] => self.add_to(clauses),
                words => self.add_to_words(words),
            }
        }
    }

    /// Gives words that stand side by side the alternatives of the longest expressions they make.
    fn add_to_words(&mut self, run: &mut [Clause]) {
        let words: Vec<Word> = run.iter().map_while(|clause| self.word(clause)).collect();
        let mut at = 0;
        while at < words.len() {
            let Some(found) = self.synonyms.at_start(self.query, &words[at..]) else {
                at += 1;
                continue;
            };
            let end = at + found.n_words;
            let own = tokens(&words[at..end]);
            let others: BTreeSet<&[String]> = found.others.iter().map(|other| other.exact()).collect();
            let others: Vec<&[String]> = others.into_iter().filter(|other| is_apart(other, &own)).collect();
            run[at..end].iter_mut().for_each(|clause| self.give(clause, &others));
            at = end;
        }
    }

    /// Returns the word of a plain clause.
    fn word(&self, clause: &Clause) -> Option<Word> {
        if !is_plain(clause) {
            return None;
        }
        let first = self.words.partition_point(|word| word.range.start < clause.range.start);
        self.words[first..].first().filter(|word| word.range == clause.range).cloned()
    }

    /// Gives a clause as many alternatives as there is room for; a stop word that is left out needs
    /// none.
    fn give(&mut self, clause: &mut Clause, others: &[&[String]]) {
        if let ClauseKind::Word { alternatives, .. } = &mut clause.kind {
            let room = self.room.min(MAX_OF_CLAUSE);
            alternatives.extend(others.iter().take(room).map(|other| other.to_vec()));
            self.room -= alternatives.len();
        }
    }
}

fn is_plain(clause: &Clause) -> bool {
    matches!(clause.kind, ClauseKind::Word { .. } | ClauseKind::StopWord { .. })
}

/// Returns whether two clauses may be words of one expression.
fn is_beside(one: &Clause, next: &Clause) -> bool {
    let asked = |clause: &Clause| (clause.presence, clause.scope, clause.boost);
    is_plain(one) && is_plain(next) && asked(one) == asked(next)
}

fn tokens(words: &[Word]) -> Vec<String> {
    words.iter().flat_map(|word| word.form.exact().split(' ').map(str::to_owned)).collect()
}

/// Returns whether `other` says more than a part of `own`, or than what has all of it: *DPR RI*
/// beside *DPR*.
fn is_apart(other: &[String], own: &[String]) -> bool {
    let (short, long) = if other.len() < own.len() { (other, own) } else { (own, other) };
    !short.is_empty() && !long.windows(short.len()).any(|window| window == short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::query::read;

    fn alternatives(query: &str, analyzer: &Analyzer) -> Vec<(String, Vec<String>)> {
        let plan = read(query, analyzer, None);
        let of = |clause: &&Clause| match &clause.kind {
            ClauseKind::Word { alternatives, .. } => alternatives.iter().map(|tokens| tokens.join(" ")).collect(),
            _ => Vec::new(),
        };
        plan.scoring().iter().map(|clause| (clause.text.clone(), of(clause))).collect()
    }

    /// Queries, a word of each and one of its alternatives.
    const GIVEN: [(&str, &str, &str); 10] = [
        ("AI", "AI", "kecerdasan buatan"),
        ("kecerdasan buatan", "kecerdasan", "ai"),
        ("kecerdasan buatan", "buatan", "ai"),
        ("harga AI di AS", "AS", "amerika serikat"),
        ("+AI", "AI", "kecerdasan buatan"),
        ("kecerdasan DAN buatan", "buatan", "ai"),
        ("judul:AI", "AI", "kecerdasan buatan"),
        ("(beras AI)^2 OR jagung", "AI", "kecerdasan buatan"),
        ("usaha mikro, kecil, dan menengah", "menengah", "umkm"),
        ("sumber:antara AI", "AI", "kecerdasan buatan"),
    ];

    /// Queries whose words have no alternatives.
    const NOT_GIVEN: [&str; 10] = [
        "\"AI\"",
        "\"kecerdasan buatan\"~3",
        "kecerdasan \"buatan\"",
        "+kecerdasan buatan",
        "kecerdasan judul:buatan",
        "AI*",
        "umkm~",
        "as roda",
        "sumber:AI",
        "beras -AI -(AI UMKM)",
    ];

    #[test]
    fn plain_words_have_alternatives() {
        let analyzer = Analyzer::indonesian();
        for (query, word, other) in GIVEN {
            let found = alternatives(query, &analyzer);
            let of_word = found.iter().filter(|(text, _)| text == word);
            assert!(of_word.flat_map(|(_, others)| others).any(|text| text == other), "{query:?}: {found:?}");
        }
    }

    #[test]
    fn syntax_quotes_and_small_letters_have_none() {
        let analyzer = Analyzer::indonesian();
        for query in NOT_GIVEN {
            let found = alternatives(query, &analyzer);
            assert!(found.iter().all(|(_, others)| others.is_empty()), "{query:?}: {found:?}");
        }
    }

    #[test]
    fn alternatives_are_bounded_and_apart() {
        let analyzer = Analyzer::indonesian();
        let found = alternatives(&"AI Tiongkok UMKM KPK ".repeat(100), &analyzer);
        assert_eq!(found.iter().map(|(_, others)| others.len()).sum::<usize>(), MAX_OF_QUERY);
        assert!(alternatives("DPR", &analyzer)[0].1.iter().all(|other| !other.contains("dpr")));
    }
}
