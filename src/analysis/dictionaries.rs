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
//! | `names.txt` | a name of one or more words | loses nothing but clitics |
//! | `synonyms.tsv` | two or more expressions | each stands for the others in queries |
//!
//! Reading the files is left to the caller: this module sees their text.

use std::fmt;

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use super::fold;
use super::stemmer::StemDictionary;
use super::synonyms::SynonymSet;

/// The words a user adds.
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
}

/// A line of a dictionary that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineFault {
    /// The name of the file.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What a line of that file has to be.
    pub wanted: &'static str,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of `{}` is not {}", self.line, self.file, self.wanted)
    }
}

impl Dictionaries {
    /// Adds the entries of one file's text.
    ///
    /// # Errors
    /// Returns every line that cannot be used; the other lines are added all the same.
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
    pub fn add(&mut self, file: DictionaryFile, text: &str) -> Result<(), Vec<LineFault>> {
        if file == DictionaryFile::StopWords {
            self.stop_words.get_or_insert_default();
        }
        let mut faults = Vec::new();
        for (line, entry) in entries(text) {
            if let Err(wanted) = self.add_entry(file, entry) {
                faults.push(LineFault { file: file.name(), line, wanted });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn add_entry(&mut self, file: DictionaryFile, entry: &str) -> Result<(), &'static str> {
        match file {
            DictionaryFile::StopWords => {
                let word = folded_word(entry).ok_or("one word")?;
                self.stop_words.get_or_insert_default().push(word);
            }
            DictionaryFile::Roots => self.stem.roots.push(letters(entry).ok_or("one word of the letters a to z")?),
            DictionaryFile::StemExceptions => {
                let pair = entry.split_once('\t').and_then(|(word, root)| Some((letters(word)?, letters(root)?)));
                self.stem.exceptions.push(pair.ok_or("a word, a tab and its root")?);
            }
            DictionaryFile::Names => {
                let names = entry.split_whitespace().map(letters).collect::<Option<Vec<_>>>();
                self.stem.names.push(names.ok_or("a name of the letters a to z")?.join(" "));
            }
            DictionaryFile::Synonyms => {
                let set = SynonymSet::parse(entry).ok_or("two or more expressions, separated by tabs")?;
                self.synonyms.push(set);
            }
        }
        Ok(())
    }

    /// Adds all that gives tokens to a fingerprint: everything but the synonyms, which work on
    /// queries alone and ask for no new index.
    pub(super) fn fingerprint(&self, fingerprint: &mut Xxh3) {
        let stop_words = self.stop_words.iter().flatten().map(|word| ["stop word", word, ""]);
        let roots = self.stem.roots.iter().map(|root| ["root", root, ""]);
        let exceptions = self.stem.exceptions.iter().map(|(word, root)| ["exception", word, root]);
        let names = self.stem.names.iter().map(|name| ["name", name, ""]);
        fingerprint.update(&[u8::from(self.stop_words.is_some())]);
        for part in stop_words.chain(roots).chain(exceptions).chain(names).flatten() {
            fingerprint.update(part.as_bytes());
            fingerprint.update(b"\0");
        }
    }
}

/// Returns the lines that hold an entry, with their numbers from 1.
pub(super) fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines().map(str::trim));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Returns the folded form of one word.
fn folded_word(entry: &str) -> Option<String> {
    let folded = fold(entry);
    (!folded.is_empty() && !entry.contains(char::is_whitespace)).then_some(folded)
}

/// Returns the folded form of one word that the stemmer can look at.
fn letters(entry: &str) -> Option<String> {
    folded_word(entry.trim()).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
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
