//! The analyzer: text to words, each with its place in the text and its tokens.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::dictionaries::Dictionaries;
use super::memo::Memo;
use super::number::{DayToken, zeros_behind};
use super::places::is_place_name_at;
use super::reading::{ReadingKind, WordExplanation, scaled_root};
use super::scan;
use super::sentence::{self, begins_sentence_at};
use super::stemmer::{self, LetterCase, Stemmer};
use super::stop_words::{self, StopWords};
use super::synonyms::{SynonymSet, Synonyms};
use super::word_form::{Former, TextCase, WordForm};

/// The version of the rules: raised whenever the same text may give other tokens.
const VERSION: u32 = 1;

/// Turns Indonesian text into the tokens that are indexed and searched.
///
/// ```
/// use kliping::analysis::Analyzer;
/// let analyzer = Analyzer::indonesian();
/// let words = analyzer.analyze("Anak-anak menulis.");
/// assert_eq!(words[0].range, 0..9);
/// assert_eq!((words[0].form.exact(), words[0].form.root()), ("anak-anak", "anak"));
/// assert_eq!((words[1].form.exact(), words[1].form.root()), ("menulis", "tulis"));
/// ```
pub struct Analyzer {
    stop_words: StopWords,
    stemmer: Stemmer,
    own_synonyms: Vec<SynonymSet>,
    /// Made when a query first asks; indexing never does.
    synonyms: OnceLock<Synonyms>,
    identity: AnalyzerIdentity,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its tokens.
    pub form: WordForm,
}

/// What tells whether two analyzers give the same tokens; stored with every index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnalyzerIdentity {
    /// The name of the rules.
    pub name: String,
    /// The version of the rules.
    pub version: u32,
    /// The fingerprint of stop words, roots and the other dictionaries, in hexadecimal.
    pub dictionaries: String,
}

impl fmt::Display for AnalyzerIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` version {}, dictionaries {}", self.name, self.version, self.dictionaries)
    }
}

impl Analyzer {
    /// Returns the analyzer with the dictionaries this library comes with.
    #[must_use]
    pub fn indonesian() -> Self {
        Self::with_dictionaries(&Dictionaries::default())
    }

    /// Returns the analyzer with the dictionaries this library comes with and a user's own.
    #[must_use]
    pub fn with_dictionaries(dictionaries: &Dictionaries) -> Self {
        let own_stop_words = dictionaries.stop_words.as_ref();
        Self {
            stop_words: own_stop_words.map_or_else(StopWords::indonesian, |words| words.iter().collect()),
            stemmer: Stemmer::new(&dictionaries.stem),
            own_synonyms: dictionaries.synonyms.clone(),
            synonyms: OnceLock::new(),
            identity: AnalyzerIdentity {
                name: "indonesian".to_owned(),
                version: VERSION,
                dictionaries: fingerprint(dictionaries),
            },
        }
    }

    /// Returns what tells this analyzer from others.
    #[must_use]
    pub fn identity(&self) -> &AnalyzerIdentity {
        &self.identity
    }

    /// Returns the expressions that stand for one another in queries.
    #[must_use]
    pub fn synonyms(&self) -> &Synonyms {
        self.synonyms.get_or_init(|| Synonyms::new(&self.own_synonyms, self))
    }

    /// Returns the stemmer in use.
    #[must_use]
    pub fn stemmer(&self) -> &Stemmer {
        &self.stemmer
    }

    /// Returns the words of `text`, in order.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.for_each_word(text, &mut Memo::default(), |range, form| words.push(Word { range, form: form.clone() }));
        words
    }

    /// Returns why the word at `range` of `text` has its tokens: what it was read as and, for each word in it, every
    /// analysis considered, the winner and the rule that decided.
    ///
    /// # Panics
    /// Panics when `range` is out of bounds or not on character boundaries.
    ///
    /// ```
    /// use kliping::analysis::{Analyzer, ReadingKind};
    /// let why = Analyzer::indonesian().explain("China menargetkan", 6..17);
    /// assert_eq!(why.reading, ReadingKind::Word);
    /// assert_eq!(why.stems[0].to_string(), "meN- + target + -kan (affixes around a known root)");
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str, range: Range<usize>) -> WordExplanation {
        self.explain_by(self.former(text), text, &range)
    }

    /// Returns the words of `text`, in order, each with what [`explain`](Self::explain) says of it.
    #[must_use]
    pub fn explain_all(&self, text: &str) -> Vec<(Word, WordExplanation)> {
        // What it forms words by is found by a look at the whole text.
        let former = self.former(text);
        let explained = |word: Word| {
            let why = self.explain_by(former, text, &word.range);
            (word, why)
        };
        self.analyze(text).into_iter().map(explained).collect()
    }

    fn explain_by(&self, former: Former<'_>, text: &str, range: &Range<usize>) -> WordExplanation {
        if let Some((reading, _)) = root_in_context(text, range) {
            return WordExplanation { reading, stems: Vec::new() };
        }
        let surface = &text[range.clone()];
        let form = former.form(surface);
        if self.is_place_name(text, range, &form) {
            return WordExplanation { reading: ReadingKind::PlaceName, stems: Vec::new() };
        }
        if form.is_name_by_its_capital() && begins_sentence_at(text, range) {
            return former.explain_at_start(surface);
        }
        former.explain(surface)
    }

    /// Returns the root that a word of a query has where it is a name, if that is another than it has as a word: small
    /// letters do not tell. *bulani* may be a form of *bulan*, and is a name where a text has *Bulani*.
    #[must_use]
    pub fn root_as_name<'a>(&'a self, form: &'a WordForm) -> Option<Cow<'a, str>> {
        if form.exact() == form.root() || !stemmer::is_analysable(form.exact()) {
            return None;
        }
        let root = self.stemmer.stem(form.exact(), LetterCase::Capitalised);
        (root != form.root()).then_some(root)
    }

    fn former(&self, text: &str) -> Former<'_> {
        Former { stemmer: &self.stemmer, stop_words: &self.stop_words, text_case: TextCase::of(text) }
    }

    /// Returns whether the word at `range` of `text`, whose tokens are those of `form`, is the name of a place and
    /// looks like a word with affixes.
    fn is_place_name(&self, text: &str, range: &Range<usize>, form: &WordForm) -> bool {
        text[range.clone()].starts_with(char::is_uppercase)
            && form.other_root().is_some()
            && is_place_name_at(text, range, &self.stop_words)
            && self.stemmer.is_derived(form.exact())
    }

    /// Calls `each` with every word of `text`, in order: its bytes and its tokens. A memo that is kept from text to
    /// text makes it fast; it has to be one that no other analyzer has used. [`Memo`] has an example.
    pub fn for_each_word(&self, text: &str, memo: &mut Memo, mut each: impl FnMut(Range<usize>, &WordForm)) {
        let former = self.former(text);
        scan::for_each_word(text, |range| {
            if let Some((_, root)) = root_in_context(text, &range) {
                let form = former.form(&text[range.clone()]);
                return each(range, &WordForm::new(form.exact(), &root, false));
            }
            memo.form(former, text, range.clone(), |form| {
                if form.is_name_by_its_capital() && begins_sentence_at(text, &range) {
                    each(range.clone(), &former.form_at_start(&text[range.clone()]));
                } else if self.is_place_name(text, &range, form) {
                    each(range.clone(), &WordForm::new(form.exact(), form.exact(), form.is_stop_word()));
                } else if !form.is_empty() {
                    each(range.clone(), form);
                }
            });
        });
    }
}

/// Returns the fingerprint of all lists that give tokens, built in and a user's own, in hexadecimal. Tables within the
/// code are rules: [`VERSION`] stands for them.
fn fingerprint(own: &Dictionaries) -> String {
    let mut fingerprint = Xxh3::new();
    for table in [stop_words::BUILT_IN, sentence::ABBREVIATIONS].iter().chain(stemmer::TABLES.iter()) {
        fingerprint.update(table.as_bytes());
    }
    own.fingerprint(&mut fingerprint);
    format!("{:016x}", fingerprint.digest())
}

/// Returns the root of a figure that has another meaning with the words behind it, and what it is read as: the day that
/// `30` begins before ` November 2025`, the number that `Rp1,5` is before ` juta`.
fn root_in_context(text: &str, range: &Range<usize>) -> Option<(ReadingKind, String)> {
    let (surface, following) = (&text[range.clone()], &text[range.end..]);
    if let Some(day) = day_in_words(surface, following) {
        return Some((ReadingKind::Day, day.token()));
    }
    // Few words end in a figure, and what follows the others need not be looked at.
    let zeros = if surface.ends_with(|c: char| c.is_ascii_digit()) { zeros_behind(following) } else { None }?;
    scaled_root(surface, zeros).map(|root| (ReadingKind::Scaled, root))
}

/// Returns the day that a number of one or two digits begins where month and year follow (`30 November 2025`).
fn day_in_words(surface: &str, following: &str) -> Option<DayToken> {
    let may_be_day = surface.len() <= 2 && surface.starts_with(|c: char| c.is_ascii_digit());
    if may_be_day { DayToken::in_words(surface, following) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks the tokens of a text: `exact/root` of each word, joined by a blank.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words = Analyzer::indonesian().analyze(text);
        let shown: Vec<String> = words
            .iter()
            .map(|w| format!("{}/{}", w.form.exact().replace(' ', "+"), w.form.root().replace(' ', "+")))
            .collect();
        assert_eq!(shown.join(" "), expected, "analysing {text:?}");
    }

    #[test]
    fn reduplications_are_one_token() {
        check("anak-anak buku-bukunya", "anak-anak/anak buku-bukunya/buku");
        check("kata2 kata2nya", "kata-kata/kata kata-katanya/kata");
        check("KATA2 dan KATA2NYA", "kata-kata/kata dan/dan kata-katanya/kata");
        check("mobil2an berkata2", "mobil-mobilan/mobil berkata-kata/kata");
        check("anak-anak-nya SAYUR-MAYUR-NYA", "anak-anak+nya/anak sayur-mayur+nya/sayur");
        check("se-baik-baiknya ha-ha-ha", "se+baik-baiknya/baik ha-ha-ha/ha");
        check("SO2 B2B web2.0", "so2/so2 b2b/b2b web2.0/web2.0");
        check("90an ke-20an Covid-19nya", "90+an/90 ke+20+an/20 covid+19+nya/covid19");
        check("Covid-19NYA", "covid+19+nya/covid19");
        check("Hasan-Husin mondar-mandir", "hasan+husin/hasan+husin mondar+mandir/mondar+mandir");
    }

    #[test]
    fn clitics_and_prefixes_behind_hyphens_leave_the_root() {
        check("AI-nya ke-15 1990-an se-Indonesia", "ai+nya/ai ke+15/15 1990+an/1990 se+indonesia/indonesia");
        check("AI-NYA KPK-lah ke-2-nya ke2", "ai+nya/ai kpk+lah/kpk ke+2+nya/2 ke+2/2");
        check("KPK-an Zubair-an Orang-ku", "kpk+an/kpk zubair+an/zubair orang+ku/orang");
        check("ke-Indonesia-an", "ke+indonesia+an/indonesia");
        check("DARI KPK-AN", "dari/dari kpk+an/kpk");
        check("Tae-an Seung-mu", "tae+an/tae+an seung+mu/seung+mu");
        check("di-PHK-kan DI-PHK-KAN nge-vlog", "di+phk+kan/phk di+phk+kan/phk nge+vlog/vlog");
        check("di-PHP-in", "di+php+in/php");
        check("PLNnya diPHK diPHKkan", "plnnya/pln diphk/phk diphkkan/phk");
        check("iOS eBay McD AKan PLN", "ios/ios ebay/ebay mcd/mcd akan/akan pln/pln");
        check("Chelsea-MU kelas 5-i", "chelsea+mu/chelsea+mu kelas/kelas 5+i/5i");
    }

    #[test]
    fn a_name_by_its_capital_is_a_word_at_the_start_of_a_sentence() {
        for (text, root) in [
            ("Menurut Raihan itu benar.", "raihan"),
            ("Raihan medali itu bagus.", "raih"),
            ("Itu benar. \"Raihan medali", "raih"),
            ("judul\nRaihan medali", "raih"),
            ("Raihan", "raihan"),
            ("Warga Jalan Raihan", "raihan"),
            ("Raihan, warga Bekasi", "raihan"),
            ("tokoh H. Raihan itu", "raihan"),
            ("raihan medali", "raih"),
            ("WARGA RAIHAN BARU", "raih"),
        ] {
            let analyzer = Analyzer::indonesian();
            let words = analyzer.analyze(text);
            let word = words.iter().find(|word| word.form.exact() == "raihan").unwrap();
            assert_eq!(word.form.root(), root, "{text:?}");
            assert_eq!(analyzer.explain(text, word.range.clone()).stems[0].root, root, "{text:?}");
            let explained = |word: Word| {
                let why = analyzer.explain(text, word.range.clone());
                (word, why)
            };
            let one_by_one: Vec<_> = analyzer.analyze(text).into_iter().map(explained).collect();
            assert_eq!(analyzer.explain_all(text), one_by_one);
        }
    }

    #[test]
    fn compounds_are_parts_in_exact_and_joined_or_parts_in_root() {
        check("COVID-19 covid19", "covid+19/covid19 covid19/covid19");
        check("non-blok e-commerce", "non+blok/nonblok e+commerce/ecommerce");
        check("skor 2-1", "skor/skor 2+1/2+1");
        check("Tianjin-Hebei", "tianjin+hebei/tianjin+hebei");
        check("pasca-COVID-19 e-KTP-nya", "pasca+covid+19/pasca+covid19 e+ktp+nya/ektp");
    }

    #[test]
    fn numbers_meet_in_any_spelling() {
        check("Rp1,5 Rp 1,5", "rp+1.5/rp+1.5 rp/rp 1.5/1.5");
        check("2.511,44 2511.44", "2511.44/2511.44 2511.44/2511.44");
        check("jaringan 5G", "jaringan/jaring 5g/5g");
        check("10.180.000km 2,5juta", "10180000+km/10180000+km 2.5+juta/2500000+juta");
        check("1.000m2 1.000m² 1.000 m³", "1000+m2/1000+m2 1000+m2/1000+m2 1000/1000 m3/m3");
        check("CO₂ H₂O", "co2/co2 h2o/h2o");
        check("kata² x¹", "kata/kata 2/2 x/x 1/1");
        check("Rp1.500.000,00 Rp1.500.000", "rp+1500000/rp+1500000 rp+1500000/rp+1500000");
        check("192.168.1.1 v1.2.3 21,25,19", "192.168.1.1/192.168.1.1 v1.2.3/v1.2.3 21+25+19/21+25+19");
    }

    #[test]
    fn numbers_with_a_scale_meet_those_in_figures() {
        check("Rp1,5 juta", "rp+1.5/rp+1500000 juta/juta");
        check("Rp 1,5 juta", "rp/rp 1.5/1500000 juta/juta");
        check("Rp1.500.000", "rp+1500000/rp+1500000");
        check("2 juta orang, 2 orang", "2/2000000 juta/juta orang/orang 2/2 orang/orang");
        check("covid19 juta", "covid19/covid19 juta/juta");
        check("Rp1,5juta 2jt 2juta", "rp+1.5+juta/rp+1500000+juta 2+jt/2000000+jt 2+juta/2000000+juta");
    }

    #[test]
    fn days_meet_in_any_spelling() {
        check("30/11/2025", "30+11+2025/2025-11-30+november+2025");
        check("30 November 2025", "30/2025-11-30 november/november 2025/2025");
        check("2025-11-30", "2025+11+30/2025-11-30+november+2025");
        check("2025/11/30", "2025+11+30/2025-11-30+november+2025");
        check("30.11.2025", "30+11+2025/2025-11-30+november+2025");
        check("30\u{a0}November\n 2025", "30/2025-11-30 november/november 2025/2025");
        check("2 Mei 1000 orang", "2/2 mei/mei 1000/1000 orang/orang");
    }

    #[test]
    fn domains_give_parts_and_whole() {
        check("detik.com", "detik+com/detik.com");
    }

    #[test]
    fn acronyms_are_neither_stemmed_nor_stop_words() {
        let words = Analyzer::indonesian().analyze("Kata WHO di AS dan A.S.");
        let stop: Vec<bool> = words.iter().map(|w| w.form.is_stop_word()).collect();
        assert_eq!(words[1].form.root(), "who");
        assert_eq!(words[5].form.exact(), "as");
        assert_eq!(stop, [false, false, true, false, true, false]);
    }

    #[test]
    fn capitals_mean_nothing_in_a_headline_of_capitals() {
        let words = Analyzer::indonesian().analyze("PENULIS DI JAKARTA");
        assert_eq!(words[0].form.root(), "tulis");
        assert!(words[1].form.is_stop_word());
    }

    #[test]
    fn a_mark_that_hangs_on_a_slash_is_no_date() {
        // U+11A8A is a letter that UAX #29 keeps together with the slash.
        check("/\u{11a8a}", "/\u{11a8a}//\u{11a8a}");
    }

    #[test]
    fn what_folds_to_nothing_is_no_token() {
        check("ʽ-ʽ ʽ-ʽ-^N", "n/n");
        check("me-ʽ", "me/me");
        check("1.5ʽ", "1.5/1.5");
    }

    #[test]
    fn names_and_figures_side_by_side_are_one_name() {
        check("G-30-S G30S", "g+30+s/g30s g30s/g30s");
        check("2-in-1 2in1 F-16-nya", "2+in+1/2in1 2in1/2in1 f+16+nya/f16");
        check("CN-235-220 pasca-G-30-S", "cn+235+220/cn235+220 pasca+g+30+s/pasca+g30s");
    }

    #[test]
    fn words_and_figures_side_by_side_are_words_and_figures() {
        check("5-tahunan 5tahunan", "5+tahunan/5+tahun 5+tahunan/5+tahun");
        check("pasal27 PASAL-27 17-Agustus", "pasal+27/pasal+27 pasal+27/pasal+27 17+agustus/17+agustus");
        check("kelas2 kelas-2 liga1", "kelas+2/kelas+2 kelas+2/kelas+2 liga+1/liga+1");
        check("covid19 G20 5G", "covid19/covid19 g20/g20 5g/5g");
    }

    #[test]
    fn equal_figures_are_no_reduplication() {
        check("skor 2-2", "skor/skor 2+2/2+2");
    }

    #[test]
    fn long_tokens_are_cut_not_lost() {
        let words = Analyzer::indonesian().analyze(&"x".repeat(1000));
        assert_eq!(words[0].form.exact().len(), super::super::MAX_TOKEN_BYTES);
    }

    #[test]
    fn a_word_may_have_another_root_as_a_name() {
        let analyzer = Analyzer::indonesian();
        let as_name = |word: &str| analyzer.root_as_name(&analyzer.analyze(word)[0].form).map(Cow::into_owned);
        assert_eq!(as_name("bulani").as_deref(), Some("bulani"));
        for word in ["menulis", "bulan", "Bulani", "anak-anak", "kata2", "COVID-19", "30/11/2025"] {
            assert_eq!(as_name(word), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn offsets_slice_the_text_and_tokens_obey_the_rules(text in "(\\PC|[a-z]{1,8}-|[0-9/.,]|[\u{200b}\u{ad}’ \n]){0,40}") {
            let analyzer = Analyzer::indonesian();
            let mut end = 0;
            for word in analyzer.analyze(&text) {
                prop_assert!(word.range.start >= end);
                prop_assert!(text.get(word.range.clone()).is_some());
                end = word.range.end;
                for tokens in [word.form.exact(), word.form.root()] {
                    for token in tokens.split(' ') {
                        prop_assert!(!token.is_empty() && token.len() <= super::super::MAX_TOKEN_BYTES, "{:?}", word);
                        prop_assert!(!token.contains(char::is_whitespace));
                    }
                }
            }
        }

        #[test]
        fn the_memo_changes_nothing(texts in proptest::collection::vec("[a-z]{0,3}[A-Z0-9 -]{0,30}", 1..4)) {
            let analyzer = Analyzer::indonesian();
            let mut memo = Memo::default();
            for text in texts.iter().chain(&texts) {
                let mut words = Vec::new();
                analyzer.for_each_word(text, &mut memo, |range, form| words.push(Word { range, form: form.clone() }));
                prop_assert_eq!(words, analyzer.analyze(text));
            }
        }
    }
}
