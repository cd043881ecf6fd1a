//! A query cut into syntax and text.
//!
//! Syntax that does not add up (a lone bracket, an operator without a word on both sides) is text.

use std::ops::Range;

use jiff::civil::Date;

use super::days::{Days, parse_days};
use super::plan::{Boost, Note, Scope};

/// Groups within groups that are read; nobody types more, and reading them recurses.
const MAX_DEPTH: usize = 16;

/// Filters that are read; each costs a look-up.
const MAX_FILTERS: usize = 64;

/// Parts of addresses that are looked for; each walks the ids of the whole index.
const MAX_ADDRESSES: usize = 3;

/// Words that a date after `tanggal:` has at most: `1 Januari 2026 sampai 5 Januari 2026`.
const MAX_DATE_WORDS: usize = 7;

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
    let mut lexer =
        Lexer { query, today, capitals, at: 0, n_filters: 0, n_addresses: 0, lexemes: Vec::new(), notes: Vec::new() };
    while lexer.skip_blanks() {
        lexer.piece();
    }
    let mut pieces = Lexed { lexemes: lexer.lexemes, notes: lexer.notes };
    pieces.drop_lone_brackets();
    pieces.read_idle_syntax_as_text(query);
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
        ("AND", _) | ("DAN", Capitals::Mean) => Some(LexemeKind::And),
        ("OR", _) | ("ATAU", Capitals::Mean) => Some(LexemeKind::Or),
        ("NOT", _) | ("BUKAN", Capitals::Mean) => Some(LexemeKind::Not),
        _ => None,
    }
}

/// The field before a colon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Scope(Scope),
    Source,
    Url,
    /// Days; the text goes before the value (`sejak:2025`).
    Date(&'static str),
}

fn field(name: &str) -> Option<Field> {
    match name.to_ascii_lowercase().as_str() {
        "judul" | "title" => Some(Field::Scope(Scope::Title)),
        "isi" | "body" => Some(Field::Scope(Scope::Body)),
        "sumber" | "source" => Some(Field::Source),
        "url" => Some(Field::Url),
        "tanggal" | "date" => Some(Field::Date("")),
        "sejak" | "since" => Some(Field::Date("sejak ")),
        "hingga" | "until" => Some(Field::Date("hingga ")),
        _ => None,
    }
}

struct Lexer<'a> {
    query: &'a str,
    today: Option<Date>,
    capitals: Capitals,
    at: usize,
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
        match first {
            '(' => self.push(LexemeKind::Open, self.at + 1),
            ')' => self.close(),
            '\\' => self.text(self.at + 1),
            c if is_quote(c) => self.quoted(c),
            '+' | '-' if self.is_sign() => {
                let kind = if first == '+' { LexemeKind::Require } else { LexemeKind::Exclude };
                self.push(kind, self.at + 1);
            }
            _ => self.word(),
        }
    }

    /// Returns whether the sign here stands before something to look for: `-beras`, not `- beras`
    /// and not `-5`, and not within a word as in `"AI"-nya`.
    fn is_sign(&self) -> bool {
        let before = self.query[..self.at].chars().next_back();
        if before.is_some_and(|c| !c.is_whitespace() && c != '(') {
            return false;
        }
        let next = self.rest().chars().nth(1);
        next.is_some_and(|c| c.is_alphabetic() || c == '(' || c == '\\' || is_quote(c))
    }

    fn close(&mut self) {
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
        let (slop, end) = self.slop_at(inside.end + closing.len_utf8());
        let (boost, end) = self.boost_at(end);
        self.push(LexemeKind::Quoted { inside, slop, boost }, end);
    }

    /// Reads `~5` at byte `at`.
    fn slop_at(&self, at: usize) -> (u32, usize) {
        let Some(rest) = self.query[at..].strip_prefix('~') else { return (0, at) };
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        match rest[..n_digits].parse::<u32>() {
            Ok(slop) => (slop.min(MAX_SLOP), at + 1 + n_digits),
            Err(_) => (0, at),
        }
    }

    /// Reads `^2` at byte `at`.
    fn boost_at(&self, at: usize) -> (Boost, usize) {
        let Some(rest) = self.query[at..].strip_prefix('^') else { return (Boost::ONE, at) };
        let len = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        parse_boost(&rest[..len]).map_or((Boost::ONE, at), |boost| (boost, at + 1 + len))
    }

    /// Reads an operator, a field or text.
    fn word(&mut self) {
        let end = self.text_end(self.at);
        let word = &self.query[self.at..end];
        if let Some(kind) = operator(word, self.capitals) {
            return self.push(kind, end);
        }
        if self.capitals == Capitals::MeanNothing && is_operator(word) {
            self.notes.push(Note::TakenLiterally { text: word.to_owned() });
        }
        let named = word.split_once(':').and_then(|(name, _)| Some((name, field(name)?)));
        match named {
            Some((name, field)) if self.field(field, self.at + name.len() + 1) => {}
            _ => self.text(self.at),
        }
    }

    /// Returns where the text that begins at `start` ends: at a blank, a bracket or a quote.
    fn text_end(&self, start: usize) -> usize {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
        self.query[start..].find(ends).map_or(self.query.len(), |len| start + len)
    }

    /// Reads what stands behind the colon of a field; returns whether it makes sense.
    fn field(&mut self, field: Field, value: usize) -> bool {
        if self.query[value..].chars().next().is_none_or(char::is_whitespace) {
            return false;
        }
        let read = match field {
            Field::Scope(scope) => Some((LexemeKind::Scope(scope), value)),
            Field::Source => self.value_at(value).map(|(value, end)| (LexemeKind::Source { value }, end)),
            Field::Url => {
                self.n_addresses += 1;
                let end = self.text_end(value);
                (end > value && self.n_addresses <= MAX_ADDRESSES)
                    .then_some((LexemeKind::Url { value: value..end }, end))
            }
            Field::Date(opening) => self.days_at(value, opening).map(|(days, end)| (LexemeKind::Date(days), end)),
        };
        let is_filter = !matches!(field, Field::Scope(_));
        match read {
            Some((kind, end)) if !is_filter || self.n_filters < MAX_FILTERS => {
                self.n_filters += usize::from(is_filter);
                self.push(kind, end);
                true
            }
            _ => {
                let text = self.query[self.at..self.text_end(self.at)].to_owned();
                self.notes.push(Note::TakenLiterally { text });
                false
            }
        }
    }

    /// Returns the value at byte `at`, in quotes or up to a blank, and where it ends.
    fn value_at(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let Some(mark) = self.query[at..].chars().next().filter(|c| is_quote(*c)) else {
            let end = self.text_end(at);
            return (end > at).then_some((at..end, end));
        };
        let start = at + mark.len_utf8();
        let (len, closing) = self.query[start..].char_indices().find(|(_, c)| is_quote(*c))?;
        Some((start..start + len, start + len + closing.len_utf8()))
    }

    /// Returns the days at byte `at`: in quotes, or as many words as make sense together.
    fn days_at(&self, at: usize, opening: &str) -> Option<(Days, usize)> {
        let days = |text: &str| parse_days(&format!("{opening}{text}"), self.today);
        if self.query[at..].starts_with(is_quote) {
            let (value, end) = self.value_at(at)?;
            return Some((days(&self.query[value])?, end));
        }
        let mut ends = Vec::new();
        let mut from = at;
        while ends.len() < MAX_DATE_WORDS && from < self.query.len() {
            let end = self.text_end(from);
            ends.push(end);
            let rest = &self.query[end..];
            let blanks = rest.len() - rest.trim_start().len();
            if blanks == 0 {
                break;
            }
            from = end + blanks;
        }
        ends.into_iter().rev().find_map(|end| Some((days(&self.query[at..end])?, end)))
    }

    /// Reads text whose words begin at byte `start`, with what stands behind it.
    fn text(&mut self, start: usize) {
        let end = self.text_end(start);
        let (words, boost) = split_boost(&self.query[start..end]);
        let (words, modifier) = split_modifier(words);
        let words = start..start + words.len();
        self.push(LexemeKind::Text { words, modifier, boost }, end);
    }
}

/// Returns whether `c` opens or closes a phrase. A mark at an inch sign or within a word is a mark
/// all the same: a partner decides.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}

fn parse_boost(text: &str) -> Option<Boost> {
    let factor: f64 = text.parse().ok().filter(|factor: &f64| factor.is_finite())?;
    let hundredths = (factor * 100.0).round().clamp(1.0, f64::from(Boost::MAX.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
    Some(Boost(hundredths as u16))
}

/// Divides `beras^2`; a power of a number (`10^6`) is no boost.
fn split_boost(text: &str) -> (&str, Boost) {
    let Some((words, factor)) = text.rsplit_once('^') else { return (text, Boost::ONE) };
    if !words.chars().any(char::is_alphabetic) {
        return (text, Boost::ONE);
    }
    parse_boost(factor).map_or((text, Boost::ONE), |boost| (words, boost))
}

/// Divides `awal*`, `kata~` and `kata~2`; more than two letters off is two.
fn split_modifier(text: &str) -> (&str, Modifier) {
    if let Some(words) = text.strip_suffix('*') {
        return (words, Modifier::Prefix);
    }
    match text.rsplit_once('~') {
        Some((words, "" | "1")) => (words, Modifier::Fuzzy(1)),
        Some((words, distance)) if distance.len() == 1 && distance.bytes().all(|b| (b'2'..=b'9').contains(&b)) => {
            (words, Modifier::Fuzzy(2))
        }
        _ => (text, Modifier::None),
    }
}

impl Lexed {
    /// Drops brackets without a partner and those too deep.
    fn drop_lone_brackets(&mut self) {
        let mut paired = vec![false; self.lexemes.len()];
        let mut open = Vec::new();
        for (index, lexeme) in self.lexemes.iter().enumerate() {
            match lexeme.kind {
                LexemeKind::Open => open.push(index),
                LexemeKind::Close { .. } => {
                    if let Some(partner) = open.pop().filter(|_| open.len() < MAX_DEPTH) {
                        (paired[partner], paired[index]) = (true, true);
                    }
                }
                _ => paired[index] = true,
            }
        }
        let mut kept = Vec::with_capacity(self.lexemes.len());
        for (lexeme, paired) in std::mem::take(&mut self.lexemes).into_iter().zip(paired) {
            if paired {
                kept.push(lexeme);
            } else {
                self.notes.push(Note::UnpairedBracket { offset: lexeme.range.start });
            }
        }
        self.lexemes = kept;
    }

    /// Makes text of operators and fields that have nothing to work on.
    fn read_idle_syntax_as_text(&mut self, query: &str) {
        // From the end, so that what follows is settled.
        for index in (0..self.lexemes.len()).rev() {
            let after = self.lexemes.get(index + 1).map(|lexeme| &lexeme.kind);
            let before = index.checked_sub(1).map(|index| &self.lexemes[index].kind);
            let idle = match self.lexemes[index].kind {
                LexemeKind::And | LexemeKind::Or => {
                    !before.is_some_and(ends_operand) || !after.is_some_and(begins_operand)
                }
                LexemeKind::Not | LexemeKind::Require | LexemeKind::Exclude => !after.is_some_and(is_operand),
                LexemeKind::Scope(_) => !after.is_some_and(is_scoped),
                _ => false,
            };
            if idle {
                self.read_as_text(index, query);
            }
        }
    }

    fn read_as_text(&mut self, index: usize, query: &str) {
        let lexeme = &mut self.lexemes[index];
        if matches!(lexeme.kind, LexemeKind::Require | LexemeKind::Exclude) {
            self.lexemes.remove(index);
            return;
        }
        self.notes.push(Note::TakenLiterally { text: query[lexeme.range.clone()].to_owned() });
        lexeme.kind = LexemeKind::Text { words: lexeme.range.clone(), modifier: Modifier::None, boost: Boost::ONE };
    }
}

fn ends_operand(kind: &LexemeKind) -> bool {
    is_leaf(kind) || matches!(kind, LexemeKind::Close { .. })
}

fn begins_operand(kind: &LexemeKind) -> bool {
    is_operand(kind) || matches!(kind, LexemeKind::Require | LexemeKind::Exclude | LexemeKind::Not)
}

fn is_operand(kind: &LexemeKind) -> bool {
    is_leaf(kind) || matches!(kind, LexemeKind::Open | LexemeKind::Scope(_))
}

fn is_scoped(kind: &LexemeKind) -> bool {
    matches!(kind, LexemeKind::Text { .. } | LexemeKind::Quoted { .. } | LexemeKind::Open)
}

fn is_leaf(kind: &LexemeKind) -> bool {
    match kind {
        LexemeKind::Text { .. }
        | LexemeKind::Quoted { .. }
        | LexemeKind::Source { .. }
        | LexemeKind::Date(_)
        | LexemeKind::Url { .. } => true,
        LexemeKind::Open
        | LexemeKind::Close { .. }
        | LexemeKind::Require
        | LexemeKind::Exclude
        | LexemeKind::And
        | LexemeKind::Or
        | LexemeKind::Not
        | LexemeKind::Scope(_) => false,
    }
}
