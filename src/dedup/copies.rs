//! Sentences that an article shares with those that arrived before it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::align::{Alignment, align};
use super::deduper::{Earlier, Library};
use super::memory::Entry;
use super::own::NEAR_WORDS;
use super::sketch::{SHINGLE_WORDS, Sketch};
use super::verdict::{Condition, Judgement, Texts, Verdict, judge};
use crate::error::Result;

/// Earlier articles a text is laid beside at most; those that share most come first.
const MAX_SOURCES: usize = 8;
/// Words of a sentence that may stand alone among text of other origin; shorter ones repeat by chance.
const LONE_WORDS: usize = 6;
/// Damaged words that an article and an earlier one need to be taken for one text, damaged.
const MIN_DAMAGED: usize = 3;
/// Shared marks from which a sentence is compared with one article at most.
const MAX_ANCHORS: usize = 4;

/// What a sentence shares with an earlier article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Copied {
    pub(super) article: u32,
    /// The bytes of that article.
    pub(super) source: Range<usize>,
    pub(super) verdict: Verdict,
    /// Whether it is the same sentence, word for word.
    pub(super) is_exact: bool,
    /// Words that surely are those of the source, damaged.
    n_damaged: usize,
    /// Whether the sentence is glued to one in which a figure may have changed.
    pub(super) is_torn: bool,
}

impl Copied {
    pub(super) fn exact(entry: Entry) -> Self {
        let start = entry.start as usize;
        let source = start..start + entry.extra as usize;
        Self { article: entry.article, source, verdict: Verdict::Repeat, is_exact: true, n_damaged: 0, is_torn: false }
    }

    pub(super) fn is_repeat(&self) -> bool {
        self.verdict == Verdict::Repeat
    }
}

/// A mark that an earlier article has too.
struct Anchor {
    sentence: usize,
    /// The place of its first word in the list of words.
    word: usize,
    article: u32,
    /// Where it begins there, in bytes.
    start: usize,
    /// Whether the words before and behind agree too.
    is_strong: bool,
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
            let beside =
                |at: usize| found.get(at).and_then(Option::as_ref).is_some_and(|c| c.article == copied.article);
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

    fn is_open(&self, sentence: usize, found: &[Option<Copied>]) -> bool {
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
            Beside { condition: Condition::Damaged, ..beside }.compare(anchors, found);
        }
    }
}

fn keep_better(kept: &mut Option<Copied>, copied: Option<Copied>) {
    let Some(copied) = copied else { return };
    if copied.is_repeat() || kept.is_none() {
        *kept = Some(copied);
    }
}

/// An article laid beside an earlier one.
struct Beside<'a> {
    comparison: &'a Comparison<'a>,
    article: u32,
    earlier: &'a Earlier,
    condition: Condition,
}

impl Beside<'_> {
    /// Compares what is open: forwards from shared marks and from where the sentence before ends there,
    /// then backwards.
    fn compare(&self, anchors: &[Anchor], found: &mut [Option<Copied>]) {
        for index in 0..found.len() {
            if self.comparison.is_open(index, found) {
                let before = index.checked_sub(1).and_then(|before| found[before].as_ref());
                let copied = self.forwards(index, before, anchors);
                keep_better(&mut found[index], copied);
            }
        }
        for index in (0..found.len().saturating_sub(1)).rev() {
            if self.comparison.is_open(index, found) {
                let copied = self.backwards(index, found[index + 1].as_ref());
                keep_better(&mut found[index], copied);
            }
        }
    }

    fn forwards(&self, index: usize, before: Option<&Copied>, anchors: &[Anchor]) -> Option<Copied> {
        let words = &self.comparison.sketch.sentences[index].words;
        let ours = anchors.iter().filter(|anchor| anchor.sentence == index && anchor.article == self.article);
        let marks = ours.take(MAX_ANCHORS).map(|anchor| (anchor.word, self.earlier.word_at(anchor.start)));
        let goes_on = before.filter(|copied| self.is_from_here(copied));
        let hint = goes_on.map(|copied| (words.start, self.earlier.word_at(copied.source.end)));
        let mut best = hint.and_then(|anchor| self.at(index, anchor, true));
        for anchor in marks {
            if best.as_ref().is_some_and(Copied::is_repeat) {
                break;
            }
            keep_better(&mut best, self.at(index, anchor, false));
        }
        best
    }

    fn backwards(&self, index: usize, behind: Option<&Copied>) -> Option<Copied> {
        let behind = behind.filter(|copied| self.is_from_here(copied))?;
        let end = self.comparison.sketch.sentences[index].words.end;
        self.at(index, (end, self.earlier.word_at(behind.source.start)), true)
    }

    fn is_from_here(&self, copied: &Copied) -> bool {
        copied.article == self.article && copied.is_repeat()
    }

    /// Judges the sentence `index` where the word `anchor.0` stands beside the word `anchor.1`;
    /// `follows` where the sentences before or behind do so too.
    fn at(&self, index: usize, anchor: (usize, usize), follows: bool) -> Option<Copied> {
        let sketch = self.comparison.sketch;
        let sentence = &sketch.sentences[index];
        let source = &self.earlier.words;
        let alignment = align(&sketch.words, &sentence.words, source, anchor);
        let n_needed = if follows || self.condition == Condition::Damaged {
            sentence.words.len().min(SHINGLE_WORDS)
        } else {
            NEAR_WORDS
        };
        let is_altered_line = sentence.is_short() && !alignment.gaps.is_empty();
        if alignment.n_equal < n_needed || is_altered_line {
            return None;
        }
        let texts = Texts {
            copy: self.comparison.text,
            copy_words: &sketch.words,
            source: &self.earlier.text,
            source_words: source,
            condition: self.condition,
        };
        let Judgement { verdict, n_damaged } = judge(sentence.words.len(), &alignment, texts);
        if verdict == Verdict::Unrelated {
            return None;
        }
        let source = self.bytes(&alignment)?;
        Some(Copied { article: self.article, source, verdict, is_exact: false, n_damaged, is_torn: false })
    }

    fn bytes(&self, alignment: &Alignment) -> Option<Range<usize>> {
        let words = self.earlier.words.get(alignment.source.clone())?;
        Some(words.first()?.start as usize..words.last()?.end as usize)
    }
}
