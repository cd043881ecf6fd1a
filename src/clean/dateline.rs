//! Datelines: the place, outlet and date that open a first paragraph.
//!
//! `JAKARTA - …`, `HALLONEWS.COM-…`, `TEMPO.CO, Jakarta - …`, `Jakarta (ANTARA News) - …`,
//! `BEIJING, March 02, 2026 (GLOBE NEWSWIRE) -- …`, `Liputan6.com, Jakarta …`. Words before a dash
//! are no dateline unless one of them is known as a place or an outlet, or a date is among them, or
//! all are capitals.

use std::ops::Range;

use super::cursor::Cursor;
use super::date::{DateMatch, date_at};
use super::names::{domain_len, is_outlet, is_place};
use crate::article::trimmed;

/// The most bytes from the start of the line to the dash.
const LONGEST: usize = 120;
/// The most parts of a dateline.
const MOST_PARTS: usize = 5;
/// The most words of a part.
const MOST_WORDS: usize = 4;
/// The fewest letters of capitals that may be a place the list does not hold; shorter ones are
/// acronyms.
const SHORTEST_CAPITALS: usize = 5;

/// Capitals before a dash that are a rubric and no place.
const RUBRICS: [&str; 18] = [
    "ADVERTORIAL",
    "BERITA FOTO",
    "BREAKING NEWS",
    "BREAKINGNEWS",
    "CEK FAKTA",
    "EDITORIAL",
    "EKSKLUSIF",
    "FAKTA",
    "HOAKS",
    "INFOGRAFIS",
    "INFOGRAFIK",
    "KOLOM",
    "OPINI",
    "PODCAST",
    "POPULER",
    "UPDATE",
    "VIDEO",
    "VIRAL",
];

/// A dateline, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dateline {
    /// Where it ends, its dash included.
    pub(super) end: usize,
    /// The bytes that name the outlet.
    pub(super) outlet: Option<Range<usize>>,
    /// Whether the outlet stands in brackets, as wires do.
    pub(super) is_wire: bool,
    /// The bytes that name the place.
    pub(super) place: Option<Range<usize>>,
    /// The date and its bytes.
    pub(super) date: Option<(DateMatch, Range<usize>)>,
}

/// Reads the dateline that opens the line at `range` of `text`.
pub(super) fn dateline(text: &str, range: &Range<usize>) -> Option<Dateline> {
    let limit = text.floor_char_boundary(range.end.min(range.start + LONGEST));
    let text = &text[..limit];
    let mut parts = Vec::new();
    let mut at = range.start;
    while parts.len() < MOST_PARTS {
        let Some(part) = read_part(text, at) else { return without_dash(text, &parts, at) };
        at = part.range.end;
        let follows_domain = part.kind == PartKind::Outlet;
        parts.push(part);
        if let Some(end) = dash_end(text, at, follows_domain) {
            return judge(text, &parts, end);
        }
        at = match separator_end(text, at) {
            Some(end) => end,
            None => return without_dash(text, &parts[..1], parts.get(1)?.name.start),
        };
    }
    None
}

/// What a part of a dateline is by its form.
#[derive(Clone, Copy, Debug, PartialEq)]
enum PartKind {
    Outlet,
    Date(DateMatch),
    Name,
}

/// A part of a dateline between commas and brackets.
#[derive(Debug)]
struct Part {
    kind: PartKind,
    /// Its bytes without brackets.
    name: Range<usize>,
    /// All of its bytes.
    range: Range<usize>,
    in_brackets: bool,
}

/// Reads the part that begins at byte `at`.
fn read_part(text: &str, at: usize) -> Option<Part> {
    let mut cursor = Cursor::new(text, at);
    cursor.skip(is_filler);
    let start = cursor.at();
    let in_brackets = cursor.eat(&['(']).is_some();
    let inner = cursor.at();
    if let Some(found) = date_at(text, inner) {
        let close = usize::from(in_brackets && text[found.end..].starts_with(')'));
        let part =
            Part { kind: PartKind::Date(found), name: inner..found.end, range: start..found.end + close, in_brackets };
        return Some(part);
    }
    let len = if in_brackets { text[inner..].find(')')? } else { name_len(&text[inner..]) };
    let name = trimmed(text, inner..inner + len);
    let name = name.start..name.start + text[name].trim_end_matches(is_filler).len();
    let kind = if is_outlet(&text[name.clone()]) { PartKind::Outlet } else { PartKind::Name };
    let is_short = text[name.clone()].split_whitespace().count() <= MOST_WORDS;
    let range = start..inner + len + usize::from(in_brackets);
    (is_short && !name.is_empty()).then_some(Part { kind, name, range, in_brackets })
}

/// White space and emphasis.
fn is_filler(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '*' | '_' | '/')
}

/// Returns the length of the name that `text` begins with: a domain name, or what stands before a
/// comma, a bracket, a slash or a dash.
fn name_len(text: &str) -> usize {
    let domain = domain_len(text);
    if domain > 0 {
        return domain;
    }
    let bytes = text.as_bytes();
    let is_end = |i: usize| match bytes[i] {
        b',' | b'(' | b'/' | b'.' | b':' | b';' | b'"' => true,
        b'-' => i > 0 && bytes[i - 1].is_ascii_whitespace() || matches!(bytes.get(i + 1), None | Some(b'-' | b' ')),
        0xE2 => text[i..].starts_with(['–', '—', '“', '”']),
        _ => false,
    };
    (0..bytes.len()).find(|&i| is_end(i)).unwrap_or(bytes.len())
}

/// Returns where the dash at byte `at` ends; one glued between words counts only after a domain.
fn dash_end(text: &str, at: usize, follows_domain: bool) -> Option<usize> {
    let mut cursor = Cursor::new(text, at);
    let space_before = cursor.skip(is_filler) > 0;
    let start = cursor.at();
    let mut end = start;
    while cursor.eat(&['-', '–', '—']).is_some() {
        end = cursor.at();
        cursor.skip(is_filler);
    }
    let space_after = cursor.at() > end || cursor.is_done();
    let is_set_off = space_before || space_after || follows_domain || end > start + 1;
    let closes_emphasis = text[end..].starts_with("**") && text[..at].contains("**");
    (end > start && is_set_off).then_some(end + if closes_emphasis { 2 } else { 0 })
}

/// Returns where the comma or the white space before a bracket at byte `at` ends.
fn separator_end(text: &str, at: usize) -> Option<usize> {
    let mut cursor = Cursor::new(text, at);
    cursor.skip(is_filler);
    let has_comma = cursor.eat(&[',']).is_some();
    let before_bracket = cursor.peek() == Some('(');
    (has_comma || before_bracket).then_some(cursor.at())
}

/// Decides whether `parts` before a dash that ends at `end` are a dateline.
fn judge(text: &str, parts: &[Part], end: usize) -> Option<Dateline> {
    let name_of = |part: &Part| &text[part.name.clone()];
    let date = parts.iter().find_map(|part| match part.kind {
        PartKind::Date(found) => Some((found, part.name.clone())),
        PartKind::Outlet | PartKind::Name => None,
    });
    let first = parts.first().filter(|part| part.kind == PartKind::Name && !part.in_brackets);
    let known_place = parts.iter().find(|part| part.kind == PartKind::Name && is_place(name_of(part)));
    let is_certain = known_place.is_some() || first.is_some_and(|part| is_capitals(name_of(part)));
    let listed_outlet = parts.iter().find(|part| part.kind == PartKind::Outlet);
    let in_brackets = |part: &&Part| part.in_brackets && part.kind == PartKind::Name && !is_place(name_of(part));
    let wire = parts.iter().find(|part| is_certain && in_brackets(part));
    let outlet = listed_outlet.or(wire);
    if outlet.is_none() && !is_certain && !(date.is_some() && first.is_some()) {
        return None;
    }
    let is_name = |part: &&Part| part.kind == PartKind::Name && !part.in_brackets;
    let place = known_place.or_else(|| parts.iter().find(is_name));
    parts.iter().filter(is_name).all(|part| is_capitalised(name_of(part))).then(|| Dateline {
        end,
        outlet: outlet.map(|part| part.name.clone()),
        is_wire: outlet.is_some_and(|part| part.in_brackets),
        place: place.map(|part| part.name.clone()),
        date,
    })
}

/// Decides on a dateline without a dash, which only a domain name can open: the place ends where
/// the list says (`Liputan6.com, Jakarta Aksi …`).
fn without_dash(text: &str, parts: &[Part], rest_start: usize) -> Option<Dateline> {
    let [outlet] = parts else { return None };
    let opens = outlet.kind == PartKind::Outlet && domain_len(&text[outlet.name.clone()]) > 0;
    let after = Some(text[rest_start..].trim_start_matches(is_filler)).filter(|_| opens)?;
    let start = text.len() - after.len();
    let ends = after.match_indices(' ').map(|(end, _)| end).take(3).collect::<Vec<_>>();
    let place_len = ends.into_iter().rev().find(|&end| is_place(&after[..end]) && is_capitalised(&after[..end]))?;
    let end = start + place_len;
    let place = Some(start..end);
    Some(Dateline { end, outlet: Some(outlet.name.clone()), is_wire: false, place, date: None })
}

/// Whether each word of `name` begins with a capital.
fn is_capitalised(name: &str) -> bool {
    name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// Whether `name` is capitals only, long enough for a place, and no rubric.
fn is_capitals(name: &str) -> bool {
    let is_letter = |c: char| c.is_uppercase() || c == ' ';
    name.len() >= SHORTEST_CAPITALS && name.chars().all(is_letter) && !RUBRICS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the outlet, the place, the date and what follows the dateline of `line`.
    #[track_caller]
    fn check(line: &str, outlet: &str, place: &str, date: &str, rest: &str) {
        let found = dateline(line, &(0..line.len())).unwrap_or_else(|| panic!("{line:?} has a dateline"));
        let part = |range: Option<Range<usize>>| range.map_or("", |range| &line[range]);
        let found_date = found.date.map_or_else(String::new, |(found, _)| found.date.to_string());
        assert_eq!((part(found.outlet), part(found.place), found_date.as_str()), (outlet, place, date), "{line:?}");
        assert_eq!(line[found.end..].trim_start(), rest);
    }

    #[track_caller]
    fn check_none(line: &str) {
        assert_eq!(dateline(line, &(0..line.len())), None, "{line:?}");
    }

    #[test]
    fn places() {
        check("JAKARTA - Polisi", "", "JAKARTA", "", "Polisi");
        check("Jakarta – Polisi", "", "Jakarta", "", "Polisi");
        check("TERMAS DE RIO HONDO - Rossi", "", "TERMAS DE RIO HONDO", "", "Rossi");
        check("Jakarta, 5 Mei 2020 – Polisi", "", "Jakarta", "2020-05-05", "Polisi");
        check("Misano, 5 Mei 2020 – Rossi", "", "Misano", "2020-05-05", "Rossi");
        check("JAKARTA -", "", "JAKARTA", "", "");
    }

    #[test]
    fn outlets() {
        check("HALLONEWS.COM-China menargetkan", "HALLONEWS.COM", "", "", "China menargetkan");
        check("Merdeka.com - Polisi", "Merdeka.com", "", "", "Polisi");
        check("JAKARTA, KOMPAS.com - Polisi", "KOMPAS.com", "JAKARTA", "", "Polisi");
        check("TEMPO.CO, Jakarta - Polisi", "TEMPO.CO", "Jakarta", "", "Polisi");
        check("TEMPO.CO, Tangerang Selatan\u{a0}- Polisi", "TEMPO.CO", "Tangerang Selatan", "", "Polisi");
        check("Jakarta, CNN Indonesia - - Polisi", "CNN Indonesia", "Jakarta", "", "Polisi");
        check("Jakarta (ANTARA News) - Polisi", "ANTARA News", "Jakarta", "", "Polisi");
        check("JAKARTA (Pos Kota) – Polisi", "Pos Kota", "JAKARTA", "", "Polisi");
        check("Liputan6.com, Jakarta Aksi", "Liputan6.com", "Jakarta", "", "Aksi");
        let rest = "Aksi warga Kabupaten Sleman memperbaiki jembatan itu, kata dia.";
        check(&format!("Liputan6.com, Jakarta {rest}"), "Liputan6.com", "Jakarta", "", rest);
        check("**SERANG, KOMPAS.com** - Polisi", "KOMPAS.com", "SERANG", "", "Polisi");
        check("**KOMPAS.com --** Polisi", "KOMPAS.com", "", "", "Polisi");
        check("BEIJING, March 02, 2026 (GLOBE NEWSWIRE) -- Pada", "GLOBE NEWSWIRE", "BEIJING", "2026-03-02", "Pada");
    }

    #[test]
    fn other_openings() {
        check_none("Mobil listrik - yang baru - laku.");
        check_none("Jing-Jin-Ji merupakan klaster");
        check_none("KPK - lembaga itu");
        check_none("VIDEO - Detik-detik");
        check_none("Bank Indonesia (BI) - lembaga itu");
        check_none("Kompas.com, situs berita yang dibaca banyak orang di Jakarta, tumbuh.");
        check_none("Ahmad, Budi dan Citra pergi");
        check_none("");
        check_none("-");
    }
}
