//! No text breaks the analyzer: offsets slice it, tokens obey the rules, the memo changes nothing.
#![no_main]

use std::sync::LazyLock;

use kliping::analysis::{Analyzer, MAX_TOKEN_BYTES, Memo};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::indonesian);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let words = ANALYZER.analyze(text);
    let mut end = 0;
    for word in &words {
        assert!(word.range.start >= end && !text[word.range.clone()].is_empty());
        end = word.range.end;
        for token in word.form.exact().split(' ').chain(word.form.root().split(' ')) {
            assert!(!token.is_empty() && token.len() <= MAX_TOKEN_BYTES && !token.contains(char::is_whitespace));
        }
        let _ = ANALYZER.explain(text, word.range.clone());
    }
    let mut memo = Memo::default();
    for _ in 0..2 {
        let mut again = words.iter();
        ANALYZER.for_each_word(text, &mut memo, |range, form| {
            let word = again.next().expect("as many words");
            assert_eq!((&word.range, &word.form), (&range, form));
        });
    }
});
