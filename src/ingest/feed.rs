//! RSS and Atom: one article an entry.

use feed_rs::model::{Entry, Feed, Link};
use feed_rs::parser::{Builder, ParseFeedError};

use super::decode::decode;
use super::feed_parts::{MARKED, Part, Parts};
use super::feed_repair::repaired;
use super::{SkipReason, markup};

/// An entry as a record: names and values.
type Fields = Vec<(String, String)>;

/// Returns the fields of each entry of the feed that `bytes` are, in order. Of a feed that is cut short or
/// damaged, the entries that are whole are read, and in the place of the others stands why they are not; where
/// all are whole, that stands behind them.
///
/// # Errors
/// Returns [`SkipReason::BrokenRecord`] where it is no feed, or none of its entries is whole.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Result<Fields, SkipReason>>, SkipReason> {
    let feed = decoded(bytes)?;
    let parts = Parts::of(&feed);
    match parse(&feed) {
        Ok(feed) => Ok(records(feed, parts.as_ref())),
        Err(fault) => parts.and_then(|parts| entries_one_by_one(&parts, &fault)).ok_or(fault),
    }
}

/// Returns the text of a feed, whatever it says of its encoding, without saying so: the parser would believe it.
fn decoded(bytes: &[u8]) -> Result<String, SkipReason> {
    let mut text = decode(bytes, markup::declared_charset(bytes).as_deref())?;
    let declared = text.find("<?xml").filter(|at| text[..*at].trim().is_empty());
    let end = declared.and_then(|at| text[at..].find("?>").map(|len| at + len + "?>".len()));
    text.drain(..end.unwrap_or(0));
    text.retain(|c| c != '\0');
    Ok(text)
}

fn parse(feed: &str) -> Result<Feed, SkipReason> {
    // An id that the parser makes up is another one in each run.
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    parser.parse(feed.as_bytes()).map_err(|error: ParseFeedError| SkipReason::BrokenRecord { why: error.to_string() })
}

fn records(feed: Feed, parts: Option<&Parts<'_>>) -> Vec<Result<Fields, SkipReason>> {
    let title = feed.title.map(|title| title.content);
    let parts = parts.filter(|parts| parts.entries.len() == feed.entries.len());
    let part = |at: usize| parts.map(|parts| &parts.entries[at]);
    feed.entries.into_iter().enumerate().map(|(at, entry)| record(entry, title.as_deref(), part(at))).collect()
}

/// Returns an entry as a record.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] for what a blog exports beside its published posts.
fn record(entry: Entry, feed_title: Option<&str>, part: Option<&Part<'_>>) -> Result<Fields, SkipReason> {
    if is_published_post(&entry, part) {
        Ok(fields(entry, feed_title, part))
    } else {
        Err(SkipReason::NoArticle("it is a draft, a setting or a comment, and no published post"))
    }
}

/// Whether an entry is a post, and not what `WordPress` and Blogger export beside those: drafts, attachments, settings,
/// comments.
fn is_published_post(entry: &Entry, part: Option<&Part<'_>>) -> bool {
    const KIND: &str = "http://schemas.google.com/blogger/2008/kind#";
    let text = |name| part.and_then(|part| part.text_in(&[name])).map(without_marks);
    let kind = entry.categories.iter().find_map(|category| category.term.strip_prefix(KIND));
    text("wp:status").is_none_or(|status| status == "publish")
        && text("wp:post_type").is_none_or(|kind| !matches!(kind, "attachment" | "nav_menu_item" | "revision"))
        && text("app:draft").is_none_or(|draft| draft != "yes")
        && kind.is_none_or(|kind| matches!(kind, "post" | "page"))
}

/// Reads each entry of a feed by itself that is broken by `fault`; `None` where none can be read.
fn entries_one_by_one(parts: &Parts<'_>, fault: &SkipReason) -> Option<Vec<Result<Fields, SkipReason>>> {
    let mut is_repaired = false;
    let mut parse_piece = |piece: &str, whole: &dyn Fn(&str) -> String| {
        parse(&whole(piece)).or_else(|fault| {
            let feed = parse(&whole(&repaired(piece))).map_err(|_| fault)?;
            is_repaired = true;
            Ok(feed)
        })
    };
    let head = parse_piece(&parts.without_entries(), &str::to_owned).ok();
    let title = head.and_then(|head| head.title).map(|title| title.content);
    let mut read = |part: &Part<'_>| {
        if !part.is_whole {
            return Err(SkipReason::cut_short());
        }
        let entry = parse_piece(part.text, &|text| parts.alone(text))?.entries.pop().ok_or(SkipReason::Blank)?;
        record(entry, title.as_deref(), Some(part))
    };
    let mut entries: Vec<_> = parts.entries.iter().map(&mut read).collect();
    if !is_repaired && entries.iter().all(Result::is_ok) {
        entries.push(Err(fault.clone()));
    }
    entries.iter().any(Result::is_ok).then_some(entries)
}

/// Returns an entry as a record; the values may hold markup still.
fn fields(entry: Entry, feed_title: Option<&str>, part: Option<&Part<'_>>) -> Fields {
    let written = part.and_then(|part| part.text_in(&DATES)).map(without_marks);
    let is_page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let address = entry.links.iter().find(is_page).or(entry.links.first()).map(|link| link.href.clone());
    let named = part.and_then(|part| part.text_in(&["source"])).map(without_marks);
    let named = named.filter(|name| !name.is_empty() && !name.contains('<')).map(str::to_owned);
    let content = entry.content.and_then(|content| content.body);
    let summary = entry.summary.map(|summary| summary.content);
    // Seconds since 1970, because feeds count in UTC and days of news are Indonesian ones. What the parser does
    // not know is read as other fields are.
    let counted = entry.published.or(entry.updated).map(|date| date.timestamp().to_string());
    let date = written.filter(|date| counted.is_none() || names_indonesian_zone(date)).map(str::to_owned).or(counted);
    let authors: Vec<String> = entry.authors.into_iter().filter_map(|author| author.name).collect();
    let values = [
        ("id", Some(entry.id).filter(|id| !id.is_empty())),
        ("title", entry.title.map(|title| title.content)),
        ("body", content.or(summary)),
        ("date", date),
        ("source", named.or(entry.source).or_else(|| feed_title.map(str::to_owned))),
        ("byline", Some(authors.join(", "))),
        ("url", address),
        ("categories", Some(entry.categories.into_iter().map(|category| category.term).collect::<Vec<_>>().join(", "))),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The elements that hold the date of an entry, the most telling first.
const DATES: [&str; 6] = ["pubDate", "published", "dc:date", "date", "updated", "dcterms:created"];

/// Returns the text of an element without the marks of a marked section.
fn without_marks(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix(MARKED).and_then(|text| text.strip_suffix("]]>")).unwrap_or(text).trim()
}

/// Whether `date` ends in a zone that the parser takes for UTC.
fn names_indonesian_zone(date: &str) -> bool {
    ["WIB", "WITA", "WIT"].iter().any(|zone| date.to_ascii_uppercase().ends_with(zone))
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
    fn the_outlet_and_the_address_of_an_entry_are_its_own() {
        let feed = FEED.replacen("</item>", "<source url='https://x.id'>Kompas.com</source></item>", 1);
        let entries = entries(feed.as_bytes()).unwrap();
        let outlets: Vec<_> = entries.iter().flatten().map(|entry| field(entry, "source")).collect();
        assert_eq!(outlets, ["Kompas.com", "Contoh"]);
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><title>A</title>\
            <link rel='replies' href='https://x.id/1/komentar'/><link rel='alternate' href='https://x.id/1'/></entry></feed>";
        let entries = super::entries(atom.as_bytes()).unwrap();
        assert_eq!(field(entries[0].as_ref().unwrap(), "url"), "https://x.id/1");
    }

    #[test]
    fn what_is_no_published_post_is_passed_over() {
        let rss = |part: &str| FEED.replacen("</item>", &format!("{part}</item>"), 1);
        let rss = |part: &str| rss(part).replace("<rss ", "<rss xmlns:wp='http://wordpress.org/export/1.2/' ");
        let kind = |kind: &str| {
            let term = format!("http://schemas.google.com/blogger/2008/kind#{kind}");
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><category term='{term}'/></entry></feed>"
            )
        };
        for (feed, is_post) in [
            (rss("<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"), true),
            (rss("<wp:status><![CDATA[draft]]></wp:status><wp:post_type>post</wp:post_type>"), false),
            (rss("<wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type>"), false),
            (kind("post"), true),
            (kind("template"), false),
        ] {
            let entries = entries(feed.as_bytes()).unwrap();
            assert_eq!(entries[0].is_ok(), is_post, "{feed}");
        }
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
    fn entries_with_the_marks_of_pages_are_read() {
        let (naik, turun) = ("Contoh: Harga Naik", "Contoh: Harga Turun");
        check(&FEED.replace("Isi lagi.", "Isi<br>lagi & lagi&nbsp;."), &[naik, turun]);
        check(&FEED.replace("contoh.id/1", "contoh.id/?a=1&b=2"), &[naik, turun]);
        check(
            &FEED.replacen("Contoh", "Contoh & Kawan", 1),
            &["Contoh & Kawan: Harga Naik", "Contoh & Kawan: Harga Turun"],
        );
        let read = entries(FEED.replace("Isi lagi.", "Isi<br>lagi").as_bytes()).unwrap();
        assert_eq!(field(read[1].as_ref().unwrap(), "body"), "Isi<br>lagi");
    }

    #[test]
    fn feeds_of_every_encoding_are_read() {
        let feed = |label: &str| FEED.replace("?>", &format!(" encoding=\"{label}\"?>")).replace("Naik", "Naik “x”");
        let wide =
            |label: &str, bytes: fn(u16) -> [u8; 2]| feed(label).encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        let marked = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
        let narrow = |label: &str| encoding_rs::WINDOWS_1252.encode(&feed(label)).0.into_owned();
        for bytes in [
            feed("UTF-8").into_bytes(),
            feed("UTF-16").into_bytes(),
            feed("ISO-8859-1").into_bytes(),
            wide("UTF-16", u16::to_be_bytes),
            wide("UTF-16", u16::to_le_bytes),
            marked(b"\xFE\xFF", wide("UTF-16", u16::to_be_bytes)),
            marked(b"\xFF\xFE", wide("UTF-8", u16::to_le_bytes)),
            narrow("UTF-8"),
            narrow("UTF-16"),
            narrow("windows-1252"),
        ] {
            let read = entries(&bytes).unwrap();
            let titles: Vec<_> = read.iter().map(|entry| field(entry.as_ref().unwrap(), "title")).collect();
            assert_eq!(titles, ["Harga Naik “x”", "Harga Turun"], "{bytes:x?}");
        }
    }

    #[test]
    fn a_date_that_the_parser_does_not_know_is_handed_on_as_it_is() {
        for (written, expected) in [
            ("Sen, 03 Feb 2025 08:15:00 WIB", "Sen, 03 Feb 2025 08:15:00 WIB"),
            ("<![CDATA[ 3 Februari 2025 ]]>", "3 Februari 2025"),
            ("Mon, 03 Feb 2025 08:15:00 WITA", "Mon, 03 Feb 2025 08:15:00 WITA"),
            ("Mon, 03 Feb 2025 08:15:00 GMT", "1738570500"),
        ] {
            let read = entries(FEED.replace("Thu, 08 Jan 2026 23:11:00 +0700", written).as_bytes()).unwrap();
            assert_eq!(field(read[0].as_ref().unwrap(), "date"), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_feed_is_broken() {
        for text in ["<x/>", "<rss><channel>", "<x><item>a</item>", ""] {
            assert!(entries(text.as_bytes()).is_err(), "{text}");
        }
    }
}
