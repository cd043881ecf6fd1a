//! Opening an index: for reading, in a folder that may not be writable, and for writing, in memory that
//! does not grow with the index.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, FileSlice, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle,
    WritePtr,
};
use tantivy::{HasLen, IndexReader, ReloadPolicy, TantivyError};

use super::guard::guarded;
use crate::error::{Error, Result};

/// Opens the index in the folder `path` for reading alone.
pub(super) fn open(path: &Path) -> Result<tantivy::Index> {
    open_as(path, Use::Read)
}

/// Opens the index in the folder `path` for one that writes to it.
pub(super) fn open_to_write(path: &Path) -> Result<tantivy::Index> {
    open_as(path, Use::Write)
}

fn open_as(path: &Path, usage: Use) -> Result<tantivy::Index> {
    let inner = MmapDirectory::open(path).map_err(TantivyError::from).map_err(unreadable(path))?;
    // What is opened is the list of the parts; without it nothing says which of them belong to the index.
    tantivy::Index::open(Folder { path: path.into(), inner, usage }).map_err(|error| match unreadable(path)(error) {
        Error::PartsDamaged { path, source } => Error::IndexDamaged { path, source },
        other => other,
    })
}

/// Opens a view of the last commit of `index`, which lies in the folder `path`; it keeps `n_blocks` blocks of stored
/// articles unpacked, of each segment.
pub(super) fn reader(path: &Path, index: &tantivy::Index, n_blocks: usize) -> Result<IndexReader> {
    let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(n_blocks);
    match guarded(|| builder.try_into()) {
        Some(opened) => opened.map_err(unreadable(path)),
        None => Err(Error::PartsDamaged { path: path.into(), source: "a file contradicts itself".into() }),
    }
}

/// Returns a function that tells what the system refused from what is damaged.
pub(super) fn unreadable(path: &Path) -> impl Fn(TantivyError) -> Error {
    move |error| match system_code(&error) {
        Some(code) => Error::io("read", path, io::Error::from_raw_os_error(code)),
        None if matches!(error, TantivyError::LockFailure(..)) => Error::engine("locked")(error),
        None => Error::PartsDamaged { path: path.into(), source: beginning(&error.to_string()).into() },
    }
}

/// Returns the beginning of `message`: of a damaged list the index library tells all that is in it.
fn beginning(message: &str) -> String {
    const MAX_BYTES: usize = 300;
    let end = message.floor_char_boundary(MAX_BYTES);
    if end == message.len() { message.to_owned() } else { format!("{}…", &message[..end]) }
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

/// What a folder is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// tantivy locks the folder to open a view, so that no writer removes a file meanwhile; where it
    /// cannot be written there is nothing to lock.
    Read,
    /// What is merged is read from one end to the other: mapped into memory it would take as much of it
    /// as the index is long, so the long files are read piece by piece.
    Write,
}

/// The folder of an index.
#[derive(Clone, Debug)]
struct Folder {
    path: PathBuf,
    inner: MmapDirectory,
    usage: Use,
}

/// The list that tantivy keeps of its files, to know what it may remove.
pub(super) const MANAGED_FILES: &str = ".managed.json";

/// Returns that list as the files in the folder `path` tell it: those named as tantivy names them.
fn listed(path: &Path) -> Vec<u8> {
    let names =
        std::fs::read_dir(path).into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_managed = |name: &String| {
        let segment = name.split_once('.').map_or("", |(segment, _)| segment);
        name == "meta.json" || segment.len() == 32 && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let names: Vec<String> = names.filter(is_managed).collect();
    serde_json::to_vec(&names).expect("names always serialize")
}

/// The files that grow with the text: stored articles, positions, postings.
const LONG_FILES: [&str; 3] = ["store", "pos", "idx"];

/// A file of which each piece is read when it is asked for.
#[derive(Debug)]
struct Pieces {
    /// Merging threads read the same one, each somewhere else.
    file: Mutex<File>,
    len: usize,
}

impl Pieces {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Self { file: Mutex::new(file), len })
    }
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}

/// Opens a file of which each piece is read when it is asked for.
pub(super) fn in_pieces(path: &Path) -> io::Result<FileSlice> {
    Pieces::open(path).map(|pieces| FileSlice::new(Arc::new(pieces)))
}

/// Takes no lock for one where the folder cannot be written.
fn lock_or_none(lock: std::result::Result<DirectoryLock, LockError>) -> std::result::Result<DirectoryLock, LockError> {
    let is_unwritable = |kind| matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
    match lock {
        Err(LockError::IoError(source)) if is_unwritable(source.kind()) => Ok(DirectoryLock::from(Box::new(()))),
        lock => lock,
    }
}

impl Directory for Folder {
    fn acquire_lock(&self, lock: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        let taken = self.inner.acquire_lock(lock);
        if self.usage == Use::Read { lock_or_none(taken) } else { taken }
    }

    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_long = path.extension().is_some_and(|extension| LONG_FILES.iter().any(|long| extension == *long));
        if self.usage == Use::Read || !is_long {
            return self.inner.get_file_handle(path);
        }
        let opened = Pieces::open(&self.path.join(path));
        opened.map(|pieces| Arc::new(pieces) as Arc<dyn FileHandle>).map_err(|source| match source.kind() {
            ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.into()),
            _ => OpenReadError::wrap_io_error(source, path.into()),
        })
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
        let read = self.inner.atomic_read(path);
        let is_list = |bytes: &Vec<u8>| serde_json::from_slice::<Vec<String>>(bytes).is_ok();
        match read {
            Ok(bytes) if path == Path::new(MANAGED_FILES) && !is_list(&bytes) => Ok(listed(&self.path)),
            read => read,
        }
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
    fn a_piece_of_a_file_is_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pos");
        std::fs::write(&path, "harga beras").unwrap();
        let pieces = Pieces::open(&path).unwrap();
        assert_eq!((pieces.len(), &*pieces.read_bytes(6..9).unwrap()), (11, &b"ber"[..]));
        assert!(pieces.read_bytes(4..4).unwrap().is_empty());
        assert!(pieces.read_bytes(6..12).is_err());
    }

    #[test]
    fn a_list_of_files_that_is_damaged_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("a.txt"), folder.path().join("index"));
        std::fs::write(&file, "Harga beras naik.").unwrap();
        update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
        let managed = || {
            let mut names: Vec<_> =
                open_to_write(&path).unwrap().directory().list_managed_files().into_iter().collect();
            names.sort();
            names
        };
        let before = managed();
        std::fs::write(path.join("catatan.txt"), "x").unwrap();
        for damaged in ["[\"a", "", "{}"] {
            std::fs::write(path.join(MANAGED_FILES), damaged).unwrap();
            assert_eq!(managed(), before, "{damaged:?}");
        }
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
        assert!(matches!(error, Error::PartsDamaged { .. }), "{error}");
        let error = unreadable(Path::new("index"))(TantivyError::InternalError("é".repeat(100_000)));
        let Error::PartsDamaged { source, .. } = &error else { panic!("{error}") };
        assert!(source.to_string().len() < 400 && source.to_string().ends_with('…'), "{source}");
    }
}
