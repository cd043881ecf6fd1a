//! Reading from the postings where the words of a query stand.

use tantivy::DocAddress;

use super::super::rerank::{Evidence, Features};
use super::searched::SearchedFields;
use super::sought::Sought;

/// Returns the features of each document, which ascend.
pub(super) fn features(
    sought: &Sought,
    searched: &SearchedFields,
    addresses: &[DocAddress],
) -> tantivy::Result<Vec<Features>> {
    let mut features = Vec::with_capacity(addresses.len());
    let (mut evidence, mut positions) = (Evidence::default(), Vec::new());
    for documents in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let segment_ord = documents[0].segment_ord;
        let segment = searched.searcher().segment_reader(segment_ord);
        let lengths = segment.get_fieldnorms_reader(searched.fields().body_exact)?;
        let mut postings = sought.open(searched, segment_ord)?;
        for DocAddress { doc_id, .. } in documents {
            evidence.begin(postings.len(), lengths.fieldnorm(*doc_id));
            for (word, postings) in postings.iter_mut().enumerate() {
                postings.add(*doc_id, word, &mut evidence, &mut positions);
            }
            features.push(Features::of(&sought.query, &mut evidence));
        }
    }
    Ok(features)
}

/// The inverse document frequency of BM25.
#[expect(clippy::cast_precision_loss, reason = "counts of articles")]
pub(super) fn idf(n_found: f64, n_articles: u64) -> f64 {
    let missing = (n_articles as f64 - n_found).max(0.0);
    (1.0 + (missing + 0.5) / (n_found + 0.5)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "counts of articles and words")]
pub(super) fn ratio(n_tokens: u64, n_articles: u64) -> f64 {
    (n_tokens as f64 / n_articles.max(1) as f64).max(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of articles")]
pub(super) fn as_float(n: u64) -> f64 {
    n as f64
}
