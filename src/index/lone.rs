//! Stories that one article alone tells: nearly all.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::SegmentReader;

/// Which documents tell a story that no other tells, by segment: these need not be told apart to count
/// stories.
#[derive(Clone)]
pub(crate) struct LoneStories {
    segments: Vec<Arc<[bool]>>,
}

impl LoneStories {
    pub(super) fn read(segments: &[SegmentReader]) -> tantivy::Result<Self> {
        let mut columns = Vec::with_capacity(segments.len());
        let mut retold = FxHashSet::default();
        for segment in segments {
            let fast = segment.fast_fields();
            let (ords, stories) = (fast.u64("ord")?, fast.u64("story")?);
            let all = (0..segment.max_doc()).map(|doc| (ords.first(doc), stories.first(doc)));
            // A story bears the name of the article that began it.
            retold.extend(all.filter(|(ord, story)| ord != story).filter_map(|(_, story)| story));
            columns.push((segment.max_doc(), ords, stories));
        }
        let is_lone =
            |ord: Option<u64>, story: Option<u64>| ord == story && story.is_some_and(|story| !retold.contains(&story));
        let segments = columns.into_iter().map(|(max_doc, ords, stories)| {
            (0..max_doc).map(|doc| is_lone(ords.first(doc), stories.first(doc))).collect()
        });
        Ok(Self { segments: segments.collect() })
    }

    /// Returns whether each document of a segment tells such a story.
    pub(crate) fn of_segment(&self, segment_ord: u32) -> Arc<[bool]> {
        Arc::clone(&self.segments[segment_ord as usize])
    }
}
