//! Settings files: what a user does not want to type each time.
//!
//! A flag counts before its `KLIPING_*` variable, that before `kliping.toml` in the working folder,
//! and that before the user's own file.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kliping::error::Error;
use serde::Deserialize;

use super::exit::Failure;

/// The settings file, in the working folder or in the user's folder of settings.
const FILE: &str = "kliping.toml";

/// What a settings file may hold; paths are relative to the file's folder.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// Folder of the index.
    pub(super) index: Option<PathBuf>,
    /// Folder of the user's dictionaries.
    pub(super) dictionaries: Option<PathBuf>,
}

impl Settings {
    /// Reads the settings that hold here.
    pub(super) fn read() -> Result<Self, Failure> {
        let here = Self::read_in(Path::new(""))?;
        let own = match own_folder() {
            Some(folder) => Self::read_own(&folder.join("kliping"))?,
            None => Self::default(),
        };
        Ok(Self { index: here.index.or(own.index), dictionaries: here.dictionaries.or(own.dictionaries) })
    }

    /// Reads the user's own file; one that may not be read is somebody else's (`sudo -u`, cron).
    fn read_own(folder: &Path) -> Result<Self, Failure> {
        match Self::read_in(folder) {
            Err(Failure::Library(Error::Io { source, .. })) if source.kind() == ErrorKind::PermissionDenied => {
                Ok(Self::default())
            }
            read => read,
        }
    }

    fn read_in(folder: &Path) -> Result<Self, Failure> {
        let file = folder.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(Error::Io { doing: "read", path: file, source }.into()),
        };
        let settings: Self = toml::from_str(&text)
            .map_err(|error| Failure::Usage(format!("`{}`: {}", file.display(), error.to_string().trim_end())))?;
        let absolute = |path: PathBuf| folder.join(path);
        Ok(Self { index: settings.index.map(absolute), dictionaries: settings.dictionaries.map(absolute) })
    }
}

/// Returns the folder of the user's settings: `$XDG_CONFIG_HOME`, else `~/.config`.
fn own_folder() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("XDG_CONFIG_HOME").or_else(|| Some(variable("HOME")?.join(".config")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Settings::read_in(folder.path()).map_err(|failure| {
            let mut message = Vec::new();
            failure.report(&mut message);
            String::from_utf8(message).unwrap()
        })
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let settings = read("index = \"arsip\"").unwrap();
        assert!(settings.index.unwrap().ends_with("arsip"));
        assert_eq!(settings.dictionaries, None);
    }

    #[test]
    fn an_unknown_setting_is_named() {
        let message = read("indeks = \"arsip\"").unwrap_err();
        assert!(message.contains("kliping.toml") && message.contains("unknown field `indeks`"), "{message}");
    }
}
