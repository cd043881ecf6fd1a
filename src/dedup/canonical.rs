//! Which article of a story stands for it.

use std::cmp::Reverse;

use crate::article::Article;

/// What decides whether an article stands for its story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// The names of its outlet and site, in small letters.
    pub outlets: Vec<String>,
    /// The outlets and wires it credits, in small letters.
    pub credits: Vec<String>,
    /// When it was published: seconds since 1970.
    pub date: Option<i64>,
    /// The bytes of its body.
    pub body_bytes: usize,
}

impl Candidate {
    /// Returns what decides about `article`.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let metadata = &article.metadata;
        let outlets = metadata.source.iter().chain(&metadata.site);
        Self {
            outlets: outlets.map(|found| found.value.to_lowercase()).collect(),
            credits: metadata.credits.iter().map(|found| found.value.to_lowercase()).collect(),
            date: metadata.date.as_ref().map(|found| found.value.timestamp()),
            body_bytes: article.body().map(|range| range.len()).sum(),
        }
    }

    fn is_of(&self, outlet: &str) -> bool {
        self.outlets.iter().any(|own| own == outlet)
    }
}

/// Returns the place of the article that stands for the story of `members`: the first of the outlets
/// `preferred` that has one; else one that another member credits; else the earliest; of those the
/// longest, and of those the first. `None` where there is no member.
///
/// ```
/// use kliping::dedup::{Candidate, canonical};
/// let member = |outlet: &str, credits: &[&str], date| Candidate {
///     outlets: vec![outlet.to_owned()],
///     credits: credits.iter().map(|credit| (*credit).to_owned()).collect(),
///     date: Some(date),
///     body_bytes: 100,
/// };
/// let members = [member("kota", &["antara"], 1), member("antara", &[], 2)];
/// assert_eq!(canonical(&members, &[]), Some(1));
/// assert_eq!(canonical(&members, &["Kota".to_owned()]), Some(0));
/// ```
#[must_use]
pub fn canonical(members: &[Candidate], preferred: &[String]) -> Option<usize> {
    let preferred: Vec<String> = preferred.iter().map(|outlet| outlet.to_lowercase()).collect();
    let credits: Vec<&str> = members.iter().flat_map(|member| member.credits.iter().map(String::as_str)).collect();
    (0..members.len()).min_by_key(|place| {
        let member = &members[*place];
        let preference = preferred.iter().position(|outlet| member.is_of(outlet)).unwrap_or(preferred.len());
        // A credit of one's own outlet says nothing.
        let is_credited = credits.iter().any(|credit| member.is_of(credit))
            && !member.credits.iter().any(|credit| member.is_of(credit));
        (preference, !is_credited, member.date.is_none(), member.date, Reverse(member.body_bytes), *place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(outlet: &str, credits: &[&str], date: Option<i64>, body_bytes: usize) -> Candidate {
        let credits = credits.iter().map(|&credit| credit.to_owned()).collect();
        Candidate { outlets: vec![outlet.to_owned()], credits, date, body_bytes }
    }

    #[track_caller]
    fn check(members: &[Candidate], preferred: &[&str], expected: usize) {
        let preferred: Vec<String> = preferred.iter().map(|&outlet| outlet.to_owned()).collect();
        assert_eq!(canonical(members, &preferred), Some(expected));
    }

    #[test]
    fn the_credited_then_the_earliest_then_the_longest_stands_for_all() {
        check(&[member("kota", &["antara"], Some(1), 9), member("antara", &[], Some(2), 9)], &[], 1);
        check(&[member("x", &[], None, 9), member("y", &[], Some(2), 9)], &[], 1);
        check(&[member("x", &[], Some(3), 9), member("y", &[], Some(2), 9)], &[], 1);
        check(&[member("x", &[], Some(2), 8), member("y", &[], Some(2), 9)], &[], 1);
        check(&[member("x", &[], None, 9), member("y", &[], None, 9)], &[], 0);
        check(&[member("x", &["x"], Some(2), 9), member("y", &[], Some(1), 9)], &[], 1);
    }

    #[test]
    fn the_wish_of_the_user_comes_first() {
        let members = [member("x", &[], Some(1), 9), member("y", &[], Some(2), 9), member("z", &[], Some(3), 9)];
        check(&members, &["Z", "y"], 2);
        check(&members, &["w", "y"], 1);
        assert_eq!(canonical(&[], &[]), None);
    }
}
