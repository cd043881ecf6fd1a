//! Whether the dates of a column have the month before the day: `01/05/2026` does not tell, `01/25/2026` elsewhere in
//! the column does.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::decode::decode_bytes;
use super::table::{Row, Table};

/// The rows of a table, of which the first are read before they are asked for.
pub(super) struct RowsAhead<R> {
    table: Table<R>,
    ahead: VecDeque<io::Result<Option<Row>>>,
}

impl<R: BufRead> RowsAhead<R> {
    /// Reads `table` up to the row which tells in what order the dates of the column `dates` are written; returns that
    /// column where the month stands first.
    pub(super) fn up_to_order(table: Table<R>, dates: Option<usize>) -> (Self, Option<usize>) {
        const MOST_ROWS: usize = 1000;
        const MOST_BYTES: usize = 1 << 20;
        let mut rows = Self { table, ahead: VecDeque::new() };
        let Some(at) = dates else { return (rows, None) };
        let (mut n_bytes, mut is_month_first) = (0, None);
        while is_month_first.is_none() && rows.ahead.len() < MOST_ROWS && n_bytes < MOST_BYTES {
            let row = rows.table.next_row();
            let is_last = !matches!(row, Ok(Some(_)));
            if let Ok(Some(Row::Values(row))) = &row {
                n_bytes += row.as_slice().len();
                is_month_first = row.get(at).and_then(|date| tells_month_first(&decode_bytes(date, None)));
            }
            rows.ahead.push_back(row);
            if is_last {
                break;
            }
        }
        (rows, dates.filter(|_| is_month_first == Some(true)))
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Row>> {
        self.ahead.pop_front().unwrap_or_else(|| self.table.next_row())
    }
}

/// Returns whether `value`, the next of a column, tells that the month stands first there; `None` where it may be read
/// either way, or is none.
fn tells_month_first(value: &str) -> Option<bool> {
    match parts(value) {
        Some((first, second, _)) if first <= 12 => (second > 12).then_some(true),
        Some(_) => Some(false),
        None => value.contains(|c: char| c.is_ascii_digit()).then_some(false),
    }
}

/// Returns `value`, a date with the month first and what follows it, with the year first.
pub(super) fn year_first(value: &str) -> Option<String> {
    let (month, day, rest) = parts(value).filter(|(month, ..)| *month <= 12)?;
    let (year, behind) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
    let century = if year.len() == 2 { "20" } else { "" };
    Some(format!("{century}{year}-{month:02}-{day:02}{behind}"))
}

/// Returns the two numbers that `value` begins with, and what follows them from the year on; `None` where it is no
/// date in figures.
fn parts(value: &str) -> Option<(u8, u8, &str)> {
    let value = value.trim();
    let mark = value.chars().find(|c| !c.is_ascii_digit()).filter(|mark| matches!(mark, '/' | '-'))?;
    let mut parts = value.splitn(3, mark);
    let mut number = || parts.next().filter(|part| (1..=2).contains(&part.len())).and_then(|part| part.parse().ok());
    let (first, second) = (number()?, number()?);
    let rest = parts.next()?;
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_day = (1..=31).contains(&first) && (1..=31).contains(&second);
    (is_day && matches!(n_digits, 2 | 4)).then_some((first, second, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_tell_the_order() {
        for (value, expected) in [
            ("01/25/2026", Some(true)),
            ("12-31-25 23:11", Some(true)),
            ("25/01/2026", Some(false)),
            ("2026-01-25", Some(false)),
            ("8 Januari 2026", Some(false)),
            ("01/05/2026", None),
            ("nan", None),
            ("", None),
        ] {
            assert_eq!(tells_month_first(value), expected, "{value}");
        }
    }

    #[test]
    fn dates_are_written_anew() {
        for (value, expected) in [
            ("01/05/2026", Some("2026-01-05")),
            ("1/5/26 10:00:00", Some("2026-01-05 10:00:00")),
            (" 12/31/2025, 23.11 WIB", Some("2025-12-31, 23.11 WIB")),
            ("8 Januari 2026", None),
            ("2026-01-05", None),
            ("1/5", None),
            ("1/55/2026", None),
            ("25/01/2026", None),
        ] {
            assert_eq!(year_first(value).as_deref(), expected, "{value}");
        }
    }
}
