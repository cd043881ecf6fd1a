//! Arguments that are text but begin with a hyphen: a pasted `- Jakarta: …` or `-5 derajat` is no
//! option.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

/// Stands before protected text, so that the parser sees no hyphen; never part of what is typed.
const MARK: char = '\u{1}';

/// The subcommands whose arguments are free text.
const WITH_TEXT: [&str; 5] = ["search", "suggest", "trends", "trace", "analyze"];

/// Returns `arguments` with those marked as text that cannot be options of `program`: in a
/// subcommand that takes free text, what begins with a hyphen and holds white space, or begins with
/// a hyphen and no letter of an option. What an option takes as its value is left alone, and so is
/// all that stands behind `--`.
pub(super) fn protect(program: &Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let Some(at) = arguments.iter().position(|argument| WITH_TEXT.iter().any(|name| argument == name)) else {
        return arguments;
    };
    let Some(command) = arguments[at].to_str().and_then(|name| program.find_subcommand(name)) else { return arguments };
    let options: Vec<&Arg> = program.get_arguments().chain(command.get_arguments()).collect();
    let mut protected = arguments;
    for index in at + 1..protected.len() {
        if protected[index] == "--" {
            break;
        }
        if takes_value(&options, &protected[index - 1]) {
            continue;
        }
        if let Some(text) = protected[index].to_str().filter(|text| is_text(&options, text)) {
            protected[index] = format!("{MARK}{text}").into();
        }
    }
    protected
}

/// Returns whether the argument is an option whose value is the next argument.
fn takes_value(options: &[&Arg], argument: &OsStr) -> bool {
    let Some(argument) = argument.to_str() else { return false };
    let is_named = |option: &&&Arg| match argument.strip_prefix("--") {
        Some(name) => option.get_long() == Some(name),
        None => option.get_short().is_some_and(|short| argument.strip_prefix('-') == Some(&short.to_string())),
    };
    options.iter().find(is_named).is_some_and(|option| option.get_action().takes_values())
}

fn is_text(options: &[&Arg], argument: &str) -> bool {
    let Some(rest) = argument.strip_prefix('-') else { return false };
    if let Some(name) = rest.strip_prefix('-') {
        let is_option =
            name.split('=').next().is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        return !is_option;
    }
    let is_short = |c: char| c == 'h' || c == 'V' || options.iter().any(|option| option.get_short() == Some(c));
    rest.contains(char::is_whitespace) || rest.chars().next().is_some_and(|c| !is_short(c))
}

/// Reads a text argument; the parser of every argument that takes free text.
#[expect(clippy::unnecessary_wraps, reason = "the signature of a value parser")]
pub(super) fn free_text(argument: &str) -> Result<String, Infallible> {
    Ok(argument.strip_prefix(MARK).unwrap_or(argument).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// Checks which arguments behind `kliping` are marked as text.
    #[track_caller]
    fn check(arguments: &[&str], text: &[&str]) {
        let program = crate::cli::Arguments::command();
        let all = ["kliping"].iter().chain(arguments).map(OsString::from).collect();
        let marked: Vec<String> =
            protect(&program, all).iter().filter_map(|a| Some(a.to_str()?.strip_prefix(MARK)?.to_owned())).collect();
        assert_eq!(marked, text, "{arguments:?}");
    }

    #[test]
    fn pasted_text_is_told_from_options() {
        check(&["search", "- Jakarta: KPK"], &["- Jakarta: KPK"]);
        check(&["search", "-- Jakarta"], &["-- Jakarta"]);
        check(&["search", "-jakarta dan bogor", "-n", "3"], &["-jakarta dan bogor"]);
        check(&["search", "-5", "-Jakarta", "-"], &["-5", "-Jakarta"]);
        check(&["analyze", "-5 derajat"], &["-5 derajat"]);
    }

    #[test]
    fn options_and_their_values_are_left_alone() {
        check(&["search", "--index=my folder", "-n3", "--limit", "--tidak-ada", "harga - beras"], &[]);
        check(&["search", "--run-tag", "- a b", "x"], &[]);
        check(&["search", "-i", "-my folder", "x"], &[]);
        check(&["search", "--", "- Jakarta"], &[]);
        check(&["index", "-my folder"], &[]);
    }

    #[test]
    fn protected_text_comes_back() {
        assert_eq!(free_text(&format!("{MARK}- Jakarta")), Ok("- Jakarta".to_owned()));
    }
}
