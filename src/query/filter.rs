//! Clauses for what is asked for beside a query.

use super::plan::{Clause, ClauseKind, Presence, Scope};
use super::synonyms::Finder;
use super::syntax::{kind_of_word, tokens};
use crate::analysis::{Analyzer, Word};

/// Returns the clause that one of `sources` meets; `None` where none of them has a word.
pub(crate) fn source_filter(sources: &[String], analyzer: &Analyzer) -> Option<Clause> {
    let clause = |source: &String| {
        let (name, words) = spaced(source, analyzer);
        let exact: Vec<String> = words.iter().flat_map(|word| tokens(word.form.exact())).collect();
        (!exact.is_empty()).then(|| Clause::new(0..0, &name, ClauseKind::Source { exact }))
    };
    let mut clauses: Vec<Clause> = sources.iter().filter_map(clause).collect();
    match clauses.len() {
        0 | 1 => clauses.pop(),
        _ => Some(Clause::new(0..0, "", ClauseKind::Group { clauses })),
    }
}

/// Returns clauses that each title with all words of `text` meets.
pub(crate) fn title_filter(text: &str, analyzer: &Analyzer) -> Vec<Clause> {
    let (text, words) = spaced(text, analyzer);
    let clause = |word: &Word| {
        let surface = &text[word.range.clone()];
        let clause = Clause::new(word.range.clone(), surface, kind_of_word(word, surface, analyzer));
        Clause { scope: Scope::Title, ..clause.with_presence(Presence::Must) }
    };
    let mut clauses: Vec<Clause> = words.iter().map(clause).collect();
    Finder::new(&text, &words, analyzer.synonyms()).add_to(&mut clauses);
    // They stand nowhere in the query.
    clauses.into_iter().map(|clause| Clause { range: 0..0, ..clause }).collect()
}

/// Returns the words of `text` with a blank between them, as a query has them, and where each stands there.
fn spaced(text: &str, analyzer: &Analyzer) -> (String, Vec<Word>) {
    let words: Vec<&str> = analyzer.analyze(text).into_iter().map(|word| &text[word.range]).collect();
    let spaced = words.join(" ");
    let words = analyzer.analyze(&spaced);
    (spaced, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::read;

    /// Checks that a filter and the query that says the same are one plan.
    #[track_caller]
    fn check(filter: impl IntoIterator<Item = Clause>, query: &str) {
        let analyzer = Analyzer::indonesian();
        let mut plan = crate::query::Plan::default();
        filter.into_iter().for_each(|clause| plan.require(clause));
        let mut expected = read(query, &analyzer, None);
        expected.clauses.iter_mut().for_each(nowhere);
        assert_eq!(plan, expected);
        assert_eq!(plan.to_string(), expected.to_string());
    }

    fn nowhere(clause: &mut Clause) {
        clause.range = 0..0;
        if let ClauseKind::Group { clauses } = &mut clause.kind {
            clauses.iter_mut().for_each(nowhere);
        }
    }

    #[test]
    fn filters_read_as_queries_do() {
        let analyzer = Analyzer::indonesian();
        let sources = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            source_filter(&names, &analyzer)
        };
        check(sources(&["Suara \"Utara\""]), "sumber:\"Suara Utara\"");
        check(sources(&["antara", "...", "tempo.co"]), "sumber:antara sumber:\"tempo.co\"");
        check(sources(&["..."]), "");
        for words in ["harga beras", "Kecerdasan Buatan", "yang dan", "COVID-19", "AND"] {
            let query: Vec<String> = words.split(' ').map(|word| format!("+judul:\\{word}")).collect();
            check(title_filter(words, &analyzer), &query.join(" "));
        }
    }

    #[test]
    fn as_many_sources_as_are_asked_for_are_alternatives() {
        let analyzer = Analyzer::indonesian();
        let names: Vec<String> = (0..100).map(|n| format!("media{n}")).collect();
        let Some(Clause { kind: ClauseKind::Group { clauses }, .. }) = source_filter(&names, &analyzer) else {
            panic!("a group");
        };
        assert!(clauses.len() == 100 && clauses.iter().all(|clause| clause.presence == Presence::Should));
    }
}
