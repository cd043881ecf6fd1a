//! Bytes put aside while an update runs: in memory as long as they are few, else in a file that goes with it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Where something lies that was put aside; what was put there later is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    start: u64,
    len: usize,
}

/// What was put aside.
pub(super) struct Spill {
    path: PathBuf,
    /// Made when it is needed.
    file: Option<File>,
    /// The bytes of the file.
    n_written: u64,
    /// What is to be written behind them.
    unwritten: Vec<u8>,
}

/// Bytes that are kept before they are written: a small update writes none.
const MOST_UNWRITTEN: usize = 1 << 20;

impl Spill {
    /// Begins with nothing; the file will be `path`, and is removed where an update that was killed left one.
    pub(super) fn new(path: PathBuf) -> Self {
        let _ = std::fs::remove_file(&path);
        Self { path, file: None, n_written: 0, unwritten: Vec::new() }
    }

    /// Returns the path of the file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts `bytes` aside.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<Place> {
        let place = Place { start: self.n_written + self.unwritten.len() as u64, len: bytes.len() };
        self.unwritten.extend_from_slice(bytes);
        if self.unwritten.len() >= MOST_UNWRITTEN {
            self.write().map_err(|source| Error::io("write", &self.path, source))?;
        }
        Ok(place)
    }

    /// Returns what lies at `place`.
    pub(super) fn get(&self, place: Place) -> Result<Cow<'_, [u8]>> {
        let Place { start, len } = place;
        match start.checked_sub(self.n_written).and_then(|start| usize::try_from(start).ok()) {
            Some(start) => Ok(Cow::Borrowed(&self.unwritten[start..start + len])),
            None => self.written(place).map(Cow::Owned).map_err(|source| Error::io("read", &self.path, source)),
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) -> Result<()> {
        self.unwritten.clear();
        self.n_written = 0;
        let cut = self.file.as_ref().map_or(Ok(()), |file| file.set_len(0));
        cut.map_err(|source| Error::io("write", &self.path, source))
    }

    fn write(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            let mut options = File::options();
            self.file = Some(options.read(true).write(true).create(true).truncate(true).open(&self.path)?);
        }
        let mut file = self.file.as_ref().ok_or(io::ErrorKind::NotFound)?;
        file.seek(SeekFrom::Start(self.n_written))?;
        file.write_all(&self.unwritten)?;
        self.n_written += self.unwritten.len() as u64;
        self.unwritten.clear();
        Ok(())
    }

    fn written(&self, Place { start, len }: Place) -> io::Result<Vec<u8>> {
        let mut file = self.file.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = vec![0; len];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl Drop for Spill {
    fn drop(&mut self) {
        if self.file.is_some() {
            // What stays behind is removed by the next update.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_comes_back_from_memory_and_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.tmp");
        let mut spill = Spill::new(path.clone());
        for _ in 0..2 {
            let few = spill.put(b"satu").unwrap();
            assert_eq!(*spill.get(few).unwrap(), *b"satu");
            let many = spill.put(&vec![b'x'; MOST_UNWRITTEN]).unwrap();
            let last = spill.put(b"dua").unwrap();
            assert!(path.exists() && few < many && many < last);
            assert_eq!((&*spill.get(few).unwrap(), &*spill.get(last).unwrap()), (&b"satu"[..], &b"dua"[..]));
            assert!(spill.get(many).unwrap().iter().all(|byte| *byte == b'x'));
            spill.clear().unwrap();
        }
        drop(spill);
        assert!(!path.exists());
    }
}
