//! What a clause adds to the score: terms in fields, each with its weight.

use tantivy::query::{BoostQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::super::explain::{IndexField, TermKind};
use super::super::weights::{FIELDS, SYNONYM};
use super::expand::{prefixed, spelt_nearly};
use crate::error::Result;
use crate::index::Fields;
use crate::query::{Clause, ClauseKind, Scope};

/// One addend of the score: what is looked for in a field.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) field: IndexField,
    /// The tokens: one, those of a phrase, or those that stand for one another.
    pub(super) tokens: Vec<String>,
    pub(super) kind: TermKind,
    pub(super) slop: u32,
    pub(super) weight: f32,
}

impl Part {
    /// Returns the query whose score the part is.
    pub(super) fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let field = self.field.of(fields);
        let query = match self.kind {
            TermKind::Prefix | TermKind::Fuzzy => any_of(field, &self.tokens),
            TermKind::Word | TermKind::Synonym | TermKind::Phrase => phrase(field, &self.tokens, self.slop),
        };
        Box::new(BoostQuery::new(query, self.weight))
    }
}

impl IndexField {
    pub(super) fn of(self, fields: &Fields) -> Field {
        match self {
            Self::TitleExact => fields.title_exact,
            Self::TitleRoot => fields.title_root,
            Self::BodyExact => fields.body_exact,
            Self::BodyRoot => fields.body_root,
        }
    }

    fn weight(self) -> f32 {
        match self {
            Self::TitleExact => FIELDS.title_exact,
            Self::TitleRoot => FIELDS.title_root,
            Self::BodyExact => FIELDS.body_exact,
            Self::BodyRoot => FIELDS.body_root,
        }
    }
}

/// Returns the parts of a clause, the sum of which is its score; none of what does not score.
pub(super) fn parts(clause: &Clause, searcher: &Searcher, fields: &Fields) -> Result<Vec<Part>> {
    let boost = boost(clause);
    let part = |field: IndexField, kind, tokens: Vec<String>, weight: f32| Part {
        field,
        tokens,
        kind,
        slop: 0,
        weight: weight * boost,
    };
    let mut parts = Vec::new();
    for [exact_field, root_field] in fields_of(clause.scope) {
        match &clause.kind {
            ClauseKind::Word { exact, root, .. } => {
                for (token, weight) in weighted(exact, exact_field.weight(), root, root_field.weight()) {
                    parts.push(part(exact_field, TermKind::Word, vec![token.to_owned()], weight));
                }
                for token in root {
                    parts.push(part(root_field, TermKind::Word, vec![token.clone()], root_field.weight()));
                }
            }
            ClauseKind::Phrase { exact, slop } => {
                let phrase = part(exact_field, TermKind::Phrase, exact.clone(), exact_field.weight());
                parts.push(Part { slop: *slop, ..phrase });
            }
            ClauseKind::Prefix { exact: [beginning] } => {
                let words = prefixed(searcher, exact_field.of(fields), beginning)?;
                parts.push(part(exact_field, TermKind::Prefix, words, exact_field.weight()));
            }
            ClauseKind::Fuzzy { exact: [word], distance } => {
                let words = spelt_nearly(searcher, exact_field.of(fields), word, *distance)?;
                parts.push(part(exact_field, TermKind::Fuzzy, words, exact_field.weight()));
            }
            ClauseKind::StopWord { .. }
            | ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::Group { .. } => {}
        }
    }
    if let ClauseKind::Word { alternatives, .. } = &clause.kind {
        for [exact_field, _] in fields_of(clause.scope) {
            let synonym = |tokens: &Vec<String>| {
                part(exact_field, TermKind::Synonym, tokens.clone(), exact_field.weight() * SYNONYM)
            };
            parts.extend(alternatives.iter().map(synonym));
        }
    }
    parts.retain(|part| !part.tokens.is_empty());
    Ok(parts)
}

/// Returns the fields of surface forms that a scope names, each with that of the roots beside it.
fn fields_of(scope: Scope) -> Vec<[IndexField; 2]> {
    let title = [IndexField::TitleExact, IndexField::TitleRoot];
    let body = [IndexField::BodyExact, IndexField::BodyRoot];
    match scope {
        Scope::Anywhere => vec![title, body],
        Scope::Title => vec![title],
        Scope::Body => vec![body],
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a boost has two decimals")]
pub(super) fn boost(clause: &Clause) -> f32 {
    clause.boost.factor() as f32
}

/// Returns the tokens to look for among surface forms, each once, with its weight: those of the word,
/// and its roots, which the field of roots leaves out where a word is its own root.
fn weighted<'t>(exact: &'t [String], exact_weight: f32, root: &'t [String], root_weight: f32) -> Vec<(&'t str, f32)> {
    let mut weighted: Vec<(&str, f32)> = exact.iter().map(|token| (token.as_str(), exact_weight)).collect();
    for root in root {
        match weighted.iter_mut().find(|(token, _)| token == root) {
            Some((_, weight)) => *weight += root_weight,
            None => weighted.push((root, root_weight)),
        }
    }
    weighted
}

fn word(field: Field, token: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
}

/// Returns a query for tokens that follow one another; tantivy wants two or more for a phrase.
pub(super) fn phrase(field: Field, tokens: &[String], slop: u32) -> Box<dyn Query> {
    match tokens {
        [token] => word(field, token),
        tokens => {
            let terms = tokens.iter().map(|token| Term::from_field_text(field, token)).collect();
            let mut phrase = PhraseQuery::new(terms);
            phrase.set_slop(slop);
            Box::new(phrase)
        }
    }
}

/// Returns a query for any of some words, scored by the best of them: ten rare spellings of one
/// word are no ten words.
fn any_of(field: Field, terms: &[String]) -> Box<dyn Query> {
    Box::new(DisjunctionMaxQuery::new(terms.iter().map(|term| word(field, term)).collect()))
}
