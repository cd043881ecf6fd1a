//! The name of its site that a page puts behind a headline: `Harga Beras Naik - Tribunnews.com`.
//!
//! It is no part of the headline, and says where the article comes from. Taken for one is a domain name, or
//! what the record or page itself declares as its outlet or address; of the known outlets those that no
//! headline ends with by itself.

use std::ops::Range;

use super::lines::Line;
use super::names::{are_same, domain_len, is_outlet, letters};
use crate::article::{Declared, PassageKind, trimmed};

/// The longest name, in bytes and in words.
const LONGEST_NAME: usize = 40;
const MOST_WORDS: usize = 3;

/// The name of a site behind a headline.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SiteSuffix {
    /// The headline without it.
    headline: Range<usize>,
    /// What stands between the two.
    mark: Range<usize>,
    name: Range<usize>,
}

impl SiteSuffix {
    /// Finds the name at the end of the line of a headline.
    pub(super) fn find(text: &str, line: &Range<usize>, declared: &Declared) -> Option<Self> {
        let mark = last_mark(text, line)?;
        let headline = trimmed(text, line.start..mark.start);
        let name = trimmed(text, mark.end..line.end);
        let words = text[headline.clone()].split_whitespace().filter(|word| word.contains(char::is_alphabetic));
        let is_headline = words.count() > 1;
        let is_site = is_headline && is_site(&text[name.clone()], &text[mark.clone()], declared);
        is_site.then_some(Self { headline, mark, name })
    }

    /// Returns the headline alone.
    pub(super) fn headline(&self) -> Range<usize> {
        self.headline.clone()
    }

    /// Divides the headline among `lines` from the name; returns whether it is one of them.
    pub(super) fn divide(&self, lines: &mut Vec<Line>) -> bool {
        let whole = self.headline.start..self.name.end;
        let Some(place) = lines.iter().position(|line| line.range == whole) else { return false };
        let parts = [
            (&self.headline, PassageKind::Title),
            (&self.mark, PassageKind::Markup),
            (&self.name, PassageKind::Credit),
        ];
        let parts = parts.map(|(range, kind)| Line { range: range.clone(), kind: Some(kind) });
        lines.splice(place..=place, parts);
        true
    }
}

/// Returns the last mark of `line` that divides it: a bar, or another between blanks.
fn last_mark(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let is_dividing = |(at, mark): &(usize, char)| match mark {
        '|' => true,
        '-' | '–' | '—' | ':' => {
            let (before, behind) =
                (&text[line.start..line.start + at], &text[line.start + at + mark.len_utf8()..line.end]);
            is_blank(before.chars().next_back()) && is_blank(behind.chars().next())
        }
        _ => false,
    };
    let (at, mark) = text[line.clone()].char_indices().rev().find(is_dividing)?;
    Some(line.start + at..line.start + at + mark.len_utf8())
}

/// Whether `name` behind `mark` is that of a site.
fn is_site(name: &str, mark: &str, declared: &Declared) -> bool {
    let n_words = name.split_whitespace().count();
    if name.len() > LONGEST_NAME || !(1..=MOST_WORDS).contains(&n_words) {
        return false;
    }
    let is_known = || match mark {
        ":" => false,
        "|" => is_outlet(name),
        // A headline may end with one word behind a dash, and some words are names of outlets.
        _ => domain_len(name) == name.len() || n_words > 1 && is_outlet(name),
    };
    is_declared(name, declared) || is_known()
}

/// Whether `name` is the outlet that is declared, or begins with the name of its domain.
fn is_declared(name: &str, declared: &Declared) -> bool {
    let begins_with = |label: &str| {
        let mut name = letters(name);
        letters(label).all(|c| name.next() == Some(c))
    };
    let is_capitalised =
        name.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || n_labels(word) > 1);
    let source = declared.source.as_deref();
    let host = declared.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let domains = [source, host].into_iter().flatten().filter_map(domain_label);
    source.is_some_and(|source| are_same(name, source)) || is_capitalised && domains.into_iter().any(begins_with)
}

fn n_labels(word: &str) -> usize {
    word.split('.').count()
}

/// Returns what names the site in the domain that `address` begins with: `kompas` in `bola.kompas.com/read/1`.
fn domain_label(address: &str) -> Option<&str> {
    /// Labels under which a country registers names.
    const SECOND_LEVEL: [&str; 8] = ["ac", "biz", "co", "go", "my", "net", "or", "web"];
    let domain = &address[..domain_len(address)];
    let (mut labels, _) = domain.rsplit_once('.')?;
    if let Some((before, last)) = labels.rsplit_once('.')
        && SECOND_LEVEL.contains(&last)
    {
        labels = before;
    }
    Some(labels.rsplit_once('.').map_or(labels, |(_, label)| label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, RawArticle, TitleOrigin};
    use crate::clean::clean;

    /// Checks what is left of a headline, and the source, of an article that declares source and address.
    #[track_caller]
    fn check(headline: &str, source: &str, url: &str, expected: (&str, &str)) {
        let stated = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        for title in [Some(0..headline.len()), None] {
            let declared = Declared { title, source: stated(source), url: stated(url), ..Declared::default() };
            let text = format!("{headline}\n\nHarga beras di pasar induk naik lagi pekan ini.");
            let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text, declared };
            let article = clean(raw);
            let found = article.metadata.source.as_ref().map_or("", |source| &source.value);
            assert_eq!((article.title().as_str(), found), expected, "{headline:?}");
            if article.metadata.title.origin == TitleOrigin::Declared {
                assert_eq!(article.received_offset(article.text.find("Harga beras di").unwrap()), 0);
            }
            assert_eq!(clean(RawArticle::from(article.clone())), article, "{headline:?} again");
        }
    }

    #[test]
    fn the_name_of_a_site_is_no_headline() {
        let title = "Harga Beras Naik Lagi";
        for headline in ["Harga Beras Naik Lagi - Tribunnews.com", "Harga Beras Naik Lagi | Tribunnews.com"] {
            check(headline, "", "", (title, "Tribunnews.com"));
        }
        check("Harga Beras Naik Lagi - Tribun-medan.com", "", "", (title, "Tribun-medan.com"));
        check("Harga Beras Naik Lagi - ANTARA News", "", "", (title, "ANTARA News"));
        check("Harga Beras Naik Lagi |Republika Online", "republika.co.id", "", (title, "republika.co.id"));
        check("Harga Beras Naik Lagi | Contoh", "Contoh", "", (title, "Contoh"));
        check("Harga Beras Naik Lagi : Okezone Economy", "O", "https://economy.okezone.com/read/1", (title, "O"));
        check("Harga Beras Naik - Lagi - detikcom", "detik.com", "", ("Harga Beras Naik - Lagi", "detik.com"));
    }

    #[test]
    fn what_is_not_known_to_be_a_site_stays() {
        for headline in [
            "Harga Beras Naik - Bisnis",
            "Harga Beras Naik : Okezone Economy",
            "Harga Beras Naik - Lagi",
            "Harga Beras di-Kompas.com",
        ] {
            check(headline, "", "", (headline, ""));
        }
        check("Harga Naik: Tempo Menulis Lagi", "", "https://tempo.co/1", ("Harga Naik: Tempo Menulis Lagi", ""));
        check("Harga Naik - tempo lalu", "", "https://tempo.co/1", ("Harga Naik - tempo lalu", ""));
    }

    #[test]
    fn the_label_of_a_domain() {
        for (address, label) in [
            ("www.kompas.com", "kompas"),
            ("bola.kompas.com/read/1", "kompas"),
            ("republika.co.id", "republika"),
            ("ekonomi.republika.co.id", "republika"),
            ("tirto.id", "tirto"),
        ] {
            assert_eq!(domain_label(address), Some(label));
        }
        assert_eq!(domain_label("Antara"), None);
    }
}
