//! Query time and index time analyse alike: every word of an article finds the article.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;

use kliping::analysis::Analyzer;
use kliping::index::{Index, UpdateOptions, update};
use kliping::search::{SearchRequest, rank};

use super::support::PROJECT;

#[test]
fn every_word_of_an_article_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    let options = UpdateOptions { n_threads: NonZeroUsize::MIN, ..UpdateOptions::default() };
    update(folder.path(), &Analyzer::indonesian(), &[Path::new(PROJECT).join("seeds")], &options).unwrap();
    let index = Index::open(folder.path()).unwrap();
    let mut n_checked = 0;
    for id in index.ids().unwrap() {
        let article = index.article(&id).unwrap();
        let parts = article.unfolded_body();
        let words: BTreeSet<&str> =
            parts.iter().flat_map(|part| article.text[part.clone()].split_ascii_whitespace()).collect();
        for word in words.into_iter().filter(|word| word.contains(char::is_alphanumeric)) {
            let ranked = rank(&index, &SearchRequest::new(word)).unwrap();
            assert!(ranked.iter().any(|ranked| ranked.id == id), "{word:?} does not find {id}");
            n_checked += 1;
        }
    }
    assert!(n_checked > 1000, "{n_checked}");
}
