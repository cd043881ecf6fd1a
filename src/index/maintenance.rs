//! Looking after an index: removing articles, compacting.

use std::num::NonZeroUsize;
use std::path::Path;

use serde::Serialize;

use super::document::DocumentMaker;
use super::intake::Intake;
use super::settings::Settings;
use super::writer::{Writer, WriterOptions};
use super::{Busy, Duplicates, Index, checksums, directory};
use crate::analysis::Analyzer;
use crate::article::ArticleId;
use crate::error::{Error, Result};

/// Removes the articles with the ids `ids` from the index in the folder `path`, all of them or none. Articles that
/// repeat them are written again, with `analyzer`, which must be the one that the index was written with.
///
/// # Errors
/// Returns [`Error::IndexMissing`], [`Error::ArticleMissing`] where there is none with one of the ids, and fails as an
/// update does.
pub fn remove(path: &Path, analyzer: &Analyzer, ids: &[ArticleId], busy: Busy) -> Result<()> {
    Settings::read(path)?.ok_or_else(|| Error::IndexMissing { path: path.into() })?;
    let writer = Writer::open(path, Settings::current(analyzer.identity()), &WriterOptions::small(busy))?;
    // What others wrote while this one waited is seen from here on.
    let index = Index::open_any(path)?;
    for id in ids {
        if index.find(id.as_str())?.is_none() {
            return Err(Error::ArticleMissing { id: id.to_string() });
        }
    }
    let maker = DocumentMaker::new(analyzer, *index.fields(), writer.texts().clone());
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
/// Fails as an update does, and where a file is damaged: the one part would hide that.
pub fn compact(path: &Path, busy: Busy) -> Result<CompactReport> {
    let mut writer = Writer::open_committed(path, &WriterOptions::small(busy))?;
    // A view that stays open keeps the files it reads from being removed.
    let bytes = || Index::open_any(path)?.stats().map(|stats| stats.bytes);
    let bytes_before = bytes()?;
    let metas = directory::open(path)?.searchable_segment_metas().map_err(directory::unreadable(path))?;
    if let Some(fault) = checksums::faults(path, &metas).into_iter().next() {
        return Err(Error::PartsDamaged { path: path.into(), source: fault.into() });
    }
    writer.merge_all()?;
    let repeats = writer.repeats();
    writer.finish(|| Ok(repeats))?;
    Ok(CompactReport { bytes_before, bytes_after: bytes()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{CheckReport, UpdateOptions, check, update};

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
        assert!(
            matches!(remove(&path, &Analyzer::indonesian(), &ids, Busy::Fail), Err(Error::ArticleMissing { id }) if id == "x")
        );
        assert_eq!(Index::open(&path).unwrap().ids().unwrap().len(), 3);
        remove(&path, &Analyzer::indonesian(), &ids[..1], Busy::Fail).unwrap();
        assert_eq!(Index::open(&path).unwrap().ids().unwrap(), ["b", "c"]);
    }

    #[test]
    fn compacting_takes_garbage_away() {
        let (_folder, path) = index_of(&LINES);
        remove(&path, &Analyzer::indonesian(), &[ArticleId::new("a")], Busy::Fail).unwrap();
        compact(&path, Busy::Fail).unwrap();
        let stats = Index::open(&path).unwrap().stats().unwrap();
        assert_eq!((stats.articles, stats.garbage, stats.segments), (2, 0, 1));
        assert_eq!(check(&path).unwrap(), CheckReport { articles: 2, faults: Vec::new() });
    }
}
