//! `kliping duplicates`

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Write;

use clap::ValueEnum;
use kliping::article::{Article, ArticleId};
use kliping::error::Error;
use kliping::index::{Index, LostArticle, MAX_REPEATERS, Repeaters, StoryOrder};
use kliping::output::{
    JsonPassages, PassageRow, RepeatSource, Repeated, printable, repeated, repeated_of, write_passage_tsv,
    write_passages_header, write_repeated, write_repeater, write_stories, write_stories_json, write_stories_tsv,
};
use kliping::search::unknown_outlets;

use super::exit::{Failure, Status};
use super::format::TextJsonOrTsv;
use super::hints;
use super::number::counted;
use super::place::Place;
use super::stories::PreferenceArguments;
use super::terminal::ColorChoice;
use super::unreadable;

const EXAMPLES: &str = "\
Examples:
  kliping duplicates                           stories of two articles and more, the largest first
  kliping duplicates --sort date               the latest first
  kliping duplicates --prefer-source kompas,antara   whose article stands for its copies
  kliping duplicates --stories --format tsv    article, first of its story, who stands for it
  kliping duplicates --passages --format tsv   every repeated passage and where it stood first
  kliping duplicates 001                       the repeats of one article, each beside its source

Of a story, `first` is the article that began it, and a share is what of the words of an article stands in the one whose \
title is shown. With an ID, JSON and TSV list what the article repeats and then what others repeat of it. \
Offsets of `--passages` are bytes of the body as received: of a record with a headline, of the field of its text. \
Kinds `exact`, `near` and `boilerplate` are folded: neither searched nor shown. Kinds `copy` and `near_copy` are not.";

/// List stories and repeated passages.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Id of an article to explain, or its beginning
    #[arg(value_name = "ID", conflicts_with_all = ["stories", "passages", "sort", "prefer_source"])]
    id: Option<String>,

    /// List articles that are copies of one another; the default
    #[arg(long, conflicts_with = "passages")]
    stories: bool,

    /// List repeated passages
    #[arg(long, conflicts_with = "prefer_source")]
    passages: bool,

    /// Order: the most articles or the longest passage first, or the latest first [default: stories by size,
    /// passages in the order of arrival]
    #[arg(long, value_enum, value_name = "ORDER")]
    sort: Option<SortChoice>,

    #[command(flatten)]
    preference: PreferenceArguments,

    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: TextJsonOrTsv,

    /// When to colour the text format
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortChoice {
    Size,
    Date,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let index = place.open()?;
        let lost = match &self.id {
            Some(id) => self.list_article(&index, &index.article(id)?, out)?,
            None if self.passages => self.list_passages(&index, out)?,
            None => self.list_stories(&index, out)?,
        };
        if self.id.is_none() {
            warn_of_uncompared(index.n_uncompared()?);
        }
        unreadable::write_lost(&mut std::io::stderr().lock(), place, &lost);
        Ok(if lost.is_empty() { Status::Done } else { Status::Error })
    }

    /// Lists the stories; returns the articles of them that cannot be read.
    fn list_stories(&self, index: &Index, out: &mut impl Write) -> Result<Vec<LostArticle>, Failure> {
        let order = match self.sort {
            None | Some(SortChoice::Size) => StoryOrder::Size,
            Some(SortChoice::Date) => StoryOrder::Date,
        };
        let preferred = &self.preference.prefer_source;
        hints::write(&mut std::io::stderr().lock(), None, &hints::on_outlets(&unknown_outlets(index, preferred)?));
        let (stories, lost) = index.stories(order, preferred)?;
        if stories.is_empty() && index.n_uncompared()? == 0 {
            // Where standard error is gone, nobody is left to tell.
            let _ = writeln!(std::io::stderr().lock(), "kliping: no two articles tell the same story");
        }
        let written = match self.format {
            TextJsonOrTsv::Text => write_stories(out, &stories, self.color.colour()),
            TextJsonOrTsv::Json => write_stories_json(out, &stories),
            TextJsonOrTsv::Tsv => write_stories_tsv(out, &stories),
        };
        written.map_err(Failure::output)?;
        Ok(lost)
    }

    /// Lists what one article repeats and what others repeat of it; returns those of the others that cannot be read.
    fn list_article(
        &self,
        index: &Index,
        article: &Article,
        out: &mut impl Write,
    ) -> Result<Vec<LostArticle>, Failure> {
        if self.format != TextJsonOrTsv::Text {
            warn_of_uncompared(usize::from(!index.is_compared(article.id.as_str())?));
        }
        match self.format {
            TextJsonOrTsv::Text => self.explain(index, article, out),
            TextJsonOrTsv::Tsv => {
                write_passages_header(out).map_err(Failure::output)?;
                for_each_row(index, article, |row| write_passage_tsv(out, row).map_err(Failure::output))
            }
            TextJsonOrTsv::Json => {
                let mut rows = JsonPassages::begin(out).map_err(Failure::output)?;
                let lost = for_each_row(index, article, |row| rows.push(row).map_err(Failure::output))?;
                rows.end().map_err(Failure::output)?;
                Ok(lost)
            }
        }
    }

    /// Lists what repeats something; returns the articles that cannot be read.
    fn list_passages(&self, index: &Index, out: &mut impl Write) -> Result<Vec<LostArticle>, Failure> {
        match self.format {
            TextJsonOrTsv::Text => {
                self.for_each_passage(index, |article, repeated| self.write_text(index, article, repeated, 0, out))
            }
            TextJsonOrTsv::Tsv => {
                write_passages_header(out).map_err(Failure::output)?;
                self.for_each_passage(index, |article, repeated| {
                    write_passage_tsv(out, &row(index, article, repeated)?).map_err(Failure::output)
                })
            }
            TextJsonOrTsv::Json => {
                let mut rows = JsonPassages::begin(out).map_err(Failure::output)?;
                let lost = self.for_each_passage(index, |article, repeated| {
                    rows.push(&row(index, article, repeated)?).map_err(Failure::output)
                })?;
                rows.end().map_err(Failure::output)?;
                Ok(lost)
            }
        }
    }

    /// Calls `take` with every passage that repeats another, in the order asked for; returns the articles that cannot
    /// be read.
    fn for_each_passage(
        &self,
        index: &Index,
        mut take: impl FnMut(&Article, &Repeated<'_>) -> Result<(), Failure>,
    ) -> Result<Vec<LostArticle>, Failure> {
        let Some(sort) = self.sort else {
            return index.for_each_readable(|article| {
                repeated(&article)
                    .iter()
                    .filter(|repeated| repeated.is_repeat())
                    .try_for_each(|repeated| take(&article, repeated))
            });
        };
        // What a passage is sorted by, its article and its place there.
        let mut order: Vec<(i64, String, usize)> = Vec::new();
        let lost = index.for_each_readable(|article| -> Result<(), Failure> {
            let date = article.metadata.date.as_ref().map_or(i64::MIN, |found| found.value.timestamp());
            for (place, repeated) in repeated(&article).iter().enumerate().filter(|(_, repeated)| repeated.is_repeat())
            {
                let size = i64::try_from(repeated.range.len()).unwrap_or(i64::MAX);
                let rank = if sort == SortChoice::Size { size } else { date };
                order.push((rank, article.id.to_string(), place));
            }
            Ok(())
        })?;
        order.sort_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
        order.iter().try_for_each(|(_, id, place)| {
            let article = index.article(id)?;
            take(&article, &repeated(&article)[*place])
        })?;
        Ok(lost)
    }

    fn explain(&self, index: &Index, article: &Article, out: &mut impl Write) -> Result<Vec<LostArticle>, Failure> {
        let mut repeaters: HashMap<&str, Repeaters> = HashMap::new();
        for repeated in &repeated(article) {
            let Some(id) = repeated.article else {
                self.write_text(index, article, repeated, 0, out)?;
                continue;
            };
            let of_source = match repeaters.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(index.repeaters(&ArticleId::new(id))?),
            };
            let n_others = of_source.n_besides(&article.id, &repeated.source);
            self.write_text(index, article, repeated, n_others, out)?;
        }
        let repeaters = index.articles_repeating(&article.id)?;
        let n_repeaters = repeaters.len();
        let mut lost = Vec::new();
        for other in repeaters.take(MAX_REPEATERS) {
            match other {
                Ok(other) => write_repeater(out, article, &other).map_err(Failure::output)?,
                Err(other) => lost.push(other),
            }
        }
        if let n_left_out @ 1.. = n_repeaters.saturating_sub(MAX_REPEATERS) {
            let others = counted(n_left_out, "later article");
            // Where standard error is gone, nobody is left to tell.
            let _ = writeln!(std::io::stderr().lock(), "kliping: {others} not shown; `--format tsv` lists all");
        }
        if n_repeaters == 0 && repeated(article).is_empty() {
            let is_compared = index.is_compared(article.id.as_str())?;
            let said = if is_compared { "repeats nothing, and nothing repeats it." } else { UNCOMPARED };
            writeln!(out, "{} {said}", printable(article.id.as_str())).map_err(Failure::output)?;
        }
        Ok(lost)
    }

    fn write_text(
        &self,
        index: &Index,
        article: &Article,
        repeated: &Repeated<'_>,
        n_others: usize,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let other = repeated.article.map(|id| source(index, id)).transpose()?;
        let source = RepeatSource { article: other.as_ref().map_or(Some(article), Option::as_ref), n_others };
        write_repeated(out, article, repeated, source, self.color.colour()).map_err(Failure::output)
    }
}

/// What is said of an article that was compared with none.
const UNCOMPARED: &str =
    "was indexed with `--no-dedup`: it was compared with no article; `kliping index --rebuild` compares it.";

/// Says how many articles, of those that were asked for, were compared with none.
fn warn_of_uncompared(n_articles: usize) {
    if n_articles > 0 {
        let articles = counted(n_articles, "article");
        // Where standard error is gone, nobody is left to tell.
        let _ = writeln!(
            std::io::stderr().lock(),
            "kliping: {articles} of `--no-dedup` compared with none; `kliping index --rebuild` compares them"
        );
    }
}

/// Calls `take` with what `article` repeats and what others repeat of it; returns those of the others that cannot be
/// read.
fn for_each_row(
    index: &Index,
    article: &Article,
    mut take: impl FnMut(&PassageRow) -> Result<(), Failure>,
) -> Result<Vec<LostArticle>, Failure> {
    for repeated in &repeated(article) {
        take(&row(index, article, repeated)?)?;
    }
    let mut lost = Vec::new();
    for other in index.articles_repeating(&article.id)? {
        match other {
            Ok(other) => {
                repeated_of(&other, &article.id).try_for_each(|repeated| take(&repeated.row(&other, article)))?;
            }
            Err(other) => lost.push(other),
        }
    }
    Ok(lost)
}

fn row(index: &Index, article: &Article, repeated: &Repeated<'_>) -> Result<PassageRow, Failure> {
    let other = repeated.article.map(|id| source(index, id)).transpose()?.flatten();
    Ok(repeated.row(article, other.as_ref().unwrap_or(article)))
}

/// Returns the article with the id `id`, where it is still there and can be read.
fn source(index: &Index, id: &str) -> Result<Option<Article>, Failure> {
    match index.article(id) {
        Ok(article) => Ok(Some(article).filter(|article| article.id.as_str() == id)),
        Err(Error::ArticleMissing { .. } | Error::ArticleAmbiguous { .. } | Error::PartsDamaged { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
