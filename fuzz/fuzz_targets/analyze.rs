//! No text and no dictionary breaks the analyzer: offsets slice the text, tokens obey the rules, the memo changes nothing.
#![no_main]

use std::sync::LazyLock;

use kliping::analysis::{Analyzer, Dictionaries, DictionaryFile, MAX_TOKEN_BYTES, Memo};

static BUILT_IN: LazyLock<Analyzer> = LazyLock::new(Analyzer::indonesian);

/// Stands between a dictionary and the text that is analysed with it.
const SEPARATOR: char = '\u{1e}';

libfuzzer_sys::fuzz_target!(|input: &str| {
    match input.split_once(SEPARATOR) {
        Some((dictionary, text)) => check(&with_dictionary(dictionary), text),
        None => check(&BUILT_IN, input),
    }
});

/// Returns the analyzer that has `text` as each of a user's dictionaries.
fn with_dictionary(text: &str) -> Analyzer {
    let mut dictionaries = Dictionaries::default();
    for file in DictionaryFile::ALL {
        for fault in dictionaries.add(file, text).err().unwrap_or_default() {
            assert!((1..=text.split('\n').count()).contains(&fault.line));
            assert!(fault.to_string().starts_with(&format!("line {} of `{}` ", fault.line, file.name())));
        }
    }
    Analyzer::with_dictionaries(&dictionaries)
}

fn check(analyzer: &Analyzer, text: &str) {
    let words = analyzer.analyze(text);
    let mut end = 0;
    for word in &words {
        assert!(word.range.start >= end && !text[word.range.clone()].is_empty());
        end = word.range.end;
        for token in word.form.exact().split(' ').chain(word.form.root().split(' ')) {
            assert!(!token.is_empty() && token.len() <= MAX_TOKEN_BYTES && !token.contains(char::is_whitespace));
        }
        let _ = analyzer.explain(text, word.range.clone());
        let _ = analyzer.root_as_name(&word.form);
    }
    for at in 0..words.len() {
        let found = analyzer.synonyms().at_start(text, &words[at..]);
        assert!(found.is_none_or(|found| (1..=words.len() - at).contains(&found.n_words)));
    }
    let mut memo = Memo::default();
    for _ in 0..2 {
        let mut again = words.iter();
        analyzer.for_each_word(text, &mut memo, |range, form| {
            let word = again.next().expect("as many words");
            assert_eq!((&word.range, &word.form), (&range, form));
        });
    }
}
