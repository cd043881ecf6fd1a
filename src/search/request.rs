//! What is asked.

use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::explain::Explain;
use super::facets::Facet;
use crate::analysis::{Analyzer, Memo};
use crate::article::ArticleDate;
use crate::query::{Clause, ClauseKind, Days, Plan, read_title};

/// What to search for and how much to return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchRequest {
    /// The query as typed; any text is good.
    pub query: String,
    /// Hits to return at most.
    pub limit: usize,
    /// Hits to pass over first; means nothing where `after` is given.
    pub offset: usize,
    /// The end of the page before.
    pub after: Option<Cursor>,
    /// Whether to count every match.
    pub count: Count,
    /// Whether articles that are copies of one another are one hit.
    pub duplicates: Duplicates,
    /// Outlets whose article stands for its copies where they have one, the most preferred first.
    pub preferred_sources: Vec<String>,
    /// What comes first.
    pub sort: Sort,
    /// What every hit must have beside what the query says.
    pub filters: Filters,
    /// What to count all that matches by.
    pub facets: Vec<Facet>,
    /// The age, in days, at which an article counts half as new; relative to the last day of the
    /// filters, else to the newest article. Without it age does not count. Only the articles that
    /// are ordered anew gain by it, at most the score of their first stage.
    pub half_life_days: Option<NonZeroU32>,
    /// Whether to explain the hits.
    pub explain: Explain,
    /// The day that `sejak 7 hari` counts from; without it such days are words.
    pub today: Option<Date>,
    /// Seconds that the days of the query are ahead of UTC.
    pub utc_offset_seconds: i32,
}

/// Whether articles that are copies of one another are one hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// A story is one hit, which lists its other articles.
    #[default]
    Fold,
    /// Every article is a hit.
    Show,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What answers the query best.
    #[default]
    Relevance,
    /// The latest date; what has no date comes last.
    Newest,
    /// The earliest date; what has no date comes last.
    Oldest,
}

/// What every hit must have beside what the query says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// The days it was published on.
    pub days: Days,
    /// The outlets or wires, one of which it comes from; a name without a word is none.
    pub sources: Vec<String>,
    /// What its title has, all of it: words, or a query as [`read`](crate::query::read) reads it.
    pub title: Option<String>,
    /// The id of an article to whose story it must not belong.
    pub not_story_of: Option<String>,
}

impl Filters {
    /// Adds the filters that a query can say too to `plan`, as its clauses.
    pub(crate) fn add_to(&self, plan: &mut Plan, analyzer: &Analyzer) {
        if self.days != Days::default() {
            let Days { from, until } = self.days;
            plan.require(Clause::new(0..0, &self.days.to_string(), ClauseKind::Date { from, until }));
        }
        self.source(analyzer).into_iter().for_each(|clause| plan.require(clause));
        let title = self.title.as_ref().map(|title| read_title(title, analyzer)).unwrap_or_default();
        plan.notes.extend(title.notes);
        for mut clause in title.clauses {
            stands_nowhere(&mut clause);
            plan.clauses.push(clause);
        }
    }

    /// Returns the clause that one of the sources meets, however many they are; a query reads a bounded number.
    fn source(&self, analyzer: &Analyzer) -> Option<Clause> {
        let mut memo = Memo::default();
        let mut clauses: Vec<Clause> = Vec::new();
        for name in &self.sources {
            let (mut words, mut exact) = (Vec::new(), Vec::new());
            analyzer.for_each_word(name, &mut memo, |range, form| {
                words.push(&name[range]);
                exact.extend(form.exact().split(' ').map(str::to_owned));
            });
            // The marks between them would be read as syntax where the plan is printed.
            let source = || Clause::new(0..0, &words.join(" "), ClauseKind::Source { exact });
            clauses.extend((!words.is_empty()).then(source));
        }
        match clauses.len() {
            0 | 1 => clauses.pop(),
            _ => Some(Clause::new(0..0, "", ClauseKind::Group { clauses })),
        }
    }
}

/// Takes the place in the query from a clause that does not stand there.
fn stands_nowhere(clause: &mut Clause) {
    clause.range = 0..0;
    if let ClauseKind::Group { clauses } = &mut clause.kind {
        clauses.iter_mut().for_each(stands_nowhere);
    }
}

/// Whether to count every article that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Count them exactly.
    Exact,
    /// Do not: the search may pass over articles that cannot reach the best ones.
    Skip,
}

impl Default for SearchRequest {
    /// Returns a request that looks for nothing.
    fn default() -> Self {
        Self::new("")
    }
}

impl SearchRequest {
    /// Hits of a page.
    pub const DEFAULT_LIMIT: usize = 10;

    /// Returns a request for the first page of `query`, with an exact count.
    #[must_use]
    pub fn new(query: &str) -> Self {
        Self {
            query: query.to_owned(),
            limit: Self::DEFAULT_LIMIT,
            offset: 0,
            after: None,
            count: Count::Exact,
            duplicates: Duplicates::Fold,
            preferred_sources: Vec::new(),
            sort: Sort::Relevance,
            filters: Filters::default(),
            facets: Vec::new(),
            half_life_days: None,
            explain: Explain::Nothing,
            today: None,
            utc_offset_seconds: ArticleDate::WIB,
        }
    }

    /// Returns the rank, from 1, of the hit at `index_on_page`, from 0.
    pub(super) fn rank(&self, index_on_page: usize) -> usize {
        self.first_index().saturating_add(index_on_page).saturating_add(1)
    }

    /// Returns how many hits stand before the page.
    pub(super) fn first_index(&self) -> usize {
        self.after.map_or(self.offset, |cursor| usize::try_from(cursor.rank).unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(sources: &[&str]) -> Plan {
        let sources = sources.iter().map(|source| (*source).to_owned()).collect();
        let mut plan = Plan::default();
        Filters { sources, ..Filters::default() }.add_to(&mut plan, &Analyzer::indonesian());
        plan
    }

    #[test]
    fn sources_read_as_those_of_a_query_do() {
        for (sources, query) in [
            (&["Suara \"Utara\""][..], "sumber:\"Suara Utara\""),
            (&["antara", "...", "tempo.co"], "sumber:antara sumber:\"tempo.co\""),
            (&["..."], ""),
        ] {
            let mut expected = crate::query::read(query, &Analyzer::indonesian(), None);
            expected.clauses.iter_mut().for_each(stands_nowhere);
            assert_eq!(plan(sources), expected, "{query}");
        }
    }

    #[test]
    fn as_many_sources_as_are_asked_for_are_alternatives() {
        let plan = plan(&["antara"; 100]);
        assert!(matches!(&plan.clauses[0].kind, ClauseKind::Group { clauses } if clauses.len() == 100), "{plan}");
    }
}
