//! Where a command works: the index and the dictionaries it goes by.

use std::path::{Path, PathBuf};

use kliping::analysis::Analyzer;
use kliping::error::Result;
use kliping::index::{Index, read_dictionaries};

use super::Arguments;
use super::exit::Failure;
use super::settings::Settings;

/// The folders in force.
pub(super) struct Place {
    index: PathBuf,
    dictionaries: Option<PathBuf>,
}

impl Place {
    /// Returns the folders that arguments, variables and settings files give.
    pub(super) fn new(arguments: &Arguments) -> std::result::Result<Self, Failure> {
        let settings = Settings::read()?;
        let index = arguments.index.clone().or(settings.index).unwrap_or_else(|| "index".into());
        Ok(Self { index, dictionaries: arguments.dictionaries.clone().or(settings.dictionaries) })
    }

    /// Returns the folder of the index.
    pub(super) fn index(&self) -> &Path {
        &self.index
    }

    /// Returns the analyzer with the user's dictionaries.
    pub(super) fn analyzer(&self) -> Result<Analyzer> {
        match &self.dictionaries {
            Some(folder) => Ok(Analyzer::with_dictionaries(&read_dictionaries(folder)?)),
            None => Ok(Analyzer::indonesian()),
        }
    }

    /// Opens the index.
    pub(super) fn open(&self) -> Result<Index> {
        Index::open_with(&self.index, self.analyzer()?)
    }
}
