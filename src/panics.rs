//! Panics of libraries that read what others wrote, damaged or not: caught, told as what they mean, and silent.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::thread;

thread_local! {
    /// How many calls of [`caught`] this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Runs `act`; a panic of it is an error.
///
/// `act` owns what it works on or only looks at it: nothing half done is left behind.
///
/// # Errors
/// Fails with what the panic carries.
pub(crate) fn caught<T>(act: impl FnOnce() -> T) -> thread::Result<T> {
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(act));
    DEPTH.set(DEPTH.get() - 1);
    done
}

/// Lets the panics that this library catches pass without the message that Rust writes to standard error, for all of
/// the process: who reads the output of a program should not see them. Other panics are told as before.
pub fn hush_caught() {
    let tell = take_hook();
    set_hook(Box::new(move |panic| {
        if DEPTH.get() == 0 {
            tell(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_at_any_depth() {
        let nested = caught(|| (caught(|| panic!("inner")).is_err(), caught(|| 1).ok()));
        assert_eq!(nested.ok(), Some((true, Some(1))));
        assert!(caught(|| panic!("outer")).is_err());
        assert_eq!(DEPTH.get(), 0);
    }
}
