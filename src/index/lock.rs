//! One writer at a time: a lock file that names the process that holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::Busy;
use crate::error::{Error, Result};
use crate::ingest::INDEX_MARK;

/// The name of the lock file; it stays behind, the lock on it does not.
const LOCK_FILE: &str = INDEX_MARK;

/// The right to write to an index; the system takes it back when the process ends, however it ends.
pub(crate) struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Takes the lock of the index in the folder `path`, at once or when the process that holds it
    /// has ended.
    ///
    /// # Errors
    /// Returns [`Error::IndexLocked`] with the id of the process that holds it.
    pub(crate) fn take(path: &Path, busy: Busy) -> Result<Self> {
        let io = |source: std::io::Error| Error::IndexWrite { path: path.into(), source: Box::new(source.into()) };
        let name = path.join(LOCK_FILE);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(name).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if busy == Busy::Wait => file.lock().map_err(io)?,
            Err(TryLockError::WouldBlock) => {
                return Err(Error::IndexLocked { path: path.into(), holder: holder(file) });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        write_process_id(&mut file).map_err(io)?;
        Ok(Self { _file: file })
    }
}

fn write_process_id(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "{}", std::process::id())
}

fn holder(mut file: File) -> String {
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        _ => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let lock = WriteLock::take(folder.path(), Busy::Fail).unwrap();
        match WriteLock::take(folder.path(), Busy::Fail) {
            Err(Error::IndexLocked { holder, .. }) => assert_eq!(holder, std::process::id().to_string()),
            other => panic!("{:?}", other.err()),
        }
        drop(lock);
        assert!(WriteLock::take(folder.path(), Busy::Fail).is_ok());
    }
}
