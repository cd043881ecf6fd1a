//! Repeated passages: which stretches of a body say again what stands elsewhere.
//!
//! Runs after `clean` and before `index`. It deletes nothing: a repeat becomes a [`Fold`](crate::article::Fold), a pair of
//! byte ranges, which the index leaves out and every reader can undo.

mod passages;

use crate::article::Article;

pub use passages::{MIN_WORDS, repeats};

/// Sets the folds of `article`: the passages of its body that repeat an earlier one.
///
/// ```
/// use kliping::article::{ArticleId, Declared, RawArticle};
/// let sentence = "Harga beras naik lagi pekan ini.";
/// let text = format!("{sentence}\nPedagang mengeluh.\n{sentence}\n");
/// let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text, declared: Declared::default() };
/// let mut article = kliping::clean::clean(raw);
/// kliping::dedup::fold_repeats(&mut article);
/// assert_eq!(article.folds[0].range, 52..84);
/// assert_eq!(article.folds[0].source, 0..32);
/// ```
pub fn fold_repeats(article: &mut Article) {
    let body: Vec<_> = article.body().collect();
    article.folds = repeats(&article.text, &body);
}
