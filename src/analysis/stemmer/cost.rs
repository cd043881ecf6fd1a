//! What an analysis costs: the affixes that stand together, less what the root is worth. The least cost wins.
//!
//! Costs have no unit; only their differences matter. A letter of the root is worth [`LETTER`], a grade of
//! productivity about as much, and an affix costs as much as one to three letters, so that of two analyses the one with
//! the longer root wins unless the shorter one is much more productive: beri-kan over ber-ikan, selidik over lidik.

use super::MAX_LEN;
use super::affixes::{Ending, Particle, Possessive, Prefix, PrefixReading, Suffix};

/// What each letter of the root takes off the cost, up to [`SHORT_ROOT`] letters.
const LETTER: i16 = 4;

/// What each further letter takes off: most roots have four to six letters, and more of them prove little.
const FURTHER_LETTER: i16 = 2;

/// What a second prefix costs beyond its own cost: roots that begin like a prefix (berangkat, keluar) are common.
const FURTHER_PREFIX: i16 = 2;

/// The length of a common root, in letters.
const SHORT_ROOT: usize = 5;

/// What a root of grade 0 (names and closed-class words) to 5 takes off the cost.
const GRADE: [i16; 6] = [0, 1, 6, 10, 13, 16];

/// Returns what a root of `grade` with `letters` letters takes off the cost.
pub(super) fn root_worth(grade: u8, letters: usize) -> i16 {
    let further = letters.saturating_sub(SHORT_ROOT).min(MAX_LEN);
    let worth = LETTER as usize * letters.min(SHORT_ROOT) + FURTHER_LETTER as usize * further;
    GRADE[usize::from(grade).min(GRADE.len() - 1)] + i16::try_from(worth).expect("a word is short")
}

/// Returns the cost of the affixes, or `None` where the grammar forbids them to stand together.
pub(super) fn affix_cost(reading: &PrefixReading, ending: &Ending) -> Option<i16> {
    let prefixes: i16 = reading.chain.iter().map(|prefix| prefix_cost(*prefix)).sum();
    let shared_k = if ending.shared_k { 6 } else { 0 };
    let frame = frame_cost(reading, ending)?;
    let further = FURTHER_PREFIX * i16::from(reading.chain.len() > 1);
    Some(prefixes + reading.penalty + ending_cost(ending) + shared_k + frame + further)
}

const fn prefix_cost(prefix: Prefix) -> i16 {
    match prefix {
        Prefix::Me | Prefix::Di | Prefix::Tidak => 2,
        Prefix::Ber | Prefix::Pen => 3,
        Prefix::Ter | Prefix::Per => 4,
        Prefix::Se | Prefix::Echo => 6,
        Prefix::Ke => 7,
        Prefix::Nasal | Prefix::Pe => 8,
        Prefix::Ku | Prefix::Kau => 10,
    }
}

fn ending_cost(ending: &Ending) -> i16 {
    let suffix = ending.suffix.map_or(0, |suffix| match suffix {
        Suffix::Kan => 2,
        Suffix::An => 3,
        Suffix::I => 5,
        Suffix::In => 9,
        Suffix::Wan => 8,
    });
    let possessive = ending.possessive.map_or(0, |possessive| match possessive {
        Possessive::Nya => 2,
        Possessive::Ku | Possessive::Mu => 11,
    });
    let particle = ending.particle.map_or(0, |particle| match particle {
        Particle::Lah => 3,
        Particle::Kah | Particle::Pun => 4,
        Particle::Tah => 12,
    });
    suffix + possessive + particle
}

/// What the outermost prefix and the suffix cost or save together; `None` where they exclude each other.
fn frame_cost(reading: &PrefixReading, ending: &Ending) -> Option<i16> {
    let Some(outer) = reading.chain.first() else { return Some(bare_frame(ending)) };
    // -wan makes nouns of nouns, which take no other affix: wartawan, but kewartawanan with the whole as its root.
    if ending.suffix == Some(Suffix::Wan) {
        return None;
    }
    if reading.chain.len() > 1 && !inner_is_complete(reading, ending.suffix) {
        return None;
    }
    match outer {
        Prefix::Me | Prefix::Di | Prefix::Ku | Prefix::Kau => verb_frame(outer, ending.suffix),
        Prefix::Ber => ber_frame(reading, ending.suffix),
        Prefix::Ter => (ending.suffix != Some(Suffix::An)).then_some(0),
        Prefix::Pen | Prefix::Pe | Prefix::Ke => noun_frame(outer, ending.suffix),
        Prefix::Per => Some(match ending.suffix {
            Some(Suffix::An) => -5,
            Some(Suffix::Kan | Suffix::I) => 2,
            Some(Suffix::In | Suffix::Wan) => 6,
            None => 3,
        }),
        Prefix::Se => se_frame(reading, ending.suffix),
        // Tidak never stands outermost.
        Prefix::Tidak => None,
        Prefix::Echo => match ending.suffix {
            Some(Suffix::An) => Some(-3),
            None => Some(6),
            Some(Suffix::Kan | Suffix::I | Suffix::In | Suffix::Wan) => None,
        },
        Prefix::Nasal => match ending.suffix {
            Some(Suffix::In) => Some(-3),
            Some(Suffix::An | Suffix::I | Suffix::Wan) => None,
            Some(Suffix::Kan) | None => Some(0),
        },
    }
}

/// Returns whether the prefixes inside the outermost find the suffix they need: di-ketahu-i, ke-ber-ada-an.
fn inner_is_complete(reading: &PrefixReading, suffix: Option<Suffix>) -> bool {
    let transitive = matches!(suffix, Some(Suffix::Kan | Suffix::I | Suffix::In));
    reading.chain.iter().zip(reading.chain.iter().skip(1)).all(|(outer, inner)| match (outer, inner) {
        // memper-, diper- and pemer- (pemerhati) stand with any suffix or none, but -an only under pem-.
        (Prefix::Me | Prefix::Di | Prefix::Ku | Prefix::Kau, Prefix::Per) => suffix != Some(Suffix::An),
        (Prefix::Di, Prefix::Se) => suffix.is_none() || transitive,
        (Prefix::Me | Prefix::Di | Prefix::Ku | Prefix::Kau, _) => transitive,
        // pemersatu, penyeimbang; and di written to what it stands before: disepanjang.
        (Prefix::Pen, Prefix::Per | Prefix::Se) => true,
        (Prefix::Pen | Prefix::Ke, _) | (Prefix::Ber | Prefix::Se, Prefix::Ke) => suffix == Some(Suffix::An),
        _ => true,
    })
}

/// Without a prefix -kan and -i are imperatives and object-voice verbs: rarer than the nouns in -an. What is a word
/// without its -nya hardly begins with a prefix by chance: peta-nya, madu-nya.
const fn bare_frame(ending: &Ending) -> i16 {
    match (ending.suffix, ending.possessive, ending.particle) {
        (Some(Suffix::I), ..) => 7,
        (Some(Suffix::Kan | Suffix::In), ..) => 2,
        (None, Some(Possessive::Nya), None) => -6,
        (Some(Suffix::An | Suffix::Wan) | None, ..) => 0,
    }
}

fn verb_frame(outer: Prefix, suffix: Option<Suffix>) -> Option<i16> {
    match suffix {
        Some(Suffix::An | Suffix::Wan) => None,
        Some(Suffix::In) => (outer != Prefix::Me).then_some(0),
        Some(Suffix::Kan | Suffix::I) | None => Some(0),
    }
}

fn ber_frame(reading: &PrefixReading, suffix: Option<Suffix>) -> Option<i16> {
    match suffix {
        Some(Suffix::An) if reading.chain.len() > 1 => Some(-5),
        Some(Suffix::An) => Some(-1),
        Some(Suffix::Kan) => Some(3),
        Some(Suffix::I | Suffix::In | Suffix::Wan) => None,
        None => Some(0),
    }
}

/// ke-…-an, peN-…-an and pe-…-an; without -an, ke- makes ordinals, a few nouns and a colloquial passive.
fn noun_frame(outer: Prefix, suffix: Option<Suffix>) -> Option<i16> {
    match suffix {
        Some(Suffix::An) => Some(if outer == Prefix::Ke { -9 } else { -4 }),
        None => Some(if outer == Prefix::Ke { 4 } else { 0 }),
        Some(Suffix::Kan | Suffix::I | Suffix::In | Suffix::Wan) => None,
    }
}

fn se_frame(reading: &PrefixReading, suffix: Option<Suffix>) -> Option<i16> {
    match suffix {
        Some(Suffix::An) if reading.chain.len() > 1 => Some(-5),
        Some(Suffix::An) => Some(3),
        Some(Suffix::Kan | Suffix::I | Suffix::In | Suffix::Wan) => None,
        None => Some(0),
    }
}
