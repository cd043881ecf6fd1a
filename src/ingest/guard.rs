//! Readers of files that others wrote may panic on what nobody thought of; the rest goes on.

use super::SkipReason;
use crate::panics::caught;
use std::any::Any;

/// Runs `read`, and returns its panic as a reason to pass over what it read.
///
/// `read` owns what it works on or only looks at it: nothing half done is left behind.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, SkipReason>) -> Result<T, SkipReason> {
    caught(read).unwrap_or_else(|panic| Err(SkipReason::ReaderFailed { why: message(&*panic) }))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_reason_to_skip() {
        let reason = guarded::<()>(|| panic!("no {}", "tag")).unwrap_err();
        assert_eq!(reason, SkipReason::ReaderFailed { why: "no tag".to_owned() });
        assert_eq!(guarded(|| Ok(1)), Ok(1));
        assert_eq!(guarded::<()>(|| Err(SkipReason::Blank)), Err(SkipReason::Blank));
    }
}
