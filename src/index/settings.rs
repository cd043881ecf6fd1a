//! What an index was written with: stored in the payload of each commit, so that it changes
//! together with the documents or not at all.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::directory;
use super::texts::Texts;
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

    /// Returns the payload of a commit that goes with the memory of repeats `repeats` and the texts `texts`.
    pub(super) fn payload(&self, repeats: Option<u64>, texts: &Texts) -> String {
        let repeats = repeats.map(|name| format!("{name:016x}"));
        // Without it no text can be read: a second copy, for the case that one is damaged.
        let texts = texts.to_payload().map_or_else(Vec::new, |written| vec![written.clone(), written]);
        let payload = Payload { settings: self, companions: Companions { repeats, texts } };
        serde_json::to_string(&payload).expect("strings and numbers always serialize")
    }
}

/// What a commit goes with beside the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Companions {
    /// The name of the memory of repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<String>,
    /// What the stored texts have in common, twice; empty as long as it is not known.
    texts: Vec<String>,
}

impl Companions {
    /// Returns those of the last commit of `index`, which lies in the folder `path`.
    pub(super) fn read(path: &Path, index: &tantivy::Index) -> Result<Self> {
        let metas = index.load_metas().map_err(directory::unreadable(path))?;
        let Some(payload) = metas.payload else { return Ok(Self::default()) };
        let damaged = |source: serde_json::Error| Error::IndexDamaged { path: path.into(), source: source.into() };
        serde_json::from_str(&payload).map_err(damaged)
    }

    /// Returns the name of the memory of repeats.
    pub(super) fn repeats(&self) -> Option<u64> {
        u64::from_str_radix(self.repeats.as_deref()?, 16).ok()
    }

    /// Returns whether texts are compressed as those of `other` are.
    pub(super) fn has_texts_of(&self, other: &Self) -> bool {
        self.texts == other.texts
    }

    /// Returns how the stored texts of the index at `path` are compressed.
    pub(super) fn texts(&self, path: &Path) -> Result<Texts> {
        if self.texts.is_empty() {
            return Ok(Texts::learning());
        }
        let damaged =
            || Error::IndexDamaged { path: path.into(), source: "what its texts have in common is altered".into() };
        self.texts.iter().find_map(|written| Texts::from_payload(written)).ok_or_else(damaged)
    }
}

#[derive(Serialize)]
struct Payload<'a> {
    #[serde(flatten)]
    settings: &'a Settings,
    #[serde(flatten)]
    companions: Companions,
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
            let payload = settings.payload(repeats, &Texts::default());
            let folder = folder_with(Some(&payload));
            assert_eq!(Settings::read(folder.path()).unwrap(), Some(settings.clone()));
            let companions: Companions = serde_json::from_str(&payload).unwrap();
            assert_eq!(companions.repeats(), repeats);
            assert!(companions.texts(folder.path()).unwrap().is_learning());
        }
    }

    #[test]
    fn what_texts_have_in_common_is_altered_or_what_was_written() {
        let written = |bytes: &[u8]| {
            let texts = Texts::learning();
            (0..200).for_each(|n| texts.learn(&format!("Harga beras di pasar {n} naik lagi. ").repeat(n + 99)));
            texts.to_payload().unwrap().replacen("AA", std::str::from_utf8(bytes).unwrap(), 1)
        };
        let of = |texts: [&[u8]; 2]| Companions { repeats: None, texts: texts.map(written).to_vec() };
        assert!(of([b"AA", b"AB"]).texts(Path::new("index")).is_ok());
        assert!(of([b"AB", b"AA"]).texts(Path::new("index")).is_ok());
        let damaged = of([b"AB", b"AB"]).texts(Path::new("index")).err().unwrap();
        assert!(matches!(damaged, Error::IndexDamaged { .. }), "{damaged}");
        assert!(serde_json::from_str::<Companions>(r#"{"textr":[]}"#).is_err());
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
