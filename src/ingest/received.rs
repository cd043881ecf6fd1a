//! Where the bytes of a repaired text stood in the text as received.

use super::repair::is_dropped;
use crate::article::Shift;

/// Returns how `kept` lies in `received`, from which it was made by leaving out and exchanging
/// characters, markup and blanks. What it shares with nothing is passed over.
pub(super) fn shifts_between(received: &str, kept: &str) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let (Some(was), Some(is)) = (first(&received[from..]), first(&kept[at..])) {
        if was == is {
            push(&mut shifts, Shift { text: at, received: from });
            (from, at) = (from + was.len_utf8(), at + is.len_utf8());
            continue;
        }
        let (left_out, added) = difference(&received[from..], &kept[at..]);
        (from, at) = (from + left_out, at + added);
    }
    shifts
}

/// Adds a shift where it says something new.
pub(super) fn push(shifts: &mut Vec<Shift>, shift: Shift) {
    let before = shifts.last().copied().unwrap_or_default();
    if before.text + shift.received != before.received + shift.text {
        shifts.push(shift);
    }
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// Returns how many bytes at the beginning of either text have nothing in the other.
fn difference(received: &str, kept: &str) -> (usize, usize) {
    let (Some(was), Some(is)) = (first(received), first(kept)) else { return (received.len(), kept.len()) };
    let one = (was.len_utf8(), is.len_utf8());
    match was {
        _ if is_dropped(was) => (one.0, 0),
        _ if was.is_whitespace() && is.is_whitespace() => one,
        _ if was.is_whitespace() => (one.0, 0),
        _ if is.is_whitespace() => (0, one.1),
        '\\' => (one.0, 0),
        '<' => end_of(received, '>').map_or(one, |end| (end, 0)),
        '&' => end_of(received, ';').map_or(one, |end| (end, one.1)),
        _ => agreement(received, kept).unwrap_or(one),
    }
}

/// Returns the byte behind the first `mark` of a piece of markup that `text` begins with.
fn end_of(text: &str, mark: char) -> Option<usize> {
    /// The longest piece of markup that is looked for.
    const LONGEST: usize = 4096;
    let end = text[..text.floor_char_boundary(LONGEST)].find(mark)?;
    Some(end + mark.len_utf8())
}

/// Returns where the next word of `kept` stands in both texts.
fn agreement(received: &str, kept: &str) -> Option<(usize, usize)> {
    /// How far it is looked for, in bytes.
    const WINDOW: usize = 64;
    let at = kept[..kept.floor_char_boundary(WINDOW)].find(char::is_alphanumeric)?;
    let word = &kept[at..];
    let word = &word[..word.floor_char_boundary(WINDOW)];
    let word = &word[..word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len())];
    let found = received[..received.floor_char_boundary(2 * WINDOW)].find(word)?;
    (found > 0 || at > 0).then_some((found, at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Checks that `word` of the text kept is found in the text received.
    #[track_caller]
    fn check(received: &str, kept: &str, word: &str) {
        let at = kept.find(word).unwrap();
        let shift = shifts_between(received, kept).into_iter().rfind(|shift| shift.text <= at).unwrap_or_default();
        assert_eq!(shift.received + at - shift.text, received.find(word).unwrap(), "{word} of {received}");
    }

    #[test]
    fn words_are_found_where_they_stood() {
        check("satu dua tiga", "satu dua tiga", "tiga");
        check("satu\u{200b} dua\u{a0}tiga", "satu dua tiga", "tiga");
        check("&quot;satu&quot; dua &amp; tiga", "\"satu\" dua & tiga", "tiga");
        check("<p class=\"a\">satu</p>\n<p>dua<br>tiga</p>", "satu\n\ndua\ntiga", "tiga");
        check("â€œsatuâ€ dua", "“satu” dua", "dua");
    }

    #[test]
    fn marks_that_end_nowhere_cost_as_much_as_others() {
        const N: usize = 100_000;
        for (received, kept) in [("<", "a"), ("&", "a"), ("a", "-")] {
            assert!(shifts_between(&received.repeat(N), &kept.repeat(N)).is_empty(), "{received} {kept}");
        }
    }

    proptest! {
        #[test]
        fn shifts_ascend_within_both_texts(received in "[ab<>& ;\u{a0}]{0,40}", kept in "[ab<>& ;]{0,40}") {
            let shifts = shifts_between(&received, &kept);
            prop_assert!(shifts.is_sorted_by_key(|shift| (shift.text, shift.received)));
            for Shift { text, received: was } in shifts {
                prop_assert!(kept.is_char_boundary(text) && received.is_char_boundary(was));
            }
        }
    }
}
