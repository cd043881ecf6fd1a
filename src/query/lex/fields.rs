//! Fields before a colon, and what stands behind it.

use std::ops::Range;

use super::super::days::{Days, parse_days};
use super::super::plan::{Note, Scope, shortened};
use super::{LexemeKind, Lexer, MAX_ADDRESSES, MAX_FILTERS, is_quote, sign};

/// Words that a date after `tanggal:` has at most: `1 Januari 2026 sampai 5 Januari 2026`.
const MAX_DATE_WORDS: usize = 7;

/// Bytes that a date after `tanggal:` has at most, which bounds what is tried.
const MAX_DATE_BYTES: usize = 64;

/// The field before a colon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Scope(Scope),
    Source,
    Url,
    /// Days; the text goes before the value (`sejak:2025`).
    Date(&'static str),
}

/// A field whose values may stand in brackets: `sumber:(antara ATAU kompas)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    Source,
    /// As in [`Field::Date`].
    Date(&'static str),
}

pub(super) fn field(name: &str) -> Option<Field> {
    match name.to_ascii_lowercase().as_str() {
        "judul" | "title" | "intitle" => Some(Field::Scope(Scope::Title)),
        "isi" | "body" | "intext" => Some(Field::Scope(Scope::Body)),
        "sumber" | "source" | "site" => Some(Field::Source),
        "url" | "inurl" => Some(Field::Url),
        "tanggal" | "date" => Some(Field::Date("")),
        "sejak" | "since" => Some(Field::Date("sejak ")),
        "hingga" | "until" => Some(Field::Date("hingga ")),
        "setelah" | "after" => Some(Field::Date("setelah ")),
        "sebelum" | "before" => Some(Field::Date("sebelum ")),
        _ => None,
    }
}

impl Lexer<'_> {
    /// Reads a field and what stands behind its colon, at byte `value`; a sign there is one before the field.
    pub(super) fn field(&mut self, field: Field, value: usize) {
        let sign = sign(&self.query[value..]).filter(|_| self.glued().is_none());
        let read = self.value(&field, value + usize::from(sign.is_some()));
        let is_filter = !matches!(field, Field::Scope(_));
        match read {
            Some((kind, end)) if !is_filter || self.n_filters < MAX_FILTERS => {
                self.n_filters += usize::from(is_filter);
                if let Some(kind) = sign {
                    self.push(kind, self.at);
                }
                self.push(kind, end);
            }
            _ => self.field_as_text(&field, value),
        }
    }

    /// Returns what the value of a field at byte `value` is, and where it ends.
    fn value(&mut self, field: &Field, value: usize) -> Option<(LexemeKind, usize)> {
        let listed = match *field {
            Field::Source => Some(Listed::Source),
            Field::Date(opening) => Some(Listed::Date(opening)),
            Field::Scope(_) | Field::Url => None,
        };
        if let Some(listed) = listed.filter(|_| self.query[value..].starts_with('(') && value < self.last_close) {
            self.list = Some((listed, 1));
            return Some((LexemeKind::Open, value + 1));
        }
        match *field {
            Field::Scope(scope) => Some((LexemeKind::Scope(scope), value)),
            Field::Source => self.value_at(value).map(|(value, end)| (LexemeKind::Source { value }, end)),
            Field::Url => {
                self.n_addresses += 1;
                let end = self.text_end(value);
                (end > value && self.n_addresses <= MAX_ADDRESSES)
                    .then_some((LexemeKind::Url { value: value..end }, end))
            }
            Field::Date(opening) => self.days_at(value, opening).map(|(days, end)| (LexemeKind::Date(days), end)),
        }
    }

    /// Reads the value of a field as words; the name of the field is no word.
    fn field_as_text(&mut self, field: &Field, value: usize) {
        let end = self.text_end(value);
        let text =
            &self.query[self.at..if end == value { self.value_at(value).map_or(end, |(_, end)| end) } else { end }];
        self.notes.push(match field {
            Field::Date(_) => Note::UnknownDate { text: shortened(text) },
            _ if text.ends_with(':') => Note::ignored(text),
            _ => Note::literally(text),
        });
        if end == value {
            self.at = value;
        } else {
            self.text(value);
        }
    }

    /// Returns whether values of the field `listed` stand in brackets here.
    pub(super) fn list_of(&self, listed: Listed) -> bool {
        self.list.is_some_and(|(field, _)| field == listed)
    }

    /// Reads a filter that stands in brackets and ends at byte `end`.
    pub(super) fn filter(&mut self, kind: LexemeKind, end: usize) {
        if self.n_filters == MAX_FILTERS {
            self.notes.push(Note::ignored(&self.query[self.at..end]));
            return self.nothing(end);
        }
        self.n_filters += 1;
        self.push(kind, end);
    }

    /// Returns the days that begin here, where days stand in brackets.
    pub(super) fn listed_days(&self) -> Option<(LexemeKind, usize)> {
        let (Listed::Date(opening), _) = self.list? else { return None };
        self.days_at(self.at, opening).map(|(days, end)| (LexemeKind::Date(days), end))
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
            if end - at > MAX_DATE_BYTES {
                break;
            }
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
}
