//! The contract of the command line: output formats, exit status, bad input.

use std::io::Write;
use std::process::Stdio;

use super::support::{Kliping, Ran};

/// Snapshots of `search` in a format, with the query that every format answers.
macro_rules! search_snapshot {
    ($name:ident, $($argument:expr),+) => {
        #[test]
        fn $name() {
            let kliping = Kliping::with_seeds();
            // What changes with each index and each day.
            let filters = [
                ("\"generation\": \"[0-9a-f]{16}\"", "\"generation\": \"[generation]\""),
                ("\"dictionaries\": \"[0-9a-f]{16}\"", "\"dictionaries\": \"[dictionaries]\""),
                ("\"today\": \"[0-9-]{10}\"", "\"today\": \"[today]\""),
            ];
            insta::with_settings!({ filters => filters }, {
                insta::assert_snapshot!(kliping.out(["search", $($argument),+]));
            });
        }
    };
}

search_snapshot!(search_as_text, "komputasi kuantum");
search_snapshot!(search_as_text_with_scores, "--scores", "kecerdasan buatan");
search_snapshot!(search_as_coloured_text, "--color", "always", "\"klaster Jing Jin Ji\"");
search_snapshot!(search_as_json, "--format", "json", "mandiri");
search_snapshot!(search_as_jsonl, "--format", "jsonl", "mandiri");
search_snapshot!(search_as_csv, "--format", "csv", "mandiri");
search_snapshot!(search_as_tsv, "--format", "tsv", "mandiri");
search_snapshot!(search_as_trec, "--format", "trec", "--run-tag", "coba", "kecerdasan buatan");
search_snapshot!(search_as_paths, "--format", "paths", "mandiri");

#[test]
fn show_marks_the_folded_passage() {
    insta::assert_snapshot!(Kliping::with_seeds().out(["show", "001"]));
}

#[test]
fn show_raw_gives_the_text_as_received() {
    let kliping = Kliping::with_seeds();
    let file = std::fs::read_to_string(format!("{}/seeds/002_78c7bee98fa67bd0.txt", super::support::PROJECT)).unwrap();
    assert_eq!(kliping.out(["show", "--raw", "002_78c7bee98fa67bd0.txt"]), file);
}

#[test]
fn show_says_what_fits_an_id() {
    let kliping = Kliping::with_seeds();
    let none = kliping.run(["show", "tidak-ada"]);
    assert_eq!((none.status, none.out.as_str()), (2, ""));
    assert!(none.err.contains("no article `tidak-ada`"), "{}", none.err);
    let many = kliping.run(["show", "00"]);
    assert_eq!(many.status, 2);
    assert!(many.err.contains("fits 5 articles"), "{}", many.err);
}

#[test]
fn analyze_shows_words_with_offsets() {
    insta::assert_snapshot!(
        Kliping::new().out(["analyze", "Anak-anak Ma'ruf menulis di AS, 30/11/2025: Rp1,5 triliun"])
    );
}

#[test]
fn analyze_words_gives_a_root_for_each_line() {
    let kliping = Kliping::new();
    let file = kliping.write("words.txt", "menulis\nkemandirian\nanak-anak\n");
    let out = kliping.out(["analyze", "--words", file.to_str().unwrap()]);
    assert_eq!(out, "menulis\ttulis\nkemandirian\tmandiri\nanak-anak\tanak\n");
}

#[test]
fn analyze_explains_a_word() {
    let kliping = Kliping::new();
    insta::assert_snapshot!(kliping.out(["analyze", "mempertimbangkannya"]));
    let json = kliping.json(["analyze", "--format", "json", "--explain", "berikan menteri"]);
    let explanation = &json["words"][0]["explanations"][0];
    assert_eq!((&explanation["root"], &explanation["rule"]), (&"beri".into(), &"affixes".into()));
    assert!(explanation["analyses"].as_array().unwrap().len() > 1, "{explanation}");
    assert_eq!(json["words"][1]["explanations"][0]["rule"], "root_word");
}

#[test]
fn own_dictionaries_are_part_of_the_index() {
    let kliping = Kliping::new();
    let folder = kliping.folder().join("kamus");
    kliping.write("kamus/roots.txt", "glowing\n");
    kliping.write("berita/a.txt", "Wajahnya diglowingkan sampai pagi.\n");
    let (folder, news) = (folder.to_str().unwrap(), kliping.folder().join("berita"));
    assert_eq!(kliping.run(["--dictionaries", folder, "index", news.to_str().unwrap()]).status, 0);
    assert_eq!(kliping.run(["--dictionaries", folder, "search", "glowing"]).status, 0);
    let without = kliping.run(["search", "glowing"]);
    assert_eq!(without.status, 3, "the analyzer is another one");
    assert!(without.err.contains("was analysed by"), "{}", without.err);
    let with = |arguments: &[&str]| kliping.run(["--dictionaries", folder].iter().chain(arguments));
    kliping.write("berita/b.txt", "Hujan turun di Bogor.\n");
    assert_eq!(with(&["watch", "--once", news.to_str().unwrap()]).status, 0);
    assert_eq!(kliping.run(["remove", "b.txt"]).status, 3, "what repeats it would be written by another analyzer");
    for arguments in [["remove", "b.txt"].as_slice(), &["compact"], &["check"], &["search", "glowing"]] {
        let ran = with(arguments);
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.err);
    }
    assert_eq!(kliping.run(["compact"]).status, 0, "it does not matter by whom the articles were analysed");
    kliping.write("kamus/names.txt", "baik\n12 tiga\n");
    let faulty = kliping.run(["--dictionaries", folder, "search", "glowing"]);
    assert_eq!(faulty.status, 2);
    assert!(faulty.err.contains("line 2 of `names.txt`"), "{}", faulty.err);
}

#[test]
fn faulty_lines_of_every_dictionary_are_named_with_their_files() {
    let kliping = Kliping::new();
    let folder = kliping.folder().join("kamus");
    let faults = [
        ("stopwords.txt", "# kata\nyang\nyang mana\n", "line 3 of `stopwords.txt` is not one word of letters"),
        ("roots.txt", "glowing\n\nya\n", "line 3 of `roots.txt` is not one word of 3 to 40 letters a to z"),
        ("stem-exceptions.tsv", "mager\n", "line 1 of `stem-exceptions.tsv` is not a word, a tab and its root"),
        ("names.txt", "Zubair\nXi\n", "line 2 of `names.txt` is not a name of 3 or more letters a to z"),
        ("synonyms.tsv", "AI\tkecerdasan buatan\nhoaks\n", "line 2 of `synonyms.tsv` is not two or more"),
    ];
    for (file, lines, _) in faults {
        kliping.write(&format!("kamus/{file}"), lines);
    }
    let ran = kliping.run(["--dictionaries", folder.to_str().unwrap(), "analyze", "glowing"]);
    assert_eq!(ran.status, 2);
    for (_, _, fault) in faults {
        assert!(ran.err.contains(fault), "{fault:?} is not said: {}", ran.err);
    }
}

#[test]
fn settings_files_spare_typing() {
    let kliping = Kliping::new();
    kliping.write("kerja/kliping.toml", "index = \"arsip\"\ndictionaries = \"kamus\"\n");
    kliping.write("kerja/kamus/stem-exceptions.tsv", "menteri\tmantri\n");
    kliping.write("kerja/berita/a.txt", "Menteri meninjau pasar.\n");
    let run = |arguments: &[&str]| {
        let mut command = kliping.command(arguments);
        command
            .current_dir(kliping.folder().join("kerja"))
            .env_remove("KLIPING_INDEX")
            .env_remove("KLIPING_DICTIONARIES");
        Ran::from(command.output().unwrap())
    };
    assert_eq!(run(&["index", "berita"]).status, 0);
    assert!(kliping.folder().join("kerja/arsip/meta.json").exists());
    assert_eq!(run(&["search", "mantri"]).status, 0);
    assert_eq!(run(&["--index", "lain", "search", "mantri"]).status, 3, "a flag counts before the file");
    kliping.write("kerja/kliping.toml", "indeks = 1\n");
    let faulty = run(&["stats"]);
    assert_eq!(faulty.status, 2);
    assert!(faulty.err.contains("kliping.toml"), "{}", faulty.err);
}

#[test]
fn stats_counts_articles() {
    let kliping = Kliping::with_seeds();
    let stats = kliping.json(["stats", "--format", "json"]);
    let files = walkdir::WalkDir::new(kliping.folder().join("index")).into_iter().map(|entry| entry.unwrap());
    let bytes: u64 = files.filter(|entry| entry.file_type().is_file()).map(|file| file.metadata().unwrap().len()).sum();
    assert_eq!(stats["bytes"], bytes, "the memory of repeats counts too");
    assert_eq!((&stats["articles"], &stats["garbage"]), (&5.into(), &0.into()));
    assert_eq!(stats["outlets"].as_array().unwrap().len(), 4);
    // As the articles state them, in WIB.
    assert_eq!(stats["dates"], serde_json::json!(["2025-11-30", "2026-03-02"]));
    assert_eq!(stats["settings"]["format"], 1);
    assert_eq!(stats["settings"]["analyzer"]["name"], "indonesian");
}

#[test]
fn completions_and_manual_pages_come_from_the_definitions() {
    let kliping = Kliping::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(kliping.out(["completions", shell]).contains("kliping"));
    }
    assert!(kliping.out(["man"]).contains(".TH kliping 1"));
    assert!(kliping.out(["man", "search"]).contains("run\\-tag"));
    assert_eq!(kliping.run(["man", "tidak-ada"]).status, 2);
}

#[test]
fn exit_status_follows_grep() {
    let kliping = Kliping::with_seeds();
    assert_eq!(kliping.run(["search", "kuantum"]).status, 0);
    let none = kliping.run(["search", "Ma'ruf Amin: -"]);
    let hints = "kliping: no article has `Ma'ruf`\nkliping: no article has `Amin`\nkliping: no article matches\n";
    assert_eq!((none.status, none.out.as_str(), none.err.as_str()), (1, "", hints));
    assert_eq!(kliping.run(["search"]).status, 2);
    assert_eq!(kliping.run(["search", "--tidak-ada", "x"]).status, 2);
    assert_eq!(kliping.run(["index", "tidak-ada"]).status, 2);
}

#[test]
fn any_text_is_a_query() {
    let kliping = Kliping::with_seeds();
    let long = "kata ".repeat(5000);
    for query in [
        "",
        " ",
        "(",
        "\"",
        "- Jakarta: (KPK)",
        "-jakarta dan bogor",
        "-nama itu bagus",
        "-5",
        "-Jakarta",
        "-- x y",
        "AND",
        "a:b:c",
        "10:30 WIB",
        "https://x.id/a?b=c#d",
        "*",
        "\u{200b}",
        "^~[]{}!\\",
        "e\u{301}",
        "\u{202e}abc",
        "𝔎uantum",
        long.as_str(),
    ] {
        let ran = kliping.run(["search", query]);
        assert!(ran.status <= 1, "{query:?}: {} {}", ran.status, ran.err);
    }
}

#[test]
fn an_empty_result_is_a_valid_document() {
    let kliping = Kliping::with_seeds();
    let ran = kliping.run(["search", "--format", "json", "zzzz"]);
    assert_eq!(ran.status, 1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&json["schema"], &json["articles"]), (&"kliping.search/1".into(), &0.into()));
    assert_eq!(kliping.run(["search", "--format", "csv", "zzzz"]).out.lines().count(), 1);
    assert_eq!(kliping.run(["search", "--format", "jsonl", "zzzz"]).out, "");
}

#[test]
fn without_an_index_the_message_says_what_to_run() {
    for command in [&["search", "x"][..], &["show", "x"], &["stats"]] {
        let ran = Kliping::new().run(command);
        assert_eq!((ran.status, ran.out.as_str()), (3, ""));
        assert!(ran.err.contains("run `kliping index PATH...` first"), "{}", ran.err);
    }
}

#[test]
fn an_index_of_another_format_is_refused() {
    let kliping = Kliping::with_seeds();
    let meta = kliping.folder().join("index/meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let changed = text.replace("\\\"format\\\":1,", "\\\"format\\\":999,");
    assert_ne!(changed, text);
    std::fs::write(&meta, changed).unwrap();
    for command in [&["search", "x"][..], &["index", "seeds/"], &["index", "--rebuild"], &["check"], &["compact"]] {
        let ran = kliping.run(command);
        assert_eq!(ran.status, 3);
        assert!(ran.err.contains("format 999") && ran.err.contains("again"), "{}", ran.err);
    }
}

#[test]
fn an_index_of_another_analyzer_is_refused_until_it_is_rebuilt() {
    let kliping = Kliping::with_seeds();
    let before = kliping.out(["export"]);
    let meta = kliping.folder().join("index/meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    std::fs::write(&meta, text.replace("\\\"dictionaries\\\":\\\"", "\\\"dictionaries\\\":\\\"0")).unwrap();
    for command in [&["search", "x"][..], &["index", "seeds/"], &["index", "--dry-run", "seeds/"], &["export"]] {
        let ran = kliping.run(command);
        assert_eq!(ran.status, 3, "{command:?}");
        let says_what_to_do = ran.err.contains("was analysed by") && ran.err.contains("run `kliping index --rebuild`");
        assert!(says_what_to_do, "{}", ran.err);
    }
    assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
    assert_eq!(kliping.out(["export"]), before);
    assert_eq!(kliping.run(["check"]).status, 0);
}

#[test]
fn a_damaged_index_is_an_error_not_a_panic() {
    let kliping = Kliping::with_seeds();
    std::fs::write(kliping.folder().join("index/meta.json"), "{").unwrap();
    let ran = kliping.run(["search", "x"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is damaged"), "{}", ran.err);
}

#[test]
fn batches_answer_in_order_whatever_the_threads() {
    let kliping = Kliping::with_seeds();
    let topics = "q1\tkomputasi kuantum\n\nq2\tzzzz\nq3\tkecerdasan buatan\n";
    let file = kliping.write("topics.tsv", topics);
    let run = |threads: &str, format: &str| {
        kliping.out(["search", "--queries", file.to_str().unwrap(), "--format", format, "-j", threads])
    };
    for format in ["text", "json", "jsonl", "csv", "tsv", "trec", "paths"] {
        assert_eq!(run("1", format), run("3", format), "{format}");
    }
    let json: serde_json::Value = serde_json::from_str(&run("2", "json")).unwrap();
    let ids: Vec<&str> = json["searches"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["q1", "q2", "q3"]);
    insta::assert_snapshot!("batch_as_trec", run("1", "trec"));
}

#[test]
fn queries_come_from_standard_input_too() {
    let kliping = Kliping::with_seeds();
    let mut command = kliping.command(["search", "--queries", "-", "--format", "paths"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"q1\tkuantum\n").unwrap();
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!((ran.status, ran.out.as_str()), (0, "seeds/000_b00046d57d8c8067.txt\n"));
}

#[test]
fn a_malformed_line_of_queries_is_named_and_the_others_are_answered() {
    let kliping = Kliping::with_seeds();
    let file = kliping.write("topics.tsv", "q1\tkuantum\nsalah\nq1\tchina\nq2\tmandiri\n");
    let ran =
        kliping.run(["search", "--queries", file.to_str().unwrap(), "--format", "tsv", "--fields", "rank", "-n1"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, "query_id\trank\nq1\t1\nq2\t1\n"));
    assert!(ran.err.contains("line 2 of") && ran.err.contains("line 3 of"), "{}", ran.err);
    let file = kliping.write("topics.tsv", "salah\n".repeat(9));
    let ran = kliping.run(["search", "--queries", file.to_str().unwrap(), "--format", "trec"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.lines().count()), (2, "", 6));
    assert!(ran.err.ends_with("and 4 more lines\n"), "{}", ran.err);
}

#[test]
fn pages_follow_one_another() {
    let kliping = Kliping::with_seeds();
    let page = |offset: &str, limit: &str| {
        kliping.out(["search", "china", "--format", "paths", "--offset", offset, "--limit", limit])
    };
    assert_eq!(page("0", "1") + &page("1", "1") + &page("2", "9"), page("0", "9"));
    assert_eq!(kliping.run(["search", "china", "--offset", "99"]).status, 1);
    assert_eq!(kliping.run(["search", "china", "--limit", "0"]).status, 0);
}

#[test]
fn a_page_behind_the_last_hit_says_so() {
    let kliping = Kliping::with_seeds();
    let ran = kliping.run(["search", "china", "--offset", "99"]);
    assert!(ran.err.contains("none of them on this page"), "{}", ran.err);
    let most = usize::MAX.to_string();
    assert_eq!(kliping.run(["search", "china", "--offset", &most, "--limit", &most]).status, 1);
}

#[test]
fn threads_are_bounded() {
    let kliping = Kliping::with_seeds();
    for command in [&["search", "-j", "576460752303423488", "x"][..], &["index", "-j", "5000", "seeds/"]] {
        let ran = kliping.run(command);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("not a number from 1 to 256"), "{}", ran.err);
    }
}

#[test]
fn no_phrase_reaches_across_paragraphs() {
    let kliping = Kliping::new();
    let text = "Harga Pangan Pekan Ini\n\nHarga beras naik.\nPedagang mengeluh. Warga juga.\n";
    let file = kliping.write("berita/a.txt", text);
    assert_eq!(kliping.run(["index", file.to_str().unwrap()]).status, 0);
    assert_eq!(kliping.run(["search", "\"naik pedagang\""]).status, 1);
    assert_eq!(kliping.run(["search", "\"mengeluh warga\""]).status, 0);
}

#[test]
fn control_sequences_of_files_and_queries_stay_out_of_messages() {
    let kliping = Kliping::new();
    let file = kliping.write("berita/\u{1b}[31m.txt", b"caf\xe9 \x00\x01\x02\x03");
    let ran = kliping.run(["index".as_ref(), file.parent().unwrap().as_os_str()]);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
    let missing = kliping.run(["show", "\u{1b}[31m"]);
    assert!(!missing.err.contains('\u{1b}'), "{:?}", missing.err);
}

#[test]
fn colour_is_for_terminals() {
    let kliping = Kliping::with_seeds();
    assert!(!kliping.out(["search", "kuantum"]).contains('\u{1b}'));
    assert!(kliping.out(["search", "--color", "always", "kuantum"]).contains("\u{1b}[1;33m"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let kliping = Kliping::with_seeds();
    let mut command = kliping.command(["search", "--format", "json", "china"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}

/// The ids of the hits of a search.
fn found(kliping: &Kliping, arguments: &[&str]) -> Vec<String> {
    let ran = kliping.run(["search", "--format", "jsonl"].iter().chain(arguments));
    assert!(ran.status <= 1, "{arguments:?}: {}", ran.err);
    let id =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap()[..3].to_owned();
    let mut ids: Vec<String> = ran.out.lines().map(id).collect();
    if !arguments.contains(&"--sort") {
        ids.sort();
    }
    ids
}

#[test]
fn clauses_choose_what_they_say() {
    let kliping = Kliping::with_seeds();
    let check = |query: &str, ids: &[&str]| assert_eq!(found(&kliping, &[query]), ids, "{query}");
    check("mandiri", &["000", "002"]);
    check("mandiri AND kuantum", &["000"]);
    check("mandiri -kuantum", &["002"]);
    check("+kuantum mandiri", &["000"]);
    check("(kuantum ATAU klaster) DAN mandiri", &["000"]);
    check("judul:mandiri", &["002"]);
    check("isi:mandiri", &["000", "002"]);
    check("kuant*", &["000"]);
    check("kuantun~", &["000"]);
    check("\"kuantum komputasi\"", &[]);
    check("\"kuantum komputasi\"~3", &["000"]);
    check("mandiri sumber:hallonews", &["002"]);
    check("sumber:reuters", &["001"]);
    check("mandiri tanggal:Maret 2026", &["000"]);
    check("mandiri tanggal:2026-01-08", &["002"]);
    check("tanggal:2025", &["003"]);
    check("url:003_", &["003"]);
    check("-china -tiongkok", &[]);
    check("zzzz*", &[]);
    check("+zzzz mandiri", &[]);
}

#[test]
fn an_article_that_says_it_otherwise_is_found() {
    let kliping = Kliping::new();
    let folder = kliping.write("berita/cerdas.txt", "Pemerintah menyiapkan aturan kecerdasan buatan untuk sekolah.\n");
    kliping.write("berita/serikat.txt", "Presiden Amerika Serikat tiba di Bali pada hari Senin.\n");
    kliping.out(["index", folder.parent().unwrap().to_str().unwrap()]);
    let check = |query: &str, ids: &[&str]| assert_eq!(found(&kliping, &[query]), ids, "{query}");
    check("AI", &["cer"]);
    check("+AI aturan", &["cer"]);
    check("\"AI\"", &[]);
    check("AS", &["ser"]);
    check("as", &[]);
    let response = kliping.json(["search", "--format", "json", "AI"]);
    assert_eq!(response["reading"]["text"], "AI");
    assert!(response["reading"]["clauses"][0]["alternatives"].to_string().contains("[\"kecerdasan\",\"buatan\"]"));
    assert_eq!(response["hits"][0]["snippets"][0]["highlights"].as_array().unwrap().len(), 2);
}

#[test]
fn options_say_the_same_as_clauses() {
    let kliping = Kliping::with_seeds();
    let check = |arguments: &[&str], ids: &[&str]| assert_eq!(found(&kliping, arguments), ids, "{arguments:?}");
    check(&["teknologi", "--since", "2026", "--sort", "newest"], &["000", "002"]);
    check(&["teknologi", "--since", "2026", "--sort", "oldest"], &["002", "000"]);
    check(&["mandiri", "--until", "Januari 2026"], &["002"]);
    check(&["teknologi", "--source", "reuters", "--source", "hallonews"], &["001", "002"]);
    check(&["teknologi", "--title", "mandiri \"inti"], &["002"]);
    // 23:11 in Jakarta is the next day in Jayapura.
    check(&["mandiri tanggal:2026-01-09", "--timezone", "WIT"], &["002"]);
    let ran = kliping.run(["search", "teknologi", "--since", "kapan"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("`--since kapan` is not a date"), "{}", ran.err);
}

#[test]
fn the_ranking_by_date_pages_without_gaps() {
    let kliping = Kliping::with_seeds();
    let page = |offset: &str, limit: &str| {
        found(&kliping, &["china OR tiongkok", "--sort", "newest", "--offset", offset, "-n", limit])
    };
    let all = page("0", "10");
    assert_eq!(all.len(), 5);
    assert_eq!((0..5).flat_map(|n| page(&n.to_string(), "1")).collect::<Vec<_>>(), all);
}

#[test]
fn wrong_use_names_the_thing_and_says_what_to_do() {
    let kliping = Kliping::with_seeds();
    let folder = kliping.folder().join("index");
    let file = folder.join("meta.json");
    let place = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let (file, inside) = (place(&file), place(&file.join("x")));
    for (arguments, parts) in [
        (&["search", "-n", "dua", "china"][..], &["'dua'", "not a whole number of 0 or more"][..]),
        (&["index", "--batch", "0", "seeds"], &["'0'", "not a whole number of 1 or more"]),
        (&["index", "--max-size", "besar", "seeds"], &["'besar'", "not a whole number of 1 or more"]),
        (&["index", "--format", "doc", "seeds"], &["'doc'", "possible values: text, markdown"]),
        (&["index", "tidak_ada"], &["`tidak_ada`", "check the path"]),
        (&["watch", "tidak_ada"], &["`tidak_ada`", "check the path"]),
        (&["index", "--skipped", "seeds", "seeds"], &["`seeds`", "it is a folder, not a file"]),
        (&["--index", &inside, "search", "china"], &[&inside, "a part of it is a file"]),
        (&["--index", &file, "index", "seeds"], &[&file, "a part of it is a file"]),
        (&["search", "--since", "2020", "--until", "2019", "china"], &["`--since` (2020-01-01)", "earlier"]),
        (&["search", "--since", "kapan", "china"], &["`--since kapan`", "2026-01-31"]),
        (&["search", "--fields", "judul", "china"], &["'judul'", "possible values: rank"]),
        (&["search", "--fields", "title", "china"], &["`--fields`", "`--format json`"]),
        (&["search", "--scores", "--format", "csv", "china"], &["`--scores`", "`--format text`"]),
        (&["search", "--run-tag", "coba", "china"], &["`--run-tag`", "`--format trec`"]),
        (&["duplicates", "--prefer-source", "antara", "001"], &["'--prefer-source <NAME>'", "cannot be used with"]),
        (
            &["duplicates", "--prefer-source", "antara", "--passages"],
            &["'--prefer-source <NAME>'", "cannot be used with"],
        ),
        (&["index", "--rebuild", "--report", "json"], &["'--report <FORMAT>'", "cannot be used with"]),
        (&["search", "--explain", "--format", "csv", "china"], &["`--explain`", "`--format text`"]),
        (&["search", "--facets", "year", "--format", "csv", "china"], &["`--facets`", "`--format text`"]),
        (&["show", "tidak_ada"], &["`tidak_ada`", "`kliping search` shows the ids"]),
        (&["show", "00"], &["`00`", "give more of the id"]),
        (&["--dictionaries", "tidak_ada", "search", "china"], &["`tidak_ada`", "check the path"]),
        (&["man", "cari"], &["`cari`", "`kliping --help`"]),
        (&["cari", "china"], &["'cari'", "--help"]),
        (&["search", "--queries", "seeds/000_b00046d57d8c8067.txt"], &["line 1 of `seeds/000", "id<TAB>query"]),
    ] {
        let ran = kliping.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
        for part in parts {
            assert!(ran.err.contains(part), "{arguments:?} lacks {part}: {}", ran.err);
        }
    }
    assert_eq!(kliping.run(["trace", "- Jing Jin Ji merupakan klaster yang akan dibangun China"]).status, 0);
}
