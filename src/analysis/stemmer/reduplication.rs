//! Doubled words: which hyphen joins a word to itself, and what its root is.
//!
//! Indonesian doubles words to make plurals, reciprocals and much else, and the affixes may stand on either half:
//! anak-anak, buku-bukunya, berlari-lari, tembak-menembak, menyia-nyiakan, turun-temurun. Rhyming pairs (sayur-mayur)
//! follow no rule and are a table.

use std::borrow::Cow;

use super::affixes::Suffix;
use super::lexicon::{columns, lines};
use super::{LetterCase, MIN_ROOT, Rule, Stemmer};

pub(super) const RHYMES: &str = include_str!("rhymes.tsv");

/// The prefixes that may stand before the half that is doubled, as they are written.
const WRITTEN_PREFIXES: [&str; 18] = [
    "", "be", "ber", "di", "diper", "ke", "me", "mem", "memper", "men", "meng", "meny", "pe", "per", "se", "te", "ter",
    "ku",
];

/// What may stand behind the half that repeats, as it is written, but for a particle.
const WRITTEN_SUFFIXES: [&str; 10] = ["", "an", "annya", "i", "inya", "kan", "kannya", "ku", "mu", "nya"];

/// The rhyming pairs and the half that carries the meaning.
pub(super) struct Rhymes(Vec<((&'static str, &'static str), &'static str)>);

impl Rhymes {
    /// Reads the table.
    pub fn new() -> Self {
        let pairs = lines(RHYMES).map(columns);
        Self(pairs.filter_map(|(pair, root)| Some((pair.split_once('-')?, root))).collect())
    }

    /// Returns the root of a pair, which may have affixes outside: sayur-mayurnya, diobrak-abrik.
    pub(super) fn root(&self, left: &str, right: &str) -> Option<&'static str> {
        let is_pair = |(one, other): (&str, &str)| {
            left.strip_suffix(one).is_some_and(|prefix| WRITTEN_PREFIXES.contains(&prefix))
                && right.strip_prefix(other).is_some_and(|suffix| WRITTEN_SUFFIXES.contains(&suffix))
        };
        self.0.iter().find(|(pair, _)| is_pair(*pair)).map(|(_, root)| *root)
    }
}

/// Returns the root of `left-right` if it doubles one word.
pub(super) fn root<'a>(stemmer: &'a Stemmer, left: &'a str, right: &'a str, case: LetterCase) -> Option<Cow<'a, str>> {
    if left == right {
        return Some(doubled(stemmer, left, case));
    }
    if let Some(root) = stemmer.rhymes.root(left, right) {
        return Some(root.into());
    }
    if has_infix(left, right) {
        return Some(stemmer.stem(left, case));
    }
    shared_root(stemmer, left, right, case).or_else(|| repeated_end(stemmer, left, right))
}

/// What is doubled whole has no -i of its own, which belongs to a verb: biri-biri.
fn doubled<'a>(stemmer: &'a Stemmer, half: &'a str, case: LetterCase) -> Cow<'a, str> {
    let decision = stemmer.decide(half, case);
    let has_i = decision.affixes.is_some_and(|(reading, ending)| {
        reading.chain.is_empty() && ending.suffix == Some(Suffix::I) && ending.end + 1 == half.len()
    });
    if has_i { half.into() } else { decision.root }
}

/// The right half is the left one with the infix -em-, in which no word is made today: turun-temurun, tali-temali.
fn has_infix(left: &str, right: &str) -> bool {
    let Some((first, rest)) = left.split_at_checked(1) else { return false };
    let infixed = right.strip_prefix(first).and_then(|right| right.strip_prefix("em"));
    left.len() >= MIN_ROOT && infixed.is_some_and(|infixed| infixed.strip_suffix("nya").unwrap_or(infixed) == rest)
}

/// Both halves have one root: tembak-menembak, buku-bukunya.
fn shared_root<'a>(stemmer: &'a Stemmer, left: &'a str, right: &'a str, case: LetterCase) -> Option<Cow<'a, str>> {
    let root = stemmer.stem(left, case);
    (root.len() >= MIN_ROOT && stemmer.stem(right, case) == root).then_some(root)
}

/// The right half begins with the end of the left one, with affixes outside: berlari-lari, menyia-nyiakan. The root is
/// that of one half with all the affixes: menyiakan.
fn repeated_end<'a>(stemmer: &'a Stemmer, left: &str, right: &str) -> Option<Cow<'a, str>> {
    let prefix = WRITTEN_PREFIXES.into_iter().find(|prefix| {
        let repeated = left.strip_prefix(prefix).filter(|repeated| repeated.len() >= MIN_ROOT);
        repeated.and_then(|repeated| right.strip_prefix(repeated)).is_some_and(|rest| WRITTEN_SUFFIXES.contains(&rest))
    })?;
    // A half that is a root settles what the prefix alone leaves open: ber-api-api, not be-rapi.
    let repeated = &left[prefix.len()..];
    if stemmer.is_root(repeated) {
        return Some(Cow::Owned(repeated.to_owned()));
    }
    let whole = [prefix, right].concat();
    let decision = stemmer.decide(&whole, LetterCase::Lower);
    let root = match decision.rule {
        Rule::Unanalysed | Rule::Acronym | Rule::Unknown | Rule::English => repeated.to_owned(),
        Rule::RootWord
        | Rule::ClosedClass
        | Rule::Irregular
        | Rule::Variant
        | Rule::Name
        | Rule::Affixes
        | Rule::UnknownRoot
        | Rule::Clitics => decision.root.into_owned(),
    };
    Some(Cow::Owned(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pair: &str, root: Option<&str>) {
        let stemmer = Stemmer::indonesian();
        let (left, right) = pair.split_once('-').unwrap();
        let found = stemmer.stem_reduplicated(left, right, LetterCase::Lower);
        assert_eq!(found.as_deref(), root, "stemming {pair:?}");
    }

    #[test]
    fn equal_halves_double() {
        check("anak-anak", Some("anak"));
        check("perusahaan-perusahaan", Some("usaha"));
        check("kupu-kupu", Some("kupu"));
        check("laba-laba", Some("laba"));
        check("undang-undang", Some("undang"));
        check("start-start", Some("start"));
        check("biri-biri", Some("biri"));
        check("hati-hati", Some("hati"));
    }

    #[test]
    fn halves_of_one_root_double() {
        check("buku-bukunya", Some("buku"));
        check("tembak-menembak", Some("tembak"));
        check("pukul-memukul", Some("pukul"));
        check("tolong-menolong", Some("tolong"));
        check("surat-menyurat", Some("surat"));
        check("tulis-menulis", Some("tulis"));
        check("kait-mengait", Some("kait"));
    }

    #[test]
    fn affixes_stand_outside_the_doubling() {
        check("berlari-lari", Some("lari"));
        check("berlari-larian", Some("lari"));
        check("menari-nari", Some("tari"));
        check("menyia-nyiakan", Some("sia"));
        check("kebarat-baratan", Some("barat"));
        check("kehijau-hijauan", Some("hijau"));
        check("sebaik-baiknya", Some("baik"));
        check("setinggi-tingginya", Some("tinggi"));
        check("terburu-buru", Some("buru"));
        check("ikut-ikutan", Some("ikut"));
        check("perundang-undangan", Some("undang"));
        check("dibesar-besarkan", Some("besar"));
        check("mencoret-coret", Some("coret"));
        check("alun-alunnya", Some("alun"));
        check("berapi-api", Some("api"));
        check("turun-temurun", Some("turun"));
        check("tali-temalinya", Some("tali"));
        check("tali-temani", None);
    }

    #[test]
    fn rhyming_pairs_are_a_table() {
        check("sayur-mayur", Some("sayur"));
        check("warna-warni", Some("warna"));
        check("gerak-geriknya", Some("gerak"));
        check("bolak-balik", Some("balik"));
        check("diobrak-abrik", Some("obrak"));
        check("membolak-balikkan", Some("balik"));
        check("kecarut-marutan", Some("carut"));
        check("mayur-sayur", None);
    }

    #[test]
    fn halves_that_differ_in_vowels_are_two_words_but_for_the_table() {
        check("hasan-husin", None);
        check("palu-pulo", None);
        check("siswa-siswi", None);
        check("putra-putri", None);
        check("corat-coret", Some("coret"));
    }

    #[test]
    fn compounds_do_not_double() {
        check("jual-beli", None);
        check("suami-istri", None);
        check("ekonomi-sosial", None);
        check("kota-kotamadya", None);
        check("berita-itali", None);
        check("ö-ö", Some("ö"));
        check("covid-19", None);
    }
}
