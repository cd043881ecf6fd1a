//! Letters, syllables, and the small fixed lists that keep the enumeration off the heap.

use super::MAX_LEN;

/// Returns whether the letter is a vowel.
pub(super) const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Returns whether the letter is one of a to z and no vowel.
pub(super) const fn is_consonant(letter: u8) -> bool {
    letter.is_ascii_lowercase() && !is_vowel(letter)
}

/// Returns the number of runs of vowels: a lower bound for the syllables.
pub(super) fn vowel_runs(letters: &[u8]) -> usize {
    let mut runs = 0;
    let mut in_run = false;
    for &letter in letters {
        let vowel = is_vowel(letter);
        runs += usize::from(vowel && !in_run);
        in_run = vowel;
    }
    runs
}

/// Returns whether letters are one syllable: with one vowel, or with two that no root ends in (tweet, but no tuai).
pub(super) fn is_syllable(letters: &[u8]) -> bool {
    let n_vowels = letters.iter().filter(|letter| is_vowel(**letter)).count();
    vowel_runs(letters) == 1 && (n_vowels == 1 || letters.last().is_some_and(|last| is_consonant(*last)))
}

/// The letters of a word, of which the first of a root may be replaced for a while. ASCII lower case.
pub(super) struct Letters {
    bytes: [u8; MAX_LEN],
    len: usize,
}

impl Letters {
    /// Copies `word`, of which more than [`MAX_LEN`] bytes are left out.
    pub fn new(word: &str) -> Self {
        let mut bytes = [0; MAX_LEN];
        let len = word.len().min(MAX_LEN);
        bytes[..len].copy_from_slice(&word.as_bytes()[..len]);
        Self { bytes, len }
    }

    /// Returns all letters, to be changed.
    pub fn as_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[..self.len]
    }

    /// Returns the letters from `start` to before `end`, byte offsets.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        std::str::from_utf8(&self.bytes[start..end]).expect("a word of ASCII letters")
    }

    /// Calls `look` while the letter at byte `start` is `first`.
    pub fn with_first<T>(&mut self, start: usize, first: u8, look: impl FnOnce(&Self) -> T) -> T {
        let written = std::mem::replace(&mut self.bytes[start], first);
        let seen = look(self);
        self.bytes[start] = written;
        seen
    }
}

/// A list of at most `N` elements that lives on the stack. What does not fit is left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Few<T, const N: usize> {
    elements: [Option<T>; N],
    len: usize,
}

impl<T: Copy, const N: usize> Few<T, N> {
    /// Returns the empty list.
    pub const fn new() -> Self {
        Self { elements: [None; N], len: 0 }
    }

    /// Appends `element` if there is room.
    pub fn push(&mut self, element: T) {
        if let Some(slot) = self.elements.get_mut(self.len) {
            *slot = Some(element);
            self.len += 1;
        }
    }

    /// Returns how many elements the list holds.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Returns whether the list holds nothing.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the first element.
    pub fn first(&self) -> Option<T> {
        self.elements[0]
    }

    /// Returns the last element.
    pub fn last(&self) -> Option<T> {
        self.len.checked_sub(1).and_then(|last| self.elements[last])
    }

    /// Iterates over the elements in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.elements[..self.len].iter().flatten()
    }
}
