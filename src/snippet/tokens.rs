//! A few tokens, and what each stands for.

use rustc_hash::FxHashMap;

use crate::analysis::mark;

/// The tokens of a query, each with what it stands for.
///
/// Most words of a text are none of them, and nearly all of those have another mark: neither a hash nor a look at the
/// text of the token is needed to tell.
pub(super) struct Tokens<'a, T> {
    known: FxHashMap<&'a str, T>,
    marks: [bool; 256],
}

impl<T> Default for Tokens<'_, T> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), marks: [false; 256] }
    }
}

impl<'a, T: Copy> Tokens<'a, T> {
    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Returns what `token` stands for: `value` where it is new.
    pub(super) fn add(&mut self, token: &'a str, value: T) -> T {
        self.marks[usize::from(mark(token))] = true;
        *self.known.entry(token).or_insert(value)
    }

    /// Returns what `token` stands for, where it is one of them.
    pub(super) fn get(&self, token: &str) -> Option<T> {
        self.known.get(token).copied()
    }

    /// Returns what the token with the mark `mark` stands for, where it is one of them.
    #[inline]
    pub(super) fn get_marked<'t>(&self, mark: u8, token: impl FnOnce() -> &'t str) -> Option<T> {
        if self.marks[usize::from(mark)] { self.get(token()) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stands_for_what_it_first_stood_for() {
        let mut tokens = Tokens::default();
        assert_eq!((tokens.add("beras", 1), tokens.add("beras", 2), tokens.add("éa", 3)), (1, 1, 3));
        assert_eq!(tokens.len(), 2);
        let found = ["beras", "éa", "bera", "èa", "jagung", ""].map(|token| tokens.get(token));
        assert_eq!(found, [Some(1), Some(3), None, None, None, None]);
        let found = ["beras", "éa", "jagung"].map(|token| tokens.get_marked(mark(token), || token));
        assert_eq!(found, [Some(1), Some(3), None]);
    }
}
