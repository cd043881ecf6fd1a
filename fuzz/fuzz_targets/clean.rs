//! No text breaks cleaning: passages ascend, cover what is not white space, and folds repeat unfolded text.
#![no_main]

use kliping::article::{ArticleId, Declared, RawArticle};
use kliping::{clean, dedup};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (id, path, text_of) = (ArticleId::new("a"), String::new(), text.to_owned());
    let raw = RawArticle { id, path, text: text_of, declared: Declared::default() };
    let mut article = clean::clean(raw);
    dedup::fold_repeats(&mut article);
    let mut end = 0;
    for passage in &article.passages {
        assert!(text[end..passage.range.start].trim().is_empty());
        assert!(!text[passage.range.clone()].is_empty());
        end = passage.range.end;
    }
    assert!(text[end..].trim().is_empty());
    for part in article.unfolded_body() {
        assert!(!text[part].trim().is_empty());
    }
});
