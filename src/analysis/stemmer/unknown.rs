//! Words without a known root: what may still be taken off.
//!
//! News uses new loans and rare words every day, and has names that begin or end like an affix. What tells them apart
//! is evidence from both ends: a prefix and a suffix that belong together (meng-…-kan, ke-…-an) are hardly chance; a
//! prefix alone needs a rest that has the [`Shape`](super::shape::Shape) of a root; other affixes stay.

use super::affixes::{EXTRA_LETTER, Ending, Particle, Possessive, Prefix, PrefixReading, Suffix};
use super::cost::affix_cost;
use super::cuts::Cuts;
use super::letters::{is_consonant, is_vowel, vowel_runs};

/// The colloquial prefix that hardly another word begins with: ngegame, ngefans.
const NGE: &str = "nge";

/// The fewest letters of an unknown root between a prefix and a suffix.
const MIN_FRAMED: usize = 4;

/// The fewest letters of an unknown root before -kan alone.
const MIN_BEFORE_KAN: usize = 5;

/// The fewest letters of a word that has a prefix alone before an unknown root.
const MIN_WORD: usize = 8;

/// The fewest letters of a root that is rather a loan in m than a word whose p fell: me-minimalisir.
const MIN_LOAN: usize = 7;

/// The fewest letters of each of two roots that are written together: pecahbelah, pindahbuku.
const MIN_PART: usize = 4;

/// Returns the safe affixes that leave the least of an unknown word; of equal cuts the one that leaves two known roots
/// (pemindahbukuan), then a loan in m, then the first, which restores a letter.
pub(super) fn safe_affixes(
    cuts: &mut Cuts<'_>,
    is_safe: impl Fn(&PrefixReading, &Ending, &str) -> bool,
    is_root: impl Fn(&str) -> bool,
) -> Option<(PrefixReading, Ending)> {
    let mut least: Option<((usize, Rest), PrefixReading, Ending)> = None;
    cuts.each(|root, reading, ending| {
        if least.is_some_and(|((len, _), ..)| root.len() > len) || !is_safe(reading, ending, root) {
            return;
        }
        let rank = (root.len(), Rest::of(root, &is_root));
        if least.is_none_or(|(least, ..)| rank < least) {
            least = Some((rank, *reading, *ending));
        }
    });
    least.map(|(_, reading, ending)| (reading, ending))
}

/// What safe affixes leave of an unknown word, the likelier root first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rest {
    Compound,
    LoanInM,
    Other,
}

impl Rest {
    fn of(root: &str, is_root: impl Fn(&str) -> bool) -> Self {
        if is_compound(root, is_root) {
            Self::Compound
        } else if root.starts_with('m') && root.len() >= MIN_LOAN {
            Self::LoanInM
        } else {
            Self::Other
        }
    }
}

/// Returns whether ASCII letters are two known roots that are written together.
pub(super) fn is_compound(word: &str, is_root: impl Fn(&str) -> bool) -> bool {
    let mut parts = (MIN_PART..=word.len().saturating_sub(MIN_PART)).map(|at| word.split_at(at));
    parts.any(|(left, right)| is_root(left) && is_root(right))
}

/// Returns whether the affixes may be taken off an unknown `root`, which they leave; `could_be_root` tells of what
/// nothing but a prefix stands at.
pub(super) fn is_safe(
    could_be_root: impl Fn(&str) -> bool,
    reading: &PrefixReading,
    ending: &Ending,
    root: &str,
) -> bool {
    let letters = root.as_bytes();
    if ending.shared_k || reading.penalty >= EXTRA_LETTER || affix_cost(reading, ending).is_none() {
        return false;
    }
    if reading.monosyllabic {
        return ending.suffix != Some(Suffix::I) && is_closed_syllable(letters);
    }
    let mut chain = reading.chain.iter().copied();
    match (chain.next(), chain.next(), chain.next()) {
        (Some(Prefix::Nasal), None, _) => reading.start == NGE.len() && has_onset(letters) && vowel_runs(letters) >= 1,
        (None, ..) => ending.suffix == Some(Suffix::Kan) && fits_before_kan(letters),
        (Some(prefix), None, _) => match ending.suffix {
            Some(suffix) => is_frame(prefix, suffix) && fits_frame(suffix, letters),
            None => {
                is_safe_alone(prefix, letters)
                    && is_long_enough(prefix, reading, letters)
                    && (is_long_loan(letters) || could_be_root(root))
            }
        },
        (Some(Prefix::Me | Prefix::Di), Some(Prefix::Per), None)
        | (Some(Prefix::Ke), Some(Prefix::Ber | Prefix::Ter | Prefix::Tidak), None) => {
            ending.suffix.is_some_and(|suffix| fits_frame(suffix, letters))
        }
        _ => false,
    }
}

/// Returns whether an unknown root may be a syllable that menge- stands before: mengetag, pengesetan.
fn is_closed_syllable(root: &[u8]) -> bool {
    let n_vowels = root.iter().filter(|letter| is_vowel(**letter)).count();
    n_vowels == 1 && has_onset(root) && root.last().is_some_and(|last| is_consonant(*last))
}

/// Returns whether letters begin with one consonant or with those that may begin a syllable together: pres, but no
/// mplang.
fn has_onset(letters: &[u8]) -> bool {
    match letters {
        [first, second, ..] if is_consonant(*first) => {
            is_vowel(*second) || *first == b's' || matches!(second, b'l' | b'r' | b'h' | b'w')
        }
        _ => false,
    }
}

/// Returns whether the prefix and the suffix are often seen together around one root.
const fn is_frame(prefix: Prefix, suffix: Suffix) -> bool {
    match prefix {
        Prefix::Me => matches!(suffix, Suffix::Kan | Suffix::I),
        Prefix::Di => matches!(suffix, Suffix::Kan | Suffix::I | Suffix::In),
        Prefix::Ter => matches!(suffix, Suffix::Kan),
        Prefix::Ke | Prefix::Per | Prefix::Pen => matches!(suffix, Suffix::An),
        Prefix::Ber => matches!(suffix, Suffix::An | Suffix::Kan),
        _ => false,
    }
}

/// Returns whether an unknown root may stand between a prefix and the suffix.
fn fits_frame(suffix: Suffix, root: &[u8]) -> bool {
    let is_long_enough = root.len() >= MIN_FRAMED && vowel_runs(root) >= 2;
    match suffix {
        // Nothing else begins and ends so.
        Suffix::Kan => vowel_runs(root) >= 1,
        // Loans in -si keep their i: mengekstraksi.
        Suffix::I => is_long_enough && !root.ends_with(b"s"),
        // Behind a consonant it is the k of -kan: penaklukkan.
        Suffix::An | Suffix::In | Suffix::Wan => is_long_enough && !matches!(root, [.., c, b'k'] if is_consonant(*c)),
    }
}

/// Returns whether an unknown root may stand before -kan alone. Behind a vowel, but for that of loans in -si, it is
/// rather the end of a name or of a root in k with -an: Sembukan, klithikan.
fn fits_before_kan(root: &[u8]) -> bool {
    let is_end = root.ends_with(b"si") || root.last().is_some_and(|last| is_consonant(*last));
    root.len() >= MIN_BEFORE_KAN && vowel_runs(root) >= 2 && is_end
}

/// Returns whether the prefix alone makes words of any root, new ones too. Behind di-, ter- and me- that is a verb: no
/// adjective or abstract noun of a loan (diferensial, terapeutik).
fn is_safe_alone(prefix: Prefix, root: &[u8]) -> bool {
    let is_verb = || !LOAN_ENDINGS.iter().any(|ending| root.ends_with(ending.as_bytes()));
    match prefix {
        Prefix::Ber => true,
        Prefix::Me | Prefix::Ter => is_verb(),
        Prefix::Di => is_verb() && !begins_like_dis(root),
        _ => false,
    }
}

/// Returns whether di- before the root looks like the dis- of loans: disfungsi, disosiasi, but disambat.
fn begins_like_dis(root: &[u8]) -> bool {
    matches!(root, [b's', next, ..] if is_consonant(*next)) || root[0] == b's' && root.ends_with(b"si")
}

/// Returns whether the root is a noun of a loan, whatever else its letters are: bersubstitusi, mentransfusi.
fn is_long_loan(root: &[u8]) -> bool {
    root.len() >= MIN_WORD && root.ends_with(b"si")
}

/// How adjectives and nouns of loans, and names, end.
const LOAN_ENDINGS: [&str; 12] = ["al", "ase", "ia", "ida", "if", "ik", "ion", "is", "o", "tas", "tor", "us"];

/// Returns whether prefix and root are long enough to be told from chance: of di- more words are made than of the rest.
const fn is_long_enough(prefix: Prefix, reading: &PrefixReading, root: &[u8]) -> bool {
    reading.start + root.len() >= if matches!(prefix, Prefix::Di) { MIN_WORD - 1 } else { MIN_WORD }
}

/// Returns whether the possessive and the particle may be taken off an unknown word of which `rest` is left.
pub(super) fn is_safe_clitic(ending: &Ending, rest: &[u8]) -> bool {
    let is_long_enough = |rest: &[u8]| rest.len() >= 5 && vowel_runs(rest) >= 2;
    let possessive = match ending.possessive {
        None | Some(Possessive::Nya) => true,
        // Behind a rounded vowel -ku ends Japanese words: Shinjuku, sengoku.
        Some(Possessive::Ku) => is_long_enough(rest) && !matches!(rest, [.., b'o' | b'u']),
        Some(Possessive::Mu) => is_long_enough(rest),
    };
    let particle = ending.particle.is_none_or(|particle| rest.len() >= 4 && is_safe_particle(particle, rest));
    ending.suffix.is_none() && possessive && particle && vowel_runs(rest) >= 1
}

/// Returns whether the particle may be taken off `rest`. Behind a vowel and behind their own first letter -lah and -kah
/// end names and Arabic words: Fadilah, Mubarakah, muamalah, Abdullah, Mekkah.
fn is_safe_particle(particle: Particle, rest: &[u8]) -> bool {
    let first = match particle {
        Particle::Lah => b'l',
        Particle::Kah => b'k',
        Particle::Pun => b'p',
        Particle::Tah => return false,
    };
    rest.last().is_some_and(|last| is_consonant(*last) && *last != first)
}
