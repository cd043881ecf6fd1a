//! Text in markup: pieces of pages in fields and files, and the text of an element.

use std::borrow::Cow;

use dom_smoothie::{Config, Readability, TextMode};

use super::SkipReason;
use super::repair::repair;
use super::shortcodes::without_shortcodes;
use super::tree::tree_of;

/// The largest number of elements that are looked at: a page has a few thousand.
const MOST_ELEMENTS: usize = 200_000;

/// Returns `text` without markup where it holds some: the text of a field may be a piece of a page.
///
/// A text without any comes back as it is.
pub(super) fn without_markup(text: String) -> String {
    if !may_hold_markup(&text) {
        return text;
    }
    let text = without_shortcodes(&text).unwrap_or(text);
    match readability(&with_breaks(&text)) {
        Ok(page) => {
            page.doc.select("script, style").remove();
            repair(text_of(&page, "html"))
        }
        Err(_) => text,
    }
}

/// Returns `text` with a `<br>` at each line end, where line ends stand for paragraphs and not for blanks: most of
/// its paragraphs stand in no element.
fn with_breaks(text: &str) -> Cow<'_, str> {
    let n_blocks = n_blocks(text);
    let n_outside = text.split("\n\n").filter(|part| !part.trim().is_empty() && self::n_blocks(part) == 0).count();
    if n_blocks > 0 && n_outside <= n_blocks {
        return Cow::Borrowed(text);
    }
    let (mut broken, mut in_tag) = (String::with_capacity(text.len()), false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let opens = |next: &char| next.is_ascii_alphabetic() || matches!(next, '/' | '!');
        in_tag = c != '>' && (in_tag || c == '<' && characters.peek().is_some_and(opens));
        if c == '\n' && !in_tag {
            broken.push_str("<br>");
        }
        broken.push(c);
    }
    Cow::Owned(broken)
}

/// Returns how many elements in `text` begin that stand in lines of their own.
fn n_blocks(text: &str) -> usize {
    const NAMES: [&str; 18] = [
        "p",
        "br",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "tr",
        "td",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "section",
        "article",
        "figure",
        "table",
    ];
    let is_block = |at: usize| {
        let tag = &text[at + 1..];
        let len = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        NAMES.iter().any(|name| name.eq_ignore_ascii_case(&tag[..len]))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).filter(|at| is_block(*at)).count()
}

/// Reads `html`.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] where its elements nest too deep.
pub(super) fn readability(html: &str) -> Result<Readability, SkipReason> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let tree = tree_of(html).ok_or(SkipReason::NoArticle("its elements nest too deep"))?;
    Readability::with_document(tree, None, Some(config)).map_err(|error| SkipReason::unreadable(&error))
}

/// Elements that stand in lines of their own, beside those that the library takes for such.
const LINES: &str = "address, aside, caption, center, dd, details, dialog, dt, fieldset, figcaption, figure, footer, \
    form, header, hgroup, legend, main, nav, option, summary";

/// Returns the text of the first element in `page` that `selector` finds, its lines one blank line apart. The page is
/// of no other use then.
pub(super) fn text_of(page: &Readability, selector: &str) -> String {
    page.doc.select(LINES).rename("div");
    page.doc.select(selector).nodes().first().map(|element| paragraphs(&element.formatted_text())).unwrap_or_default()
}

/// Returns `text` with one blank line at most between its lines.
pub(super) fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}

/// Whether `text` is a whole page.
pub(super) fn is_page(text: &str) -> bool {
    let start = text.trim_start();
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    begins("<!doctype html") || begins("<html")
}

/// Whether `text` is a piece of a page: it begins with an element that holds text, and closes one.
pub(super) fn is_piece(text: &str) -> bool {
    const TAGS: [&str; 14] = [
        "<p", "<div", "<h1", "<h2", "<h3", "<article", "<section", "<main", "<span", "<b", "<strong", "<table",
        "<center", "<br",
    ];
    let start = text.trim_start();
    let begins = |tag: &str| {
        let is_named = start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        is_named && start[tag.len()..].starts_with(['>', ' ', '/', '\n'])
    };
    TAGS.iter().any(|tag| begins(tag)) && (text.contains("</") || start.starts_with("<br"))
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

    #[test]
    fn pieces_of_pages_become_text() {
        let text = without_markup("<p>Harga <b>beras</b> naik.</p><p>Rp&nbsp;5 &amp; seterusnya</p>".to_owned());
        assert_eq!(text, "Harga beras naik.\n\nRp 5 & seterusnya");
        assert_eq!(without_markup("a < b, tanpa tanda".to_owned()), "a < b, tanpa tanda");
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = "<div>".repeat(100_000);
        assert_eq!(without_markup(deep.clone()), deep);
    }

    #[test]
    fn elements_in_lines_of_their_own_stay_apart() {
        for names in [["dt", "dd"], ["figcaption", "figcaption"], ["center", "address"], ["summary", "main"]] {
            let [first, second] = names;
            let piece = format!("<div><{first}>satu</{first}><{second}>dua</{second}>tiga</div>");
            assert_eq!(without_markup(piece), "satu\n\ndua\n\ntiga", "{names:?}");
        }
        let table = "<table><caption>satu</caption><tr><td>dua</td><td>tiga</td></tr></table>";
        assert_eq!(without_markup(table.to_owned()), "satu\n\ndua tiga");
    }

    #[test]
    fn line_ends_stay_where_they_stand_for_paragraphs() {
        for (piece, text) in [
            ("Beras\n\nBaca juga: Gula &amp; Teh\nSumber: Contoh", "Beras\n\nBaca juga: Gula & Teh\n\nSumber: Contoh"),
            ("Harga <b>beras</b>\nnaik <a\nhref=x>lagi</a>", "Harga beras\n\nnaik lagi"),
            ("<p>Satu</p>\n\nDua\n\nTiga", "Satu\n\nDua\n\nTiga"),
            ("<p>Harga\nberas naik</p>\n\n<p>Gula\nturun</p>", "Harga beras naik\n\nGula turun"),
            ("Harga\nberas<br>Gula\nturun", "Harga beras\n\nGula turun"),
        ] {
            assert_eq!(without_markup(piece.to_owned()), text, "{piece:?}");
        }
    }

    #[test]
    fn pieces_are_told_by_the_element_they_begin_with() {
        for text in ["<p>Isi.</p>", "\n<DIV class=a>Isi</div>", "<br/>Isi"] {
            assert!(is_piece(text), "{text}");
        }
        for text in ["<p", "<3 </p>", "Isi <b>x</b>", "<pre>x</pre>", "<p>tanpa penutup"] {
            assert!(!is_piece(text), "{text}");
        }
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
