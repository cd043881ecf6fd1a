//! Lists of links to other articles in the text of a page: what is read most, what is related.
//!
//! They stand in the same element as the text on many pages, and words in them are about something else.

use std::iter::successors;

use dom_query::NodeRef;
use dom_smoothie::Readability;

use super::page_meta::letters;

/// What stands above such lists, as letters alone.
const LABELS: [&str; 58] = [
    "andamungkinsuka",
    "artikellainnya",
    "artikelpopuler",
    "artikelterbaru",
    "artikelterkait",
    "bacajuga",
    "bacajugaberita",
    "bacajugaberitalainnya",
    "beritafoto",
    "beritalain",
    "beritalainnya",
    "beritapilihan",
    "beritapopuler",
    "beritarekomendasi",
    "beritaterbaru",
    "beritaterkait",
    "beritaterkini",
    "beritaterpopuler",
    "beritautama",
    "beritavideo",
    "editorpicks",
    "editorspick",
    "jangandilewatkan",
    "janganlewatkan",
    "kabarterkini",
    "latestnews",
    "lihatjuga",
    "mostpopular",
    "mostread",
    "palingbanyakdibaca",
    "palingdicari",
    "palingpopuler",
    "pilihaneditor",
    "pilihanredaksi",
    "pilihanuntukanda",
    "popularpost",
    "popularposts",
    "populer",
    "postterkait",
    "recentposts",
    "rekomendasi",
    "rekomendasiuntukanda",
    "relatedarticles",
    "relatednews",
    "relatedposts",
    "seringdibaca",
    "simakjuga",
    "terbanyakdibaca",
    "terbaru",
    "terkait",
    "terkini",
    "terpopuler",
    "tontonjuga",
    "topikterkait",
    "topnews",
    "trending",
    "videopilihan",
    "videoterkait",
];
/// The longest label in bytes, with the marks around it.
const LONGEST_LABEL: usize = 48;
/// How many labels are looked at: a page has a few.
const MOST_LABELS: usize = 32;

/// Takes the lists of links out of `content` that stand below a line which says that they are such; returns whether
/// there were any.
pub(super) fn remove_teasers(content: &Readability) -> bool {
    let Some(body) = content.doc.body() else { return false };
    let labels: Vec<NodeRef<'_>> = body.descendants_it().filter(is_label).take(MOST_LABELS).collect();
    let mut are_removed = false;
    for label in labels {
        let is_told = is_told_by_words(&label);
        let label = block_of(label);
        if is_told && begins_line_of_one_link(&label) {
            continue;
        }
        let teasers = teasers_behind(&label);
        if teasers.iter().any(has_headline) {
            teasers.iter().chain([&label]).for_each(NodeRef::remove_from_parent);
            are_removed = true;
        }
    }
    are_removed
}

fn is_label(node: &NodeRef<'_>) -> bool {
    let is_one = |text: &str| text.trim().len() <= LONGEST_LABEL && LABELS.contains(&letters(text).as_str());
    node.is_text() && is_one(&node.text())
}

/// Whether a line that begins with `label` is promotion by these words alone, and stays in the text as such: `Baca
/// juga`.
fn is_told_by_words(label: &NodeRef<'_>) -> bool {
    letters(&label.text()).ends_with("juga")
}

/// Whether what stands beside `label`, in the same line, is one link and nothing else.
fn begins_line_of_one_link(label: &NodeRef<'_>) -> bool {
    const IN_LINES: [&str; 6] = ["a", "b", "em", "i", "span", "strong"];
    let is_in_line = |node: &NodeRef<'_>| node.is_text() || IN_LINES.iter().any(|name| node.has_name(name));
    let is_seen = |node: &NodeRef<'_>| node.has_name("br") || !node.text().trim().is_empty();
    let mut behind = successors(label.next_sibling(), NodeRef::next_sibling).filter(is_seen);
    let link = behind.next().filter(is_in_line);
    is_in_line(label) && link.is_some_and(|link| links(&link).len() == 1) && behind.next().is_none()
}

/// Returns the largest element that holds nothing but `label`.
fn block_of(label: NodeRef<'_>) -> NodeRef<'_> {
    let text = letters(&label.text());
    let mut block = label;
    while let Some(parent) = block.parent()
        && !parent.has_name("body")
        && letters(&parent.text()) == text
    {
        block = parent;
    }
    block
}

/// Returns what follows `label` up to the first that is more than links.
fn teasers_behind<'a>(label: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut teasers = Vec::new();
    let mut next = label.next_sibling();
    while let Some(node) = next.filter(is_teaser) {
        next = node.next_sibling();
        teasers.push(node);
    }
    teasers
}

/// Whether `node` is links and what stands beside them (a time, a picture), a linked headline with its first lines, or
/// nothing that is read.
fn is_teaser(node: &NodeRef<'_>) -> bool {
    /// The longest beginning of an article that is shown below its headline, in letters.
    const LONGEST_LEAD: usize = 400;
    let n_letters = letters(&node.text()).len();
    let n_linked: usize = links(node).iter().map(|link| letters(&link.text()).len()).sum();
    let has_linked_headline = || {
        node.descendants_it().any(|element| {
            let is_headline = ["h2", "h3", "h4", "h5", "h6"].iter().any(|name| element.has_name(name));
            is_headline && (!links(&element).is_empty() || element.ancestors_it(None).any(|above| above.has_name("a")))
        })
    };
    n_linked * 10 >= n_letters * 6 || n_letters <= LONGEST_LEAD && has_linked_headline()
}

/// Whether a link in `node` is long enough for a headline.
fn has_headline(node: &NodeRef<'_>) -> bool {
    const FEWEST_WORDS: usize = 3;
    links(node).iter().any(|link| link.text().split_whitespace().count() >= FEWEST_WORDS)
}

/// Returns the links in `node`, or itself where it is one.
fn links<'a>(node: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    if node.has_name("a") {
        return vec![*node];
    }
    node.descendants_it().filter(|element| element.has_name("a")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::markup::{readability, text_of};

    const TEXT: &str = "<p>Harga beras naik lagi pekan ini, kata para <a href=x>pedagang</a> di Jakarta.</p>";

    /// Returns the text of `body` without lists of links.
    fn text(body: &str) -> String {
        let page = readability(&format!("<html><body>{body}</body></html>")).unwrap();
        remove_teasers(&page);
        text_of(&page, "body").replace("\n\n", "|")
    }

    /// Checks that nothing but two paragraphs is left where `list` stands between them, at their end, and around.
    #[track_caller]
    fn check(list: &str) {
        let text_alone = text(&TEXT.repeat(2));
        for body in [format!("{TEXT}{list}{TEXT}"), format!("{TEXT}{TEXT}{list}"), format!("{list}{TEXT}{TEXT}")] {
            assert_eq!(text(&body), text_alone, "{body}");
        }
    }

    #[test]
    fn lists_below_their_labels_are_no_text() {
        let links = ["Gempa Guncang Cianjur Lagi", "Timnas Menang 4-0", "Menteri Baru Dilantik Hari Ini"];
        let linked = |around: &str| links.map(|text| around.replace("{}", &format!("<a href=y>{text}</a>"))).concat();
        check(&format!("<h3>Terpopuler</h3><ul>{}</ul>", linked("<li>{}</li>")));
        check(&format!("<p><strong>Berita Terkait:</strong></p><ul>{}</ul>", linked("<li>{}</li>")));
        check(&format!("<p><b>BACA JUGA :</b></p>{}", linked("<p>{}</p>")));
        check(&format!("<div><h4>Terpopuler</h4>{}</div>", linked("<div><p>{}</p></div>")));
        check(&format!("<div><div><h4>Trending</h4></div><ol>{}</ol></div>", linked("<li>{}<i>3 jam lalu</i></li>")));
        check(&format!("<div>Berita Lainnya</div><br><div>{}</div>", linked("{}<br>")));
        check(&format!("<h4>Terkini</h4>{}", linked("<div><h5>{}</h5><p>Kata warga yang ditemui Kamis.</p></div>")));
        check("<p>Baca juga:</p><p><a href=y>Gempa Guncang Cianjur Lagi</a></p>");
    }

    #[test]
    fn other_lists_stay() {
        for body in [
            "<h3>Daftar harga</h3><ul><li>Setra Ramos Rp13.500</li><li>IR 64 Rp12.800</li></ul>".to_owned(),
            "<p>Berikut para kandidat:</p><ul><li><a href=a>Sri Mulyani</a></li><li><a href=b>Erick</a></li></ul>"
                .to_owned(),
            format!("<h3>Terkini</h3>{TEXT}"),
            "<p>Baca juga: <a href=y>Gempa Guncang Cianjur Lagi</a></p>".to_owned(),
            "<p><strong>Simak Juga : </strong><a href=y><b>Gempa Guncang Cianjur Lagi</b></a></p>".to_owned(),
            "<h3>Terkait</h3><ul><li><a href=a>beras</a></li><li><a href=b>gula</a></li></ul>".to_owned(),
            format!("<h3>Harga beras terpopuler</h3><p><a href=a>Gempa Guncang Cianjur Lagi</a></p>{TEXT}"),
        ] {
            let page = readability(&format!("<html><body>{body}</body></html>")).unwrap();
            assert!(!remove_teasers(&page), "{body}");
        }
    }

    #[test]
    fn any_number_of_labels_takes_no_time() {
        let page = format!("<div>{}</div>", "<p>Terpopuler</p>".repeat(20_000));
        assert_eq!(text(&page).matches("Terpopuler").count(), 20_000);
    }
}
