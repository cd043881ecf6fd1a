//! The day that the address of an article holds: `…/read/2025/11/01/…`.

use jiff::civil::Date;

use crate::article::ArticleDate;

/// Returns the day that stands in `address`: three parts of its path that are year, month and day.
pub(super) fn day_in(address: &str) -> Option<ArticleDate> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let day = parts.windows(3).find_map(|parts| match parts {
        [year, month, day] => {
            Date::new(number(year, 4)?, number(month, 2)?.try_into().ok()?, number(day, 2)?.try_into().ok()?).ok()
        }
        _ => None,
    })?;
    // News has addresses since then.
    (1990..2200).contains(&day.year()).then(|| ArticleDate::day(day))
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
}
