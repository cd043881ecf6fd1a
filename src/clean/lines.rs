//! A text divided into lines, and each line into its text and the marks around it.
//!
//! Marks are what Markdown, bullets and lost links leave at the ends of a line. They become passages
//! of their own, so that a line's kind and its text do not depend on them.

use std::ops::Range;

use super::boilerplate::{is_markup, is_unprinted, kind_of};
use super::date::date_at;
use crate::article::{PassageKind, trimmed};

/// A line, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its bytes of the text: no white space at either end, never empty.
    pub(super) range: Range<usize>,
    /// What it is by its form alone; `None` for what reads as text.
    pub(super) kind: Option<PassageKind>,
}

/// Returns the lines of `text`; together they cover all of it that is not white space.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        push_line(text, trimmed(text, start..end), &mut lines);
        start = end + 1;
    }
    lines
}

/// Divides the line at `range` into leading marks, text and trailing marks.
fn push_line(text: &str, range: Range<usize>, lines: &mut Vec<Line>) {
    if is_markup(&text[range.clone()]) && !range.is_empty() {
        lines.push(Line { range, kind: Some(PassageKind::Markup) });
        return;
    }
    let mut rest = range;
    let mut trailing = Vec::new();
    while !rest.is_empty() {
        let line = &text[rest.clone()];
        if let Some((len, kind)) = leading_part(line) {
            lines.push(Line { range: trimmed(text, rest.start..rest.start + len), kind: Some(kind) });
            rest = trimmed(text, rest.start + len..rest.end);
        } else if let Some(len) = trailing_marks_len(line) {
            trailing.push(trimmed(text, rest.end - len..rest.end));
            rest = trimmed(text, rest.start..rest.end - len);
        } else {
            lines.push(Line { kind: kind_of(line), range: rest });
            break;
        }
    }
    lines.extend(trailing.into_iter().rev().map(|range| Line { range, kind: Some(PassageKind::Markup) }));
}

/// Returns the length and kind of what stands before the text of `line`.
fn leading_part(line: &str) -> Option<(usize, PassageKind)> {
    let marks = leading_marks_len(line);
    if marks > 0 {
        return Some((marks, PassageKind::Markup));
    }
    date_key_len(line).map(|len| (len, PassageKind::DateLine))
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '#' | '>' | '*' | '•' | '·' | '-' | '–' | '—' | ',' | '~' | '=' | '_' | '▪' | '●' | '■' | '◦' | '‣' | '→'
    )
}

/// Returns the length of the words at the start of `line` that are only marks, and of the opening
/// emphasis when it encloses the whole line; 0 where only marks are left.
fn leading_marks_len(line: &str) -> usize {
    let after = line.trim_start_matches(|c: char| is_mark(c) || is_unprinted(c) || c.is_whitespace());
    let is_glued = |c: char| is_mark(c) && !after.is_empty();
    let marks = line[..line.len() - after.len()].trim_end_matches(is_glued);
    let emphasis = if marks.is_empty() { emphasis_len(line) } else { 0 };
    if after.is_empty() { 0 } else { marks.len() + emphasis }
}

fn trailing_marks_len(line: &str) -> Option<usize> {
    let is_end = |c: char| matches!(c, '\\' | ',' | '|') || is_unprinted(c) || c.is_whitespace();
    let closing = EMPHASIS.iter().find(|mark| line.ends_with(**mark) && line.matches(**mark).count() == 1);
    let text = closing.map_or_else(|| line.trim_end_matches(is_end), |mark| &line[..line.len() - mark.len()]);
    (text.len() < line.len() && !text.is_empty()).then_some(line.len() - text.len())
}

/// Marks that enclose what is emphasised, in Markdown and in messages.
const EMPHASIS: [&str; 3] = ["**", "*", "_"];

/// Returns the length of the mark that encloses the whole of `line`; 0 where none does.
fn emphasis_len(line: &str) -> usize {
    let encloses = |mark: &&&str| {
        line.strip_prefix(**mark)
            .and_then(|rest| rest.strip_suffix(**mark))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains(**mark))
    };
    EMPHASIS.iter().find(encloses).map_or(0, |mark| mark.len())
}

/// Returns the length of a key and an ISO date that open `line` (` date 2026-03-02`), or 0.
fn date_key_len(line: &str) -> Option<usize> {
    const KEYS: [&str; 6] = ["date", "tanggal", "published", "published_at", "pubdate", "tgl"];
    let key = line.split([' ', ':', '=', '\t']).next()?;
    if !KEYS.iter().any(|name| name.eq_ignore_ascii_case(key)) {
        return None;
    }
    let value = line[key.len()..].trim_start_matches([' ', ':', '=', '\t', '"']);
    let is_iso = value.len() >= 10 && value.bytes().take(4).all(|b| b.is_ascii_digit());
    let start = line.len() - value.len();
    date_at(line, start).filter(|_| is_iso).map(|found| found.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use PassageKind::{DateLine, Markup, Placeholder};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<PassageKind>)]) {
        let found: Vec<_> = lines(text).into_iter().map(|line| (&text[line.range], line.kind)).collect();
        assert_eq!(found, expected, "dividing {text:?}");
    }

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        check(" satu\r\n\n\t dua \r", &[("satu", None), ("dua", None)]);
        check("", &[]);
        check(" \u{a0}\n", &[]);
    }

    #[test]
    fn marks_at_the_ends_are_parts_of_their_own() {
        check("# Judul", &[("#", Some(Markup)), ("Judul", None)]);
        check(", - Rusia berharap", &[(", -", Some(Markup)), ("Rusia berharap", None)]);
        check("katanya.\\", &[("katanya.", None), ("\\", Some(Markup))]);
        check("katanya. , ,", &[("katanya.", None), (", ,", Some(Markup))]);
        check("*Harga naik*", &[("*", Some(Markup)), ("Harga naik", None), ("*", Some(Markup))]);
        check(
            "_Sumber: ANTARA_",
            &[("_", Some(Markup)), ("Sumber: ANTARA", Some(PassageKind::Credit)), ("_", Some(Markup))],
        );
        check("*Harga* naik *lagi*", &[("*Harga* naik *lagi*", None)]);
        check("**1. Rumah**", &[("**", Some(Markup)), ("1. Rumah", None), ("**", Some(Markup))]);
        check("- loading...", &[("-", Some(Markup)), ("loading...", Some(Placeholder))]);
        check("\u{feff}Judul", &[("\u{feff}", Some(Markup)), ("Judul", None)]);
    }

    #[test]
    fn what_belongs_to_the_text_stays() {
        check("JAKARTA -", &[("JAKARTA -", None)]);
        check("**KOMPAS.com** - Jatuh", &[("**KOMPAS.com** - Jatuh", None)]);
        check("-5 derajat", &[("-5 derajat", None)]);
        check("Date 5", &[("Date 5", None)]);
    }

    #[test]
    fn a_leading_date_is_a_part_of_its_own() {
        check(" date 2026-03-02 CGTN telah", &[("date 2026-03-02", Some(DateLine)), ("CGTN telah", None)]);
        check("tanggal: 2026-03-02", &[("tanggal: 2026-03-02", Some(DateLine))]);
    }
}
