//! `kliping show`

use std::io::Write;

use kliping::article::{Article, ArticleId};
use kliping::index::Index;
use kliping::output::{write_article, write_article_json};

use super::exit::{Failure, Status};
use super::format::TextOrJson;
use super::place::Place;
use super::terminal::{ColorChoice, shown_path};

const EXAMPLES: &str = "\
Examples:
  kliping show 001_e59c24d8b7962b73.txt
  kliping show 001                      the beginning of an id, where it fits one article
  kliping show --raw 001                the text as received
  kliping show --format json 001        with the byte ranges of everything that was recovered";

/// Show one article.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Id of the article, or its beginning
    #[arg(value_name = "ID")]
    id: String,

    /// Show the text as received and nothing else
    #[arg(long, conflicts_with = "format")]
    raw: bool,

    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,

    /// When to colour the text format
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

/// Returns the id of the article that began the story of `article`, or of the first that is left of it.
fn first_of_story(index: &Index, article: &Article) -> Result<ArticleId, Failure> {
    let story = index.story(article.id.as_str())?;
    let first = story.map(|story| index.first_member(story)).transpose()?.flatten();
    Ok(first.unwrap_or_else(|| article.id.clone()))
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let index = place.open()?;
        let mut article = index.article(&self.id)?;
        article.path = shown_path(&article.path);
        let written = match self.format {
            _ if self.raw => out.write_all(article.text.as_bytes()),
            TextOrJson::Text => write_article(out, &article, self.color.colour()),
            TextOrJson::Json => write_article_json(out, &article, first_of_story(&index, &article)?.as_str()),
        };
        written.map_err(Failure::output)?;
        Ok(Status::Done)
    }
}
