//! Times of day and their zones as Indonesian news writes them: `23.11 WIB`, `pukul 8 pagi`, `9:05 PM (GMT+7)`.

use jiff::civil::Time;

use super::cursor::Cursor;
use crate::article::ArticleDate;

/// What a clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// A time of day.
    At(Time),
    /// `24.00`, the end of the day that is named: no time of that day says so.
    EndOfDay,
}

impl Clock {
    fn new(hour: u16, minute: u16) -> Option<Self> {
        if (hour, minute) == (24, 0) {
            return Some(Self::EndOfDay);
        }
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok().map(Self::At)
    }

    /// Returns the time of day.
    pub(super) fn time(self) -> Option<Time> {
        match self {
            Self::At(time) => Some(time),
            Self::EndOfDay => None,
        }
    }
}

/// Reads the time after a date, with whatever usually stands between the two.
pub(super) fn clock_after_date(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let is_between =
        |c: char| c.is_whitespace() && c != '\n' || matches!(c, ',' | '-' | '–' | '—' | '|' | '@' | '·' | '/' | '(');
    if cursor.eat(&['T']).is_some() {
        return clock(cursor);
    }
    let skipped = cursor.skip(is_between);
    let is_announced = cursor.attempt(|c| c.word(5).filter(|word| is_clock_word(word))).is_some();
    cursor.skip(|c| c.is_whitespace() && c != '\n' || c == '.' || c == ':');
    match (is_announced, skipped) {
        (true, _) => cursor.attempt(clock).or_else(|| hour_alone(cursor)),
        (false, 0) => None,
        (false, _) => clock(cursor),
    }
}

fn is_clock_word(word: &str) -> bool {
    ["pukul", "pkl", "pk", "jam", "at"].iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Reads `23:11`, `23.11`, `10:00:59.123`, `9:05 PM`, `8.30 pagi`.
pub(super) fn clock(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let hour = cursor.number().filter(|number| number.n_digits <= 2)?;
    let separator = cursor.eat(&[':', '.'])?;
    let minute = cursor.number().filter(|number| number.n_digits == 2)?;
    cursor.attempt(|c| c.eat(&[separator]).and_then(|_| c.number()).filter(|number| number.n_digits == 2));
    cursor.attempt(|c| c.eat(&['.']).filter(|_| c.skip(|digit| digit.is_ascii_digit()) > 0));
    Clock::new(hour_of_day(cursor, hour.value), minute.value)
}

/// Reads the `8` of `pukul 8` and the `8 malam` of `jam 8 malam`.
fn hour_alone(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let hour = cursor.number().filter(|number| number.n_digits <= 2)?;
    let mut behind = cursor.rest().chars();
    let is_longer = behind.next().is_some_and(|mark| matches!(mark, ':' | '.' | ',' | '-'))
        && behind.next().is_some_and(|c| c.is_ascii_digit());
    if is_longer { None } else { Clock::new(hour_of_day(cursor, hour.value), 0) }
}

/// Returns `hour` as it counts from midnight, and passes the `AM`, `PM` or part of the day that decides it.
fn hour_of_day(cursor: &mut Cursor<'_>, hour: u16) -> u16 {
    let part = cursor.attempt(|c| {
        c.skip_spaces();
        DayPart::named(c.word(6)?)
    });
    part.map_or(hour, |part| part.hour(hour))
}

/// The part of a day that makes one hour of two.
#[derive(Clone, Copy)]
enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Night,
}

impl DayPart {
    fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "am" | "pagi" | "subuh" => Self::Morning,
            "siang" => Self::Noon,
            "pm" | "sore" | "petang" => Self::Afternoon,
            "malam" => Self::Night,
            _ => return None,
        })
    }

    /// Returns `hour` as it counts from midnight; one past 12 does so already.
    fn hour(self, hour: u16) -> u16 {
        match (self, hour) {
            (Self::Morning, 12) => 0,
            (Self::Noon, 1..=4) | (Self::Afternoon, 1..=11) | (Self::Night, 5..=12) => hour + 12,
            _ => hour,
        }
    }
}

/// Reads a time zone, and returns its distance from UTC in seconds.
pub(super) fn zone(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.skip_spaces();
    let open = cursor.eat(&['(']).is_some();
    let named = cursor.attempt(zone_name);
    let offset = match named {
        Some(0) => cursor.attempt(|cursor| {
            cursor.skip_spaces();
            zone_offset(cursor)
        }),
        Some(_) => None,
        None => cursor.attempt(zone_offset),
    };
    if offset.is_some() {
        cursor.attempt(zone_again);
    }
    if open {
        cursor.eat(&[')']);
    }
    offset.or(named)
}

/// Passes the name of a zone behind its distance from UTC: `+0700 WIB`, `+0700 (Western Indonesia Time)`.
fn zone_again(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip_spaces();
    if cursor.eat(&['(']).is_none() {
        return zone_name(cursor).map(|_| ());
    }
    cursor.skip(|c| c.is_alphabetic() || c == ' ');
    cursor.eat(&[')']).map(|_| ())
}

fn zone_name(cursor: &mut Cursor<'_>) -> Option<i32> {
    match cursor.word(4)? {
        "WIB" | "Wib" | "wib" => Some(ArticleDate::WIB),
        "WITA" | "Wita" | "wita" => Some(8 * 3600),
        "WIT" | "Wit" | "wit" => Some(9 * 3600),
        "GMT" | "UTC" | "Z" => Some(0),
        _ => None,
    }
}

/// `+07:00`, `+0700`, `+7`.
fn zone_offset(cursor: &mut Cursor<'_>) -> Option<i32> {
    let sign = if cursor.eat(&['+', '-'])? == '-' { -1 } else { 1 };
    let number = cursor.number()?;
    let (hours, minutes) = match number.n_digits {
        1 | 2 => (number.value, cursor.attempt(|c| c.eat(&[':']).and_then(|_| c.number())).map_or(0, |m| m.value)),
        _ => (number.value / 100, number.value % 100),
    };
    let is_plausible = hours <= 14 && minutes < 60;
    is_plausible.then(|| sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the time behind a date and what is left behind that; `24:00` is the end of the day.
    #[track_caller]
    fn check(text: &str, expected: &str, left: &str) {
        let mut cursor = Cursor::new(text, 0);
        let shown = match cursor.attempt(clock_after_date) {
            None => "none".to_owned(),
            Some(Clock::EndOfDay) => "24:00".to_owned(),
            Some(Clock::At(time)) => time.strftime("%H:%M").to_string(),
        };
        assert_eq!((shown.as_str(), cursor.rest()), (expected, left), "{text:?}");
    }

    #[test]
    fn a_clock_shows_hours_and_minutes() {
        check(", 23.11 WIB", "23:11", " WIB");
        check("T10:05:00.123+07:00", "10:05", "+07:00");
        check(" 9:05 PM (GMT+7)", "21:05", " (GMT+7)");
        check(" 23.11.", "23:11", ".");
        check(" 24:00 WIB", "24:00", " WIB");
        for none in [" 24:01", " 25:00", " 10", " 12.500 orang", "10:05"] {
            check(none, "none", none);
        }
    }

    #[test]
    fn an_hour_that_is_announced_needs_no_minutes() {
        check(" pukul 10", "10:00", "");
        check(", Pkl. 10 WIB", "10:00", " WIB");
        check(" jam 24.", "24:00", ".");
        for none in [" pukul 10.5", " jam 1.200", " pukul 10-11", " pukul 30", " jam tangan", " pukul"] {
            check(none, "none", none);
        }
    }

    #[test]
    fn the_part_of_the_day_makes_one_hour_of_two() {
        for (written, hour) in [
            ("8 pagi", "08:00"),
            ("12 siang", "12:00"),
            ("1 siang", "13:00"),
            ("11 siang", "11:00"),
            ("3 sore", "15:00"),
            ("6 petang", "18:00"),
            ("8 malam", "20:00"),
            ("20 malam", "20:00"),
            ("12 malam", "24:00"),
            ("1 malam", "01:00"),
            ("4 subuh", "04:00"),
            ("8.30 malam", "20:30"),
            ("12.05 am", "00:05"),
            ("12.05 PM", "12:05"),
        ] {
            check(&format!(" pukul {written}"), hour, "");
        }
    }

    #[test]
    fn zones() {
        for (text, hours, left) in [
            (" WIB", Some(7), ""),
            (" (WITA)", Some(8), ""),
            (" +0900 WIT", Some(9), ""),
            (" GMT+7.", Some(7), "."),
            (" (UTC +07:00)", Some(7), ""),
            (" UTC - 5 orang", Some(0), " - 5 orang"),
            ("Z", Some(0), ""),
            (" pagi", None, " pagi"),
        ] {
            let mut cursor = Cursor::new(text, 0);
            let found = cursor.attempt(zone);
            assert_eq!((found, cursor.rest()), (hours.map(|hours| hours * 3600), left), "{text:?}");
        }
    }
}
