//! The options that say how hits are written.

use clap::ValueEnum;
use kliping::output::{Format, Scores, Style};

use super::terminal::{ColorChoice, width};

#[derive(clap::Args)]
pub(super) struct OutputArguments {
    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: FormatChoice,

    /// Name of the run in the last column of the TREC format
    #[arg(long, value_name = "TAG", default_value = "kliping")]
    run_tag: String,

    /// Show scores in the text format
    #[arg(long)]
    scores: bool,

    /// When to colour the text format
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatChoice {
    /// For people
    Text,
    /// One document, described in docs/search.schema.json
    Json,
    /// One object for each hit and line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// A TREC run
    Trec,
    /// The path of each hit
    Paths,
}

impl OutputArguments {
    /// Returns the format of the output.
    pub(super) fn format(&self) -> Format {
        match self.format {
            FormatChoice::Text => Format::Text(Style {
                colour: self.color.colour(),
                width: width(),
                scores: if self.scores { Scores::Show } else { Scores::Hide },
            }),
            FormatChoice::Json => Format::Json,
            FormatChoice::Jsonl => Format::JsonLines,
            FormatChoice::Csv => Format::Csv,
            FormatChoice::Tsv => Format::Tsv,
            FormatChoice::Trec => Format::Trec { tag: self.run_tag.clone() },
            FormatChoice::Paths => Format::Paths,
        }
    }
}
