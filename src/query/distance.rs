//! How far two spellings lie apart.

/// Returns whether `one` becomes `other` by at most `most` letters added, left out, exchanged or
/// swapped with the next (optimal string alignment).
pub(crate) fn is_within(one: &str, other: &str, most: u8) -> bool {
    let most = usize::from(most);
    if one.chars().count().abs_diff(other.chars().count()) > most {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut row = vec![i; other.len() + 1];
        for j in 1..=other.len() {
            let exchanged = last[j - 1] + usize::from(one[i - 1] != other[j - 1]);
            row[j] = exchanged.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|distance| *distance > most) {
            return false;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()] <= most
}

/// Calls `each` with every other text that becomes `word` by one letter added, left out, exchanged or swapped with the
/// next, where a letter that `word` lacks is one of `letters`; with each once.
pub(crate) fn for_each_one_off(word: &str, letters: &[char], each: &mut impl FnMut(&str)) {
    let mut text = String::with_capacity(word.len() + 4);
    let mut say = |head: &str, letter: &str, tail: &str| {
        text.clear();
        text.extend([head, letter, tail]);
        each(&text);
    };
    for at in (0..=word.len()).filter(|at| word.is_char_boundary(*at)) {
        let (head, rest) = word.split_at(at);
        let mut behind = rest.chars();
        let here = behind.next();
        let behind = behind.as_str();
        // Of letters alike side by side it makes no difference which one is added or left out.
        for letter in letters.iter().filter(|letter| Some(**letter) != here) {
            let mut bytes = [0; 4];
            let letter = &*letter.encode_utf8(&mut bytes);
            say(head, letter, rest);
            if here.is_some() {
                say(head, letter, behind);
            }
        }
        let next = behind.chars().next();
        if let Some(here) = here.filter(|here| Some(*here) != next) {
            say(head, "", behind);
            if let Some(next) = next {
                let (pair, tail) = rest.split_at(here.len_utf8() + next.len_utf8());
                let (here, next) = pair.split_at(here.len_utf8());
                say(head, &format!("{next}{here}"), tail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, distance: u8) {
        assert!(is_within(one, other, distance), "{one} {other}");
        assert!(distance == 0 || !is_within(one, other, distance - 1), "{one} {other}");
    }

    #[test]
    fn letters_apart_are_counted() {
        check("beras", "beras", 0);
        check("beras", "berass", 1);
        check("beras", "bers", 1);
        check("beras", "baras", 1);
        check("beras", "bersa", 1);
        check("prabowo", "parbowoo", 2);
        check("é", "e", 1);
        assert!(!is_within("beras", "jagung", 2));
    }

    proptest! {
        #[test]
        fn what_is_one_off_is_all_else_that_is_within_one(word in "[abé]{0,5}", other in "[abé]{0,6}") {
            let mut found = Vec::new();
            for_each_one_off(&word, &['a', 'b', 'é'], &mut |text| found.push(text.to_owned()));
            let n_found = found.len();
            prop_assert!(found.iter().all(|text| is_within(&word, text, 1) && *text != word));
            prop_assert_eq!(found.contains(&other), is_within(&word, &other, 1) && other != word);
            found.sort();
            found.dedup();
            prop_assert_eq!(found.len(), n_found);
        }
    }
}
