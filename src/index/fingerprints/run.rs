//! One sorted file of entries: blocks with a checksum each, then the first key of every block and a
//! filter, which are kept in memory.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::filter::Filter;
use crate::dedup::Entry;

/// Bytes of an entry with its key.
const ENTRY_BYTES: usize = 20;
/// Bytes of a block: what a disk reads at once.
const BLOCK_BYTES: usize = 4096;
/// Entries of a full block.
const BLOCK_ENTRIES: usize = (BLOCK_BYTES - CHECKSUM_BYTES) / ENTRY_BYTES;
const CHECKSUM_BYTES: usize = 8;
/// Bytes at the end of the file: entries, words of the filter, checksum of all but the blocks.
const FOOTER_BYTES: usize = 24;

/// An entry and its key.
pub(super) type Pair = (u64, Entry);

/// A sorted file that is complete.
pub(super) struct Run {
    path: PathBuf,
    file: File,
    n_entries: usize,
    /// The first key of each block.
    first_keys: Vec<u64>,
    filter: Filter,
    /// The block read last, and its place.
    block: Vec<u8>,
    block_at: Option<usize>,
}

impl Run {
    /// Opens a file that [`RunWriter`] wrote; `None` where it is none, or damaged.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let len = file.metadata()?.len();
        let Some(footer_at) = len.checked_sub(FOOTER_BYTES as u64) else { return Ok(None) };
        let footer = read_at(&mut file, footer_at, FOOTER_BYTES)?;
        let [n_entries, n_words, checksum] = [0, 8, 16].map(|at| number(&footer, at));
        let n_blocks = n_entries.div_ceil(BLOCK_ENTRIES as u64);
        let tail_bytes = n_blocks.checked_add(n_words).and_then(|n| n.checked_mul(8));
        let blocks_bytes = n_blocks.checked_mul(BLOCK_BYTES as u64);
        let is_whole =
            tail_bytes.zip(blocks_bytes).is_some_and(|(tail, blocks)| tail.checked_add(blocks) == Some(footer_at));
        if !is_whole {
            return Ok(None);
        }
        let mut tail =
            read_at(&mut file, n_blocks * BLOCK_BYTES as u64, to_usize(footer_at - n_blocks * BLOCK_BYTES as u64))?;
        tail.extend_from_slice(&footer[..16]);
        if xxh3_64(&tail) != checksum {
            return Ok(None);
        }
        let words: Vec<u64> = (0..to_usize(n_blocks + n_words)).map(|place| number(&tail, 8 * place)).collect();
        let (first_keys, filter) = words.split_at(to_usize(n_blocks));
        let Some(filter) = Filter::from_words(filter.to_vec()) else { return Ok(None) };
        Ok(Some(Self::new(path, file, to_usize(n_entries), first_keys.to_vec(), filter)))
    }

    fn new(path: &Path, file: File, n_entries: usize, first_keys: Vec<u64>, filter: Filter) -> Self {
        Self { path: path.into(), file, n_entries, first_keys, filter, block: Vec::new(), block_at: None }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn n_entries(&self) -> usize {
        self.n_entries
    }

    /// Returns the entry of `key`; the last block is kept, so that keys are best asked for in order.
    ///
    /// # Errors
    /// Fails where the file cannot be read or its checksum is wrong.
    pub(super) fn get(&mut self, key: u64) -> io::Result<Option<Entry>> {
        if !self.filter.may_hold(key) {
            return Ok(None);
        }
        let Some(block) = self.first_keys.partition_point(|first| *first <= key).checked_sub(1) else {
            return Ok(None);
        };
        self.load(block)?;
        let n_entries = self.entries_in(block);
        let (mut low, mut high) = (0, n_entries);
        while low < high {
            let middle = usize::midpoint(low, high);
            if number(&self.block, middle * ENTRY_BYTES) < key { low = middle + 1 } else { high = middle }
        }
        let pair = (low < n_entries).then(|| pair(&self.block[low * ENTRY_BYTES..]));
        Ok(pair.filter(|(found, _)| *found == key).map(|(_, entry)| entry))
    }

    /// Returns all entries in order.
    pub(super) fn pairs(&mut self) -> Pairs<'_> {
        Pairs { run: self, next: 0 }
    }

    fn entries_in(&self, block: usize) -> usize {
        (self.n_entries - block * BLOCK_ENTRIES).min(BLOCK_ENTRIES)
    }

    fn load(&mut self, block: usize) -> io::Result<()> {
        if self.block_at == Some(block) {
            return Ok(());
        }
        self.block_at = None;
        self.block.resize(BLOCK_BYTES, 0);
        self.file.seek(SeekFrom::Start((block * BLOCK_BYTES) as u64))?;
        self.file.read_exact(&mut self.block)?;
        if xxh3_64(&self.block[..BLOCK_BYTES - CHECKSUM_BYTES]) != number(&self.block, BLOCK_BYTES - CHECKSUM_BYTES) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum of a block is wrong"));
        }
        self.block_at = Some(block);
        Ok(())
    }
}

/// The entries of a run, in order.
pub(super) struct Pairs<'a> {
    run: &'a mut Run,
    next: usize,
}

impl Iterator for Pairs<'_> {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<io::Result<Pair>> {
        if self.next == self.run.n_entries {
            return None;
        }
        let (block, place) = (self.next / BLOCK_ENTRIES, self.next % BLOCK_ENTRIES);
        self.next += 1;
        Some(self.run.load(block).map(|()| pair(&self.run.block[place * ENTRY_BYTES..])))
    }
}

/// A run under way.
pub(super) struct RunWriter {
    file: BufWriter<File>,
    path: PathBuf,
    block: Vec<u8>,
    n_entries: usize,
    first_keys: Vec<u64>,
    filter: Filter,
    hasher: Xxh3Default,
}

impl RunWriter {
    /// Begins a run of up to `n_entries` entries in the file `path`.
    pub(super) fn create(path: &Path, n_entries: usize) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        let (block, filter) = (Vec::with_capacity(BLOCK_BYTES), Filter::for_keys(n_entries));
        let (file, path, first_keys) = (BufWriter::with_capacity(1 << 18, file), path.into(), Vec::new());
        Ok(Self { file, path, block, n_entries: 0, first_keys, filter, hasher: Xxh3Default::new() })
    }

    /// Appends an entry; keys ascend.
    pub(super) fn push(&mut self, (key, entry): Pair) -> io::Result<()> {
        if self.block.is_empty() {
            self.first_keys.push(key);
        }
        self.filter.insert(key);
        self.n_entries += 1;
        self.block.extend_from_slice(&key.to_le_bytes());
        for value in entry.values() {
            self.block.extend_from_slice(&value.to_le_bytes());
        }
        if self.block.len() == BLOCK_ENTRIES * ENTRY_BYTES { self.end_block() } else { Ok(()) }
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.block.resize(BLOCK_BYTES - CHECKSUM_BYTES, 0);
        let checksum = xxh3_64(&self.block);
        self.block.extend_from_slice(&checksum.to_le_bytes());
        self.hasher.update(&checksum.to_le_bytes());
        self.file.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }

    /// Ends the run and gives its file the name that `named` makes of the hash of its content.
    pub(super) fn finish(mut self, named: impl FnOnce(u64) -> PathBuf) -> io::Result<Run> {
        if !self.block.is_empty() {
            self.end_block()?;
        }
        let mut tail = Vec::with_capacity(8 * (self.first_keys.len() + self.filter.words().len()) + FOOTER_BYTES);
        let counts = [self.n_entries as u64, self.filter.words().len() as u64];
        for word in self.first_keys.iter().chain(self.filter.words()).chain(&counts) {
            tail.extend_from_slice(&word.to_le_bytes());
        }
        let checksum = xxh3_64(&tail);
        self.file.write_all(&tail)?;
        self.file.write_all(&checksum.to_le_bytes())?;
        self.hasher.update(&checksum.to_le_bytes());
        let path = named(self.hasher.digest());
        std::fs::rename(&self.path, &path)?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Run::new(&path, file, self.n_entries, self.first_keys, self.filter))
    }
}

impl Run {
    /// Makes sure that the file outlives a crash.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

fn read_at(file: &mut File, start: u64, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Returns the number at the byte `at`.
fn number(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("the slice has eight bytes"))
}

/// Returns the entry that `bytes` begin with.
fn pair(bytes: &[u8]) -> Pair {
    let value = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("the slice has four bytes"));
    (number(bytes, 0), Entry::of_values([value(8), value(12), value(16)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, keys: &[u64]) -> Run {
        let mut writer = RunWriter::create(&folder.join("tmp"), keys.len()).unwrap();
        for key in keys {
            writer.push((*key, Entry::of_values([1, 2, u32::try_from(*key % 1000).unwrap()]))).unwrap();
        }
        writer.finish(|hash| folder.join(format!("{hash:x}.run"))).unwrap()
    }

    #[test]
    fn entries_come_back_in_order_and_by_key() {
        let folder = tempfile::tempdir().unwrap();
        for n in [0, 1, BLOCK_ENTRIES, BLOCK_ENTRIES + 1, 1000] {
            let keys: Vec<u64> = (0..n as u64).map(|n| n * n * 7 + 3).collect();
            let path = write(folder.path(), &keys).path().to_owned();
            let mut run = Run::open(&path).unwrap().unwrap();
            assert_eq!(run.pairs().map(|pair| pair.unwrap().0).collect::<Vec<_>>(), keys);
            for key in 0..2000 {
                let expected =
                    keys.contains(&key).then(|| Entry::of_values([1, 2, u32::try_from(key % 1000).unwrap()]));
                assert_eq!(run.get(key).unwrap(), expected, "{key} of {n}");
            }
        }
    }

    #[test]
    fn a_damaged_file_is_noticed_wherever_the_damage_is() {
        let folder = tempfile::tempdir().unwrap();
        let keys: Vec<u64> = (0..500).collect();
        let path = write(folder.path(), &keys).path().to_owned();
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            let is_noticed = match Run::open(&path).unwrap() {
                None => true,
                Some(mut run) => run.pairs().any(|pair| pair.is_err()),
            };
            assert!(is_noticed, "byte {at} of {}", whole.len());
        }
        for len in [0, 10, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&path, &whole[..len]).unwrap();
            assert!(Run::open(&path).unwrap().is_none(), "{len} bytes");
        }
    }
}
