//! What an article was read from, by hashes: how a source that has not changed is recognised.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// The contents that were read under one id in the run that wrote its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// The hash of what the article is made of.
    pub(super) own: u64,
    /// The hashes of those that gave way to it: their ids are equal, and they were read before.
    pub(super) gave_way: Vec<u64>,
}

impl Contents {
    /// Returns the contents of an article that none gave way to.
    pub(super) fn of(own: u64) -> Self {
        Self { own, gave_way: Vec::new() }
    }
}

/// The contents of the articles of a segment.
pub(super) struct ContentColumns {
    own: Column<u64>,
    gave_way: Column<u64>,
}

impl ContentColumns {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self { own: fast.u64("content_hash")?, gave_way: fast.u64("gave_way")? })
    }

    /// Returns the contents of the article `doc`; none have the hash 0.
    pub(super) fn get(&self, doc: DocId) -> Contents {
        let own = self.own.first(doc).unwrap_or_default();
        Contents { own, gave_way: self.gave_way.values_for_doc(doc).collect() }
    }
}
