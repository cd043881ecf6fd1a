//! Which format a file is in: told by its content first and its name second.

use super::SkipReason;
use super::decode::decode;
use super::front_matter::front_matter;
use super::role::{Role, known_role, normalised};

/// A format of articles. Compression and archives are not among them: they are always told by their
/// content and may hold any of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: one article a file.
    Text,
    /// Markdown, with or without front matter: one article a file.
    Markdown,
    /// A page: one article a file.
    Html,
    /// JSON: a record a line, or records in an array, or records one after the other.
    Json,
    /// Comma-separated values with a line of names; semicolons and bars separate too.
    Csv,
    /// Tab-separated values with a line of names.
    Tsv,
    /// RSS or Atom: an article an entry.
    Feed,
    /// A web archive: an article a page.
    Warc,
}

impl Format {
    /// The formats by the names that `--format` gives them.
    pub const NAMES: [(&str, Self); 8] = [
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("feed", Self::Feed),
        ("warc", Self::Warc),
    ];

    fn of_name(name: &str) -> Option<Self> {
        let extension = name.rsplit('/').next()?.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "" | "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "htm" | "html" | "xhtml" => Some(Self::Html),
            "json" | "jsonl" | "ndjson" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "rss" | "atom" => Some(Self::Feed),
            "warc" | "wet" => Some(Self::Warc),
            _ => None,
        }
    }
}

/// Whether a file that looks like nothing in particular is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// As text: somebody named the file.
    Read,
    /// Not at all: it was met in a folder or an archive.
    Skip,
}

/// Returns the format of a file that begins with `head`, after decompression, and is called `name`.
///
/// # Errors
/// Returns why it is not read where it has none.
pub(super) fn detect(head: &[u8], name: &str, unknown: Unknown) -> Result<Format, SkipReason> {
    let of_name = Format::of_name(without_compression(name));
    if let Some(format) = of_content(head, of_name) {
        return Ok(format);
    }
    if let Some(kind) = other_kind(head) {
        return Err(SkipReason::OtherKind(kind));
    }
    if is_other_markup(head) {
        return Err(SkipReason::UnknownKind);
    }
    of_name.or((unknown == Unknown::Read).then_some(Format::Text)).ok_or(SkipReason::UnknownKind)
}

/// Returns what a file that begins with `head` is where it looks like text and is none that a person wrote.
fn other_kind(head: &[u8]) -> Option<&'static str> {
    let names_mail = |line: &[u8]| line.get(..13).is_some_and(|name| name.eq_ignore_ascii_case(b"MIME-Version:"));
    let is_header = |line: &&[u8]| line.starts_with(b" ") || line.starts_with(b"\t") || line.contains(&b':');
    let mut headers = head.split(|byte| *byte == b'\n').take_while(is_header);
    match head {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("a PDF document"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("an RTF document"),
        _ => headers.any(names_mail).then_some("a mail or a page saved as MHTML"),
    }
}

/// Returns `name` without the endings that compression adds.
fn without_compression(name: &str) -> &str {
    let ending = [".gz", ".zst", ".xz", ".bz2"].iter().find_map(|ending| name.strip_suffix(ending));
    ending.unwrap_or(name)
}

fn of_content(head: &[u8], of_name: Option<Format>) -> Option<Format> {
    if head.starts_with(b"WARC/") {
        return Some(Format::Warc);
    }
    let text = decode(head, None).ok()?;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let start: String = text.chars().take(1024).flat_map(char::to_lowercase).collect();
    if start.starts_with('<') {
        return of_markup(&start);
    }
    match text.as_bytes() {
        [b'{', ..] if text[1..].trim_start().starts_with(['"', '}']) => Some(Format::Json),
        [b'[', ..] if text[1..].trim_start().starts_with('{') => Some(Format::Json),
        [b'-', b'-', b'-', ..] if front_matter(text).is_some() => Some(Format::Markdown),
        // Text that happens to hold commas is told from a table by its names alone.
        _ if of_name.is_none_or(|format| format == Format::Text) => table(text),
        _ => None,
    }
}

/// Whether `head` is XML that holds no articles: a site map, a picture. Whatever it is called, it is no text.
fn is_other_markup(head: &[u8]) -> bool {
    let Ok(text) = decode(head, None) else { return false };
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<?xml", "<urlset", "<sitemapindex", "<svg"].iter().any(|root| start.starts_with(root))
}

fn of_markup(start: &str) -> Option<Format> {
    let has = |tags: &[&str]| tags.iter().any(|tag| start.contains(tag));
    // XML may have elements with the names of those that a page has inside.
    if has(&["<!doctype html", "<html"]) || !start.starts_with("<?xml") && has(&["<head", "<body"]) {
        return Some(Format::Html);
    }
    has(&["<rss", "<feed", "<rdf:rdf"]).then_some(Format::Feed)
}

/// Returns the format of a table whose first line holds at least two known names, one of them of
/// the title or the text.
fn table(text: &str) -> Option<Format> {
    let names = text.lines().next()?;
    let format = if names.contains('\t') { Format::Tsv } else { Format::Csv };
    let names: Vec<&str> = names.split([',', ';', '\t', '|']).collect();
    if names.iter().any(|name| name.starts_with(' ')) {
        return None;
    }
    let names: Vec<String> = names.into_iter().map(normalised).collect();
    let known = |name: &String| known_role(name);
    let roles: Vec<Role> = names.iter().filter_map(known).collect();
    let has_text = roles.iter().any(|role| matches!(role, Role::Title | Role::Body));
    (has_text && roles.len() >= 2 && roles.len() * 3 >= names.len()).then_some(format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, name: &str, format: Option<Format>) {
        assert_eq!(detect(head.as_bytes(), name, Unknown::Skip).ok(), format, "{head:?} in {name}");
    }

    #[test]
    fn content_decides_first() {
        check("<!DOCTYPE html><html>", "a.txt", Some(Format::Html));
        check("\u{feff}<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", "a.xml", Some(Format::Feed));
        check("{\"judul\": 1}\n", "a.log", Some(Format::Json));
        check("[\n {\"judul\": 1}]", "a", Some(Format::Json));
        check("judul;isi;tanggal\n", "a.dat", Some(Format::Csv));
        check("WARC/1.0\r\n", "a", Some(Format::Warc));
        check("<body><p>x", "a.txt", Some(Format::Html));
        check("<?xml version='1.0'?><berita><item><body>x", "a.xml", None);
        check("---\ntitle: Harga\n---\nIsi.", "a.txt", Some(Format::Markdown));
        check("<?xml version=\"1.0\"?><urlset><url>", "a.txt", None);
    }

    #[test]
    fn names_decide_second() {
        check("Harga naik.", "a.md", Some(Format::Markdown));
        check("Text,True_Label", "a.csv.gz", Some(Format::Csv));
        check("Harga naik.", "dir.d/tanpa_akhiran", Some(Format::Text));
        check("Harga naik.", "a.png", None);
        assert_eq!(detect(b"Harga naik.", "a.dat", Unknown::Read), Ok(Format::Text));
        let site_map = detect(b"<?xml version='1.0'?><urlset/>", "sitemap.xml", Unknown::Read);
        assert_eq!(site_map, Err(SkipReason::UnknownKind));
    }

    #[test]
    fn documents_of_other_kinds_are_named() {
        for head in ["%PDF-1.4\n", "{\\rtf1 x", "From: <a>\r\nSubject: b\r\n c\r\nMIME-Version: 1.0\r\n\r\nisi"] {
            let read = detect(head.as_bytes(), "a.txt", Unknown::Read);
            assert!(matches!(read, Err(SkipReason::OtherKind(_))), "{head}: {read:?}");
        }
        check("Tentang surel: contoh\n\nMIME-Version: 1.0 adalah", "a.txt", Some(Format::Text));
    }

    #[test]
    fn text_stays_text() {
        for text in ["[Video] Harga naik", "{tanpa kutip}", "Judul, isi, dan lain-lain yang panjang\n", "<3 Indonesia"]
        {
            check(text, "a.txt", Some(Format::Text));
        }
    }
}
