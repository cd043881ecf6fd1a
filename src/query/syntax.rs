//! Reading a query: words and `"phrases"`; every other character is punctuation.

use std::ops::Range;

use super::plan::{Clause, ClauseKind, Note, Plan};
use crate::analysis::{Analyzer, Memo, Word};

/// Clauses of a query that are searched for; a pasted paragraph has some 200 words.
const MAX_CLAUSES: usize = 512;

/// Returns the plan of `query`; any text gives one.
///
/// Stop words are left out where other words remain, and never inside quotes.
///
/// ```
/// use kliping::{analysis::Analyzer, query};
/// let plan = query::read("Ma'ruf Amin: (", &Analyzer::indonesian());
/// assert_eq!(plan.clauses.len(), 2);
/// assert!(query::read("((", &Analyzer::indonesian()).clauses.is_empty());
/// ```
#[must_use]
pub fn read(query: &str, analyzer: &Analyzer) -> Plan {
    let mut reader = Reader { query, analyzer, memo: Memo::default(), plan: Plan::default(), stop_words: Vec::new() };
    for part in parts(query) {
        match part {
            Part::Text(range) => reader.words(range),
            Part::Quoted(range) => reader.phrase(&range),
            Part::LoneQuote(offset) => reader.plan.notes.push(Note::UnpairedQuote { offset }),
        }
    }
    reader.finish()
}

/// A stretch of a query.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Text outside quotes.
    Text(Range<usize>),
    /// Text between a pair of quotes.
    Quoted(Range<usize>),
    /// A quote without partner, by its offset.
    LoneQuote(usize),
}

/// Divides a query at its quotation marks. A mark at an inch sign or in the middle of a word is a
/// mark all the same: a partner decides.
fn parts(query: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some((open, mark)) = find_quote(query, at) {
        parts.push(Part::Text(at..open));
        let inside = open + mark.len_utf8();
        let Some((close, closing)) = find_quote(query, inside) else {
            parts.push(Part::LoneQuote(open));
            at = inside;
            break;
        };
        parts.push(Part::Quoted(inside..close));
        at = close + closing.len_utf8();
    }
    parts.push(Part::Text(at..query.len()));
    parts
}

fn find_quote(query: &str, from: usize) -> Option<(usize, char)> {
    let quotes = ['"', '“', '”', '„', '«', '»', '＂'];
    query[from..].char_indices().find(|(_, c)| quotes.contains(c)).map(|(at, c)| (from + at, c))
}

struct Reader<'a> {
    query: &'a str,
    analyzer: &'a Analyzer,
    memo: Memo,
    plan: Plan,
    stop_words: Vec<Clause>,
}

impl Reader<'_> {
    fn words(&mut self, range: Range<usize>) {
        for word in self.analyze(&range) {
            let kind = ClauseKind::Word { exact: tokens(word.form.exact()), root: tokens(word.form.root()) };
            let clause = Clause { range: word.range, kind };
            if word.form.is_stop_word() {
                self.stop_words.push(clause);
            } else {
                self.plan.clauses.push(clause);
            }
        }
    }

    fn phrase(&mut self, range: &Range<usize>) {
        let exact: Vec<String> = self.analyze(range).iter().flat_map(|word| tokens(word.form.exact())).collect();
        if !exact.is_empty() {
            self.plan.clauses.push(Clause { range: range.clone(), kind: ClauseKind::Phrase { exact } });
        }
    }

    /// Returns the words of a range of the query, with ranges of the whole query.
    fn analyze(&mut self, range: &Range<usize>) -> Vec<Word> {
        let mut words = Vec::new();
        self.analyzer.for_each_word(&self.query[range.clone()], &mut self.memo, |at, form| {
            words.push(Word { range: range.start + at.start..range.start + at.end, form: form.clone() });
        });
        words
    }

    fn finish(mut self) -> Plan {
        if self.plan.clauses.is_empty() {
            self.plan.clauses = self.stop_words;
        } else if !self.stop_words.is_empty() {
            let words = self.stop_words.iter().map(|clause| self.query[clause.range.clone()].to_lowercase());
            self.plan.notes.push(Note::StopWords { words: distinct(words) });
        }
        let dropped = self.plan.clauses.len().saturating_sub(MAX_CLAUSES);
        if dropped > 0 {
            self.plan.clauses.truncate(MAX_CLAUSES);
            self.plan.notes.push(Note::TooManyWords { dropped });
        }
        self.plan
    }
}

fn tokens(joined: &str) -> Vec<String> {
    joined.split(' ').map(str::to_owned).collect()
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct = Vec::new();
    for word in words {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the clauses of a query: words by their roots, phrases in quotes.
    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let plan = read(query, &Analyzer::indonesian());
        let shown: Vec<String> = plan
            .clauses
            .iter()
            .map(|clause| match &clause.kind {
                ClauseKind::Word { root, .. } => root.join("+"),
                ClauseKind::Phrase { exact } => format!("\"{}\"", exact.join(" ")),
            })
            .collect();
        assert_eq!(shown, expected, "reading {query:?}");
    }

    #[test]
    fn words_are_looked_for_in_every_form() {
        check("kemandirian teknologi", &["mandiri", "teknologi"]);
    }

    #[test]
    fn quotes_make_phrases() {
        check("\"klaster Jing Jin Ji\" China", &["\"klaster jing jin ji\"", "china"]);
        check("“Dua Sesi”", &["\"dua sesi\""]);
        check("\"di atas\"", &["\"di atas\""]);
        check("\"\"", &[]);
    }

    #[test]
    fn any_other_character_is_punctuation() {
        check("Ma'ruf Amin: (", &["maruf", "amin"]);
        check("Jakarta - KPK) [x] ^~* \\", &["jakarta", "kpk", "x"]);
        check("judul:beras +wajib -bukan", &["judul", "beras", "wajib", "bukan"]);
    }

    #[test]
    fn stop_words_are_left_out_unless_they_are_all_there_is() {
        check("harga di pasar", &["harga", "pasar"]);
        check("yang dan", &["yang", "dan"]);
        let plan = read("harga di pasar", &Analyzer::indonesian());
        assert_eq!(plan.notes, [Note::StopWords { words: vec!["di".to_owned()] }]);
    }

    #[test]
    fn a_lone_quote_is_noted() {
        let plan = read("harga \"beras", &Analyzer::indonesian());
        assert_eq!(plan.notes, [Note::UnpairedQuote { offset: 6 }]);
        check("harga \"beras", &["harga", "beras"]);
    }

    #[test]
    fn a_query_of_any_length_is_bounded() {
        let plan = read(&"kata ".repeat(MAX_CLAUSES + 7), &Analyzer::indonesian());
        assert_eq!(plan.clauses.len(), MAX_CLAUSES);
        assert_eq!(plan.notes, [Note::TooManyWords { dropped: 7 }]);
    }

    proptest! {
        #[test]
        fn any_string_gives_a_plan_whose_ranges_slice_it(query in "(\\PC|[\"“”' ]|[a-z]{1,5}){0,40}") {
            let plan = read(&query, &Analyzer::indonesian());
            for clause in &plan.clauses {
                prop_assert!(query.get(clause.range.clone()).is_some());
            }
        }
    }
}
