//! Web archives: the pages among their records.
//!
//! The format is a few header lines, a length and that many bytes (ISO 28500); a `response` holds an
//! HTTP message.

use std::io::{self, BufRead, Read};

use super::stream::next_line;
use super::{SkipReason, markup};

/// A page of a web archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) url: Option<String>,
    pub(super) is_html: bool,
    pub(super) charset: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// The name under which the status in the first line of an answer is kept; no header has it.
const STATUS: &str = ":status";

/// Header lines by their name.
#[derive(Debug, Default)]
struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads lines up to a blank one; each is at most a few thousand bytes.
    fn read(reader: &mut impl BufRead) -> io::Result<Self> {
        const LONGEST_LINE: u64 = 64 << 10;
        const MOST_LINES: usize = 1000;
        let mut headers = Self::default();
        let mut line = Vec::new();
        for _ in 0..MOST_LINES {
            line.clear();
            reader.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                break;
            }
            if let Some((_, status)) = text.split_once(' ').filter(|(version, _)| version.starts_with("HTTP/")) {
                headers.0.push((STATUS.to_owned(), status.trim().to_owned()));
            } else if let Some((name, value)) = text.split_once(':') {
                headers.0.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Ok(headers)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What the next record is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// A page.
    Page(Page),
    /// Something of the archive's own: requests, metadata.
    Other,
    /// A page that cannot be read, or is none.
    Skipped(SkipReason),
}

/// Reads the next record of at most `max_bytes`; `None` at the end.
pub(super) fn next_record(reader: &mut impl BufRead, max_bytes: u64) -> io::Result<Option<Record>> {
    if !skip_blank_lines(reader)? {
        return Ok(None);
    }
    let headers = Headers::read(reader)?;
    let Some(length) = headers.get("Content-Length").and_then(|length| length.parse().ok()) else {
        skip_to_record(reader)?;
        let why = "a record without a length; what stands up to the next one is passed over".to_owned();
        return Ok(Some(Record::Skipped(SkipReason::BrokenRecord { why })));
    };
    let mut content = reader.take(length);
    let record = read_content(&headers, &mut content, max_bytes);
    let is_cut = content.limit() > 0 && io::copy(&mut content, &mut io::sink())? == 0 && content.limit() > 0;
    // Where it is compressed by itself, its checksum is only known to be right behind it.
    skip_blank_lines(reader)?;
    match record {
        Ok(Record::Page(_)) if is_cut => Ok(Some(Record::Skipped(SkipReason::cut_short()))),
        record => record.map(Some),
    }
}

/// Passes whatever comes before the headers of the next record, and the line that begins it.
fn skip_to_record(reader: &mut impl BufRead) -> io::Result<()> {
    const START: &[u8] = b"WARC/";
    let mut line = Vec::new();
    while next_line(reader, &mut line, START.len() as u64)? && !line.starts_with(START) {}
    Ok(())
}

fn skip_blank_lines(reader: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = reader.fill_buf()?;
        let Some(first) = buffer.first() else { return Ok(false) };
        if !first.is_ascii_whitespace() {
            return Ok(true);
        }
        reader.consume(1);
    }
}

fn read_content(headers: &Headers, content: &mut io::Take<&mut impl BufRead>, max_bytes: u64) -> io::Result<Record> {
    let kind = headers.get("WARC-Type").unwrap_or_default();
    if !matches!(kind, "response" | "resource" | "conversion") {
        return Ok(Record::Other);
    }
    let url = headers.get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    if kind == "response" && url.as_deref().is_some_and(|url| !url.starts_with("http")) {
        return Ok(Record::Other);
    }
    let http = if kind == "response" { Some(Headers::read(content)?) } else { None };
    if http.as_ref().is_some_and(|http| !http.get(STATUS).is_none_or(|status| status.starts_with('2'))) {
        return Ok(Record::Skipped(SkipReason::NoArticle("the server did not answer with a page")));
    }
    if content.limit() > max_bytes {
        return Ok(Record::Skipped(SkipReason::TooLarge { bytes: content.limit(), most: max_bytes }));
    }
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes)?;
    Ok(page(http.as_ref().unwrap_or(headers), url, bytes, max_bytes))
}

/// Returns the page that `bytes` are, described by `headers`.
fn page(headers: &Headers, url: Option<String>, bytes: Vec<u8>, max_bytes: u64) -> Record {
    let kind = headers.get("Content-Type").map(str::to_ascii_lowercase);
    let kind = kind.filter(|kind| !kind.is_empty()).unwrap_or_else(|| "text/html".to_owned());
    let is_html = kind.contains("html") || kind.starts_with("text/plain") && is_page(&bytes);
    if !is_html && ["json", "rss", "atom", "xml"].iter().any(|data| kind.contains(data)) && !kind.starts_with("image/")
    {
        let why = "a feed or data and no page; take it out of the archive to read it";
        return Record::Skipped(SkipReason::NoArticle(why));
    }
    if kind.contains("pdf") || kind.contains("msword") || kind.contains("officedocument") {
        return Record::Skipped(SkipReason::OtherKind("a document and no page"));
    }
    if !is_html && !kind.starts_with("text/plain") {
        return Record::Other;
    }
    let is_chunked = headers.get("Transfer-Encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let bytes = if is_chunked { unchunked(&bytes).unwrap_or(bytes) } else { bytes };
    let charset = kind.split_once("charset=").map(|(_, label)| label.trim_matches(['"', ' ', ';']).to_owned());
    match uncompressed(headers.get("Content-Encoding").unwrap_or_default(), bytes, max_bytes) {
        Ok(bytes) => Record::Page(Page { url, is_html, charset, bytes }),
        Err(reason) => Record::Skipped(reason),
    }
}

/// Whether `bytes` begin as a page does.
fn is_page(bytes: &[u8]) -> bool {
    markup::is_page(&String::from_utf8_lossy(&bytes[..bytes.len().min(100)]))
}

/// Joins the chunks of an HTTP body; `None` where it has none after all.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(bytes);
        }
        let chunk = rest.get(end + 1..end.checked_add(1)?.checked_add(size)?)?;
        bytes.extend_from_slice(chunk);
        rest = rest[end + 1 + size..].trim_ascii_start();
    }
}

fn uncompressed(coding: &str, bytes: Vec<u8>, max_bytes: u64) -> Result<Vec<u8>, SkipReason> {
    let mut reader: Box<dyn Read + '_> = match coding.to_ascii_lowercase().as_str() {
        "" | "identity" => return Ok(bytes),
        // Some archives keep the header and store the body unpacked.
        "gzip" | "x-gzip" if !bytes.starts_with(&[0x1F, 0x8B]) => return Ok(bytes),
        "gzip" | "x-gzip" => Box::new(flate2::read::MultiGzDecoder::new(bytes.as_slice())),
        "deflate" => Box::new(flate2::read::ZlibDecoder::new(bytes.as_slice())),
        "zstd" => Box::new(zstd::Decoder::new(bytes.as_slice()).map_err(|error| SkipReason::unreadable(&error))?),
        other => return Err(SkipReason::BrokenRecord { why: format!("compressed as `{other}`, which is not read") }),
    };
    let mut content = Vec::new();
    reader
        .by_ref()
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|error| SkipReason::unreadable(&error))?;
    let most = max_bytes;
    if content.len() as u64 > most {
        Err(SkipReason::TooLarge { bytes: content.len() as u64, most })
    } else {
        Ok(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content: &str) -> String {
        let length = content.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://contoh.id/1\r\nContent-Length: {length}\r\n\r\n{content}\r\n\r\n"
        )
    }

    fn read_all(mut archive: &[u8]) -> Vec<Record> {
        std::iter::from_fn(|| next_record(&mut archive, 1000).unwrap()).collect()
    }

    #[test]
    fn pages_are_told_from_the_rest() {
        let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin1\r\n\r\n<p>Isi";
        let image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
        let archive = record("warcinfo", "a: b") + &record("response", html) + &record("response", image);
        let page = Page {
            url: Some("https://contoh.id/1".to_owned()),
            is_html: true,
            charset: Some("latin1".to_owned()),
            bytes: b"<p>Isi".to_vec(),
        };
        assert_eq!(read_all(archive.as_bytes()), [Record::Other, Record::Page(page), Record::Other]);
        let feed = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss/>";
        assert!(matches!(read_all(record("response", feed).as_bytes()).as_slice(), [Record::Skipped(_)]));
    }

    #[test]
    fn pages_are_told_by_their_content_where_the_server_does_not_say() {
        for kind in ["Content-Type:\r\n", "", "Content-Type: text/plain\r\n"] {
            let answer = format!("HTTP/1.1 200 OK\r\n{kind}\r\n<html><p>Isi");
            let read = read_all(record("response", &answer).as_bytes());
            assert!(matches!(&read[..], [Record::Page(page)] if page.is_html), "{kind}: {read:?}");
        }
        let read =
            read_all(record("response", "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF").as_bytes());
        assert!(matches!(&read[..], [Record::Skipped(SkipReason::OtherKind(_))]), "{read:?}");
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunked(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").as_deref(), Some(b"abcde".as_slice()));
        assert_eq!(unchunked(b"<html>\n"), None);
        assert_eq!(unchunked(b"ffffffffffffffff\nabc"), None);
    }

    #[test]
    fn an_archive_that_is_cut_short_keeps_what_came_before() {
        let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Isi berita";
        let archive = record("response", html) + &record("response", html);
        let read = read_all(&archive.as_bytes()[..archive.len() - 12]);
        assert!(matches!(read.as_slice(), [Record::Page(_), Record::Skipped(_)]), "{read:?}");
    }

    #[test]
    fn a_record_whose_length_is_wrong_costs_its_neighbour_at_most() {
        let page = |n: usize| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Isi berita {n}");
        let good = |n: usize| record("response", &page(n));
        let n_bytes = format!("Content-Length: {}", page(2).len());
        for (length, expected) in
            [("", "pSp"), ("Content-Length: x", "pSp"), ("Content-Length: -5", "pSp"), ("Content-Length: 52", "ppSp")]
        {
            let archive = good(1) + &good(2).replace(&n_bytes, length) + &good(3);
            let kinds: String = read_all(archive.as_bytes())
                .iter()
                .map(|record| match record {
                    Record::Page(_) => 'p',
                    Record::Skipped(_) => 'S',
                    Record::Other => '-',
                })
                .collect();
            assert_eq!(kinds, expected, "{length:?}");
        }
        assert!(matches!(read_all(b"WARC/1.0\r\n\r\n").as_slice(), [Record::Skipped(_)]));
        let archive = good(1) + &good(2).replace(&n_bytes, "") + &good(3);
        for n_bytes in 1..200 {
            let mut reader = io::BufReader::with_capacity(n_bytes, archive.as_bytes());
            let read: Vec<_> = std::iter::from_fn(|| next_record(&mut reader, 1000).unwrap()).collect();
            assert!(
                matches!(read.as_slice(), [Record::Page(_), Record::Skipped(_), Record::Page(_)]),
                "{n_bytes}: {read:?}"
            );
        }
    }
}
