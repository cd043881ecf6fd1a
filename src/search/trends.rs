//! What matches, counted in the course of time.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::Serialize;

use super::embedded::tally::{Counted, Group, Tally, tally};
use super::request::SearchRequest;
use crate::error::Result;
use crate::index::Index;
use crate::query::Plan;

/// A stretch of time that articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// How often articles that match were published in the course of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trends {
    /// The query as typed.
    pub query: String,
    /// How it was read.
    pub reading: Plan,
    /// The length of a period.
    pub by: Interval,
    /// Articles that match.
    pub articles: usize,
    /// Those of which no date is known.
    pub undated: usize,
    /// From the first to the last with an article. Those between have their place too, unless they
    /// are more than [`Trends::MAX_PERIODS`] in all: then only those with articles are there.
    pub periods: Vec<Period>,
}

impl Trends {
    /// Periods in a row, at most: the days of 27 years.
    pub const MAX_PERIODS: usize = 10_000;
}

/// A period and how many articles were published in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// Articles published then.
    pub articles: usize,
    /// Stories that these articles tell.
    pub stories: usize,
}

/// Counts the articles that match `request` by time; its limit, offset and order mean nothing here.
///
/// # Errors
/// Fails only where the index cannot be read: any query is good.
pub fn trends(index: &Index, request: &SearchRequest, by: Interval) -> Result<Trends> {
    let reading = super::plan(index, request);
    let Tally { all, days, .. } = tally(index, &reading, request, Counted { outlets: false, days: true })?;
    let dated: usize = days.values().map(|group| group.n_articles).sum();
    Ok(Trends {
        query: request.query.clone(),
        reading,
        by,
        articles: all.n_articles,
        undated: all.n_articles - dated,
        periods: periods(&grouped(&days, by), by),
    })
}

/// Returns the articles of days, counted from 1970-01-01, by the first day of their interval.
pub(super) fn grouped(days: &BTreeMap<i64, Group>, interval: Interval) -> BTreeMap<Date, Group> {
    let mut groups: BTreeMap<Date, Group> = BTreeMap::new();
    for (day, group) in days {
        // A day out of the calendar comes from no article: dates are stored within it.
        let Ok(day) = date(1970, 1, 1).checked_add(day.days()) else { continue };
        groups.entry(interval.start(day)).or_default().add(group);
    }
    groups
}

fn periods(groups: &BTreeMap<Date, Group>, by: Interval) -> Vec<Period> {
    let period = |from: Date, group: &Group| Period {
        from,
        until: by.next(from).and_then(|next| next.yesterday().ok()).unwrap_or(Date::MAX),
        articles: group.n_articles,
        stories: group.stories.len(),
    };
    let (Some(first), Some(last)) = (groups.keys().next(), groups.keys().next_back()) else { return Vec::new() };
    let starts = std::iter::successors(Some(*first), |from| by.next(*from).filter(|next| next <= last));
    let starts: Vec<Date> = starts.take(Trends::MAX_PERIODS + 1).collect();
    if starts.len() > Trends::MAX_PERIODS {
        return groups.iter().map(|(from, group)| period(*from, group)).collect();
    }
    let nothing = Group::default();
    starts.into_iter().map(|from| period(from, groups.get(&from).unwrap_or(&nothing))).collect()
}

impl Interval {
    /// Returns the first day of the interval that `day` is in.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let days_in = day.weekday().since(Weekday::Monday);
                day.checked_sub(i64::from(days_in).days()).unwrap_or(Date::MIN)
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// Returns the first day of the next interval.
    fn next(self, start: Date) -> Option<Date> {
        let length = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        start.checked_add(length).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(by: Interval, day: Date, from: Date, next: Date) {
        assert_eq!((by.start(day), by.next(by.start(day))), (from, Some(next)), "{day}");
    }

    #[test]
    fn intervals_begin_and_end_with_the_calendar() {
        check(Interval::Day, date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 1));
        check(Interval::Week, date(2026, 3, 1), date(2026, 2, 23), date(2026, 3, 2));
        check(Interval::Week, date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 9));
        check(Interval::Month, date(2024, 2, 29), date(2024, 2, 1), date(2024, 3, 1));
        check(Interval::Year, date(2025, 12, 31), date(2025, 1, 1), date(2026, 1, 1));
    }

    fn of_days(days: &[(i64, usize)]) -> BTreeMap<i64, Group> {
        days.iter().map(|(day, n_articles)| (*day, Group { n_articles: *n_articles, ..Group::default() })).collect()
    }

    #[test]
    fn a_period_without_articles_has_its_place() {
        let days = of_days(&[(0, 2), (3, 1)]);
        let shown: Vec<(Date, usize)> = periods(&grouped(&days, Interval::Day), Interval::Day)
            .iter()
            .map(|period| (period.from, period.articles))
            .collect();
        assert_eq!(shown, [(date(1970, 1, 1), 2), (date(1970, 1, 2), 0), (date(1970, 1, 3), 0), (date(1970, 1, 4), 1)]);
    }

    #[test]
    fn days_far_apart_do_not_fill_the_memory() {
        let days = of_days(&[(-700_000, 1), (0, 1), (2_900_000, 1)]);
        assert_eq!(periods(&grouped(&days, Interval::Day), Interval::Day).len(), 3);
    }

    proptest! {
        #[test]
        fn periods_hold_every_article_once(days in prop::collection::btree_map(-20_000_i64..30_000, 1_usize..5, 0..30)) {
            let days: Vec<(i64, usize)> = days.into_iter().collect();
            let n_articles: usize = days.iter().map(|(_, n)| n).sum();
            for by in [Interval::Day, Interval::Week, Interval::Month, Interval::Year] {
                let periods = periods(&grouped(&of_days(&days), by), by);
                prop_assert_eq!(periods.iter().map(|period| period.articles).sum::<usize>(), n_articles);
                prop_assert!(periods.windows(2).all(|pair| pair[0].until < pair[1].from));
            }
        }
    }
}
