//! What each arriving article repeats of those that arrived before it.
//!
//! The answer depends on the articles and their order alone. Each sentence has one source: the first
//! place where it stood. Sources are looked up by the keys of `sketch`; only where keys promise more
//! is an earlier article fetched and compared. The memory holds some thirty entries an article.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::arrival::{Arrival, Findings, Repeat, UNKNOWN};
use super::copies::{Comparison, Copied};
use super::known::Known;
use super::memory::{Entry, InMemory, Memory};
use super::sketch::{Sentence, Sketch};
use super::stories::{Evidence, Source, story};
use super::tally::Tally;
use super::topic::Topic;
use super::verdict::Verdict;
use super::word::{Word, finish, mix};
use crate::article::Article;
use crate::error::Result;

/// An article that arrived before, as it is compared.
pub struct Earlier {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    topic: OnceLock<Topic>,
}

impl Earlier {
    /// Prepares `article` for comparison.
    #[must_use]
    pub fn new(article: Article) -> Self {
        let words = Sketch::words_of(&article);
        Self { text: article.text, words, topic: OnceLock::new() }
    }

    fn topic(&self) -> &Topic {
        self.topic.get_or_init(|| Topic::of(&self.text, self.words.iter()))
    }

    /// Whether it has `words`, one after the other.
    fn has(&self, words: &[Word]) -> bool {
        let is_same = |run: &[Word]| run.iter().zip(words).all(|(ours, theirs)| ours.hash == theirs.hash);
        !words.is_empty() && self.words.windows(words.len()).any(is_same)
    }

    /// Returns the place of the first word that begins at or behind the byte `start`.
    pub(super) fn word_at(&self, start: usize) -> usize {
        self.words.partition_point(|word| (word.start as usize) < start)
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
///     let arriving = Arriving { text, sketch: &sketch, story: article.id.ord(), outlet: 0 };
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
        Self { memory, articles, next }
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
        let story = self.story(&arrival, library)?.unwrap_or(arriving.story);
        let outlet = arriving.outlet;
        self.articles.push(Arrived { number: self.next, story, outlet, is_forgotten: false });
        self.next += 1;
        self.take_in(&arrival, &mut known, library)?;
        Ok(Findings { repeats: arrival.repeats(), story })
    }

    /// Takes in the next article as [`add`](Self::add) does, but for its story: that is `arriving.story`,
    /// as it was judged when the article arrived first.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_known(&mut self, arriving: Arriving<'_>, library: &mut dyn Library) -> Result<()> {
        let Arriving { story, outlet, .. } = arriving;
        self.articles.push(Arrived { number: self.next, story, outlet, is_forgotten: false });
        self.next += 1;
        self.judge_again(self.next - 1, arriving, library).map(|_| ())
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
            let copied =
                copied.as_mut().filter(|copied| copied.is_exact && self.is_common(known, sentence.key, outlet, number));
            is_boilerplate.push(copied.is_some());
            if let Some((copied, entry)) = copied.zip(self.place(known, outlet_key(sentence.key, outlet), number)) {
                *copied = Copied::exact(entry);
            }
        }
        is_boilerplate
    }

    /// Returns the story that covers most of the article, where one covers enough.
    fn story(&self, arrival: &Arrival<'_>, library: &mut dyn Library) -> Result<Option<u64>> {
        let evidence = self.evidence(arrival, |copied, _| copied.article);
        if let Some(story) = story(&evidence) {
            return Ok(Some(story));
        }
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
            if let Some(story) = story(&evidence) {
                return Ok(Some(story));
            }
        }
        Ok(None)
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
                let is_update = copied.verdict == Verdict::Update;
                let article = source_of(copied, sentence);
                let (story, outlet) = self.story_and_outlet(article);
                let is_at_home = outlet == arrival.outlet && outlet != UNKNOWN;
                (copied.is_repeat() || is_update).then_some(Source { story, article, is_at_home, is_update })
            };
            evidence.add(sentence.words.len(), arrival.copies[index].as_ref().and_then(source));
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
                Some(copied) if copied.is_exact => {
                    self.put_in_outlet(sentence, arrival, copied.article, known);
                    self.count(index, arrival, copied.article, known, library)?;
                }
                Some(copied) => self.remember_sentence(sentence, copied.article, &copied.source, known),
                None => self.remember_sentence(sentence, arrival.number, &sentence.range, known),
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

    fn remember_sentence(&self, sentence: &Sentence, article: u32, range: &Range<usize>, known: &mut Known) {
        self.put(sentence.key, article, range, known);
        if sentence.key_before_next != 0 {
            self.put(sentence.key_before_next, article, range, known);
        }
    }

    fn put(&self, key: u64, article: u32, range: &Range<usize>, known: &mut Known) {
        let (Ok(start), Ok(extra)) = (u32::try_from(range.start), u32::try_from(range.len())) else { return };
        if self.place(known, key, article + 1).is_none() {
            known.set(key, Entry { article, start, extra });
        }
    }

    /// Remembers the arrival as the first of its outlet that has `sentence`, where that stood first in
    /// `first`, an article of another outlet.
    fn put_in_outlet(&self, sentence: &Sentence, arrival: &Arrival<'_>, first: u32, known: &mut Known) {
        if self.story_and_outlet(first).1 != arrival.outlet {
            self.put(outlet_key(sentence.key, arrival.outlet), arrival.number, &sentence.range, known);
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
        if is_told || tally.is_full(is_left) {
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

    /// Whether articles of `outlet` that arrived before `number` and are about three different things
    /// have the sentence `key`.
    fn is_common(&self, known: &Known, key: u64, outlet: u64, number: u32) -> bool {
        let entry = known.get(tally_key(key, outlet));
        entry.is_some() && Tally::new(entry, None).is_full(|article| article < number && self.is_left(article))
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
            let (sketch, story) = (Sketch::of(&article), found.len() as u64);
            found.push(deduper.add(Arriving { text, sketch: &sketch, story, outlet }, &mut library).unwrap());
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
    fn what_is_glued_to_another_figure_is_part_of_the_update() {
        use RepeatKind::{Exact, Update};
        let updated = STOCK.replace("4.500", "3.100");
        let kinds = |glue: &str| {
            let texts = [STOCK, &updated].map(|stock| format!("{LEAD}\n{stock}{glue}{PRICE}"));
            let found = add_all(texts.iter().map(|text| (text.as_str(), 0)));
            found[1].repeats.iter().map(|repeat| repeat.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(" "), [Exact, Update, Exact]);
        for line_end in [",", ", ", ",\""] {
            assert_eq!(kinds(line_end), [Exact, Update, Exact], "{line_end:?} is what is left of a line end");
        }
        for words in [",,,", ", , ", "\",", " ,"] {
            assert_eq!(kinds(words), [Exact, Update], "{words:?} is what is left of words");
        }
    }

    #[test]
    fn a_figure_behind_a_comma_may_belong_to_what_stands_before() {
        let kind_before = |glue: &str| {
            let texts = ["2", "3"].map(|n| format!("{LEAD}\n{PRICE}{glue}{n}. {STOCK}"));
            let found = add_all(texts.iter().map(|text| (text.as_str(), 0)));
            let repeat = found[1].repeats.iter().find(|repeat| repeat.range.contains(&(LEAD.len() + 1)));
            repeat.map(|repeat| repeat.kind)
        };
        for glue in [",", ", ", ",\""] {
            assert_eq!(kind_before(glue), Some(RepeatKind::Update), "{glue:?}");
        }
        assert_eq!(kind_before("\n"), Some(RepeatKind::Exact));
    }

    #[test]
    fn a_figure_may_hang_on_letters() {
        let [story, update] =
            ["USD12", "USD13"].map(|cost| format!("{LEAD}\nBiaya gudang baru itu {cost} juta.{PRICE}\n{OTHER}"));
        let found = add_all([(story.as_str(), 0), (update.as_str(), 0)]);
        let copied: Vec<_> = found[1].repeats.iter().filter(|repeat| repeat.kind == RepeatKind::Exact).collect();
        assert_eq!(copied.iter().map(|repeat| &update[repeat.range.clone()]).collect::<Vec<_>>(), [LEAD, OTHER]);
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

    const TOPICS: [&str; 5] = [
        "Petani cabai di lereng Gunung Merapi memanen lebih awal karena hujan abu menutup kebun mereka sejak pekan \
         lalu dan pengepul menawar dengan harga separuh.",
        "Atlet panahan putri menjuarai kejuaraan Asia di Bangkok setelah menaklukkan juara bertahan Korea Selatan \
         lewat tembakan terakhir pada babak adu panah.",
        "Bank sentral menahan suku bunga acuan guna menjaga nilai tukar rupiah, sementara pelaku pasar modal \
         menunggu laporan inflasi dari badan statistik.",
        "Rumah sakit umum daerah membuka poliklinik jantung anak dengan dokter spesialis tamu, sehingga pasien \
         rujukan tidak lagi dikirim menuju ibu kota provinsi.",
        "Sutradara muda memutar film dokumenter tentang nelayan tua di festival Yogyakarta, lalu penonton \
         berdiskusi bersama pemeran sampai larut malam.",
    ];

    /// Checks what `line` is at the end of articles of `outlet` that begin with `texts`.
    #[track_caller]
    fn check_line(line: &str, texts: &[String], outlet: u64, expected: &[Option<RepeatKind>]) {
        let texts: Vec<String> = texts.iter().map(|text| format!("{text}\n{line}")).collect();
        let found = add_all(texts.iter().map(|text| (text.as_str(), outlet)));
        let kinds: Vec<_> = found.iter().map(|f| f.repeats.last().map(|repeat| repeat.kind)).collect();
        assert_eq!(kinds, expected, "{line}");
    }

    const LINE: &str = "Redaksi menerima tulisan pembaca setiap hari melalui kantor kami di Semarang.";

    #[test]
    fn what_articles_about_three_things_repeat_is_boilerplate_of_their_outlet() {
        let texts = TOPICS.map(str::to_owned);
        let (exact, boilerplate) = (Some(RepeatKind::Exact), Some(RepeatKind::Boilerplate));
        check_line(LINE, &texts, 7, &[None, exact, exact, boilerplate, boilerplate]);
        check_line(LINE, &texts, 0, &[None, exact, exact, exact, exact]);
        check_line("Peristiwa itu terjadi pada 7 Mei 2019.", &texts, 7, &[None, exact, exact, exact, exact]);
        check_line("“Kita harus bekerja keras untuk rakyat.”", &texts, 7, &[None, exact, exact, exact, exact]);
    }

    #[test]
    fn the_background_of_an_affair_is_no_boilerplate() {
        let words: Vec<&str> = TOPICS[0].split(' ').collect();
        let texts: Vec<String> =
            (0..5).map(|n| [&words[4 * n..], &words[..4 * n]].concat().join(" ").replace('.', "")).collect();
        let exact = Some(RepeatKind::Exact);
        check_line(LINE, &texts, 7, &[None, exact, exact, exact, exact]);
    }

    #[test]
    fn what_is_copied_from_several_stories_belongs_to_the_one_that_covers_most() {
        let parts = [TOPICS[..2].join("\n"), TOPICS[2].to_owned(), TOPICS[3..].join("\n")];
        let story = |rest: &str| {
            let whole = format!("{}{rest}", TOPICS.join("\n"));
            add_all(parts.iter().chain([&whole]).map(|text| (text.as_str(), 0)))[3].story
        };
        assert_eq!(story(""), 0);
        assert_eq!(story(&format!("\n{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}")), 3, "much of it is new");
    }

    #[test]
    fn a_follow_up_of_the_same_outlet_is_no_copy_of_what_it_tells_again() {
        let new = "Kepala dinas membantah kabar itu dan meminta warga menunggu hasil penyelidikan polisi di lapangan.";
        let follow_up = format!("{new}\n{LEAD}\n{STOCK}");
        let story = format!("{LEAD}\n{STOCK}\n{PRICE}");
        let stories = |outlet| -> Vec<u64> {
            let found = add_all([(story.as_str(), 7), (follow_up.as_str(), outlet)]);
            found.iter().map(|f| f.story).collect()
        };
        assert_eq!(stories(7), [0, 1]);
        assert_eq!(stories(8), [0, 0], "another outlet has put its own lead before the copy");
    }

    #[test]
    fn a_few_words_that_are_all_of_an_article_are_its_story() {
        let brief = "Menteri Pertanian meninjau gudang beras di Kabupaten Demak bersama bupati pada Senin pagi.";
        let stories = |text: &str, outlet| -> Vec<u64> {
            let found = add_all([(brief, 7), (text, outlet)]);
            found.iter().map(|f| f.story).collect()
        };
        assert_eq!(stories(brief, 8), [0, 0]);
        assert_eq!(stories(brief, 7), [0, 1], "an outlet says a line under many pictures");
        assert_eq!(stories(&format!("{brief} Warga menyambut mereka."), 8), [0, 1]);
    }

    #[test]
    fn a_bulletin_of_another_day_is_no_copy_in_its_own_outlet() {
        let first = format!("{STOCK}\n{LEAD}\n{PRICE}\n{OTHER}");
        let next = first.replace("4.500", "3.100");
        let stories = |text: &str, outlet| -> Vec<u64> {
            let found = add_all([(first.as_str(), 7), (text, outlet)]);
            found.iter().map(|f| f.story).collect()
        };
        assert_eq!(stories(&next, 7), [0, 1]);
        assert_eq!(stories(&next, 8), [0, 0], "another outlet tells the story further");
        assert_eq!(stories(&first.replace(PRICE, TOPICS[0]), 7), [0, 0], "no figure has changed");
        let later = [first.as_str(), next.as_str()].map(|text| format!("{}\n{text}", TOPICS[1]));
        let found = add_all(later.iter().map(|text| (text.as_str(), 7)));
        assert_eq!(found[1].story, 0, "it begins alike");
    }

    #[test]
    fn a_copy_of_what_others_told_in_parts_belongs_to_the_article_that_has_it_whole() {
        let brief = format!("{LEAD}\n{STOCK}\n{}", TOPICS[1]);
        let whole = format!("{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}\n{}\n{}", TOPICS[0], TOPICS[2]);
        let copy = format!("{}\n{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}", TOPICS[4]);
        let stories = |outlet| -> Vec<u64> {
            let found = add_all([(brief.as_str(), 1), (whole.as_str(), 2), (copy.as_str(), outlet)]);
            found.iter().map(|f| f.story).collect()
        };
        assert_eq!(stories(3), [0, 1, 1]);
        assert_eq!(stories(2), [0, 1, 2], "an outlet tells its own background again");
    }

    #[test]
    fn a_text_that_is_known_to_be_damaged_is_read_with_more_care() {
        let name = "Bupati Yasonna memuji kerja para penjaga gudang yang lembur sejak awal pekan.";
        let story = format!("{LEAD}\n{STOCK}\n{PRICE}\n{name}");
        let other_name = name.replace("Yasonna", "Yosonna");
        let sound = format!("{LEAD}\n{STOCK}\n{PRICE}\n{other_name}");
        let damaged = [("menyimpan", "menyimpau"), ("medium", "mediurn"), ("mendatang", "mendatong")];
        let damaged = damaged.iter().fold(sound.clone(), |text, (from, to)| text.replace(from, to));
        let kind = |copy: &str| add_all([(story.as_str(), 0), (copy, 0)])[1].repeats.last().map(|r| r.kind);
        assert_eq!(kind(&sound), Some(RepeatKind::Restatement), "another name");
        assert_eq!(kind(&damaged), Some(RepeatKind::Near));
    }

    #[test]
    fn in_a_damaged_text_few_words_in_a_row_lead_to_a_sentence() {
        let name = "Bupati Yasonna memuji kerja para penjaga gudang yang lembur sejak awal pekan.";
        let worn = "Bupati Yasonna memuji kerjo para penjaga gudong yang lembur sejok awal pekan.";
        let stock = STOCK.replace("menyimpan", "menyimpau").replace("medium", "mediurn");
        let price = PRICE.replace("singkong", "singkonq").replace("jagung", "jagunq");
        let story = format!("{LEAD}\n{STOCK}\n{PRICE}\n{OTHER}\n{name}");
        check(
            &[&story, &format!("{worn}\n{LEAD}\n{stock}\n{price}")],
            &[
                (worn, 0, RepeatKind::Near),
                (LEAD, 0, RepeatKind::Exact),
                (&format!("{stock}\n{price}"), 0, RepeatKind::Near),
            ],
        );
    }

    #[test]
    fn what_follows_an_update_is_compared_with_what_follows_its_source() {
        let line = "Pedagang berharap harga beras segera turun lagi.";
        let damaged = line.replace("harga", "hargo");
        let updated = STOCK.replace("4.500", "3.100");
        check(
            &[&format!("{LEAD}\n{STOCK}\n{line}"), &format!("{LEAD}\n{updated}\n{damaged}")],
            &[(LEAD, 0, RepeatKind::Exact), (&updated, 0, RepeatKind::Update), (&damaged, 0, RepeatKind::Near)],
        );
    }

    #[test]
    fn a_line_beside_an_update_is_no_copy() {
        let line = "Semarang, Kabar Nusa -";
        let updated = STOCK.replace("4.500", "3.100");
        let texts = [STOCK, &updated].map(|stock| format!("{line}\n{stock}\n{LEAD}"));
        check(&[&texts[0], &texts[1]], &[(&updated, 0, RepeatKind::Update), (LEAD, 0, RepeatKind::Exact)]);
    }

    #[test]
    fn what_is_forgotten_belongs_to_whoever_says_it_next() {
        let (mut deduper, mut library) = (Deduper::new(), Vec::new());
        let mut sources = Vec::new();
        for story in 0..3 {
            let article = article(LEAD);
            let sketch = Sketch::of(&article);
            let findings =
                deduper.add(Arriving { text: LEAD, sketch: &sketch, story, outlet: 0 }, &mut library).unwrap();
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
        let mut add = |text: &str| {
            let sketch = Sketch::of(&article(text));
            deduper.add(Arriving { text, sketch: &sketch, story: 1, outlet: 0 }, &mut Lost).unwrap().repeats
        };
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
                prop_assert!(findings.story <= number as u64);
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
