//! What a person who types may be about to ask: words and titles that go on as they began.

use std::cmp::Reverse;

use super::corrections::is_likely_slip;
use super::embedded::behind::titles_behind;
use super::embedded::titles::{Found, titles_with};
use super::embedded::vocabulary::{IndexWord, words_with};
use crate::analysis::Analyzer;
use crate::article::{Article, ArticleDate};
use crate::error::Result;
use crate::index::{Index, LostArticle};

/// What the beginning of a query may become.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestions {
    /// The beginning, as typed.
    pub prefix: String,
    /// The beginning with its last word complete, the most frequent first; behind other words, those
    /// that follow them in a title.
    pub terms: Vec<String>,
    /// Titles that begin with it or have it inside: the former first, then the latest.
    pub titles: Vec<SuggestedTitle>,
    /// Articles whose titles cannot be read.
    pub unreadable: Vec<LostArticle>,
}

/// A title and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestedTitle {
    /// The title.
    pub title: String,
    /// The article's id.
    pub id: String,
    /// When it was published.
    pub date: Option<ArticleDate>,
}

/// Letters a beginning has at least where no word stands before it: one letter begins too many words to say
/// anything.
const MIN_CHARS: usize = 2;

/// Words that the last one may become, when titles are looked for.
const MAX_ENDINGS: usize = 16;

/// Articles that have the most frequent word when words of one article are left out, where no word stands before them:
/// most of them are slips or words run together.
const MANY: u64 = 100;

/// Frequent words that a rare one may be a slip for, when that is looked into.
const MAX_COMPARED: usize = 256;

/// Words before the last that count, so that a pasted text takes no longer.
const MAX_WORDS: usize = 8;

/// Articles fetched for each title wanted: some have the same.
const FETCHED_PER_TITLE: usize = 4;

/// Returns at most `limit` terms and `limit` titles that go on as `prefix` began.
///
/// The time it takes is bounded whatever the index: terms are those of titles, and of bodies only
/// where titles have too few; of titles with very frequent words not all are looked at.
///
/// # Errors
/// Fails only where the lists of the index cannot be read: any text is good.
pub fn suggest(index: &Index, prefix: &str, limit: usize) -> Result<Suggestions> {
    let (terms, titles, unreadable) = (Vec::new(), Vec::new(), Vec::new());
    let mut suggestions = Suggestions { prefix: prefix.to_owned(), terms, titles, unreadable };
    let Some(typed) = Typed::read(prefix, index.analyzer()) else { return Ok(suggestions) };
    let is_behind_words = !typed.words.is_empty();
    let (words, found) = if is_behind_words {
        titles_behind(index, &typed.words, &typed.beginning)?
    } else {
        let words = words_with(index, &typed.beginning, limit.max(MAX_ENDINGS))?;
        let endings: Vec<String> = words.iter().take(MAX_ENDINGS).map(|word| word.text.clone()).collect();
        let found = titles_with(index, &endings)?;
        (words, found)
    };
    let is_sought = |word: &&IndexWord| {
        let is_stop_word = index.analyzer().analyze(&word.text).iter().all(|word| word.form.is_stop_word());
        let is_one_of_many = !is_behind_words && word.n_articles <= 1 && words[0].n_articles >= MANY;
        !is_stop_word && !is_one_of_many && !is_slip(word, &words)
    };
    let places = if is_behind_words { by_titles(words.len(), &found) } else { (0..words.len()).collect() };
    let terms = places.into_iter().map(|place| &words[place]).filter(is_sought).take(limit);
    suggestions.terms = terms.map(|word| format!("{}{}", typed.head, word.text)).collect();
    for Found { address, .. } in found.into_iter().take(limit.saturating_mul(FETCHED_PER_TITLE)) {
        if suggestions.titles.len() == limit {
            break;
        }
        match index.readable(address) {
            Ok(article) => suggestions.add(article),
            Err(lost) => suggestions.unreadable.push(lost),
        }
    }
    Ok(suggestions)
}

impl Suggestions {
    /// Adds the title of `article`, where it is another than those before.
    fn add(&mut self, article: Article) {
        let title = article.title();
        if self.titles.iter().all(|other| other.title != title) {
            let (id, date) = (article.id.as_str().to_owned(), article.metadata.date.map(|date| date.value));
            self.titles.push(SuggestedTitle { title, id, date });
        }
    }
}

/// Returns whether `word` is likely a slip for one of `words`, which come from the most frequent on.
fn is_slip(word: &IndexWord, words: &[IndexWord]) -> bool {
    let more_frequent = words.iter().take_while(|other| other.n_articles > word.n_articles);
    let mut more_frequent = more_frequent.take(MAX_COMPARED);
    more_frequent.any(|other| is_likely_slip(&word.text, word.n_articles, &other.text, other.n_articles))
}

/// Returns the places of the endings that titles have, those of the most titles first.
fn by_titles(n_endings: usize, found: &[Found]) -> Vec<usize> {
    let mut n_titles = vec![0_usize; n_endings];
    for title in found {
        n_titles[title.ending] += 1;
    }
    let mut places: Vec<usize> = (0..n_endings).filter(|place| n_titles[*place] > 0).collect();
    places.sort_by_key(|place| Reverse(n_titles[*place]));
    places
}

/// The beginning of a query, taken apart.
#[derive(Debug, PartialEq)]
struct Typed<'a> {
    /// What stands before the beginning of the last word, as typed.
    head: &'a str,
    /// The tokens before it.
    words: Vec<String>,
    /// The beginning of the last word, as the index has words.
    beginning: String,
}

impl<'a> Typed<'a> {
    /// Takes `prefix` apart; `None` where it ends with nothing that could be completed.
    fn read(prefix: &'a str, analyzer: &Analyzer) -> Option<Self> {
        let found = analyzer.analyze(prefix);
        let last = found.last()?;
        let mut words: Vec<String> =
            found.iter().flat_map(|word| word.form.exact().split(' ').map(str::to_owned)).collect();
        let beginning = words.pop()?;
        words.drain(..words.len().saturating_sub(MAX_WORDS));
        let behind_head = prefix[..last.range.end].len().checked_sub(beginning.len());
        let as_typed =
            |start: &usize| prefix.get(*start..last.range.end).is_some_and(|end| end.to_lowercase() == beginning);
        let head = &prefix[..behind_head.filter(as_typed).unwrap_or(last.range.start)];
        let is_enough = !words.is_empty() || beginning.chars().count() >= MIN_CHARS;
        is_enough.then_some(Self { head, words, beginning })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(prefix: &str, expected: Option<(&str, &[&str], &str)>) {
        let analyzer = Analyzer::indonesian();
        let typed = Typed::read(prefix, &analyzer);
        let seen = typed.as_ref().map(|typed| {
            (typed.head, typed.words.iter().map(String::as_str).collect::<Vec<_>>(), typed.beginning.as_str())
        });
        assert_eq!(seen, expected.map(|(head, words, beginning)| (head, words.to_vec(), beginning)), "{prefix:?}");
    }

    #[test]
    fn the_last_word_is_a_beginning() {
        check("har", Some(("", &[], "har")));
        check("harga b", Some(("harga ", &["harga"], "b")));
        check("Harga Ber", Some(("Harga ", &["harga"], "ber")));
        check("COVID-19", Some(("COVID-", &["covid"], "19")));
        check("Ma\u{2019}ru", Some(("", &[], "maru")));
        check("harga ", Some(("", &[], "harga")));
    }

    #[test]
    fn what_is_too_short_or_no_word_has_no_completion() {
        check("", None);
        check("h", None);
        check("(", None);
    }
}
