//! What stands around the article of a page and is none of it: what readers wrote below it, and everything else
//! where the article is short.

use std::cmp::Reverse;

use dom_smoothie::Readability;

use super::main_text::FEWEST_CHARACTERS;
use super::page_meta::letters;

/// Takes out what is no part of the article of `page` and may be longer than that: what readers wrote below it, and
/// the elements made for what stands beside it. One that holds the headline or an article is no such element, nor is
/// any where nothing would be left.
pub(super) fn remove_surroundings(page: &Readability) {
    let len = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut n_left = len(&page.doc.select("body").text());
    for element in &page.doc.select("body [id], body [class], body aside, body nav") {
        let names = ["id", "class"].iter().filter_map(|name| element.attr(name));
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
