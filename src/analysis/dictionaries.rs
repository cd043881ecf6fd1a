//! Dictionaries: the words a user adds to the built-in ones.
//!
//! Five text files, each of them optional, UTF-8, one entry a line; blank lines and lines that begin
//! with `#` are passed over, columns are separated by tabs:
//!
//! | file | a line holds | effect |
//! |---|---|---|
//! | `stopwords.txt` | a word | replaces the built-in stop words |
//! | `roots.txt` | a root word | takes affixes like any other |
//! | `stem-exceptions.tsv` | a word, its root | outranks every rule |
//! | `names.txt` | a name of one or more words | loses clitics and hardly an affix |
//! | `synonyms.tsv` | two or more expressions | each stands for the others in queries |
//!
//! Reading the files is left to the caller: this module sees their text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::fold;
use super::stemmer::{self, StemDictionary};
use super::synonyms::SynonymSet;

/// The words a user adds, from any number of files or none. Everything is folded when it is read. [`Dictionaries::add`]
/// has an example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionaries {
    /// Stop words in place of the built-in ones.
    pub(super) stop_words: Option<Vec<String>>,
    /// Roots, exceptions and names.
    pub(super) stem: StemDictionary,
    /// Sets of expressions of one meaning.
    pub(super) synonyms: Vec<SynonymSet>,
}

/// The files of a dictionary folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictionaryFile {
    /// `stopwords.txt`
    StopWords,
    /// `roots.txt`
    Roots,
    /// `stem-exceptions.tsv`
    StemExceptions,
    /// `names.txt`
    Names,
    /// `synonyms.tsv`
    Synonyms,
}

impl DictionaryFile {
    /// Every file, in the order in which they are read.
    pub const ALL: [Self; 5] = [Self::StopWords, Self::Roots, Self::StemExceptions, Self::Names, Self::Synonyms];

    /// Returns the name of the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StopWords => "stopwords.txt",
            Self::Roots => "roots.txt",
            Self::StemExceptions => "stem-exceptions.tsv",
            Self::Names => "names.txt",
            Self::Synonyms => "synonyms.tsv",
        }
    }

    /// Returns what a line of the file has to be.
    fn line(self) -> &'static str {
        match self {
            Self::StopWords => "one word of letters",
            Self::Roots => "one word of 3 to 40 letters a to z",
            Self::StemExceptions => "a word, a tab and its root",
            Self::Names => "a name of 3 or more letters a to z",
            Self::Synonyms => "two or more different expressions, separated by tabs",
        }
    }
}

/// A line of a dictionary that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The name of the file.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a line of a dictionary. Other lines are given by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no text.
    NotUtf8,
    /// It is not what a line of the file has to be.
    Not(&'static str),
    /// It says what another line says.
    Repeats(usize),
    /// It gives a word another root than another line does.
    Contradicts(usize),
    /// Its root gets a root of its own in another line.
    RootHasRoot(usize),
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of `{}` ", self.line, self.file)?;
        match self.fault {
            Fault::NotUtf8 => f.write_str("is not UTF-8"),
            Fault::Not(wanted) => write!(f, "is not {wanted}"),
            Fault::Repeats(line) => write!(f, "repeats line {line}"),
            Fault::Contradicts(line) => write!(f, "gives the word another root than line {line}"),
            Fault::RootHasRoot(line) => write!(f, "has a root to which line {line} gives another root"),
        }
    }
}

impl Dictionaries {
    /// Adds the entries of one file's text.
    ///
    /// # Errors
    /// Returns every line that cannot be used, and every exception that repeats or contradicts another; the other lines
    /// are added all the same. What is there twice in another file does no harm.
    ///
    /// ```
    /// use kliping::analysis::{Analyzer, Dictionaries, DictionaryFile};
    /// let mut dictionaries = Dictionaries::default();
    /// dictionaries.add(DictionaryFile::Roots, "# kata baru\nglowing\n").unwrap();
    /// let analyzer = Analyzer::with_dictionaries(&dictionaries);
    /// assert_eq!(analyzer.analyze("diglowingkan")[0].form.root(), "glowing");
    ///
    /// let faults = dictionaries.add(DictionaryFile::StemExceptions, "satu kolom\n").unwrap_err();
    /// assert_eq!(faults[0].to_string(), "line 1 of `stem-exceptions.tsv` is not a word, a tab and its root");
    /// ```
    pub fn add(&mut self, file: DictionaryFile, text: impl AsRef<[u8]>) -> Result<(), Vec<LineFault>> {
        if file == DictionaryFile::StopWords {
            self.stop_words.get_or_insert_default();
        }
        let mut faults = Vec::new();
        let mut exceptions = Exceptions::default();
        for (line, bytes) in (1..).zip(text.as_ref().split(|byte| *byte == b'\n')) {
            let added = match std::str::from_utf8(bytes) {
                Ok(text) => entry(text).map_or(Ok(()), |entry| self.add_entry(file, line, entry, &mut exceptions)),
                Err(_) => Err(Fault::NotUtf8),
            };
            faults.extend(added.err().map(|fault| (line, fault)));
        }
        faults.extend(exceptions.roots_with_roots());
        faults.sort_by_key(|(line, _)| *line);
        self.stem.exceptions.extend(exceptions.into_pairs());
        let faults: Vec<_> =
            faults.into_iter().map(|(line, fault)| LineFault { file: file.name(), line, fault }).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn add_entry(
        &mut self,
        file: DictionaryFile,
        line: usize,
        entry: &str,
        exceptions: &mut Exceptions,
    ) -> Result<(), Fault> {
        let fault = Fault::Not(file.line());
        match file {
            DictionaryFile::StopWords => self.stop_words.get_or_insert_default().push(stop_word(entry).ok_or(fault)?),
            DictionaryFile::Roots => self.stem.roots.push(stemmed_word(entry).ok_or(fault)?),
            DictionaryFile::StemExceptions => {
                let (word, root) = exception(entry).ok_or(fault)?;
                exceptions.add(line, word, root)?;
            }
            DictionaryFile::Names => self.stem.names.push(name(entry).ok_or(fault)?),
            DictionaryFile::Synonyms => self.synonyms.push(SynonymSet::parse(entry).ok_or(fault)?),
        }
        Ok(())
    }

    /// Adds all that gives tokens to a fingerprint: everything but the synonyms, which work on
    /// queries alone and ask for no new index. The order of entries gives no token, nor does one that is there twice.
    pub(super) fn fingerprint(&self, fingerprint: &mut Xxh3) {
        let stop_words = self.stop_words.iter().flatten().map(|word| ["stop word", word, ""]);
        let roots = self.stem.roots.iter().map(|root| ["root", root, ""]);
        let names = self.stem.names.iter().map(|name| ["name", name, ""]);
        // Of two exceptions for one word the later holds.
        let exceptions: BTreeMap<_, _> = self.stem.exceptions.iter().map(|(word, root)| (word, root)).collect();
        let exceptions = exceptions.into_iter().map(|(word, root)| ["exception", word, root]);
        let entries: BTreeSet<[&str; 3]> = stop_words.chain(roots).chain(exceptions).chain(names).collect();
        fingerprint.update(&[u8::from(self.stop_words.is_some())]);
        for part in entries.into_iter().flatten() {
            fingerprint.update(part.as_bytes());
            fingerprint.update(b"\0");
        }
    }
}

/// The words of one file that have a root of their own, with the line that says so.
#[derive(Default)]
struct Exceptions {
    pairs: Vec<(usize, String, String)>,
    /// The place of each word among them.
    places: FxHashMap<String, usize>,
}

impl Exceptions {
    fn add(&mut self, line: usize, word: String, root: String) -> Result<(), Fault> {
        if let Some((first, _, other)) = self.places.get(&word).map(|place| &self.pairs[*place]) {
            return Err(if *other == root { Fault::Repeats(*first) } else { Fault::Contradicts(*first) });
        }
        self.places.insert(word.clone(), self.pairs.len());
        self.pairs.push((line, word, root));
        Ok(())
    }

    /// Returns the lines whose root is the word of another line, which gives it another root.
    fn roots_with_roots(&self) -> impl Iterator<Item = (usize, Fault)> {
        self.pairs.iter().filter_map(|(line, _, root)| {
            let (other, _, root_of_root) = &self.pairs[*self.places.get(root)?];
            (root_of_root != root).then_some((*line, Fault::RootHasRoot(*other)))
        })
    }

    fn into_pairs(self) -> impl Iterator<Item = (String, String)> {
        self.pairs.into_iter().map(|(_, word, root)| (word, root))
    }
}

/// Returns the lines that hold an entry.
pub(super) fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(entry)
}

/// Returns what a line holds; nothing where it is blank or a comment.
fn entry(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim();
    (!line.is_empty() && !line.starts_with('#')).then_some(line)
}

/// Returns the folded form of one word.
fn folded_word(entry: &str) -> Option<String> {
    let folded = fold(entry);
    (!folded.is_empty() && !entry.contains(char::is_whitespace)).then_some(folded)
}

/// Returns the folded form of one word, or of one doubled word, as a text may give it.
fn stop_word(entry: &str) -> Option<String> {
    let is_half = |half: &str| !half.is_empty() && half.chars().all(char::is_alphabetic);
    folded_word(entry).filter(|word| word.splitn(2, '-').all(is_half))
}

/// Returns the folded form of one word that the stemmer looks at.
fn stemmed_word(entry: &str) -> Option<String> {
    folded_word(entry.trim()).filter(|word| stemmer::is_analysable(word))
}

/// Returns a word and its root, both folded.
fn exception(entry: &str) -> Option<(String, String)> {
    let (word, root) = entry.split_once('\t')?;
    Some((stemmed_word(word)?, stemmed_word(root)?))
}

/// Returns the folded words of a name, one of which at least the stemmer looks at.
fn name(entry: &str) -> Option<String> {
    let is_plain = |word: &String| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: Option<Vec<String>> = entry.split_whitespace().map(|word| folded_word(word).filter(is_plain)).collect();
    words.filter(|words| words.iter().any(|word| stemmer::is_analysable(word))).map(|words| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    fn dictionaries(file: DictionaryFile, text: &str) -> Dictionaries {
        let mut dictionaries = Dictionaries::default();
        dictionaries.add(file, text).unwrap();
        dictionaries
    }

    #[track_caller]
    fn check_root(file: DictionaryFile, text: &str, word: &str, root: &str) {
        let analyzer = Analyzer::with_dictionaries(&dictionaries(file, text));
        assert_eq!(analyzer.analyze(word)[0].form.root(), root, "{word:?} with {text:?}");
    }

    #[test]
    fn each_file_has_its_effect() {
        check_root(DictionaryFile::Roots, "glowing", "diglowingkan", "glowing");
        check_root(DictionaryFile::StemExceptions, "menteri\tmantri", "menteri", "mantri");
        check_root(DictionaryFile::Names, "Bukan Berikan", "berikan", "berikan");
    }

    #[test]
    fn stop_words_replace_the_built_in_ones() {
        let analyzer = Analyzer::with_dictionaries(&dictionaries(DictionaryFile::StopWords, "konon\n"));
        let stop = |word: &str| analyzer.analyze(word)[0].form.is_stop_word();
        assert!(stop("konon") && !stop("yang"));
        let none = Analyzer::with_dictionaries(&dictionaries(DictionaryFile::StopWords, "# tidak ada\n"));
        assert!(!none.analyze("yang")[0].form.is_stop_word(), "an empty list is a list");
    }

    #[test]
    fn every_faulty_line_is_named_and_the_rest_is_used() {
        let mut dictionaries = Dictionaries::default();
        let faults = dictionaries.add(DictionaryFile::Roots, "baik\nsatu dua\n\n# catatan\nabc123\n").unwrap_err();
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 5]);
        assert_eq!(dictionaries.stem.roots, ["baik"]);
    }

    /// Checks what is said of the lines of a file.
    #[track_caller]
    fn check_faults(file: DictionaryFile, text: impl AsRef<[u8]>, expected: &[(usize, Fault)]) {
        let faults = Dictionaries::default().add(file, text).err().unwrap_or_default();
        let faults: Vec<_> = faults.into_iter().map(|fault| (fault.line, fault.fault)).collect();
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_line_that_is_no_text_is_named() {
        check_faults(DictionaryFile::Names, b"Zubair\r\nZub\xffair\nHasan", &[(2, Fault::NotUtf8)]);
    }

    #[test]
    fn exceptions_that_do_not_add_up_are_named() {
        let text = "mager\tgerak\nmager\tgerak\nmager\tmalas\nsatu\tdua\ndua\tsatu\nberikan\tberikan\ngaweyan\tgawe";
        let expected = [
            (2, Fault::Repeats(1)),
            (3, Fault::Contradicts(1)),
            (4, Fault::RootHasRoot(5)),
            (5, Fault::RootHasRoot(4)),
        ];
        check_faults(DictionaryFile::StemExceptions, text, &expected);
    }

    #[test]
    fn lines_that_would_affect_no_word_are_named() {
        let not = |wanted| Fault::Not(wanted);
        let roots = not("one word of 3 to 40 letters a to z");
        check_faults(DictionaryFile::Roots, "ya\n’\nglowing\nkata baru", &[(1, roots), (2, roots), (4, roots)]);
        let names = not("a name of 3 or more letters a to z");
        check_faults(DictionaryFile::Names, "Xi\nXi Jinping\nZubair2", &[(1, names), (3, names)]);
        let stop_words = not("one word of letters");
        check_faults(
            DictionaryFile::StopWords,
            "dll.\nsehari-hari\n5\nyang mana",
            &[(1, stop_words), (3, stop_words), (4, stop_words)],
        );
        let synonyms = not("two or more different expressions, separated by tabs");
        check_faults(
            DictionaryFile::Synonyms,
            "AI\tkecerdasan buatan\nhoaks\t...\nhoaks\tHoaks",
            &[(2, synonyms), (3, synonyms)],
        );
    }

    #[test]
    fn the_order_of_lines_and_lines_that_are_there_twice_ask_for_no_new_index() {
        for (file, one, other) in [
            (DictionaryFile::StopWords, "yang\ndan\n", "dan\nyang\ndan\n"),
            (DictionaryFile::Roots, "glowing\nhealing\n", "healing\nglowing\nhealing\n"),
            (DictionaryFile::Names, "Zubair\nHasan\n", "Hasan\nZubair\nHASAN\n"),
            (DictionaryFile::StemExceptions, "mager\tgerak\ngaweyan\tgawe\n", "gaweyan\tgawe\nmager\tgerak\n"),
        ] {
            let identity = |text| Analyzer::with_dictionaries(&dictionaries(file, text)).identity().clone();
            assert_eq!(identity(one), identity(other), "{}", file.name());
        }
    }

    #[test]
    fn only_what_gives_tokens_asks_for_a_new_index() {
        let identity = |file, text| Analyzer::with_dictionaries(&dictionaries(file, text)).identity().clone();
        let built_in = Analyzer::indonesian().identity().clone();
        assert_eq!(identity(DictionaryFile::Synonyms, "hoaks\tkabar bohong"), built_in);
        let others = [
            identity(DictionaryFile::Roots, "baru"),
            identity(DictionaryFile::Names, "baru"),
            identity(DictionaryFile::StopWords, "baru"),
            identity(DictionaryFile::StemExceptions, "baru\tlama"),
        ];
        for (index, other) in others.iter().enumerate() {
            assert_ne!(*other, built_in);
            assert!(!others[..index].contains(other));
        }
    }
}
