//! Hyphen groups: `anak-anak`, `AI-nya`, `COVID-19`, `di-PHK-kan`, `pasca-COVID-19`.
//!
//! Affixes at the ends come off first, as long as something stays. In what stays, parts that belong together are looked
//! for from the right: a doubled word is one token, a compound that is also written as one word has that word as its
//! root, and every other part is a word of its own.

use super::fold::{fold, fold_into};
use super::number::month;
use super::reading::{ReadingKind, is_ordinary_word, split_numeral};
use super::scan::is_hyphen;
use super::stemmer::{self, LetterCase, Stemmer};
use super::word_form::TextCase;

/// What may stand behind a hyphen, in any case.
const SUFFIXES: [&str; 4] = ["nya", "lah", "kah", "pun"];

/// What may stand behind a hyphen in small letters; in capitals it is rather a name, unless all is: Chelsea-MU, KPK-AN.
const SMALL_SUFFIXES: [&str; 5] = ["ku", "mu", "an", "annya", "kan"];

/// The suffixes of verbs, which stand behind a prefix in any case: di-PHK-kan, di-PHP-in. Elsewhere `i` numbers things:
/// kelas 5-i.
const VERB_SUFFIXES: [&str; 3] = ["kan", "i", "in"];

/// What may stand before a hyphen, in any case.
const PREFIXES: [&str; 22] = [
    "ke", "se", "di", "me", "ber", "ter", "per", "pe", "mem", "men", "meng", "menge", "meny", "nge", "pem", "pen",
    "peng", "penge", "peny", "memper", "diper", "pemer",
];

/// The shortest acronym that affixes are written to, in characters.
const MIN_ACRONYM_CHARS: usize = 2;

/// First parts of compounds that are also written as one word.
const BOUND: [&str; 27] = [
    "al", "anti", "antar", "eks", "ekstra", "hiper", "infra", "inter", "intra", "kontra", "maha", "makro", "mikro",
    "mini", "multi", "non", "para", "pasca", "pra", "pro", "semi", "sub", "super", "swa", "tele", "trans", "ultra",
];

/// A word with hyphens in it, taken apart.
pub(super) struct HyphenGroup<'s> {
    /// The affixes before the first piece.
    pub prefixes: Vec<&'s str>,
    /// One piece or more.
    pub pieces: Vec<Piece<'s>>,
    /// The affixes behind the last piece.
    pub suffixes: Vec<&'s str>,
}

/// A part of a hyphen group, or a pair of them.
pub(super) enum Piece<'s> {
    /// One part alone.
    Single(&'s str),
    /// Parts that double a word, folded, and its root; of a rhyming pair only the table knows it.
    Doubled { exact: String, root: String, rhymes: bool },
    /// Parts that are also written as one word, and that word, folded.
    Joined { parts: Vec<&'s str>, whole: String },
}

impl<'s> HyphenGroup<'s> {
    /// Takes `surface` apart.
    pub fn read(surface: &'s str, stemmer: &Stemmer, text_case: TextCase) -> Self {
        let parts = surface.split(is_hyphen).filter(|part| !part.is_empty()).flat_map(without_suffix);
        let parts: Vec<&str> = parts.collect();
        if let Some(repeated) = repeated(&parts, stemmer) {
            return Self { prefixes: Vec::new(), pieces: vec![repeated], suffixes: Vec::new() };
        }
        let (prefixes, rest) = parts.split_at(n_prefixes(&parts));
        let pairs = rest.windows(2).rev();
        let is_suffix = |pair: &&[&str]| is_suffix(pair[0], pair[1], !prefixes.is_empty(), text_case, stemmer);
        let (core, suffixes) = rest.split_at(rest.len() - pairs.take_while(is_suffix).count());
        Self { prefixes: prefixes.to_vec(), pieces: pieces(core, stemmer), suffixes: suffixes.to_vec() }
    }

    /// Returns what the group is read as.
    pub fn kind(&self) -> ReadingKind {
        match self.pieces[..] {
            [Piece::Doubled { rhymes: false, .. }] => ReadingKind::Doubled,
            [Piece::Doubled { rhymes: true, .. }] => ReadingKind::Rhyme,
            [Piece::Joined { .. }] => ReadingKind::Joined,
            [Piece::Single(_)] => ReadingKind::Affixed,
            _ => ReadingKind::Compound,
        }
    }

    /// Returns the words in the group that have a root of their own.
    pub fn words(&self) -> Vec<&str> {
        self.pieces.iter().flat_map(Piece::words).collect()
    }
}

/// Returns a part, or digits and the suffix that is written to them: Covid-19nya, ke-20an.
fn without_suffix(part: &str) -> impl Iterator<Item = &str> {
    let (part, suffix) = split_numeral(part).map_or((part, None), |(number, suffix)| (number, Some(suffix)));
    [part].into_iter().chain(suffix)
}

impl Piece<'_> {
    fn words(&self) -> Vec<&str> {
        match self {
            Self::Single(part) => Vec::from_iter(part.contains(char::is_alphabetic).then_some(*part)),
            Self::Doubled { root, rhymes: true, .. } => vec![root],
            Self::Doubled { exact, .. } => {
                let mut halves: Vec<&str> = exact.split('-').collect();
                halves.dedup();
                halves
            }
            Self::Joined { .. } => Vec::new(),
        }
    }
}

/// Returns the piece of parts that are all equal: anak-anak, ha-ha-ha.
fn repeated<'s>(parts: &[&'s str], stemmer: &Stemmer) -> Option<Piece<'s>> {
    let first = fold(parts.first()?);
    let all_equal = parts.len() > 1 && parts[1..].iter().all(|part| fold(part) == first);
    if !all_equal || !first.contains(char::is_alphabetic) {
        return None;
    }
    let exact = vec![first.as_str(); parts.len()].join("-");
    let root = stemmer.stem_reduplicated(&first, &first, LetterCase::Lower)?.into_owned();
    Some(Piece::Doubled { exact, root, rhymes: false })
}

/// Returns how many prefixes `parts` begin with, one part at least left over.
fn n_prefixes(parts: &[&str]) -> usize {
    let is_prefix = |part: &&&str| PREFIXES.iter().any(|prefix| part.eq_ignore_ascii_case(prefix));
    parts[..parts.len().saturating_sub(1)].iter().take_while(is_prefix).count()
}

/// Returns the acronym that affixes in small letters are written to without their hyphens: `PLNnya`, `diPHKkan`.
pub(super) fn acronym_with_affixes(surface: &str) -> Option<&str> {
    let (prefix, rest) = surface.split_at(surface.find(|c: char| !c.is_lowercase())?);
    let (acronym, suffix) = rest.split_at(rest.find(char::is_lowercase).unwrap_or(rest.len()));
    let is_acronym = acronym.chars().all(char::is_uppercase) && acronym.chars().count() >= MIN_ACRONYM_CHARS;
    let is_suffix = SUFFIXES.contains(&suffix) || !prefix.is_empty() && VERB_SUFFIXES.contains(&suffix);
    let are_affixes = match (prefix.is_empty(), suffix.is_empty()) {
        (true, true) => false,
        (true, false) => is_suffix,
        (false, true) => PREFIXES.contains(&prefix),
        (false, false) => PREFIXES.contains(&prefix) && is_suffix,
    };
    (is_acronym && are_affixes).then_some(acronym)
}

/// Returns whether `part` is a suffix of the part before it.
fn is_suffix(before: &str, part: &str, behind_prefix: bool, text_case: TextCase, stemmer: &Stemmer) -> bool {
    let is_one_of = |suffixes: &[&str]| suffixes.iter().any(|suffix| part.eq_ignore_ascii_case(suffix));
    let behind_figures = part.eq_ignore_ascii_case("an") && before.ends_with(|c: char| c.is_ascii_digit());
    let is_small = match text_case {
        TextCase::Mixed => SMALL_SUFFIXES.contains(&part) && !is_name(before, stemmer),
        TextCase::AllCapitals => is_one_of(&SMALL_SUFFIXES),
    };
    behind_figures || is_small || is_one_of(&SUFFIXES) || behind_prefix && is_one_of(&VERB_SUFFIXES)
}

/// Returns whether a part is a capitalised syllable that is no word, as the first of a Korean name is: Tae-an, but
/// Orang-ku and Indonesia-ku.
fn is_name(part: &str, stemmer: &Stemmer) -> bool {
    let mut letters = part.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
    let folded = fold(part);
    is_capitalised && stemmer::is_syllable(&folded) && !stemmer.is_root(&folded)
}

/// Returns the pieces of parts without affixes around them, in order.
fn pieces<'s>(parts: &[&'s str], stemmer: &Stemmer) -> Vec<Piece<'s>> {
    let mut pieces = Vec::new();
    let mut rest = parts;
    // From the right: in pasca-COVID-19 it is the figure that the name is joined to.
    while let [before @ .., last] = rest {
        let doubled = before.last().and_then(|left| doubled(left, last, stemmer));
        let n_parts = match doubled {
            Some(_) => 2,
            None if matches!(parts, [left, _] if is_bound(left)) => 2,
            None => n_joined(rest, stemmer),
        };
        let (left, taken) = rest.split_at(rest.len() - n_parts);
        pieces.push(doubled.unwrap_or_else(|| if n_parts > 1 { joined(taken) } else { Piece::Single(last) }));
        rest = left;
    }
    pieces.reverse();
    pieces
}

/// Returns the piece of two parts that double a word; the case of its letters tells nothing, or a headline and its
/// article would have other tokens.
fn doubled<'s>(left: &str, right: &str, stemmer: &Stemmer) -> Option<Piece<'s>> {
    let (left, right) = (fold(left), fold(right));
    if !left.contains(char::is_alphabetic) || right.is_empty() {
        return None;
    }
    let root = stemmer.stem_reduplicated(&left, &right, LetterCase::Lower)?.into_owned();
    Some(Piece::Doubled { exact: format!("{left}-{right}"), root, rhymes: stemmer.is_rhyme(&left, &right) })
}

fn joined<'s>(parts: &[&'s str]) -> Piece<'s> {
    let mut whole = String::new();
    for part in parts {
        fold_into(part, &mut whole);
    }
    Piece::Joined { parts: parts.to_vec(), whole }
}

/// Returns how many parts at the end are names and figures side by side, which are also written as one word: COVID-19,
/// G-30-S. One where there are none.
fn n_joined(parts: &[&str], stemmer: &Stemmer) -> usize {
    1 + parts.windows(2).rev().take_while(|pair| has_figure(pair[0], pair[1], stemmer)).count()
}

/// Returns whether letters and figures stand side by side, as in `COVID-19`. Two figures are two amounts (Rp1-2
/// triliun, 2020-2024, 2-1), and an ordinary word beside a figure stays a word: 5-tahunan, kelas-2, 17-Agustus.
fn has_figure(left: &str, right: &str, stemmer: &Stemmer) -> bool {
    let has_letter = |part: &str| part.contains(char::is_alphabetic);
    let has_digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    let is_name = |part: &str| has_letter(part) && month(&fold(part)).is_none() && !is_ordinary_word(part, stemmer);
    match (has_digit(left), has_digit(right)) {
        (true, false) => is_name(right),
        (false, true) => is_name(left),
        (true, true) | (false, false) => false,
    }
}

/// Returns whether a compound that begins so is also written as one word: `non-blok`, `e-commerce`.
fn is_bound(left: &str) -> bool {
    let is_letter = left.chars().count() == 1 && left.chars().all(char::is_alphabetic);
    is_letter || BOUND.iter().any(|bound| left.eq_ignore_ascii_case(bound))
}
