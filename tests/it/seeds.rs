//! What is recovered from each of the five seed articles.

use serde_json::Value;

use super::support::{Kliping, PROJECT};

struct Seed {
    article: Value,
    text: String,
}

impl Seed {
    fn new(kliping: &Kliping, id: &str) -> Self {
        let article = kliping.json(["show", "--format", "json", id]);
        let text = std::fs::read_to_string(format!("{PROJECT}/{}", article["path"].as_str().unwrap())).unwrap();
        assert_eq!(article["text"], text.as_str(), "the text is stored as received");
        Self { article, text }
    }

    fn slice(&self, range: &Value) -> &str {
        let end = |name: &str| usize::try_from(range[name].as_u64().unwrap()).unwrap();
        &self.text[end("start")..end("end")]
    }

    fn title(&self) -> (&str, &str) {
        (self.article["title"].as_str().unwrap(), self.article["metadata"]["title"]["origin"].as_str().unwrap())
    }

    fn value(&self, field: &str) -> Option<&str> {
        self.article["metadata"][field]["value"].as_str()
    }

    fn credits(&self) -> Vec<&str> {
        self.article["metadata"]["credits"].as_array().unwrap().iter().map(|c| c["value"].as_str().unwrap()).collect()
    }

    fn passages(&self, is_body: bool) -> Vec<&str> {
        let body = |kind: &Value| ["paragraph", "dateline"].contains(&kind.as_str().unwrap());
        let passages = self.article["passages"].as_array().unwrap().iter();
        passages.filter(|p| body(&p["kind"]) == is_body).map(|p| self.slice(&p["range"])).collect()
    }

    fn body(&self) -> Vec<&str> {
        self.passages(true)
    }

    fn rest(&self) -> Vec<&str> {
        self.passages(false)
    }

    fn folds(&self) -> &Vec<Value> {
        self.article["folds"].as_array().unwrap()
    }

    /// Every passage together is the whole text but for white space.
    fn assert_nothing_is_lost(&self) {
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let passages = self.article["passages"].as_array().unwrap().iter().map(|p| self.slice(&p["range"]));
        assert_eq!(letters(&passages.collect::<String>()), letters(&self.text));
    }
}

#[test]
fn seed_000_is_a_wire_text_without_a_title() {
    let kliping = Kliping::with_seeds();
    let seed = Seed::new(&kliping, "000");
    let (title, origin) = seed.title();
    assert!(title.starts_with("CGTN telah merilis analisis mendalam"), "{title}");
    assert_eq!(origin, "derived");
    assert_eq!(seed.value("date"), Some("2026-03-02"));
    assert_eq!(seed.value("source"), Some("GLOBE NEWSWIRE"));
    assert_eq!(seed.value("place"), Some("Beijing"));
    assert!(seed.body()[0].starts_with("CGTN telah merilis"));
    assert_eq!(seed.rest(), ["date 2026-03-02"]);
    assert!(seed.folds().is_empty());
    seed.assert_nothing_is_lost();
}

#[test]
fn seed_001_stands_twice_in_its_file() {
    let kliping = Kliping::with_seeds();
    let seed = Seed::new(&kliping, "001");
    assert_eq!(seed.title(), ("Mengenal Klaster Jing Jin Ji yang Ingin Dibangun China", "text"));
    assert_eq!(seed.value("date"), None);
    assert_eq!(seed.value("source"), None);
    assert_eq!(seed.credits(), ["Reuters", "CGTN"]);
    let title = "Mengenal Klaster Jing Jin Ji yang Ingin Dibangun China";
    assert_eq!(seed.rest(), [title, "loading...", "A", "A", "A", "(ian)"]);
    assert_eq!(seed.folds().len(), 1);
    assert_eq!(seed.folds()[0]["range"], serde_json::json!({"start": 2453, "end": 4640}));
    assert_eq!(seed.folds()[0]["source"], serde_json::json!({"start": 265, "end": 2452}));
    seed.assert_nothing_is_lost();
}

#[test]
fn seed_002_repeats_its_title_in_its_head() {
    let kliping = Kliping::with_seeds();
    let seed = Seed::new(&kliping, "002");
    let title = "China Targetkan Kemandirian Teknologi AI Inti pada 2027";
    assert_eq!(seed.title(), (title, "text"));
    assert_eq!(seed.value("date"), Some("2026-01-08T23:11+07:00"));
    assert!(seed.value("source").unwrap().eq_ignore_ascii_case("hallonews.com"));
    let rest = seed.rest();
    assert_eq!(rest.iter().filter(|passage| passage.ends_with(title)).count(), 3);
    assert!(rest[0].starts_with("Home - Teknologi"), "{rest:?}");
    assert!(rest.iter().any(|passage| passage.starts_with("Ilustrasi-Penerapan")), "{rest:?}");
    assert_eq!(rest.last(), Some(&"(ren)"));
    assert!(seed.body()[0].starts_with("China menargetkan kemandirian teknologi AI inti"), "{:?}", seed.body()[0]);
    assert!(seed.body().last().unwrap().ends_with("di masa depan."));
    assert!(seed.folds().is_empty());
    seed.assert_nothing_is_lost();
}

#[test]
fn seed_003_has_remains_of_markup_and_quotes_that_restate() {
    let kliping = Kliping::with_seeds();
    let seed = Seed::new(&kliping, "003");
    assert_eq!(seed.title().1, "derived");
    assert!(seed.title().0.starts_with("Basis inovasi kolaboratif"), "{:?}", seed.title());
    assert_eq!(seed.value("date"), Some("2025-11-30"));
    assert_eq!(seed.value("source"), Some("topik.id"));
    assert!(seed.body()[0].starts_with("Basis inovasi kolaboratif"));
    assert!(!seed.body().iter().any(|passage| passage.contains("![]()") || passage.contains('|')));
    assert_eq!(seed.body().iter().filter(|passage| passage.starts_with('"')).count(), 3, "the quotes stay");
    assert!(seed.folds().is_empty());
    seed.assert_nothing_is_lost();
}

#[test]
fn seed_004_ends_with_a_credit_and_a_promotion() {
    let kliping = Kliping::with_seeds();
    let seed = Seed::new(&kliping, "004");
    assert_eq!(
        seed.title(),
        (
            "Guangxi dan Indonesia Perkuat Kerja Sama Kecerdasan Buatan Melalui Kunjungan Delegasi China ke Tanah Air",
            "text"
        )
    );
    assert_eq!(seed.value("date"), None);
    assert_eq!(seed.value("source"), Some("ANTARA"));
    assert_eq!(seed.value("site"), Some("aruna9news.com"));
    assert_eq!(seed.rest().last(), Some(&"Berita selengkapnya dapat Anda akses melalui aruna9news.com"));
    assert!(seed.body().last().unwrap().starts_with("Para analis meyakini"));
    seed.assert_nothing_is_lost();
}

#[test]
fn searches_find_the_seeds_they_should() {
    let kliping = Kliping::with_seeds();
    let ids = |query: &str| -> Vec<String> {
        let response = kliping.json(["search", "--format", "json", query]);
        response["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()[..3].to_owned()).collect()
    };
    assert_eq!(ids("komputasi kuantum")[0], "000");
    for id in ["001", "002", "004"] {
        assert!(ids("kecerdasan buatan").contains(&id.to_owned()), "{id}");
    }
    let mut found = ids("mandiri");
    found.sort();
    assert_eq!(found, ["000", "002"]);
    assert_eq!(ids("\"klaster Jing Jin Ji\""), ["001"]);
}

#[test]
fn a_repeated_passage_is_counted_and_shown_once() {
    let kliping = Kliping::with_seeds();
    let response = kliping.json(["search", "--format", "json", "\"klaster Jing Jin Ji\""]);
    let hit = &response["hits"][0];
    let texts: Vec<&str> =
        hit["snippets"].as_array().unwrap().iter().map(|fragment| fragment["text"].as_str().unwrap()).collect();
    let mut distinct = texts.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(texts.len(), distinct.len(), "{texts:?}");
    let fold_start = hit["folds"][0]["start"].as_u64().unwrap();
    for fragment in hit["snippets"].as_array().unwrap() {
        assert!(fragment["end"].as_u64().unwrap() <= fold_start, "shown from unfolded text only");
    }
}
