//! The day of publication as running text gives it away: `…, kata Budi, Jumat (25/10/2019)`.
//!
//! Indonesian news puts the day of reporting, with its weekday, after the clause that says who
//! spoke or wrote. Any other date in a text is about something else.

use std::ops::Range;
use std::sync::LazyLock;

use super::date::{DateMatch, date_at, weekday_named};
use super::names::entries;
use crate::article::Passage;

/// How far back from a date its reporting clause is looked for, in bytes.
const REACH: usize = 200;

/// Words of reporting clauses, without their `-nya`.
static REPORTING: LazyLock<Vec<&str>> = LazyLock::new(|| entries(include_str!("reporting_words.txt")).collect());

/// A date of reporting and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reported {
    /// The date.
    pub(super) found: DateMatch,
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Where the comma before it stands.
    pub(super) comma: usize,
}

/// Returns the dates of reporting in the body, in order, also those that contradict their weekday.
pub(super) fn reported_dates(text: &str, passages: &[Passage]) -> Vec<Reported> {
    let body = passages.iter().filter(|passage| passage.kind.is_body());
    body.flat_map(|passage| reported_in(text, &passage.range)).collect()
}

fn reported_in(text: &str, range: &Range<usize>) -> Vec<Reported> {
    let part = &text[..range.end];
    memchr::memchr_iter(b',', &part.as_bytes()[range.start..])
        .filter_map(|comma| reported_after(part, range.start, range.start + comma))
        .collect()
}

/// Reads the date of reporting after the comma at byte `comma`.
fn reported_after(text: &str, start: usize, comma: usize) -> Option<Reported> {
    let after = text[comma + 1..].trim_start_matches([' ', '\u{a0}']);
    let at = text.len() - after.len();
    let word_len = after.bytes().take(10).take_while(|b| b.is_ascii_alphabetic() || *b == b'\'').count();
    weekday_named(&after[..word_len])?;
    let found = date_at(text, at)?;
    let is_reported = has_reporting_clause(clause_before(text, start, comma));
    is_reported.then_some(Reported { found, range: at..found.end, comma })
}

/// Returns the sentence up to `comma`, at most [`REACH`] bytes of it.
fn clause_before(text: &str, start: usize, comma: usize) -> &str {
    let from = text.floor_char_boundary(comma.saturating_sub(REACH).max(start));
    let clause = &text[from..comma];
    let stop = clause.rfind(". ").or_else(|| clause.rfind(".,"));
    stop.map_or(clause, |stop| &clause[stop + 1..])
}

fn has_reporting_clause(clause: &str) -> bool {
    clause.split(|c: char| !c.is_alphabetic()).any(|word| {
        let stem = word.strip_suffix("nya").unwrap_or(word);
        REPORTING.iter().any(|reporting| reporting.eq_ignore_ascii_case(stem))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let reported = reported_in(text, &(0..text.len()));
        let agreeing = reported.iter().filter(|reported| reported.found.weekday_agrees());
        let found: Vec<_> = agreeing.map(|reported| reported.found.date.to_string()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn dates_after_a_reporting_clause() {
        check("seperti dilansir topik.id, Minggu (30/11/2025).", &["2025-11-30"]);
        check("\"Siap,\" ujar Budi di Jakarta, Jumat (25/10/2019).", &["2019-10-25"]);
        check("katanya saat ditemui, Rabu, 11 September 2019.", &["2019-09-11"]);
        check("ujar Budi di Jakarta, Jumat malam (25/10/2019).", &["2019-10-25"]);
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(REPORTING.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn other_dates() {
        check("Gempa melanda Palu, Jumat (28/9/2018).", &[]);
        check("kata Budi pada 17 Agustus 1945.", &[]);
        check("kata Budi, Senin (30/11/2025).", &[]);
        check("kata Budi, Minggu (30/11).", &[]);
        check("kata Budi. Gempa melanda Palu, Jumat (28/9/2018).", &[]);
    }
}
