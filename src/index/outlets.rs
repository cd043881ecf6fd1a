//! The outlets of an index and how much is theirs.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::SegmentReader;

/// An outlet and how many articles are its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutletCount {
    /// Its name, as shown.
    pub name: String,
    /// Its articles.
    pub articles: u64,
}

/// Returns the outlets, those with the most articles first.
pub(super) fn outlets(segments: &[SegmentReader]) -> tantivy::Result<Vec<OutletCount>> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for segment in segments {
        let Some(column) = segment.fast_fields().str("outlet")? else { continue };
        let mut by_ord = vec![0; column.dictionary().num_terms()];
        let ords = segment.doc_ids_alive().filter_map(|doc| column.ords().first(doc));
        for ord in ords {
            if let Some(count) = usize::try_from(ord).ok().and_then(|ord| by_ord.get_mut(ord)) {
                *count += 1;
            }
        }
        for (ord, articles) in (0..).zip(by_ord).filter(|(_, articles)| *articles > 0) {
            let mut name = String::new();
            column.ord_to_str(ord, &mut name)?;
            *counts.entry(name).or_default() += articles;
        }
    }
    let mut outlets: Vec<OutletCount> =
        counts.into_iter().map(|(name, articles)| OutletCount { name, articles }).collect();
    outlets.sort_by_key(|outlet| Reverse(outlet.articles));
    Ok(outlets)
}
