//! Articles as they were received, for another index: `kliping.export/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::article::JsonMetadata;
use crate::article::{Article, Fold, Link, RawArticle};

/// Writes an article as a line of JSON that `ingest` reads back as it was; what was recovered from its
/// text stands there for people and other programs.
///
/// # Errors
/// Fails where `out` does.
pub fn write_export(out: &mut impl Write, article: Article) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        schema: &'static str,
        title: String,
        metadata: JsonMetadata<'a>,
        folds: &'a [Fold],
        links: &'a [Link],
        #[serde(flatten)]
        raw: RawArticle,
    }
    let (title, folds, links) = (article.title(), article.folds.clone(), article.links.clone());
    let known = article.metadata.clone();
    let metadata = JsonMetadata::without_fields(&known);
    let (schema, raw) = (RawArticle::SCHEMA, RawArticle::from(article));
    let line = Line { schema, title, metadata, folds: &folds, links: &links, raw };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}
