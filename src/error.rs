//! The one error of the library: each variant holds what a person needs to act.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// The result of whatever can fail in this library.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong; the message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in the folder.
    #[error("no index in `{}`; run `kliping index PATH...` first", path.display())]
    IndexMissing {
        /// The folder that was looked at.
        path: PathBuf,
    },
    /// The index was written by another format version.
    #[error(
        "index `{}` has format {found}, this program reads format {expected}; \
         remove the folder and run `kliping index PATH...` again",
        path.display()
    )]
    IndexFormat {
        /// The folder of the index.
        path: PathBuf,
        /// The version stored there.
        found: u32,
        /// The version of this program.
        expected: u32,
    },
    /// The index was written with another analyzer or other dictionaries.
    #[error(
        "index `{}` was analysed by {found}, this program analyses by {expected}; \
         run `kliping index --rebuild`",
        path.display()
    )]
    IndexAnalyzer {
        /// The folder of the index.
        path: PathBuf,
        /// The analyzer stored there: name, version and dictionary fingerprint.
        found: String,
        /// The analyzer of this program.
        expected: String,
    },
    /// Another process writes to the index.
    #[error("index `{}` is being written by process {holder}; run the command again when it has ended, or with `--wait`", path.display())]
    IndexLocked {
        /// The folder of the index.
        path: PathBuf,
        /// The process that holds the lock, or `?` where it cannot be told.
        holder: String,
    },
    /// The index cannot be read: the list of its parts is damaged.
    #[error(
        "index `{}` is damaged: its `meta.json`, which says what belongs to it, cannot be read; put a copy of that file \
         back, or remove the folder and run `kliping index PATH...` again",
        path.display()
    )]
    IndexDamaged {
        /// The folder of the index.
        path: PathBuf,
        /// What was found.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file of the index is damaged or gone.
    #[error(
        "index `{}` is damaged; `kliping check` says where, and `kliping index --rebuild` keeps what can be read",
        path.display()
    )]
    PartsDamaged {
        /// The folder of the index.
        path: PathBuf,
        /// What was found.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What is kept to find repeats cannot be read; it is made anew of the stored articles.
    #[error("the memory of repeats in `{}` is damaged; run the command again", path.display())]
    RepeatsDamaged {
        /// The folder it is kept in.
        path: PathBuf,
    },
    /// The folder holds files of another program.
    #[error("`{}` is not an index of Kliping but has a `meta.json`; name another folder: `--index`", path.display())]
    IndexForeign {
        /// The folder.
        path: PathBuf,
    },
    /// The index could not be written.
    #[error("cannot write the index `{}`; check the space left and the permissions of the folder", path.display())]
    IndexWrite {
        /// The folder of the index.
        path: PathBuf,
        /// The refusal of the index library.
        source: Box<tantivy::TantivyError>,
    },
    /// The index library refused an operation.
    #[error("the index could not be {doing}; `kliping check` says whether it is damaged, and what to do")]
    Engine {
        /// What was being done, as a participle: `written`.
        doing: &'static str,
        /// The refusal.
        source: Box<tantivy::TantivyError>,
    },
    /// A file or folder could not be read or written.
    #[error("cannot {doing} `{}`{}", path.display(), advice(source))]
    Io {
        /// What was being done: `read`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The system gives no more threads.
    #[error("cannot start a thread; try fewer: `--threads 1`")]
    Thread(#[source] io::Error),
    /// No article has this id.
    #[error("no article `{id}` in the index; `kliping search` shows the ids of what it finds")]
    ArticleMissing {
        /// What was asked for.
        id: String,
    },
    /// An article is not what was stored.
    #[error(
        "article `{id}` cannot be read: index `{}` is damaged; `kliping check` says where, and \
         `kliping index --rebuild` keeps what can be read",
        path.display()
    )]
    ArticleUnreadable {
        /// Its id.
        id: String,
        /// The folder of the index.
        path: PathBuf,
    },
    /// More than one article fits an abbreviated id.
    #[error("`{id}` fits {} articles: {}; give more of the id", matches.len(), shown(matches))]
    ArticleAmbiguous {
        /// What was asked for.
        id: String,
        /// The ids that fit.
        matches: Vec<String>,
    },
    /// A text is no cursor.
    #[error("`{text}` is not a cursor; take it from the page before: `next` in JSON")]
    CursorUnreadable {
        /// The text.
        text: String,
    },
    /// A cursor belongs to another query.
    #[error("the cursor belongs to another query, order or filter; begin with the first page: `--after start`")]
    CursorQuery,
    /// The index is no longer the one the cursor was given for.
    #[error("the index has changed since the cursor was given; begin with the first page: `--after start`")]
    CursorIndex,
    /// A file holds something else than answers that can be asked for again.
    #[error(
        "`{file}` is not an answer of `kliping search --format json`, nor a list of them, with the receipt and the rank, score \
         and id of hits"
    )]
    AnswerUnreadable {
        /// The file.
        file: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A line of a query file cannot be read.
    #[error("line {line} of `{file}` is not `id<TAB>query` in UTF-8")]
    QueryLine {
        /// The file, or `-` for standard input.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// Two lines of a query file have the same id.
    #[error("line {line} of `{file}` has the id `{id}` of another line; each query needs one of its own")]
    QueryRepeated {
        /// The file, or `-` for standard input.
        file: String,
        /// The second of them, from 1.
        line: usize,
        /// The id.
        id: String,
    },
    /// Lines of the user's dictionaries cannot be used.
    #[error("dictionaries in `{}`: {}", folder.display(), faults.join("; "))]
    Dictionaries {
        /// Their folder.
        folder: PathBuf,
        /// The lines, and what they have to be.
        faults: Vec<String>,
    },
    /// A line of a run or of judgements cannot be read.
    #[error("line {line} of `{file}` is not `{shape}`")]
    TrecLine {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What it should be.
        shape: &'static str,
    },
    /// Output could not be written.
    #[error("cannot write the output")]
    Output(#[source] io::Error),
}

/// Returns what a person can do about what the system refused, where that is plain.
fn advice(refusal: &io::Error) -> &'static str {
    match refusal.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "; check the space left",
        ErrorKind::NotFound => "; check the path",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "; check the permissions",
        ErrorKind::NotADirectory => "; a part of it is a file, not a folder",
        ErrorKind::IsADirectory => "; it is a folder, not a file",
        _ => "",
    }
}

/// Returns the first five ids, so that a message stays one line.
fn shown(ids: &[String]) -> String {
    const MOST: usize = 5;
    let mut text = ids.iter().take(MOST).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    if ids.len() > MOST {
        text.push_str(", …");
    }
    text
}

impl Error {
    /// Returns an `Io` error; `doing` is a verb such as `read`.
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::Io { doing, path: path.into(), source }
    }

    /// Returns a function that wraps a refusal of the index library; `doing` is a participle.
    pub(crate) fn engine(doing: &'static str) -> impl FnOnce(tantivy::TantivyError) -> Self {
        move |source| Self::Engine { doing, source: Box::new(source) }
    }
}
