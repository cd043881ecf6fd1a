//! The plain structs that travel between the stages: what `ingest` reads, what `clean` makes of it
//! and what the index stores.
//!
//! Everything derived from a text is a byte range of that text: a title, a date, a paragraph, a
//! fold. Nothing here ever rewrites the text as received, so every step can be undone and shown.

mod metadata;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

pub use metadata::{ArticleDate, Confidence, Found, Metadata, Title, TitleOrigin};

/// The stable name of an article: its own id where it has one, else the path it was read from.
///
/// Never empty and free of control characters, so that it stands on one line of any output.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleId(String);

impl ArticleId {
    /// Returns the id written as `text`, with each control character replaced by `_`; an empty
    /// text gives `_`.
    ///
    /// ```
    /// use kliping::article::ArticleId;
    /// assert_eq!(ArticleId::new("2026/berita 1.txt").as_str(), "2026/berita 1.txt");
    /// assert_eq!(ArticleId::new("a\tb").as_str(), "a_b");
    /// ```
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_empty() {
            return Self("_".to_owned());
        }
        Self(text.replace(char::is_control, "_"))
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the 63-bit hash of the id by which equal scores are ordered.
    ///
    /// It depends on the id alone, so the order of ties is the same for any number of threads and
    /// segments. 63 bits, because not every engine has unsigned 64-bit numbers.
    #[must_use]
    pub fn ord(&self) -> u64 {
        xxh3_64(self.0.as_bytes()) >> 1
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One article as it was read: decoded and taken out of its format, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawArticle {
    /// Its stable name.
    pub id: ArticleId,
    /// Where it was read from: the absolute path of its file.
    pub path: String,
    /// The text as received, without a byte order mark; of a record or page with a headline of its
    /// own: the headline, a blank line and the text.
    pub text: String,
    /// What its record or page says of it.
    #[serde(default)]
    pub declared: Declared,
}

/// What a record or page says of its article beside the text; it is believed before anything that
/// is recovered from the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Declared {
    /// The bytes of the text that are the headline.
    pub title: Option<Range<usize>>,
    /// When it was published, as written.
    pub date: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Everything else, as name and value, in the order of the record.
    pub extra: Vec<(String, String)>,
    /// Where the body stood in what was received: its field, or its file once decoded. Ascending; empty
    /// where that was the text, or the text behind the headline.
    pub received: Vec<Shift>,
}

/// From which byte on a text lies otherwise in what was received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shift {
    /// The byte of the body as it is kept.
    pub text: usize,
    /// The byte of the body as it was received.
    pub received: usize,
}

impl RawArticle {
    /// The name and version of the JSON that an exported article is.
    pub const SCHEMA: &'static str = "kliping.export/1";

    /// Returns the hash by which an unchanged article is recognised: of its place, its text and
    /// what is declared of it.
    #[must_use]
    pub fn content_hash(&self) -> u64 {
        let mut hasher = Xxh3Default::new();
        (&self.id, &self.path, &self.text, &self.declared).hash(&mut hasher);
        hasher.finish()
    }
}

/// What is stored of an article can be read again, without the file it came from.
impl From<Article> for RawArticle {
    fn from(article: Article) -> Self {
        let Article { id, path, text, metadata, .. } = article;
        let declared_text = |found: Option<Found<String>>| found.filter(Found::is_declared).map(|found| found.value);
        let declared = Declared {
            title: (metadata.title.origin == TitleOrigin::Declared).then_some(metadata.title.range),
            date: metadata.date.filter(Found::is_declared).map(|found| found.value.to_string()),
            source: declared_text(metadata.source),
            byline: declared_text(metadata.byline),
            url: metadata.url,
            extra: metadata.extra,
            received: metadata.received,
        };
        Self { id, path, text, declared }
    }
}

/// One article with its metadata recovered and its text divided into passages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its stable name.
    pub id: ArticleId,
    /// Where it was read from: the absolute path of its file.
    pub path: String,
    /// The text as received; every range of this struct counts its bytes.
    pub text: String,
    /// What was recovered from the text.
    pub metadata: Metadata,
    /// The text divided: ascending, not overlapping, on character boundaries, with nothing but
    /// white space between them.
    pub passages: Vec<Passage>,
    /// The repeated passages that are not indexed; ascending, not overlapping.
    pub folds: Vec<Fold>,
    /// What it shares with articles that arrived before it and is indexed all the same; ascending, not
    /// overlapping.
    pub links: Vec<Link>,
}

impl Article {
    /// Returns the title as it is shown: white space is collapsed.
    #[must_use]
    pub fn title(&self) -> String {
        let text = &self.text[self.metadata.title.range.clone()];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns who published it, as written: the site it stood on, which may have the text from elsewhere, else the
    /// outlet or wire it comes from.
    ///
    /// Articles of one outlet are compared as such, and a copy is named by who printed it. Whom the text is from,
    /// [`Metadata::source`] first, is another question: hits show both names, and facets count sources.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        let Metadata { site, source, .. } = &self.metadata;
        site.as_ref().or(source.as_ref()).map(|found| found.value.as_str())
    }

    /// Returns the day it was published, where that is known.
    #[must_use]
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.metadata.date.as_ref().map(|found| found.value.day)
    }

    /// Returns where the byte `offset` of the text was in the body as it was received: the field of a
    /// record, or a file once it was decoded; 0 for what stands before the body.
    #[must_use]
    pub fn received_offset(&self, offset: usize) -> usize {
        let in_body = offset.saturating_sub(self.body_start());
        let shifts = &self.metadata.received;
        let before = shifts.partition_point(|shift| shift.text <= in_body).checked_sub(1);
        let shift = before.map_or(Shift::default(), |before| shifts[before]);
        (in_body - shift.text).saturating_add(shift.received)
    }

    /// Returns where the body as it was received begins: behind the headline of a record.
    fn body_start(&self) -> usize {
        let headline = &self.metadata.title;
        let rest = &self.text[headline.range.end..];
        // The name of its site may stand behind it.
        let line_end = rest.find('\n').filter(|end| rest[*end..].starts_with("\n\n"));
        let is_declared = headline.origin == TitleOrigin::Declared;
        line_end.filter(|_| is_declared).map_or(0, |end| headline.range.end + end + 2)
    }

    /// Returns whether a character that ends in `range`, its end included, stands for one that was decoded
    /// wrongly, or for markup: in what was received it was more than three bytes longer.
    pub(crate) fn is_repaired(&self, range: &Range<usize>) -> bool {
        let Some(start) = range.start.checked_sub(self.body_start()) else { return false };
        let shifts = &self.metadata.received;
        let first = shifts.partition_point(|shift| shift.text < start);
        let longer = |shift: &Shift| shift.received.saturating_sub(shift.text);
        let mut before = first.checked_sub(1).map_or(0, |before| longer(&shifts[before]));
        let here = shifts[first..].iter().take_while(|shift| shift.text <= start + range.len());
        here.map(longer).any(|longer| longer > std::mem::replace(&mut before, longer) + 3)
    }

    /// Returns the passages of the body, in order, folded ones included.
    pub fn body(&self) -> impl Iterator<Item = Range<usize>> {
        self.passages.iter().filter(|p| p.kind.is_body()).map(|p| p.range.clone())
    }

    /// Returns the parts of the body that are indexed and shown in snippets: the body without its
    /// folds, each part within one passage and trimmed of white space.
    #[must_use]
    pub fn unfolded_body(&self) -> Vec<Range<usize>> {
        self.body().flat_map(|passage| self.outside_folds(passage)).collect()
    }

    /// Returns the folds that touch `range`, in order.
    #[must_use]
    pub fn folds_in(&self, range: &Range<usize>) -> &[Fold] {
        // Folds ascend; looking at all of them for each passage would be quadratic in a text of repeats.
        let first = self.folds.partition_point(|fold| fold.range.end <= range.start);
        let behind = self.folds.partition_point(|fold| fold.range.start < range.end);
        &self.folds[first..behind.max(first)]
    }

    fn outside_folds(&self, passage: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = passage.start;
        for fold in self.folds_in(&passage) {
            parts.push(start..fold.range.start.max(start));
            start = fold.range.end.min(passage.end);
        }
        parts.push(start..passage.end);
        parts.into_iter().map(|part| trimmed(&self.text, part)).filter(|part| !part.is_empty()).collect()
    }
}

/// Returns `range` of `text` without the white space at its ends.
///
/// # Panics
/// Panics when `range` is out of bounds or not on character boundaries.
#[must_use]
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..(start + part.trim().len())
}

/// A stretch of the text and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The bytes of the text; no white space at either end, never empty.
    pub range: Range<usize>,
    /// What stands there.
    pub kind: PassageKind,
}

/// What a passage is; only the body is indexed and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// The headline, where the text has one.
    Title,
    /// The place and outlet that open a first paragraph (`JAKARTA -`); part of the body.
    Dateline,
    /// A paragraph, heading or list entry of the body.
    Paragraph,
    /// The path of sections above an article (`Home - Teknologi - …`).
    Breadcrumb,
    /// The headline once more.
    TitleRepeat,
    /// A line that holds the date of publication.
    DateLine,
    /// The line under a picture.
    Caption,
    /// A line that names a source (`Sumber: ANTARA`) or an author.
    Credit,
    /// The initials of an editor (`(ian)`).
    Initials,
    /// An invitation to read on elsewhere, to share, to follow.
    Promotion,
    /// What a page leaves where something should have loaded (`loading...`).
    Placeholder,
    /// Remains of markup (`![]()`, table borders).
    Markup,
}

impl PassageKind {
    /// Returns whether the passage belongs to the body.
    #[must_use]
    pub fn is_body(self) -> bool {
        match self {
            Self::Dateline | Self::Paragraph => true,
            Self::Title
            | Self::Breadcrumb
            | Self::TitleRepeat
            | Self::DateLine
            | Self::Caption
            | Self::Credit
            | Self::Initials
            | Self::Promotion
            | Self::Placeholder
            | Self::Markup => false,
        }
    }
}

/// A passage that repeats another one and is not indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold {
    /// The repeating bytes.
    pub range: Range<usize>,
    /// The bytes they repeat; those of the same article are never folded themselves.
    pub source: Range<usize>,
    /// The article that has them; `None` for the same article.
    pub article: Option<ArticleId>,
    /// Why it is folded.
    pub kind: FoldKind,
}

/// Why a passage is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoldKind {
    /// The article says it before in the same words.
    Exact,
    /// The article says it before but for damage and grammar words.
    Near,
    /// Three articles of its outlet say it that have nothing else in common.
    Boilerplate,
}

/// A passage that stands in an earlier article too and is indexed all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The bytes of this article.
    pub range: Range<usize>,
    /// The bytes of the earlier one.
    pub source: Range<usize>,
    /// The earlier one.
    pub article: ArticleId,
    /// How they are alike.
    pub kind: LinkKind,
}

/// How a passage is like one of an earlier article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The same words.
    Copy,
    /// The same words but for damage and grammar words.
    NearCopy,
    /// The same with other figures, in it or in a sentence that is glued to it.
    Update,
    /// Much of the same wording: a quote in other words.
    Restatement,
}

impl LinkKind {
    /// Returns whether the passage says nothing that its source does not say.
    #[must_use]
    pub fn is_copy(self) -> bool {
        match self {
            Self::Copy | Self::NearCopy => true,
            Self::Update | Self::Restatement => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn fold(range: &Range<usize>) -> Fold {
        Fold { range: range.clone(), source: 0..1, article: None, kind: FoldKind::Exact }
    }

    fn article(text: &str, passages: &[(Range<usize>, PassageKind)], folds: &[Range<usize>]) -> Article {
        Article {
            id: ArticleId::new("a"),
            path: String::new(),
            text: text.to_owned(),
            metadata: Metadata {
                title: Title { range: 0..0, origin: TitleOrigin::Derived },
                date: None,
                source: None,
                site: None,
                credits: Vec::new(),
                byline: None,
                place: None,
                url: None,
                extra: Vec::new(),
                received: Vec::new(),
            },
            passages: passages.iter().map(|(range, kind)| Passage { range: range.clone(), kind: *kind }).collect(),
            folds: folds.iter().map(fold).collect(),
            links: Vec::new(),
        }
    }

    #[test]
    fn an_id_is_one_printable_line() {
        assert_eq!(ArticleId::new("").as_str(), "_");
        assert_eq!(ArticleId::new("a\r\nb").as_str(), "a__b");
        assert_eq!(ArticleId::new("x").ord() >> 63, 0);
    }

    #[test]
    fn unfolded_body_leaves_out_folds_and_what_is_no_body() {
        let article = article(
            "Judul\nsatu dua tiga\nempat",
            &[(0..5, PassageKind::Title), (6..19, PassageKind::Paragraph), (20..25, PassageKind::Paragraph)],
            &[11..14, 20..25],
        );
        let parts: Vec<&str> = article.unfolded_body().into_iter().map(|r| &article.text[r]).collect();
        assert_eq!(parts, ["satu", "tiga"]);
    }

    #[test]
    fn a_fold_across_passages_takes_its_part_of_each() {
        let article = article(
            "satu dua\ntiga empat",
            &[(0..8, PassageKind::Paragraph), (9..19, PassageKind::Paragraph)],
            std::slice::from_ref(&(5..13)),
        );
        let parts: Vec<&str> = article.unfolded_body().into_iter().map(|r| &article.text[r]).collect();
        assert_eq!(parts, ["satu", "empat"]);
    }

    #[test]
    fn a_character_is_repaired_that_was_much_longer_as_received() {
        let repaired = |shifts: &[(usize, usize)], range: Range<usize>| {
            let mut article = article("Harga beras naik", &[], &[]);
            article.metadata.received = shifts.iter().map(|&(text, received)| Shift { text, received }).collect();
            article.is_repaired(&range)
        };
        assert!(repaired(&[(5, 9)], 3..6) && repaired(&[(5, 9)], 5..5) && repaired(&[(5, 9)], 2..5));
        assert!(!repaired(&[(5, 9)], 0..4) && !repaired(&[(5, 9)], 6..9), "it ends elsewhere");
        assert!(!repaired(&[(5, 8)], 3..6), "a line break or a byte order mark is no more than three bytes");
        assert!(!repaired(&[(2, 9), (5, 12)], 4..6) && repaired(&[(2, 9), (5, 16)], 4..6), "each counts by itself");
        assert!(!repaired(&[], 0..16));
    }

    #[test]
    fn the_site_published_what_it_has_from_a_wire() {
        let named = |name: &str| Some(Found { value: name.to_owned(), range: None, confidence: Confidence::Declared });
        let mut article = article("Harga beras naik.", &[], &[]);
        assert_eq!(article.outlet(), None);
        article.metadata.source = named("ANTARA");
        assert_eq!(article.outlet(), Some("ANTARA"));
        article.metadata.site = named("kotakini.com");
        assert_eq!(article.outlet(), Some("kotakini.com"));
    }

    #[test]
    fn what_stands_before_the_body_is_never_repaired() {
        let mut article = article("Judul\n\nHarga beras", &[], &[]);
        article.metadata.title = Title { range: 0..5, origin: TitleOrigin::Declared };
        article.metadata.received = vec![Shift { text: 2, received: 9 }];
        assert!(!article.is_repaired(&(1..4)));
        assert!(article.is_repaired(&(8..10)), "shifts count from the body");
    }

    #[test]
    fn a_date_is_written_as_precisely_as_it_is_known() {
        let day = ArticleDate::day(date(2026, 3, 2));
        assert_eq!(day.to_string(), "2026-03-02");
        let minute = ArticleDate { time: Some(time(23, 11, 0, 0)), ..ArticleDate::day(date(2026, 1, 8)) };
        assert_eq!(minute.to_string(), "2026-01-08T23:11+07:00");
        assert_eq!(minute.timestamp(), 1_767_888_660);
        assert_eq!(minute.zone(), "WIB");
    }

    #[test]
    fn a_zone_has_a_name_in_indonesia_only() {
        let zone = |hours: i32, minutes: i32| {
            ArticleDate { utc_offset_seconds: hours * 3600 + minutes * 60, ..ArticleDate::day(date(2026, 1, 8)) }.zone()
        };
        assert_eq!([zone(7, 0), zone(8, 0), zone(9, 0)], ["WIB", "WITA", "WIT"]);
        assert_eq!([zone(7, 30), zone(8, 45), zone(-3, -30)], ["+07:30", "+08:45", "-03:30"]);
    }
}
