//! The outlets of an index and how much is theirs.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::SegmentReader;

use crate::analysis::fold;

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
    let counts = by_folded_name(counts, |articles| *articles, |sum, articles| *sum += articles);
    let mut outlets: Vec<OutletCount> =
        counts.into_iter().map(|(name, articles)| OutletCount { name, articles }).collect();
    outlets.sort_by_key(|outlet| Reverse(outlet.articles));
    Ok(outlets)
}

/// Returns the groups of outlets by name, those whose names differ in letter case alone `add`ed up under
/// the name that most articles bear.
pub(crate) fn by_folded_name<T>(
    groups: BTreeMap<String, T>,
    n_articles: impl Fn(&T) -> u64,
    add: impl Fn(&mut T, &T),
) -> Vec<(String, T)> {
    let mut folded: BTreeMap<String, Vec<(String, T)>> = BTreeMap::new();
    for (name, group) in groups {
        folded.entry(fold(&name)).or_default().push((name, group));
    }
    let one = |mut spellings: Vec<(String, T)>| {
        spellings.sort_by_key(|(_, group)| Reverse(n_articles(group)));
        let mut spellings = spellings.into_iter();
        let (name, mut sum) = spellings.next()?;
        spellings.for_each(|(_, group)| add(&mut sum, &group));
        Some((name, sum))
    };
    folded.into_values().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_letter_case_are_one() {
        let groups = [("KOMPAS", 2), ("Kompas", 3), ("Tempo", 1), ("kompas", 3)].map(|(name, n)| (name.to_owned(), n));
        let found = by_folded_name(BTreeMap::from(groups), |n| *n, |sum, n| *sum += n);
        assert_eq!(found, [("Kompas".to_owned(), 8), ("Tempo".to_owned(), 1)]);
    }
}
