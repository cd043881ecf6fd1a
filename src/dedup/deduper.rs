//! What each arriving article repeats of those that arrived before it.
//!
//! The answer depends on the articles and their order alone. Each sentence has one source: the first
//! place where it stood. Sources are looked up by the keys of `sketch`; only where keys promise more
//! is an earlier article fetched and compared. The memory holds some thirty entries an article.

use std::ops::Range;
use std::sync::Arc;

use super::arrival::{Arrival, Findings};
use super::copies::{Comparison, Copied};
use super::own::own_repeats;
use super::sketch::{Sentence, Sketch};
use super::stories::{Evidence, story};
use super::table::{Entry, Table};
use super::word::{finish, mix};
use crate::article::Article;
use crate::error::Result;

/// An article that arrived before, as it is compared.
pub struct Earlier {
    pub(super) text: String,
    pub(super) sketch: Sketch,
}

impl Earlier {
    /// Prepares `article` for comparison.
    #[must_use]
    pub fn new(article: Article) -> Self {
        let sketch = Sketch::of(&article);
        Self { text: article.text, sketch }
    }
}

/// Where earlier articles are fetched from.
pub trait Library {
    /// Returns the article that arrived as number `number`, where it is still there.
    ///
    /// # Errors
    /// Fails where the article cannot be read.
    fn earlier(&mut self, number: u32) -> Result<Option<Arc<Earlier>>>;
}

/// Articles in memory, by their numbers.
impl Library for Vec<Arc<Earlier>> {
    fn earlier(&mut self, number: u32) -> Result<Option<Arc<Earlier>>> {
        Ok(self.get(number as usize).cloned())
    }
}

/// What is kept of each article.
#[derive(Clone, Copy, Debug)]
struct Arrived {
    /// The number of the first article of its story.
    story: u32,
    /// The hash of its outlet; 0 where it is unknown.
    outlet: u64,
    /// Whether it is gone.
    is_forgotten: bool,
}

/// The memory of what arrived, and the judgement on what arrives.
///
/// ```
/// use std::sync::Arc;
/// use kliping::article::{ArticleId, Declared, RawArticle};
/// use kliping::dedup::{Deduper, Earlier, RepeatKind, Sketch};
///
/// let (mut deduper, mut library) = (Deduper::new(), Vec::new());
/// let mut add = |text: &str| {
///     let (id, declared) = (ArticleId::new("a"), Declared::default());
///     let raw = RawArticle { id, path: String::new(), text: text.to_owned(), declared };
///     let article = kliping::clean::clean(raw);
///     let findings = deduper.add(text, &Sketch::of(&article), 0, &mut library)?;
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
pub struct Deduper {
    table: Table,
    articles: Vec<Arrived>,
}

impl Deduper {
    /// Returns a deduper that has met nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next article and returns what it repeats.
    ///
    /// Articles are numbered from 0 in the order in which they come. `sketch` is of the article with
    /// the text `text`; `outlet` is a hash of who published it, 0 where that is unknown.
    ///
    /// # Errors
    /// Fails where `library` does.
    pub fn add(&mut self, text: &str, sketch: &Sketch, outlet: u64, library: &mut dyn Library) -> Result<Findings> {
        let number = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        let own = own_repeats(text, sketch);
        let comparison = Comparison { text, sketch, own: &own };
        let copies = comparison.copies(|key| self.place(key), |key| self.is_common(key, outlet), library)?;
        let mut arrival = Arrival { number, outlet, sketch, own, copies, is_boilerplate: Vec::new() };
        arrival.is_boilerplate = self.boilerplate(&mut arrival);
        let story = self.story(&arrival);
        self.articles.push(Arrived { story, outlet, is_forgotten: false });
        self.remember(&arrival, story);
        Ok(Findings { repeats: arrival.repeats(text), story })
    }

    /// Forgets the article `number`: what it said first belongs to whoever says it next.
    pub fn forget(&mut self, number: u32) {
        if let Some(arrived) = self.articles.get_mut(number as usize) {
            arrived.is_forgotten = true;
        }
    }

    /// Returns the first place of `key`, in an article that is not forgotten.
    fn place(&self, key: u64) -> Option<Entry> {
        let is_there = |entry: &Entry| self.articles.get(entry.article as usize).is_some_and(|a| !a.is_forgotten);
        self.table.get(key).filter(is_there)
    }

    /// Whether three stories of `outlet` have the sentence `key`.
    fn is_common(&self, key: u64, outlet: u64) -> bool {
        self.table.get(tally_key(key, outlet)).is_some_and(|tally| tally.extra != NONE)
    }

    /// Returns for each sentence whether enough stories of the outlet have it, and lets those point at
    /// the first article of the outlet that has it.
    fn boilerplate(&self, arrival: &mut Arrival<'_>) -> Vec<bool> {
        let mut is_boilerplate = Vec::with_capacity(arrival.copies.len());
        for (sentence, copied) in arrival.sketch.sentences.iter().zip(&mut arrival.copies) {
            let copied =
                copied.as_mut().filter(|copied| copied.is_exact && self.is_common(sentence.key, arrival.outlet));
            is_boilerplate.push(copied.is_some());
            if let Some((copied, entry)) = copied.zip(self.place(outlet_key(sentence.key, arrival.outlet))) {
                *copied = Copied::exact(entry);
            }
        }
        is_boilerplate
    }

    /// Returns the story of the article: the one that covers most of it, else its own.
    fn story(&self, arrival: &Arrival<'_>) -> u32 {
        let mut evidence = Evidence::default();
        for (index, sentence) in arrival.sketch.sentences.iter().enumerate() {
            if arrival.own[index].is_some() || arrival.is_boilerplate[index] || !sentence.is_body {
                continue;
            }
            let copied = arrival.copies[index].as_ref().filter(|copied| copied.is_repeat());
            let story = copied.map(|copied| self.articles[copied.article as usize].story);
            evidence.add(sentence.words.len(), story);
        }
        story(&evidence).unwrap_or(arrival.number)
    }

    fn remember(&mut self, arrival: &Arrival<'_>, story: u32) {
        for (index, sentence) in arrival.sketch.sentences.iter().enumerate() {
            if arrival.own[index].is_some() {
                continue;
            }
            let copied = arrival.copies[index].as_ref().filter(|copied| copied.is_repeat());
            match copied {
                Some(copied) if copied.is_exact => self.count(sentence, arrival, copied.article, story),
                Some(copied) => self.remember_sentence(sentence, copied.article, &copied.source),
                None => self.remember_sentence(sentence, arrival.number, &sentence.range),
            }
        }
        self.remember_marks(arrival);
    }

    fn remember_marks(&mut self, arrival: &Arrival<'_>) {
        for mark in &arrival.sketch.marks {
            let sentence = arrival.sketch.sentence_of(mark.word);
            let is_repeat = arrival.copies[sentence].as_ref().is_some_and(Copied::is_repeat);
            if arrival.own[sentence].is_none() && !is_repeat && self.place(mark.key).is_none() {
                let [before, behind] = arrival.sketch.context(mark.word);
                let extra = u32::from_be_bytes([0, 0, behind, before]);
                let start = arrival.sketch.words[mark.word].start;
                self.table.insert(mark.key, Entry { article: arrival.number, start, extra });
            }
        }
    }

    fn remember_sentence(&mut self, sentence: &Sentence, article: u32, range: &Range<usize>) {
        self.put(sentence.key, article, range);
        if sentence.key_before_next != 0 {
            self.put(sentence.key_before_next, article, range);
        }
    }

    fn put(&mut self, key: u64, article: u32, range: &Range<usize>) {
        let (Ok(start), Ok(extra)) = (u32::try_from(range.start), u32::try_from(range.len())) else { return };
        if self.place(key).is_none() {
            self.table.insert(key, Entry { article, start, extra });
        }
    }

    /// Counts `story` among those of the outlet that have `sentence`, which stood first in the article
    /// `first`.
    fn count(&mut self, sentence: &Sentence, arrival: &Arrival<'_>, first: u32, story: u32) {
        let is_ours = self.articles[first as usize].outlet == arrival.outlet;
        if !is_ours {
            self.put(outlet_key(sentence.key, arrival.outlet), arrival.number, &sentence.range);
        }
        let begun = if is_ours { self.articles[first as usize].story } else { NONE };
        let key = tally_key(sentence.key, arrival.outlet);
        let tally = self.table.get(key).unwrap_or(Entry { article: begun, start: NONE, extra: NONE });
        let next = match tally {
            Entry { article, start, extra } if [article, start, extra].contains(&story) => return,
            Entry { article: NONE, .. } => Entry { article: story, ..tally },
            Entry { start: NONE, .. } => Entry { start: story, ..tally },
            Entry { extra: NONE, .. } => Entry { extra: story, ..tally },
            Entry { .. } => return,
        };
        self.table.insert(key, next);
    }
}

/// No story.
const NONE: u32 = u32::MAX;

/// Returns the key under which the stories of `outlet` that have the sentence `key` are kept: the
/// entry holds three of them, and with the third the sentence is boilerplate.
fn tally_key(key: u64, outlet: u64) -> u64 {
    finish(mix(key, outlet))
}

/// Returns the key under which the first place of the sentence `key` in an outlet is kept, where that
/// is not the first place of all.
fn outlet_key(key: u64, outlet: u64) -> u64 {
    finish(mix(!key, outlet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared, RawArticle};
    use crate::dedup::{Repeat, RepeatKind};
    use proptest::prelude::*;

    fn article(text: &str) -> Article {
        let (id, declared) = (ArticleId::new("a"), Declared::default());
        let raw = RawArticle { id, path: String::new(), text: text.to_owned(), declared };
        crate::clean::clean(raw)
    }

    /// Adds each text as an article of the outlet beside it.
    fn add_all<'t>(texts: impl IntoIterator<Item = (&'t str, u64)>) -> Vec<Findings> {
        let (mut deduper, mut library) = (Deduper::new(), Vec::new());
        let mut found = Vec::new();
        for (text, outlet) in texts {
            let article = article(text);
            found.push(deduper.add(text, &Sketch::of(&article), outlet, &mut library).unwrap());
            library.push(Arc::new(Earlier::new(article)));
        }
        found
    }

    /// Checks what the last text repeats of those before it: text, article, kind.
    #[track_caller]
    fn check(texts: &[&str], expected: &[(&str, u32, RepeatKind)]) {
        let found = add_all(texts.iter().map(|text| (*text, 0)));
        let last = texts.last().unwrap();
        let shown = |repeat: &Repeat| (&last[repeat.range.clone()], repeat.article.unwrap(), repeat.kind);
        assert_eq!(found.last().unwrap().repeats.iter().map(shown).collect::<Vec<_>>(), expected, "{last}");
    }

    const LEAD: &str = "Pemerintah Provinsi Jawa Tengah menambah pasokan beras ke pasar induk mulai Senin pagi.";
    const STOCK: &str = "Gudang di Kabupaten Demak masih menyimpan 4.500 ton beras medium untuk tiga bulan mendatang.";
    const PRICE: &str = "Pedagang berharap harga segera turun karena pembeli mulai beralih ke jagung dan singkong.";
    const OTHER: &str = "Timnas sepak bola putri berlatih keras menjelang laga tandang melawan Vietnam akhir bulan.";

    #[test]
    fn a_sentence_points_at_where_it_stood_first() {
        check(&[LEAD, &format!("{OTHER}\n{LEAD}"), LEAD], &[(LEAD, 0, RepeatKind::Exact)]);
    }

    #[test]
    fn neighbours_are_one_repeat() {
        let both = format!("{LEAD} {STOCK}");
        check(&[&both, &both], &[(&both, 0, RepeatKind::Exact)]);
    }

    #[test]
    fn damage_is_near_and_other_figures_are_an_update() {
        let story = format!("{LEAD}\n{STOCK}\n{PRICE}");
        let damaged = LEAD.replace("menambah", "menarnbah");
        let updated = STOCK.replace("4.500", "3.100");
        check(
            &[&story, &format!("{damaged}\n{updated}\n{PRICE}")],
            &[(&damaged, 0, RepeatKind::Near), (&updated, 0, RepeatKind::Update), (PRICE, 0, RepeatKind::Exact)],
        );
    }

    #[test]
    fn a_short_line_repeats_only_beside_a_repeat() {
        let line = "Simak yang berikut ini.";
        check(&[&format!("{LEAD}\n{line}"), &format!("{OTHER}\n{line}")], &[]);
        let both = format!("{LEAD}\n{line}");
        check(&[&both, &both], &[(&both, 0, RepeatKind::Exact)]);
    }

    #[test]
    fn a_copy_with_local_text_is_of_the_story_and_a_shared_paragraph_is_not() {
        let story = format!("{LEAD}\n{STOCK}\n{PRICE}");
        let copy = format!("Warga Semarang menyambut baik kabar itu.\n{LEAD}\n{STOCK}\n{PRICE}");
        let quoting = format!("{OTHER}\nPelatih menyiapkan formasi baru dengan tiga penyerang di depan.\n{PRICE}");
        let found = add_all([story.as_str(), copy.as_str(), quoting.as_str()].map(|text| (text, 0)));
        assert_eq!(found.iter().map(|f| f.story).collect::<Vec<_>>(), [0, 0, 2]);
    }

    #[test]
    fn what_three_stories_of_an_outlet_repeat_is_boilerplate() {
        let line = "Redaksi menerima tulisan pembaca setiap hari melalui kantor kami di Semarang.";
        let texts: Vec<String> =
            [LEAD, STOCK, PRICE, OTHER].iter().map(|own| format!("{own} Begitu kata {own}\n{line}")).collect();
        let kinds = |outlet| -> Vec<_> {
            let found = add_all(texts.iter().map(|text| (text.as_str(), outlet)));
            found.iter().map(|f| f.repeats.last().map(|repeat| repeat.kind)).collect()
        };
        let exact = Some(RepeatKind::Exact);
        assert_eq!(kinds(7), [None, exact, exact, Some(RepeatKind::Boilerplate)]);
        assert_eq!(kinds(0), [None, exact, exact, exact]);
    }

    #[test]
    fn what_is_forgotten_belongs_to_whoever_says_it_next() {
        let (mut deduper, mut library) = (Deduper::new(), Vec::new());
        let mut sources = Vec::new();
        for _ in 0..3 {
            let article = article(LEAD);
            let findings = deduper.add(LEAD, &Sketch::of(&article), 0, &mut library).unwrap();
            sources.push(findings.repeats.first().and_then(|repeat| repeat.article));
            library.push(Arc::new(Earlier::new(article)));
            deduper.forget(0);
        }
        assert_eq!(sources, [None, None, Some(1)]);
    }

    /// A library that has lost its articles.
    struct Lost;

    impl Library for Lost {
        fn earlier(&mut self, _: u32) -> Result<Option<Arc<Earlier>>> {
            Ok(None)
        }
    }

    #[test]
    fn equal_sentences_repeat_an_article_that_cannot_be_fetched_and_near_ones_do_not() {
        let mut deduper = Deduper::new();
        let damaged = format!("{LEAD}\n{}", STOCK.replace("medium", "mediurn"));
        let mut add = |text: &str| deduper.add(text, &Sketch::of(&article(text)), 0, &mut Lost).unwrap().repeats;
        assert!(add(&format!("{LEAD}\n{STOCK}")).is_empty());
        let repeats = add(&damaged);
        assert_eq!(repeats.iter().map(|repeat| &damaged[repeat.range.clone()]).collect::<Vec<_>>(), [LEAD]);
    }

    #[test]
    fn hostile_texts_take_bounded_time() {
        let many = "Kalimat yang sama sekali lagi.\n".repeat(20_000);
        let glued = "kata ".repeat(50_000);
        let found = add_all([(many.as_str(), 0), (glued.as_str(), 0), (many.as_str(), 0), (glued.as_str(), 0)]);
        assert_eq!(found.iter().map(|f| f.story).collect::<Vec<_>>(), [0, 1, 2, 1]);
    }

    proptest! {
        #[test]
        fn repeats_ascend_point_back_and_depend_on_the_order_alone(
            picks in proptest::collection::vec(proptest::collection::vec(0..6usize, 1..8), 1..8),
        ) {
            const LINES: [&str; 6] = [LEAD, STOCK, PRICE, OTHER, "Ya.", "Simak yang berikut ini."];
            let text = |lines: &Vec<usize>| lines.iter().map(|line| LINES[*line]).collect::<Vec<_>>().join("\n");
            let texts: Vec<String> = picks.iter().map(text).collect();
            let all = || add_all(texts.iter().map(|text| (text.as_str(), 1)));
            let found = all();
            prop_assert_eq!(&found, &all());
            for (number, (text, findings)) in texts.iter().zip(&found).enumerate() {
                prop_assert!(findings.story as usize <= number);
                let mut end = 0;
                for repeat in &findings.repeats {
                    prop_assert!(repeat.range.start >= end && text.get(repeat.range.clone()).is_some());
                    end = repeat.range.end;
                    let source = repeat.article.map_or(number, |article| article as usize);
                    prop_assert!(source < number || repeat.source.end <= repeat.range.start);
                    prop_assert!(texts[source].get(repeat.source.clone()).is_some());
                }
            }
        }
    }
}
