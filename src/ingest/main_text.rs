//! The main text of a page.

use dom_smoothie::{Article, ParsePolicy, Readability};

use super::SkipReason;
use super::markup::{readability, text_of};
use super::page_meta::PageMeta;
use super::repair::repair;
use super::surroundings::{keep_article, remove_surroundings, unmark_commenters, unmark_datelines};
use super::teasers::remove_teasers;

/// The fewest characters of main text that make a page an article.
pub(super) const FEWEST_CHARACTERS: usize = 140;

/// The element into which the library puts the article.
const MAIN_TEXT: &str = "#readability-page-1";

/// Reads `html` without what readers wrote below the article, and with all of the article.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] where its elements nest too deep.
pub(super) fn page_of(html: &str) -> Result<Readability, SkipReason> {
    let page = readability(html)?;
    remove_surroundings(&page);
    unmark_commenters(&page);
    unmark_datelines(&page);
    show_rest(&page);
    Ok(page)
}

/// Shows the paragraphs behind others that a page hides until its reader asks for the rest.
fn show_rest(page: &Readability) {
    let hidden = page.doc.select("p ~ [style*=none], p ~ [hidden], p ~ [aria-hidden=true], p ~ .hidden");
    for element in hidden.iter().filter(|element| element.select("p").text().trim().len() >= FEWEST_CHARACTERS) {
        element.remove_attrs(&["style", "hidden", "aria-hidden", "class"]);
    }
}

/// Finds the article of `page`, which was read from `html`. One that the library finds to be short it would look for
/// among what it has put aside, teasers and notices: then only what stands with the headline is looked at.
pub(super) fn found(mut page: Readability, html: &str) -> Option<Article> {
    keep_breaks(&page);
    let first = page.parse_with_policy(ParsePolicy::Strict).ok().map(|article| with_lines(article, &page));
    if first.as_ref().is_some_and(|article| n_characters(&article.text_content) >= page.config.char_threshold) {
        return first;
    }
    let mut page = page_of(html).ok()?;
    keep_breaks(&page);
    keep_article(&page);
    page.parse().ok().map(|article| with_lines(article, &page)).or(first)
}

/// Returns `article`, which was taken from `page`, with each line of its text by itself.
fn with_lines(article: Article, page: &Readability) -> Article {
    let text = text_of(page, MAIN_TEXT);
    Article { text_content: text.into(), ..article }
}

/// Returns how many characters are in `text`, with one blank between words.
fn n_characters(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count() + 1).sum()
}

/// Returns the text of the article on a page: what the page shows, or else what it `said`.
///
/// # Errors
/// Returns [`SkipReason::NoArticle`] where there is none.
pub(super) fn main_text(found: Option<&Article>, said: &PageMeta) -> Result<String, SkipReason> {
    let is_enough = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() >= FEWEST_CHARACTERS;
    let content = found.and_then(|article| readability(&article.content).ok());
    let is_list = content.as_ref().is_some_and(|content| is_list(content, said.is_article));
    let without_teasers = content.filter(remove_teasers).map(|content| text_of(&content, MAIN_TEXT));
    let shown = found.map(|article| repair(without_teasers.unwrap_or_else(|| article.text_content.to_string())));
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

/// The fewest linked headlines that make a list of a page.
const FEWEST_TEASERS: usize = 5;

/// Returns whether `page` is a list of other pages: most of it stands in links, or linked headlines begin it.
fn is_list(page: &Readability, is_declared: bool) -> bool {
    let len = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let text = page.doc.text();
    let is_linked = len(&page.doc.select("a").text()) * 2 > len(&text);
    let headlines = page.doc.select("h1 a, h2 a, h3 a, h4 a, a h1, a h2, a h3, a h4");
    let first = headlines.iter().next().map(|headline| headline.text().to_string());
    let before = first.and_then(|first| text.find(first.trim())).map_or(&*text, |at| &text[..at]);
    let are_teasers = headlines.length() >= FEWEST_TEASERS && len(before) < FEWEST_CHARACTERS;
    is_linked && !is_declared || are_teasers
}
