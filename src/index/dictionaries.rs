//! Reading a folder of user dictionaries.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;

use crate::analysis::{Dictionaries, DictionaryFile, LineFault};
use crate::error::{Error, Result};

/// Reads the dictionaries in `folder`; files that are not there add nothing.
///
/// # Errors
/// Returns [`Error::Dictionaries`] with every line of every file that cannot be used and every file of text whose name
/// is not one of theirs, or [`Error::Io`] where the folder or a file cannot be read.
pub fn read_dictionaries(folder: &Path) -> Result<Dictionaries> {
    let mut faults = misnamed(folder).map_err(|source| Error::io("read", folder, source))?;
    let mut dictionaries = Dictionaries::default();
    for file in DictionaryFile::ALL {
        let path = folder.join(file.name());
        match std::fs::read(&path) {
            Ok(text) => {
                let unusable = dictionaries.add(file, text).err().unwrap_or_default();
                faults.extend(unusable.iter().map(LineFault::to_string));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(Error::io("read", path, source)),
        }
    }
    if faults.is_empty() { Ok(dictionaries) } else { Err(Error::Dictionaries { folder: folder.into(), faults }) }
}

/// Returns what to say of files in `folder` that look like dictionaries and have another name, in the order of their
/// names.
fn misnamed(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let extension = Path::new(&name).extension().map(OsStr::to_ascii_lowercase);
        let is_text = extension.is_some_and(|extension| ["txt", "tsv", "csv"].iter().any(|text| extension == *text));
        if is_text && !name.starts_with('.') && DictionaryFile::ALL.iter().all(|file| file.name() != name) {
            names.push(name);
        }
    }
    names.sort_unstable();
    let known = DictionaryFile::ALL.map(|file| format!("`{}`", file.name())).join(", ");
    Ok(names.into_iter().map(|name| format!("`{name}` is not a dictionary; they are {known}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_every_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("roots.txt"), "baik\nsatu dua\n").unwrap();
        std::fs::write(folder.path().join("synonyms.tsv"), "sendiri\n").unwrap();
        let message = read_dictionaries(folder.path()).unwrap_err().to_string();
        assert!(message.contains("line 2 of `roots.txt`") && message.contains("line 1 of `synonyms.tsv`"), "{message}");
    }

    #[test]
    fn a_file_of_another_name_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["stopword.txt", "Names.txt", "README.md", ".hidden.txt", "synonyms.tsv~"] {
            std::fs::write(folder.path().join(name), "kata\n").unwrap();
        }
        let Err(Error::Dictionaries { faults, .. }) = read_dictionaries(folder.path()) else { panic!("no faults") };
        assert_eq!(faults.len(), 2);
        assert!(faults[0].starts_with("`Names.txt` is not a dictionary; they are `stopwords.txt`, "), "{faults:?}");
        assert!(faults[1].starts_with("`stopword.txt` is not a dictionary"), "{faults:?}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_and_an_empty_one_is_not() {
        assert!(matches!(read_dictionaries(Path::new("/no/such/folder")), Err(Error::Io { .. })));
        assert_eq!(read_dictionaries(tempfile::tempdir().unwrap().path()).unwrap(), Dictionaries::default());
    }
}
