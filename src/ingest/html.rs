//! Pages: the main text, what the page declares of it, and whether there is an article at all.

use dom_smoothie::{Article, Readability};

use super::SkipReason;
use super::fields::{Extracted, canonical_url, composed, is_home};
use super::main_text::{found, main_text, page_of};
use super::markup::paragraphs;
use super::page_meta::{PageMeta, letters};
use super::repair::repair;
use crate::analysis::is_top_level_domain;
use crate::article::Declared;

/// Returns the article of the page `html`, which was fetched from `url` where that is known.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] for a page without one: a home page, a list, an error.
pub(super) fn article_of(html: &str, url: Option<&str>) -> Result<Extracted, SkipReason> {
    let page = page_of(html)?;
    let said = PageMeta::of(&page);
    if !said.is_article && is_error(&page) {
        return Err(SkipReason::NoArticle("it is an error page"));
    }
    let shown = own_headline(&page);
    let address = address(&page, url, shown.is_some() || said.headline.is_some())?;
    let shown = shown.filter(|_| said.headline.is_none());
    let site = site_of_title(&page);
    // What the library can read of JSON-LD it has weighed against the headline that the page shows.
    let is_weighed = page.parse_json_ld().is_some();
    let found = found(page, html);
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
        source: meta.publisher.map(repair).or(site),
        byline: meta.byline.map(repair),
        url: address.clone(),
        extra: Vec::new(),
        received: Vec::new(),
    };
    Ok(Extracted { own_id: address, text, declared })
}

/// Whether `page` says by its title that there is no page, or that its reader may not see it; where more stands in the
/// title, as in that of an article (*Access Denied: Kisah Peretas Muda*), only a page of few words does.
fn is_error(page: &Readability) -> bool {
    const FEW_WORDS: usize = 80;
    const TITLES: [&str; 20] = [
        "403forbidden",
        "404error",
        "404filenotfound",
        "404halamantidakditemukan",
        "404notfound",
        "404pagenotfound",
        "500internalservererror",
        "502badgateway",
        "503servicetemporarilyunavailable",
        "503serviceunavailable",
        "504gatewaytimeout",
        "accessdenied",
        "attentionrequired",
        "error404",
        "errorpage",
        "halamantidakditemukan",
        "justamoment",
        "notfound",
        "pagenotfound",
        "tidakditemukan",
    ];
    let title = page.doc.select("head > title").text();
    let first = title.split(['|', '-', '–', '—', ':', '!']).next().unwrap_or_default();
    let is_one = |title: &str| matches!(title, "403" | "404") || TITLES.contains(&title);
    let has_few_words = || page.doc.select("p").text().split_whitespace().nth(FEW_WORDS).is_none();
    is_one(&letters(&title)) || is_one(&letters(first)) && has_few_words()
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

/// Returns the headline that stands in the article of a page, if it is the only one there and more than a name: the
/// title of a page may be that of its site.
fn own_headline(page: &Readability) -> Option<String> {
    const FEWEST_WORDS: usize = 4;
    let headlines = page.doc.select("article h1, main h1");
    let headline = headlines.text().trim().to_owned();
    (headlines.length() == 1 && headline.split_whitespace().count() >= FEWEST_WORDS).then_some(headline)
}

/// Returns the domain name of the site behind the title of a page: `Harga Beras Naik - Kompas.com`.
fn site_of_title(page: &Readability) -> Option<String> {
    let title = page.doc.select("head > title").text();
    let (_, name) = title.rsplit_once(['|', '-', '–', '—', '»'])?;
    let (labels, last) = name.trim().rsplit_once('.')?;
    let is_label = |label: &str| label.len() > 1 && label.chars().all(char::is_alphanumeric);
    (is_top_level_domain(last) && labels.split('.').all(is_label)).then(|| name.trim().to_owned())
}

/// Whether the letters of `part` stand in `whole` as they follow one another.
fn is_part(part: &str, whole: &str) -> bool {
    letters(whole).contains(&letters(part))
}

/// Returns the address of `page`, in canonical form: the first it says itself, or that it was fetched from, which is
/// not that of its site. A page that `has_headline` may have none, and says that of its site by mistake.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] for the home page of a site.
fn address(page: &Readability, fetched: Option<&str>, has_headline: bool) -> Result<Option<String>, SkipReason> {
    let linked = attribute(page, "link[rel=canonical]", "href");
    let shared = attribute(page, "meta[property='og:url']", "content");
    let said = [linked.as_deref(), shared.as_deref(), fetched].into_iter().flatten().filter_map(canonical_url);
    let (homes, pages): (Vec<_>, Vec<_>) = said.partition(|address| is_home(address));
    if pages.is_empty() && !homes.is_empty() && !has_headline {
        return Err(SkipReason::NoArticle("it is the home page of a site"));
    }
    Ok(pages.into_iter().next())
}

fn attribute(page: &Readability, selector: &str, name: &str) -> Option<String> {
    page.doc.select(selector).attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
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

    /// Returns the byline of a page with this body.
    fn byline(body: &str) -> Option<String> {
        let page = format!("<html><head><title>Harga Beras Naik</title></head><body>{body}</body></html>");
        article_of(&page, None).unwrap().declared.byline
    }

    #[test]
    fn readers_are_no_authors() {
        let text = "<p>Harga beras di pasar naik lagi pekan ini, kata para pedagang di Jakarta.</p>".repeat(4);
        let said =
            |mark: &str| format!("<div class=item><span {mark}>Joko88</span><p>Mahal sekali ya sekarang.</p></div>");
        let author = "<p class=byline>Budi Santoso</p>";
        for mark in ["class=author", "rel=author", "itemprop=author", "class='c-author vcard'"] {
            let one = said(mark);
            let two = format!("{one}{}", one.replace("Joko88", "Siti"));
            for readers in [
                two,
                format!("<div class=respon>{one}</div>"),
                format!("<div id=tanggapan>{one}</div>"),
                format!("<div itemprop=comment>{one}</div>"),
            ] {
                let article = format!("<div><h1>Harga Beras Naik</h1>{text}</div>");
                assert_eq!(byline(&format!("{article}{readers}")), None, "{readers}");
                let signed = article.replacen("<p>", &format!("{author}<p>"), 1);
                assert_eq!(byline(&format!("{signed}{readers}")).as_deref(), Some("Budi Santoso"), "{readers}");
            }
        }
        let dated = text.replacen("<p>", "<p><b class=dateline>JAKARTA, Contoh</b> - ", 1);
        assert_eq!(byline(&format!("<article><h1>Harga Beras Naik</h1>{dated}</article>")), None);
        let below = format!("<div><h1>Harga Beras Naik</h1>{text}{author}</div>");
        assert_eq!(byline(&below).as_deref(), Some("Budi Santoso"));
        let menu = "<li><a href=x>Rubrik Ekonomi Nasional</a></li>".repeat(60);
        let card = "<div class=meta><span class=author>Budi Santoso</span></div>";
        let related = card.replace("Budi Santoso", "Siti");
        let page = format!("<ul>{menu}</ul><div><h1>Harga Beras Naik</h1>{card}{text}</div>{related}");
        assert_eq!(byline(&page).as_deref(), Some("Budi Santoso"));
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
    fn an_error_is_no_article() {
        let read = |title: &str| {
            let page = PAGE.replace("Harga Beras Naik - Contoh", title).replace("NewsArticle", "WebPage");
            article_of(&page.replace("property=\"og:type\"", ""), None)
        };
        for title in [
            "404",
            "404 Not Found",
            "404 - Kompas.com",
            "Just a moment...",
            "Halaman Tidak Ditemukan | Tempo",
            "Access Denied",
        ] {
            assert_eq!(read(title).unwrap_err(), SkipReason::NoArticle("it is an error page"), "{title}");
        }
        for title in ["404 Not Found Menjadi Judul Film", "Beras Tidak Ditemukan", "Pasar 404 - Kompas.com"] {
            assert!(read(title).is_ok(), "{title}");
        }
        assert!(article_of(&PAGE.replace("Harga Beras Naik - Contoh", "404"), None).is_ok());
        let title = "Access Denied: Kisah Peretas Muda";
        let read_long = |title: &str| {
            let page = PAGE.replace("Harga Beras Naik - Contoh", title).replace("NewsArticle", "WebPage");
            let text = format!("<p>{}</p></article>", "Ia belajar sendiri di rumah. ".repeat(20));
            article_of(&page.replace("property=\"og:type\"", "").replace("</article>", &text), None)
        };
        assert!(read_long(title).is_ok());
        assert!(read_long("404").is_err());
    }

    #[test]
    fn the_title_may_name_the_site() {
        for (title, site) in [
            ("Harga Beras Naik - Kompas.com", Some("Kompas.com")),
            ("Harga Beras Naik | republika.co.id", Some("republika.co.id")),
            ("Harga Beras Naik - Contoh", None),
            ("Harga Beras Naik di Kompas.com", None),
            ("Harga Beras - naik 1.5", None),
        ] {
            let page = PAGE.replace("Harga Beras Naik - Contoh", title).replace("og:site_name", "x");
            assert_eq!(article_of(&page, None).unwrap().declared.source.as_deref(), site, "{title}");
        }
    }

    #[test]
    fn a_list_of_links_is_no_article() {
        let links = "<li><a href='/a'>Judul berita yang lain hari ini</a></li>".repeat(60);
        let page = format!("<html><head><title>Indeks</title></head><body><ul>{links}</ul></body></html>");
        assert!(matches!(article_of(&page, None), Err(SkipReason::NoArticle(_))));
        assert!(matches!(article_of(PAGE, Some("https://contoh.id")).map(|article| article.own_id), Ok(Some(_))));
        let text = "<p>Harga beras di pasar naik lagi pekan ini, kata para pedagang di Jakarta.</p>".repeat(4);
        let home =
            format!("<html><head><link rel=canonical href='https://contoh.id/'></head><body>{text}</body></html>");
        assert!(matches!(article_of(&home, None), Err(SkipReason::NoArticle(_))));
        assert!(matches!(article_of("<html></html>", None), Err(SkipReason::NoArticle(_))));
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
        let drawn = PAGE.replace("<article>", &format!("<svg>{}</svg><article>", "<path d='m1'/>".repeat(600)));
        assert_eq!(article_of(&drawn, None).unwrap().text, article_of(PAGE, None).unwrap().text);
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
    fn a_short_article_is_read_without_what_stands_around_it() {
        let text = "<p>Kebakaran di pasar, yang terjadi pada Kamis, berhasil dipadamkan oleh petugas, kata Budi.</p>";
        let article = format!("<h1>Kebakaran Pasar Padam Kamis</h1><div>{text}{text}</div>");
        let other =
            "<p>Yang lain, yang panjang, dan yang tidak ada hubungannya, dengan isi berita itu, tetapi ada.</p>";
        let teasers = format!("<div><h4><a href=x>Judul lain</a></h4>{other}</div>").repeat(8);
        for body in [
            format!("<main><article>{article}</article></main><aside>{teasers}</aside>"),
            format!("<div id=cookie>{other}{other}</div><main>{article}</main>"),
            format!("<main>{article}</main><footer>{other}{other}</footer>"),
            format!("<div><header><h1>Kebakaran Pasar Padam Kamis</h1>{other}</header>{text}{text}</div>"),
        ] {
            let page = format!(
                "<html><head><title>Kebakaran Pasar Padam Kamis - Kabar</title></head><body>{body}</body></html>"
            );
            let article = article_of(&page, None).unwrap_or_else(|_| panic!("{body}")).text;
            assert!(article.contains("Kebakaran di pasar"), "{body}: {article}");
            assert_eq!(article.contains("Yang lain"), body.contains("<header>"), "{body}: {article}");
        }
    }

    #[test]
    fn the_rest_of_an_article_is_read_where_the_page_hides_it() {
        let text =
            "<p>Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta, Kamis.</p>";
        for hiding in ["style='display:none'", "class=hidden", "hidden", "aria-hidden=true"] {
            let rest = text.replace("Jakarta", "Bandung").repeat(6);
            let article = format!("<article><h1>Harga Naik</h1>{}<div {hiding}>{rest}</div></article>", text.repeat(6));
            let page = format!("<html><head><title>Harga Naik</title></head><body>{article}</body></html>");
            assert_eq!(article_of(&page, None).unwrap().text.matches("Bandung").count(), 6, "{hiding}");
        }
    }

    #[test]
    fn the_address_is_the_first_that_is_not_that_of_the_site() {
        let address = |head: &str, fetched: Option<&str>| {
            let page = PAGE.replace("<link rel=\"canonical\" href=\"https://contoh.id/beras/\">", head);
            article_of(&page, fetched).map(|article| article.own_id)
        };
        let home = "<link rel=canonical href='https://contoh.id/'>";
        let shared = "<meta property='og:url' content='https://contoh.id/b'>";
        let of = |address: &str| Ok(Some(address.to_owned()));
        assert_eq!(address(&format!("{home}{shared}"), None), of("https://contoh.id/b"));
        assert_eq!(address(&format!("<link rel=canonical href='/b'>{shared}"), None), of("https://contoh.id/b"));
        assert_eq!(address(home, Some("https://contoh.id/c")), of("https://contoh.id/c"));
        assert_eq!(address(home, None), Ok(None));
        assert_eq!(address("", None), Ok(None));
    }
}
