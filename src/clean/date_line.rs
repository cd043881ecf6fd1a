//! Lines that hold the date of publication and little else.

use std::ops::Range;
use std::sync::LazyLock;

use super::cursor::Cursor;
use super::date::{DateMatch, date_and_time_at};
use super::names::{domain_len, entries, outlet_len, place_len};

/// The longest such line.
const LONGEST: usize = 120;

/// Words that may stand beside the date.
static FURNITURE: LazyLock<Vec<&str>> = LazyLock::new(|| entries(include_str!("date_words.txt")).collect());

/// What a line of this kind says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DateLine {
    /// The date.
    pub(super) found: DateMatch,
    /// The bytes of the text it was read from.
    pub(super) range: Range<usize>,
    /// Whether it is that of a change: no other day stands there.
    pub(super) is_update: bool,
    /// The bytes that name the site, where the line does.
    pub(super) site: Option<Range<usize>>,
}

/// Reads the line at `range` of `text` if it is nothing but a date with its time, the words that
/// announce it, a place and the name of a site or outlet (`Kompas.com - 12/03/2020, 10:00 WIB`).
pub(super) fn date_line(text: &str, range: &Range<usize>) -> Option<DateLine> {
    let line = &text[range.clone()];
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut cursor = Cursor::new(&text[..range.end], range.start);
    let mut first: Option<(DateMatch, Range<usize>)> = None;
    // Whether the words that come announce a change, and whether those before `first` did.
    let (mut announces_update, mut is_update) = (false, false);
    let mut site = None;
    loop {
        cursor.skip(|c| {
            c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '|' | ':' | '/' | '(' | ')' | '•' | '·')
        });
        if cursor.is_done() {
            return first.map(|(found, range)| DateLine { found, range, is_update, site });
        }
        let start = cursor.at();
        if let Some(found) = date_and_time_at(&text[..range.end], start) {
            cursor = Cursor::new(&text[..range.end], found.end);
            // The day may be written twice, and once with its time.
            let is_more = |(first, _): &mut (DateMatch, Range<usize>)| {
                let has_time = first.date.time.is_none() && found.date.time.is_some();
                is_update && !announces_update || has_time && first.date.day == found.date.day
            };
            first.take_if(is_more);
            if first.is_none() {
                first = Some((found, cursor.since(start)));
                is_update = announces_update;
            }
        } else if let len @ 1.. = domain_len(cursor.rest()).max(outlet_len(cursor.rest())) {
            cursor = Cursor::new(&text[..range.end], start + len);
            site.get_or_insert(cursor.since(start));
        } else if let len @ 1.. = place_len(cursor.rest()) {
            cursor = Cursor::new(&text[..range.end], start + len);
        } else {
            let word = cursor.word(LONGEST)?;
            FURNITURE.iter().find(|furniture| furniture.eq_ignore_ascii_case(word))?;
            announces_update = announced(word).unwrap_or(announces_update);
        }
    }
}

/// Returns whether `word` announces the day of a change, or that of publication; `None` for another word.
fn announced(word: &str) -> Option<bool> {
    const UPDATES: [&str; 7] = ["diperbarui", "diperbaharui", "last", "modified", "pembaruan", "update", "updated"];
    const PUBLICATIONS: [&str; 13] = [
        "diposting",
        "dipublikasikan",
        "diterbitkan",
        "ditulis",
        "diunggah",
        "dimuat",
        "posted",
        "publikasi",
        "publish",
        "published",
        "pubdate",
        "tayang",
        "terbit",
    ];
    let is_one_of = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_one_of(&UPDATES).then_some(true).or_else(|| is_one_of(&PUBLICATIONS).then_some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, date: &str, site: Option<&str>) {
        let found = date_line(line, &(0..line.len())).unwrap_or_else(|| panic!("{line:?} is a date line"));
        assert_eq!((found.found.date.to_string().as_str(), found.site.map(|site| &line[site])), (date, site));
    }

    #[test]
    fn dates_with_what_announces_them() {
        check("Kamis, 8 Januari 2026 - 23:11 WIB", "2026-01-08T23:11+07:00", None);
        check("Kompas.com - 12/03/2020, 10:00 WIB", "2020-03-12T10:00+07:00", Some("Kompas.com"));
        check("Diterbitkan pada 5 Mei 2020 | Diperbarui 6 Mei 2020", "2020-05-05", None);
        check("Published: 2026-03-02", "2026-03-02", None);
        check("Kompas, 6 Februari 2025", "2025-02-06", Some("Kompas"));
        check("(Media Indonesia, 6/2/2025)", "2025-02-06", Some("Media Indonesia"));
        check("Jakarta, CNN Indonesia | Kamis, 06 Feb 2025 10:15 WIB", "2025-02-06T10:15+07:00", Some("CNN Indonesia"));
        check("Bandung, 6 Februari 2025", "2025-02-06", None);
    }

    #[test]
    fn the_day_of_publication_stands_before_that_of_a_change() {
        let published = "2026-01-08T09:00+07:00";
        check("Diperbarui: 9 Januari 2026 10:00 WIB Terbit: 8 Januari 2026 09:00 WIB", published, None);
        check("Terbit: 8 Januari 2026 09:00 WIB | Diperbarui: 9 Januari 2026 10:00 WIB", published, None);
        check("Updated: Jan 9, 2026 Published: Jan 8, 2026", "2026-01-08", None);
        check("Terakhir diperbarui 9 Januari 2026, Kompas.com", "2026-01-09", Some("Kompas.com"));
        let is_update = |line: &str| date_line(line, &(0..line.len())).unwrap().is_update;
        assert!(is_update("Terakhir diperbarui: 9 Januari 2026") && !is_update("Terbit: 9 Januari 2026"));
        assert!(!is_update("Diperbarui: 9 Januari 2026 Terbit: 8 Januari 2026"));
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(FURNITURE.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn other_lines() {
        for line in ["Rapat pada 5 Mei 2020", "5 Mei", "", "Kompas.com", "2026"] {
            assert_eq!(date_line(line, &(0..line.len())), None, "{line:?}");
        }
    }
}
