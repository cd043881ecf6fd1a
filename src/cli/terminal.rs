//! What the terminal can do, and how paths are shown on it.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clap::ValueEnum;
use kliping::output::{Colour, Hyperlinks, printable};

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

impl ColorChoice {
    /// Returns whether standard output is coloured.
    pub(super) fn colour(self) -> Colour {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let wanted = || {
            set("NO_COLOR").is_none()
                && set("TERM").is_none_or(|term| term != "dumb")
                && std::io::stdout().is_terminal()
        };
        match self {
            Self::Always => Colour::Always,
            Self::Auto if wanted() => Colour::Always,
            Self::Auto | Self::Never => Colour::Never,
        }
    }
}

/// When titles are links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum HyperlinkChoice {
    /// On a terminal, unless `TERM` is `dumb`
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

impl HyperlinkChoice {
    /// Returns whether titles on standard output are links.
    pub(super) fn hyperlinks(self) -> Hyperlinks {
        let is_dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            Self::Always => Hyperlinks::Show,
            Self::Auto if std::io::stdout().is_terminal() && !is_dumb() => Hyperlinks::Show,
            Self::Auto | Self::Never => Hyperlinks::Hide,
        }
    }
}

/// Returns the columns of the terminal that standard output is, at most 100: longer lines are hard
/// to read.
pub(super) fn width() -> Option<usize> {
    const READABLE: usize = 100;
    let (width, _) = terminal_size::terminal_size()?;
    std::io::stdout().is_terminal().then(|| usize::from(width.0).min(READABLE))
}

/// Returns `path` as seen from the working folder where it lies below it; on a terminal without
/// control characters, which a file name may hold.
pub(super) fn shown_path(path: &str) -> String {
    static IS_TERMINAL: LazyLock<bool> = LazyLock::new(|| std::io::stdout().is_terminal());
    let path = relative(path);
    if *IS_TERMINAL { printable(&path) } else { path }
}

fn relative(path: &str) -> String {
    /// The working folder: the program never goes to another.
    static HERE: LazyLock<Option<PathBuf>> =
        LazyLock::new(|| std::env::current_dir().and_then(|here| here.canonicalize()).ok());
    let below = HERE.as_ref().and_then(|here| Path::new(path).strip_prefix(here).ok());
    below.map_or_else(|| path.to_owned(), |below| below.to_string_lossy().into_owned())
}
