//! Words without a known root: what may still be taken off.
//!
//! News uses new loans and rare words every day. Affixes that can hardly be anything else (meng-…-kan, di-…-kan,
//! pe-…-an, ke-…-an) are taken off any lower-case word if a word-like rest stays; the rest of the affixes are not, for
//! most unknown words that start or end like an affix are loans and names.

use super::affixes::{Ending, Particle, Possessive, Prefix, PrefixReading, Suffix};
use super::cost::affix_cost;
use super::cuts::Cuts;
use super::letters::{is_consonant, is_vowel, vowel_runs};

/// Whether affixes may be taken off an unknown word, of which the letters are left.
pub(super) type IsSafe = fn(&PrefixReading, &Ending, &[u8]) -> bool;

/// Returns the safe affixes that leave the least of an unknown word.
pub(super) fn safe_affixes(cuts: &mut Cuts<'_>, is_safe: IsSafe) -> Option<(PrefixReading, Ending)> {
    let mut least: Option<(usize, PrefixReading, Ending)> = None;
    cuts.each(|root, reading, ending| {
        // Of equal cuts the first is kept, but m itself before p: an unknown root is rather a loan, and loans in m
        // (minimalisir, monitor) are more than loans whose p falls.
        let better = least.is_none_or(|(len, ..)| root.len() < len || root.len() == len && reading.first == b'm');
        if better && is_safe(reading, ending, root.as_bytes()) {
            least = Some((root.len(), *reading, *ending));
        }
    });
    least.map(|(_, reading, ending)| (reading, ending))
}

/// Returns whether the affixes may be taken off an unknown `root`, which they leave.
pub(super) fn is_safe(reading: &PrefixReading, ending: &Ending, root: &[u8]) -> bool {
    if ending.shared_k || reading.monosyllabic || affix_cost(reading, ending).is_none() {
        return false;
    }
    let mut chain = reading.chain.iter().copied();
    let shortest = match (chain.next(), chain.next(), chain.next()) {
        (None, ..) => shortest_root_before_suffix(ending.suffix),
        (Some(prefix), None, _) => shortest_root(prefix, reading, ending.suffix),
        (Some(Prefix::Me | Prefix::Di), Some(Prefix::Per), None) => ending.suffix.map(|_| 4),
        (Some(Prefix::Ke), Some(Prefix::Ber | Prefix::Ter | Prefix::Tidak), None) => Some(4),
        _ => None,
    };
    let verb_in_kan = ending.suffix == Some(Suffix::Kan) && !reading.chain.is_empty();
    let shaped = if verb_in_kan { vowel_runs(root) >= 1 } else { has_word_shape(root) };
    shortest.is_some_and(|shortest| root.len() >= shortest) && shaped && !is_loan(reading, ending, root)
}

/// Returns whether the word is rather a loan or a foreign name that only looks affixed.
fn is_loan(reading: &PrefixReading, ending: &Ending, root: &[u8]) -> bool {
    match ending.suffix {
        // Loans in -si keep their i: mengekstraksi.
        Some(Suffix::I) => root.ends_with(b"s"),
        // Adjectives and abstract nouns are no passives: diferensial, direktif, dilematis, disparitas.
        None if reading.chain.first() == Some(Prefix::Di) => {
            LOAN_ENDINGS.iter().any(|ending| root.ends_with(ending.as_bytes()))
        }
        // Bernadette, Berkeley, Berbatov, terracotta.
        None if matches!(reading.chain.first(), Some(Prefix::Ber | Prefix::Ter)) => {
            has_doubled_consonant(root) || root.ends_with(b"v") || root.ends_with(b"ey")
        }
        Some(Suffix::Kan | Suffix::An | Suffix::In | Suffix::Wan) | None => false,
    }
}

const LOAN_ENDINGS: [&str; 7] = ["al", "if", "is", "tas", "ion", "ik", "v"];

/// Returns whether a consonant is doubled, as Indonesian doubles none but the g of ngg.
fn has_doubled_consonant(root: &[u8]) -> bool {
    let is_doubled = |pair: &[u8]| pair[0] == pair[1] && is_consonant(pair[0]);
    root.windows(2).any(is_doubled) && !root.windows(3).any(|letters| letters == b"ngg")
}

fn shortest_root_before_suffix(suffix: Option<Suffix>) -> Option<usize> {
    match suffix {
        Some(Suffix::Kan) => Some(5),
        Some(Suffix::An | Suffix::I | Suffix::In | Suffix::Wan) | None => None,
    }
}

/// The fewest letters an unknown root needs for this prefix and suffix; `None` where they are not safe at all.
fn shortest_root(prefix: Prefix, reading: &PrefixReading, suffix: Option<Suffix>) -> Option<usize> {
    let visible_nasal = reading.start > 2;
    match (prefix, suffix) {
        (Prefix::Me | Prefix::Di, Some(Suffix::Kan)) => Some(3),
        (Prefix::Me | Prefix::Di, Some(Suffix::I))
        | (Prefix::Ter, Some(Suffix::Kan | Suffix::I))
        | (Prefix::Ke | Prefix::Per, Some(Suffix::An)) => Some(5),
        (Prefix::Me, None) if reading.penalty == 0 && reading.first != b'n' && reading.first != b'm' => {
            Some(if visible_nasal { 5 } else { 7 })
        }
        (Prefix::Di, None) if is_consonant(reading.first) && !matches!(reading.first, b's' | b'n' | b'y') => Some(5),
        (Prefix::Ber, Some(Suffix::Kan | Suffix::An)) => Some(4),
        // Bernadeta, Bernardo.
        (Prefix::Ber, None) if reading.penalty == 0 && reading.first != b'n' => Some(5),
        (Prefix::Ter, None) if reading.penalty == 0 && reading.first != b'm' => Some(6),
        (Prefix::Pen, Some(Suffix::An)) => Some(if visible_nasal { 4 } else { 5 }),
        _ => None,
    }
}

/// Returns whether the letters could be a word: two syllables, and ends that can be spoken.
fn has_word_shape(root: &[u8]) -> bool {
    let [first, second, ..] = *root else { return false };
    let [.., before, last] = *root else { return false };
    let onset = is_vowel(first) || is_vowel(second) || is_onset(first, second);
    let coda = is_vowel(last) || is_vowel(before) || matches!(&[before, last], b"ng" | b"ks" | b"ns");
    onset && coda && vowel_runs(root) >= 2
}

/// Returns whether two consonants may begin a word: prakarsa, swadaya, syukur, stabil.
fn is_onset(first: u8, second: u8) -> bool {
    match second {
        b'r' | b'l' | b'h' | b'w' => true,
        b'y' => matches!(first, b'n' | b's'),
        _ => first == b's',
    }
}

/// Returns whether the possessive and the particle may be taken off an unknown word of which `rest` is left.
pub(super) fn is_safe_clitic(ending: &Ending, rest: &[u8]) -> bool {
    let possessive = match ending.possessive {
        None | Some(Possessive::Nya) => true,
        Some(Possessive::Ku | Possessive::Mu) => rest.len() >= 5 && vowel_runs(rest) >= 2,
    };
    let particle = match ending.particle {
        None => true,
        // Abdullah, alhamdulillah, and names in -ilah and -elah: Fadilah, Nurlaelah.
        Some(Particle::Lah) => rest.len() >= 4 && rest.last().is_some_and(|last| is_consonant(*last) && *last != b'l'),
        // Subarkah.
        Some(Particle::Kah) => rest.len() >= 6,
        Some(Particle::Pun) => rest.len() >= 5,
        Some(Particle::Tah) => false,
    };
    ending.suffix.is_none() && possessive && particle && vowel_runs(rest) >= 1
}
