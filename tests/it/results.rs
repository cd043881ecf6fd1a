//! What an answer holds beside its hits, and the other ways to ask.

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
    for query in ["mandiri", "kemandiriannya", "AI 2027 zzzz", "-kecerdsan china", "Amin", "kecerd* kuantm~1"] {
        let json: serde_json::Value =
            serde_json::from_str(&kliping.run(["search", "--format", "json", query]).out).unwrap();
        assert_eq!(json["corrections"], serde_json::json!([]), "{query}");
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
        "China target\nChina targetkan\nChina Targetkan Kemandirian Teknologi AI Inti pada 2027\n"
    );
    let json = kliping.json(["suggest", "--format", "json", "-n", "1", "chi"]);
    assert_eq!(json["schema"], "kliping.suggest/1");
    assert_eq!(json["terms"], serde_json::json!(["china"]));
    assert_eq!(json["titles"][0]["date"], "2026-01-08T23:11+07:00", "titles that begin so come first");
    assert_eq!(json["titles"].as_array().unwrap().len(), 1);
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
