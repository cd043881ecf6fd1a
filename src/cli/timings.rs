//! How long the parts of answers take.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use kliping::search::Step;
use serde::Serialize;

/// Measures the steps of one answer.
pub(super) struct Stopwatch {
    last: Instant,
    taken: AnswerTimes,
}

/// The time that each step of one answer took.
pub(super) struct AnswerTimes {
    steps: [Duration; Step::ALL.len()],
    pub(super) writing: Duration,
}

impl Stopwatch {
    pub(super) fn start() -> Self {
        let taken = AnswerTimes { steps: [Duration::ZERO; Step::ALL.len()], writing: Duration::ZERO };
        Self { last: Instant::now(), taken }
    }

    /// Counts the time since the last step for `step`.
    pub(super) fn end(&mut self, step: Step) {
        let now = Instant::now();
        self.taken.steps[step as usize] += now - self.last;
        self.last = now;
    }

    pub(super) fn stop(self) -> AnswerTimes {
        self.taken
    }
}

/// The times of all answers.
pub(super) struct Timings {
    start: Instant,
    n_threads: usize,
    answers: Vec<AnswerTimes>,
}

impl Timings {
    pub(super) fn new(n_threads: usize) -> Self {
        Self { start: Instant::now(), n_threads, answers: Vec::new() }
    }

    pub(super) fn add(&mut self, times: AnswerTimes) {
        self.answers.push(times);
    }

    /// Writes them as a document of JSON on one line.
    pub(super) fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        let seconds = self.start.elapsed().as_secs_f64();
        let (queries, threads) = (self.answers.len(), self.n_threads);
        #[expect(clippy::cast_precision_loss, reason = "a number of queries")]
        let queries_per_second = queries as f64 / seconds;
        let report = Report { queries, threads, seconds, queries_per_second, milliseconds: self.parts() };
        serde_json::to_writer(&mut *out, &report)?;
        writeln!(out)
    }

    fn parts(&self) -> Parts {
        let of = |part: &dyn Fn(&AnswerTimes) -> Duration| Spread::of(self.answers.iter().map(part).collect());
        let step = |step: Step| of(&|answer| answer.steps[step as usize]);
        Parts {
            reading: step(Step::Reading),
            first_stage: step(Step::FirstStage),
            second_stage: step(Step::SecondStage),
            counting: step(Step::Counting),
            folding: step(Step::Folding),
            snippets: step(Step::Snippets),
            corrections: step(Step::Corrections),
            writing: of(&|answer| answer.writing),
            whole: of(&|answer| answer.steps.iter().sum::<Duration>() + answer.writing),
        }
    }
}

#[derive(Serialize)]
struct Report {
    queries: usize,
    threads: usize,
    seconds: f64,
    queries_per_second: f64,
    milliseconds: Parts,
}

#[derive(Serialize)]
struct Parts {
    reading: Spread,
    first_stage: Spread,
    second_stage: Spread,
    counting: Spread,
    folding: Spread,
    snippets: Spread,
    corrections: Spread,
    writing: Spread,
    whole: Spread,
}

/// How times are spread, in milliseconds.
#[derive(Debug, PartialEq, Serialize)]
struct Spread {
    mean: f64,
    p50: f64,
    p95: f64,
    p99: f64,
}

impl Spread {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let n = u32::try_from(times.len()).unwrap_or(u32::MAX);
        let percentile = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100).max(1);
            times.get(rank - 1).map_or(0.0, |time| milliseconds(*time))
        };
        let mean = milliseconds(times.iter().sum::<Duration>()) / f64::from(n.max(1));
        Self { mean, p50: percentile(50), p95: percentile(95), p99: percentile(99) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(milliseconds: &[u64], [mean, p50, p95, p99]: [f64; 4]) {
        let times = milliseconds.iter().map(|time| Duration::from_millis(*time)).collect();
        assert_eq!(Spread::of(times), Spread { mean, p50, p95, p99 });
    }

    #[test]
    fn a_percentile_is_the_least_time_that_so_many_took_at_most() {
        check(&[], [0.0; 4]);
        check(&[3], [3.0; 4]);
        check(&[4, 1, 3, 2], [2.5, 2.0, 4.0, 4.0]);
        let hundred: Vec<u64> = (1..=100).collect();
        check(&hundred, [50.5, 50.0, 95.0, 99.0]);
    }
}
