//! Words that are spelt in more than one way.

/// The spelling before 1972 and the one that took its place.
const REFORM: [(&str, &str); 7] =
    [("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"), ("oe", "u"), ("j", "y")];

/// Letters that Indonesian writes for one another, most of all in loans, and the one that stands
/// for them all.
const EXCHANGED: [(&str, &str); 18] = [
    ("dz", "j"),
    ("dh", "d"),
    ("gh", "g"),
    ("kh", "h"),
    ("ks", "s"),
    ("kw", "ku"),
    ("ph", "p"),
    ("sh", "s"),
    ("sy", "s"),
    ("th", "t"),
    ("e", "i"),
    ("f", "p"),
    ("o", "u"),
    ("q", "k"),
    ("v", "p"),
    ("x", "s"),
    ("y", "i"),
    ("z", "j"),
];

/// Returns `word`, in small letters, in the spelling of today, where it is in the one before 1972:
/// *Soeharto*, *djalan*, *tjepat*.
pub(crate) fn modern_spelling(word: &str) -> Option<String> {
    let is_old = ["oe", "dj", "tj", "nj", "sj"].iter().any(|letters| word.contains(letters));
    is_old.then(|| replaced(word, &REFORM))
}

/// Returns whether two words, in small letters, differ only in letters that Indonesian writes for
/// one another: *apotik* and *apotek*, *ijin* and *izin*, *Ramadhan* and *Ramadan*.
pub(crate) fn are_variants(one: &str, other: &str) -> bool {
    sound(one) == sound(other)
}

/// Returns a word as it sounds: one letter for those that stand for one another, none doubled.
fn sound(word: &str) -> String {
    let mut sound: Vec<char> = replaced(word, &EXCHANGED).chars().collect();
    sound.dedup();
    sound.into_iter().collect()
}

/// Returns `word` with the first of `letters` that stands at each place replaced.
fn replaced(word: &str, letters: &[(&str, &str)]) -> String {
    let mut result = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        if let Some((old, new)) = letters.iter().find(|(old, _)| rest.starts_with(old)) {
            result.push_str(new);
            rest = &rest[old.len()..];
        } else {
            result.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_variants(one: &str, other: &str, expected: bool) {
        assert_eq!(are_variants(one, other), expected, "{one} {other}");
    }

    #[test]
    fn the_old_spelling_becomes_the_new_one() {
        let check = |old, new: &str| assert_eq!(modern_spelling(old).as_deref(), Some(new));
        check("soeharto", "suharto");
        check("djajakarta", "jayakarta");
        check("tjepat", "cepat");
        check("njonja", "nyonya");
        assert_eq!(modern_spelling("jalan"), None);
        assert_eq!(modern_spelling("achir"), None);
    }

    #[test]
    fn letters_that_stand_for_one_another_make_variants() {
        check_variants("apotik", "apotek", true);
        check_variants("ijin", "izin", true);
        check_variants("ramadhan", "ramadan", true);
        check_variants("nopember", "november", true);
        check_variants("kwalitas", "kualitas", true);
        check_variants("lobang", "lubang", true);
        check_variants("massa", "masa", true);
        check_variants("beras", "keras", false);
        check_variants("beras", "bras", false);
    }
}
