//! Which segments are merged: none that is damaged. A merge copies stored articles as they are and gives the
//! copy a checksum of its own, so that nobody could tell any more.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

use super::checksums::is_sound;

/// Merges segments of about the same size, where their checksums agree. What a merge reads is read once more
/// for that.
#[derive(Debug)]
pub(super) struct SoundMerges {
    folder: PathBuf,
    by_size: LogMergePolicy,
    /// Whether the segments that were looked at are sound: their files do not change.
    known: Mutex<FxHashMap<SegmentId, bool>>,
}

impl SoundMerges {
    /// Merges segments of the index in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, by_size: LogMergePolicy::default(), known: Mutex::default() }
    }
}

impl MergePolicy for SoundMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut segments = segments.to_vec();
        loop {
            let candidates = self.by_size.compute_merge_candidates(&segments);
            let n_before = segments.len();
            segments.retain(|meta| {
                let is_candidate = candidates.iter().any(|candidate| candidate.0.contains(&meta.id()));
                !is_candidate || *known.entry(meta.id()).or_insert_with(|| is_sound(&self.folder, meta))
            });
            if segments.len() == n_before {
                return candidates;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::index::{Index, UpdateOptions, check, update};

    /// Returns the first file of stored articles in the folder `index`.
    fn a_store(index: &std::path::Path) -> PathBuf {
        let mut files = std::fs::read_dir(index).unwrap().map(|file| file.unwrap().path());
        files.find(|file| file.extension().is_some_and(|extension| extension == "store")).unwrap()
    }

    #[test]
    fn a_damaged_segment_is_not_merged() {
        // Eight of one size are merged.
        for (is_damaged, n_segments) in [(false, 1), (true, 8)] {
            let folder = tempfile::tempdir().unwrap();
            let (file, path) = (folder.path().join("a.jsonl"), folder.path().join("index"));
            for n in 0..8 {
                std::fs::write(&file, format!("{{\"id\":\"{n}\",\"isi\":\"Harga beras naik {n} persen.\"}}")).unwrap();
                if is_damaged && n == 7 {
                    let store = a_store(&path);
                    let mut bytes = std::fs::read(&store).unwrap();
                    bytes[20] ^= 1;
                    std::fs::write(store, bytes).unwrap();
                }
                update(&path, &Analyzer::indonesian(), std::slice::from_ref(&file), &UpdateOptions::default()).unwrap();
            }
            assert_eq!(Index::open(&path).unwrap().stats().unwrap().segments, n_segments);
            assert_eq!(check(&path).unwrap().faults.is_empty(), !is_damaged);
        }
    }
}
