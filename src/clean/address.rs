//! What the address of an article says: its day, `…/read/2025/11/01/…`, and its site.

use jiff::civil::Date;

use super::names::domain_len;
use crate::article::ArticleDate;

/// Returns the day that stands in `address`: three parts of its path that are year, month and day.
pub(super) fn day_in(address: &str) -> Option<ArticleDate> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let day = parts.windows(3).find_map(|parts| match parts {
        [year, month, day] => date(year, month, day),
        _ => None,
    })?;
    Some(ArticleDate::day(day))
}

/// Returns the only day in the `name` of a file: `2026-01-08-harga-beras.txt`, `berita_08012026.txt`.
pub(super) fn day_in_name(name: &str) -> Option<ArticleDate> {
    let parts: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
    let in_three = parts.windows(3).filter_map(|parts| match parts {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [day, month, year] => date(year, month, day),
        _ => None,
    });
    let in_one = parts.iter().filter(|digits| digits.len() == 8).filter_map(|digits| {
        let year_first = || date(&digits[..4], &digits[4..6], &digits[6..]);
        year_first().or_else(|| date(&digits[4..], &digits[2..4], &digits[..2]))
    });
    let mut days = in_three.chain(in_one);
    let day = days.next()?;
    days.all(|other| other == day).then(|| ArticleDate::day(day))
}

/// Returns the day that three numbers are, of two digits and four.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let part = |text| number(text, 2)?.try_into().ok();
    // News has been put into files, and has had addresses, since then.
    let year = number(year, 4).filter(|year| (1990..2200).contains(year))?;
    Date::new(year, part(month)?, part(day)?).ok()
}

/// Sites that show what others publish, or lead to it.
const OF_OTHERS: [&str; 22] = [
    "archive.org",
    "bing.com",
    "bit.ly",
    "facebook.com",
    "fb.com",
    "feedburner.com",
    "feedproxy.google.com",
    "flipboard.com",
    "google.com",
    "instagram.com",
    "line.me",
    "linkedin.com",
    "msn.com",
    "t.co",
    "t.me",
    "telegram.me",
    "threads.net",
    "tiktok.com",
    "twitter.com",
    "x.com",
    "yahoo.com",
    "youtube.com",
];

/// Returns the site in `address` by its domain name, unless it is one of those that show what others publish.
pub(super) fn site_in(address: &str) -> Option<String> {
    let host = address.split_once("://")?.1.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let site = ["www.", "m.", "amp."].iter().find_map(|start| host.strip_prefix(start)).unwrap_or(&host);
    let is_of = |other: &&str| site.strip_suffix(*other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let is_own = domain_len(site) == site.len() && !site.is_empty() && !OF_OTHERS.iter().any(is_of);
    is_own.then(|| site.to_owned())
}

/// Returns the number that `text` is, of `n_digits` digits.
fn number(text: &str, n_digits: usize) -> Option<i16> {
    let is_number = text.len() == n_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(day_in(address).map(|date| date.to_string()).as_deref(), expected, "{address}");
    }

    #[test]
    fn a_day_stands_between_slashes() {
        check("https://contoh.id/read/2025/11/01/190700020/judul-berita", Some("2025-11-01"));
        check("https://contoh.id/2019/09/10/judul", Some("2019-09-10"));
        check("https://contoh.id/berita/2019/09/judul", None);
        check("https://contoh.id/2019/13/10/judul", None);
        check("https://contoh.id/1024/10/10/judul", None);
        check("https://contoh.id/judul?dari=/2019/09/10/", None);
        check("https://contoh.id/12019/09/10", None);
    }

    #[test]
    fn a_day_stands_in_the_name_of_a_file() {
        for (name, day) in [
            ("2026-01-08-harga-beras.txt", Some("2026-01-08")),
            ("berita_2026_01_08.html", Some("2026-01-08")),
            ("kompas.08-01-2026.md", Some("2026-01-08")),
            ("20260108_harga.txt", Some("2026-01-08")),
            ("harga08012026.txt", Some("2026-01-08")),
            ("20260108-2026-01-08.txt", Some("2026-01-08")),
            ("2026-01-08-sampai-2026-01-09.txt", None),
            ("99999999.txt", None),
            ("001_2026.txt", None),
            ("202601081530.txt", None),
            ("harga.txt", None),
        ] {
            assert_eq!(day_in_name(name).map(|date| date.to_string()).as_deref(), day, "{name}");
        }
    }

    #[test]
    fn the_site_is_the_host() {
        for (address, site) in [
            ("https://www.kompas.com/read/1", Some("kompas.com")),
            ("http://Bola.Kompas.com:80?x=1", Some("bola.kompas.com")),
            ("https://m.contoh.co.id", Some("contoh.co.id")),
            ("https://news.google.com/rss/articles/a", None),
            ("https://x.com/a", None),
            ("https://web.archive.org/web/https://contoh.id", None),
            ("https://netx.com/a", Some("netx.com")),
            ("https://10.0.0.1/a", None),
            ("https://localhost/a", None),
            ("/a/b", None),
        ] {
            assert_eq!(site_in(address).as_deref(), site, "{address}");
        }
    }
}
