//! Articles as they were received, for another index: `kliping.export/1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::article::{Article, Fold, Link, RawArticle};

/// Writes an article as a line of JSON that `ingest` reads back as it was.
///
/// # Errors
/// Fails where `out` does.
pub fn write_export(out: &mut impl Write, article: Article) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        schema: &'static str,
        title: String,
        folds: &'a [Fold],
        links: &'a [Link],
        #[serde(flatten)]
        raw: RawArticle,
    }
    let (title, folds, links) = (article.title(), article.folds.clone(), article.links.clone());
    let line = Line { schema: RawArticle::SCHEMA, title, folds: &folds, links: &links, raw: RawArticle::from(article) };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}
