//! Numbers and dates as Indonesian news writes them.
//!
//! `.` groups thousands and `,` marks decimals: `2.511,44`, `2511,44` and `2511.44` are one number.
//! Dates in figures and dates in words meet in the token `2025-11-30`.

use std::ops::RangeInclusive;

/// The longest name of a month with a full stop, in bytes.
const MAX_MONTH_BYTES: usize = 10;

/// The words that multiply the number before them, in their formal, short or other spelling, and the zeros they stand
/// for.
const SCALES: [(&str, usize); 10] = [
    ("ribu", 3),
    ("rb", 3),
    ("juta", 6),
    ("jt", 6),
    ("miliar", 9),
    ("milyar", 9),
    ("milliar", 9),
    ("triliun", 12),
    ("trilyun", 12),
    ("triliyun", 12),
];

/// The longest of them, in bytes.
const MAX_SCALE_BYTES: usize = 8;

/// Returns the number written as `text` (digits, `.` and `,`) with plain digits and a decimal point,
/// or `None` where the marks do not fit a number, as in `192.168.1.1`.
///
/// Zeros behind a decimal comma fall, so that `1.500.000,00` is `1.500.000`, but for three digits: `10,000` may be
/// ten thousand in English. Behind a decimal point they stay, for it also writes times of day: `07.00`.
pub(crate) fn normalise_number(text: &str) -> Option<String> {
    if !is_of_digits(text, &['.', ',']) {
        return None;
    }
    let (whole, decimals) = split_decimals(text)?;
    let mut number: String = whole.chars().filter(char::is_ascii_digit).collect();
    let falls = text.contains(',') && decimals.len() < 3;
    let decimals = if falls { decimals.trim_end_matches('0') } else { decimals };
    if !decimals.is_empty() {
        number.push('.');
        number.push_str(decimals);
    }
    Some(number)
}

/// Returns whether `text` begins with a digit and has only digits and `marks`.
pub(super) fn is_of_digits(text: &str, marks: &[char]) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || marks.contains(&c))
}

/// Returns the part before the decimal mark and the part after it; `None` where the marks do not fit a number.
///
/// `.` before three digits groups them and `,` before three digits is a decimal mark, as Indonesian has
/// it; English grouping is read where only it makes sense: `1,234.5`, `1,234,567`.
fn split_decimals(text: &str) -> Option<(&str, &str)> {
    let Some(last) = text.rfind(['.', ',']) else { return Some((text, "")) };
    if is_grouped(text, '.') || text.matches(',').count() > 1 && is_grouped(text, ',') {
        return Some((text, ""));
    }
    let (whole, decimals) = (&text[..last], &text[last + 1..]);
    let grouping = if text[last..].starts_with(',') { '.' } else { ',' };
    let is_number = whole.bytes().all(|b| b.is_ascii_digit()) || is_grouped(whole, grouping);
    is_number.then_some((whole, decimals))
}

/// Returns whether `mark`, and no other, cuts the digits of `text` into groups of three.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let is_first = |group: &str| (1..=3).contains(&group.len());
    let all_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    groups.next().is_some_and(|group| is_first(group) && all_digits(group))
        && groups.all(|group| group.len() == 3 && all_digits(group))
}

/// Returns the whole number that `number` is with so many more `zeros`: `1,5` with six is `1500000`.
pub(super) fn scaled(number: &str, zeros: usize) -> Option<String> {
    let number = normalise_number(number)?;
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
    let digits = format!("{whole}{decimals:0<zeros$}");
    let digits = digits.trim_start_matches('0');
    (decimals.len() <= zeros && !digits.is_empty()).then(|| digits.to_owned())
}

/// Returns how many zeros a scale stands for: six for `juta`.
pub(super) fn zeros(scale: &str) -> Option<usize> {
    SCALES.iter().find(|(known, _)| known.eq_ignore_ascii_case(scale)).map(|(_, zeros)| *zeros)
}

/// Returns how many zeros the scale stands for that a text begins with, behind white space.
pub(super) fn zeros_behind(text: &str) -> Option<usize> {
    let from_word = text.trim_start();
    let bounded = &from_word[..from_word.floor_char_boundary(MAX_SCALE_BYTES + 1)];
    let word = &bounded[..bounded.find(|c: char| !c.is_alphanumeric()).unwrap_or(bounded.len())];
    if from_word.len() < text.len() { zeros(word) } else { None }
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

/// The years a day may have: others are amounts more often (`2 Mei 1000 orang`).
const YEARS: RangeInclusive<i16> = 1500..=2199;

impl DayToken {
    /// Returns the day, or `None` where the calendar has no such day or the year is out of bounds.
    pub(crate) fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        YEARS.contains(&year).then_some(Self { year, month: date.month(), day: date.day() })
    }

    /// Returns the day written with `mark` between its parts, day first (`30/11/2025`, `8-1-26`, `30-Nov-2025`) or
    /// year first (`2025-11-30`); two-figure years are of this century up to 49, of the last one after. Between
    /// full stops stand versions as well (`1.2.26`), so a day has a full year there.
    pub(crate) fn parse(text: &str, mark: char) -> Option<Self> {
        let mut parts = text.split(mark);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
        if mark == '.' && year.len() != 4 {
            return None;
        }
        let month = figures(second).or_else(|| month(&second.to_ascii_lowercase()))?;
        Self::new(full_year(year)?, month, figures(day)?)
    }

    /// Returns the day of the month `day` where the rest of its date in words follows: ` November 2025`, with any
    /// white space between the words.
    pub(crate) fn in_words(day: &str, following: &str) -> Option<Self> {
        let following = following.trim_start();
        // Bounded: looking for the next blank from every number would be quadratic in a text without blanks.
        let bounded = &following[..following.floor_char_boundary(MAX_MONTH_BYTES + 1)];
        let name = &bounded[..bounded.find(|c: char| c.is_whitespace() || c == ',')?];
        let month = month(&name.trim_end_matches('.').to_ascii_lowercase())?;
        let rest = &following[name.len()..];
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        let year = rest.get(..4)?;
        let mut after = rest[4..].chars();
        let goes_on = match after.next() {
            Some('.' | ',') => after.next().is_some_and(|c| c.is_ascii_digit()),
            next => next.is_some_and(char::is_alphanumeric),
        };
        if goes_on {
            return None;
        }
        Self::new(full_year(year)?, month, figures(day)?)
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

/// Returns whether a token of the root field is that of a day.
pub(crate) fn is_day(token: &str) -> bool {
    // What every word is asked is decided by its length.
    token.len() == 10 && DayToken::parse(token, '-').is_some_and(|day| day.token() == token)
}

/// Returns the number that one or two figures give.
fn figures(text: &str) -> Option<u8> {
    let is_short = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_short)
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))?;
    match text.len() {
        4 => Some(year),
        2 => Some(with_century(year)),
        _ => None,
    }
}

/// The first two-figure year that is of the last century; those below are of this one.
const FIRST_OF_LAST_CENTURY: i16 = 40;

/// Returns the year that the two figures `year` (0 to 99) mean: 1940 to 2039.
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
        check("1,234,567", Some("1234567"));
        check("07.00", Some("07.00"));
    }

    #[test]
    fn zeros_behind_a_decimal_comma_fall() {
        check("1,50", Some("1.5"));
        check("1.500.000,00", Some("1500000"));
        check("0,05", Some("0.05"));
        check("10,000", Some("10.000"));
        check("1,234.50", Some("1234.5"));
    }

    #[test]
    fn versions_addresses_and_lists_are_no_numbers() {
        check("192.168.1.1", None);
        check("1.2.3", None);
        check("21,25,19", None);
        check("1.50.000", None);
        check("1.5,2.5", None);
        check("1.000,5,5", None);
    }

    #[test]
    fn a_scale_multiplies_its_number() {
        let whole = |number, scale| zeros(scale).and_then(|zeros| scaled(number, zeros));
        for (number, scale, expected) in [
            ("1,5", "juta", "1500000"),
            ("1.5", "JUTA", "1500000"),
            ("0,75", "miliar", "750000000"),
            ("1.500", "ribu", "1500000"),
            ("1,250", "triliun", "1250000000000"),
        ] {
            assert_eq!(whole(number, scale).as_deref(), Some(expected), "{number} {scale}");
        }
        for (number, scale) in [("1,5", "jutaan"), ("1,2345", "ribu"), ("0", "juta"), ("1.2.3", "juta"), ("5", "")] {
            assert_eq!(whole(number, scale), None, "{number} {scale}");
        }
    }

    #[test]
    fn a_scale_stands_apart_behind_its_number() {
        for following in [" juta", "\n\u{a0}Juta.", " jt-an"] {
            assert_eq!(zeros_behind(following), Some(6), "{following:?}");
        }
        for following in ["", " ", "juta", " jutaan", " juta2", ", juta", " triliyunan"] {
            assert_eq!(zeros_behind(following), None, "{following:?}");
        }
    }

    #[test]
    fn days_meet_however_they_are_written() {
        let token = |text: &str| {
            let mark = text.chars().find(|c| !c.is_alphanumeric()).unwrap();
            DayToken::parse(text, mark).map(DayToken::token)
        };
        for text in ["30/11/2025", "2025-11-30", "2025/11/30", "30.11.2025", "2025.11.30", "30-Nov-2025", "30/11/25"] {
            assert_eq!(token(text).as_deref(), Some("2025-11-30"), "{text}");
        }
        assert_eq!(token("31/12/39").as_deref(), Some("2039-12-31"));
        assert_eq!(token("17/8/45").as_deref(), Some("1945-08-17"));
        for text in ["31/2/2025", "17-21-2", "1/1/1000", "1.2.26", "+1/1/2025", "1-2", "1-2-3-4"] {
            assert_eq!(token(text), None, "{text}");
        }
        let tokens = DayToken::parse("30/11/2025", '/').map(DayToken::tokens);
        assert_eq!(tokens.as_deref(), Some("2025-11-30 november 2025"));
    }

    #[test]
    fn days_in_words_end_with_a_year() {
        let token = |day: &str, following: &str| DayToken::in_words(day, following).map(DayToken::token);
        for following in [" November 2025", "\u{a0}November\u{a0}2025,", "\n  Nop.  2025.", " NOVEMBER, 2025)"] {
            assert_eq!(token("30", following).as_deref(), Some("2025-11-30"), "{following:?}");
        }
        let far = " November".to_owned() + &" ".repeat(100) + "2025";
        assert_eq!(token("30", &far).as_deref(), Some("2025-11-30"));
        for end in [".000", "5"] {
            assert_eq!(token("30", &(far.clone() + end)), None, "the year goes on with {end:?}");
        }
        for following in ["", " November", " November 1000 orang", " November 2025.000", " November 20255", " jam 2025"]
        {
            assert_eq!(token("30", following), None, "{following:?}");
        }
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
