//! What a surface form is, before any stemming: a word, a number, a day, a hyphen group …

use serde::Serialize;

use super::fold::fold;
use super::hyphens::{HyphenGroup, acronym_with_affixes};
use super::number::{DayToken, is_of_digits, normalise_number, scaled, zeros};
use super::scan::is_hyphen;
use super::stemmer::{Explanation, LetterCase, Stemmer};
use super::word_form::TextCase;

/// Currencies that are written to the number behind them.
const CURRENCIES: [&str; 5] = ["rp", "idr", "usd", "sgd", "rm"];

/// What may stand behind the `2` of an informal doubling.
const BEHIND_DOUBLING: [&str; 12] = ["", "nya", "ku", "mu", "an", "annya", "kan", "kannya", "i", "lah", "kah", "pun"];

/// The shortest word that is told from the letters of a name beside digits, in bytes: `ibu2`, but not `SO2`.
const MIN_BESIDE_DIGITS: usize = 3;

/// Words that a number follows, so that a `2` behind them doubles nothing: `kelas2` is *kelas 2*.
const NUMBERED: [&str; 36] = [
    "ayat",
    "bab",
    "babak",
    "dosis",
    "edisi",
    "episode",
    "fase",
    "gelombang",
    "halaman",
    "jalur",
    "jilid",
    "kelas",
    "kloter",
    "kuartal",
    "lantai",
    "level",
    "liga",
    "musim",
    "nomor",
    "pasal",
    "putaran",
    "ring",
    "ronde",
    "semester",
    "seri",
    "sesi",
    "tahap",
    "terminal",
    "tingkat",
    "tipe",
    "triwulan",
    "versi",
    "vitamin",
    "volume",
    "zona",
    "zone",
];

/// What a surface form was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// A word: it has a root.
    Word,
    /// The name of a place, which the word before it tells from a word with affixes: *Desa Menawan*.
    PlaceName,
    /// Letters with full stops between them (`A.S`), read as one.
    Acronym,
    /// A number: digits without their grouping, with a decimal point.
    Number,
    /// A number with its currency or unit: `Rp1,5`, `2,5km`.
    Amount,
    /// A number before its scale (`1,5 juta`), with its currency or without: the whole number is its root.
    Scaled,
    /// A day of the calendar, which is its root.
    Day,
    /// Digits with affixes: `ke2`, `90an`.
    Numeral,
    /// A number and a word without a blank between them: `5tahunan`, `pasal27`.
    NumberAndWord,
    /// A word doubled by a hyphen or an informal `2`.
    Doubled,
    /// A rhyming pair: `sayur-mayur`.
    Rhyme,
    /// A word or number with affixes set off by hyphens (`AI-nya`, `di-PHK-kan`) or by their case (`PLNnya`).
    Affixed,
    /// A hyphen group that is also written as one word: `COVID-19`, `non-blok`.
    Joined,
    /// A hyphen group of several words.
    Compound,
    /// A domain: its parts are surface forms, the whole is the root.
    Domain,
    /// A version, an address or another figure that is no number, kept whole.
    Figure,
}

impl ReadingKind {
    /// Returns what was read, in a few words.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Word => "a word",
            Self::PlaceName => "the name of a place, as the word before it tells: kept whole",
            Self::Acronym => "an acronym with full stops, read without them",
            Self::Number => "a number: no grouping, a point before the decimals",
            Self::Amount => "a number and its currency or unit",
            Self::Scaled => "a number before its scale: the whole number is the root",
            Self::Day => "a day, found in any spelling",
            Self::Numeral => "a number with affixes: the number is the root",
            Self::NumberAndWord => "a number and a word: each is found",
            Self::Doubled => "a doubled word: one token, the root of the word",
            Self::Rhyme => "a rhyming pair: one token, the root that a table gives",
            Self::Affixed => "affixes set off from what they stand at, which has the root",
            Self::Joined => "a compound that is also written as one word, which is the root",
            Self::Compound => "a compound: each part is found",
            Self::Domain => "a domain: each part is found, the whole is the root",
            Self::Figure => "a figure that is no number, kept whole",
        }
    }
}

/// How a word of a text came to its tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordExplanation {
    /// What it was read as.
    pub reading: ReadingKind,
    /// Why the words in it have their roots: none for figures, one for each word of a hyphen group.
    pub stems: Vec<Explanation>,
}

/// A surface form with what its tokens are made of.
pub(super) enum Reading<'s> {
    Word(&'s str),
    Acronym(String),
    /// The acronym that affixes are written to.
    AffixedAcronym(&'s str),
    Number(String),
    /// The number and what stands before or behind it, as tokens.
    Amount(String),
    /// The number and its scale as tokens, and with the whole number in place of the number.
    Scaled {
        exact: String,
        root: String,
    },
    Day(DayToken),
    /// Its parts as tokens, and the number.
    Numeral {
        exact: String,
        number: String,
    },
    NumberAndWord([&'s str; 2]),
    InformalDoubling {
        base: String,
        suffix: String,
    },
    Hyphens(HyphenGroup<'s>),
    Domain,
    Figure(String),
}

impl<'s> Reading<'s> {
    /// Reads a word as the scanner cuts it.
    pub fn of(surface: &'s str, stemmer: &Stemmer, text_case: TextCase) -> Self {
        if surface.contains(is_hyphen) {
            return hyphens(surface, stemmer, text_case);
        }
        if surface.contains('/') && surface.is_ascii() {
            return DayToken::parse(surface, '/').map_or_else(|| Self::Figure(surface.replace('/', " ")), Self::Day);
        }
        if surface.contains(|c: char| c.is_ascii_digit())
            && let Some(reading) = with_digit(surface, stemmer)
        {
            return reading;
        }
        if surface.contains('.') {
            return dotted(surface);
        }
        acronym_with_affixes(surface).map_or(Self::Word(surface), Self::AffixedAcronym)
    }

    /// Returns the kind of the reading.
    pub fn kind(&self) -> ReadingKind {
        match self {
            Self::Word(_) => ReadingKind::Word,
            Self::Acronym(_) => ReadingKind::Acronym,
            Self::Number(_) => ReadingKind::Number,
            Self::Amount(_) => ReadingKind::Amount,
            Self::Scaled { .. } => ReadingKind::Scaled,
            Self::Day(_) => ReadingKind::Day,
            Self::Numeral { .. } => ReadingKind::Numeral,
            Self::NumberAndWord(_) => ReadingKind::NumberAndWord,
            Self::InformalDoubling { .. } => ReadingKind::Doubled,
            Self::AffixedAcronym(_) => ReadingKind::Affixed,
            Self::Hyphens(group) => group.kind(),
            Self::Domain => ReadingKind::Domain,
            Self::Figure(_) => ReadingKind::Figure,
        }
    }
}

fn hyphens<'s>(surface: &'s str, stemmer: &Stemmer, text_case: TextCase) -> Reading<'s> {
    if surface.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = surface.chars().map(|c| if is_hyphen(c) { '-' } else { c }).collect();
        if let Some(day) = DayToken::parse(&plain, '-') {
            return Reading::Day(day);
        }
    }
    Reading::Hyphens(HyphenGroup::read(surface, stemmer, text_case))
}

/// Reads a form that has a digit; `None` where it is a word all the same (`5G`, `covid19`).
fn with_digit<'s>(surface: &'s str, stemmer: &Stemmer) -> Option<Reading<'s>> {
    if is_of_digits(surface, &['.', ',']) {
        return Some(figures(surface));
    }
    amount(surface)
        .or_else(|| scaled_in_one(surface))
        .or_else(|| measure(surface))
        .or_else(|| numeral(surface))
        .or_else(|| informal_doubling(surface, stemmer))
        .or_else(|| number_and_word(surface, stemmer))
}

/// Reads digits with their marks: a number, a day, or what is neither.
fn figures<'s>(surface: &str) -> Reading<'s> {
    if let Some(day) = DayToken::parse(surface, '.') {
        return Reading::Day(day);
    }
    // Commas that fit no number part the numbers of a list (`21,25,19`); full stops make one name (`192.168.1.1`).
    normalise_number(surface).map_or_else(|| Reading::Figure(surface.replace(',', " ")), Reading::Number)
}

/// Reads an amount written in one (`Rp1,5`), so that `Rp 1,5` meets it.
fn amount<'s>(surface: &str) -> Option<Reading<'s>> {
    let (currency, number) = currency_and_number(surface).filter(|(currency, _)| !currency.is_empty())?;
    let number = normalise_number(number).unwrap_or_else(|| number.to_owned());
    Some(Reading::Amount(format!("{currency} {number}")))
}

/// Reads an amount with its scale, all in one: `Rp1,5juta`, `2jt`.
fn scaled_in_one<'s>(surface: &str) -> Option<Reading<'s>> {
    let (amount, scale) = surface.split_at(surface.rfind(|c: char| c.is_ascii_digit())? + 1);
    let root = scaled_root(amount, zeros(scale)?)?;
    let (currency, number) = currency_and_number(amount)?;
    let exact = [currency, normalise_number(number)?].join(" ");
    let scale = scale.to_ascii_lowercase();
    Some(Reading::Scaled { exact: format!("{} {scale}", exact.trim_start()), root: format!("{root} {scale}") })
}

/// Returns the root of a number or an amount with so many more `zeros`, with the currency that is written to it: that
/// of `Rp1,5` with six is `rp 1500000`.
pub(super) fn scaled_root(surface: &str, zeros: usize) -> Option<String> {
    let (currency, number) = currency_and_number(surface)?;
    let whole = scaled(number, zeros)?;
    Some(if currency.is_empty() { whole } else { format!("{currency} {whole}") })
}

/// Returns the currency that is written to a number, in small letters and empty where there is none, and the number.
fn currency_and_number(surface: &str) -> Option<(String, &str)> {
    let (currency, number) = surface.split_at(surface.find(|c: char| c.is_ascii_digit())?);
    let currency = currency.to_ascii_lowercase();
    let is_known = currency.is_empty() || CURRENCIES.contains(&currency.as_str());
    (is_known && is_of_digits(number, &['.', ','])).then_some((currency, number))
}

/// Reads a number with a mark in it and the unit written to it: `10.180.000km`, `17.30WIB`. Without a mark it is rather
/// a name: `5G`, `8GB`.
fn measure<'s>(surface: &str) -> Option<Reading<'s>> {
    let (number, unit) = surface.split_at(surface.find(char::is_alphabetic)?);
    let unit = fold(unit);
    // Areas and volumes: `1.000m2`. A letter may stand for an apostrophe and fold to nothing.
    let letters = unit.strip_suffix(['2', '3']).unwrap_or(&unit);
    let is_measure = number.contains(['.', ',']) && !letters.is_empty() && letters.chars().all(char::is_alphabetic);
    let number = normalise_number(number).filter(|_| is_measure)?;
    Some(Reading::Amount(format!("{number} {unit}")))
}

/// Reads `ke2`, `90an` and `ke2nya`, which are also written `ke-2`, `90-an` and `ke-2-nya`.
fn numeral<'s>(surface: &str) -> Option<Reading<'s>> {
    let folded = fold(surface);
    let prefix = if folded.starts_with("ke") { "ke" } else { "" };
    let rest = &folded[prefix.len()..];
    let (number, suffix) = split_numeral(rest).unwrap_or((rest, ""));
    let is_number = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let exact = || [prefix, number, suffix].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    is_number.then(|| Reading::Numeral { exact: exact(), number: number.to_owned() })
}

/// Returns digits and the suffix written to them: `90an`, `19nya`.
pub(super) fn split_numeral(surface: &str) -> Option<(&str, &str)> {
    let (number, suffix) = surface.split_at(surface.find(|c: char| !c.is_ascii_digit()).filter(|len| *len > 0)?);
    let is_suffix = ["an", "nya", "annya"].iter().any(|known| known.eq_ignore_ascii_case(suffix));
    is_suffix.then_some((number, suffix))
}

/// Reads `kata2` and `kata2nya` as *kata-kata* and *kata-katanya*, where the base is a known word, in any case: a query
/// in small letters meets a headline in capitals.
fn informal_doubling<'s>(surface: &'s str, stemmer: &Stemmer) -> Option<Reading<'s>> {
    let (base, suffix) = surface.split_once('2')?;
    let (folded, suffix) = (fold(base), suffix.to_lowercase());
    let is_doubled = BEHIND_DOUBLING.contains(&suffix.as_str()) && is_ordinary_word(base, stemmer);
    let is_numbered = suffix.is_empty() && NUMBERED.contains(&folded.as_str());
    (is_doubled && !is_numbered).then_some(Reading::InformalDoubling { base: folded, suffix })
}

/// Reads `5tahunan` and `pasal27`, where the letters are a known word. Other letters beside digits are one name with
/// them: `G20`, `covid19`, `5G`.
fn number_and_word<'s>(surface: &'s str, stemmer: &Stemmer) -> Option<Reading<'s>> {
    let is_digit = |c: char| c.is_ascii_digit();
    let digits_first = surface.starts_with(is_digit);
    let parts = surface.split_at(surface.find(|c: char| is_digit(c) != digits_first)?);
    let (digits, word) = if digits_first { parts } else { (parts.1, parts.0) };
    let is_read = digits.chars().all(is_digit) && is_ordinary_word(word, stemmer);
    is_read.then_some(Reading::NumberAndWord([parts.0, parts.1]))
}

/// Returns whether letters beside digits are a known word, in any case, and no name.
pub(super) fn is_ordinary_word(letters: &str, stemmer: &Stemmer) -> bool {
    let folded = fold(letters);
    let is_known = || stemmer.is_ordinary_root(&stemmer.stem(&folded, LetterCase::Lower));
    folded.len() >= MIN_BESIDE_DIGITS && (NUMBERED.contains(&folded.as_str()) || is_known())
}

/// Reads a form with full stops in it and no number: an acronym, a version or a domain.
///
/// Behind each full stop of a version is a digit. All else is found by its parts too, for a letter there may begin a
/// sentence that lacks the space before it.
fn dotted<'s>(surface: &str) -> Reading<'s> {
    let parts = || surface.split('.').filter(|part| !part.is_empty());
    if parts().all(|part| part.chars().count() == 1 && part.contains(char::is_alphabetic)) {
        return Reading::Acronym(fold(&surface.replace('.', "")));
    }
    let is_version = parts().skip(1).all(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    if is_version { Reading::Figure(fold(surface)) } else { Reading::Domain }
}
