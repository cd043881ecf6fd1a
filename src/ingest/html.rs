//! Pages: the main text, what the page declares of it, and whether there is an article at all.

use dom_smoothie::{Config, Readability, TextMode};

use super::SkipReason;
use super::fields::{Extracted, canonical_url, composed};
use super::repair::repair;
use crate::article::Declared;

/// The fewest characters of main text that make a page an article.
const FEWEST_CHARACTERS: usize = 140;
/// The largest number of elements that are looked at: a page has a few thousand.
const MOST_ELEMENTS: usize = 200_000;
/// The deepest nesting of a page: what is deeper is no page, and would exhaust the stack.
const DEEPEST: usize = 500;

/// Returns the article of the page `html`, which was fetched from `url` where that is known.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] for a page without one: a home page, a list, an error.
pub(super) fn article_of(html: &str, url: Option<&str>) -> Result<Extracted, SkipReason> {
    if nesting(html) > DEEPEST {
        return Err(SkipReason::NoArticle("its elements nest too deep"));
    }
    let mut page = readability(html).ok_or(SkipReason::NoArticle("its markup cannot be read"))?;
    let linked = attribute(&page, "link[rel=canonical]", "href");
    let address = linked.or_else(|| attribute(&page, "meta[property='og:url']", "content"));
    let address = address.as_deref().and_then(canonical_url).or_else(|| url.and_then(canonical_url));
    if address.as_deref().is_some_and(is_home) {
        return Err(SkipReason::NoArticle("it is the home page of a site"));
    }
    let is_declared = is_declared_article(&page);
    let article = page.parse().map_err(|_| SkipReason::NoArticle("no main text in it"))?;
    let body = repair(article.text_content.to_string());
    let is_readable = body.chars().filter(|c| !c.is_whitespace()).count() >= FEWEST_CHARACTERS;
    if !is_declared && (!is_readable || link_share(&article.content) > MOST_LINKED) {
        return Err(SkipReason::NoArticle("it is a list of links, or has no main text"));
    }
    let title = repair(article.title).split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, headline) = composed(&title, paragraphs(&body));
    let declared = Declared {
        title: headline,
        date: article.published_time,
        source: article.site_name.map(repair),
        byline: article.byline.map(repair),
        url: address.clone(),
        extra: Vec::new(),
        received: Vec::new(),
    };
    Ok(Extracted { own_id: address, text, declared })
}

fn readability(html: &str) -> Option<Readability> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    Readability::new(html, None, Some(config)).ok()
}

/// The largest share of an article's text that stands in links.
const MOST_LINKED: f64 = 0.5;

/// Returns the share of the text of `content` that stands in links.
fn link_share(content: &str) -> f64 {
    let Some(page) = readability(content) else { return 0.0 };
    let len = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let (linked, all) = (len(&page.doc.select("a").text()), len(&page.doc.text()));
    #[expect(clippy::cast_precision_loss, reason = "the lengths of texts are far below 2^52")]
    let share = linked as f64 / all.max(1) as f64;
    share
}

/// Returns whether a page says of itself that it is an article.
fn is_declared_article(page: &Readability) -> bool {
    let kind = attribute(page, "meta[property='og:type']", "content");
    let is_typed = || {
        let scripts = page.doc.select("script[type='application/ld+json']").text();
        ["NewsArticle\"", "\"Article\"", "ReportageNewsArticle\"", "BlogPosting\""]
            .iter()
            .any(|kind| scripts.contains(kind))
    };
    kind.is_some_and(|kind| kind == "article") || is_typed()
}

fn attribute(page: &Readability, selector: &str, name: &str) -> Option<String> {
    page.doc.select(selector).attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Whether `address` (in canonical form) is that of a site and no page of it.
fn is_home(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| !rest.contains(['/', '?']))
}

/// Returns how deep the elements of `html` nest at most, as far as their tags tell.
fn nesting(html: &str) -> usize {
    const NEVER_CLOSED: [&str; 14] =
        ["!", "?", "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "p", "li", "source"];
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let len = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
            depth += usize::from(!NEVER_CLOSED.iter().any(|name| name.eq_ignore_ascii_case(&tag[..len])));
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Returns `text` with one blank line at most between its lines.
fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}

/// Returns `text` without markup where it holds some: the text of a field may be a piece of a page.
///
/// A text without any comes back as it is.
pub(super) fn without_markup(text: String) -> String {
    if !may_hold_markup(&text) || nesting(&text) > DEEPEST {
        return text;
    }
    match readability(&text) {
        Some(page) => {
            page.doc.select("script, style").remove();
            repair(paragraphs(&page.doc.formatted_text()))
        }
        None => text,
    }
}

/// Whether `text` holds what looks like markup.
pub(super) fn may_hold_markup(text: &str) -> bool {
    const TAGS: [&str; 10] = ["<p", "</", "<br", "<div", "&lt;", "&amp;", "&quot;", "&#", "&nbsp;", "<img"];
    memchr::memchr2(b'<', b'&', text.as_bytes()).is_some() && TAGS.iter().any(|tag| text.contains(tag))
}

/// Returns the encoding that the beginning of a page declares in a `meta` element or in its XML
/// declaration.
pub(super) fn declared_charset(html: &[u8]) -> Option<String> {
    const HEAD_BYTES: usize = 2048;
    let head = String::from_utf8_lossy(&html[..html.len().min(HEAD_BYTES)]).to_ascii_lowercase();
    let at = ["charset=", "encoding="].iter().find_map(|name| Some(head.find(name)? + name.len()))?;
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let len = label.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    (len > 0).then(|| label[..len].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Harga Beras Naik - Contoh</title>
        <meta property="og:type" content="article"><meta property="og:title" content="Harga Beras Naik">
        <meta property="og:site_name" content="Contoh"><link rel="canonical" href="https://contoh.id/beras/">
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
        "headline":"Harga Beras Naik","datePublished":"2026-01-08T23:11:00+07:00","author":{"name":"Budi"}}</script>
        </head><body><nav><ul><li><a href="/">Beranda</a></li><li><a href="/x">Ekonomi</a></li></ul></nav>
        <article><h1>Harga Beras Naik</h1>
        <p>Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta pada hari Kamis.</p>
        <p>Menurut mereka, pasokan dari daerah berkurang karena hujan, sehingga harga di tingkat pengecer ikut naik.</p>
        <p>Pemerintah berjanji, antara lain, menambah pasokan, menjaga harga, dan membantu warga yang kesulitan.</p>
        </article><div class="comments"><p>Komentar: mahal sekali</p></div>
        <footer>Hak cipta Contoh</footer></body></html>"#;

    #[test]
    fn the_main_text_and_the_declarations_are_read() {
        let article = article_of(PAGE, None).unwrap();
        assert!(article.text.starts_with("Harga Beras Naik\n\n"), "{}", article.text);
        assert!(article.text.contains("pekan ini") && article.text.contains("membantu warga"), "{}", article.text);
        for noise in ["Beranda", "Komentar", "Hak cipta"] {
            assert!(!article.text.contains(noise), "{noise}: {}", article.text);
        }
        assert_eq!(article.own_id.as_deref(), Some("https://contoh.id/beras"));
        assert_eq!(article.declared.date.as_deref(), Some("2026-01-08T23:11:00+07:00"));
        assert_eq!(article.declared.source.as_deref(), Some("Contoh"));
        assert_eq!(article.declared.byline.as_deref(), Some("Budi"));
    }

    #[test]
    fn a_list_of_links_is_no_article() {
        let links = "<li><a href='/a'>Judul berita yang lain hari ini</a></li>".repeat(60);
        let page = format!("<html><head><title>Indeks</title></head><body><ul>{links}</ul></body></html>");
        assert!(matches!(article_of(&page, None), Err(SkipReason::NoArticle(_))));
        assert!(matches!(article_of(PAGE, Some("https://contoh.id")).map(|article| article.own_id), Ok(Some(_))));
        let home = PAGE.replace("https://contoh.id/beras/", "https://contoh.id/");
        assert!(matches!(article_of(&home, None), Err(SkipReason::NoArticle(_))));
        assert!(matches!(article_of("<html></html>", None), Err(SkipReason::NoArticle(_))));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = "<div>".repeat(100_000);
        assert!(matches!(article_of(&deep, None), Err(SkipReason::NoArticle(_))));
        assert_eq!(without_markup(deep.clone()), deep);
    }

    #[test]
    fn pieces_of_pages_become_text() {
        let text = without_markup("<p>Harga <b>beras</b> naik.</p><p>Rp&nbsp;5 &amp; seterusnya</p>".to_owned());
        assert_eq!(text, "Harga beras naik.\n\nRp 5 & seterusnya");
        assert_eq!(without_markup("a < b, tanpa tanda".to_owned()), "a < b, tanpa tanda");
    }

    #[test]
    fn the_declared_encoding_is_found() {
        let charset = |page: &str| declared_charset(page.as_bytes()).unwrap_or_default();
        assert_eq!(charset("<meta charset=\"iso-8859-1\">"), "iso-8859-1");
        assert_eq!(charset("<meta http-equiv=x content='text/html; charset=windows-1252'>"), "windows-1252");
        assert_eq!(charset("<?xml version='1.0' encoding='latin1'?>"), "latin1");
        assert_eq!(charset("<html>"), "");
    }
}
