//! Files that are given on the command line to be read.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use kliping::error::{Error, Result};

/// Opens `file`; `-` is standard input.
pub(super) fn open(file: &Path) -> Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).map_err(|source| Error::Io { doing: "read", path: file.to_owned(), source })?;
    Ok(Box::new(BufReader::new(opened)))
}
