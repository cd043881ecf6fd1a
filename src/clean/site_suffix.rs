//! What a page puts behind a headline: the name of its site, the number of its page: `Harga Beras Naik - Halaman 2 -
//! Tribunnews.com`.
//!
//! It is no part of the headline, and the name says where the article comes from. Taken for one is a domain name, or
//! what the record or page itself declares as its outlet or address; of the known outlets those that no
//! headline ends with by itself.

use std::ops::Range;

use super::lines::Line;
use super::names::{are_same, domain_len, is_outlet, letters, listed_outlet_len};
use crate::article::{Declared, PassageKind, trimmed};

/// The longest name, in bytes and in words.
const LONGEST_NAME: usize = 40;
const MOST_WORDS: usize = 3;
/// How many parts may stand behind a headline.
const MOST_PARTS: usize = 3;

/// What stands behind a headline.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SiteSuffix {
    /// The headline without it.
    headline: Range<usize>,
    /// The marks and parts behind it, in order.
    parts: Vec<Line>,
}

impl SiteSuffix {
    /// Finds what stands at the end of the line of a headline.
    pub(super) fn find(text: &str, line: &Range<usize>, declared: &Declared) -> Option<Self> {
        let marks = marks(text, line);
        let firsts = marks.len().saturating_sub(MOST_PARTS)..marks.len();
        let behind = firsts.into_iter().find_map(|first| {
            let headline = trimmed(text, line.start..marks[first].start);
            let parts = parts(text, &marks[first..], line.end, declared)?;
            Some(Self { headline, parts }).filter(|suffix| is_headline(&text[suffix.headline.clone()]))
        });
        let suffix = behind.unwrap_or_else(|| Self { headline: line.clone(), parts: Vec::new() });
        Some(suffix.without_page_number(text)).filter(|suffix| !suffix.parts.is_empty())
    }

    /// Takes a page number from the end of the headline: `Halaman all`, and any before the name of the site.
    fn without_page_number(mut self, text: &str) -> Self {
        let headline = &text[self.headline.clone()];
        let last_word = |text: &str| {
            text.trim_end().rfind(char::is_whitespace).map_or(0, |blank| text.ceil_char_boundary(blank + 1))
        };
        let number = last_word(headline);
        let page = last_word(&headline[..number]);
        let is_behind = headline[number..].eq_ignore_ascii_case("all") || !self.parts.is_empty();
        if is_behind && is_page_number(&headline[page..]) && is_headline(&headline[..page]) {
            let page = self.headline.start + page..self.headline.end;
            self.headline = trimmed(text, self.headline.start..page.start);
            self.parts.insert(0, Line { range: page, kind: Some(PassageKind::Promotion) });
        }
        self
    }

    /// Returns the headline alone.
    pub(super) fn headline(&self) -> Range<usize> {
        self.headline.clone()
    }

    /// Divides the headline among `lines` from what stands behind it; returns whether it is one of them.
    pub(super) fn divide(&self, lines: &mut Vec<Line>) -> bool {
        let end = self.parts.last().map_or(self.headline.end, |part| part.range.end);
        let whole = self.headline.start..end;
        let Some(place) = lines.iter().position(|line| line.range == whole) else { return false };
        let headline = Line { range: self.headline.clone(), kind: Some(PassageKind::Title) };
        lines.splice(place..=place, std::iter::once(headline).chain(self.parts.iter().cloned()));
        true
    }
}

/// Whether `text` is long enough for a headline.
fn is_headline(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 1
}

/// Returns the marks of `line` that divide it: bars, and others between blanks.
fn marks(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (at, mark) in text[line.clone()].char_indices() {
        let range = line.start + at..line.start + at + mark.len_utf8();
        match (mark, marks.last_mut()) {
            ('|' | '-' | '–' | '—' | ':' | '»' | '›' | '•' | '·' | '~', Some(before)) if before.end == range.start =>
            {
                before.end = range.end;
            }
            ('|' | '-' | '–' | '—' | ':' | '»' | '›' | '•' | '·' | '~', _) => marks.push(range),
            _ => {}
        }
    }
    marks.retain(|mark| {
        let (before, behind) = (&text[line.start..mark.start], &text[mark.end..line.end]);
        let stands_alone = is_blank(before.chars().next_back()) && is_blank(behind.chars().next());
        stands_alone || text[mark.clone()].chars().all(|c| c == '|')
    });
    marks
}

/// Returns the `marks` of a headline and what each of them stands before, up to `end`, where all of that is none of the
/// headline.
fn parts(text: &str, marks: &[Range<usize>], end: usize, declared: &Declared) -> Option<Vec<Line>> {
    let mut parts = Vec::with_capacity(2 * marks.len());
    let mut follows_name = false;
    for (at, mark) in marks.iter().enumerate() {
        let part = trimmed(text, mark.end..marks.get(at + 1).map_or(end, |next| next.start));
        parts.push(Line { range: mark.clone(), kind: Some(PassageKind::Markup) });
        let (written, sign) = (&text[part.clone()], &text[mark.clone()]);
        if is_page_number(written) {
            parts.push(Line { range: part, kind: Some(PassageKind::Promotion) });
        } else if is_site(written, sign, declared) {
            follows_name = true;
            push_name(text, part, &mut parts);
        } else if follows_name && sign == "|" && at + 1 == marks.len() {
            // What a site says of itself.
            parts.push(Line { range: part, kind: Some(PassageKind::Promotion) });
        } else {
            return None;
        }
    }
    Some(parts)
}

/// Pushes the name of a site, the section before it (`Bisnis Liputan6.com`) by itself.
fn push_name(text: &str, part: Range<usize>, parts: &mut Vec<Line>) {
    let start = section_len(&text[part.clone()]).map_or(part.start, |len| part.start + len);
    let section = trimmed(text, part.start..start);
    if !section.is_empty() {
        parts.push(Line { range: section, kind: Some(PassageKind::Breadcrumb) });
    }
    parts.push(Line { range: start..part.end, kind: Some(PassageKind::Credit) });
}

/// Returns the length of the section before the domain name that ends `name`.
fn section_len(name: &str) -> Option<usize> {
    let (section, domain) = name.rsplit_once(' ')?;
    let is_section = section.split(' ').all(|word| word.starts_with(char::is_uppercase));
    (is_section && domain_len(domain) == domain.len()).then_some(name.len() - domain.len())
}

/// Whether `text` numbers a page: `Halaman 2`, `Page 2 of 3`, `Halaman all`.
fn is_page_number(text: &str) -> bool {
    const PAGES: [&str; 5] = ["hal", "hal.", "halaman", "laman", "page"];
    const BETWEEN: [&str; 4] = ["/", "dari", "of", "all"];
    let mut words = text.split_whitespace();
    let is_page = words.next().is_some_and(|word| PAGES.iter().any(|page| page.eq_ignore_ascii_case(word)));
    let is_number = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    let mut numbers = words.peekable();
    is_page
        && numbers.peek().is_some()
        && numbers.all(|word| is_number(word) || BETWEEN.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether `name` behind `mark` is that of a site.
fn is_site(name: &str, mark: &str, declared: &Declared) -> bool {
    let n_words = name.split_whitespace().count();
    if name.len() > LONGEST_NAME || !(1..=MOST_WORDS).contains(&n_words) {
        return false;
    }
    let is_known = || match mark {
        ":" => false,
        "-" | "–" | "—" => section_len(name).is_some() || is_sure_name(name),
        _ => section_len(name).is_some() || names_outlet(name),
    };
    is_declared(name, declared) || is_known()
}

/// Whether `name` is an outlet that a headline does not end with by itself: it may end with one word behind a dash, and
/// some words are names of outlets.
fn is_sure_name(name: &str) -> bool {
    let is_inner_capital = |pair: &[char]| matches!(pair, [a, b] if a.is_lowercase() && b.is_uppercase());
    let letters: Vec<char> = name.chars().collect();
    domain_len(name) == name.len()
        || is_outlet(name) && name.contains(|c: char| c.is_whitespace() || c.is_ascii_digit())
        || names_outlet(name) && !name.contains(' ') && letters.windows(2).any(is_inner_capital)
}

/// Whether `name` is an outlet, or one of the list and what it publishes: `Republika Online`, `detikFinance`.
pub(super) fn names_outlet(name: &str) -> bool {
    const EDITIONS: [&str; 7] = ["digital", "id", "indonesia", "network", "news", "online", "tv"];
    let (outlet, rest) = name.split_at(listed_outlet_len(name));
    let is_edition = || EDITIONS.iter().any(|edition| edition.eq_ignore_ascii_case(rest.trim_start()));
    is_outlet(name) || !outlet.is_empty() && (rest.starts_with(char::is_uppercase) || is_edition())
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
        check("Harga Beras Naik Lagi | Republika Online", "", "", (title, "Republika Online"));
        check("Harga Beras Naik Lagi - Bisnis Liputan6.com", "", "", (title, "Liputan6.com"));
        check("Harga Beras Naik Lagi - detikFinance", "", "", (title, "detikFinance"));
        check("Harga Beras Naik Lagi » Harian Jogja", "", "", (title, "Harian Jogja"));
        check("Harga Beras Naik Lagi :: Suara Merdeka", "", "", (title, "Suara Merdeka"));
        check("Harga Beras Naik Lagi - Solopos.com | Panduan Informasi Anda", "", "", (title, "Solopos.com"));
    }

    #[test]
    fn the_number_of_a_page_is_no_headline() {
        let title = "Harga Beras Naik Lagi";
        for suffix in
            [" - Halaman 2", " – Halaman 2", " | Page 2 of 3", " - Halaman All", " Halaman all", " - Hal. 2/3"]
        {
            check(&format!("{title}{suffix}"), "", "", (title, ""));
            check(&format!("{title}{suffix} - Kompas.com"), "", "", (title, "Kompas.com"));
        }
        check("Harga Beras Naik Lagi Halaman 2 - Kompas.com", "", "", (title, "Kompas.com"));
        check("Harga Beras Naik Lagi - Kompas.com - Halaman 2", "", "", (title, "Kompas.com"));
        for headline in ["Harga Beras Naik di Halaman 2", "Iklan Beras di Koran - Halaman Depan", "Beras Halaman all"] {
            check(headline, "", "", (headline, ""));
        }
    }

    #[test]
    fn what_is_not_known_to_be_a_site_stays() {
        for headline in [
            "Harga Beras Naik - Bisnis",
            "Harga Beras Naik : Okezone Economy",
            "Harga Beras Naik - Lagi",
            "Harga Beras di-Kompas.com",
            "Tips Memulai Usaha - Bisnis Online",
            "HARGA BERAS NAIK - SUARA",
            "Kisah Desa - Situs.com dan Pasar",
            "Kisah Desa di Kompas.com - Harga Beras",
        ] {
            check(headline, "", "", (headline, ""));
        }
        check(
            "Harga Naik: Tempo Menulis Lagi",
            "",
            "https://tempo.co/1",
            ("Harga Naik: Tempo Menulis Lagi", "tempo.co"),
        );
        check("Harga Naik - tempo lalu", "", "https://tempo.co/1", ("Harga Naik - tempo lalu", "tempo.co"));
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
