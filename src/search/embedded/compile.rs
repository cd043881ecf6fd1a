//! A plan as tantivy queries.

use jiff::civil::{Date, DateTime};
use rustc_hash::FxHashSet;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::super::weights::{FIELDS, SYNONYM};
use super::containing::ContainingQuery;
use super::expand::{prefixed, spelt_nearly};
use super::stories;
use crate::error::Result;
use crate::index::Fields;
use crate::query::{Clause, ClauseKind, Plan, Presence, Scope};

/// A plan in queries.
pub(super) struct Compiled {
    /// Finds what matches; its score is that of `scoring`, where they all match on their own.
    pub(super) matching: Box<dyn Query>,
    /// Queries of one term, phrase or expansion each; the sum of those that match is the score.
    pub(super) scoring: Vec<Box<dyn Query>>,
}

impl Compiled {
    /// Returns the queries for what matches and tells none of `stories`.
    pub(super) fn without(&self, fields: &Fields, stories: &FxHashSet<u64>) -> Self {
        let scoring = self.scoring.iter().map(|query| query.box_clone()).collect();
        Self { matching: stories::without(&self.matching, fields, stories), scoring }
    }
}

/// Makes queries for one index.
pub(super) struct Compiler<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    /// Seconds that the days of the query are ahead of UTC.
    utc_offset: i64,
}

type Subqueries = Vec<(Occur, Box<dyn Query>)>;

impl<'a> Compiler<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: &'a Fields, utc_offset: i64) -> Self {
        Self { searcher, fields, utc_offset }
    }

    /// Returns the queries of `plan`; nothing for a plan that looks for nothing.
    pub(super) fn compile(&self, plan: &Plan) -> Result<Option<Compiled>> {
        let Some(matching) = self.all_of(&plan.clauses)? else { return Ok(None) };
        let mut scoring = Vec::new();
        for clause in plan.scoring() {
            scoring.append(&mut self.scoring(clause)?);
        }
        Ok(Some(Compiled { matching, scoring }))
    }

    /// Returns the query of clauses side by side.
    ///
    /// Words that may match stand in one flat list: a nested query would keep tantivy from passing
    /// over documents that cannot reach the top.
    fn all_of(&self, clauses: &[Clause]) -> Result<Option<Box<dyn Query>>> {
        let mut subqueries = Subqueries::new();
        for clause in clauses {
            match clause.presence {
                Presence::Should if !matches!(clause.kind, ClauseKind::Group { .. }) && !clause.is_filter() => {
                    subqueries.extend(self.scoring(clause)?.into_iter().map(|query| (Occur::Should, query)));
                }
                Presence::Should => subqueries.extend(self.one(clause)?.map(|query| (Occur::Should, query))),
                Presence::Must => subqueries.extend(self.one(clause)?.map(|query| (Occur::Must, query))),
                Presence::MustNot => subqueries.extend(self.one(clause)?.map(|query| (Occur::MustNot, query))),
            }
        }
        if subqueries.is_empty() {
            let looked_for = clauses.iter().any(|clause| !matches!(clause.kind, ClauseKind::StopWord { .. }));
            return Ok(looked_for.then(|| Box::new(EmptyQuery) as Box<dyn Query>));
        }
        if subqueries.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            subqueries.push((Occur::Must, unscored(AllQuery)));
        }
        let only_filters = |clause: &Clause| clause.presence != Presence::Must || clause.is_filter();
        if clauses.iter().all(only_filters) {
            subqueries = with_one_of_the_optional(subqueries);
        }
        Ok(Some(Box::new(BooleanQuery::new(subqueries))))
    }

    /// Returns the query of one clause; nothing where it says nothing.
    fn one(&self, clause: &Clause) -> Result<Option<Box<dyn Query>>> {
        Ok(match &clause.kind {
            ClauseKind::StopWord { .. } => None,
            ClauseKind::Group { clauses } => self.all_of(clauses)?.map(|query| boosted(query, boost(clause))),
            ClauseKind::Source { exact } => Some(unscored_box(phrase(self.fields.source, exact, 0))),
            ClauseKind::Date { from, until } => Some(self.days(*from, *until)),
            ClauseKind::Url { part } => Some(self.address_with(part)),
            ClauseKind::Word { .. }
            | ClauseKind::Phrase { .. }
            | ClauseKind::Prefix { .. }
            | ClauseKind::Fuzzy { .. } => Some(union(self.scoring(clause)?)),
        })
    }

    /// Returns the queries whose sum is the score of a clause.
    fn scoring(&self, clause: &Clause) -> Result<Vec<Box<dyn Query>>> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        match &clause.kind {
            ClauseKind::Word { exact, root, alternatives } => {
                for [(exact_field, exact_weight), (root_field, root_weight)] in self.word_fields(clause.scope) {
                    let both = weighted(exact, exact_weight, root, root_weight);
                    queries.extend(
                        both.iter().map(|(token, weight)| boosted(word(exact_field, token), weight * boost(clause))),
                    );
                    let root_weight = root_weight * boost(clause);
                    queries.extend(root.iter().map(|token| boosted(word(root_field, token), root_weight)));
                }
                for (field, weight) in self.exact_fields(clause.scope) {
                    let weight = weight * SYNONYM * boost(clause);
                    queries.extend(alternatives.iter().map(|tokens| boosted(phrase(field, tokens, 0), weight)));
                }
            }
            ClauseKind::Phrase { exact, slop } => {
                for (field, weight) in self.exact_fields(clause.scope) {
                    queries.push(boosted(phrase(field, exact, *slop), weight * boost(clause)));
                }
            }
            ClauseKind::Prefix { exact: [beginning] } => {
                for (field, weight) in self.exact_fields(clause.scope) {
                    let terms = prefixed(self.searcher, field, beginning)?;
                    queries.extend(any_of(field, &terms).map(|query| boosted(query, weight * boost(clause))));
                }
            }
            ClauseKind::Fuzzy { exact: [word], distance } => {
                for (field, weight) in self.exact_fields(clause.scope) {
                    let terms = spelt_nearly(self.searcher, field, word, *distance)?;
                    queries.extend(any_of(field, &terms).map(|query| boosted(query, weight * boost(clause))));
                }
            }
            ClauseKind::StopWord { .. }
            | ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::Group { .. } => {}
        }
        Ok(queries)
    }

    fn exact_fields(&self, scope: Scope) -> Vec<(Field, f32)> {
        let title = (self.fields.title_exact, FIELDS.title_exact);
        in_scope(scope, title, (self.fields.body_exact, FIELDS.body_exact))
    }

    /// Returns the fields of surface forms, each with that of the roots beside it.
    fn word_fields(&self, scope: Scope) -> Vec<[(Field, f32); 2]> {
        let title = (self.fields.title_root, FIELDS.title_root);
        let roots = in_scope(scope, title, (self.fields.body_root, FIELDS.body_root));
        self.exact_fields(scope).into_iter().zip(roots).map(|(exact, root)| [exact, root]).collect()
    }

    /// Returns the query of what was published from the first to the last of some days.
    fn days(&self, from: Option<Date>, until: Option<Date>) -> Box<dyn Query> {
        let midnight = |day: Date| Term::from_field_i64(self.fields.date, self.midnight(day));
        let lower = from.map_or(Bound::Unbounded, |day| Bound::Included(midnight(day)));
        let next = until.and_then(|day| day.tomorrow().ok());
        let upper = next.map_or(Bound::Unbounded, |day| Bound::Excluded(midnight(day)));
        unscored(RangeQuery::new(lower, upper))
    }

    /// Returns the seconds since 1970 when `day` begins.
    fn midnight(&self, day: Date) -> i64 {
        let since =
            day.to_datetime(jiff::civil::Time::midnight()).duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
        since.as_secs() - self.utc_offset
    }

    /// Returns the query of what has `part` in its id or in the address it was published at.
    fn address_with(&self, part: &str) -> Box<dyn Query> {
        let containing = |field| Box::new(ContainingQuery::new(field, part)) as Box<dyn Query>;
        unscored_box(union(vec![containing(self.fields.id), containing(self.fields.url)]))
    }
}

/// Requires one of the clauses that may match: beside a required one, which filters are, tantivy
/// takes them all for optional.
fn with_one_of_the_optional(subqueries: Subqueries) -> Subqueries {
    let (optional, mut rest): (Subqueries, Subqueries) =
        subqueries.into_iter().partition(|(occur, _)| *occur == Occur::Should);
    if rest.iter().all(|(occur, _)| *occur != Occur::Must) || optional.is_empty() {
        rest.extend(optional);
    } else {
        rest.push((Occur::Must, Box::new(BooleanQuery::new(optional))));
    }
    rest
}

fn in_scope(scope: Scope, title: (Field, f32), body: (Field, f32)) -> Vec<(Field, f32)> {
    match scope {
        Scope::Anywhere => vec![title, body],
        Scope::Title => vec![title],
        Scope::Body => vec![body],
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a boost has two decimals")]
fn boost(clause: &Clause) -> f32 {
    clause.boost.factor() as f32
}

/// Returns the tokens to look for among surface forms, each once, with its weight: those of the word,
/// and its roots, which the field of roots leaves out where a word is its own root.
fn weighted<'t>(exact: &'t [String], exact_weight: f32, root: &'t [String], root_weight: f32) -> Vec<(&'t str, f32)> {
    let mut weighted: Vec<(&str, f32)> = exact.iter().map(|token| (token.as_str(), exact_weight)).collect();
    for root in root {
        match weighted.iter_mut().find(|(token, _)| token == root) {
            Some((_, weight)) => *weight += root_weight,
            None => weighted.push((root, root_weight)),
        }
    }
    weighted
}

fn word(field: Field, token: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
}

/// Returns a query for tokens that follow one another; tantivy wants two or more for a phrase.
fn phrase(field: Field, tokens: &[String], slop: u32) -> Box<dyn Query> {
    match tokens {
        [token] => word(field, token),
        tokens => {
            let terms = tokens.iter().map(|token| Term::from_field_text(field, token)).collect();
            let mut phrase = PhraseQuery::new(terms);
            phrase.set_slop(slop);
            Box::new(phrase)
        }
    }
}

/// Returns a query for any of some words, scored by the best of them: ten rare spellings of one
/// word are no ten words.
fn any_of(field: Field, terms: &[String]) -> Option<Box<dyn Query>> {
    let words: Vec<Box<dyn Query>> = terms.iter().map(|term| word(field, term)).collect();
    (!words.is_empty()).then(|| Box::new(DisjunctionMaxQuery::new(words)) as Box<dyn Query>)
}

fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

fn unscored(query: impl Query) -> Box<dyn Query> {
    unscored_box(Box::new(query))
}

fn unscored_box(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
