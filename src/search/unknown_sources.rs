//! Outlets that a query asks for and the index does not have, and those that may be meant.

use serde::Serialize;

use super::embedded::vocabulary;
use super::request::SearchRequest;
use crate::analysis::fold;
use crate::error::Result;
use crate::index::{Index, OutletCount};
use crate::query::{self, Clause, ClauseKind, Plan};

/// Outlets that are looked into for one query, and that are proposed for one.
const MAX_SOURCES: usize = 3;

/// Letters of a name of which two may be wrong.
const MIN_CHARS_FOR_TWO: usize = 6;

/// An outlet that is asked for and that no article comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownSource {
    /// Its name, as typed.
    pub name: String,
    /// Outlets of the index that may be meant, those with the most articles first; none where none is near.
    pub suggestions: Vec<String>,
}

/// Returns the outlets that `plan` asks for or `request` prefers and that are not in the index.
pub(super) fn unknown_sources(index: &Index, plan: &Plan, request: &SearchRequest) -> Result<Vec<UnknownSource>> {
    let asked_for = named(&plan.clauses).into_iter().map(|(name, tokens)| (name, tokens.to_vec()));
    let preferred = request.preferred_sources.iter().map(|name| (name.as_str(), tokens(index, name)));
    unknown(index, asked_for.chain(preferred))
}

/// Returns which of the first few `names` are those of no outlet of `index`, and what may be meant.
///
/// # Errors
/// Fails where the lists of the index cannot be read.
pub fn unknown_outlets(index: &Index, names: &[String]) -> Result<Vec<UnknownSource>> {
    unknown(index, names.iter().map(|name| (name.as_str(), tokens(index, name))))
}

fn unknown<'a>(index: &Index, names: impl Iterator<Item = (&'a str, Vec<String>)>) -> Result<Vec<UnknownSource>> {
    let mut unknown = Vec::new();
    for (name, tokens) in names.take(MAX_SOURCES) {
        if !vocabulary::has_source(index, &tokens)? {
            let suggestions = near(name, &index.outlets()?);
            unknown.push(UnknownSource { name: name.to_owned(), suggestions });
        }
    }
    Ok(unknown)
}

fn tokens(index: &Index, name: &str) -> Vec<String> {
    let words = index.analyzer().analyze(name);
    words.iter().flat_map(|word| word.form.exact().split(' ').map(str::to_owned)).collect()
}

/// Returns the names of outlets that clauses ask for, and their tokens.
fn named(clauses: &[Clause]) -> Vec<(&str, &[String])> {
    let mut sources = Vec::new();
    for clause in clauses {
        match &clause.kind {
            ClauseKind::Source { exact } => sources.push((clause.text.as_str(), exact.as_slice())),
            ClauseKind::Group { clauses } => sources.extend(named(clauses)),
            ClauseKind::Word { .. }
            | ClauseKind::StopWord { .. }
            | ClauseKind::Phrase { .. }
            | ClauseKind::Prefix { .. }
            | ClauseKind::Fuzzy { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::All => {}
        }
    }
    sources
}

/// Returns the outlets whose name, with or without what follows a full stop, is nearly `name`.
fn near(name: &str, outlets: &[OutletCount]) -> Vec<String> {
    let name = fold(name);
    let most = if name.chars().count() < MIN_CHARS_FOR_TWO { 1 } else { 2 };
    let is_near = |outlet: &&OutletCount| {
        let whole = fold(&outlet.name);
        let first = whole.split('.').next().unwrap_or_default();
        query::is_within(&name, &whole, most) || query::is_within(&name, first, most)
    };
    outlets.iter().filter(is_near).take(MAX_SOURCES).map(|outlet| outlet.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let outlets = ["Kompas.com", "KompasTV", "tempo.co", "ANTARA", "TVRI"];
        let outlets = outlets.map(|name| OutletCount { name: name.to_owned(), articles: 1 });
        assert_eq!(near(name, &outlets), expected, "{name}");
    }

    #[test]
    fn names_are_near_with_and_without_their_domain() {
        check("kompass", &["Kompas.com", "KompasTV"]);
        check("Kompas.con", &["Kompas.com"]);
        check("temppo", &["tempo.co"]);
        check("antra", &["ANTARA"]);
        check("suara", &[]);
    }
}
