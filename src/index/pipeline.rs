//! Files to prepared articles on many threads, in the order of the files.
//!
//! One thread reads and cuts files into documents, many parse and prepare them, and the caller gets
//! the outcomes in the order in which the documents were read: whatever depends on that order (which
//! of two equal ids is the last) does not depend on the threads.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashSet;
use tantivy::TantivyDocument;

use super::budget::{Budget, Permit};
use super::catalog::{Catalog, Claim, Known};
use super::contents::Contents;
use super::document::DocumentMaker;
use super::in_order::{Giver, in_order};
use super::numbers::{Numbered, may_be_shared};
use super::update::Duplicates;
use crate::article::{Article, ArticleId, RawArticle};
use crate::clean;
use crate::dedup::{self, Sketch};
use crate::error::{Error, Result};
use crate::ingest::{Document, FallbackId, Origin, ReadOptions, Skip, read_documents, walk};

/// An article ready to be written.
pub(super) struct Prepared {
    pub(super) article: Article,
    pub(super) contents: Contents,
    /// Empty where repeats are not looked for.
    pub(super) sketch: Sketch,
    /// What is indexed of the article by itself.
    pub(super) document: TantivyDocument,
    /// Its text, compressed.
    pub(super) packed_text: Vec<u8>,
}

/// An article that was met before.
pub(super) struct Met {
    pub(super) raw: RawArticle,
    pub(super) content_hash: u64,
}

/// What became of a document.
pub(super) enum Outcome {
    /// It holds no article.
    Skipped(Skip),
    /// Its article is indexed already.
    Unchanged(Box<Met>),
    /// Its article gave way to the one that is indexed under its id.
    GaveWay(Box<Met>),
    /// Its article is to be written.
    Prepared(Box<Prepared>),
    /// Its article is to be written, and its id may be that of others.
    Numbered(Box<Prepared>, Numbered),
    /// The index cannot be read.
    Failed(Error),
}

/// Does everything that is done to an article by itself: cleaning, folding its repeats, making its
/// document. What it was read from has the hash `content_hash`.
pub(super) fn prepare(
    raw: RawArticle,
    content_hash: u64,
    duplicates: Duplicates,
    maker: &mut DocumentMaker<'_>,
) -> Prepared {
    let mut article = clean::clean(raw);
    let sketch = match duplicates {
        Duplicates::Find => dedup::fold_repeats(&mut article),
        Duplicates::Ignore => Sketch::default(),
    };
    let document = maker.document(&article, content_hash);
    let packed_text = maker.compress(&article.text);
    Prepared { article, contents: Contents::of(content_hash), sketch, document, packed_text }
}

/// Bytes of documents that are read and not yet written: an article on its way takes some five times its
/// document.
const MAX_BYTES_UNDER_WAY: u64 = 32 << 20;

/// A document with the ids its article may get where it brings none.
struct Job {
    document: Document,
    /// None where its content gives the id.
    claim: Option<Claim>,
    permit: Permit,
}

/// What became of a document, and what it was read with.
type Done = (Outcome, Option<Permit>);

/// Documents on their way through the threads.
pub(super) struct Pipeline<'a> {
    pub(super) options: &'a ReadOptions,
    pub(super) duplicates: Duplicates,
    pub(super) catalog: RwLock<Catalog>,
    pub(super) is_stopped: AtomicBool,
}

impl Pipeline<'_> {
    /// Calls `take` with the outcome of every document under `roots` and its size in bytes, in order.
    ///
    /// # Errors
    /// Returns the first error of `take`, or of the catalog.
    pub(super) fn run<'m>(
        &self,
        roots: &[PathBuf],
        n_threads: NonZeroUsize,
        maker: impl Fn() -> DocumentMaker<'m> + Sync,
        mut take: impl FnMut(Outcome, u64) -> Result<()>,
    ) -> Result<()> {
        let new_worker = || {
            let mut maker = maker();
            move |job| self.work(job, &mut maker)
        };
        let budget = Budget::new(MAX_BYTES_UNDER_WAY);
        let read = |giver| Reader { pipeline: self, giver, budget, container: None }.read(roots);
        // The bytes are free when what was taken of them is written.
        in_order(n_threads, read, new_worker, |(outcome, permit): Done| {
            take(outcome, permit.as_ref().map_or(0, Permit::n_bytes))
        })
    }

    /// Returns what becomes of a document.
    fn work(&self, job: Job, maker: &mut DocumentMaker<'_>) -> Done {
        let Job { document, claim, permit } = job;
        let is_record = document.record.is_some();
        let fallback = claim.as_ref().map_or(FallbackId::Content, |claim| FallbackId::Place(claim.id.clone()));
        let outcome = match (document.parse(fallback, self.options), claim) {
            (Err(skip), _) => Outcome::Skipped(skip),
            (Ok(raw), Some(claim)) if may_be_shared(&raw, is_record) => {
                let in_place = RawArticle { id: claim.id.clone(), ..raw.clone() };
                self.numbered(raw, claim.settle(in_place), maker).unwrap_or_else(Outcome::Failed)
            }
            (Ok(raw), Some(claim)) => self.outcome(claim.settle(raw), maker),
            (Ok(raw), None) => self.outcome(raw, maker),
        };
        (outcome, Some(permit))
    }

    /// Returns what becomes of an article whose id may be that of others, and which is `in_place` where its place names
    /// it.
    fn numbered(&self, raw: RawArticle, in_place: RawArticle, maker: &mut DocumentMaker<'_>) -> Result<Outcome> {
        let in_place = Met { content_hash: in_place.content_hash(), raw: in_place };
        let catalog = self.catalog.read().unwrap_or_else(PoisonError::into_inner);
        let is_in_place = catalog.known(&raw.id, raw.content_hash()) == Known::Changed
            && (catalog.known(&in_place.raw.id, in_place.content_hash) == Known::Unchanged
                || catalog.is_of_another(&raw)?);
        drop(catalog);
        let (raw, numbered) =
            if is_in_place { (in_place.raw, Numbered::ByPlace) } else { (raw, Numbered::Own(Box::new(in_place))) };
        Ok(match self.outcome(raw, maker) {
            Outcome::Prepared(prepared) => Outcome::Numbered(prepared, numbered),
            outcome => outcome,
        })
    }

    fn outcome(&self, raw: RawArticle, maker: &mut DocumentMaker<'_>) -> Outcome {
        let content_hash = raw.content_hash();
        let catalog = self.catalog.read().unwrap_or_else(PoisonError::into_inner);
        let known = catalog.known(&raw.id, content_hash);
        drop(catalog);
        match known {
            Known::Unchanged => Outcome::Unchanged(Box::new(Met { raw, content_hash })),
            Known::GaveWay => Outcome::GaveWay(Box::new(Met { raw, content_hash })),
            Known::New | Known::Changed => {
                Outcome::Prepared(Box::new(prepare(raw, content_hash, self.duplicates, maker)))
            }
        }
    }
}

/// The thread that reads.
struct Reader<'a> {
    pipeline: &'a Pipeline<'a>,
    giver: Giver<Job, Done>,
    budget: Arc<Budget>,
    /// The file of records being read, and what may stand for it in their ids.
    container: Option<(Arc<Origin>, Vec<String>)>,
}

impl Reader<'_> {
    fn read(mut self, roots: &[PathBuf]) {
        let files = match walk(roots) {
            Ok(files) => files,
            Err(error) => {
                let _ = self.give(Outcome::Failed(error));
                return;
            }
        };
        let mut met = FxHashSet::default();
        for file in files {
            let flow = match file {
                Err(skip) => self.give(Outcome::Skipped(skip)),
                // Two roots may hold the same file.
                Ok(file) if !met.insert(file.path.clone()) => ControlFlow::Continue(()),
                Ok(file) => read_documents(&file, self.pipeline.options, &mut |document| match document {
                    Err(skip) => self.give(Outcome::Skipped(skip)),
                    Ok(document) => self.send(document),
                }),
            };
            if flow.is_break() {
                return;
            }
        }
    }

    fn send(&mut self, document: Document) -> ControlFlow<()> {
        let claim = match self.claim(&document) {
            Ok(claim) => claim,
            Err(error) => return self.give(Outcome::Failed(error)),
        };
        let permit = self.budget.take(document.len() as u64);
        self.flow(self.giver.give(Job { document, claim, permit }))
    }

    fn give(&self, outcome: Outcome) -> ControlFlow<()> {
        self.flow(self.giver.put((outcome, None)))
    }

    fn flow(&self, is_taken: bool) -> ControlFlow<()> {
        let goes_on = is_taken && !self.pipeline.is_stopped.load(Ordering::Relaxed);
        if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Returns the ids of an article that brings none: its path, and its number in a file of many. What comes
    /// from standard input has none.
    fn claim(&mut self, document: &Document) -> Result<Option<Claim>> {
        let origin = &document.origin;
        if origin.is_standard_input() {
            return Ok(None);
        }
        let qualified = format!("{}/{}", origin.root_name, origin.name);
        let mut catalog = self.pipeline.catalog.write().unwrap_or_else(PoisonError::into_inner);
        let Some(record) = document.record else {
            let candidates = [ArticleId::new(&origin.name), ArticleId::new(&qualified)];
            return catalog.id_for(&origin.path, &candidates).map(Some);
        };
        let is_known = self.container.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, origin));
        if !is_known {
            let names = catalog.names_for(&origin.path, [&origin.name, &qualified], record)?;
            self.container = Some((Arc::clone(origin), names));
        }
        let names = self.container.as_ref().map_or(&[][..], |(_, names)| names);
        catalog.record_id_for(&origin.path, names, record).map(Some)
    }
}
