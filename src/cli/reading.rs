//! The options that say how files become articles.

use kliping::index::Duplicates;
use kliping::ingest::{Fields, Format, ReadOptions};

#[derive(clap::Args)]
pub(super) struct ReadingArguments {
    /// Format of all files, instead of telling each by its content and name
    #[arg(long, value_name = "FORMAT", value_parser = parse_format, long_help = format_help())]
    format: Option<Format>,

    /// Fields of records: id, title, body, date, source, byline, url
    #[arg(long, value_name = "title=judul,body=isi", value_parser = Fields::parse)]
    map: Option<Fields>,

    /// Largest document that is read, in MiB
    #[arg(long, value_name = "MIB", default_value = "64")]
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

fn parse_format(text: &str) -> Result<Format, String> {
    let known = Format::NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    known.map(|(_, format)| *format).ok_or_else(format_help)
}

fn format_help() -> String {
    format!("One of {}", Format::NAMES.map(|(name, _)| name).join(", "))
}
