//! From a surface form to the tokens it gives in the exact and in the root field.

use std::borrow::Cow;

use super::fold::{fold, fold_into};
use super::number::{DayToken, month, normalise_number};
use super::scan::is_hyphen;
use super::stemmer::{Explanation, LetterCase, Stemmer};
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
}

impl WordForm {
    pub(crate) fn new(exact: &str, root: &str, stop_word: bool) -> Self {
        // A part that carries the root may fold to nothing (`me-ʽ`); the fields stay in step all the same.
        let root = if root.is_empty() { exact } else { root };
        let mut tokens = bounded(exact).into_owned();
        let exact_len = tokens.len();
        if root != exact {
            tokens.push_str(&bounded(root));
        }
        let is_one_token = !tokens.contains(' ');
        Self { tokens: tokens.into_boxed_str(), exact_len, is_one_token, stop_word }
    }

    /// Returns the tokens of the exact field, joined by one space.
    #[must_use]
    pub fn exact(&self) -> &str {
        &self.tokens[..self.exact_len]
    }

    /// Returns the tokens of the root field, joined by one space.
    #[must_use]
    pub fn root(&self) -> &str {
        let root = &self.tokens[self.exact_len..];
        if root.is_empty() { &self.tokens } else { root }
    }

    /// Returns whether the word is one token in each field, as nearly every word is.
    pub(crate) fn is_one_token(&self) -> bool {
        self.is_one_token
    }

    /// Returns whether the word is a stop word: indexed, but not scored in a query.
    #[must_use]
    pub fn is_stop_word(&self) -> bool {
        self.stop_word
    }
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
        if surface.contains(is_hyphen) {
            return self.hyphen_group(surface);
        }
        if surface.is_ascii() && surface.contains('/') {
            let parts = surface.replace('/', " ");
            let root = DayToken::parse(surface).map_or_else(|| parts.clone(), DayToken::tokens);
            return WordForm::new(&parts, &root, false);
        }
        let (exact, root) = self.tokens(surface);
        let stop_word = !self.is_acronym(surface) && self.stop_words.contains(&exact);
        WordForm::new(&exact, &root, stop_word)
    }

    /// Returns how the stemmer sees a word as the scanner cuts it; each part of a hyphen group.
    pub(crate) fn explain(self, surface: &str) -> Vec<Explanation> {
        let parts = surface.split(is_hyphen).filter(|part| part.contains(char::is_alphabetic));
        parts.map(|part| self.stemmer.explain(&fold(part), self.letter_case(part))).collect()
    }

    /// Returns the exact and root tokens of a word without hyphens.
    fn tokens(self, surface: &str) -> (String, String) {
        if let Some(number) = normalise_number(surface) {
            return (number.clone(), number);
        }
        if let Some((currency, number)) = split_currency(surface) {
            let tokens = format!("{currency} {number}");
            return (tokens.clone(), tokens);
        }
        if let Some(tokens) = self.informal_doubling(surface).or_else(|| dotted(surface)) {
            return tokens;
        }
        let folded = fold(surface);
        let root = self.root(surface, &folded);
        (folded, root)
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

    /// Reads `kata2` and `kata2nya` as `kata-kata` and `kata-katanya`, where the base is a known
    /// word and not a name in capitals (`SO2`).
    fn informal_doubling(self, surface: &str) -> Option<(String, String)> {
        let (base, clitic) = surface.split_once('2')?;
        if !matches!(clitic, "" | "nya" | "ku" | "mu") || !base.chars().skip(1).all(char::is_lowercase) {
            return None;
        }
        let base = fold(base);
        let root = self.stemmer.stem(&base, LetterCase::Lower);
        self.stemmer.is_root(&root).then(|| (format!("{base}-{base}{clitic}"), root.into_owned()))
    }

    /// Returns the tokens of a hyphen group: a reduplication, a word with a clitic or prefix, a day
    /// in figures, or a compound.
    fn hyphen_group(self, surface: &str) -> WordForm {
        let plain: String = surface.chars().map(|c| if is_hyphen(c) { '-' } else { c }).collect();
        if let Some(day) = DayToken::parse(&plain) {
            return WordForm::new(&plain.replace('-', " "), &day.tokens(), false);
        }
        let parts: Vec<&str> = surface.split(is_hyphen).filter(|part| !part.is_empty()).collect();
        if let [left, right] = parts[..] {
            if let Some(form) = self.reduplication(left, right) {
                return form;
            }
            if let Some(rest) = without_affix(left, right) {
                return WordForm::new(&self.exact_parts(&parts), &self.tokens(rest).1, false);
            }
            if is_joined_compound(left, right) {
                return WordForm::new(&self.exact_parts(&parts), &joined(&parts), false);
            }
        }
        WordForm::new(&self.exact_parts(&parts), &self.root_parts(&parts), false)
    }

    fn reduplication(self, left: &str, right: &str) -> Option<WordForm> {
        let (left_folded, right_folded) = (fold(left), fold(right));
        if !left_folded.contains(char::is_alphabetic) || right_folded.is_empty() {
            return None;
        }
        let root = self.stemmer.stem_reduplicated(&left_folded, &right_folded, self.letter_case(left))?;
        let exact = format!("{left_folded}-{right_folded}");
        Some(WordForm::new(&exact, &root, self.stop_words.contains(&exact)))
    }

    fn exact_parts(self, parts: &[&str]) -> String {
        parts.iter().map(|part| self.tokens(part).0).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn root_parts(self, parts: &[&str]) -> String {
        parts.iter().map(|part| self.tokens(part).1).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Returns currency and number of an amount written in one (`Rp1,5`), so that `Rp 1,5` meets it.
fn split_currency(surface: &str) -> Option<(String, String)> {
    let digit = surface.find(|c: char| c.is_ascii_digit())?;
    let (currency, number) = surface.split_at(digit);
    let currency = currency.to_ascii_lowercase();
    matches!(currency.as_str(), "rp" | "idr" | "usd" | "sgd" | "rm").then_some(())?;
    Some((currency, normalise_number(number)?))
}

/// Returns the tokens of a word with full stops in it: an acronym (`A.S` is *as*) or a domain
/// (`detik.com`: its parts, and the whole as root).
fn dotted(surface: &str) -> Option<(String, String)> {
    if !surface.contains('.') {
        return None;
    }
    let parts = || surface.split('.').filter(|part| !part.is_empty());
    if parts().all(|part| part.chars().count() == 1) {
        let acronym = fold(&surface.replace('.', ""));
        return Some((acronym.clone(), acronym));
    }
    let exact = parts().map(fold).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some((exact, fold(surface)))
}

/// Returns the part of a hyphen pair that carries the meaning where the other is a clitic
/// (`AI-nya`, `1990-an`) or a prefix (`ke-15`, `se-Indonesia`).
fn without_affix<'a>(left: &'a str, right: &'a str) -> Option<&'a str> {
    const CLITICS: [&str; 7] = ["nya", "ku", "mu", "lah", "kah", "pun", "an"];
    const PREFIXES: [&str; 12] = ["ke", "se", "di", "me", "ber", "ter", "per", "pe", "mem", "men", "meng", "peng"];
    if CLITICS.contains(&right) {
        Some(left)
    } else if PREFIXES.iter().any(|prefix| left.eq_ignore_ascii_case(prefix)) {
        Some(right)
    } else {
        None
    }
}

/// Returns whether a pair may also be written as one word, so that its root is the joined word:
/// `COVID-19`, `non-blok`, `e-commerce`. Scores and spans (`2-1`, `2020-2024`) are not, nor are two
/// full words (`Tiongkok-ASEAN`).
fn is_joined_compound(left: &str, right: &str) -> bool {
    const BOUND: [&str; 26] = [
        "anti", "antar", "eks", "ekstra", "hiper", "infra", "inter", "intra", "kontra", "maha", "makro", "mikro",
        "mini", "multi", "non", "para", "pasca", "pra", "pro", "semi", "sub", "super", "swa", "tele", "trans", "ultra",
    ];
    let has_letter = |part: &str| part.chars().any(char::is_alphabetic);
    let has_digit = |part: &str| part.chars().any(|c| c.is_ascii_digit());
    let one_letter = |part: &str| part.chars().count() == 1 && has_letter(part);
    match (has_digit(left), has_digit(right)) {
        // Two figures are two amounts (Rp1-2 triliun), and a day before its month stays a number.
        (true, true) => return false,
        (true, false) => return has_letter(right) && month(&right.to_lowercase()).is_none(),
        (false, true) => return has_letter(left),
        (false, false) => {}
    }
    one_letter(left) || BOUND.iter().any(|bound| left.eq_ignore_ascii_case(bound))
}

fn joined(parts: &[&str]) -> String {
    let mut word = String::new();
    for part in parts {
        fold_into(part, &mut word);
    }
    word
}
