//! The articles of an outlet that carry a sentence and are about different things: with the third the
//! sentence is boilerplate.

use super::memory::Entry;

/// No article.
const NONE: u32 = u32::MAX;

/// Up to three articles of one outlet, no two of which are about the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    articles: [u32; 3],
}

impl Tally {
    /// Returns the tally kept as `entry`; where there is none, of the article `first` alone.
    pub(super) fn new(entry: Option<Entry>, first: Option<u32>) -> Self {
        let articles = entry.map_or([first.unwrap_or(NONE), NONE, NONE], Entry::values);
        Self { articles }
    }

    /// Returns its articles that are `left`.
    pub(super) fn left(self, is_left: impl Fn(u32) -> bool) -> impl Iterator<Item = u32> {
        self.articles.into_iter().filter(move |article| *article != NONE && is_left(*article))
    }

    /// Returns its articles, in order, where it is full of such as are `left`.
    pub(super) fn full(self, is_left: impl Fn(u32) -> bool) -> Option<[u32; 3]> {
        (self.left(is_left).count() == self.articles.len()).then_some(self.articles)
    }

    /// Returns the entry of its articles that are `left`, in order, and of `article`, for which the earliest makes
    /// room.
    pub(super) fn with(self, article: u32, is_left: impl Fn(u32) -> bool) -> Entry {
        let mut articles = [NONE; 3];
        let n_too_many = usize::from(self.full(&is_left).is_some());
        for (slot, article) in articles.iter_mut().zip(self.left(is_left).skip(n_too_many).chain([article])) {
            *slot = article;
        }
        articles.sort_unstable();
        Entry::of_values(articles)
    }
}
