//! A plan as tantivy queries.

use jiff::civil::{Date, DateTime};
use std::ops::Bound;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, RangeQuery};
use tantivy::{Searcher, Term};

use super::containing::ContainingQuery;
use super::matching::Matching;
use super::parts::{Part, all_parts, boost, parts, phrase};
use crate::error::Result;
use crate::index::Fields;
use crate::query::{Clause, ClauseKind, Plan, Presence};

/// A plan in queries.
pub(super) struct Compiled {
    /// The addends of the score: it is the sum of those that a document has.
    pub(super) parts: Vec<Part>,
    pub(super) matching: Matching,
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
        let all = all_parts(plan, self.searcher, self.fields)?;
        let matching = if is_union(&plan.clauses) {
            Some(Matching::Union { among: self.among(&plan.clauses)? })
        } else {
            self.all_of(&plan.clauses)?.map(Matching::Engine)
        };
        Ok(matching.map(|matching| Compiled { parts: all, matching }))
    }

    /// Returns the query that all that matches must be found by, whatever words it has; nothing where
    /// there is none.
    fn among(&self, clauses: &[Clause]) -> Result<Option<Box<dyn Query>>> {
        let mut among = Subqueries::new();
        for clause in clauses {
            match clause.presence {
                Presence::Must => among.extend(self.one(clause)?.map(|query| (Occur::Must, query))),
                Presence::MustNot => among.extend(self.one(clause)?.map(|query| (Occur::MustNot, query))),
                Presence::Should => {}
            }
        }
        Ok(conjunction(among))
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
        let only_filters = |clause: &Clause| clause.presence != Presence::Must || clause.is_filter();
        if clauses.iter().all(only_filters) {
            subqueries = with_one_of_the_optional(subqueries);
        }
        Ok(conjunction(subqueries))
    }

    /// Returns the query of one clause; nothing where it says nothing.
    fn one(&self, clause: &Clause) -> Result<Option<Box<dyn Query>>> {
        Ok(match &clause.kind {
            ClauseKind::StopWord { .. } => None,
            ClauseKind::Group { clauses } => self.all_of(clauses)?.map(|query| boosted(query, boost(clause))),
            ClauseKind::Source { exact } => Some(unscored_box(phrase(self.fields.source, exact, 0))),
            ClauseKind::Date { from, until } => Some(self.days(*from, *until)),
            ClauseKind::Url { part } => Some(self.address_with(part)),
            ClauseKind::All => Some(unscored(AllQuery)),
            ClauseKind::Word { .. }
            | ClauseKind::Phrase { .. }
            | ClauseKind::Prefix { .. }
            | ClauseKind::Fuzzy { .. } => Some(union(self.scoring(clause)?)),
        })
    }

    /// Returns the queries whose sum is the score of a clause.
    fn scoring(&self, clause: &Clause) -> Result<Vec<Box<dyn Query>>> {
        let parts = parts(clause, self.searcher, self.fields)?;
        Ok(parts.iter().map(|part| part.query(self.fields)).collect())
    }

    /// Returns the query of what was published from the first to the last of some days.
    fn days(&self, from: Option<Date>, until: Option<Date>) -> Box<dyn Query> {
        let midnight = |day: Date| Term::from_field_i64(self.fields.date, midnight(day, self.utc_offset));
        let lower = from.map_or(Bound::Unbounded, |day| Bound::Included(midnight(day)));
        let next = until.and_then(|day| day.tomorrow().ok());
        let upper = next.map_or(Bound::Unbounded, |day| Bound::Excluded(midnight(day)));
        unscored(RangeQuery::new(lower, upper))
    }

    /// Returns the query of what has `part` in its id or in the address it was published at.
    fn address_with(&self, part: &str) -> Box<dyn Query> {
        let containing = |field| Box::new(ContainingQuery::new(field, part)) as Box<dyn Query>;
        unscored_box(union(vec![containing(self.fields.id), containing(self.fields.url)]))
    }
}

/// Returns the seconds since 1970 when `day` begins where clocks are `utc_offset` seconds ahead of UTC.
pub(super) fn midnight(day: Date, utc_offset: i64) -> i64 {
    let since_epoch =
        day.to_datetime(jiff::civil::Time::midnight()).duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    since_epoch.as_secs() - utc_offset
}

/// Returns whether what matches `clauses` is what has any of some words, phrases and expansions, as far
/// as filters and exclusions let it.
fn is_union(clauses: &[Clause]) -> bool {
    let is_optional =
        |clause: &Clause| clause.presence == Presence::Should && !matches!(clause.kind, ClauseKind::StopWord { .. });
    let is_apart = |clause: &Clause| clause.presence == Presence::MustNot || clause.is_filter();
    let is_simple = |clause: &Clause| !matches!(clause.kind, ClauseKind::Group { .. }) && !clause.is_filter();
    clauses.iter().any(is_optional)
        && clauses.iter().all(|clause| match clause.presence {
            Presence::Should => is_simple(clause),
            Presence::Must | Presence::MustNot => is_apart(clause),
        })
}

/// Returns the query of some that hold together; nothing for none.
fn conjunction(mut subqueries: Subqueries) -> Option<Box<dyn Query>> {
    if !subqueries.is_empty() && subqueries.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        subqueries.push((Occur::Must, unscored(AllQuery)));
    }
    (!subqueries.is_empty()).then(|| Box::new(BooleanQuery::new(subqueries)) as Box<dyn Query>)
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
