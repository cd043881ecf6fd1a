//! Whether an index is sound, and what to do where it is not.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer};

use super::checksums::{self, FileFault};
use super::parts::LostArticle;
use super::settings::Settings;
use super::{Index, directory};
use crate::article::{Article, ArticleId};
use crate::error::{Error, Result};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Articles that were looked at.
    pub articles: u64,
    /// What is wrong; empty for a sound index.
    pub faults: Vec<Fault>,
}

impl CheckReport {
    /// Returns what is to be done, each once.
    #[must_use]
    pub fn remedies(&self) -> Vec<Remedy> {
        let mut remedies: Vec<_> = self.faults.iter().map(Fault::remedy).collect();
        remedies.sort_unstable();
        remedies.dedup();
        // The greater one does what the other does.
        remedies.split_off(remedies.len().saturating_sub(1))
    }
}

/// What is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A file does not hold what was written.
    File(FileFault),
    /// The articles could not be looked at.
    Unopened(String),
    /// An article cannot be read, or is not what was stored.
    Article(LostArticle),
    /// Two articles have this id.
    Twice(ArticleId),
    /// An article is not found under its id.
    NotFound(ArticleId),
    /// An article has passages or folds outside its text.
    OutsideText(ArticleId),
    /// An article repeats what is not there.
    SourceMissing {
        /// The article.
        id: ArticleId,
        /// The one that it repeats.
        source: ArticleId,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(fault) => fault.fmt(f),
            Self::Unopened(why) => write!(f, "the articles could not be checked: {why}"),
            Self::Article(lost) => write!(f, "{lost} cannot be read"),
            Self::Twice(id) => write!(f, "article `{id}` is there twice"),
            Self::NotFound(id) => write!(f, "article `{id}` is not found under its id"),
            Self::OutsideText(id) => write!(f, "article `{id}` has ranges outside its text"),
            Self::SourceMissing { id, source } => {
                write!(f, "article `{id}` repeats text of `{source}` that is not there")
            }
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What is to be done about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Everything but the stored articles is to be made anew of them.
    Rebuild,
    /// That, and what is lost is to be read again.
    RebuildAndRead,
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rebuild => {
                "`kliping index --rebuild` makes the index anew of the stored articles, which are all there"
            }
            Self::RebuildAndRead => {
                "`kliping index --rebuild` keeps what can be read and names what is lost; \
                 `kliping index PATH...` with the files it came from brings that back"
            }
        })
    }
}

impl Fault {
    /// Returns what is to be done about it.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::File(fault) if fault.is_of_articles() => Remedy::RebuildAndRead,
            Self::Article(_) => Remedy::RebuildAndRead,
            Self::File(_)
            | Self::Unopened(_)
            | Self::Twice(_)
            | Self::NotFound(_)
            | Self::OutsideText(_)
            | Self::SourceMissing { .. } => Remedy::Rebuild,
        }
    }
}

/// Checks the index in the folder `path`: the checksum of every file, and that every article is what was stored, is
/// there once, is found under its id, divides its text as it must and repeats text that is there: the source
/// of a fold is not folded itself. Where the files by which articles are found are damaged, that is all that is said
/// of them.
///
/// # Errors
/// Fails where there is no index, or none of this format, or where the list of its parts is damaged.
pub fn check(path: &Path) -> Result<CheckReport> {
    Settings::read(path)?.ok_or_else(|| Error::IndexMissing { path: path.into() })?;
    let metas = directory::open(path)?.searchable_segment_metas().map_err(directory::unreadable(path))?;
    let damaged = checksums::faults(path, &metas);
    let is_found = damaged.iter().all(FileFault::is_of_articles);
    let mut report = CheckReport { articles: 0, faults: damaged.into_iter().map(Fault::File).collect() };
    match Index::open_any(path) {
        Ok(index) => check_articles(&index, is_found, &mut report)?,
        Err(Error::PartsDamaged { source, .. }) => report.faults.push(Fault::Unopened(source.to_string())),
        Err(error) => return Err(error),
    }
    Ok(report)
}

/// Checks the articles of `index`: all of each where articles can be found at all, else whether it can be read.
fn check_articles(index: &Index, is_found: bool, report: &mut CheckReport) -> Result<()> {
    let mut met = FxHashSet::default();
    for part in index.parts() {
        for doc in part.docs() {
            report.articles += 1;
            match part.article(doc) {
                Err(lost) => report.faults.push(Fault::Article(lost)),
                Ok(article) if !met.insert(article.id.ord()) => report.faults.push(Fault::Twice(article.id)),
                Ok(article) if is_found => report.faults.extend(fault_of(index, &article)?),
                Ok(_) => {}
            }
        }
    }
    Ok(())
}

fn fault_of(index: &Index, article: &Article) -> Result<Option<Fault>> {
    if index.find(article.id.as_str())?.is_none() {
        return Ok(Some(Fault::NotFound(article.id.clone())));
    }
    let text = &article.text;
    let ranges = article.passages.iter().map(|passage| &passage.range).chain(article.folds.iter().map(|f| &f.range));
    let is_sound = ranges.chain([&article.metadata.title.range]).all(|range| text.get(range.clone()).is_some());
    if !is_sound {
        return Ok(Some(Fault::OutsideText(article.id.clone())));
    }
    repeat_fault(index, article)
}

/// Returns what is wrong with the sources of the folds and links of `article`; one that cannot be read is a fault of
/// its own.
fn repeat_fault(index: &Index, article: &Article) -> Result<Option<Fault>> {
    let mut sources: BTreeMap<&ArticleId, Source> = BTreeMap::new();
    let links = article.links.iter().map(|link| (&link.article, &link.source, false));
    let folds = article.folds.iter().map(|fold| (fold.article.as_ref().unwrap_or(&article.id), &fold.source, true));
    for (id, range, is_fold) in folds.chain(links) {
        if !sources.contains_key(id) {
            sources.insert(id, source(index, id)?);
        }
        let is_there = match &sources[id] {
            Source::Missing => false,
            Source::Unreadable => true,
            Source::Read(source) => {
                source.text.get(range.clone()).is_some() && (!is_fold || source.folds_in(range).is_empty())
            }
        };
        if !is_there {
            return Ok(Some(Fault::SourceMissing { id: article.id.clone(), source: id.clone() }));
        }
    }
    Ok(None)
}

/// An article that another one repeats.
enum Source {
    Missing,
    Unreadable,
    Read(Box<Article>),
}

fn source(index: &Index, id: &ArticleId) -> Result<Source> {
    let Some(address) = index.find(id.as_str())? else { return Ok(Source::Missing) };
    Ok(index.fetch(address).map_or(Source::Unreadable, |article| Source::Read(Box::new(article))))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::analysis::Analyzer;
    use crate::article::{Declared, RawArticle};
    use crate::index::catalog::Known;
    use crate::index::document::DocumentMaker;
    use crate::index::intake::Intake;
    use crate::index::pipeline::prepare;
    use crate::index::texts::Texts;
    use crate::index::writer::{Writer, WriterOptions};
    use crate::index::{Duplicates, Fields, rebuild};

    #[test]
    fn an_article_that_is_there_twice_is_named_and_the_later_one_kept() {
        let folder = tempfile::tempdir().unwrap();
        let analyzer = Analyzer::indonesian();
        let options = WriterOptions::default();
        let writer = Writer::open(folder.path(), Settings::current(analyzer.identity()), &options).unwrap();
        let new_maker = || DocumentMaker::new(&analyzer, Fields::schema().1, Texts::default());
        let mut intake = Intake::new(writer, new_maker(), Duplicates::Find, NonZeroUsize::MIN).unwrap();
        for (id, text) in [("a", "Harga beras naik."), ("b", "Panen tiba."), ("a", "Harga beras turun.")] {
            let (path, text) = ("/a".to_owned(), text.to_owned());
            let raw = RawArticle { id: ArticleId::new(id), path, text, declared: Declared::default() };
            intake.take(prepare(raw, 1, Duplicates::Find, &mut new_maker()), Known::New).unwrap();
        }
        intake.finish().unwrap();
        let report = check(folder.path()).unwrap();
        assert_eq!(report, CheckReport { articles: 3, faults: vec![Fault::Twice(ArticleId::new("a"))] });
        assert_eq!(report.remedies(), [Remedy::Rebuild]);
        let rebuilt = rebuild(folder.path(), &analyzer, Duplicates::Find, &options).unwrap();
        assert_eq!((rebuilt.articles, rebuilt.lost.len()), (2, 0));
        assert_eq!(check(folder.path()).unwrap(), CheckReport { articles: 2, faults: Vec::new() });
        assert_eq!(Index::open(folder.path()).unwrap().article("a").unwrap().text, "Harga beras turun.");
    }
}
