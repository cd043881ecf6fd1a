//! What is said beside an answer: corrections, completions, and what the index does not have.

use super::support::Kliping;

#[test]
fn words_that_no_article_has_are_corrected_from_the_index_and_never_replaced() {
    let kliping = Kliping::with_seeds();
    let ran = kliping.run(["search", "kecerdsan \"kompuatsi kuantum\" zzzz"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "kliping: no article has `kecerdsan`; did you mean `kecerdasan`?\n\
         kliping: no article has `kompuatsi`; did you mean `komputasi`?\n\
         kliping: no article has `zzzz`\n\
         kliping: no article matches\n"
    );
    let json = kliping.json(["search", "--format", "json", "+robot kecerdsan"]);
    assert_eq!(json["corrected_query"], "+robot kecerdasan");
    assert_eq!(json["corrections"][0]["range"], serde_json::json!({ "start": 7, "end": 16 }));
    assert_eq!(json["reading"]["text"], "+robot kecerdsan");
}

#[test]
fn words_that_the_index_has_in_any_form_need_no_correction() {
    let kliping = Kliping::with_seeds();
    for query in ["mandiri", "kemandiriannya", "AI 2027", "-kecerdsan china", "AI-19", "kecerd* kuantm~1"] {
        let json: serde_json::Value =
            serde_json::from_str(&kliping.run(["search", "--format", "json", query]).out).unwrap();
        assert_eq!(json["corrections"], serde_json::json!([]), "{query}");
    }
}

#[test]
fn a_part_of_a_word_that_no_article_has_is_named() {
    let kliping = Kliping::with_seeds();
    let ran = kliping.run(["search", "di COVID-19"]);
    assert!(ran.err.contains("no article has `COVID`\n"), "{}", ran.err);
}

#[test]
fn days_that_the_index_does_not_have_are_told_apart_from_words() {
    let kliping = Kliping::with_seeds();
    let hint = |arguments: &[&str]| kliping.run([&["search"], arguments].concat()).err;
    let days = hint(&["teknologi", "--until", "1999"]);
    assert!(days.starts_with("kliping: no article matches; those of the index are from 20"), "{days}");
    assert_eq!(hint(&["--format", "trec", "teknologi tanggal:1999"]), days);
    assert_eq!(hint(&["+teknologi sumber:hallonews -teknologi"]), "kliping: no article matches\n");
}

#[test]
fn words_without_near_ones_are_named() {
    let kliping = Kliping::with_seeds();
    let json: serde_json::Value =
        serde_json::from_str(&kliping.run(["search", "--format", "json", "zzzz Amin robot 1999"]).out).unwrap();
    let named: Vec<_> = json["corrections"].as_array().unwrap().iter().map(|word| &word["text"]).collect();
    assert_eq!(named, ["zzzz", "Amin", "1999"]);
    assert!(json["corrections"].as_array().unwrap().iter().all(|word| word["suggestions"] == serde_json::json!([])));
    assert_eq!(json["corrected_query"], serde_json::Value::Null);
}

/// A program with an index in which `indonesia` is in 300 articles, and `indonseia` in some.
fn with_slips(n_slips: usize) -> Kliping {
    let kliping = Kliping::new();
    let record = |n: usize| {
        let word = if n < n_slips { "Indonseia" } else { "Indonesia" };
        format!("{{\"id\":\"a{n}\",\"title\":\"{word} Maju\",\"body\":\"Warga {word} ke-{n} maju.\"}}\n")
    };
    let file = kliping.write("a.jsonl", (0..300 + n_slips).map(record).collect::<String>());
    assert_eq!(kliping.run(["index", "--no-dedup", file.to_str().unwrap()]).status, 0);
    kliping
}

#[test]
fn a_word_of_few_articles_may_be_a_slip_for_one_of_many() {
    let kliping = with_slips(1);
    let ran = kliping.run(["search", "--format", "paths", "indonseia"]);
    assert_eq!(ran.err, "kliping: `indonseia` is in 1 article; did you mean `indonesia`?\n");
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    let json = kliping.json(["search", "--format", "json", "indonseia maju"]);
    assert_eq!(json["corrections"][0]["articles"], 1);
    assert_eq!(json["corrected_query"], "indonesia maju");
    let often = with_slips(4).json(["search", "--format", "json", "indonseia maju"]);
    assert_eq!(often["corrections"], serde_json::json!([]), "a word is no slip for one that is hardly more frequent");
}

#[test]
fn the_beginning_of_a_query_is_not_completed_to_a_slip() {
    assert!(with_slips(1).out(["suggest", "ind"]).starts_with("indonesia\nIndonesia Maju\n"));
    assert!(with_slips(4).out(["suggest", "ind"]).starts_with("indonesia\nindonseia\n"));
}

#[test]
fn outlets_that_the_index_does_not_have_are_named() {
    let kliping = Kliping::with_seeds();
    let expected = "kliping: no outlet is called `antra`; did you mean `ANTARA`?\nkliping: no article matches\n";
    assert_eq!(kliping.run(["search", "--format", "trec", "sumber:antra china"]).err, expected);
    assert_eq!(kliping.run(["search", "--format", "csv", "--source", "antra", "china"]).err, expected);
    let json = kliping.json(["search", "--format", "json", "china -sumber:suara"]);
    assert_eq!(json["unknown_sources"], serde_json::json!([{ "name": "suara", "suggestions": [] }]));
    assert_eq!(kliping.run(["search", "sumber:antara china"]).err, "");
    let others = (0..99).flat_map(|n| ["--source".to_owned(), format!("media{n}")]);
    let arguments = ["search", "china", "--source", "antara"].map(str::to_owned).into_iter().chain(others);
    assert_eq!(kliping.run(arguments).status, 0, "each of a hundred outlets is asked for");
}

#[test]
fn hints_are_on_standard_error_in_every_format_but_json() {
    let kliping = Kliping::with_seeds();
    let query = "teknologi kecerdsan \"china";
    let expected = "kliping: the quotation mark at byte 20 has no partner; read as words\n\
                    kliping: no article has `kecerdsan`; did you mean `kecerdasan`?\n";
    for format in ["text", "jsonl", "csv", "tsv", "trec", "paths"] {
        assert_eq!(kliping.run(["search", "--format", format, query]).err, expected, "{format}");
    }
    assert_eq!(kliping.run(["search", "--format", "json", query]).err, "");
}

#[test]
fn hints_on_a_list_of_queries_name_the_query() {
    let kliping = Kliping::with_seeds();
    let topics = kliping.write("topics.tsv", "q1\tkecerdsan\nq2\tchina yang\nq3\taa ba ca da fa ga ha robot\n");
    let expected = "kliping: q1: no article has `kecerdsan`; did you mean `kecerdasan`?\n\
                    kliping: q1: no article matches\n\
                    kliping: q3: no article has `aa`\n\
                    kliping: q3: no article has `ba`\n\
                    kliping: q3: no article has `ca`\n\
                    kliping: q3: no article has `da`\n\
                    kliping: q3: no article has `fa`\n\
                    kliping: q3: and 2 more\n";
    for format in ["text", "trec"] {
        let ran = kliping.run(["search", "--format", format, "--queries", topics.to_str().unwrap()]);
        assert_eq!(ran.err, expected, "{format}");
    }
}

#[test]
fn the_beginning_of_a_query_is_completed() {
    let kliping = Kliping::with_seeds();
    assert_eq!(
        kliping.out(["suggest", "kec"]),
        "kecerdasan\nkecil\nkecepatan\nGuangxi dan Indonesia Perkuat Kerja Sama Kecerdasan Buatan Melalui Kunjungan Delegasi China \
         ke Tanah Air\n"
    );
    assert_eq!(
        kliping.out(["suggest", "China targ"]),
        "China targetkan\nChina Targetkan Kemandirian Teknologi AI Inti pada 2027\n"
    );
    assert_eq!(
        kliping.out(["suggest", "China t"]),
        "China targetkan\nChina Targetkan Kemandirian Teknologi AI Inti pada 2027\n",
        "behind other words one letter is enough"
    );
    let json = kliping.json(["suggest", "--format", "json", "-n", "1", "chi"]);
    assert_eq!(json["schema"], "kliping.suggest/1");
    assert_eq!(json["terms"], serde_json::json!(["china"]));
    assert_eq!(json["titles"][0]["date"], "2026-01-08T23:11+07:00", "titles that begin so come first");
    assert_eq!(json["titles"].as_array().unwrap().len(), 1);
}

#[test]
fn a_word_behind_others_is_completed_however_many_begin_so() {
    /// Words of titles that begin with `b`, more than are tried together and all more frequent than those asked for.
    const N_WORDS: usize = 2100;
    let word = |n: usize| {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        String::from_iter(['b', letter(n), letter(n / 26), letter(n / 676), 'x'])
    };
    let record =
        |id: String, title: String| serde_json::json!({ "id": id, "title": title, "body": "Isi." }).to_string();
    let titles = (0..N_WORDS).step_by(20).map(|first| (first..first + 20).map(word).collect::<Vec<_>>().join(" "));
    let mut records: Vec<String> = Vec::new();
    for (n, title) in titles.enumerate() {
        records.push(record(format!("a{n}"), title.clone()));
        records.push(record(format!("b{n}"), title));
    }
    records.push(record("beras".to_owned(), "Harga Bersubsidi".to_owned()));
    records.push(record("cabai".to_owned(), format!("Harga Cabai {}", word(7))));
    let kliping = Kliping::new();
    let file = kliping.write("a.jsonl", records.join("\n"));
    assert_eq!(kliping.run(["index", "--no-dedup", file.to_str().unwrap()]).status, 0);
    assert_eq!(kliping.out(["suggest", "harga b"]), "harga bersubsidi\nHarga Bersubsidi\n");
    assert!(kliping.out(["suggest", "harga cabai b"]).starts_with(&format!("harga cabai {}\n", word(7))));
}

#[test]
fn any_text_is_the_beginning_of_a_query() {
    let kliping = Kliping::with_seeds();
    let long = "kata ".repeat(5000);
    for prefix in ["", " ", "(", "-", "- jakarta", "\"har", "k", "zzzz", "\u{200b}", "kecer\u{301}", "AI ", &long] {
        let ran = kliping.run(["suggest", prefix]);
        assert!(ran.status <= 1 && ran.err.is_empty(), "{prefix:?}: {} {}", ran.status, ran.err);
    }
    assert_eq!(kliping.run(["suggest", "zzzz"]).status, 1);
    assert_eq!(kliping.run(["suggest", "-n", "0", "chi"]).status, 1);
}

#[test]
fn an_outlet_that_is_preferred_and_unknown_is_named() {
    let kliping = Kliping::with_seeds();
    let ran = kliping.run(["search", "--prefer-source", "halonews", "china"]);
    assert_eq!(ran.err, "kliping: no outlet is called `halonews`; did you mean `HALLONEWS.COM`?\n");
}

#[test]
fn what_a_list_leaves_out_is_said() {
    let kliping = Kliping::new();
    let record = |n: usize| {
        format!("{{\"id\":\"a{n}\",\"body\":\"Harga beras di pasar induk kembali naik tajam pekan ini.\"}}\n")
    };
    let file = kliping.write("a.jsonl", (0..3).map(record).collect::<String>());
    assert_eq!(kliping.run(["index", "--no-dedup", file.to_str().unwrap()]).status, 0);
    let csv = kliping.run(["trends", "--format", "csv", "beras"]);
    assert_eq!(csv.err, "kliping: 3 articles have no date and stand in no line\n");
    let sentence = "Harga beras di pasar induk kembali naik tajam pekan ini.";
    let trace = kliping.run(["trace", "-n", "1", "--format", "tsv", sentence]);
    assert_eq!(trace.out.lines().count(), 2, "{}", trace.out);
    assert_eq!(trace.err, "kliping: 2 later ones are not shown; see `--limit`\n");
    assert_eq!(kliping.run(["similar", "-n", "0", "a1"]).status, 0);
    assert_eq!(kliping.run(["similar", "-n", "0", "--since", "2020", "a1"]).status, 1);
    assert_eq!(
        kliping.run(["duplicates"]).err,
        "kliping: 3 articles of `--no-dedup` compared with none; `kliping index --rebuild` compares them\n"
    );
    let alone = kliping.run(["index", "--rebuild"]);
    assert_eq!((alone.status, kliping.run(["remove", "a1", "a2"]).status), (0, 0));
    assert_eq!(kliping.run(["duplicates"]).err, "kliping: no two articles tell the same story\n");
}
