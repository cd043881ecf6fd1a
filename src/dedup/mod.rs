//! Repeated passages and stories: what an article says again of itself and of those before it.
//!
//! Runs after `clean` and before `index`. It deletes nothing: a repeat is a pair of byte ranges that every
//! reader can undo. [`fold_repeats`] looks at one article, a [`Deduper`] at each as it arrives. Three steps
//! find a repeat: the key of a whole sentence (`sketch`), marks that a passage with small differences
//! still shares, and the comparison word by word (`align`) of what the marks point at, judged in whole
//! sentences (`verdict`): a sentence that says anything new, a figure or a name, is no repeat.
//!
//! The index records the folds inside articles and nothing else: what a [`Deduper`] finds across
//! articles is for programs that use this library, and neither stored nor searched.

mod align;
mod arrival;
mod copies;
mod deduper;
mod own;
mod sketch;
mod spelling;
mod stories;
mod table;
mod verdict;
mod word;

use crate::article::{Article, Fold};
use arrival::Arrival;
use own::own_repeats;

pub use arrival::{Findings, Repeat, RepeatKind};
pub use deduper::{Deduper, Earlier, Library};
pub use sketch::{MIN_WORDS, Sketch};

/// Sets the folds of `article`: the passages of its body that repeat an earlier one.
///
/// A repeat may differ in damaged letters, case, punctuation and grammar words, never in a figure, a
/// name or a negation. The source of a fold is never folded itself.
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
    let sketch = Sketch::of_body(article);
    let own = own_repeats(&article.text, &sketch);
    let repeats = Arrival::alone(&sketch, own).repeats(&article.text);
    article.folds = repeats.into_iter().map(|Repeat { range, source, .. }| Fold { range, source }).collect();
}
