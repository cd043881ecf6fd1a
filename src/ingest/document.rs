//! A document as it was cut from its file, and the article in it.

use std::sync::Arc;

use csv::ByteRecord;
use xxhash_rust::xxh3::Xxh3Default;

use super::day_order::year_first;
use super::decode::{decode, decode_bytes};
use super::fields::{Extracted, article_of, canonical_url};
use super::guard::guarded;
use super::path_text::path_text;
use super::received::shifts_between;
use super::repair::{repair, repair_shifting};
use super::table::values;
use super::{FoundFile, ReadOptions, STANDARD_INPUT, Skip, SkipReason, html, json, labels, markdown, markup};
use crate::article::{ArticleId, Declared, RawArticle};

/// Where documents come from: a file, or a file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its absolute path, a byte that is no UTF-8 as `\xE9`; that of a file in an archive goes on behind the
    /// archive's.
    pub path: String,
    /// Its path relative to the root it was found under, with `/` between the parts.
    pub name: String,
    /// The name of that root.
    pub root_name: String,
}

impl Origin {
    pub(super) fn of(file: &FoundFile) -> Self {
        let (name, root_name) = (file.name.clone(), file.root_name.clone());
        let path = if file.is_standard_input() { STANDARD_INPUT.to_owned() } else { path_text(&file.path) };
        Self { path, name, root_name }
    }

    /// Returns whether it is standard input, or a file in an archive that came from there.
    #[must_use]
    pub fn is_standard_input(&self) -> bool {
        self.path.split('/').next() == Some(STANDARD_INPUT)
    }

    /// Returns the origin of the file `name` in the archive that this is.
    pub(super) fn member(&self, name: &str) -> Self {
        let below = |place: &str| format!("{place}/{name}");
        Self { path: below(&self.path), name: below(&self.name), root_name: self.root_name.clone() }
    }
}

/// The id of an article that brings none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FallbackId {
    /// This one, which says where it lies.
    Place(ArticleId),
    /// One that its content gives, because it lies nowhere: it came from standard input.
    Content,
}

impl FallbackId {
    /// Returns the id of an article with this text of which this is declared.
    fn of(self, text: &str, declared: &Declared) -> ArticleId {
        match self {
            Self::Place(id) => id,
            Self::Content => ArticleId::new(&format!("stdin-{:016x}", content_hash(text, declared))),
        }
    }
}

/// Returns the hash of what an article is made of. It names articles, and so depends on nothing but that.
fn content_hash(text: &str, declared: &Declared) -> u64 {
    let Declared { title: _, date, source, byline, url, extra, received: _ } = declared;
    let mut hasher = Xxh3Default::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes());
        // No text has this byte.
        hasher.update(&[0xFF]);
    };
    add(text);
    for value in [date, source, byline, url] {
        add(value.as_deref().unwrap_or_default());
    }
    for (name, value) in extra {
        add(name);
        add(value);
    }
    hasher.digest()
}

/// A document cut from its file, not parsed yet.
#[derive(Debug)]
pub struct Document {
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// Its number in a file of records, from 1; in a file of lines, that of its line.
    pub record: Option<u64>,
    pub(super) content: Content,
}

/// What was cut.
#[derive(Debug)]
pub(super) enum Content {
    Text(Vec<u8>),
    Markdown(Vec<u8>),
    Page { bytes: Vec<u8>, charset: Option<String>, url: Option<String> },
    Plain { bytes: Vec<u8>, charset: Option<String>, url: Option<String> },
    Json(Vec<u8>),
    Row { columns: Arc<Columns>, row: ByteRecord },
    Fields(Vec<(String, String)>),
}

/// What is known of the columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) names: Vec<String>,
    /// The one that holds dates with the month first.
    pub(super) month_first: Option<usize>,
}

impl Columns {
    /// Returns the fields of `row`.
    fn fields(&self, row: &ByteRecord) -> Vec<(String, String)> {
        let mut values = values(row);
        if let Some(date) = self.month_first.and_then(|at| values.get_mut(at))
            && let Some(year_first) = year_first(date)
        {
            *date = year_first;
        }
        named(&self.names, values)
    }
}

impl Document {
    /// Returns the bytes it takes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Text(bytes)
            | Content::Markdown(bytes)
            | Content::Page { bytes, .. }
            | Content::Plain { bytes, .. }
            | Content::Json(bytes) => bytes.len(),
            Content::Row { row, .. } => row.as_slice().len(),
            Content::Fields(fields) => fields.iter().map(|(_, value)| value.len()).sum(),
        }
    }

    /// Returns whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the article in the document; its id is its own one where it has one, else the
    /// address it was published at, else `fallback`.
    ///
    /// # Errors
    /// Returns why there is none.
    pub fn parse(self, fallback: FallbackId, options: &ReadOptions) -> Result<RawArticle, Skip> {
        let Self { origin, record, content } = self;
        if let Some(exported) = exported(&content) {
            return Ok(exported);
        }
        let extracted = guarded(|| extract(content, options)).and_then(Extracted::not_blank);
        match extracted {
            Ok(Extracted { own_id, text, declared }) => {
                let id = own_id.map_or_else(|| fallback.of(&text, &declared), |id| ArticleId::new(&id));
                Ok(RawArticle { id, path: origin.path.clone(), text, declared })
            }
            Err(reason) => Err(Skip { path: origin.path.clone(), record, reason }),
        }
    }
}

/// Returns the article of a record that another index exported, as it was there.
fn exported(content: &Content) -> Option<RawArticle> {
    let Content::Json(bytes) = content else { return None };
    let is_exported = bytes.strip_prefix(b"{\"schema\":\"")?.starts_with(RawArticle::SCHEMA.as_bytes());
    let raw: RawArticle = is_exported.then(|| serde_json::from_slice(bytes).ok())??;
    // Somebody may have edited the line.
    let title = raw.declared.title.clone();
    let is_sound = title.is_none_or(|range| raw.text.get(range).is_some()) && !raw.text.trim().is_empty();
    is_sound.then_some(RawArticle { id: ArticleId::new(raw.id.as_str()), ..raw })
}

fn extract(content: Content, options: &ReadOptions) -> Result<Extracted, SkipReason> {
    match content {
        Content::Text(bytes) => {
            let text = decode(&bytes, None)?;
            let is_piece = markup::is_piece(&text);
            let labelled = || labels::article_in(&text).filter(|_| !is_piece);
            labelled().unwrap_or_else(|| Ok(if is_piece { piece(&text) } else { plain(text, None) }))
        }
        Content::Markdown(bytes) => {
            let plain = |text| plain(text, None);
            markdown::article_in(&repair(decode(&bytes, None)?), &options.fields, plain)
        }
        Content::Page { bytes, charset, url } => {
            let charset = charset.or_else(|| markup::declared_charset(&bytes));
            html::article_of(&decode(&bytes, charset.as_deref())?, url.as_deref())
        }
        Content::Plain { bytes, charset, url } => Ok(plain(decode(&bytes, charset.as_deref())?, url)),
        Content::Json(bytes) => {
            article_of(json::fields(&decode_bytes(&bytes, None), &options.fields)?, &options.fields)
        }
        Content::Row { columns, row } => article_of(columns.fields(&row), &options.fields),
        Content::Fields(fields) => article_of(fields, &options.fields),
    }
}

/// Returns the values of a row with the names of their columns; one without is numbered.
fn named(names: &[String], values: Vec<String>) -> Vec<(String, String)> {
    let name = |at: usize| names.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
    values.into_iter().enumerate().map(|(at, value)| (name(at), value)).collect()
}

/// Returns the article in a piece of a page that was stored as text.
fn piece(received: &str) -> Extracted {
    let text = markup::without_markup(repair(received.to_owned()));
    let received = shifts_between(received, &text);
    Extracted { own_id: None, text, declared: Declared { received, ..Declared::default() } }
}

fn plain(text: String, url: Option<String>) -> Extracted {
    let own_id = url.as_deref().and_then(canonical_url);
    let (text, received) = repair_shifting(text);
    Extracted { own_id, text, declared: Declared { url, received, ..Declared::default() } }
}
