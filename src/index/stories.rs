//! The stories of an index: which articles are copies of one another, and the order of their arrival.

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::reader::Index;
use super::shelf::order_of_arrival;
use crate::article::{Article, ArticleId};
use crate::error::{Error, Result};

impl Index {
    /// Calls `take` with every article, in the order of arrival.
    ///
    /// # Errors
    /// Fails where the index cannot be read, and with the error of `take`.
    pub fn for_each_arrival<E: From<Error>>(
        &self,
        mut take: impl FnMut(Article) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        for stored in order_of_arrival(&self.searcher())? {
            take(self.fetch(stored.address)?)?;
        }
        Ok(())
    }

    /// Returns the name of the story of the article with exactly this id: the hash of the id of the
    /// article that began it, which may be gone.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn story(&self, id: &str) -> Result<Option<u64>> {
        let Some(address) = self.find(id)? else { return Ok(None) };
        self.number("story", address)
    }

    /// Returns the articles of the story of this name, in the order of arrival.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn members(&self, story: u64) -> Result<Vec<Article>> {
        self.member_addresses(story)?.into_iter().map(|address| self.fetch(address)).collect()
    }

    /// Returns the id of the first article of the story of this name.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn first_member(&self, story: u64) -> Result<Option<ArticleId>> {
        let first = self.member_addresses(story)?.first().copied();
        first.map(|address| self.fetch(address).map(|article| article.id)).transpose()
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

    /// Returns the number in the column `name` of the article at `address`.
    pub(crate) fn number(&self, name: &str, address: DocAddress) -> Result<Option<u64>> {
        let searcher = self.searcher();
        let column = searcher.segment_reader(address.segment_ord).fast_fields().u64(name);
        Ok(column.map_err(Error::engine("read"))?.first(address.doc_id))
    }
}
