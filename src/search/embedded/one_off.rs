//! Words of a dictionary that are one letter off, found letter by letter.

use std::io;

use tantivy::SegmentReader;
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy_fst::raw::{Fst, Node};

/// The words of a field in one segment.
///
/// tantivy looks up whole words, and walks with an automaton into every word that begins as one of those sought. Here
/// what no word begins with is met once for all words that would begin so: what is one off is found in a tenth of the
/// time.
pub(super) struct Dictionary {
    words: Fst<OwnedBytes>,
}

impl Dictionary {
    /// Opens the words of `field` in `segment`; nothing where it has none.
    pub(super) fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<Option<Self>> {
        let fields = CompositeFile::open(&segment.open_read(SegmentComponent::Terms)?)?;
        let Some(file) = fields.open_read(field) else { return Ok(None) };
        // Behind the words stand what is known of each, the number of bytes of that, a version and a kind.
        let (file, end) = file.split_from_end(size_of::<u64>() + 2 * size_of::<u32>());
        let mut len = [0; size_of::<u64>()];
        len.copy_from_slice(&end.read_bytes_slice(0..size_of::<u64>())?);
        let known_len = usize::try_from(u64::from_le_bytes(len)).map_err(io::Error::other)?;
        let (words, _) = file.split_from_end(known_len);
        let words = Fst::new(words.read_bytes()?).map_err(io::Error::other)?;
        Ok(Some(Self { words }))
    }

    /// Calls `each` with every other word that becomes `word` by one letter added, left out, exchanged
    /// or swapped with the next, where a letter that `word` lacks is one of `letters`; with each once.
    pub(super) fn for_each_one_off(&self, word: &str, letters: &[char], each: &mut dyn FnMut(&str)) {
        let mut beginning = Beginning { words: &self.words, node: self.words.root() };
        for at in (0..=word.len()).filter(|at| word.is_char_boundary(*at)) {
            let (head, rest) = word.split_at(at);
            let mut say = |from: Beginning, between: &str, tail: &str| {
                if from.after(tail).is_some_and(|whole| whole.node.is_final()) {
                    each(&[head, between, tail].concat());
                }
            };
            let mut behind = rest.chars();
            let here = behind.next();
            let behind = behind.as_str();
            // Of letters alike side by side it makes no difference which one is added or left out.
            for letter in letters.iter().filter(|letter| Some(**letter) != here) {
                let mut bytes = [0; 4];
                let letter = &*letter.encode_utf8(&mut bytes);
                let Some(other) = beginning.after(letter) else { continue };
                say(other, letter, rest);
                if here.is_some() {
                    say(other, letter, behind);
                }
            }
            let Some(here) = here else { return };
            let next = behind.chars().next();
            if Some(here) != next {
                say(beginning, "", behind);
                if let Some(next) = next {
                    say(beginning, "", &format!("{next}{here}{}", &behind[next.len_utf8()..]));
                }
            }
            let Some(next) = beginning.after(&rest[..here.len_utf8()]) else { return };
            beginning = next;
        }
    }
}

/// What some words of a dictionary begin with.
#[derive(Clone, Copy)]
struct Beginning<'a> {
    words: &'a Fst<OwnedBytes>,
    node: Node<'a>,
}

impl Beginning<'_> {
    /// Returns it with `more` behind it; nothing where no word begins so.
    fn after(mut self, more: &str) -> Option<Self> {
        for byte in more.bytes() {
            self.node = self.words.node(self.node.transition_addr(self.node.find_input(byte)?));
        }
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;
    use crate::query::is_within;

    /// Returns the words of an index of `words` that are one off `word`.
    fn one_off(words: &BTreeSet<String>, word: &str, letters: &[char]) -> Vec<String> {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("word", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for word in words {
            let mut document = TantivyDocument::new();
            document.add_text(field, word);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let dictionary = Dictionary::open(&searcher.segment_readers()[0], field).unwrap().unwrap();
        let mut found = Vec::new();
        dictionary.for_each_one_off(word, letters, &mut |word| found.push(word.to_owned()));
        found.sort();
        found
    }

    #[test]
    fn a_letter_that_the_word_lacks_is_one_of_those_given() {
        let words = ["bears", "ber4s", "bera", "beras", "berass", "berat", "jagung"].map(str::to_owned);
        assert_eq!(one_off(&words.into(), "beras", &['s', 't']), ["bears", "bera", "berass", "berat"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_one_off_is_all_else_that_is_within_one(
            words in prop::collection::btree_set("[abé]{1,5}", 1..60),
            word in "[abé]{0,5}",
        ) {
            let is_one_off = |other: &&String| **other != word && is_within(&word, other, 1);
            let expected: Vec<String> = words.iter().filter(is_one_off).cloned().collect();
            prop_assert_eq!(one_off(&words, &word, &['a', 'b', 'é']), expected);
        }
    }
}
