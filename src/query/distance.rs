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

#[cfg(test)]
mod tests {
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
}
