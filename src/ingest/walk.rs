//! Folders to files, in an order that depends on the names alone.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::path_text::path_text;
use super::{Skip, SkipReason};
use crate::error::{Error, Result};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its path relative to the root it was found under, with `/` between the parts; the file's
    /// name where it is a root itself.
    pub name: String,
    /// The name of that root, to tell equal relative paths of two roots apart.
    pub root_name: String,
    /// Whether it is a root itself: somebody named it.
    pub is_named: bool,
    /// Its size in bytes; 0 for standard input.
    pub bytes: u64,
    /// Whether it is a pipe, which can be read once: `/dev/stdin`, `<(…)`.
    pub is_pipe: bool,
}

/// The root that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

impl FoundFile {
    /// Returns whether it is standard input or another pipe, and no file at all.
    #[must_use]
    pub fn is_standard_input(&self) -> bool {
        self.is_pipe || self.path.as_os_str() == STANDARD_INPUT
    }

    fn standard_input() -> Self {
        let name = "stdin".to_owned();
        let path = STANDARD_INPUT.into();
        Self { path, name: name.clone(), root_name: name, is_named: true, bytes: 0, is_pipe: false }
    }

    fn pipe(path: PathBuf) -> Self {
        let name = path.file_name().map(|name| path_text(Path::new(name))).unwrap_or_default();
        Self { path, name: name.clone(), root_name: name, is_named: true, bytes: 0, is_pipe: true }
    }
}

/// Returns every file under `roots`, sorted by name within each folder; hidden files and the folders of
/// indexes are left out, links are followed unless what they lead to is met anyway, and what cannot be read is a
/// [`Skip`]. The root `-` is standard input, and so is a pipe.
///
/// # Errors
/// Returns [`Error::Io`] when a root itself does not exist or cannot be resolved.
pub fn walk(roots: &[PathBuf]) -> Result<impl Iterator<Item = std::result::Result<FoundFile, Skip>> + use<>> {
    Ok(resolved(roots)?.into_iter().flat_map(walk_root))
}

/// Returns `roots` as absolute paths, each once; standard input and pipes stay what they are.
pub(crate) fn resolved(roots: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut resolved = Vec::with_capacity(roots.len());
    for root in roots {
        let is_input = root.as_os_str() == STANDARD_INPUT || is_pipe(root);
        let path = if is_input { Ok(root.clone()) } else { root.canonicalize() };
        let path = path.map_err(|source| Error::io("read", root, source))?;
        if !resolved.contains(&path) {
            resolved.push(path);
        }
    }
    Ok(resolved)
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

fn walk_root(root: PathBuf) -> Box<dyn Iterator<Item = std::result::Result<FoundFile, Skip>>> {
    if root.as_os_str() == STANDARD_INPUT {
        return Box::new(std::iter::once(Ok(FoundFile::standard_input())));
    }
    if is_pipe(&root) {
        return Box::new(std::iter::once(Ok(FoundFile::pipe(root))));
    }
    Box::new(walk_folder(root))
}

fn walk_folder(root: PathBuf) -> impl Iterator<Item = std::result::Result<FoundFile, Skip>> {
    let (of_root, mut links) = (root.clone(), Links::of(root.clone()));
    WalkDir::new(&root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| (entry.depth() == 0 || !is_hidden(entry)) && !is_index(entry) && links.follow(entry))
        .filter(move |entry| !entry.as_ref().is_ok_and(|entry| is_met_again(&of_root, entry)))
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(found(&root, &entry)),
            Err(error) => Some(Err(unreadable(&root, &error))),
        })
}

/// The file by which the folder of an index is told.
pub(crate) const INDEX_MARK: &str = ".kliping.lock";

/// Whether an entry is the folder of an index: an index holds articles, and is none.
fn is_index(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(INDEX_MARK).exists()
}

/// The links to folders under a root.
struct Links {
    root: PathBuf,
    /// The folders beyond the root that some led to.
    followed: Vec<PathBuf>,
}

impl Links {
    fn of(root: PathBuf) -> Self {
        Self { root, followed: Vec::new() }
    }

    /// Returns whether `entry` is to be walked: no link to a folder that is met by its own name, or by another link.
    fn follow(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.path_is_symlink() || !entry.file_type().is_dir() {
            return true;
        }
        let target = entry.path().canonicalize().unwrap_or_default();
        if is_met_below(&self.root, &target) || self.followed.iter().any(|folder| is_met_below(folder, &target)) {
            return false;
        }
        self.followed.push(target);
        true
    }
}

/// Whether an entry is a link to a file that is met under the same root by its own name.
fn is_met_again(root: &Path, entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.path_is_symlink() || !entry.file_type().is_file() {
        return false;
    }
    is_met_below(root, &entry.path().canonicalize().unwrap_or_default())
}

/// Whether `path` is met where `folder` is walked: it is that, or lies in it and not in a hidden folder.
fn is_met_below(folder: &Path, path: &Path) -> bool {
    let is_hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
    path.strip_prefix(folder).is_ok_and(|below| !below.iter().any(is_hidden))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn found(root: &Path, entry: &DirEntry) -> std::result::Result<FoundFile, Skip> {
    let path = entry.path().to_path_buf();
    let is_named = entry.depth() == 0;
    if !entry.file_type().is_file() {
        return Err(Skip { path: path_text(&path), record: None, reason: SkipReason::NoFile });
    }
    let below = if is_named { entry.file_name().as_ref() } else { path.strip_prefix(root).unwrap_or(&path) };
    let name = below.iter().map(|part| path_text(Path::new(part))).collect::<Vec<_>>().join("/");
    let root_name = root.file_name().map(|name| path_text(Path::new(name))).unwrap_or_default();
    let bytes = entry.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    Ok(FoundFile { path, name, root_name, is_named, bytes, is_pipe: false })
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Skip {
    let path = path_text(error.path().unwrap_or(root));
    let reason = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => format!("a link back to `{}`", path_text(ancestor)),
        (None, Some(io)) => io.to_string(),
        (None, None) => error.to_string(),
    };
    Skip { path, record: None, reason: SkipReason::Unreadable(reason) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(root: &Path) -> Vec<String> {
        walk(&[root.to_path_buf()]).unwrap().filter_map(|file| file.ok().map(|file| file.name)).collect()
    }

    #[test]
    fn files_come_sorted_and_named_from_the_root() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("b/c")).unwrap();
        for name in ["z.txt", "a.TXT", "b/c/x.md", "tanpa_akhiran", ".hidden.txt"] {
            fs::write(folder.path().join(name), "teks").unwrap();
        }
        assert_eq!(names(folder.path()), ["a.TXT", "b/c/x.md", "tanpa_akhiran", "z.txt"]);
    }

    #[test]
    fn an_index_is_no_folder_of_articles() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("index")).unwrap();
        for name in ["a.txt", "index/.kliping.lock", "index/meta.json"] {
            fs::write(folder.path().join(name), "teks").unwrap();
        }
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_named_file_is_read_whatever_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("berita.dat");
        fs::write(&file, "teks").unwrap();
        assert_eq!(names(&file), ["berita.dat"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_apart() {
        let folder = tempfile::tempdir().unwrap();
        for name in [b"a\xe8.txt", b"a\xe9.txt"] {
            let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(name);
            fs::write(folder.path().join(name), "teks").unwrap();
        }
        assert_eq!(names(folder.path()), ["a\\xE8.txt", "a\\xE9.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_socket_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("a.txt")).unwrap();
        let pipe = folder.path().join("b.txt");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reasons: Vec<_> =
            walk(&[folder.path().to_path_buf()]).unwrap().map(|file| file.unwrap_err().reason).collect();
        assert_eq!(reasons, [SkipReason::NoFile, SkipReason::NoFile]);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_no_file() {
        let skip = walk(&["/dev/null".into()]).unwrap().next().unwrap().unwrap_err();
        assert_eq!(skip.reason, SkipReason::NoFile);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_a_skip() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "teks").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let (files, skips): (Vec<_>, Vec<_>) =
            walk(&[folder.path().to_path_buf()]).unwrap().partition(std::result::Result::is_ok);
        assert_eq!((files.len(), skips.len()), (1, 1));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_of_the_same_root_is_that_file() {
        use std::os::unix::fs::symlink;
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for file in [folder.path().join("a.txt"), folder.path().join(".b.txt"), other.path().join("c.txt")] {
            fs::write(file, "teks").unwrap();
        }
        for (link, target) in [("d.txt", folder.path().join("a.txt")), ("e.txt", folder.path().join(".b.txt"))] {
            symlink(target, folder.path().join(link)).unwrap();
        }
        symlink(other.path().join("c.txt"), folder.path().join("f.txt")).unwrap();
        assert_eq!(names(folder.path()), ["a.txt", "e.txt", "f.txt"]);
        assert_eq!(names(&folder.path().join("d.txt")), ["a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_that_is_met_anyway_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (root, other) = (folder.path().canonicalize().unwrap(), other.path().canonicalize().unwrap());
        for below in [root.join("a"), root.join(".b"), other.join("c")] {
            fs::create_dir_all(&below).unwrap();
            fs::write(below.join("x.txt"), "teks").unwrap();
        }
        for (link, target) in [("d", root.join("a")), ("e", root.join(".b")), ("f", other.clone())] {
            symlink(target, root.join(link)).unwrap();
        }
        for (link, target) in [("g", other.clone()), ("h", other.join("c"))] {
            symlink(target, root.join(link)).unwrap();
        }
        assert_eq!(names(&root), ["a/x.txt", "e/x.txt", "f/c/x.txt"]);
        let again = root.join("a/../a");
        let twice = walk(&[root.join("a"), again, root.join("d")]).unwrap();
        assert_eq!(twice.map(|file| file.unwrap().name).collect::<Vec<_>>(), ["x.txt"]);
    }

    #[test]
    fn a_root_that_is_not_there_is_an_error() {
        let error = walk(&["/no/such/folder".into()]).map(|_| ()).unwrap_err();
        assert_eq!(error.to_string(), "cannot read `/no/such/folder`; check the path");
    }
}
