//! What was recovered from an article: its title, date, outlet and the like.

use std::fmt;
use std::ops::Range;

use jiff::civil;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::Shift;

/// What was recovered from the text of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The headline.
    pub title: Title,
    /// When it was published.
    pub date: Option<Found<ArticleDate>>,
    /// The outlet or wire it comes from, as written.
    pub source: Option<Found<String>>,
    /// The site it was published on, where that is not the source.
    pub site: Option<Found<String>>,
    /// Every outlet or wire the text credits (`Dilansir dari Reuters`), each once, in order.
    pub credits: Vec<Found<String>>,
    /// Who wrote it, as written.
    pub byline: Option<Found<String>>,
    /// The place of the dateline, capitalised (`Beijing`).
    pub place: Option<Found<String>>,
    /// Where it was published, where its record or page says so.
    pub url: Option<String>,
    /// What else its record or page says, as name and value.
    pub extra: Vec<(String, String)>,
    /// Where the body stood in what was received; see [`Declared::received`](super::Declared::received).
    pub received: Vec<Shift>,
}

/// The headline of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The bytes of the headline; empty only where the text is blank.
    pub range: Range<usize>,
    /// Whether the text has a headline at all.
    pub origin: TitleOrigin,
}

impl Title {
    /// Returns how sure it is that these bytes are the headline.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        match self.origin {
            TitleOrigin::Declared => Confidence::Declared,
            TitleOrigin::Text => Confidence::Certain,
            TitleOrigin::Derived => Confidence::Likely,
        }
    }
}

/// Where a title comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleOrigin {
    /// Its record or page declares a headline.
    Declared,
    /// The text has a headline.
    Text,
    /// The text has none; its first sentence stands in, and stays part of the body.
    Derived,
}

/// A value and where it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The bytes of the text that say so; `None` for what the record or page of the article
    /// declares or its address tells.
    pub range: Option<Range<usize>>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// How sure what is known of an article is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Its record or page declares it.
    Declared,
    /// The text states it at a place made for it, such as a dateline or a credit, in a form that leaves
    /// no choice.
    Certain,
    /// The text gives it away: by a day of reporting, a name that no list knows, the first sentence in
    /// the place of a headline.
    Likely,
}

impl<T> Found<T> {
    /// Returns a value that a record or page declares.
    #[must_use]
    pub fn declared(value: T) -> Self {
        Self { value, range: None, confidence: Confidence::Declared }
    }

    /// Returns whether the record or page of the article declares the value.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        self.confidence == Confidence::Declared
    }
}

/// A date of publication, as precise as the text states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleDate {
    /// The day.
    pub day: civil::Date,
    /// Hour and minute, where the text gives them.
    pub time: Option<civil::Time>,
    /// The distance from UTC in seconds; 25,200 (WIB) where the text states no zone.
    pub utc_offset_seconds: i32,
}

impl ArticleDate {
    /// Seconds that Western Indonesian Time (WIB) is ahead of UTC.
    pub const WIB: i32 = 7 * 3600;

    /// Returns the day alone, in WIB.
    #[must_use]
    pub fn day(day: civil::Date) -> Self {
        Self { day, time: None, utc_offset_seconds: Self::WIB }
    }

    /// Returns the seconds since 1970-01-01 00:00 UTC; a day without a time counts from its
    /// midnight.
    #[must_use]
    pub fn timestamp(&self) -> i64 {
        let local = self.day.to_datetime(self.time.unwrap_or_else(civil::Time::midnight));
        let since_epoch = local.duration_since(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
        since_epoch.as_secs() - i64::from(self.utc_offset_seconds)
    }
}

/// Writes ISO 8601, as precise as the date is: `2026-03-02` or `2026-01-08T23:11+07:00`.
impl fmt::Display for ArticleDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        let minutes = self.utc_offset_seconds / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

impl ArticleDate {
    /// Returns the name of the time zone in Indonesia (`WIB`, `WITA`, `WIT`), or the distance from
    /// UTC elsewhere.
    #[must_use]
    pub fn zone(&self) -> String {
        match self.utc_offset_seconds {
            Self::WIB => "WIB".to_owned(),
            28_800 => "WITA".to_owned(),
            32_400 => "WIT".to_owned(),
            _ => Offset::from_seconds(self.utc_offset_seconds).map_or_else(|_| "UTC".to_owned(), |o| o.to_string()),
        }
    }
}
