//! What to show of an article: the sentences that answer the query, with every match marked.
//!
//! Works on the stored text and the plan alone; it knows no index and no terminal.

mod fragments;
mod highlights;
mod reach;
mod tokens;

use std::ops::Range;

use crate::analysis::{Analyzer, Memo};
use crate::article::Article;
use crate::query::Plan;

pub use fragments::{MAX_FRAGMENTS, Snippeter};
pub(crate) use highlights::{Match, Matcher};

/// A stretch of an article that is shown with a hit.
///
/// Invariant: highlights ascend, do not overlap and fall on character boundaries of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    text: String,
    range: Range<usize>,
    cut: Cut,
    highlights: Vec<Range<usize>>,
}

/// Whether a fragment is a whole sentence or was cut out of a long one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Words before it were left out.
    pub start: bool,
    /// Words behind it were left out.
    pub end: bool,
}

impl Fragment {
    /// Returns the fragment `range` of `source`; `highlights` are ranges of `source` within it.
    fn new(source: &str, range: Range<usize>, cut: Cut, highlights: &[Range<usize>]) -> Self {
        debug_assert!(highlights.windows(2).all(|pair| pair[0].end <= pair[1].start), "highlights ascend");
        debug_assert!(highlights.iter().all(|h| range.start <= h.start && h.end <= range.end), "highlights inside");
        let highlights = highlights.iter().map(|h| h.start - range.start..h.end - range.start).collect();
        Self { text: source[range.clone()].to_owned(), range, cut, highlights }
    }

    /// Returns the text shown.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the article's text where it stands.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Returns what was cut off.
    #[must_use]
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// Returns the byte ranges of [`text`](Self::text) that match the query.
    #[must_use]
    pub fn highlights(&self) -> &[Range<usize>] {
        &self.highlights
    }
}

/// Returns the fragments of `article` for `plan`: at most [`MAX_FRAGMENTS`], in the order of the
/// text, never of folded text; the first sentence where nothing of the body matches.
#[must_use]
pub fn snippet(article: &Article, plan: &Plan, analyzer: &Analyzer) -> Vec<Fragment> {
    Snippeter::new(plan, analyzer).fragments(article, &mut Memo::default())
}
