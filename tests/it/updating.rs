//! Indexing anew: what is added, replaced and removed, and who may write.

use super::support::Kliping;

#[test]
fn updating_touches_only_what_changed() {
    let kliping = Kliping::new();
    let folder = kliping.folder().join("berita");
    let update = |extra: &[&str]| {
        let mut arguments = vec!["index", "--report", "json", folder.to_str().unwrap()];
        arguments.extend(extra);
        let report = kliping.json(arguments);
        ["added", "updated", "unchanged", "removed"].map(|name| report[name].as_u64().unwrap())
    };
    kliping.write("berita/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    kliping.write("berita/b.txt", "Panen Raya Tiba\n\nPetani memanen padi.\n");
    assert_eq!(update(&[]), [2, 0, 0, 0]);
    assert_eq!(update(&[]), [0, 0, 2, 0]);
    kliping.write("berita/a.txt", "Harga Cabai Turun\n\nHarga cabai turun di pasar.\n");
    assert_eq!(update(&[]), [0, 1, 1, 0]);
    assert_eq!(kliping.run(["search", "beras"]).status, 1, "the old text is gone");
    assert_eq!(kliping.out(["search", "--format", "paths", "cabai"]).lines().count(), 1);
    std::fs::remove_file(folder.join("b.txt")).unwrap();
    assert_eq!(update(&[]), [0, 0, 1, 0]);
    assert_eq!(kliping.run(["search", "padi"]).status, 0, "nothing goes unless asked");
    assert_eq!(update(&["--prune"]), [0, 0, 1, 1]);
    assert_eq!(kliping.run(["search", "padi"]).status, 1);
}

#[test]
fn equal_names_in_two_folders_are_two_articles() {
    let kliping = Kliping::new();
    let first = kliping.write("satu/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    let second = kliping.write("dua/a.txt", "Panen Raya Tiba\n\nPetani memanen padi.\n");
    for _ in 0..2 {
        for file in [&first, &second] {
            assert_eq!(kliping.run(["index".as_ref(), file.parent().unwrap().as_os_str()]).status, 0);
        }
    }
    let stats = kliping.json(["stats", "--format", "json"]);
    assert_eq!(stats["articles"], 2);
    let ids = kliping.json(["search", "--format", "json", "padi"]);
    assert_eq!(ids["hits"][0]["id"], "dua/a.txt");
}

#[test]
fn a_file_met_under_two_roots_is_one_article() {
    let kliping = Kliping::new();
    let file = kliping.write("berita/2026/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    let (inner, outer) = (file.parent().unwrap(), file.parent().unwrap().parent().unwrap());
    for roots in [vec![outer, inner], vec![inner], vec![outer]] {
        let mut arguments = vec!["index".as_ref()];
        arguments.extend(roots.iter().map(|root| root.as_os_str()));
        assert_eq!(kliping.run(arguments).status, 0);
        assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 1);
    }
}

#[test]
fn a_moved_folder_keeps_its_articles() {
    let kliping = Kliping::new();
    let file = kliping.write("lama/a.txt", "Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    let old = file.parent().unwrap().to_owned();
    let new = kliping.folder().join("baru");
    assert_eq!(kliping.run(["index".as_ref(), old.as_os_str()]).status, 0);
    std::fs::rename(&old, &new).unwrap();
    assert_eq!(kliping.run(["index".as_ref(), new.as_os_str()]).status, 0);
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 1);
    assert!(kliping.out(["search", "--format", "paths", "beras"]).contains("baru"));
}

#[test]
fn another_text_does_not_take_the_place_of_a_file_that_is_gone() {
    for (name, old, new) in [
        ("1.txt", "Harga beras naik di pasar.\n", "Petani memanen padi.\n"),
        ("1.jsonl", "{\"isi\":\"Harga beras naik.\"}\n", "{\"isi\":\"Petani memanen padi.\"}\n"),
    ] {
        let kliping = Kliping::new();
        let first = kliping.write(&format!("kompas/{name}"), old);
        let first = first.parent().unwrap();
        assert_eq!(kliping.run(["index".as_ref(), first.as_os_str()]).status, 0);
        std::fs::rename(first, kliping.folder().join("arsip")).unwrap();
        let second = kliping.write(&format!("detik/{name}"), new);
        for _ in 0..2 {
            assert_eq!(kliping.run(["index".as_ref(), second.parent().unwrap().as_os_str()]).status, 0);
            assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 2, "{name}");
        }
        let hits = kliping.json(["search", "--format", "json", "padi"]);
        assert!(hits["hits"][0]["id"].as_str().unwrap().starts_with(&format!("detik/{name}")), "{hits}");
        assert_eq!(kliping.run(["search", "beras"]).status, 0);
    }
}

#[test]
fn what_cannot_be_read_is_skipped_and_named() {
    let kliping = Kliping::new();
    kliping.write("berita/baik.txt", "\u{feff}Harga Beras Naik\n\nHarga beras naik di pasar.\n");
    kliping.write("berita/biner.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    kliping.write("berita/kosong.txt", " \n");
    kliping.write("berita/gambar.png", b"\x89PNG");
    kliping.write("berita/rusak.jsonl", "{\"isi\": \"Panen tiba.\"}\n{\"isi\": \"cut\n");
    kliping.write("berita/angka.csv", "a,b\n1,2\n");
    let folder = kliping.folder().join("berita");
    let list = kliping.folder().join("skipped.jsonl");
    let arguments = ["index".as_ref(), "--skipped".as_ref(), list.as_os_str(), folder.as_os_str()];
    let ran = kliping.run(arguments);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("2 added, 0 updated, 0 unchanged, 0 removed, 5 skipped"), "{}", ran.err);
    for reason in [
        "biner.txt`: binary",
        "kosong.txt`: no text",
        "gambar.png`: of no known kind",
        "rusak.jsonl`, record 2: broken",
        "angka.csv`: no field is known as title or text among `a`, `b`",
    ] {
        assert!(ran.err.contains(reason), "{reason}: {}", ran.err);
    }
    let list = std::fs::read_to_string(list).unwrap();
    let skips: Vec<serde_json::Value> = list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(skips.len(), 5);
    assert_eq!(skips[4]["record"], 2);
    assert_eq!(kliping.run(["index".as_ref(), "--strict".as_ref(), folder.as_os_str()]).status, 2);
}

#[test]
fn the_ranking_does_not_depend_on_the_threads_of_the_index() {
    let one = Kliping::new();
    let four = Kliping::new();
    for folder in [one.folder(), four.folder()] {
        for n in 0..40 {
            // Many articles alike, so that the order hangs on how ties are broken.
            let text = format!("Harga Beras Naik\n\nHarga beras naik di pasar {}.\n", n % 4);
            std::fs::create_dir_all(folder.join("berita")).unwrap();
            std::fs::write(folder.join(format!("berita/{n:02}.txt")), text).unwrap();
        }
    }
    let ranking = |kliping: &Kliping, threads: &str| {
        let folder = kliping.folder().join("berita");
        assert_eq!(kliping.run(["index", "-j", threads, folder.to_str().unwrap()]).status, 0);
        kliping.out(["search", "--format", "trec", "harga beras pasar 2", "-n", "15"])
    };
    assert_eq!(ranking(&one, "1"), ranking(&four, "4"));
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let kliping = Kliping::with_seeds();
    let lock = std::fs::File::options().write(true).open(kliping.folder().join("index/.kliping.lock")).unwrap();
    lock.lock().unwrap();
    let ran = kliping.run(["index", "seeds/"]);
    assert_eq!(ran.status, 4);
    assert!(ran.err.contains("is being written by process"), "{}", ran.err);
    assert_eq!(kliping.run(["search", "kuantum"]).status, 0, "readers do not wait");
}

#[test]
fn a_first_run_that_was_cut_short_leaves_no_index() {
    let kliping = Kliping::new();
    // What a killed first run leaves: an index without a commit.
    kliping.write("index/meta.json", r#"{"segments":[],"schema":[],"opstamp":0}"#);
    assert_eq!(kliping.run(["search", "kuantum"]).status, 3);
    assert_eq!(kliping.run(["index", "seeds/"]).status, 0);
    assert_eq!(kliping.run(["search", "kuantum"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let kliping = Kliping::new();
    let file = kliping.write("bukan-folder", "x");
    let ran = kliping.run(["--index", file.to_str().unwrap(), "index", "seeds/"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("bukan-folder"), "{}", ran.err);
}

#[test]
fn files_that_count_their_records_from_1_keep_all_of_them() {
    let kliping = Kliping::new();
    let table = |outlet: &str| -> String {
        let rows = (1..=3).map(|n| format!("{n},Kabar {outlet} nomor {n},Warga {outlet} menulis kabar ke-{n}.\n"));
        format!("id,judul,isi\n{}", rows.collect::<String>())
    };
    let files = ["antara", "tempo"].map(|outlet| kliping.write(&format!("{outlet}.csv"), table(outlet)));
    let update = |files: &[std::path::PathBuf]| {
        let arguments = ["index", "--report", "json"].map(Into::into).into_iter();
        let report = kliping.json(arguments.chain(files.iter().map(|file| file.clone().into_os_string())));
        ["added", "updated", "unchanged", "numbered_by_place"].map(|name| report[name].as_u64().unwrap())
    };
    assert_eq!(update(&files), [6, 0, 0, 3]);
    assert_eq!(update(&files), [0, 0, 6, 0]);
    assert_eq!(update(&files[1..]), [0, 0, 3, 0]);
    kliping.write("tempo.csv", table("tempo").replace("menulis", "membaca"));
    assert_eq!(update(&files[1..]), [0, 3, 0, 3]);
    // One that another file has under the same number is the same article, and so is that of a file that was renamed.
    let later = kliping.write("antara2.csv", "id,judul,isi\n3,Kabar antara nomor 3,Warga membaca kabar.\n");
    assert_eq!(update(&[later]), [0, 1, 0, 0]);
    std::fs::rename(&files[0], kliping.folder().join("lama.csv")).unwrap();
    kliping.write("lama.csv", table("koran"));
    assert_eq!(update(&[kliping.folder().join("lama.csv")]), [1, 2, 0, 1]);
    assert_eq!(kliping.json(["stats", "--format", "json"])["articles"], 7);
}

#[test]
fn pages_that_give_the_address_of_a_section_for_theirs_are_articles_of_their_own() {
    let kliping = Kliping::new();
    let text = "<p>Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta.</p>".repeat(4);
    let page = |headline: &str| {
        let head = "<link rel=canonical href='https://contoh.id/kanal/ekonomi'>";
        let body = format!("<article><h1>{headline}</h1>{text}</article>");
        format!("<html><head><title>{headline}</title>{head}</head><body>{body}</body></html>")
    };
    let write = |name: &str, headline: &str| kliping.write(&format!("situs/{name}.html"), page(headline));
    let folder = kliping.folder().join("situs");
    let update = || {
        let report = kliping.json(["index", "--no-dedup", "--report", "json", folder.to_str().unwrap()]);
        ["added", "updated", "unchanged", "duplicates"].map(|name| report[name].as_u64().unwrap())
    };
    for (name, headline) in [("a", "Harga Beras Naik Lagi"), ("b", "Beras Langka di Pasar"), ("c", "Gula Ikut Naik")] {
        write(name, headline);
    }
    assert_eq!(update(), [3, 0, 0, 0]);
    assert_eq!(update(), [0, 0, 3, 0]);
    write("a", "Harga Beras Turun Lagi");
    write("c", "Gula Ikut Turun");
    assert_eq!(update(), [0, 2, 1, 0]);
    write("d", "Cabai Langka di Pasar");
    assert_eq!(update(), [1, 0, 3, 0]);
}
