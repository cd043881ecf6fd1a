//! Stories that one article alone tells: nearly all.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::columnar::Cardinality;
use tantivy::{DocAddress, SegmentReader};

use super::DenseSet;

/// Which documents, removed ones left out, tell a story that no other tells, by segment: these need not be
/// told apart to count stories.
#[derive(Clone)]
pub(crate) struct LoneStories {
    segments: Vec<Arc<DenseSet>>,
}

/// Places by which most stories are told from those that are told more than once, without a look at these;
/// as many as fit the cache of a core.
const PLACES: usize = 1 << 20;

impl LoneStories {
    pub(super) fn read(segments: &[SegmentReader]) -> tantivy::Result<Self> {
        let mut columns = Vec::with_capacity(segments.len());
        let mut retold = FxHashSet::default();
        for segment in segments {
            let (arrivals, stories) = (numbers(segment, "arrival")?, numbers(segment, "story")?);
            // A story bears the number of the article that began it.
            let begins: Vec<bool> = arrivals.iter().zip(&stories).map(|(arrival, story)| arrival == story).collect();
            retold.extend(begins.iter().zip(&stories).filter(|(begins, _)| !**begins).map(|(_, story)| *story));
            columns.push((begins, stories));
        }
        let mut is_taken = vec![false; PLACES];
        for story in &retold {
            is_taken[place(*story)] = true;
        }
        let is_retold = |story: u64| is_taken[place(story)] && retold.contains(&story);
        let segments = segments.iter().zip(columns).map(|(segment, (begins, stories))| {
            let mut lone = DenseSet::below(segment.max_doc());
            for doc in segment.doc_ids_alive() {
                if begins[doc as usize] && !is_retold(stories[doc as usize]) {
                    lone.add(doc);
                }
            }
            Arc::new(lone)
        });
        Ok(Self { segments: segments.collect() })
    }

    /// Returns whether the document at `address` tells such a story.
    pub(super) fn has(&self, address: DocAddress) -> bool {
        self.segments[address.segment_ord as usize].contains(address.doc_id)
    }

    /// Returns the documents of a segment that tell such a story.
    pub(crate) fn of_segment(&self, segment_ord: u32) -> Arc<DenseSet> {
        Arc::clone(&self.segments[segment_ord as usize])
    }
}

fn place(story: u64) -> usize {
    usize::try_from(story % PLACES as u64).unwrap_or_default()
}

/// Returns the numbers of the column `name`, which every document has.
fn numbers(segment: &SegmentReader, name: &str) -> tantivy::Result<Vec<u64>> {
    let column = segment.fast_fields().u64(name)?;
    if column.get_cardinality() != Cardinality::Full {
        return Ok((0..segment.max_doc()).map(|doc| column.first(doc).unwrap_or_default()).collect());
    }
    let mut numbers = vec![0; segment.max_doc() as usize];
    column.values.get_range(0, &mut numbers);
    Ok(numbers)
}
