//! Repeated passages and stories: what an article says again of itself and of those before it.
//!
//! Runs after `clean` and before `index`. It deletes nothing: a repeat is a pair of byte ranges that every
//! reader can undo. [`fold_repeats`] looks at one article, a [`Deduper`] at each as it arrives. Three steps
//! find a repeat: the key of a whole sentence (`sketch`), marks that a passage with small differences
//! still shares, and the comparison word by word (`align`) of what the marks point at, judged in whole
//! sentences (`verdict`): a sentence that says anything new, a figure or a name, is no repeat.
//!
//! What an article says twice is folded, and so is the boilerplate of its outlet. What it copies from
//! other articles stays as it is and is linked to its source.

mod align;
mod arrival;
mod beside;
mod canonical;
mod copies;
mod deduper;
mod earlier;
mod known;
mod memory;
mod own;
mod sketch;
mod spelling;
mod stories;
mod tally;
mod topic;
mod trace;
mod verdict;
mod word;

use crate::article::{Article, ArticleId, Fold, FoldKind, Link, LinkKind};
use arrival::Arrival;

pub use arrival::{Findings, Repeat, RepeatKind};
pub(crate) use canonical::canonical_of_fit;
pub use canonical::{MAX_CANDIDATES, canonical, shared_share};
pub use deduper::{Arrived, Arriving, Deduper};
pub use earlier::{Earlier, Library};
pub use memory::{Entry, InMemory, Memory};
pub use sketch::Sketch;
pub use trace::{Carried, Difference, Traced};

/// Sets the folds of `article`, the passages of its body that repeat an earlier one, and returns its
/// sketch.
///
/// A repeat may differ in damaged letters, case, punctuation and grammar words, never in a figure, a name or a
/// negation. An entry of a list repeats another only together with what stands beside it. The source of such a fold is
/// never folded itself.
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
pub fn fold_repeats(article: &mut Article) -> Sketch {
    let sketch = Sketch::of(article);
    let repeats = Arrival::alone(&article.text, &sketch).repeats();
    record(article, repeats, |_| None);
    sketch
}

/// Writes `repeats` into `article`: as folds what is not to be indexed, as links the rest. `id_of` gives
/// the ids of earlier articles; what repeats one without an id is left out.
pub fn record(article: &mut Article, repeats: Vec<Repeat>, id_of: impl Fn(u32) -> Option<ArticleId>) {
    (article.folds, article.links) = (Vec::new(), Vec::new());
    for Repeat { range, article: number, source, kind } in repeats {
        let fold = |article, kind| Fold { range: range.clone(), source: source.clone(), article, kind };
        let link = |article, kind| Link { range: range.clone(), source: source.clone(), article, kind };
        match (kind, number.map(&id_of)) {
            (RepeatKind::Exact, None) => article.folds.push(fold(None, FoldKind::Exact)),
            (_, None) => article.folds.push(fold(None, FoldKind::Near)),
            (RepeatKind::Boilerplate, Some(id @ Some(_))) => article.folds.push(fold(id, FoldKind::Boilerplate)),
            (RepeatKind::Exact, Some(Some(id))) => article.links.push(link(id, LinkKind::Copy)),
            (RepeatKind::Near, Some(Some(id))) => article.links.push(link(id, LinkKind::NearCopy)),
            (RepeatKind::Update, Some(Some(id))) => article.links.push(link(id, LinkKind::Update)),
            (RepeatKind::Restatement, Some(Some(id))) => article.links.push(link(id, LinkKind::Restatement)),
            (_, Some(None)) => {}
        }
    }
}
