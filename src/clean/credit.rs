//! Lines that name who wrote an article or where it comes from: `Sumber: ANTARA`, `Penulis: Budi`.

use std::ops::Range;

use super::boilerplate::{is_headline, is_site_name};
use super::names::is_outlet;

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
    let credit = with_key(line).or_else(|| with_report(line)).filter(|_| is_headline(line))?;
    is_name(&line[credit.name.clone()], credit.role).then_some(credit)
}

/// `Penulis : Budi | Editor : Ani`.
fn with_key(line: &str) -> Option<Credit> {
    let (key, rest) = line.split_once(':')?;
    let key = key.trim_matches([' ', '(', '[', '*']);
    let role = KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|&(_, role)| role)?;
    // A bar stands between two sources as a comma does; behind a name of somebody it ends that.
    let are_sources = role == Role::Source && !rest.contains(':');
    let name = if are_sources { trimmed_name(rest, rest.len()) } else { first_name(rest) };
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

/// Whether `text` names somebody: capitalised words, a single word, an address, or `berbagai sumber`.
///
/// What follows the comma after a person is an office, and may be in small letters.
fn is_name(text: &str, role: Role) -> bool {
    let mut parts = text.split([',', '/', '&', ';', '(', '|']).map(str::trim).filter(|part| !part.is_empty());
    match role {
        Role::Source => text.to_lowercase().ends_with("berbagai sumber") || parts.all(is_one_name),
        Role::Author | Role::Other => parts.next().is_some_and(is_one_name),
    }
}

/// Whether `part` is one word, or a few of which each may stand in a name.
fn is_one_name(part: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let is_inside = |word: &str| {
        matches!(word, "al" | "and" | "bin" | "binti" | "da" | "dan" | "de" | "der" | "of" | "van" | "von")
            || !word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase)
            || is_outlet(word)
    };
    let n_words = part.split_whitespace().count();
    n_words == 1 || n_words <= MOST_WORDS && part.split_whitespace().all(is_inside)
}

/// Returns the bytes of the name that `rest` begins with, up to the next key or bar.
fn first_name(rest: &str) -> Range<usize> {
    let bar = rest.find(['|', '•', '·']).unwrap_or(rest.len());
    let next_key = rest[..bar].find(':').map(|colon| rest[..colon].trim_end().rfind(' ').unwrap_or(0));
    let is_address = rest[..bar].contains("://");
    trimmed_name(rest, if is_address { bar } else { next_key.unwrap_or(bar) })
}

/// Returns the bytes of `rest` up to `end` without the marks around a name.
fn trimmed_name(rest: &str, end: usize) -> Range<usize> {
    let part = &rest[..end];
    let start = part.len() - part.trim_start_matches(|c: char| c.is_whitespace() || c == '*').len();
    let name = part[start..]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '*' | ',' | ';' | '-' | '/'));
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
        check("Reporter: Sari; Penerjemah: Dewi", Role::Author, "Sari");
        check("Sumber: ANTARA | Reuters", Role::Source, "ANTARA | Reuters");
        check("Sumber: ANTARA | Editor: Ani", Role::Source, "ANTARA");
        check("Penulis : Budi | Editor : Ani", Role::Author, "Budi");
        check("Pewarta: Budi Editor: Ani", Role::Author, "Budi");
        check("Editor: Ani", Role::Other, "Ani");
        check("Laporan Wartawan Tribunnews.com, Budi Santoso", Role::Author, "Budi Santoso");
        check("Sumber: https://contoh.id/x", Role::Source, "https://contoh.id/x");
        check("Sumber: Reuters, AFP dan detikcom", Role::Source, "Reuters, AFP dan detikcom");
        check("Sumber: dari berbagai sumber", Role::Source, "dari berbagai sumber");
        check("Oleh: Budi Santoso, dosen di sebuah kampus", Role::Author, "Budi Santoso, dosen di sebuah kampus");
        check("Editor: ani", Role::Other, "ani");
    }

    #[test]
    fn text_is_no_credit() {
        for line in [
            "Sumber daya alam",
            "Penulis: orang yang menulis. Ia hidup dari kata.",
            "Sumber:",
            "Oleh karena itu",
            "Laporan: Rusia menyerang Kyiv dengan rudal semalam",
            "Sumber: harga beras naik karena cuaca",
            "Laporan wartawan itu dibantah, kata polisi",
        ] {
            assert_eq!(credit_of(line), None, "{line:?}");
        }
        assert!(is_credit("TEMPO.CO"));
    }
}
