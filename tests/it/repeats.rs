//! The laws of repeats, on the built program: what is listed is the same whatever happened on the way.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::support::Kliping;

/// Numbers that look random and are the same on every run (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % n as u64).unwrap()
    }
}

const SUBJECTS: [&str; 6] = [
    "Menteri Pertanian",
    "Bupati Demak",
    "Pelatih tim putri",
    "Kepala bank sentral",
    "Direktur rumah sakit",
    "Nelayan",
];
const ACTIONS: [&str; 6] =
    ["meninjau gudang", "menunda rapat", "menjawab pertanyaan", "menyusun anggaran", "memuji kerja", "membantah kabar"];
const PLACES: [&str; 6] = ["pasar induk", "pelabuhan lama", "kantor pusat", "lapangan desa", "gedung dewan", "stasiun"];
const FOOTER: &str = "Tulisan pembaca dikirim ke kantor redaksi kami di Semarang setiap hari kerja.";

fn sentence(dice: &mut Dice) -> String {
    let (subject, action, place) = (SUBJECTS[dice.below(6)], ACTIONS[dice.below(6)], PLACES[dice.below(6)]);
    let (other, n) = (SUBJECTS[dice.below(6)], dice.below(9));
    format!("{subject} {action} di {place} bersama {other} dan rombongan dari kota ke-{n} sejak pagi hari.")
}

/// A sentence of words that hardly any other article has.
fn own_sentence(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 8] = ["ba", "di", "gu", "ka", "lo", "me", "ni", "su"];
    let mut word = || (0..4).map(|_| SYLLABLES[dice.below(8)]).collect::<String>();
    (0..16).map(|_| word()).collect::<Vec<_>>().join(" ") + "."
}

/// Records that copy one another, repeat themselves and share a footer.
fn records(n: usize) -> Vec<String> {
    let mut dice = Dice(7);
    let mut bodies: Vec<Vec<String>> = Vec::new();
    for number in 0..n {
        let mut body: Vec<String> = (0..3 + dice.below(4)).map(|_| sentence(&mut dice)).collect();
        match dice.below(5) {
            0 if number > 0 => body.clone_from(&bodies[dice.below(number)]),
            1 if number > 0 => body.extend(bodies[dice.below(number)].iter().take(2).cloned()),
            2 => body.extend(body.clone()),
            _ => {}
        }
        body.insert(0, own_sentence(&mut dice));
        bodies.push(body);
    }
    let record = |(number, body): (usize, &Vec<String>)| {
        let body = format!("{}\n\n{FOOTER}", body.join("\n\n"));
        let outlet = ["Suara Utara", "Kota Kini", "Warta"][number % 3];
        json!({ "id": number.to_string(), "judul": format!("Berita ke-{number}"), "isi": body, "sumber": outlet })
            .to_string()
            + "\n"
    };
    bodies.iter().enumerate().map(record).collect()
}

/// Everything the program lists of repeats.
fn listed(kliping: &Kliping) -> [String; 2] {
    let list = |what: &str| kliping.out(["duplicates", what, "--format", "tsv"]);
    [list("--passages"), list("--stories")]
}

fn index(kliping: &Kliping, records: &[String], more: &[&str]) {
    let file = kliping.write("berita.jsonl", records.concat());
    let mut arguments = vec!["index", file.to_str().unwrap()];
    arguments.extend(more);
    kliping.out(arguments);
}

/// Checks that everything an article holds is either indexed or folded, and that `check` finds no fault.
#[track_caller]
fn check_laws(kliping: &Kliping, records: &[String]) {
    let bodies: Vec<Value> = records.iter().map(|record| serde_json::from_str(record).unwrap()).collect();
    let exported = kliping.out(["export"]);
    for line in exported.lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        let id: usize = article["id"].as_str().unwrap().parse().unwrap();
        let text = article["text"].as_str().unwrap();
        assert!(text.ends_with(bodies[id]["isi"].as_str().unwrap()), "not a byte more or less: {id}");
    }
    assert!(kliping.out(["check"]).ends_with(" 0 faults\n"));
}

#[test]
fn what_is_listed_does_not_depend_on_threads_batches_or_runs() {
    let records = records(120);
    let whole = Kliping::new();
    index(&whole, &records, &["--threads", "1"]);
    let expected = listed(&whole);
    assert!(expected[0].contains("\texact\n") && expected[0].contains("\tboilerplate\n"), "{}", expected[0]);
    assert!(expected[0].contains("\tcopy\n") && expected[1].lines().count() > 10, "{}", expected[1]);
    check_laws(&whole, &records);

    let batches = Kliping::new();
    index(&batches, &records, &["--threads", "8", "--batch", "7"]);
    assert_eq!(listed(&batches), expected);

    let runs = Kliping::new();
    for n in [1, 20, 21, 75, 120] {
        index(&runs, &records[..n], &[]);
    }
    assert_eq!(listed(&runs), expected);
    index(&runs, &records, &[]);
    assert_eq!(listed(&runs), expected, "again");
    assert_eq!(runs.run(["index", "--rebuild"]).status, 0);
    assert_eq!(listed(&runs), expected, "made anew");
}

#[test]
fn what_is_listed_is_the_same_after_kills() {
    let records = records(400);
    let whole = Kliping::new();
    index(&whole, &records, &[]);
    let expected = listed(&whole);
    let mut dice = Dice(3);
    let killed = Kliping::new();
    for _ in 0..6 {
        let mut command = killed.command(["index", "--batch", "25", "-"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let n = dice.below(records.len());
        // The pipe is short: what was written to it was mostly read, and the program waits for more.
        records[..n].iter().try_for_each(|record| input.write_all(record.as_bytes())).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let checked = killed.run(["check"]);
        assert!(checked.out.ends_with(" 0 faults\n") || checked.err.contains("no index"), "{}", checked.out);
    }
    let mut child = killed.command(["index", "--batch", "25", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(records.concat().as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(listed(&killed), expected);
}

#[test]
fn nothing_points_at_what_was_removed() {
    let records = records(120);
    let kliping = Kliping::new();
    index(&kliping, &records, &[]);
    let mut dice = Dice(5);
    let mut left: Vec<usize> = (0..records.len()).collect();
    for _ in 0..4 {
        let gone: Vec<String> = (0..9).map(|_| left.remove(dice.below(left.len())).to_string()).collect();
        kliping.out(["remove".to_owned()].into_iter().chain(gone));
        check_laws(&kliping, &records);
        for [article, source] in rows(&listed(&kliping)[0]) {
            assert!(left.contains(&article) && left.contains(&source) && source <= article, "{article} of {source}");
        }
    }
    kliping.out(["remove".to_owned()].into_iter().chain(left.iter().map(usize::to_string)));
    assert_eq!(listed(&kliping)[0].lines().count(), 1);
}

/// The articles of each listed passage: the one that repeats and its source.
fn rows(passages: &str) -> impl Iterator<Item = [usize; 2]> {
    passages.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        [cells[0], cells[3]].map(|id| id.parse().unwrap())
    })
}

#[test]
#[ignore = "takes minutes: the time and memory of hostile sizes, for a release build"]
fn hostile_sizes_are_indexed() {
    let kliping = Kliping::new();
    let time = |what: &str, records: &[String]| {
        let start = std::time::Instant::now();
        index(&kliping, records, &[]);
        println!("{what}: {:.1} s", start.elapsed().as_secs_f64());
    };
    let record = |id: &str, body: &str| json!({ "id": id, "judul": id, "isi": body }).to_string() + "\n";
    time("a million equal sentences", &[record("sama", &"Harga beras naik lagi pekan ini.\n".repeat(1_000_000))]);
    let mut dice = Dice(11);
    let long: String = (0..420_000).map(|_| sentence(&mut dice) + "\n").collect();
    time("an article of 50 MB", &[record("panjang", &long)]);
    let story: String = (0..8).map(|_| sentence(&mut dice) + "\n\n").collect();
    let copies: Vec<String> = (0..100_000).map(|n| record(&format!("salinan{n}"), &story)).collect();
    time("100,000 copies of a story", &copies);
    let more: Vec<String> = (0..10).map(|n| record(&format!("lagi{n}"), &story)).collect();
    time("ten more", &more);
    assert_eq!(kliping.out(["duplicates", "--stories", "--format", "tsv"]).lines().count(), 100_011);
}
