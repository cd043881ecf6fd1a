//! What the second stage looks for: the words of a query, each wherever it may stand.

use tantivy::DocSet;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};

use super::super::rerank::{Evidence, QueryWords};
use super::super::weights::SPELT_OFF;
use super::parts::{Part, letters_off};
use super::postings::{as_float, idf, ratio};
use super::searched::SearchedFields;
use crate::query::{Clause, ClauseKind, Plan, Scope, telling_roots};

/// The words of a query whose places count.
pub(super) struct Sought {
    words: Vec<SoughtWord>,
    /// What each is worth.
    pub(super) query: QueryWords,
}

/// A word, a phrase, or words that stand for one another.
struct SoughtWord {
    in_body: Vec<Expression>,
    in_title: Vec<Expression>,
    idf: f64,
}

/// Tokens of a field, one after the other with at most `slop` others between them.
#[derive(Clone, PartialEq)]
struct Expression {
    field: Field,
    tokens: Vec<String>,
    slop: u32,
}

impl Sought {
    /// Returns what `plan`, which has `parts`, looks for; each root once, in order.
    pub(super) fn of(plan: &Plan, parts: &[Part], searched: &SearchedFields) -> tantivy::Result<Self> {
        let mut words: Vec<SoughtWord> = Vec::new();
        for (number, clause) in plan.scoring().into_iter().enumerate() {
            // The parts ascend by their clauses.
            let start = parts.partition_point(|part| part.clause < number);
            let end = parts.partition_point(|part| part.clause <= number);
            for mut word in sought_words(clause, &parts[start..end], searched)? {
                word.idf *= clause.boost.factor();
                word.keep_to(clause.scope);
                if !words.iter().any(|other| other.in_body == word.in_body && other.in_title == word.in_title) {
                    words.push(word);
                }
            }
        }
        let mut n_tokens = 0;
        for segment in searched.searcher().segment_readers() {
            n_tokens += segment.inverted_index(searched.fields().body_exact)?.total_num_tokens();
        }
        let idfs = words.iter().map(|word| word.idf).collect();
        let mean_body_len = ratio(n_tokens, searched.searcher().num_docs());
        Ok(Self { words, query: QueryWords { idfs, mean_body_len } })
    }

    /// Opens the postings of all words in a segment.
    pub(super) fn open(&self, searched: &SearchedFields, segment_ord: u32) -> tantivy::Result<Vec<WordPostings>> {
        self.words.iter().map(|word| WordPostings::open(word, searched, segment_ord)).collect()
    }
}

/// Returns what a clause looks for anywhere.
fn sought_words(clause: &Clause, parts: &[Part], searched: &SearchedFields) -> tantivy::Result<Vec<SoughtWord>> {
    let fields = searched.fields();
    let [body, title] = [fields.body_exact, fields.title_exact];
    let mut words = Vec::new();
    match &clause.kind {
        ClauseKind::Word { exact, root, .. } => {
            let roots = telling_roots(exact, root);
            if roots.is_empty() {
                let in_field = |field| vec![Expression { field, tokens: exact.clone(), slop: 0 }];
                let idf = idf_of(exact, searched)?.into_iter().sum();
                words.push(SoughtWord { in_body: in_field(body), in_title: in_field(title), idf });
            }
            for root in roots {
                let in_field = |field| Expression { field, tokens: vec![root.clone()], slop: 0 };
                words.push(SoughtWord {
                    in_body: vec![in_field(body), in_field(fields.body_root)],
                    in_title: vec![in_field(title), in_field(fields.title_root)],
                    idf: idf(searched.n_with_root(root)?, searched.searcher().num_docs()),
                });
            }
        }
        ClauseKind::Phrase { exact, slop } => {
            let in_field = |field| vec![Expression { field, tokens: exact.clone(), slop: *slop }];
            let idf = idf_of(exact, searched)?.into_iter().sum();
            words.push(SoughtWord { in_body: in_field(body), in_title: in_field(title), idf });
        }
        ClauseKind::Prefix { .. } => words.extend(any_of(parts, |_| true, searched)?),
        ClauseKind::Fuzzy { exact: [asked], .. } => {
            let Some(SoughtWord { idf, .. }) = any_of(parts, |_| true, searched)? else { return Ok(words) };
            for (off, share) in SPELT_OFF.into_iter().enumerate() {
                let found = any_of(parts, |word| letters_off(asked, word) == off, searched)?;
                words.extend(found.map(|word| SoughtWord { idf: idf * f64::from(share), ..word }));
            }
        }
        ClauseKind::StopWord { .. }
        | ClauseKind::Source { .. }
        | ClauseKind::Date { .. }
        | ClauseKind::Url { .. }
        | ClauseKind::All
        | ClauseKind::Group { .. } => {}
    }
    Ok(words)
}

/// Returns one word for all that `parts` stand for and `is_one` admits, as frequent as the most frequent of them;
/// nothing where there is none.
fn any_of(
    parts: &[Part],
    is_one: impl Fn(&str) -> bool,
    searched: &SearchedFields,
) -> tantivy::Result<Option<SoughtWord>> {
    let fields = searched.fields();
    let mut word = SoughtWord { in_body: Vec::new(), in_title: Vec::new(), idf: f64::INFINITY };
    for part in parts {
        let field = part.field.of(fields);
        let tokens: Vec<String> = part.tokens.iter().filter(|token| is_one(token)).cloned().collect();
        word.idf = idf_of(&tokens, searched)?.into_iter().fold(word.idf, f64::min);
        let place = if field == fields.title_exact { &mut word.in_title } else { &mut word.in_body };
        place.extend(tokens.into_iter().map(|token| Expression { field, tokens: vec![token], slop: 0 }));
    }
    Ok(word.idf.is_finite().then_some(word))
}

/// Returns the inverse document frequency of each token among bodies.
fn idf_of(tokens: &[String], searched: &SearchedFields) -> tantivy::Result<Vec<f64>> {
    let idf_of_one = |token: &String| {
        let n_found = searched.n_found(searched.fields().body_exact, token)?;
        Ok(idf(as_float(n_found), searched.searcher().num_docs()))
    };
    tokens.iter().map(idf_of_one).collect()
}

impl SoughtWord {
    /// Leaves out where the word is not looked for. A title that is asked for alone stands for the beginning of
    /// the body.
    fn keep_to(&mut self, scope: Scope) {
        match scope {
            Scope::Anywhere => {}
            Scope::Title => self.in_body.clone_from(&self.in_title),
            Scope::Body => self.in_title.clear(),
        }
    }
}

/// Where a word stands in the articles of a segment.
pub(super) struct WordPostings {
    body: Vec<ExpressionPostings>,
    title: Vec<ExpressionPostings>,
}

/// The postings of tokens that stand together.
struct ExpressionPostings {
    tokens: Vec<SegmentPostings>,
    slop: u32,
}

impl WordPostings {
    fn open(word: &SoughtWord, searched: &SearchedFields, segment_ord: u32) -> tantivy::Result<Self> {
        let open = |places: &[Expression], places_count: bool| -> tantivy::Result<Vec<ExpressionPostings>> {
            let open = |one| ExpressionPostings::open(one, searched, segment_ord, places_count).transpose();
            places.iter().filter_map(open).collect()
        };
        Ok(Self { body: open(&word.in_body, true)?, title: open(&word.in_title, false)? })
    }

    /// Adds to the evidence in `doc_id`, which is not behind, where the word stands; `positions` is room.
    pub(super) fn add(&mut self, doc_id: u32, word: usize, evidence: &mut Evidence, positions: &mut Vec<u32>) {
        for tokens in &mut self.body {
            if tokens.stand_in(doc_id) {
                tokens.places(positions);
                evidence.add_body(word, positions);
            }
        }
        let is_in_title = |tokens: &mut ExpressionPostings| {
            let is_there = tokens.stand_in(doc_id);
            if is_there && tokens.tokens.len() > 1 {
                tokens.places(positions);
                return !positions.is_empty();
            }
            is_there
        };
        if self.title.iter_mut().any(is_in_title) {
            evidence.add_title(word);
        }
    }
}

impl ExpressionPostings {
    /// Opens the postings of `sought` in a segment that has all its tokens; with the places of a single token only
    /// where they count.
    fn open(
        sought: &Expression,
        searched: &SearchedFields,
        segment_ord: u32,
        places_count: bool,
    ) -> tantivy::Result<Option<Self>> {
        let option = if places_count || sought.tokens.len() > 1 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::Basic
        };
        let field = searched.get(sought.field)?;
        let open = |token: &String| Ok(field.postings(segment_ord, token, option)?);
        let tokens = sought.tokens.iter().map(open).collect::<tantivy::Result<Option<Vec<_>>>>()?;
        Ok(tokens.map(|tokens| Self { tokens, slop: sought.slop }))
    }

    /// Moves on to `doc_id`, which is not behind; returns whether all tokens are there.
    fn stand_in(&mut self, doc_id: u32) -> bool {
        self.tokens.iter_mut().all(|token| {
            if token.doc() < doc_id {
                token.seek(doc_id);
            }
            token.doc() == doc_id
        })
    }

    /// Puts the positions of the first token with which the others stand together into `positions`.
    fn places(&mut self, positions: &mut Vec<u32>) {
        let [first, others @ ..] = &mut self.tokens[..] else { return positions.clear() };
        first.positions(positions);
        let mut found = Vec::new();
        let slop = self.slop;
        for (distance, other) in (1..).zip(others) {
            other.positions(&mut found);
            positions.retain(|first| {
                if slop == 0 {
                    return found.binary_search(&(first + distance)).is_ok();
                }
                let reach = slop.saturating_add(distance);
                let nearest = found.partition_point(|place| place.saturating_add(reach) < *first);
                found.get(nearest).is_some_and(|place| *place <= first.saturating_add(reach))
            });
        }
    }
}
