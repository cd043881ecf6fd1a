//! Where an article comes from: its outlet, the site it stood on, the outlets and wires it credits,
//! and who wrote it.
//!
//! Every name is read from the text at a place that says what it is; none is guessed from the
//! article's subject.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::credit::{Credit, Role, credit_of};
use super::credited::credited_names;
use super::date_line::date_line;
use super::dateline::Dateline;
use super::initials::{wire_name, wires};
use super::names::{are_same, domain_len, domains, is_outlet, letters};
use super::published::Reported;
use super::site_suffix::names_outlet;
use crate::article::{Confidence, Found, Passage, PassageKind, trimmed};

/// What a text says about where it comes from.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The outlet or wire.
    pub(super) source: Option<Found<String>>,
    /// The site, where it is not the source.
    pub(super) site: Option<Found<String>>,
    /// The outlets and wires that are credited.
    pub(super) credits: Vec<Found<String>>,
    /// Who wrote it.
    pub(super) byline: Option<Found<String>>,
}

/// Reads the sources of a text that is divided into `passages`.
pub(super) fn sources(text: &str, passages: &[Passage], dateline: Option<&Dateline>, dates: &[Reported]) -> Sources {
    let certain = |range| found(text, range, Confidence::Certain);
    let likely = |range| found(text, range, Confidence::Likely);
    let by_name = |range| found_name(text, range);
    let lines = credit_lines(text, passages);
    let outlet = dateline.and_then(|dateline| dateline.outlet.clone());
    let wire = outlet.clone().filter(|_| dateline.is_some_and(|dateline| dateline.is_wire));
    let head_site = head_site(text, passages);
    let site = site(text, passages).or_else(|| head_site.clone());
    let source = outlet
        .map(by_name)
        .or_else(|| head_site.map(certain))
        .or_else(|| dates.iter().find_map(|date| site_after(text, date, &SPOKEN_TO)).map(likely))
        .or_else(|| lines.sources.first().cloned().map(certain))
        .or_else(|| site.clone().map(likely))
        .or_else(|| dates.iter().find_map(|date| site_after(text, date, &SELF_REFERENCE)).map(likely));
    let is_source = |range: &Range<usize>| source.as_ref().is_some_and(|s| are_same(&s.value, &text[range.clone()]));
    let stated = wire.into_iter().map(by_name).chain(lines.sources.into_iter().map(certain));
    let closing = passages.iter().filter(|passage| passage.kind == PassageKind::Initials);
    let stated = stated.chain(closing.flat_map(|passage| closing_wires(text, &passage.range)));
    let credits = stated.chain(credited_names(text, passages).into_iter().map(by_name));
    Sources {
        site: site.filter(|range| !is_source(range)).map(likely),
        credits: each_once(credits.collect()),
        byline: lines.author.map(certain),
        source,
    }
}

fn found(text: &str, range: Range<usize>, confidence: Confidence) -> Found<String> {
    Found { value: text[range.clone()].to_owned(), range: Some(range), confidence }
}

/// Returns the wires that the brackets at `range` name.
fn closing_wires(text: &str, range: &Range<usize>) -> Vec<Found<String>> {
    let named = |name: Range<usize>| {
        let name = range.start + name.start..range.start + name.end;
        Found { value: wire_name(&text[name.clone()]).to_owned(), ..found(text, name, Confidence::Certain) }
    };
    wires(&text[range.clone()]).into_iter().map(named).collect()
}

/// Returns the name at `range`, which is certain where it is a domain name or one of the list.
fn found_name(text: &str, range: Range<usize>) -> Found<String> {
    let confidence = if is_outlet(&text[range.clone()]) { Confidence::Certain } else { Confidence::Likely };
    found(text, range, confidence)
}

/// Returns `names` in the order of the text, each name once.
fn each_once(mut names: Vec<Found<String>>) -> Vec<Found<String>> {
    let mut seen = FxHashSet::default();
    names.sort_by_key(|name| name.range.as_ref().map(|range| range.start));
    names.retain(|name| seen.insert(letters(&name.value).collect::<String>()));
    names
}

/// What the credit lines of a text name.
#[derive(Default)]
struct CreditLines {
    sources: Vec<Range<usize>>,
    author: Option<Range<usize>>,
}

fn credit_lines(text: &str, passages: &[Passage]) -> CreditLines {
    let mut lines = CreditLines::default();
    for passage in passages {
        match passage.kind {
            PassageKind::Credit => lines.add(text, &passage.range),
            PassageKind::Markup => lines.author = lines.author.or_else(|| author_row(text, passage)),
            _ => {}
        }
    }
    lines
}

impl CreditLines {
    /// Adds what the credit line at `range` names.
    fn add(&mut self, text: &str, range: &Range<usize>) {
        let Some(Credit { role, name }) = credit_of(&text[range.clone()]) else { return };
        let name = range.start + name.start..range.start + name.end;
        match role {
            Role::Source => self.sources.extend(names(text, name)),
            Role::Author => self.author = self.author.take().or(Some(name)),
            Role::Other => {}
        }
    }
}

/// Returns the author that a row of a table names: `| author | Devi Pattricia |`.
fn author_row(text: &str, passage: &Passage) -> Option<Range<usize>> {
    let row = &text[passage.range.clone()];
    let (key, value) = row.strip_prefix('|')?.split_once('|')?;
    let key = key.trim_matches(|c: char| !c.is_alphabetic());
    let start = passage.range.end - value.len();
    let name = trimmed(text, start..start + value.find('|').unwrap_or(value.len()));
    let is_author = ["author", "penulis", "reporter"].iter().any(|name| name.eq_ignore_ascii_case(key));
    (is_author && !name.is_empty()).then_some(name)
}

/// Returns the names in the value of a source line: `Reuters, AFP dan ANTARA`.
fn names(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    if text[range.clone()].contains("://") {
        return domains(text, range).into_iter().take(1).collect();
    }
    let mut names = Vec::new();
    let mut start = range.start;
    for part in text[range.clone()].split([',', '/', '|', '&', ';']) {
        let name = trimmed(text, start..start + part.len());
        let is_name = text[name.clone()].starts_with(char::is_uppercase) || domain_len(&text[name.clone()]) > 0;
        let is_short = text[name.clone()].split_whitespace().count() <= 5;
        if is_name && is_short {
            names.push(name);
        }
        start += part.len() + 1;
    }
    names
}

/// Returns the site that a date line or a line of its own in the head names.
fn head_site(text: &str, passages: &[Passage]) -> Option<Range<usize>> {
    let mut head = passages.iter().take_while(|passage| passage.kind != PassageKind::Paragraph);
    head.find_map(|passage| match passage.kind {
        PassageKind::DateLine => date_line(text, &passage.range)?.site,
        PassageKind::Credit => Some(passage.range.clone()).filter(|range| names_outlet(&text[range.clone()])),
        _ => None,
    })
}

/// Domain names in promotion lines that are not the site's own.
const OTHER_SITES: [&str; 8] = ["google", "whatsapp", "wa.me", "facebook", "youtube", "twitter", "instagram", "t.me"];

/// Returns the site that promotion and copyright lines name: the last of them knows best.
fn site(text: &str, passages: &[Passage]) -> Option<Range<usize>> {
    let mut lines = passages.iter().rev().filter(|passage| passage.kind == PassageKind::Promotion);
    lines.find_map(|passage| site_in(text, &passage.range))
}

fn site_in(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let is_own = |domain: &Range<usize>| {
        let name = text[domain.clone()].to_lowercase();
        !OTHER_SITES.iter().any(|other| name.contains(other))
    };
    domains(text, range.clone()).into_iter().find(is_own).or_else(|| copyright_holder(text, range))
}

/// Returns the listed outlet that a copyright line names: `Copyright © ANTARA 2020`.
fn copyright_holder(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let line = &text[range.clone()];
    let after = &line[line.find('©')? + '©'.len_utf8()..];
    let name = after.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '-');
    let name =
        name.split([',', '.', '|', '-']).next()?.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let start = line.len() - after.len() + after.find(name)?;
    is_outlet(name).then_some(range.start + start..range.start + start + name.len())
}

/// Words before the name of the outlet that people spoke to.
const SPOKEN_TO: [&str; 6] = ["kepada", "ditemui", "dihubungi", "diwawancarai", "dikonfirmasi", "diterima"];
/// Words before the name by which an outlet refers to itself; `dari` between would name another.
const SELF_REFERENCE: [&str; 3] = ["dilansir", "diberitakan", "dirangkum"];

/// Returns the site that follows one of `words` on a day of reporting: `kepada Kompas.com, Senin (…)`.
fn site_after(text: &str, date: &Reported, words: &[&str]) -> Option<Range<usize>> {
    let name = named_before(text, date)?;
    let before = text[..name.start].trim_end_matches([' ', '*', '_']);
    let len = before.bytes().rev().take(16).take_while(u8::is_ascii_alphabetic).count();
    words.contains(&&before[before.len() - len..]).then_some(name)
}

/// Returns the site named right before the comma of a day of reporting: `dilansir topik.id, …`.
fn named_before(text: &str, date: &Reported) -> Option<Range<usize>> {
    let before = text[..date.comma].trim_end_matches([' ', '*', '_', '\u{a0}']);
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let len = before.bytes().rev().take(40).take_while(is_inside).count();
    let start = before.len() - len;
    (len > 0 && domain_len(&before[start..]) == len).then_some(start..before.len())
}

#[cfg(test)]
mod tests {
    use crate::article::{ArticleId, Declared, Found, RawArticle};
    use crate::clean::clean;

    /// Checks the source, the site and the byline of a text.
    #[track_caller]
    fn check(text: &str, source: &str, site: &str, byline: &str) {
        let raw = RawArticle {
            id: ArticleId::new("a"),
            path: String::new(),
            text: text.to_owned(),
            declared: Declared::default(),
        };
        let metadata = clean(raw).metadata;
        let value = |found: Option<Found<String>>| found.map_or_else(String::new, |found| found.value);
        assert_eq!(
            (value(metadata.source), value(metadata.site), value(metadata.byline)),
            (source.into(), site.into(), byline.into())
        );
    }

    #[test]
    fn outlets_where_a_text_names_its_own() {
        check("Polisi pergi.\nSumber: Reuters", "Reuters", "", "");
        check("Polisi pergi.\nSumber: https://www.contoh.id/berita", "www.contoh.id", "", "");
        check("Kompas.com - 12/03/2020, 10:00 WIB\nPolisi pergi.", "Kompas.com", "", "");
        check("Polisi pergi.\nCopyright © ANTARA 2020", "ANTARA", "", "");
        check("Polisi pergi.\n© 2020 detik.com. All rights reserved.", "detik.com", "", "");
        check("\"Ya,\" kata dia kepada Kompas.com, Minggu (30/11/2025).", "Kompas.com", "", "");
        check("\"Ya,\" kata dia, dilansir topik.id, Minggu (30/11/2025).", "topik.id", "", "");
    }

    #[test]
    fn the_site_is_told_from_the_source() {
        check(
            "JAKARTA (ANTARA) - Polisi pergi.\nArtikel ini telah tayang di Bisnis.com dengan judul X",
            "ANTARA",
            "Bisnis.com",
            "",
        );
        check("Polisi Pergi Lagi - Tribunnews.com\nJAKARTA (ANTARA) - Polisi pergi.", "ANTARA", "Tribunnews.com", "");
        check("KOMPAS.com - Polisi pergi.\nIkuti berita Kompas.com di Google News", "KOMPAS.com", "", "");
        check("Polisi pergi.\nIkuti kami di facebook.com", "", "", "");
    }

    #[test]
    fn other_outlets_are_no_source() {
        check("\"Ya,\" kata dia, dikutip dari mirror.co.uk, Minggu (30/11/2025).", "", "", "");
        check("Ia bekerja di Kompas.com, lalu pergi.", "", "", "");
    }

    #[test]
    fn wires_that_close_a_text_are_credits() {
        for (text, expected) in [
            ("Polisi pergi. (ANTARA)", vec!["ANTARA"]),
            ("Polisi pergi.\n\n(Ant)", vec!["ANTARA"]),
            ("Polisi pergi, dilansir dari AFP.\n(ANTARA/Reuters)\nEditor: Ani", vec!["AFP", "ANTARA", "Reuters"]),
            ("Polisi pergi. (ian)", vec![]),
            ("Polisi (ANTARA) pergi.", vec![]),
        ] {
            let raw = RawArticle {
                id: ArticleId::new("a"),
                path: String::new(),
                text: text.to_owned(),
                declared: Declared::default(),
            };
            let credits: Vec<String> = clean(raw).metadata.credits.into_iter().map(|found| found.value).collect();
            assert_eq!(credits, expected, "{text}");
        }
    }

    #[test]
    fn authors() {
        check("Polisi pergi.\nPenulis: Budi Santoso\nEditor: Ani", "", "", "Budi Santoso");
        check("| author | Devi Pattricia |\nPolisi pergi.", "", "", "Devi Pattricia");
    }
}
