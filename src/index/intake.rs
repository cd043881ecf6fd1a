//! Articles on their way into the index: compared with those before them, written, committed in batches.

use std::num::NonZeroUsize;

use super::arrivals::{Arrival, Arrivals};
use super::catalog::Known;
use super::contents::Contents;
use super::document::DocumentMaker;
use super::pipeline::Prepared;
use super::stored_article::encode_rest;
use super::writer::Writer;
use super::{Duplicates, Fields};
use crate::article::{Article, ArticleId, FoldKind};
use crate::error::Result;

/// The one place through which an index changes.
pub(super) struct Intake<'a> {
    writer: Writer,
    arrivals: Arrivals,
    maker: DocumentMaker<'a>,
    /// Articles between two commits.
    batch: usize,
}

/// What became of an article that was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) folded_passages: usize,
    pub(super) folded_bytes: usize,
    pub(super) is_copy: bool,
}

impl Taken {
    /// Returns what is to be said of `article`, which begins a story unless it `is_copy`.
    pub(super) fn new(article: &Article, is_copy: bool) -> Self {
        Self {
            folded_passages: article.folds.len(),
            folded_bytes: article.folds.iter().map(|fold| fold.range.len()).sum(),
            is_copy,
        }
    }
}

impl<'a> Intake<'a> {
    /// Begins behind what `writer` committed last.
    pub(super) fn new(
        writer: Writer,
        maker: DocumentMaker<'a>,
        duplicates: Duplicates,
        batch: NonZeroUsize,
    ) -> Result<Self> {
        let arrivals =
            Arrivals::new(writer.path(), writer.repeats(), writer.searcher()?, Fields::schema().1, duplicates)?;
        Ok(Self { writer, arrivals, maker, batch: batch.get() })
    }

    /// Begins with nothing, whatever `writer` committed last; all is one commit.
    pub(super) fn from_nothing(writer: Writer, maker: DocumentMaker<'a>, duplicates: Duplicates) -> Result<Self> {
        let Self { writer, arrivals, maker, batch } = Self::new(writer, maker, duplicates, NonZeroUsize::MAX)?;
        Ok(Self { writer, arrivals: arrivals.forgetting_all()?, maker, batch })
    }

    /// Takes in an article, in place of the one with its id unless that is known not to be there.
    pub(super) fn take(&mut self, prepared: Prepared, known: Known) -> Result<Taken> {
        let Prepared { mut article, contents, sketch, mut document } = prepared;
        if known != Known::New {
            self.arrivals.forget(&article.id)?;
        }
        let arrival = self.arrivals.add(&mut article, &sketch)?;
        let rest = encode_rest(&article);
        self.arrivals.keep(&article, &arrival, &rest, &contents)?;
        if article.folds.iter().any(|fold| fold.kind == FoldKind::Boilerplate) {
            // It was made before anything was known of other articles.
            document = self.maker.document(&article, contents.own);
        }
        self.maker.complete(&mut document, &article, &arrival, &contents, &rest);
        match known {
            Known::New => self.writer.add(document)?,
            Known::Changed | Known::Unchanged | Known::GaveWay => self.writer.replace(&article.id, document)?,
        }
        self.commit_full_batch()?;
        Ok(Taken::new(&article, arrival.story != u64::from(arrival.number)))
    }

    /// Removes the article `id`.
    pub(super) fn remove(&mut self, id: &ArticleId) -> Result<()> {
        self.arrivals.forget(id)?;
        self.writer.remove(id);
        self.commit_full_batch()
    }

    /// Returns the maker of documents.
    pub(super) fn maker(&mut self) -> &mut DocumentMaker<'a> {
        &mut self.maker
    }

    /// Commits what is left, and waits for running merges.
    pub(super) fn finish(mut self) -> Result<()> {
        self.settle()?;
        let Self { writer, mut arrivals, .. } = self;
        writer.finish(|| arrivals.save())?;
        arrivals.clean();
        Ok(())
    }

    fn commit_full_batch(&mut self) -> Result<()> {
        if self.writer.n_pending() < self.batch {
            return Ok(());
        }
        self.settle()?;
        self.writer.commit(|| self.arrivals.save())?;
        self.arrivals.clean();
        self.arrivals.committed(self.writer.searcher()?)
    }

    /// Writes anew the articles that repeat some that are gone.
    fn settle(&mut self) -> Result<()> {
        let Self { writer, arrivals, maker, .. } = self;
        arrivals.settle(&mut |article: Article, arrival: Arrival, contents: Contents| {
            let mut document = maker.document(&article, contents.own);
            maker.complete(&mut document, &article, &arrival, &contents, &encode_rest(&article));
            writer.replace(&article.id, document)
        })
    }
}
