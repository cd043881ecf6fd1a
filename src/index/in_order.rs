//! Work on many threads whose results come in the order in which it was given out.

use std::num::NonZeroUsize;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::error::{Error, Result};

/// Jobs under way for each thread: enough that none waits for another.
const QUEUED: usize = 64;
/// Jobs under way at most, whatever the number of threads.
const MOST_QUEUED: usize = 1 << 14;
/// The stack of a worker in bytes: the elements of a page nest, and so do the calls that read them.
const WORKER_STACK: usize = 8 << 20;

/// Where jobs are given out.
pub(super) struct Giver<J, R> {
    jobs: Sender<(J, Sender<R>)>,
    results: Sender<Receiver<R>>,
}

impl<J, R> Giver<J, R> {
    /// Gives a job to the first thread that is free; returns whether anybody still waits for results.
    pub(super) fn give(&self, job: J) -> bool {
        let (reply, result) = bounded(1);
        self.results.send(result).is_ok() && self.jobs.send((job, reply)).is_ok()
    }

    /// Puts a result that needs no work in its place; returns whether anybody still waits for results.
    pub(super) fn put(&self, result: R) -> bool {
        let (reply, place) = bounded(1);
        reply.send(result).is_ok() && self.results.send(place).is_ok()
    }
}

/// Calls `take` with the result of every job that `give` gives out, in their order; each of `n_threads`
/// threads does its jobs with what `worker` makes for it.
///
/// # Errors
/// Returns the first error of `take`, or where a thread cannot be started.
pub(super) fn in_order<J: Send, R: Send, W: FnMut(J) -> R>(
    n_threads: NonZeroUsize,
    give: impl FnOnce(Giver<J, R>) + Send,
    worker: impl Fn() -> W + Sync,
    take: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let n_queued = n_threads.get().saturating_mul(QUEUED).min(MOST_QUEUED);
    let (jobs, queue) = bounded::<(J, Sender<R>)>(n_queued);
    let (results, places) = bounded::<Receiver<R>>(2 * n_queued);
    let worker = &worker;
    thread::scope(|scope| {
        for _ in 0..n_threads.get() {
            let queue = queue.clone();
            let work = move || {
                let mut work = worker();
                for (job, reply) in queue {
                    // Nobody waits for it after an error.
                    let _ = reply.send(work(job));
                }
            };
            thread::Builder::new().stack_size(WORKER_STACK).spawn_scoped(scope, work).map_err(Error::Thread)?;
        }
        drop(queue);
        scope.spawn(move || give(Giver { jobs, results }));
        // A place whose worker is gone has no result; the scope passes its panic on.
        let result = places.iter().filter_map(|place| place.recv().ok()).try_for_each(take);
        // What is still under way after an error ends when nobody waits for it.
        drop(places);
        result
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        for n_threads in [1, 7] {
            let mut taken = Vec::new();
            let give = |giver: Giver<usize, usize>| {
                for n in 0..1000 {
                    assert!(if n % 5 == 0 { giver.put(n) } else { giver.give(n - 1) });
                }
            };
            let take = |n| {
                taken.push(n);
                Ok(())
            };
            in_order(threads(n_threads), give, || |n| n + 1, take).unwrap();
            assert_eq!(taken, (0..1000).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_giving() {
        let give = |giver: Giver<usize, usize>| while giver.give(1) {};
        let stop = |_| Err(Error::ArticleMissing { id: "a".to_owned() });
        assert!(matches!(in_order(threads(2), give, || |n| n, stop), Err(Error::ArticleMissing { .. })));
    }
}
