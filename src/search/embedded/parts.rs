//! What a clause adds to the score: terms in fields, each with its weight.

use tantivy::query::{BoostQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::super::explain::{IndexField, TermKind};
use super::super::weights::{FIELDS, SPELT_OFF, SYNONYM};
use super::expand::{prefixed, spelt_nearly};
use super::postings::{as_float, idf};
use crate::error::Result;
use crate::index::Fields;
use crate::query::{Clause, ClauseKind, Plan, Scope, Telling, is_whole, is_within};

/// One addend of the score: what is looked for in a field.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) field: IndexField,
    /// The clause it is of, by its place among those that score.
    pub(super) clause: usize,
    /// The tokens: one, those of a phrase, or those that stand for one another.
    pub(super) tokens: Vec<String>,
    /// What each counts of those that stand for one another.
    pub(super) shares: Vec<f32>,
    pub(super) kind: TermKind,
    pub(super) slop: u32,
    pub(super) weight: f32,
}

impl Part {
    /// Returns the query whose score the part is.
    pub(super) fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let field = self.field.of(fields);
        let query = match self.kind {
            TermKind::Prefix | TermKind::Fuzzy => any_of(field, self.tokens.iter().zip(&self.shares)),
            TermKind::Word | TermKind::Synonym | TermKind::Phrase => phrase(field, &self.tokens, self.slop),
        };
        Box::new(BoostQuery::new(query, self.weight))
    }
}

impl IndexField {
    /// Whether it holds titles.
    pub(super) fn is_of_title(self) -> bool {
        matches!(self, Self::TitleExact | Self::TitleRoot)
    }

    pub(super) fn of(self, fields: &Fields) -> Field {
        match self {
            Self::TitleExact => fields.title_exact,
            Self::TitleRoot => fields.title_root,
            Self::BodyExact => fields.body_exact,
            Self::BodyRoot => fields.body_root,
        }
    }

    /// Returns the weight of the field where words are looked for in `scope`. A title that is asked for alone
    /// counts as a body does.
    fn weight(self, scope: Scope) -> f32 {
        match (self, scope) {
            (Self::TitleExact, Scope::Anywhere | Scope::Body) => FIELDS.title_exact,
            (Self::TitleRoot, Scope::Anywhere | Scope::Body) => FIELDS.title_root,
            (Self::TitleExact, Scope::Title) | (Self::BodyExact, _) => FIELDS.body_exact,
            (Self::TitleRoot, Scope::Title) | (Self::BodyRoot, _) => FIELDS.body_root,
        }
    }
}

/// Returns the parts of what scores in `plan`.
pub(super) fn all_parts(plan: &Plan, searcher: &Searcher, fields: &Fields) -> Result<Vec<Part>> {
    let mut all = Vec::new();
    for (number, clause) in plan.scoring().into_iter().enumerate() {
        let parts = parts(clause, searcher, fields)?.into_iter();
        all.extend(parts.map(|part| Part { clause: number, ..part }));
    }
    Ok(all)
}

/// Returns the parts of a clause, the sum of which is its score; none of what does not score.
pub(super) fn parts(clause: &Clause, searcher: &Searcher, fields: &Fields) -> Result<Vec<Part>> {
    let boost = boost(clause);
    let part = |field: IndexField, kind, tokens: Vec<String>, weight: f32| Part {
        field,
        clause: 0,
        tokens,
        shares: Vec::new(),
        kind,
        slop: 0,
        weight: weight * boost,
    };
    let mut parts = Vec::new();
    for [exact_field, root_field] in fields_of(clause.scope) {
        let [exact_weight, root_weight] = [exact_field, root_field].map(|field| field.weight(clause.scope));
        match &clause.kind {
            ClauseKind::Word { exact, root, .. } => {
                let Telling { alone, roots, together } = Telling::of(exact, root);
                let weight_of = |root: &String| if is_whole(exact, root) { exact_weight } else { root_weight };
                for (token, weight) in weighted(&alone, exact_weight, &roots, weight_of) {
                    parts.push(part(exact_field, TermKind::Word, vec![token.to_owned()], weight));
                }
                for token in &roots {
                    parts.push(part(root_field, TermKind::Word, vec![(*token).clone()], weight_of(token)));
                }
                if together {
                    parts.push(part(exact_field, TermKind::Word, exact.clone(), exact_weight));
                }
            }
            ClauseKind::Phrase { exact, slop } => {
                let phrase = part(exact_field, TermKind::Phrase, exact.clone(), exact_weight);
                parts.push(Part { slop: *slop, ..phrase });
            }
            ClauseKind::Prefix { exact: [beginning] } => {
                let words = prefixed(searcher, exact_field.of(fields), beginning)?;
                let shares = shares(&words, searcher, |_| 1.0);
                let tokens = words.into_iter().map(|(word, _)| word).collect();
                parts.push(Part { shares, ..part(exact_field, TermKind::Prefix, tokens, exact_weight) });
            }
            ClauseKind::Fuzzy { exact: [asked], distance } => {
                let words = spelt_nearly(searcher, exact_field.of(fields), asked, *distance)?;
                let shares = shares(&words, searcher, |word| SPELT_OFF[letters_off(asked, word)]);
                let tokens = words.into_iter().map(|(word, _)| word).collect();
                parts.push(Part { shares, ..part(exact_field, TermKind::Fuzzy, tokens, exact_weight) });
            }
            ClauseKind::StopWord { .. }
            | ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::All
            | ClauseKind::Group { .. } => {}
        }
        if let ClauseKind::Word { alternatives, .. } = &clause.kind {
            let synonym =
                |tokens: &Vec<String>| part(exact_field, TermKind::Synonym, tokens.clone(), exact_weight * SYNONYM);
            parts.extend(alternatives.iter().map(synonym));
        }
    }
    parts.retain(|part| !part.tokens.is_empty());
    Ok(parts)
}

/// Returns what each of some words counts that stand for one another, so that none counts more for being
/// rare: that it is rare says only that it is not what was asked for. `nearness` says how well it stands for
/// the others.
#[expect(clippy::cast_possible_truncation, reason = "the precision that scores have")]
fn shares(words: &[(String, u64)], searcher: &Searcher, nearness: impl Fn(&str) -> f32) -> Vec<f32> {
    let worth = |n_found: u64| idf(as_float(n_found), searcher.num_docs());
    let least = words.iter().map(|(_, n_found)| worth(*n_found)).fold(f64::INFINITY, f64::min);
    words.iter().map(|(word, n_found)| (least / worth(*n_found)) as f32 * nearness(word)).collect()
}

/// Returns how many letters, two at most, `word` is spelt off from the one asked for.
pub(super) fn letters_off(asked: &str, word: &str) -> usize {
    (0_u8..2).find(|off| is_within(asked, word, *off)).map_or(2, usize::from)
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
fn weighted<'t>(
    exact: &[&'t String],
    exact_weight: f32,
    root: &[&'t String],
    root_weight: impl Fn(&String) -> f32,
) -> Vec<(&'t str, f32)> {
    let mut weighted: Vec<(&str, f32)> = exact.iter().map(|token| (token.as_str(), exact_weight)).collect();
    for root in root {
        match weighted.iter_mut().find(|(token, _)| token == root) {
            Some((_, weight)) => *weight += root_weight(root),
            None => weighted.push((root, root_weight(root))),
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

/// Returns a query for any of some words, each with what it counts, scored by the best of them: ten rare
/// spellings of one word are no ten words.
fn any_of<'t>(field: Field, terms: impl Iterator<Item = (&'t String, &'t f32)>) -> Box<dyn Query> {
    let one = |(term, share): (&String, &f32)| Box::new(BoostQuery::new(word(field, term), *share)) as Box<dyn Query>;
    Box::new(DisjunctionMaxQuery::new(terms.map(one).collect()))
}
