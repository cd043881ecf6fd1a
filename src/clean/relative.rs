//! Dates that count back from the day on which a page was fetched: `2 jam lalu`, `kemarin`.
//!
//! They say nothing by themselves, so they are read only where a record says when it was fetched. What is
//! less exact than a day (`2 bulan lalu`) is no date.

use jiff::{SignedDuration, ToSpan};

use super::declared_date::declared_date;
use crate::article::ArticleDate;

/// Names of fields that say when a page was fetched, in small letters and without anything but letters.
const FETCHED: [&str; 12] = [
    "accessedat",
    "crawldate",
    "crawledat",
    "crawltime",
    "downloadedat",
    "fetchdate",
    "fetchedat",
    "retrievedat",
    "scrapedat",
    "scrapedate",
    "tanggalcrawl",
    "warcdate",
];

/// Returns when the page was fetched, where one of `fields` says so.
pub(super) fn fetched(fields: &[(String, String)]) -> Option<ArticleDate> {
    let letters = |name: &str| -> String { name.chars().filter(char::is_ascii_alphabetic).collect() };
    let is_fetched = |name: &str| FETCHED.contains(&letters(name).to_ascii_lowercase().as_str());
    fields.iter().filter(|(name, _)| is_fetched(name)).find_map(|(_, value)| declared_date(value))
}

/// Returns the date that `text` means on a page fetched at `fetched`.
pub(super) fn relative_date(text: &str, fetched: ArticleDate) -> Option<ArticleDate> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    match text.as_str() {
        "hari ini" | "today" => return days_before(fetched, 0),
        "kemarin" | "yesterday" => return days_before(fetched, 1),
        "baru saja" | "just now" => return fetched.time.map(|_| fetched),
        _ => {}
    }
    let counted = ["yang lalu", "lalu", "ago"].iter().find_map(|end| text.strip_suffix(end))?;
    let (number, unit) = counted.trim_end().split_once(' ')?;
    let number: i64 = number.parse().ok().filter(|number| (0..1000).contains(number))?;
    match unit.trim() {
        "detik" | "second" | "seconds" => before(fetched, SignedDuration::from_secs(number)),
        "menit" | "minute" | "minutes" => before(fetched, SignedDuration::from_mins(number)),
        "jam" | "hour" | "hours" => before(fetched, SignedDuration::from_hours(number)),
        "hari" | "day" | "days" => days_before(fetched, number),
        "minggu" | "pekan" | "week" | "weeks" => days_before(fetched, 7 * number),
        _ => None,
    }
}

fn days_before(fetched: ArticleDate, days: i64) -> Option<ArticleDate> {
    let day = fetched.day.checked_sub(days.days()).ok()?;
    Some(ArticleDate { day, time: None, ..fetched })
}

/// Returns the time `span` before `fetched`, which has to have one itself.
fn before(fetched: ArticleDate, span: SignedDuration) -> Option<ArticleDate> {
    let then = fetched.day.to_datetime(fetched.time?).checked_sub(span).ok()?;
    let minute = then.time().with().second(0).build().ok()?;
    Some(ArticleDate { day: then.date(), time: Some(minute), ..fetched })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, fetched: &str, expected: Option<&str>) {
        let found = relative_date(text, declared_date(fetched).unwrap()).map(|date| date.to_string());
        assert_eq!(found.as_deref(), expected, "{text:?} on {fetched}");
    }

    #[test]
    fn dates_count_back_from_when_the_page_was_fetched() {
        let fetched = "2026-03-01T01:30+07:00";
        check("2 jam lalu", fetched, Some("2026-02-28T23:30+07:00"));
        check("45 menit yang lalu", fetched, Some("2026-03-01T00:45+07:00"));
        check("3 hours ago", fetched, Some("2026-02-28T22:30+07:00"));
        check("Kemarin", fetched, Some("2026-02-28"));
        check("2 pekan lalu", fetched, Some("2026-02-15"));
        check("baru saja", fetched, Some(fetched));
    }

    #[test]
    fn nothing_is_made_more_exact_than_it_is() {
        check("2 jam lalu", "2026-03-01", None);
        check("baru saja", "2026-03-01", None);
        check("2 bulan lalu", "2026-03-01T01:30+07:00", None);
        check("hari ini", "2026-03-01T01:30+07:00", Some("2026-03-01"));
        check("5000000 hari lalu", "2026-03-01", None);
        check("lalu", "2026-03-01", None);
    }

    #[test]
    fn a_field_says_when_a_page_was_fetched() {
        let fields = |name: &str, value: &str| vec![("seksi".to_owned(), "x".to_owned()), (name.into(), value.into())];
        let day = |name, value| fetched(&fields(name, value)).map(|date| date.to_string());
        assert_eq!(day("Crawled_At", "2026-03-01 01:30").as_deref(), Some("2026-03-01T01:30+07:00"));
        assert_eq!(day("WARC-Date", "2026-03-01T01:30:00Z").as_deref(), Some("2026-03-01T01:30+00:00"));
        assert_eq!(day("crawled_at", "soon"), None);
        assert_eq!(day("updated_at", "2026-03-01"), None);
    }
}
