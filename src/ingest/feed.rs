//! RSS and Atom: one article an entry.

use feed_rs::model::{Entry, Feed};
use feed_rs::parser::{Builder, ParseFeedError};

use super::SkipReason;
use super::feed_parts::{Part, Parts};

/// An entry as a record: names and values.
type Fields = Vec<(String, String)>;

/// Returns the fields of each entry of the feed that `bytes` are, in order. Of a feed that is cut short or
/// damaged, the entries that are whole are read, and in the place of the others stands why they are not; where
/// all are whole, that stands behind them.
///
/// # Errors
/// Returns [`SkipReason::BrokenRecord`] where it is no feed, or none of its entries is whole.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Result<Fields, SkipReason>>, SkipReason> {
    match parse(bytes) {
        Ok(feed) => Ok(records(feed).into_iter().map(Ok).collect()),
        Err(fault) => entries_one_by_one(bytes, &fault).ok_or(fault),
    }
}

fn parse(feed: &[u8]) -> Result<Feed, SkipReason> {
    // An id that the parser makes up is another one in each run.
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    parser.parse(feed).map_err(|error: ParseFeedError| SkipReason::BrokenRecord { why: error.to_string() })
}

fn records(feed: Feed) -> Vec<Fields> {
    let title = feed.title.map(|title| title.content);
    feed.entries.into_iter().map(|entry| fields(entry, title.as_deref())).collect()
}

/// Reads each entry of a feed by itself that is broken by `fault`; `None` where none can be read.
fn entries_one_by_one(feed: &[u8], fault: &SkipReason) -> Option<Vec<Result<Fields, SkipReason>>> {
    let parts = Parts::of(feed)?;
    let title = parse(&parts.without_entries()).ok().and_then(|head| head.title).map(|title| title.content);
    let read = |part: &Part| {
        if !part.is_whole {
            return Err(SkipReason::cut_short());
        }
        let entry = parse(&parts.alone(part))?.entries.pop().ok_or(SkipReason::Blank)?;
        Ok(fields(entry, title.as_deref()))
    };
    let mut entries: Vec<_> = parts.entries.iter().map(read).collect();
    if entries.iter().all(Result::is_ok) {
        entries.push(Err(fault.clone()));
    }
    entries.iter().any(Result::is_ok).then_some(entries)
}

/// Returns an entry as a record; the values may hold markup still.
fn fields(entry: Entry, feed_title: Option<&str>) -> Fields {
    let address = entry.links.first().map(|link| link.href.clone());
    let content = entry.content.and_then(|content| content.body);
    let summary = entry.summary.map(|summary| summary.content);
    // Seconds since 1970, because feeds count in UTC and days of news are Indonesian ones.
    let date = entry.published.or(entry.updated).map(|date| date.timestamp().to_string());
    let authors: Vec<String> = entry.authors.into_iter().filter_map(|author| author.name).collect();
    let values = [
        ("id", Some(entry.id).filter(|id| !id.is_empty())),
        ("title", entry.title.map(|title| title.content)),
        ("body", content.or(summary)),
        ("date", date),
        ("source", entry.source.or_else(|| feed_title.map(str::to_owned))),
        ("byline", Some(authors.join(", "))),
        ("url", address),
        ("categories", Some(entry.categories.into_iter().map(|category| category.term).collect::<Vec<_>>().join(", "))),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Contoh</title><item>
        <title>Harga Naik</title><link>https://contoh.id/1</link><guid isPermaLink="false">b-1</guid>
        <pubDate>Thu, 08 Jan 2026 23:11:00 +0700</pubDate><description>&lt;p&gt;Isi.&lt;/p&gt;</description></item>
        <item><title>Harga Turun</title><description>Isi lagi.</description></item></channel></rss>"#;

    fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
        fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Checks the titles of the entries of a feed, and its name as their source; `!` stands for one that cannot
    /// be read.
    #[track_caller]
    fn check(feed: &str, titles: &[&str]) {
        let entries = entries(feed.as_bytes()).unwrap();
        let title = |entry: &Result<Fields, SkipReason>| {
            entry
                .as_ref()
                .map_or("!".to_owned(), |fields| format!("{}: {}", field(fields, "source"), field(fields, "title")))
        };
        assert_eq!(entries.iter().map(title).collect::<Vec<_>>(), titles, "{feed}");
    }

    #[test]
    fn entries_become_records() {
        let entries = entries(FEED.as_bytes()).unwrap();
        let first = entries[0].as_ref().unwrap();
        assert_eq!(
            (field(first, "id"), field(first, "title"), field(first, "source")),
            ("b-1", "Harga Naik", "Contoh")
        );
        assert_eq!((field(first, "date"), field(first, "url")), ("1767888660", "https://contoh.id/1"));
        assert!(field(first, "body").contains("Isi."));
        assert!(!entries[1].as_ref().unwrap().iter().any(|(name, _)| name == "id"), "none is made up");
    }

    #[test]
    fn of_a_broken_feed_the_whole_entries_are_read() {
        let (naik, turun) = ("Contoh: Harga Naik", "Contoh: Harga Turun");
        check(FEED, &[naik, turun]);
        check(&FEED.replace("</channel></rss>", "<!--"), &[naik, turun, "!"]);
        check(&FEED[..FEED.len() - 40], &[naik, "!"]);
        check(&FEED.replace("<guid isPermaLink", "<x><guid isPermaLink"), &["!", turun]);
        check(&FEED.replacen("</item>", "", 1), &["!", turun]);
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Contoh</title><entry><title>Harga Naik</title>\
            <content type=\"xhtml\"><div>Isi.</div></content></entry><entry><title>Harga";
        check(atom, &[naik, "!"]);
    }

    #[test]
    fn what_is_no_feed_is_broken() {
        for text in ["<x/>", "<rss><channel>", "<x><item>a</item>", ""] {
            assert!(entries(text.as_bytes()).is_err(), "{text}");
        }
    }
}
