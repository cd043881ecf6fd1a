//! Running the program.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder of the project.
pub const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

/// A temporary index and the program that works on it.
pub struct Kliping {
    folder: tempfile::TempDir,
}

/// What a run gave.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Kliping {
    /// A program without an index yet.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A program with the seeds indexed.
    pub fn with_seeds() -> Self {
        let kliping = Self::new();
        let ran = kliping.run(["index", "seeds/"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        kliping
    }

    /// A folder of the test's own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below [`folder`](Self::folder) and returns its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program with `arguments`, in the project's folder.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kliping"));
        command.args(arguments).current_dir(PROJECT).env("KLIPING_INDEX", self.folder().join("index"));
        // Nothing that the developer has set counts: a folder without dictionaries comes before any that is named.
        command
            .env_remove("NO_COLOR")
            .env("KLIPING_DICTIONARIES", self.no_dictionaries())
            .env("XDG_CONFIG_HOME", self.folder().join("settings"))
            .stdin(Stdio::null());
        command
    }

    fn no_dictionaries(&self) -> PathBuf {
        let folder = self.folder().join("no-dictionaries");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// Runs the program to its end.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs the program and returns its output; it must succeed.
    #[track_caller]
    pub fn out<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.out
    }

    /// Runs the program and returns its output as JSON.
    #[track_caller]
    pub fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> serde_json::Value {
        serde_json::from_str(&self.out(arguments)).unwrap()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
