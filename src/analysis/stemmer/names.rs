//! Capitalised words: what may be taken off a word that may be a name.
//!
//! A capital begins names, sentences and the words of titles. What news writes at those places is nearly always a word
//! of a known root with common affixes; with the rest of the affixes a name is the likelier reading: Dewani, Kuroda,
//! Airin, Yeyen, Setiawati.

use super::AFFIXED_GRADE;
use super::affixes::{Ending, Particle, Possessive, Prefix, PrefixReading, Suffix};
use super::letters::vowel_runs;
use super::lexicon::Known;
use super::unknown::is_safe;

/// The letters of a root that a name often has by chance before -an or -in: Nolan, Golan, Airin.
const SHORT_ROOT: usize = 3;

/// The least productivity of a root that is no chance there: ujian, isian.
const USUAL_GRADE: u8 = 3;

/// The least productivity of a verb that ku- and kau- stand before: Kulihat, but Kuroda.
const VERB_GRADE: u8 = 4;

/// Returns whether a capitalised word is rather a name than these affixes around the known `root`.
pub(super) fn is_rather_a_name(known: &Known<'_>, reading: &PrefixReading, ending: &Ending, root: &[u8]) -> bool {
    has_suffix_of_names(known, reading, ending, root)
        || has_prefix_of_names(known, reading, ending)
        || ending.particle == Some(Particle::Tah)
}

fn has_suffix_of_names(known: &Known<'_>, reading: &PrefixReading, ending: &Ending, root: &[u8]) -> bool {
    let bare = reading.chain.is_empty();
    let short = root.len() <= SHORT_ROOT;
    match ending.suffix {
        Some(Suffix::Wan) => true,
        Some(Suffix::I) => bare && !known.takes_i,
        Some(Suffix::An) => bare && (known.grade < AFFIXED_GRADE || short && known.grade < USUAL_GRADE),
        Some(Suffix::In) => bare && short,
        Some(Suffix::Kan) | None => false,
    }
}

fn has_prefix_of_names(known: &Known<'_>, reading: &PrefixReading, ending: &Ending) -> bool {
    match reading.chain.first() {
        Some(Prefix::Ku | Prefix::Kau) => known.grade < VERB_GRADE,
        // M- and n- begin names as well (Mangku, Nengah), ng- and ny- hardly: Ngopi.
        Some(Prefix::Nasal) => reading.start == 0,
        Some(Prefix::Echo) => ending.suffix != Some(Suffix::An),
        _ => false,
    }
}

/// Returns whether the affixes may be taken off an unknown word that is capitalised: no name begins with me- or di- and
/// ends in -kan.
pub(super) fn is_safe_in_title(reading: &PrefixReading, ending: &Ending, root: &[u8]) -> bool {
    let verb = matches!(reading.chain.first(), Some(Prefix::Me | Prefix::Di));
    verb && ending.suffix == Some(Suffix::Kan) && root.len() >= 4 && is_safe(reading, ending, root)
}

/// Returns whether the clitics may be taken off an unknown name: only -nya, of a name of four letters or more.
pub(super) fn is_safe_name_clitic(ending: &Ending, rest: &[u8]) -> bool {
    ending.suffix.is_none()
        && ending.particle.is_none()
        && ending.possessive == Some(Possessive::Nya)
        && rest.len() >= 4
        && vowel_runs(rest) >= 1
}
