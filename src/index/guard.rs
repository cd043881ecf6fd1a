//! The index library trusts what it reads, and panics on some of what is damaged.

use crate::panics::caught;

/// Runs `read`; returns nothing where it panics.
///
/// `read` only looks at what it works on: nothing half done is left behind.
pub(super) fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    caught(read).ok()
}
