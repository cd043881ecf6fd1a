//! Dates as Indonesian news writes them.
//!
//! Day before month before year, Indonesian and English names of months and weekdays with their
//! abbreviations and old spellings, ISO 8601 and RFC 2822. Only whole dates are read: a day without
//! a year says nothing without a clock.

use jiff::civil::{Date, Weekday};

use super::clock::{clock, clock_after_date, zone};
use super::cursor::{Cursor, Number};
use crate::analysis::{month, with_century};
use crate::article::{ArticleDate, Confidence};

/// Returns the date that `text` is, and nothing else is, with its time and zone where it has them.
///
/// A weekday may come first; one that contradicts the date makes it no date.
///
/// ```
/// use kliping::clean::parse_date;
/// let date = |text| parse_date(text).map(|date| date.to_string());
/// assert_eq!(date("Kamis, 8 Januari 2026 - 23:11 WIB").as_deref(), Some("2026-01-08T23:11+07:00"));
/// assert_eq!(date("6 Nop 2019").as_deref(), Some("2019-11-06"));
/// assert_eq!(date("08/01/26").as_deref(), Some("2026-01-08"));
/// assert_eq!(date("tahun 2026"), None);
/// ```
#[must_use]
pub fn parse_date(text: &str) -> Option<ArticleDate> {
    let text = text.trim();
    let found = date_and_time_at(text, 0)?;
    let is_whole = found.end == text.len();
    (is_whole && found.weekday_agrees()).then_some(found.date)
}

/// A date found in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DateMatch {
    /// The date.
    pub(super) date: ArticleDate,
    /// The weekday that stands before it.
    pub(super) weekday: Option<Weekday>,
    /// Whether its year is written in full.
    pub(super) has_century: bool,
    /// Where it ends in the text.
    pub(super) end: usize,
}

impl DateMatch {
    /// Returns whether the weekday, where there is one, is that of the date.
    pub(super) fn weekday_agrees(&self) -> bool {
        self.weekday.is_none_or(|weekday| weekday == self.date.day.weekday())
    }

    /// Returns how sure it is that this day is meant: where the century is left out, a weekday settles it.
    pub(super) fn confidence(&self) -> Confidence {
        if self.has_century || self.weekday.is_some() { Confidence::Certain } else { Confidence::Likely }
    }
}

/// Reads a date that begins at byte `at` of `text`: `Minggu (30/11/2025)`, `March 02, 2026`.
pub(super) fn date_at(text: &str, at: usize) -> Option<DateMatch> {
    let mut cursor = Cursor::new(text, at);
    let weekday = cursor.attempt(weekday);
    let open = cursor.eat(&['(']).is_some();
    cursor.skip_spaces();
    let start = cursor.at();
    let day = cursor.attempt(iso_day).or_else(|| cursor.attempt(day_first)).or_else(|| cursor.attempt(month_first))?;
    let has_century = text[cursor.since(start)].contains(&day.year().to_string());
    cursor.attempt(|c| {
        c.skip_spaces();
        c.eat(&[')']).filter(|_| open)
    });
    Some(DateMatch { date: ArticleDate::day(day), weekday, has_century, end: cursor.at() })
}

/// Reads a date and the time that follows it: `8 Januari 2026 - 23:11 WIB`.
pub(super) fn date_and_time_at(text: &str, at: usize) -> Option<DateMatch> {
    if let Some(found) = machine_date_at(text, at) {
        return Some(found);
    }
    let mut found = date_at(text, at)?;
    let mut cursor = Cursor::new(text, found.end);
    if let Some(clock) = cursor.attempt(clock_after_date) {
        found.date.time = clock.time();
        found.date.utc_offset_seconds = cursor.attempt(zone).unwrap_or(ArticleDate::WIB);
        let is_in_brackets = text[found.end..cursor.at()].contains('(');
        cursor.attempt(|c| c.eat(&[')']).filter(|_| is_in_brackets));
        found.end = cursor.at();
    }
    Some(found)
}

/// Reads a date as machines write it: `Thu Jan 08 16:11:00 +0000 2026`.
fn machine_date_at(text: &str, at: usize) -> Option<DateMatch> {
    let mut cursor = Cursor::new(text, at);
    let weekday = weekday(&mut cursor)?;
    let month = month_word(&mut cursor)?;
    let day = cursor.number().filter(|number| number.n_digits <= 2)?;
    cursor.skip_spaces();
    let time = clock(&mut cursor)?.time()?;
    let utc_offset_seconds = zone(&mut cursor)?;
    cursor.skip_spaces();
    let year = cursor.number().filter(|number| number.n_digits == 4)?;
    let date = ArticleDate { day: new_date(year, month, day)?, time: Some(time), utc_offset_seconds };
    Some(DateMatch { date, weekday: Some(weekday), has_century: true, end: cursor.at() })
}

/// The longest name of a weekday or month in bytes.
const LONGEST_NAME: usize = 9;

fn weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    let word = cursor.word(LONGEST_NAME)?;
    let weekday = weekday_named(word).or_else(|| weekday_shortened(word))?;
    cursor.eat(&['.']);
    while cursor.attempt(word_after_weekday).is_some() {}
    cursor.skip_spaces();
    cursor.eat(&[',']);
    cursor.skip_spaces();
    Some(weekday)
}

/// What may follow the name of a weekday: a part of the day, or a day of the Javanese week of five.
const AFTER_WEEKDAY: [&str; 13] =
    ["dini", "hari", "kliwon", "legi", "malam", "pagi", "pahing", "petang", "pon", "siang", "sore", "subuh", "wage"];

fn word_after_weekday(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip_spaces();
    let word = cursor.word(LONGEST_NAME)?;
    AFTER_WEEKDAY.iter().any(|known| known.eq_ignore_ascii_case(word)).then_some(())
}

/// Returns the weekday that `word` names.
pub(crate) fn weekday_named(word: &str) -> Option<Weekday> {
    let mut small = [0; LONGEST_NAME];
    let small = small.get_mut(..word.len())?;
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    let weekday = match &*small {
        b"senin" | b"senen" | b"sen" | b"monday" | b"mon" => Weekday::Monday,
        b"selasa" | b"tuesday" | b"tue" => Weekday::Tuesday,
        b"rabu" | b"wednesday" | b"wed" => Weekday::Wednesday,
        b"kamis" | b"thursday" | b"thu" => Weekday::Thursday,
        b"jumat" | b"jum'at" | b"jum`at" | b"jum\xE2\x80\x99at" | b"jum" | b"djumat" | b"djum'at" | b"friday"
        | b"fri" => Weekday::Friday,
        b"sabtu" | b"saturday" | b"sat" => Weekday::Saturday,
        b"minggu" | b"ahad" | b"sunday" | b"sun" => Weekday::Sunday,
        _ => return None,
    };
    Some(weekday)
}

/// Returns the weekday that `word` stands for before a date; elsewhere it is a word or a name.
fn weekday_shortened(word: &str) -> Option<Weekday> {
    const SHORT: [(&str, Weekday); 6] = [
        ("sel", Weekday::Tuesday),
        ("rab", Weekday::Wednesday),
        ("kam", Weekday::Thursday),
        ("sab", Weekday::Saturday),
        ("min", Weekday::Sunday),
        ("mgg", Weekday::Sunday),
    ];
    SHORT.iter().find(|(short, _)| short.eq_ignore_ascii_case(word)).map(|(_, weekday)| *weekday)
}

/// Returns the month, from 1, that `word` names.
pub(super) fn month_named(word: &str) -> Option<u8> {
    if word.len() > LONGEST_NAME { None } else { month(&word.to_ascii_lowercase()) }
}

/// `2026-03-02`, `2026/3/2`.
fn iso_day(cursor: &mut Cursor<'_>) -> Option<Date> {
    let year = cursor.number().filter(|number| number.n_digits == 4)?;
    let separator = cursor.eat(&['-', '/', '.'])?;
    let month = cursor.number()?;
    cursor.eat(&[separator])?;
    let day = cursor.number()?;
    new_date(year, month.value, day)
}

/// `8 Januari 2026`, `30/11/2025`, `08-01-26`, `6 Nop. 2019`, `6-Nop-19`, `10 / 9 / 2019`, `6th February 2025`.
fn day_first(cursor: &mut Cursor<'_>) -> Option<Date> {
    let day = ordinal(cursor)?;
    let is_joined = cursor.rest().starts_with(['-', '/']);
    match cursor.attempt(month_word) {
        Some(month) => {
            let year = cursor.number()?;
            let is_year = year.n_digits == 4 || year.n_digits == 2 && (is_joined || ends_date(*cursor));
            if is_year { new_date(year, month, day) } else { None }
        }
        None => month_and_year(cursor, day),
    }
}

/// Reads the day of a month, with the ending that English gives it.
fn ordinal(cursor: &mut Cursor<'_>) -> Option<Number> {
    let day = cursor.number().filter(|number| number.n_digits <= 2)?;
    cursor.attempt(|c| c.word(2).filter(|word| ["st", "nd", "rd", "th"].contains(word)));
    Some(day)
}

/// Whether nothing but a time can belong to the date before `cursor`: two digits there are a year, and count nothing.
fn ends_date(mut cursor: Cursor<'_>) -> bool {
    cursor.is_done() || cursor.rest().starts_with('\n') || clock_after_date(&mut cursor).is_some()
}

/// Reads a month's name and the marks around it.
fn month_word(cursor: &mut Cursor<'_>) -> Option<u16> {
    cursor.skip(|c| c.is_whitespace() && c != '\n' || matches!(c, '-' | '/' | '.'));
    let month = month_named(cursor.word(LONGEST_NAME)?)?;
    cursor.skip(|c| c.is_whitespace() && c != '\n' || matches!(c, '-' | '/' | '.' | ','));
    Some(u16::from(month))
}

/// Reads `/11/2025` after a day; a month past 12 is a day that stands second.
fn month_and_year(cursor: &mut Cursor<'_>, day: Number) -> Option<Date> {
    cursor.skip_spaces();
    let separator = cursor.eat(&['/', '-', '.'])?;
    cursor.skip_spaces();
    let month = cursor.number().filter(|number| number.n_digits <= 2)?;
    cursor.skip_spaces();
    cursor.eat(&[separator])?;
    cursor.skip_spaces();
    let year = cursor.number().filter(|year| year.n_digits == 4 || year.n_digits == 2 && separator != '.')?;
    if month.value > 12 { new_date(year, day.value, month) } else { new_date(year, month.value, day) }
}

/// `March 02, 2026`.
fn month_first(cursor: &mut Cursor<'_>) -> Option<Date> {
    let month = month_word(cursor)?;
    let day = ordinal(cursor)?;
    cursor.eat(&[',']);
    cursor.skip_spaces();
    let year = cursor.number().filter(|number| number.n_digits == 4)?;
    new_date(year, month, day)
}

/// Returns the date, if there is such a day between 1800 and 2199.
///
/// Two digits mean the year that they mean in a text.
fn new_date(year: Number, month: u16, day: Number) -> Option<Date> {
    let value = i16::try_from(year.value).ok()?;
    let year = if year.n_digits == 2 { with_century(value) } else { value };
    let year = Some(year).filter(|year| (1800..2200).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day.value).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = parse_date(text).map_or_else(|| "none".to_owned(), |date| date.to_string());
        assert_eq!(found, expected, "reading {text:?}");
    }

    #[test]
    fn names_of_months_in_every_spelling() {
        check("8 Januari 2026", "2026-01-08");
        check("6 Nop 2019", "2019-11-06");
        check("14 Peb 1998", "1998-02-14");
        check("1 Mrt. 2001", "2001-03-01");
        check("17 Agt 2020", "2020-08-17");
        check("17 Agu 2020", "2020-08-17");
        check("17 Ags 2020", "2020-08-17");
        check("1 Djuni 1945", "1945-06-01");
        check("2 Djanuari 1950", "1950-01-02");
        check("5 MEI 2020", "2020-05-05");
        check("8-Okt-2019", "2019-10-08");
        check("March 02, 2026", "2026-03-02");
        check("Dec 9 2021", "2021-12-09");
    }

    #[test]
    fn numbers_are_day_month_year() {
        check("30/11/2025", "2025-11-30");
        check("08/01/26", "2026-01-08");
        check("01-02-1999", "1999-02-01");
        check("1.2.2003", "2003-02-01");
        check("10 / 9 / 2019", "2019-09-10");
        check("03/25/2020", "2020-03-25");
        check("31/12/39", "2039-12-31");
        check("1/1/40", "1940-01-01");
        check("17 Agustus 45", "1945-08-17");
    }

    #[test]
    fn standards() {
        check("2026-03-02", "2026-03-02");
        check("2026-03-02T10:05:00Z", "2026-03-02T10:05+00:00");
        check("2026-03-02T10:05:00.123+07:00", "2026-03-02T10:05+07:00");
        check("2026-03-02 10:05", "2026-03-02T10:05+07:00");
        check("Mon, 02 Mar 2026 10:05:00 +0800", "2026-03-02T10:05+08:00");
    }

    #[test]
    fn times_and_zones() {
        check("Kamis, 8 Januari 2026 - 23:11 WIB", "2026-01-08T23:11+07:00");
        check("Kamis, 08 Jan 2026 23:11 WITA", "2026-01-08T23:11+08:00");
        check("8 Januari 2026 | 09.05 WIT", "2026-01-08T09:05+09:00");
        check("8 Januari 2026, pukul 09.05", "2026-01-08T09:05+07:00");
        check("8 Januari 2026 9:05 PM (GMT+7)", "2026-01-08T21:05+07:00");
        check("8 Januari 2026 25:00", "none");
        check("8 Januari 2026 pukul 10", "2026-01-08T10:00+07:00");
        check("8 Januari 2026, pukul 8 malam WITA", "2026-01-08T20:00+08:00");
    }

    #[test]
    fn every_form_of_news_is_read() {
        for (text, expected) in [
            ("Kamis, 8 Januari 2026 - 23:11 WIB", "2026-01-08T23:11+07:00"),
            ("KAMIS , 8 JANUARI 2026 | 23.11 WIB", "2026-01-08T23:11+07:00"),
            ("Kamis, 8/1/2026 pukul 23.11 WITA", "2026-01-08T23:11+08:00"),
            ("Kamis 8-1-2026 jam 23:11 WIT", "2026-01-08T23:11+09:00"),
            ("Minggu (30/11/2025)", "2025-11-30"),
            ("Minggu, (30/11/2025)", "2025-11-30"),
            ("Minggu(30/11/25)", "2025-11-30"),
            ("08/01/26", "2026-01-08"),
            ("8.1.2026", "2026-01-08"),
            ("6 Nop 2019", "2019-11-06"),
            ("6 Nopember 2019", "2019-11-06"),
            ("6 Pebruari 2019", "2019-02-06"),
            ("6 Peb 2019", "2019-02-06"),
            ("6 Feb. 2019", "2019-02-06"),
            ("6 Mrt 2019", "2019-03-06"),
            ("6 Mar 2019", "2019-03-06"),
            ("6 Agt 2019", "2019-08-06"),
            ("6 Agustus 2019", "2019-08-06"),
            ("6 Djuni 1945", "1945-06-06"),
            ("6 Djuli 1945", "1945-07-06"),
            ("6 Des 2019", "2019-12-06"),
            ("6 Okt 2019", "2019-10-06"),
            ("Djumat, 17 Agustus 1945", "1945-08-17"),
            ("2026-01-08", "2026-01-08"),
            ("2026/01/08 23:11", "2026-01-08T23:11+07:00"),
            ("2026-01-08T23:11:59+07:00", "2026-01-08T23:11+07:00"),
            ("2026-01-08T16:11:59.5Z", "2026-01-08T16:11+00:00"),
            ("Thu, 08 Jan 2026 16:11:00 GMT", "2026-01-08T16:11+00:00"),
            ("Thu, 08 Jan 2026 23:11:00 +0700", "2026-01-08T23:11+07:00"),
            ("8 Jan 2026 11:11 PM", "2026-01-08T23:11+07:00"),
            ("January 8, 2026", "2026-01-08"),
            ("8 January 2026", "2026-01-08"),
            ("2 jam lalu", "none"),
            ("kemarin", "none"),
            ("Rabu, 8 Januari 2026", "none"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn odd_forms() {
        for (text, expected) in [
            ("Senin malam (5/1/2026)", "2026-01-05"),
            ("Senin malam, 5 Januari 2026", "2026-01-05"),
            ("Kamis siang (8/1/2026)", "2026-01-08"),
            ("Jumat dini hari (9/1/2026)", "2026-01-09"),
            ("Jumat Kliwon, 9 Januari 2026", "2026-01-09"),
            ("Jumat Kliwon (9/1/2026)", "2026-01-09"),
            ("Kamis, 8 Jan. 2026, Pkl. 23.11 WIB", "2026-01-08T23:11+07:00"),
            ("Kamis, 8 Januari 2026 pk 23.11", "2026-01-08T23:11+07:00"),
            ("Kamis, 8 Januari 2026 pukul 23.11.05 WIB", "2026-01-08T23:11+07:00"),
            ("8 Januari 2026 23:11:05", "2026-01-08T23:11+07:00"),
            ("6-Nop-19", "2019-11-06"),
            ("6/Nop/2019", "2019-11-06"),
            ("6 Nop 19", "2019-11-06"),
            ("3 Feb 25 10.30", "2025-02-03T10:30+07:00"),
            ("Mon, 03 Feb 25 08:15:00 +0700", "2025-02-03T08:15+07:00"),
            ("10 Oktober 99", "1999-10-10"),
            ("3 Feb 25 orang", "none"),
            ("3 Feb 10:30", "none"),
            ("6th February 2025", "2025-02-06"),
            ("February 1st, 2025", "2025-02-01"),
            ("6thn Februari 2025", "none"),
            ("Sel, 4 Feb 2025", "2025-02-04"),
            ("Rab, 5 Feb 2025", "2025-02-05"),
            ("Kam, 6 Feb 2025", "2025-02-06"),
            ("Sab. 8/2/2025", "2025-02-08"),
            ("Min, 09/02/2025", "2025-02-09"),
            ("Mgg 9 Feb 2025", "2025-02-09"),
            ("Sel, 6 Feb 2025", "none"),
            ("Januari 8, 2026", "2026-01-08"),
            ("Thu, 08 Jan 2026 23:11:00 WIB", "2026-01-08T23:11+07:00"),
            ("Thu, 8 Jan 2026 23:11:00 +0700 (WIB)", "2026-01-08T23:11+07:00"),
            ("2026-01-08 23:11:00 +0700 WIB", "2026-01-08T23:11+07:00"),
            ("2026-01-08 23:11:00.000000", "2026-01-08T23:11+07:00"),
            ("2026-01-08T23:11+08", "2026-01-08T23:11+08:00"),
            ("Thu Jan 08 2026 23:11:00 GMT+0700 (Western Indonesia Time)", "2026-01-08T23:11+07:00"),
            ("Thu Jan 08 16:11:00 +0000 2026", "2026-01-08T16:11+00:00"),
            ("08.01.2026 23.11 WIB", "2026-01-08T23:11+07:00"),
            ("8 Januari 2026 (23:11 WIB)", "2026-01-08T23:11+07:00"),
            ("8 Januari 2026 Pukul 23:11 Wita", "2026-01-08T23:11+08:00"),
            ("29 Februari 2025", "none"),
            ("31/04/2025", "none"),
            ("0/1/2026", "none"),
            ("00-00-0000", "none"),
            ("8 Januari", "none"),
            ("Januari 2026", "none"),
            ("8/1", "none"),
            ("12.30", "none"),
            ("Rp 8.1.2026", "none"),
            ("Versi 1.2.2003", "none"),
            ("8 Januari 2026 dan 9 Januari 2026", "none"),
            ("2 Djuni 1950", "1950-06-02"),
            ("Djum'at, 9 Djanuari 1948", "1948-01-09"),
            ("Sabtu Pahing 10 Januari 2026", "2026-01-10"),
            ("Ahad, 11 Januari 2026", "2026-01-11"),
            ("8 Januari 2026 24:00 WITA", "2026-01-08"),
            ("8 Januari 2026 12:05 AM", "2026-01-08T00:05+07:00"),
            ("Kamis,08/01/2026", "2026-01-08"),
            ("KAMIS 08 JANUARI 2026", "2026-01-08"),
            ("8  Januari  2026", "2026-01-08"),
            ("8Januari2026", "2026-01-08"),
            ("Kamis, 8 Januari 2026, 09:05 (WIT)", "2026-01-08T09:05+09:00"),
            ("20260108", "none"),
            ("17-VIII-1945", "none"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn weekdays_are_checked() {
        check("Minggu (30/11/2025)", "2025-11-30");
        check("Jum'at, 9 Januari 2026", "2026-01-09");
        check("Jum’at, 9 Januari 2026", "2026-01-09");
        check("Senin (30/11/2025)", "none");
    }

    #[test]
    fn what_is_no_whole_date_is_none() {
        check("", "none");
        check("2026", "none");
        check("Minggu (30/11)", "none");
        check("31 Februari 2020", "none");
        check("8 Januari 2026 di Jakarta", "none");
        check("12345/1/2020", "none");
        check("1/2/3456", "none");
    }

    proptest! {
        #[test]
        fn every_day_is_read_back(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28) {
            let date = Date::new(year, month, day).unwrap();
            let written = [format!("{day}/{month}/{year}"), date.to_string(), date.strftime("%-d %B %Y").to_string()];
            for text in written {
                prop_assert_eq!(parse_date(&text).map(|date| date.day), Some(date));
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = parse_date(&text);
        }
    }
}
