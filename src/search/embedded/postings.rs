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
            let n_found = n_with_root(searcher, fields, root)?;
            let idf = idf(n_found, n_articles) * clause.boost.factor();
            words.push(QueryWord { root: root.clone(), idf });
        }
    }
    let mut n_tokens = 0;
    for segment in searcher.segment_readers() {
        n_tokens += segment.inverted_index(fields.body_exact)?.total_num_tokens();
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
        let lengths = segment.get_fieldnorms_reader(fields.body_exact)?;
        let first = all.len();
        all.extend(documents.iter().map(|document| Evidence::new(lengths.fieldnorm(document.doc_id))));
        for word in &words.words {
            add_word(segment, fields, &word.root, documents, &mut all[first..])?;
        }
    }
    Ok(all)
}

/// Adds to the evidence of each document, all of one segment, where words of the root `root` stand:
/// words that are the root themselves, and others.
fn add_word(
    segment: &SegmentReader,
    fields: &Fields,
    root: &str,
    documents: &[DocAddress],
    all: &mut [Evidence],
) -> tantivy::Result<()> {
    let read = |field, option| postings(segment, field, root, option);
    let in_body = IndexRecordOption::WithFreqsAndPositions;
    let mut body = [read(fields.body_exact, in_body)?, read(fields.body_root, in_body)?];
    let in_title = IndexRecordOption::Basic;
    let mut title = [read(fields.title_exact, in_title)?, read(fields.title_root, in_title)?];
    for (evidence, document) in all.iter_mut().zip(documents) {
        let mut positions = Vec::new();
        for body in body.iter_mut().flatten().filter_map(|body| at(body, document.doc_id)) {
            body.append_positions_with_offset(0, &mut positions);
        }
        positions.sort_unstable();
        evidence.body.push(positions);
        evidence.title.push(title.iter_mut().flatten().any(|title| at(title, document.doc_id).is_some()));
    }
    Ok(())
}

/// Returns how many articles have a word of the root `root` in their body, as far as the two fields
/// that hold such words tell: as if it stood in the one as often as not where it stands in the other.
#[expect(clippy::cast_precision_loss, reason = "counts of articles")]
pub(super) fn n_with_root(searcher: &Searcher, fields: &Fields, root: &str) -> tantivy::Result<f64> {
    let share = |field| -> tantivy::Result<f64> {
        let n_found = searcher.doc_freq(&Term::from_field_text(field, root))?;
        Ok(n_found as f64 / searcher.num_docs().max(1) as f64)
    };
    let (exact, root) = (share(fields.body_exact)?, share(fields.body_root)?);
    Ok((exact + root - exact * root) * searcher.num_docs() as f64)
}

/// The inverse document frequency of BM25.
#[expect(clippy::cast_precision_loss, reason = "counts of articles")]
pub(super) fn idf(n_found: f64, n_articles: u64) -> f64 {
    let missing = (n_articles as f64 - n_found).max(0.0);
    (1.0 + (missing + 0.5) / (n_found + 0.5)).ln()
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

/// Moves to `doc_id`, which is not behind; returns the postings where it is there.
fn at(postings: &mut SegmentPostings, doc_id: u32) -> Option<&mut SegmentPostings> {
    if postings.doc() < doc_id {
        postings.seek(doc_id);
    }
    (postings.doc() == doc_id).then_some(postings)
}
