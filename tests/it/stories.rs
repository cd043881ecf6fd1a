//! Stories in what is found: one hit for articles that are copies of one another.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::support::Kliping;

const LEAD: &str = "Pemerintah menambah pasokan beras ke pasar induk mulai Senin pagi untuk menekan harga.";
const STOCK: &str = "Gudang di Kabupaten Demak masih menyimpan 4.500 ton beras medium untuk tiga bulan mendatang.";
const PRICE: &str = "Pedagang berharap harga segera turun karena pembeli mulai beralih ke jagung dan singkong.";

fn record(id: &str, outlet: &str, day: &str, body: &str) -> Value {
    json!({ "id": id, "judul": format!("Kabar {id}"), "isi": body, "sumber": outlet, "tanggal": day })
}

fn indexed(records: &[Value]) -> Kliping {
    let kliping = Kliping::new();
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    let file = kliping.write("berita.jsonl", lines.join("\n"));
    kliping.out(["index", file.to_str().unwrap()]);
    kliping
}

/// Three copies and an article of its own.
fn beras() -> Kliping {
    let story = format!("{LEAD}\n\n{STOCK}\n\n{PRICE}");
    indexed(&[
        record("a1", "Antara", "2026-01-05", &story),
        record("a2", "Kompas", "2026-01-06", &format!("{story}\n\nWarga Demak menyambut pasokan itu.")),
        record("a3", "Tirto", "2026-01-04", &story),
        record("b1", "Antara", "2026-01-05", "Beras impor tiba di Pelabuhan Tanjung Emas, Semarang."),
    ])
}

fn ids(response: &Value) -> Vec<&str> {
    response["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[test]
fn a_story_is_one_hit_that_lists_its_copies() {
    let kliping = beras();
    insta::assert_snapshot!(kliping.out(["search", "harga beras"]));
    let found = kliping.json(["search", "--format", "json", "harga beras"]);
    assert_eq!((&found["articles"], &found["stories"]), (&4.into(), &2.into()));
    assert_eq!(ids(&found), ["a3", "b1"], "the earliest stands for all");
    let copies = &found["hits"][0]["copies"];
    assert_eq!(copies["count"], 2);
    assert_eq!([&copies["articles"][0]["id"], &copies["articles"][1]["id"]], ["a1", "a2"]);
    assert_eq!(copies["articles"][0]["share"], 1.0);
    let share = copies["articles"][1]["share"].as_f64().unwrap();
    assert!((0.8..1.0).contains(&share), "{share}");
    assert_eq!(found["hits"][1]["copies"], json!({ "count": 0, "articles": [] }));
}

#[test]
fn by_date_a_story_shows_the_article_that_has_its_place() {
    let kliping = beras();
    let sorted = |order: &str| kliping.json(["search", "--format", "json", "--sort", order, "harga beras"]);
    let (newest, oldest) = (sorted("newest"), sorted("oldest"));
    assert_eq!(ids(&newest), ["a2", "b1"]);
    assert_eq!(ids(&oldest), ["a3", "b1"]);
    assert_eq!(newest["hits"][0]["copies"]["count"], 2);
}

#[test]
fn who_stands_for_a_story_can_be_chosen_and_filters_find_any_copy() {
    let kliping = beras();
    let json = |arguments: &[&str]| {
        let mut all = vec!["search", "--format", "json", "harga beras"];
        all.extend(arguments);
        kliping.json(all)
    };
    for names in [&["Tempo", "kompas"][..], &["Tempo,kompas"], &["kompas, antara"], &["Tempo", "kompas,antara"]] {
        let preferred: Vec<&str> = names.iter().flat_map(|name| ["--prefer-source", name]).collect();
        assert_eq!(ids(&json(&preferred)), ["a2", "b1"], "{names:?}");
        let arguments = ["duplicates", "--stories", "--format", "tsv"].iter().chain(&preferred);
        assert!(kliping.out(arguments).contains("a2\ta1\t1\n"), "{names:?}");
    }
    let err = kliping.run(["duplicates", "--prefer-source", "antra,tirto"]).err;
    assert_eq!(err, "kliping: no outlet is called `antra`; did you mean `Antara`?\n");
    let of_antara = json(&["--source", "Antara"]);
    assert_eq!(ids(&of_antara), ["a1", "b1"]);
    assert_eq!([&of_antara["articles"], &of_antara["stories"], &of_antara["hits"][0]["copies"]["count"]], [2, 2, 0]);
    let all = json(&["--duplicates", "show"]);
    assert_eq!(ids(&all).len(), 4);
    assert_eq!([&all["articles"], &all["stories"], &all["hits"][0]["copies"]["count"]], [4, 2, 0]);
}

#[test]
fn runs_hold_every_article_unless_told_otherwise() {
    let kliping = beras();
    let lines = |arguments: &[&str]| kliping.out(arguments.iter().copied()).lines().count();
    assert_eq!(lines(&["search", "--format", "trec", "beras"]), 4);
    assert_eq!(lines(&["search", "--format", "trec", "--duplicates", "fold", "beras"]), 2);
    assert_eq!(lines(&["search", "--format", "paths", "beras"]), 2);
}

/// Walks through all hits by offset and by cursor; checks that each story comes once, and that hits and
/// copies are all that matches.
#[track_caller]
fn check_pages(kliping: &Kliping, arguments: &[&str], page: usize) {
    let read = |more: &[&str]| {
        let size = page.to_string();
        let mut all = vec!["search", "--format", "json", "-n", &size];
        all.extend(arguments);
        all.extend(more);
        let ran = kliping.run(all);
        serde_json::from_str::<Value>(&ran.out).unwrap()
    };
    let first = read(&[]);
    let (articles, stories) = (first["articles"].as_u64().unwrap(), first["stories"].as_u64().unwrap());
    for by_cursor in [false, true] {
        let (mut met, mut n_articles, mut cursor) = (BTreeSet::new(), 0, "start".to_owned());
        loop {
            let offset = met.len().to_string();
            let found = if by_cursor { read(&["--after", &cursor]) } else { read(&["--offset", &offset]) };
            for hit in found["hits"].as_array().unwrap() {
                n_articles += 1 + hit["copies"]["count"].as_u64().unwrap();
                assert!(met.insert(hit["id"].as_str().unwrap().to_owned()), "{hit} comes twice");
            }
            match found["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!((n_articles, met.len() as u64), (articles, stories), "{arguments:?} {by_cursor}");
    }
}

#[test]
fn pages_of_stories_hold_every_article_once_whatever_the_number_of_copies() {
    const TOPICS: [&str; 5] = ["banjir", "pemilu", "timnas", "saham", "gempa"];
    let mut records = Vec::new();
    for n in 0..330 {
        // One story of three hundred copies among thirty others: more than the second stage looks at.
        let story = if n < 300 { 0 } else { n };
        let topic = TOPICS[story % TOPICS.len()];
        let body = format!("Beras langka {topic} di wilayah nomor {story}. {LEAD} {STOCK} {PRICE}");
        let own = format!(
            "Beras langka karena {topic} di wilayah nomor {story}. Kepala desa ke-{story} mengeluh soal {topic}."
        );
        let day = format!("2026-01-{:02}", 1 + n % 28);
        records.push(record(&format!("x{n}"), "Antara", &day, if story == 0 { &body } else { &own }));
    }
    let kliping = indexed(&records);
    let found = kliping.json(["search", "--format", "json", "-n", "1", "pasokan beras langka"]);
    assert_eq!([&found["articles"], &found["stories"], &found["hits"][0]["copies"]["count"]], [330, 31, 299]);
    assert_eq!(found["hits"][0]["copies"]["articles"].as_array().unwrap().len(), 99);
    check_pages(&kliping, &["beras langka"], 7);
    check_pages(&kliping, &["beras langka", "--sort", "newest"], 10);
    check_pages(&kliping, &["pasokan beras", "--since", "2026-01-10"], 4);
}

#[test]
fn every_list_of_stories_shows_the_same_article_of_one_with_very_many() {
    let story = format!("{LEAD}\n\n{STOCK}\n\n{PRICE}");
    let day = |n: usize| if n == 140 { "2025-01-01" } else { "2026-01-05" };
    let outlet = |n: usize| if n == 99 { "Tirto" } else { "Antara" };
    let records: Vec<Value> = (0..150).map(|n| record(&format!("x{n}"), outlet(n), day(n), &story)).collect();
    let kliping = indexed(&records);
    for (preferred, shown) in [(&[][..], "x0"), (&["--prefer-source", "tirto"], "x99")] {
        let search = ["search", "--format", "json", "pasokan beras"].iter().chain(preferred);
        assert_eq!(ids(&kliping.json(search)), [shown]);
        let list = ["duplicates", "--format", "tsv"].iter().chain(preferred);
        assert_eq!(kliping.out(list).lines().nth(1), Some(format!("{shown}\tx0\t1").as_str()));
    }
}
