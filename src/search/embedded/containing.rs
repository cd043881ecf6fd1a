//! Terms that contain a text.

use tantivy::query::{AutomatonWeight, EnableScoring, Query, Weight};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

/// Finds documents with a term of a field that contains some bytes, ASCII letters in any case.
#[derive(Clone, Debug)]
pub(super) struct ContainingQuery {
    field: Field,
    containing: Containing,
}

impl ContainingQuery {
    pub(super) fn new(field: Field, part: &str) -> Self {
        Self { field, containing: Containing::new(part) }
    }
}

impl Query for ContainingQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AutomatonWeight::new(self.field, self.containing.clone())))
    }
}

/// The automaton of Knuth, Morris and Pratt: its state is how much of the part has been read, and a
/// part may be of any length.
#[derive(Clone, Debug)]
struct Containing {
    part: Vec<u8>,
    /// For each length read, the longest beginning of the part that its end still is.
    shorter: Vec<usize>,
}

impl Containing {
    fn new(part: &str) -> Self {
        let part = part.to_ascii_lowercase().into_bytes();
        let mut containing = Self { shorter: vec![0; part.len() + 1], part };
        for len in 1..containing.part.len() {
            let next = containing.step(containing.shorter[len], containing.part[len]);
            containing.shorter[len + 1] = next;
        }
        containing
    }

    fn step(&self, mut read: usize, byte: u8) -> usize {
        loop {
            if self.part.get(read) == Some(&byte.to_ascii_lowercase()) {
                return read + 1;
            }
            if read == 0 {
                return 0;
            }
            read = self.shorter[read];
        }
    }
}

impl Automaton for Containing {
    type State = usize;

    fn start(&self) -> usize {
        0
    }

    fn is_match(&self, read: &usize) -> bool {
        *read == self.part.len()
    }

    fn will_always_match(&self, read: &usize) -> bool {
        self.is_match(read)
    }

    fn accept(&self, read: &usize, byte: u8) -> usize {
        if self.is_match(read) { *read } else { self.step(*read, byte) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn contains(text: &str, part: &str) -> bool {
        let automaton = Containing::new(part);
        let end = text.bytes().fold(automaton.start(), |read, byte| automaton.accept(&read, byte));
        automaton.is_match(&end)
    }

    #[test]
    fn a_part_is_found_wherever_it_begins_again() {
        assert!(contains("aaab", "aab"));
        assert!(contains("https://Kompas.com/x", "kompas.com"));
        assert!(!contains("kompas", "kompas.com"));
        assert!(contains("berita", ""));
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_standard_library(text in "[abAé]{0,30}", part in "[abé]{0,6}") {
            prop_assert_eq!(contains(&text, &part), text.to_ascii_lowercase().contains(&part));
        }
    }
}
