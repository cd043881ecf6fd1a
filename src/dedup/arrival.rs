//! What an article repeats, sentence by sentence and put together.

use std::ops::Range;

use super::copies::{Copied, FoundBy};
use super::sketch::Sketch;
use super::topic::Topic;
use super::verdict::Verdict;

/// What an article repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is repeated and from where; ascending, not overlapping.
    pub repeats: Vec<Repeat>,
    /// The name of its story.
    pub story: u64,
}

/// A stretch of an article and what it repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The bytes of the article.
    pub range: Range<usize>,
    /// The number of the article they repeat; `None` for the article itself.
    pub article: Option<u32>,
    /// The bytes repeated.
    pub source: Range<usize>,
    /// In what way.
    pub kind: RepeatKind,
}

/// In what way a stretch repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// The same words.
    Exact,
    /// The same words but for damage and grammar.
    Near,
    /// The same words, in articles of one outlet that have nothing else in common.
    Boilerplate,
    /// The same with other figures, in it or in a sentence that is glued to it.
    Update,
    /// Much of the same wording.
    Restatement,
}

/// The outlet of an article that does not name it. What articles of
/// unknown outlets share is no boilerplate, whatever they are about: it may be a quote that many print.
pub(super) const UNKNOWN: u64 = 0;

/// An article on its arrival.
pub(super) struct Arrival<'a> {
    pub(super) number: u32,
    pub(super) outlet: u64,
    pub(super) text: &'a str,
    pub(super) sketch: &'a Sketch,
    /// What each sentence shares with earlier articles.
    pub(super) copies: Vec<Option<Copied>>,
    /// Whether each sentence is boilerplate of the outlet.
    pub(super) is_boilerplate: Vec<bool>,
}

impl<'a> Arrival<'a> {
    /// Returns the arrival of an article before which nothing arrived.
    pub(super) fn alone(text: &'a str, sketch: &'a Sketch) -> Self {
        Self::new(0, UNKNOWN, text, sketch, vec![None; sketch.sentences.len()])
    }

    /// Returns the arrival of an article whose sentences share `copies` with earlier ones.
    pub(super) fn new(
        number: u32,
        outlet: u64,
        text: &'a str,
        sketch: &'a Sketch,
        copies: Vec<Option<Copied>>,
    ) -> Self {
        let is_boilerplate = vec![false; copies.len()];
        Self { number, outlet, text, sketch, copies, is_boilerplate }
    }

    /// Returns what the article is about, by what it says outside the run of copied sentences around `sentence`.
    pub(super) fn topic_around(&self, sentence: usize) -> Topic {
        let is_new = |copied: &Option<Copied>| copied.as_ref().is_none_or(|copied| !copied.is_exact());
        let start = self.copies[..sentence].iter().rposition(is_new).map_or(0, |before| before + 1);
        let end = self.copies[sentence..].iter().position(is_new).map_or(self.copies.len(), |len| sentence + len);
        let words =
            |range: Range<usize>| self.sketch.sentences[range].iter().flat_map(|s| &self.sketch.words[s.words.clone()]);
        Topic::of(self.text, words(0..start).chain(words(end..self.copies.len())))
    }

    /// Returns what is repeated, neighbours that repeat neighbours as one.
    pub(super) fn repeats(&self) -> Vec<Repeat> {
        let mut repeats: Vec<Repeat> = Vec::new();
        for index in 0..self.sketch.sentences.len() {
            let Some(repeat) = self.repeat(index) else { continue };
            match repeats.last_mut() {
                Some(last) if goes_on(last, &repeat, self.text) => {
                    last.range.end = repeat.range.end;
                    last.source.end = repeat.source.end;
                }
                _ => repeats.push(repeat),
            }
        }
        repeats
    }

    fn repeat(&self, index: usize) -> Option<Repeat> {
        let range = self.sketch.sentences[index].range.clone();
        if let Some(own) = &self.sketch.own[index] {
            let kind = if own.is_exact { RepeatKind::Exact } else { RepeatKind::Near };
            return Some(Repeat { range, article: None, source: own.range.clone(), kind });
        }
        let copied = self.copies[index].as_ref()?;
        let kind = match copied.verdict {
            Verdict::Repeat if self.is_boilerplate[index] && self.outlet != UNKNOWN => RepeatKind::Boilerplate,
            Verdict::Repeat if copied.is_torn => RepeatKind::Update,
            Verdict::Repeat if copied.found_by == FoundBy::Key => RepeatKind::Exact,
            Verdict::Repeat => RepeatKind::Near,
            Verdict::Update => RepeatKind::Update,
            Verdict::Restatement => RepeatKind::Restatement,
            Verdict::Unrelated => return None,
        };
        Some(Repeat { range, article: Some(copied.article), source: copied.source.clone(), kind })
    }
}

/// Whether `next` repeats what follows on what `last` repeats.
fn goes_on(last: &Repeat, next: &Repeat, text: &str) -> bool {
    /// Bytes between two sentences of another article, which is not at hand: a line break or two, and
    /// the marks at its end that an aligned source leaves out.
    const MAX_GAP: usize = 8;
    let same = last.kind == next.kind && last.article == next.article;
    let Some(gap) = next.source.start.checked_sub(last.source.end).filter(|_| same) else { return false };
    let is_empty = |between: Range<usize>| !text[between].contains(char::is_alphanumeric);
    let source_goes_on = match last.article {
        Some(_) => gap <= MAX_GAP,
        None => next.source.end <= last.range.start && is_empty(last.source.end..next.source.start),
    };
    source_goes_on && is_empty(last.range.end..next.range.start)
}
