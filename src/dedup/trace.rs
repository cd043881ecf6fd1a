//! Where an article carries a given sentence, exactly or nearly, and what it changes.

use rustc_hash::FxHashMap;
use serde::Serialize;
use std::ops::Range;

use super::align::{Alignment, align};
use super::sketch::{SHINGLE_WORDS, Sketch};
use super::verdict::{Condition, Texts, Verdict, judge};
use super::word::{Word, hash_of_run, push_words};
use crate::article::{Article, LinkKind};

/// A sentence that is looked for in articles.
pub struct Traced {
    text: String,
    words: Vec<Word>,
    /// The places of its shingles; of a short sentence, of all its words together.
    shingles: FxHashMap<u64, usize>,
}

/// A sentence as an article carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The bytes of the article.
    pub range: Range<usize>,
    /// How it is like the sentence.
    pub kind: LinkKind,
    /// What differs, in the order of the sentence.
    pub differences: Vec<Difference>,
}

/// Words of a sentence and those that stand in their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The words of the sentence; empty where it has none there.
    pub sentence: String,
    /// The words of the article; empty where it has none there.
    pub article: String,
}

/// Places of an article that are compared at most.
const MAX_PLACES: usize = 64;

impl Traced {
    /// Prepares `sentence`; `None` where it has no words.
    ///
    /// ```
    /// use kliping::article::{ArticleId, Declared, LinkKind, RawArticle};
    /// use kliping::dedup::Traced;
    ///
    /// let text = "Pasar ramai. Harga beras medium naik tajam lagi di pasar induk pekan ini.".to_owned();
    /// let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text, declared: Declared::default() };
    /// let article = kliping::clean::clean(raw);
    /// let sentence = Traced::new("Harga beras medium naik lagi di pasar induk pekan ini").unwrap();
    /// let carried = sentence.carried_by(&article).unwrap();
    /// assert_eq!(carried.kind, LinkKind::Restatement);
    /// assert_eq!(carried.differences[0].article, "tajam");
    /// ```
    #[must_use]
    pub fn new(sentence: &str) -> Option<Self> {
        let mut words = Vec::new();
        push_words(sentence, 0..sentence.len(), &mut words);
        let n_words = SHINGLE_WORDS.min(words.len());
        if n_words == 0 {
            return None;
        }
        let mut shingles = FxHashMap::default();
        for (place, shingle) in words.windows(n_words).enumerate() {
            shingles.entry(hash_of_run(shingle, 0)).or_insert(place);
        }
        Some(Self { text: sentence.to_owned(), words, shingles })
    }

    /// Returns the first place of `article` that carries the sentence best, of those that share a part of it the first
    /// sixty-four.
    #[must_use]
    pub fn carried_by(&self, article: &Article) -> Option<Carried> {
        let words = Sketch::words_of(article);
        let mut best: Option<(Verdict, Alignment)> = None;
        let (mut end, mut n_places) = (0, 0);
        for (place, shingle) in words.windows(SHINGLE_WORDS.min(self.words.len())).enumerate() {
            let Some(anchor) = self.shingles.get(&hash_of_run(shingle, 0)).filter(|_| place >= end) else { continue };
            n_places += 1;
            if n_places > MAX_PLACES {
                break;
            }
            let alignment = align(&self.words, &(0..self.words.len()), &words, (*anchor, place));
            end = alignment.source.end;
            let verdict = self.judge(&alignment, article, &words);
            let is_better = best.as_ref().is_none_or(|(_, before)| alignment.n_equal > before.n_equal);
            if verdict != Verdict::Unrelated && is_better {
                best = Some((verdict, alignment));
            }
        }
        best.and_then(|(verdict, alignment)| self.carried(verdict, alignment, article, &words))
    }

    fn judge(&self, alignment: &Alignment, article: &Article, words: &[Word]) -> Verdict {
        let texts = Texts {
            copy: &self.text,
            copy_words: &self.words,
            source: &article.text,
            source_words: words,
            condition: Condition::Sound,
        };
        judge(&(0..self.words.len()), alignment, texts).verdict
    }

    fn carried(&self, verdict: Verdict, alignment: Alignment, article: &Article, words: &[Word]) -> Option<Carried> {
        let Alignment { source, mut gaps, .. } = alignment;
        let kind = match verdict {
            Verdict::Repeat if gaps.is_empty() => LinkKind::Copy,
            Verdict::Repeat => LinkKind::NearCopy,
            Verdict::Update => LinkKind::Update,
            Verdict::Restatement => LinkKind::Restatement,
            Verdict::Unrelated => return None,
        };
        gaps.sort_by_key(|gap| (gap.copy.start, gap.source.start));
        let differences = gaps.into_iter().map(|gap| Difference {
            sentence: said(&self.words[gap.copy], &self.text),
            article: said(&words[gap.source], &article.text),
        });
        let found = words.get(source)?;
        let range = found.first()?.start as usize..found.last()?.end as usize;
        Some(Carried { range, kind, differences: differences.collect() })
    }
}

/// Returns `words` as they stand in `text`.
fn said(words: &[Word], text: &str) -> String {
    words.iter().map(|word| word.of(text)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared, RawArticle};

    /// Kind, text and differences.
    type Shown<'a> = (LinkKind, &'a str, &'a [(&'a str, &'a str)]);

    #[track_caller]
    fn check(sentence: &str, text: &str, expected: Option<Shown<'_>>) {
        let (id, declared) = (ArticleId::new("a"), Declared::default());
        let article = crate::clean::clean(RawArticle { id, path: String::new(), text: text.to_owned(), declared });
        let carried = Traced::new(sentence).unwrap().carried_by(&article);
        let differences: Vec<_> = carried.iter().flat_map(|carried| &carried.differences).collect();
        let differences: Vec<_> = differences.iter().map(|d| (d.sentence.as_str(), d.article.as_str())).collect();
        let shown = carried.as_ref().map(|c| (c.kind, &article.text[c.range.clone()], differences.as_slice()));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_sentence_is_found_with_what_differs() {
        let sentence = "Menteri Pertanian menyatakan stok beras nasional 300 ton aman sampai akhir tahun depan.";
        let body = sentence.trim_end_matches('.');
        check(sentence, &format!("Rapat digelar pagi.\n{sentence}"), Some((LinkKind::Copy, body, &[])));
        let other = body.replace("300", "400");
        check(sentence, &format!("Rapat.\n{other}."), Some((LinkKind::Update, &other, &[("300", "400")])));
        let less = body.replace("nasional ", "");
        check(sentence, &format!("Rapat.\n{less}."), Some((LinkKind::Restatement, &less, &[("nasional", "")])));
        check(sentence, "Hujan turun di Bogor sejak pagi hari tadi.", None);
        check("Harga beras", "Kemarin harga beras naik.", Some((LinkKind::Copy, "harga beras", &[])));
        assert!(Traced::new(" .,").is_none());
    }
}
