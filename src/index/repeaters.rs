//! Which other articles repeat a passage.

use std::ops::Range;

use super::parts::LostArticle;
use super::reader::Index;
use crate::article::{Article, ArticleId};
use crate::error::Result;

/// Articles that are looked at for one source, so that one with very many copies takes bounded time.
pub const MAX_REPEATERS: usize = 1000;

/// The articles that repeat something of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeaters {
    /// What each repeats, as bytes of the one article.
    repeats: Vec<(ArticleId, Vec<Range<usize>>)>,
}

impl Repeaters {
    /// Returns how many articles but `id` repeat more than half of `passage`, which is a range of bytes of
    /// the article that is repeated; [`MAX_REPEATERS`] where there may be more.
    #[must_use]
    pub fn n_besides(&self, id: &ArticleId, passage: &Range<usize>) -> usize {
        let others = self.repeats.iter().filter(|(other, ranges)| other != id && covers_half(ranges, passage));
        if self.repeats.len() >= MAX_REPEATERS { MAX_REPEATERS } else { others.count() }
    }
}

impl Index {
    /// Returns the articles that repeat something of the article `id`, of the first [`MAX_REPEATERS`] to arrive those
    /// that can be read.
    ///
    /// # Errors
    /// Fails where the lists of the index cannot be read.
    pub fn repeaters(&self, id: &ArticleId) -> Result<Repeaters> {
        let articles = self.articles_repeating(id)?.take(MAX_REPEATERS).flatten();
        Ok(Repeaters { repeats: articles.map(|article| (article.id.clone(), repeated(&article, id))).collect() })
    }

    /// Returns the articles that have something folded or linked to the article `id`, in the order of arrival; each is
    /// read when it is asked for, and may be lost.
    ///
    /// # Errors
    /// Fails where the lists of the index cannot be read.
    pub fn articles_repeating(
        &self,
        id: &ArticleId,
    ) -> Result<impl ExactSizeIterator<Item = std::result::Result<Article, LostArticle>>> {
        let mut arrived = Vec::new();
        for address in self.repeating(id)? {
            arrived.push((self.arrival(address)?, address));
        }
        arrived.sort_unstable();
        Ok(arrived.into_iter().map(|(_, address)| self.readable(address)))
    }
}

/// Returns what `article` says as `source` does, as bytes of `source`.
fn repeated(article: &Article, source: &ArticleId) -> Vec<Range<usize>> {
    let folds = article.folds.iter().filter(|fold| fold.article.as_ref() == Some(source)).map(|fold| &fold.source);
    let links = article.links.iter().filter(|link| link.article == *source && link.kind.is_copy());
    folds.chain(links.map(|link| &link.source)).cloned().collect()
}

fn covers_half(ranges: &[Range<usize>], passage: &Range<usize>) -> bool {
    let shared = |range: &Range<usize>| range.end.min(passage.end).saturating_sub(range.start.max(passage.start));
    2 * ranges.iter().map(shared).sum::<usize>() > passage.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_repeat_more_than_half_are_counted() {
        let [a, b, c] = ["a", "b", "c"].map(ArticleId::new);
        let whole = vec![0..50, 50..100];
        let repeats = vec![(a.clone(), whole), (b, vec![0..30, 60..100]), (c, vec![90..130, 130..200])];
        let repeaters = Repeaters { repeats };
        assert_eq!(repeaters.n_besides(&a, &(0..100)), 1);
        assert_eq!(repeaters.n_besides(&ArticleId::new("d"), &(0..100)), 2);
        assert_eq!(repeaters.n_besides(&a, &(100..180)), 1);
    }
}
