//! Which words of a text match a plan.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::tokens::Tokens;
use crate::analysis::{Analyzer, Memo, WordForm, is_day};
use crate::query::{ClauseKind, Plan, Scope, Telling, is_within};

/// A match of a clause: the bytes of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// The word.
    pub(crate) range: Range<usize>,
    /// The clause it matches, by its place in the plan.
    pub(crate) clause: usize,
}

/// Finds the words that match a plan.
pub(crate) struct Matcher<'a> {
    analyzer: &'a Analyzer,
    exact: Tokens<'a, usize>,
    root: Tokens<'a, usize>,
    prefixes: Vec<(usize, &'a str)>,
    spellings: Vec<(usize, &'a str, u8)>,
    phrases: Vec<Phrase>,
    alternatives: Vec<Phrase>,
    /// The numbers of the tokens of both, from 1.
    numbers: Tokens<'a, u32>,
}

/// Tokens that stand together, by their numbers.
struct Phrase {
    clause: usize,
    tokens: Vec<u32>,
    slop: usize,
}

/// A token of a text that is of a phrase.
struct NumberedToken {
    /// Its place among the tokens of the text.
    place: usize,
    /// The place of its word among the [`FoundWord`]s.
    word: usize,
    number: u32,
}

/// A word of a text that may match, with the clause that it is of for each reason.
struct FoundWord {
    range: Range<usize>,
    /// Part of what is asked for as a phrase.
    in_phrase: Option<usize>,
    /// Asked for itself.
    itself: Option<usize>,
    /// Part of what says the same.
    in_alternative: Option<usize>,
}

impl<'a> Matcher<'a> {
    /// Prepares for the clauses that score in the body; they are numbered as [`Plan::scoring`] has
    /// them.
    pub(crate) fn of_body(plan: &'a Plan, analyzer: &'a Analyzer) -> Self {
        Self::new(plan, analyzer, Scope::Title)
    }

    /// Prepares for the clauses that score in the title.
    pub(crate) fn of_title(plan: &'a Plan, analyzer: &'a Analyzer) -> Self {
        Self::new(plan, analyzer, Scope::Body)
    }

    fn new(plan: &'a Plan, analyzer: &'a Analyzer, elsewhere: Scope) -> Self {
        let mut matcher = Self {
            analyzer,
            exact: Tokens::default(),
            root: Tokens::default(),
            prefixes: Vec::new(),
            spellings: Vec::new(),
            phrases: Vec::new(),
            alternatives: Vec::new(),
            numbers: Tokens::default(),
        };
        for (number, clause) in plan.scoring().into_iter().enumerate() {
            if clause.scope != elsewhere {
                matcher.add(number, &clause.kind);
            }
        }
        matcher
    }

    fn add(&mut self, clause: usize, kind: &'a ClauseKind) {
        match kind {
            ClauseKind::Word { exact, root, alternatives } => {
                let Telling { alone, roots, together } = Telling::of(exact, root);
                add(&mut self.exact, alone, clause);
                add(&mut self.root, roots, clause);
                for tokens in together.then_some(exact).into_iter().chain(alternatives) {
                    let alternative = self.phrase(clause, tokens, 0);
                    self.alternatives.push(alternative);
                }
            }
            ClauseKind::Phrase { exact, slop } => {
                let phrase = self.phrase(clause, exact, usize::try_from(*slop).unwrap_or(usize::MAX));
                self.phrases.push(phrase);
            }
            ClauseKind::Prefix { exact: [beginning] } => self.prefixes.push((clause, beginning)),
            ClauseKind::Fuzzy { exact: [word], distance } => self.spellings.push((clause, word, *distance)),
            ClauseKind::StopWord { .. }
            | ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::All
            | ClauseKind::Group { .. } => {}
        }
    }

    fn phrase(&mut self, clause: usize, tokens: &'a [String], slop: usize) -> Phrase {
        let tokens = tokens.iter().map(|token| {
            let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
            self.numbers.add(token, next)
        });
        Phrase { clause, tokens: tokens.collect(), slop }
    }

    /// Returns the matches in `text`, one for each matching word, in order.
    pub(crate) fn matches(&self, text: &str, memo: &mut Memo) -> Vec<Match> {
        let (mut words, mut tokens, mut n_tokens) = (Vec::new(), Vec::new(), 0);
        let mut day = RestOfDay::default();
        self.analyzer.for_each_word(text, memo, |range, form| {
            let (itself, n_numbered) = (self.clause_of(form), tokens.len());
            let itself = day.next(itself, itself.and_then(|_| self.day_begun_by(form)));
            n_tokens = self.add_numbered(form, n_tokens, words.len(), &mut tokens);
            if itself.is_some() || tokens.len() > n_numbered {
                words.push(FoundWord { range, in_phrase: None, itself, in_alternative: None });
            }
        });
        for phrase in &self.phrases {
            phrase.for_each_word(&tokens, |word| words[word].in_phrase = Some(phrase.clause));
        }
        for alternative in &self.alternatives {
            alternative.for_each_word(&tokens, |word| words[word].in_alternative = Some(alternative.clause));
        }
        let found = |word: FoundWord| {
            let clause = word.in_phrase.or(word.itself).or(word.in_alternative)?;
            Some(Match { range: word.range, clause })
        };
        words.into_iter().filter_map(found).collect()
    }

    /// Adds the tokens of the word with the number `word` that are of phrases; returns the place of the next token.
    fn add_numbered(&self, form: &WordForm, place: usize, word: usize, tokens: &mut Vec<NumberedToken>) -> usize {
        if self.numbers.len() == 0 {
            return place;
        }
        if form.is_one_token() {
            let number = self.numbers.get_marked(form.exact_mark(), || form.exact());
            tokens.extend(number.map(|number| NumberedToken { place, word, number }));
            return place + 1;
        }
        let mut place = place;
        for token in form.exact().split(' ') {
            tokens.extend(self.numbers.get(token).map(|number| NumberedToken { place, word, number }));
            place += 1;
        }
        place
    }

    fn clause_of(&self, form: &WordForm) -> Option<usize> {
        if form.is_one_token() {
            let itself = self.exact.get_marked(form.exact_mark(), || form.exact());
            let word = itself.or_else(|| self.root.get_marked(form.root_mark(), || form.root()));
            return word.or_else(|| self.expanded(form));
        }
        let exact = form.exact().split(' ').find_map(|token| self.exact.get(token));
        let word = || form.root().split(' ').find_map(|token| self.root.get(token));
        exact.or_else(word).or_else(|| self.expanded(form))
    }

    /// Returns the clause that asks for the day in words whose first word is `form`.
    fn day_begun_by(&self, form: &WordForm) -> Option<usize> {
        let root = form.root();
        (root != form.exact() && is_day(root)).then(|| self.root.get(root)).flatten()
    }

    /// Returns the clause that stands for a token of `form` without naming it.
    fn expanded(&self, form: &WordForm) -> Option<usize> {
        if self.prefixes.is_empty() && self.spellings.is_empty() {
            return None;
        }
        form.exact().split(' ').find_map(|token| {
            let begins = self.prefixes.iter().find(|(_, beginning)| token.starts_with(beginning));
            let near = || self.spellings.iter().find(|(_, word, distance)| is_within(word, token, *distance));
            begins.map(|(clause, _)| *clause).or_else(|| near().map(|(clause, ..)| *clause))
        })
    }
}

/// The words of a day that are still to come: `Oktober` and `2019` behind a `25` that stands for the whole.
#[derive(Default)]
struct RestOfDay {
    clause: usize,
    n_words: usize,
}

impl RestOfDay {
    /// Goes on with a word that is asked for as `itself`, or begins the day of the clause `begun`; returns the clause
    /// that it is of.
    fn next(&mut self, itself: Option<usize>, begun: Option<usize>) -> Option<usize> {
        if let Some(clause) = begun {
            *self = Self { clause, n_words: 2 };
            return itself;
        }
        let is_of_day = self.n_words > 0;
        self.n_words = self.n_words.saturating_sub(1);
        itself.or(is_of_day.then_some(self.clause))
    }
}

impl Phrase {
    /// Calls `each` with the words of every place where the phrase stands; `tokens` ascend by their places.
    fn for_each_word(&self, tokens: &[NumberedToken], each: impl FnMut(usize)) {
        if self.slop == 0 { self.for_each_in_order(tokens, each) } else { self.for_each_near(tokens, each) }
    }

    fn for_each_in_order(&self, tokens: &[NumberedToken], mut each: impl FnMut(usize)) {
        for window in tokens.windows(self.tokens.len()) {
            let follow = (window[0].place..).zip(&self.tokens);
            if window.iter().zip(follow).all(|(token, wanted)| (token.place, &token.number) == wanted) {
                for token in window {
                    each(token.word);
                }
            }
        }
    }

    /// Takes each stretch that holds all tokens of the phrase and, at most, as many others as they may stand off.
    fn for_each_near(&self, tokens: &[NumberedToken], mut each: impl FnMut(usize)) {
        let mut n_inside: FxHashMap<u32, usize> = self.tokens.iter().map(|number| (*number, 0)).collect();
        let mut n_missing = n_inside.len();
        let found: Vec<&NumberedToken> = tokens.iter().filter(|token| n_inside.contains_key(&token.number)).collect();
        let reach = self.tokens.len().saturating_add(self.slop);
        let (mut end, mut told) = (0, 0);
        for (start, first) in found.iter().enumerate() {
            while let Some(next) = found.get(end).filter(|next| next.place - first.place < reach) {
                let n = n_inside.entry(next.number).or_default();
                n_missing -= usize::from(*n == 0);
                *n += 1;
                end += 1;
            }
            if n_missing == 0 {
                found[told.max(start)..end].iter().for_each(|token| each(token.word));
                told = end;
            }
            let n = n_inside.entry(first.number).or_default();
            *n -= 1;
            n_missing += usize::from(*n == 0);
        }
    }
}

/// Adds tokens of a clause; the first clause that has a token keeps it.
fn add<'a>(tokens: &mut Tokens<'a, usize>, more: Vec<&'a String>, clause: usize) {
    for token in more {
        tokens.add(token, clause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &[&str]) {
        let analyzer = Analyzer::indonesian();
        let plan = query::read(query, &analyzer, None);
        let matches = Matcher::of_body(&plan, &analyzer).matches(text, &mut Memo::default());
        let shown: Vec<&str> = matches.into_iter().map(|m| &text[m.range]).collect();
        assert_eq!(shown, marked, "{query:?} in {text:?}");
    }

    #[test]
    fn every_form_of_a_word_matches() {
        check("mandiri", "Kemandirian itu mandiri.", &["Kemandirian", "mandiri"]);
    }

    #[test]
    fn figures_and_single_letters_match_only_with_the_rest_of_their_word() {
        check("U-19", "U-19 menang, U 19 dan 19 pemain", &["U-19"]);
        check("3-1", "menang 3-1, bukan 1-3 atau 3 lawan 1", &["3-1"]);
        check("COVID-19", "covid, covid 19 dan U-19", &["covid", "covid"]);
        check(
            "Rp1,5 triliun",
            "Rp1,5 triliun, Rp 1,5 triliun, Rp3 triliun",
            &["Rp1,5", "triliun", "1,5", "triliun", "triliun"],
        );
        check("e-KTP", "e-KTP dan KTP, golongan E", &["e-KTP", "KTP"]);
        check("Jokowi-JK", "JK dan Jokowi", &["JK", "Jokowi"]);
    }

    #[test]
    fn a_day_matches_as_a_whole_however_it_is_written() {
        for query in ["25/10/2019", "25 Oktober 2019", "2019-10-25"] {
            let text = "Jumat (25/10/2019), 25 Okt. 2019, 26/10/2019, 1 Oktober nanti, 25 orang, 24 Oktober 2019";
            check(query, text, &["25/10/2019", "25", "Okt", "2019"]);
        }
        check("25 orang", "25 Oktober 2019", &["25"]);
        check("oktober", "25 Oktober 2019, 26/10/2019", &["Oktober", "26/10/2019"]);
    }

    #[test]
    fn a_phrase_matches_only_as_a_whole() {
        check("\"jing jin ji\"", "Jing Jin Ji dan Jing saja", &["Jing", "Jin", "Ji"]);
        check("\"covid 19\"", "kasus COVID-19", &["COVID-19"]);
        check("\"harga\"", "harga dan berharga", &["harga"]);
    }

    #[test]
    fn near_words_match_where_they_stand_together() {
        check(
            "\"harga cabai\"~3",
            "cabai dan harga naik di pasar. Harga itu bukan soal satu cabai",
            &["cabai", "harga"],
        );
    }

    #[test]
    fn every_stretch_of_near_words_matches() {
        check("\"satu dua tiga\"~2", "tiga satu lain dua lain lain tiga dua", &["tiga", "satu", "dua"]);
        check(
            "\"satu dua\"~1",
            "satu satu dua dua lain lain satu lain dua",
            &["satu", "satu", "dua", "dua", "satu", "dua"],
        );
    }

    #[test]
    fn prefixes_and_spellings_match_what_they_stand_for() {
        check("kecerdas*", "Kecerdasan itu cerdas", &["Kecerdasan"]);
        check("prabowo~1", "Parbowo, Prabowo dan Probo", &["Parbowo", "Prabowo"]);
    }

    #[test]
    fn what_is_excluded_or_of_the_title_does_not_match() {
        check("beras -jagung judul:harga", "harga beras jagung", &["beras"]);
    }

    #[test]
    fn what_says_the_same_matches_as_a_whole() {
        check("AI", "Kecerdasan buatan itu cerdas, kata buatan itu tidak", &["Kecerdasan", "buatan"]);
        check("kecerdasan buatan", "AI itu kecerdasan", &["AI", "kecerdasan"]);
        check("\"AI\"", "AI atau kecerdasan buatan", &["AI"]);
    }

    #[test]
    fn a_word_of_the_query_is_its_own_clause_before_it_is_part_of_another() {
        let analyzer = Analyzer::indonesian();
        let plan = query::read("AI kecerdasan", &analyzer, None);
        let matches = Matcher::of_body(&plan, &analyzer).matches("kecerdasan buatan", &mut Memo::default());
        assert_eq!(matches.iter().map(|m| m.clause).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn words_beside_a_phrase_match_too() {
        check("\"jing jin\" klaster", "klaster Jing Jin", &["klaster", "Jing", "Jin"]);
    }
}
