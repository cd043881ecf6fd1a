//! What each arriving article repeats of those that arrived before it.
//!
//! The answer depends on the articles and their order alone. Each sentence has one source: the first
//! place where it stood. Sources are looked up by the keys of `sketch`; only where keys promise more
//! is an earlier article fetched and compared. The memory holds some thirty entries an article.

use std::cell::OnceCell;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::arrival::{Arrival, Findings, Repeat, UNKNOWN};
use super::copies::{Comparison, Copied};
use super::earlier::Library;
use super::known::Known;
use super::memory::{Entry, InMemory, Memory};
use super::sketch::{Sentence, Sketch};
use super::stories::{Beside, Counted, Covering, Evidence, Likeness, Source};
use super::tally::Tally;
use super::verdict::Verdict;
use super::word::{finish, mix};
use crate::error::Result;

/// Articles of an outlet among which three have a sentence where that is boilerplate.
///
/// Measured on 28,877 articles: of 323 sentences that an outlet has four times or more, those of footers and promotion
/// stand in three of at most 64 articles; what is further apart is the background of affairs.
const COMMON_WITHIN: usize = 100;

/// An article as it arrives.
#[derive(Clone, Copy)]
pub struct Arriving<'a> {
    /// Its text.
    pub text: &'a str,
    /// The sketch of the text.
    pub sketch: &'a Sketch,
    /// The name of the story that it begins where it is no copy; unlike that of any other article.
    pub story: u64,
    /// The hash of who published it, 0 where that is unknown.
    pub outlet: u64,
    /// The day it was published, where that is known.
    pub day: Option<Date>,
}

/// What is kept of each article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Its number in the order of arrival.
    pub number: u32,
    /// The name of its story.
    pub story: u64,
    /// The hash of its outlet; 0 where it is unknown.
    pub outlet: u64,
    /// Whether it is gone.
    pub is_forgotten: bool,
}

/// The memory of what arrived, and the judgement on what arrives.
///
/// ```
/// use std::sync::Arc;
/// use kliping::article::{ArticleId, Declared, RawArticle};
/// use kliping::dedup::{Arriving, Deduper, Earlier, RepeatKind, Sketch};
///
/// let (mut deduper, mut library) = (Deduper::new(), Vec::new());
/// let mut add = |text: &str| {
///     let (id, declared) = (ArticleId::new(text), Declared::default());
///     let raw = RawArticle { id, path: String::new(), text: text.to_owned(), declared };
///     let article = kliping::clean::clean(raw);
///     let sketch = Sketch::of(&article);
///     let arriving = Arriving { text, sketch: &sketch, story: article.id.ord(), outlet: 0, day: article.day() };
///     let findings = deduper.add(arriving, &mut library)?;
///     library.push(Arc::new(Earlier::new(article)));
///     Ok::<_, kliping::error::Error>(findings)
/// };
/// let first = add("Harga beras di pasar induk naik lagi pekan ini.")?;
/// let second = add("Kata warga: mahal.\nHarga beras di pasar induk naik lagi pekan ini.")?;
/// assert!(first.repeats.is_empty());
/// assert_eq!(second.repeats[0].article, Some(0));
/// assert_eq!(second.repeats[0].kind, RepeatKind::Exact);
/// # Ok::<(), kliping::error::Error>(())
/// ```
#[derive(Default)]
pub struct Deduper<M = InMemory> {
    memory: M,
    /// By their numbers, which ascend; those of articles long gone may be missing.
    articles: Vec<Arrived>,
    /// The numbers of the articles of each outlet, ascending.
    by_outlet: FxHashMap<u64, Vec<u32>>,
    /// The number of the next article.
    next: u32,
}

impl Deduper {
    /// Returns a deduper that has met nothing and keeps its memory to itself.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl<M: Memory> Deduper<M> {
    /// Returns a deduper that goes on behind `articles`, of which `memory` knows; their numbers ascend.
    #[must_use]
    pub fn resume(memory: M, articles: Vec<Arrived>) -> Self {
        let next = articles.last().map_or(0, |last| last.number + 1);
        let mut by_outlet: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for Arrived { number, outlet, .. } in &articles {
            by_outlet.entry(*outlet).or_default().push(*number);
        }
        Self { memory, articles, by_outlet, next }
    }

    /// Returns what is kept beside the list of articles.
    pub fn memory(&mut self) -> &mut M {
        &mut self.memory
    }

    /// Returns what is kept of the articles, by their numbers.
    #[must_use]
    pub fn articles(&self) -> &[Arrived] {
        &self.articles
    }

    /// Returns what is kept of the article `number`, forgotten or not.
    #[must_use]
    pub fn article(&self, number: u32) -> Option<&Arrived> {
        self.articles.get(self.place_of(number)?)
    }

    /// Returns where the article `number` stands in the list of articles.
    fn place_of(&self, number: u32) -> Option<usize> {
        // As long as none is missing, each stands at its number.
        let likely = number as usize;
        if self.articles.get(likely).is_some_and(|arrived| arrived.number == number) {
            return Some(likely);
        }
        self.articles.binary_search_by_key(&number, |arrived| arrived.number).ok()
    }

    /// Returns the number that the next article gets: they are numbered in the order in which they come.
    #[must_use]
    pub fn next_number(&self) -> u32 {
        self.next
    }

    /// Leaves out numbers, so that the next article gets `number` or a later one.
    pub fn skip_to(&mut self, number: u32) {
        self.next = self.next.max(number);
    }

    /// Takes in the next article and returns what it repeats.
    ///
    /// # Errors
    /// Fails where `library` or the memory does; the article is then not taken in.
    pub fn add(&mut self, arriving: Arriving<'_>, library: &mut dyn Library) -> Result<Findings> {
        let mut known = self.known(&arriving)?;
        let arrival = self.arrival(self.next, &arriving, &known, library)?;
        let story = self.story(&arrival, arriving.day, library)?.unwrap_or(arriving.story);
        self.push(story, arriving.outlet);
        self.take_in(&arrival, &mut known, library)?;
        Ok(Findings { repeats: arrival.repeats(), story })
    }

    /// Takes in the next article as [`add`](Self::add) does, but for its story: that is `arriving.story`,
    /// as it was judged when the article arrived first.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_known(&mut self, arriving: Arriving<'_>, library: &mut dyn Library) -> Result<()> {
        self.push(arriving.story, arriving.outlet);
        self.judge_again(self.next - 1, arriving, library).map(|_| ())
    }

    /// Gives the next number to an article.
    fn push(&mut self, story: u64, outlet: u64) {
        self.articles.push(Arrived { number: self.next, story, outlet, is_forgotten: false });
        self.by_outlet.entry(outlet).or_default().push(self.next);
        self.next += 1;
    }

    /// Judges the article `number` once more, after articles that it repeats were forgotten, and returns
    /// what it repeats of those left before it. It keeps its story.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn judge_again(
        &mut self,
        number: u32,
        arriving: Arriving<'_>,
        library: &mut dyn Library,
    ) -> Result<Vec<Repeat>> {
        let mut known = self.known(&arriving)?;
        let arrival = self.arrival(number, &arriving, &known, library)?;
        self.take_in(&arrival, &mut known, library)?;
        Ok(arrival.repeats())
    }

    /// Forgets the article `number`: what it said first belongs to whoever says it next.
    pub fn forget(&mut self, number: u32) {
        if let Some(place) = self.place_of(number) {
            self.articles[place].is_forgotten = true;
        }
    }

    /// Looks up everything that the article may have in common with earlier ones.
    fn known(&mut self, arriving: &Arriving<'_>) -> Result<Known> {
        let keys = &arriving.sketch.keys;
        let mut known = Known::with_room_for(keys.len());
        known.look_up(keys, &mut self.memory)?;
        let mut of_outlet: Vec<u64> = known
            .keys_of(arriving.sketch)
            .flat_map(|key| [tally_key(key, arriving.outlet), outlet_key(key, arriving.outlet)])
            .collect();
        of_outlet.sort_unstable();
        of_outlet.dedup();
        known.look_up(&of_outlet, &mut self.memory)?;
        Ok(known)
    }

    fn arrival<'a>(
        &self,
        number: u32,
        arriving: &Arriving<'a>,
        known: &Known,
        library: &mut dyn Library,
    ) -> Result<Arrival<'a>> {
        let Arriving { text, sketch, outlet, .. } = *arriving;
        let comparison = Comparison { text, sketch };
        let place = |key| self.place(known, key, number);
        let copies = comparison.copies(place, |key| self.is_common(known, key, outlet, number), library)?;
        let mut arrival = Arrival::new(number, outlet, text, sketch, copies);
        arrival.is_boilerplate = self.boilerplate(&mut arrival, known);
        Ok(arrival)
    }

    /// Returns the first place of `key`, in an article before `number` that is not forgotten.
    fn place(&self, known: &Known, key: u64, number: u32) -> Option<Entry> {
        let entry = known.get(key).filter(|entry| entry.article < number)?;
        self.article(entry.article).filter(|article| !article.is_forgotten).map(|_| entry)
    }

    /// Returns story and outlet of the article `number`.
    fn story_and_outlet(&self, number: u32) -> (u64, u64) {
        self.article(number).map_or((0, UNKNOWN), |article| (article.story, article.outlet))
    }

    /// Returns for each sentence whether enough stories of the outlet have it, and lets those point at
    /// the first article of the outlet that has it.
    fn boilerplate(&self, arrival: &mut Arrival<'_>, known: &Known) -> Vec<bool> {
        let Arrival { number, outlet, .. } = *arrival;
        let mut is_boilerplate = Vec::with_capacity(arrival.copies.len());
        for (index, copied) in arrival.copies.iter_mut().enumerate() {
            let sentence = &arrival.sketch.sentences[index];
            let copied = copied
                .as_mut()
                .filter(|copied| copied.is_exact() && self.is_common(known, sentence.key, outlet, number));
            is_boilerplate.push(copied.is_some());
            if let Some((copied, entry)) = copied.zip(self.place(known, outlet_key(sentence.key, outlet), number)) {
                *copied = Copied::exact(entry);
            }
        }
        is_boilerplate
    }

    /// Returns the story that covers most of the article, where one covers enough. What a follow-up tells again counts
    /// for the article that told it first, and a copy of the follow-up is of its story nonetheless: it has all of it.
    fn story(&self, arrival: &Arrival<'_>, day: Option<Date>, library: &mut dyn Library) -> Result<Option<u64>> {
        let evidence = self.evidence(arrival, |copied, _| copied.article);
        let mut best = story_of(&evidence, arrival.sketch, day, library)?;
        for article in evidence.divided() {
            let Some(earlier) = library.earlier(article)? else { continue };
            let has = |sentence: &Sentence| earlier.has(&arrival.sketch.words[sentence.words.clone()]);
            let evidence =
                self.evidence(
                    arrival,
                    |copied, sentence| {
                        if copied.is_repeat() && has(sentence) { article } else { copied.article }
                    },
                );
            let whole = story_of(&evidence, arrival.sketch, day, library)?;
            if whole.is_some_and(|whole| whole.is_rather_than(best.as_ref())) {
                best = whole;
            }
        }
        Ok(best.map(|best| best.story))
    }

    /// Returns what each story covers of the article, where a sentence is copied from the article that `source_of`
    /// gives.
    fn evidence(&self, arrival: &Arrival<'_>, source_of: impl Fn(&Copied, &Sentence) -> u32) -> Evidence {
        let mut evidence = Evidence::default();
        for (index, sentence) in arrival.sketch.sentences.iter().enumerate() {
            if arrival.sketch.own[index].is_some() || arrival.is_boilerplate[index] || !sentence.is_body {
                continue;
            }
            let source = |copied: &Copied| {
                let article = source_of(copied, sentence);
                let (story, outlet) = self.story_and_outlet(article);
                let is_at_home = outlet == arrival.outlet && outlet != UNKNOWN;
                Some(Source { story, article, is_at_home, likeness: likeness(copied)? })
            };
            let copied = arrival.copies[index].as_ref();
            let is_row = arrival.sketch.has_figure(index, arrival.text) && arrival.sketch.is_entry(index, arrival.text);
            evidence.add(Counted { n_words: sentence.words.len(), is_row }, copied.and_then(source));
        }
        evidence
    }

    /// Keeps what later articles may repeat.
    fn take_in(&mut self, arrival: &Arrival<'_>, known: &mut Known, library: &mut dyn Library) -> Result<()> {
        for (index, sentence) in arrival.sketch.sentences.iter().enumerate() {
            if arrival.sketch.own[index].is_some() {
                continue;
            }
            let copied = arrival.copies[index].as_ref().filter(|copied| copied.is_repeat());
            match copied {
                Some(copied) if copied.is_exact() => {
                    self.put_in_outlet(sentence, arrival, copied.article, known);
                    self.count(index, arrival, copied.article, known, library)?;
                }
                Some(copied) => self.remember_sentence(sentence, Copied::reworded_entry(copied), known),
                None => self.remember_sentence(sentence, Copied::entry(arrival.number, &sentence.range), known),
            }
        }
        self.remember_marks(arrival, known);
        known.write_to(&mut self.memory)
    }

    fn remember_marks(&self, arrival: &Arrival<'_>, known: &mut Known) {
        for mark in &arrival.sketch.marks {
            let sentence = arrival.sketch.sentence_of(mark.word);
            let is_repeat = arrival.copies[sentence].as_ref().is_some_and(Copied::is_repeat);
            if arrival.sketch.own[sentence].is_none()
                && !is_repeat
                && self.place(known, mark.key, arrival.number).is_none()
            {
                let [before, behind] = arrival.sketch.context(mark.word);
                let extra = u32::from_be_bytes([0, 0, behind, before]);
                let start = arrival.sketch.words[mark.word].start;
                known.set(mark.key, Entry { article: arrival.number, start, extra });
            }
        }
    }

    fn remember_sentence(&self, sentence: &Sentence, entry: Option<Entry>, known: &mut Known) {
        self.put(sentence.key, entry, known);
        if sentence.key_before_next != 0 {
            self.put(sentence.key_before_next, entry, known);
        }
    }

    fn put(&self, key: u64, entry: Option<Entry>, known: &mut Known) {
        if let Some(entry) = entry.filter(|entry| self.place(known, key, entry.article + 1).is_none()) {
            known.set(key, entry);
        }
    }

    /// Remembers the arrival as the first of its outlet that has `sentence`, where that stood first in
    /// `first`, an article of another outlet.
    fn put_in_outlet(&self, sentence: &Sentence, arrival: &Arrival<'_>, first: u32, known: &mut Known) {
        if self.story_and_outlet(first).1 != arrival.outlet {
            let entry = Copied::entry(arrival.number, &sentence.range);
            self.put(outlet_key(sentence.key, arrival.outlet), entry, known);
        }
    }

    /// Counts the arrival among the articles of its outlet that have `sentence`, where it is of another
    /// story than they are and about something else. Those with a figure are never boilerplate, nor are quotes.
    fn count(
        &self,
        sentence: usize,
        arrival: &Arrival<'_>,
        first: u32,
        known: &mut Known,
        library: &mut dyn Library,
    ) -> Result<()> {
        if arrival.sketch.has_figure(sentence, arrival.text) || arrival.sketch.is_quote(sentence, arrival.text) {
            return Ok(());
        }
        let first = Some(first).filter(|first| self.story_and_outlet(*first).1 == arrival.outlet);
        let key = tally_key(arrival.sketch.sentences[sentence].key, arrival.outlet);
        let tally = Tally::new(known.get(key), first);
        let is_left = |article| self.is_left(article);
        let story = |article| self.story_and_outlet(article).0;
        let is_told = tally.left(is_left).any(|article| story(article) == story(arrival.number));
        if is_told || self.is_frequent(tally, arrival.outlet, is_left) {
            return Ok(());
        }
        let topic = OnceCell::new();
        for article in tally.left(is_left) {
            let topic = topic.get_or_init(|| arrival.topic_around(sentence));
            if library.earlier(article)?.is_none_or(|earlier| !topic.is_unlike(earlier.topic())) {
                return Ok(());
            }
        }
        known.set(key, tally.with(arrival.number, is_left));
        Ok(())
    }

    fn is_left(&self, number: u32) -> bool {
        self.article(number).is_some_and(|article| !article.is_forgotten)
    }

    /// Whether articles of `outlet` that arrived before `number`, close to one another, and are about three
    /// different things have the sentence `key`.
    fn is_common(&self, known: &Known, key: u64, outlet: u64, number: u32) -> bool {
        let entry = known.get(tally_key(key, outlet));
        let is_left = |article| article < number && self.is_left(article);
        entry.is_some() && self.is_frequent(Tally::new(entry, None), outlet, is_left)
    }

    /// Whether the tally is full of articles that are `left`, with few others of `outlet` between them: what a large
    /// archive has said three times in years is no boilerplate.
    fn is_frequent(&self, tally: Tally, outlet: u64, is_left: impl Fn(u32) -> bool) -> bool {
        let Some([first, _, last]) = tally.full(is_left) else { return false };
        let Some(of_outlet) = self.by_outlet.get(&outlet) else { return false };
        let place = |article: u32| of_outlet.partition_point(|other| *other < article);
        place(last) - place(first) <= COMMON_WITHIN
    }
}

/// Returns the story that covers enough of an article of `day`, going by `evidence`.
fn story_of(
    evidence: &Evidence,
    sketch: &Sketch,
    day: Option<Date>,
    library: &mut dyn Library,
) -> Result<Option<Covering>> {
    let Some(candidate) = evidence.candidate() else { return Ok(None) };
    let beside = library.earlier(candidate.first())?.map(|earlier| Beside {
        n_words: earlier.words.len(),
        days_apart: day.zip(earlier.day).map(|(day, before)| i64::from((day - before).get_days()).abs()),
        has_headline: earlier.has_headline_of(sketch),
    });
    Ok(candidate.is_enough(beside).then(|| candidate.covering(beside)))
}

/// Returns how a sentence is like its source, where that says anything of their articles.
fn likeness(copied: &Copied) -> Option<Likeness> {
    match copied.verdict {
        Verdict::Repeat => Some(Likeness::Copied),
        Verdict::Update | Verdict::Restatement if copied.is_exchanged => Some(Likeness::Exchanged),
        Verdict::Update => Some(Likeness::Updated),
        Verdict::Restatement => Some(Likeness::Reworded(copied.n_equal)),
        Verdict::Unrelated => None,
    }
}

/// Returns the key under which the [`Tally`] of the sentence `key` in `outlet` is kept.
fn tally_key(key: u64, outlet: u64) -> u64 {
    finish(mix(key, outlet))
}

/// Returns the key under which the first place of the sentence `key` in an outlet is kept, where that
/// is not the first place of all.
fn outlet_key(key: u64, outlet: u64) -> u64 {
    finish(mix(!key, outlet))
}

#[cfg(test)]
mod tests;
