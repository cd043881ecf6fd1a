//! Tables: comma-, semicolon-, bar- and tab-separated values with a line of names.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use csv::ByteRecord;

use super::decode::decode_bytes;
use super::role::{known_role, normalised};
use super::stream::next_line;
use super::surplus::fitted;

/// What stands between the values of a row while their encoding is unknown: a control character for
/// just this.
const BETWEEN: u8 = 0x1F;

/// The rows of a table, one at a time.
pub(super) struct Table<R> {
    reader: R,
    separator: u8,
    most: u64,
    /// Lines that were read ahead, and why no more could be.
    ahead: VecDeque<Vec<u8>>,
    failed: Option<io::Error>,
    /// How many columns have names.
    n_columns: Option<usize>,
    /// The column of the text.
    text_column: Option<usize>,
    /// Whether a blank stands behind each separator.
    is_spaced: bool,
}

/// What the next row is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Values, some of which may hold the line ends of a text.
    Values(ByteRecord),
    /// A line that cannot be told from those behind it: it opens a quotation mark that is not closed.
    Broken,
    /// A line longer than what is read.
    TooLong(u64),
}

impl<R: BufRead> Table<R> {
    pub(super) fn new(reader: R, separator: u8, most: u64) -> Self {
        Self {
            reader,
            separator,
            most,
            ahead: VecDeque::new(),
            failed: None,
            n_columns: None,
            text_column: None,
            is_spaced: false,
        }
    }

    /// Returns the names of the columns, which come first; a line that names the separator may stand before them, and a
    /// few rows with one value, what the table is called.
    pub(super) fn names(&mut self) -> io::Result<Option<Vec<String>>> {
        const MOST_BANNERS: usize = 8;
        let mut n_banners = 0;
        while let Some(row) = self.next_row()? {
            if let Row::Values(row) = row
                && !names_separator(&row)
            {
                if is_banner(&row) && n_banners < MOST_BANNERS {
                    n_banners += 1;
                    continue;
                }
                self.n_columns = Some(row.len());
                self.is_spaced = row.len() > 1 && row.iter().skip(1).all(|name| name.starts_with(b" "));
                let is_around = |c: char| c == ' ' || self.is_spaced && c == '"';
                return Ok(Some(values(&row).iter().map(|name| name.trim_matches(is_around).to_owned()).collect()));
            }
        }
        Ok(None)
    }

    /// Makes the column `at` that of the text: where sentences were cut at a comma, it takes what is too much.
    pub(super) fn set_text_column(&mut self, at: Option<usize>) {
        self.text_column = at;
    }

    /// Returns the next row; `None` at the end.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Row>> {
        let first = loop {
            match self.line(0) {
                Some(line) if line.trim_ascii().is_empty() => self.ahead.pop_front(),
                Some(_) => break self.read_on(Quotes::Doubled),
                None => return self.failed.take().map_or(Ok(None), Err),
            };
        };
        let first_len = self.ahead.front().map_or(0, |line| line.len() as u64);
        if first_len > self.most {
            self.ahead.pop_front();
            return Ok(Some(Row::TooLong(first_len)));
        }
        Ok(Some(if first.is_sound { self.take(first) } else { self.mended(first) }))
    }

    /// Returns the row that begins with the next line, whose quotation marks do not add up as they are doubled.
    fn mended(&mut self, lenient: Cut) -> Row {
        let escaped = self.read_on(Quotes::Escaped);
        if escaped.is_sound {
            return self.take(escaped);
        }
        let swallows_row = (1..lenient.n_lines).any(|at| self.row_at(at, MOST_LINES, Quotes::Doubled).is_some());
        if let Some(literal) = self.row_at(0, 1, Quotes::Literal)
            && (swallows_row || self.separator == b'\t')
        {
            return self.take(literal);
        }
        if !swallows_row {
            return self.take(lenient);
        }
        // What stands up to the next row belongs to it.
        while !self.ahead.is_empty() {
            self.ahead.pop_front();
            if self.row_at(0, MOST_LINES, Quotes::Doubled).is_some() {
                break;
            }
        }
        Row::Broken
    }

    fn take(&mut self, cut: Cut) -> Row {
        self.ahead.drain(..cut.n_lines);
        Row::Values(match self.n_columns {
            Some(n_columns) if !cut.is_quoted => fitted(cut.row, n_columns, self.text_column, self.separator),
            _ => cut.row,
        })
    }

    /// Cuts the row that begins with the next line, reading as many lines as that takes. Where marks that stand for
    /// themselves pair up from row to row, all of the table would be looked at for each: it ends early, unsound.
    fn read_on(&mut self, quotes: Quotes) -> Cut {
        /// The most lines on which a value ends that began on one before: a row of news has a few.
        const MOST_ENDS: usize = 32;
        let mut cutter = self.cutter(quotes);
        let (mut n_lines, mut n_bytes, mut n_ends) = (0, 0, 0);
        while n_bytes <= self.most
            && n_ends < MOST_ENDS
            && let Some(line) = self.line(n_lines)
        {
            let n_closed = cutter.n_closed;
            n_bytes += line.len() as u64;
            cutter.read(line);
            n_lines += 1;
            n_ends += usize::from(cutter.n_closed > n_closed);
            if !cutter.is_open() {
                break;
            }
        }
        cutter.end(n_lines)
    }

    /// Cuts the row that begins with the line `at`, of those that were read, and takes at most `most_lines`; `None`
    /// where it is no row of this table.
    fn row_at(&self, at: usize, most_lines: usize, quotes: Quotes) -> Option<Cut> {
        let n_columns = self.n_columns.filter(|n_columns| *n_columns > 1)?;
        let mut cutter = self.cutter(quotes);
        let mut n_lines = 0;
        for line in self.ahead.iter().skip(at).take(most_lines) {
            cutter.read(line);
            n_lines += 1;
            if !cutter.is_open() || !cutter.is_sound || cutter.row.len() >= n_columns {
                break;
            }
        }
        Some(cutter.end(n_lines)).filter(|cut| cut.is_sound && cut.row.len() == n_columns)
    }

    fn cutter(&self, quotes: Quotes) -> Cutter {
        Cutter { is_spaced: self.is_spaced, ..Cutter::new(self.separator, quotes) }
    }

    /// Returns the line `at` of those that come.
    fn line(&mut self, at: usize) -> Option<&[u8]> {
        while self.ahead.len() <= at && self.failed.is_none() {
            let mut line = Vec::new();
            match next_line(&mut self.reader, &mut line, self.most) {
                Ok(true) => self.ahead.extend(old_lines(&line)),
                Ok(false) => break,
                Err(error) => self.failed = Some(error),
            }
        }
        self.ahead.get(at).map(Vec::as_slice)
    }
}

/// The most lines that are looked at to tell whether a row begins on the first.
const MOST_LINES: usize = 100;

/// Returns the lines in `line` that end as they did on old machines, with a carriage return alone.
fn old_lines(line: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    line.strip_suffix(b"\r").unwrap_or(line).split(|byte| *byte == b'\r').map(<[u8]>::to_vec)
}

/// How a quotation mark is written in a value that stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// `""`.
    Doubled,
    /// `\"`, a backslash as two, and line ends as `\n`.
    Escaped,
    /// No value stands in quotation marks.
    Literal,
}

/// A row and how many lines it takes.
struct Cut {
    row: ByteRecord,
    n_lines: usize,
    /// Whether every quotation mark that opens a value is closed where the value ends.
    is_sound: bool,
    /// Whether a value stands in quotation marks.
    is_quoted: bool,
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    Escape,
    /// Behind a quotation mark that may close the value.
    Closed,
}

/// Cuts lines into the values of a row.
struct Cutter {
    separator: u8,
    quotes: Quotes,
    place: Place,
    row: ByteRecord,
    value: Vec<u8>,
    /// How long the value was when its last quotation mark came.
    closed_len: usize,
    /// How many quotation marks have closed a value so far.
    n_closed: usize,
    is_sound: bool,
    is_quoted: bool,
    /// Whether a blank before a value is none of it.
    is_spaced: bool,
}

impl Cutter {
    fn new(separator: u8, quotes: Quotes) -> Self {
        Self {
            separator,
            quotes,
            place: Place::Start,
            row: ByteRecord::new(),
            value: Vec::new(),
            closed_len: 0,
            n_closed: 0,
            is_sound: true,
            is_quoted: false,
            is_spaced: false,
        }
    }

    /// Whether the row goes on in the next line.
    fn is_open(&self) -> bool {
        matches!(self.place, Place::Quoted | Place::Escape)
    }

    fn read(&mut self, line: &[u8]) {
        if self.is_open() {
            // A backslash at the end of a line stands before the line end, and not before what follows.
            self.place = self.keep(b'\n', Place::Quoted);
        }
        for byte in line {
            self.see(*byte);
        }
    }

    fn see(&mut self, byte: u8) {
        let is_separator = byte == self.separator;
        let is_right_behind = self.place == Place::Closed && self.value.len() == self.closed_len;
        let is_doubled = is_right_behind && byte == b'"' && self.quotes == Quotes::Doubled;
        self.place = match (self.place, byte) {
            (Place::Start, b'"') if self.quotes != Quotes::Literal => {
                self.is_quoted = true;
                Place::Quoted
            }
            (Place::Start, b' ') if self.is_spaced => Place::Start,
            (Place::Start | Place::Plain | Place::Closed, _) if is_separator => {
                self.push_value();
                Place::Start
            }
            (Place::Quoted, b'\\') if self.quotes == Quotes::Escaped => Place::Escape,
            (Place::Quoted, b'"') => {
                self.closed_len = self.value.len();
                self.n_closed += 1;
                Place::Closed
            }
            (Place::Escape, b'n') => self.keep(b'\n', Place::Quoted),
            (Place::Escape, b't') => self.keep(b'\t', Place::Quoted),
            (Place::Escape, b'r') => self.keep(b'\r', Place::Quoted),
            _ if is_doubled => {
                self.n_closed -= 1;
                self.keep(byte, Place::Quoted)
            }
            _ if self.is_open() => self.keep(byte, Place::Quoted),
            (Place::Closed, b' ') => self.keep(byte, Place::Closed),
            (Place::Closed, _) => {
                self.is_sound = false;
                self.keep(byte, Place::Plain)
            }
            _ => self.keep(byte, Place::Plain),
        };
    }

    fn keep(&mut self, byte: u8, place: Place) -> Place {
        self.value.push(byte);
        place
    }

    /// Ends a value; blanks behind its quotation mark are none of it.
    fn push_value(&mut self) {
        if self.place == Place::Closed {
            self.value.truncate(self.closed_len);
        }
        self.row.push_field(&self.value);
        self.value.clear();
    }

    fn end(mut self, n_lines: usize) -> Cut {
        self.is_sound &= !self.is_open();
        self.push_value();
        Cut { row: self.row, n_lines, is_sound: self.is_sound, is_quoted: self.is_quoted }
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
fn names_separator(row: &ByteRecord) -> bool {
    row.get(0).is_some_and(|value| value.starts_with(b"sep=")) && row.iter().skip(1).all(<[u8]>::is_empty)
}

/// Whether of several values of `row` one alone is there, of a few words that name no column, or none.
fn is_banner(row: &ByteRecord) -> bool {
    let values = values(row);
    let mut names = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
    let is_caption = |name: &str| name.contains(' ') && known_role(&normalised(name)).is_none();
    row.len() > 1 && names.next().is_none_or(is_caption) && names.next().is_none()
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

    fn rows(text: &[u8], most: u64) -> Vec<Vec<String>> {
        let mut table = Table::new(text, separator(text), most);
        let names = table.names().unwrap();
        let shown = |row: Row| match row {
            Row::Values(row) => values(&row),
            Row::Broken => vec!["broken".to_owned()],
            Row::TooLong(len) => vec![format!("{len} bytes")],
        };
        names.into_iter().chain(std::iter::from_fn(|| table.next_row().unwrap()).map(shown)).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(rows(text.as_bytes(), 1 << 20), expected, "{text:?}");
    }

    #[test]
    fn rows_are_read_whatever_separates_them() {
        for text in ["a,b\n\"1,\n2\",3\n", "a;b\n\"1,\n2\";3\n", "a\tb\n\"1,\n2\"\t3\n", "a|b\n\"1,\n2\"|3\n"] {
            check(text, &[&["a", "b"], &["1,\n2", "3"]]);
        }
        check("a\n1\n", &[&["a"], &["1"]]);
        check("a,b\r\n1,\"2\"\r\n\r\n3,4", &[&["a", "b"], &["1", "2"], &["3", "4"]]);
        check("a,b\r1,2\r3,4\r", &[&["a", "b"], &["1", "2"], &["3", "4"]]);
    }

    #[test]
    fn what_a_table_is_called_names_no_column() {
        check("Kliping Januari 2026,\n,\n\nno,isi\n1,2\n", &[&["no", "isi"], &["1", "2"]]);
        check("Isi Berita,\n1,2\n", &[&["Isi Berita", ""], &["1", "2"]]);
        check("kolom,\n1,2\n", &[&["kolom", ""], &["1", "2"]]);
        check(&format!("{}a,b\n", "Kliping Berita,\n".repeat(9)), &[&["Kliping Berita", ""], &["a", "b"]]);
    }

    #[test]
    fn rows_of_any_length_and_encoding_are_read() {
        check("a,b\n1\n1,2,3\n", &[&["a", "b"], &["1"], &["1", "2", "3"]]);
        check("a,b\n1,satu, dua, tiga\n", &[&["a", "b"], &["1", "satu, dua, tiga"]]);
        check("a,b\n1,\"satu\", dua\n", &[&["a", "b"], &["1", "satu", " dua"]]);
        assert_eq!(rows(b"a,b\n\x93x\x94,\x96\n", 99)[1], ["“x”", "–"]);
        assert_eq!(
            rows(format!("a,b\n1,{}\n3,4\n", "x".repeat(99)).as_bytes(), 20)[1..],
            [["21 bytes"].as_slice(), &["3", "4"]]
        );
    }

    #[test]
    fn quotation_marks_are_doubled_or_escaped() {
        check("a,b\n\"\"\"Ya,\"\" kata dia\",2\n", &[&["a", "b"], &["\"Ya,\" kata dia", "2"]]);
        check(
            "a,b\n\"\\\"Ya,\\\" kata\ndia \\\\\",2\n3,4",
            &[&["a", "b"], &["\"Ya,\" kata\ndia \\", "2"], &["3", "4"]],
        );
        check(
            r#"a,b
"\"Ya,\" katanya.\r\nHarga\tnaik",2"#,
            &[&["a", "b"], &["\"Ya,\" katanya.\r\nHarga\tnaik", "2"]],
        );
        check("a,b\n\"C:\\\",2\n", &[&["a", "b"], &["C:\\", "2"]]);
        check("a, b, c\n1, \"2, 3\", 4\n", &[&["a", "b", "c"], &["1", "2, 3", "4"]]);
        check("\"a\", \"b\"\n\"1\", \"2, 3\"\n", &[&["a", "b"], &["1", "2, 3"]]);
        check("a,b\n\"Judul\" b,\"x\" \"y\"\n", &[&["a", "b"], &["Judul b", "x \"y\""]]);
        check("a,b\n1 \"x\",\"y\" \n", &[&["a", "b"], &["1 \"x\"", "y"]]);
        check("a,b\n\"Ia \"tahu\" itu, ya\",2\n", &[&["a", "b"], &["Ia tahu\" itu", " ya\"", "2"]]);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_costs_its_own_row_at_most() {
        check("a,b\n1,\"x\n3,4\n5,6\n", &[&["a", "b"], &["1", "\"x"], &["3", "4"], &["5", "6"]]);
        check("a,b\n1,\"x, y\n3,\"4\"\n5,\"6\n7\"\n", &[&["a", "b"], &["broken"], &["3", "4"], &["5", "6\n7"]]);
        check("a,b\n1,\"x, y\nz\n3,4\n", &[&["a", "b"], &["broken"], &["3", "4"]]);
        check("a\tb\n\"x\t2\n3\t4\n", &[&["a", "b"], &["\"x", "2"], &["3", "4"]]);
        check("a\tb\n\"Ya,\" kata dia\t2\n", &[&["a", "b"], &["\"Ya,\" kata dia", "2"]]);
        check("a,b\n1,\"x\ny", &[&["a", "b"], &["1", "x\ny"]]);
    }

    #[test]
    fn marks_that_pair_up_from_row_to_row_cost_as_much_as_others() {
        const N_ROWS: usize = 15_000;
        for (row, values) in [("x\"\t\"a", ["x\"", "\"a"]), ("\"a\\\tb", ["\"a\\", "b"])] {
            let table = format!("a\tb\n{}", format!("{row}\n").repeat(N_ROWS));
            let read = rows(table.as_bytes(), 1 << 20);
            assert_eq!((read.len(), &read[1][..]), (1 + N_ROWS, &values.map(str::to_owned)[..]), "{row}");
        }
        let row = "x\",\"a";
        let table = format!("a,b\n{}", format!("{row}\n").repeat(N_ROWS));
        assert!(rows(table.as_bytes(), 1 << 20).len() > 1, "{row}");
    }

    #[test]
    fn a_row_may_have_many_long_values() {
        let values: Vec<String> = (0..30).map(|n| format!("{n}\n{n}")).collect();
        let names: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        let row = values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(",");
        assert_eq!(rows(format!("{}\n{row}\n", names.join(",")).as_bytes(), 1 << 20)[1..], [values]);
    }

    #[test]
    fn what_cannot_be_read_on_ends_the_table() {
        struct Fails;
        impl io::Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("cut"))
            }
        }
        let reader = io::BufReader::new(io::Read::chain(b"a,b\n1,\"x\n3,4\n".as_slice(), Fails));
        let mut table = Table::new(reader, b',', 99);
        assert!(table.names().is_ok());
        for _ in 0..2 {
            assert!(matches!(table.next_row(), Ok(Some(Row::Values(_)))));
        }
        assert!(table.next_row().is_err());
    }
}
