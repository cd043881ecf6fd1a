//! The command line: arguments to requests, responses to standard output, errors to an exit status.
//!
//! Holds no logic that a user of the library would miss. Data goes to standard output, everything
//! else to standard error.

mod analyze;
mod duplicates;
mod eval;
mod exit;
mod filters;
mod format;
mod free_text;
mod hints;
mod index;
mod input;
mod interrupt;
mod maintenance;
mod meta;
mod number;
mod output;
mod place;
mod progress;
mod reading;
mod search;
mod settings;
mod show;
mod similar;
mod stats;
mod stories;
mod suggest;
mod terminal;
mod threads;
mod timings;
mod trace;
mod trends;
mod unreadable;
mod verify;
mod watch;

use std::io::{BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use exit::{Failure, Status};
use place::Place;

/// What the options that every command has stand under.
const EVERYWHERE: &str = "Options of every command";

/// What stands between the options and the end of `kliping --help`.
const EXAMPLES: &str = "\
Examples:
  kliping index seeds/                        build or update the index in the folder `index`
  kliping search \"komputasi kuantum\"          ranked articles with the sentences that match
  kliping search kecerdasan buatan -n 3       words need no quotes
  kliping show 001                            one article, its repeated passages marked

Settings: a flag counts before its KLIPING_* variable, that before `kliping.toml` in the working folder, that before \
kliping/kliping.toml in the folder of your settings; `index` and `dictionaries` can be set there.

Exit status:
  0 done, hits found    1 no hits    2 wrong use, bad input, damage    3 no index, or of another format
  4 the index is locked by another process
  130 interrupted; what was read is kept";

/// Full-text search for Indonesian news: each story once, each hit with the sentences that matter.
#[derive(Parser)]
#[command(name = "kliping", version, after_help = EXAMPLES, propagate_version = true, args_override_self = true)]
struct Arguments {
    /// Folder of the index [default: index]
    #[arg(short, long, global = true, value_name = "DIR", env = "KLIPING_INDEX", help_heading = EVERYWHERE)]
    index: Option<PathBuf>,

    /// Folder of your own dictionaries: stopwords.txt, roots.txt, stem-exceptions.tsv, names.txt, synonyms.tsv
    #[arg(long, global = true, value_name = "DIR", env = "KLIPING_DICTIONARIES", help_heading = EVERYWHERE)]
    dictionaries: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build or update an index from files of many formats
    Index(index::Arguments),
    /// Search the index
    Search(search::Arguments),
    /// Complete the beginning of a query
    Suggest(suggest::Arguments),
    /// Find articles about the same things as one
    Similar(similar::Arguments),
    /// Count what matches a query over time
    Trends(trends::Arguments),
    /// Show one article
    Show(show::Arguments),
    /// List stories and repeated passages
    Duplicates(duplicates::Arguments),
    /// Show who carries a sentence, the earliest first
    Trace(trace::Arguments),
    /// Show how text is cut into words and what their roots are
    Analyze(analyze::Arguments),
    /// Measure the ranking against relevance judgements
    Eval(eval::Arguments),
    /// Show what the index holds
    Stats(stats::Arguments),
    /// Follow files and folders and keep the index current
    Watch(watch::Arguments),
    /// Remove articles from the index
    Remove(maintenance::Remove),
    /// Check that the index is sound
    Check(maintenance::Check),
    /// Give back the room of replaced and removed articles
    Compact(maintenance::Compact),
    /// Write every article as JSON lines that `index` reads
    Export(maintenance::Export),
    /// Write a completion script for a shell
    Completions(meta::Completions),
    /// Write the manual page
    Man(meta::Man),
}

/// Runs the program on its arguments.
pub(crate) fn main() -> ExitCode {
    kliping::panics::hush_caught();
    let typed = free_text::protect(&Arguments::command(), std::env::args_os().collect());
    let arguments = Arguments::parse_from(typed);
    let mut out = BufWriter::new(std::io::stdout().lock());
    // Nobody looks at what is half done then, and the next run takes it back.
    let ran = catch_unwind(AssertUnwindSafe(|| run(&arguments, &mut out))).unwrap_or(Err(Failure::Fault));
    let ended = ran.and_then(|status| {
        out.flush().map_err(Failure::output)?;
        Ok(status)
    });
    match ended {
        Ok(status) => status.into(),
        Err(failure) => failure.report(&mut std::io::stderr().lock()).into(),
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Status, Failure> {
    let place = Place::new(arguments)?;
    match &arguments.command {
        Command::Index(arguments) => arguments.run(&place, out),
        Command::Search(arguments) => arguments.run(&place, out),
        Command::Suggest(arguments) => arguments.run(&place, out),
        Command::Similar(arguments) => arguments.run(&place, out),
        Command::Trends(arguments) => arguments.run(&place, out),
        Command::Show(arguments) => arguments.run(&place, out),
        Command::Duplicates(arguments) => arguments.run(&place, out),
        Command::Trace(arguments) => arguments.run(&place, out),
        Command::Analyze(arguments) => arguments.run(&place, out),
        Command::Eval(arguments) => arguments.run(&place, out),
        Command::Stats(arguments) => arguments.run(&place, out),
        Command::Watch(arguments) => arguments.run(&place),
        Command::Remove(arguments) => arguments.run(&place),
        Command::Check(_) => maintenance::Check::run(&place, out),
        Command::Compact(arguments) => arguments.run(&place, out),
        Command::Export(_) => maintenance::Export::run(&place, out),
        Command::Completions(arguments) => arguments.run(out),
        Command::Man(arguments) => arguments.run(out),
    }
}
