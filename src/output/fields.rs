//! Which fields of a hit are written: the keys of JSON, the columns of CSV and TSV.

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};

use super::text::printable;
use crate::search::Hit;

/// A field of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitField {
    /// Its place among all that match.
    Rank,
    /// Its score.
    Score,
    /// Its id.
    Id,
    /// Its title.
    Title,
    /// The outlet or wire.
    Source,
    /// The site, where that is not the source.
    Site,
    /// The outlets and wires it credits.
    Credits,
    /// When it was published.
    Date,
    /// The place of its dateline.
    Place,
    /// The address it was published at.
    Url,
    /// The file it was read from.
    Path,
    /// The sentences that match.
    Snippets,
    /// Its repeated passages.
    Folds,
    /// The other articles of its story; in tables how many.
    Copies,
}

impl HitField {
    /// The columns of tables where no others are asked for.
    pub const COLUMNS: [Self; 9] = [
        Self::Rank,
        Self::Score,
        Self::Id,
        Self::Title,
        Self::Source,
        Self::Date,
        Self::Path,
        Self::Snippets,
        Self::Copies,
    ];

    /// All of them, in the order of their keys in JSON.
    pub const ALL: [Self; 14] = [
        Self::Rank,
        Self::Score,
        Self::Id,
        Self::Title,
        Self::Source,
        Self::Site,
        Self::Credits,
        Self::Date,
        Self::Place,
        Self::Url,
        Self::Path,
        Self::Snippets,
        Self::Folds,
        Self::Copies,
    ];

    /// Returns the key in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Score => "score",
            Self::Id => "id",
            Self::Title => "title",
            Self::Source => "source",
            Self::Site => "site",
            Self::Credits => "credits",
            Self::Date => "date",
            Self::Place => "place",
            Self::Url => "url",
            Self::Path => "path",
            Self::Snippets => "snippets",
            Self::Folds => "folds",
            Self::Copies => "copies",
        }
    }

    /// Returns the name of the column.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Snippets => "snippet",
            other => other.key(),
        }
    }

    /// Returns the value in a table, on one line.
    pub(super) fn value(self, hit: &Hit) -> String {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        match self {
            Self::Rank => hit.rank.to_string(),
            Self::Score => format!("{:.6}", hit.score),
            Self::Id => hit.id.clone(),
            Self::Title => printable(&hit.title),
            Self::Source => text(&hit.source),
            Self::Site => text(&hit.site),
            Self::Credits => hit.credits.join("; "),
            Self::Date => hit.date.map(|date| date.to_string()).unwrap_or_default(),
            Self::Place => text(&hit.place),
            Self::Url => text(&hit.url),
            Self::Path => hit.path.clone(),
            Self::Snippets => {
                hit.snippets.iter().map(|fragment| printable(fragment.text())).collect::<Vec<_>>().join(" … ")
            }
            Self::Folds => hit.folds.len().to_string(),
            Self::Copies => hit.n_copies.to_string(),
        }
    }
}

/// Something with the keys of a hit, of which some are written; all where `fields` is empty.
pub(super) struct Chosen<'a, T> {
    pub(super) whole: T,
    pub(super) fields: &'a [HitField],
}

impl<T: Serialize> Serialize for Chosen<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.fields.is_empty() {
            return self.whole.serialize(serializer);
        }
        let values = serde_json::to_value(&self.whole).map_err(S::Error::custom)?;
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for field in self.fields {
            map.serialize_entry(field.key(), &values[field.key()])?;
        }
        map.end()
    }
}
