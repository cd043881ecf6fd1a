//! Why a hit has its score, for people.

use std::io::{self, Write};

use super::text::{INDENT, Style, printable};
use crate::search::{FeatureScore, IndexField, MetWord, ScoreExplanation, TermKind, TermScore};

/// Writes the parts of a score, the largest sums first, and the words that met the query.
pub(super) fn write(out: &mut impl Write, explanation: &ScoreExplanation, style: &Style) -> io::Result<()> {
    let sum = format!(
        "score {:.3} = {:.3} for terms + {:.3} for where they stand",
        explanation.score(),
        explanation.first_stage_score(),
        explanation.second_stage_score()
    );
    writeln!(out, "{INDENT}{}", style.colour.dim(&sum))?;
    for term in &explanation.first_stage {
        writeln!(out, "{INDENT}{:>9.3}  {}", term.score, printable(&spoken_term(term)))?;
    }
    for FeatureScore { feature, value, weight, score } in &explanation.second_stage {
        writeln!(out, "{INDENT}{score:>9.3}  {feature}: {value:.3} x {weight}")?;
    }
    explanation.words.iter().try_for_each(|word| writeln!(out, "{INDENT}{}", printable(&spoken_word(word))))
}

/// Returns what a term is and where it stands: `beras: root "beras" in the body`.
fn spoken_term(term: &TermScore) -> String {
    let tokens = term.tokens.join(" ");
    let what = match (term.kind, term.field) {
        (TermKind::Word, IndexField::TitleRoot | IndexField::BodyRoot) => {
            format!("other words of the root \"{tokens}\"")
        }
        (TermKind::Word, IndexField::TitleExact | IndexField::BodyExact) => format!("\"{tokens}\""),
        (TermKind::Synonym, _) => format!("\"{tokens}\", which says the same,"),
        (TermKind::Phrase, _) => format!("the phrase \"{tokens}\""),
        (TermKind::Prefix, _) => format!("the best of {} words that begin so", term.tokens.len()),
        (TermKind::Fuzzy, _) => format!("the best of {} words spelt nearly so", term.tokens.len()),
    };
    let place = match term.field {
        IndexField::TitleExact | IndexField::TitleRoot => "title",
        IndexField::BodyExact | IndexField::BodyRoot => "body",
    };
    format!("{}: {what} in the {place}", term.query)
}

/// Returns which form met which word, and by which analysis.
fn spoken_word(word: &MetWord) -> String {
    let times = if word.times == 1 { "once".to_owned() } else { format!("{} times", word.times) };
    let analyses: Vec<String> = word.analyses.iter().map(ToString::to_string).collect();
    let because = if analyses.is_empty() { String::new() } else { format!(": {}", analyses.join("; ")) };
    format!("{} met {} {times}{because}", word.query, word.form)
}
