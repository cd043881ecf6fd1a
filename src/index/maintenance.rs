//! Looking after an index: removing articles, checking, compacting, analysing again what is stored.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

use serde::Serialize;

use super::catalog::Known;
use super::contents::{ContentColumns, Contents};
use super::document::DocumentMaker;
use super::in_order::{Giver, in_order};
use super::intake::Intake;
use super::pipeline::{Prepared, prepare};
use super::settings::Settings;
use super::shelf::order_of_arrival;
use super::stored_article::StoredArticle;
use super::writer::{Writer, WriterOptions};
use super::{Busy, Duplicates, Fields, Index, directory};
use crate::analysis::Analyzer;
use crate::article::{Article, ArticleId, RawArticle};
use crate::error::{Error, Result};

/// Removes the articles with the ids `ids` from the index in the folder `path`, all of them or none.
///
/// # Errors
/// Returns [`Error::ArticleMissing`] where there is none with one of the ids, and fails as an update
/// does.
pub fn remove(path: &Path, ids: &[ArticleId], busy: Busy) -> Result<()> {
    let index = Index::open(path)?;
    for id in ids {
        if index.find(id.as_str())?.is_none() {
            return Err(Error::ArticleMissing { id: id.to_string() });
        }
    }
    let writer = Writer::open(path, index.settings().clone(), &WriterOptions::small(busy))?;
    let maker = DocumentMaker::new(index.analyzer(), *index.fields());
    let mut intake = Intake::new(writer, maker, Duplicates::Find, NonZeroUsize::MAX)?;
    ids.iter().try_for_each(|id| intake.remove(id))?;
    intake.finish()
}

/// What compacting gained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CompactReport {
    /// Bytes of the index before.
    pub bytes_before: u64,
    /// Bytes of the index now.
    pub bytes_after: u64,
}

/// Puts the index in the folder `path` into one part, without what was replaced and removed.
///
/// # Errors
/// Fails as an update does.
pub fn compact(path: &Path, busy: Busy) -> Result<CompactReport> {
    let index = Index::open(path)?;
    let bytes_before = index.stats()?.bytes;
    let mut writer = Writer::open(path, index.settings().clone(), &WriterOptions::small(busy))?;
    // An open view keeps the files it reads from being removed.
    drop(index);
    writer.merge_all()?;
    writer.finish()?;
    Ok(CompactReport { bytes_before, bytes_after: Index::open(path)?.stats()?.bytes })
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Articles that were read.
    pub articles: u64,
    /// What is wrong; empty for a sound index.
    pub faults: Vec<String>,
}

/// Checks the index in the folder `path`: the checksum of every file, and that every article can be
/// read, is found under its id, divides its text as it must and repeats text that is there: the source
/// of a fold is not folded itself.
///
/// # Errors
/// Fails where the index cannot be opened at all.
pub fn check(path: &Path) -> Result<CheckReport> {
    let index = Index::open(path)?;
    let mut report = CheckReport::default();
    let damaged = directory::open(path)?.validate_checksum();
    let mut damaged: Vec<_> = damaged.map_err(Error::engine("checked"))?.into_iter().collect();
    damaged.sort();
    report.faults.extend(damaged.iter().map(|file| format!("the checksum of `{}` is wrong", file.display())));
    for_each_article(&index, |article| {
        report.articles += 1;
        match article {
            Err(fault) => report.faults.push(fault),
            Ok(article) => report.faults.extend(fault_of(&index, &article)?),
        }
        Ok(())
    })?;
    Ok(report)
}

fn fault_of(index: &Index, article: &Article) -> Result<Option<String>> {
    if index.find(article.id.as_str())?.is_none() {
        return Ok(Some(format!("`{}` is stored and not found under its id", article.id)));
    }
    let text = &article.text;
    let ranges = article.passages.iter().map(|passage| &passage.range).chain(article.folds.iter().map(|f| &f.range));
    let is_sound = ranges.chain([&article.metadata.title.range]).all(|range| text.get(range.clone()).is_some());
    if !is_sound {
        return Ok(Some(format!("`{}` has ranges outside its text", article.id)));
    }
    repeat_fault(index, article)
}

/// Returns what is wrong with the sources of the folds and links of `article`.
fn repeat_fault(index: &Index, article: &Article) -> Result<Option<String>> {
    let mut sources: BTreeMap<&ArticleId, Option<Article>> = BTreeMap::new();
    let links = article.links.iter().map(|link| (&link.article, &link.source, false));
    let folds = article.folds.iter().map(|fold| (fold.article.as_ref().unwrap_or(&article.id), &fold.source, true));
    for (id, range, is_fold) in folds.chain(links) {
        if !sources.contains_key(id) {
            let found = index.find(id.as_str())?.map(|address| index.fetch(address)).transpose()?;
            sources.insert(id, found);
        }
        let Some(source) = sources.get(id).and_then(Option::as_ref) else {
            return Ok(Some(format!("`{}` repeats `{id}`, which is not there", article.id)));
        };
        let is_there = source.text.get(range.clone()).is_some() && (!is_fold || source.folds_in(range).is_empty());
        if !is_there {
            return Ok(Some(format!("`{}` repeats bytes {range:?} of `{id}`, which are not there", article.id)));
        }
    }
    Ok(None)
}

/// Calls `take` with every article of the index, or with what is wrong with it, in the order of the
/// index.
fn for_each_article(
    index: &Index,
    mut take: impl FnMut(std::result::Result<Article, String>) -> Result<()>,
) -> Result<()> {
    for (ord, segment) in index.searcher().segment_readers().iter().enumerate() {
        /// Blocks of stored articles kept unpacked: they are read one after the other.
        const CACHED_BLOCKS: usize = 2;
        let store =
            segment.get_store_reader(CACHED_BLOCKS).map_err(|source| Error::io("read", index.path(), source))?;
        for doc in segment.doc_ids_alive() {
            let article = store.get::<StoredArticle>(doc).map_err(|error| error.to_string());
            let article = article.and_then(|stored| stored.decode().map_err(|error| error.to_string()));
            take(article.map_err(|error| format!("article {doc} of part {ord} cannot be read: {error}")))?;
        }
    }
    Ok(())
}

/// Cleans and analyses every article of the index in the folder `path` again, in the order of arrival,
/// from the stored text and with `analyzer`, without the files it came from. Everything becomes visible
/// in one commit. Returns how many articles there are.
///
/// # Errors
/// Fails as an update does, and where an article cannot be read; the index is then as before.
pub fn rebuild(path: &Path, analyzer: &Analyzer, duplicates: Duplicates, options: &WriterOptions) -> Result<u64> {
    let index = Index::open_any(path)?;
    let mut writer = Writer::open_any(path, Settings::current(analyzer.identity()), options)?;
    writer.remove_all()?;
    let new_maker = || DocumentMaker::new(analyzer, Fields::schema().1);
    let mut intake = Intake::from_nothing(writer, new_maker(), duplicates)?;
    let mut n_articles = 0;
    let give = |giver: Giver<(Article, Contents), Result<Prepared>>| {
        if let Err(error) = give_all(&index, &giver) {
            giver.put(Err(error));
        }
    };
    let new_worker = || {
        let mut maker = new_maker();
        move |(article, contents): (Article, Contents)| {
            let prepared = prepare(RawArticle::from(article), contents.own, duplicates, &mut maker);
            Ok(Prepared { contents, ..prepared })
        }
    };
    let n_threads = NonZeroUsize::new(options.n_threads).unwrap_or(NonZeroUsize::MIN);
    in_order(n_threads, give, new_worker, |prepared| {
        n_articles += 1;
        intake.take(prepared?, Known::New).map(|_| ())
    })?;
    intake.finish()?;
    Ok(n_articles)
}

/// Gives out every article of `index` with what it was read from, which stays what it was: a source that has
/// not changed is recognised afterwards too.
fn give_all<R>(index: &Index, giver: &Giver<(Article, Contents), R>) -> Result<()> {
    let searcher = index.searcher();
    let columns = searcher.segment_readers().iter().map(ContentColumns::open);
    let columns = columns.collect::<tantivy::Result<Vec<_>>>().map_err(Error::engine("read"))?;
    for stored in order_of_arrival(&searcher)? {
        let contents = columns[stored.address.segment_ord as usize].get(stored.address.doc_id);
        if !giver.give((index.fetch(stored.address)?, contents)) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{UpdateOptions, update};

    fn index_of(lines: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        std::fs::write(&file, lines.join("\n")).unwrap();
        let path = folder.path().join("index");
        update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
        (folder, path)
    }

    const LINES: [&str; 3] = [
        r#"{"id":"a","judul":"Harga Naik","isi":"Harga beras naik.","rubrik":"Ekonomi"}"#,
        r#"{"id":"b","isi":"Panen tiba lebih awal."}"#,
        r#"{"id":"c","isi":"Hujan turun.","tanggal":"2026-01-08"}"#,
    ];

    #[test]
    fn removing_is_all_or_nothing() {
        let (_folder, path) = index_of(&LINES);
        let ids = ["a", "x"].map(ArticleId::new);
        assert!(matches!(remove(&path, &ids, Busy::Fail), Err(Error::ArticleMissing { id }) if id == "x"));
        assert_eq!(Index::open(&path).unwrap().ids().unwrap().len(), 3);
        remove(&path, &ids[..1], Busy::Fail).unwrap();
        assert_eq!(Index::open(&path).unwrap().ids().unwrap(), ["b", "c"]);
    }

    #[test]
    fn compacting_takes_garbage_away() {
        let (_folder, path) = index_of(&LINES);
        remove(&path, &[ArticleId::new("a")], Busy::Fail).unwrap();
        compact(&path, Busy::Fail).unwrap();
        let stats = Index::open(&path).unwrap().stats().unwrap();
        assert_eq!((stats.articles, stats.garbage, stats.segments), (2, 0, 1));
        assert_eq!(check(&path).unwrap(), CheckReport { articles: 2, faults: Vec::new() });
    }

    #[test]
    fn a_check_sees_a_damaged_file() {
        let (_folder, path) = index_of(&LINES);
        let is_store = |file: &Path| file.extension().is_some_and(|extension| extension == "term");
        let file =
            std::fs::read_dir(&path).unwrap().map(|file| file.unwrap().path()).find(|file| is_store(file)).unwrap();
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[0] ^= 1;
        std::fs::remove_file(&file).unwrap();
        std::fs::write(&file, bytes).unwrap();
        assert!(check(&path).map_or(true, |report| !report.faults.is_empty()));
    }

    #[test]
    fn a_rebuilt_index_is_the_same() {
        let (_folder, path) = index_of(&LINES);
        let articles = |path: &Path| {
            let index = Index::open(path).unwrap();
            index.ids().unwrap().iter().map(|id| index.article(id).unwrap()).collect::<Vec<_>>()
        };
        let before = articles(&path);
        let options = WriterOptions { n_threads: 2, ..WriterOptions::default() };
        assert_eq!(rebuild(&path, &Analyzer::indonesian(), Duplicates::Find, &options).unwrap(), 3);
        assert_eq!(articles(&path), before);
    }
}
