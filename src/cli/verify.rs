//! `kliping search --verify`: whether an answer that was kept still holds.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use kliping::error::Error;
use kliping::output::{printable, read_recorded};
use kliping::search::verify;

use super::exit::{Failure, Status};
use super::place::Place;

/// Asks again what the answer in `file` answers, and writes what is different.
pub(super) fn run(file: &Path, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
    let name = file.display().to_string();
    let input: Box<dyn Read> = if name == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let opened = File::open(file).map_err(|source| Error::Io { doing: "read", path: file.to_owned(), source })?;
        Box::new(BufReader::new(opened))
    };
    let recorded = read_recorded(input, &name)?;
    let index = place.open()?;
    let differences = verify(&index, &recorded)?;
    for difference in &differences {
        writeln!(out, "{}", printable(&difference.to_string())).map_err(Failure::output)?;
    }
    if differences.is_empty() {
        writeln!(out, "the index gives the same answer").map_err(Failure::output)?;
    }
    Ok(if differences.is_empty() { Status::Done } else { Status::NoHits })
}
