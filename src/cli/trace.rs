//! `kliping trace`

use std::io::Write;

use kliping::output::{write_carriers, write_carriers_tsv, write_trace_json};
use kliping::search::{Trace, trace};

use super::exit::{Failure, Status};
use super::format::TextJsonOrTsv;
use super::free_text::free_text;
use super::number::at_least;
use super::place::Place;
use super::terminal::ColorChoice;
use super::unreadable;

const EXAMPLES: &str = "\
Examples:
  kliping trace \"Jing Jin Ji merupakan klaster yang akan dibangun China\"
  kliping trace --format tsv \"Jing Jin Ji merupakan klaster yang akan dibangun China\"

The earliest article comes first, those without a date last. Kinds: `copy` has the same words, `near_copy` differs in \
damage and grammar, `update` in figures, `restatement` in other words. Ten thousand articles are looked at; where there may be more, a line on standard error and \
`complete` in JSON say so. Exit status: 0 where there is one, 1 where none, 2 where an article cannot be read.";

/// Show who carries a sentence, exactly or nearly, the earliest first.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The sentence; several words are one sentence
    #[arg(required = true, value_name = "SENTENCE", value_parser = free_text)]
    sentence: Vec<String>,

    /// Articles to show at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100, value_parser = at_least(1_usize))]
    limit: usize,

    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: TextJsonOrTsv,

    /// When to colour the text format
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let sentence = self.sentence.join(" ");
        let mut found = trace(&place.open()?, &sentence)?;
        let n_left_out = found.carriers.len().saturating_sub(self.limit);
        found.carriers.truncate(self.limit);
        let written = match self.format {
            TextJsonOrTsv::Text => write_carriers(out, &found.carriers, self.color.colour()),
            TextJsonOrTsv::Json => write_trace_json(out, &sentence, &found),
            TextJsonOrTsv::Tsv => write_carriers_tsv(out, &found.carriers),
        };
        written.map_err(Failure::output)?;
        let mut err = std::io::stderr().lock();
        // Where standard error is gone, nobody is left to tell.
        if n_left_out > 0 {
            let _ = writeln!(err, "kliping: {n_left_out} later ones are not shown; see `--limit`");
        }
        if !found.is_complete {
            let _ = writeln!(err, "kliping: others may carry it too: not every article with these words was looked at");
        }
        unreadable::write_lost(&mut err, place, &found.unreadable);
        Ok(match found {
            Trace { unreadable, .. } if !unreadable.is_empty() => Status::Error,
            Trace { carriers, .. } if carriers.is_empty() => Status::NoHits,
            Trace { .. } => Status::Done,
        })
    }
}
