//! Expressions of one meaning: `AI` and *kecerdasan buatan*, `China`, *Cina* and *Tiongkok*.
//!
//! They work on queries alone: the index holds what the articles say. An expression in capitals is
//! an acronym, and one that is also a word (`AS`, `DI`, `PAN`) counts only where the query writes it
//! in capitals too.

use rustc_hash::FxHashMap;

use super::dictionaries::entries;
use super::{Analyzer, Word, fold};

/// The sets this library comes with.
const BUILT_IN: &str = include_str!("synonyms.tsv");

/// Expressions of one meaning, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SynonymSet(Vec<String>);

impl SynonymSet {
    /// Returns the set of a line, its expressions separated by tabs; `None` where there are fewer
    /// than two that a text can tell apart.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let is_text = |expression: &&str| expression.contains(char::is_alphanumeric);
        let expressions: Vec<String> = line.split('\t').map(str::trim).filter(is_text).map(str::to_owned).collect();
        let first = fold(expressions.first()?);
        expressions.iter().any(|expression| fold(expression) != first).then_some(Self(expressions))
    }

    /// Returns the sets this library comes with.
    fn built_in() -> impl Iterator<Item = Self> {
        entries(BUILT_IN).filter_map(Self::parse)
    }
}

/// One way to say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    text: String,
    exact: Vec<String>,
    case: ExpressionCase,
}

/// How a query has to write an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExpressionCase {
    /// In any case.
    Any,
    /// In capitals: in small letters it is another word.
    Capitals,
}

impl Expression {
    fn new(text: &str, analyzer: &Analyzer) -> Self {
        let words = analyzer.analyze(text);
        let exact = words.iter().flat_map(|word| word.form.exact().split(' ').map(str::to_owned)).collect();
        Self { text: text.to_owned(), exact, case: ExpressionCase::of(text, analyzer) }
    }

    /// Returns the expression as written in the dictionary.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns its tokens in the exact field, one or more.
    #[must_use]
    pub fn exact(&self) -> &[String] {
        &self.exact
    }
}

impl ExpressionCase {
    /// A short expression in capitals may be another word in small ones: two letters nearly always
    /// are, three where the word is known.
    fn of(text: &str, analyzer: &Analyzer) -> Self {
        let capitals = text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
        let word = text.to_lowercase();
        let ambiguous = text.chars().count() <= 2
            || analyzer.stemmer().is_root(&word)
            || analyzer.analyze(&word).first().is_some_and(|word| word.form.is_stop_word());
        if capitals && ambiguous { Self::Capitals } else { Self::Any }
    }
}

/// Every set of expressions, ready to be found in a query; got from [`Analyzer::synonyms`].
///
/// ```
/// use kliping::analysis::Analyzer;
///
/// let analyzer = Analyzer::indonesian();
/// let query = "kecerdasan buatan di sekolah";
/// let found = analyzer.synonyms().at_start(query, &analyzer.analyze(query)).unwrap();
/// assert_eq!(found.n_words, 2);
/// assert!(found.others.iter().any(|other| other.text() == "AI"));
/// ```
#[derive(Debug, Default)]
pub struct Synonyms {
    sets: Vec<Vec<Expression>>,
    /// For the first token of an expression: its set and its place there.
    by_first_token: FxHashMap<String, Vec<(usize, usize)>>,
}

/// An expression found in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynonymMatch<'a> {
    /// How many words of the query it takes.
    pub n_words: usize,
    /// The other expressions of its meaning.
    pub others: Vec<&'a Expression>,
}

impl Synonyms {
    /// Returns the sets of this library and of `own`.
    pub(super) fn new(own: &[SynonymSet], analyzer: &Analyzer) -> Self {
        let mut synonyms = Self::default();
        for SynonymSet(set) in SynonymSet::built_in().chain(own.iter().cloned()) {
            synonyms.add(set.iter().map(|text| Expression::new(text, analyzer)).collect());
        }
        synonyms
    }

    fn add(&mut self, set: Vec<Expression>) {
        for (place, expression) in set.iter().enumerate() {
            if let Some(first) = expression.exact.first() {
                self.by_first_token.entry(first.clone()).or_default().push((self.sets.len(), place));
            }
        }
        self.sets.push(set);
    }

    /// Returns the longest expression that begins with the first of `words`, which are words of
    /// `query`; sets that share it are joined.
    #[must_use]
    pub fn at_start<'a>(&'a self, query: &str, words: &[Word]) -> Option<SynonymMatch<'a>> {
        let first = words.first()?.form.exact().split(' ').next()?;
        let candidates = self.by_first_token.get(first)?;
        let fitting = |(set, place): &(usize, usize)| {
            let n_words = fit(&self.sets[*set][*place], query, words)?;
            Some((n_words, *set, *place))
        };
        let found: Vec<_> = candidates.iter().filter_map(fitting).collect();
        let n_words = found.iter().map(|(n_words, ..)| *n_words).max()?;
        let longest = found.iter().filter(|(n, ..)| *n == n_words);
        let others = longest.flat_map(|(_, set, place)| {
            self.sets[*set].iter().enumerate().filter(move |(index, _)| index != place).map(|(_, other)| other)
        });
        Some(SynonymMatch { n_words, others: others.collect() })
    }
}

/// Returns how many of `words` the expression takes, where they begin with it.
fn fit(expression: &Expression, query: &str, words: &[Word]) -> Option<usize> {
    let mut wanted = expression.exact.iter();
    for (index, word) in words.iter().enumerate() {
        let surface = &query[word.range.clone()];
        if expression.case == ExpressionCase::Capitals && surface.chars().any(char::is_lowercase) {
            return None;
        }
        if !word.form.exact().split(' ').all(|token| wanted.next().is_some_and(|wanted| wanted == token)) {
            return None;
        }
        if wanted.len() == 0 {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Dictionaries, DictionaryFile};

    /// Checks how many words of the query an expression takes, and that the others hold `other`.
    #[track_caller]
    fn check(query: &str, n_words: usize, other: &str) {
        let analyzer = Analyzer::indonesian();
        let words = analyzer.analyze(query);
        let found = analyzer.synonyms().at_start(query, &words).unwrap_or_else(|| panic!("{query:?} has no synonyms"));
        assert_eq!(found.n_words, n_words, "{query:?}");
        assert!(found.others.iter().any(|expression| expression.text() == other), "{query:?}: {:?}", found.others);
    }

    #[track_caller]
    fn check_none(query: &str) {
        let analyzer = Analyzer::indonesian();
        assert_eq!(analyzer.synonyms().at_start(query, &analyzer.analyze(query)), None, "{query:?}");
    }

    #[test]
    fn acronyms_and_what_they_stand_for_meet() {
        check("AI di Indonesia", 1, "kecerdasan buatan");
        check("kecerdasan buatan untuk AS", 2, "AI");
        check("Tiongkok", 1, "China");
        check("umkm naik kelas", 1, "usaha mikro, kecil, dan menengah");
        check("gunung kidul", 2, "Gunungkidul");
        check("Palangkaraya", 1, "Palangka Raya");
    }

    #[test]
    fn an_acronym_that_is_a_word_counts_only_in_capitals() {
        check("AS menang", 1, "Amerika Serikat");
        check_none("as roda");
    }

    #[test]
    fn the_longest_expression_counts() {
        check("Amerika Serikat menang", 2, "AS");
    }

    #[test]
    fn a_beginning_alone_is_no_expression() {
        check_none("kecerdasan emosional");
        check_none("");
    }

    #[test]
    fn own_synonyms_join_the_built_in_ones() {
        let mut dictionaries = Dictionaries::default();
        dictionaries.add(DictionaryFile::Synonyms, "hoaks\tkabar bohong abadi").unwrap();
        let analyzer = Analyzer::with_dictionaries(&dictionaries);
        let found = analyzer.synonyms().at_start("hoaks", &analyzer.analyze("hoaks")).unwrap();
        assert!(found.others.iter().any(|expression| expression.text() == "kabar bohong abadi"));
    }

    #[test]
    fn the_built_in_table_is_sorted_and_says_where_it_is_from() {
        let lines: Vec<&str> = entries(BUILT_IN).collect();
        assert!(lines.is_sorted());
        assert!(BUILT_IN.starts_with('#') && BUILT_IN.contains("MIT OR Apache-2.0"));
        assert_eq!(SynonymSet::built_in().count(), lines.len(), "every line is a set");
    }
}
