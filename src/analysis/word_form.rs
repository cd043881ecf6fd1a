//! From a surface form to the tokens it gives in the exact and in the root field.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::fold::fold;
use super::hyphens::{HyphenGroup, Piece};
use super::reading::{Reading, ReadingKind, WordExplanation};
use super::stemmer::{LetterCase, Stemmer};
use super::stop_words::StopWords;

/// Tokens longer than this are cut: the longest that every engine behind the index accepts.
pub const MAX_TOKEN_BYTES: usize = 100;

/// Words in capitals up to this length are acronyms where the text around them is not in capitals.
const MAX_ACRONYM_CHARS: usize = 5;

/// The tokens of one word.
///
/// Both fields hold tokens joined by one space: no token is empty, holds white space or is longer
/// than [`MAX_TOKEN_BYTES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordForm {
    /// The tokens of the exact field and, where they are others, those of the root field behind them: the
    /// text of a form is read for every word of an article, and lies together.
    tokens: Box<str>,
    exact_len: usize,
    is_one_token: bool,
    stop_word: bool,
    name_by_its_capital: bool,
    /// The [`mark`] of the tokens of each field.
    marks: [u8; 2],
}

impl WordForm {
    pub(crate) fn new(exact: &str, root: &str, stop_word: bool) -> Self {
        // A part that carries the root may fold to nothing (`me-ʽ`); the fields stay in step all the same.
        let root = if root.is_empty() { exact } else { root };
        let (exact, root) = (bounded(exact), bounded(root));
        let exact_len = exact.len();
        let mut tokens = exact.into_owned();
        if root != tokens {
            tokens.push_str(&root);
        }
        let is_one_token = !tokens.contains(' ');
        let tokens = tokens.into_boxed_str();
        let form = Self { tokens, exact_len, is_one_token, stop_word, name_by_its_capital: false, marks: [0; 2] };
        Self { marks: [mark(form.exact()), mark(form.root())], ..form }
    }

    /// Returns whether the word folds to nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.exact_len == 0
    }

    /// Returns the [`mark`] of [`exact`](Self::exact), with no look at the tokens.
    pub(crate) fn exact_mark(&self) -> u8 {
        self.marks[0]
    }

    /// Returns the [`mark`] of [`root`](Self::root), with no look at the tokens.
    pub(crate) fn root_mark(&self) -> u8 {
        self.marks[1]
    }

    /// Returns the tokens of the exact field, joined by one space.
    #[must_use]
    pub fn exact(&self) -> &str {
        &self.tokens[..self.exact_len]
    }

    /// Returns the tokens of the root field, joined by one space.
    #[must_use]
    pub fn root(&self) -> &str {
        self.other_root().unwrap_or(&self.tokens)
    }

    /// Returns the tokens of the root field where they are others than those of the exact field.
    pub(crate) fn other_root(&self) -> Option<&str> {
        Some(&self.tokens[self.exact_len..]).filter(|root| !root.is_empty())
    }

    /// Returns whether the word is one token in each field, as nearly every word is.
    pub(crate) fn is_one_token(&self) -> bool {
        self.is_one_token
    }

    /// Returns whether the word is a name because it is capitalised, and another word at the start of a sentence.
    pub(super) fn is_name_by_its_capital(&self) -> bool {
        self.name_by_its_capital
    }

    /// Returns whether the word is a stop word: indexed, but not scored in a query.
    #[must_use]
    pub fn is_stop_word(&self) -> bool {
        self.stop_word
    }
}

/// Returns a byte that is the same of equal tokens, and seldom of others.
pub(crate) fn mark(tokens: &str) -> u8 {
    FxBuildHasher.hash_one(tokens).to_be_bytes()[0]
}

/// Returns `tokens` with each token cut to [`MAX_TOKEN_BYTES`].
fn bounded(tokens: &str) -> Cow<'_, str> {
    if tokens.len() <= MAX_TOKEN_BYTES {
        return Cow::Borrowed(tokens);
    }
    let cut = |token: &str| token[..token.floor_char_boundary(MAX_TOKEN_BYTES)].to_owned();
    Cow::Owned(tokens.split(' ').map(cut).collect::<Vec<_>>().join(" "))
}

/// Whether a text mixes capitals and small letters, so that capitals mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextCase {
    /// Ordinary text.
    Mixed,
    /// Not one small letter: a headline in capitals.
    AllCapitals,
}

impl TextCase {
    pub(crate) fn of(text: &str) -> Self {
        let small = if text.is_ascii() {
            text.bytes().any(|b| b.is_ascii_lowercase())
        } else {
            text.chars().any(char::is_lowercase)
        };
        if small || is_lone_acronym(text) { Self::Mixed } else { Self::AllCapitals }
    }
}

/// Returns whether a text is one short word, which is taken for what it is within a text.
fn is_lone_acronym(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 4 * MAX_ACRONYM_CHARS
        && text.chars().count() <= MAX_ACRONYM_CHARS
        && !text.contains(char::is_whitespace)
}

/// What turns surface forms into tokens.
#[derive(Clone, Copy)]
pub(crate) struct Former<'a> {
    pub(crate) stemmer: &'a Stemmer,
    pub(crate) stop_words: &'a StopWords,
    pub(crate) text_case: TextCase,
}

impl Former<'_> {
    /// Returns the tokens of a word as the scanner cuts it.
    pub(crate) fn form(self, surface: &str) -> WordForm {
        let (exact, root) = self.tokens(surface);
        let stop_word = !self.is_acronym(surface) && self.stop_words.contains(&exact);
        let is_capitalised = self.letter_case(surface) == LetterCase::Capitalised;
        let name_by_its_capital = is_capitalised && self.stemmer.is_name_by_its_capital(&exact);
        WordForm { name_by_its_capital, ..WordForm::new(&exact, &root, stop_word) }
    }

    /// Returns the tokens of a capitalised word where any word has a capital.
    pub(crate) fn form_at_start(self, surface: &str) -> WordForm {
        let exact = fold(surface);
        let root = self.stemmer.stem(&exact, LetterCase::SentenceStart);
        WordForm::new(&exact, &root, false)
    }

    /// Returns how the stemmer sees a capitalised word where any word has a capital.
    pub(crate) fn explain_at_start(self, surface: &str) -> WordExplanation {
        let stem = self.stemmer.explain(&fold(surface), LetterCase::SentenceStart);
        WordExplanation { reading: ReadingKind::Word, stems: vec![stem] }
    }

    /// Returns what a word as the scanner cuts it was read as, and how the stemmer sees the words in it.
    pub(crate) fn explain(self, surface: &str) -> WordExplanation {
        let reading = Reading::of(surface, self.stemmer, self.text_case);
        let stem = |part: &str| self.stemmer.explain(&fold(part), self.letter_case(part));
        let stems = match &reading {
            Reading::Word(word) => vec![stem(word)],
            Reading::InformalDoubling { base, .. } => vec![stem(base)],
            Reading::NumberAndWord(parts) => {
                parts.iter().filter(|part| has_letter(part)).map(|word| stem(word)).collect()
            }
            Reading::Hyphens(group) => group.words().into_iter().map(stem).collect(),
            Reading::Acronym(_)
            | Reading::AffixedAcronym(_)
            | Reading::Number(_)
            | Reading::Amount(_)
            | Reading::Scaled { .. }
            | Reading::Day(_)
            | Reading::Numeral { .. }
            | Reading::Domain
            | Reading::Figure(_) => Vec::new(),
        };
        WordExplanation { reading: reading.kind(), stems }
    }

    /// Returns the exact and root tokens of a word.
    fn tokens(self, surface: &str) -> (String, String) {
        match Reading::of(surface, self.stemmer, self.text_case) {
            Reading::Word(word) => {
                let folded = fold(word);
                let root = self.root(word, &folded);
                (folded, root)
            }
            Reading::Hyphens(group) => self.group(&group),
            Reading::Day(day) => (folded_tokens(surface.split(|c: char| !c.is_alphanumeric())), day.tokens()),
            Reading::Number(tokens) | Reading::Amount(tokens) | Reading::Figure(tokens) | Reading::Acronym(tokens) => {
                (tokens.clone(), tokens)
            }
            Reading::AffixedAcronym(acronym) => (fold(surface), fold(acronym)),
            Reading::Scaled { exact, root } => (exact, root),
            Reading::Numeral { exact, number } => (exact, number),
            Reading::NumberAndWord(parts) => {
                let [(left, left_root), (right, right_root)] = parts.map(|part| self.tokens(part));
                (joined([left, right].into_iter()), joined([left_root, right_root].into_iter()))
            }
            Reading::InformalDoubling { base, suffix } => {
                let root = self.stemmer.stem(&base, LetterCase::Lower).into_owned();
                // berkata2 is berkata-kata.
                let half = if base.ends_with(&root) { &root } else { &base };
                (format!("{base}-{half}{suffix}"), root)
            }
            Reading::Domain => (folded_tokens(surface.split('.')), fold(surface)),
        }
    }

    /// Returns the root of one word; acronyms and words with a digit are their own.
    fn root(self, surface: &str, folded: &str) -> String {
        if self.is_acronym(surface) || folded.bytes().any(|b| b.is_ascii_digit()) {
            return folded.to_owned();
        }
        self.stemmer.stem(folded, self.letter_case(surface)).into_owned()
    }

    fn letter_case(self, surface: &str) -> LetterCase {
        let capital = surface.starts_with(char::is_uppercase);
        if !capital || self.text_case == TextCase::AllCapitals {
            return LetterCase::Lower;
        }
        if surface.chars().skip(1).any(char::is_lowercase) || surface.chars().count() == 1 {
            LetterCase::Capitalised
        } else {
            LetterCase::AllCapitals
        }
    }

    fn is_acronym(self, surface: &str) -> bool {
        self.text_case == TextCase::Mixed
            && (2..=MAX_ACRONYM_CHARS).contains(&surface.chars().count())
            && surface.chars().all(|c| c.is_uppercase() || c == '.')
    }

    /// Returns the tokens of a hyphen group: the parts as they stand, and the roots of all but the affixes.
    fn group(self, group: &HyphenGroup<'_>) -> (String, String) {
        let pieces: Vec<(String, String)> = group.pieces.iter().map(|piece| self.piece(piece)).collect();
        let affixes = |parts: &[&str]| folded_tokens(parts.iter().copied());
        let exact = pieces.iter().map(|(exact, _)| exact.clone());
        let exact = joined([affixes(&group.prefixes)].into_iter().chain(exact).chain([affixes(&group.suffixes)]));
        (exact, joined(pieces.into_iter().map(|(_, root)| root)))
    }

    fn piece(self, piece: &Piece<'_>) -> (String, String) {
        match piece {
            Piece::Single(part) => self.tokens(part),
            Piece::Doubled { exact, root, .. } => (exact.clone(), root.clone()),
            Piece::Joined { parts, whole } => {
                // The root of the whole as it is written in one: elearning has an English stem.
                (joined(parts.iter().map(|part| self.tokens(part).0)), self.root(whole, whole))
            }
        }
    }
}

fn has_letter(part: &str) -> bool {
    part.contains(char::is_alphabetic)
}

/// Returns the folded `parts` as tokens, without those that fold to nothing.
fn folded_tokens<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    joined(parts.map(fold))
}

/// Returns tokens joined by a space, without those that are empty.
fn joined(tokens: impl Iterator<Item = String>) -> String {
    tokens.filter(|token| !token.is_empty()).collect::<Vec<_>>().join(" ")
}
