//! The entries of a feed that is no whole XML any more: each as a small feed of its own.
//!
//! A parser of XML stops at the first fault. What is cut short, or damaged in one entry, has others that are
//! whole; where they begin and end is told by their tags alone.

use memchr::memmem;

/// The names of the elements that are entries.
const ENTRIES: [&[u8]; 2] = [b"item", b"entry"];

/// A feed cut into its entries.
pub(super) struct Parts<'a> {
    /// What stands before the first entry.
    head: &'a [u8],
    /// The elements that are open there.
    open: Vec<Tag<'a>>,
    /// Each entry with its tags; one that has no end goes to where the next one begins.
    pub(super) entries: Vec<Part<'a>>,
}

/// An entry.
pub(super) struct Part<'a> {
    bytes: &'a [u8],
    pub(super) is_whole: bool,
}

impl<'a> Parts<'a> {
    /// Cuts `feed`; `None` where no entry begins in it.
    pub(super) fn of(feed: &'a [u8]) -> Option<Self> {
        let mut tags = Tags { bytes: feed, at: 0 };
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
    pub(super) fn without_entries(&self) -> Vec<u8> {
        self.closed(self.head.to_vec())
    }

    /// Returns the entry `part` as the only one of a feed that says nothing else.
    pub(super) fn alone(&self, part: &Part) -> Vec<u8> {
        let mut feed = declaration(self.head).to_vec();
        feed.extend(self.open.iter().flat_map(|tag| tag.bytes));
        feed.extend_from_slice(part.bytes);
        self.closed(feed)
    }

    fn closed(&self, mut feed: Vec<u8>) -> Vec<u8> {
        for tag in self.open.iter().rev() {
            feed.extend_from_slice(b"</");
            feed.extend_from_slice(tag.name);
            feed.push(b'>');
        }
        feed
    }
}

/// Returns the declaration that `head` begins with, which names the encoding.
fn declaration(head: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'>', head).filter(|_| head.starts_with(b"<?xml"));
    end.map_or(&[], |end| &head[..=end])
}

/// Returns the entries of `feed` from the one that `first` begins on; `tags` stands behind that.
fn entries<'a>(feed: &'a [u8], tags: Tags<'a>, first: Tag<'a>) -> Vec<Part<'a>> {
    let mut entries = Vec::new();
    let mut begun = Some(first.start);
    for tag in tags.filter(|tag| tag.name == first.name) {
        match (tag.kind, begun) {
            (Kind::Start, _) => {
                entries.extend(begun.map(|start| Part { bytes: &feed[start..tag.start], is_whole: false }));
                begun = Some(tag.start);
            }
            (Kind::End, Some(start)) => {
                let end = tag.start + tag.bytes.len();
                entries.push(Part { bytes: &feed[start..end], is_whole: true });
                begun = None;
            }
            (Kind::End, None) | (Kind::Empty, _) => {}
        }
    }
    entries.extend(begun.map(|start| Part { bytes: &feed[start..], is_whole: false }));
    entries
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Start,
    End,
    Empty,
}

/// A tag and where it stands.
#[derive(Clone, Copy)]
struct Tag<'a> {
    kind: Kind,
    name: &'a [u8],
    start: usize,
    bytes: &'a [u8],
}

impl Tag<'_> {
    fn is_entry(&self) -> bool {
        ENTRIES.contains(&self.name)
    }
}

/// The tags of an XML text, those in comments and marked sections left out.
struct Tags<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + memchr::memchr(b'<', &self.bytes[self.at..])?;
            let rest = &self.bytes[start..];
            let (end_mark, is_tag): (&[u8], bool) = match rest {
                [b'<', b'!', b'[', ..] => (b"]]>", false),
                [b'<', b'!', b'-', ..] => (b"-->", false),
                [b'<', b'!' | b'?', ..] => (b">", false),
                _ => (b">", true),
            };
            let len = memmem::find(rest, end_mark)? + end_mark.len();
            self.at = start + len;
            if is_tag {
                return Some(tag(start, &rest[..len]));
            }
        }
    }
}

fn tag(start: usize, bytes: &[u8]) -> Tag<'_> {
    let inside = &bytes[1..bytes.len() - 1];
    let (kind, inside) = match inside {
        [b'/', name @ ..] => (Kind::End, name),
        [name @ .., b'/'] => (Kind::Empty, name),
        name => (Kind::Start, name),
    };
    let name = inside.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    Tag { kind, name, start, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the entries of a feed, each alone; one that is not whole ends with `…`.
    #[track_caller]
    fn check(feed: &str, expected: &[&str]) {
        let parts = Parts::of(feed.as_bytes()).unwrap();
        let text = |part: &Part| {
            let alone = String::from_utf8(parts.alone(part)).unwrap();
            if part.is_whole { alone } else { alone + "…" }
        };
        assert_eq!(parts.entries.iter().map(text).collect::<Vec<_>>(), expected, "{feed}");
    }

    #[test]
    fn each_entry_becomes_a_feed() {
        check(
            "<?xml version=\"1.0\"?><rss v=\"2\"><channel><title>T</title><link/><item>1</item>\n<item a=\"b\">2</item></channel></rss>",
            &[
                "<?xml version=\"1.0\"?><rss v=\"2\"><channel><item>1</item></channel></rss>",
                "<?xml version=\"1.0\"?><rss v=\"2\"><channel><item a=\"b\">2</item></channel></rss>",
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
    fn what_has_no_entry_has_no_parts() {
        for text in ["", "<", "<rss><channel>", "<!-- <item> -->", "<![CDATA[<item>"] {
            assert!(Parts::of(text.as_bytes()).is_none(), "{text}");
        }
    }
}
