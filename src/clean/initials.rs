//! Brackets that close an article: initials of editors (`(ian)`, `(rsa/sur)`, `[feb]`) and the wires it was taken
//! from (`(ANTARA)`, `(ANTARA/Reuters)`, `(Ant/X-5)`).

use std::ops::Range;

use super::names::is_outlet;

/// The longest text between the brackets.
const LONGEST: usize = 40;
/// The longest initials.
const LONGEST_INITIALS: usize = 25;

/// The brackets they stand in.
const BRACKETS: [(char, char); 2] = [('(', ')'), ('[', ']')];

/// Returns whether `line` is initials in brackets and nothing else.
pub(super) fn is_initials(line: &str) -> bool {
    let inside = |(open, close)| line.strip_prefix(open)?.strip_suffix(close);
    BRACKETS.into_iter().filter_map(inside).any(is_closing)
}

/// Returns where the closing brackets `text` name wires.
pub(super) fn wires(text: &str) -> Vec<Range<usize>> {
    let mut wires = Vec::new();
    let mut start = 0;
    for part in text.split(|c: char| is_between(c) || BRACKETS.iter().any(|(open, close)| c == *open || c == *close)) {
        let name = crate::article::trimmed(text, start..start + part.len());
        if is_wire(&text[name.clone()]) {
            wires.push(name);
        }
        start += part.len() + 1;
    }
    wires
}

/// How closing brackets write ANTARA; in small letters that may be anybody.
const ANTARA: [&str; 2] = ["Ant", "ANT"];

/// Returns the name of the wire that closing brackets write as `name`.
pub(super) fn wire_name(name: &str) -> &str {
    if ANTARA.contains(&name) { "ANTARA" } else { name }
}

fn is_wire(name: &str) -> bool {
    ANTARA.contains(&name) || (name.starts_with(char::is_uppercase) || name.contains('.')) && is_outlet(name)
}

/// Whether `c` stands between two names; one byte.
fn is_between(c: char) -> bool {
    matches!(c, '/' | ',' | '&' | '|' | '+')
}

/// Whether `inner`, between closing brackets, is initials, or wires and initials.
fn is_closing(inner: &str) -> bool {
    let mut names = inner.split(is_between).map(str::trim);
    let are_wires = names.clone().any(is_wire) && names.all(|name| is_wire(name) || are_initials(name));
    are_wires || are_initials(inner)
}

/// Returns `text` without the initials at its end and the white space before them.
///
/// Initials are only taken for such after the end of a sentence, so `Badan Usaha (bumn)` stays.
pub(super) fn without_initials(text: &str) -> &str {
    // Looked for once: a search before each bracket would be quadratic in a line of marks and brackets.
    let Some(first_word) = text.find(char::is_alphanumeric) else { return text };
    let mut text = text;
    while let Some(before) = before_initials(text).filter(|before| before.len() > first_word) {
        text = before;
    }
    text
}

/// Returns what stands before `(xyz)` at the end of `text` where a sentence ends there.
fn before_initials(text: &str) -> Option<&str> {
    let (open, close) = BRACKETS.into_iter().find(|(_, close)| text.ends_with(*close))?;
    let text = text.strip_suffix(close)?;
    let tail = text.bytes().rev().take(LONGEST + 1).position(|byte| char::from(byte) == open)?;
    let (before, inner) = text.split_at(text.len() - tail - 1);
    let before = before.trim_end();
    let ends_sentence = before.ends_with(['.', '!', '?', '"', '”', '…', ')', ']']);
    (ends_sentence && is_closing(&inner[1..])).then_some(before)
}

/// Whether `inner` is one to six small letters, a short capitalised name, or several parts joined by
/// a slash (`Uu. H - RF / I015`); capitals alone are an acronym.
fn are_initials(inner: &str) -> bool {
    let mut parts = inner.split(['/', '-', '.', '+', '|', ' ', '\'']).filter(|part| !part.is_empty()).peekable();
    let is_part = |part: &str| part.len() <= 6 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let has_letter = inner.bytes().any(|b| b.is_ascii_alphabetic());
    if inner.len() > LONGEST_INITIALS || !has_letter || parts.peek().is_none() || !parts.all(is_part) {
        return false;
    }
    let is_one_word = inner.bytes().all(|b| b.is_ascii_alphabetic());
    let tail_is_lower = inner.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    let is_lower = inner.starts_with(|c: char| c.is_ascii_lowercase());
    inner.contains('/') || is_one_word && tail_is_lower && inner.len() > 1 && (is_lower || inner.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_initials(text), expected, "reading {text:?}");
    }

    #[test]
    fn initials_after_a_sentence_are_taken_off() {
        check("di masa depan. (ren)", "di masa depan.");
        check("Tilda Swinton. (rsa / rsa)", "Tilda Swinton.");
        check("pungkasnya.\" [feb]", "pungkasnya.\"");
        check("pungkasnya. (ian) [feb]", "pungkasnya.");
        check("pungkasnya [feb]", "pungkasnya [feb]");
        check("pungkasnya. [VIDEO]", "pungkasnya. [VIDEO]");
        check("di Bali.(Ant/X-5)", "di Bali.");
        check("katanya. (abc) (def)", "katanya.");
        check("kata dia.\" (Tan)", "kata dia.\"");
        check("di Bali. (ANTARA)", "di Bali.");
        check("di Bali. (ANTARA, Reuters/ian)", "di Bali.");
        check("di Bali. (CNN Indonesia/Reuters) (ian)", "di Bali.");
    }

    #[test]
    fn brackets_name_wires() {
        for (text, expected) in [
            ("(ANTARA)", vec!["ANTARA"]),
            ("(Ant)", vec!["ANTARA"]),
            ("(ANTARA/Reuters)", vec!["ANTARA", "Reuters"]),
            ("[AFP, Reuters] (ian)", vec!["AFP", "Reuters"]),
            ("(Ant/X-5)", vec!["ANTARA"]),
            ("(ant)", vec![]),
            ("(ian)", vec![]),
        ] {
            let names: Vec<&str> = wires(text).into_iter().map(|range| wire_name(&text[range])).collect();
            assert_eq!(names, expected, "{text}");
        }
    }

    #[test]
    fn many_brackets_after_marks_are_read_once() {
        let marks = format!("{}(A)", ".".repeat(100_000));
        check(&(marks.clone() + &"(ab)".repeat(25_000)), &marks);
    }

    #[test]
    fn other_brackets_stay() {
        check("pada Selasa. (10/9)", "pada Selasa. (10/9)");
        check("Badan Usaha (bumn)", "Badan Usaha (bumn)");
        check("Ia pergi. (KPK)", "Ia pergi. (KPK)");
        check("Ia pergi. (di sini)", "Ia pergi. (di sini)");
        check(")", ")");
        check(". (ian)", ". (ian)");
        check("a.(é)", "a.(é)");
    }

    #[test]
    fn a_line_of_initials() {
        assert!(is_initials("(ian)"));
        assert!(is_initials("(Uu. H - RF / I015)"));
        assert!(is_initials("(ANTARA/Reuters)"));
        assert!(!is_initials("(KPK)"));
        assert!(!is_initials("(2026)"));
        assert!(!is_initials("()"));
    }
}
