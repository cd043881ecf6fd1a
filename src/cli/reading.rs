//! The options that say how files become articles.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use kliping::index::Duplicates;
use kliping::ingest::{Fields, Format, ReadOptions};

use super::number::at_least;

#[derive(clap::Args)]
pub(super) struct ReadingArguments {
    /// Format of all files, instead of telling each by its content and name
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    format: Option<Format>,

    /// Which fields of records are id, title, body, date, source, byline, url, where their names are not known
    #[arg(long, value_name = "title=judul,body=isi", value_parser = Fields::parse)]
    map: Option<Fields>,

    /// Largest document that is read, in MiB
    #[arg(long, value_name = "MIB", default_value = "64", value_parser = at_least(1_u32))]
    max_size: u32,

    /// Look for no repeated passages and no copies
    #[arg(long)]
    no_dedup: bool,
}

impl ReadingArguments {
    pub(super) fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.format,
            fields: self.map.clone().unwrap_or_default(),
            max_bytes: u64::from(self.max_size) << 20,
        }
    }

    pub(super) fn duplicates(&self) -> Duplicates {
        if self.no_dedup { Duplicates::Ignore } else { Duplicates::Find }
    }
}

/// Returns a parser of the names of formats.
fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMES.map(|(name, _)| name)).try_map(|name| {
        let known = Format::NAMES.into_iter().find(|(known, _)| *known == name);
        known.map(|(_, format)| format).ok_or_else(|| format!("`{name}` is not a format"))
    })
}
