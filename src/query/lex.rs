//! A query cut into syntax and text.
//!
//! Syntax that does not add up (a lone bracket, an operator without a word on both sides) is text or left
//! out, and a note says so.

mod fields;
mod settle;

use std::ops::Range;

use jiff::civil::Date;

use self::fields::{Listed, field};
use super::days::Days;
use super::plan::{Boost, Note, Scope, shortened};

/// Groups within groups that are read; nobody types more, and reading them recurses.
const MAX_DEPTH: usize = 16;

/// Filters that are read; each costs a look-up.
const MAX_FILTERS: usize = 64;

/// Parts of addresses that are looked for; each walks the ids of the whole index.
const MAX_ADDRESSES: usize = 3;

/// The most places that the words of a near phrase may stand off.
const MAX_SLOP: u32 = 100;

/// One piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lexeme {
    pub(super) kind: LexemeKind,
    /// The bytes of the query.
    pub(super) range: Range<usize>,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LexemeKind {
    /// Words outside quotes, without blanks between them.
    Text {
        words: Range<usize>,
        modifier: Modifier,
        boost: Boost,
    },
    /// Words in quotes.
    Quoted {
        inside: Range<usize>,
        slop: u32,
        boost: Boost,
    },
    Open,
    Close {
        boost: Boost,
    },
    Require,
    Exclude,
    And,
    Or,
    Not,
    /// An operator without anything to work on.
    Idle,
    Scope(Scope),
    Source {
        value: Range<usize>,
    },
    Date(Days),
    Url {
        value: Range<usize>,
    },
}

/// What stands behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    None,
    Prefix,
    Fuzzy(u8),
}

/// A query in pieces.
pub(super) struct Lexed {
    pub(super) lexemes: Vec<Lexeme>,
    pub(super) notes: Vec<Note>,
}

/// Cuts `query` into pieces.
pub(super) fn lex(query: &str, today: Option<Date>) -> Lexed {
    let capitals = if query.chars().any(char::is_lowercase) { Capitals::Mean } else { Capitals::MeanNothing };
    let mut lexer = Lexer {
        query,
        today,
        capitals,
        at: 0,
        word_end: 0,
        last_close: query.rfind(')').unwrap_or(0),
        list: None,
        n_filters: 0,
        n_addresses: 0,
        lexemes: Vec::new(),
        notes: Vec::new(),
    };
    while lexer.skip_blanks() {
        lexer.piece();
    }
    let mut pieces = Lexed { lexemes: lexer.lexemes, notes: lexer.notes };
    pieces.settle(query);
    pieces
}

/// Returns whether `word` is an operator where it stands between words.
pub(super) fn is_operator(word: &str) -> bool {
    operator(word, Capitals::Mean).is_some()
}

/// Whether an Indonesian word in capitals can be an operator: not in a headline of capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    Mean,
    MeanNothing,
}

fn operator(word: &str, capitals: Capitals) -> Option<LexemeKind> {
    match (word, capitals) {
        ("AND" | "&&", _) | ("DAN", Capitals::Mean) => Some(LexemeKind::And),
        ("OR" | "||", _) | ("ATAU", Capitals::Mean) => Some(LexemeKind::Or),
        ("NOT", _) | ("BUKAN", Capitals::Mean) => Some(LexemeKind::Not),
        _ => None,
    }
}

struct Lexer<'a> {
    query: &'a str,
    today: Option<Date>,
    capitals: Capitals,
    at: usize,
    word_end: usize,
    /// Where the last bracket that closes stands.
    last_close: usize,
    /// The field whose values stand in brackets here, and how many of these are open.
    list: Option<(Listed, usize)>,
    n_filters: usize,
    n_addresses: usize,
    lexemes: Vec<Lexeme>,
    notes: Vec<Note>,
}

impl<'a> Lexer<'a> {
    /// Moves to the next piece; returns whether there is one.
    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.at < self.query.len()
    }

    fn rest(&self) -> &'a str {
        &self.query[self.at..]
    }

    fn push(&mut self, kind: LexemeKind, end: usize) {
        self.lexemes.push(Lexeme { kind, range: self.at..end });
        self.at = end;
    }

    /// Reads the piece that begins here.
    fn piece(&mut self) {
        let Some(first) = self.rest().chars().next() else { return };
        if let Some((kind, end)) = self.listed_days() {
            return self.filter(kind, end);
        }
        match first {
            '(' => self.open(self.at + 1),
            ')' => self.close(),
            '\\' => self.text(self.at + 1),
            c if is_quote(c) => self.quoted(c),
            _ if let Some(kind) = self.sign_here() => self.push(kind, self.at + 1),
            _ => self.word(),
        }
    }

    /// Returns the sign here, where it stands before something to look for: `-beras`, not `- beras` and
    /// not `-5`, and not within a word as in `"AI"-nya`.
    fn sign_here(&self) -> Option<LexemeKind> {
        sign(self.rest()).filter(|_| self.is_at_start())
    }

    /// Returns whether what begins here stands before a word, not within it.
    fn is_at_start(&self) -> bool {
        let before = self.query[..self.at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || c == '(')
    }

    /// Returns the sign or field that works on what begins here.
    fn glued(&self) -> Option<&LexemeKind> {
        let last = self.lexemes.last().filter(|last| last.range.end == self.at)?;
        works_on_next(&last.kind).then_some(&last.kind)
    }

    /// Passes what holds no word, up to byte `end`, and takes back the signs and fields that would work
    /// on it.
    fn nothing(&mut self, end: usize) {
        let mut start = self.at;
        while let Some(last) = self.lexemes.pop_if(|last| works_on_next(&last.kind) && last.range.end == start) {
            start = last.range.start;
        }
        let text = &self.query[start..end];
        let followed = self.query[end..].starts_with(|c| c == '(' || is_quote(c));
        let is_sign = followed && self.is_at_start() && text.starts_with(SIGNS);
        if start < self.at || is_sign || text.contains(|c| matches!(c, '*' | '~' | '^') || is_quote(c)) {
            self.notes.push(Note::ignored(text));
        }
        self.at = end;
    }

    /// Says that something counts for no more or no less than `to`.
    fn clamped(&mut self, text: &str, to: String) {
        if text != to {
            self.notes.push(Note::Clamped { text: shortened(text), to });
        }
    }

    fn open(&mut self, end: usize) {
        self.list = self.list.map(|(field, n_open)| (field, n_open + 1));
        self.push(LexemeKind::Open, end);
    }

    fn close(&mut self) {
        self.list = self.list.and_then(|(field, n_open)| (n_open > 1).then_some((field, n_open - 1)));
        let (boost, end) = self.boost_at(self.at + 1);
        self.push(LexemeKind::Close { boost }, end);
    }

    fn quoted(&mut self, mark: char) {
        let start = self.at + mark.len_utf8();
        let Some((close, closing)) = self.query[start..].char_indices().find(|(_, c)| is_quote(*c)) else {
            self.notes.push(Note::UnpairedQuote { offset: self.at });
            self.at = start;
            return;
        };
        let inside = start..start + close;
        let words = &self.query[inside.clone()];
        if !has_word(words) {
            return self.nothing(inside.end + closing.len_utf8());
        }
        if words.contains('*') {
            self.notes.push(Note::literally(&self.query[self.at..inside.end + closing.len_utf8()]));
        }
        if self.list_of(Listed::Source) {
            return self.filter(LexemeKind::Source { value: inside.clone() }, inside.end + closing.len_utf8());
        }
        let (slop, end) = self.slop_at(inside.end + closing.len_utf8());
        let (boost, end) = self.boost_at(end);
        self.push(LexemeKind::Quoted { inside, slop, boost }, end);
    }

    /// Reads `~5` at byte `at`.
    fn slop_at(&mut self, at: usize) -> (u32, usize) {
        let Some(rest) = self.query[at..].strip_prefix('~') else { return (0, at) };
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if n_digits == 0 {
            return (0, at);
        }
        let slop = rest[..n_digits].parse().unwrap_or(u32::MAX);
        let end = at + 1 + n_digits;
        if slop > MAX_SLOP {
            self.clamped(&self.query[at..end], format!("~{MAX_SLOP}"));
        }
        (slop.min(MAX_SLOP), end)
    }

    /// Reads `^2` at byte `at`.
    fn boost_at(&mut self, at: usize) -> (Boost, usize) {
        let Some(rest) = self.query[at..].strip_prefix('^') else { return (Boost::ONE, at) };
        let len = rest.bytes().take_while(|b| b.is_ascii_digit() || b"-.,".contains(b)).count();
        let Some(factor) = parse_factor(&rest[..len]) else { return (Boost::ONE, at) };
        (self.boost(factor, at..at + 1 + len), at + 1 + len)
    }

    /// Returns the boost by `factor`, which stands at `range`.
    fn boost(&mut self, factor: f64, range: Range<usize>) -> Boost {
        let hundredths = (factor * 100.0).round();
        let bounded = hundredths.clamp(1.0, f64::from(Boost::MAX.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
        let boost = Boost(bounded as u16);
        if (hundredths - bounded).abs() >= 1.0 {
            self.clamped(&self.query[range], format!("^{}", boost.factor()));
        }
        boost
    }

    /// Reads an operator, a field or text.
    fn word(&mut self) {
        // Of `judul:judul:…` each piece ends where the first does: looked for once.
        let end = if self.at < self.word_end { self.word_end } else { self.text_end(self.at) };
        self.word_end = end;
        let word = &self.query[self.at..end];
        let is_free = self.glued().is_none();
        if let Some(kind) = operator(word, self.capitals).filter(|_| is_free) {
            return self.push(kind, end);
        }
        if self.capitals == Capitals::MeanNothing && is_operator(word) {
            self.notes.push(Note::literally(word));
        }
        let named = word.split_once(':').and_then(|(name, _)| Some((name, field(name)?)));
        match named {
            Some((name, field)) if self.list.is_none() => {
                let value = self.at + name.len() + 1;
                if !self.is_blank(value) {
                    return self.field(field, value);
                }
                if !self.query[value..].trim().is_empty() {
                    self.notes.push(Note::FieldApart { text: self.query[self.at..value].to_owned() });
                }
                self.text(self.at);
            }
            _ => self.text(self.at),
        }
    }

    /// Returns whether the query ends at byte `at` or a blank stands there.
    fn is_blank(&self, at: usize) -> bool {
        self.query[at..].chars().next().is_none_or(char::is_whitespace)
    }

    /// Returns where the text that begins at `start` ends: at a blank, a bracket or a quote.
    fn text_end(&self, start: usize) -> usize {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
        self.query[start..].find(ends).map_or(self.query.len(), |len| start + len)
    }

    /// Reads text whose words begin at byte `start`, with what stands behind it.
    fn text(&mut self, start: usize) {
        let end = self.text_end(start);
        let (words, factor) = split_factor(&self.query[start..end]);
        let (words, modifier) = split_modifier(words);
        if !has_word(words) {
            return self.nothing(end);
        }
        let words = start..start + words.len();
        if self.list_of(Listed::Source) {
            let name = &self.query[words.clone()];
            if words.end < end || has_stray_mark(name) || name.contains(':') {
                self.notes.push(Note::literally(&self.query[start..end]));
            }
            return self.filter(LexemeKind::Source { value: words }, end);
        }
        if let Some((Listed::Date(_), _)) = self.list {
            self.notes.push(Note::UnknownDate { text: shortened(&self.query[start..end]) });
        }
        let is_signed = self.at == start
            && (self.is_at_start() || self.glued().is_some())
            && is_signed_twice(&self.query[words.clone()]);
        if is_signed || has_stray_mark(&self.query[words.clone()]) {
            self.notes.push(Note::literally(&self.query[start..end]));
        }
        let boost = match factor {
            Some((factor, len)) => self.boost(factor, end - len..end),
            None => Boost::ONE,
        };
        self.push(LexemeKind::Text { words, modifier, boost }, end);
    }
}

/// Signs before what is looked for.
const SIGNS: [char; 3] = ['+', '-', '!'];

/// Returns the sign that `text` begins with, where something to look for follows it.
fn sign(text: &str) -> Option<LexemeKind> {
    let kind = match text.chars().next()? {
        '+' => LexemeKind::Require,
        '-' | '!' => LexemeKind::Exclude,
        _ => return None,
    };
    text[1..].starts_with(|c: char| c.is_alphabetic() || c == '(' || c == '\\' || is_quote(c)).then_some(kind)
}

/// Returns whether `text` is a word with signs that do not add up: `+-beras`.
fn is_signed_twice(text: &str) -> bool {
    text.starts_with(SIGNS) && text.trim_start_matches(SIGNS).starts_with(char::is_alphabetic)
}

/// Returns whether marks that mean something elsewhere stand in `text`; a power of a number does not.
fn has_stray_mark(text: &str) -> bool {
    let is_power = |base: &str| base.ends_with(|c: char| c.is_ascii_digit()) && !base.contains(char::is_alphabetic);
    text.contains(['*', '~'])
        || text.contains("&&")
        || text.contains("||")
        || text.split_once('^').is_some_and(|(base, _)| !is_power(base))
}

fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Returns whether a piece says nothing but what the next one is to do.
fn works_on_next(kind: &LexemeKind) -> bool {
    matches!(kind, LexemeKind::Require | LexemeKind::Exclude | LexemeKind::Scope(_))
}

/// Returns whether `c` opens or closes a phrase. A mark at an inch sign or within a word is a mark
/// all the same: a partner decides.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}

/// Returns the number that `text` is, in digits, with a point or a comma before its parts.
fn parse_factor(text: &str) -> Option<f64> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b"-.,".contains(&b));
    let number = || text.replace(',', ".").parse().ok();
    is_number.then(number)?.filter(|factor: &f64| factor.is_finite())
}

/// Divides `beras^2`, and tells how long `^2` is; a power of a number (`10^6`) is no boost.
fn split_factor(text: &str) -> (&str, Option<(f64, usize)>) {
    let Some((words, factor)) = text.rsplit_once('^') else { return (text, None) };
    if !words.chars().any(char::is_alphabetic) {
        return (text, None);
    }
    parse_factor(factor).map_or((text, None), |number| (words, Some((number, factor.len() + 1))))
}

/// Divides `awal*`, `kata~` and `kata~2`; more than two letters off is two, and `kata~0.8`, which says how much alike
/// spellings are, is one.
fn split_modifier(text: &str) -> (&str, Modifier) {
    if let Some(words) = text.strip_suffix('*') {
        return (words, Modifier::Prefix);
    }
    match text.rsplit_once('~') {
        Some((words, "")) => (words, Modifier::Fuzzy(1)),
        Some((words, distance)) => match parse_factor(distance) {
            Some(distance) if distance < 2.0 => (words, Modifier::Fuzzy(1)),
            // Two years with the mark between them are a span.
            Some(distance) if distance < 10.0 => (words, Modifier::Fuzzy(2)),
            _ => (text, Modifier::None),
        },
        None => (text, Modifier::None),
    }
}
