//! The options that say how articles of one story are shown.

use clap::ValueEnum;
use kliping::search::Duplicates;

use super::free_text::free_text;

#[derive(clap::Args)]
pub(super) struct StoryArguments {
    /// Whether articles that are copies of one another are one hit [default: fold; show in the format trec, where
    /// each article is judged by itself]
    #[arg(long, value_enum, hide_default_value = true)]
    duplicates: Option<DuplicatesChoice>,

    #[command(flatten)]
    pub(super) preference: PreferenceArguments,
}

#[derive(clap::Args)]
pub(super) struct PreferenceArguments {
    /// The outlet whose article stands for its copies, where one of the first hundred is its own; several from the most
    /// preferred on, `kompas,antara` or one by one [default: whom the others credit, then the earliest, then the
    /// longest]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = free_text)]
    pub(super) prefer_source: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DuplicatesChoice {
    /// A story is one hit, its other articles are listed with it
    Fold,
    /// Every article is a hit
    Show,
}

impl StoryArguments {
    /// Returns what was asked for, `otherwise` where nothing was.
    pub(super) fn duplicates(&self, otherwise: Duplicates) -> Duplicates {
        match self.duplicates {
            Some(DuplicatesChoice::Fold) => Duplicates::Fold,
            Some(DuplicatesChoice::Show) => Duplicates::Show,
            None => otherwise,
        }
    }
}
