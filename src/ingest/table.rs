//! Tables: comma-, semicolon-, bar- and tab-separated values with a line of names.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::decode::decode_bytes;

/// What stands between the values of a row while their encoding is unknown: a control character for
/// just this.
const BETWEEN: u8 = 0x1F;

/// The rows of a table, one at a time.
pub(super) struct Table<R> {
    rows: csv::Reader<Guarded<R>>,
    left: Rc<Cell<u64>>,
    most: u64,
}

/// A reader that fails when a row takes more bytes than a row may: one quotation mark that is never
/// closed would otherwise take in the rest of the file.
struct Guarded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        let too_long = || io::Error::other("a row is too long; is a quotation mark not closed?");
        self.left.set(self.left.get().checked_sub(n_bytes as u64).ok_or_else(too_long)?);
        Ok(n_bytes)
    }
}

impl<R: Read> Table<R> {
    pub(super) fn new(inner: R, separator: u8, most: u64) -> Self {
        let left = Rc::new(Cell::new(0));
        let guarded = Guarded { inner, left: left.clone() };
        let rows =
            csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(guarded);
        Self { rows, left, most }
    }

    /// Reads the next row into `row`; returns whether there was one.
    pub(super) fn next_row(&mut self, row: &mut ByteRecord) -> io::Result<bool> {
        // What the reader takes ahead counts for the row before.
        const AHEAD: u64 = 1 << 16;
        self.left.set(self.most.saturating_add(AHEAD));
        self.rows.read_byte_record(row).map_err(io::Error::other)
    }
}

/// Returns the values of a row as text; all of them are in one encoding.
pub(super) fn values(row: &ByteRecord) -> Vec<String> {
    let mut joined = Vec::with_capacity(row.as_slice().len() + row.len());
    for value in row {
        joined.extend(value.iter().filter(|byte| **byte != BETWEEN));
        joined.push(BETWEEN);
    }
    let text = decode_bytes(&joined, None);
    let mut values: Vec<String> = text.split(char::from(BETWEEN)).map(str::to_owned).collect();
    values.truncate(row.len());
    values
}

/// Returns whether `row` names the separator of the table, as spreadsheets write it: `sep=;`.
pub(super) fn names_separator(row: &ByteRecord) -> bool {
    row.get(0).is_some_and(|value| value.starts_with(b"sep=")) && row.iter().skip(1).all(<[u8]>::is_empty)
}

/// Returns what separates the values of a table that begins with `head`.
pub(super) fn separator(head: &[u8]) -> u8 {
    if let Some([named @ (b',' | b';' | b'\t' | b'|'), ..]) = head.strip_prefix(b"sep=") {
        return *named;
    }
    let names = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut in_quotes = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in names {
        in_quotes ^= *byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(byte == separator && !in_quotes);
        }
    }
    // The first of equals is the comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8], most: u64) -> io::Result<Vec<Vec<String>>> {
        let mut table = Table::new(text, separator(text), most);
        let (mut row, mut rows) = (ByteRecord::new(), Vec::new());
        while table.next_row(&mut row)? {
            rows.push(values(&row));
        }
        Ok(rows)
    }

    #[test]
    fn rows_are_read_whatever_separates_them() {
        for text in ["a,b\n\"1,\n2\",3\n", "a;b\n\"1,\n2\";3\n", "a\tb\n\"1,\n2\"\t3\n", "a|b\n\"1,\n2\"|3\n"] {
            assert_eq!(rows(text.as_bytes(), 99).unwrap(), [["a", "b"], ["1,\n2", "3"]], "{text:?}");
        }
        assert_eq!(rows(b"a\n1\n", 99).unwrap(), [["a"], ["1"]]);
    }

    #[test]
    fn rows_of_any_length_and_encoding_are_read() {
        assert_eq!(rows(b"a,b\n1\n1,2,3\n", 99).unwrap()[1..], [vec!["1"], vec!["1", "2", "3"]]);
        assert_eq!(rows(b"a,b\n\x93x\x94,\x96\n", 99).unwrap()[1], ["“x”", "–"]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_an_error() {
        let text = format!("a,b\n\"{}", "x\n".repeat(1 << 17));
        assert!(rows(text.as_bytes(), 1000).is_err());
    }
}
