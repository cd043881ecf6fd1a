//! TREC runs: `query Q0 article rank score tag`, the input of `trec_eval`.

use std::io::{self, Write};

/// Writes one line; white space in ids, which the format cannot hold, becomes `%20` and the like.
pub(super) fn write_line(
    out: &mut impl Write,
    query_id: &str,
    article_id: &str,
    rank: usize,
    score: f64,
    tag: &str,
) -> io::Result<()> {
    writeln!(out, "{} Q0 {} {rank} {score:.6} {}", one_word(query_id), one_word(article_id), one_word(tag))
}

fn one_word(text: &str) -> String {
    let mut word = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c == '%' {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                word.push('%');
                word.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
            }
        } else {
            word.push(c);
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_six_columns_whatever_the_ids() {
        let mut out = Vec::new();
        write_line(&mut out, "q 1", "berita 100%.txt", 3, 1.5, "kliping").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "q%201 Q0 berita%20100%25.txt 3 1.500000 kliping\n");
    }
}
