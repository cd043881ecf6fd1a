//! Arguments that are text but begin with a hyphen: a pasted `- Jakarta: …` is no option.

use std::convert::Infallible;
use std::ffi::OsString;

/// Stands before protected text, so that the parser sees no hyphen; never part of what is typed.
const MARK: char = '\u{1}';

/// Returns `argument` marked as text where it cannot be an option: it begins with a hyphen, holds
/// white space, and is neither `--name=value` nor a short option with its value.
pub(super) fn protect(argument: OsString) -> OsString {
    match argument.to_str() {
        Some(text) if is_text(text) => format!("{MARK}{text}").into(),
        _ => argument,
    }
}

fn is_text(argument: &str) -> bool {
    let Some(rest) = argument.strip_prefix('-') else { return false };
    if !rest.contains(char::is_whitespace) {
        return false;
    }
    let long_option = rest.strip_prefix('-').is_some_and(|name| {
        name.split_once('=').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    });
    !long_option && !rest.starts_with(['i', 'j', 'n'])
}

/// Reads a text argument; the parser of every argument that takes free text.
#[expect(clippy::unnecessary_wraps, reason = "the signature of a value parser")]
pub(super) fn free_text(argument: &str) -> Result<String, Infallible> {
    Ok(argument.strip_prefix(MARK).unwrap_or(argument).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(argument: &str, text: bool) {
        assert_eq!(protect(argument.into()) != *argument, text, "{argument:?}");
    }

    #[test]
    fn pasted_text_is_told_from_options() {
        check("- Jakarta: KPK", true);
        check("-- Jakarta", true);
        check("-bukan ini", true);
        check("--index=my folder", false);
        check("-imy folder", false);
        check("--limit", false);
        check("harga - beras", false);
    }

    #[test]
    fn protected_text_comes_back() {
        let protected = protect("- Jakarta".into());
        assert_eq!(free_text(protected.to_str().unwrap()), Ok("- Jakarta".to_owned()));
    }
}
