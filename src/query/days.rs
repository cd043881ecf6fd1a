//! Spans of days as people write them: `2026`, `Januari 2026`, `1-3-2026..5-3-2026`,
//! `sejak 7 hari`, `kemarin`.
//!
//! There is no clock here: what counts from today needs to be told which day that is.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use crate::clean::{parse_date, weekday_named};

/// Days from a first to a last one; an end that is missing is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: Option<Date>,
    /// The last day, included.
    pub until: Option<Date>,
}

impl Days {
    fn new(from: Date, until: Date) -> Self {
        Self { from: Some(from), until: Some(until) }
    }

    fn day(day: Date) -> Self {
        Self::new(day, day)
    }
}

/// Writes `2026-01-01..2026-01-31`, one day, or a span with an open end.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.until) {
            (Some(from), Some(until)) if from == until => write!(f, "{from}"),
            (from, until) => {
                let shown = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
                write!(f, "{}..{}", shown(from), shown(until))
            }
        }
    }
}

/// What stands between the ends of a span. A hyphen counts only between blanks: days have their own.
const BETWEEN: [&str; 12] =
    ["..", "…", " s/d ", " s.d. ", " s.d ", " sd ", " sd. ", " sampai ", " hingga ", " to ", " - ", " – "];
/// What opens a span that has two ends.
const SPAN: [&str; 3] = ["antara ", "dari ", "from "];
/// What opens a span that goes on from a day.
const FROM: [&str; 7] = [">=", "≥", "sejak ", "since ", "dari ", "mulai ", "from "];
/// What opens a span that ends with a day.
const UNTIL: [&str; 12] =
    ["<=", "≤", "hingga ", "sampai ", "s/d ", "s.d. ", "s.d ", "sd ", "sd. ", "until ", "till ", "to "];
/// What opens a span that begins when a day is over.
const AFTER: [&str; 4] = [">", "setelah ", "sesudah ", "after "];
/// What opens a span that is over when a day begins.
const BEFORE: [&str; 3] = ["<", "sebelum ", "before "];

/// Years back in which a day is looked for whose year is left out; 29 February may be eight away.
const MAX_YEARS_BACK: i16 = 8;

/// Returns the days that `text` names; what counts from `today` only where it is given.
///
/// ```
/// use kliping::query::parse_days;
/// let days = |text| parse_days(text, Some(jiff::civil::date(2026, 3, 10))).map(|days| days.to_string());
/// assert_eq!(days("Januari 2026").as_deref(), Some("2026-01-01..2026-01-31"));
/// assert_eq!(days("sejak 7 hari").as_deref(), Some("2026-03-03.."));
/// assert_eq!(days("2025..Februari 2026").as_deref(), Some("2025-01-01..2026-02-28"));
/// assert_eq!(days("harga beras"), None);
/// ```
#[must_use]
pub fn parse_days(text: &str, today: Option<Date>) -> Option<Days> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&text);
    if let Some(days) = after_any(text, &SPAN).and_then(|rest| span(rest, today)) {
        return Some(days);
    }
    if let Some(rest) = after_any(text, &FROM) {
        return Some(Days { from: Some(start_of(rest, today)?), until: None });
    }
    if let Some(rest) = after_any(text, &UNTIL) {
        return Some(Days { from: None, until: single(rest, today)?.until });
    }
    if let Some(rest) = after_any(text, &AFTER) {
        return Some(Days { from: Some(single(rest, today)?.until?.tomorrow().ok()?), until: None });
    }
    if let Some(rest) = after_any(text, &BEFORE) {
        return Some(Days { from: None, until: Some(single(rest, today)?.from?.yesterday().ok()?) });
    }
    single(text, today).or_else(|| span(text, today))
}

fn after_any<'a>(text: &'a str, openings: &[&str]) -> Option<&'a str> {
    openings.iter().find_map(|opening| text.strip_prefix(opening)).map(str::trim)
}

/// Returns the first day of `since`, where a number of days counts back from today.
fn start_of(since: &str, today: Option<Date>) -> Option<Date> {
    today.and_then(|today| ago(since, today)).or_else(|| single(since, today)?.from)
}

/// Returns a span with two ends, one of which may be open.
fn span(text: &str, today: Option<Date>) -> Option<Days> {
    let between = BETWEEN.iter().find_map(|between| text.split_once(between));
    let (from, until) = between.or_else(|| text.split_once(['-', '–']))?;
    let is_open = |part: &str| matches!(part.trim(), "" | "*");
    let days = match (is_open(from), is_open(until)) {
        (true, true) => return None,
        (true, false) => Days { from: None, until: single(until, today)?.until },
        (false, true) => Days { from: single(from, today)?.from, until: None },
        (false, false) => closed_span(from.trim(), until.trim(), today)?,
    };
    let is_ordered = days.from.zip(days.until).is_none_or(|(from, until)| from <= until);
    is_ordered.then_some(days)
}

/// Returns a span whose beginning may leave out what its end says: `1` before `5 September 2019`.
fn closed_span(from: &str, until: &str, today: Option<Date>) -> Option<Days> {
    if let Some(from) = single(from, None) {
        return Some(Days { from: from.from, until: single(until, today)?.until });
    }
    // A year that both leave out is that of the end.
    let until = match (single(until, None), today) {
        (None, Some(today)) => with_year(until, today).unwrap_or_else(|| until.to_owned()),
        _ => until.to_owned(),
    };
    let end = single(&until, today)?.until?;
    let mut rests = until.match_indices([' ', '-', '/', '.']).map(|(at, _)| &until[at..]);
    let completed = rests.find_map(|rest| Some((rest, single(&format!("{from}{rest}"), None)?.from?)));
    let start = match completed {
        // A year that only the end has may have begun within the span.
        Some((rest, start)) if start > end && is_number(&rest[1..]) => start.checked_sub(1.year()).ok()?,
        Some((_, start)) => start,
        None => single(from, today)?.from?,
    };
    Some(Days::new(start, end))
}

/// Returns a day, month, year or span that counts from today.
fn single(text: &str, today: Option<Date>) -> Option<Days> {
    let text = text.trim();
    let day = || parse_date(text).map(|date| Days::day(date.day));
    let of_year = || month(text).or_else(|| part_of_year(text)).or_else(|| year(text));
    let absolute = day().or_else(|| compact_day(text)).or_else(|| day_with_time(text)).or_else(of_year);
    absolute.or_else(|| {
        let today = today?;
        let latest = || single(&with_year(text, today)?, None);
        relative(text, today).or_else(|| latest_weekday(text, today)).or_else(latest)
    })
}

/// `20190916`.
fn compact_day(text: &str) -> Option<Days> {
    if text.len() != 8 || !is_number(text) {
        return None;
    }
    parse_date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])).map(|date| Days::day(date.day))
}

/// `2019-09-16T10:00`: the day of it.
fn day_with_time(text: &str) -> Option<Days> {
    let (day, time) = text.split_once('t')?;
    let is_of_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'z');
    let is_time = time.starts_with(|c: char| c.is_ascii_digit()) && time.chars().all(is_of_time);
    if is_time { parse_date(day).map(|date| Days::day(date.day)) } else { None }
}

/// `Q3 2019`, `2019 Q3`, `triwulan III 2019`, `semester 1 2019`: three months or six.
fn part_of_year(text: &str) -> Option<Days> {
    let mut words: Vec<&str> = text.split([' ', '-', '/']).filter(|word| *word != "tahun").collect();
    let year_place = words.iter().position(|word| word.len() == 4 && is_number(word))?;
    let year: i16 = words.remove(year_place).parse().ok()?;
    let (name, number) = match words[..] {
        [name, number] => (name, number),
        [quarter] => quarter.split_at_checked(1)?,
        _ => return None,
    };
    let n_months = match name {
        "q" | "triwulan" | "kuartal" | "kwartal" | "quarter" => 3,
        "semester" => 6,
        _ => return None,
    };
    let number = ["i", "ii", "iii", "iv"].iter().position(|roman| *roman == number);
    let number = number.map(|place| place + 1).or_else(|| words.last()?.trim_start_matches('q').parse().ok())?;
    let first_month = number.checked_sub(1)?.checked_mul(n_months).filter(|months| *months < 12)? + 1;
    let first = Date::new(year, i8::try_from(first_month).ok()?, 1).ok()?;
    let last = first.checked_add(i64::try_from(n_months - 1).ok()?.months()).ok()?.last_of_month();
    Some(Days::new(first, last))
}

/// Returns the day or month with the latest year in which it has begun: `16 September`, `Agustus`.
fn with_year(text: &str, today: Date) -> Option<String> {
    // A year behind figures alone would make a month or a day of them.
    if !text.ends_with(char::is_alphabetic) {
        return None;
    }
    (0..=MAX_YEARS_BACK).map(|back| format!("{text} {}", today.year() - back)).find(|text| {
        let first = if text.starts_with(|c: char| c.is_ascii_digit()) { single(text, None) } else { month(text) };
        first.and_then(|days| days.from).is_some_and(|first| first <= today)
    })
}

/// Returns the latest day of that name: `Minggu`, up to today; `Minggu lalu`, before.
fn latest_weekday(text: &str, today: Date) -> Option<Days> {
    let (name, last) = match text.strip_suffix(" lalu") {
        Some(name) => (name, today.yesterday().ok()?),
        None => (text, today),
    };
    let weekday = weekday_named(name.strip_prefix("hari ").unwrap_or(name))?;
    let n_back = last.weekday().since(weekday);
    last.checked_sub(i64::from(n_back).days()).ok().map(Days::day)
}

/// `2026-01`, `01/2026`, `Januari 2026`, `Jan-2026`.
fn month(text: &str) -> Option<Days> {
    let (left, right) = text.split_once(['-', '/', ' ', '.'])?;
    let (month, year) = if left.len() == 4 && is_number(left) { (right, left) } else { (left, right.trim()) };
    if year.len() != 4 || !is_number(year) {
        return None;
    }
    let first = parse_date(&if is_number(month) { format!("{year}-{month}-1") } else { format!("1 {month} {year}") })?;
    Some(Days::new(first.day, first.day.last_of_month()))
}

fn year(text: &str) -> Option<Days> {
    let text = text.strip_prefix("tahun ").unwrap_or(text);
    let year = (text.len() == 4 && is_number(text)).then_some(text)?;
    let first = parse_date(&format!("{year}-1-1"))?.day;
    Some(Days::new(first, first.last_of_year()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// What counts from today.
fn relative(text: &str, today: Date) -> Option<Days> {
    match text {
        "hari ini" | "today" => Some(Days::day(today)),
        "kemarin" | "yesterday" => today.yesterday().ok().map(Days::day),
        "minggu ini" | "pekan ini" | "this week" => Some(Days::new(monday(today)?, today)),
        "minggu lalu" | "pekan lalu" | "last week" => {
            let monday = monday(today)?;
            Some(Days::new(monday.checked_sub(7.days()).ok()?, monday.yesterday().ok()?))
        }
        "bulan ini" | "this month" => Some(Days::new(today.first_of_month(), today)),
        "bulan lalu" | "last month" => {
            let last = today.first_of_month().yesterday().ok()?;
            Some(Days::new(last.first_of_month(), last))
        }
        "tahun ini" | "this year" => Some(Days::new(today.first_of_year(), today)),
        "tahun lalu" | "last year" => {
            let last = today.first_of_year().yesterday().ok()?;
            Some(Days::new(last.first_of_year(), last))
        }
        text => {
            let words = ["terakhir", "last", "past"];
            let length = words.iter().find_map(|w| text.strip_suffix(w).or(text.strip_prefix(w)))?.trim();
            // Today is one of them.
            let before = ago(length, today).or_else(|| ago(&format!("1 {length}"), today))?;
            Some(Days::new(before.tomorrow().ok()?.min(today), today))
        }
    }
}

fn monday(today: Date) -> Option<Date> {
    today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()
}

/// Returns the day that lies `length` before `today`: `7 hari`, `2 minggu lalu`, `sebulan`, `3 months ago`, `7d`.
fn ago(length: &str, today: Date) -> Option<Date> {
    let length = length.trim_end_matches("yang lalu").trim_end_matches("lalu").trim_end_matches("ago").trim();
    let n_digits = length.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = match length.strip_prefix("se") {
        Some(unit) => ("1", unit),
        None => length.split_at(n_digits),
    };
    // More years than a date can hold is no span of days.
    let number: i64 = number.parse().ok().filter(|number| *number <= 5_000)?;
    let span = match unit.trim() {
        "hari" | "day" | "days" | "d" | "h" => Span::new().try_days(number),
        "minggu" | "pekan" | "week" | "weeks" | "w" => Span::new().try_weeks(number),
        "bulan" | "month" | "months" | "m" => Span::new().try_months(number),
        "tahun" | "year" | "years" | "y" => Span::new().try_years(number),
        _ => return None,
    };
    today.checked_sub(span.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        // A Tuesday.
        let days = parse_days(text, Some(date(2026, 3, 10)));
        assert_eq!(days.map_or_else(String::new, |days| days.to_string()), expected, "{text:?}");
    }

    #[test]
    fn days_months_and_years() {
        check("2026-03-02", "2026-03-02");
        check("8 Januari 2026", "2026-01-08");
        check("6 Nop 2019", "2019-11-06");
        check("30/11/2025", "2025-11-30");
        check("2026-01", "2026-01-01..2026-01-31");
        check("Januari 2026", "2026-01-01..2026-01-31");
        check("peb 2024", "2024-02-01..2024-02-29");
        check("02/2024", "2024-02-01..2024-02-29");
        check("2025", "2025-01-01..2025-12-31");
        check("tahun 2025", "2025-01-01..2025-12-31");
    }

    #[test]
    fn parts_of_years_and_days_with_a_time() {
        check("Q3 2019", "2019-07-01..2019-09-30");
        check("2019-Q4", "2019-10-01..2019-12-31");
        check("triwulan III 2019", "2019-07-01..2019-09-30");
        check("kuartal 1 tahun 2020", "2020-01-01..2020-03-31");
        check("semester II 2019", "2019-07-01..2019-12-31");
        check("semester 3 2019", "");
        check("Q0 2019", "");
        check("babak 1 2019", "");
        check("2019-09-16T10:00", "2019-09-16");
        check("2019-09-16T10:00:00+07:00", "2019-09-16");
    }

    #[test]
    fn spans_with_two_ends() {
        check("2026-01-01..2026-01-05", "2026-01-01..2026-01-05");
        check("1 Januari 2026 - 5 Januari 2026", "2026-01-01..2026-01-05");
        check("Januari 2025 s/d Maret 2025", "2025-01-01..2025-03-31");
        check("2024 sampai 2025", "2024-01-01..2025-12-31");
        check("28 Agustus 2019 s.d. 2 September 2019", "2019-08-28..2019-09-02");
        check("1 sd 5 September 2019", "2019-09-01..2019-09-05");
        check("s.d. Maret 2020", "..2020-03-31");
        check("2024..", "2024-01-01..");
        check("..2024", "..2024-12-31");
        check("2025..2024", "");
        check("..", "");
    }

    #[test]
    fn spans_with_an_open_end() {
        check("sejak 1 Maret 2026", "2026-03-01..");
        check("since 2025", "2025-01-01..");
        check(">=2025-05-05", "2025-05-05..");
        check("hingga Mei 2025", "..2025-05-31");
    }

    #[test]
    fn what_counts_from_today() {
        check("hari ini", "2026-03-10");
        check("kemarin", "2026-03-09");
        check("sejak kemarin", "2026-03-09..");
        check("sejak 7 hari", "2026-03-03..");
        check("sejak 2 minggu lalu", "2026-02-24..");
        check("7 hari terakhir", "2026-03-04..2026-03-10");
        check("1 hari terakhir", "2026-03-10");
        check("last 3 months", "2025-12-11..2026-03-10");
        check("minggu ini", "2026-03-09..2026-03-10");
        check("minggu lalu", "2026-03-02..2026-03-08");
        check("bulan lalu", "2026-02-01..2026-02-28");
        check("tahun lalu", "2025-01-01..2025-12-31");
        check("sebulan terakhir", "2026-02-11..2026-03-10");
        check("seminggu terakhir", "2026-03-04..2026-03-10");
        check("sejak setahun lalu", "2025-03-10..");
        check("past month", "2026-02-11..2026-03-10");
        check("past 3 months", "2025-12-11..2026-03-10");
        check("sejak 99999999999999999999 hari", "");
        assert_eq!(parse_days("kemarin", None), None);
    }

    #[test]
    fn spans_whose_ends_share_a_month_or_year() {
        check("1-5 September 2019", "2019-09-01..2019-09-05");
        check("1 s/d 5 September 2019", "2019-09-01..2019-09-05");
        check("dari 1 sampai 5 September 2019", "2019-09-01..2019-09-05");
        check("1-5/9/2019", "2019-09-01..2019-09-05");
        check("Agustus-September 2019", "2019-08-01..2019-09-30");
        check("28 Desember - 3 Januari 2020", "2019-12-28..2020-01-03");
        check("28 Februari - 3 Maret", "2026-02-28..2026-03-03");
        check("8 - 15 Maret", "2025-03-08..2025-03-15");
        check("2018-2019", "2018-01-01..2019-12-31");
        check("[2019-09-01 TO 2019-09-05]", "2019-09-01..2019-09-05");
        check("[2019-09-01 TO *]", "2019-09-01..");
        check("10-5 September 2019", "");
        check("31-11-2019", "");
    }

    #[test]
    fn spans_that_leave_their_day_out() {
        check(">2019-09-01", "2019-09-02..");
        check(">2019-09", "2019-10-01..");
        check("<2019-09", "..2019-08-31");
        check("sebelum 2019", "..2018-12-31");
    }

    #[test]
    fn the_latest_of_days_and_months_without_a_year() {
        check("20190916", "2019-09-16");
        check("Minggu", "2026-03-08");
        check("Selasa", "2026-03-10");
        check("Selasa lalu", "2026-03-03");
        check("hari Rabu", "2026-03-04");
        check("sejak Jumat", "2026-03-06..");
        check("16 September", "2025-09-16");
        check("10 Maret", "2026-03-10");
        check("11 Maret", "2025-03-11");
        check("29 Februari", "2024-02-29");
        check("September", "2025-09-01..2025-09-30");
        check("Maret", "2026-03-01..2026-03-31");
        for text in ["Minggu", "16 September", "1-5 September", "September"] {
            assert_eq!(parse_days(text, None), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "besok sekali", "8", "13", "20266", "2026-13", "20261301", "Januari beras", "sejak", "1 2 3"] {
            check(text, "");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(text in "(sejak |hingga |[<>]|[0-9]{1,4}|[-./ ]|\\.\\.|januari|senin|hari|lalu|\\PC){0,8}") {
            if let Some(days) = parse_days(&text, Some(date(2026, 3, 10))) {
                prop_assert_eq!(parse_days(&days.to_string(), None), Some(days));
            }
        }
    }
}
