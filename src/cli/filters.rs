//! The options that narrow what is found.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ZonedDateTime};
use kliping::query::{Days, parse_days};
use kliping::search::{Filters, SearchRequest};

use super::exit::Failure;

#[derive(clap::Args)]
pub(super) struct FilterArguments {
    /// Only what was published on this day or later: 2026-01-31, "Januari 2026", kemarin, "7 hari"
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Only what was published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    /// Only what comes from this outlet or wire; several, also with commas between them, are alternatives
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = words)]
    source: Vec<String>,

    /// Only what has all this in its title: words, "phrases", awal*, -not, a OR b
    #[arg(long, value_name = "WORDS", value_parser = words)]
    title: Option<String>,

    /// Where days begin and end: WIB, WITA, WIT (or Asia/Jakarta, Asia/Makassar, Asia/Jayapura), UTC or +HH:MM
    #[arg(long, value_name = "ZONE", default_value = "WIB", value_parser = utc_offset, allow_hyphen_values = true)]
    timezone: Offset,
}

/// Reads the value of a filter, which must have a word: what an empty variable of a script leaves would let
/// everything through.
fn words(argument: &str) -> Result<String, String> {
    let has_word = argument.contains(char::is_alphanumeric);
    has_word.then(|| argument.to_owned()).ok_or_else(|| "it has no word; leave the option out to find all".to_owned())
}

/// The names of the options that choose articles without a query.
pub(super) const FILTERS: [&str; 4] = ["since", "until", "source", "title"];

impl FilterArguments {
    /// Returns a request with these options for any query.
    pub(super) fn request(&self) -> Result<SearchRequest, Failure> {
        let today = ZonedDateTime::new(Timestamp::now(), self.timezone.to_time_zone()).date();
        Ok(SearchRequest {
            filters: Filters {
                days: self.days(today)?,
                sources: self.source.clone(),
                title: self.title.clone(),
                not_story_of: None,
            },
            today: Some(today),
            utc_offset_seconds: self.timezone.seconds(),
            ..SearchRequest::new("")
        })
    }

    fn days(&self, today: Date) -> Result<Days, Failure> {
        let end = |opening: &str, option: &str, value: &Option<String>| match value {
            None => Ok(Days::default()),
            Some(value) => parse_days(&format!("{opening} {}", value.trim()), Some(today)).ok_or_else(|| {
                Failure::Usage(format!(
                    "`{option} {value}` is not a date; write it as 2026-01-31 or \"31 Januari 2026\""
                ))
            }),
        };
        let from = end("sejak", "--since", &self.since)?.from;
        let until = end("hingga", "--until", &self.until)?.until;
        match (from, until) {
            (Some(first), Some(last)) if first > last => Err(Failure::Usage(format!(
                "no day is between `--since` ({first}) and `--until` ({last}); the former has to be the earlier"
            ))),
            _ => Ok(Days { from, until }),
        }
    }
}

/// Reads a time zone without summer time, as Indonesia has it.
fn utc_offset(text: &str) -> Result<Offset, String> {
    let named = match text.to_ascii_uppercase().as_str() {
        "WIB" | "ASIA/JAKARTA" | "ASIA/PONTIANAK" => Some(7),
        "WITA" | "ASIA/MAKASSAR" | "ASIA/UJUNG_PANDANG" => Some(8),
        "WIT" | "ASIA/JAYAPURA" => Some(9),
        "UTC" | "GMT" | "Z" => Some(0),
        _ => None,
    };
    let parsed = || {
        let (sign, figures) = match text.strip_prefix('-') {
            Some(figures) => (-1, figures),
            None => (1, text.strip_prefix('+')?),
        };
        let (hours, minutes) = figures.split_once(':').unwrap_or((figures, "0"));
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let plausible = (0..=14).contains(&hours) && (0..60).contains(&minutes);
        plausible.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
    };
    let offset = named.map(Offset::constant).or_else(parsed);
    offset.ok_or_else(|| "not a zone; WIB, WITA, WIT, UTC or how far ahead of UTC it is: +07:00".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, seconds: Option<i32>) {
        assert_eq!(utc_offset(text).ok().map(Offset::seconds), seconds, "{text:?}");
    }

    #[test]
    fn zones_have_names_and_figures() {
        check("WIB", Some(25_200));
        check("wita", Some(28_800));
        check("Asia/Jakarta", Some(25_200));
        check("asia/ujung_pandang", Some(28_800));
        check("Asia/Jayapura", Some(32_400));
        check("Asia/Tokyo", None);
        check("+05:30", Some(19_800));
        check("-3", Some(-10_800));
        check("Jakarta", None);
        check("+99", None);
        check("", None);
    }
}
