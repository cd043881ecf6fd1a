//! The entries of a feed that is no whole XML any more: each as a small feed of its own.
//!
//! A parser of XML stops at the first fault. What is cut short, or damaged in one entry, has others that are
//! whole; where they begin and end is told by their tags alone.

use memchr::memmem;

/// The names of the elements that are entries.
const ENTRIES: [&str; 2] = ["item", "entry"];

/// A feed cut into its entries.
pub(super) struct Parts<'a> {
    /// What stands before the first entry.
    head: &'a str,
    /// The elements that are open there.
    open: Vec<Tag<'a>>,
    /// Each entry with its tags; one that has no end goes to where the next one begins.
    pub(super) entries: Vec<Part<'a>>,
}

/// An entry.
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) is_whole: bool,
}

impl<'a> Parts<'a> {
    /// Cuts `feed`; `None` where no entry begins in it.
    pub(super) fn of(feed: &'a str) -> Option<Self> {
        let mut tags = Tags::of(feed);
        let mut open: Vec<Tag> = Vec::new();
        let first = loop {
            let tag = tags.next()?;
            match tag.kind {
                Kind::Start if tag.is_entry() => break tag,
                Kind::Start => open.push(tag),
                Kind::End => {
                    open.pop_if(|last| last.name == tag.name);
                }
                Kind::Empty => {}
            }
        };
        let head = &feed[..first.start];
        Some(Self { head, open, entries: entries(feed, tags, first) })
    }

    /// Returns the feed without its entries.
    pub(super) fn without_entries(&self) -> String {
        self.closed(self.head.to_owned())
    }

    /// Returns the entry `text` as the only one of a feed that says nothing else.
    pub(super) fn alone(&self, text: &str) -> String {
        let open: String = self.open.iter().map(|tag| tag.text).collect();
        self.closed(open + text)
    }

    fn closed(&self, mut feed: String) -> String {
        for tag in self.open.iter().rev() {
            feed.extend(["</", tag.name, ">"]);
        }
        feed
    }
}

impl<'a> Part<'a> {
    /// Returns what stands in the first element with one of `names`, the most telling first.
    pub(super) fn text_in(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| {
            let tag = Tags::of(self.text).find(|tag| tag.kind == Kind::Start && tag.name == *name)?;
            let inside = &self.text[tag.end()..];
            inside.get(..end_of(inside, name)?)
        })
    }
}

/// Returns where the element `name`, that `inside` stands in, ends; marked sections are passed over.
pub(super) fn end_of(inside: &str, name: &str) -> Option<usize> {
    let end_tag = format!("</{name}");
    let mut end = inside.find(&end_tag)?;
    let mut from = 0;
    while let Some(marked) = inside[from..end].find(MARKED).map(|at| from + at) {
        from = marked + inside[marked..].find("]]>")?;
        if from > end {
            end = from + inside[from..].find(&end_tag)?;
        }
    }
    Some(end)
}

/// What a marked section begins with.
pub(super) const MARKED: &str = "<![CDATA[";

/// Returns the entries of `feed` from the one that `first` begins on; `tags` stands behind that.
fn entries<'a>(feed: &'a str, tags: Tags<'a>, first: Tag<'a>) -> Vec<Part<'a>> {
    let mut entries = Vec::new();
    let mut begun = Some(first.start);
    for tag in tags.filter(|tag| tag.name == first.name) {
        match (tag.kind, begun) {
            (Kind::Start, _) => {
                entries.extend(begun.map(|start| Part { text: &feed[start..tag.start], is_whole: false }));
                begun = Some(tag.start);
            }
            (Kind::End, Some(start)) => {
                entries.push(Part { text: &feed[start..tag.end()], is_whole: true });
                begun = None;
            }
            (Kind::End, None) | (Kind::Empty, _) => {}
        }
    }
    entries.extend(begun.map(|start| Part { text: &feed[start..], is_whole: false }));
    entries
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    End,
    Empty,
}

/// A tag and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    pub(super) name: &'a str,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Tag<'_> {
    fn is_entry(&self) -> bool {
        ENTRIES.contains(&self.name)
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tags of an XML text, those in comments and marked sections left out.
pub(super) struct Tags<'a> {
    text: &'a str,
    pub(super) at: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + memchr::memchr(b'<', &self.text.as_bytes()[self.at..])?;
            let rest = &self.text[start..];
            let (end_mark, is_tag) = match rest.as_bytes() {
                [b'<', b'!', b'[', ..] => ("]]>", false),
                [b'<', b'!', b'-', ..] => ("-->", false),
                [b'<', b'!' | b'?', ..] => (">", false),
                [b'<', b'/' | b'_' | b':' | b'A'..=b'Z' | b'a'..=b'z' | 0x80.., ..] => (">", true),
                // A mark of comparison in a text that escapes nothing.
                _ => ("<", false),
            };
            let len = memmem::find(rest.as_bytes(), end_mark.as_bytes())? + end_mark.len();
            self.at = start + len;
            if is_tag {
                return Some(tag(start, &rest[..len]));
            }
        }
    }
}

fn tag(start: usize, text: &str) -> Tag<'_> {
    let inside = &text[1..text.len() - 1];
    let (kind, inside) = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
        (Some(name), _) => (Kind::End, name),
        (None, Some(name)) => (Kind::Empty, name),
        (None, None) => (Kind::Start, inside),
    };
    let name = inside.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
    Tag { kind, name, start, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the entries of a feed, each alone; one that is not whole ends with `…`.
    #[track_caller]
    fn check(feed: &str, expected: &[&str]) {
        let parts = Parts::of(feed).unwrap();
        let text = |part: &Part| {
            let alone = parts.alone(part.text);
            if part.is_whole { alone } else { alone + "…" }
        };
        assert_eq!(parts.entries.iter().map(text).collect::<Vec<_>>(), expected, "{feed}");
    }

    #[test]
    fn each_entry_becomes_a_feed() {
        check(
            "<rss v=\"2\"><channel><title>T</title><link/><item>1</item>\n<item a=\"b\">2</item></channel></rss>",
            &[
                "<rss v=\"2\"><channel><item>1</item></channel></rss>",
                "<rss v=\"2\"><channel><item a=\"b\">2</item></channel></rss>",
            ],
        );
        check("<feed><entry>1</entry><entry>2</en", &["<feed><entry>1</entry></feed>", "<feed><entry>2</en</feed>…"]);
        check(
            "<rdf:RDF><channel><x></channel><item>1</item>",
            &["<rdf:RDF><channel><x><item>1</item></x></channel></rdf:RDF>"],
        );
    }

    #[test]
    fn tags_in_comments_and_marked_sections_are_none() {
        check(
            "<rss><!-- <item> --><item><![CDATA[</item>]]></item><item>2<item>3</item>",
            &["<rss><item><![CDATA[</item>]]></item></rss>", "<rss><item>2</rss>…", "<rss><item>3</item></rss>"],
        );
    }

    #[test]
    fn elements_of_an_entry_are_found() {
        let feed = "<rss><item><dc:date>2</dc:date><pubDate a='b'>1 <![CDATA[</pubDate> x]]></pubDate><a>3</item>";
        let entry = &Parts::of(feed).unwrap().entries[0];
        assert_eq!(entry.text_in(&["pubDate", "dc:date"]), Some("1 <![CDATA[</pubDate> x]]>"));
        assert_eq!(entry.text_in(&["x", "dc:date"]), Some("2"));
        assert_eq!(entry.text_in(&["a"]), None);
    }

    #[test]
    fn a_mark_of_comparison_is_no_tag() {
        check(
            "<rss><item>1 < 2 <3</item><item>4</item>",
            &["<rss><item>1 < 2 <3</item></rss>", "<rss><item>4</item></rss>"],
        );
    }

    #[test]
    fn what_has_no_entry_has_no_parts() {
        for text in ["", "<", "<rss><channel>", "<!-- <item> -->", "<![CDATA[<item>"] {
            assert!(Parts::of(text).is_none(), "{text}");
        }
    }
}
