//! Pages: the main text, what the page declares of it, and whether there is an article at all.

use std::borrow::Cow;

use dom_smoothie::{Article, Config, Readability, TextMode};

use super::SkipReason;
use super::fields::{Extracted, canonical_url, composed};
use super::page_meta::{PageMeta, letters};
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
    remove_comments(&page);
    let said = PageMeta::of(&page);
    let shown = own_headline(&page).filter(|_| said.headline.is_none());
    keep_breaks(&page);
    // What the library can read of JSON-LD it has weighed against the headline that the page shows.
    let is_weighed = page.parse_json_ld().is_some();
    let found = page.parse().ok();
    let body = main_text(found.as_ref(), &said)?;
    let weighed = found.map(weighed).unwrap_or_default();
    let meta = if is_weighed { weighed.or(said) } else { said.or(weighed) };
    let headline = meta.headline.unwrap_or_default();
    let shown = shown.filter(|shown| !is_part(shown, &headline) && !is_part(&headline, shown));
    let title = repair(shown.unwrap_or(headline)).split_whitespace().collect::<Vec<_>>().join(" ");
    let body = paragraphs(&body);
    // The library takes out the headline that it chose, and no other.
    let body = body.strip_prefix(&format!("{title}\n")).unwrap_or(&body).trim_start().to_owned();
    let (text, headline) = composed(&title, body);
    let declared = Declared {
        title: headline,
        date: meta.date,
        source: meta.publisher.map(repair),
        byline: meta.byline.map(repair),
        url: address.clone(),
        extra: Vec::new(),
        received: Vec::new(),
    };
    Ok(Extracted { own_id: address, text, declared })
}

/// Returns what the library took from a page.
fn weighed(article: Article) -> PageMeta {
    PageMeta {
        headline: Some(article.title).filter(|title| !title.is_empty()),
        date: article.published_time,
        byline: article.byline,
        publisher: article.site_name,
        ..PageMeta::default()
    }
}

/// Returns the text of the article on a page: what the page shows, or else what it `said`.
fn main_text(found: Option<&Article>, said: &PageMeta) -> Result<String, SkipReason> {
    let is_enough = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() >= FEWEST_CHARACTERS;
    let shown = found.map(|article| repair(article.text_content.to_string()));
    let is_list = found.is_some_and(|article| is_list(&article.content, said.is_article));
    let text = match (shown, &said.body) {
        _ if is_list => None,
        (Some(shown), _) if is_enough(&shown) => Some(shown),
        (_, Some(body)) if is_enough(body) => Some(body.clone()),
        (shown, _) => shown.filter(|_| said.is_article),
    };
    text.ok_or(SkipReason::NoArticle("it is a list of links, or has no main text"))
}

/// Puts a mark behind each `<br>` that text follows: the library takes one out that stands before a paragraph,
/// whatever text is between the two, and glues the words on either side.
fn keep_breaks(page: &Readability) {
    for line_break in page.doc.select("br").nodes() {
        if line_break.next_sibling().is_some_and(|next| next.is_nonempty_text()) {
            line_break.insert_after(&line_break.tree.new_element("wbr"));
        }
    }
}

/// Returns the headline that stands in the article of a page, if it is the only one there and more than a name: the
/// title of a page may be that of its site.
fn own_headline(page: &Readability) -> Option<String> {
    const FEWEST_WORDS: usize = 4;
    let headlines = page.doc.select("article h1, main h1");
    let headline = headlines.text().trim().to_owned();
    (headlines.length() == 1 && headline.split_whitespace().count() >= FEWEST_WORDS).then_some(headline)
}

/// Whether the letters of `part` stand in `whole` as they follow one another.
fn is_part(part: &str, whole: &str) -> bool {
    letters(whole).contains(&letters(part))
}

/// Takes out what readers wrote below an article, which may be longer than that: elements that are named for it.
/// One that holds the headline or an article is no such element, nor is any where nothing would be left.
fn remove_comments(page: &Readability) {
    let len = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut n_left = len(&page.doc.select("body").text());
    for element in &page.doc.select("body [id], body [class]") {
        let names = ["id", "class"].iter().filter_map(|name| element.attr(name));
        let is_named =
            names.flat_map(|names| names.split_whitespace().map(names_comments).collect::<Vec<_>>()).any(|is| is);
        let is_gone = !element.is("body *");
        if !is_named || is_gone || element.is("article, main") || element.select("h1, article, main").exists() {
            continue;
        }
        let n_taken = len(&element.text());
        if n_left >= n_taken + FEWEST_CHARACTERS {
            n_left -= n_taken;
            element.remove();
        }
    }
}

/// Whether the name of an element says that it holds comments, and not whether there are any.
fn names_comments(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(['-', '_']).collect();
    let is_word = |word: &&str| matches!(*word, "comment" | "comments" | "commentlist" | "komentar" | "disqus");
    let is_state = |word: &&str| {
        matches!(*word, "no" | "has" | "open" | "opened" | "close" | "closed" | "off" | "on" | "enabled" | "disabled")
    };
    words.iter().any(is_word) && !words.iter().any(is_state)
}

fn readability(html: &str) -> Option<Readability> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    Readability::new(html, None, Some(config)).ok()
}

/// The fewest linked headlines that make a list of a page.
const FEWEST_TEASERS: usize = 5;

/// Returns whether `content` is a list of other pages: most of it stands in links, or linked headlines begin it.
fn is_list(content: &str, is_declared: bool) -> bool {
    let Some(page) = readability(content) else { return false };
    let len = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let text = page.doc.text();
    let is_linked = len(&page.doc.select("a").text()) * 2 > len(&text);
    let headlines = page.doc.select("h1 a, h2 a, h3 a, h4 a, a h1, a h2, a h3, a h4");
    let first = headlines.iter().next().map(|headline| headline.text().to_string());
    let before = first.and_then(|first| text.find(first.trim())).map_or(&*text, |at| &text[..at]);
    let are_teasers = headlines.length() >= FEWEST_TEASERS && len(before) < FEWEST_CHARACTERS;
    is_linked && !is_declared || are_teasers
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
    match readability(&with_breaks(&text)) {
        Some(page) => {
            page.doc.select("script, style").remove();
            repair(paragraphs(&page.doc.formatted_text()))
        }
        None => text,
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
    fn comments_longer_than_the_article_are_none_of_it() {
        let text =
            "Kebakaran di pasar, yang terjadi pada Kamis dini hari, berhasil dipadamkan oleh petugas, kata Budi.";
        let comment = format!("<div class=post><p>Komentar warga, panjang, dan {text}</p></div>").repeat(20);
        let page = |body: &str| format!("<html><head><title>Kebakaran Padam</title></head><body>{body}</body></html>");
        for name in ["id=disqus_thread", "class='comments-area x'", "class=fb-comments", "id=daftar-komentar"] {
            let body = format!(
                "<article><h1>Kebakaran Padam</h1><p>{text}</p><p>{text}</p></article><div {name}>{comment}</div>"
            );
            let article = article_of(&page(&body), None).unwrap();
            assert!(article.text.contains(text) && !article.text.contains("Komentar"), "{name}: {}", article.text);
        }
        let nested = ["comments", "comments-area", "comment-list", "comment"].map(|name| format!("<div class={name}>"));
        let comments = format!("{}{}{}", nested.concat(), &comment[..2 * comment.len() / 20], "</div>".repeat(4));
        let others = format!("<div id=daftar-komentar>{}</div>", comment.repeat(2));
        let body = format!("<article><h1>Kebakaran Padam</h1>{}</article>", format!("<p>{text}</p>").repeat(6));
        let article = article_of(&page(&format!("{body}{comments}{others}")), None).unwrap();
        assert!(article.text.contains(text) && !article.text.contains("Komentar"), "{}", article.text);
        for name in ["class=comments-open", "class=no-comments", "class=komentar"] {
            let article = article_of(&page(&format!("<div {name}><p>{text}</p><p>{text}</p></div>")), None);
            assert!(article.unwrap().text.contains(text), "{name}");
        }
    }

    #[test]
    fn the_headline_of_the_article_stands_before_the_name_of_the_site() {
        let text =
            "<p>Harga beras di pasar, yang naik sejak Kamis, masih tinggi hari ini, kata para pedagang.</p>".repeat(4);
        for (head, body, title) in [
            (
                "Situs Resmi",
                "<h1>Situs Resmi</h1><article><h1>Harga Beras Naik Lagi</h1>{}</article>",
                "Harga Beras Naik Lagi",
            ),
            ("Harga Beras Naik Lagi", "<article><h1>Situs Resmi</h1>{}</article>", "Harga Beras Naik Lagi"),
            (
                "Harga Beras Naik Lagi di Pasar Induk Pekan Ini - Contoh",
                "<article><h1>Harga Beras Naik Lagi di Pasar Induk Pekan Ini</h1>{}</article>",
                "Harga Beras Naik Lagi di Pasar Induk Pekan Ini",
            ),
            ("Situs Resmi", "<h1>Harga Beras Naik Lagi</h1>{}", "Situs Resmi"),
        ] {
            let page =
                format!("<html><head><title>{head}</title></head><body>{}</body></html>", body.replace("{}", &text));
            let article = article_of(&page, None).unwrap();
            assert_eq!(&article.text[article.declared.title.unwrap()], title, "{head} {body}");
            assert!(!article.text[title.len()..].starts_with(&format!("\n\n{title}")), "{}", article.text);
        }
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
    fn lists_of_teasers_are_no_articles_and_articles_before_teasers_are() {
        let lead =
            "Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta, dan pasokan turun.";
        let teaser = |n: usize| {
            format!("<article><h3><a href='/{n}'>Judul berita nomor {n} hari ini</a></h3><p>{lead}</p></article>")
        };
        let item = |n: usize| {
            format!(
                "<div class=item><a href='/{n}'><h2>Judul {n}</h2></a><p>{lead} <a href='/{n}'>Selengkapnya</a></p></div>"
            )
        };
        let page = |kind: &str, body: String| {
            format!(
                "<html><head><title>Berita Politik</title><meta property='og:type' content='{kind}'></head><body>{body}</body></html>"
            )
        };
        for (kind, body) in [
            ("website", (0..25).map(teaser).collect::<String>()),
            ("article", format!("<h1>Berita</h1>{}", (0..25).map(item).collect::<String>())),
        ] {
            let read = article_of(&page(kind, body), None);
            assert!(matches!(read, Err(SkipReason::NoArticle(_))), "{kind}: {read:?}");
        }
        let article = format!(
            "<div><h1>Harga Beras</h1>{}{}</div>",
            format!("<p>{lead}</p>").repeat(8),
            (0..6).map(teaser).collect::<String>()
        );
        assert!(article_of(&page("website", article), None).is_ok());
    }

    #[test]
    fn lines_of_a_table_cell_stay_apart() {
        let text =
            "Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta.<br><br>".repeat(4);
        for cell in [
            format!("<table><tr><td><b>Akhirsatu</b><br>Awalsatu teks<br><br>{text}</td></tr></table>"),
            format!("<table><tr><td>Akhirsatu<br>Awalsatu teks<br />\n<br>{text}</td></tr></table>"),
            format!("<div>Akhirsatu<br>Awalsatu teks<br><br>{text}</div>"),
        ] {
            let article =
                article_of(&format!("<html><head><title>T</title></head><body>{cell}</body></html>"), None).unwrap();
            assert!(article.text.contains("Akhirsatu\n\nAwalsatu teks\n\n"), "{}", article.text);
        }
    }

    #[test]
    fn a_text_that_stands_in_json_ld_alone_is_read() {
        let body = "Harga beras di pasar naik lagi pekan ini, kata para pedagang. ".repeat(4);
        let page = |script: &str| {
            format!(
                "<html><head><title>SPA</title><script type='application/ld+json'>{script}</script></head><body><div id=app></div></body></html>"
            )
        };
        let script =
            format!(r#"{{"@graph":[{{"@type":"NewsArticle","headline":"Harga Naik","articleBody":"{body}"}}]}}"#);
        let article = article_of(&page(&script), None).unwrap();
        assert!(article.text.starts_with("Harga Naik\n\nHarga beras"), "{}", article.text);
        assert!(article_of(&page(&script.replace(&body, "Harga.")), None).is_err());
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
