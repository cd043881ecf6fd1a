//! Hits for people: title, outlet and date, the sentences that match.

use std::io::{self, Write};
use std::ops::Range;

use super::{Hyperlinks, Queries, explanation, facets};
use crate::article::{ArticleDate, TitleOrigin};
use crate::search::{Hit, SearchResponse, StoryCopy};
use crate::snippet::Fragment;

/// How text is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether matches are coloured; else they stand between asterisks.
    pub colour: Colour,
    /// Columns to wrap at; `None` leaves the lines whole.
    pub width: Option<usize>,
    /// Whether scores are shown.
    pub scores: Scores,
    /// Whether titles are links to their articles.
    pub hyperlinks: Hyperlinks,
}

/// Whether escape sequences may be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// They may.
    Always,
    /// They may not.
    #[default]
    Never,
}

/// Whether scores are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scores {
    /// They are.
    Show,
    /// They are not.
    #[default]
    Hide,
}

/// What stands before each line of a hit but its first.
pub(super) const INDENT: &str = "   ";

impl Colour {
    /// Returns `text` in bold.
    pub(super) fn bold(self, text: &str) -> String {
        self.wrap(text, "\u{1b}[1m")
    }

    /// Returns `text` dimmed.
    pub(super) fn dim(self, text: &str) -> String {
        self.wrap(text, "\u{1b}[2m")
    }

    fn wrap(self, text: &str, sequence: &str) -> String {
        match self {
            Self::Always => format!("{sequence}{text}\u{1b}[0m"),
            Self::Never => text.to_owned(),
        }
    }

    /// Returns what opens and what closes a match.
    fn marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Always => ("\u{1b}[1;33m", "\u{1b}[0m"),
            Self::Never => ("*", "*"),
        }
    }
}

/// Writes a response; nothing where a single query has no match.
pub(super) fn write(
    out: &mut impl Write,
    queries: Queries,
    id: &str,
    response: &SearchResponse,
    style: &Style,
) -> io::Result<()> {
    match queries {
        Queries::Batch => writeln!(out, "{}", style.colour.bold(&printable(&format!("# {id}: {}", response.query))))?,
        Queries::Single if response.hits.is_empty() && !has_matches(response) => return Ok(()),
        Queries::Single => {}
    }
    writeln!(out, "{}", style.colour.dim(&summary(response)))?;
    for hit in &response.hits {
        writeln!(out)?;
        write_hit(out, hit, style)?;
    }
    facets::write(out, &response.facets, style)?;
    match queries {
        Queries::Batch => writeln!(out),
        Queries::Single => Ok(()),
    }
}

/// Returns whether anything is known to match, on this page or another.
fn has_matches(response: &SearchResponse) -> bool {
    response.counts.is_some_and(|counts| counts.articles > 0)
}

/// Returns how much matches, and which hits are shown.
fn summary(response: &SearchResponse) -> String {
    let (first, n_shown) = (response.offset.saturating_add(1), response.hits.len());
    let last = response.offset.saturating_add(n_shown);
    let Some(counts) = response.counts else { return format!("hits {first} to {last}") };
    let counted = facets::counted(counts.articles, counts.stories);
    let is_part = n_shown > 0 && (response.next.is_some() || response.offset > 0);
    if is_part { format!("{counted}, {first} to {last} shown") } else { counted }
}

fn write_hit(out: &mut impl Write, hit: &Hit, style: &Style) -> io::Result<()> {
    let score = match style.scores {
        Scores::Show => format!("  {}", style.colour.dim(&format!("{:.3}", hit.score))),
        Scores::Hide => String::new(),
    };
    let title = style.hyperlinks.link(hit, &marked_title(hit, style.colour));
    writeln!(out, "{}{title}{score}", rank(hit.rank))?;
    writeln!(out, "{INDENT}{}", style.colour.dim(&printable(&origin(hit))))?;
    for fragment in &hit.snippets {
        write_wrapped(out, &marked(fragment, style.colour), style.width)?;
    }
    if hit.n_copies > 0 {
        write_wrapped(out, &style.colour.dim(&printable(&copies(hit))), style.width)?;
    }
    if !hit.folds.is_empty() {
        writeln!(out, "{INDENT}{}", style.colour.dim(&folded(hit)))?;
    }
    hit.explanation.iter().try_for_each(|explanation| explanation::write(out, explanation, style))
}

/// Returns the title, with an ellipsis where a derived one stops within its sentence.
fn shown_title(hit: &Hit) -> String {
    let whole = hit.title.ends_with(['.', '!', '?', '"', '”', '…']);
    let ellipsis = if hit.title_origin == TitleOrigin::Derived && !whole { " …" } else { "" };
    format!("{}{ellipsis}", hit.title)
}

/// Returns the rank, as wide as the indent where it fits.
fn rank(rank: usize) -> String {
    format!("{:<width$}", format!("{rank}."), width = INDENT.len()) + if rank < 10 { "" } else { " " }
}

/// Copies of a hit that are named.
const NAMED_COPIES: usize = 5;

/// Returns the other articles of a hit's story: outlet, date, share in common.
fn copies(hit: &Hit) -> String {
    let copy = |copy: &StoryCopy| {
        let outlet = copy.site.as_ref().or(copy.source.as_ref()).unwrap_or(&copy.id);
        let date = copy.date.as_ref().map(|date| format!(" {}", spoken_date(date))).unwrap_or_default();
        format!("{outlet}{date} ({:.0} %)", copy.share * 100.0)
    };
    let named: Vec<String> = hit.copies.iter().take(NAMED_COPIES).map(copy).collect();
    let more = if hit.n_copies > named.len() { ", …" } else { "" };
    format!("+{} salinan: {}{more}", hit.n_copies, named.join(", "))
}

/// Returns where a hit comes from: outlet or credits, date, id.
fn origin(hit: &Hit) -> String {
    let outlet = hit.source.clone().or_else(|| (!hit.credits.is_empty()).then(|| hit.credits.join(", ")));
    let site = hit.site.as_ref().map(|site| format!("via {site}"));
    let date = hit.date.as_ref().map(spoken_date);
    [outlet, site, date, Some(hit.id.clone())].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Returns a date as people write it: `2026-01-08 23:11 WIB`.
fn spoken_date(date: &ArticleDate) -> String {
    match date.time {
        Some(time) => format!("{} {:02}:{:02} {}", date.day, time.hour(), time.minute(), date.zone()),
        None => date.day.to_string(),
    }
}

fn folded(hit: &Hit) -> String {
    let bytes: usize = hit.folds.iter().map(|fold| fold.range.len()).sum();
    match hit.folds.len() {
        1 => format!("(1 repeated passage folded, {bytes} bytes)"),
        n => format!("({n} repeated passages folded, {bytes} bytes)"),
    }
}

/// Returns the text of a fragment with its matches marked and an ellipsis where it was cut.
fn marked(fragment: &Fragment, colour: Colour) -> String {
    let marked = with_marks(fragment.text(), fragment.highlights(), colour, str::to_owned);
    let (start, end) = (if fragment.cut().start { "… " } else { "" }, if fragment.cut().end { " …" } else { "" });
    format!("{start}{marked}{end}")
}

/// Returns the title in bold with its matches marked.
fn marked_title(hit: &Hit, colour: Colour) -> String {
    with_marks(&shown_title(hit), &hit.title_highlights, colour, |text| colour.bold(text))
}

/// Returns `text` fit for a terminal, its matches marked and the rest as `styled` has it.
fn with_marks(text: &str, highlights: &[Range<usize>], colour: Colour, styled: impl Fn(&str) -> String) -> String {
    let (open, close) = colour.marks();
    let mut marked = String::new();
    let between = |rest: Range<usize>| if rest.is_empty() { String::new() } else { styled(&printable(&text[rest])) };
    let mut at = 0;
    for highlight in merged(text, highlights) {
        marked.push_str(&between(at..highlight.start));
        marked.push_str(open);
        marked.push_str(&printable(&text[highlight.clone()]));
        marked.push_str(close);
        at = highlight.end;
    }
    marked.push_str(&between(at..text.len()));
    marked
}

/// Joins highlights that only blanks keep apart.
fn merged(text: &str, highlights: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for highlight in highlights {
        match merged.last_mut() {
            Some(last) if text[last.end..highlight.start].chars().all(char::is_whitespace) => last.end = highlight.end,
            _ => merged.push(highlight.clone()),
        }
    }
    merged
}

/// Writes `text` indented, wrapped between words at `width` columns.
fn write_wrapped(out: &mut impl Write, text: &str, width: Option<usize>) -> io::Result<()> {
    let room = width.unwrap_or(usize::MAX).saturating_sub(INDENT.len()).max(20);
    let mut used = 0;
    write!(out, "{INDENT}")?;
    for word in text.split_ascii_whitespace() {
        let columns = visible_columns(word);
        if used > 0 && used + 1 + columns > room {
            write!(out, "\n{INDENT}")?;
            used = 0;
        }
        if used > 0 {
            write!(out, " ")?;
            used += 1;
        }
        write!(out, "{word}")?;
        used += columns;
    }
    writeln!(out)
}

/// Returns how many characters of `word` show: all but escape sequences.
fn visible_columns(word: &str) -> usize {
    let mut columns = 0;
    let mut in_sequence = false;
    for c in word.chars() {
        match c {
            '\u{1b}' => in_sequence = true,
            'm' if in_sequence => in_sequence = false,
            _ if in_sequence => {}
            _ => columns += 1,
        }
    }
    columns
}

/// Returns `text` fit for a terminal and for one line: white space and control characters, which
/// could move the cursor or change colours, become blanks.
#[must_use]
pub fn printable(text: &str) -> String {
    text.replace(
        |c: char| {
            c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        },
        " ",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_of_an_article_never_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\tc\nd"), "a [31mb c d");
    }

    #[test]
    fn wrapping_counts_what_shows() {
        let mut out = Vec::new();
        write_wrapped(&mut out, "satu \u{1b}[1mdua\u{1b}[0m tiga empat lima enam", Some(23)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "   satu \u{1b}[1mdua\u{1b}[0m tiga empat\n   lima enam\n");
    }

    #[test]
    fn neighbouring_matches_are_marked_as_one() {
        assert_eq!(merged("komputasi kuantum, ya", &[0..9, 10..17, 19..21]), [0..17, 19..21]);
    }
}
