//! Articles as they are stored: the text as it is, and the rest encoded.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tantivy::schema::OwnedValue;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

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

    /// Returns the article, or what is wrong with it.
    pub(crate) fn decode(self) -> Result<Article, postcard::Error> {
        let Rest { id, path, metadata, passages, folds, links } = postcard::from_bytes(&self.rest)?;
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

/// Returns all of `article` but its text, encoded.
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
    postcard::to_stdvec(&rest).expect("an article holds nothing that cannot be encoded")
}
