//! The forms of words already met.

use std::ops::{Deref, DerefMut, Range};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::word_form::{Former, TextCase, WordForm};

/// The forms of words already met, to be kept from text to text: one for each thread and each analyzer. The analysis
/// does not depend on it; it grows to some 60 MB at most.
///
/// ```
/// use kliping::analysis::{Analyzer, Memo};
///
/// let analyzer = Analyzer::indonesian();
/// let mut memo = Memo::default();
/// let mut n_words = 0;
/// for text in ["Anak-anak menulis.", "Mereka menulis buku."] {
///     analyzer.for_each_word(text, &mut memo, |_, _| n_words += 1);
/// }
/// assert_eq!(n_words, 5);
/// ```
#[derive(Clone, Default)]
pub struct Memo {
    mixed: Forms,
    /// Those of texts in capitals, where capitals mean nothing.
    capitals: Forms,
}

/// Memos that wait for the next to need one: as many as were ever needed at once.
#[derive(Default)]
pub(crate) struct Memos(Mutex<Vec<Memo>>);

impl Memos {
    /// Returns a memo, one that knows words already where there is one; it waits again when dropped.
    pub(crate) fn lend(&self) -> LentMemo<'_> {
        let memo = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        LentMemo { memo, memos: self }
    }
}

/// A memo that goes back to where it waits.
pub(crate) struct LentMemo<'a> {
    memo: Memo,
    memos: &'a Memos,
}

impl Deref for LentMemo<'_> {
    type Target = Memo;

    fn deref(&self) -> &Memo {
        &self.memo
    }
}

impl DerefMut for LentMemo<'_> {
    fn deref_mut(&mut self) -> &mut Memo {
        &mut self.memo
    }
}

impl Drop for LentMemo<'_> {
    fn drop(&mut self) {
        let memo = std::mem::take(&mut self.memo);
        self.memos.0.lock().unwrap_or_else(PoisonError::into_inner).push(memo);
    }
}

/// The forms of words of texts of one case.
#[derive(Clone, Default)]
struct Forms {
    /// Those of short words, by [`short_key`]: found without a look anywhere else.
    short: FxHashMap<u128, WordForm>,
    long: FxHashMap<Box<str>, WordForm>,
}

/// The longest word whose bytes and their number fit a key of [`Forms::short`].
const MAX_SHORT_BYTES: usize = 15;

impl Memo {
    /// Calls `each` with the form that `former` gives to the word at `range` of `text`.
    pub(super) fn form(&mut self, former: Former<'_>, text: &str, range: Range<usize>, each: impl FnOnce(&WordForm)) {
        let forms = match former.text_case {
            TextCase::Mixed => &mut self.mixed,
            TextCase::AllCapitals => &mut self.capitals,
        };
        forms.form(former, text, range, each);
    }
}

impl Forms {
    /// News has some 160,000 distinct forms in 30,000 articles; past this many the forms of texts of that case are
    /// forgotten, so that hostile text cannot fill the memory (about 30 MB for each of the two).
    const MAX_FORMS: usize = 1 << 18;
    /// Longer words are rare, and not worth their room.
    const MAX_SURFACE_BYTES: usize = 64;

    fn form(&mut self, former: Former<'_>, text: &str, range: Range<usize>, each: impl FnOnce(&WordForm)) {
        let key = short_key(text.as_bytes(), &range);
        let surface = &text[range];
        let known = key.map_or_else(|| self.long.get(surface), |key| self.short.get(&key));
        if let Some(form) = known {
            return each(form);
        }
        let form = former.form(surface);
        each(&form);
        if surface.len() <= Self::MAX_SURFACE_BYTES {
            self.remember(key, surface, form);
        }
    }

    fn remember(&mut self, key: Option<u128>, surface: &str, form: WordForm) {
        if self.short.len() + self.long.len() >= Self::MAX_FORMS {
            self.short.clear();
            self.long.clear();
        }
        match key {
            Some(key) => self.short.insert(key, form),
            None => self.long.insert(surface.into(), form),
        };
    }
}

/// Returns the bytes at `range` of `text` and their number in one integer, where they fit.
fn short_key(text: &[u8], range: &Range<usize>) -> Option<u128> {
    let len = range.len();
    if len > MAX_SHORT_BYTES {
        return None;
    }
    let from_start = &text[range.start..];
    // A whole chunk is read at once; what lies behind the word is masked out.
    let bytes = from_start.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 16];
        bytes[..from_start.len()].copy_from_slice(from_start);
        bytes
    });
    let word = u128::from_le_bytes(bytes) & ((1 << (8 * len)) - 1);
    Some(word | (len as u128) << (8 * MAX_SHORT_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_equal_short_words_share_a_key(a in "[a\0é]{0,16}", b in "[a\0é]{0,16}", around in "[a\0]{0,20}") {
            let key = |word: &str| {
                let text = format!("{around}{word}{around}");
                short_key(text.as_bytes(), &(around.len()..around.len() + word.len()))
            };
            prop_assert_eq!(key(&a).is_some(), a.len() <= MAX_SHORT_BYTES);
            prop_assert_eq!(key(&a).is_some() && key(&a) == key(&b), a == b && a.len() <= MAX_SHORT_BYTES);
        }
    }
}
