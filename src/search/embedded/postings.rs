//! Reading from the postings where the words of a query stand.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, Term};

use super::super::rerank::{Evidence, QueryWord, QueryWords};
use crate::index::Fields;
use crate::query::{ClauseKind, Plan, Scope};

/// Returns the words of a query whose places count: their roots, each once, in order.
pub(super) fn words(plan: &Plan, searcher: &Searcher, fields: &Fields) -> tantivy::Result<QueryWords> {
    let n_articles = searcher.num_docs();
    let mut words: Vec<QueryWord> = Vec::new();
    for clause in plan.scoring() {
        let (ClauseKind::Word { root, .. }, Scope::Anywhere) = (&clause.kind, clause.scope) else { continue };
        for root in root {
            if words.iter().any(|word| word.root == *root) {
                continue;
            }
            let n_found = searcher.doc_freq(&Term::from_field_text(fields.body_root, root))?;
            let idf = idf(n_found, n_articles) * clause.boost.factor();
            words.push(QueryWord { root: root.clone(), idf });
        }
    }
    let mut n_tokens = 0;
    for segment in searcher.segment_readers() {
        n_tokens += segment.inverted_index(fields.body_root)?.total_num_tokens();
    }
    Ok(QueryWords { words, mean_body_len: ratio(n_tokens, n_articles) })
}

/// Returns the evidence in each document, which ascend.
pub(super) fn evidence(
    words: &QueryWords,
    searcher: &Searcher,
    fields: &Fields,
    addresses: &[DocAddress],
) -> tantivy::Result<Vec<Evidence>> {
    let mut all = Vec::with_capacity(addresses.len());
    for documents in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let segment = searcher.segment_reader(documents[0].segment_ord);
        let lengths = segment.get_fieldnorms_reader(fields.body_root)?;
        let first = all.len();
        all.extend(documents.iter().map(|document| Evidence::new(lengths.fieldnorm(document.doc_id))));
        for word in &words.words {
            add_word(segment, fields, &word.root, documents, &mut all[first..])?;
        }
    }
    Ok(all)
}

/// Adds to the evidence of each document, all of one segment, where `root` stands.
fn add_word(
    segment: &SegmentReader,
    fields: &Fields,
    root: &str,
    documents: &[DocAddress],
    all: &mut [Evidence],
) -> tantivy::Result<()> {
    let mut body = postings(segment, fields.body_root, root, IndexRecordOption::WithFreqsAndPositions)?;
    let mut title = postings(segment, fields.title_root, root, IndexRecordOption::Basic)?;
    for (evidence, document) in all.iter_mut().zip(documents) {
        let mut positions = Vec::new();
        if let Some(body) = body.as_mut()
            && reaches(body, document.doc_id)
        {
            body.positions(&mut positions);
        }
        evidence.body.push(positions);
        evidence.title.push(title.as_mut().is_some_and(|title| reaches(title, document.doc_id)));
    }
    Ok(())
}

/// The inverse document frequency of BM25.
#[expect(clippy::cast_precision_loss, reason = "counts of articles")]
fn idf(n_found: u64, n_articles: u64) -> f64 {
    let missing = n_articles.saturating_sub(n_found) as f64;
    (1.0 + (missing + 0.5) / (n_found as f64 + 0.5)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "counts of articles and words")]
fn ratio(n_tokens: u64, n_articles: u64) -> f64 {
    (n_tokens as f64 / n_articles.max(1) as f64).max(1.0)
}

fn postings(
    segment: &SegmentReader,
    field: Field,
    token: &str,
    option: IndexRecordOption,
) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(segment.inverted_index(field)?.read_postings(&Term::from_field_text(field, token), option)?)
}

/// Moves to `doc_id`, which is not behind; returns whether it is there.
fn reaches(postings: &mut SegmentPostings, doc_id: u32) -> bool {
    if postings.doc() < doc_id {
        postings.seek(doc_id);
    }
    postings.doc() == doc_id
}
