//! Pages to trees of elements; those that nest too deep are given up on the way.

use std::cell::Cell;

use dom_query::{Document, NodeId};
use html5ever::interface::Tracer;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// How many elements may be open at once: what nests deeper is no page, takes time that grows with the square of its
/// depth, and would exhaust the stack.
const MOST_OPEN: usize = 500;
/// How much is read between two looks at what is open. It holds a thousand elements at most that begin and end in it,
/// which is too few to do harm.
const PIECE_BYTES: usize = 4096;

/// Returns the tree of `html`; `None` where its elements nest too deep.
///
/// What is open only the parser can tell: some elements end by themselves, some have no end, some tags stand in
/// scripts.
pub(super) fn tree_of(html: &str) -> Option<Document> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = parse_document(Document::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
        parser.process(piece.into());
        let open = Open::default();
        parser.tokenizer.sink.trace_handles(&open);
        if open.count.get() > MOST_OPEN {
            return None;
        }
        rest = behind;
    }
    Some(parser.finish())
}

/// Counts the elements that are open, and those that are opened again in each paragraph.
#[derive(Default)]
struct Open {
    count: Cell<usize>,
}

impl Tracer for Open {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.count.update(|count| count + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_too_deep_is_refused() {
        for open in ["<div>", "<div><p></p>", "<span><div></span></div>", "<div/>", "<table><td>", "<b a=1><i></b>"] {
            assert!(tree_of(&open.repeat(5000)).is_none(), "{open}");
        }
    }

    #[test]
    fn elements_that_end_do_not_nest() {
        for (before, repeated, after) in [
            ("<svg>", "<path d='m1'/>", "</svg>"),
            ("", "a<wbr>b<embed><track><param>", ""),
            ("<table>", "<tr><td>a<td>b", "</table>"),
            ("<dl>", "<dt>a<dd>b", "</dl>"),
            ("<select>", "<option>a", "</select>"),
            ("<script>", "'<div>'", "</script>"),
            ("<style>", "<div>", "</style>"),
            ("<!--", "<div>", "-->"),
        ] {
            let tree = tree_of(&format!("{before}{}{after}<p>Isi</p>", repeated.repeat(5000)));
            assert_eq!(tree.map(|tree| tree.select("p").text().to_string()).as_deref(), Some("Isi"), "{repeated}");
        }
    }

    #[test]
    fn a_page_is_the_same_in_pieces() {
        let page = format!("<p class='{}'>é\r\n&amp;{}</p>", "ä".repeat(3000), "é&eacute;\r\n<br>".repeat(3000));
        assert_eq!(tree_of(&page).unwrap().html(), Document::from(page.as_str()).html());
    }
}
