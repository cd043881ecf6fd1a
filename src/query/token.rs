//! Which tokens of a word say something without the others.

use crate::analysis::is_day;

/// Letters that a token has at least to say something beside figures: *covid* and 19, but not *u* and 19, nor *rp* and
/// 100.
const MIN_CHARS_BESIDE_FIGURES: usize = 3;

/// Letters that it has at least beside others: *Jokowi* and *JK*, but not *e* and *KTP*.
const MIN_CHARS: usize = 2;

/// Figures of a number that says something beside others: an amount, but not a day or a year.
const MIN_FIGURES: usize = 5;

/// Returns the tokens of a word that say something without the others, and whether these are all.
///
/// Small figures and single letters say nothing alone: *U-19* is not about all that has a 19.
pub(crate) fn telling(tokens: &[String]) -> (Vec<&String>, bool) {
    if let [token] = tokens {
        return (vec![token], true);
    }
    let has_figures = tokens.iter().any(|token| token.contains(|c: char| c.is_ascii_digit()));
    let min_chars = if has_figures { MIN_CHARS_BESIDE_FIGURES } else { MIN_CHARS };
    let is_telling = |token: &&String| {
        let n_chars = token.chars().count();
        let is_amount = n_chars >= MIN_FIGURES && token.bytes().all(|b| b.is_ascii_digit());
        is_amount || n_chars >= min_chars && token.chars().all(char::is_alphabetic)
    };
    let telling: Vec<&String> = tokens.iter().filter(is_telling).collect();
    let are_all = telling.len() == tokens.len();
    (telling, are_all)
}

/// What is looked for of a word.
pub(crate) struct Telling<'t> {
    /// The tokens of surface forms that say something without the others.
    pub(crate) alone: Vec<&'t String>,
    /// The roots that do.
    pub(crate) roots: Vec<&'t String>,
    /// Whether the tokens side by side say what none of these does.
    pub(crate) together: bool,
}

impl<'t> Telling<'t> {
    /// Returns what is looked for of a word of the tokens `exact` and `root`. A day is looked for as a whole: others
    /// share its month and its year.
    pub(crate) fn of(exact: &'t [String], root: &'t [String]) -> Self {
        let (alone, are_all) = telling(exact);
        let roots = telling_roots(exact, root);
        let is_whole = roots.iter().any(|root| is_whole(exact, root));
        let alone = if exact.len() > 1 && root.iter().any(|root| is_day(root)) { Vec::new() } else { alone };
        Self { alone, roots, together: !are_all && !is_whole }
    }
}

/// Returns the roots of a word of the tokens `exact` that say something without the others: those that stand for the
/// word as a whole (*covid19*), and the tokens that [do](telling).
pub(crate) fn telling_roots<'t>(exact: &[String], root: &'t [String]) -> Vec<&'t String> {
    let (telling, _) = telling(exact);
    root.iter().filter(|root| exact.len() == 1 || telling.contains(root) || !exact.contains(root)).collect()
}

/// Returns whether `root` stands for the whole of a word with figures whose tokens are `exact`: for a day, an amount, a
/// name with a number.
pub(crate) fn is_whole(exact: &[String], root: &String) -> bool {
    exact.len() > 1 && !exact.contains(root) && root.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    /// Checks the tokens and roots of a word that tell something without the others.
    #[track_caller]
    fn check(text: &str, expected: &str, expected_roots: &str) {
        let words = Analyzer::indonesian().analyze(text);
        let tokens = |joined: &str| joined.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (exact, root) = (tokens(words[0].form.exact()), tokens(words[0].form.root()));
        let joined = |tokens: Vec<&String>| tokens.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        assert_eq!(joined(telling(&exact).0), expected, "{text}");
        assert_eq!(joined(telling_roots(&exact, &root)), expected_roots, "{text}");
    }

    #[test]
    fn figures_and_single_letters_say_nothing_without_the_others() {
        check("COVID-19", "covid", "covid19");
        check("U-19", "", "u19");
        check("3-1", "", "");
        check("5-tahunan", "tahunan", "tahun");
        check("Rp100", "", "");
        check("Rp1,5 triliun", "", "1500000000000");
        check("Rp1.500.000", "1500000", "1500000");
        check("e-KTP", "ktp", "ektp");
    }

    #[test]
    fn a_day_is_looked_for_as_a_whole() {
        for exact in [["25", "10", "2019"], ["25", "oktober", "2019"]] {
            let (exact, root) = (exact.map(str::to_owned), ["2019-10-25".to_owned()]);
            let Telling { alone, roots, together } = Telling::of(&exact, &root);
            assert_eq!((alone, roots, together), (Vec::new(), vec![&root[0]], false));
        }
    }

    #[test]
    fn words_say_something_whatever_stands_beside_them() {
        check("19", "19", "19");
        check("e", "e", "e");
        check("Jokowi-JK", "jokowi jk", "jokowi jk");
        check("kemandirian", "kemandirian", "mandiri");
    }
}
