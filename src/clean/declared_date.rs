//! The date of a field that is made for one: whatever stands beside it, and however a program counts it.

use std::ops::RangeInclusive;

use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::clock::{Clock, clock, zone};
use super::cursor::Cursor;
use super::date::{DateMatch, date_and_time_at, parse_date};
use super::date_line::date_line;
use super::names::domain_len;
use crate::article::ArticleDate;

/// Returns the date that a field means: as news writes it, alone or among other words, in digits alone, or
/// counted from 1970.
pub(super) fn declared_date(text: &str) -> Option<ArticleDate> {
    let text = text.trim();
    let alone =
        || parse_date(text).or_else(|| in_digits(text)).or_else(|| since_1970(text)).or_else(|| serial_day(text));
    alone().or_else(|| on_a_line(text)).or_else(|| among_words(text))
}

/// Reads `20260108`, `2026010823`, `202601082311` and `20260108231100`; a program may have added `.0`. In the form
/// `20260108T231100Z` they are in UTC.
fn in_digits(text: &str) -> Option<ArticleDate> {
    if let Some((day, time)) = text.strip_suffix('Z').and_then(|text| text.split_once('T'))
        && day.len() == 8
    {
        let local = in_digits(&format!("{day}{time}"))?;
        return Some(ArticleDate { utc_offset_seconds: 0, ..local });
    }
    let text = text.strip_suffix(".0").unwrap_or(text);
    let is_date = matches!(text.len(), 8 | 10 | 12 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
    let (day, time) = text.split_at_checked(8).filter(|_| is_date)?;
    let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    let minute = |from: &str| if from.is_empty() { "00".to_owned() } else { from[..2].to_owned() };
    match time.split_at_checked(2) {
        None => parse_date(&day),
        Some((hour, rest)) => parse_date(&format!("{day} {hour}:{}", minute(rest))),
    }
}

/// What programs count since 1970, the least and the most that means a day of news, and how many make a second.
const COUNTED: [(RangeInclusive<f64>, f64); 4] = [
    (1e8..=9_999_999_999.0, 1.0),
    (1e11..=9_999_999_999_999.0, 1e3),
    (1e14..=9_999_999_999_999_999.0, 1e6),
    (1e17..=9_223_372_036_854_775_807.0, 1e9),
];

/// Reads seconds since 1970, thousandths, millionths or billionths of them, with or without a fraction.
fn since_1970(text: &str) -> Option<ArticleDate> {
    let is_number = text.starts_with(|c: char| matches!(c, '1'..='9'))
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+'));
    let number: f64 = if is_number { text.parse().ok()? } else { return None };
    let (_, in_second) = COUNTED.iter().find(|(range, _)| range.contains(&number))?;
    #[expect(clippy::cast_possible_truncation, reason = "at most eleven digits are left of it")]
    let seconds = (number / in_second).floor() as i64;
    let zone = TimeZone::fixed(Offset::from_seconds(ArticleDate::WIB).ok()?);
    let local = Timestamp::from_second(seconds).ok()?.to_zoned_datetime(zone).datetime();
    let minute = local.time().with().second(0).subsec_nanosecond(0).build().ok()?;
    Some(ArticleDate { day: local.date(), time: Some(minute), utc_offset_seconds: ArticleDate::WIB })
}

/// Reads the days that spreadsheets count, with a time as the part of a day: `46030`, `46030.9659722`.
fn serial_day(text: &str) -> Option<ArticleDate> {
    /// 1 January 1990 and 31 December 2049.
    const DAYS: RangeInclusive<i32> = 32_874..=54_788;
    const MINUTES: f64 = 24.0 * 60.0;
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let n_days: i32 = whole.parse().ok().filter(|n_days| is_number(whole) && DAYS.contains(n_days))?;
    let part: f64 = format!("0.{fraction}").parse().ok().filter(|_| is_number(fraction))?;
    #[expect(clippy::cast_possible_truncation, reason = "a day has 1,440 minutes")]
    let minute = (part * MINUTES).round() as i64;
    let then = date(1899, 12, 30).at(0, 0, 0, 0).checked_add(n_days.days().minutes(minute)).ok()?;
    let time = (minute > 0).then(|| then.time());
    Some(ArticleDate { time, ..ArticleDate::day(then.date()) })
}

/// Reads `Kompas.com - 06/02/2025, 10:00 WIB` and `Tayang: 6 Februari 2025`.
fn on_a_line(text: &str) -> Option<ArticleDate> {
    let found = date_line(text, &(0..text.len()))?.found;
    found.weekday_agrees().then_some(found.date)
}

/// Reads `Oleh Budi, 6 Februari 2025` and `Jakarta | 10:00 WIB | 6 Februari 2025`: the only day in a few words,
/// before which no figure stands that may count days too.
fn among_words(text: &str) -> Option<ArticleDate> {
    /// The longest value that is a date and what belongs to it.
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return None;
    }
    let mut words = Words::default();
    let mut cursor = Cursor::new(text, 0);
    loop {
        cursor.skip(|c| !c.is_alphanumeric());
        if cursor.is_done() {
            return words.date();
        }
        words.read(text, &mut cursor)?;
    }
}

/// What the words of a value say of a date.
#[derive(Default)]
struct Words {
    found: Option<DateMatch>,
    /// A time before the date, and the distance of its zone from UTC.
    clock: Option<(Clock, i32)>,
    has_figure: bool,
}

impl Words {
    /// Reads on at `cursor`; `None` where the date is in doubt.
    fn read<'a>(&mut self, text: &'a str, cursor: &mut Cursor<'a>) -> Option<()> {
        if let Some(found) = date_and_time_at(text, cursor.at()) {
            let is_other = self.found.is_some_and(|first| first.date.day != found.date.day);
            if is_other || self.has_figure || !found.weekday_agrees() {
                return None;
            }
            self.found = self.found.filter(|first| first.date.time.is_some()).or(Some(found));
            *cursor = Cursor::new(text, found.end);
        } else if let Some(clock) = cursor.attempt(clock) {
            let utc_offset_seconds = cursor.attempt(zone).unwrap_or(ArticleDate::WIB);
            self.clock.get_or_insert((clock, utc_offset_seconds));
        } else {
            let rest = cursor.rest();
            let word_len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = cursor.pass(word_len.max(domain_len(rest)));
            self.has_figure |= word.bytes().all(|byte| byte.is_ascii_digit());
        }
        Some(())
    }

    fn date(self) -> Option<ArticleDate> {
        let mut date = self.found?.date;
        if let (None, Some((clock, utc_offset_seconds))) = (date.time, self.clock) {
            date.time = clock.time();
            date.utc_offset_seconds = utc_offset_seconds;
        }
        Some(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the date that each field means; an empty text stands for none.
    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let date = declared_date(text).map_or_else(String::new, |date| date.to_string());
            assert_eq!(&date, expected, "{text:?}");
        }
    }

    #[test]
    fn dates_are_read_in_every_form() {
        check(&[
            ("Fri, 30 May 2025 10:00:00 +0700", "2025-05-30T10:00+07:00"),
            ("20260108", "2026-01-08"),
            ("20260108.0", "2026-01-08"),
            ("2026010823", "2026-01-08T23:00+07:00"),
            ("202601082311", "2026-01-08T23:11+07:00"),
            ("20260108231159", "2026-01-08T23:11+07:00"),
            ("20260108T231159Z", "2026-01-08T23:11+00:00"),
            ("kemarin", ""),
            ("20261301", ""),
            ("20260108236000", ""),
            ("99999999", ""),
        ]);
    }

    #[test]
    fn what_counts_from_1970_may_have_a_fraction() {
        let then = "2026-01-08T23:11+07:00";
        for text in [
            "1767888660",
            "1767888660.5",
            "1767888660.25",
            "1767888660.123456",
            "1767888660000",
            "1767888660000.0",
            "1767888660000.123",
            "1767888660000000",
            "1767888660000000000",
            "1.76788866e9",
            "1.76788866E+12",
        ] {
            check(&[(text, then)]);
        }
        for none in
            ["17678886605", "1767888660.5.1", "01767888660", "-1767888660", "1e99", "1.5", "12345678.9", "1e", ""]
        {
            check(&[(none, "")]);
        }
    }

    #[test]
    fn spreadsheets_count_days() {
        check(&[
            ("46030", "2026-01-08"),
            ("46030.0", "2026-01-08"),
            ("46030.9659722", "2026-01-08T23:11+07:00"),
            ("46030,5", "2026-01-08T12:00+07:00"),
            ("46030.99999", "2026-01-09T00:00+07:00"),
            ("54788", "2049-12-31"),
            ("12345", ""),
            ("99999", ""),
            ("46030.", ""),
            ("46.030", ""),
            ("+46030", ""),
            ("46030.5.1", ""),
        ]);
    }

    #[test]
    fn words_may_stand_beside_a_date() {
        check(&[
            ("Kompas.com - 06/02/2025, 10:00 WIB", "2025-02-06T10:00+07:00"),
            ("Tayang: Kamis, 6 Februari 2025 10:00 WITA", "2025-02-06T10:00+08:00"),
            ("Published: 2025-02-06T10:00:00Z", "2025-02-06T10:00+00:00"),
            ("Diterbitkan 5 Februari 2025, diperbarui 6 Februari 2025", "2025-02-05"),
            ("Oleh Budi, 6 Februari 2025", "2025-02-06"),
            ("6 Februari 2025 | 10:00 WIB | Jakarta", "2025-02-06T10:00+07:00"),
            ("6 Februari 2025.", "2025-02-06"),
            ("- 6 Februari 2025", "2025-02-06"),
            ("Jakarta, 10.00 WIT, 6 Februari 2025", "2025-02-06T10:00+09:00"),
            ("Jakarta24.com • 6 Februari 2025 • dibaca 1.234 kali", "2025-02-06"),
            ("Jakarta, 6/2/2025 - 6 Februari 2025 10:00", "2025-02-06T10:00+07:00"),
        ]);
    }

    #[test]
    fn a_day_in_doubt_is_none() {
        for text in [
            "8 dan 9 Januari 2026",
            "8 - 9 Januari 2026",
            "Budi, 8 Januari 2026 dan 9 Januari 2026",
            "Budi, Senin, 6 Februari 2025",
            "Budi 2025",
            "Edisi 12 6 Februari 2025",
            "2 jam lalu",
        ] {
            check(&[(text, "")]);
        }
        check(&[(&format!("{} 6 Februari 2025", "kata ".repeat(50)), "")]);
    }
}
