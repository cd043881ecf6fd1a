//! No query breaks reading or marking: ranges slice the query, highlights slice their fragment.
#![no_main]

use std::sync::LazyLock;

use kliping::analysis::Analyzer;
use kliping::article::{ArticleId, RawArticle};
use kliping::{clean, query, snippet};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::indonesian);

libfuzzer_sys::fuzz_target!(|texts: (&str, &str)| {
    let (query, text) = texts;
    let plan = query::read(query, &ANALYZER, None);
    let _ = query::read(&plan.to_string(), &ANALYZER, None);
    for clause in &plan.clauses {
        let _ = &query[clause.range.clone()];
    }
    let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text: text.to_owned() };
    for fragment in snippet::snippet(&clean::clean(raw), &plan, &ANALYZER) {
        assert_eq!(&text[fragment.range()], fragment.text());
        for highlight in fragment.highlights() {
            assert!(!fragment.text()[highlight.clone()].is_empty());
        }
    }
});
