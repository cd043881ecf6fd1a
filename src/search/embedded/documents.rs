//! Sets of documents of one segment.

use tantivy::DocId;

/// A set of documents.
pub(super) struct Documents {
    words: Vec<u64>,
}

impl Documents {
    /// Returns the empty set, for documents below `n_documents`.
    pub(super) fn none_of(n_documents: u32) -> Self {
        Self { words: vec![0; n_documents.div_ceil(u64::BITS) as usize] }
    }

    /// Adds a document.
    pub(super) fn add(&mut self, doc: DocId) {
        self.words[(doc / u64::BITS) as usize] |= 1 << (doc % u64::BITS);
    }

    /// Calls `each` with every document; they ascend.
    pub(super) fn for_each(&self, mut each: impl FnMut(DocId)) {
        for (mut word, first) in self.words.iter().copied().zip((0..).step_by(u64::BITS as usize)) {
            while word != 0 {
                each(first + word.trailing_zeros());
                word &= word - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_document_comes_once_and_they_ascend(added in prop::collection::vec(0_u32..300, 0..100)) {
            let mut documents = Documents::none_of(300);
            for doc in &added {
                documents.add(*doc);
            }
            let mut told = Vec::new();
            documents.for_each(|doc| told.push(doc));
            let expected: std::collections::BTreeSet<u32> = added.into_iter().collect();
            prop_assert_eq!(told, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
