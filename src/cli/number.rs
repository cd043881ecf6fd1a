//! Whole numbers on the command line.

use std::fmt::Display;
use std::str::FromStr;

/// Returns a parser of whole numbers from `least` on.
pub(super) fn at_least<T>(least: T) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static
where
    T: FromStr + PartialOrd + Display + Clone + Send + Sync + 'static,
{
    move |text| {
        let number = text.parse().ok().filter(|number| *number >= least);
        number.ok_or_else(|| format!("not a whole number of {least} or more"))
    }
}

/// Returns a number of things as people say it: `1 article`, `2 articles`.
pub(super) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_said_to_be_none() {
        assert_eq!(at_least(1_u32)("12"), Ok(12));
        for text in ["0", "-1", "1.5", "dua", "", "99999999999999999999"] {
            assert_eq!(at_least(1_u32)(text).unwrap_err(), "not a whole number of 1 or more", "{text}");
        }
    }
}
