//! The life of an index: cut short, exported, rebuilt, locked, pruned.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};

use super::support::Kliping;

/// Returns a line of a file of records whose texts differ.
fn record(n: usize) -> String {
    let text = format!("Berita nomor {n} hari ini tentang harga beras dan cabai di pasar {}. ", n % 17).repeat(4);
    format!(
        "{{\"id\":\"{n}\",\"judul\":\"Judul {n}\",\"isi\":\"{text}\",\"tanggal\":\"2026-01-08\",\"seksi\":\"{}\"}}\n",
        n % 3
    )
}

pub(super) fn records(kliping: &Kliping, n: usize) -> std::path::PathBuf {
    kliping.write("berita.jsonl", (0..n).map(record).collect::<Vec<_>>().concat())
}

/// Starts the program with a pipe to its standard input, which holds some 64 KiB: writing more waits until
/// the program has read it.
fn start(kliping: &Kliping, arguments: &[&str]) -> (Child, ChildStdin) {
    let mut child = kliping.command(arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let input = child.stdin.take().unwrap();
    (child, input)
}

#[test]
fn a_run_that_is_killed_anywhere_is_completed_by_the_next() {
    const RECORDS: usize = 1500;
    let arguments = ["index", "--batch", "100", "-"];
    let index_first = |kliping: &Kliping, n: usize| {
        let (child, mut input) = start(kliping, &arguments);
        (0..n).for_each(|n| input.write_all(record(n).as_bytes()).unwrap());
        (child, input)
    };
    let whole = Kliping::new();
    let (mut child, input) = index_first(&whole, RECORDS);
    drop(input);
    assert!(child.wait().unwrap().success());
    let expected = whole.out(["export"]);
    assert_eq!(expected.lines().count(), RECORDS);
    let killed = Kliping::new();
    for round in 0..12 {
        let (mut child, _input) = index_first(&killed, RECORDS * round / 11);
        child.kill().unwrap();
        child.wait().unwrap();
        // What was committed is sound at any time.
        assert!([0, 3].contains(&killed.run(["check"]).status));
    }
    let (mut child, input) = index_first(&killed, RECORDS);
    drop(input);
    assert!(child.wait().unwrap().success());
    assert_eq!(killed.out(["export"]), expected);
    assert_eq!(killed.run(["check"]).status, 0);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_it_read() {
    let kliping = Kliping::new();
    let (child, mut input) = start(&kliping, &["index", "-"]);
    input.write_all(b"{\"isi\":\"Harga beras naik.\"}\n").unwrap();
    // More than the pipe holds: when it is written, the program runs.
    (0..1000).for_each(|n| input.write_all(record(n).as_bytes()).unwrap());
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    // It reads on until it has noticed.
    while input.write_all(record(0).as_bytes()).is_ok() {}
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(kliping.run(["search", "beras"]).status, 0);
}

#[cfg(unix)]
#[test]
fn compacting_and_rebuilding_can_be_interrupted() {
    let kliping = Kliping::new();
    let file = records(&kliping, 1000);
    let index = ["index".as_ref(), "--batch".as_ref(), "200".as_ref(), file.as_os_str()];
    assert_eq!(kliping.run(index).status, 0);
    let exported = kliping.out(["export"]);
    let n_files = || std::fs::read_dir(kliping.folder().join("index")).unwrap().count();
    for command in [&["compact"][..], &["index", "--rebuild"]] {
        let before = n_files();
        let mut child = kliping.command(command).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        // Once it has begun to write, if it has not ended before that is seen.
        while n_files() == before && child.try_wait().unwrap().is_none() {}
        std::process::Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .stderr(Stdio::null())
            .status()
            .unwrap();
        let ended = child.wait().unwrap();
        let signal = std::os::unix::process::ExitStatusExt::signal(&ended);
        assert!(ended.success() || signal == Some(2), "{command:?}: {ended}");
        assert_eq!(kliping.run(["check"]).status, 0, "{command:?}");
        assert_eq!(kliping.out(["export"]), exported, "{command:?}");
    }
    assert_eq!(kliping.run(["compact"]).status, 0);
    assert_eq!(kliping.out(["export"]), exported);
}

/// Whether permissions hold: they do not for the root user.
#[cfg(unix)]
fn may_not_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::read_dir(path).is_err()
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_stops_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let kliping = Kliping::new();
    kliping.write("berita/terbuka/a.txt", "Harga beras naik di pasar.\n");
    let closed = kliping.write("berita/tertutup/b.txt", "Harga gula turun.\n").parent().unwrap().to_owned();
    let folder = kliping.folder().join("berita");
    assert_eq!(kliping.run(["index".as_ref(), folder.as_os_str()]).status, 0);
    if may_not_read(&closed) {
        for command in [&["index", "--prune"][..], &["watch", "--once", "--prune"]] {
            let ran = kliping.run(command.iter().map(OsStr::new).chain([folder.as_os_str()]));
            assert!(ran.status == 0 && ran.err.contains("0 removed, 1 skipped"), "{command:?}: {}", ran.err);
        }
        let ran = kliping.run(["watch".as_ref(), "--once".as_ref(), closed.as_os_str()]);
        assert!(ran.status == 2 && ran.err.contains("check the permissions"), "{}", ran.err);
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn an_index_that_may_not_be_written_is_searched() {
    use std::os::unix::fs::PermissionsExt;
    let kliping = Kliping::with_seeds();
    let index = kliping.folder().join("index");
    let allow = |mode| std::fs::set_permissions(&index, std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    assert_eq!(kliping.run(["search", "kecerdasan"]).status, 0);
    assert_eq!(kliping.run(["check"]).status, 0);
    if std::fs::write(index.join("x"), "").is_err() {
        let before = kliping.out(["export"]);
        let file = records(&kliping, 2);
        for command in [&["index", file.to_str().unwrap()][..], &["index", "--rebuild"], &["compact"]] {
            let ran = kliping.run(command);
            assert!(ran.status == 2 && ran.err.contains("the permissions of the folder"), "{command:?}: {}", ran.err);
        }
        assert_eq!(kliping.run(["index", "--dry-run", file.to_str().unwrap()]).status, 0);
        assert_eq!(kliping.out(["export"]), before);
    }
    allow(0o755);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_index_as_it_was() {
    let kliping = Kliping::with_seeds();
    let before = kliping.out(["export"]);
    let file = records(&kliping, 2000);
    let command = kliping.command(["index".as_ref(), file.as_os_str()]);
    // No file may grow beyond some kilobytes; the signal that says so would end the program.
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"]).arg(command.get_program());
    limited.args(command.get_args()).current_dir(command.get_current_dir().unwrap());
    limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ended = limited.output().unwrap();
    let message = String::from_utf8_lossy(&ended.stderr);
    let index = kliping.folder().join("index").display().to_string();
    assert_eq!(ended.status.code(), Some(2), "{message}");
    assert!(message.contains(&index) && message.contains("check the space left"), "{message}");
    assert_eq!(kliping.out(["export"]), before);
    assert_eq!(kliping.run(["check"]).status, 0);
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
}

#[test]
fn an_export_gives_the_same_index() {
    let kliping = Kliping::with_seeds();
    let file = records(&kliping, 20);
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
    // The copy arrives behind what it repeats, though its id comes first.
    let text = std::fs::read_to_string(kliping.folder().join("berita.jsonl")).unwrap();
    let copied = text.lines().next().unwrap().replace("\"id\":\"0\"", "\"id\":\"!salinan\"");
    let file = kliping.write("salinan.jsonl", copied);
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
    let exported = kliping.out(["export"]);
    let line = |id: &str| {
        let lines = exported.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.into_iter().find(|line| line["id"] == id).unwrap()
    };
    assert_eq!(line("!salinan")["links"][0]["article"], "0");
    assert_eq!(line("0")["declared"]["extra"], serde_json::json!([["seksi", "0"]]));
    assert!(!line("001_e59c24d8b7962b73.txt")["folds"].as_array().unwrap().is_empty());
    assert_eq!(line("001_e59c24d8b7962b73.txt")["metadata"]["place"]["confidence"], "certain");
    let file = kliping.write("export.jsonl", &exported);
    let copy = Kliping::new();
    assert_eq!(copy.run(["index".as_ref(), file.as_os_str()]).status, 0);
    assert_eq!(copy.out(["export"]), exported);
    let search = ["search", "--format", "trec", "harga komputasi kuantum"];
    assert_eq!(copy.out(search), kliping.out(search));
}

#[test]
fn a_rebuilt_index_answers_the_same() {
    let kliping = Kliping::with_seeds();
    let before = (kliping.out(["export"]), kliping.out(["search", "--format", "trec", "kecerdasan buatan"]));
    assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
    assert_eq!((kliping.out(["export"]), kliping.out(["search", "--format", "trec", "kecerdasan buatan"])), before);
}

/// Returns what a run over `file` added, updated, left alone and let give way.
pub(super) fn counts(kliping: &Kliping, file: &Path, extra: &[&str]) -> [u64; 4] {
    let mut arguments = vec!["index", "--report", "json", file.to_str().unwrap()];
    arguments.extend(extra);
    let report = kliping.json(arguments);
    ["added", "updated", "unchanged", "duplicates"].map(|name| report[name].as_u64().unwrap())
}

#[test]
fn of_equal_ids_the_last_stays_and_another_run_writes_nothing() {
    let kliping = Kliping::new();
    // Each letter is another text under the same id; the counts are of the first run over them.
    for (letters, first) in [
        ("AB", [2, 0, 0, 1]),
        ("ABC", [0, 1, 1, 2]),
        ("B", [0, 1, 1, 0]),
        ("BAB", [0, 1, 1, 2]),
        ("CBAC", [0, 1, 1, 3]),
        ("BC", [0, 0, 2, 1]),
        ("CB", [0, 1, 1, 1]),
        ("CCB", [0, 0, 2, 2]),
        ("C", [0, 1, 1, 0]),
    ] {
        let record = |letter: char| format!("{{\"id\":\"x\",\"isi\":\"Berita {letter} hari ini.\"}}\n");
        let lines = letters.chars().map(record).chain([r#"{"isi":"Berita lain."}"#.to_owned()]);
        // The last record has its number for an id: blank lines keep it where it is.
        let blank = "\n".repeat(9 - letters.len());
        let text: Vec<String> = lines.collect();
        let (last, before) = text.split_last().unwrap();
        let file = kliping.write("a.jsonl", before.concat() + &blank + last);
        assert_eq!(counts(&kliping, &file, &["--dry-run"]), first, "dry run over {letters}");
        assert_eq!(counts(&kliping, &file, &["--batch", "1", "-j", "2"]), first, "{letters}");
        let last = format!("Berita {} hari ini.", letters.chars().last().unwrap());
        assert_eq!(kliping.out(["show", "--raw", "x"]), last, "{letters}");
        let exported = kliping.out(["export"]);
        let again = [0, 0, 2, letters.len() as u64 - 1];
        assert_eq!(counts(&kliping, &file, &[]), again, "{letters} again");
        assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
        assert_eq!(counts(&kliping, &file, &[]), again, "{letters} after a rebuild");
        assert_eq!(kliping.out(["export"]), exported);
        assert_eq!(kliping.run(["check"]).status, 0);
    }
}

#[test]
fn a_rebuilt_index_recognises_what_has_not_changed() {
    let kliping = Kliping::new();
    let file = kliping.write(
        "a.jsonl",
        "{\"id\":\"a\",\"judul\":\" Harga Naik \",\"isi\":\"Harga naik.\",\"tanggal\":\"6 Nop 2019\"}\n\
         {\"id\":\"b\",\"isi\":\"Harga turun.\",\"tanggal\":\"kemarin\",\"crawled_at\":\"2026-01-08\"}\n",
    );
    assert_eq!(counts(&kliping, &file, &[]), [2, 0, 0, 0]);
    assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
    assert_eq!(counts(&kliping, &file, &[]), [0, 0, 2, 0]);
}

#[test]
fn waiting_for_the_lock_ends_when_it_is_free() {
    let kliping = Kliping::with_seeds();
    let lock = std::fs::File::options().write(true).open(kliping.folder().join("index/.kliping.lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(kliping.run(["remove", "001_e59c24d8b7962b73.txt"]).status, 4);
    let mut child = kliping.command(["remove", "--wait", "001_e59c24d8b7962b73.txt"]).spawn().unwrap();
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 5);
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    drop(lock);
    assert!(child.wait().unwrap().success());
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 4);
}

#[cfg(unix)]
#[test]
fn what_could_not_be_read_is_not_pruned() {
    let kliping = Kliping::new();
    let good = kliping.write("berita/a.jsonl.gz", gzipped(b"{\"id\":\"a\",\"isi\":\"Harga naik.\"}\n"));
    let folder = good.parent().unwrap();
    assert_eq!(kliping.run(["index".as_ref(), folder.as_os_str()]).status, 0);
    damage(&good);
    let ran = kliping.run(["index".as_ref(), "--prune".as_ref(), folder.as_os_str()]);
    assert!(ran.err.contains("0 removed, 1 skipped"), "{}", ran.err);
    std::fs::remove_file(&good).unwrap();
    let ran = kliping.run(["index".as_ref(), "--prune".as_ref(), folder.as_os_str()]);
    assert!(ran.err.contains("1 removed, 0 skipped"), "{}", ran.err);
}

/// Returns an archive with the one file `a.jsonl`.
fn archived(text: &str) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    archive.append_data(&mut header, "a.jsonl", text.as_bytes()).unwrap();
    archive.into_inner().unwrap()
}

#[test]
fn articles_of_a_file_that_was_not_read_whole_are_not_pruned() {
    let [a, b] = ["a", "b"].map(|id| format!("{{\"id\":\"{id}\",\"isi\":\"Harga naik lagi.\"}}\n"));
    let good = format!("{a}{b}");
    let (broken, cut) = (good.replacen(':', "", 1), good[..a.len() + 20].to_owned());
    for (name, before, after, expected) in [
        ("a.jsonl", good.as_bytes(), broken.as_bytes(), [0, 1]),
        ("a.jsonl", good.as_bytes(), cut.as_bytes(), [0, 1]),
        ("a.jsonl", good.as_bytes(), a.replace("isi", "teks_lain").as_bytes(), [0, 2]),
        ("a.jsonl", good.as_bytes(), a.as_bytes(), [1, 0]),
        ("a.jsonl", good.as_bytes(), b"", [0, 2]),
        ("a.json", good.as_bytes(), b"[]", [0, 2]),
        ("a.jsonl", good.as_bytes(), b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>", [0, 2]),
        ("a.jsonl", good.as_bytes(), format!("{a}{{\"id\":\"b\",\"title\":\"<b> </b>\"}}").as_bytes(), [1, 0]),
        ("a.tar", &archived(&good), &archived(&broken), [0, 1]),
        ("a.tar", &archived(&good), &archived(&a), [1, 0]),
    ] {
        for command in [&["index", "--prune"][..], &["index", "--prune", "--dry-run"], &["watch", "--prune", "--once"]]
        {
            let kliping = Kliping::new();
            let file = kliping.write(&format!("berita/{name}"), before);
            let folder = file.parent().unwrap();
            assert_eq!(counts(&kliping, folder, &[]), [2, 0, 0, 0]);
            std::fs::write(&file, after).unwrap();
            let ran = kliping.run(command.iter().map(OsStr::new).chain([folder.as_os_str()]));
            let [removed, kept] = expected;
            let is_said =
                ran.err.contains(&format!("; {kept} article{} kept, because", if kept == 1 { "" } else { "s" }));
            let after = String::from_utf8_lossy(after);
            assert!(ran.err.contains(&format!("{removed} removed")), "{command:?} {after}: {}", ran.err);
            assert_eq!(is_said, kept > 0, "{command:?} {after}: {}", ran.err);
        }
    }
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}

/// Cuts a file in the middle.
pub(super) fn damage(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
}

#[test]
fn files_that_are_followed_are_read_as_asked_for() {
    let kliping = Kliping::new();
    let file = kliping.write("berita/a.jsonl", r#"{"id":"1","teks_panjang":"Harga beras naik di pasar."}"#);
    let folder = file.parent().unwrap();
    let mapped = ["watch", "--once", "--map", "body=teks_panjang"].map(OsStr::new);
    assert_eq!(kliping.run(mapped.into_iter().chain([folder.as_os_str()])).status, 0);
    assert_eq!(kliping.out(["search", "--format", "paths", "beras"]).lines().count(), 1);
}

#[test]
fn watching_keeps_the_index_current() {
    let kliping = Kliping::new();
    kliping.write("berita/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    let folder = kliping.folder().join("berita");
    let mut child = kliping.command(["watch".as_ref(), folder.as_os_str()]).stderr(Stdio::piped()).spawn().unwrap();
    let mut reports = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut finds =
        |word: &str| reports.any(|report| report.starts_with("1 added")) && kliping.run(["search", word]).status == 0;
    assert!(finds("beras"));
    kliping.write("berita/b.txt", "Panen Raya Tiba\n\nPetani memanen padi.\n");
    assert!(finds("padi"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_folder_that_is_moved_away_is_followed_again_when_it_is_back() {
    let kliping = Kliping::new();
    kliping.write("berita/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    let [folder, elsewhere] = ["berita", "lain"].map(|name| kliping.folder().join(name));
    let arguments = ["watch".as_ref(), "--prune".as_ref(), folder.as_os_str()];
    let mut child = kliping.command(arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut reports = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut says = |words: &str| reports.any(|report| report.contains(words));
    assert!(says("1 added"));
    std::fs::rename(&folder, &elsewhere).unwrap();
    assert!(says("berita` is gone"));
    assert_eq!(kliping.run(["search", "beras"]).status, 0);
    kliping.write("lain/b.txt", "Panen Raya Tiba\n\nPetani memanen padi.\n");
    std::fs::rename(&elsewhere, &folder).unwrap();
    assert!(says("1 added, 0 updated, 1 unchanged"));
    kliping.write("berita/c.txt", "Hujan Turun\n\nHujan turun di Bogor.\n");
    assert!(says("1 added, 0 updated, 2 unchanged"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn articles_that_were_never_compared_are_told_of() {
    let kliping = Kliping::new();
    let file = records(&kliping, 3);
    let index = |extra: &[&str]| kliping.run(["index", file.to_str().unwrap()].iter().chain(extra)).err;
    let hint = "3 articles of `--no-dedup` compared with none, `kliping index --rebuild` compares them";
    assert!(!index(&["--no-dedup"]).contains("compared"));
    assert!(!index(&["--no-dedup"]).contains("compared"));
    assert!(index(&[]).contains(hint));
    assert!(index(&["--dry-run"]).contains(hint));
    assert_eq!(kliping.run(["index", "--rebuild"]).status, 0);
    assert!(!index(&[]).contains("compared"));
}

#[test]
fn the_list_of_what_is_skipped_is_written_while_it_goes_on() {
    let kliping = Kliping::new();
    let list = kliping.folder().join("skipped.jsonl");
    let (mut child, mut input) = start(&kliping, &["index", "--skipped", list.to_str().unwrap(), "-"]);
    input.write_all(b"{\"isi\":\"rusak\n").unwrap();
    // More than the pipe and the queues hold: when it is written, the first line has been taken.
    (0..20_000).for_each(|n| input.write_all(record(n).as_bytes()).unwrap());
    child.kill().unwrap();
    child.wait().unwrap();
    let line: serde_json::Value = serde_json::from_str(std::fs::read_to_string(&list).unwrap().trim()).unwrap();
    assert_eq!((line["path"].as_str(), line["record"].as_u64()), (Some("-"), Some(1)));
}

#[test]
fn what_is_piped_without_an_id_is_known_by_its_content() {
    let kliping = Kliping::new();
    let pipe = |bytes: &[u8]| {
        let (child, mut input) = start(&kliping, &["index", "-"]);
        input.write_all(bytes).unwrap();
        drop(input);
        let ended = child.wait_with_output().unwrap();
        String::from_utf8(ended.stderr).unwrap().split(", 0 removed").next().unwrap().to_owned()
    };
    let records = "{\"isi\":\"Panen tiba.\"}\n{\"isi\":\"Panen tiba.\",\"tanggal\":\"2026-01-08\"}\n";
    for (bytes, first) in [
        ("Harga beras naik.\n".as_bytes(), "1 added, 0 updated, 0 unchanged"),
        ("Harga beras turun.\n".as_bytes(), "1 added, 0 updated, 0 unchanged"),
        (records.as_bytes(), "2 added, 0 updated, 0 unchanged"),
        (&archived("{\"isi\":\"Hujan turun.\"}"), "1 added, 0 updated, 0 unchanged"),
        (&archived("{\"isi\":\"Hujan reda.\"}"), "1 added, 0 updated, 0 unchanged"),
    ] {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(pipe(bytes), first, "{text}");
        let again = format!("0 added, 0 updated, {} unchanged", &first[..1]);
        assert_eq!(pipe(bytes), again, "{text} again");
    }
    let line = r#"{"isi":"Panen tiba."}"#;
    assert_eq!(pipe(format!("{line}\n{{\"isi\":\"Panen usai.\"}}\n").as_bytes()), "1 added, 0 updated, 1 unchanged");
    let ids = kliping.out(["search", "--format", "paths", "panen"]);
    assert_eq!(ids.lines().count(), 3, "{ids}");
}
