//! Query and index analysis agree: a word of a text is found by its query, however the query writes it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::plan::{Clause, ClauseKind};
use super::syntax::read;
use crate::analysis::{Analyzer, Dictionaries, DictionaryFile};

/// What is indexed for a text: the tokens of the exact fields and of the root fields, as far as they differ.
struct Indexed {
    exact: BTreeSet<String>,
    root: BTreeSet<String>,
}

impl Indexed {
    fn of(text: &str, analyzer: &Analyzer) -> Self {
        let mut indexed = Self { exact: BTreeSet::new(), root: BTreeSet::new() };
        for word in analyzer.analyze(text) {
            let exact: Vec<&str> = word.form.exact().split(' ').collect();
            let roots = word.form.root().split(' ').filter(|root| !exact.contains(root));
            indexed.root.extend(roots.map(str::to_owned));
            indexed.exact.extend(exact.into_iter().map(str::to_owned));
        }
        indexed
    }

    /// Whether a root of `clause` is there: a surface form that both happen to have is no agreement of roots.
    fn has_root(&self, clause: &Clause) -> bool {
        match &clause.kind {
            ClauseKind::Word { root, .. } => {
                root.iter().any(|token| self.exact.contains(token) || self.root.contains(token))
            }
            _ => self.has(clause),
        }
    }

    /// Whether what is looked for by `clause` is there: surface forms in the exact fields, roots in both.
    fn has(&self, clause: &Clause) -> bool {
        match &clause.kind {
            ClauseKind::Word { exact, root, .. } => {
                exact.iter().any(|token| self.exact.contains(token))
                    || root.iter().any(|token| self.exact.contains(token) || self.root.contains(token))
            }
            ClauseKind::Phrase { exact, .. } => exact.iter().all(|token| self.exact.contains(token)),
            ClauseKind::Prefix { exact: [token] } | ClauseKind::Fuzzy { exact: [token], .. } => {
                self.exact.iter().any(|indexed| indexed.starts_with(token.as_str()))
            }
            ClauseKind::StopWord { .. } => true,
            ClauseKind::Source { .. }
            | ClauseKind::Date { .. }
            | ClauseKind::Url { .. }
            | ClauseKind::All
            | ClauseKind::Group { .. } => false,
        }
    }
}

/// The ways in which a text, or a query, has a word.
fn writings(word: &str) -> Vec<String> {
    let mut letters = word.chars();
    let capitalised: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters.as_str().to_lowercase().chars())
        .collect();
    let [lower, upper] = [word.to_lowercase(), word.to_uppercase()];
    let in_capitals = format!("HARGA {upper} NAIK");
    let in_quotes = format!("naik “{word}”");
    let in_sentence = format!("harga {capitalised} naik");
    let at_start = format!("{capitalised} naik");
    let as_place = format!("harga Desa {capitalised} naik");
    vec![word.to_owned(), lower, upper, capitalised, in_capitals, in_quotes, in_sentence, at_start, as_place]
}

#[track_caller]
fn check(word: &str, analyzer: &Analyzer) {
    let indexed: Vec<(String, Indexed)> =
        writings(word).into_iter().map(|text| (text.clone(), Indexed::of(&text, analyzer))).collect();
    for (query, _) in &indexed {
        for query in [query.clone(), format!("\"{query}\"")] {
            let plan = read(&query, analyzer, None);
            let mut clauses = plan.scoring();
            assert!(!clauses.is_empty(), "{query:?} looks for nothing");
            clauses.retain(|clause| !["harga", "desa", "naik"].contains(&clause.text.to_lowercase().as_str()));
            for (text, indexed) in &indexed {
                for clause in &clauses {
                    let is_sentence = matches!(clause.kind, ClauseKind::Phrase { .. }) && query.len() > word.len() + 2;
                    assert!(is_sentence || indexed.has(clause), "{query:?} misses {text:?} by {clause:?}");
                }
            }
        }
    }
}

static BUILT_IN: LazyLock<Analyzer> = LazyLock::new(Analyzer::indonesian);

/// What news writes beside plain words.
const ODD: [&str; 63] = [
    "anak-anak",
    "anak-anak-nya",
    "buku-bukunya",
    "berlari-lari",
    "sayur-mayur",
    "sayur-mayurnya",
    "AI-nya",
    "KPK-lah",
    "PLNnya",
    "G-30-S",
    "m²",
    "di-PHK-kan",
    "nge-vlog",
    "se-Indonesia",
    "ke-15",
    "ke-2-nya",
    "ke2",
    "1990-an",
    "COVID-19",
    "covid19",
    "e-KTP",
    "non-blok",
    "pasca-COVID-19",
    "Tianjin-Hebei",
    "Raihan",
    "Menawan",
    "Penjaringan",
    "tjerita",
    "skor2",
    "kata2",
    "KATA2NYA",
    "mobil2an",
    "SO2",
    "5G",
    "3.5G",
    "G20",
    "30/11/2025",
    "2025/11/30",
    "30.11.2025",
    "30-11-2025",
    "30-Nov-2025",
    "2.511,44",
    "1,50",
    "1.500.000,00",
    "Rp1,5",
    "US$100",
    "192.168.1.1",
    "v1.2.3",
    "21,25,19",
    "07.00",
    "A.S.",
    "U.S.",
    "S.H.",
    "M.Si.",
    "detik.com",
    "Ma'ruf",
    "Jum’at",
    "Trump’s",
    "café",
    "Ångström",
    "İstanbul",
    "ﬁnal",
    "日本",
];

#[test]
fn odd_forms_are_found_in_any_writing() {
    for word in ODD {
        check(word, &BUILT_IN);
    }
}

/// What is written in two ways.
const SPELT_OTHERWISE: [[&str; 2]; 32] = [
    ["e-learning", "elearning"],
    ["non-blok", "nonblok"],
    ["pasca-panen", "pascapanen"],
    ["COVID-19", "covid19"],
    ["COVID-19-nya", "Covid-19nya"],
    ["Al-Qur’an", "alquran"],
    ["anak-anak", "anak2"],
    ["anak-anak", "anak"],
    ["anak-anak-nya", "anak-anaknya"],
    ["ke-2", "ke2"],
    ["G-30-S", "G30S"],
    ["5-tahunan", "5 tahun"],
    ["kelas2", "kelas 2"],
    ["kelas2", "kelas-2"],
    ["1.000m²", "1.000 m2"],
    ["CO₂", "CO2"],
    ["KPK-AN", "KPK-an"],
    ["90-an", "90an"],
    ["30/11/2025", "30 November 2025"],
    ["30.11.2025", "2025-11-30"],
    ["Rp1,5", "Rp 1,5"],
    ["1.500.000,00", "1500000"],
    ["Rp1,5juta", "Rp 1,5 juta"],
    ["2jt", "2 jt"],
    ["A.S.", "AS"],
    ["di-PHK-kan", "PHK"],
    ["updates", "update"],
    ["release", "released"],
    ["resiko", "risiko"],
    ["mengritik", "kritikan"],
    ["Startups", "startup"],
    ["menulis", "TULISAN"],
];

#[test]
fn what_is_spelt_otherwise_is_found() {
    for [one, other] in SPELT_OTHERWISE {
        for (query, text) in [(one, other), (other, one)] {
            for [query, text] in [[query, text], [&query.to_lowercase(), text], [query, &format!("Lihat {text} itu")]] {
                let plan = read(query, &BUILT_IN, None);
                let indexed = Indexed::of(text, &BUILT_IN);
                let clauses = plan.scoring();
                let missed = clauses.iter().find(|clause| !indexed.has_root(clause));
                assert!(!clauses.is_empty() && missed.is_none(), "{query:?} misses {text:?} by {missed:?}");
            }
        }
    }
}

#[test]
fn an_address_is_found_by_its_name() {
    let plan = read("Kompas", &BUILT_IN, None);
    let indexed = Indexed::of("kata kompas.com", &BUILT_IN);
    assert!(plan.scoring().iter().all(|clause| indexed.has(clause)));
}

#[test]
fn names_are_found_by_their_inflected_forms() {
    let meets = |query: &str, text: &str| {
        let plan = read(query, &BUILT_IN, None);
        assert!(plan.scoring().iter().any(|clause| Indexed::of(text, &BUILT_IN).has(clause)), "{query} misses {text}");
    };
    for name in [
        "bernadette",
        "fadilah",
        "sherina",
        "prabowo",
        "jokowi",
        "dewani",
        "dimyati",
        "megawati",
        "bulani",
        "nolan",
        "mangku",
    ] {
        let capitalised = name[..1].to_uppercase() + &name[1..];
        for text in [format!("kata {capitalised}nya"), format!("kata {capitalised}-nya")] {
            meets(name, &text);
            meets(&capitalised, &text);
        }
        meets(name, &format!("kata {name}nya"));
    }
}

/// Words as the rules of affixes see them, known and unknown, and what stands in the dictionaries of a user.
fn words() -> impl Strategy<Value = String> {
    let affixed = "(|mem|men|meng|di|ber|ter|ke|se|pe)([bcdfghjklmnprstwy]?[aeiou]){1,3}[knrstlmhg]?(|kan|an|i|nya|lah|ku|s|ed|ing)";
    let figures = "[1-9][0-9]{0,2}([./,-][0-9]{1,4}){0,3}";
    // No capitals inside: behind a full stop they would begin a sentence.
    let mixed = "[a-z0-9]{1,4}(['’.-][a-z0-9]{1,4}){0,3}";
    prop_oneof![affixed.prop_map(String::from), figures.prop_map(String::from), mixed.prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_word_is_found_in_any_writing(word in words()) {
        check(&word, &BUILT_IN);
    }

}

proptest! {
    // Each case makes four analyzers.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_words_of_a_user_are_found_in_any_writing(word in "[a-z]{3,9}", root in "[a-z]{3,9}") {
        let files = [
            (DictionaryFile::Roots, word.clone()),
            (DictionaryFile::Names, word.clone()),
            (DictionaryFile::StopWords, word.clone()),
            (DictionaryFile::StemExceptions, format!("{word}\t{root}")),
        ];
        for (file, text) in files {
            let mut dictionaries = Dictionaries::default();
            dictionaries.add(file, &text).unwrap();
            let analyzer = Analyzer::with_dictionaries(&dictionaries);
            check(&word, &analyzer);
            check(&root, &analyzer);
        }
    }
}
