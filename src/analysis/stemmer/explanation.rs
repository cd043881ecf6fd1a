//! Why a word has the root it has: what `kliping analyze` shows.

use std::fmt;

use serde::Serialize;

use super::affixes::{Ending, Particle, Possessive, PrefixReading, Suffix};
use super::{Candidate, Decision, Rule};

/// The root of a word, the rule that gave it, and what else was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The word as it was asked.
    pub word: String,
    /// Its root.
    pub root: String,
    /// The rule that decided.
    pub rule: Rule,
    /// Whether a user's dictionary has the word or its root.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// The affixes around the root, outermost first and in the order of the word: `meN-`, `per-`, then `-kan`, `-nya`.
    /// Empty where the rule took no affix off.
    pub prefixes: Vec<&'static str>,
    /// The suffix, the possessive and the particle.
    pub suffixes: Vec<&'static str>,
    /// Every analysis that leaves a known word, the cheapest first. A word that is in a table is not weighed against
    /// them: it keeps the root the table gives.
    pub analyses: Vec<Analysis>,
}

/// One way to cut a word around a known root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Analysis {
    /// The prefixes, the outermost first.
    pub prefixes: Vec<&'static str>,
    /// The root.
    pub root: String,
    /// The suffix, the possessive and the particle, where the word has them.
    pub suffixes: Vec<&'static str>,
    /// The cost: that of the affixes less what the root is worth. The least wins.
    pub cost: i16,
}

impl Explanation {
    pub(super) fn new(word: &str, decision: &Decision<'_>, analyses: Vec<Analysis>) -> Self {
        let (prefixes, suffixes) =
            decision.affixes.map_or_else(Default::default, |(reading, ending)| (prefixes(&reading), suffixes(&ending)));
        let root = decision.root.clone().into_owned();
        Self { word: word.to_owned(), root, rule: decision.rule, own: decision.own, prefixes, suffixes, analyses }
    }

    /// Returns the explanation with the affixes that were taken off what its own affixes leave.
    pub(super) fn around(mut self, rest: Self) -> Self {
        self.prefixes.extend(rest.prefixes);
        self.suffixes.splice(..0, rest.suffixes);
        self
    }
}

/// Writes the word as its parts: `meN- + target + -kan`.
impl fmt::Display for Analysis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parts(f, &self.prefixes, &self.root, &self.suffixes)
    }
}

/// Writes the winner as its parts, and why it won: `meN- + target + -kan (affixes around a known root)`.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parts(f, &self.prefixes, &self.root, &self.suffixes)?;
        write!(f, " ({}{})", self.rule.reason(), if self.own { ", of a user's dictionary" } else { "" })
    }
}

fn write_parts(f: &mut fmt::Formatter<'_>, prefixes: &[&str], root: &str, suffixes: &[&str]) -> fmt::Result {
    let parts: Vec<&str> = prefixes.iter().copied().chain([root]).chain(suffixes.iter().copied()).collect();
    f.write_str(&parts.join(" + "))
}

impl Rule {
    /// Returns what the rule says, in a few words.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Unanalysed => "not stemmed: too short or too long, or not the letters a to z",
            Self::Acronym => "not stemmed: an acronym",
            Self::RootWord => "a root word",
            Self::ClosedClass => "a word of grammar, its own root",
            Self::Irregular => "in a table of irregular words",
            Self::Variant => "another spelling of the root",
            Self::Name => "a name",
            Self::Affixes => "affixes around a known root",
            Self::UnknownRoot => "affixes that are safe around an unknown root",
            Self::Clitics => "clitics behind an unknown word",
            Self::English => "an English word",
            Self::Unknown => "an unknown word",
        }
    }
}

impl Analysis {
    pub(super) fn new(candidate: &Candidate<'_>) -> Self {
        Self {
            prefixes: prefixes(&candidate.reading),
            root: candidate.known.root.to_owned(),
            suffixes: suffixes(&candidate.ending),
            cost: candidate.cost,
        }
    }
}

fn prefixes(reading: &PrefixReading) -> Vec<&'static str> {
    reading.chain.iter().map(|prefix| prefix.name()).collect()
}

fn suffixes(ending: &Ending) -> Vec<&'static str> {
    let suffix = ending.suffix.map(Suffix::name);
    let possessive = ending.possessive.map(Possessive::name);
    let particle = ending.particle.map(Particle::name);
    [suffix, possessive, particle].into_iter().flatten().collect()
}
