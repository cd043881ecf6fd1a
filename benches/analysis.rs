//! The speed of analysis on one thread, beside the Snowball Indonesian stemmer.
//!
//! `KLIPING_CORPUS` names a text file or a JSON lines file to analyse and `KLIPING_WORDS` a file with a word in the
//! first column of each line, such as the word frequencies of a corpus; without them the seed articles serve for both.
//!
//! ```sh
//! KLIPING_CORPUS=news.jsonl KLIPING_WORDS=words.tsv cargo bench --bench analysis
//! ```

use std::collections::BTreeSet;
use std::hint::black_box;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use kliping::analysis::stemmer::{LetterCase, Stemmer};
use kliping::analysis::{Analyzer, Memo, fold, sentences};

fn main() {
    divan::main();
}

/// The texts to analyse: the strings of JSON lines, or the lines of a text.
fn corpus() -> Vec<String> {
    let Ok(path) = std::env::var("KLIPING_CORPUS") else { return seeds() };
    let text = std::fs::read_to_string(path).expect("KLIPING_CORPUS is a file");
    text.lines().take(5000).map(body).collect()
}

fn body(line: &str) -> String {
    let record: Option<serde_json::Value> = serde_json::from_str(line).ok();
    record.and_then(|record| record["body"].as_str().map(str::to_owned)).unwrap_or_else(|| line.to_owned())
}

fn seeds() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let files = std::fs::read_dir(folder).expect("the seeds are there");
    files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text")).collect()
}

/// Distinct words of letters alone, folded.
fn words() -> Vec<String> {
    let words: BTreeSet<String> = match std::env::var("KLIPING_WORDS") {
        Ok(path) => {
            let text = std::fs::read_to_string(path).expect("KLIPING_WORDS is a file");
            text.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
        }
        Err(_) => corpus().iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(fold).collect(),
    };
    // What holds other characters is not stemmed and would only flatter the figures.
    words.into_iter().filter(|word| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())).collect()
}

/// Cutting, folding, stop words and stemming together, with the memo warm; items are words.
#[divan::bench]
fn analyze(bencher: Bencher) {
    let (analyzer, corpus) = (Analyzer::indonesian(), corpus());
    let mut memo = Memo::default();
    let mut run = move || {
        let mut n_words = 0_usize;
        for text in &corpus {
            analyzer.for_each_word(text, &mut memo, |_, form| {
                black_box(form);
                n_words += 1;
            });
        }
        n_words
    };
    let n_words = run();
    bencher.counter(ItemsCount::new(n_words)).bench_local(run);
}

/// The same with a memo that has seen nothing.
#[divan::bench]
fn analyze_cold(bencher: Bencher) {
    let (analyzer, corpus) = (Analyzer::indonesian(), corpus());
    let n_words: usize = corpus.iter().map(|text| analyzer.analyze(text).len()).sum();
    bencher.counter(ItemsCount::new(n_words)).bench_local(|| {
        let mut memo = Memo::default();
        for text in &corpus {
            analyzer.for_each_word(text, &mut memo, |_, form| {
                black_box(form);
            });
        }
    });
}

#[divan::bench]
fn cut_into_sentences(bencher: Bencher) {
    let corpus = corpus();
    let bytes: usize = corpus.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for text in &corpus {
            sentences(text).for_each(|sentence| {
                black_box(sentence);
            });
        }
    });
}

/// Distinct words, nothing remembered.
#[divan::bench]
fn stem(bencher: Bencher) {
    let (words, stemmer) = (words(), Stemmer::indonesian());
    bencher.counter(ItemsCount::new(words.len())).bench_local(|| {
        for word in &words {
            black_box(stemmer.stem(black_box(word), LetterCase::Lower));
        }
    });
}

/// The same words through the Snowball stemmer.
#[divan::bench]
fn stem_snowball(bencher: Bencher) {
    let (words, stemmer) = (words(), frostem::Stemmer::new(frostem::Algorithm::Indonesian));
    bencher.counter(ItemsCount::new(words.len())).bench_local(|| {
        for word in &words {
            black_box(stemmer.stem(black_box(word)));
        }
    });
}

/// What every start of the program pays.
#[divan::bench]
fn make_analyzer(bencher: Bencher) {
    bencher.bench_local(|| black_box(Analyzer::indonesian()));
}
