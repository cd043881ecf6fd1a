//! What of an answer cannot be read.

use std::io::Write;

use kliping::error::Error;
use kliping::output::printable;
use kliping::search::UnreadableArticle;

use super::place::Place;

/// Articles named for each answer; the others are counted.
const MAX_NAMED: usize = 5;

/// Says which articles of an answer cannot be read.
pub(super) fn write(err: &mut impl Write, place: &Place, unreadable: &[UnreadableArticle]) {
    // Where standard error is gone, nobody is left to tell.
    for UnreadableArticle { id, .. } in unreadable.iter().take(MAX_NAMED) {
        let error = Error::ArticleUnreadable { id: id.clone(), path: place.index().into() };
        let _ = writeln!(err, "kliping: {}", printable(&error.to_string()));
    }
    if unreadable.len() > MAX_NAMED {
        let _ = writeln!(err, "kliping: and {} articles more cannot be read", unreadable.len() - MAX_NAMED);
    }
}
