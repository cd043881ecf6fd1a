//! How many threads a command uses.

use std::num::NonZeroUsize;
use std::str::FromStr;

/// A number of threads that a machine may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Threads(NonZeroUsize);

impl Threads {
    /// More than any machine of today has processors; each thread takes memory.
    const MOST: usize = 256;

    /// Returns the number asked for, else one for each processor, as far as that can be told.
    pub(super) fn or_processors(asked: Option<Self>) -> NonZeroUsize {
        let processors = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        asked.map_or_else(processors, |Self(threads)| threads)
    }
}

impl FromStr for Threads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let threads = text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= Self::MOST);
        threads.map(Self).ok_or_else(|| format!("not a number from 1 to {}", Self::MOST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_bounded() {
        assert!("1".parse::<Threads>().is_ok() && "256".parse::<Threads>().is_ok());
        for text in ["0", "257", "576460752303423488", "-1", "dua"] {
            assert!(text.parse::<Threads>().is_err(), "{text}");
        }
    }
}
