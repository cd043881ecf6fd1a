//! How many bytes may be under way at once.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A number of bytes that those who need them wait for.
#[derive(Debug)]
pub(super) struct Budget {
    limit: u64,
    used: Mutex<u64>,
    freed: Condvar,
}

/// Bytes of a budget, given back when it is dropped: wherever what they were taken for ends.
#[derive(Debug)]
pub(super) struct Permit {
    budget: Arc<Budget>,
    n_bytes: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Arc<Self> {
        Arc::new(Self { limit, used: Mutex::new(0), freed: Condvar::new() })
    }

    /// Waits until `n_bytes` are left, or nothing is under way: what is greater than the budget goes alone.
    pub(super) fn take(self: &Arc<Self>, n_bytes: u64) -> Permit {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && *used + n_bytes > self.limit {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += n_bytes;
        Permit { budget: Arc::clone(self), n_bytes }
    }
}

impl Permit {
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.budget.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.n_bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn no_more_is_under_way_than_the_budget_allows() {
        let (budget, under_way, most) = (Budget::new(10), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for n_bytes in [1, 4, 7, 3].into_iter().cycle().take(400) {
                        let permit = budget.take(n_bytes);
                        most.fetch_max(under_way.fetch_add(n_bytes, Ordering::SeqCst) + n_bytes, Ordering::SeqCst);
                        under_way.fetch_sub(n_bytes, Ordering::SeqCst);
                        drop(permit);
                    }
                });
            }
        });
        assert!(most.into_inner() <= 10);
    }

    #[test]
    fn what_is_greater_than_the_budget_goes_alone() {
        let budget = Budget::new(10);
        drop(budget.take(1000));
        assert_eq!(*budget.used.lock().unwrap(), 0);
    }
}
