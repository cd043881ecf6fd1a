//! The headline: which line it is, where it is repeated, and what stands in where there is none.
//!
//! Only lines that stay decide, never one that is taken out, so that cleaning a cleaned text finds
//! the same headline.

use std::ops::Range;

use super::boilerplate::is_headline;
use super::date_line::date_line;
use super::dateline::dateline;
use super::initials::without_initials;
use super::lines::Line;
use super::names::letters;
use crate::analysis::sentences;
use crate::article::{Passage, PassageKind, Title, TitleOrigin, trimmed};

/// The longest line that is taken for a headline.
const LONGEST_HEADLINE: usize = 250;
/// The longest title derived from a sentence.
const LONGEST_DERIVED: usize = 160;
/// How many one-word lines may stand above a headline: names of sections.
const MOST_LABELS: usize = 3;
/// A line of this length is text even where no full stop ends it.
const TEXT_LEN: usize = 80;

/// Finds the headline among `lines` and marks it and the section names above it.
pub(super) fn mark_title(text: &str, lines: &mut [Line]) -> Option<Range<usize>> {
    let (labels, title) = find_title(text, lines)?;
    for label in labels {
        lines[label].kind = Some(PassageKind::Breadcrumb);
    }
    lines[title].kind = Some(PassageKind::Title);
    Some(lines[title].range.clone())
}

/// Returns the places in `lines` of the section names above the headline and of the headline.
fn find_title(text: &str, lines: &[Line]) -> Option<(Vec<usize>, usize)> {
    let is_candidate = |line: &Line| line.kind.is_none() && date_line(text, &line.range).is_none();
    let mut candidates = (0..lines.len()).filter(|&i| is_candidate(&lines[i]));
    let mut labels = Vec::new();
    let title = loop {
        let candidate = candidates.next()?;
        if !is_label(&text[lines[candidate].range.clone()]) {
            break candidate;
        }
        labels.push(candidate);
        if labels.len() > MOST_LABELS {
            return None;
        }
    };
    let headline = &text[lines[title].range.clone()];
    let mut body = lines[title + 1..].iter().filter(|line| line.kind.is_none()).map(|line| &text[line.range.clone()]);
    let has_body =
        could_be_title(text, &lines[title].range) && body.any(|line| is_text(line) && !is_same(line, headline));
    has_body.then_some((labels, title))
}

/// Whether `line` is the name of a section: one word.
fn is_label(line: &str) -> bool {
    line.len() <= 20 && line.chars().all(char::is_alphabetic)
}

/// Whether the line at `range` has the form of a headline.
fn could_be_title(text: &str, range: &Range<usize>) -> bool {
    let line = &text[range.clone()];
    line.len() <= LONGEST_HEADLINE
        && line.contains(char::is_whitespace)
        && !line.ends_with([',', ';', ':', '-', '–', '—'])
        && is_headline(line)
        && dateline(text, range).is_none_or(|dateline| dateline.outlet.is_none())
}

/// Whether `line` reads as a paragraph: it is long, or a sentence ends it.
fn is_text(line: &str) -> bool {
    let line = without_initials(line);
    line.len() >= TEXT_LEN || line.ends_with(['.', '!', '?', '"', '”', '…'])
}

/// Returns whether `line` is `headline` but for case, white space, marks and closing initials, which
/// may be taken off later.
pub(super) fn is_same(line: &str, headline: &str) -> bool {
    let (line, headline) = (without_initials(line), without_initials(headline));
    line == headline || line.len() < 2 * headline.len() && letters(line).eq(letters(headline))
}

/// Returns the title that stands in where `passages` hold no headline: the first sentence of the
/// body, or of whatever there is, cut between words where it is long.
pub(super) fn derived_title(text: &str, passages: &[Passage]) -> Title {
    let is_paragraph = |passage: &&Passage| passage.kind == PassageKind::Paragraph;
    let first =
        passages.iter().find(is_paragraph).or_else(|| passages.iter().max_by_key(|passage| passage.range.len()));
    let range = first.map_or(0..0, |passage| {
        let start = passage.range.start;
        let sentence = sentences(&text[passage.range.clone()]).next().unwrap_or(0..0);
        cut(text, start + sentence.start..start + sentence.end)
    });
    Title { range, origin: TitleOrigin::Derived }
}

/// Returns `range` without what goes beyond [`LONGEST_DERIVED`] bytes, cut at white space if it can
/// be.
fn cut(text: &str, range: Range<usize>) -> Range<usize> {
    if range.len() <= LONGEST_DERIVED {
        return range;
    }
    let end = text.floor_char_boundary(range.start + LONGEST_DERIVED + 1);
    let words = text[range.start..end].rfind(char::is_whitespace).unwrap_or(end - range.start);
    let kept = trimmed(text, range.start..range.start + words);
    let without_marks = text[kept.clone()].trim_end_matches([',', ';', ':', '-', '–', '—', ' ']);
    if without_marks.is_empty() { kept } else { kept.start..kept.start + without_marks.len() }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    const BODY: &str = "Presiden tiba di Bali pada Selasa pagi.";

    #[track_caller]
    fn check(head: &str, title: Option<&str>) {
        let text = format!("{head}\n{BODY}");
        let found = mark_title(&text, &mut lines(&text));
        assert_eq!(found.map(|range| text[range].to_owned()).as_deref(), title, "title of {head:?}");
    }

    #[test]
    fn a_short_line_above_a_body_is_the_title() {
        check("Presiden Tiba di Bali", Some("Presiden Tiba di Bali"));
        check("# Presiden Tiba di Bali", Some("Presiden Tiba di Bali"));
        check("svitolina kalahkan wozniacki", Some("svitolina kalahkan wozniacki"));
        check("Apa Itu Inflasi? Ini Kata Ahli", Some("Apa Itu Inflasi? Ini Kata Ahli"));
        check("Home > News > Bali\nPresiden Tiba di Bali", Some("Presiden Tiba di Bali"));
        check("News\nPresiden Tiba di Bali", Some("Presiden Tiba di Bali"));
        check("Senin, 5 Januari 2026\nPresiden Tiba di Bali", Some("Presiden Tiba di Bali"));
    }

    #[test]
    fn other_first_lines_are_no_title() {
        check("Presiden tiba di Bali.", None);
        check("Presiden tiba. Ia pulang", None);
        check("KOMPAS.com - Presiden tiba di Bali", None);
        check("Bali", None);
        check("Berikut daftarnya:", None);
        check("", None);
    }

    #[test]
    fn initials_do_not_make_another_line_of_a_headline() {
        assert!(is_same("Presiden tiba di Bali. (ian)", "Presiden Tiba di Bali"));
        assert!(!is_same("Presiden tiba di Bandung. (ian)", "Presiden Tiba di Bali"));
    }

    #[test]
    fn a_line_without_a_body_is_no_title() {
        let text = "Presiden Tiba di Bali\nPresiden tiba di Bali\nBali";
        assert_eq!(mark_title(text, &mut lines(text)), None);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = format!("{}kata, lagi", "Kata ".repeat(31));
        assert_eq!(&text[cut(&text, 0..text.len())], format!("{}kata", "Kata ".repeat(31)));
        let one_word = "é".repeat(200);
        assert_eq!(cut(&one_word, 0..400), 0..160);
    }
}
