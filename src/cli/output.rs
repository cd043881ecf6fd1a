//! The options that say how hits are written.

use std::io::Write;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use kliping::output::{Format, HitField, PathEnd, Printer, Queries, Scores, Style};

use kliping::search::SearchResponse;

use super::exit::Failure;
use super::terminal::{ColorChoice, HyperlinkChoice, shown_path, width};

#[derive(clap::Args)]
pub(super) struct OutputArguments {
    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: FormatChoice,

    /// Name of the run in the last column of the TREC format [default: kliping]
    #[arg(long, value_name = "TAG")]
    run_tag: Option<String>,

    /// Show scores in the text format
    #[arg(long)]
    scores: bool,

    /// Fields of a hit to write, and no others, in the formats json, jsonl, csv and tsv
    #[arg(long, value_parser = field(), value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<HitField>,

    /// End each path of the format paths with a zero byte instead of a line end, for `xargs -0`
    #[arg(short = '0', long)]
    null: bool,

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
    /// Comma-separated values with a header; an apostrophe stands before what a spreadsheet would run as a formula
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// A TREC run
    Trec,
    /// The path of each hit
    Paths,
}

/// Returns a parser of the names of fields.
fn field() -> impl TypedValueParser<Value = HitField> {
    let named = |field: HitField| PossibleValue::new(field.key()).help(what_is(field));
    PossibleValuesParser::new(HitField::ALL.map(named)).try_map(|name| {
        let known = HitField::ALL.into_iter().find(|field| field.key() == name);
        known.ok_or_else(|| format!("`{name}` is not a field"))
    })
}

/// Says what `field` holds.
fn what_is(field: HitField) -> &'static str {
    match field {
        HitField::Rank => "Place among all that match",
        HitField::Score => "Score",
        HitField::Id => "Id",
        HitField::Title => "Title",
        HitField::Source => "Outlet or wire",
        HitField::Site => "Site, where that is not the source",
        HitField::Credits => "Outlets and wires it credits",
        HitField::Date => "When it was published",
        HitField::Place => "Place of the dateline",
        HitField::Url => "Address it was published at",
        HitField::Path => "File it was read from",
        HitField::Snippets => "Sentences that match",
        HitField::Folds => "Repeated passages; in tables how many",
        HitField::Copies => "Other articles of the story; in tables how many",
    }
}

impl OutputArguments {
    /// Returns a printer of the format.
    pub(super) fn printer<W: Write>(&self, out: W, queries: Queries) -> Result<Printer<W>, Failure> {
        if let Some(misuse) = self.misuse() {
            return Err(Failure::Usage(misuse.to_owned()));
        }
        Printer::with_fields(out, self.format(), queries, self.fields.clone()).map_err(Failure::output)
    }

    /// Says what to do where an option means nothing in the format.
    fn misuse(&self) -> Option<&'static str> {
        let takes_fields = match self.format {
            FormatChoice::Json | FormatChoice::Jsonl | FormatChoice::Csv | FormatChoice::Tsv => true,
            FormatChoice::Text | FormatChoice::Trec | FormatChoice::Paths => self.fields.is_empty(),
        };
        if !takes_fields {
            return Some("`--fields` needs `--format json`, `jsonl`, `csv` or `tsv`");
        }
        if self.scores && self.format != FormatChoice::Text {
            return Some("`--scores` needs `--format text`; every other format but `paths` always has them");
        }
        if self.run_tag.is_some() && self.format != FormatChoice::Trec {
            return Some("`--run-tag` needs `--format trec`");
        }
        if self.null && self.format != FormatChoice::Paths {
            return Some("`--null` needs `--format paths`");
        }
        None
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
            FormatChoice::Trec => Format::Trec { tag: self.run_tag.clone().unwrap_or_else(|| "kliping".to_owned()) },
            FormatChoice::Paths => Format::Paths(if self.null { PathEnd::Null } else { PathEnd::Line }),
        }
    }
}
