//! Records inside an object that wraps them: `{"articles":[…]}`, `{"data":{"items":[…]}}`.
//!
//! Told from the beginning of a file alone, so that its records can be read one at a time.

use super::fields::{Role, known_role, normalised};
use super::options::Fields;

/// Returns where the records begin in a file that begins with `head`: behind the bracket of the first
/// array, in objects alone, of whose objects one has a field known as title or text. There are none where
/// an object around the array has such a field before it: it is a record itself.
pub(super) fn records_start(head: &[u8], names: &Fields) -> Option<usize> {
    let mut walk = Walk { bytes: head, at: 0, open: Vec::new() };
    let mut array_start = 0;
    while let Some(token) = walk.next() {
        match (token, &walk.open[..]) {
            (Token::Bracket, [wrappers @ .., _]) if is_wrapper(wrappers) => array_start = walk.at,
            (Token::Name(name), [wrappers @ .., b'[', b'{']) if is_wrapper(wrappers) && is_text(name, names) => {
                return Some(array_start);
            }
            (Token::Name(name), open) if is_wrapper(open) && is_text(name, names) => return None,
            _ => {}
        }
    }
    None
}

/// Whether what is `open` is objects alone.
fn is_wrapper(open: &[u8]) -> bool {
    !open.is_empty() && open.iter().all(|bracket| *bracket == b'{')
}

/// Whether the field `name` is known as title or text.
pub(super) fn is_text(name: &str, names: &Fields) -> bool {
    let is_mapped = |role| names.of(role).is_some_and(|mapped| mapped == name);
    is_mapped(Role::Title)
        || is_mapped(Role::Body)
        || matches!(known_role(&normalised(name)), Some(Role::Title | Role::Body))
}

enum Token<'a> {
    /// The name of a field.
    Name(&'a str),
    /// A bracket that opens an array.
    Bracket,
}

/// A walk through JSON that may be cut off.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The braces and brackets that are open.
    open: Vec<u8>,
}

impl<'a> Walk<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => {
                    let text = self.string()?;
                    let rest = self.bytes[self.at..].trim_ascii_start();
                    if rest.first() == Some(&b':') {
                        return Some(Token::Name(std::str::from_utf8(text).unwrap_or_default()));
                    }
                }
                b'{' => self.open.push(byte),
                b'}' | b']' => {
                    self.open.pop();
                }
                b'[' => {
                    self.open.push(byte);
                    return Some(Token::Bracket);
                }
                _ => {}
            }
        }
    }

    /// Passes the rest of a string and returns it; `None` where it is cut off.
    fn string(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(&self.bytes[start..self.at - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what stands at the beginning of the records, if there are any.
    #[track_caller]
    fn check(head: &str, records: Option<&str>) {
        let found = records_start(head.as_bytes(), &Fields::default()).map(|start| &head[start..]);
        assert_eq!(found.map(|rest| &rest[..records.unwrap_or(rest).len()]), records, "{head:?}");
    }

    #[test]
    fn records_are_found_in_what_wraps_them() {
        check(r#"{"articles":[{"title":"a"}]}"#, Some(r#"{"title":"a"}"#));
        check(r#"{"status":"ok","meta":{"n":1},"data":{"items":[{"id":1,"isi":"#, Some(r#"{"id":1"#));
        check(r#"{"tags":["x","y"],"pages":[{"n":1}],"hits":[{"src":{"name":"x"},"judul":"b"}]}"#, Some(r#"{"src""#));
        check(r#"{"a":"\"[{","items":[{"body":"c"}]}"#, Some(r#"{"body""#));
    }

    #[test]
    fn a_record_that_holds_arrays_is_one() {
        check(r#"{"judul":"a","isi":"b","terkait":[{"judul":"c"}]}"#, None);
        check(r#"{"id":1,"tags":[{"name":"x"}],"isi":"b"}"#, None);
        check(r#"[{"title":"a"}]"#, None);
        check(r#"{"rows":[[{"title":"a"}]]}"#, None);
        check(r#"{"items":[{"name":"x"}]}"#, None);
        check(r#"{"items":[{"na"#, None);
    }

    #[test]
    fn a_mapped_name_counts() {
        let names = Fields::parse("body=naskah_asli").unwrap();
        assert_eq!(records_start(br#"{"x":[{"naskah_asli":"a"}]}"#, &names), Some(6));
    }
}
