//! What a record or page declares: it is believed before what the text says.

use std::ops::Range;

use super::declared_date::declared_date;
use super::lines::Line;
use super::relative::{fetched, relative_date};
use super::site_suffix::{SiteSuffix, names_outlet};
use crate::article::{Declared, Found, Metadata, PassageKind, TitleOrigin, trimmed};

/// Marks the lines within `range`, the headline that is `declared`, and returns it without white space at its
/// ends; `None` where nothing is left. Where the name of the site stands behind it, that belongs to it.
pub(super) fn mark_declared_title(
    text: &str,
    range: &Range<usize>,
    declared: &Declared,
    lines: &mut [Line],
) -> Option<Range<usize>> {
    let mut headline = trimmed(text, range.clone());
    let line_end = text[headline.end..].find(['\n', '\r']).map_or(text.len(), |len| headline.end + len);
    let line = trimmed(text, headline.start..line_end);
    if SiteSuffix::find(text, &line, declared).is_some_and(|suffix| suffix.headline() == headline) {
        headline = line;
    }
    for line in lines.iter_mut().take_while(|line| line.range.end <= headline.end) {
        line.kind = Some(PassageKind::Title);
    }
    (!headline.is_empty()).then_some(headline)
}

/// Puts what is declared in the place of what was recovered.
///
/// A date that cannot be read stays with the rest of what was declared, under the name `date`, and the number of an
/// author under the name `byline`.
pub(super) fn declare(metadata: &mut Metadata, declared: Declared) {
    let Declared { title, date, source, byline, url, extra, received } = declared;
    if title.is_some() && metadata.title.origin == TitleOrigin::Text {
        metadata.title.origin = TitleOrigin::Declared;
    }
    metadata.extra = extra;
    metadata.url = url;
    metadata.received = received;
    if let Some(written) = date {
        let relative = || relative_date(&written, fetched(&metadata.extra)?);
        match declared_date(&written).or_else(relative) {
            Some(date) => metadata.date = Some(Found::declared(date)),
            None => metadata.extra.push(("date".to_owned(), written)),
        }
    }
    if let Some(source) = source {
        metadata.source = Some(Found::declared(source));
    }
    match byline {
        Some(number) if !number.contains(char::is_alphabetic) => metadata.extra.push(("byline".to_owned(), number)),
        Some(byline) => metadata.byline = Some(Found::declared(name_alone(&byline).to_owned())),
        None => {}
    }
}

/// Returns `byline` without what a page puts around the name: `Oleh Budi | 8 Januari 2026`, `Budi - detikFinance`.
fn name_alone(byline: &str) -> &str {
    let name = without_label(byline.split(['|', '•', '·']).next().unwrap_or(byline).trim());
    let is_other = |rest: &str| names_outlet(rest.trim()) || declared_date(rest).is_some();
    let ends = [" - ", " – ", ", "].iter().filter_map(|mark| name.split_once(mark));
    let mut names = ends.filter(|(_, rest)| is_other(rest)).map(|(name, _)| name.trim_end());
    names.next().filter(|name| !name.is_empty()).unwrap_or(if name.is_empty() { byline } else { name })
}

/// Returns `byline` without the word before the name: `Oleh Budi`, `Penulis: Budi`.
fn without_label(byline: &str) -> &str {
    const LABELS: [&str; 8] = ["author", "by", "jurnalis", "oleh", "penulis", "reporter", "wartawan", "written by"];
    let mut named = LABELS.iter().filter_map(|label| {
        let (start, rest) = byline.split_at_checked(label.len())?;
        let is_label = start.eq_ignore_ascii_case(label) && rest.starts_with([' ', ':']);
        let name = rest.trim_start_matches([' ', ':']);
        (is_label && name.starts_with(char::is_uppercase)).then_some(name)
    });
    named.next_back().unwrap_or(byline)
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, ArticleId, Declared, RawArticle, TitleOrigin};
    use crate::clean::clean;

    fn cleaned(text: &str, declared: Declared) -> Article {
        clean(RawArticle { id: ArticleId::new("a"), path: String::new(), text: text.to_owned(), declared })
    }

    #[test]
    fn what_is_declared_wins() {
        let declared = Declared {
            date: Some("2026-01-08T23:11:00+07:00".to_owned()),
            source: Some("Antara".to_owned()),
            url: Some("https://contoh.id/1".to_owned()),
            ..Declared::default()
        };
        let metadata = cleaned("JAKARTA (Reuters) - Harga naik, kata dia, Minggu (30/11/2025).", declared).metadata;
        assert_eq!(metadata.date.unwrap().value.to_string(), "2026-01-08T23:11+07:00");
        assert_eq!(metadata.source.unwrap().value, "Antara");
        assert_eq!(metadata.url.as_deref(), Some("https://contoh.id/1"));
        assert_eq!(metadata.place.unwrap().value, "Jakarta");
    }

    #[test]
    fn a_declared_headline_needs_no_form() {
        let declared = Declared { title: Some(0..6), ..Declared::default() };
        let article = cleaned("- Naik\n\nHarga beras naik di pasar.", declared);
        assert_eq!((article.title().as_str(), article.metadata.title.origin), ("- Naik", TitleOrigin::Declared));
        assert_eq!(article.body().count(), 1);
    }

    #[test]
    fn an_article_can_be_cleaned_again_from_what_is_stored() {
        let declared = Declared {
            title: Some(0..5),
            date: Some("6 Nop 2019".to_owned()),
            byline: Some("Budi".to_owned()),
            extra: vec![("rubrik".to_owned(), "Ekonomi".to_owned())],
            ..Declared::default()
        };
        let article = cleaned("Judul\n\nHarga beras naik di pasar.", declared);
        assert_eq!(clean(RawArticle::from(article.clone())), article);
    }

    #[test]
    fn a_date_that_cannot_be_read_is_kept() {
        let declared = Declared { date: Some("kemarin".to_owned()), ..Declared::default() };
        assert_eq!(cleaned("Isi.", declared).metadata.extra, [("date".to_owned(), "kemarin".to_owned())]);
    }

    #[test]
    fn a_byline_is_a_name_alone() {
        for (written, byline) in [
            ("Oleh Budi Santoso", Some("Budi Santoso")),
            ("Penulis : Budi", Some("Budi")),
            ("By Ani", Some("Ani")),
            ("Written by Ani", Some("Ani")),
            ("Oleh Budi | 8 Januari 2026, 10:00 WIB", Some("Budi")),
            ("Budi Santoso - detikFinance", Some("Budi Santoso")),
            ("Ani, Budi, Kompas.com", Some("Ani, Budi, Kompas.com")),
            ("Ani Sari, 8 Januari 2026", Some("Ani Sari")),
            ("Ani - Budi", Some("Ani - Budi")),
            ("| Ani", Some("| Ani")),
            ("Olehana Budi", Some("Olehana Budi")),
            ("oleh redaksi", Some("oleh redaksi")),
            ("3", None),
        ] {
            let metadata =
                cleaned("Isi.", Declared { byline: Some(written.to_owned()), ..Declared::default() }).metadata;
            assert_eq!(metadata.byline.map(|found| found.value).as_deref(), byline, "{written}");
            assert_eq!(metadata.extra.is_empty(), byline.is_some(), "{written}");
        }
    }
}
