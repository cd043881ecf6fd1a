//! Copies, links and stories of the built program, over one update and over several.

use std::fs;

use serde_json::{Value, json};

use super::support::Kliping;

const LEAD: &str = "JAKARTA - Pemerintah menambah pasokan beras ke pasar induk mulai Senin pagi untuk menekan harga.";
const STOCK: &str = "Gudang di Kabupaten Demak masih menyimpan 4.500 ton beras medium untuk tiga bulan mendatang.";
const PRICE: &str = "Pedagang berharap harga segera turun karena pembeli mulai beralih ke jagung dan singkong.";
const OTHER: &str = "Timnas sepak bola putri berlatih keras menjelang laga tandang melawan Vietnam akhir bulan.";

/// A program with a story, a copy with another headline, an update and an article of its own.
fn kliping() -> Kliping {
    let kliping = Kliping::new();
    kliping.write("berita/1.txt", format!("Pasokan Beras Ditambah\n\n{LEAD}\n\n{STOCK}\n\n{PRICE}\n"));
    kliping.write("berita/2.txt", format!("Harga Beras Ditekan\n\n{LEAD}\n\n{STOCK}\n\n{PRICE}\n"));
    let update = STOCK.replace("4.500", "3.100");
    kliping.write("berita/3.txt", format!("Stok Beras Berkurang\n\n{LEAD}\n\n{update}\n\n{PRICE}\n"));
    kliping.write("berita/4.txt", format!("Timnas Putri Berlatih\n\n{OTHER}\n\n{PRICE}\n"));
    kliping
}

fn index(kliping: &Kliping, more: &[&str]) -> Value {
    let folder = kliping.folder().join("berita");
    let mut arguments = vec!["index", "--report", "json"];
    arguments.extend(more);
    arguments.push(folder.to_str().unwrap());
    kliping.json(arguments)
}

/// Everything the index says of repeats, article by article.
fn repeats(kliping: &Kliping) -> Vec<Value> {
    let article = |id: &str| kliping.json(["show", "--format", "json", id]);
    let of = |article: Value| json!([article["id"], article["story"], article["folds"], article["links"]]);
    ["1.txt", "2.txt", "3.txt", "4.txt"].into_iter().map(|id| of(article(id))).collect()
}

#[test]
fn copies_are_linked_to_their_source_and_are_one_story() {
    let kliping = kliping();
    assert_eq!(index(&kliping, &[])["copies"], 2);
    let found = repeats(&kliping);
    let stories: Vec<&Value> = found.iter().map(|article| &article[1]).collect();
    assert_eq!(stories, ["1.txt", "1.txt", "1.txt", "4.txt"]);
    let kinds: Vec<&str> = found[2][3].as_array().unwrap().iter().map(|link| link["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["copy", "update", "copy"]);
    assert!(found.iter().all(|article| article[2] == json!([])), "copies are no folds");
    assert_eq!(found[3][3][0]["article"], "1.txt");
    let all = ["search", "--format", "paths", "--duplicates", "show", "singkong"];
    assert_eq!(kliping.out(all).lines().count(), 4, "copies can be found");
}

#[test]
fn an_article_that_becomes_another_leaves_its_story() {
    let kliping = kliping();
    index(&kliping, &[]);
    kliping.write("berita/1.txt", "Gunung Semeru Erupsi\n\nWarga di lereng Gunung Semeru mengungsi ke balai desa.\n");
    index(&kliping, &[]);
    let stories = || -> Vec<Value> { repeats(&kliping).into_iter().map(|mut article| article[1].take()).collect() };
    let apart = ["1.txt", "2.txt", "2.txt", "4.txt"];
    assert_eq!(stories(), apart);
    kliping.out(["remove", "1.txt"]);
    index(&kliping, &[]);
    assert_eq!(stories(), apart, "its id does not bring it back");
}

#[test]
fn a_hit_shows_the_article_of_its_story_that_has_most_of_the_query() {
    let kliping = kliping();
    index(&kliping, &[]);
    let shown = |query: &str| -> String {
        kliping
            .out(["search", "--format", "paths", query])
            .lines()
            .next()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(shown("pasokan singkong"), "1.txt");
    assert_eq!(shown("stok berkurang singkong"), "3.txt");
    assert_eq!(shown("harga ditekan singkong"), "1.txt", "all have the root");
}

#[test]
fn a_hit_shows_the_article_of_its_story_whose_title_has_the_query() {
    let kliping = Kliping::new();
    for (name, title) in [
        ("1.txt", "Pasokan Ditambah"),
        ("2.txt", "Pedagang Beralih ke Jagung"),
        ("3.txt", "Kabar dari Gudang di Demak"),
    ] {
        kliping
            .write(&format!("berita/{name}"), format!("{title}\n\n{LEAD}\n\n{STOCK}\n\nPedagang beralih ke jagung.\n"));
    }
    index(&kliping, &[]);
    let shown = |query: &str| {
        let found = kliping.json(["search", "--format", "json", query]);
        assert_eq!(found["hits"].as_array().map(Vec::len), Some(1), "one story");
        found["hits"][0]["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(shown("pedagang jagung"), "Pedagang Beralih ke Jagung");
    assert_eq!(shown("pasokan jagung"), "Pasokan Ditambah", "no title has both");
}

#[test]
fn the_result_depends_on_the_order_alone() {
    let at_once = kliping();
    index(&at_once, &["--threads", "1"]);
    let threads = kliping();
    index(&threads, &["--threads", "8"]);
    assert_eq!(repeats(&at_once), repeats(&threads));

    let one_by_one = kliping();
    let later = one_by_one.folder().join("nanti");
    fs::rename(one_by_one.folder().join("berita"), &later).unwrap();
    fs::create_dir(one_by_one.folder().join("berita")).unwrap();
    for name in ["1.txt", "2.txt", "3.txt", "4.txt"] {
        fs::copy(later.join(name), one_by_one.folder().join("berita").join(name)).unwrap();
        index(&one_by_one, &[]);
    }
    assert_eq!(repeats(&at_once), repeats(&one_by_one));
}

#[test]
fn a_story_goes_on_when_its_first_article_is_gone() {
    let kliping = kliping();
    index(&kliping, &[]);
    fs::remove_file(kliping.folder().join("berita/1.txt")).unwrap();
    index(&kliping, &["--prune"]);
    kliping.write("berita/5.txt", format!("Beras Lagi\n\n{LEAD}\n\n{STOCK}\n\n{PRICE}\n"));
    index(&kliping, &[]);
    for id in ["2.txt", "3.txt", "5.txt"] {
        let article = kliping.json(["show", "--format", "json", id]);
        assert_eq!(article["story"], "2.txt", "{id}");
        assert!(article["links"].as_array().unwrap().iter().all(|link| link["article"] == "2.txt"), "{article}");
    }
    assert_eq!(kliping.json(["show", "--format", "json", "2.txt"])["links"], json!([]));
}

#[test]
fn without_dedup_nothing_is_recorded() {
    let kliping = kliping();
    kliping.write("berita/1.txt", format!("Pasokan Beras Ditambah\n\n{LEAD}\n\n{LEAD}\n"));
    let report = index(&kliping, &["--no-dedup"]);
    assert_eq!((&report["copies"], &report["folded_passages"]), (&json!(0), &json!(0)));
    let found = repeats(&kliping);
    assert!(found.iter().all(|article| article[0] == article[1] && article[3] == json!([])), "{found:?}");
    assert_eq!(
        kliping.out(["duplicates", "1.txt"]),
        "1.txt was indexed with `--no-dedup`: it was compared with no article; `kliping index --rebuild` compares it.\n"
    );
    for (arguments, n) in [
        (&["--stories"][..], "4 articles"),
        (&["--passages"], "4 articles"),
        (&["1.txt", "--format", "tsv"], "1 article"),
    ] {
        let ran = kliping.run(["duplicates"].iter().chain(arguments));
        let said =
            format!("kliping: {n} of `--no-dedup` compared with none; `kliping index --rebuild` compares them\n");
        assert_eq!((ran.status, ran.err), (0, said), "{arguments:?}");
    }
}

/// What seven articles of one outlet begin with.
const BODIES: [&str; 7] = [
    "Warga Demak menanam 0 ribu pohon {word} di lereng gunung Demak sejak pagi.\n\n\
     Bupati Demak memuji kerja warga Demak dan menjanjikan 0 truk pupuk tambahan.",
    "Atlet panahan putri menjuarai kejuaraan Asia di Bangkok setelah menaklukkan juara bertahan lewat tembakan {word} \
     terakhir.\n\nPelatih tim nasional langsung mengincar tiket Olimpiade musim depan.",
    "Bank sentral menahan suku bunga acuan {word} guna menjaga nilai tukar rupiah.\n\n\
     Pelaku pasar modal menunggu laporan inflasi dari badan statistik.",
    "Rumah sakit umum membuka poliklinik jantung anak {word} dengan dokter spesialis tamu.\n\n\
     Pasien rujukan tidak lagi dikirim menuju ibu kota provinsi.",
    "Sutradara muda memutar film dokumenter {word} tentang nelayan tua di festival Yogyakarta.\n\n\
     Penonton berdiskusi bersama pemeran sampai larut malam.",
    "Kapal feri rute Merak menuju Bakauheni kandas {word} akibat gelombang tinggi.\n\n\
     Regu penyelamat mengevakuasi seluruh penumpang dengan sekoci karet.",
    "Perusahaan rintisan meluncurkan aplikasi penerjemah bahasa isyarat {word} buatan mahasiswa Bandung.\n\n\
     Kamera telepon mengenali gerakan tangan lalu mengubahnya menjadi suara.",
];

/// A program with seven articles of one outlet, about different things, that end in the same line.
fn with_boilerplate() -> Kliping {
    let kliping = Kliping::new();
    for place in 0..BODIES.len() {
        kliping.write(&format!("berita/{place}.json"), boilerplate(place, "x"));
    }
    kliping
}

/// An article of an outlet whose articles all end in the same line.
fn boilerplate(place: usize, word: &str) -> String {
    let body = BODIES[place].replace("{word}", word);
    let body = format!("{body}\n\nTulisan pembaca dikirim ke kantor redaksi kami di Semarang setiap hari kerja.");
    json!({ "id": place.to_string(), "isi": body, "sumber": "Suara Utara" }).to_string()
}

/// The articles that a search for the common line finds, and those whose folds point at others.
fn line(kliping: &Kliping) -> (Vec<String>, Vec<String>) {
    let found = kliping.out(["search", "--format", "json", "-n", "20", "tulisan pembaca kantor redaksi"]);
    let found: Value = serde_json::from_str(&found).unwrap();
    let mut ids: Vec<String> = found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].to_string()).collect();
    ids.sort();
    let source = |place: usize| {
        let article = kliping.json(["show", "--format", "json", &place.to_string()]);
        let folds = article["folds"].as_array().unwrap().clone();
        folds.iter().map(|fold| format!("{place} {}", fold["article"])).collect::<Vec<_>>()
    };
    (ids, (1..7).flat_map(source).collect())
}

#[test]
fn boilerplate_is_folded_into_its_first_article() {
    let kliping = with_boilerplate();
    assert_eq!(index(&kliping, &[])["folded_passages"], 4);
    let folds = ["3", "4", "5", "6"].map(|id| format!("{id} \"0\""));
    assert_eq!(line(&kliping), (["0", "1", "2"].map(|id| format!("\"{id}\"")).to_vec(), folds.to_vec()));
}

#[test]
fn what_was_folded_into_an_article_that_is_gone_is_folded_into_another() {
    let kliping = with_boilerplate();
    index(&kliping, &[]);
    assert_eq!(kliping.run(["remove", "0"]).status, 0);
    let folds = ["4", "5", "6"].map(|id| format!("{id} \"1\""));
    let found = ["1", "2", "3"].map(|id| format!("\"{id}\""));
    assert_eq!(line(&kliping), (found.to_vec(), folds.to_vec()), "as if the first had never been there");
    assert_eq!(kliping.run(["check"]).status, 0);
}

#[test]
fn what_was_folded_into_an_article_that_changed_is_found_still() {
    let kliping = with_boilerplate();
    index(&kliping, &[]);
    kliping.write("berita/0.json", boilerplate(0, "y"));
    assert_eq!(index(&kliping, &["--no-dedup"])["updated"], 1);
    let (found, folds) = line(&kliping);
    assert_eq!(found, ["\"0\"", "\"1\"", "\"2\"", "\"3\""]);
    assert!(folds.iter().all(|fold| fold.ends_with("\"1\"")), "{folds:?}");
    kliping.write("berita/0.json", boilerplate(0, "z"));
    index(&kliping, &[]);
    assert_eq!(line(&kliping).0, ["\"1\"", "\"2\"", "\"3\""], "it arrived anew and is the first no longer");
}

#[test]
fn a_rebuilt_index_has_the_same_repeats() {
    for kliping in [kliping(), with_boilerplate()] {
        index(&kliping, &[]);
        let before = kliping.out(["export"]);
        assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
        assert_eq!(kliping.out(["export"]), before);
    }
}

#[test]
fn stories_and_passages_are_listed() {
    let kliping = kliping();
    index(&kliping, &[]);
    let stories = kliping.out(["duplicates", "--stories", "--format", "tsv"]);
    assert_eq!(stories, "article\tstory\tcanonical\n1.txt\t1.txt\t1\n2.txt\t1.txt\t0\n3.txt\t1.txt\t0\n");
    let json = kliping.json(["duplicates", "--sort", "date", "--format", "json"]);
    assert_eq!(json["stories"][0]["members"].as_array().unwrap().len(), 3);
    let text = kliping.out(["duplicates"]);
    assert!(text.starts_with("Pasokan Beras Ditambah  (+2 salinan)\n"));
    assert_eq!(
        text.lines().filter(|line| line.ends_with("  first")).count(),
        json["stories"].as_array().unwrap().len()
    );

    let passages = kliping.out(["duplicates", "--passages", "--format", "tsv"]);
    assert!(passages.starts_with("article\tstart\tend\tsource_article\tsource_start\tsource_end\tkind\n"));
    assert!(!passages.contains("update"), "an update says something new");
    let text = |name: &str| fs::read_to_string(kliping.folder().join("berita").join(name)).unwrap();
    for row in passages.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let part = |name, start: &str, end: &str| {
            let letters = text(name)[start.parse().unwrap()..end.parse().unwrap()].to_owned();
            letters.replace(|c: char| !c.is_alphanumeric(), "")
        };
        assert_eq!(part(cells[0], cells[1], cells[2]), part(cells[3], cells[4], cells[5]), "{row}");
    }
    let json = kliping.json(["duplicates", "--passages", "--sort", "size", "--format", "json"]);
    let rows = json["passages"].as_array().unwrap();
    assert_eq!(rows.len(), passages.lines().count() - 1);
    let len = |row: &Value| row["end"].as_u64().unwrap() - row["start"].as_u64().unwrap();
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(len(row))));
}

#[test]
fn offsets_are_of_the_body_as_received() {
    let kliping = Kliping::new();
    let bodies = [format!("{LEAD}\n\n{STOCK}"), format!("{OTHER}\n\n{STOCK}")];
    let record = |(n, body): (usize, &String)| {
        json!({ "id": n.to_string(), "judul": format!("Berita ke-{n} hari ini"), "isi": body }).to_string()
    };
    let records: Vec<String> = bodies.iter().enumerate().map(record).collect();
    let file = kliping.write("berita.jsonl", records.join("\n"));
    kliping.out(["index".as_ref(), file.as_os_str()]);
    let [start, source] = [&bodies[1], &bodies[0]].map(|body| body.find(STOCK).unwrap());
    let row = format!("1\t{start}\t{}\t0\t{source}\t{}\tcopy", start + STOCK.len(), source + STOCK.len());
    assert_eq!(kliping.out(["duplicates", "--passages", "--format", "tsv"]).lines().nth(1), Some(row.as_str()));
    let ends = [start, source].map(|start| start + STOCK.len());
    let label = format!("1, bytes {start} to {}: copy of 0, bytes {source} to {}\n", ends[0], ends[1]);
    assert!(kliping.out(["duplicates", "--passages"]).starts_with(&label));
}

#[test]
fn one_article_is_explained_beside_its_sources() {
    let kliping = kliping();
    index(&kliping, &[]);
    let explained = kliping.out(["duplicates", "3.txt"]);
    assert!(explained.contains("update of 1.txt") && explained.contains("3.100") && explained.contains("4.500"));
    assert!(explained.contains("  also in 1 other article\n"), "{explained}");
    assert!(!kliping.out(["duplicates", "--passages"]).contains("also in"));
}

#[test]
fn what_others_have_of_an_article_is_told_too() {
    let kliping = kliping();
    index(&kliping, &[]);
    let [lead, stock, price] = [LEAD, STOCK, PRICE].map(str::len);
    let expected = format!(
        "2.txt has {} bytes of 1.txt: copy\n3.txt has {} bytes of 1.txt: copy, update\n4.txt has {price} bytes of \
         1.txt: copy\n",
        lead + stock + price + 4,
        lead + stock + price - 1
    );
    assert_eq!(kliping.out(["duplicates", "1.txt"]), expected);
    let rows = kliping.out(["duplicates", "1.txt", "--format", "tsv"]);
    assert_eq!(rows.lines().skip(1).filter(|row| row.split('\t').nth(3) == Some("1.txt")).count(), 5, "{rows}");
    let json = kliping.json(["duplicates", "4.txt", "--format", "json"]);
    assert_eq!((&json["passages"][0]["article"], json["passages"].as_array().unwrap().len()), (&json!("4.txt"), 1));
    let alone = kliping.write("berita/5.txt", "Kabar Pendek\n\nHujan turun di Bandung.\n");
    kliping.out(["index".as_ref(), alone.as_os_str()]);
    assert_eq!(kliping.out(["duplicates", "5.txt"]), "5.txt repeats nothing, and nothing repeats it.\n");
}

#[test]
fn the_memory_of_repeats_can_be_lost_or_damaged() {
    let whole = with_boilerplate();
    index(&whole, &[]);
    for damage in [remove_all, remove_runs, damage_all] {
        let kliping = with_boilerplate();
        let folder = kliping.folder().join("berita");
        for place in 0..7 {
            let file = folder.join(format!("{place}.json"));
            kliping.out(["index".as_ref(), file.as_os_str()]);
            damage(&kliping.folder().join("index/repeats"));
        }
        assert_eq!(kliping.out(["duplicates", "--passages"]), whole.out(["duplicates", "--passages"]));
        let files = fs::read_dir(kliping.folder().join("index/repeats")).map_or(0, Iterator::count);
        assert!(files <= 2, "nothing piles up");
    }
}

fn remove_all(folder: &std::path::Path) {
    fs::remove_dir_all(folder).unwrap();
}

fn remove_runs(folder: &std::path::Path) {
    for_each_file(folder, |file| {
        if file.extension().unwrap() == "run" {
            fs::remove_file(file).unwrap();
        }
    });
}

/// Changes a byte in the middle of each file.
fn damage_all(folder: &std::path::Path) {
    for_each_file(folder, |file| {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(file, bytes).unwrap();
    });
}

fn for_each_file(folder: &std::path::Path, mut take: impl FnMut(&std::path::Path)) {
    for file in fs::read_dir(folder).unwrap() {
        take(&file.unwrap().path());
    }
}

#[test]
fn a_sentence_is_traced_to_who_had_it_first() {
    let kliping = with_boilerplate();
    index(&kliping, &[]);
    let line = "Tulisan pembaca dikirim ke kantor redaksi kami di Semarang setiap hari kerja.";
    let found = kliping.json(["trace", "--format", "json", line]);
    let ids: Vec<&str> = found["articles"].as_array().unwrap().iter().map(|a| a["article"].as_str().unwrap()).collect();
    assert_eq!(ids, ["0", "1", "2", "3", "4", "5", "6"], "what is folded is found too");
    let changed = "Bupati Demak memuji kerja warga Demak dan menjanjikan 9 truk pupuk tambahan.";
    assert_eq!(
        kliping.out(["trace", changed]),
        "Warga Demak menanam 0 ribu pohon x di lereng gunung Demak sejak pagi.  update\n  no date  Suara Utara  0\n  \
         Bupati Demak memuji kerja warga Demak dan menjanjikan 0 truk pupuk tambahan\n    0, not: 9\n"
    );
    assert_eq!(kliping.run(["trace", "Kucing itu tidur lelap di atas atap."]).status, 1);
}

#[test]
fn of_very_many_that_repeat_an_article_the_text_says_how_many_it_leaves_out() {
    let kliping = Kliping::new();
    let record =
        |n: usize| json!({ "id": format!("r{n}"), "isi": format!("{STOCK} Kata warga nomor {n}.") }).to_string();
    let file = kliping.write("berita.jsonl", (0..1003).map(record).collect::<Vec<_>>().join("\n"));
    kliping.out(["index".as_ref(), file.as_os_str()]);
    let text = kliping.run(["duplicates", "r0"]);
    assert_eq!(text.out.lines().count(), 1000);
    assert_eq!(text.err, "kliping: 2 later articles not shown; `--format tsv` lists all\n");
    let rows = kliping.run(["duplicates", "r0", "--format", "tsv"]);
    assert_eq!((rows.out.lines().count(), rows.err.as_str()), (1003, ""));
}
