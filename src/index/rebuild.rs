//! Making an index anew of the articles it stores: with other dictionaries, or of what is left of a damaged one.

use std::num::NonZeroUsize;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde::Serialize;
use tantivy::DocId;

use super::catalog::Known;
use super::contents::Contents;
use super::document::DocumentMaker;
use super::in_order::{Giver, in_order};
use super::intake::Intake;
use super::parts::{LostArticle, Part};
use super::pipeline::{Prepared, prepare};
use super::settings::Settings;
use super::texts::Texts;
use super::writer::{Writer, WriterOptions};
use super::{Duplicates, Fields, directory};
use crate::analysis::Analyzer;
use crate::article::{Article, RawArticle};
use crate::error::{Error, Result};

/// What became of an index that was made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RebuildReport {
    /// Its articles.
    pub articles: u64,
    /// Those that could not be read and are gone: reading the files they came from brings them back.
    pub lost: Vec<LostArticle>,
}

/// Cleans and analyses every article of the index in the folder `path` again, in the order of arrival,
/// from the stored text and with `analyzer`, without the files it came from. Everything becomes visible
/// in one commit. Articles that cannot be read are left out and named; of two with one id the later stays.
///
/// # Errors
/// Fails as an update does, but not because of damaged files; the index is then as before.
pub fn rebuild(
    path: &Path,
    analyzer: &Analyzer,
    duplicates: Duplicates,
    options: &WriterOptions,
) -> Result<RebuildReport> {
    Settings::read(path)?.ok_or_else(|| Error::IndexMissing { path: path.into() })?;
    let mut writer = Writer::open_any(path, Settings::current(analyzer.identity()), options)?;
    // Nobody else writes from here on.
    let parts = parts(path, writer.texts())?;
    writer.remove_all()?;
    writer.learn_anew();
    let texts = writer.texts().clone();
    let new_maker = || DocumentMaker::new(analyzer, Fields::schema().1, texts.clone());
    let mut intake = Intake::from_nothing(writer, new_maker(), duplicates)?;
    let new_worker = || {
        let mut maker = new_maker();
        move |(article, contents): (Article, Contents)| {
            let prepared = prepare(RawArticle::from(article), contents.own, duplicates, &mut maker);
            Ok(Prepared { contents, ..prepared })
        }
    };
    let n_threads = NonZeroUsize::new(options.n_threads).unwrap_or(NonZeroUsize::MIN);
    let (mut lost, mut met) = (Vec::new(), FxHashSet::default());
    in_order(
        n_threads,
        |giver| give_all(&parts, &giver),
        new_worker,
        |outcome| {
            match outcome {
                Err(article) => lost.push(article),
                Ok(prepared) => {
                    let is_new = met.insert(prepared.article.id.ord());
                    intake.take(prepared, if is_new { Known::New } else { Known::Changed })?;
                }
            }
            Ok(())
        },
    )?;
    intake.finish()?;
    Ok(RebuildReport { articles: met.len() as u64, lost })
}

fn parts(path: &Path, texts: &Texts) -> Result<Vec<Part>> {
    let segments = directory::open(path)?.searchable_segments().map_err(directory::unreadable(path))?;
    segments.iter().map(|segment| Part::open(path, segment, texts.clone())).collect()
}

/// An article with what it was read from.
type Read = (Article, Contents);

/// Gives out every article of `parts` with what it was read from, which stays what it was: a source that has
/// not changed is recognised afterwards too.
fn give_all(parts: &[Part], giver: &Giver<Read, std::result::Result<Prepared, LostArticle>>) {
    for (part, doc) in order_of_arrival(parts) {
        let is_waited_for = match part.article(doc) {
            Ok(article) => giver.give((article, part.contents(doc))),
            Err(lost) => giver.put(Err(lost)),
        };
        if !is_waited_for {
            break;
        }
    }
}

/// Returns the articles of `parts` in the order of arrival; those whose place cannot be told come last, as they lie.
fn order_of_arrival(parts: &[Part]) -> Vec<(&Part, DocId)> {
    let places = (0_u32..).zip(parts).flat_map(|(at, part)| {
        part.docs().map(move |doc| (part.arrival(doc).and_then(|n| u32::try_from(n).ok()).unwrap_or(u32::MAX), at, doc))
    });
    let mut places: Vec<_> = places.collect();
    places.sort_unstable();
    places.into_iter().map(|(_, at, doc)| (&parts[at as usize], doc)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};

    #[test]
    fn a_rebuilt_index_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("a.jsonl"), folder.path().join("index"));
        let lines = [
            r#"{"id":"a","judul":"Harga Naik","isi":"Harga beras naik.","rubrik":"Ekonomi"}"#,
            r#"{"id":"b","isi":"Panen tiba lebih awal."}"#,
            r#"{"id":"c","isi":"Hujan turun.","tanggal":"2026-01-08"}"#,
        ];
        std::fs::write(&file, lines.join("\n")).unwrap();
        update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
        let articles = |path: &Path| {
            let index = Index::open(path).unwrap();
            index.ids().unwrap().iter().map(|id| index.article(id).unwrap()).collect::<Vec<_>>()
        };
        let before = articles(&path);
        let options = WriterOptions { n_threads: 2, ..WriterOptions::default() };
        let report = rebuild(&path, &Analyzer::indonesian(), Duplicates::Find, &options).unwrap();
        assert_eq!(report, RebuildReport { articles: 3, lost: Vec::new() });
        assert_eq!(articles(&path), before);
    }
}
