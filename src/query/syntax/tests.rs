use super::*;
use jiff::civil::date;
use proptest::prelude::*;

/// Queries a person might type or paste and the plan each gives, a line each:
/// `query<TAB>plan<TAB>notes`.
const READINGS: &str = include_str!("readings.tsv");

fn plan(query: &str) -> Plan {
    // A Tuesday.
    static ANALYZER: std::sync::LazyLock<Analyzer> = std::sync::LazyLock::new(Analyzer::indonesian);
    read(query, &ANALYZER, Some(date(2026, 3, 10)))
}

#[track_caller]
fn check(query: &str, expected: &str) {
    assert_eq!(plan(query).to_string(), expected, "reading {query:?}");
}

fn reading(query: &str) -> String {
    let plan = plan(query);
    let notes: Vec<String> = plan.notes.iter().map(ToString::to_string).collect();
    format!("{query}\t{plan}\t{}", notes.join("; ")).trim_end().to_owned()
}

#[test]
fn queries_read_as_the_table_says() {
    let lines: Vec<&str> = READINGS.lines().filter(|line| !line.starts_with("# ")).collect();
    assert!(lines.len() >= 150, "{}", lines.len());
    for line in lines {
        let query = line.split('\t').next().unwrap_or_default();
        assert_eq!(reading(query), line);
    }
}

#[test]
fn words_have_the_tokens_of_both_fields() {
    let plan = plan("kemandirian COVID-19");
    let tokens = |clause: &Clause| match &clause.kind {
        ClauseKind::Word { exact, root, .. } => (exact.join(" "), root.join(" ")),
        other => panic!("{other:?}"),
    };
    assert_eq!(tokens(&plan.clauses[0]), ("kemandirian".to_owned(), "mandiri".to_owned()));
    assert_eq!(tokens(&plan.clauses[1]), ("covid 19".to_owned(), "covid19".to_owned()));
}

#[test]
fn the_boost_of_a_group_is_that_of_its_words() {
    assert_eq!(
        plan("(beras (jagung \"harga naik\"^2) 12)^3 impor").to_string(),
        plan("(beras^3 (jagung^3 \"harga naik\"^6) 12) impor").to_string()
    );
    let boosts: Vec<f64> =
        plan("(beras jagung)^5 impor").scoring().iter().map(|clause| clause.boost.factor()).collect();
    assert_eq!(boosts, [5.0, 5.0, 1.0]);
}

#[test]
fn capitals_keep_their_meaning_beside_syntax() {
    let acronym = plan("judul:AS impor");
    assert!(matches!(acronym.clauses[0].kind, ClauseKind::Word { .. }), "{acronym}");
    let stop_word = plan("judul:di impor");
    assert!(matches!(stop_word.clauses[0].kind, ClauseKind::StopWord { .. }), "{stop_word}");
}

#[test]
fn stop_words_are_words_where_nothing_else_is_looked_for() {
    let kinds = |query| plan(query).clauses.into_iter().map(|clause| clause.kind).collect::<Vec<_>>();
    assert!(kinds("yang dan").iter().all(|kind| matches!(kind, ClauseKind::Word { .. })));
    assert!(matches!(kinds("yang sumber:antara")[0], ClauseKind::Word { .. }));
    assert!(matches!(kinds("yang beras")[0], ClauseKind::StopWord { .. }));
}

#[test]
fn an_address_is_read_as_words_and_said_to_be() {
    let notes = |query| plan(query).notes;
    let address = |text: &str| Note::Address { text: text.to_owned() };
    assert_eq!(notes("https://contoh.com/a?b=1 beras"), [address("https://contoh.com/a?b=1")]);
    assert_eq!(notes("beras (HTTP://contoh.com)"), [address("HTTP://contoh.com")]);
    assert_eq!(notes("contoh.com url:https://contoh.com/a"), []);
}

#[test]
fn a_query_of_any_length_is_bounded() {
    let long = plan(&"kata ".repeat(MAX_WORDS + 7));
    assert_eq!(long.clauses.len(), MAX_WORDS);
    assert_eq!(long.notes, [Note::TooManyWords { dropped: 7 }]);
    let expanded = plan(&"kata* berita~ ".repeat(50));
    let is_expanded = |c: &&Clause| matches!(c.kind, ClauseKind::Prefix { .. } | ClauseKind::Fuzzy { .. });
    assert_eq!(expanded.clauses.iter().filter(is_expanded).count(), MAX_EXPANDED);
    let phrases = |plan: &Plan| plan.clauses.iter().filter(|c| matches!(c.kind, ClauseKind::Phrase { .. })).count();
    let quoted = plan(&"\"harga beras\" ".repeat(50));
    assert_eq!(phrases(&quoted), MAX_PHRASE_COST);
    assert_eq!(quoted.clauses.len(), 50 + 26, "the others are read as words");
    assert!(quoted.notes.contains(&Note::TakenLiterally { text: "\"harga beras\"".to_owned() }));
    assert_eq!(phrases(&plan(&"\"yang di\" ".repeat(50))), MAX_PHRASE_COST / COMMON_PHRASE_COST);
    let longer = plan(&"sumber:antara ".repeat(20_000));
    assert!(longer.notes.iter().any(|note| matches!(note, Note::TooLong { .. })));
    check(&format!("{}beras{}", "(".repeat(5000), ")".repeat(5000)), "beras");
    check(&"-(".repeat(5000), "");
    assert_eq!(plan(&"judul:".repeat(5000)).clauses.len(), 1);
}

#[test]
fn notes_are_bounded() {
    let bytes = |query: &str| -> usize { plan(query).notes.iter().map(|note| note.to_string().len()).sum() };
    for piece in
        ["(", ")", "-(", "judul:", "isi:a* ", "tanggal:besok ", "tanggal:x", "* ", "beras^0 ", "&& ", "\"a*\" "]
    {
        let bytes = bytes(&piece.repeat(5000));
        assert!(bytes < 5000, "{bytes} bytes of notes on many {piece:?}");
    }
    let plan = plan("* * * * * * * beras^0");
    assert_eq!(plan.notes.iter().filter(|note| matches!(note, Note::Ignored { .. })).count(), 5);
    assert_eq!(plan.notes.last(), Some(&Note::More { dropped: 2 }));
}

/// Returns the plan without what depends on how the query was written.
fn bare(mut plan: Plan) -> Plan {
    fn strip(clause: &mut Clause) {
        clause.range = 0..0;
        match &mut clause.kind {
            ClauseKind::Group { clauses } => clauses.iter_mut().for_each(strip),
            ClauseKind::Date { .. } => clause.text.clear(),
            _ => {}
        }
    }
    plan.clauses.iter_mut().for_each(strip);
    plan.notes.clear();
    plan
}

fn query() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "beras",
        "Beras",
        "KPK",
        "di",
        "DI",
        "yang",
        "Ma'ruf",
        "COVID-19",
        "Rp1,5",
        "10:30",
        "2026",
        "8",
        "Januari",
        "8 Januari 2026",
        "detik.com",
        "a/b",
        "AND",
        "OR",
        "NOT",
        "DAN",
        "ATAU",
        "BUKAN",
        "(",
        ")",
        "\"",
        "“",
        "+",
        "-",
        "^2",
        "^0.5",
        "~",
        "~3",
        "*",
        ":",
        "\\",
        "AI",
        "kecerdasan buatan",
        "judul:",
        "isi:",
        "sumber:",
        "sumber:(",
        "tanggal:(",
        "~0.8",
        "^-1,5",
        "&&",
        "!",
        "tanggal:",
        "sejak:",
        "url:",
        "Januari 2026",
        "7 hari",
        "..",
        " ",
        " ",
        " ",
        " ",
        "1-1",
    ]);
    let soup = prop::collection::vec(
        prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "[ -~à-ÿ–—…’]".prop_map(String::from)],
        0..24,
    );
    soup.prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_string_gives_a_plan_whose_ranges_slice_it(query in prop_oneof![query(), any::<String>()]) {
        for clause in &plan(&query).clauses {
            prop_assert!(query.get(clause.range.clone()).is_some());
        }
    }

    #[test]
    fn a_printed_plan_reads_the_same(query in query()) {
        let first = plan(&query);
        let printed = first.to_string();
        prop_assert_eq!(bare(plan(&printed)), bare(first), "{} printed as {}", query, printed);
    }
}
