//! Exit status and error messages.

use std::io::{self, Write};
use std::process::ExitCode;

use kliping::error::Error;
use kliping::output::printable;

/// How a command ended; the numbers are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Done; a search has hits.
    Done = 0,
    /// A search has no hits.
    NoHits = 1,
    /// Wrong use or bad input.
    Error = 2,
    /// No index, or one of another format or analyzer.
    NoIndex = 3,
    /// Another process writes to the index.
    Locked = 4,
    /// Ctrl-C ended it in good order; the number is what shells give.
    Interrupted = 130,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The library failed.
    Library(Error),
    /// The arguments make no sense together; the message says what to do.
    Usage(String),
    /// The program failed; what it said is on standard error.
    Fault,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl Failure {
    /// Returns the failure to write the output.
    pub(super) fn output(error: io::Error) -> Self {
        Self::Library(Error::Output(error))
    }

    /// Writes the message to `err` and returns the status to exit with. A reader that closed the
    /// pipe has read enough: no message, no error.
    pub(super) fn report(&self, err: &mut impl Write) -> Status {
        if self.is_closed_pipe() {
            return Status::Done;
        }
        // Where standard error is gone too, nobody is left to tell.
        let _ = writeln!(err, "kliping: {}", printable(&self.message()));
        self.status()
    }

    fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Library(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    fn message(&self) -> String {
        match self {
            Self::Usage(message) => message.clone(),
            Self::Fault => {
                "a fault of the program, or of a damaged index: `kliping check` tells, and says what to do".into()
            }
            Self::Library(error) => chain(error),
        }
    }

    fn status(&self) -> Status {
        match self {
            Self::Library(Error::IndexMissing { .. } | Error::IndexFormat { .. } | Error::IndexAnalyzer { .. }) => {
                Status::NoIndex
            }
            Self::Library(Error::IndexLocked { .. }) => Status::Locked,
            Self::Library(_) | Self::Usage(_) | Self::Fault => Status::Error,
        }
    }
}

/// Returns the message of an error and of everything that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_status() {
        let status = |error| Failure::Library(error).report(&mut Vec::new());
        assert_eq!(status(Error::IndexMissing { path: "x".into() }), Status::NoIndex);
        assert_eq!(status(Error::IndexLocked { path: "x".into(), holder: "7".into() }), Status::Locked);
        assert_eq!(status(Error::ArticleMissing { id: "x".into() }), Status::Error);
        assert_eq!(status(Error::Output(io::ErrorKind::BrokenPipe.into())), Status::Done);
    }

    #[test]
    fn a_message_names_every_cause() {
        let mut err = Vec::new();
        let source = io::Error::other("no space left");
        Failure::Library(Error::Output(source)).report(&mut err);
        assert_eq!(String::from_utf8(err).unwrap(), "kliping: cannot write the output: no space left\n");
    }
}
