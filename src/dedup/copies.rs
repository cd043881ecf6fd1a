//! Sentences that an article shares with those that arrived before it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::beside::{Anchor, Beside};
use super::earlier::{Earlier, Library};
use super::memory::Entry;
use super::sketch::Sketch;
use super::verdict::{Condition, Verdict};
use crate::error::Result;

/// Earlier articles a text is laid beside at most; those that share most come first.
const MAX_SOURCES: usize = 8;
/// Words of a sentence that may stand alone among text of other origin; shorter ones repeat by chance.
const LONE_WORDS: usize = 6;
/// Damaged words that an article and an earlier one need to be taken for one text, damaged.
const MIN_DAMAGED: usize = 3;

/// The bit of an entry that says that its sentence repeats the place with small differences.
const REWORDED: u32 = 1 << 31;

/// How it was found out what a sentence shares with an earlier article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundBy {
    /// The same sentence, word for word, stood there.
    Key,
    /// The same sentence, word for word, stood in another article and repeats this one with small differences.
    KeyOfVariant,
    /// Both were compared.
    Comparison,
}

/// What a sentence shares with an earlier article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Copied {
    pub(super) article: u32,
    /// The bytes of that article.
    pub(super) source: Range<usize>,
    pub(super) verdict: Verdict,
    pub(super) found_by: FoundBy,
    /// Words that are equal, where it is not exact.
    pub(super) n_equal: usize,
    /// Words that surely are those of the source, damaged.
    pub(super) n_damaged: usize,
    /// Whether it has another name or figure where the source has one.
    pub(super) is_exchanged: bool,
    /// Whether the sentence is glued to one in which a figure may have changed.
    pub(super) is_torn: bool,
}

impl Copied {
    /// Returns what is kept of a sentence that stands in `range` of `article` first; `None` where that is too far
    /// behind.
    pub(super) fn entry(article: u32, range: &Range<usize>) -> Option<Entry> {
        let (start, len) = (u32::try_from(range.start).ok()?, u32::try_from(range.len()).ok()?);
        (len < REWORDED).then_some(Entry { article, start, extra: len })
    }

    /// Returns what is kept of a sentence that repeats another with small differences.
    pub(super) fn reworded_entry(&self) -> Option<Entry> {
        let entry = Self::entry(self.article, &self.source)?;
        Some(Entry { extra: entry.extra | REWORDED, ..entry })
    }

    /// Returns the copy of a sentence of which `entry` is kept.
    pub(super) fn exact(entry: Entry) -> Self {
        let start = entry.start as usize;
        let source = start..start + (entry.extra & !REWORDED) as usize;
        Self {
            article: entry.article,
            source,
            verdict: Verdict::Repeat,
            found_by: if entry.extra & REWORDED == 0 { FoundBy::Key } else { FoundBy::KeyOfVariant },
            n_equal: 0,
            n_damaged: 0,
            is_exchanged: false,
            is_torn: false,
        }
    }

    /// Whether it is the same sentence, word for word, as one that arrived before.
    pub(super) fn is_exact(&self) -> bool {
        self.found_by != FoundBy::Comparison
    }

    pub(super) fn is_repeat(&self) -> bool {
        self.verdict == Verdict::Repeat
    }
}

/// What speaks for laying a text beside an earlier article.
#[derive(Default)]
struct Votes {
    n_marks: usize,
    is_strong: bool,
}

/// The search for what an article shares with earlier ones.
pub(super) struct Comparison<'a> {
    pub(super) text: &'a str,
    pub(super) sketch: &'a Sketch,
}

impl Comparison<'_> {
    /// Returns for each sentence what it shares with an earlier article; sentences the article itself
    /// said before are left out. `known` looks a key up, `is_common` tells boilerplate.
    pub(super) fn copies(
        &self,
        known: impl Fn(u64) -> Option<Entry>,
        is_common: impl Fn(u64) -> bool,
        library: &mut dyn Library,
    ) -> Result<Vec<Option<Copied>>> {
        let mut found = self.exact(&known);
        let anchors = self.anchors(&known, &found);
        for article in self.sources(&anchors, &found) {
            if let Some(earlier) = library.earlier(article)? {
                self.compare(article, &earlier, &anchors, &mut found);
            }
        }
        self.drop_lone_lines(&mut found, is_common);
        self.mark_torn(&mut found);
        Ok(found)
    }

    fn exact(&self, known: &impl Fn(u64) -> Option<Entry>) -> Vec<Option<Copied>> {
        let mut found: Vec<Option<Copied>> = Vec::with_capacity(self.sketch.own.len());
        for (sentence, own) in self.sketch.sentences.iter().zip(&self.sketch.own) {
            let follows = found.last().is_some_and(Option::is_some);
            let is_open = own.is_none() && (follows || !sentence.is_short());
            let entry = if is_open { known(sentence.key) } else { None };
            found.push(entry.map(Copied::exact));
        }
        for index in (1..found.len()).rev() {
            let sentence = &self.sketch.sentences[index - 1];
            if found[index].is_some() && sentence.is_short() && self.is_open(index - 1, &found) {
                found[index - 1] = known(sentence.key_before_next).map(Copied::exact);
            }
        }
        found
    }

    /// Takes back what only a few words speak for: a line that stands alone repeats by chance.
    fn drop_lone_lines(&self, found: &mut [Option<Copied>], is_common: impl Fn(u64) -> bool) {
        for index in 0..found.len() {
            let sentence = &self.sketch.sentences[index];
            let Some(copied) = &found[index] else { continue };
            let is_repeat_of_it = |c: &Copied| c.article == copied.article && c.is_repeat();
            let beside = |at: usize| found.get(at).and_then(Option::as_ref).is_some_and(is_repeat_of_it);
            let is_lone = !beside(index + 1) && (index == 0 || !beside(index - 1));
            if is_lone && sentence.words.len() < LONE_WORDS && !is_common(sentence.key) {
                found[index] = None;
            }
        }
    }

    /// Marks what is glued to a sentence in which a figure may have changed: all may be one statement.
    fn mark_torn(&self, found: &mut [Option<Copied>]) {
        let mut start = 0;
        while start < found.len() {
            let n_glued = self.sketch.sentences[start + 1..].iter().take_while(|sentence| sentence.is_glued).count();
            let run = start..=start + n_glued;
            start += n_glued + 1;
            if n_glued > 0 && run.clone().any(|index| self.may_have_changed(index, found[index].as_ref())) {
                found[run].iter_mut().flatten().for_each(|copied| copied.is_torn = true);
            }
        }
    }

    fn may_have_changed(&self, sentence: usize, copied: Option<&Copied>) -> bool {
        match copied {
            Some(copied) if copied.is_repeat() => false,
            Some(copied) if copied.verdict == Verdict::Update => true,
            _ => self.sketch.own[sentence].is_none() && self.sketch.has_figure(sentence, self.text),
        }
    }

    /// Whether nothing is known yet of what `sentence` repeats.
    pub(super) fn is_open(&self, sentence: usize, found: &[Option<Copied>]) -> bool {
        self.sketch.own[sentence].is_none() && !found[sentence].as_ref().is_some_and(Copied::is_repeat)
    }

    fn anchors(&self, known: &impl Fn(u64) -> Option<Entry>, found: &[Option<Copied>]) -> Vec<Anchor> {
        let mut anchors = Vec::new();
        for mark in &self.sketch.marks {
            let sentence = self.sketch.sentence_of(mark.word);
            if !self.is_open(sentence, found) {
                continue;
            }
            let Some(entry) = known(mark.key) else { continue };
            let [before, behind] = self.sketch.context(mark.word);
            let [.., known_behind, known_before] = entry.extra.to_be_bytes();
            let is_strong = before == known_before && behind == known_behind;
            let start = entry.start as usize;
            anchors.push(Anchor { sentence, word: mark.word, article: entry.article, start, is_strong });
        }
        anchors
    }

    /// Returns the articles worth a comparison: those that share a passage, or stand beside a
    /// sentence that is not yet explained.
    fn sources(&self, anchors: &[Anchor], found: &[Option<Copied>]) -> Vec<u32> {
        let mut votes: BTreeMap<u32, Votes> = BTreeMap::new();
        for anchor in anchors {
            let votes = votes.entry(anchor.article).or_default();
            votes.n_marks += 1;
            votes.is_strong |= anchor.is_strong;
        }
        for (index, copied) in found.iter().enumerate() {
            let is_open =
                |at: usize| at < found.len() && !self.sketch.sentences[at].is_short() && self.is_open(at, found);
            let Some(copied) = copied else { continue };
            if is_open(index + 1) || index > 0 && is_open(index - 1) {
                let votes = votes.entry(copied.article).or_default();
                votes.n_marks += 1;
                votes.is_strong = true;
            }
        }
        let mut sources: Vec<_> = votes.into_iter().filter(|(_, votes)| votes.is_strong || votes.n_marks > 1).collect();
        sources.sort_by_key(|(article, votes)| (std::cmp::Reverse(votes.n_marks), *article));
        sources.into_iter().take(MAX_SOURCES).map(|(article, _)| article).collect()
    }

    /// Compares what is open with one article: forwards from shared marks and from where the
    /// sentence before ends there, then backwards.
    fn compare(&self, article: u32, earlier: &Arc<Earlier>, anchors: &[Anchor], found: &mut [Option<Copied>]) {
        let beside = Beside { comparison: self, article, earlier, condition: Condition::Sound };
        beside.compare(anchors, found);
        let from_here = found.iter().flatten().filter(|copied| copied.article == article);
        if from_here.map(|copied| copied.n_damaged).sum::<usize>() >= MIN_DAMAGED {
            // Marks are damaged too: whatever else both share may be where they meet.
            let anchors = beside.all_anchors(found);
            Beside { condition: Condition::Damaged, ..beside }.compare(&anchors, found);
        }
    }
}
