//! Rows of a table with more values than columns: commas in a text that does not stand in quotation marks.

use csv::ByteRecord;

/// Returns the values of `row` for `n_columns`, of which `text_column` is known to hold the text. Where none of them
/// stood in quotation marks, those that were cut at a comma in a sentence are put together again.
pub(super) fn fitted(row: ByteRecord, n_columns: usize, text_column: Option<usize>, separator: u8) -> ByteRecord {
    let n_values = row.iter().rposition(|value| !value.trim_ascii().is_empty()).map_or(0, |last| last + 1);
    if n_values <= n_columns || n_columns == 0 {
        return row;
    }
    let values: Vec<&[u8]> = row.iter().take(n_values).collect();
    // A blank follows a comma in a sentence, and none the comma between two values.
    let joined = joined(&values, separator, |at| values[at].starts_with(b" ") && values[at].len() > 1);
    if joined.len() == n_columns {
        return joined;
    }
    let Some(text) = text_column else { return row };
    let of_text = text + 1..=text + n_values - n_columns;
    self::joined(&values, separator, |at| of_text.contains(&at))
}

/// Returns `values`, those that belong to the one before them joined to it.
fn joined(values: &[&[u8]], separator: u8, belongs: impl Fn(usize) -> bool) -> ByteRecord {
    let mut joined: Vec<Vec<u8>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        match joined.last_mut() {
            Some(before) if belongs(at) => {
                before.push(separator);
                before.extend_from_slice(value);
            }
            _ => joined.push(value.to_vec()),
        }
    }
    ByteRecord::from(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the values of a row for three columns, separated by bars.
    #[track_caller]
    fn check(row: &str, text_column: Option<usize>, expected: &str) {
        let row = ByteRecord::from(row.split(',').collect::<Vec<_>>());
        let fitted = fitted(row, 3, text_column, b',');
        let values: Vec<_> = fitted.iter().map(String::from_utf8_lossy).collect();
        assert_eq!(values.join("|"), expected);
    }

    #[test]
    fn sentences_are_put_together() {
        check("2025,Beras,Harga naik, kata Ani, di pasar.", Some(2), "2025|Beras|Harga naik, kata Ani, di pasar.");
        check("Beras,Harga beras, gula, dan telur,Kompas", Some(1), "Beras|Harga beras, gula, dan telur|Kompas");
        check("2025,Beras, Gula,Harga naik.", Some(2), "2025|Beras, Gula|Harga naik.");
        check("2025,Beras,Naik 1,5 persen, kata Ani", Some(2), "2025|Beras|Naik 1,5 persen, kata Ani");
        check("Beras,Naik 1,5 persen,Kompas", Some(1), "Beras|Naik 1,5 persen|Kompas");
    }

    #[test]
    fn other_rows_stay() {
        check("a,b", Some(1), "a|b");
        check("a,b,c,,", Some(1), "a|b|c||");
        check("a,b,c,d", None, "a|b|c|d");
        check("a, b, c", Some(1), "a| b| c");
    }
}
