//! One update under way: what is written of the articles it meets, and what is counted.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Duplicates;
use super::catalog::Known;
use super::held::Held;
use super::intake::{Intake, Taken};
use super::numbers::{Numbered, Numbers};
use super::pipeline::{Met, Outcome, Pipeline, Prepared, prepare};
use super::update::{Progress, UpdateReport};
use crate::error::Result;
use crate::ingest::{self, Skip};

/// What became of an id in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Nothing was written: what the index holds was met.
    Unchanged,
    /// What has this hash was written.
    Written(u64),
}

/// One update under way.
pub(super) struct Run<'a> {
    /// None for a dry run.
    intake: Option<Intake<'a>>,
    duplicates: Duplicates,
    /// By the hashes of the ids that were met.
    fates: FxHashMap<u64, Fate>,
    numbers: Numbers,
    /// Articles that gave way to the indexed ones when those were written.
    held: Held,
    /// The hashes of what gave way in this run, by those of the ids.
    gave_way: FxHashMap<u64, Vec<u64>>,
    /// Files and folders that are there and could not be read whole, or hold no article at all.
    not_whole: FxHashSet<PathBuf>,
    pub(super) report: UpdateReport,
    pub(super) progress: Progress<'static>,
}

impl<'a> Run<'a> {
    /// Begins an update that writes through `intake`, and puts articles aside in `held`.
    pub(super) fn new(intake: Option<Intake<'a>>, held: Held, duplicates: Duplicates) -> Self {
        let (fates, gave_way, not_whole) = (FxHashMap::default(), FxHashMap::default(), FxHashSet::default());
        let (report, progress) = (UpdateReport::default(), Progress::default());
        let numbers = Numbers::default();
        Self { intake, duplicates, fates, numbers, held, gave_way, not_whole, report, progress }
    }

    /// Takes the outcome of the next document.
    pub(super) fn take(&mut self, pipeline: &Pipeline<'_>, outcome: Outcome) -> Result<()> {
        match outcome {
            Outcome::Failed(error) => return Err(error),
            Outcome::Skipped(skip) => {
                self.skip(skip);
                return Ok(());
            }
            Outcome::Unchanged(met) => self.unchanged(pipeline, met)?,
            Outcome::GaveWay(met) => self.hold(&met)?,
            Outcome::Prepared(prepared) => self.prepared(pipeline, *prepared)?,
            Outcome::Numbered(prepared, numbered) => self.numbered(pipeline, *prepared, numbered)?,
        }
        self.progress.articles += 1;
        Ok(())
    }

    fn prepared(&mut self, pipeline: &Pipeline<'_>, prepared: Prepared) -> Result<()> {
        self.gives_way(prepared.article.id.ord());
        self.write(pipeline, prepared)
    }

    /// Takes an article that is to be written and whose id may be that of others. Where this run has given that to
    /// another article, it is named by its place.
    fn numbered(&mut self, pipeline: &Pipeline<'_>, prepared: Prepared, numbered: Numbered) -> Result<()> {
        if let Numbered::Own(in_place) = numbered {
            if self.numbers.give(&prepared.article.id, &in_place) {
                return self.prepared(pipeline, prepared);
            }
            self.report.numbered_by_place += 1;
            return self.met(pipeline, in_place);
        }
        self.report.numbered_by_place += 1;
        self.prepared(pipeline, prepared)
    }

    /// Takes an article that is named by its place, as far as it is indexed already.
    fn met(&mut self, pipeline: &Pipeline<'_>, met: Box<Met>) -> Result<()> {
        let catalog = pipeline.catalog.read().unwrap_or_else(PoisonError::into_inner);
        let known = catalog.known(&met.raw.id, met.content_hash);
        drop(catalog);
        match known {
            Known::Unchanged => self.unchanged(pipeline, met),
            Known::GaveWay => self.hold(&met),
            Known::New | Known::Changed => {
                self.gives_way(met.raw.id.ord());
                self.write_met(pipeline, *met)
            }
        }
    }

    fn skip(&mut self, skip: Skip) {
        self.progress.skipped += 1;
        if skip.hides_articles() {
            self.not_whole.insert(ingest::path_of_text(&skip.path));
        }
        self.report.skipped.push(skip);
    }

    /// Takes an article that is indexed already, unless another with its id was written before it in
    /// this run: the last one wins.
    fn unchanged(&mut self, pipeline: &Pipeline<'_>, met: Box<Met>) -> Result<()> {
        let ord = met.raw.id.ord();
        self.gives_way(ord);
        match self.fates.get(&ord) {
            None => {
                self.fates.insert(ord, Fate::Unchanged);
                self.report.unchanged += 1;
                Ok(())
            }
            Some(Fate::Unchanged) => {
                self.report.duplicates += 1;
                Ok(())
            }
            Some(Fate::Written(_)) => self.write_met(pipeline, *met),
        }
    }

    /// Holds back an article that gave way when the indexed one was written: most likely it will again.
    fn hold(&mut self, met: &Met) -> Result<()> {
        self.gives_way(met.raw.id.ord());
        self.held.put(met)
    }

    /// Lets go of the article that is held back under the id with the hash `ord`: another came.
    fn gives_way(&mut self, ord: u64) {
        if let Some(content_hash) = self.held.remove(ord) {
            self.report.duplicates += 1;
            self.gave_way.entry(ord).or_default().push(content_hash);
        }
    }

    /// Writes an article, which a dry run only counts.
    fn write_met(&mut self, pipeline: &Pipeline<'_>, met: Met) -> Result<()> {
        let Some(intake) = &mut self.intake else {
            self.count(pipeline, met.raw.id.ord(), met.content_hash);
            return Ok(());
        };
        let prepared = prepare(met.raw, met.content_hash, self.duplicates, intake.maker());
        self.write(pipeline, prepared)
    }

    /// Writes an article, in place of any other with its id.
    fn write(&mut self, pipeline: &Pipeline<'_>, mut prepared: Prepared) -> Result<()> {
        let (ord, own) = (prepared.article.id.ord(), prepared.contents.own);
        let known = self.count(pipeline, ord, own);
        if known == Known::Unchanged {
            return Ok(());
        }
        let gave_way = self.gave_way.get(&ord).into_iter().flatten();
        prepared.contents.gave_way = gave_way.copied().filter(|hash| *hash != own).collect();
        let taken = match &mut self.intake {
            Some(intake) => intake.take(prepared, known)?,
            None => Taken::new(&prepared.article, false),
        };
        self.report.folded_passages += taken.folded_passages;
        self.report.folded_bytes += taken.folded_bytes;
        self.report.copies += usize::from(taken.is_copy);
        Ok(())
    }

    /// Counts an article that is about to be written, whose content has the hash `own`, and returns how it
    /// stands to what is there under its id.
    fn count(&mut self, pipeline: &Pipeline<'_>, ord: u64, own: u64) -> Known {
        let catalog = pipeline.catalog.read().unwrap_or_else(PoisonError::into_inner);
        let indexed = catalog.content_hash(ord);
        let is_lost = indexed == Some(own) && catalog.is_lost(ord);
        drop(catalog);
        let before = self.fates.insert(ord, Fate::Written(own));
        match before {
            Some(Fate::Written(before)) => {
                self.report.duplicates += 1;
                if before == own {
                    return Known::Unchanged;
                }
                self.gave_way.entry(ord).or_default().push(before);
            }
            Some(Fate::Unchanged) => {
                self.report.duplicates += 1;
                self.report.unchanged -= 1;
                self.report.updated += 1;
                self.gave_way.entry(ord).or_default().extend(indexed);
            }
            None if indexed.is_some() => {
                self.report.updated += 1;
                self.report.mended += usize::from(is_lost);
            }
            None => self.report.added += 1,
        }
        if indexed.is_some() || before.is_some() { Known::Changed } else { Known::New }
    }

    /// Writes the articles that are still held back: those they gave way to are no longer read.
    pub(super) fn release(&mut self, pipeline: &Pipeline<'_>) -> Result<()> {
        for held in self.held.take_all() {
            match self.held.read(&held)? {
                Some(raw) => self.write_met(pipeline, Met { raw, content_hash: held.content_hash })?,
                None => {
                    self.count(pipeline, held.ord, held.content_hash);
                }
            }
        }
        Ok(())
    }

    /// Removes the articles under `roots` that were not met. Those of a file that is there and could
    /// not be read whole stay: their records may be among those that were passed over. So do those of a file in
    /// which there is no article any more: most likely a download failed.
    pub(super) fn prune(&mut self, pipeline: &Pipeline<'_>, roots: &[PathBuf]) -> Result<()> {
        let catalog = pipeline.catalog.read().unwrap_or_else(PoisonError::into_inner);
        let is_under = |path: &Path| roots.iter().any(|root| path.starts_with(root));
        let mut gone = catalog.not_met(|ord| self.fates.contains_key(&ord), is_under)?;
        drop(catalog);
        let n_not_met = gone.len();
        gone.retain(|(path, _)| !path.ancestors().any(|place| self.not_whole.contains(place)));
        if let Some(intake) = &mut self.intake {
            gone.iter().try_for_each(|(_, id)| intake.remove(id))?;
        }
        self.report.removed = gone.len();
        self.report.kept = n_not_met - gone.len();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<UpdateReport> {
        if let Some(intake) = self.intake {
            intake.finish()?;
        }
        self.report.skipped.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
        Ok(self.report)
    }
}
