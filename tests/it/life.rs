//! The life of an index: cut short, exported, rebuilt, locked, pruned.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::support::Kliping;

/// Writes a file of records whose texts differ.
fn records(kliping: &Kliping, n: usize) -> std::path::PathBuf {
    let record = |n: usize| {
        let text = format!("Berita nomor {n} hari ini tentang harga beras dan cabai di pasar {}. ", n % 17).repeat(4);
        format!(
            "{{\"id\":\"{n}\",\"judul\":\"Judul {n}\",\"isi\":\"{text}\",\"tanggal\":\"2026-01-08\",\"seksi\":\"{}\"}}\n",
            n % 3
        )
    };
    kliping.write("berita.jsonl", (0..n).map(record).collect::<Vec<_>>().concat())
}

#[test]
fn a_run_that_is_killed_anywhere_is_completed_by_the_next() {
    let whole = Kliping::new();
    let file = records(&whole, 1500);
    assert_eq!(whole.run(["index".as_ref(), file.as_os_str()]).status, 0);
    let expected = whole.out(["export"]);
    assert_eq!(expected.lines().count(), 1500);
    let killed = Kliping::new();
    let arguments = ["index".as_ref(), "--batch".as_ref(), "100".as_ref(), file.as_os_str()];
    for round in 0..12_u64 {
        let mut child = killed.command(arguments).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + 67 * round % 400));
        child.kill().unwrap();
        child.wait().unwrap();
        // What was committed is sound at any time.
        assert!([0, 3].contains(&killed.run(["check"]).status));
    }
    assert_eq!(killed.run(arguments).status, 0);
    assert_eq!(killed.out(["export"]), expected);
    assert_eq!(killed.run(["check"]).status, 0);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_it_read() {
    let kliping = Kliping::new();
    let mut child = kliping.command(["index", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, b"{\"isi\":\"Harga beras naik.\"}\n").unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    std::thread::sleep(Duration::from_millis(200));
    std::io::Write::write_all(&mut input, b"{\"isi\":\"Panen tiba.\"}\n".repeat(500).as_slice()).unwrap();
    drop(input);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(kliping.run(["search", "beras"]).status, 0);
}

#[test]
fn an_export_gives_the_same_index() {
    let kliping = Kliping::with_seeds();
    let file = records(&kliping, 20);
    assert_eq!(kliping.run(["index".as_ref(), file.as_os_str()]).status, 0);
    let exported = kliping.out(["export"]);
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

#[test]
fn waiting_for_the_lock_ends_when_it_is_free() {
    let kliping = Kliping::with_seeds();
    let lock = std::fs::File::options().write(true).open(kliping.folder().join("index/.kliping.lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(kliping.run(["remove", "001_e59c24d8b7962b73.txt"]).status, 4);
    let mut child = kliping.command(["remove", "--wait", "001_e59c24d8b7962b73.txt"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
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

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}

/// Cuts a file in the middle.
fn damage(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
}

#[test]
fn watching_keeps_the_index_current() {
    let kliping = Kliping::new();
    kliping.write("berita/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    let folder = kliping.folder().join("berita");
    let mut child = kliping.command(["watch".as_ref(), folder.as_os_str()]).stderr(Stdio::null()).spawn().unwrap();
    let finds = |word: &str| {
        (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            kliping.run(["search", word]).status == 0
        })
    };
    assert!(finds("beras"));
    kliping.write("berita/b.txt", "Panen Raya Tiba\n\nPetani memanen padi.\n");
    assert!(finds("padi"));
    child.kill().unwrap();
    child.wait().unwrap();
}
