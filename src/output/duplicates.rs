//! Stories and repeated passages, for people, as JSON or as tab-separated values.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::text::{Colour, printable};
use crate::article::{Article, ArticleId, FoldKind, LinkKind};
use crate::index::{MAX_REPEATERS, Member, Story};

/// The name and version of a list of stories.
const STORIES: &str = "kliping.stories/1";
/// The name and version of a list of passages.
const PASSAGES: &str = "kliping.passages/1";

/// A passage and what it repeats or resembles; offsets are bytes of the body as received, behind the
/// headline of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassageRow {
    /// The article that repeats.
    pub article: String,
    /// Where the repeat begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The article that said it first.
    pub source_article: String,
    /// Where it says so.
    pub source_start: usize,
    /// Where that ends.
    pub source_end: usize,
    /// In what way: `exact`, `near`, `boilerplate` where it is folded; else `copy`, `near_copy`.
    pub kind: &'static str,
}

/// A fold or link of an article, in bytes of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated<'a> {
    /// Where it is.
    pub range: Range<usize>,
    /// The id of the article it repeats; `None` for the same one.
    pub article: Option<&'a str>,
    /// What it repeats there.
    pub source: Range<usize>,
    /// In what way.
    pub kind: &'static str,
}

impl Repeated<'_> {
    /// Whether it says nothing that its source does not say.
    #[must_use]
    pub fn is_repeat(&self) -> bool {
        ![link_name(LinkKind::Update), link_name(LinkKind::Restatement)].contains(&self.kind)
    }

    /// Returns the row of this passage of `article`; `source` is the article it repeats.
    #[must_use]
    pub fn row(&self, article: &Article, source: &Article) -> PassageRow {
        PassageRow {
            article: article.id.to_string(),
            start: article.received_offset(self.range.start),
            end: article.received_offset(self.range.end),
            source_article: self.article.unwrap_or(article.id.as_str()).to_owned(),
            source_start: source.received_offset(self.source.start),
            source_end: source.received_offset(self.source.end),
            kind: self.kind,
        }
    }
}

/// Returns the folds and links of `article`, in the order of its text.
#[must_use]
pub fn repeated(article: &Article) -> Vec<Repeated<'_>> {
    let folds = article.folds.iter().map(|fold| {
        let (range, source) = (fold.range.clone(), fold.source.clone());
        Repeated { range, article: fold.article.as_ref().map(ArticleId::as_str), source, kind: fold_name(fold.kind) }
    });
    let links = article.links.iter().map(|link| {
        let (range, source) = (link.range.clone(), link.source.clone());
        Repeated { range, article: Some(link.article.as_str()), source, kind: link_name(link.kind) }
    });
    let mut repeated: Vec<_> = folds.chain(links).collect();
    repeated.sort_by_key(|repeated| repeated.range.start);
    repeated
}

/// Returns what `article` has of the article `source`, in the order of its text.
pub fn repeated_of<'a>(article: &'a Article, source: &ArticleId) -> impl Iterator<Item = Repeated<'a>> {
    repeated(article).into_iter().filter(move |repeated| repeated.article == Some(source.as_str()))
}

fn fold_name(kind: FoldKind) -> &'static str {
    match kind {
        FoldKind::Exact => "exact",
        FoldKind::Near => "near",
        FoldKind::Boilerplate => "boilerplate",
    }
}

pub(super) fn link_name(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Copy => "copy",
        LinkKind::NearCopy => "near_copy",
        LinkKind::Update => "update",
        LinkKind::Restatement => "restatement",
    }
}

/// Writes the header line of a list of passages as tab-separated values.
///
/// # Errors
/// Fails where `out` does.
pub fn write_passages_header(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "article\tstart\tend\tsource_article\tsource_start\tsource_end\tkind")
}

/// Writes a passage as a line of tab-separated values.
///
/// # Errors
/// Fails where `out` does.
pub fn write_passage_tsv(out: &mut impl Write, row: &PassageRow) -> io::Result<()> {
    let PassageRow { article, start, end, source_article, source_start, source_end, kind } = row;
    let (article, source) = (printable(article), printable(source_article));
    writeln!(out, "{article}\t{start}\t{end}\t{source}\t{source_start}\t{source_end}\t{kind}")
}

/// A list of passages under way, as one JSON document: `kliping.passages/1`.
pub struct JsonPassages<W: Write> {
    out: W,
    n_rows: usize,
}

impl<W: Write> JsonPassages<W> {
    /// Begins the document.
    ///
    /// # Errors
    /// Fails where `out` does.
    pub fn begin(mut out: W) -> io::Result<Self> {
        write!(out, "{{\"schema\":\"{PASSAGES}\",\"passages\":[")?;
        Ok(Self { out, n_rows: 0 })
    }

    /// Writes a passage.
    ///
    /// # Errors
    /// Fails where the output does.
    pub fn push(&mut self, row: &PassageRow) -> io::Result<()> {
        self.out.write_all(if self.n_rows == 0 { b"\n" } else { b",\n" })?;
        self.n_rows += 1;
        Ok(serde_json::to_writer(&mut self.out, row)?)
    }

    /// Ends the document.
    ///
    /// # Errors
    /// Fails where the output does.
    pub fn end(mut self) -> io::Result<()> {
        writeln!(self.out, "\n]}}")
    }
}

/// Writes stories as tab-separated values, a line for each article: its id, the id of the first article
/// of its story, and 1 where it stands for the story.
///
/// # Errors
/// Fails where `out` does.
pub fn write_stories_tsv(out: &mut impl Write, stories: &[Story]) -> io::Result<()> {
    writeln!(out, "article\tstory\tcanonical")?;
    for story in stories {
        for (place, member) in story.members.iter().enumerate() {
            let (id, story) = (printable(member.id.as_str()), printable(story.id.as_str()));
            writeln!(out, "{id}\t{story}\t{}", u8::from(place == 0))?;
        }
    }
    Ok(())
}

/// Writes stories as JSON: `kliping.stories/1`; the first member of each stands for it.
///
/// # Errors
/// Fails where `out` does.
pub fn write_stories_json(out: &mut impl Write, stories: &[Story]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Json<'a> {
        schema: &'static str,
        stories: &'a [Story],
    }
    serde_json::to_writer_pretty(&mut *out, &Json { schema: STORIES, stories })?;
    writeln!(out)
}

/// Writes stories for people: the article that stands for each, then the others.
///
/// # Errors
/// Fails where `out` does.
pub fn write_stories(out: &mut impl Write, stories: &[Story], colour: Colour) -> io::Result<()> {
    for story in stories {
        let Some((canonical, copies)) = story.members.split_first() else { continue };
        let label = format!("{}  (+{} salinan)", printable(&canonical.title), copies.len());
        writeln!(out, "{}", colour.bold(&label))?;
        for member in &story.members {
            writeln!(out, "  {}", colour.dim(&described(member, story)))?;
        }
    }
    Ok(())
}

fn described(member: &Member, story: &Story) -> String {
    let known = [member.date.as_deref(), member.outlet.as_deref()].into_iter().flatten();
    let known = [member.id.as_str()].into_iter().chain(known).map(printable).collect::<Vec<_>>().join("  ");
    // A story bears the id of the article that began it.
    let first = if member.id == story.id { "  first" } else { "" };
    let stands_for_all = story.members.first().is_some_and(|canonical| canonical.id == member.id);
    let shared = if stands_for_all { String::new() } else { format!("  {} % shared", member.shared_percent) };
    format!("{known}{first}{shared}")
}

/// Writes how much `other` repeats of `article`, and in what ways.
///
/// # Errors
/// Fails where `out` does.
pub fn write_repeater(out: &mut impl Write, article: &Article, other: &Article) -> io::Result<()> {
    let repeated: Vec<_> = repeated_of(other, &article.id).collect();
    let n_bytes: usize = repeated.iter().map(|repeated| repeated.source.len()).sum();
    let kinds: BTreeSet<&str> = repeated.iter().map(|repeated| repeated.kind).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
    let (id, other) = (printable(article.id.as_str()), printable(other.id.as_str()));
    writeln!(out, "{other} has {n_bytes} bytes of {id}: {kinds}")
}

/// The source of a repeat, as it is shown beside it.
#[derive(Clone, Copy, Debug)]
pub struct RepeatSource<'a> {
    /// The article that has it, where it is still there and can be read.
    pub article: Option<&'a Article>,
    /// How many other articles repeat it too; [`MAX_REPEATERS`] where there may be more.
    pub n_others: usize,
}

/// Writes a repeat of `article` beside its source, so that a person can judge it.
///
/// # Errors
/// Fails where `out` does.
pub fn write_repeated(
    out: &mut impl Write,
    article: &Article,
    repeated: &Repeated<'_>,
    source: RepeatSource<'_>,
    colour: Colour,
) -> io::Result<()> {
    let text = |article: &Article, range: Range<usize>| printable(article.text.get(range).unwrap_or_default());
    let Repeated { range, source: at, kind, .. } = repeated;
    let of = printable(repeated.article.unwrap_or("the same article"));
    let id = printable(article.id.as_str());
    let received = |article: &Article, range: &Range<usize>| {
        format!("bytes {} to {}", article.received_offset(range.start), article.received_offset(range.end))
    };
    let (here, there) = (received(article, range), source.article.map(|source| format!(", {}", received(source, at))));
    let label = format!("{id}, {here}: {kind} of {of}{}", there.unwrap_or_default());
    writeln!(out, "{}", colour.bold(&label))?;
    writeln!(out, "  {}", text(article, range.clone()))?;
    let said =
        source.article.map_or("(no longer in the index, or damaged)".to_owned(), |source| text(source, at.clone()));
    writeln!(out, "  {}", colour.dim(&said))?;
    match source.n_others {
        0 => Ok(()),
        1 => writeln!(out, "  also in 1 other article"),
        MAX_REPEATERS.. => writeln!(out, "  also in {MAX_REPEATERS} other articles or more"),
        n_others => writeln!(out, "  also in {n_others} other articles"),
    }
}
