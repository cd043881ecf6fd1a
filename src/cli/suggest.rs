//! `kliping suggest`

use std::io::Write;

use kliping::output::{write_suggestions, write_suggestions_json};
use kliping::search::{SearchRequest, suggest};

use super::exit::{Failure, Status};
use super::format::TextOrJson;
use super::free_text::free_text;
use super::number::at_least;
use super::place::Place;
use super::unreadable;

const EXAMPLES: &str = "\
Examples:
  kliping suggest kecer
  kliping suggest china targ -n 5          the last word is completed, the others stand before it
  kliping suggest --format json kuan";

/// Complete the beginning of a query: with words and titles of the index.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The beginning of a query; several words are one beginning
    #[arg(value_name = "PREFIX", value_parser = free_text, required = true)]
    prefix: Vec<String>,

    /// Words and titles to show at most, of each
    #[arg(short = 'n', long, value_name = "N", default_value_t = SearchRequest::DEFAULT_LIMIT, value_parser = at_least(0_usize))]
    limit: usize,

    /// Format of the output; text is one a line, queries before titles
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let suggestions = suggest(&place.open()?, &self.prefix.join(" "), self.limit)?;
        let written = match self.format {
            TextOrJson::Text => write_suggestions(out, &suggestions),
            TextOrJson::Json => write_suggestions_json(out, &suggestions),
        };
        written.map_err(Failure::output)?;
        unreadable::write_lost(&mut std::io::stderr().lock(), place, &suggestions.unreadable);
        if !suggestions.unreadable.is_empty() {
            return Ok(Status::Error);
        }
        let found = !suggestions.terms.is_empty() || !suggestions.titles.is_empty();
        Ok(if found { Status::Done } else { Status::NoHits })
    }
}
