//! What an index was written with: stored in the payload of each commit, so that it changes
//! together with the documents or not at all.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::analysis::AnalyzerIdentity;
use crate::error::{Error, Result};

/// The version of the schema and of the stored articles; raised when either changes.
pub const FORMAT: u32 = 1;

/// What an index was written with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The version of schema and stored articles.
    pub format: u32,
    /// The analyzer of the indexed text.
    pub analyzer: AnalyzerIdentity,
}

/// The file in which tantivy keeps the list of segments and the payload of the last commit.
const META_FILE: &str = "meta.json";

impl Settings {
    /// Returns the settings of this program with the analyzer `analyzer`.
    pub(crate) fn current(analyzer: &AnalyzerIdentity) -> Self {
        Self { format: FORMAT, analyzer: analyzer.clone() }
    }

    /// Returns the settings of the last commit in the folder `path`; `None` where there is none.
    ///
    /// Reads the file itself, so that an index of another version of the index library is still
    /// recognised for what it is.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>> {
        let file = path.join(META_FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::io("read", file, source)),
        };
        let damaged = |source: serde_json::Error| Error::IndexDamaged { path: path.into(), source: source.into() };
        let meta: Meta = serde_json::from_str(&text).map_err(damaged)?;
        meta.payload.map(|payload| Self::parse(path, &payload)).transpose()
    }

    /// Refuses a folder whose file of this name is another program's: it holds segments or a payload
    /// that are not ours, or is no list of segments at all.
    pub(crate) fn refuse_foreign(path: &Path) -> Result<()> {
        let Ok(text) = std::fs::read_to_string(path.join(META_FILE)) else { return Ok(()) };
        let is_ours = serde_json::from_str::<Meta>(&text)
            .is_ok_and(|meta| meta.payload.is_some() || meta.segments.is_some_and(|segments| segments.is_empty()));
        if is_ours { Ok(()) } else { Err(Error::IndexForeign { path: path.into() }) }
    }

    fn parse(path: &Path, payload: &str) -> Result<Self> {
        let damaged = |source: serde_json::Error| Error::IndexDamaged { path: path.into(), source: source.into() };
        // The format comes first and alone: another format may have other fields.
        let Format { format } = serde_json::from_str(payload).map_err(damaged)?;
        if format != FORMAT {
            return Err(Error::IndexFormat { path: path.into(), found: format, expected: FORMAT });
        }
        serde_json::from_str(payload).map_err(damaged)
    }

    /// Checks that the index at `path` with these settings can be used with `analyzer`.
    pub(crate) fn check(&self, path: &Path, analyzer: &AnalyzerIdentity) -> Result<()> {
        if self.analyzer == *analyzer {
            return Ok(());
        }
        let (found, expected) = (self.analyzer.to_string(), analyzer.to_string());
        Err(Error::IndexAnalyzer { path: path.into(), found, expected })
    }

    /// Returns the payload of a commit that goes with the memory of repeats `repeats`.
    pub(crate) fn payload(&self, repeats: Option<u64>) -> String {
        let payload = Payload { settings: self.clone(), repeats: repeats.map(|name| format!("{name:016x}")) };
        serde_json::to_string(&payload).expect("strings and numbers always serialize")
    }

    /// Returns the name of the memory of repeats that a commit with this payload goes with.
    pub(crate) fn repeats(payload: &str) -> Option<u64> {
        let payload: Payload = serde_json::from_str(payload).ok()?;
        u64::from_str_radix(&payload.repeats?, 16).ok()
    }
}

#[derive(Serialize, Deserialize)]
struct Payload {
    #[serde(flatten)]
    settings: Settings,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<String>,
}

#[derive(Deserialize)]
struct Meta {
    payload: Option<String>,
    segments: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    fn folder_with(payload: Option<&str>) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let meta = serde_json::json!({ "segments": [], "payload": payload });
        std::fs::write(folder.path().join(META_FILE), meta.to_string()).unwrap();
        folder
    }

    #[test]
    fn settings_come_back_from_a_commit() {
        let settings = Settings::current(Analyzer::indonesian().identity());
        for repeats in [None, Some(0), Some(u64::MAX)] {
            let payload = settings.payload(repeats);
            let folder = folder_with(Some(&payload));
            assert_eq!(Settings::read(folder.path()).unwrap(), Some(settings.clone()));
            assert_eq!(Settings::repeats(&payload), repeats);
        }
    }

    #[test]
    fn a_folder_without_a_commit_has_none() {
        assert_eq!(Settings::read(tempfile::tempdir().unwrap().path()).unwrap(), None);
        assert_eq!(Settings::read(folder_with(None).path()).unwrap(), None);
    }

    #[test]
    fn another_format_is_named() {
        let folder = folder_with(Some(r#"{"format": 99, "other": true}"#));
        let error = Settings::read(folder.path()).unwrap_err();
        assert!(matches!(error, Error::IndexFormat { found: 99, expected: FORMAT, .. }), "{error}");
    }

    #[test]
    fn another_analyzer_is_named() {
        let analyzer = Analyzer::indonesian();
        let mut other = Settings::current(analyzer.identity());
        other.analyzer.version += 1;
        let error = other.check(Path::new("index"), analyzer.identity()).unwrap_err();
        assert!(error.to_string().contains("index --rebuild"), "{error}");
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(META_FILE), "{").unwrap();
        assert!(matches!(Settings::read(folder.path()), Err(Error::IndexDamaged { .. })));
    }
}
