//! Reading from the postings where the words of a query stand.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, Term};

use super::super::rerank::{Evidence, Features, QueryWord, QueryWords};
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

/// Returns the features of each document, which ascend.
pub(super) fn features(
    words: &QueryWords,
    searcher: &Searcher,
    fields: &Fields,
    addresses: &[DocAddress],
) -> tantivy::Result<Vec<Features>> {
    let mut features = Vec::with_capacity(addresses.len());
    let (mut evidence, mut positions) = (Evidence::default(), Vec::new());
    for documents in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let segment = searcher.segment_reader(documents[0].segment_ord);
        let lengths = segment.get_fieldnorms_reader(fields.body_exact)?;
        let postings = words.words.iter().map(|word| WordPostings::open(segment, fields, &word.root));
        let mut postings = postings.collect::<tantivy::Result<Vec<_>>>()?;
        for DocAddress { doc_id, .. } in documents {
            evidence.begin(postings.len(), lengths.fieldnorm(*doc_id));
            for (word, postings) in postings.iter_mut().enumerate() {
                postings.add(*doc_id, word, &mut evidence, &mut positions);
            }
            features.push(Features::of(words, &mut evidence));
        }
    }
    Ok(features)
}

/// Where words of one root stand in the articles of a segment: those that are the root themselves, and
/// others.
struct WordPostings {
    body: Vec<SegmentPostings>,
    title: Vec<SegmentPostings>,
}

impl WordPostings {
    fn open(segment: &SegmentReader, fields: &Fields, root: &str) -> tantivy::Result<Self> {
        let read = |of: [Field; 2], option| -> tantivy::Result<Vec<SegmentPostings>> {
            of.into_iter().filter_map(|field| postings(segment, field, root, option).transpose()).collect()
        };
        Ok(Self {
            body: read([fields.body_exact, fields.body_root], IndexRecordOption::WithFreqsAndPositions)?,
            title: read([fields.title_exact, fields.title_root], IndexRecordOption::Basic)?,
        })
    }

    /// Adds to the evidence in `doc_id`, which is not behind, where the word stands; `positions` is room.
    fn add(&mut self, doc_id: u32, word: usize, evidence: &mut Evidence, positions: &mut Vec<u32>) {
        for body in self.body.iter_mut().filter_map(|body| at(body, doc_id)) {
            body.positions(positions);
            evidence.add_body(word, positions);
        }
        if self.title.iter_mut().any(|title| at(title, doc_id).is_some()) {
            evidence.add_title(word);
        }
    }
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
