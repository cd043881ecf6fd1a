//! Opening an index for reading, in a folder that may not be writable.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::error::{Error, Result};

/// Opens the index in the folder `path` for reading alone.
pub(super) fn open(path: &Path) -> Result<tantivy::Index> {
    let directory = MmapDirectory::open(path).map_err(TantivyError::from);
    directory.and_then(|inner| tantivy::Index::open(ReadDirectory { inner })).map_err(unreadable(path))
}

/// Returns a function that tells what the system refused from what is damaged.
pub(super) fn unreadable(path: &Path) -> impl Fn(TantivyError) -> Error {
    move |error| match system_code(&error) {
        Some(code) => Error::io("read", path, io::Error::from_raw_os_error(code)),
        None if matches!(error, TantivyError::LockFailure(..)) => Error::engine("locked")(error),
        None => Error::IndexDamaged { path: path.into(), source: error.into() },
    }
}

/// Returns the system's code for `error`; what was read and made no sense has none.
fn system_code(error: &TantivyError) -> Option<i32> {
    match error {
        TantivyError::IoError(source)
        | TantivyError::LockFailure(LockError::IoError(source), _)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: source, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: source, .. }) => {
            source.raw_os_error()
        }
        _ => None,
    }
}

/// A folder whose files are read. tantivy locks it to open a view, so that no writer removes a file
/// meanwhile; where it cannot be written there is nothing to lock.
#[derive(Clone, Debug)]
struct ReadDirectory {
    inner: MmapDirectory,
}

/// Takes no lock for one where the folder cannot be written.
fn lock_or_none(lock: std::result::Result<DirectoryLock, LockError>) -> std::result::Result<DirectoryLock, LockError> {
    let is_unwritable = |kind| matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
    match lock {
        Err(LockError::IoError(source)) if is_unwritable(source.kind()) => Ok(DirectoryLock::from(Box::new(()))),
        lock => lock,
    }
}

impl Directory for ReadDirectory {
    fn acquire_lock(&self, lock: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        lock_or_none(self.inner.acquire_lock(lock))
    }

    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::index::{Index, UpdateOptions, update};

    #[test]
    fn a_folder_that_cannot_be_written_needs_no_lock() {
        let refused = |kind: ErrorKind| lock_or_none(Err(LockError::wrap_io_error(kind.into())));
        assert!(refused(ErrorKind::PermissionDenied).is_ok());
        assert!(refused(ErrorKind::ReadOnlyFilesystem).is_ok());
        assert!(refused(ErrorKind::NotFound).is_err());
        assert!(lock_or_none(Err(LockError::LockBusy)).is_err());
    }

    #[test]
    fn what_the_system_refuses_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("a.txt"), folder.path().join("index"));
        std::fs::write(&file, "Harga beras naik.").unwrap();
        update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
        let lock = path.join(&tantivy::directory::META_LOCK.filepath);
        std::fs::remove_file(&lock).unwrap();
        std::fs::create_dir(&lock).unwrap();
        let error = Index::open(&path).map(|_| ()).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error}");
    }

    #[test]
    fn what_makes_no_sense_is_damage() {
        let error = unreadable(Path::new("index"))(io::Error::from(ErrorKind::UnexpectedEof).into());
        assert!(matches!(error, Error::IndexDamaged { .. }), "{error}");
    }
}
