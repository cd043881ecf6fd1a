//! Names of outlets and places, and how they are told from other words.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::analysis::is_top_level_domain;

/// Returns the entries of a word list: its lines without comments.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with("# ") && !line.is_empty())
}

static OUTLETS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(include_str!("outlets.txt")).collect());
static PLACES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(include_str!("places.txt")).collect());

/// The longest name that is looked up in a list.
const LONGEST_NAME: usize = 40;

/// Returns whether `name` is an outlet: a domain name, or one of the list.
pub(super) fn is_outlet(name: &str) -> bool {
    domain_len(name) == name.len() && !name.is_empty() || is_listed(&OUTLETS, name)
}

/// Returns whether `name` is a place of the list.
pub(super) fn is_place(name: &str) -> bool {
    is_listed(&PLACES, name)
}

/// Returns the length of the outlet of the list that `text` begins with, with a capital letter; or 0.
pub(super) fn outlet_len(text: &str) -> usize {
    listed_len(&OUTLETS, text)
}

/// Returns the length of the longest outlet of the list that `text` begins with, up to a blank, a mark or a capital
/// letter; or 0.
pub(super) fn listed_outlet_len(text: &str) -> usize {
    let ends = text.char_indices().skip(1).filter(|(_, c)| !c.is_alphanumeric() || c.is_uppercase()).map(|(at, _)| at);
    ends.chain([text.len()]).filter(|end| is_listed(&OUTLETS, &text[..*end])).last().unwrap_or(0)
}

/// Returns the length of the place of the list that `text` begins with, with a capital letter; or 0.
pub(super) fn place_len(text: &str) -> usize {
    listed_len(&PLACES, text)
}

fn listed_len(list: &FxHashSet<&str>, text: &str) -> usize {
    const MOST_WORDS: usize = 3;
    if !text.starts_with(char::is_uppercase) {
        return 0;
    }
    let ends = text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at).chain([text.len()]);
    let names = ends.take(MOST_WORDS).filter(|end| is_listed(list, &text[..*end]));
    names.last().unwrap_or(0)
}

fn is_listed(list: &FxHashSet<&str>, name: &str) -> bool {
    name.len() <= LONGEST_NAME && list.contains(name.to_lowercase().as_str())
}

/// Returns the length of the domain name that `text` begins with (`Kompas.com`), or 0.
pub(super) fn domain_len(text: &str) -> usize {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let mut token = &text[..text.bytes().take(LONGEST_NAME + 1).take_while(is_inside).count()];
    while let Some((labels, last)) = token.rsplit_once('.') {
        if is_domain(labels, last) {
            return token.len();
        }
        token = match last.split_once('-') {
            Some((first, _)) if is_domain(labels, first) => return labels.len() + 1 + first.len(),
            Some(_) | None => labels,
        };
    }
    0
}

fn is_domain(labels: &str, last: &str) -> bool {
    let is_label = |label: &str| label.len() > 1 && !label.starts_with('-');
    is_top_level_domain(last) && labels.split('.').all(is_label) && labels.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Returns the domain names in `range` of `text`, in order.
pub(super) fn domains(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut found = Vec::new();
    let mut start = range.start;
    while let Some(step) = text[start..range.end].find(is_inside) {
        start += step;
        let token = text[start..range.end].split(|c| !is_inside(c)).next().unwrap_or_default();
        let len = domain_len(token);
        if len > 0 {
            found.push(start..start + len);
        }
        start += token.len();
    }
    found
}

/// Returns `name` with each word that is all capitals in title case: `TERMAS DE RIO HONDO` gives
/// `Termas De Rio Hondo`; a name in mixed case stays.
pub(super) fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut follows_letter = false;
    let mut title = String::with_capacity(name.len());
    for c in name.chars() {
        if follows_letter {
            title.extend(c.to_lowercase());
        } else {
            title.push(c);
        }
        follows_letter = c.is_alphabetic();
    }
    title
}

/// Returns whether `a` and `b` name the same: letters and digits are equal but for case.
pub(super) fn are_same(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

/// Returns the letters and digits of `text` in lower case.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domain_names_of_outlets() {
        assert_eq!(domain_len("Kompas.com - Jakarta"), 10);
        assert_eq!(domain_len("HALLONEWS.COM-China"), 13);
        assert_eq!(domain_len("topik.id, Minggu"), 8);
        assert_eq!(domain_len("republika.co.id."), 15);
        assert_eq!(domain_len("REPUBLIKA.CO.ID,"), 15);
        assert_eq!(domain_len("latihan.Ini"), 0);
        assert_eq!(domain_len("2.511"), 0);
        assert_eq!(domain_len("S.Kom"), 0);
        assert_eq!(domain_len(""), 0);
    }

    #[test]
    fn domains_in_a_line() {
        let text = "di Kompas.com, (topik.id).";
        let found: Vec<&str> = domains(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Kompas.com", "topik.id"]);
    }

    #[test]
    fn names_in_the_lists() {
        assert!(is_outlet("GLOBE NEWSWIRE"));
        let lens = ["Kompas, 6", "Media Indonesia - 6", "kompas", "Kompasiana"].map(outlet_len);
        assert_eq!((lens, place_len("Jakarta")), ([6, 15, 0, 0], 7));
        assert!(is_outlet("tempo.co"));
        assert!(!is_outlet("Presiden"));
        assert!(is_place("JAKARTA"));
        assert!(!is_place("Jalan"));
        assert!(entries(include_str!("outlets.txt")).is_sorted_by(|a, b| a < b));
        assert!(entries(include_str!("places.txt")).is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn capitals_become_title_case() {
        assert_eq!(title_case("TERMAS DE RIO HONDO"), "Termas De Rio Hondo");
        assert_eq!(title_case("Kuala Lumpur"), "Kuala Lumpur");
    }
}
