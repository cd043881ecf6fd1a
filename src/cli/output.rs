//! The options that say how hits are written.

use std::io::Write;

use clap::ValueEnum;
use kliping::output::{Format, HitField, Printer, Queries, Scores, Style};

use kliping::search::SearchResponse;

use super::exit::Failure;
use super::terminal::{ColorChoice, HyperlinkChoice, shown_path, width};

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

    /// Fields of a hit to write, and no others, in the formats json, jsonl, csv and tsv
    #[arg(long, value_enum, value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<FieldChoice>,

    /// When titles in the text format are links to their articles
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    hyperlink: HyperlinkChoice,

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FieldChoice {
    /// Place among all that match
    Rank,
    /// Score
    Score,
    /// Id
    Id,
    /// Title
    Title,
    /// Outlet or wire
    Source,
    /// Site, where that is not the source
    Site,
    /// Outlets and wires it credits
    Credits,
    /// When it was published
    Date,
    /// Place of the dateline
    Place,
    /// Address it was published at
    Url,
    /// File it was read from
    Path,
    /// Sentences that match
    Snippets,
    /// Repeated passages; in tables how many
    Folds,
    /// Other articles of the story; in tables how many
    Copies,
}

impl FieldChoice {
    fn field(self) -> HitField {
        match self {
            Self::Rank => HitField::Rank,
            Self::Score => HitField::Score,
            Self::Id => HitField::Id,
            Self::Title => HitField::Title,
            Self::Source => HitField::Source,
            Self::Site => HitField::Site,
            Self::Credits => HitField::Credits,
            Self::Date => HitField::Date,
            Self::Place => HitField::Place,
            Self::Url => HitField::Url,
            Self::Path => HitField::Path,
            Self::Snippets => HitField::Snippets,
            Self::Folds => HitField::Folds,
            Self::Copies => HitField::Copies,
        }
    }
}

impl OutputArguments {
    /// Returns a printer of the format.
    pub(super) fn printer<W: Write>(&self, out: W, queries: Queries) -> Result<Printer<W>, Failure> {
        let takes_fields = match self.format {
            FormatChoice::Json | FormatChoice::Jsonl | FormatChoice::Csv | FormatChoice::Tsv => true,
            FormatChoice::Text | FormatChoice::Trec | FormatChoice::Paths => self.fields.is_empty(),
        };
        if !takes_fields {
            return Err(Failure::Usage("`--fields` needs `--format json`, `jsonl`, `csv` or `tsv`".to_owned()));
        }
        let fields = self.fields.iter().map(|choice| choice.field()).collect();
        Printer::with_fields(out, self.format(), queries, fields).map_err(Failure::output)
    }

    /// Shows paths as seen from here; links of text need them whole.
    pub(super) fn show_paths(&self, response: &mut SearchResponse) {
        if self.format != FormatChoice::Text {
            response.hits.iter_mut().for_each(|hit| hit.path = shown_path(&hit.path));
        }
    }

    /// Returns the format of the output.
    fn format(&self) -> Format {
        match self.format {
            FormatChoice::Text => Format::Text(Style {
                colour: self.color.colour(),
                width: width(),
                scores: if self.scores { Scores::Show } else { Scores::Hide },
                hyperlinks: self.hyperlink.hyperlinks(),
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
