//! The steps of a search, told as they end to whoever measures them.

use serde::Serialize;

/// A step of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The query was read.
    Reading,
    /// Candidates were found.
    FirstStage,
    /// The best of them were ordered anew.
    SecondStage,
    /// All that matches was counted, by facets too.
    Counting,
    /// Articles were fetched, and those of one story folded.
    Folding,
    /// Snippets were cut.
    Snippets,
    /// Corrections were looked for.
    Corrections,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Reading,
        Self::FirstStage,
        Self::SecondStage,
        Self::Counting,
        Self::Folding,
        Self::Snippets,
        Self::Corrections,
    ];
}

/// Is told of each step when it ends; a step may come several times. This module has no clock.
pub(super) type Observer<'a> = dyn FnMut(Step) + 'a;
