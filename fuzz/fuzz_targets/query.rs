//! No query breaks reading or marking: ranges slice the query, highlights slice their fragment.
#![no_main]

use std::sync::LazyLock;

use kliping::analysis::Analyzer;
use kliping::article::{ArticleId, Declared, RawArticle};
use kliping::{clean, query, snippet};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::indonesian);

libfuzzer_sys::fuzz_target!(|texts: (&str, &str)| {
    let (query, text) = texts;
    let plan = query::read(query, &ANALYZER, None);
    let _ = query::read(&plan.to_string(), &ANALYZER, None);
    for clause in &plan.clauses {
        let _ = &query[clause.range.clone()];
    }
    let (id, path, text_of) = (ArticleId::new("a"), String::new(), text.to_owned());
    let raw = RawArticle { id, path, text: text_of, declared: Declared::default() };
    for fragment in snippet::snippet(&clean::clean(raw), &plan, &ANALYZER) {
        assert_eq!(&text[fragment.range()], fragment.text());
        for highlight in fragment.highlights() {
            assert!(!fragment.text()[highlight.clone()].is_empty());
        }
    }
});
