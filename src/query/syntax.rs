//! Reading a query: pieces to clauses.

mod combine;

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use self::combine::{
    boost_leaves, group, is_boostable, narrow, optional, require_filters, required, signed, spread, together,
};
use super::days::Days;
use super::lex::{Lexed, Lexeme, LexemeKind, Modifier, is_operator, lex};
use super::plan::{Boost, Clause, ClauseKind, Note, Plan, Presence, Scope, shortened};
use super::synonyms::Finder;
use rustc_hash::FxHashSet;

use crate::analysis::{Analyzer, Memo, Word, is_day};

/// What asks for every article.
const ALL: &str = "*";

/// Words of a query that are searched for; a pasted paragraph has some 200.
const MAX_WORDS: usize = 512;

/// Bytes of a query that are read: a long article.
const MAX_QUERY_BYTES: usize = 64 * 1024;

/// Prefixes and other spellings that are looked for; each reads the words of the whole index.
const MAX_EXPANDED: usize = 5;

/// Phrases that are looked for: what is more is read as words. Twenty-four phrases of common words take
/// a second among a million articles.
const MAX_PHRASE_COST: usize = 24;

/// What a phrase of nothing but stop words counts for beside another.
const COMMON_PHRASE_COST: usize = 12;

/// Letters a prefix has at least: one letter begins too many words to say anything.
const MIN_PREFIX_CHARS: usize = 2;

/// Letters a word has at least to be looked for in other spellings.
const MIN_FUZZY_CHARS: usize = 3;

/// Letters a word has at least to be looked for with two letters off.
const MIN_FUZZY_2_CHARS: usize = 6;

/// Returns the plan of `query`; any text gives one. Days that count from `today` are understood
/// only where it is given.
///
/// Stop words are left out where other words remain, and never inside quotes.
///
/// ```
/// use kliping::{analysis::Analyzer, query};
/// let read = |query| query::read(query, &Analyzer::indonesian(), None).to_string();
/// assert_eq!(read("Ma'ruf Amin: ("), "Ma'ruf Amin");
/// assert_eq!(read("beras DAN impor BUKAN jagung"), "+beras +impor -jagung");
/// assert_eq!(read("beras tanggal:Januari 2026"), "beras +tanggal:2026-01-01..2026-01-31");
/// assert_eq!(read("(("), "");
/// ```
#[must_use]
pub fn read(query: &str, analyzer: &Analyzer, today: Option<Date>) -> Plan {
    read_with(query, analyzer, today, &mut Memo::default())
}

/// Reads a query as [`read`] does, with what `memo` knows of its words.
pub(crate) fn read_with(query: &str, analyzer: &Analyzer, today: Option<Date>, memo: &mut Memo) -> Plan {
    read_as(query, analyzer, today, memo, SideBySide::Any)
}

/// Reads what a title must have: words side by side are all required, and nothing counts elsewhere.
pub(crate) fn read_title(query: &str, analyzer: &Analyzer) -> Plan {
    let mut plan = read_as(query, analyzer, None, &mut Memo::default(), SideBySide::All);
    plan.clauses.iter_mut().for_each(|clause| narrow(clause, Scope::Title));
    plan
}

/// What words side by side ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SideBySide {
    /// One of them.
    Any,
    /// All of them.
    All,
}

fn read_as(query: &str, analyzer: &Analyzer, today: Option<Date>, memo: &mut Memo, side_by_side: SideBySide) -> Plan {
    let whole = query;
    let query = &whole[..whole.floor_char_boundary(MAX_QUERY_BYTES)];
    let Lexed { lexemes, mut notes } = lex(query, today);
    notes.extend(addresses(query, &lexemes));
    let mut words = words(query, &lexemes, analyzer, memo);
    let dropped = words.len().saturating_sub(MAX_WORDS);
    words.truncate(MAX_WORDS);
    let mut reader = Reader {
        query,
        analyzer,
        memo,
        side_by_side,
        words,
        lexemes: &lexemes,
        at: 0,
        n_expanded: 0,
        phrase_cost: 0,
        notes: Vec::new(),
    };
    let mut clauses = reader.sequence();
    notes.append(&mut reader.notes);
    if dropped > 0 {
        notes.push(Note::TooManyWords { dropped });
    }
    if query.len() < whole.len() {
        notes.push(Note::TooLong { dropped: whole.len() - query.len() });
    }
    if let Some(all) = everything(query, &clauses, &mut notes) {
        clauses.push(all);
    }
    let mut finder = Finder::new(query, &reader.words, analyzer.synonyms());
    notes.extend(settle_stop_words(&mut clauses));
    finder.add_to(&mut clauses);
    Plan { clauses, notes: Note::bounded(notes) }
}

/// Returns that every article is asked for, where a `*` stands alone or beside nothing but filters and exclusions.
fn everything(query: &str, clauses: &[Clause], notes: &mut Vec<Note>) -> Option<Clause> {
    let is_beside = |clause: &Clause| clause.is_filter() || clause.presence == Presence::MustNot;
    let star = notes.iter().position(|note| *note == Note::ignored(ALL));
    let star = star.filter(|_| clauses.iter().all(is_beside))?;
    notes.remove(star);
    let start = query.find(ALL)?;
    Some(Clause::new(start..start + ALL.len(), ALL, ClauseKind::All).with_presence(Presence::Must))
}

/// Returns the words of the query outside its syntax. They are analysed with one blank between
/// them, so that a printed plan has the same words.
fn words(query: &str, lexemes: &[Lexeme], analyzer: &Analyzer, memo: &mut Memo) -> Vec<Word> {
    let text = without_syntax(query, lexemes);
    let mut spaced = String::with_capacity(text.len());
    // Where each word begins there, and where it stands in the query.
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    analyzer.for_each_word(&text, memo, |range, _| {
        places.push((spaced.len(), range.clone()));
        spaced.push_str(&text[range]);
        spaced.push(' ');
    });
    let mut words = Vec::new();
    analyzer.for_each_word(&spaced, memo, |range, form| {
        let (in_spaced, place) = &places[places.partition_point(|(start, _)| *start <= range.start) - 1];
        let start = place.start + (range.start - in_spaced).min(place.len());
        words.push(Word { range: start..(start + range.len()).min(place.end), form: form.clone() });
    });
    words
}

/// Returns the query with blanks for syntax, so that words keep their places and capitals their
/// meaning.
fn without_syntax(query: &str, lexemes: &[Lexeme]) -> String {
    let mut text = String::with_capacity(query.len());
    for lexeme in lexemes {
        let words = match &lexeme.kind {
            LexemeKind::Text { words, .. } => words,
            LexemeKind::Quoted { inside, .. } => inside,
            LexemeKind::Idle => &lexeme.range,
            _ => continue,
        };
        text.extend(std::iter::repeat_n(' ', words.start - text.len()));
        text.push_str(&query[words.clone()]);
    }
    text
}

/// Returns what to say of the addresses that stand among the words.
fn addresses(query: &str, lexemes: &[Lexeme]) -> impl Iterator<Item = Note> {
    lexemes.iter().filter_map(|lexeme| {
        let LexemeKind::Text { words, .. } = &lexeme.kind else { return None };
        let text = &query[words.clone()];
        let has_scheme =
            |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        (has_scheme("https://") || has_scheme("http://")).then(|| Note::Address { text: shortened(text) })
    })
}

/// Makes words of the stop words where nothing else is looked for; else returns what to say of them.
fn settle_stop_words(clauses: &mut [Clause]) -> Option<Note> {
    let mut words: Vec<String> = Vec::new();
    let mut others = false;
    for clause in &*clauses {
        clause.for_each_positive(&mut |leaf| match leaf.kind {
            ClauseKind::StopWord { .. } => {
                let word = leaf.text.to_lowercase();
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            _ => others |= !leaf.is_filter(),
        });
    }
    if words.is_empty() {
        return None;
    }
    if others {
        return Some(Note::StopWords { words });
    }
    clauses.iter_mut().for_each(stop_words_to_words);
    None
}

fn stop_words_to_words(clause: &mut Clause) {
    match &mut clause.kind {
        ClauseKind::Group { clauses } => clauses.iter_mut().for_each(stop_words_to_words),
        ClauseKind::StopWord { exact } => {
            let exact = std::mem::take(exact);
            clause.kind = ClauseKind::word(exact.clone(), exact);
        }
        _ => {}
    }
}

struct Reader<'a> {
    query: &'a str,
    analyzer: &'a Analyzer,
    memo: &'a mut Memo,
    side_by_side: SideBySide,
    words: Vec<Word>,
    lexemes: &'a [Lexeme],
    at: usize,
    n_expanded: usize,
    phrase_cost: usize,
    notes: Vec<Note>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a LexemeKind> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.kind)
    }

    /// Moves past the next piece where it is `wanted`.
    fn eat(&mut self, wanted: &LexemeKind) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Reads clauses side by side, to the end of the group.
    fn sequence(&mut self) -> Vec<Clause> {
        let mut clauses = Vec::new();
        while self.peek().is_some_and(|kind| !matches!(kind, LexemeKind::Close { .. })) {
            match self.side_by_side {
                SideBySide::Any => clauses.append(&mut self.alternatives()),
                SideBySide::All => clauses.extend(self.alternatives().into_iter().map(required)),
            }
        }
        require_filters(clauses)
    }

    /// Reads `a OR b`.
    fn alternatives(&mut self) -> Vec<Clause> {
        let first = self.conjunction();
        if self.peek() != Some(&LexemeKind::Or) {
            return first.into_iter().flat_map(spread).collect();
        }
        let mut alternatives = vec![first];
        while self.eat(&LexemeKind::Or) {
            alternatives.push(self.conjunction());
        }
        let clauses: Vec<Clause> =
            alternatives.into_iter().filter_map(together).filter_map(optional).flat_map(spread).collect();
        let are_one = self.side_by_side == SideBySide::All || clauses.iter().any(Clause::is_filter);
        if are_one { group(clauses).into_iter().collect() } else { clauses }
    }

    /// Reads `a AND b`.
    fn conjunction(&mut self) -> Vec<Clause> {
        let first = self.operand();
        if self.peek() != Some(&LexemeKind::And) {
            return first;
        }
        let mut all: Vec<Clause> = together(first).into_iter().collect();
        while self.eat(&LexemeKind::And) {
            all.extend(together(self.operand()));
        }
        all.into_iter().map(required).collect()
    }

    /// Reads one thing with the sign before it.
    fn operand(&mut self) -> Vec<Clause> {
        let presence = match self.peek() {
            Some(LexemeKind::Require) => Presence::Must,
            Some(LexemeKind::Exclude | LexemeKind::Not) => Presence::MustNot,
            _ => return self.primary(),
        };
        self.at += 1;
        let all = together(self.primary());
        all.map(|clause| signed(clause, presence)).into_iter().collect()
    }

    fn primary(&mut self) -> Vec<Clause> {
        let Some(lexeme) = self.lexemes.get(self.at) else { return Vec::new() };
        self.at += 1;
        let range = lexeme.range.clone();
        let filter = |text: Range<usize>, kind| vec![Clause::new(range.clone(), &self.query[text], kind)];
        match &lexeme.kind {
            LexemeKind::Open => self.bracketed(range.start),
            LexemeKind::Scope(scope) => {
                let mut clauses = self.primary();
                for clause in &mut clauses {
                    narrow(clause, *scope);
                }
                clauses
            }
            LexemeKind::Idle => self.text(&range, Modifier::None, Boost::ONE, &range),
            LexemeKind::Text { words, modifier: Modifier::None, boost: Boost::ONE } if words.start == range.start => {
                let words = self.words_with_day(words);
                self.text(&words, Modifier::None, Boost::ONE, &words)
            }
            LexemeKind::Text { words, modifier, boost } => self.text(words, *modifier, *boost, &range),
            LexemeKind::Quoted { inside, slop, boost } => self.quoted(inside, *slop, *boost, &range),
            LexemeKind::Source { value } => self.source(value, &range),
            LexemeKind::Date(Days { from, until }) => {
                filter(range.clone(), ClauseKind::Date { from: *from, until: *until })
            }
            LexemeKind::Url { value } => {
                filter(value.clone(), ClauseKind::Url { part: self.query[value.clone()].to_owned() })
            }
            // A sign, an operator or a bracket where there is nothing to work on.
            LexemeKind::Close { .. }
            | LexemeKind::Require
            | LexemeKind::Exclude
            | LexemeKind::And
            | LexemeKind::Or
            | LexemeKind::Not => Vec::new(),
        }
    }

    /// Reads a group whose bracket, at byte `start`, is behind.
    fn bracketed(&mut self, start: usize) -> Vec<Clause> {
        let clauses = self.sequence();
        let Some(Lexeme { kind: LexemeKind::Close { boost }, range }) = self.lexemes.get(self.at) else {
            return clauses;
        };
        self.at += 1;
        let Some(mut clause) = group(clauses) else { return Vec::new() };
        boost_leaves(&mut clause, *boost);
        if matches!(clause.kind, ClauseKind::Group { .. }) {
            clause.range = start..range.end;
        }
        vec![clause]
    }

    /// Reads words without blanks between them.
    fn text(&mut self, words: &Range<usize>, modifier: Modifier, boost: Boost, range: &Range<usize>) -> Vec<Clause> {
        let found = self.words_in(words);
        if modifier != Modifier::None {
            let room = self.n_expanded < MAX_EXPANDED;
            match room.then(|| modified(&found, words, &self.query[words.clone()], modifier)).flatten() {
                Some(kind) => {
                    self.n_expanded += 1;
                    self.notes.extend(clamped(&self.query[words.clone()], &self.query[words.end..range.end], &kind));
                    let clause = Clause::new(range.clone(), &self.query[words.clone()], kind);
                    return vec![Clause { boost, ..clause }];
                }
                None if found.is_empty() => {}
                None => self.notes.push(Note::literally(&self.query[range.clone()])),
            }
        }
        let mut clauses = Vec::with_capacity(found.len());
        let mut rest = &found[..];
        while let [first, others @ ..] = rest {
            let begins_day = words.start == range.start && begins_day(first);
            let clause = match others {
                [month, year, others @ ..] if begins_day => {
                    rest = others;
                    self.day_in_words([first, month, year])
                }
                others => {
                    rest = others;
                    self.word(first)
                }
            };
            clauses.push(if is_boostable(&clause) { Clause { boost, ..clause } } else { clause });
        }
        clauses
    }

    fn word(&self, word: &Word) -> Clause {
        let exact = tokens(word.form.exact());
        // What is left of an operator is no more than a stop word.
        let kind = if word.form.is_stop_word() || is_operator(&self.query[word.range.clone()]) {
            ClauseKind::StopWord { exact }
        } else {
            let mut root = tokens(word.form.root());
            // Others share its month and its year.
            if root.iter().any(|root| is_day(root)) {
                root.retain(|root| is_day(root));
            }
            let as_name = self.analyzer.root_as_name(&word.form).map(Cow::into_owned);
            ClauseKind::word(exact, root.into_iter().chain(as_name).collect())
        };
        Clause::new(word.range.clone(), &self.query[word.range.clone()], kind)
    }

    /// Returns the clause of a day in three words: `25 Oktober 2019`.
    fn day_in_words(&self, words: [&Word; 3]) -> Clause {
        let [day, _, year] = words;
        let kind = ClauseKind::word(words.map(|word| word.form.exact().to_owned()).into(), tokens(day.form.root()));
        let text = words.map(|word| &self.query[word.range.clone()]).join(" ");
        Clause::new(day.range.start..year.range.end, &text, kind)
    }

    /// Returns words without blanks between them, and those behind that belong to a day which begins among them; moves
    /// past these.
    fn words_with_day(&mut self, words: &Range<usize>) -> Range<usize> {
        let found = self.words_in(words);
        let Some(begun) = found.iter().rposition(begins_day) else { return words.clone() };
        let mut n_missing = 3_usize.saturating_sub(found.len() - begun);
        let (mut end, mut at) = (words.end, self.at);
        while n_missing > 0 {
            let next = self.lexemes.get(at).map(|lexeme| &lexeme.kind);
            let Some(LexemeKind::Text { words, modifier: Modifier::None, boost: Boost::ONE }) = next else {
                return words.clone();
            };
            n_missing = n_missing.saturating_sub(self.words_in(words).len());
            (end, at) = (words.end, at + 1);
        }
        self.at = at;
        words.start..end
    }

    fn quoted(&mut self, inside: &Range<usize>, slop: u32, boost: Boost, range: &Range<usize>) -> Vec<Clause> {
        let found = self.words_in(inside);
        let mut exact: Vec<String> = found.iter().flat_map(|word| tokens(word.form.exact())).collect();
        if exact.is_empty() {
            return Vec::new();
        }
        if slop > 0 {
            self.each_once(&mut exact);
        }
        let cost = match found.iter().all(|word| word.form.is_stop_word()) {
            _ if exact.len() == 1 => 0,
            true => COMMON_PHRASE_COST,
            false => 1,
        };
        if self.phrase_cost + cost > MAX_PHRASE_COST {
            self.notes.push(Note::literally(&self.query[range.clone()]));
            return self.text(inside, Modifier::None, boost, range);
        }
        self.phrase_cost += cost;
        let clause = Clause::new(range.clone(), &self.query[inside.clone()], ClauseKind::Phrase { exact, slop });
        vec![Clause { boost, ..clause }]
    }

    /// Leaves each of `tokens` that stand near one another once, and says so. One that was asked for twice would be
    /// met twice in the same place, and the ways to meet it grow with each time.
    fn each_once(&mut self, tokens: &mut Vec<String>) {
        let mut met = FxHashSet::default();
        let mut words = Vec::new();
        tokens.retain(|token| {
            let is_new = met.insert(token.clone());
            if !is_new && !words.contains(token) {
                words.push(token.clone());
            }
            is_new
        });
        if !words.is_empty() {
            self.notes.push(Note::RepeatedNear { words });
        }
    }

    fn source(&mut self, value: &Range<usize>, range: &Range<usize>) -> Vec<Clause> {
        let name = &self.query[value.clone()];
        let mut exact = Vec::new();
        self.analyzer.for_each_word(name, self.memo, |_, form| exact.extend(tokens(form.exact())));
        // An address has it, the name of an outlet does not.
        if exact.len() > 1 && exact[0] == "www" {
            exact.remove(0);
        }
        if exact.is_empty() {
            return Vec::new();
        }
        vec![Clause::new(range.clone(), name, ClauseKind::Source { exact })]
    }

    /// Returns the words that begin in a part of the query.
    fn words_in(&self, part: &Range<usize>) -> Vec<Word> {
        let first = self.words.partition_point(|word| word.range.start < part.start);
        let end = self.words.partition_point(|word| word.range.start < part.end);
        self.words[first..end].to_vec()
    }
}

/// Returns whether a word is the first of the three of a day.
fn begins_day(word: &Word) -> bool {
    let root = word.form.root();
    root != word.form.exact() && is_day(root)
}

/// Returns what `word*` or `word~` looks for, where it is one word of one token, and long enough.
fn modified(found: &[Word], words: &Range<usize>, text: &str, modifier: Modifier) -> Option<ClauseKind> {
    let [word] = found else { return None };
    if word.range != *words || word.form.exact().contains(' ') {
        return None;
    }
    let exact = [word.form.exact().to_owned()];
    let n_chars = text.chars().count();
    match modifier {
        Modifier::None => None,
        Modifier::Prefix => (n_chars >= MIN_PREFIX_CHARS).then_some(ClauseKind::Prefix { exact }),
        Modifier::Fuzzy(distance) => {
            let distance = if n_chars >= MIN_FUZZY_2_CHARS { distance } else { 1 };
            (n_chars >= MIN_FUZZY_CHARS).then_some(ClauseKind::Fuzzy { exact, distance })
        }
    }
}

/// Returns what to say of a word spelt nearly as `text`, where `marks`, which stand behind it, ask for another distance
/// than there is.
fn clamped(text: &str, marks: &str, kind: &ClauseKind) -> Option<Note> {
    let ClauseKind::Fuzzy { distance, .. } = kind else { return None };
    let mark = marks.split('^').next().unwrap_or_default();
    let to = format!("~{distance}");
    (mark != "~" && mark != to)
        .then(|| Note::Clamped { text: shortened(&format!("{text}{mark}")), to: shortened(&format!("{text}{to}")) })
}

fn tokens(joined: &str) -> Vec<String> {
    joined.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
