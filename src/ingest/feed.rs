//! RSS and Atom: one article an entry.

use feed_rs::model::Entry;

use super::SkipReason;

/// Returns the fields of each entry of the feed that `bytes` are.
///
/// # Errors
/// Returns [`SkipReason::BrokenRecord`] where it is no feed.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Vec<(String, String)>>, SkipReason> {
    let broken = |error: feed_rs::parser::ParseFeedError| SkipReason::BrokenRecord { why: error.to_string() };
    let feed = feed_rs::parser::parse(bytes).map_err(broken)?;
    let title = feed.title.map(|title| title.content);
    Ok(feed.entries.into_iter().map(|entry| fields(entry, title.as_deref())).collect())
}

/// Returns an entry as a record; the values may hold markup still.
fn fields(entry: Entry, feed_title: Option<&str>) -> Vec<(String, String)> {
    let address = entry.links.first().map(|link| link.href.clone());
    let content = entry.content.and_then(|content| content.body);
    let summary = entry.summary.map(|summary| summary.content);
    // Seconds since 1970, because feeds count in UTC and days of news are Indonesian ones.
    let date = entry.published.or(entry.updated).map(|date| date.timestamp().to_string());
    let authors: Vec<String> = entry.authors.into_iter().filter_map(|author| author.name).collect();
    let values = [
        ("id", Some(entry.id)),
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

    #[test]
    fn entries_become_records() {
        let rss = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Contoh</title><item>
            <title>Harga Naik</title><link>https://contoh.id/1</link><guid isPermaLink="false">b-1</guid>
            <pubDate>Thu, 08 Jan 2026 23:11:00 +0700</pubDate><description>&lt;p&gt;Isi.&lt;/p&gt;</description>
            </item></channel></rss>"#;
        let entries = entries(rss.as_bytes()).unwrap();
        let field = |name: &str| entries[0].iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        assert_eq!((field("id"), field("title"), field("source")), ("b-1", "Harga Naik", "Contoh"));
        assert_eq!((field("date"), field("url")), ("1767888660", "https://contoh.id/1"));
        assert!(field("body").contains("Isi."));
    }

    #[test]
    fn what_is_no_feed_is_broken() {
        assert!(
            matches!(entries(b"<rss><channel>"), Ok(entries) if entries.is_empty())
                || entries(b"<rss><channel>").is_err()
        );
        assert!(entries(b"<x/>").is_err());
    }
}
