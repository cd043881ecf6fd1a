//! `kliping trends`

use std::io::Write;

use clap::ValueEnum;
use kliping::output::{Style, write_trends, write_trends_csv, write_trends_json};
use kliping::search::{Interval, SearchRequest, Trends, trends};

use super::exit::{Failure, Status};
use super::filters::{FILTERS, FilterArguments};
use super::free_text::free_text;
use super::place::Place;
use super::terminal::{ColorChoice, width};

const EXAMPLES: &str = "\
Examples:
  kliping trends china
  kliping trends --source hallonews             all that an outlet published
  kliping trends --by year kecerdasan buatan
  kliping trends --by week --since 2026 --source hallonews china
  kliping trends --by day --format csv '\"kecerdasan buatan\" tanggal:2026'";

/// Count the articles that match a query over time.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to look for, as in `search`; several words are one query
    #[arg(value_name = "QUERY", value_parser = free_text, required_unless_present_any = FILTERS)]
    query: Vec<String>,

    /// Length of a period
    #[arg(long, value_enum, value_name = "PERIOD", default_value = "month")]
    by: IntervalChoice,

    #[command(flatten)]
    filters: FilterArguments,

    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: FormatChoice,

    /// When to colour the text format
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum IntervalChoice {
    /// A day
    Day,
    /// Monday to Sunday
    Week,
    /// A month
    Month,
    /// A year
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatChoice {
    /// Bars
    Text,
    /// Comma-separated values with a header
    Csv,
    /// One document
    Json,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let request = SearchRequest { query: self.query.join(" "), ..self.filters.request()? };
        let by = match self.by {
            IntervalChoice::Day => Interval::Day,
            IntervalChoice::Week => Interval::Week,
            IntervalChoice::Month => Interval::Month,
            IntervalChoice::Year => Interval::Year,
        };
        let trends = trends(&place.open()?, &request, by)?;
        let written = match self.format {
            FormatChoice::Text => {
                let style = Style { colour: self.color.colour(), width: width(), ..Style::default() };
                write_trends(out, &trends, &style)
            }
            FormatChoice::Csv => {
                say_undated(&trends);
                write_trends_csv(out, &trends)
            }
            FormatChoice::Json => write_trends_json(out, &trends),
        };
        written.map_err(Failure::output)?;
        Ok(if trends.articles > 0 { Status::Done } else { Status::NoHits })
    }
}

/// Says how many articles stand in no line of the table.
fn say_undated(trends: &Trends) {
    let articles = if trends.undated == 1 { "article has" } else { "articles have" };
    if trends.undated > 0 {
        // Where standard error is gone, nobody is left to tell.
        let _ =
            writeln!(std::io::stderr().lock(), "kliping: {} {articles} no date and stand in no line", trends.undated);
    }
}
