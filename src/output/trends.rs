//! Counts in the course of time: bars, CSV, JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::facets::{articles, counted};
use super::text::Style;
use crate::search::{Interval, Period, Trends};

/// Columns of the longest bar where the terminal does not say otherwise.
const BAR_COLUMNS: usize = 50;

/// Columns beside a bar: the period and its counts.
const BESIDE_COLUMNS: usize = 40;

/// Writes a bar for each period and what it stands for.
///
/// # Errors
/// Fails where `out` does.
pub fn write_trends(out: &mut impl Write, trends: &Trends, style: &Style) -> io::Result<()> {
    let most = trends.periods.iter().map(|period| period.articles).max().unwrap_or(0).max(1);
    let columns = style.width.map_or(BAR_COLUMNS, |width| width.saturating_sub(BESIDE_COLUMNS).max(10));
    for period in &trends.periods {
        let bar = bar(period.articles, most, columns);
        let blank = if bar.is_empty() { "" } else { " " };
        writeln!(out, "{}  {bar}{blank}{}", label(period, trends.by), counted(period.articles, period.stories))?;
    }
    if trends.undated > 0 {
        let note = format!("and {} without a date", articles(trends.undated));
        writeln!(out, "{}", style.colour.dim(&note))?;
    }
    Ok(())
}

/// Returns a bar that is as long among `columns` as `n` is among `most`, to an eighth of a column.
fn bar(n: usize, most: usize, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (n.saturating_mul(columns * 8) / most).max(usize::from(n > 0));
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// Returns a period as ISO 8601 has it; a week by its first and last day.
fn label(period: &Period, by: Interval) -> String {
    match by {
        Interval::Day => period.from.to_string(),
        Interval::Week => format!("{}..{}", period.from, period.until),
        Interval::Month => period.from.strftime("%Y-%m").to_string(),
        Interval::Year => period.from.strftime("%Y").to_string(),
    }
}

/// Writes a row for each period under a header.
///
/// # Errors
/// Fails where `out` does.
pub fn write_trends_csv(out: &mut impl Write, trends: &Trends) -> io::Result<()> {
    writeln!(out, "from,until,articles,stories")?;
    trends
        .periods
        .iter()
        .try_for_each(|Period { from, until, articles, stories }| writeln!(out, "{from},{until},{articles},{stories}"))
}

/// Writes the counts as JSON: `kliping.trends/1`.
///
/// # Errors
/// Fails where `out` does.
pub fn write_trends_json(out: &mut impl Write, trends: &Trends) -> io::Result<()> {
    #[derive(Serialize)]
    struct Json<'a> {
        schema: &'static str,
        query: &'a str,
        reading: super::json::Reading<'a>,
        by: Interval,
        articles: usize,
        undated: usize,
        periods: &'a [Period],
    }
    let Trends { query, reading, by, articles, undated, periods } = trends;
    let reading = super::json::Reading::new(reading);
    let (by, articles, undated) = (*by, *articles, *undated);
    let json = Json { schema: "kliping.trends/1", query, reading, by, articles, undated, periods };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(4, 4, 4), "████");
        assert_eq!(bar(1, 4, 2), "▌");
        assert_eq!(bar(3, 8, 4), "█▌");
        assert_eq!(bar(1, 1_000_000, 10), "▏");
        assert_eq!(bar(0, 4, 4), "");
    }
}
