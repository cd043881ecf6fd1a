//! What stands around the article of a page and is none of it: what readers wrote below it, and everything else
//! where the article is short.

use std::cmp::Reverse;

use dom_query::NodeRef;
use dom_smoothie::Readability;

use super::main_text::FEWEST_CHARACTERS;
use super::page_meta::letters;

/// Takes out what is no part of the article of `page` and may be longer than that: what readers wrote below it, and
/// the elements made for what stands beside it. One that holds the headline or an article is no such element, nor is
/// any where nothing would be left.
pub(super) fn remove_surroundings(page: &Readability) {
    let len = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut n_left = len(&page.doc.select("body").text());
    for element in &page.doc.select("body [id], body [class], body [itemprop], body aside, body nav") {
        let names = ["id", "class", "itemprop"].iter().filter_map(|name| element.attr(name));
        let is_named =
            names.flat_map(|names| names.split_whitespace().map(names_comments).collect::<Vec<_>>()).any(|is| is);
        let is_gone = !element.is("body *");
        let is_beside = is_named || element.is("aside, nav");
        if !is_beside || is_gone || element.is("article, main") || element.select("h1, article, main").exists() {
            continue;
        }
        let n_taken = len(&element.text());
        if n_left >= n_taken + FEWEST_CHARACTERS {
            n_left -= n_taken;
            element.remove();
        }
    }
}

/// Words for what readers write, in the names of elements.
const COMMENTS: [&str; 14] = [
    "comment",
    "commentlist",
    "comments",
    "discussion",
    "diskusi",
    "disqus",
    "komentar",
    "replies",
    "reply",
    "respon",
    "respond",
    "responses",
    "tanggapan",
    "usercomments",
];

/// Whether the name of an element says that it holds comments, and not whether there are any.
fn names_comments(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(['-', '_']).collect();
    let is_word = |word: &&str| COMMENTS.contains(word);
    let is_state = |word: &&str| {
        matches!(*word, "no" | "has" | "open" | "opened" | "close" | "closed" | "off" | "on" | "enabled" | "disabled")
    };
    words.iter().any(is_word) && !words.iter().any(is_state)
}

/// Takes from the elements of `page` that hold the place and outlet a text begins with what the library takes for the
/// mark of an author.
pub(super) fn unmark_datelines(page: &Readability) {
    page.doc.select("[class*=dateline], [id*=dateline]").remove_attrs(&["class", "id"]);
}

/// Takes from the names that stand behind the text of `page`, each in an element of the same kind, what marks them as
/// its authors: they are those of readers, or of other articles.
pub(super) fn unmark_commenters(page: &Readability) {
    let marked =
        page.doc.select("body [rel=author], body [itemprop=author], body [class*=author], body [class*=byline]");
    let names: Vec<&NodeRef<'_>> = marked.nodes().iter().filter(|name| name.normalized_char_count() > 0).collect();
    let [first, others @ ..] = names.as_slice() else { return };
    let is_alike = |other: &&&NodeRef<'_>| is_of_another(first, other);
    if others.iter().any(|other| is_alike(&other)) && stands_behind_text(first) {
        for name in names {
            name.remove_attrs(&["rel", "itemprop", "class", "id"]);
        }
    }
}

/// Whether two names stand in elements of their own that are of one kind.
fn is_of_another(name: &NodeRef<'_>, other: &NodeRef<'_>) -> bool {
    let (Some(one), Some(another)) = (name.parent(), other.parent()) else { return false };
    one.id != another.id && one.node_name() == another.node_name() && one.attr("class") == another.attr("class")
}

/// Whether text enough for an article, in paragraphs, stands before `element`: menus are none.
fn stands_behind_text(element: &NodeRef<'_>) -> bool {
    let mut n_before = 0;
    let mut at = Some(*element);
    while let Some(node) = at.filter(|node| !node.has_name("body")) {
        let mut before = node.prev_sibling();
        while let Some(sibling) = before {
            n_before += paragraphs_len(&sibling);
            before = sibling.prev_sibling();
        }
        at = node.parent();
    }
    n_before >= FEWEST_CHARACTERS
}

/// Returns how many characters the paragraphs in `node` have, or itself where it is one.
fn paragraphs_len(node: &NodeRef<'_>) -> usize {
    if node.has_name("p") {
        return node.normalized_char_count();
    }
    node.descendants_it().filter(|inside| inside.has_name("p")).map(|inside| inside.normalized_char_count()).sum()
}

/// Takes out everything but the element that holds the headline of `page`, as its title tells it, and a text beside it.
pub(super) fn keep_article(page: &Readability) {
    let title = letters(&page.doc.select("title").text());
    let headlines = page.doc.select("h1, h2, h3");
    let shown = headlines.nodes().iter().map(|headline| (letters(&headline.text()).len(), headline));
    let shown = shown.filter(|(len, headline)| *len > 0 && title.contains(&letters(&headline.text())));
    let Some((_, headline)) = shown.min_by_key(|(len, _)| Reverse(*len)) else { return };
    let fewest = headline.normalized_char_count() + FEWEST_CHARACTERS;
    // A tree cannot be changed while it is walked.
    let ancestors = headline.ancestors(None).into_iter();
    let mut around =
        ancestors.filter(|element| !element.has_name("header") && element.normalized_char_count() >= fewest);
    let Some(mut kept) = around.next() else { return };
    while !kept.has_name("body")
        && let Some(parent) = kept.parent()
    {
        let others = parent.children().into_iter().filter(|child| child.id != kept.id && !child.has_name("script"));
        others.for_each(|other| other.remove_from_parent());
        kept = parent;
    }
}
