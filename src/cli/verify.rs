//! `kliping search --verify`: whether answers that were kept still hold.

use std::io::Write;
use std::path::Path;

use kliping::output::{printable, read_recorded};
use kliping::search::verify;

use super::exit::{Failure, Status};
use super::input;
use super::place::Place;

/// Asks again what the answers in `file` answer, and writes what is different.
pub(super) fn run(file: &Path, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
    let recorded = read_recorded(input::open(file)?, &file.display().to_string())?;
    let index = place.open()?;
    let mut n_different = 0;
    for answer in &recorded {
        let differences = verify(&index, answer)?;
        n_different += usize::from(!differences.is_empty());
        for difference in differences {
            let id = answer.id.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
            writeln!(out, "{}", printable(&format!("{id}{difference}"))).map_err(Failure::output)?;
        }
    }
    let summary = match (recorded.len(), n_different) {
        (1, 0) => "the index gives the same answer".to_owned(),
        (1, _) => return Ok(Status::NoHits),
        (n, 0) => format!("the index gives the same {n} answers"),
        (n, different) => format!("{different} of {n} answers are different"),
    };
    writeln!(out, "{summary}").map_err(Failure::output)?;
    Ok(if n_different == 0 { Status::Done } else { Status::NoHits })
}
