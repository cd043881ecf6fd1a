//! Whether the files of an index hold what was written: each ends with a checksum of what stands before.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use tantivy::HasLen;
use tantivy::directory::footer::Footer;
use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};

use super::directory;
use super::guard::guarded;
use crate::error::{Error, Result};

/// A file of an index that does not hold what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// Its name in the folder of the index.
    pub file: PathBuf,
    why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    Missing,
    Altered,
    Refused(String),
}

impl FileFault {
    /// Returns whether stored articles are in the file: all else is made anew of them.
    #[must_use]
    pub fn is_of_articles(&self) -> bool {
        self.file.extension().is_some_and(|extension| extension == "store")
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match &self.why {
            Why::Missing => write!(f, "`{file}` is missing"),
            Why::Altered => write!(f, "the checksum of `{file}` is wrong"),
            Why::Refused(why) => write!(f, "`{file}` cannot be read: {why}"),
        }
    }
}

impl std::error::Error for FileFault {}

impl Serialize for FileFault {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The files by which it is known what an index holds: an update goes by them. They are short.
const LISTS: [SegmentComponent; 3] =
    [SegmentComponent::Terms, SegmentComponent::FastFields, SegmentComponent::FieldNorms];
/// Those that grow with the text.
const LONG: [SegmentComponent; 3] = [SegmentComponent::Postings, SegmentComponent::Positions, SegmentComponent::Store];

/// Returns what is wrong with the files of the segments `metas` of the index in `folder`, in the order of
/// their names.
pub(super) fn faults(folder: &Path, metas: &[SegmentMeta]) -> Vec<FileFault> {
    let files = metas.iter().flat_map(|meta| names(meta, LISTS).chain(names(meta, LONG)).chain(deletions(meta)));
    let mut faults: Vec<_> = files.filter_map(|file| fault(folder, file)).collect();
    faults.sort_by(|a, b| a.file.cmp(&b.file));
    faults
}

/// Refuses an index whose lists are damaged: an update would add what is there already.
pub(super) fn require_sound_lists(folder: &Path, metas: &[SegmentMeta]) -> Result<()> {
    let mut lists = metas.iter().flat_map(|meta| names(meta, LISTS).chain(deletions(meta)));
    match lists.find_map(|file| fault(folder, file)) {
        None => Ok(()),
        Some(fault) => Err(Error::PartsDamaged { path: folder.into(), source: fault.into() }),
    }
}

/// Returns whether all files of a segment but the list of what was removed from it hold what was written.
pub(super) fn is_sound(folder: &Path, meta: &SegmentMeta) -> bool {
    names(meta, LISTS).chain(names(meta, LONG)).all(|file| fault(folder, file).is_none())
}

/// Returns whether the stored articles of a segment are what was written.
pub(super) fn is_store_sound(folder: &Path, segment: SegmentId) -> bool {
    fault(folder, format!("{}.store", segment.uuid_string()).into()).is_none()
}

fn names(meta: &SegmentMeta, components: [SegmentComponent; 3]) -> impl Iterator<Item = PathBuf> {
    components.into_iter().map(|component| meta.relative_path(component))
}

fn deletions(meta: &SegmentMeta) -> Option<PathBuf> {
    meta.has_deletes().then(|| meta.relative_path(SegmentComponent::Delete))
}

/// Returns what is wrong with the file `file` in `folder`.
fn fault(folder: &Path, file: PathBuf) -> Option<FileFault> {
    let why = match guarded(|| agrees(&folder.join(&file))).unwrap_or(Ok(false)) {
        Ok(true) => return None,
        Ok(false) => Why::Altered,
        Err(error) => match error.kind() {
            ErrorKind::NotFound => Why::Missing,
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => Why::Altered,
            _ => Why::Refused(error.to_string()),
        },
    };
    Some(FileFault { file, why })
}

/// Returns whether the checksum of a file is that of what stands before it.
fn agrees(file: &Path) -> io::Result<bool> {
    /// Bytes read at a time.
    const PIECE: usize = 1 << 20;
    let (footer, body) = Footer::extract_footer(directory::in_pieces(file)?)?;
    let mut hasher = crc32fast::Hasher::new();
    for start in (0..body.len()).step_by(PIECE) {
        hasher.update(&body.read_bytes_slice(start..body.len().min(start + PIECE))?);
    }
    Ok(hasher.finalize() == footer.crc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::index::{UpdateOptions, update};

    #[test]
    fn a_file_that_was_altered_cut_or_removed_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (file, path) = (folder.path().join("a.txt"), folder.path().join("index"));
        std::fs::write(&file, "Harga beras naik.").unwrap();
        update(&path, &Analyzer::indonesian(), &[file], &UpdateOptions::default()).unwrap();
        let metas = directory::open(&path).unwrap().searchable_segment_metas().unwrap();
        assert_eq!((faults(&path, &metas), is_sound(&path, &metas[0])), (Vec::new(), true));
        let flip = |bytes: &[u8]| [&[bytes[0] ^ 1], &bytes[1..]].concat();
        let cut = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
        for component in LISTS.into_iter().chain(LONG) {
            let name = metas[0].relative_path(component.clone());
            let file = path.join(&name);
            let bytes = std::fs::read(&file).unwrap();
            for (damaged, said) in
                [(Some(flip(&bytes)), "checksum"), (Some(cut(&bytes)), "checksum"), (None, "missing")]
            {
                std::fs::remove_file(&file).unwrap();
                damaged.map_or(Ok(()), |bytes| std::fs::write(&file, bytes)).unwrap();
                let found = faults(&path, &metas);
                assert!(found.len() == 1 && found[0].file == name, "{found:?}");
                assert!(found[0].to_string().contains(said), "{}", found[0]);
                assert_eq!(require_sound_lists(&path, &metas).is_err(), LISTS.contains(&component));
                assert!(!is_sound(&path, &metas[0]));
                assert_eq!(is_store_sound(&path, metas[0].id()), component != SegmentComponent::Store);
                std::fs::write(&file, &bytes).unwrap();
            }
        }
    }
}
