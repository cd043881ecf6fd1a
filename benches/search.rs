//! The speed of queries: reading them, ranking, whole answers, snippets, completions.
//!
//! `KLIPING_CORPUS` names a JSON lines file to index and `KLIPING_QUERIES` a file of `id<TAB>query` lines; without them
//! two thousand articles are made of the sentences of the seeds, always the same, and asked for a few things.
//!
//! ```sh
//! KLIPING_CORPUS=news.jsonl KLIPING_QUERIES=queries.tsv cargo bench --bench search
//! ```

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;

use divan::Bencher;
use divan::counter::ItemsCount;
use kliping::analysis::{Analyzer, sentences};
use kliping::article::{Article, ArticleId, Declared, RawArticle};
use kliping::clean::clean;
use kliping::index::{Index, UpdateOptions, update};
use kliping::query;
use kliping::search::{Count, Duplicates, SearchRequest, rank, search, suggest};
use kliping::snippet::snippet;

fn main() {
    divan::main();
}

/// Articles that the sentences of the seeds are mixed into.
const MADE_ARTICLES: usize = 2000;

const QUERIES: [&str; 6] = [
    "kecerdasan buatan",
    "kerja sama Indonesia dan China di bidang teknologi",
    "\"kecerdasan buatan\" -kuantum",
    "Apa yang ditargetkan China pada 2027?",
    "tekno* mandri~1",
    "judul:teknologi tanggal:2026",
];

fn seed_sentences() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let files = std::fs::read_dir(folder).expect("the seeds are there").map(|file| file.expect("a file").path());
    let mut paths: Vec<PathBuf> = files.collect();
    paths.sort();
    let texts = paths.into_iter().map(|path| std::fs::read_to_string(path).expect("text"));
    texts.flat_map(|text| sentences(&text).map(|range| text[range].trim().to_owned()).collect::<Vec<_>>()).collect()
}

/// A number that looks as if by chance, the next one whenever it is called.
fn chance(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap_or_default()
}

/// The texts of an article: `n` sentences of the seeds.
fn body(sentences: &[String], n: usize, state: &mut u64) -> String {
    let mut body = String::new();
    for _ in 0..n {
        let _ = writeln!(body, "{}\n", sentences[chance(state) % sentences.len()]);
    }
    body
}

fn made_corpus() -> String {
    let (sentences, mut state, mut lines) = (seed_sentences(), 1, String::new());
    for id in 0..MADE_ARTICLES {
        let title = &sentences[chance(&mut state) % sentences.len()];
        let n_sentences = 3 + chance(&mut state) % 20;
        let record = serde_json::json!({
            "id": format!("artikel-{id}"),
            "title": title.chars().take(80).collect::<String>(),
            "body": body(&sentences, n_sentences, &mut state),
            "date": format!("2026-01-{:02}", id % 28 + 1),
        });
        let _ = writeln!(lines, "{record}");
    }
    lines
}

/// Returns an index of the corpus; its folder lasts as long as it is kept.
fn index() -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = std::env::var("KLIPING_CORPUS").map_or_else(
        |_| {
            let path = folder.path().join("corpus.jsonl");
            std::fs::write(&path, made_corpus()).expect("room for the corpus");
            path
        },
        PathBuf::from,
    );
    let path = folder.path().join("index");
    update(&path, &Analyzer::indonesian(), &[corpus], &UpdateOptions::default()).expect("an index");
    let index = Index::open(&path).expect("the index");
    (folder, index)
}

fn queries() -> Vec<String> {
    let Ok(path) = std::env::var("KLIPING_QUERIES") else { return QUERIES.map(str::to_owned).to_vec() };
    let text = std::fs::read_to_string(path).expect("KLIPING_QUERIES is a file");
    text.lines().filter_map(|line| line.split_once('\t')).map(|(_, query)| query.to_owned()).collect()
}

/// Query text to plan; items are queries.
#[divan::bench]
fn read_queries(bencher: Bencher) {
    let (analyzer, queries) = (Analyzer::indonesian(), queries());
    bencher.counter(ItemsCount::new(queries.len())).bench_local(|| {
        for query in &queries {
            black_box(query::read(query, &analyzer, None));
        }
    });
}

/// Both stages of the ranking, ten ids each; items are queries.
#[divan::bench]
fn rank_articles(bencher: Bencher) {
    let ((_folder, index), queries) = (index(), queries());
    bencher.counter(ItemsCount::new(queries.len())).bench_local(|| {
        for query in &queries {
            let request =
                SearchRequest { count: Count::Skip, duplicates: Duplicates::Show, ..SearchRequest::new(query) };
            black_box(rank(&index, &request).expect("a ranking"));
        }
    });
}

/// Whole answers: counts, stories and snippets too; items are queries.
#[divan::bench]
fn answer_queries(bencher: Bencher) {
    let ((_folder, index), queries) = (index(), queries());
    bencher.counter(ItemsCount::new(queries.len())).bench_local(|| {
        for query in &queries {
            black_box(search(&index, &SearchRequest::new(query)).expect("an answer"));
        }
    });
}

/// The snippet of an article of ten megabytes: under 20 ms.
#[divan::bench]
fn snippet_of_a_long_article(bencher: Bencher) {
    const LEN: usize = 10_000_000;
    let sentences = seed_sentences();
    let mut text = "Teknologi dan Kemandirian\n\n".to_owned();
    let mut state = 1;
    while text.len() < LEN {
        text.push_str(&body(&sentences, 1000, &mut state));
    }
    let id = ArticleId::new("panjang");
    let article: Article = clean(RawArticle { id, path: String::new(), text, declared: Declared::default() });
    let analyzer = Analyzer::indonesian();
    let plan = query::read("kerja sama teknologi kecerdasan buatan", &analyzer, None);
    bencher.bench_local(|| black_box(snippet(&article, &plan, &analyzer)));
}

/// Completions of beginnings, one to three letters of the last word: under 5 ms each; items are beginnings.
#[divan::bench]
fn suggest_completions(bencher: Bencher) {
    let (_folder, index) = index();
    let beginnings = ["ke", "ind", "te", "kecerdasan b", "china t", "yang di"];
    bencher.counter(ItemsCount::new(beginnings.len())).bench_local(|| {
        for beginning in beginnings {
            black_box(suggest(&index, beginning, 10).expect("suggestions"));
        }
    });
}
