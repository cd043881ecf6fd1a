//! Numbers and dates as Indonesian news writes them.
//!
//! `.` groups thousands and `,` marks decimals: `2.511,44`, `2511,44` and `2511.44` are one number.
//! Dates in figures and dates in words meet in the token `2025-11-30`.

/// Returns the number written as `text` (digits, `.` and `,`) with plain digits and a decimal point,
/// or `None` where the marks do not fit a number.
pub(crate) fn normalise_number(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return None;
    }
    let (whole, decimals) = split_decimals(text);
    let mut number: String = whole.chars().filter(char::is_ascii_digit).collect();
    if let Some(decimals) = decimals {
        number.push('.');
        number.push_str(decimals);
    }
    Some(number)
}

/// Returns the part before the decimal mark and the part after it.
///
/// The last mark is the decimal one where it is the only of its kind and does not cut off a group
/// of three digits; `,` before three digits is read as a decimal mark (Indonesian), `.` is not.
fn split_decimals(text: &str) -> (&str, Option<&str>) {
    let Some(last) = text.rfind(['.', ',']) else { return (text, None) };
    let mark = &text[last..=last];
    let (whole, decimals) = (&text[..last], &text[last + 1..]);
    let other_mark_before = whole.contains(['.', ',']) && !whole.contains(mark);
    let decimal = !whole.contains(mark) && (mark == "," || other_mark_before || decimals.len() != 3);
    if decimal { (whole, Some(decimals)) } else { (text, None) }
}

/// Returns the number (1 to 12) of the month named by the folded word, in its formal, short,
/// foreign or old spelling.
pub(crate) fn month(folded: &str) -> Option<u8> {
    let number = match folded {
        "januari" | "jan" | "january" | "djan" | "djanuari" => 1,
        "februari" | "feb" | "febr" | "peb" | "pebr" | "pebruari" | "february" => 2,
        "maret" | "mar" | "mrt" | "march" | "maart" => 3,
        "april" | "apr" => 4,
        "mei" | "may" => 5,
        "juni" | "jun" | "june" | "djun" | "djuni" => 6,
        "juli" | "jul" | "july" | "djul" | "djuli" => 7,
        "agustus" | "ag" | "agu" | "ags" | "agt" | "agst" | "agust" | "aug" | "august" => 8,
        "september" | "sep" | "sept" => 9,
        "oktober" | "okt" | "oct" | "october" => 10,
        "november" | "nopember" | "nov" | "nop" => 11,
        "desember" | "des" | "dec" | "december" => 12,
        _ => return None,
    };
    Some(number)
}

/// The Indonesian names of the months, January first.
const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
];

/// A day of the calendar as a token of the root field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayToken {
    year: i16,
    month: i8,
    day: i8,
}

impl DayToken {
    /// Returns the day, or `None` where the calendar has no such day.
    pub(crate) fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { year, month: date.month(), day: date.day() })
    }

    /// Returns the day written in figures, day first (`30/11/2025`, `8-1-26`), or year first
    /// (`2025-11-30`); two-figure years are of this century up to 49, of the last one after.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(['/', '-']);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'/' || b == b'-') {
            return None;
        }
        let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
        Self::new(full_year(year)?, second.parse().ok()?, day.parse().ok()?)
    }

    /// Returns the token of the day alone, the same for every way to write it.
    pub(crate) fn token(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Returns the tokens that the day written in words gives: the day, its month, its year.
    pub(crate) fn tokens(self) -> String {
        let month = usize::try_from(self.month - 1).map_or("", |index| MONTHS[index]);
        format!("{} {month} {}", self.token(), self.year)
    }
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(with_century(year)),
        _ => None,
    }
}

/// The first two-figure year that is of the last century; those below are of this one.
const FIRST_OF_LAST_CENTURY: i16 = 50;

/// Returns the year that the two figures `year` (0 to 99) mean: 1950 to 2049.
pub(crate) fn with_century(year: i16) -> i16 {
    if year < FIRST_OF_LAST_CENTURY { 2000 + year } else { 1900 + year }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, number: Option<&str>) {
        assert_eq!(normalise_number(text).as_deref(), number, "reading {text:?}");
    }

    #[test]
    fn thousands_and_decimals_are_indonesian() {
        check("1.000", Some("1000"));
        check("2.511,44", Some("2511.44"));
        check("2511.44", Some("2511.44"));
        check("1,5", Some("1.5"));
        check("4.5", Some("4.5"));
        check("1.000.000", Some("1000000"));
        check("1,234.5", Some("1234.5"));
        check("15.432", Some("15432"));
        check("2,125", Some("2.125"));
        check("23.11", Some("23.11"));
        check("007", Some("007"));
        check("5g", None);
    }

    #[test]
    fn days_meet_however_they_are_written() {
        let token = |text| DayToken::parse(text).map(DayToken::token);
        assert_eq!(token("30/11/2025").as_deref(), Some("2025-11-30"));
        assert_eq!(token("2025-11-30").as_deref(), Some("2025-11-30"));
        assert_eq!(token("8/1/26").as_deref(), Some("2026-01-08"));
        assert_eq!(token("31/12/49").as_deref(), Some("2049-12-31"));
        assert_eq!(token("1/1/50").as_deref(), Some("1950-01-01"));
        assert_eq!(token("31/2/2025"), None);
        assert_eq!(token("17-21-2"), None);
        assert_eq!(DayToken::parse("30/11/2025").map(DayToken::tokens).as_deref(), Some("2025-11-30 november 2025"));
    }

    #[test]
    fn months_have_many_spellings() {
        for (name, number) in
            [("nopember", 11), ("peb", 2), ("agt", 8), ("djuni", 6), ("des", 12), ("djan", 1), ("maart", 3), ("ag", 8)]
        {
            assert_eq!(month(name), Some(number), "{name}");
        }
        for (index, name) in MONTHS.iter().enumerate() {
            assert_eq!(month(name).map(usize::from), Some(index + 1));
        }
    }
}
