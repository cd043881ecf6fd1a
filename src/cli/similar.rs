//! `kliping similar`

use std::io::Write;

use kliping::output::{Queries, SINGLE_QUERY_ID};
use kliping::search::{SearchRequest, similar};

use super::exit::{Failure, Status};
use super::filters::FilterArguments;
use super::number::at_least;
use super::output::OutputArguments;
use super::place::Place;
use super::unreadable;

const EXAMPLES: &str = "\
Examples:
  kliping similar 003
  kliping similar --since 2026 -n 3 004
  kliping similar --format paths 002_78c7bee98fa67bd0.txt";

/// Find articles about the same things as one article, without its copies.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Id of the article, or its beginning
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    output: OutputArguments,

    /// Hits to show at most; 0 only counts
    #[arg(short = 'n', long, value_name = "N", default_value_t = SearchRequest::DEFAULT_LIMIT, value_parser = at_least(0_usize))]
    limit: usize,

    /// Hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = at_least(0_usize))]
    offset: usize,

    #[command(flatten)]
    filters: FilterArguments,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let request = SearchRequest { limit: self.limit, offset: self.offset, ..self.filters.request()? };
        let mut response = similar(&place.open()?, &self.id, &request)?;
        self.output.show_paths(&mut response);
        let mut printer = self.output.printer(out, Queries::Single)?;
        printer.response(SINGLE_QUERY_ID, &response).map_err(Failure::output)?;
        printer.finish().map_err(Failure::output)?;
        unreadable::write(&mut std::io::stderr().lock(), place, &response.unreadable);
        if !response.unreadable.is_empty() {
            return Ok(Status::Error);
        }
        let has_matches = response.counts.is_some_and(|counts| counts.articles > 0);
        let is_counted = self.limit == 0 && has_matches;
        Ok(if response.hits.is_empty() && !is_counted { Status::NoHits } else { Status::Done })
    }
}
