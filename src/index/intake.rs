//! Articles on their way into the index: compared with those before them, written, committed in batches.

use std::num::NonZeroUsize;

use tantivy::{DocAddress, Searcher};

use super::arrivals::{Arrival, Arrivals};
use super::catalog::Known;
use super::contents::Contents;
use super::document::DocumentMaker;
use super::pipeline::Prepared;
use super::stored_article::StoredArticle;
use super::texts::Texts;
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

/// Articles that are read to learn from at most.
const MAX_LEARNT: usize = 4096;

/// Learns from the articles that are stored already, where that is not done: an index may grow by a few at a time.
fn learn(texts: &Texts, stored: &Searcher) {
    let addresses = (0..)
        .zip(stored.segment_readers())
        .flat_map(|(segment_ord, segment)| segment.doc_ids_alive().map(move |doc| DocAddress::new(segment_ord, doc)));
    for address in addresses.take(MAX_LEARNT).take_while(|_| texts.is_learning()) {
        if let Ok(article) = StoredArticle::read(|| stored.doc(address), texts) {
            texts.learn(&article.text);
        }
    }
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
        learn(writer.texts(), &writer.searcher()?);
        let arrivals = Arrivals::new(&writer, Fields::schema().1, duplicates)?;
        Ok(Self { writer, arrivals, maker, batch: batch.get() })
    }

    /// Begins with nothing, whatever `writer` committed last; all is one commit.
    pub(super) fn from_nothing(writer: Writer, maker: DocumentMaker<'a>, duplicates: Duplicates) -> Result<Self> {
        let Self { writer, arrivals, maker, batch } = Self::new(writer, maker, duplicates, NonZeroUsize::MAX)?;
        Ok(Self { writer, arrivals: arrivals.forgetting_all()?, maker, batch })
    }

    /// Takes in an article, in place of the one with its id unless that is known not to be there.
    pub(super) fn take(&mut self, prepared: Prepared, known: Known) -> Result<Taken> {
        let Prepared { mut article, contents, sketch, mut document, packed_text } = prepared;
        if known != Known::New {
            self.arrivals.forget(&article.id)?;
        }
        let arrival = self.arrivals.add(&mut article, &sketch)?;
        let stored = StoredArticle::new(&article, &packed_text);
        self.arrivals.keep(&article.id, &arrival, &stored, &contents)?;
        if article.folds.iter().any(|fold| fold.kind == FoldKind::Boilerplate) {
            // It was made before anything was known of other articles.
            document = self.maker.document(&article, contents.own);
        }
        self.maker.complete(&mut document, &article, &arrival, &contents, &stored);
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
            let stored = StoredArticle::new(&article, &maker.compress(&article.text));
            maker.complete(&mut document, &article, &arrival, &contents, &stored);
            writer.replace(&article.id, document)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::analysis::Analyzer;
    use crate::index::settings::Companions;
    use crate::index::writer::WriterOptions;
    use crate::index::{CheckReport, Duplicates, Index, UpdateOptions, check, directory, rebuild, update};

    /// Returns a record of a kilobyte.
    fn record(n: usize) -> String {
        let sentence =
            |m: usize| format!("Harga beras di pasar {m} naik {} persen, kata pedagang nomor {n}. ", m * 31 % 97);
        let body: String = (n..n + 17).map(sentence).collect();
        format!("{{\"id\":\"b-{n}\",\"isi\":\"{body}\"}}\n")
    }

    #[test]
    fn an_index_that_grows_by_a_few_learns_what_its_texts_have_in_common() {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("berita.jsonl"), folder.path().join("index"));
        let analyzer = Analyzer::indonesian();
        let has_learnt = |path: &Path| {
            let companions = Companions::read(path, &directory::open(path).unwrap()).unwrap();
            companions.texts(path).unwrap().to_payload().is_some()
        };
        let options = UpdateOptions { duplicates: Duplicates::Ignore, ..UpdateOptions::default() };
        for (n_articles, expected) in [(700, false), (1200, true), (1300, true)] {
            std::fs::write(&file, (0..n_articles).map(record).collect::<String>()).unwrap();
            update(&path, &analyzer, std::slice::from_ref(&file), &options).unwrap();
            assert_eq!(has_learnt(&path), expected, "{n_articles}");
            assert_eq!(check(&path).unwrap(), CheckReport { articles: n_articles as u64, faults: Vec::new() });
        }
        rebuild(&path, &analyzer, Duplicates::Ignore, &WriterOptions::default()).unwrap();
        let index = Index::open(&path).unwrap();
        for n in (0..1300).step_by(100) {
            let text = index.article(&format!("b-{n}")).unwrap().text;
            assert!(record(n).contains(text.trim()), "{n}");
        }
    }
}
