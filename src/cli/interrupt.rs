//! Ctrl-C: the first one ends the work in good order, the second one at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kliping::error::Error;

use super::exit::{Failure, Status};

/// Whether somebody asked the program to end.
pub(super) struct Interrupt {
    has_come: Arc<AtomicBool>,
}

impl Interrupt {
    /// Watches for Ctrl-C and the system's wish to end the process.
    pub(super) fn watch() -> Result<Self, Failure> {
        let has_come = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&has_come);
        let on_signal = move || {
            if seen.swap(true, Ordering::Relaxed) {
                std::process::exit(Status::Interrupted as i32);
            }
        };
        ctrlc::set_handler(on_signal).map_err(|error| {
            let source = match error {
                ctrlc::Error::System(source) => source,
                other => std::io::Error::other(other),
            };
            Error::Io { doing: "watch for", path: "Ctrl-C".into(), source }
        })?;
        Ok(Self { has_come })
    }

    pub(super) fn has_come(&self) -> bool {
        self.has_come.load(Ordering::Relaxed)
    }
}
