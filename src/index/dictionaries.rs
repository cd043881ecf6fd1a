//! Reading a folder of user dictionaries.

use std::io::ErrorKind;
use std::path::Path;

use crate::analysis::{Dictionaries, DictionaryFile, LineFault};
use crate::error::{Error, Result};

/// Reads the dictionaries in `folder`; files that are not there add nothing.
///
/// # Errors
/// Returns [`Error::Dictionaries`] with every line of every file that cannot be used, or
/// [`Error::Io`] where the folder or a file cannot be read.
pub fn read_dictionaries(folder: &Path) -> Result<Dictionaries> {
    folder.read_dir().map_err(|source| Error::io("read", folder, source))?;
    let mut dictionaries = Dictionaries::default();
    let mut faults = Vec::new();
    for file in DictionaryFile::ALL {
        let path = folder.join(file.name());
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let unusable = dictionaries.add(file, &text).err().unwrap_or_default();
                faults.extend(unusable.iter().map(LineFault::to_string));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(Error::io("read", path, source)),
        }
    }
    if faults.is_empty() { Ok(dictionaries) } else { Err(Error::Dictionaries { folder: folder.into(), faults }) }
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
    fn a_folder_that_is_not_there_is_an_error_and_an_empty_one_is_not() {
        assert!(matches!(read_dictionaries(Path::new("/no/such/folder")), Err(Error::Io { .. })));
        assert_eq!(read_dictionaries(tempfile::tempdir().unwrap().path()).unwrap(), Dictionaries::default());
    }
}
