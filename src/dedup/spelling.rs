//! Words that a copy shows differently without saying anything else: damaged by a scanner or a slip,
//! cut in two, run together, or mere grammar.

use std::sync::LazyLock;

use crate::analysis::StopWords;
use crate::analysis::stemmer::{LetterCase, Rule, Stemmer};

/// Words whose absence or exchange turns a statement round; some are stop words. Sorted.
const TURNING_WORDS: [&str; 36] = [
    "akan", "apabila", "apakah", "atau", "belum", "bila", "bukan", "bukanlah", "dari", "enggak", "hanya", "hingga",
    "jangan", "jika", "kalau", "ke", "kecuali", "kendati", "kepada", "masih", "meski", "meskipun", "sampai", "sebelum",
    "sejak", "selain", "sesudah", "setelah", "tak", "tanpa", "terhadap", "tiada", "tidak", "tidaklah", "walau",
    "walaupun",
];

/// Words that may be there or not, or one for another, and a statement stays the same. Sorted.
const IDLE_WORDS: [&str; 20] = [
    "adalah", "bahwa", "di", "ialah", "ini", "itu", "juga", "memang", "oleh", "pada", "pula", "pun", "sang", "secara",
    "sudah", "telah", "tersebut", "yaitu", "yakni", "yang",
];

/// The words that are known to be words.
pub(super) struct Vocabulary {
    stemmer: Stemmer,
    stop_words: StopWords,
}

impl Vocabulary {
    /// Returns the vocabulary of the dictionaries this library comes with, made once.
    pub(super) fn shared() -> &'static Self {
        static SHARED: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary { stemmer: Stemmer::indonesian(), stop_words: StopWords::indonesian() });
        &SHARED
    }

    /// Whether `word` carries grammar, not content.
    pub(super) fn is_function_word(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.stop_words.contains(&word) && !is_turning_word(&word)
    }

    /// Whether `word` is in the dictionaries, as it is or around a root.
    pub(super) fn knows(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        match self.stemmer.explain(&word, LetterCase::Lower).rule {
            Rule::RootWord
            | Rule::ClosedClass
            | Rule::Irregular
            | Rule::Variant
            | Rule::Name
            | Rule::Affixes
            | Rule::English => true,
            Rule::Unanalysed | Rule::Acronym => self.stop_words.contains(&word),
            Rule::UnknownRoot | Rule::Clitics | Rule::Unknown => false,
        }
    }

    /// Whether one of `copy` and `source`, which stand in the same place, is the other damaged.
    ///
    /// Words that are cut or joined differently are the same. Otherwise they have to agree in all but
    /// a few letters, and at least one side must not be a word: two words that differ in a letter are
    /// two words, and two words with a capital are two names. Figures never agree unless they are equal.
    pub(super) fn is_damage(&self, copy: &[&str], source: &[&str]) -> bool {
        if copy.len() != source.len() {
            return self.is_joined(copy, source);
        }
        copy.iter().zip(source).all(|(copy, source)| self.is_damaged(copy, source))
    }

    /// Whether one of `copy` and `source`, which stand in the same place, is surely the other with a slip in it: a word
    /// that is known stands for one that is not and has one letter more, less or another, but none before its
    /// first (*inkonstitusional* is no *konstitusional*). Blanks may stand elsewhere.
    pub(super) fn is_slip(&self, copy: &[&str], source: &[&str]) -> bool {
        if copy.len() != source.len() {
            let is_equal = || are_equal_joined(copy, source);
            return is_equal() && copy.iter().chain(source).any(|word| !self.knows(word));
        }
        copy.iter().zip(source).all(|(copy, source)| {
            let (a, b) = (copy.to_lowercase(), source.to_lowercase());
            let is_longer = a.len() != b.len() && (a.ends_with(&b) || b.ends_with(&a));
            a == b
                || self.is_damaged(copy, source)
                    && is_one_slip(&a, &b)
                    && !is_longer
                    && self.knows(&a) != self.knows(&b)
        })
    }

    /// Whether one of `copy` and `source` may be the other where a text is known to be damaged: they agree
    /// in most letters. Names wear like other words; figures and words that turn a statement round are
    /// never taken for others.
    pub(super) fn is_worn(&self, copy: &[&str], source: &[&str]) -> bool {
        if copy.is_empty() || source.is_empty() || copy.iter().chain(source).any(|word| is_figure(word)) {
            return false;
        }
        if copy.len() == source.len() && copy.iter().zip(source).all(|(copy, source)| self.is_worn_word(copy, source)) {
            return true;
        }
        let (copy, source) = (copy.concat(), source.concat());
        let has_turned = [&copy, &source].iter().any(|word| is_turning_word(&word.to_lowercase()));
        self.is_worn_word(&copy, &source) && !(has_turned && self.knows(&copy) && self.knows(&source))
    }

    fn is_worn_word(&self, copy: &str, source: &str) -> bool {
        let (a, b) = (copy.to_lowercase(), source.to_lowercase());
        let are_known = || self.knows(&a) && self.knows(&b);
        let is_turned = || is_turning_word(&a) || is_turning_word(&b);
        a == b
            || letters_apart(&a, &b)
                .is_some_and(|n| n <= worn_letters(&a, &b) && (n == 1 && !is_turned() || !are_known()))
    }

    fn is_joined(&self, copy: &[&str], source: &[&str]) -> bool {
        if copy.is_empty() || source.is_empty() || are_names(copy) && are_names(source) {
            return false;
        }
        let (joined_copy, joined_source) = (copy.concat().to_lowercase(), source.concat().to_lowercase());
        let plain = |text: &str| text.chars().all(char::is_alphabetic);
        let has_unknown = || copy.iter().chain(source).any(|word| !self.knows(word));
        // Few are near, and looking words up takes longest.
        plain(&joined_source) && is_near(&joined_copy, &joined_source) && has_unknown()
    }

    fn is_damaged(&self, copy: &str, source: &str) -> bool {
        let (a, b) = (copy.to_lowercase(), source.to_lowercase());
        if a == b {
            return true;
        }
        let names = are_names(&[copy]) && are_names(&[source]);
        if is_figure(&a) || is_figure(&b) || names || !is_near(&a, &b) {
            return false;
        }
        let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        match (has_digit(&a), has_digit(&b)) {
            (true, true) => false,
            (true, false) | (false, true) => true,
            (false, false) => !(self.knows(&a) && self.knows(&b)),
        }
    }
}

/// Whether both are the same words but for the blanks between them and for case.
pub(super) fn are_equal_joined(copy: &[&str], source: &[&str]) -> bool {
    !copy.is_empty() && !source.is_empty() && copy.concat().to_lowercase() == source.concat().to_lowercase()
}

/// Whether `word`, in lower case, turns a statement round.
pub(super) fn is_turning_word(word: &str) -> bool {
    TURNING_WORDS.binary_search(&word).is_ok()
}

/// Whether `word` may be there or not and a statement stays the same.
pub(super) fn is_idle_word(word: &str) -> bool {
    IDLE_WORDS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Whether two words differ in one letter, or in *m* and *rn*, which scanners take for one another.
fn is_one_slip(a: &str, b: &str) -> bool {
    letters_apart(a, b) == Some(1) || letters_apart(&a.replace("rn", "m"), &b.replace("rn", "m")) == Some(0)
}

/// Whether each of `words` begins with a capital, as names do.
fn are_names(words: &[&str]) -> bool {
    words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Whether `word` says a number: more digits than letters.
pub(super) fn is_figure(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && 2 * digits >= word.len()
}

/// Whether two words differ in few letters: one of up to five, two of up to nine, a quarter beyond.
fn is_near(a: &str, b: &str) -> bool {
    let (len_a, len_b) = (a.chars().count(), b.chars().count());
    let allowed = match len_a.max(len_b) {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        len => len / 4,
    };
    // As many letters are put in or taken out at least.
    len_a.abs_diff(len_b) <= allowed && letters_apart(a, b).is_some_and(|n| n <= allowed)
}

/// Returns the letters in which worn words may differ.
fn worn_letters(a: &str, b: &str) -> usize {
    match a.chars().count().max(b.chars().count()) {
        0..=1 => 0,
        2..=4 => 1,
        5..=7 => 2,
        len => len / 3,
    }
}

/// Returns in how many letters two words differ; `None` for words too long to be compared.
fn letters_apart(a: &str, b: &str) -> Option<usize> {
    /// The time grows with the square.
    const LONGEST: usize = 64;
    if a.len().max(b.len()) > LONGEST {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    Some(distance(&a, &b))
}

/// Returns the letters to put in, take out or replace to make `b` of `a`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(copy: &str, source: &str, is_damage: bool) {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let (a, b) = (copy.to_owned().leak(), source.to_owned().leak());
        let (a, b) = (words(a), words(b));
        let is_found = are_equal_joined(&a, &b) || Vocabulary::shared().is_damage(&a, &b);
        assert_eq!(is_found, is_damage, "{copy:?} for {source:?}");
    }

    #[test]
    fn damaged_words_are_the_same() {
        check("pemerintoh", "pemerintah", true);
        check("rnenteri", "menteri", true);
        check("t0lak", "tolak", true);
        check("peme rintah", "pemerintah", true);
        check("dibawah", "di bawah", true);
    }

    #[test]
    fn two_words_are_two_words() {
        check("menolak", "menelan", false);
        check("barat", "berat", false);
        check("naik", "turun", false);
    }

    #[test]
    fn two_names_are_two_names() {
        check("Rudi", "Budi", false);
        check("Andi Surya", "Andi Suryo", false);
        check("Suryadi", "Sur Yodi", false);
        check("RUDI", "rudi", true);
    }

    #[test]
    fn figures_agree_only_when_equal() {
        check("2024", "2025", false);
        check("Rp15.432", "Rp15.433", false);
        check("20 23", "2023", true);
        check("1.5", "15", false);
        check("-5", "5", false);
        check("-5", "+5", false);
    }

    #[test]
    fn in_one_article_only_a_sure_slip_is_the_same_word() {
        let check = |copy: &'static str, source: &'static str, is_slip: bool| {
            let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
            assert_eq!(Vocabulary::shared().is_slip(&words(copy), &words(source)), is_slip, "{copy:?} for {source:?}");
        };
        for (copy, source) in
            [("pemerintoh", "pemerintah"), ("rnenteri", "menteri"), ("t0lak", "tolak"), ("peme rintah", "pemerintah")]
        {
            check(copy, source, true);
        }
        for (copy, source) in [
            ("etanol", "metanol"),
            ("inkonstitusional", "konstitusional"),
            ("asimtomatik", "simtomatik"),
            ("hipotermia", "hipertermia"),
            ("nitrat", "nitrit"),
            ("gigawatt", "megawatt"),
            ("barat", "berat"),
        ] {
            check(copy, source, false);
            check(source, copy, false);
        }
    }

    #[test]
    fn lists_of_words_are_sorted() {
        assert!(TURNING_WORDS.is_sorted() && IDLE_WORDS.is_sorted());
    }

    #[test]
    fn in_a_damaged_text_names_wear_too_and_nothing_is_turned_round() {
        let check = |copy: &str, source: &str, is_worn: bool| {
            let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
            let (a, b) = (words(copy.to_owned().leak()), words(source.to_owned().leak()));
            assert_eq!(Vocabulary::shared().is_worn(&a, &b), is_worn, "{copy:?} for {source:?}");
        };
        for (copy, source) in [("Yosonna", "Yasonna"), ("Bekby", "Bebby"), ("tidap", "tidak"), ("hmebas e", "homebase")]
        {
            check(copy, source, true);
        }
        for (copy, source) in
            [("2019", "2010"), ("dara", "dari"), ("tidak", "telah"), ("Rudi", "Anwar"), ("14.0", "14.00")]
        {
            check(copy, source, false);
        }
    }

    #[test]
    fn grammar_is_no_content_and_turns_nothing_round() {
        let vocabulary = Vocabulary::shared();
        assert!(vocabulary.is_function_word("Yang") && vocabulary.is_function_word("telah"));
        assert!(!vocabulary.is_function_word("tidak") && !vocabulary.is_function_word("sebelum"));
        assert!(!vocabulary.is_function_word("beras"));
    }

    #[test]
    fn distance_counts_letters() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        for (a, b, expected) in [("", "ab", 2), ("kata", "kata", 0), ("kata", "kota", 1), ("sabtu", "satu", 1)] {
            assert_eq!(distance(&letters(a), &letters(b)), expected, "{a} {b}");
        }
    }
}
