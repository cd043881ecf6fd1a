//! Sentences that an article says again.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::align::{Alignment, align};
use super::sketch::{Sentence, Sketch};
use super::spelling::Vocabulary;
use super::verdict::{Condition, Texts, Verdict, judge};
use super::word::Word;

/// Words that a sentence has to share with a place where nothing before it stands: fewer repeat by
/// chance.
pub(super) const NEAR_WORDS: usize = 8;
/// Places a sentence is compared with at most.
const MAX_PLACES: usize = 8;

/// An earlier stretch of the same text that a sentence repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnSource {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The place of the word behind it in the list of words.
    end_word: usize,
    /// Whether it is the same sentence, word for word.
    pub(super) is_exact: bool,
}

/// Returns, for each sentence of `sketch`, the earlier stretch of `text` it repeats. What is repeated
/// repeats nothing itself and belongs to the body: only that is indexed.
pub(super) fn own_repeats(text: &str, sketch: &Sketch) -> Vec<Option<OwnSource>> {
    let n_sentences = sketch.sentences.len();
    let mut pass = Pass {
        text,
        sketch,
        first: FxHashMap::with_capacity_and_hasher(n_sentences, FxBuildHasher),
        marks: FxHashMap::with_capacity_and_hasher(sketch.marks.len(), FxBuildHasher),
        repeated: Vec::with_capacity(n_sentences),
        times_said: OnceCell::new(),
    };
    for (index, sentence) in sketch.sentences.iter().enumerate() {
        let source = pass.source(sentence);
        if source.is_none() && sentence.is_body {
            pass.remember(index, sentence);
        }
        pass.repeated.push(source);
    }
    for index in 0..n_sentences {
        let is_repeated = pass.repeated[index].is_some();
        if is_repeated && pass.is_of_a_list(index) && !pass.goes_on(index) && !(index > 0 && pass.goes_on(index - 1)) {
            pass.repeated[index] = None;
        }
    }
    pass.repeated
}

/// What was met so far.
struct Pass<'a> {
    text: &'a str,
    sketch: &'a Sketch,
    /// The place of each sentence by its key.
    first: FxHashMap<u64, usize>,
    /// The place of each mark by its key.
    marks: FxHashMap<u64, usize>,
    repeated: Vec<Option<OwnSource>>,
    /// How often each word is said, counted when first asked for.
    times_said: OnceCell<FxHashMap<u64, u32>>,
}

impl Pass<'_> {
    fn source(&self, sentence: &Sentence) -> Option<OwnSource> {
        let last = self.repeated.last().and_then(Option::as_ref);
        match self.first.get(&sentence.key) {
            Some(first) if !sentence.is_short() || last.is_some() => {
                let source = &self.sketch.sentences[*first];
                Some(OwnSource { range: source.range.clone(), end_word: source.words.end, is_exact: true })
            }
            _ => last.and_then(|last| self.following(sentence, last)).or_else(|| self.near(sentence)),
        }
    }

    /// Returns what stands behind the source of the sentence before, where `sentence` repeats it.
    fn following(&self, sentence: &Sentence, last: &OwnSource) -> Option<OwnSource> {
        self.compare(sentence, (sentence.words.start, last.end_word), 1)
    }

    fn near(&self, sentence: &Sentence) -> Option<OwnSource> {
        let places =
            self.sketch.marks_of(sentence).iter().filter_map(|mark| Some((mark.word, *self.marks.get(&mark.key)?)));
        places.take(MAX_PLACES).find_map(|anchor| self.compare(sentence, anchor, NEAR_WORDS))
    }

    fn compare(&self, sentence: &Sentence, anchor: (usize, usize), n_needed: usize) -> Option<OwnSource> {
        let words = &self.sketch.words;
        let earlier = &words[..sentence.words.start];
        let alignment = align(words, &sentence.words, earlier, anchor);
        let condition = Condition::OneArticle;
        let texts = Texts { copy: self.text, copy_words: words, source: self.text, source_words: earlier, condition };
        let is_repeat = || judge(&sentence.words, &alignment, texts).verdict == Verdict::Repeat;
        let is_altered_line = sentence.is_short() && !alignment.gaps.is_empty();
        if alignment.n_equal < n_needed || is_altered_line || !is_repeat() || self.has_word_of_its_own(&alignment) {
            return None;
        }
        let (first, last) = (earlier.get(alignment.source.start)?, earlier.get(alignment.source.end.checked_sub(1)?)?);
        let range = first.start as usize..last.end as usize;
        let source = OwnSource { range, end_word: alignment.source.end, is_exact: false };
        self.is_kept(&source.range).then_some(source)
    }

    /// Whether what differs has a word that no dictionary knows and the article says elsewhere too: it is one, then,
    /// and no slip.
    fn has_word_of_its_own(&self, alignment: &Alignment) -> bool {
        let gaps = alignment.gaps.iter().flat_map(|gap| [gap.copy.clone(), gap.source.clone()]);
        let mut words = gaps.flat_map(|places| &self.sketch.words[places]);
        words.any(|word| {
            let n = self.times_said.get_or_init(|| times_said(&self.sketch.words));
            n.get(&word.hash).is_some_and(|n| *n > 1) && !Vocabulary::shared().knows(word.of(self.text))
        })
    }

    /// Whether the sentence `index` is an entry of a list or table: it says something by what stands beside it, where
    /// another entry says the same too.
    fn is_of_a_list(&self, index: usize) -> bool {
        let is_entry = |index: usize| self.sketch.is_entry(index, self.text);
        let is_beside_one = || is_entry(index + 1) || index > 0 && is_entry(index - 1);
        is_entry(index) && is_beside_one()
    }

    /// Whether the sentence behind `index` repeats what stands behind that which the sentence itself repeats.
    fn goes_on(&self, index: usize) -> bool {
        let repeated = |at: usize| self.repeated.get(at).and_then(Option::as_ref);
        let Some((own, next)) = repeated(index).zip(repeated(index + 1)) else { return false };
        let between = self.text.get(own.range.end..next.range.start);
        between.is_some_and(|between| !between.contains(char::is_alphanumeric))
    }

    /// Whether all of `range` is indexed.
    fn is_kept(&self, range: &Range<usize>) -> bool {
        let first = self.sketch.sentences.partition_point(|sentence| sentence.range.end <= range.start);
        let touched = self.sketch.sentences[first..].iter().take_while(|sentence| sentence.range.start < range.end);
        touched.zip(&self.repeated[first..]).all(|(sentence, source)| sentence.is_body && source.is_none())
    }

    fn remember(&mut self, index: usize, sentence: &Sentence) {
        self.first.entry(sentence.key).or_insert(index);
        for mark in self.sketch.marks_of(sentence) {
            self.marks.entry(mark.key).or_insert(mark.word);
        }
    }
}

/// Returns how often each word stands in `words`, by its hash.
fn times_said(words: &[Word]) -> FxHashMap<u64, u32> {
    let mut times = FxHashMap::with_capacity_and_hasher(words.len(), FxBuildHasher);
    for word in words {
        *times.entry(word.hash).or_insert(0) += 1;
    }
    times
}

#[cfg(test)]
mod tests {
    use crate::article::{ArticleId, Declared, Fold, Passage, PassageKind, RawArticle};
    use proptest::prelude::*;

    /// Checks the repeats of a text whose paragraphs are its body: `(repeat, source)` as text.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let folds = folds(text);
        let shown: Vec<(&str, &str)> =
            folds.iter().map(|f| (&text[f.range.clone()], &text[f.source.clone()])).collect();
        assert_eq!(shown, expected, "repeats of {text:?}");
    }

    fn folds(text: &str) -> Vec<Fold> {
        folds_of(text, paragraphs(text))
    }

    fn folds_of(text: &str, passages: Vec<Passage>) -> Vec<Fold> {
        let raw = RawArticle {
            id: ArticleId::new("a"),
            path: String::new(),
            text: text.to_owned(),
            declared: Declared::default(),
        };
        let mut article = crate::clean::clean(raw);
        article.passages = passages;
        crate::dedup::fold_repeats(&mut article);
        article.folds
    }

    /// Every line as a paragraph.
    fn paragraphs(text: &str) -> Vec<Passage> {
        let mut start = 0;
        let mut passages = Vec::new();
        for line in text.split_inclusive('\n') {
            let range = crate::article::trimmed(text, start..start + line.len());
            start += line.len();
            if !range.is_empty() {
                passages.push(Passage { range, kind: PassageKind::Paragraph });
            }
        }
        passages
    }

    #[test]
    fn a_repeated_sentence_folds_into_the_first() {
        check(
            "Harga beras naik lagi. Warga mengeluh.\nHarga beras naik lagi!",
            &[("Harga beras naik lagi!", "Harga beras naik lagi.")],
        );
    }

    #[test]
    fn what_is_not_indexed_is_no_source() {
        let text = "Harga beras naik lagi.\nHarga beras naik lagi.";
        let mut passages = paragraphs(text);
        passages[0].kind = PassageKind::Promotion;
        assert_eq!(folds_of(text, passages), []);
    }

    #[test]
    fn a_glued_sentence_folds() {
        check(
            "Harga beras naik lagi.,Warga mengeluh.,Harga beras naik lagi.",
            &[("Harga beras naik lagi.", "Harga beras naik lagi.,")],
        );
    }

    #[test]
    fn neighbours_fold_as_one() {
        let copy = "Satu dua tiga empat.\nLima enam tujuh delapan.";
        check(&format!("{copy}\nLain sekali.\n{copy}"), &[(copy, copy)]);
    }

    #[test]
    fn short_sentences_fold_only_inside_a_longer_repeat() {
        let copy = "Satu dua tiga empat. Begitu katanya. Lima enam tujuh delapan.";
        check(&format!("{copy}\n{copy}"), &[(copy, copy)]);
        check("Begitu katanya. Ya.\nBegitu katanya. Ya.", &[]);
    }

    #[test]
    fn a_third_copy_folds_into_the_first_too() {
        let s = "Harga beras naik lagi.";
        check(&format!("{s}\n{s}\n{s}"), &[(s, s), (s, s)]);
    }

    #[test]
    fn an_entry_of_a_list_folds_only_with_another() {
        let price = "Rp 38.000 per kilogram di pasar";
        check(&format!("Bawang merah\n{price}\nBawang putih\n{price}\nWarga mengeluh."), &[]);
        let [a, b] = ["| Persib | 20 | 13 | 4 |", "| Arema | 20 | 12 | 5 |"];
        check(&format!("| Tim | Main | Seri | Kalah |\n{a}\n\n| Tim | Main | Seri | Kalah |\n{b}"), &[]);
        let both = "Nasi goreng kampung spesial\nSepuluh ribu rupiah saja";
        check(&format!("{both}\nTeh manis hangat segelas besar\n{both}"), &[(both, both)]);
        let sentence = "Harga beras naik lagi pekan ini.";
        let part = format!("{sentence}\nBeras medium dari Demak Jawa");
        check(&format!("{part}\nBeras impor dari Vietnam utara\n{part}\nJagung"), &[(&part, &part)]);
        let heading = "Harga beras naik lagi";
        check(&format!("{heading}\nWarga mengeluh.\n{heading}\nPedagang juga."), &[(heading, heading)]);
    }

    #[test]
    fn figures_that_differ_do_not_fold() {
        check("Rupiah ditutup di level Rp15.432.\nRupiah ditutup di level Rp15.433.", &[]);
        check("Rupiah ditutup pada angka 1.5.\nRupiah ditutup pada angka 1,5.", &[]);
    }

    #[test]
    fn figures_that_differ_in_their_sign_do_not_fold() {
        check("Suhu di puncak gunung mencapai 5 derajat.\nSuhu di puncak gunung mencapai -5 derajat.", &[]);
        check("Suhu di puncak gunung mencapai +5 derajat.\nSuhu di puncak gunung mencapai -5 derajat.", &[]);
        let long =
            |figure: &str| format!("Suhu udara di puncak Gunung Semeru tadi pagi mencapai {figure} derajat Celsius.");
        check(&format!("{}\n{}", long("-5"), long("5")), &[]);
        check(&format!("{}\n{}", long("\u{2212}5"), long("-5")), &[(&long("-5"), &long("\u{2212}5"))]);
    }

    #[test]
    fn a_sentence_damaged_or_recast_in_grammar_folds_behind_a_repeat() {
        let before = "Harga beras naik lagi pekan ini.";
        let source = "Menteri Pertanian menyatakan stok beras nasional aman sampai akhir tahun depan.";
        for copy in [
            "Menteri Pertanian menyatokan stok beras nasional aman sampai akhir tahun depan.",
            "MENTERI PERTANIAN menyatakan stok beras nasional yang aman sampai akhir tahun depan!",
        ] {
            let text = format!("{before}\n{source}\n{before}\n{copy}");
            let shown: Vec<&str> = folds(&text).iter().map(|fold| &text[fold.range.clone()]).collect();
            assert_eq!(shown, [before, copy]);
        }
    }

    #[test]
    fn a_sentence_that_says_something_new_stays() {
        let source = "Menteri Pertanian menyatakan stok beras nasional 300 ton aman sampai akhir tahun depan.";
        for copy in [
            "Menteri Pertanian menyatakan stok beras nasional 400 ton aman sampai akhir tahun depan.",
            "Menteri Pertanian menyatakan stok beras nasional 300 ton tidak aman sampai akhir tahun depan.",
            "Menteri Perdagangan menyatakan stok beras nasional 300 ton aman sampai akhir tahun depan.",
            "Menteri Pertanian menyatakan stok beras nasional 300 ton aman setelah akhir tahun depan.",
        ] {
            check(&format!("{source}\n{copy}"), &[]);
        }
        let source =
            "Korban keracunan metanol masih dirawat dokter dan uang diserahkan oleh Hasan di rumah sakit umum.";
        for (word, other) in [("metanol", "etanol"), ("masih", "sudah"), ("oleh", "kepada"), ("dan", "atau")] {
            check(&format!("{source}\n{}", source.replace(word, other)), &[]);
        }
    }

    #[test]
    fn a_word_that_is_said_elsewhere_too_is_no_slip() {
        let before = "Harga beras naik lagi pekan ini.";
        let source = "Menteri Pertanian menyatakan stok beras nasional aman sampai akhir tahun depan.";
        let slip = source.replace("menyatakan", "menyatokan");
        let text = format!("{before}\n{source}\n{before}\n{slip}");
        let folded =
            |text: &str| folds(text).iter().map(|fold| text[fold.range.clone()].to_owned()).collect::<Vec<_>>();
        assert_eq!(folded(&text), [before, &slip]);
        assert_eq!(folded(&format!("{text}\nKata menyatokan tidak ada.")), [before]);
    }

    proptest! {
        #[test]
        fn folds_ascend_and_point_at_unfolded_text(picks in proptest::collection::vec(0..6usize, 0..40)) {
            const LINES: [&str; 6] =
                ["Satu dua tiga empat.", "Lima enam tujuh delapan.", "Ya.", "Tidak juga.", "Sembilan sepuluh sebelas dua belas.", "A b c d e."];
            let text = picks.iter().map(|pick| LINES[*pick]).collect::<Vec<_>>().join("\n");
            let folds = folds(&text);
            for pair in folds.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
            for fold in &folds {
                let letters = |range: &std::ops::Range<usize>| text[range.clone()].replace(|c: char| !c.is_alphanumeric(), "");
                prop_assert_eq!(letters(&fold.range), letters(&fold.source));
                for other in &folds {
                    prop_assert!(other.range.end <= fold.source.start || other.range.start >= fold.source.end);
                }
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            let _ = folds(&text);
        }
    }
}
