//! The formats that commands other than `search` write.

use clap::ValueEnum;

/// The formats of a command whose answer is no list of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    Text,
    /// One document
    Json,
}

/// The formats of a command whose answer is a list of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TextJsonOrTsv {
    /// For people
    Text,
    /// One document
    Json,
    /// Tab-separated values with a header line
    Tsv,
}
