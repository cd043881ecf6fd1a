//! What a page says of its article: in JSON-LD, in `meta` elements, in elements marked as its date.

use dom_smoothie::Readability;
use serde_json::Value;

use super::json;
use super::markup::without_markup;

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct PageMeta {
    /// Whether it says that there is one.
    pub(super) is_article: bool,
    pub(super) headline: Option<String>,
    pub(super) date: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) publisher: Option<String>,
    /// The text of the article, which a page may hold for programs alone.
    pub(super) body: Option<String>,
}

impl PageMeta {
    /// Reads what `page` says, before its scripts are taken out.
    pub(super) fn of(page: &Readability) -> Self {
        let scripts = page.doc.select("script[type='application/ld+json']");
        let texts: Vec<String> = scripts.iter().map(|script| script.text().to_string()).collect();
        let blocks: Vec<Option<Value>> = texts.iter().map(|text| parsed(text)).collect();
        let nodes: Vec<&Value> = blocks.iter().flatten().flat_map(nodes).collect();
        let mut meta = article_node(page, &nodes).map(|node| Self::of_node(node, &nodes)).unwrap_or_default();
        let kind = page.doc.select("meta[property='og:type']").attr("content");
        meta.is_article |= kind.is_some_and(|kind| kind.trim() == "article");
        // What cannot be read may still be seen to be one.
        meta.is_article |= blocks.iter().zip(&texts).any(|(block, text)| block.is_none() && names_article(text));
        meta.date = meta.date.or_else(|| date_of_meta(page)).or_else(|| marked_date(page));
        meta
    }

    /// Returns this with what it lacks from `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            is_article: self.is_article || other.is_article,
            headline: self.headline.or(other.headline),
            date: self.date.or(other.date),
            byline: self.byline.or(other.byline),
            publisher: self.publisher.or(other.publisher),
            body: self.body.or(other.body),
        }
    }

    fn of_node(node: &Value, nodes: &[&Value]) -> Self {
        Self {
            is_article: true,
            headline: text_of(node, "headline").or_else(|| text_of(node, "name")),
            date: text_of(node, "datePublished").or_else(|| text_of(node, "dateCreated")),
            byline: names(&node["author"], nodes).or_else(|| names(&node["creator"], nodes)),
            publisher: names(&node["publisher"], nodes),
            body: text_of(node, "articleBody"),
        }
    }
}

/// Reads a block of JSON-LD, without the marks that hide it from readers of XHTML.
fn parsed(text: &str) -> Option<Value> {
    let text = text.replace("<![CDATA[", "").replace("]]>", "");
    let (start, end) = (text.find(['{', '['])?, text.rfind(['}', ']'])?);
    json::value(text.get(start..=end)?)
}

/// Returns the things that a block describes by themselves: in a list, in a graph.
fn nodes(block: &Value) -> Vec<&Value> {
    match block {
        Value::Array(values) => values.iter().flat_map(nodes).collect(),
        Value::Object(object) => {
            std::iter::once(block).chain(object.get("@graph").into_iter().flat_map(nodes)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the node of the only article that the page describes, or of the one whose headline it shows.
fn article_node<'a>(page: &Readability, nodes: &[&'a Value]) -> Option<&'a Value> {
    let articles: Vec<&Value> = nodes.iter().copied().filter(|node| is_article(node)).collect();
    if let [only] = articles[..] {
        return Some(only);
    }
    let shown = letters(&page.doc.select("title, h1").text());
    let is_shown =
        |node: &&Value| text_of(node, "headline").is_some_and(|headline| shown.contains(&letters(&headline)));
    articles.into_iter().find(is_shown)
}

/// Returns the letters and digits of `text`, in small letters.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_article(node: &Value) -> bool {
    let is_one =
        |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting"));
    match &node["@type"] {
        Value::Array(kinds) => kinds.iter().any(is_one),
        kind => is_one(kind),
    }
}

/// Whether the text of a block names the type of an article.
fn names_article(text: &str) -> bool {
    ["Article\"", "BlogPosting\""].iter().any(|kind| text.contains(kind))
}

fn text_of(node: &Value, name: &str) -> Option<String> {
    let text = without_markup(node[name].as_str()?.to_owned());
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns the names of people or organisations, which may be described in another of `nodes`.
fn names(value: &Value, nodes: &[&Value]) -> Option<String> {
    let names = match value {
        Value::Array(values) => values.iter().filter_map(|value| names(value, nodes)).collect::<Vec<_>>().join(", "),
        Value::String(name) if !name.contains("://") => name.trim().to_owned(),
        Value::Object(_) => text_of(value, "name").or_else(|| {
            let id = value["@id"].as_str()?;
            nodes.iter().filter(|node| node["@id"] == id).find_map(|node| text_of(node, "name"))
        })?,
        _ => return None,
    };
    (!names.is_empty()).then_some(names)
}

/// Names of `meta` elements that hold the date of publication, in small letters and without anything but
/// letters; the most telling first.
const META_DATES: [&str; 21] = [
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "datepublished",
    "publishdate",
    "publisheddate",
    "publishtime",
    "publishedtime",
    "contentpublisheddate",
    "pubdate",
    "parselypubdate",
    "cxenseparserecspublishtime",
    "originalpublicationdate",
    "sailthrudate",
    "dcdateissued",
    "dctermsissued",
    "dctermsavailable",
    "dcdatecreated",
    "dctermscreated",
    "dcdate",
    "datecreated",
    "date",
];

/// Returns the date in a `meta` element.
fn date_of_meta(page: &Readability) -> Option<String> {
    let elements = page.doc.select("meta[content]");
    let dates = elements.iter().filter_map(|element| {
        let name = ["property", "name", "itemprop"].iter().find_map(|name| element.attr(name))?;
        let name: String = name.chars().filter(char::is_ascii_alphabetic).flat_map(char::to_lowercase).collect();
        let rank = META_DATES.iter().position(|known| *known == name)?;
        Some((rank, full_date(element.attr("content")?.trim())?))
    });
    dates.min_by_key(|(rank, _)| *rank).map(|(_, date)| date)
}

/// Returns the date of an element that is marked as that of the article: by its name, or by its place beside
/// the headline; one that stands alone on its page needs neither.
fn marked_date(page: &Readability) -> Option<String> {
    let first = |selector: &str| {
        page.doc.select(selector).iter().find_map(|element| {
            let written =
                element.attr("datetime").or_else(|| element.attr("content")).unwrap_or_else(|| element.text());
            full_date(written.trim())
        })
    };
    let only = |selector: &str| {
        let dates = page.doc.select(selector);
        if dates.length() == 1 { first(selector) } else { None }
    };
    first("[itemprop=datePublished], time[pubdate]")
        .or_else(|| first("article:has(h1) time[datetime], main:has(h1) time[datetime]"))
        .or_else(|| first("h1 ~ time[datetime], h1 ~ [class*=tanggal], h1 ~ [class*=tgl], h1 ~ [class*=date]"))
        .or_else(|| only("time[datetime]"))
        .or_else(|| only(".date-header, .entry-date, .post-date, .published, .tanggal, .tgl"))
}

/// Returns `text` where it may be a day with its year.
fn full_date(text: &str) -> Option<String> {
    let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| matches!(digits.len(), 4 | 8..));
    has_year.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(head: &str, body: &str) -> PageMeta {
        let page =
            format!("<html><head><title>Harga Beras Naik | Contoh</title>{head}</head><body>{body}</body></html>");
        PageMeta::of(&Readability::new(page, None, None).unwrap())
    }

    /// Checks headline, date, byline and publisher of a page with this JSON-LD; `-` stands for none.
    #[track_caller]
    fn check(script: &str, expected: [&str; 4]) {
        let meta = meta(&format!("<script type='application/ld+json'>{script}</script>"), "");
        let found = [meta.headline, meta.date, meta.byline, meta.publisher];
        let found = found.each_ref().map(|value| value.as_deref().unwrap_or("-"));
        assert_eq!(found, expected, "{script}");
    }

    #[test]
    fn articles_are_found_in_lists_graphs_and_marked_sections() {
        let node = r#"{"@type":"NewsArticle","headline":"Beras &amp; Gula","datePublished":"2024-05-03","author":[{"name":"Ani"},{"name":"Budi"}],"publisher":{"name":"Contoh"}}"#;
        let expected = ["Beras & Gula", "2024-05-03", "Ani, Budi", "Contoh"];
        check(node, expected);
        check(&format!("[{{\"@type\":\"WebPage\"}},{node}]"), expected);
        check(&format!("{{\"@graph\":[{{\"@type\":\"WebSite\",\"name\":\"x\"}},{node}]}}"), expected);
        check(&format!("//<![CDATA[\n{node}\n//]]>"), expected);
        check(&node.replace("\"NewsArticle\"", "[\"Thing\",\"Article\"]"), expected);
        check(r#"{"@type":"WebPage","headline":"x","datePublished":"2024"}"#, ["-"; 4]);
        check("{\"@type\":\"NewsArticle\",", ["-"; 4]);
    }

    #[test]
    fn what_stands_in_another_node_is_looked_up() {
        let graph = r##"{"@graph":[{"@type":"Article","headline":"A","author":{"@id":"#a"},"publisher":{"@id":"#p"}},
            {"@type":"Person","@id":"#a","name":"Ani"},{"@type":"Organization","@id":"#p","name":"Contoh"}]}"##;
        check(graph, ["A", "-", "Ani", "Contoh"]);
    }

    #[test]
    fn of_several_articles_the_one_that_is_shown_counts() {
        let of =
            |headline: &str| format!(r#"{{"@type":"NewsArticle","headline":"{headline}","datePublished":"2024"}}"#);
        check(&format!("[{},{}]", of("Gula Turun"), of("Harga beras naik")), ["Harga beras naik", "2024", "-", "-"]);
        check(&format!("[{},{}]", of("Gula Turun"), of("Cabai Turun")), ["-"; 4]);
    }

    #[test]
    fn dates_stand_in_elements_made_for_them() {
        for (head, body, expected) in [
            ("<meta name='publishdate' content='2024/05/03 08:15:00'>", "", "2024/05/03 08:15:00"),
            ("<meta name='DC.date.issued' content='2024-05-03'>", "", "2024-05-03"),
            ("<meta itemprop='datePublished' content='2024-05-03'>", "", "2024-05-03"),
            ("<meta name='date' content='a'><meta name='pubdate' content='2024-05-03'>", "", "2024-05-03"),
            ("", "<span itemprop=datePublished>Jumat, 3 Mei 2024</span>", "Jumat, 3 Mei 2024"),
            (
                "",
                "<article><h1>x</h1><time datetime='2024-05-03'>3 Mei</time></article><time datetime='2025-01-01'>",
                "2024-05-03",
            ),
            ("", "<div><time datetime='2024-05-03'>3 Mei</time></div>", "2024-05-03"),
            ("", "<div><time datetime='2024-05-03'>a</time><time datetime='2024-05-04'>b</time></div>", "-"),
            (
                "",
                "<div><h1>x</h1><time datetime='2024-05-03'>3 Mei</time></div><i><time datetime='2025-01-01'>a</time></i>",
                "2024-05-03",
            ),
            (
                "",
                "<div><h1>x</h1><span class=tgl>Jumat, 3 Mei 2024 | 10:15 WIB</span></div>",
                "Jumat, 3 Mei 2024 | 10:15 WIB",
            ),
            ("", "<div><h1>x</h1><p>Sejak 2019</p></div>", "-"),
            ("", "<h2 class=date-header>Jumat, 3 Mei 2024</h2><h3>x</h3>", "Jumat, 3 Mei 2024"),
            ("", "<i class=post-date>3 Mei 2024</i><i class=post-date>4 Mei 2024</i>", "-"),
            ("", "<time datetime='08:15'>a</time>", "-"),
        ] {
            assert_eq!(meta(head, body).date.as_deref().unwrap_or("-"), expected, "{head}{body}");
        }
    }

    #[test]
    fn a_page_may_say_that_it_is_an_article() {
        let typed = |kind: &str| meta(&format!("<meta property='og:type' content='{kind}'>"), "").is_article;
        assert!(typed("article") && !typed("website"));
        let script = |text: &str| meta(&format!("<script type='application/ld+json'>{text}</script>"), "").is_article;
        assert!(script("{\"@type\":\"NewsArticle\"}") && script("{\"@type\":\"NewsArticle\","));
        assert!(!script("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\"}]}"));
    }
}
