//! One sorted file of entries: blocks with a checksum each, then the first key of every block and a
//! filter, which are kept in memory.
//!
//! An entry is some 14 bytes: what its key is behind that of the entry before, then its three values,
//! each as long as it needs.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::filter::Filter;
use crate::dedup::Entry;

/// Bytes of a block: some seventy entries, which are read to find one.
const BLOCK_BYTES: usize = 1024;
const CHECKSUM_BYTES: usize = 8;
/// Bytes of the number of entries, with which a block begins.
const COUNT_BYTES: usize = 2;
/// Bytes at the end of the file: entries, blocks, words of the filter, checksum of all but the blocks.
const FOOTER_BYTES: usize = 32;

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

/// Where in a block the next entry begins.
#[derive(Clone, Copy, Default)]
struct Place {
    at: usize,
    n_left: u16,
    /// The key of the entry before, at first that of the first.
    key: u64,
}

impl Place {
    fn first_of(block: &[u8], key: u64) -> Self {
        let n_left = block.first_chunk().map_or(0, |count| u16::from_le_bytes(*count));
        Self { at: COUNT_BYTES, n_left, key }
    }

    /// Returns the entry here, and goes to the next.
    fn next(&mut self, block: &[u8]) -> Option<Pair> {
        self.n_left = self.n_left.checked_sub(1)?;
        self.key = self.key.wrapping_add(self.number(block)?);
        let mut values = [0; 3];
        for value in &mut values {
            *value = u32::try_from(self.number(block)?).ok()?.wrapping_sub(1);
        }
        Some((self.key, Entry::of_values(values)))
    }

    /// Returns the number here, seven bits a byte, the lowest first, and goes behind it.
    fn number(&mut self, block: &[u8]) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *block.get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

/// Appends `number` as [`Place::number`] reads it.
fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Appends `entry`, whose key is `step` behind the one before. Values that stand for none are as short
/// as small ones.
fn push_entry(bytes: &mut Vec<u8>, step: u64, entry: Entry) {
    push_number(bytes, step);
    for value in entry.values() {
        push_number(bytes, u64::from(value.wrapping_add(1)));
    }
}

impl Run {
    /// Opens a file that [`RunWriter`] wrote; `None` where it is none, or damaged.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let len = file.metadata()?.len();
        let Some(footer_at) = len.checked_sub(FOOTER_BYTES as u64) else { return Ok(None) };
        let footer = read_at(&mut file, footer_at, FOOTER_BYTES)?;
        let [n_entries, n_blocks, n_words, checksum] = [0, 8, 16, 24].map(|at| number(&footer, at));
        let tail_bytes = n_blocks.checked_add(n_words).and_then(|n| n.checked_mul(8));
        let blocks_bytes = n_blocks.checked_mul(BLOCK_BYTES as u64);
        let is_whole =
            tail_bytes.zip(blocks_bytes).is_some_and(|(tail, blocks)| tail.checked_add(blocks) == Some(footer_at));
        if !is_whole {
            return Ok(None);
        }
        let mut tail =
            read_at(&mut file, n_blocks * BLOCK_BYTES as u64, to_usize(footer_at - n_blocks * BLOCK_BYTES as u64))?;
        tail.extend_from_slice(&footer[..24]);
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
        let mut place = Place::first_of(&self.block, self.first_keys[block]);
        while let Some((found, entry)) = place.next(&self.block) {
            if found >= key {
                return Ok((found == key).then_some(entry));
            }
        }
        Ok(None)
    }

    /// Returns all entries in order.
    pub(super) fn pairs(&mut self) -> Pairs<'_> {
        Pairs { run: self, next_block: 0, place: Place::default() }
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
    next_block: usize,
    place: Place,
}

impl Pairs<'_> {
    fn advance(&mut self) -> io::Result<Option<Pair>> {
        loop {
            if let Some(pair) = self.place.next(&self.run.block) {
                return Ok(Some(pair));
            }
            let Some(first_key) = self.run.first_keys.get(self.next_block).copied() else { return Ok(None) };
            self.run.load(self.next_block)?;
            self.place = Place::first_of(&self.run.block, first_key);
            self.next_block += 1;
        }
    }
}

impl Iterator for Pairs<'_> {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<io::Result<Pair>> {
        self.advance().transpose()
    }
}

/// A run under way.
pub(super) struct RunWriter {
    file: BufWriter<File>,
    path: PathBuf,
    block: Vec<u8>,
    n_in_block: u16,
    last_key: u64,
    /// The bytes of the entry at hand; kept for their room.
    entry: Vec<u8>,
    n_entries: usize,
    first_keys: Vec<u64>,
    filter: Filter,
    hasher: Xxh3Default,
}

impl RunWriter {
    /// Begins a run of up to `n_entries` entries in the file `path`.
    pub(super) fn create(path: &Path, n_entries: usize) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 18, file),
            path: path.into(),
            block: Vec::with_capacity(BLOCK_BYTES),
            n_in_block: 0,
            last_key: 0,
            entry: Vec::new(),
            n_entries: 0,
            first_keys: Vec::new(),
            filter: Filter::for_keys(n_entries),
            hasher: Xxh3Default::new(),
        })
    }

    /// Appends an entry; keys ascend.
    pub(super) fn push(&mut self, (key, entry): Pair) -> io::Result<()> {
        self.entry.clear();
        push_entry(&mut self.entry, key.wrapping_sub(self.last_key), entry);
        if self.n_in_block > 0 && self.block.len() + self.entry.len() > BLOCK_BYTES - CHECKSUM_BYTES {
            self.end_block()?;
        }
        if self.n_in_block == 0 {
            self.first_keys.push(key);
            self.block.extend_from_slice(&[0; COUNT_BYTES]);
            self.entry.clear();
            push_entry(&mut self.entry, 0, entry);
        }
        self.block.extend_from_slice(&self.entry);
        self.filter.insert(key);
        self.last_key = key;
        self.n_in_block += 1;
        self.n_entries += 1;
        Ok(())
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.block[..COUNT_BYTES].copy_from_slice(&self.n_in_block.to_le_bytes());
        self.block.resize(BLOCK_BYTES - CHECKSUM_BYTES, 0);
        let checksum = xxh3_64(&self.block);
        self.block.extend_from_slice(&checksum.to_le_bytes());
        self.hasher.update(&checksum.to_le_bytes());
        self.file.write_all(&self.block)?;
        self.block.clear();
        self.n_in_block = 0;
        Ok(())
    }

    /// Ends the run and gives its file the name that `named` makes of the hash of its content.
    pub(super) fn finish(mut self, named: impl FnOnce(u64) -> PathBuf) -> io::Result<Run> {
        if !self.block.is_empty() {
            self.end_block()?;
        }
        let mut tail = Vec::with_capacity(8 * (self.first_keys.len() + self.filter.words().len()) + FOOTER_BYTES);
        let counts = [self.n_entries as u64, self.first_keys.len() as u64, self.filter.words().len() as u64];
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

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, keys: &[u64]) -> Run {
        let mut writer = RunWriter::create(&folder.join("tmp"), keys.len()).unwrap();
        for key in keys {
            writer.push((*key, Entry::of_values([u32::MAX, 0, u32::try_from(*key % 1000).unwrap()]))).unwrap();
        }
        writer.finish(|hash| folder.join(format!("{hash:x}.run"))).unwrap()
    }

    #[test]
    fn entries_come_back_in_order_and_by_key() {
        let folder = tempfile::tempdir().unwrap();
        for n in [0_u64, 1, 2, 100, 1000] {
            let keys: Vec<u64> = (0..n).map(|n| n * n * 7 + 3).collect();
            let path = write(folder.path(), &keys).path().to_owned();
            let mut run = Run::open(&path).unwrap().unwrap();
            assert_eq!(run.pairs().map(|pair| pair.unwrap().0).collect::<Vec<_>>(), keys);
            for key in 0..2000 {
                let expected =
                    keys.contains(&key).then(|| Entry::of_values([u32::MAX, 0, u32::try_from(key % 1000).unwrap()]));
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
