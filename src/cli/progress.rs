//! How far a long run is: on standard error, as often as it helps.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use kliping::index::Progress;
use kliping::ingest::walk;

/// When and how to show how far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressChoice {
    /// A line that changes, on a terminal only
    Auto,
    /// A line now and then
    Plain,
    /// A line of JSON now and then
    Json,
    /// Not at all
    Never,
}

/// How the meter shows itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Changing,
    Plain,
    Json,
}

/// Shows how far a run is.
pub(super) struct Meter {
    form: Option<Form>,
    started: Instant,
    shown: Instant,
    /// How many times it was asked to show something.
    n_asked: usize,
    /// The size of everything to read, where it is known.
    bytes: Option<u64>,
}

impl Meter {
    /// Starts a meter for reading `paths`.
    pub(super) fn new(choice: ProgressChoice, paths: &[PathBuf]) -> Self {
        let form = match choice {
            ProgressChoice::Auto => io::stderr().is_terminal().then_some(Form::Changing),
            ProgressChoice::Plain => Some(Form::Plain),
            ProgressChoice::Json => Some(Form::Json),
            ProgressChoice::Never => None,
        };
        let bytes = form.and_then(|_| total_bytes(paths));
        Self { form, started: Instant::now(), shown: Instant::now(), n_asked: 0, bytes }
    }

    /// Shows `progress`, unless it was shown just before.
    pub(super) fn show(&mut self, progress: &Progress<'_>) {
        let Some(form) = self.form else { return };
        let pause = if form == Form::Changing { Duration::from_millis(200) } else { Duration::from_secs(5) };
        if !self.is_due(pause) {
            return;
        }
        let line = self.line(form, progress, self.started.elapsed());
        // A meter nobody sees is no reason to stop.
        let _ = match form {
            Form::Changing => write!(io::stderr(), "\r\x1b[K{line}"),
            Form::Plain | Form::Json => writeln!(io::stderr(), "{line}"),
        };
    }

    /// Returns whether something is to be shown: nothing was, for as long as `pause`.
    fn is_due(&mut self, pause: Duration) -> bool {
        self.n_asked += 1;
        // The clock is asked once in a while only: articles, and files passed over, come by the ten thousands a second.
        let is_due = self.n_asked.is_multiple_of(64) && self.shown.elapsed() >= pause;
        if is_due {
            self.shown = Instant::now();
        }
        is_due
    }

    /// Takes a changing line off the terminal.
    pub(super) fn clear(&self) {
        if self.form == Some(Form::Changing) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    fn line(&self, form: Form, progress: &Progress<'_>, elapsed: Duration) -> String {
        let Progress { articles, skipped, bytes, .. } = *progress;
        let seconds = elapsed.as_secs_f64().max(0.001);
        if form == Form::Json {
            let json = serde_json::json!({
                "schema": "kliping.progress/1", "articles": articles, "skipped": skipped, "bytes": bytes,
                "total_bytes": self.bytes, "seconds": seconds,
            });
            return json.to_string();
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let (rate, mebibytes) = (articles as f64 / seconds, bytes as f64 / f64::from(1 << 20));
        let left = self.left(bytes, seconds).map_or_else(String::new, |left| format!(", {left} left"));
        format!("{articles} articles, {skipped} skipped, {mebibytes:.0} MiB, {rate:.0} articles/s{left}")
    }

    /// Returns the time left, as far as sizes tell: compressed files expand to more than theirs.
    fn left(&self, bytes: u64, seconds: f64) -> Option<String> {
        let total = self.bytes.filter(|total| *total > bytes && bytes > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "a time for people")]
        let left = seconds * (total - bytes) as f64 / bytes as f64;
        Some(if left < 90.0 { format!("{left:.0} s") } else { format!("{:.0} min", left / 60.0) })
    }
}

/// Returns the size of all files under `paths`; `None` where standard input is among them or a path
/// is not there.
fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    let mut total = 0;
    for file in walk(paths).ok()?.filter_map(Result::ok) {
        total += if file.is_standard_input() { return None } else { file.bytes };
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meter_goes_on_whatever_is_met() {
        let mut meter = Meter::new(ProgressChoice::Plain, &[]);
        let n_due = (0..640).filter(|_| meter.is_due(Duration::ZERO)).count();
        assert_eq!(n_due, 10);
    }

    #[test]
    fn a_line_says_how_far_it_is() {
        let meter = Meter { bytes: Some(4 << 20), ..Meter::new(ProgressChoice::Never, &[]) };
        let progress = Progress { articles: 500, skipped: 1, bytes: 1 << 20, skip: None };
        let second = Duration::from_secs(1);
        let line = meter.line(Form::Plain, &progress, second);
        assert_eq!(line, "500 articles, 1 skipped, 1 MiB, 500 articles/s, 3 s left");
        assert!(meter.line(Form::Json, &progress, second).contains("\"articles\":500"));
    }
}
