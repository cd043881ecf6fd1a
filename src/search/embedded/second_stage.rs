//! The second stage on postings and fast fields: the best of the first, ordered anew.

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use super::super::request::SearchRequest;
use super::super::rerank::Features;
use super::super::weights::FEATURES;
use super::candidates::sort;
use super::compile::midnight;
use super::parts::Part;
use super::searched::SearchedFields;
use super::sought::Sought;
use super::{Scored, postings};
use crate::query::Plan;

/// The seconds of a day.
const DAY: f64 = 24.0 * 3600.0;

/// Knows what one query looks for.
pub(super) struct SecondStage<'a> {
    searched: &'a SearchedFields,
    sought: Sought,
    recency: Option<Recency>,
}

impl<'a> SecondStage<'a> {
    pub(super) fn new(
        searched: &'a SearchedFields,
        plan: &Plan,
        parts: &[Part],
        request: &SearchRequest,
    ) -> tantivy::Result<Self> {
        let sought = Sought::of(plan, parts, searched)?;
        Ok(Self { searched, sought, recency: Recency::new(searched.searcher(), request)? })
    }

    /// Orders articles anew by where the words of the query stand in them.
    pub(super) fn order(&self, scored: &mut [Scored]) -> tantivy::Result<()> {
        scored.sort_unstable_by_key(|hit| hit.address);
        let features = self.features(scored)?;
        for (hit, features) in scored.iter_mut().zip(features) {
            hit.score += features.score(&FEATURES);
            hit.is_reranked = true;
        }
        sort(scored);
        Ok(())
    }

    /// Returns the features of articles, which ascend by address and have the scores of the first
    /// stage.
    pub(super) fn features(&self, scored: &[Scored]) -> tantivy::Result<Vec<Features>> {
        let addresses: Vec<DocAddress> = scored.iter().map(|hit| hit.address).collect();
        let mut features = postings::features(&self.sought, self.searched, &addresses)?;
        if let Some(recency) = &self.recency {
            for (features, hit) in features.iter_mut().zip(scored) {
                features.recency = recency.share(hit.address) * hit.score;
            }
        }
        Ok(features)
    }
}

/// How new articles are.
struct Recency {
    half_life_seconds: f64,
    /// When what counts whole was published: at the end of the days asked for, else with the newest
    /// article. There is no clock here.
    newest: i64,
    /// The dates of each segment.
    dates: Vec<Column<i64>>,
}

impl Recency {
    fn new(searcher: &Searcher, request: &SearchRequest) -> tantivy::Result<Option<Self>> {
        let Some(days) = request.half_life_days else { return Ok(None) };
        let segments = searcher.segment_readers();
        let dates =
            segments.iter().map(|segment| segment.fast_fields().i64("date")).collect::<tantivy::Result<Vec<_>>>()?;
        let end = request.filters.days.until.and_then(|day| day.tomorrow().ok());
        let end = end.map(|day| midnight(day, i64::from(request.utc_offset_seconds)));
        let newest = end.or_else(|| dates.iter().map(Column::max_value).max()).unwrap_or_default();
        Ok(Some(Self { half_life_seconds: f64::from(days.get()) * DAY, newest, dates }))
    }

    /// Returns what is left of an article's newness: 1 of the newest, half of that for each half-life,
    /// nothing where no date is known.
    #[expect(clippy::cast_precision_loss, reason = "seconds of some thousand years")]
    fn share(&self, address: DocAddress) -> f64 {
        let date = self.dates.get(address.segment_ord as usize).and_then(|dates| dates.first(address.doc_id));
        let age = |date: i64| self.newest.saturating_sub(date).max(0) as f64;
        date.map_or(0.0, |date| 0.5_f64.powf(age(date) / self.half_life_seconds))
    }
}
