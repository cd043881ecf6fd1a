//! Articles as they are stored: the text as it is, and the rest encoded.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tantivy::schema::OwnedValue;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use xxhash_rust::xxh3::Xxh3Default;

use super::guard::guarded;
use crate::article::{Article, ArticleId, Fold, Link, Metadata, Passage};

/// The parts of an article that its document stores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredArticle {
    /// The text: most of what there is to read, and read with no copy in between.
    text: String,
    /// All else.
    rest: Vec<u8>,
}

impl StoredArticle {
    pub(super) fn new(text: String, rest: Vec<u8>) -> Self {
        Self { text, rest }
    }

    /// Returns the article that `read` reads from an index, or what is wrong with it. Whatever is read there may be
    /// damaged, and the index library panics on some of it.
    pub(crate) fn read(read: impl FnOnce() -> tantivy::Result<Self>) -> Result<Article, Damage> {
        guarded(read).ok_or(Damage::Altered)??.decode()
    }

    /// Returns the article, or what is wrong with it.
    pub(crate) fn decode(self) -> Result<Article, Damage> {
        let (rest, checksum) = self.rest.split_last_chunk().ok_or(Damage::Altered)?;
        if u64::from_le_bytes(*checksum) != checksum_of(&self.text, rest) {
            return Err(Damage::Altered);
        }
        let Rest { id, path, metadata, passages, folds, links } = postcard::from_bytes(rest)?;
        Ok(Article {
            id: id.into_owned(),
            path: path.into_owned(),
            text: self.text,
            metadata: metadata.into_owned(),
            passages: passages.into_owned(),
            folds: folds.into_owned(),
            links: links.into_owned(),
        })
    }
}

/// Why a stored article is no article.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Damage {
    #[error("an article is not what was stored")]
    Altered,
    #[error("an article cannot be decoded")]
    Encoding(#[from] postcard::Error),
    #[error("an article cannot be read")]
    Unreadable(#[from] tantivy::TantivyError),
}

/// Returns the checksum of an article: those of files end where one is written anew, this one never does.
fn checksum_of(text: &str, rest: &[u8]) -> u64 {
    let mut hasher = Xxh3Default::new();
    hasher.update(text.as_bytes());
    hasher.update(rest);
    hasher.digest()
}

impl DocumentDeserialize for StoredArticle {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let mut stored = Self::default();
        while let Some((_, value)) = document.next_field()? {
            match value {
                OwnedValue::Str(text) => stored.text = text,
                OwnedValue::Bytes(rest) => stored.rest = rest,
                _ => {}
            }
        }
        Ok(stored)
    }
}

/// An article but for its text, as it is encoded.
#[derive(Serialize, Deserialize)]
struct Rest<'a> {
    id: Cow<'a, ArticleId>,
    path: Cow<'a, str>,
    metadata: Cow<'a, Metadata>,
    passages: Cow<'a, [Passage]>,
    folds: Cow<'a, [Fold]>,
    links: Cow<'a, [Link]>,
}

/// Returns all of `article` but its text, encoded, and behind it the checksum of both.
pub(super) fn encode_rest(article: &Article) -> Vec<u8> {
    let Article { id, path, text: _, metadata, passages, folds, links } = article;
    let rest = Rest {
        id: Cow::Borrowed(id),
        path: Cow::Borrowed(path),
        metadata: Cow::Borrowed(metadata),
        passages: Cow::Borrowed(passages),
        folds: Cow::Borrowed(folds),
        links: Cow::Borrowed(links),
    };
    let mut bytes = postcard::to_stdvec(&rest).expect("an article holds nothing that cannot be encoded");
    let checksum = checksum_of(&article.text, &bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Declared, RawArticle};

    #[test]
    fn an_article_that_was_altered_is_not_read() {
        let text = "Harga beras naik.".to_owned();
        let raw = RawArticle { id: ArticleId::new("a"), path: "/a".to_owned(), text, declared: Declared::default() };
        let article = crate::clean::clean(raw);
        let rest = encode_rest(&article);
        let stored = |text: &str, rest: &[u8]| StoredArticle::new(text.to_owned(), rest.to_vec()).decode();
        assert_eq!(stored(&article.text, &rest).unwrap(), article);
        assert!(matches!(stored("Harga beras nail.", &rest), Err(Damage::Altered)));
        assert!(matches!(stored(&article.text, &rest[..4]), Err(Damage::Altered)));
        assert!(matches!(StoredArticle::read(|| panic!("out of bounds")), Err(Damage::Altered)));
        for at in 0..rest.len() {
            let mut altered = rest.clone();
            altered[at] ^= 1;
            assert!(matches!(stored(&article.text, &altered), Err(Damage::Altered)), "byte {at}");
        }
    }
}
