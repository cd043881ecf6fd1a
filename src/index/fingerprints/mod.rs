//! The memory of the deduper on disk: a cache beside the index, which can be made anew of the articles.
//!
//! New entries are kept in memory and written in sorted runs. Where the newest runs are several of like
//! length they become one, so that there are few and each entry is written a few times only. What one commit
//! of the index goes with is a list of runs, named by its content: the commit holds that name, the list
//! is written before the commit and the one before is removed after it. Nothing is ever changed in place.

mod filter;
mod pending;
mod run;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use self::pending::Pending;
use self::run::{Pair, Run, RunWriter};
use crate::dedup::{Entry, Memory};
use crate::error::{Error, Result};

/// The version of the files; raised when they or the keys change.
const VERSION: u32 = 1;
/// Entries that are kept in memory before a run is written; what the last article adds finds room too.
const MAX_PENDING: usize = pending::ROOM - (1 << 12);
/// So many runs of one tier become one of the next: a run of `n` entries is of the tier `log(n)` to
/// this base.
const FANOUT: usize = 4;
/// The file of a run that is not complete.
const UNFINISHED: &str = "run.tmp";

/// A table on disk.
pub(super) struct Fingerprints {
    folder: PathBuf,
    pending: Pending,
    /// The oldest first.
    runs: Vec<Run>,
}

/// What goes with one commit.
#[derive(Serialize, Deserialize)]
struct List {
    version: u32,
    runs: Vec<String>,
}

impl Fingerprints {
    /// Begins with nothing; files go to `folder`, which exists.
    pub(super) fn empty(folder: &Path) -> Self {
        Self { folder: folder.into(), pending: Pending::default(), runs: Vec::new() }
    }

    /// Opens what was written as `name`; `None` where it is not there, damaged or of another version.
    pub(super) fn open(folder: &Path, name: u64) -> Option<Self> {
        let bytes = std::fs::read(list_path(folder, name)).ok()?;
        if xxh3_64(&bytes) != name {
            return None;
        }
        let list: List = serde_json::from_slice(&bytes).ok().filter(|list: &List| list.version == VERSION)?;
        let runs = list.runs.iter().map(|run| Run::open(&folder.join(run)).ok().flatten());
        Some(Self { runs: runs.collect::<Option<_>>()?, ..Self::empty(folder) })
    }

    /// Writes a run where many entries are kept in memory.
    pub(super) fn relieve(&mut self) -> Result<()> {
        if self.pending.len() < MAX_PENDING { Ok(()) } else { self.flush() }
    }

    /// Writes everything so that it outlives a crash, and returns its name.
    pub(super) fn save(&mut self) -> Result<u64> {
        self.flush()?;
        let names = self.runs.iter().filter_map(|run| Some(run.path().file_name()?.to_str()?.to_owned()));
        let list = List { version: VERSION, runs: names.collect() };
        let bytes = serde_json::to_vec(&list).expect("strings and numbers always serialize");
        let name = xxh3_64(&bytes);
        self.write_list(name, &bytes).map_err(|source| Error::io("write", &self.folder, source))?;
        Ok(name)
    }

    fn write_list(&self, name: u64, bytes: &[u8]) -> io::Result<()> {
        let path = list_path(&self.folder, name);
        if path.exists() {
            return Ok(());
        }
        self.runs.iter().try_for_each(Run::sync)?;
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // The names are the folder's; not every system lets a folder be opened and synced.
        if let Ok(folder) = File::open(&self.folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Removes every file but those of `name`, which is what the index was committed with.
    pub(super) fn keep_only(&self, name: u64) {
        let mut kept: BTreeSet<PathBuf> = self.runs.iter().map(|run| run.path().to_owned()).collect();
        kept.insert(list_path(&self.folder, name));
        let Ok(files) = std::fs::read_dir(&self.folder) else { return };
        for path in files.filter_map(|file| Some(file.ok()?.path())) {
            let is_ours = path.extension().is_some_and(|extension| extension == "run" || extension == "list");
            if is_ours && !kept.contains(&path) {
                // What stays behind is removed after the next commit.
                let _ = std::fs::remove_file(path);
            }
        }
    }

    /// Writes what is kept in memory to a run, with the runs before it that it makes too many of their tier.
    fn flush(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let (n_kept, n_entries) = self.place_of_next_run();
        let run = self.merge(n_kept, n_entries).map_err(|error| self.failed(error))?;
        self.runs.truncate(n_kept);
        self.runs.push(run);
        self.pending.clear();
        Ok(())
    }

    /// Returns how many runs stay as they are before the next, and how many entries that has at most.
    fn place_of_next_run(&self) -> (usize, usize) {
        let tier = |n_entries: usize| n_entries.max(1).ilog(FANOUT);
        let (mut n_kept, mut n_entries) = (self.runs.len(), self.pending.len());
        loop {
            let is_taken = |run: &&Run| tier(run.n_entries()) <= tier(n_entries);
            let n_taken = self.runs[..n_kept].iter().rev().take_while(is_taken).count();
            if n_taken + 1 < FANOUT {
                return (n_kept, n_entries);
            }
            n_kept -= n_taken;
            n_entries += self.runs[n_kept..][..n_taken].iter().map(Run::n_entries).sum::<usize>();
        }
    }

    /// Writes a run of what is kept in memory and of the runs from place `first` on; of equal keys the newest
    /// entry stays.
    fn merge(&mut self, first: usize, n_entries: usize) -> io::Result<Run> {
        let mut writer = RunWriter::create(&self.folder.join(UNFINISHED), n_entries)?;
        let mut sources = vec![Source::new(self.pending.pairs().map(Ok))?];
        for run in self.runs[first..].iter_mut().rev() {
            sources.push(Source::new(run.pairs())?);
        }
        while let Some(pair) = next_pair(&mut sources)? {
            writer.push(pair)?;
        }
        drop(sources);
        writer.finish(|hash| self.folder.join(format!("{hash:016x}.run")))
    }

    fn failed(&self, source: io::Error) -> Error {
        if matches!(source.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof) {
            return Error::RepeatsDamaged { path: self.folder.clone() };
        }
        Error::io("write", &self.folder, source)
    }
}

/// A source of entries, in the order of their keys, with the next one at hand.
struct Source<'a> {
    next: Option<Pair>,
    rest: Box<dyn Iterator<Item = io::Result<Pair>> + 'a>,
}

impl<'a> Source<'a> {
    fn new(entries: impl Iterator<Item = io::Result<Pair>> + 'a) -> io::Result<Self> {
        let mut source = Self { next: None, rest: Box::new(entries) };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> io::Result<()> {
        self.next = self.rest.next().transpose()?;
        Ok(())
    }
}

/// Takes the least key from `sources`, with the entry of the first source that has it.
fn next_pair(sources: &mut [Source<'_>]) -> io::Result<Option<Pair>> {
    let heads = sources.iter().filter_map(|source| source.next);
    // Of equal keys `min_by_key` gives the first.
    let Some(least) = heads.min_by_key(|(key, _)| *key) else { return Ok(None) };
    for source in sources.iter_mut().filter(|source| source.next.is_some_and(|(key, _)| key == least.0)) {
        source.advance()?;
    }
    Ok(Some(least))
}

fn list_path(folder: &Path, name: u64) -> PathBuf {
    folder.join(format!("{name:016x}.list"))
}

impl Memory for Fingerprints {
    fn look_up(&mut self, keys: &[u64], found: &mut dyn FnMut(u64, Entry)) -> Result<()> {
        let mut open: Vec<u64> = Vec::with_capacity(keys.len());
        for key in keys {
            match self.pending.get(*key) {
                Some(entry) => found(*key, entry),
                None => open.push(*key),
            }
        }
        for run in self.runs.iter_mut().rev() {
            let mut still_open = Vec::with_capacity(open.len());
            for key in open {
                let damaged = |_| Error::RepeatsDamaged { path: self.folder.clone() };
                match run.get(key).map_err(damaged)? {
                    Some(entry) => found(key, entry),
                    None => still_open.push(key),
                }
            }
            open = still_open;
        }
        Ok(())
    }

    fn set(&mut self, entries: &mut dyn Iterator<Item = (u64, Entry)>) -> Result<()> {
        entries.for_each(|(key, entry)| self.pending.insert(key, entry));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(value: u32) -> Entry {
        Entry::of_values([value, value, value])
    }

    fn found(fingerprints: &mut Fingerprints, keys: &[u64]) -> Vec<(u64, u32)> {
        let mut found = Vec::new();
        fingerprints.look_up(keys, &mut |key, entry| found.push((key, entry.values()[0]))).unwrap();
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn it_is_a_table_however_it_is_cut_into_runs(
            batches in proptest::collection::vec(proptest::collection::vec((0..200u64, 0..9u32), 0..60), 0..12),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut fingerprints = Fingerprints::empty(folder.path());
            let mut expected = std::collections::BTreeMap::new();
            for batch in batches {
                fingerprints.set(&mut batch.iter().map(|(key, value)| (*key, entry(*value)))).unwrap();
                expected.extend(batch);
                let name = fingerprints.save().unwrap();
                fingerprints = Fingerprints::open(folder.path(), name).unwrap();
                fingerprints.keep_only(name);
                let keys: Vec<u64> = (0..200).collect();
                let all: Vec<_> = expected.iter().map(|(key, value)| (*key, *value)).collect();
                prop_assert_eq!(found(&mut fingerprints, &keys), all);
            }
        }
    }

    #[test]
    fn runs_are_few() {
        let folder = tempfile::tempdir().unwrap();
        let mut fingerprints = Fingerprints::empty(folder.path());
        for batch in 0..300u64 {
            fingerprints.set(&mut (0..20).map(|n| (batch << 32 | n, entry(1)))).unwrap();
            fingerprints.flush().unwrap();
            // Three of each tier from 20 entries to 6000.
            assert!(fingerprints.runs.len() <= 3 * 5);
        }
        assert_eq!(fingerprints.runs.iter().map(Run::n_entries).sum::<usize>(), 6000);
    }

    #[test]
    fn what_is_missing_or_damaged_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let mut fingerprints = Fingerprints::empty(folder.path());
        fingerprints.set(&mut [(7, entry(1))].into_iter()).unwrap();
        let name = fingerprints.save().unwrap();
        assert!(Fingerprints::open(folder.path(), name ^ 1).is_none());
        let (list, run) = (list_path(folder.path(), name), fingerprints.runs[0].path().to_owned());
        for path in [list, run] {
            let bytes = std::fs::read(&path).unwrap();
            assert!(Fingerprints::open(folder.path(), name).is_some());
            std::fs::write(&path, &bytes[1..]).unwrap();
            assert!(Fingerprints::open(folder.path(), name).is_none());
            std::fs::remove_file(&path).unwrap();
            assert!(Fingerprints::open(folder.path(), name).is_none());
            std::fs::write(&path, bytes).unwrap();
        }
    }
}
