//! Outlets and wires that running text credits: `Dilansir dari Reuters, …`, `dikutip Antara`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::cursor::Cursor;
use super::date::{month_named, weekday_named};
use super::names::{domain_len, entries, is_outlet};
use crate::article::Passage;

/// Verbs that credit somebody; each holds one of the [`STEMS`].
const VERBS: [&str; 7] = ["dikutip", "dilansir", "dinukil", "lansir", "melansir", "mengutip", "menukil"];

/// What the search looks for; a verb is told by the word around it.
static STEMS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["ansir", "utip", "nukil"].map(Finder::new));

/// Words between the verb and the name.
const BETWEEN: [&str; 20] = [
    "agensi", "berita", "dari", "halaman", "harian", "kabar", "kantor", "koran", "laman", "majalah", "media", "oleh",
    "portal", "resmi", "situs", "stasiun", "surat", "televisi", "tulis", "web",
];

/// Capitalised words that open no outlet's name: offices, persons and the places people write in.
static NO_OUTLETS: LazyLock<Vec<&str>> = LazyLock::new(|| entries(include_str!("no_outlets.txt")).collect());

/// Small words that begin with a capital by mistake and end a name.
const SMALL_WORDS: [&str; 10] = ["Bahwa", "Baca", "Dalam", "Dan", "Di", "Hari", "Ia", "Pada", "Tanggal", "Yang"];

/// The most words of a name.
const MOST_WORDS: usize = 4;
/// The longest word of a name; without a bound, each verb in a chain of hyphens would read to its end.
const LONGEST_WORD: usize = 40;

/// Returns the names credited in the body, in no order.
pub(super) fn credited_names(text: &str, passages: &[Passage]) -> Vec<Range<usize>> {
    let body = passages.iter().filter(|passage| passage.kind.is_body());
    body.flat_map(|passage| credited_in(text, &passage.range)).collect()
}

fn credited_in(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    for stem in &*STEMS {
        for hit in stem.find_iter(&text.as_bytes()[range.clone()]) {
            if let Some(end) = verb_end(text, range.start, range.start + hit) {
                push_names(&text[..range.end], end, &mut names);
            }
        }
    }
    names
}

/// Returns where the verb around byte `at` ends, if there is one.
fn verb_end(text: &str, from: usize, at: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let bytes = text.as_bytes();
    let before = bytes[from..at].iter().rev().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
    let after = bytes[at..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = &text[at - before..at + after];
    VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(word)).then_some(at + after)
}

/// Reads the name after byte `at`, and the one that `dan` joins to it when both are known.
fn push_names(text: &str, at: usize, names: &mut Vec<Range<usize>>) {
    let mut cursor = Cursor::new(text, at);
    while cursor.attempt(word_between).is_some() {}
    cursor.skip(is_filler);
    let Some(name) = name_at(text, cursor.at()) else { return };
    let second = text[name.end..].strip_prefix(" dan ").map(|rest| text.len() - rest.len());
    names.extend(second.and_then(|start| name_at(text, start)).filter(|second| is_outlet(&text[second.clone()])));
    names.push(name);
}

fn word_between(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip_spaces();
    let word = cursor.word(10)?;
    BETWEEN.contains(&word).then_some(())
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_')
}

/// Reads a domain name or a run of capitalised words at byte `at`.
fn name_at(text: &str, at: usize) -> Option<Range<usize>> {
    let domain = domain_len(&text[at..]);
    if domain > 0 {
        return Some(at..at + domain);
    }
    let mut cursor = Cursor::new(text, at);
    let mut end = at;
    for n_words in 0..MOST_WORDS {
        if n_words > 0 && cursor.eat(&[' ', '\u{a0}']).is_none() {
            break;
        }
        let word = name_word(&mut cursor).filter(|word| is_name_word(word, n_words == 0));
        if word.is_none() {
            break;
        }
        end = cursor.at();
    }
    (end > at && &text[at..end] != "The").then_some(at..end)
}

/// Passes a word, hyphens and apostrophes included; one longer than [`LONGEST_WORD`] is none.
fn name_word<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let is_inside = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '&' | '!');
    let len: usize = cursor.rest().chars().take(LONGEST_WORD + 1).take_while(is_inside).map(char::len_utf8).sum();
    (len <= LONGEST_WORD).then(|| cursor.pass(len))
}

/// Whether `word` may stand in a name, or open it.
fn is_name_word(word: &str, opens: bool) -> bool {
    let is_capitalised = word.starts_with(char::is_uppercase) && (word.len() > 1 || !opens) || is_outlet(word);
    let is_number = !opens && word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 3;
    let is_date = weekday_named(word).is_some() || month_named(word).is_some();
    let is_excluded = SMALL_WORDS.contains(&word) || opens && NO_OUTLETS.contains(&word);
    (is_capitalised || is_number) && !is_date && !is_excluded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut found = credited_in(text, &(0..text.len()));
        found.sort_by_key(|range| range.start);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn names_after_the_verb() {
        check("Dilansir dari Reuters, klaster itu", &["Reuters"]);
        check("Dikutip dari CGTN, Pada akhir tahun", &["CGTN"]);
        check("seperti dikutip Antara, Jumat (29/5/2026).", &["Antara"]);
        check("Melansir laman resmi PSSI.", &["PSSI"]);
        check("mengutip South China Morning Post pada Senin", &["South China Morning Post"]);
        check("dilansir *Kompas.com*, Senin", &["Kompas.com"]);
        check("dikutip dari Reuters dan AFP.", &["Reuters", "AFP"]);
        check("dilansir Antara Senin", &["Antara"]);
        check("dilansir detikcom.", &["detikcom"]);
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(NO_OUTLETS.is_sorted_by(|a, b| a < b));
        assert!(BETWEEN.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_chain_of_verbs_is_read_once() {
        // 210 KB: reading to the end of the chain from each verb would take minutes here.
        check(&"lansir-".repeat(30_000), &[]);
        check(&format!("dilansir {}", "Lansir-".repeat(30_000)), &[]);
    }

    #[test]
    fn nobody_is_credited() {
        check("Ia mengutip ayat itu.", &[]);
        check("dikutip dari berbagai sumber", &[]);
        check("mengutip Presiden Jokowi", &[]);
        check("dikutip dari Instagram", &[]);
        check("dilansir Selasa", &[]);
        check("dilansir The , Selasa", &[]);
        check("kutipan dan transir", &[]);
        check("dilansir", &[]);
    }
}
