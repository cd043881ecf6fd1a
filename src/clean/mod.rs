//! From an article as received to one with its metadata recovered and its text divided.
//!
//! Stands between `ingest` and `dedup`. The text is never changed: it is divided into passages, each
//! with what it is, and the metadata point to the bytes they were read from. What a line is follows
//! from its own form (`boilerplate`) or from its place among the lines that stay (`title`,
//! `date_line`, `dateline`), never from a line that is taken out: cleaning what is left of a cleaned
//! text changes nothing. Nothing here knows the clock, the disk or other articles: boilerplate that only a
//! corpus can show is not read, and a relative date only beside the date on which its record was fetched.

mod address;
mod boilerplate;
mod caption;
mod clock;
mod credit;
mod credited;
mod cursor;
mod date;
mod date_line;
mod dateline;
mod declared;
mod declared_date;
mod glue;
mod initials;
mod lines;
mod names;
mod published;
mod relative;
mod site_suffix;
mod source;
mod title;

use std::ops::Range;

pub use date::parse_date;
pub(crate) use date::weekday_named;

use crate::article::{
    Article, ArticleDate, ArticleId, Confidence, Found, Metadata, Passage, PassageKind, RawArticle, Title, TitleOrigin,
};
use address::{day_in, day_in_name, site_in};
use date::DateMatch;
use date_line::{DateLine, date_line};
use dateline::{Dateline, dateline};
use declared::{declare, mark_declared_title};
use glue::{Glue, glues};
use initials::without_initials;
use lines::{Line, lines};
use published::{Reported, reported_dates};
use relative::{fetched, relative_date};
use site_suffix::SiteSuffix;
use source::{Sources, sources};
use title::{derived_title, is_same, mark_title};

/// After how many lines that stay the date of publication no longer stands on a line of its own.
const DATE_LINES: usize = 4;
/// After how many lines that stay the headline is no longer looked for again.
const TITLE_LINES: usize = 12;
/// Within how many lines of the body a dateline may stand.
const DATELINE_LINES: usize = 3;

/// Returns the article that `raw` holds: its text divided into passages and its metadata. Its folds
/// and links are left empty.
///
/// ```
/// use kliping::article::{ArticleId, Declared, RawArticle};
/// use kliping::clean::clean;
///
/// let text = "Harga Beras Naik\nSenin, 5 Januari 2026\nJAKARTA - Harga beras naik.\nBaca juga: Harga Gula Turun";
/// let raw = RawArticle { id: ArticleId::new("1"), path: String::new(), text: text.to_owned(), declared: Declared::default() };
/// let article = clean(raw);
/// assert_eq!(article.title(), "Harga Beras Naik");
/// assert_eq!(article.metadata.place.map(|place| place.value).as_deref(), Some("Jakarta"));
/// let body: Vec<&str> = article.passages.iter().filter(|p| p.kind.is_body()).map(|p| &text[p.range.clone()]).collect();
/// assert_eq!(body, ["JAKARTA -", "Harga beras naik."]);
/// ```
#[must_use]
pub fn clean(raw: RawArticle) -> Article {
    let RawArticle { id, path, text, declared } = raw;
    let mut lines = lines(&text);
    let headline = match &declared.title {
        Some(range) => mark_declared_title(&text, range, &declared, &mut lines),
        None => mark_title(&text, &mut lines),
    };
    let suffix = headline.as_ref().and_then(|line| SiteSuffix::find(&text, line, &declared));
    let suffix = suffix.filter(|suffix| suffix.divide(&mut lines));
    let headline = suffix.map(|suffix| suffix.headline()).or(headline);
    mark_head(&text, headline.clone().map(|range| &text[range]), &mut lines);
    let dateline = find_dateline(&text, &lines);
    let passages = passages(&text, lines, dateline.as_ref());
    let address = declared.url.as_deref();
    let mut metadata = metadata(&text, &passages, headline, dateline.as_ref(), address);
    declare(&mut metadata, declared);
    if metadata.date.is_none() {
        metadata.date = date_before_fetching(&text, &passages, &metadata.extra);
    }
    if metadata.date.is_none() {
        metadata.date = day_of_file(&id, &path);
    }
    if metadata.source.is_none() {
        metadata.source = metadata.url.as_deref().and_then(site_of_address);
    }
    Article { id, path, metadata, passages, folds: Vec::new(), links: Vec::new(), text }
}

/// Marks the lines in the head that repeat the headline or hold the date of publication.
fn mark_head(text: &str, headline: Option<&str>, lines: &mut [Line]) {
    let mut n_kept = 0;
    for line in lines {
        let is_repeat = || headline.is_some_and(|headline| is_same(&text[line.range.clone()], headline));
        match line.kind {
            Some(PassageKind::Title) => n_kept += 1,
            Some(_) => {}
            None if is_repeat() => line.kind = Some(PassageKind::TitleRepeat),
            None if n_kept < DATE_LINES && date_line(text, &line.range).is_some() => {
                line.kind = Some(PassageKind::DateLine);
            }
            None => n_kept += 1,
        }
        if n_kept == TITLE_LINES {
            return;
        }
    }
}

fn find_dateline(text: &str, lines: &[Line]) -> Option<Dateline> {
    let body = lines.iter().filter(|line| line.kind.is_none());
    body.take(DATELINE_LINES).find_map(|line| dateline(text, &line.range))
}

/// Returns the passages that `lines` are: a dateline and closing initials become their own.
fn passages(text: &str, lines: Vec<Line>, dateline: Option<&Dateline>) -> Vec<Passage> {
    let last_paragraph = lines.iter().rposition(|line| line.kind.is_none());
    let mut passages = Vec::with_capacity(lines.len() + 2);
    for (i, line) in lines.into_iter().enumerate() {
        if let Some(kind) = line.kind {
            passages.push(Passage { range: line.range, kind });
            continue;
        }
        let len = text[line.range.clone()].len();
        let body_len = if last_paragraph == Some(i) { without_initials(&text[line.range.clone()]).len() } else { len };
        let body = line.range.start..line.range.start + body_len;
        push_paragraph(text, body.clone(), dateline, &mut passages);
        push_trimmed(text, body.end..line.range.end, PassageKind::Initials, &mut passages);
    }
    passages
}

/// Pushes the paragraph at `range`, its dateline apart where it begins with `dateline`.
fn push_paragraph(text: &str, range: Range<usize>, dateline: Option<&Dateline>, passages: &mut Vec<Passage>) {
    let split = dateline.map(|dateline| dateline.end).filter(|end| range.contains(&(end - 1)));
    let mut start = split.unwrap_or(range.start);
    push_trimmed(text, range.start..start, PassageKind::Dateline, passages);
    for Glue { paragraph_end, next_start } in glues(text, start..range.end) {
        push_trimmed(text, start..paragraph_end, PassageKind::Paragraph, passages);
        push_trimmed(text, paragraph_end..next_start, PassageKind::Markup, passages);
        start = next_start;
    }
    push_trimmed(text, start..range.end, PassageKind::Paragraph, passages);
}

fn push_trimmed(text: &str, range: Range<usize>, kind: PassageKind, passages: &mut Vec<Passage>) {
    let range = crate::article::trimmed(text, range);
    if !range.is_empty() {
        passages.push(Passage { range, kind });
    }
}

fn metadata(
    text: &str,
    passages: &[Passage],
    headline: Option<Range<usize>>,
    dateline: Option<&Dateline>,
    address: Option<&str>,
) -> Metadata {
    let reported = reported_dates(text, passages);
    let title = headline.map(|range| Title { range, origin: TitleOrigin::Text });
    let place = dateline.and_then(|dateline| dateline.place.clone());
    let Sources { source, site, credits, byline } = sources(text, passages, dateline, &reported);
    Metadata {
        title: title.unwrap_or_else(|| derived_title(text, passages)),
        date: stated_date(text, passages, dateline)
            .or_else(|| address.and_then(date_of_address))
            .or_else(|| date_given_away(&reported)),
        source,
        site,
        credits,
        byline,
        url: None,
        extra: Vec::new(),
        received: Vec::new(),
        place: place.map(|range| found_place(text, range)),
    }
}

/// Returns the date of a line in the head that counts back from the time of fetching (`2 jam lalu`), where
/// one of `fields` names that.
fn date_before_fetching(text: &str, passages: &[Passage], fields: &[(String, String)]) -> Option<Found<ArticleDate>> {
    let fetched = fetched(fields)?;
    let mut head = passages.iter().filter(|passage| passage.kind != PassageKind::Markup).take(DATE_LINES);
    let dated =
        |passage: &Passage| Some((relative_date(&text[passage.range.clone()], fetched)?, passage.range.clone()));
    let (value, range) = head.find_map(dated)?;
    Some(Found { value, range: Some(range), confidence: Confidence::Likely })
}

fn found_place(text: &str, range: Range<usize>) -> Found<String> {
    let name = &text[range.clone()];
    let confidence = if names::is_place(name) { Confidence::Certain } else { Confidence::Likely };
    Found { value: names::title_case(name), range: Some(range), confidence }
}

/// Returns the date of publication where the head states it, else that of the dateline.
fn stated_date(text: &str, passages: &[Passage], dateline: Option<&Dateline>) -> Option<Found<ArticleDate>> {
    let date_lines = passages.iter().filter(|passage| passage.kind == PassageKind::DateLine);
    let lines: Vec<DateLine> = date_lines.filter_map(|passage| date_line(text, &passage.range)).collect();
    let of_lines = |is_update: bool| lines.iter().filter(move |line| line.is_update == is_update);
    let certain = |(found, range): (DateMatch, Range<usize>)| (found, range, found.confidence());
    let published = of_lines(false).map(|line| certain((line.found, line.range.clone())));
    let in_dateline = dateline.and_then(|dateline| dateline.date.clone()).map(certain);
    let updated = of_lines(true).map(|line| (line.found, line.range.clone(), Confidence::Likely));
    let mut stated = published.chain(in_dateline).chain(updated);
    let (found, range, confidence) = stated.find(|(found, ..)| found.weekday_agrees())?;
    Some(Found { value: found.date, range: Some(range), confidence })
}

fn date_of_address(address: &str) -> Option<Found<ArticleDate>> {
    Some(Found { value: day_in(address)?, range: None, confidence: Confidence::Certain })
}

/// Returns the day in the name of the file at `path`, or in those of its folders below the one that was given, where
/// the file alone is the article `id`: the name of a file of records says when those were collected.
fn day_of_file(id: &ArticleId, path: &str) -> Option<Found<ArticleDate>> {
    let name = path.rsplit('/').next()?;
    let is_alone = id.as_str().ends_with(name) && !name.is_empty();
    let day = || day_in_name(name).or_else(|| day_in(id.as_str()));
    is_alone.then(day).flatten().map(|value| Found { value, range: None, confidence: Confidence::Likely })
}

fn site_of_address(address: &str) -> Option<Found<String>> {
    Some(Found { value: site_in(address)?, range: None, confidence: Confidence::Likely })
}

/// Returns the latest day of reporting; where that contradicts its weekday, nobody knows which day is meant.
fn date_given_away(reported: &[Reported]) -> Option<Found<ArticleDate>> {
    let latest = reported.iter().rev().max_by_key(|reported| reported.found.date.day)?;
    let latest = Some(latest).filter(|latest| latest.found.weekday_agrees())?;
    Some(Found { value: latest.found.date, range: Some(latest.range.clone()), confidence: Confidence::Likely })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared};
    use PassageKind::{
        Breadcrumb, Caption, Credit, DateLine as DateLineKind, Initials, Markup, Paragraph, Placeholder, Promotion,
        TitleRepeat,
    };
    use proptest::prelude::*;

    fn cleaned(text: &str) -> Article {
        clean(RawArticle {
            id: ArticleId::new("a"),
            path: String::new(),
            text: text.to_owned(),
            declared: Declared::default(),
        })
    }

    /// Returns the passages of one kind as text.
    fn of_kind(article: &Article, kind: PassageKind) -> Vec<&str> {
        article.passages.iter().filter(|p| p.kind == kind).map(|p| &article.text[p.range.clone()]).collect()
    }

    fn value(found: Option<&Found<String>>) -> &str {
        found.map_or("", |found| found.value.as_str())
    }

    /// What the metadata of an article must be; an empty text stands for none.
    struct Expected<'a> {
        title: &'a str,
        origin: TitleOrigin,
        date: &'a str,
        source: &'a str,
        site: &'a str,
        credits: &'a [&'a str],
        place: &'a str,
    }

    #[track_caller]
    fn check(text: &str, expected: &Expected<'_>) -> Article {
        let article = cleaned(text);
        let metadata = &article.metadata;
        assert_eq!((article.title().as_str(), metadata.title.origin), (expected.title, expected.origin));
        assert_eq!(metadata.date.as_ref().map_or_else(String::new, |date| date.value.to_string()), expected.date);
        assert_eq!(value(metadata.source.as_ref()), expected.source);
        assert_eq!(value(metadata.site.as_ref()), expected.site);
        assert_eq!(metadata.credits.iter().map(|credit| credit.value.as_str()).collect::<Vec<_>>(), expected.credits);
        assert_eq!(value(metadata.place.as_ref()), expected.place);
        article
    }

    #[test]
    fn a_day_of_reporting_that_contradicts_its_weekday_leaves_the_date_open() {
        let date = |later: &str| {
            let text = format!("\"Ya,\" kata Budi, Kamis (11/9/2025).\n\"Tidak,\" kata Ani, {later}.");
            cleaned(&text).metadata.date.map(|date| date.value.to_string())
        };
        assert_eq!(date("Jumat (3/10/2025)").as_deref(), Some("2025-10-03"));
        assert_eq!(date("Senin (3/10/2025)"), None);
        assert_eq!(date("Senin (3/9/2025)").as_deref(), Some("2025-09-11"));
    }

    #[test]
    fn a_leading_date_and_a_wire() {
        let article = check(
            include_str!("../../seeds/000_b00046d57d8c8067.txt"),
            &Expected {
                title: "CGTN telah merilis analisis mendalam yang memetakan lanskap lintas wilayah Tiongkok terkait kekuatan produktif berkualitas baru.",
                origin: TitleOrigin::Derived,
                date: "2026-03-02",
                source: "GLOBE NEWSWIRE",
                site: "",
                credits: &["GLOBE NEWSWIRE"],
                place: "Beijing",
            },
        );
        assert_eq!(of_kind(&article, DateLineKind), ["date 2026-03-02"]);
        assert_eq!(of_kind(&article, PassageKind::Dateline), ["BEIJING, March 02, 2026 (GLOBE NEWSWIRE) --"]);
        assert!(of_kind(&article, Paragraph)[0].starts_with("CGTN telah merilis"));
        assert!(article.passages[1..].iter().all(|passage| passage.kind.is_body()));
    }

    #[test]
    fn what_a_page_loads_and_initials() {
        let article = check(
            include_str!("../../seeds/001_e59c24d8b7962b73.txt"),
            &Expected {
                title: "Mengenal Klaster Jing Jin Ji yang Ingin Dibangun China",
                origin: TitleOrigin::Text,
                date: "",
                source: "",
                site: "",
                credits: &["Reuters", "CGTN"],
                place: "Jakarta",
            },
        );
        assert_eq!(of_kind(&article, Placeholder), ["loading...", "A", "A", "A"]);
        assert_eq!(of_kind(&article, Initials), ["(ian)"]);
        assert_eq!(of_kind(&article, PassageKind::Dateline), ["JAKARTA -"]);
        assert!(of_kind(&article, Paragraph)[0].starts_with("Jing Jin Ji merupakan"));
        assert_eq!(article.passages.len(), 1 + 4 + 1 + 23 + 1);
    }

    #[test]
    fn a_breadcrumb_a_caption_and_repeated_titles() {
        let title = "China Targetkan Kemandirian Teknologi AI Inti pada 2027";
        let article = check(
            include_str!("../../seeds/002_78c7bee98fa67bd0.txt"),
            &Expected {
                title,
                origin: TitleOrigin::Text,
                date: "2026-01-08T23:11+07:00",
                source: "HALLONEWS.COM",
                site: "",
                credits: &[],
                place: "",
            },
        );
        assert_eq!(of_kind(&article, Breadcrumb).len(), 1);
        assert_eq!(of_kind(&article, TitleRepeat), [title]);
        assert_eq!(of_kind(&article, DateLineKind), ["Kamis, 8 Januari 2026 - 23:11 WIB"]);
        assert!(of_kind(&article, Caption)[0].ends_with("Foto: CGTN for Hallonews"));
        assert_eq!(of_kind(&article, Initials), ["(ren)"]);
        assert_eq!(of_kind(&article, PassageKind::Dateline), ["HALLONEWS.COM-"]);
        let paragraphs = of_kind(&article, Paragraph);
        assert!(paragraphs[0].starts_with("China menargetkan kemandirian") && paragraphs[0].ends_with("kelas dunia."));
        assert!(paragraphs[1].starts_with("China menargetkan tercapainya"));
        assert!(paragraphs.last().unwrap().ends_with("di masa depan."));
    }

    #[test]
    fn table_remains_and_a_day_of_reporting() {
        let article = check(
            include_str!("../../seeds/003_7df2690a9bcf779c.txt"),
            &Expected {
                title: "Basis inovasi kolaboratif untuk industri yang sedang berkembang antara Tiongkok dan negara-negara ASEAN resmi diluncurkan, guna mempercepat penguatan kerja sama",
                origin: TitleOrigin::Derived,
                date: "2025-11-30",
                source: "topik.id",
                site: "",
                credits: &["topik.id"],
                place: "",
            },
        );
        assert_eq!(of_kind(&article, Markup), ["![]() |", "| cover | topik.id |"]);
        assert!(article.passages[2..].iter().all(|passage| passage.kind == Paragraph));
    }

    #[test]
    fn a_credit_and_a_promotion() {
        let article = check(
            include_str!("../../seeds/004_c5a60effa8b4e469.txt"),
            &Expected {
                title: "Guangxi dan Indonesia Perkuat Kerja Sama Kecerdasan Buatan Melalui Kunjungan Delegasi China ke Tanah Air",
                origin: TitleOrigin::Text,
                date: "",
                source: "ANTARA",
                site: "aruna9news.com",
                credits: &["ANTARA"],
                place: "",
            },
        );
        assert_eq!(of_kind(&article, Credit), ["Sumber : ANTARA"]);
        assert_eq!(of_kind(&article, Promotion), ["Berita selengkapnya dapat Anda akses melalui aruna9news.com"]);
        assert_eq!(of_kind(&article, Paragraph).len(), 11);
    }

    /// Checks how sure date, source, place, byline and the first credit of a text are.
    #[track_caller]
    fn check_confidence(text: &str, expected: [Option<Confidence>; 5]) {
        let Metadata { date, source, place, byline, credits, .. } = cleaned(text).metadata;
        let of_text = |found: Option<Found<String>>| found.map(|found| found.confidence);
        let credit = credits.first().map(|found| found.confidence);
        let found = [date.map(|found| found.confidence), of_text(source), of_text(place), of_text(byline), credit];
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn what_is_stated_is_surer_than_what_is_given_away() {
        let (certain, likely) = (Some(Confidence::Certain), Some(Confidence::Likely));
        check_confidence("Senin, 5 Januari 2026\nJAKARTA - Harga naik.", [certain, None, certain, None, None]);
        check_confidence("05/01/26\nMISANOBARU - Harga naik.", [likely, None, likely, None, None]);
        check_confidence("Senin (05/01/26)\nHarga naik.", [certain, None, None, None, None]);
        check_confidence("Harga naik, kata dia, Minggu (30/11/2025).", [likely, None, None, None, None]);
        check_confidence("JAKARTA, KOMPAS.com - Harga naik.", [None, certain, certain, None, None]);
        check_confidence("JAKARTA (Pos Desa) - Harga naik.", [None, likely, certain, None, likely]);
        check_confidence("Harga naik.\nSumber: Reuters\nPenulis: Budi", [None, certain, None, certain, certain]);
        check_confidence("Harga naik, dilansir Majalah Kebun.", [None, None, None, None, likely]);
        check_confidence("Harga naik.\nIkuti berita Kompas.com di Google News", [None, likely, None, None, None]);
    }

    #[test]
    fn a_text_that_counts_back_has_a_date_only_where_the_time_of_fetching_is_known() {
        let date = |text: &str, extra: &[(&str, &str)]| {
            let extra = extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let declared = Declared { extra, ..Declared::default() };
            let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text: text.to_owned(), declared };
            clean(raw)
                .metadata
                .date
                .map(|found| (found.value.to_string(), found.range.map(|range| text[range].to_owned())))
        };
        let text = "Harga Beras Naik\n2 jam lalu\nHarga beras naik lagi, kata pedagang.";
        let fetched = [("crawled_at", "2026-03-01T01:30+07:00")];
        assert_eq!(date(text, &fetched), Some(("2026-02-28T23:30+07:00".to_owned(), Some("2 jam lalu".to_owned()))));
        assert_eq!(date(text, &[]), None);
        assert_eq!(date("Harga Beras Naik\nHarga naik 2 jam lalu, kata pedagang.", &fetched), None);
    }

    #[test]
    fn the_day_of_an_address_comes_before_a_day_of_reporting_and_behind_a_stated_one() {
        let date = |text: &str| {
            let declared = Declared { url: Some("https://contoh.id/2026/01/08/a".to_owned()), ..Declared::default() };
            let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text: text.to_owned(), declared };
            let article = clean(raw);
            assert_eq!(clean(RawArticle::from(article.clone())), article);
            article.metadata.date.map(|found| (found.value.to_string(), found.range.is_some()))
        };
        assert_eq!(date("Harga naik, kata dia, Minggu (4/1/2026)."), Some(("2026-01-08".to_owned(), false)));
        assert_eq!(date("Rabu, 7 Januari 2026\nHarga naik."), Some(("2026-01-07".to_owned(), true)));
    }

    #[test]
    fn glued_paragraphs_are_passages_of_their_own() {
        let article = cleaned("JAKARTA - Harga naik.,Pedagang mengeluh.Mereka rugi. Panen gagal.\n(ian)");
        let body: Vec<_> = article.body().map(|range| &article.text[range]).collect();
        assert_eq!(body, ["JAKARTA -", "Harga naik.", "Pedagang mengeluh.", "Mereka rugi. Panen gagal."]);
        assert_eq!(of_kind(&article, Markup), [","]);
    }

    #[test]
    fn blank_texts_have_an_empty_title() {
        for text in ["", " \n\t"] {
            let article = cleaned(text);
            assert_eq!(article.metadata.title, Title { range: 0..0, origin: TitleOrigin::Derived });
            assert!(article.passages.is_empty());
        }
    }

    #[test]
    fn a_text_without_a_body_still_has_a_title() {
        assert_eq!(cleaned("loading...").title(), "loading...");
    }

    /// Returns what stays of an article: its headline, where it has one, and its body.
    fn to_text(article: &Article) -> String {
        let mut text = String::new();
        if article.metadata.title.origin == TitleOrigin::Text {
            text.push_str(&article.text[article.metadata.title.range.clone()]);
            text.push('\n');
        }
        let mut previous: Option<&Passage> = None;
        for passage in article.passages.iter().filter(|passage| passage.kind.is_body()) {
            // Paragraphs that were glued stay so: on a line of its own each could be something else.
            let between = previous.map_or("\n", |previous| &article.text[previous.range.end..passage.range.start]);
            let are_glued = !between.contains(['\n', '\r']) && between.trim_matches([',', ' ']).is_empty();
            let follow_dateline = previous.is_some_and(|previous| previous.kind == PassageKind::Dateline);
            let stays = between.trim().is_empty() && follow_dateline || are_glued;
            text.push_str(if stays { between } else { "\n" });
            text.push_str(&article.text[passage.range.clone()]);
            previous = Some(passage);
        }
        text
    }

    /// Checks what must hold of any cleaned text.
    fn check_laws(text: &str) -> Result<(), TestCaseError> {
        let article = cleaned(text);
        let mut end = 0;
        for passage in &article.passages {
            prop_assert!(text[end..passage.range.start].trim().is_empty());
            prop_assert!(!passage.range.is_empty());
            prop_assert_eq!(crate::article::trimmed(text, passage.range.clone()), passage.range.clone());
            end = passage.range.end;
        }
        prop_assert!(text[end..].trim().is_empty());
        prop_assert_eq!(article.title().is_empty(), text.trim().is_empty());
        let found = [&article.metadata.source, &article.metadata.site, &article.metadata.byline];
        for found in found.into_iter().flatten().chain(&article.metadata.credits) {
            prop_assert_eq!(found.range.clone().map(|range| &text[range]), Some(found.value.as_str()));
        }
        let once = to_text(&article);
        prop_assert_eq!(to_text(&cleaned(&once)), once);
        Ok(())
    }

    /// Lines as dumps of news pages have them.
    fn line() -> impl Strategy<Value = String> {
        let fixed = prop::sample::select(vec![
            "",
            "Presiden Tiba di Bali",
            "PRESIDEN TIBA DI BALI",
            "# Presiden Tiba di Bali",
            "News",
            "Bali",
            "Home > News > Bali",
            "Home - News",
            "JAKARTA - Polisi menangkap dia.",
            "JAKARTA -",
            "**KOMPAS.com** - Polisi pergi. (ian)",
            "TEMPO.CO, Jakarta - Polisi",
            "Liputan6.com, Jakarta Polisi pulang.",
            "Senin, 5 Januari 2026",
            "5 Mei 2020",
            "date 2026-03-02",
            " date 2026-03-02 CGTN telah merilis.",
            "Kompas.com - 12/03/2020, 10:00 WIB",
            "loading...",
            "A",
            "(ian)",
            "(KPK)",
            "(abc) (def)",
            "Ia pergi. (ian)",
            "Ia pergi. (abc) (def)",
            "Ia pergi! (KPK) (ian)",
            "Baca juga: Harga Naik",
            "Baca juga: Harga naik. (ian)",
            "- Harga naik.",
            ", - Harga naik",
            "Foto: Antara",
            "Ilustrasi-Harga. Foto: Antara",
            "Sumber : ANTARA",
            "| cover | topik.id |",
            "![]() |",
            "---",
            "\u{feff}",
            "\u{feff}Judul Berita",
            "katanya.\\",
            "**Harga Beras**",
            "** **",
            "** a **",
            "katanya, Minggu (30/11/2025).",
            "Sumber",
            "1. Satu",
            "**",
            "date 2026-03-02 date 2026-03-03",
            "date 2026-03-02 loading...",
            "TEMPO.CO",
            "\u{0}",
            "(Baca juga: Harga)",
        ]);
        let long = "[A-Z][a-z]{2,8}( [a-z]{2,8}){12,20}\\.".prop_map(String::from);
        let marks = r"[-#*>, |()\[\].a-cA-C0-9\\]{0,12}".prop_map(String::from);
        prop_oneof![6 => fixed.prop_map(str::to_owned), 2 => long, 2 => marks]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn laws_hold_for_soups_of_lines(lines in prop::collection::vec(line(), 0..16), end in prop::sample::select(vec!["\n", "\r\n", "\n\n"])) {
            check_laws(&lines.join(end))?;
        }

        #[test]
        fn laws_hold_for_joined_lines(lines in prop::collection::vec(line(), 0..8), end in prop::sample::select(vec![" ", "", "\n - "])) {
            check_laws(&lines.join(end))?;
        }

        #[test]
        fn laws_hold_for_any_text(text in any::<String>()) {
            check_laws(&text)?;
        }
    }
}
