//! Capitalised words: what may be taken off a word that may be a name.
//!
//! A capital begins names, sentences and the words of titles. What news writes at those places is nearly always a word
//! of a known root with common affixes; with the rest of the affixes a name is the likelier reading: Dewani, Kuroda,
//! Airin, Yeyen, Setiawati.

use super::affixes::{Ending, LOST_LETTER, Particle, Possessive, Prefix, PrefixReading, Suffix};
use super::letters::{is_vowel, vowel_runs};
use super::lexicon::{BARE_GRADE, Kind, Known};
use super::{AFFIXED_GRADE, COMMON_GRADE};

/// The letters of a root that a name often has by chance before -an or -in: Nolan, Golan, Airin.
const SHORT_ROOT: usize = 3;

/// The letters of a name that another name often begins with by chance: Wan, Suti.
const SHORT_NAME: usize = 4;

/// The least productivity of a root that is no chance there.
const USUAL_GRADE: u8 = 3;

/// The least productivity of a verb that ku- and kau- stand before.
const VERB_GRADE: u8 = 4;

/// The productivity of no root: whatever the root, it is rather a name.
const NO_GRADE: u8 = 6;

/// Returns whether a capitalised word is rather a name than these affixes around the known `root`.
pub(super) fn is_rather_a_name(known: &Known<'_>, reading: &PrefixReading, ending: &Ending, root: &[u8]) -> bool {
    let is_graded = matches!(known.kind, Kind::Root | Kind::Variant);
    let bare_i = reading.chain.is_empty() && ending.suffix == Some(Suffix::I);
    bare_i && !known.takes_i
        || known.kind == Kind::ClosedClass && !reading.chain.is_empty()
        || is_graded && known.grade < least_grade(reading, ending, root)
}

/// Returns whether the particle may stand at a known name rather than end another: Bekasilah, but Wantah and Sutilah.
pub(super) const fn is_particle_of_names(particle: Particle, name: &[u8]) -> bool {
    matches!(particle, Particle::Lah | Particle::Pun) && name.len() > SHORT_NAME
}

/// Returns the least productivity of a root that these affixes stand around rather than in a name. A prefix and a
/// suffix together are no chance; on one side alone they may be, the more so the rarer and shorter the root.
fn least_grade(reading: &PrefixReading, ending: &Ending, root: &[u8]) -> u8 {
    let is_short = root.len() <= SHORT_ROOT;
    match (reading.chain.first(), ending.suffix) {
        // Setiawati.
        (_, Some(Suffix::Wan)) => NO_GRADE,
        // Palkan.
        (None, Some(Suffix::Kan)) if n_vowels(root) == 1 => NO_GRADE,
        // Airin, Suratin.
        (None, Some(Suffix::In)) => {
            if is_short {
                NO_GRADE
            } else {
                COMMON_GRADE
            }
        }
        // Yeyen.
        (Some(Prefix::Echo), suffix) if suffix != Some(Suffix::An) => NO_GRADE,
        // M- and n- begin names as well (Mangku, Nengah), ng- and ny- hardly: Ngopi.
        (Some(Prefix::Nasal), _) if reading.start == 0 => NO_GRADE,
        // Kuroda, but Kulihat.
        (Some(Prefix::Ku | Prefix::Kau), _) => VERB_GRADE,
        // Menganti, not mengganti written badly.
        (Some(_), None) if reading.penalty >= LOST_LETTER => NO_GRADE,
        // Menes, Terban, but Mengecek and Dicek.
        (Some(prefix), None) if !reading.monosyllabic && is_rare_before_syllable(prefix, root) => NO_GRADE,
        // Persita; Nolan, but Ujian.
        (Some(Prefix::Per), None) => USUAL_GRADE,
        (None, Some(Suffix::An)) if is_short => USUAL_GRADE,
        // Kesari, but Kedua.
        (Some(Prefix::Ke), None) if root.len() <= SHORT_NAME => USUAL_GRADE,
        // Dipati, Termini.
        (Some(_), None) | (None, Some(Suffix::Kan | Suffix::An)) => AFFIXED_GRADE,
        (None, None) => least_grade_before(ending.particle, root),
        (Some(_), Some(Suffix::Kan | Suffix::An | Suffix::I | Suffix::In)) | (None, Some(Suffix::I)) => BARE_GRADE,
    }
}

/// Returns whether a prefix hardly stands before so short a root: where p, t, s, k would fall, meng-e- stands.
fn is_rare_before_syllable(prefix: Prefix, root: &[u8]) -> bool {
    let is_rare = match prefix {
        Prefix::Me | Prefix::Pen => matches!(root.first(), Some(b'p' | b't' | b's' | b'k')),
        // Semur, Selas.
        Prefix::Per | Prefix::Ter | Prefix::Ke | Prefix::Se => true,
        _ => false,
    };
    is_rare && n_vowels(root) == 1
}

fn n_vowels(root: &[u8]) -> usize {
    root.iter().filter(|letter| is_vowel(**letter)).count()
}

/// Returns the least productivity of a root before a particle: Delilah, Nadilah and Barkah are names, Inilah and
/// Pergilah none.
fn least_grade_before(particle: Option<Particle>, root: &[u8]) -> u8 {
    match particle {
        Some(Particle::Tah) => NO_GRADE,
        Some(Particle::Kah | Particle::Pun) if n_vowels(root) == 1 => NO_GRADE,
        Some(Particle::Lah) if root.ends_with(b"i") => USUAL_GRADE,
        Some(Particle::Lah | Particle::Kah | Particle::Pun) | None => BARE_GRADE,
    }
}

/// Returns whether the affixes may be taken off an unknown word that is capitalised: no name begins with me- or di- and
/// ends in -kan.
pub(super) fn is_verb_in_title(reading: &PrefixReading, ending: &Ending) -> bool {
    matches!(reading.chain.first(), Some(Prefix::Me | Prefix::Di)) && ending.suffix == Some(Suffix::Kan)
}

/// Returns whether nothing but -nya stands at a known name.
pub(super) fn is_clitic_of_names(reading: &PrefixReading, ending: &Ending) -> bool {
    reading.chain.is_empty() && is_nya_alone(ending)
}

/// Returns whether the clitics may be taken off an unknown name, of which `rest` is left.
pub(super) fn is_safe_name_clitic(ending: &Ending, rest: &[u8]) -> bool {
    is_nya_alone(ending) && rest.len() >= 4 && vowel_runs(rest) >= 1
}

fn is_nya_alone(ending: &Ending) -> bool {
    ending.suffix.is_none() && ending.particle.is_none() && ending.possessive == Some(Possessive::Nya)
}
