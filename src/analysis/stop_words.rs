//! The words that carry grammar, not content.
//!
//! A short closed-class list; negations, numerals, days, months and names are not on it. Stop words
//! are indexed like any word and left out only of the scored terms of a query.

use rustc_hash::FxHashSet;

use super::dictionaries::entries;

/// The list this library comes with, one word a line, `#` opens a comment.
pub(crate) const BUILT_IN: &str = include_str!("stopwords.txt");

/// Words to leave out of what a query scores. It holds surface forms, folded: the root of a stop word is not asked for.
///
/// ```
/// use kliping::analysis::StopWords;
///
/// let built_in = StopWords::indonesian();
/// assert!(built_in.contains("yang") && !built_in.contains("tidak") && !built_in.contains("tahun"));
///
/// let own = StopWords::parse("# ours\nYang\n");
/// assert!(own.contains("yang") && !own.contains("ours"));
/// ```
#[derive(Clone, Debug)]
pub struct StopWords {
    words: FxHashSet<Box<str>>,
}

impl StopWords {
    /// Returns the list this library comes with.
    #[must_use]
    pub fn indonesian() -> Self {
        Self::parse(BUILT_IN)
    }

    /// Returns the list written in `text`: one word a line; blank lines and lines that begin with
    /// `#` are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        entries(text).collect()
    }

    /// Returns whether the folded word is on the list.
    #[must_use]
    pub fn contains(&self, folded: &str) -> bool {
        self.words.contains(folded)
    }

    /// Returns the words, in no particular order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
    }
}

impl<S: AsRef<str>> FromIterator<S> for StopWords {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        Self { words: words.into_iter().map(|word| super::fold(word.as_ref()).into()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar_is_on_the_list_and_content_is_not() {
        let list = StopWords::indonesian();
        for word in ["yang", "dan", "di", "pada", "adalah", "berapakah", "dimana"] {
            assert!(list.contains(word), "{word}");
        }
        for word in ["tidak", "bukan", "belum", "tanpa", "jangan", "dua", "senin", "januari", "tahun", "orang", "baru"]
        {
            assert!(!list.contains(word), "{word}");
        }
        assert!((100..=180).contains(&list.words.len()), "{}", list.words.len());
    }

    #[test]
    fn comments_and_blank_lines_are_no_words() {
        let list = StopWords::parse("# kata\n\n Yang \n");
        assert_eq!(list.words.len(), 1);
        assert!(list.contains("yang"));
    }
}
