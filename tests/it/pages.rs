//! Pages that follow one another by their cursors are the whole ranking.

use std::fmt::Write;
use std::sync::LazyLock;

use kliping::analysis::Analyzer;
use kliping::index::{Index, UpdateOptions, update};
use kliping::search::{Count, SearchRequest, Sort, rank, search};
use proptest::prelude::*;

/// Articles enough for pages far behind those that are ordered anew, a third of them equal but for
/// their ids.
const N_ARTICLES: usize = 500;

static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..N_ARTICLES {
        let filler = if n % 3 == 0 { String::new() } else { " kata".repeat(n % 17) + &" padi".repeat(n % 5) };
        let (day, body) = (n % 28 + 1, format!("Harga beras naik.{filler}"));
        writeln!(lines, r#"{{"id":"a{n}","date":"2026-01-{day:02}","title":"Berita","body":"{body}"}}"#).unwrap();
    }
    let file = folder.path().join("berita.jsonl");
    std::fs::write(&file, lines).unwrap();
    let path = folder.path().join("index");
    update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
    let index = Index::open(&path).unwrap();
    (folder, index)
});

/// Returns the ids and scores of every hit, a page of each size at a time in turn.
fn walked(request: &SearchRequest, sizes: &[usize]) -> Vec<(usize, String, u64)> {
    let mut hits = Vec::new();
    let mut request = request.clone();
    for size in sizes.iter().cycle() {
        request.limit = *size;
        let response = search(&INDEX.1, &request).unwrap();
        hits.extend(response.hits.into_iter().map(|hit| (hit.rank, hit.id, hit.score.to_bits())));
        let Some(next) = response.next else { break };
        request.after = Some(next);
    }
    hits
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn pages_concatenate_to_the_whole(
        query in prop::sample::select(vec!["beras", "harga beras padi", "kata", "padi -kata", "har*", "tanggal:2026"]),
        sort in prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest]),
        count in prop::sample::select(vec![Count::Exact, Count::Skip]),
        sizes in prop::collection::vec(20_usize..150, 1..4),
    ) {
        let request = SearchRequest { sort, count, ..SearchRequest::new(query) };
        let whole = rank(&INDEX.1, &SearchRequest { limit: N_ARTICLES, ..request.clone() }).unwrap();
        let whole: Vec<_> = whole.into_iter().map(|hit| (hit.rank, hit.id, hit.score.to_bits())).collect();
        prop_assert_eq!(walked(&request, &sizes), whole);
    }
}
