//! Articles held back during an update, because another with their id will most likely come.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::pipeline::Met;
use super::spill::{Place, Spill};
use crate::article::RawArticle;
use crate::error::{Error, Result};

/// The file of articles that are held back.
const SPILL_FILE: &str = "held.tmp";

/// Articles held back, one for each id.
pub(super) struct Held {
    /// The articles; none where they are only counted.
    spill: Option<Spill>,
    /// By the hashes of their ids.
    articles: FxHashMap<u64, HeldArticle>,
}

/// An article that is held back.
pub(super) struct HeldArticle {
    /// The hash of its id.
    pub(super) ord: u64,
    /// The hash of its content.
    pub(super) content_hash: u64,
    place: Option<Place>,
}

impl Held {
    /// Holds articles back in `folder`.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { spill: Some(Spill::new(folder.join(SPILL_FILE))), articles: FxHashMap::default() }
    }

    /// Holds nothing back but the hashes.
    pub(super) fn counted() -> Self {
        Self { spill: None, articles: FxHashMap::default() }
    }

    /// Holds an article back in place of any other with its id.
    pub(super) fn put(&mut self, met: &Met) -> Result<()> {
        let encoded = || postcard::to_stdvec(&met.raw).expect("an article holds nothing that cannot be encoded");
        let place = self.spill.as_mut().map(|spill| spill.put(&encoded())).transpose()?;
        let ord = met.raw.id.ord();
        self.articles.insert(ord, HeldArticle { ord, content_hash: met.content_hash, place });
        Ok(())
    }

    /// Lets go of the article whose id has the hash `ord`; returns the hash of its content.
    pub(super) fn remove(&mut self, ord: u64) -> Option<u64> {
        self.articles.remove(&ord).map(|article| article.content_hash)
    }

    /// Lets go of all articles, and returns them in the order in which they came.
    pub(super) fn take_all(&mut self) -> Vec<HeldArticle> {
        let mut articles: Vec<_> = std::mem::take(&mut self.articles).into_values().collect();
        articles.sort_by_key(|article| (article.place, article.ord));
        articles
    }

    /// Reads an article that was held back; `None` where it was only counted.
    pub(super) fn read(&self, article: &HeldArticle) -> Result<Option<RawArticle>> {
        let (Some(spill), Some(place)) = (&self.spill, article.place) else { return Ok(None) };
        let damaged =
            |source| Error::io("read", spill.path(), std::io::Error::new(std::io::ErrorKind::InvalidData, source));
        postcard::from_bytes(&spill.get(place)?).map(Some).map_err(damaged)
    }
}
