//! English words in Indonesian text: which words are English by their shape, and their stems.
//!
//! Indonesian news writes startup, computing and open source without italics or quotes. The stemmer asks here only
//! about a word that it has no Indonesian analysis for, so a wrong yes takes an ending off a word that nothing was
//! known of. Names are asked for in lower case too, so the endings are those that hardly a name has. The stem is
//! Snowball's English one (Porter 2); a plural has the stem of its singular.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// Endings that only English has, with the fewest bytes before them. Even a capitalised word is English by them:
/// Cloud Computing in a title meets cloud computing.
const ENGLISH_ENDINGS: [(&str, usize); 21] = [
    ("tion", 2),
    ("tions", 2),
    ("sion", 3),
    ("sions", 3),
    ("ments", 3),
    ("ment", 3),
    ("ness", 3),
    ("ships", 3),
    ("ship", 3),
    ("able", 3),
    ("ible", 3),
    ("less", 3),
    ("ously", 2),
    ("ities", 2),
    ("ology", 2),
    ("ence", 3),
    ("ences", 3),
    ("ance", 3),
    ("ances", 3),
    ("ings", 2),
    ("ting", 4),
];

/// Endings of nouns of persons and things in -er that have a verb beside them, of nouns in -y, and of words in silent
/// e. Names and loans in -er, -y and -e (Manchester, Deddy, Konawe, reporter, episode) end otherwise.
const ENGLISH_NOUN_ENDINGS: [&str; 43] = [
    "uter", "oper", "izer", "ower", "ncer", "mmer", "gner", "sumer", "cher", "lder", "cker", "nner", "pper", "ity",
    "ogy", "aphy", "acy", "icy", "ncy", "egy", "ery", "ory", "try", "nomy", "pany", "ergy", "ware", "ake", "ike",
    "age", "ice", "ace", "ive", "ure", "ize", "rate", "late", "date", "pute", "ple", "eate", "vate", "ease",
];

/// The shortest word that such an ending is looked for in, in bytes.
const MIN_NOUN: usize = 6;

/// The shortest word that an ending is taken off from because the rest is known, in bytes.
const MIN_UNINFLECTED: usize = 4;

/// Returns the English stem of `word` if it has the shape of an English word.
///
/// `word` is folded: lower case, no diacritics.
#[must_use]
pub(super) fn english_stem(word: &str) -> Option<Cow<'_, str>> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    match singular(word) {
        Some(singular) if has_english_shape(&singular) => Some(snowball(&singular).into_owned().into()),
        Some(singular) => Some(singular),
        None => has_english_shape(word).then(|| snowball(word)),
    }
}

/// Returns the English stem of a capitalised `word`, which may be a name, only where its ending cannot be a name's.
#[must_use]
pub(super) fn english_name_stem(word: &str) -> Option<Cow<'_, str>> {
    has_english_ending(word).then(|| snowball(word))
}

/// Returns the words that an English ending may have been put to, the likeliest first: updates and updated, *update*;
/// planning, *plan*. Whether there is such a word is for the caller to know.
pub(super) fn uninflected(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let plural = word.strip_suffix('s').filter(|rest| takes_plural(rest.as_bytes()));
    let verb = [word.strip_suffix("ed"), word.strip_suffix("ing")].into_iter().flatten();
    let verb = verb.filter(|rest| rest.bytes().next_back().is_some_and(is_consonant)).flat_map(|rest| {
        let single = Cow::Borrowed(&rest[..rest.len() - usize::from(ends_in_double(rest.as_bytes()))]);
        [Cow::Owned(rest.to_owned() + "e"), Cow::Borrowed(rest), single]
    });
    plural.map(Cow::Borrowed).into_iter().chain(verb).filter(|base| base.len() >= MIN_UNINFLECTED)
}

/// Returns whether an English word may end so before -s. Behind the other vowels it ends names and loans: Haris, teras.
fn takes_plural(word: &[u8]) -> bool {
    word.last().is_some_and(|last| *last == b'e' || is_consonant(*last) && *last != b's')
}

fn ends_in_double(word: &[u8]) -> bool {
    matches!(word, [.., a, b] if a == b && is_consonant(*a))
}

fn snowball(word: &str) -> Cow<'_, str> {
    Stemmer::create(Algorithm::English).stem(word)
}

/// Returns the singular of a word that an English -s is likely to end. Loans end in is, us, as, ks, ns and ps: teks,
/// ambulans, elips.
fn singular(word: &str) -> Option<Cow<'_, str>> {
    let without = |len: usize| Cow::Borrowed(&word[..word.len() - len]);
    match word.as_bytes() {
        [_, .., c, b'i', b'e', b's'] if is_consonant(*c) => Some(without(3) + "y"),
        [_, _, .., b'c' | b's', b'h', b'e', b's'] | [_, _, .., b'x', b'e', b's'] => Some(without(2)),
        [_, _, _, .., b'm' | b'n' | b'g' | b't' | b'v' | b'c' | b'k', b'e', b's'] => Some(without(1)),
        [_, _, .., v, b'p', b's'] => (!is_consonant(*v) && word.len() >= 6).then(|| without(1)),
        [_, _, _, .., c, b's'] if is_consonant(*c) && !matches!(c, b'k' | b's' | b'n' | b'p') => Some(without(1)),
        _ => None,
    }
}

fn has_english_shape(word: &str) -> bool {
    has_english_ending(word) || has_english_inflection(word.as_bytes()) || has_english_noun_ending(word)
}

fn has_english_ending(word: &str) -> bool {
    ENGLISH_ENDINGS.iter().any(|(ending, before)| word.len() >= ending.len() + before && word.ends_with(ending))
}

fn has_english_noun_ending(word: &str) -> bool {
    word.len() >= MIN_NOUN && ENGLISH_NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// -ed and -ing, which Indonesian words have too, but hardly an unknown one of several syllables.
fn has_english_inflection(word: &[u8]) -> bool {
    match word {
        // Lembing and gasing are Indonesian; computing and marketing have two syllables before the ending.
        [rest @ .., b'i', b'n', b'g'] => vowel_runs(rest) >= 2 || vowel_runs(rest) == 1 && has_foreign_letter(rest),
        [_, _, .., c, b'e', b'd'] => is_consonant(*c),
        _ => false,
    }
}

/// Returns whether a letter or a doubled consonant stands in the word that few Indonesian words have.
fn has_foreign_letter(word: &[u8]) -> bool {
    word.iter().any(|letter| matches!(letter, b'c' | b'v' | b'x' | b'z'))
        || word.windows(2).any(|pair| pair[0] == pair[1] || pair[0] == b't' && pair[1] == b'r')
}

fn vowel_runs(letters: &[u8]) -> usize {
    letters.split(|letter| is_consonant(*letter)).filter(|run| !run.is_empty()).count()
}

const fn is_consonant(letter: u8) -> bool {
    !matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, stem: Option<&str>) {
        assert_eq!(english_stem(word).as_deref(), stem, "{word:?}");
    }

    #[test]
    fn forms_of_a_word_meet() {
        for word in ["computing", "computer", "computers", "computed", "compute"] {
            check(word, Some("comput"));
        }
        check("startups", Some("startup"));
        check("updates", Some("updat"));
        check("update", Some("updat"));
        check("companies", Some("compani"));
        check("company", Some("compani"));
        check("matches", Some("match"));
        check("smartphones", Some("smartphone"));
        check("smartphone", None);
        check("trends", Some("trend"));
        check("trending", Some("trend"));
    }

    #[test]
    fn unknown_indonesian_words_are_left_alone() {
        check("gemoy", None);
        check("nangis", None);
        check("kompleks", None);
        check("ambulans", None);
        check("baper", None);
        check("mager", None);
        check("lembing", None);
        check("reporter", None);
        check("episode", None);
    }

    #[test]
    fn names_keep_all_but_plain_english_endings() {
        assert_eq!(english_name_stem("williams"), None);
        assert_eq!(english_name_stem("beijing"), None);
        for name in ["sandy", "konawe", "manchester", "lhokseumawe"] {
            assert_eq!(english_name_stem(name), None);
            check(name, None);
        }
        assert_eq!(english_name_stem("foundation").as_deref(), Some("foundat"));
    }

    #[test]
    fn other_scripts_are_no_english() {
        check("中文中文", None);
        check("café", None);
        check("", None);
    }
}
