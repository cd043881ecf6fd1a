//! The stories of an index: which articles are copies of one another, and the order of their arrival.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::Serialize;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::catalog::n_uncompared;
use super::parts::LostArticle;
use super::reader::Index;
use super::shelf::order_of_arrival;
use crate::article::{Article, ArticleId};
use crate::dedup::{MAX_CANDIDATES, canonical, shared_share};
use crate::error::{Error, Result};

/// Articles that are copies of one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// The id of its first article, or of the first that is left.
    pub id: ArticleId,
    /// Its articles, at least two: the one that stands for it, then the others in the order of arrival.
    pub members: Vec<Member>,
}

/// An article of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Where it was published, as far as it says.
    pub outlet: Option<String>,
    /// When it was published, as precisely as it is known.
    pub date: Option<String>,
    /// The share of its words, in percent, that stand in the article that stands for the story too.
    pub shared_percent: usize,
    #[serde(skip)]
    timestamp: Option<i64>,
}

impl Member {
    fn new(article: &Article) -> Self {
        let metadata = &article.metadata;
        Self {
            id: article.id.clone(),
            title: article.title(),
            outlet: article.outlet().map(str::to_owned),
            date: metadata.date.as_ref().map(|found| found.value.to_string()),
            shared_percent: 100,
            timestamp: metadata.date.as_ref().map(|found| found.value.timestamp()),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
fn percent(share: f64) -> usize {
    (100.0 * share).round() as usize
}

/// The order of a list of stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryOrder {
    /// Those with most articles first, then in the order of arrival.
    Size,
    /// The latest first, by the dates of the articles that stand for them.
    Date,
}

impl Index {
    /// Returns the stories of two articles and more; of each, the article of the first of the outlets `preferred`
    /// stands for it, where there is one, as [`canonical`] chooses. Articles that cannot be read are left out, and
    /// returned beside them.
    ///
    /// # Errors
    /// Fails where the lists of the index cannot be read.
    pub fn stories(&self, order: StoryOrder, preferred: &[String]) -> Result<(Vec<Story>, Vec<LostArticle>)> {
        let mut addresses: FxHashMap<u64, Vec<DocAddress>> = FxHashMap::default();
        let arrived = order_of_arrival(&self.searcher())?;
        for stored in &arrived {
            addresses.entry(stored.story).or_default().push(stored.address);
        }
        let (mut stories, mut lost) = (Vec::new(), Vec::new());
        for stored in arrived {
            if let Some(members) = addresses.remove(&stored.story).filter(|members| members.len() > 1) {
                stories.extend(self.story_of(&members, preferred, &mut lost)?);
            }
        }
        match order {
            StoryOrder::Size => stories.sort_by_key(|story| Reverse(story.members.len())),
            StoryOrder::Date => stories.sort_by_key(|story| Reverse(story.members[0].timestamp)),
        }
        Ok((stories, lost))
    }

    /// Returns the story of the articles at `addresses`, which are in the order of arrival, where two and more can be
    /// read; adds the others to `lost`.
    fn story_of(
        &self,
        addresses: &[DocAddress],
        preferred: &[String],
        lost: &mut Vec<LostArticle>,
    ) -> Result<Option<Story>> {
        let (mut members, mut articles, mut readable) = (Vec::new(), Vec::new(), Vec::new());
        for (place, address) in addresses.iter().enumerate() {
            match self.readable(*address) {
                Ok(article) => {
                    members.push(Member::new(&article));
                    readable.push(*address);
                    if place < MAX_CANDIDATES {
                        articles.push(article);
                    }
                }
                Err(article) => lost.push(article),
            }
        }
        if members.len() < 2 {
            return Ok(None);
        }
        let id = members[0].id.clone();
        let canonical = canonical(&articles, preferred).unwrap_or_default();
        let shown = self.fetch(readable[canonical])?;
        for (member, address) in members.iter_mut().zip(&readable).filter(|(member, _)| member.id != shown.id) {
            member.shared_percent = percent(shared_share(&self.fetch(*address)?, &shown));
        }
        members[..=canonical].rotate_right(1);
        Ok(Some(Story { id, members }))
    }

    /// Returns the name of the story of the article with exactly this id: the place in the order of
    /// arrival of the article that began it, which may be gone.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn story(&self, id: &str) -> Result<Option<u64>> {
        let Some(address) = self.find(id)? else { return Ok(None) };
        self.number("story", address)
    }

    /// Returns the id of the first article of the story of this name, whether or not that can be read.
    ///
    /// # Errors
    /// Fails where the lists of the index cannot be read.
    pub fn first_member(&self, story: u64) -> Result<Option<ArticleId>> {
        let Some(first) = self.member_addresses(story)?.first().copied() else { return Ok(None) };
        Ok(self.readable(first).map_or_else(|lost| lost.id, |article| Some(article.id)))
    }

    /// Returns whether the article with exactly this id was compared with others; not where it was written with
    /// [`Duplicates::Ignore`](super::Duplicates::Ignore), nor where there is none.
    ///
    /// # Errors
    /// Fails where the lists of the index cannot be read.
    pub fn is_compared(&self, id: &str) -> Result<bool> {
        let Some(address) = self.find(id)? else { return Ok(false) };
        Ok(self.number("publisher", address)?.is_some())
    }

    /// Returns how many articles were compared with none: they were written with
    /// [`Duplicates::Ignore`](super::Duplicates::Ignore).
    ///
    /// # Errors
    /// Fails where the lists of the index cannot be read.
    pub fn n_uncompared(&self) -> Result<usize> {
        n_uncompared(&self.searcher()).map_err(Error::engine("read"))
    }

    fn member_addresses(&self, story: u64) -> Result<Vec<DocAddress>> {
        let query = TermQuery::new(Term::from_field_u64(self.fields().story, story), IndexRecordOption::Basic);
        let found = self.searcher().search(&query, &DocSetCollector).map_err(Error::engine("read"))?;
        let mut members = Vec::with_capacity(found.len());
        for address in found {
            members.push((self.number("arrival", address)?, address));
        }
        members.sort_unstable();
        Ok(members.into_iter().map(|(_, address)| address).collect())
    }

    /// Returns where the articles are that have something folded or linked to the article `id`.
    pub(crate) fn repeating(&self, id: &ArticleId) -> Result<Vec<DocAddress>> {
        let query = TermQuery::new(Term::from_field_u64(self.fields().sources, id.ord()), IndexRecordOption::Basic);
        let found = self.searcher().search(&query, &DocSetCollector).map_err(Error::engine("read"))?;
        Ok(found.into_iter().collect())
    }

    /// Returns the place in the order of arrival of the article at `address`.
    pub(crate) fn arrival(&self, address: DocAddress) -> Result<Option<u64>> {
        self.number("arrival", address)
    }

    /// Returns the number in the column `name` of the article at `address`.
    pub(crate) fn number(&self, name: &str, address: DocAddress) -> Result<Option<u64>> {
        let searcher = self.searcher();
        let column = searcher.segment_reader(address.segment_ord).fast_fields().u64(name);
        Ok(column.map_err(Error::engine("read"))?.first(address.doc_id))
    }
}
