//! Which article of a story stands for all, and how much two articles have in common.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::sketch::{SHINGLE_WORDS, Sketch};
use super::word::hash_of_run;
use crate::article::Article;

/// Articles of a story of which one can stand for all: the first to arrive. Each of them is read to choose, so that a
/// story of very many takes bounded time, and every list of stories chooses alike.
pub const MAX_CANDIDATES: usize = 100;

/// Returns the place in `members`, articles of one story in the order of arrival, of the one that
/// stands for all: one from the first of the `preferred` outlets that has any; else one that another
/// member credits; then the earliest, the longest, and the first to arrive. The first [`MAX_CANDIDATES`] are looked at.
///
/// Outlets are compared whatever their case, and one may be named without its domain: *kompas* is *Kompas.com* too, and
/// *kompas.com* is that alone. `None` where there are no members.
///
/// ```
/// use kliping::article::{ArticleId, Declared, RawArticle};
/// let article = |text: &str| {
///     let (id, declared) = (ArticleId::new("a"), Declared::default());
///     kliping::clean::clean(RawArticle { id, path: String::new(), text: text.to_owned(), declared })
/// };
/// let members = [article("Beras naik.\n"), article("Beras naik. Pedagang mengeluh.\n")];
/// assert_eq!(kliping::dedup::canonical(&members, &[]), Some(1));
/// ```
#[must_use]
pub fn canonical(members: &[Article], preferred: &[String]) -> Option<usize> {
    canonical_of_fit(members, preferred, |_| true)
}

/// Returns the place that [`canonical`] returns, of the members whose places are `fit` where there are any. An
/// article of a preferred outlet stands for all, fit or not.
pub(crate) fn canonical_of_fit(
    members: &[Article],
    preferred: &[String],
    is_fit: impl Fn(usize) -> bool,
) -> Option<usize> {
    let members = &members[..members.len().min(MAX_CANDIDATES)];
    let preferred: Vec<String> = preferred.iter().map(|name| name.trim().to_lowercase()).collect();
    let credits: Vec<FxHashSet<String>> = members.iter().map(credits).collect();
    let mut n_crediting: FxHashMap<&str, usize> = FxHashMap::default();
    for name in credits.iter().flatten() {
        *n_crediting.entry(name).or_default() += 1;
    }
    let rank = |place: &usize| {
        let (member, own) = (&members[*place], &credits[*place]);
        let names = names(member);
        let bare: Vec<String> = names.iter().map(|name| bare_name(name)).collect();
        let is_named =
            |wanted: &String| names.contains(wanted) || !wanted.contains('.') && bare.contains(&bare_name(wanted));
        let preference = preferred.iter().position(is_named).unwrap_or(preferred.len());
        let n_others = |name: &str| n_crediting.get(name).copied().unwrap_or(0) - usize::from(own.contains(name));
        let is_origin = bare.iter().any(|name| n_others(name) > 0) && own.iter().all(|name| bare.contains(name));
        let date = member.metadata.date.as_ref().map(|found| found.value.timestamp());
        let n_bytes: usize = member.body().map(|range| range.len()).sum();
        (preference, !is_fit(*place), !is_origin, date.is_none(), date, Reverse(n_bytes), *place)
    };
    (0..members.len()).min_by_key(rank)
}

/// Returns what is the same in all names of one outlet: *antaranews.com*, *Antara News*, *Kantor Berita ANTARA* and
/// *Antara* are `antara`.
fn bare_name(name: &str) -> String {
    /// Letters of a name that `news` is no part of: inews.
    const SHORTEST: usize = 3;
    let name = name.to_lowercase();
    let name =
        ["www.", "kantor berita ", "lkbn "].iter().fold(name.as_str(), |name, word| name.trim_start_matches(word));
    let is_domain = !name.contains(char::is_whitespace);
    let name = if is_domain { name.split('.').next().unwrap_or(name) } else { name };
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let without_news = letters.strip_suffix("news").filter(|rest| rest.chars().count() >= SHORTEST);
    without_news.map_or_else(|| letters.clone(), str::to_owned)
}

/// Returns the names of who published an article, in lower case.
fn names(article: &Article) -> Vec<String> {
    let metadata = &article.metadata;
    metadata.site.iter().chain(&metadata.source).map(|found| found.value.to_lowercase()).collect()
}

/// Returns whom an article credits, by their bare names: in its credits, or as the wire of its dateline
/// where it was published elsewhere.
fn credits(article: &Article) -> FxHashSet<String> {
    let metadata = &article.metadata;
    let wire = metadata.source.iter().filter(|_| metadata.site.is_some());
    metadata.credits.iter().chain(wire).map(|found| bare_name(&found.value)).collect()
}

/// Returns the share, from 0 to 1, of the words of `article` that stand in runs of four words or more
/// which `other` has too; 0 for an article without words.
#[must_use]
pub fn shared_share(article: &Article, other: &Article) -> f64 {
    let (ours, theirs) = (Sketch::of(article), Sketch::of(other));
    let known: FxHashSet<u64> = theirs.words.windows(SHINGLE_WORDS).map(|words| hash_of_run(words, 0)).collect();
    let (mut n_shared, mut covered) = (0, 0);
    for (start, words) in ours.words.windows(SHINGLE_WORDS).enumerate() {
        if known.contains(&hash_of_run(words, 0)) {
            let end = start + SHINGLE_WORDS;
            n_shared += end - covered.max(start);
            covered = end;
        }
    }
    ratio(n_shared, ours.words.len())
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared, RawArticle};

    fn article(text: &str) -> Article {
        let (id, declared) = (ArticleId::new("a"), Declared::default());
        crate::clean::clean(RawArticle { id, path: String::new(), text: text.to_owned(), declared })
    }

    fn from(outlet: &str, text: &str) -> Article {
        let (id, path) = (ArticleId::new("a"), String::new());
        let declared = Declared { source: Some(outlet.to_owned()), ..Declared::default() };
        crate::clean::clean(RawArticle { id, path, text: text.to_owned(), declared })
    }

    #[track_caller]
    fn check(members: &[Article], preferred: &[&str], expected: usize) {
        let preferred: Vec<String> = preferred.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(canonical(members, &preferred), Some(expected));
    }

    #[test]
    fn the_preferred_then_the_credited_then_the_earliest_then_the_longest_stands_for_all() {
        let [early, late] = ["Kamis, 8 Januari 2026\n", "Jumat, 9 Januari 2026\n"];
        let text = "Harga beras naik lagi pekan ini.\n";
        let dated = |outlet: &str, day: &str| from(outlet, &format!("Beras naik\n\n{day}\n{text}"));
        let crediting = from("Kota Kini", &format!("Beras naik\n\n{text}\nSumber: ANTARA\n"));
        check(&[crediting.clone(), from("Antara", text)], &[], 1);
        for name in ["antaranews.com", "Antara News", "Kantor Berita ANTARA"] {
            check(&[crediting.clone(), from(name, text)], &[], 1);
        }
        check(&[crediting.clone(), from("inews.id", text)], &[], 0);
        check(&[crediting, from("Antara", text)], &["tirto", "kota kini"], 0);
        check(&[from("X", text), from("www.kompas.com", text)], &["Kompas"], 1);
        check(&[from("kompas.id", text), from("kompas.com", text)], &["kompas.com"], 1);
        check(&[from("X", text), from("Y", text), from("Z", text)], &["W", "z", "y"], 2);
        check(&[dated("X", late), dated("Y", early)], &[], 1);
        check(&[from("X", text), dated("Y", early)], &[], 1);
        check(&[from("X", text), from("Y", &text.repeat(2))], &[], 1);
        check(&[from("X", text), from("Y", text)], &[], 0);
        assert_eq!(canonical(&[], &[]), None);
        let members = [from("X", text), from("Y", text), from("Z", text)];
        let of_fit = |preferred: &[String]| canonical_of_fit(&members, preferred, |place| place == 2);
        assert_eq!((of_fit(&[]), of_fit(&["y".to_owned()])), (Some(2), Some(1)));
    }

    #[test]
    fn the_first_hundred_can_stand_for_all() {
        let text = "Harga beras naik lagi pekan ini.\n";
        let mut members = vec![from("X", text); MAX_CANDIDATES];
        members.push(from("Y", &text.repeat(2)));
        check(&members, &["Y"], 0);
        check(&members[1..], &["Y"], MAX_CANDIDATES - 1);
    }

    #[test]
    fn what_two_articles_share_is_counted_in_words() {
        let check = |text: &str, other: &str, expected: f64| {
            let share = shared_share(&article(text), &article(other));
            assert!((share - expected).abs() < 1e-9, "{share}, not {expected}: {text}");
        };
        check("satu dua tiga empat", "nol satu dua tiga empat lima", 1.0);
        check("satu dua tiga empat lima enam tujuh delapan", "satu dua tiga empat", 0.5);
        check("satu dua tiga", "satu dua tiga", 0.0);
        check("satu dua tiga empat lima", "satu dua tiga empat lima", 1.0);
        check("", "satu dua tiga empat", 0.0);
    }
}
