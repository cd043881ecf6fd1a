//! Indexes whose files are damaged: what is lost, what is said of it, and how it comes back.

use std::path::Path;

use super::life::{counts, damage, records};
use super::support::Kliping;

/// Returns the file of the index with the ending `extension`; there is one.
fn index_file(kliping: &Kliping, extension: &str) -> std::path::PathBuf {
    let files = std::fs::read_dir(kliping.folder().join("index")).unwrap().map(|file| file.unwrap().path());
    let mut files = files.filter(|file| file.extension().is_some_and(|found| found == extension));
    let file = files.next().unwrap();
    assert!(files.next().is_none(), "one file of {extension}");
    file
}

/// Alters one byte, at `share` hundredths of the file.
fn flip(file: &Path, share: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    let at = bytes.len() * share / 100;
    bytes[at] ^= 0x15;
    // Whoever has the old one open goes on reading that.
    std::fs::remove_file(file).unwrap();
    std::fs::write(file, bytes).unwrap();
}

/// Returns the lines of an export, sorted: what is read again arrives anew. What it shares with others depends on
/// that order.
fn articles(export: &str) -> Vec<String> {
    let article = |line: &str| {
        let mut article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["links"].take();
        article["folds"].take();
        article.to_string()
    };
    let mut lines: Vec<_> = export.lines().map(article).collect();
    lines.sort();
    lines
}

#[test]
fn articles_that_cannot_be_read_are_named_and_come_back_from_their_source() {
    const RECORDS: usize = 400;
    let kliping = Kliping::new();
    let file = records(&kliping, RECORDS);
    for (share, rebuilds_first) in [(5, true), (30, false), (50, true), (70, false)] {
        let _ = std::fs::remove_dir_all(kliping.folder().join("index"));
        assert_eq!(counts(&kliping, &file, &["-j", "1"])[0], RECORDS as u64);
        let before = articles(&kliping.out(["export"]));
        flip(&index_file(&kliping, "store"), share);
        let checked = kliping.run(["check"]);
        let n_lost = checked.out.lines().filter(|line| line.ends_with("berita.jsonl` cannot be read")).count();
        assert!(checked.status == 2 && n_lost > 0 && n_lost < RECORDS, "{}", checked.out);
        assert!(
            checked.out.contains("what to do: `kliping index --rebuild` keeps what can be read"),
            "{}",
            checked.out
        );
        let exported = kliping.run(["export"]);
        assert_eq!((exported.status, exported.err.lines().count()), (2, n_lost));
        let left = articles(&exported.out);
        assert!(left.len() == RECORDS - n_lost && left.iter().all(|line| before.contains(line)));
        let compacted = kliping.run(["compact"]);
        assert!(compacted.status == 2 && compacted.err.contains("kliping check"), "{}", compacted.err);
        if rebuilds_first {
            let rebuilt = kliping.run(["index", "--rebuild"]);
            assert!(rebuilt.status == 2 && rebuilt.err.contains(&format!("{n_lost} lost")), "{}", rebuilt.err);
            assert_eq!(articles(&kliping.out(["export"])), left);
            assert_eq!(kliping.run(["check"]).status, 0);
            assert_eq!(counts(&kliping, &file, &[]), [n_lost as u64, 0, (RECORDS - n_lost) as u64, 0]);
        } else {
            let ran = kliping.run(["index".as_ref(), file.as_os_str()]);
            assert!(ran.err.contains(&format!("{n_lost} updated")), "{}", ran.err);
            assert!(ran.err.contains(&format!("{n_lost} of the updated could not be read before")), "{}", ran.err);
            assert_eq!(counts(&kliping, &file, &[]), [0, 0, RECORDS as u64, 0]);
            let checked = kliping.run(["check"]);
            assert!(checked.status == 2 && !checked.out.contains("cannot be read\n"), "{}", checked.out);
            assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
        }
        assert_eq!(kliping.run(["check"]).status, 0);
        assert_eq!(articles(&kliping.out(["export"])), before);
        assert_eq!(counts(&kliping, &file, &[]), [0, 0, RECORDS as u64, 0]);
    }
}

/// Damages a file of the index.
type Damage = fn(&Path);

#[test]
fn whatever_file_of_an_index_is_damaged_it_can_be_made_anew() {
    const RECORDS: usize = 60;
    let remove: Damage = |file| std::fs::remove_file(file).unwrap();
    let shorten: Damage = |file| std::fs::write(file, "rusak").unwrap();
    let kliping = Kliping::new();
    let file = records(&kliping, RECORDS);
    assert_eq!(counts(&kliping, &file, &["-j", "1"])[0], RECORDS as u64);
    assert_eq!(kliping.run(["remove", "7"]).status, 0);
    let before = kliping.out(["export"]);
    let sound = kliping.folder().join("sound");
    let index = kliping.folder().join("index");
    std::fs::rename(&index, &sound).unwrap();
    for extension in ["term", "idx", "pos", "fast", "fieldnorm", "del", "store"] {
        for (how, harm) in
            [("flipped", (|file| flip(file, 40)) as Damage), ("cut", damage), ("short", shorten), ("gone", remove)]
        {
            let _ = std::fs::remove_dir_all(&index);
            std::fs::create_dir(&index).unwrap();
            for file in std::fs::read_dir(&sound).unwrap().map(Result::unwrap).filter(|file| file.path().is_file()) {
                std::fs::copy(file.path(), index.join(file.file_name())).unwrap();
            }
            harm(&index_file(&kliping, extension));
            let what = format!("{extension} {how}");
            let checked = kliping.run(["check"]);
            assert_eq!(checked.status, 2, "{what}: {}{}", checked.out, checked.err);
            assert!(checked.out.contains("what to do: `kliping index --rebuild`"), "{what}: {}", checked.out);
            let ran = kliping.run(["index".as_ref(), file.as_os_str()]);
            assert!(ran.status == 0 || ran.err.contains("--rebuild"), "{what}: {}", ran.err);
            let rebuilt = kliping.run(["index", "--rebuild"]);
            assert_eq!(rebuilt.status, if rebuilt.err.contains("lost") { 2 } else { 0 }, "{what}: {}", rebuilt.err);
            assert!(extension == "store" || rebuilt.status == 0, "{what}: {}", rebuilt.err);
            assert_eq!(kliping.run(["check"]).status, 0, "{what}");
            assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
            let after = kliping.out(["export"]);
            assert_eq!(after.lines().count(), RECORDS, "{what}");
            assert!(articles(&before).iter().all(|line| articles(&after).contains(line)), "{what}");
        }
    }
}

#[test]
fn a_search_that_fails_on_a_damaged_file_says_what_to_run() {
    let mut n_failed = 0;
    for extension in ["term", "idx", "pos", "fast", "fieldnorm"] {
        let kliping = Kliping::new();
        assert_eq!(kliping.run(["index", "-j", "1", "seeds/"]).status, 0);
        let file = index_file(&kliping, extension);
        let mut bytes = std::fs::read(&file).unwrap();
        let (third, most) = (bytes.len() / 3, bytes.len() * 3 / 4);
        bytes[third..most].fill(0xFF);
        std::fs::remove_file(&file).unwrap();
        std::fs::write(&file, bytes).unwrap();
        let ran = kliping.run(["search", "\"kecerdasan buatan\" -zzz"]);
        assert!([0, 1, 2].contains(&ran.status), "{extension}: {}", ran.err);
        assert!(ran.status != 2 || ran.err.contains("`kliping check`"), "{extension}: {}", ran.err);
        n_failed += usize::from(ran.status == 2);
    }
    assert!(n_failed > 0);
}

#[test]
fn a_cut_list_of_files_stops_nothing() {
    let kliping = Kliping::with_seeds();
    damage(&kliping.folder().join("index/.managed.json"));
    assert_eq!(kliping.run(["search", "kuantum"]).status, 0);
    assert_eq!(kliping.run(["check"]).status, 0);
    assert_eq!(kliping.run(["compact"]).status, 0);
    assert_eq!(kliping.run(["check"]).status, 0);
}

#[test]
fn a_search_answers_with_what_can_be_read_and_names_the_rest() {
    const RECORDS: usize = 40;
    let kliping = Kliping::new();
    let file = kliping.folder().join("articles.jsonl");
    let figure = |n: usize| (n * 7919 % 1_000_003).to_string();
    let figures = |at: usize| (0..400).map(|n| figure(at * 400 + n)).collect::<Vec<_>>().join(" ");
    let record =
        |at| format!(r#"{{"id":"a{at}","judul":"Beras {at}","isi":"Harga beras naik. {}"}}"#, figures(at)) + "\n";
    std::fs::write(&file, (0..RECORDS).map(record).collect::<String>()).unwrap();
    assert_eq!(kliping.run(["index".as_ref(), "-j".as_ref(), "1".as_ref(), file.as_os_str()]).status, 0);
    flip(&index_file(&kliping, "store"), 40);
    let ran = kliping.run(["search", "beras", "-n", "100", "--format", "json"]);
    assert_eq!(ran.status, 2);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let len = |name: &str| answer[name].as_array().unwrap().len();
    assert!(len("hits") > RECORDS / 2 && len("unreadable") > 0, "{} {}", len("hits"), len("unreadable"));
    assert_eq!((len("hits") + len("unreadable"), &answer["articles"]), (RECORDS, &RECORDS.into()));
    let id = answer["unreadable"][0]["id"].as_str().unwrap();
    assert!(
        ran.err.contains(&format!("article `{id}` cannot be read")) && ran.err.contains("--rebuild"),
        "{}",
        ran.err
    );
    let folded = kliping.run(["search", "beras", "-n", "100", "--format", "trec", "--duplicates", "fold"]);
    assert_eq!((folded.status, folded.out.lines().count()), (2, RECORDS));
    assert_eq!(kliping.run(["search", "beras", "-n", "100", "--format", "trec"]).status, 0);
}

#[test]
fn commands_that_read_many_articles_go_on_past_those_that_cannot_be_read() {
    const RECORDS: usize = 40;
    let kliping = Kliping::new();
    let sentence = "Bupati Demak memuji kerja warga dan menjanjikan truk pupuk tambahan bagi petani.";
    let figures = |at: usize| (0..400).map(|n| format!("{at}x{n}")).collect::<Vec<_>>().join(" ");
    let record = |at: usize| {
        let body = format!("{sentence} {}. Warga menanam pohon. {sentence}", figures(at % (RECORDS / 2)));
        serde_json::json!({ "id": format!("a{at}"), "judul": format!("Beras {at}"), "isi": body }).to_string()
    };
    let file = kliping.write("berita.jsonl", (0..RECORDS).map(record).collect::<Vec<_>>().join("\n"));
    assert_eq!(kliping.run(["index".as_ref(), "-j".as_ref(), "1".as_ref(), file.as_os_str()]).status, 0);
    let limit = RECORDS.to_string();
    let listings: [&[&str]; 5] = [
        &["suggest", "beras", "-n", &limit],
        &["trace", "--format", "tsv", sentence],
        &["duplicates", "--passages", "--format", "tsv"],
        &["duplicates", "--stories", "--format", "tsv"],
        &["duplicates", "a0", "--format", "tsv"],
    ];
    let n_before = listings.map(|arguments| kliping.out(arguments).lines().count());
    flip(&index_file(&kliping, "store"), 40);
    for (arguments, n_before) in listings.into_iter().zip(n_before) {
        let ran = kliping.run(arguments);
        let n_lines = ran.out.lines().count();
        assert!(n_lines > n_before / 4 && n_lines < n_before, "{arguments:?}: {n_lines} of {n_before}");
        assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("cannot be read") && ran.err.contains("--rebuild"), "{arguments:?}: {}", ran.err);
    }
    // The damage is in the first half of the articles, whose stories go on in the second.
    let shown = |at: usize| {
        let ran = kliping.run(["show", "--format", "json", &format!("a{at}")]);
        (ran.status == 0).then(|| serde_json::from_str::<serde_json::Value>(&ran.out).unwrap())
    };
    let lost: Vec<usize> = (0..RECORDS / 2).filter(|at| shown(*at).is_none()).collect();
    assert!(!lost.is_empty());
    for first in lost {
        let next = shown(first + RECORDS / 2).unwrap();
        assert_eq!(next["story"], format!("a{first}"), "a story bears the name of one that cannot be read");
    }
}

#[test]
fn a_damaged_list_of_parts_is_named_with_advice_that_helps() {
    let kliping = Kliping::with_seeds();
    let meta = kliping.folder().join("index/meta.json");
    let whole = std::fs::read_to_string(&meta).unwrap();
    let without = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        whole.replacen(from, to, 1)
    };
    let damaged = [
        whole[..whole.len() / 2].to_owned(),
        String::new(),
        without("\"opstamp\":", "\"opst\":"),
        without("\"text\"", "1"),
    ];
    for text in damaged {
        std::fs::write(&meta, &text).unwrap();
        for arguments in [&["check"][..], &["search", "kuantum"], &["index", "--rebuild"], &["index", "seeds/"]] {
            let ran = kliping.run(arguments);
            assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.err);
            assert!(
                ran.err.contains("put a copy of that file back, or remove the folder"),
                "{arguments:?}: {}",
                ran.err
            );
            assert!(!ran.err.contains("--rebuild"), "{arguments:?}: {}", ran.err);
        }
    }
    std::fs::write(&meta, &whole).unwrap();
    assert_eq!(kliping.run(["check"]).status, 0);
}
