//! The fields of a document.

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::cells::CellTokenizer;

/// The fields of the index, in the order of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The article's id, whole: what updates and look-ups go by.
    pub(crate) id: Field,
    /// The hash of the id that orders equal scores.
    pub(crate) ord: Field,
    /// Where the article was read from; what recognises a file met again.
    pub(crate) path: Field,
    /// The hash of id, path, text and what was declared; what recognises an unchanged article.
    pub(crate) content_hash: Field,
    /// The hashes of what gave way to it in the run that wrote it: texts with its id that were read before.
    pub(crate) gave_way: Field,
    /// Seconds since 1970, of the date of publication.
    pub(crate) date: Field,
    /// The place of the article in the order of arrival.
    pub(crate) arrival: Field,
    /// The name of its story: the place in the order of arrival of the article that began it.
    pub(crate) story: Field,
    /// The hash of who published it, 0 where that is unknown; missing where it was not compared with
    /// those before it.
    pub(crate) publisher: Field,
    /// The hashes of the ids of the articles that its folds and links point at.
    pub(crate) sources: Field,
    /// Surface forms of the names of outlet and site.
    pub(crate) source: Field,
    /// The name of the outlet, else of the site, as shown: what articles are counted by.
    pub(crate) outlet: Field,
    /// Where it was published, where that is not the id.
    pub(crate) url: Field,
    /// Surface forms of the title.
    pub(crate) title_exact: Field,
    /// Roots of the title that differ from the surface form.
    pub(crate) title_root: Field,
    /// Surface forms of the unfolded body.
    pub(crate) body_exact: Field,
    /// Roots of the unfolded body that differ from the surface form.
    pub(crate) body_root: Field,
    /// All of the article, its text compressed.
    pub(crate) article: Field,
}

impl Fields {
    /// Returns the schema and its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let number = NumericOptions::default().set_fast();
        let fields = Self {
            id: schema.add_text_field("id", STRING.set_fast("raw")),
            ord: schema.add_u64_field("ord", number.clone()),
            path: schema.add_text_field("path", TextOptions::default().set_fast("raw")),
            content_hash: schema.add_u64_field("content_hash", number.clone()),
            gave_way: schema.add_u64_field("gave_way", number.clone()),
            date: schema.add_i64_field("date", number.clone()),
            arrival: schema.add_u64_field("arrival", number.clone()),
            story: schema.add_u64_field("story", number.clone().set_indexed()),
            publisher: schema.add_u64_field("publisher", number),
            sources: schema.add_u64_field("sources", NumericOptions::default().set_indexed()),
            source: schema.add_text_field("source", tokens()),
            outlet: schema.add_text_field("outlet", TextOptions::default().set_fast("raw")),
            url: schema.add_text_field("url", STRING),
            title_exact: schema.add_text_field("title_exact", tokens()),
            title_root: schema.add_text_field("title_root", tokens()),
            body_exact: schema.add_text_field("body_exact", tokens()),
            body_root: schema.add_text_field("body_root", tokens()),
            article: schema.add_bytes_field("article", STORED),
        };
        (schema.build(), fields)
    }
}

fn tokens() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(CellTokenizer::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}
