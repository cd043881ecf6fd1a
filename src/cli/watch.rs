//! `kliping watch`

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use kliping::error::Error;
use kliping::index::{Busy, Prune, UpdateOptions, update_observed};
use notify::{Event, RecursiveMode, Watcher};

use super::exit::{Failure, Status};
use super::index::write_text;
use super::interrupt::Interrupt;
use super::place::Place;
use super::reading::ReadingArguments;

const EXAMPLES: &str = "\
Examples:
  kliping watch --once seeds/             bring the index up to date and end
  kliping watch --once --prune seeds/     also remove articles whose source is gone
  kliping watch --once --map body=isi seeds/    files are read with the options of `index`

Without `--once` it goes on until Ctrl-C; each change is in the index about a second later. Where a path is moved away its \
articles stay, also with `--prune`, and it is followed again when it is back.";

/// How long nothing must change before the index is brought up to date: files are written in pieces.
const QUIET: Duration = Duration::from_millis(500);
/// How long changes may go on before the index is brought up to date all the same.
const LONGEST: Duration = Duration::from_secs(10);
/// How often Ctrl-C is looked for.
const TICK: Duration = Duration::from_millis(100);

/// Follow files and folders and keep the index current.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders to follow
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    reading: ReadingArguments,

    /// Remove articles under the paths whose source is gone; of a file that is empty or cannot be read
    /// whole, all are kept
    #[arg(long)]
    prune: bool,

    /// End when the index is up to date
    #[arg(long)]
    once: bool,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place) -> Result<Status, Failure> {
        let interrupted = Interrupt::watch()?;
        let (sender, changes) = channel();
        // Watching begins before the first update, so that nothing falls between the two.
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more only when the program ends.
            let _ = sender.send(event);
        })
        .map_err(|error| cannot_follow(&self.paths[0], error))?;
        let mut followed = follow_all(&mut watcher, &self.paths)?;
        self.update(place, &self.paths, &interrupted)?;
        let index_folder = place.index().canonicalize().unwrap_or_else(|_| place.index().to_owned());
        let mut gone = Vec::new();
        while !self.once && !interrupted.has_come() {
            if !has_changed(&changes, &index_folder, &gone, &interrupted) {
                continue;
            }
            let (there, missing): (Vec<_>, Vec<_>) = self.paths.iter().cloned().partition(|path| path.exists());
            let is_one_back = gone.iter().any(|path| !missing.contains(path));
            missing.iter().filter(|path| !gone.contains(path)).for_each(|path| let_go(&mut watcher, path));
            gone = missing;
            if is_one_back || followed == Followed::InParts {
                // Among what changed may be folders that are new.
                followed = follow_all(&mut watcher, &there)?;
            }
            if !there.is_empty() {
                self.update(place, &there, &interrupted)?;
            }
        }
        Ok(if interrupted.has_come() { Status::Interrupted } else { Status::Done })
    }

    /// Brings the index up to date with `paths`.
    fn update(&self, place: &Place, paths: &[PathBuf], interrupted: &Interrupt) -> Result<(), Failure> {
        let prune = if self.prune { Prune::Remove } else { Prune::Keep };
        let options = UpdateOptions {
            prune,
            busy: Busy::Wait,
            duplicates: self.reading.duplicates(),
            read: self.reading.options(),
            ..UpdateOptions::default()
        };
        let started = Instant::now();
        let report = update_observed(place.index(), &place.analyzer()?, paths, &options, &mut |_| {
            if interrupted.has_come() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        // A report nobody reads is no reason to end.
        let _ = write_text(&mut std::io::stderr().lock(), &report, started.elapsed());
        let _ = std::io::stderr().flush();
        Ok(())
    }
}

/// How a folder is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Followed {
    /// With all that comes to lie in it.
    Whole,
    /// Folder by folder, because one in it may not be read; the update names that.
    InParts,
}

/// Follows `paths` and what lies below them.
fn follow_all(watcher: &mut impl Watcher, paths: &[PathBuf]) -> Result<Followed, Failure> {
    let mut followed = Followed::Whole;
    for path in paths {
        followed = followed.max(follow(watcher, path).map_err(|error| cannot_follow(path, error))?);
    }
    Ok(followed)
}

/// Follows `path` no longer: it was moved or removed, and what comes in its place is another folder.
fn let_go(watcher: &mut impl Watcher, path: &Path) {
    // It may be forgotten already.
    let _ = watcher.unwatch(path);
    let path = path.display();
    let _ = writeln!(
        std::io::stderr(),
        "kliping: `{path}` is gone; its articles stay, and it is followed again when it is back"
    );
}

/// Follows `path` and what lies below it.
fn follow(watcher: &mut impl Watcher, path: &Path) -> notify::Result<Followed> {
    match watcher.watch(path, RecursiveMode::Recursive) {
        Ok(()) => return Ok(Followed::Whole),
        Err(error) if !is_denied(&error) => return Err(error),
        Err(_) => watcher.watch(path, RecursiveMode::NonRecursive)?,
    }
    for entry in std::fs::read_dir(path)?.filter_map(Result::ok) {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        match if is_folder { follow(watcher, &entry.path()) } else { Ok(Followed::Whole) } {
            Err(error) if !is_denied(&error) => return Err(error),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(Followed::InParts)
}

fn is_denied(error: &notify::Error) -> bool {
    matches!(&error.kind, notify::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied)
}

fn cannot_follow(path: &Path, error: notify::Error) -> Failure {
    let source = match error.kind {
        notify::ErrorKind::Io(source) => source,
        notify::ErrorKind::PathNotFound => std::fs::metadata(path).err().unwrap_or(std::io::ErrorKind::NotFound.into()),
        kind => std::io::Error::other(notify::Error::new(kind)),
    };
    Failure::Library(Error::Io { doing: "follow", path: path.to_owned(), source })
}

/// Waits for changes and then for quiet; returns whether something outside `index_folder` changed, or one of
/// the paths that were `gone` is back.
fn has_changed(
    changes: &Receiver<notify::Result<Event>>,
    index_folder: &Path,
    gone: &[PathBuf],
    interrupted: &Interrupt,
) -> bool {
    let mut first: Option<Instant> = None;
    let mut last = Instant::now();
    while !interrupted.has_come() {
        match changes.recv_timeout(TICK) {
            Ok(event) if matters(&event, index_folder) => {
                last = Instant::now();
                first.get_or_insert(last);
            }
            Err(RecvTimeoutError::Timeout) if gone.iter().any(|path| path.exists()) => return true,
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        if first.is_some_and(|first| last.elapsed() >= QUIET || first.elapsed() >= LONGEST) {
            return true;
        }
    }
    false
}

/// Whether an event is a change of articles. Where the system lost track, everything may have
/// changed.
fn matters(event: &notify::Result<Event>, index_folder: &Path) -> bool {
    match event {
        Ok(event) if event.kind.is_access() => false,
        Ok(event) => event.need_rescan() || event.paths.iter().any(|path| !unlinked(path).starts_with(index_folder)),
        Err(_) => true,
    }
}

/// Returns `path` with every link on its way resolved, also where it is gone.
fn unlinked(path: &Path) -> PathBuf {
    let resolved = |there: &Path| Some(there.canonicalize().ok()?.join(path.strip_prefix(there).ok()?));
    path.ancestors().find_map(resolved).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, EventKind};

    #[test]
    fn only_changes_of_articles_matter() {
        let event = |kind, path: &str| Ok(Event::new(kind).add_path(path.into()));
        let create = EventKind::Create(CreateKind::File);
        assert!(matters(&event(create, "/berita/a.txt"), Path::new("/berita/index")));
        assert!(!matters(&event(create, "/berita/index/meta.json"), Path::new("/berita/index")));
        assert!(!matters(&event(EventKind::Access(AccessKind::Any), "/berita/a.txt"), Path::new("/x")));
    }

    #[cfg(unix)]
    #[test]
    fn the_index_is_recognised_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (there, link) = (folder.path().canonicalize().unwrap().join("berita"), folder.path().join("pintas"));
        std::fs::create_dir_all(there.join("index")).unwrap();
        std::os::unix::fs::symlink(&there, &link).unwrap();
        let changed = |name: &str| Ok(Event::new(EventKind::Create(CreateKind::File)).add_path(link.join(name)));
        assert!(!matters(&changed("index/meta.json"), &there.join("index")), "whether the file is still there or not");
        assert!(matters(&changed("a.txt"), &there.join("index")));
    }
}
