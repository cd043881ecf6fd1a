//! Entries of a feed that break the rules of XML as pages do: `&` that stands for itself, `<br>` that is never
//! closed.

use super::feed_parts::{Kind, MARKED, Tag, Tags, end_of};

/// The elements that hold text or a piece of a page, without what stands before a colon in their names.
const TEXTS: [&str; 10] =
    ["category", "content", "creator", "description", "encoded", "guid", "link", "summary", "title", "author"];

/// Returns the piece of a feed with its texts escaped where they hold tags or marks that are not.
pub(super) fn repaired(piece: &str) -> String {
    let mut repaired = String::with_capacity(piece.len());
    let (mut tags, mut ends) = (Tags::of(piece), Ends::of(piece));
    let mut copied = 0;
    while let Some(tag) = tags.next() {
        push_escaped(&mut repaired, &piece[copied..tag.end()]);
        copied = tag.end();
        let Some(end) = ends.of_text(&tag) else { continue };
        let inside = &piece[copied..end];
        if holds_tags(inside) {
            // What is escaped is no longer a part of the feed's own markup.
            repaired.truncate(repaired.len() - tag.text.len());
            repaired.push_str(&tag.text.replace("xhtml", "html"));
            push_as_text(&mut repaired, inside);
        } else {
            push_escaped(&mut repaired, inside);
        }
        copied = end;
        tags.at = copied;
    }
    push_escaped(&mut repaired, &piece[copied..]);
    repaired
}

/// Where the elements of a piece end.
struct Ends<'a> {
    piece: &'a str,
    /// For each name the end that was found last: it is that of what comes before it, too, and where there was none,
    /// there is none further on.
    found: Vec<(&'a str, Option<usize>)>,
}

impl<'a> Ends<'a> {
    fn of(piece: &'a str) -> Self {
        Self { piece, found: Vec::new() }
    }

    /// Returns where the text of the element that `tag` opens ends.
    fn of_text(&mut self, tag: &Tag<'a>) -> Option<usize> {
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        if tag.kind != Kind::Start || !TEXTS.contains(&name) {
            return None;
        }
        let end = self.behind(tag.end(), tag.name)?;
        // An author has elements of its own.
        (name != "author" || self.behind(tag.end(), "") == Some(end)).then_some(end)
    }

    /// Returns where the first end tag behind `start` is whose name begins with `name`.
    fn behind(&mut self, start: usize, name: &'a str) -> Option<usize> {
        /// The most names that are looked for, each of which may stand in another name space.
        const MOST_NAMES: usize = 100;
        let at = self.found.iter().position(|(known, _)| *known == name).unwrap_or(self.found.len());
        if at == MOST_NAMES {
            return None;
        }
        if at == self.found.len() {
            self.found.push((name, Some(0)));
        }
        let (_, end) = &mut self.found[at];
        if end.is_some_and(|end| end < start) {
            *end = end_of(&self.piece[start..], name).map(|len| start + len);
        }
        *end
    }
}

fn holds_tags(text: &str) -> bool {
    in_pieces(text).any(|(piece, is_marked)| !is_marked && piece.contains('<'))
}

/// Returns `text` cut at its marked sections, and whether each piece is one.
fn in_pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_marked = rest.starts_with(MARKED);
        let len = if is_marked { rest.find("]]>").map(|end| end + "]]>".len()) } else { rest.find(MARKED) };
        let (piece, behind) = rest.split_at(len.unwrap_or(rest.len()));
        rest = behind;
        (!piece.is_empty()).then_some((piece, is_marked))
    })
}

/// Pushes `text` with every tag in it as text.
fn push_as_text(repaired: &mut String, text: &str) {
    for (piece, is_marked) in in_pieces(text) {
        if is_marked {
            repaired.push_str(piece);
        } else {
            push_escaped(repaired, &piece.replace('<', "&lt;"));
        }
    }
}

/// Pushes `text` with every `&` escaped that begins no entity of XML.
fn push_escaped(repaired: &mut String, text: &str) {
    for (piece, is_marked) in in_pieces(text) {
        let mut parts = piece.split('&');
        repaired.push_str(parts.next().unwrap_or_default());
        for part in parts {
            repaired.push_str(if is_marked || is_entity(part) { "&" } else { "&amp;" });
            repaired.push_str(part);
        }
    }
}

/// Whether `text`, which stands behind an `&`, begins with an entity that XML knows.
fn is_entity(text: &str) -> bool {
    let Some((name, _)) = text.split_once(';') else { return false };
    let is_number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).is_some();
    match name.strip_prefix('#') {
        Some(digits) => digits.strip_prefix(['x', 'X']).map_or_else(|| is_number(digits, 10), |hex| is_number(hex, 16)),
        None => ["amp", "lt", "gt", "quot", "apos"].contains(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(piece: &str, expected: &str) {
        assert_eq!(repaired(piece), expected);
    }

    #[test]
    fn marks_that_stand_for_themselves_are_escaped() {
        check("<item><title>A & B</title></item>", "<item><title>A &amp; B</title></item>");
        check("<link>https://a.id/?b=1&c=2</link>", "<link>https://a.id/?b=1&amp;c=2</link>");
        check("<title>A &amp; B &#38; C &#x26; &lt;</title>", "<title>A &amp; B &#38; C &#x26; &lt;</title>");
        check("<title>A&nbsp;B &#xZ; &;</title>", "<title>A&amp;nbsp;B &amp;#xZ; &amp;;</title>");
        check("<x a=\"b&c\">&</x>&", "<x a=\"b&amp;c\">&amp;</x>&amp;");
    }

    #[test]
    fn tags_of_pages_become_text() {
        check("<description>satu<br>dua & tiga</description>", "<description>satu&lt;br>dua &amp; tiga</description>");
        check("<title>1 < 2</title>", "<title>1 &lt; 2</title>");
        check("<content:encoded><p>a</content:encoded>", "<content:encoded>&lt;p>a</content:encoded>");
        check("<content type=\"xhtml\"><p>a</content>", "<content type=\"html\">&lt;p>a</content>");
        check("<author><name>A & B</name></author>", "<author><name>A &amp; B</name></author>");
    }

    #[test]
    fn many_elements_cost_as_much_as_few() {
        const N: usize = 100_000;
        let authors = format!("{}<x></x></author>", "<author>".repeat(N));
        for text in ["<title>".repeat(N), "<b>".repeat(N), authors, "<title>a</title>".repeat(N)] {
            check(&text, &text);
        }
        let text = format!("<title>{}</title>", "<![CDATA[x]]>".repeat(N));
        check(&text, &text);
    }

    #[test]
    fn marked_sections_stay() {
        for text in ["<title><![CDATA[A & B <br> </title>]]></title>", "<!-- & < --><item/>", "<link/><link href='a'/>"]
        {
            check(text, &text.replace("<!-- & <", "<!-- &amp; <"));
        }
        check("<title><![CDATA[&]]> & <b></title>", "<title><![CDATA[&]]> &amp; &lt;b></title>");
        check("<title><![CDATA[& never closed", "<title><![CDATA[& never closed");
    }
}
