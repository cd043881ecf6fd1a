//! Articles of every format, packed in every way, come out the same.

use std::io::{Cursor, Write};
use std::process::Stdio;

use super::support::Kliping;

const TITLE: &str = "Harga Beras Naik di Pasar Induk";
const BODY: &str = "Harga beras di pasar induk naik lagi pekan ini, kata para pedagang yang ditemui pada hari Kamis. \
    Menurut mereka, pasokan dari daerah berkurang karena hujan, sehingga harga di tingkat pengecer ikut naik pula.";

fn record() -> String {
    serde_json::json!({"judul": TITLE, "isi": BODY, "tanggal": "8 Januari 2026", "sumber": "Contoh", "rubrik": "Ekonomi"})
        .to_string()
}

fn page() -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{TITLE}</title>\
         <meta property=\"og:type\" content=\"article\"><meta property=\"og:site_name\" content=\"Contoh\">\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
         \"headline\":\"{TITLE}\",\"datePublished\":\"2026-01-08\"}}</script></head>\
         <body><nav><a href=\"/\">Beranda</a></nav><article><h1>{TITLE}</h1><p>{BODY}</p></article></body></html>"
    )
}

fn feed() -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Contoh</title><item><title>{TITLE}</title>\
         <pubDate>Thu, 08 Jan 2026 10:00:00 +0700</pubDate><description>&lt;p&gt;{BODY}&lt;/p&gt;</description>\
         </item></channel></rss>"
    )
}

fn web_archive() -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page());
    let length = answer.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://contoh.id/a\r\nContent-Length: {length}\r\n\r\n{answer}\r\n\r\n"
    )
}

/// Indexes one file and checks the only article in it.
#[track_caller]
fn check(name: &str, content: &[u8]) {
    let kliping = Kliping::new();
    let file = kliping.write(name, content);
    let report = kliping.json(["index".as_ref(), "--report".as_ref(), "json".as_ref(), file.as_os_str()]);
    assert_eq!(report["added"], 1, "{name}: {report}");
    let hits = kliping.json(["search", "--format", "json", "pasokan daerah"]);
    assert_eq!(hits["hits"][0]["title"], TITLE, "{name}: {hits}");
    assert_eq!(hits["hits"][0]["source"], "Contoh", "{name}: {hits}");
    assert!(hits["hits"][0]["date"].as_str().unwrap().starts_with("2026-01-08"), "{name}: {hits}");
}

#[test]
fn a_relative_date_counts_from_when_the_record_was_fetched() {
    let kliping = Kliping::new();
    let record = |id: &str, more: &str| {
        format!("{{\"id\":\"{id}\",\"isi\":\"Harga beras naik.\",\"tanggal\":\"2 jam yang lalu\"{more}}}\n")
    };
    let file = kliping
        .write("a.jsonl", record("a", ",\"crawled_at\":\"2026-01-08T01:10:00+07:00\"") + &record("b", ",\"jam\":1"));
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
    let date = |id: &str| kliping.json(["show", "--format", "json", id])["metadata"]["date"]["value"].clone();
    assert_eq!((date("a"), date("b")), ("2026-01-07T23:10+07:00".into(), serde_json::Value::Null));
}

#[test]
fn a_declared_date_is_read_however_it_is_written_and_never_made_up() {
    let kliping = Kliping::new();
    let cases = [
        (serde_json::json!(1_738_810_800.5), Some("2025-02-06T10:00+07:00")),
        (serde_json::json!(1_738_810_800_000.0), Some("2025-02-06T10:00+07:00")),
        (serde_json::json!("Kompas.com - 06/02/2025, 10:00 WIB"), Some("2025-02-06T10:00+07:00")),
        (serde_json::json!("Kam, 6 Feb 25 pukul 10 WIB"), Some("2025-02-06T10:00+07:00")),
        (serde_json::json!("Oleh Budi, 6 Februari 2025 24:00 WIB"), Some("2025-02-06")),
        (serde_json::json!("8 dan 9 Januari 2026"), None),
        (serde_json::json!(17.5), None),
    ];
    let line = |(at, (date, _)): (usize, &(serde_json::Value, Option<&str>))| {
        serde_json::json!({"id": at, "isi": format!("Berita nomor {at}."), "tanggal": date}).to_string() + "\n"
    };
    let file = kliping.write("a.jsonl", cases.iter().enumerate().map(line).collect::<String>());
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
    for (at, (written, expected)) in cases.iter().enumerate() {
        let article = kliping.json(["show", "--format", "json", &at.to_string()]);
        assert_eq!(article["metadata"]["date"]["value"].as_str(), *expected, "{written}");
    }
}

#[test]
fn a_column_tells_the_order_of_its_dates_and_a_file_its_day() {
    let kliping = Kliping::new();
    let table = |dates: &[&str]| {
        let row = |(at, date): (usize, &&str)| format!("{at},Beras nomor {at} naik di pasar.,{date}\n");
        format!("id,isi,tanggal\n{}", dates.iter().enumerate().map(row).collect::<String>())
    };
    kliping
        .write("berita/bulan.csv", table(&["01/05/2026", "nan", "01/25/2026", "02/03/2026 10:00 WIB", "25/01/2026"]));
    kliping.write("berita/hari.csv", table(&["01/05/2026", "25/01/2026", "46030"]).replace('\n', "\nh"));
    kliping.write("berita/rilis/2026-01-08-gula.txt", "Gula langka di pasar, kata para pedagang.");
    kliping.write("berita/20260108.csv", "id,isi\nr0,Cabai murah di pasar.\n");
    assert_eq!(kliping.run(["index", "--no-dedup", kliping.folder().join("berita").to_str().unwrap()]).status, 0);
    for (id, expected) in [
        ("0", Some("2026-01-05")),
        ("1", None),
        ("2", Some("2026-01-25")),
        ("3", Some("2026-02-03T10:00+07:00")),
        ("4", Some("2026-01-25")),
        ("h0", Some("2026-05-01")),
        ("h1", Some("2026-01-25")),
        ("h2", Some("2026-01-08")),
        ("rilis/2026-01-08-gula.txt", Some("2026-01-08")),
        ("r0", None),
    ] {
        let article = kliping.json(["show", "--format", "json", id]);
        assert_eq!(article["metadata"]["date"]["value"].as_str(), expected, "{id}");
    }
}

#[test]
fn a_labelled_text_is_read_as_a_record() {
    let labels = format!("Judul: {TITLE}\nTanggal: 8 Januari 2026\nSumber: Contoh\n");
    check("a.txt", format!("{labels}Isi: {BODY}\n").as_bytes());
    check("a.md", format!("{}\n{BODY}\n", labels.replace(": ", "** : ").replace('\n', "\n**")).as_bytes());
}

#[test]
fn records_are_read_from_lines_arrays_and_tables() {
    check(
        "banner.csv",
        format!("Kliping Januari 2026,,,\n,,,\njudul,isi,tanggal,sumber\n{TITLE},\"{BODY}\",08/01/2026,Contoh\n")
            .as_bytes(),
    );
    check("a.jsonl", format!("\n{}\n", record()).as_bytes());
    check("tanpa_akhiran", format!("\u{feff}[{}]", record()).as_bytes());
    check(
        "a.json",
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&record()).unwrap())
            .unwrap()
            .as_bytes(),
    );
    check(
        "b.json",
        format!("{{\"status\":\"ok\",\"data\":{{\"items\":[\n{}\n],\"next\":{{}}}}}}\n", record()).as_bytes(),
    );
    check("a.csv", format!("judul;isi;tanggal;sumber\n{TITLE};\"{BODY}\";08/01/2026;Contoh\n").as_bytes());
    check("a.txt", format!("title\tcontent\tdate\tsource\n{TITLE}\t{BODY}\t2026-01-08\tContoh\n").as_bytes());
    let utf_16: Vec<u8> = format!("\u{feff}{}\n", record()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("a.ndjson", &utf_16);
}

#[test]
fn pages_feeds_archives_and_front_matter_are_read() {
    check("a.html", page().as_bytes());
    check("a.xml", feed().as_bytes());
    let wide =
        feed().replace("?>", " encoding=\"UTF-16\"?>").replace("Thu, 08 Jan 2026 10:00:00 +0700", "Kam, 8 Jan 2026");
    check("utf16.xml", &wide.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
    check("br.xml", feed().replace("&lt;p&gt;", "Induk & pasar\u{20}<br>").as_bytes());
    check("a.warc", web_archive().as_bytes());
    check("a.md", format!("---\ntitle: {TITLE}\ndate: 2026-01-08\nsource: Contoh\n---\n\n{BODY}\n").as_bytes());
}

#[test]
fn compressed_files_are_read() {
    let text = record();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    check("a.jsonl.gz", &gzip.finish().unwrap());
    check("a.jsonl.zst", &zstd::encode_all(text.as_bytes(), 1).unwrap());
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(text.as_bytes()).unwrap();
    check("a.dat", &bzip2.finish().unwrap());
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tarred(name: &str, content: &[u8]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(content.len() as u64);
    header.set_cksum();
    tar.append_data(&mut header, name, content).unwrap();
    tar.into_inner().unwrap()
}

#[test]
fn archives_are_read() {
    check("a.zip", &zipped(&[("berita/a.jsonl", record().as_bytes()), (".hidden.txt", b"x")]));
    check("a.tar", &tarred("a.html", page().as_bytes()));
    check("b.zip", &zipped(&[("a.tar", &tarred("a.jsonl", record().as_bytes()))]));
}

#[test]
fn archives_in_archives_end() {
    for (n_archives, told) in [(3, "1 added"), (4, "in more than three archives"), (6, "in more than three archives")] {
        let text = zipped(&[("a.txt", b"Harga beras naik.")]);
        let packed = (1..n_archives).fold(text, |packed, _| zipped(&[("a.zip", &packed)]));
        let kliping = Kliping::new();
        let file = kliping.write("a.zip", packed);
        let ran = kliping.run(["index".as_ref(), file.as_os_str()]);
        assert_eq!(ran.status, 0);
        assert!(ran.err.contains(told), "{n_archives}: {}", ran.err);
    }
}

#[test]
fn what_is_larger_than_allowed_is_skipped() {
    let kliping = Kliping::new();
    let large = format!("{{\"isi\": \"{}\"}}\n{}\n", "x ".repeat(1 << 20), record());
    let file = kliping.write("a.jsonl", large);
    let ran = kliping.run(["index".as_ref(), "--max-size".as_ref(), "1".as_ref(), file.as_os_str()]);
    assert!(ran.err.contains("1 added") && ran.err.contains("record 1: 1048577 bytes or more"), "{}", ran.err);
    // A zip archive ends with its list: in another archive all of it is held.
    let noise: Vec<u8> =
        (0..400_000_u32).flat_map(|n| n.wrapping_mul(0x9E37_79B1).rotate_left(9).to_le_bytes()).collect();
    let file = kliping.write("a.tar", tarred("a.zip", &zipped(&[("a.txt", b"Harga naik."), ("a.bin", &noise)])));
    let ran = kliping.run(["index".as_ref(), "--max-size".as_ref(), "1".as_ref(), file.as_os_str()]);
    assert!(ran.err.contains("a.zip`: ") && ran.err.contains("`--max-size` raises that"), "{}", ran.err);
}

#[test]
fn standard_input_is_read() {
    let kliping = Kliping::new();
    let mut child = kliping.command(["index", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{}\n", record()).as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 1);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_as_standard_input_is() {
    let kliping = Kliping::new();
    let pipe = kliping.folder().join("pipa");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let update = |content: &str| {
        let (pipe_to, content) = (pipe.clone(), content.to_owned());
        let writer = std::thread::spawn(move || std::fs::write(pipe_to, content).unwrap());
        let report = kliping.json(["index", "--report", "json", "--prune", pipe.to_str().unwrap()]);
        writer.join().unwrap();
        ["added", "unchanged", "removed"].map(|name| report[name].as_u64().unwrap())
    };
    assert_eq!(update("Gula langka di pasar, kata para pedagang."), [1, 0, 0]);
    assert_eq!(update("Gula langka di pasar, kata para pedagang."), [0, 1, 0]);
    assert_eq!(update("judul,isi\nCabai,Cabai murah di pasar.\nBeras,Beras mahal di pasar.\n"), [2, 0, 0]);
    let mut ran = kliping.command(["index", "--report", "json", "/dev/stdin"]);
    let mut child = ran.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"Harga\0telur turun di pasar.").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 4);
    assert_eq!(kliping.json(["search", "--format", "json", "\"harga telur\""])["articles"], 1);
}

#[test]
fn fields_can_be_named() {
    let kliping = Kliping::new();
    let file = kliping.write("a.csv", format!("kepala,kolom 7\n{TITLE},\"{BODY}\"\n"));
    let map = ["index".as_ref(), "--map".as_ref(), "title=kepala,body=kolom 7".as_ref(), file.as_os_str()];
    assert_eq!(kliping.run(map).status, 0);
    assert_eq!(kliping.run(["search", "pasokan"]).status, 0);
    let wrong = kliping.run(["index".as_ref(), "--map".as_ref(), "titel=x".as_ref(), file.as_os_str()]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("`titel` is none of id, title, body"), "{}", wrong.err);
    let twice = kliping.run(["index".as_ref(), "--map".as_ref(), "body=a,body=b".as_ref(), file.as_os_str()]);
    assert!(twice.status == 2 && twice.err.contains("both `a` and `b` for `body`"), "{}", twice.err);
    let typo = "title=kepala,body=kolom 7,date=tglx";
    let told = kliping.run(["index".as_ref(), "--map".as_ref(), typo.as_ref(), file.as_os_str()]);
    assert!(told.status == 0 && told.err.contains("no record has a field called `tglx`"), "{}", told.err);
}

#[test]
fn records_are_articles_of_their_own_that_come_change_and_go() {
    let kliping = Kliping::new();
    let update = |lines: &[&str], extra: &[&str]| {
        let file = kliping.write("berita/a.jsonl", lines.join("\n"));
        let mut arguments = vec!["index", "--report", "json", file.to_str().unwrap()];
        arguments.extend(extra);
        let report = kliping.json(arguments);
        ["added", "updated", "unchanged", "removed", "duplicates"].map(|name| report[name].as_u64().unwrap())
    };
    let (a, b) = (r#"{"id":"a","isi":"Harga beras naik."}"#, r#"{"url":"https://contoh.id/b/","isi":"Panen tiba."}"#);
    let changed = r#"{"id":"a","isi":"Harga cabai turun."}"#;
    let nameless = r#"{"isi":"Tanpa nama."}"#;
    assert_eq!(update(&[a, b, nameless], &[]), [3, 0, 0, 0, 0]);
    assert_eq!(update(&[a, b, nameless], &[]), [0, 0, 3, 0, 0]);
    assert_eq!(update(&[a, changed, b], &[]), [0, 1, 1, 0, 1], "the last of equal ids wins");
    assert!(kliping.out(["show", "a"]).contains("cabai"));
    assert_eq!(update(&[changed], &["--prune", "--dry-run"]), [0, 0, 1, 2, 0]);
    assert_eq!(update(&[changed], &["--prune"]), [0, 0, 1, 2, 0]);
    assert_eq!(update(&[changed], &["--prune"]), [0, 0, 1, 0, 0]);
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 1);
}

#[test]
fn entries_of_a_feed_without_id_and_address_are_recognised() {
    let kliping = Kliping::new();
    let file = kliping.write("a.xml", feed());
    for counts in ["1 added, 0 updated", "0 added, 0 updated"] {
        let ran = kliping.run(["index".as_ref(), file.as_os_str()]);
        assert!(ran.err.contains(counts), "{}", ran.err);
    }
    assert!(kliping.out(["show", "a.xml#1"]).contains("Harga Beras Naik"));
}

#[test]
fn records_of_equal_files_in_two_folders_are_different_articles() {
    let kliping = Kliping::new();
    for folder in ["satu", "dua"] {
        let file = kliping.write(&format!("{folder}/a.jsonl"), format!("{{\"isi\": \"Berita {folder}.\"}}\n"));
        assert_eq!(kliping.run(["index".as_ref(), file.parent().unwrap().as_os_str()]).status, 0);
    }
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 2);
}

#[test]
fn a_run_is_committed_in_batches_and_the_next_one_does_the_rest() {
    let kliping = Kliping::new();
    let record = |n: usize| format!("{{\"id\":\"{n}\",\"isi\":\"Berita nomor {n} hari ini.\"}}\n");
    let lines: Vec<String> = (0..300).map(record).collect();
    let file = kliping.write("a.jsonl", lines.concat());
    let arguments = ["index".as_ref(), "--batch".as_ref(), "100".as_ref(), file.as_os_str()];
    assert_eq!(kliping.run(arguments).status, 0);
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 300);
}

/// Indexes one file and checks how many articles it gives and what is said of it.
#[track_caller]
fn check_hostile(name: &str, content: impl AsRef<[u8]>, articles: u64, reasons: &[&str]) {
    let kliping = Kliping::new();
    let file = kliping.write(name, content);
    let report = kliping.json(["index".as_ref(), "--report".as_ref(), "json".as_ref(), file.as_os_str()]);
    assert_eq!(report["added"], articles, "{name}: {report}");
    let skipped = report["skipped"].as_array().unwrap();
    assert_eq!(skipped.len(), reasons.len(), "{name}: {report}");
    for (skip, reason) in skipped.iter().zip(reasons) {
        assert!(skip["reason"].as_str().unwrap().contains(reason), "{name}: {report}");
    }
}

/// Returns records of a line each, each of another text.
fn lines(n: usize) -> String {
    let lines = (0..n).map(|n| format!("{{\"isi\":\"Berita nomor {n}: {BODY}\"}}"));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn what_is_cut_short_gives_what_comes_before_and_is_named() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines(10).as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    check_hostile("a.jsonl.gz", &gzip[..gzip.len() - 4], 10, &["unexpected end of file"]);
    check_hostile("b.jsonl.gz", [gzip.as_slice(), b"what does not belong here"].concat(), 10, &["invalid gzip header"]);
    let zstd = zstd::encode_all(lines(2000).as_bytes(), 1).unwrap();
    check_hostile("a.jsonl.zst", &zstd[..12], 0, &["incomplete frame"]);
    let zip = zipped(&[("a.txt", BODY.as_bytes())]);
    check_hostile("a.zip", &zip[..zip.len() / 2], 0, &["invalid Zip archive"]);
    let tar = tarred("a.txt", BODY.as_bytes());
    check_hostile("a.tar", &tar[..700], 1, &["unexpected EOF"]);
    check_hostile("a.json", format!("[{},{{\"isi\":\"Har", record()), 1, &["broken: EOF"]);
    let rss = feed().replace("</channel></rss>", &format!("<item><title>{TITLE}</title><description>Har"));
    check_hostile("a.xml", rss, 1, &["the file ends before it does"]);
    check_hostile("a.warc", &web_archive()[..300], 0, &["the file ends before it does"]);
    check_hostile(
        "c.warc",
        format!("WARC/1.0\r\nWARC-Type: response\r\n\r\n{}", web_archive()),
        1,
        &["without a length"],
    );
}

#[test]
fn one_damaged_record_of_an_archive_costs_itself() {
    let page = |n: usize| {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page());
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://contoh.id/{n}");
        let record = format!("{head}\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len());
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(record.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let mut records: Vec<Vec<u8>> = (0..30).map(page).collect();
    let checksum = records[12].len() - 8;
    records[12][checksum..checksum + 4].fill(0xFF);
    check_hostile("a.warc.gz", records.concat(), 29, &["corrupt"]);
    let data = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}";
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://contoh.id/d";
    let record = format!("{head}\r\nContent-Length: {}\r\n\r\n{data}\r\n\r\n", data.len());
    check_hostile("b.warc", web_archive() + &record, 1, &["a feed or data and no page"]);
}

#[test]
fn a_row_with_an_open_quotation_mark_costs_itself() {
    let row = |n: usize| format!("{n},\"Harga, naik {n}\",\"{BODY}\"\n");
    let open = format!("id,judul,isi\n{}2,Harga,\"naik, lalu turun\n{}{}", row(1), row(3), row(4));
    check_hostile("a.csv", open, 3, &["a quotation mark is not closed"]);
}

#[test]
fn what_a_record_lacks_is_told() {
    let kliping = Kliping::new();
    let file = kliping.write("a.jsonl", "{\"judul\":\"Harga\",\"data\":{\"naskah_kami\":\"Panen raya.\"}}\n");
    let index = |map: &str| kliping.run(["index".as_ref(), "--map".as_ref(), map.as_ref(), file.as_os_str()]);
    assert!(index("body=typo").err.contains("`--map` names a field `typo`, and there is none; the fields are `judul`"));
    assert!(index("body=data.naskah_kami").err.contains("1 added"));
    assert_eq!(kliping.run(["search", "panen raya"]).status, 0);
}

#[test]
fn ids_of_any_length_are_told_apart() {
    let record = |end: u8| format!("{{\"id\":1234567890123456789{end}0,\"isi\":\"Berita nomor {end}.\"}}\n");
    check_hostile("a.jsonl", record(1) + &record(2), 2, &[]);
}

#[test]
fn pieces_of_pages_and_front_matter_in_text_files_are_read_as_such() {
    let kliping = Kliping::new();
    kliping.write("berita/a.txt", format!("<p>{BODY}</p><p>Penutup cerita.</p>"));
    kliping.write("berita/b.txt", format!("---\ntitle: {TITLE}\n---\nPanen raya tiba di desa itu."));
    let sitemap = kliping.write("berita/peta.xml", "<?xml version=\"1.0\"?><urlset><url><loc>x</loc></url></urlset>");
    let folder = sitemap.parent().unwrap();
    assert_eq!(kliping.run(["index".as_ref(), folder.as_os_str(), sitemap.as_os_str()]).status, 0);
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 2);
    assert!(!kliping.out(["show", "a.txt"]).contains("<p>"));
    assert_eq!(kliping.json(["search", "--format", "json", "panen raya"])["hits"][0]["title"], TITLE);
}

#[test]
fn what_holds_no_record_is_named() {
    for content in ["[1, 2, 3]", "\"teks\"", "[]"] {
        check_hostile("a.json", content, 0, &["no record in it"]);
    }
    check_hostile("b.json", "[".repeat(1 << 20), 0, &["no record in it"]);
    check_hostile("a.csv", "judul,isi\n", 0, &["no record in it"]);
    check_hostile("a.xml", "<rss version=\"2.0\"><channel></channel></rss>", 0, &["no record in it"]);
    check_hostile("c.json", "{\"isi\":null}", 0, &["no field has a value"]);
}

#[test]
fn odd_records_are_read() {
    check_hostile("a.json", format!("{}{}", record(), record().replace("Beras", "Gula")), 2, &[]);
    check_hostile("b.json", format!("[{{\"isi\":\"Harga \\ud83d naik.\",\"n\":NaN}}, {}]", record()), 2, &[]);
    check_hostile(
        "deep.jsonl",
        format!("{{\"isi\":\"x y\",\"a\":{}\n{}\n", "[".repeat(9999), record()),
        1,
        &["broken"],
    );
    check_hostile("a.csv", format!("sep=;\njudul;isi\n{TITLE};\"{BODY}\"\n"), 1, &[]);
    check_hostile("b.csv", format!("\u{feff}judul;isi;x\nA\0;\"{BODY}\"\n\nB;\"{TITLE}\";1;2;3\nC\n"), 3, &[]);
    check_hostile("c.csv", format!("judul\tisi\nA\t{BODY}\n"), 1, &[]);
    let mac = [b"\xD2Siap,\xD3 kata dia \xD0 tegas. Caf\x8E.\n".as_slice(), BODY.as_bytes()].concat();
    check_hostile("mac.txt", mac, 1, &[]);
    check_hostile("utf16.txt", BODY.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), 1, &[]);
}

#[test]
fn every_record_that_objects_wrap_is_read() {
    let (a, b, c) = (record(), record().replace("Beras", "Gula"), record().replace("Beras", "Cabai"));
    let long = a.replace(BODY, &BODY.repeat(50));
    check_hostile("titled.json", format!("{{\"title\":\"Berita\",\"items\":[{long},{b}],\"n\":2}}"), 2, &[]);
    check_hostile(
        "pages.json",
        format!("{{\n\"page\":1,\n\"data\":[{a},{b}]}}\n{{\n\"page\":2,\n\"data\":[{c}]}}\n"),
        3,
        &[],
    );
    check_hostile("lists.json", format!("{{\"x\":[{a}],\"tags\":[{{\"title\":\"x\"}}],\"y\":[{b},{c}]}}"), 3, &[]);
    check_hostile(
        "hits.json",
        format!("{{\"hits\":{{\"hits\":[{{\"_id\":1,\"_source\":{a}}},{{\"_id\":2,\"_source\":{b}}}]}}}}"),
        2,
        &[],
    );
    check_hostile(
        "rows.json",
        format!("{{\"features\":[{{\"name\":\"isi\"}}],\"rows\":[{{\"row\":{a}}},{{\"row\":{b}}}]}}"),
        2,
        &[],
    );
    check("one.json", format!("{{\"ok\":true,\"data\":{{\"article\":{a}}}}}").as_bytes());
}

#[test]
fn plain_records_and_wrapped_ones_stand_beside_one_another() {
    let article =
        |name: &str| serde_json::json!({"judul": format!("Kabar {name}"), "isi": format!("Warga {name} menulis.")});
    let wrapper = |names: &[&str]| serde_json::json!({"articles": names.iter().map(|name| article(name)).collect::<Vec<_>>(), "tags": [{"name": "x"}]});
    let (a, b, c, d) = ("Bandung", "Bogor", "Depok", "Garut");
    let related =
        serde_json::json!({"judul": "Kabar Depok", "deskripsi": "Singkat.", "terkait": [article(a), article(b)]});
    let lines = |values: &[serde_json::Value]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    check_hostile("a.json", serde_json::json!([wrapper(&[a, b]), article(c)]).to_string(), 3, &[]);
    check_hostile("b.jsonl", lines(&[wrapper(&[a, b]), article(c), wrapper(&[d])]), 4, &[]);
    check_hostile("c.jsonl", lines(&[article(c), wrapper(&[a, b])]), 3, &[]);
    check_hostile("d.jsonl", lines(&[article(d), related]), 2, &[]);
    let keyed = serde_json::json!({"-Na": article(a), "-Nb": article(b), "versi": {"nomor": 1}});
    check_hostile("f.json", serde_json::to_string_pretty(&keyed).unwrap(), 2, &["no field is known"]);
    let action = serde_json::json!({"index": {"_index": "berita", "_id": "7"}});
    check_hostile("e.jsonl", lines(&[action.clone(), article(a), action, article(b)]), 2, &[]);
}

#[test]
fn bombs_are_named() {
    let entity = |n: usize| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    let entities = (1..12).map(entity).collect::<Vec<_>>().concat();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"lol\">{entities}<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
         <rss version=\"2.0\"><channel><title>&a11;</title><item><title>{TITLE}</title>\
         <description>&a11; &x; {BODY}</description></item></channel></rss>"
    );
    let kliping = Kliping::new();
    let file = kliping.write("a.xml", bomb);
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
    assert!(kliping.run(["export"]).out.len() < 10_000, "entities are not expanded");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&vec![b' '; 3 << 20]).unwrap();
    let packed = gzip.finish().unwrap();
    let file = kliping.write("b.txt.gz", packed);
    let ran = kliping.run(["index".as_ref(), "--max-size".as_ref(), "1".as_ref(), file.as_os_str()]);
    assert!(ran.err.contains("at most 1048576 are read"), "{}", ran.err);
}

#[test]
fn members_of_archives_stay_where_they_are() {
    let kliping = Kliping::new();
    let other = BODY.replace("beras", "gula");
    let zip = zipped(&[("../../a.txt", BODY.as_bytes()), ("/b.txt", other.as_bytes())]);
    let file = kliping.write("a.zip", zip);
    let mut tar = tar::Builder::new(Vec::new());
    for (kind, name) in [
        (tar::EntryType::Link, "hard.txt"),
        (tar::EntryType::Symlink, "soft.txt"),
        (tar::EntryType::Char, "d.txt"),
        (tar::EntryType::Fifo, "f.txt"),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        if matches!(kind, tar::EntryType::Link | tar::EntryType::Symlink) {
            tar.append_link(&mut header, name, "/etc/passwd").unwrap();
        } else {
            tar.append_data(&mut header, name, std::io::empty()).unwrap();
        }
    }
    let second = kliping.write("a.tar", tar.into_inner().unwrap());
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str(), second.as_os_str()]).status, 0);
    let exported = kliping.out(["export"]);
    let ids: Vec<String> = exported
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["a.zip/a.txt", "a.zip/b.txt"]);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_told_apart_and_pruned() {
    use std::os::unix::ffi::OsStrExt;
    let kliping = Kliping::new();
    let folder = kliping.folder().join("berita");
    std::fs::create_dir(&folder).unwrap();
    let place = |name: &[u8]| folder.join(std::ffi::OsStr::from_bytes(name));
    std::fs::write(place(b"a\xe8.txt"), BODY).unwrap();
    std::fs::write(place(b"a\xe9.txt"), BODY.replace("beras", "gula")).unwrap();
    let update = || {
        let report = kliping.json([
            "index".as_ref(),
            "--prune".as_ref(),
            "--report".as_ref(),
            "json".as_ref(),
            folder.as_os_str(),
        ]);
        ["added", "unchanged", "removed"].map(|name| report[name].as_u64().unwrap())
    };
    assert_eq!(update(), [2, 0, 0]);
    assert_eq!(update(), [0, 2, 0]);
    assert!(kliping.out(["show", "a\\xE9.txt"]).contains("gula"));
    std::fs::remove_file(place(b"a\xe9.txt")).unwrap();
    assert_eq!(update(), [0, 1, 1]);
}
