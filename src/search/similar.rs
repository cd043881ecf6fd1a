//! Articles about the same things as one article, which are no copies of it.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::Slips;
use super::embedded::searched::SearchedFields;
use super::embedded::vocabulary;
use super::request::{Filters, SearchRequest};
use super::response::SearchResponse;
use crate::article::Article;
use crate::error::Result;
use crate::index::Index;

/// Words that tell what an article is about.
const MAX_WORDS: usize = 24;

/// Bytes of a text that are read for them: a long article.
const MAX_BYTES: usize = 64 * 1024;

/// How many times a word of the title counts.
const TITLE_WEIGHT: f64 = 3.0;

/// Finds articles about the same things as the article with the id `id`, or the one article whose id
/// begins so: those that have the words which are frequent in it and rare elsewhere. The article
/// and all others of its story are no hits.
///
/// The query of `request` means nothing here; that of the response holds the words, with their
/// weights, and can be searched for.
///
/// # Errors
/// Returns [`ArticleMissing`](crate::error::Error::ArticleMissing) or
/// [`ArticleAmbiguous`](crate::error::Error::ArticleAmbiguous), and what [`search`](super::search)
/// returns.
pub fn similar(index: &Index, id: &str, request: &SearchRequest) -> Result<SearchResponse> {
    let article = index.article(id)?;
    let query = query(&significant_words(index, &article)?);
    let filters = Filters { not_story_of: Some(article.id.as_str().to_owned()), ..request.filters.clone() };
    super::answered(index, &SearchRequest { query, filters, ..request.clone() }, Slips::Pass, &mut |_| {})
}

/// A word of an article and how much it says of what the article is about.
#[derive(Clone, Debug)]
struct SignificantWord {
    text: String,
    frequency: f64,
    significance: f64,
}

/// Returns the words that say most of what `article` is about, the most significant first.
fn significant_words(index: &Index, article: &Article) -> Result<Vec<SignificantWord>> {
    let searched = SearchedFields::new(index);
    let mut words = Vec::new();
    for (root, word) in words_by_root(index, article) {
        // A word of no other article finds none.
        let Some(idf) = vocabulary::idf(&searched, &root)? else { continue };
        words.push(SignificantWord { significance: (1.0 + word.frequency.ln()) * idf, ..word });
    }
    words.sort_by(|a, b| b.significance.total_cmp(&a.significance).then_with(|| a.text.cmp(&b.text)));
    words.truncate(MAX_WORDS);
    Ok(words)
}

/// Returns the words of title and body by their roots, as they first stand there.
fn words_by_root(index: &Index, article: &Article) -> FxHashMap<String, SignificantWord> {
    let mut words: FxHashMap<String, SignificantWord> = FxHashMap::default();
    let mut memo = index.memo();
    let body = article.unfolded_body().into_iter().map(|range| (range, 1.0));
    for (range, weight) in [(article.metadata.title.range.clone(), TITLE_WEIGHT)].into_iter().chain(body) {
        if range.start > MAX_BYTES {
            break;
        }
        let text = &article.text[range];
        let text = &text[..text.floor_char_boundary(MAX_BYTES)];
        index.analyzer().for_each_word(text, &mut memo, |place, form| {
            let is_one_word = !form.root().contains(' ') && form.root().contains(char::is_alphabetic);
            if is_one_word && !form.is_stop_word() {
                let new = || SignificantWord { text: text[place].to_owned(), frequency: 0.0, significance: 0.0 };
                words.entry(form.root().to_owned()).or_insert_with(new).frequency += weight;
            }
        });
    }
    words
}

/// Returns the query for words, the first of which counts once and the others less.
fn query(words: &[SignificantWord]) -> String {
    let most = words.first().map_or(1.0, |word| word.significance);
    let mut query = String::new();
    for word in words {
        // The sign keeps words that look like syntax from being read as such.
        write!(query, "\\{}^{:.2} ", word.text, word.significance / most).expect("a string can always grow");
    }
    query.trim_end().to_owned()
}
