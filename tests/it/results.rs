//! What an answer holds beside its hits, and the other ways to ask.

use std::num::NonZeroU32;

use kliping::index::Index;
use kliping::search::{Explain, SearchRequest, Sort, search};

use super::support::Kliping;

#[test]
fn where_no_hits_are_asked_for_the_exit_status_goes_by_what_matches() {
    let kliping = Kliping::with_seeds();
    for format in ["text", "json", "csv", "trec"] {
        let status = |query| kliping.run(["search", "--format", format, "-n", "0", query]).status;
        assert_eq!((status("china"), status("zzzz")), (0, 1), "{format}");
    }
    let counted = kliping.run(["search", "-n", "0", "--facets", "year", "china"]);
    assert!(counted.out.contains("2026"), "{}", counted.out);
    assert_eq!((counted.status, counted.err.as_str()), (0, ""));
    let ran = kliping.run(["search", "--format", "paths", "--offset", "50", "china"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, "kliping: 5 articles match, none of them on this page\n"));
}

#[test]
fn matches_are_marked_in_titles_too() {
    let kliping = Kliping::with_seeds();
    let json = kliping.json(["search", "--format", "json", "-n", "1", "judul:\"kemandirian teknologi\""]);
    let title = json["hits"][0]["title"].as_str().unwrap();
    let marked = |range: &serde_json::Value| {
        let at = |end: &str| usize::try_from(range[end].as_u64().unwrap()).unwrap();
        &title[at("start")..at("end")]
    };
    let highlights = json["hits"][0]["title_highlights"].as_array().unwrap();
    assert_eq!(highlights.iter().map(marked).collect::<Vec<_>>(), ["Kemandirian", "Teknologi"]);
    let text = kliping.out(["search", "-n", "1", "--color", "always", "judul:\"kemandirian teknologi\""]);
    let expected = "\u{1b}[1mChina Targetkan \u{1b}[0m\u{1b}[1;33mKemandirian Teknologi\u{1b}[0m\u{1b}[1m AI Inti";
    assert!(text.contains(expected), "{text:?}");
}

#[test]
fn filters_alone_find_all_they_let_through() {
    let kliping = Kliping::with_seeds();
    let ids = |arguments: &[&str]| kliping.out([&["search", "--format", "paths"], arguments].concat());
    let all = ids(&["*"]);
    assert_eq!(all.lines().count(), 5, "{all}");
    assert_eq!(ids(&["--since", "2000"]), ids(&["* tanggal:>=2000"]));
    assert_eq!(ids(&["--source", "tidak ada,hallonews"]), ids(&["--source", "hallonews"]));
    assert_eq!(kliping.run(["search"]).status, 2);
    let trends = kliping.json(["trends", "--format", "json", "--title", "china"]);
    assert_eq!(trends["articles"], kliping.json(["search", "--format", "json", "judul:china"])["articles"]);
    let ran = kliping.run(["search", "🔥 ."]);
    assert_eq!(ran.err, "kliping: there is no word to look for in the query; `*` finds every article\n");
    assert_eq!(ran.status, 1);
}

#[test]
fn a_title_is_asked_for_as_a_query_is() {
    let kliping = Kliping::with_seeds();
    let reading = |title: &str| {
        let ran = kliping.run(["search", "--format", "json", "--title", title, "china"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        json["reading"]["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(reading("AI - 2027"), "china +judul:AI +judul:\\2027");
    assert_eq!(
        reading("teknologi -inti \"china targetkan\""),
        "china +judul:teknologi -judul:inti +judul:\"china targetkan\""
    );
    assert_eq!(reading("targ* OR robot"), "china +(judul:targ* judul:robot)");
    assert_eq!(reading("di china"), "china +judul:di +judul:china");
    let ran = kliping.run(["search", "--title", "\"china", "china"]);
    assert!(ran.err.contains("has no partner"), "{}", ran.err);
}

#[test]
fn the_last_of_equal_options_wins() {
    let kliping = Kliping::with_seeds();
    let twice = ["search", "--format", "json", "-n", "3", "--sort", "oldest", "china", "-n1", "--sort=relevance"];
    assert_eq!(kliping.out(twice), kliping.out(["search", "--format=json", "-n1", "china"]));
    let several =
        kliping.out(["search", "--format", "paths", "--source", "tidak ada", "--source", "hallonews", "china"]);
    assert_eq!(several, kliping.out(["search", "--format", "paths", "--source", "hallonews", "china"]));
}

#[test]
fn paths_are_safe_by_line_and_exact_with_null() {
    let kliping = Kliping::new();
    let file = kliping.write("berita/a\n\u{1b}[31m.txt", "Harga Beras\n\nHarga beras naik lagi di pasar induk.\n");
    assert_eq!(kliping.run(["index", file.parent().unwrap().to_str().unwrap()]).status, 0);
    let name = |out: String| out.rsplit('/').next().unwrap().to_owned();
    assert_eq!(name(kliping.out(["search", "--format", "paths", "beras"])), "a  [31m.txt\n");
    assert_eq!(name(kliping.out(["search", "--format", "paths", "-0", "beras"])), "a\n\u{1b}[31m.txt\0");
    assert_eq!(kliping.run(["search", "-0", "beras"]).status, 2);
}

#[test]
fn an_outlet_is_spelt_as_most_of_the_index_spells_it() {
    let kliping = Kliping::new();
    let record = |id: &str, source: &str, body: &str| {
        serde_json::json!({ "id": id, "source": source, "body": format!("Harga {body} naik lagi di pasar induk.") })
            .to_string()
    };
    let records =
        [record("a", "KOMPAS.com", "beras"), record("b", "KOMPAS.com", "cabai"), record("c", "kompas.com", "jagung")];
    let file = kliping.write("a.jsonl", records.join("\n"));
    assert_eq!(kliping.run(["index", "--no-dedup", file.to_str().unwrap()]).status, 0);
    let json = kliping.json(["search", "--format", "json", "--facets", "source", "jagung"]);
    assert_eq!(json["facets"][0]["values"][0]["value"], "KOMPAS.com");
}

#[test]
fn what_matches_is_counted_by_facets() {
    let kliping = Kliping::with_seeds();
    insta::assert_snapshot!(kliping.out(["search", "-n", "1", "--facets", "source,month", "china"]));
    let json = kliping.json(["search", "--format", "json", "--facets", "year,day", "teknologi"]);
    let days: Vec<&str> =
        json["facets"][1]["values"].as_array().unwrap().iter().map(|day| day["value"].as_str().unwrap()).collect();
    assert_eq!(days, ["2025-11-30", "2026-01-08", "2026-03-02"]);
    assert_eq!(json["facets"][0]["values"][1]["articles"], 2);
    assert_eq!(json["facets"][0]["unknown"], 2);
    let refused = kliping.run(["search", "--facets", "year", "--format", "csv", "china"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("needs `--format text`"), "{}", refused.err);
}

#[test]
fn facets_of_nothing_are_empty() {
    let json: serde_json::Value = serde_json::from_str(
        &Kliping::with_seeds().run(["search", "--format", "json", "--facets", "source", "(("]).out,
    )
    .unwrap();
    assert_eq!(json["facets"], serde_json::json!([{ "facet": "source", "values": [], "unknown": 0 }]));
}

#[test]
fn trends_are_bars_rows_and_documents() {
    let kliping = Kliping::with_seeds();
    insta::assert_snapshot!(kliping.out(["trends", "teknologi"]));
    assert_eq!(
        kliping.out(["trends", "--by", "year", "--format", "csv", "teknologi"]),
        "from,until,articles,stories\n2025-01-01,2025-12-31,1,1\n2026-01-01,2026-12-31,2,2\n"
    );
    let json = kliping.json(["trends", "--by", "week", "--format", "json", "--since", "2026-02", "teknologi"]);
    assert_eq!((&json["schema"], &json["articles"]), (&"kliping.trends/1".into(), &1.into()));
    assert_eq!(json["periods"][0]["from"], "2026-03-02");
    assert_eq!(kliping.run(["trends", "zzzz"]).status, 1);
}

#[test]
fn days_are_those_of_the_time_zone() {
    let kliping = Kliping::with_seeds();
    let first = |zone: &str| {
        let csv =
            kliping.out(["trends", "--by", "day", "--format", "csv", "--timezone", zone, "tanggal:2026-01 china"]);
        csv.lines().nth(1).unwrap()[..10].to_owned()
    };
    assert_eq!((first("WIB"), first("WIT")), ("2026-01-08".to_owned(), "2026-01-09".to_owned()));
}

#[test]
fn an_address_is_found_beside_the_id() {
    let kliping = Kliping::new();
    let record = r#"{"id":"a1","url":"https://www.kompas.com/2026/beras","title":"Beras","body":"Harga beras naik."}"#;
    let file = kliping.write("a.jsonl", record);
    assert_eq!(kliping.run(["index", file.to_str().unwrap()]).status, 0);
    for (query, status) in [("url:kompas.com/2026", 0), ("url:a1", 0), ("url:detik.com", 1)] {
        assert_eq!(kliping.run(["search", query]).status, status, "{query}");
    }
    let long = format!("url:{}", "ab/".repeat(20_000));
    assert_eq!(kliping.run(["search", &long]).status, 1, "a long address is no error");
}

#[test]
fn a_cursor_holds_for_its_query_and_its_index() {
    let kliping = Kliping::with_seeds();
    let next = |arguments: &[&str]| -> String {
        kliping.json([&["search", "--format", "json", "-n", "2"], arguments].concat())["next"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let cursor = next(&["china"]);
    assert_eq!(kliping.run(["search", "china", "--after", &cursor]).status, 0);
    assert_eq!(next(&["china", "--after", &cursor]).len(), cursor.len());
    for other in [&["teknologi"][..], &["china", "--sort", "newest"], &["china", "--until", "2026"]] {
        let ran = kliping.run([&["search", "--after", &cursor], other].concat());
        assert_eq!(ran.status, 2, "{other:?}");
        assert!(ran.err.contains("belongs to another query"), "{}", ran.err);
    }
    let unread = kliping.run(["search", "china", "--after", "abc"]);
    assert_eq!(unread.status, 2);
    assert!(unread.err.contains("is not a cursor"), "{}", unread.err);
    assert_eq!(kliping.run(["remove", "001_e59c24d8b7962b73.txt"]).status, 0);
    let changed = kliping.run(["search", "china", "--after", &cursor]);
    assert_eq!(changed.status, 2);
    assert!(changed.err.contains("the index has changed"), "{}", changed.err);
}

#[test]
fn walking_through_all_hits_ends() {
    let kliping = Kliping::with_seeds();
    let (mut after, mut pages) = ("start".to_owned(), Vec::new());
    loop {
        let ran = kliping.run(["search", "china", "--format", "paths", "-n", "2", "--after", &after]);
        pages.push(ran.out);
        match ran.err.strip_prefix("kliping: next page: --after ") {
            Some(next) => next.trim().clone_into(&mut after),
            None => break assert_eq!(ran.err, "kliping: no next page\n"),
        }
    }
    assert_eq!(pages.len(), 3);
    assert_eq!(pages.concat(), kliping.out(["search", "china", "--format", "paths"]));
}

#[test]
fn what_is_asked_for_comes_before_what_is_spelt_like_it() {
    let kliping = Kliping::new();
    let texts = [
        ("1", "Harga Beras", "Harga beras naik di pasar induk."),
        ("2", "Impor Beras", "Beras impor masuk ke gudang."),
        ("3", "Wisata Berau", "Pantai Berau di timur. Berau indah. Berau ramai."),
        ("4", "Harga Emas", "Harga emas naik. Harga emas dan harga perak, harga tembaga."),
        ("5", "Pasar Induk", "Pedagang pasar induk menjual beras dengan harga lama."),
    ];
    let records =
        texts.map(|(id, title, body)| serde_json::json!({ "id": id, "title": title, "body": body }).to_string());
    kliping.write("berita.jsonl", records.join("\n"));
    assert_eq!(kliping.run(["index", kliping.folder().join("berita.jsonl").to_str().unwrap()]).status, 0);
    let ids = |query: &str| {
        let run = kliping.out(["search", query, "--format", "trec", "--duplicates", "show"]);
        run.lines().map(|line| line.split(' ').nth(2).unwrap()).collect::<String>()
    };
    assert!(
        ids("beras~1").ends_with('3') && ids("beras~1").len() == 4,
        "{}: a rare other word is no better",
        ids("beras~1")
    );
    assert!(ids("judul:beras harga").starts_with('1'), "{}", ids("judul:beras harga"));
    assert!(ids("\"harga beras\" pasar").starts_with('1'), "{}", ids("\"harga beras\" pasar"));
}

#[test]
fn pages_meet_where_the_second_stage_ends() {
    let kliping = Kliping::new();
    let record = |n: usize| {
        let body = format!("Harga beras {} naik. {}", "beras ".repeat(n % 7), "Kata lain saja. ".repeat(n % 13));
        serde_json::json!({ "id": format!("{n:03}"), "title": format!("Berita {n}"), "body": body }).to_string()
    };
    kliping.write("berita.jsonl", (0..430).map(record).collect::<Vec<_>>().join("\n"));
    assert_eq!(kliping.run(["index", kliping.folder().join("berita.jsonl").to_str().unwrap()]).status, 0);
    let search = ["search", "harga beras", "--duplicates", "show", "--format", "trec", "--run-tag", "x"];
    let ids =
        |answer: &str| -> Vec<String> { answer.lines().map(|line| line.split(' ').nth(2).unwrap().into()).collect() };
    let all = ids(&kliping.out([&search[..], &["-n", "430"]].concat()));
    for n in ["50", "199", "200"] {
        let (mut after, mut paged) = ("start".to_owned(), Vec::new());
        loop {
            let ran = kliping.run([&search[..], &["-n", n, "--after", &after]].concat());
            paged.extend(ids(&ran.out));
            let Some(next) = ran.err.trim_end().strip_prefix("kliping: next page: --after ") else { break };
            next.clone_into(&mut after);
        }
        assert_eq!(paged, all, "{n} hits a page");
    }
}

#[test]
fn a_filter_has_a_word_whatever_marks_stand_there() {
    let kliping = Kliping::with_seeds();
    let ids = |title: &str| kliping.run(["search", "china", "--title", title, "--format", "paths"]).out;
    let plain = ids("Jing Jin Ji");
    assert_eq!(plain.lines().count(), 1);
    for title in ["Jing/Jin/Ji", "\"Jing Jin Ji", "(Jing) Jin: Ji"] {
        assert_eq!(ids(title), plain, "{title}");
    }
    for (option, value) in [("--title", "()"), ("--title", ""), ("--source", " "), ("--source", "...")] {
        let ran = kliping.run(["search", "china", option, value]);
        assert_eq!(ran.status, 2, "{option} {value:?}");
        assert!(ran.err.contains("it has no word"), "{}", ran.err);
    }
}

#[test]
fn articles_about_the_same_things_are_found() {
    let kliping = Kliping::with_seeds();
    let paths = kliping.out(["similar", "--format", "paths", "003"]);
    assert_eq!(paths.lines().next(), Some("seeds/004_c5a60effa8b4e469.txt"), "both are about Guangxi");
    assert!(!paths.contains("/003_"), "{paths}");
    let json = kliping.json(["similar", "--format", "json", "-n", "1", "003"]);
    let again = kliping.json(["search", "--format", "json", "-n", "1", json["query"].as_str().unwrap()]);
    assert_eq!(again["hits"][0]["id"], "003_7df2690a9bcf779c.txt", "the words say what the article is about");
    assert_eq!(kliping.run(["similar", "tidak-ada"]).status, 2);
    assert_eq!(kliping.run(["similar", "--source", "tidak-ada", "003"]).status, 1);
}

#[test]
fn copies_of_an_article_are_not_similar_to_it() {
    let kliping = Kliping::new();
    let text = "Harga beras di pasar induk naik lagi pekan ini. Pedagang mengeluh karena pasokan dari petani berkurang. \
                Pemerintah menjanjikan operasi pasar sebelum akhir bulan di semua kota besar.";
    let other = "Harga beras turun setelah operasi pasar. Pedagang menyambut pasokan petani.";
    kliping.write("berita/a.txt", format!("Harga Beras Naik Lagi\n\n{text}\n"));
    kliping.write("berita/b.txt", format!("Pedagang Mengeluh\n\n{text}\n"));
    kliping.write("berita/c.txt", format!("Beras Turun\n\n{other}\n"));
    assert_eq!(kliping.run(["index", kliping.folder().join("berita").to_str().unwrap()]).status, 0);
    let paths = kliping.out(["similar", "--format", "paths", "a.txt"]);
    assert!(paths.contains("c.txt") && !paths.contains("a.txt") && !paths.contains("b.txt"), "{paths}");
}

#[test]
fn a_score_is_explained() {
    let kliping = Kliping::with_seeds();
    insta::assert_snapshot!(kliping.out(["search", "--explain", "-n", "1", "AI mandiri \"jing jin\" robo*"]));
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let kliping = Kliping::with_seeds();
    let index = Index::open(kliping.folder().join("index")).unwrap();
    let mut n_checked = 0;
    for query in ["kecerdasan buatan China", "judul:china \"produktif berkualitas\" robo* kuantm~1", "+china AI^2.5"] {
        for (sort, half_life_days) in
            [(Sort::Relevance, None), (Sort::Relevance, NonZeroU32::new(30)), (Sort::Newest, None)]
        {
            let request = SearchRequest { sort, half_life_days, explain: Explain::Hits, ..SearchRequest::new(query) };
            for hit in search(&index, &request).unwrap().hits {
                assert_eq!(hit.explanation.unwrap().score().to_bits(), hit.score.to_bits(), "{query}: {}", hit.id);
                n_checked += 1;
            }
        }
    }
    assert!(n_checked > 30, "{n_checked}");
}

#[test]
fn new_articles_gain_by_recency() {
    let kliping = Kliping::new();
    let lines: String = [("lama", 2020, "beras beras"), ("baru", 2026, "beras"), ("tanpa", 0, "beras")]
        .map(|(id, year, body)| match year {
            0 => format!(r#"{{"id":"{id}","body":"Harga {body} naik."}}"#),
            year => format!(r#"{{"id":"{id}","date":"{year}-01-02","body":"Harga {body} naik."}}"#),
        })
        .join("\n");
    let file = kliping.write("a.jsonl", lines);
    assert_eq!(kliping.run(["index", file.to_str().unwrap()]).status, 0);
    let first = |arguments: &[&str]| {
        let json = kliping.json([&["search", "--format", "json", "beras"], arguments].concat());
        json["hits"][0]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(first(&[]), "lama");
    assert_eq!(first(&["--recency", "30d"]), "baru");
    assert_eq!(first(&["--recency", "30d", "--until", "2021"]), "lama");
    for unread in ["0d", "30", "d", "-1d", "1.5y", "é"] {
        assert_eq!(kliping.run(["search", "beras", &format!("--recency={unread}")]).status, 2, "{unread}");
    }
}

#[test]
fn figures_count_only_with_the_rest_of_their_word() {
    let kliping = Kliping::new();
    let lines = r#"{"id":"muda","text":"Timnas Muda\n\nTimnas U-19 menang 3-1 dengan dana Rp1,5 triliun."}
{"id":"lain","text":"Sembilan Belas\n\nAda 19 pemain, 3 pelatih, 1 stadion dan Rp 2 triliun."}
{"id":"virus","text":"Virus\n\nKasus covid melonjak."}
"#;
    let file = kliping.write("berita.jsonl", lines);
    assert_eq!(kliping.run(["index", file.to_str().unwrap()]).status, 0);
    let found = |query: &str| {
        kliping.run(["search", "--format", "tsv", "--fields", "id", "--", query]).out.replacen("id\n", "", 1)
    };
    for query in ["U-19", "u19", "3-1", "Rp1,5", "Rp1.500.000.000.000", "U-19 -COVID-19"] {
        assert_eq!(found(query), "muda\n", "{query}");
    }
    assert_eq!(found("COVID-19"), "virus\n");
    assert_eq!(found("triliun -U-19"), "lain\n");
}

#[test]
fn fields_are_chosen_in_their_order() {
    let kliping = Kliping::with_seeds();
    assert_eq!(
        kliping.out(["search", "--format", "csv", "--fields", "date,id,rank", "-n", "1", "mandiri"]),
        "date,id,rank\n2026-01-08T23:11+07:00,002_78c7bee98fa67bd0.txt,1\n"
    );
    let lines = kliping.out(["search", "--format", "jsonl", "--fields", "title,rank", "-n", "1", "mandiri"]);
    assert_eq!(
        lines,
        "{\"schema\":\"kliping.hit/1\",\"query_id\":\"1\",\
         \"title\":\"China Targetkan Kemandirian Teknologi AI Inti pada 2027\",\"rank\":1}\n"
    );
    let json = kliping.json(["search", "--format", "json", "--fields", "id", "mandiri"]);
    assert_eq!(json["hits"][0], serde_json::json!({ "id": "002_78c7bee98fa67bd0.txt" }));
    let refused = kliping.run(["search", "--fields", "id", "mandiri"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("`--fields` needs"), "{}", refused.err);
}

#[test]
fn titles_are_links_where_that_is_asked_for() {
    let kliping = Kliping::new();
    let record = r#"{"id":"a1","url":"https://x.id/b c","title":"Harga Beras Naik","body":"Harga beras naik."}"#;
    kliping.write("berita/a.jsonl", record);
    kliping.write("berita/b c.txt", "Beras Mahal\n\nHarga beras naik lagi di pasar.\n");
    assert_eq!(kliping.run(["index", kliping.folder().join("berita").to_str().unwrap()]).status, 0);
    let linked = kliping.out(["search", "--hyperlink", "always", "beras"]);
    assert!(linked.contains("\u{1b}]8;;https://x.id/b%20c\u{1b}\\Harga *Beras* Naik\u{1b}]8;;\u{1b}\\"), "{linked:?}");
    assert!(linked.contains("/berita/b%20c.txt\u{1b}\\*Beras* Mahal"), "{linked:?}");
    assert!(!kliping.out(["search", "beras"]).contains('\u{1b}'));
}

#[test]
fn the_parts_of_answers_are_timed() {
    let kliping = Kliping::with_seeds();
    let topics = kliping.write("topics.tsv", "a\tkecerdasan buatan\nb\tzzzz\nc\tchina\n");
    for format in ["json", "trec"] {
        let arguments = ["search", "--queries", topics.to_str().unwrap(), "--format", format, "-j", "2"];
        let (plain, timed) =
            (kliping.run(arguments), kliping.run(arguments.iter().copied().chain(["--timings", "json"])));
        assert_eq!((plain.status, plain.out), (timed.status, timed.out));
        let json: serde_json::Value = serde_json::from_str(&timed.err).unwrap();
        assert_eq!((&json["queries"], &json["threads"]), (&3.into(), &2.into()));
        let parts = json["milliseconds"].as_object().unwrap();
        let steps = "corrections counting first_stage folding reading second_stage snippets whole writing";
        assert!(parts.keys().eq(steps.split(' ')), "{parts:?}");
        let is_time = |part: &serde_json::Value, name: &str| part[name].as_f64().is_some_and(|time| time >= 0.0);
        assert!(parts.values().all(|part| ["mean", "p50", "p95", "p99"].iter().all(|name| is_time(part, name))));
    }
}
