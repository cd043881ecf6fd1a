//! The shape of words: whether unknown letters could be a root.
//!
//! Roots are spoken, so few pairs of letters begin one, end one or stand inside one. What no root has is a foreign
//! name, a slip of the pen or two words run together: (ber)lusconi, (ber)gson, (di)sneyland.

use super::letters::vowel_runs;

/// How many roots must have a pair of letters before it counts.
const LEAST_ROOTS: u8 = 3;

/// The letters a to z.
const N_LETTERS: usize = 26;

/// Where a pair of letters stands in a word.
#[derive(Clone, Copy)]
enum Place {
    Start,
    Anywhere,
    End,
}

/// How many roots have each pair of letters at each place.
pub(super) struct Shape(Box<[[u8; N_LETTERS * N_LETTERS]; 3]>);

impl Shape {
    /// Counts the pairs of letters of `roots`, which are of ASCII lower-case letters.
    pub fn of<'r>(roots: impl Iterator<Item = &'r str>) -> Self {
        let mut n_roots = Box::new([[0_u8; N_LETTERS * N_LETTERS]; 3]);
        for (place, pair) in roots.flat_map(|root| pairs(root.as_bytes())) {
            let n_roots = &mut n_roots[place as usize][pair];
            *n_roots = n_roots.saturating_add(1);
        }
        Self(n_roots)
    }

    /// Returns whether `letters` could be a root: two syllables or more, and no pair of letters that roots do not have.
    pub fn fits(&self, letters: &[u8]) -> bool {
        vowel_runs(letters) >= 2 && pairs(letters).all(|(place, pair)| self.0[place as usize][pair] >= LEAST_ROOTS)
    }
}

/// Returns the pairs of neighbouring letters of a word and where they stand.
fn pairs(word: &[u8]) -> impl Iterator<Item = (Place, usize)> {
    let index = |pair: &[u8; 2]| pair.iter().fold(0, |index, letter| index * N_LETTERS + usize::from(letter - b'a'));
    let ends = [(Place::Start, word.first_chunk::<2>()), (Place::End, word.last_chunk::<2>())];
    let ends = ends.into_iter().filter_map(move |(place, pair)| Some((place, index(pair?))));
    let inside = word.windows(2).filter_map(|pair| pair.first_chunk::<2>());
    ends.chain(inside.map(move |pair| (Place::Anywhere, index(pair))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_fit_where_three_roots_have_each_pair() {
        let fits = |roots: &[&str], word: &str| Shape::of(roots.iter().copied()).fits(word.as_bytes());
        let roots = ["tari", "tali", "tani", "lari", "nari", "dari", "kala", "bala", "sala"];
        assert!(fits(&roots, "tari"));
        assert!(fits(&roots, "tala"), "from pairs of several roots");
        assert!(!fits(&roots, "lari"), "one root alone begins so");
        assert!(!fits(&roots, "tara"), "no root ends so");
        assert!(!fits(&roots[1..], "tari"), "two roots alone begin so");
        for word in ["", "t", "ta"] {
            assert!(!fits(&roots, word), "{word:?} is of one syllable or none");
        }
    }
}
