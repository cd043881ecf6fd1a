//! Articles as they are stored: the text compressed, and the rest encoded.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tantivy::schema::OwnedValue;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use xxhash_rust::xxh3::Xxh3Default;

use super::guard::guarded;
use super::texts::Texts;
use crate::article::{Article, ArticleId, Fold, Link, Metadata, Passage};

/// An article as its document stores it: a checksum, the length of its compressed text, that text, and all else
/// encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredArticle(Vec<u8>);

/// Takes what [`StoredArticle::bytes`] gave.
impl From<Vec<u8>> for StoredArticle {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// Bytes of a checksum.
const CHECKSUM_BYTES: usize = 8;

impl StoredArticle {
    /// Takes `article` with its text compressed.
    pub(super) fn new(article: &Article, packed_text: &[u8]) -> Self {
        let rest = &encode_rest(article);
        let len = u64::try_from(packed_text.len()).unwrap_or(u64::MAX).to_le_bytes();
        let content = [&len, packed_text, rest];
        Self([&checksum_of(&content).to_le_bytes()[..], &len, packed_text, rest].concat())
    }

    /// Returns what is stored.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the article that `read` reads from an index with these `texts`, or what is wrong with it. Whatever is
    /// read there may be damaged, and the index library panics on some of it.
    pub(super) fn read(read: impl FnOnce() -> tantivy::Result<Self>, texts: &Texts) -> Result<Article, Damage> {
        guarded(read).ok_or(Damage::Altered)??.decode(texts)
    }

    /// Returns the article, or what is wrong with it.
    pub(super) fn decode(&self, texts: &Texts) -> Result<Article, Damage> {
        let (packed_text, rest) = self.parts().ok_or(Damage::Altered)?;
        let text = texts.unpacked(packed_text).ok_or(Damage::Altered)?;
        decode_rest(text, rest)
    }

    /// Returns the compressed text and the rest, where they are what was stored.
    fn parts(&self) -> Option<(&[u8], &[u8])> {
        let (checksum, content) = self.0.split_first_chunk::<CHECKSUM_BYTES>()?;
        let (len, parts) = content.split_first_chunk()?;
        let is_sound = checksum_of(&[content]) == u64::from_le_bytes(*checksum);
        parts.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?).filter(|_| is_sound)
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

/// Returns the checksum of `parts`, one behind the other: those of files end where one is written anew, this one never
/// does.
fn checksum_of(parts: &[&[u8]]) -> u64 {
    let mut hasher = Xxh3Default::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.digest()
}

impl DocumentDeserialize for StoredArticle {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let mut stored = Self::default();
        while let Some((_, value)) = document.next_field()? {
            if let OwnedValue::Bytes(bytes) = value {
                stored.0 = bytes;
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

/// Returns all of `article` but its text, encoded.
fn encode_rest(article: &Article) -> Vec<u8> {
    let Article { id, path, text: _, metadata, passages, folds, links } = article;
    let rest = Rest {
        id: Cow::Borrowed(id),
        path: Cow::Borrowed(path),
        metadata: Cow::Borrowed(metadata),
        passages: Cow::Borrowed(passages),
        folds: Cow::Borrowed(folds),
        links: Cow::Borrowed(links),
    };
    postcard::to_stdvec(&rest).expect("an article holds nothing that cannot be encoded")
}

/// Returns the article with this `text` whose `rest` was [encoded](encode_rest).
fn decode_rest(text: String, rest: &[u8]) -> Result<Article, Damage> {
    let Rest { id, path, metadata, passages, folds, links } = postcard::from_bytes(rest)?;
    Ok(Article {
        id: id.into_owned(),
        path: path.into_owned(),
        text,
        metadata: metadata.into_owned(),
        passages: passages.into_owned(),
        folds: folds.into_owned(),
        links: links.into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Declared, RawArticle};
    use crate::index::texts::TextCompressor;

    #[test]
    fn an_article_that_was_altered_is_not_read() {
        let text = "Harga beras naik.".to_owned();
        let raw = RawArticle { id: ArticleId::new("a"), path: "/a".to_owned(), text, declared: Declared::default() };
        let article = crate::clean::clean(raw);
        let texts = Texts::default();
        let stored = StoredArticle::new(&article, &TextCompressor::new(texts.clone()).compress(&article.text));
        assert_eq!(stored.decode(&texts).unwrap(), article);
        let bytes = stored.bytes();
        let damaged = |bytes: &[u8]| matches!(StoredArticle(bytes.to_vec()).decode(&texts), Err(Damage::Altered));
        for at in 0..bytes.len() {
            let mut altered = bytes.to_vec();
            altered[at] ^= 1;
            assert!(damaged(&altered) && damaged(&bytes[..at]), "byte {at}");
        }
        assert!(matches!(StoredArticle::read(|| panic!("out of bounds"), &texts), Err(Damage::Altered)));
    }
}
