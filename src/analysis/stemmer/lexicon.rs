//! What the stemmer knows by heart: root words with their productivity, names, irregular words, spelling variants.
//!
//! The tables are text files beside this one, compiled in. A [`StemDictionary`] adds a user's own words and outranks
//! them. All of it lies in one hash map, so that a word is asked for once.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::AFFIXED_GRADE;

pub(super) const ROOT_WORDS: &str = include_str!("root_words.txt");
pub(super) const IRREGULAR: &str = include_str!("irregular.tsv");
pub(super) const CLOSED_CLASS: &str = include_str!("closed_class.txt");
pub(super) const NAMES: &str = include_str!("names.txt");
pub(super) const VARIANTS: &str = include_str!("variants.tsv");

/// The third column of a root word that takes -i.
const TAKES_I: &str = "i";

/// The second column of a name whose small letters are a word with affixes.
const ONLY_CAPITALISED: &str = "capitalised";

/// The productivity of a root word whose file gives none.
const DEFAULT_GRADE: u8 = 3;

/// The grade of what takes clitics and hardly an affix: names and closed-class words.
pub(super) const BARE_GRADE: u8 = 0;

/// A user's additions to the built-in tables. All words are folded: lower case, no diacritics.
///
/// ```
/// use kliping::analysis::stemmer::{LetterCase, StemDictionary, Stemmer};
///
/// let dictionary = StemDictionary { roots: vec!["gawai".into()], ..StemDictionary::default() };
/// assert_eq!(Stemmer::new(&dictionary).stem("bergawaian", LetterCase::Lower), "gawai");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StemDictionary {
    /// Words that are their own root and take affixes.
    pub roots: Vec<String>,
    /// A word and its root, where the rules are wrong.
    pub exceptions: Vec<(String, String)>,
    /// Names, which lose clitics, and affixes only that make words of any name: *keindonesiaan*. Of a name of several
    /// words, those that are ordinary words too stay so.
    pub names: Vec<String>,
}

/// Which table a word is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Name,
    ClosedClass,
    Irregular,
    Variant,
}

/// What is known of a word.
#[derive(Clone, Debug)]
struct Entry {
    kind: Kind,
    grade: u8,
    takes_i: bool,
    /// From a user's dictionary.
    own: bool,
    /// Where the root is another word than the entry.
    root: Option<Cow<'static, str>>,
}

impl Entry {
    fn new(kind: Kind, grade: u8) -> Self {
        Self { kind, grade, takes_i: false, own: false, root: None }
    }

    /// Nothing is known of how a user's words are used, so they may take whatever words take.
    fn own(kind: Kind, grade: u8) -> Self {
        Self { takes_i: true, own: true, ..Self::new(kind, grade) }
    }

    /// Returns the entry of `word` with its root.
    fn of_root(self, word: &str, root: impl Into<Cow<'static, str>>) -> Self {
        let root = Some(root.into()).filter(|root| root != word);
        Self { root, ..self }
    }
}

/// A word that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub kind: Kind,
    /// Productivity: 0 for names and closed-class words, else 1 to 5.
    pub grade: u8,
    /// Whether -i alone, without a prefix, makes a verb of it: ikuti, but no bulani.
    pub takes_i: bool,
    /// From a user's dictionary.
    pub own: bool,
    pub root: &'a str,
}

/// All known words.
pub(super) struct Lexicon {
    entries: FxHashMap<Cow<'static, str>, Entry>,
    /// Names whose small letters are a word with affixes: Raihan, raihan.
    capitalised_names: FxHashSet<&'static str>,
    lengths: Lengths,
}

impl Lexicon {
    /// Reads the built-in tables and adds `dictionary`.
    pub fn new(dictionary: &StemDictionary) -> Self {
        let mut lexicon =
            Self { entries: FxHashMap::default(), capitalised_names: FxHashSet::default(), lengths: Lengths::new() };
        lexicon.entries.reserve(lines(ROOT_WORDS).count() + lines(NAMES).count() + lines(VARIANTS).count());
        lexicon.add_built_in();
        lexicon.add_dictionary(dictionary);
        lexicon
    }

    /// Later tables outrank earlier ones: an ordinary word that is also a name stays an ordinary word.
    fn add_built_in(&mut self) {
        for (name, case) in lines(NAMES).map(columns) {
            if case == ONLY_CAPITALISED {
                self.capitalised_names.insert(name);
            } else {
                self.add(name, Entry::new(Kind::Name, BARE_GRADE));
            }
        }
        for (root, [grade, takes_i]) in lines(ROOT_WORDS).map(root_columns) {
            let entry = Entry::new(Kind::Root, grade.parse().unwrap_or(DEFAULT_GRADE));
            self.add(root, Entry { takes_i: takes_i == TAKES_I, ..entry });
        }
        for (variant, standard) in lines(VARIANTS).map(columns) {
            let entry = self.entries.get(standard).cloned().unwrap_or(Entry::new(Kind::Root, DEFAULT_GRADE));
            self.add_missing(standard);
            self.add(variant, Entry { kind: Kind::Variant, ..entry }.of_root(variant, standard));
        }
        for word in lines(CLOSED_CLASS) {
            // A few are roots as well: peruntukan, perolehan.
            let as_root = self.entries.get(word).map(|entry| entry.grade).filter(|grade| *grade >= AFFIXED_GRADE);
            self.add(word, Entry::new(Kind::ClosedClass, as_root.unwrap_or(BARE_GRADE)));
        }
        for (word, root) in lines(IRREGULAR).map(columns) {
            self.add_missing(root);
            self.add(word, Entry::new(Kind::Irregular, 1).of_root(word, root));
        }
    }

    /// The root of a known word is itself known, or it might be stemmed further when it is met alone.
    fn add_missing(&mut self, root: &'static str) {
        if self.get(root).is_none() {
            self.add(root, Entry::new(Kind::Root, DEFAULT_GRADE));
        }
    }

    fn add_dictionary(&mut self, dictionary: &StemDictionary) {
        for root in &dictionary.roots {
            self.add_own_root(root);
        }
        for name in &dictionary.names {
            let words: Vec<&str> = name.split_whitespace().collect();
            for word in &words {
                let is_ordinary = self.get(word).is_some_and(|known| known.kind != Kind::Name);
                if words.len() == 1 || !is_ordinary {
                    self.add((*word).to_owned(), Entry::own(Kind::Name, BARE_GRADE));
                }
            }
        }
        for (word, root) in &dictionary.exceptions {
            if self.get(root).is_none_or(|known| known.root != root) {
                self.add_own_root(root);
            }
            self.add(word.clone(), Entry::own(Kind::Irregular, 1).of_root(word, root.clone()));
        }
    }

    /// A root that the tables know too keeps its productivity.
    fn add_own_root(&mut self, root: &str) {
        let grade = self.get(root).map_or(DEFAULT_GRADE, |known| known.grade.max(DEFAULT_GRADE));
        self.add(root.to_owned(), Entry::own(Kind::Root, grade));
    }

    fn add(&mut self, word: impl Into<Cow<'static, str>>, entry: Entry) {
        let word = word.into();
        self.lengths.add(word.as_bytes());
        self.entries.insert(word, entry);
    }

    /// Returns what is known of `word`.
    pub fn get(&self, word: &str) -> Option<Known<'_>> {
        if !self.lengths.may_contain(word.as_bytes()) {
            return None;
        }
        let (key, entry) = self.entries.get_key_value(word)?;
        let Entry { kind, grade, takes_i, own, ref root } = *entry;
        Some(Known { kind, grade, takes_i, own, root: root.as_deref().unwrap_or(key) })
    }

    /// Returns `word` where it is a name that small letters would make a word with affixes.
    pub fn capitalised_name(&self, word: &str) -> Option<&'static str> {
        self.capitalised_names.get(word).copied()
    }

    /// Returns every word that is its own root.
    #[cfg(test)]
    pub fn roots(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, entry)| entry.root.is_none()).map(|(word, _)| word.as_ref())
    }
}

/// The lengths of the known words by their first two letters. Most candidates of an enumeration are no words, and this
/// tells so without hashing them.
struct Lengths(Box<[u32; 1 << 10]>);

impl Lengths {
    fn new() -> Self {
        Self(Box::new([0; 1 << 10]))
    }

    fn add(&mut self, word: &[u8]) {
        if let [first, second, ..] = word {
            self.0[Self::slot(*first, *second)] |= Self::bit(word.len());
        }
    }

    fn may_contain(&self, word: &[u8]) -> bool {
        match word {
            [first, second, ..] => self.0[Self::slot(*first, *second)] & Self::bit(word.len()) != 0,
            _ => false,
        }
    }

    /// The low five bits tell the letters a to z apart; other bytes share their slots, which costs only a look-up.
    fn slot(first: u8, second: u8) -> usize {
        usize::from(first & 31) << 5 | usize::from(second & 31)
    }

    fn bit(len: usize) -> u32 {
        1 << len.min(31)
    }
}

/// Returns the lines of a table, without its comments.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Returns the two columns of a line; the second is empty where there is none.
pub(super) fn columns(line: &'static str) -> (&'static str, &'static str) {
    line.split_once('\t').unwrap_or((line, ""))
}

/// Returns the built-in root words that take affixes.
pub(super) fn roots_with_affixes() -> impl Iterator<Item = &'static str> {
    let graded = lines(ROOT_WORDS).map(root_columns);
    graded.filter(|(_, [grade, _])| grade.parse().is_ok_and(|grade: u8| grade >= AFFIXED_GRADE)).map(|(root, _)| root)
}

/// Returns a root word with its productivity and what its third column says.
pub(super) fn root_columns(line: &'static str) -> (&'static str, [&'static str; 2]) {
    let (root, rest) = columns(line);
    let (grade, takes_i) = columns(rest);
    (root, [grade, takes_i])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table is sorted, without repeats, and every word in it is folded.
    #[track_caller]
    fn check_table(name: &str, table: &'static str) {
        let words: Vec<&str> = lines(table).map(|line| columns(line).0).collect();
        for pair in words.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} stands before {:?}", pair[0], pair[1]);
        }
        for word in words {
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}: {word:?}");
        }
    }

    #[test]
    fn tables_are_sorted_and_folded() {
        check_table("root_words.txt", ROOT_WORDS);
        check_table("irregular.tsv", IRREGULAR);
        check_table("closed_class.txt", CLOSED_CLASS);
        check_table("names.txt", NAMES);
        check_table("variants.tsv", VARIANTS);
    }

    #[test]
    fn tables_tell_origin_and_licence() {
        for table in [ROOT_WORDS, IRREGULAR, CLOSED_CLASS, NAMES, VARIANTS] {
            let head: String = table.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(head.contains("ritten for Kliping") && head.contains("MIT OR Apache-2.0"), "{head}");
        }
    }

    #[test]
    fn grades_are_one_to_five() {
        for (root, [grade, takes_i]) in lines(ROOT_WORDS).map(root_columns) {
            assert!(matches!(grade, "1" | "2" | "3" | "4" | "5"), "{root}: grade {grade:?}");
            assert!(matches!(takes_i, "" | TAKES_I), "{root}: {takes_i:?}");
        }
    }

    #[test]
    fn only_a_word_with_affixes_needs_its_capital_to_be_a_name() {
        let lexicon = Lexicon::new(&StemDictionary::default());
        for (name, case) in lines(NAMES).map(columns) {
            assert!(matches!(case, "" | ONLY_CAPITALISED), "{name}: {case:?}");
            assert!(case.is_empty() || lexicon.get(name).is_none(), "{name} is its own root in any case");
        }
    }

    #[test]
    fn irregular_words_and_variants_end_in_a_root() {
        let lexicon = Lexicon::new(&StemDictionary::default());
        for (word, root) in lines(IRREGULAR).chain(lines(VARIANTS)).map(columns) {
            let known = lexicon.get(root).map(|known| known.root);
            assert_eq!(known, Some(root), "{word}: its root {root:?} has another root");
        }
    }

    #[test]
    fn user_words_outrank_the_tables() {
        let dictionary = StemDictionary {
            roots: vec!["gawai".into()],
            exceptions: vec![("menteri".into(), "mantri".into())],
            names: vec!["berikan".into()],
        };
        let lexicon = Lexicon::new(&dictionary);
        assert_eq!(lexicon.get("menteri").unwrap().root, "mantri");
        assert_eq!(lexicon.get("berikan").unwrap().kind, Kind::Name);
        let dictionary = StemDictionary { names: vec!["harapan tulis zubair".into()], ..StemDictionary::default() };
        let lexicon = Lexicon::new(&dictionary);
        assert_eq!(lexicon.get("tulis").unwrap().kind, Kind::Root);
        assert_eq!(lexicon.get("zubair").unwrap().kind, Kind::Name);
        assert_eq!(lexicon.get("gawai").unwrap().kind, Kind::Root);
    }
}
