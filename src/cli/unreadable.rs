//! What of an answer cannot be read.

use std::io::Write;

use kliping::article::ArticleId;
use kliping::error::Error;
use kliping::index::LostArticle;
use kliping::output::printable;
use kliping::search::UnreadableArticle;

use super::number::counted;
use super::place::Place;

/// Articles named for each answer; the others are counted.
const MAX_NAMED: usize = 5;

/// Says which articles of an answer cannot be read.
pub(super) fn write(err: &mut impl Write, place: &Place, unreadable: &[UnreadableArticle]) {
    write_ids(err, place, unreadable.iter().map(|article| article.id.as_str()));
}

/// Says which articles, that are no hits, cannot be read.
pub(super) fn write_lost(err: &mut impl Write, place: &Place, lost: &[LostArticle]) {
    write_ids(err, place, lost.iter().map(|article| article.id.as_ref().map_or("?", ArticleId::as_str)));
}

fn write_ids<'a>(err: &mut impl Write, place: &Place, mut ids: impl ExactSizeIterator<Item = &'a str>) {
    // Where standard error is gone, nobody is left to tell.
    for id in ids.by_ref().take(MAX_NAMED) {
        let error = Error::ArticleUnreadable { id: id.to_owned(), path: place.index().into() };
        let _ = writeln!(err, "kliping: {}", printable(&error.to_string()));
    }
    if ids.len() > 0 {
        let _ = writeln!(err, "kliping: and {} more cannot be read", counted(ids.len(), "article"));
    }
}
