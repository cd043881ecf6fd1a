//! Lines that name who wrote an article or where it comes from: `Sumber: ANTARA`, `Penulis: Budi`.

use std::ops::Range;

use super::boilerplate::{is_headline, is_site_name};

/// What a credit line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The outlet or wire the article comes from.
    Source,
    /// Who wrote it.
    Author,
    /// Who edited it, took the pictures, or the like.
    Other,
}

/// A credit line, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credit {
    /// What is named.
    pub(super) role: Role,
    /// The bytes of the line that name it.
    pub(super) name: Range<usize>,
}

/// The words before the colon.
const KEYS: [(&str, Role); 23] = [
    ("author", Role::Author),
    ("editor", Role::Other),
    ("fotografer", Role::Other),
    ("jurnalis", Role::Author),
    ("kontributor", Role::Author),
    ("kredit", Role::Other),
    ("laporan", Role::Author),
    ("oleh", Role::Author),
    ("penerjemah", Role::Other),
    ("penulis", Role::Author),
    ("penyunting", Role::Other),
    ("pewarta", Role::Author),
    ("pewarta foto", Role::Other),
    ("publisher", Role::Other),
    ("redaktur", Role::Other),
    ("reporter", Role::Author),
    ("source", Role::Source),
    ("sumber", Role::Source),
    ("sumber artikel", Role::Source),
    ("sumber berita", Role::Source),
    ("uploader", Role::Other),
    ("wartawan", Role::Author),
    ("writer", Role::Author),
];

/// The longest credit line.
const LONGEST: usize = 120;

/// Returns whether `line` is a credit: a key and a name, or the name of a site alone.
pub(super) fn is_credit(line: &str) -> bool {
    credit_of(line).is_some() || is_site_name(line)
}

/// Returns what the credit line `line` names.
pub(super) fn credit_of(line: &str) -> Option<Credit> {
    if line.len() > LONGEST {
        return None;
    }
    with_key(line).or_else(|| with_report(line)).filter(|_| is_headline(line))
}

/// `Penulis : Budi | Editor : Ani`.
fn with_key(line: &str) -> Option<Credit> {
    let (key, rest) = line.split_once(':')?;
    let key = key.trim_matches([' ', '(', '[', '*']);
    let role = KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|&(_, role)| role)?;
    let name = first_name(rest);
    let start = line.len() - rest.len() + name.start;
    Some(Credit { role, name: start..start + name.len() }).filter(|credit| !credit.name.is_empty())
}

/// `Laporan Wartawan Tribunnews.com, Budi Santoso`.
fn with_report(line: &str) -> Option<Credit> {
    const OPENINGS: [&str; 3] = ["laporan wartawan ", "laporan reporter ", "laporan jurnalis "];
    let is_report = OPENINGS.iter().any(|o| line.get(..o.len()).is_some_and(|start| start.eq_ignore_ascii_case(o)));
    let comma = line.rfind(',').filter(|_| is_report)?;
    let name = first_name(&line[comma + 1..]);
    let start = comma + 1 + name.start;
    Some(Credit { role: Role::Author, name: start..start + name.len() }).filter(|credit| !credit.name.is_empty())
}

/// Returns the bytes of the name that `rest` begins with, up to the next key or bar.
fn first_name(rest: &str) -> Range<usize> {
    let bar = rest.find(['|', '•', '·']).unwrap_or(rest.len());
    let next_key = rest[..bar].find(':').map(|colon| rest[..colon].trim_end().rfind(' ').unwrap_or(0));
    let is_address = rest[..bar].contains("://");
    let part = &rest[..if is_address { bar } else { next_key.unwrap_or(bar) }];
    let start = part.len() - part.trim_start_matches(|c: char| c.is_whitespace() || c == '*').len();
    let name =
        part[start..].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '*' | ',' | '-' | '/'));
    start..start + name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, role: Role, name: &str) {
        let credit = credit_of(line).unwrap_or_else(|| panic!("{line:?} is a credit"));
        assert_eq!((credit.role, &line[credit.name]), (role, name));
    }

    #[test]
    fn keys_and_names() {
        check("Sumber : ANTARA", Role::Source, "ANTARA");
        check("(Sumber: Reuters)", Role::Source, "Reuters");
        check("Penulis: Budi Santoso", Role::Author, "Budi Santoso");
        check("Penulis : Budi | Editor : Ani", Role::Author, "Budi");
        check("Pewarta: Budi Editor: Ani", Role::Author, "Budi");
        check("Editor: Ani", Role::Other, "Ani");
        check("Laporan Wartawan Tribunnews.com, Budi Santoso", Role::Author, "Budi Santoso");
        check("Sumber: https://contoh.id/x", Role::Source, "https://contoh.id/x");
    }

    #[test]
    fn text_is_no_credit() {
        for line in
            ["Sumber daya alam", "Penulis: orang yang menulis. Ia hidup dari kata.", "Sumber:", "Oleh karena itu"]
        {
            assert_eq!(credit_of(line), None, "{line:?}");
        }
        assert!(is_credit("TEMPO.CO"));
    }
}
