//! JSON records: cut from a stream one at a time, then read for their fields.

use std::fmt;
use std::io::{self, BufRead};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::wrapped::records_start;
use super::{SkipReason, options::Fields};

/// How records follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One a line: a broken one ends with its line.
    Lines,
    /// In an array, or over several lines each.
    Values,
    /// In an array that an object holds.
    Wrapped {
        /// Where it begins, behind its bracket.
        start: usize,
    },
}

/// Returns how the records of a stream that begins with `head` follow one another.
pub(super) fn layout(head: &[u8], names: &Fields) -> Layout {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let second = lines.next();
    let are_lines = second.is_some_and(|line| line.starts_with(b"{")) && first.ends_with(b"}");
    if !are_lines && let Some(start) = records_start(head, names) {
        return Layout::Wrapped { start };
    }
    let second_opens = second.is_none_or(|line| line.starts_with(b"{"));
    let is_record = first.starts_with(b"{") && (second_opens || first.ends_with(b"}")) && !holds_several(first);
    if is_record && first.len() > 1 { Layout::Lines } else { Layout::Values }
}

/// Whether an object ends in `line` and another begins behind it.
fn holds_several(line: &[u8]) -> bool {
    let (end, is_complete) = Cutter::default().advance(line, &mut Vec::new(), 0);
    is_complete && line[end..].contains(&b'{')
}

/// Cuts a stream into its JSON objects, whatever stands between them: commas, the brackets of an
/// array, line ends.
#[derive(Default)]
pub(super) struct Cutter {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    array: Array,
}

/// Whether the records are those of one array.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Array {
    /// They may stand anywhere.
    #[default]
    Any,
    /// They end where it closes.
    Open,
    /// It has closed; nothing behind it is a record.
    Closed,
}

impl Cutter {
    /// Returns one for the objects of an array whose bracket has been read; nothing behind it counts.
    pub(super) fn of_array() -> Self {
        Self { array: Array::Open, ..Self::default() }
    }

    /// Puts the next object into `record`, at most `max_bytes` and one of it; returns whether there
    /// was one.
    pub(super) fn next_object(
        &mut self,
        reader: &mut impl BufRead,
        record: &mut Vec<u8>,
        max_bytes: u64,
    ) -> io::Result<bool> {
        record.clear();
        loop {
            let buffer = reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(!record.is_empty());
            }
            let (used, is_complete) = self.advance(buffer, record, max_bytes);
            reader.consume(used);
            if is_complete {
                return Ok(true);
            }
        }
    }

    /// Takes bytes from `buffer` up to the end of an object; returns how many, and whether it ended.
    fn advance(&mut self, buffer: &[u8], record: &mut Vec<u8>, max_bytes: u64) -> (usize, bool) {
        for (at, &byte) in buffer.iter().enumerate() {
            let was_inside = self.depth > 0;
            self.see(byte);
            if (was_inside || self.depth > 0) && record.len() as u64 <= max_bytes {
                record.push(byte);
            }
            if was_inside && self.depth == 0 {
                return (at + 1, true);
            }
        }
        (buffer.len(), false)
    }

    fn see(&mut self, byte: u8) {
        match byte {
            _ if self.array == Array::Closed => {}
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' if self.depth > 0 => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' => self.depth += 1,
            b'}' => self.depth = self.depth.saturating_sub(1),
            b']' if self.depth == 0 && self.array == Array::Open => self.array = Array::Closed,
            _ => {}
        }
    }
}

/// Returns the fields of the JSON object `text`, in its order, values as text.
///
/// # Errors
/// Returns [`SkipReason::BrokenRecord`].
pub(super) fn fields(text: &str) -> Result<Vec<(String, String)>, SkipReason> {
    let broken = |error: serde_json::Error| SkipReason::BrokenRecord { why: error.to_string() };
    let object = match serde_json::from_str::<Object>(text) {
        Ok(object) => object,
        Err(error) => serde_json::from_str(&repaired(text)).map_err(|_| broken(error))?,
    };
    Ok(object.0.into_iter().filter_map(|(name, value)| Some((name, as_text(value)?))).collect())
}

/// Returns `text` without what some programs write and JSON does not allow: line ends and tabs in strings,
/// halves of a character (`\ud83d` where a string was cut), `NaN` and `Infinity`.
fn repaired(text: &str) -> String {
    const NO_NUMBERS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];
    let mut repaired = String::with_capacity(text.len());
    let mut in_string = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let no_number = NO_NUMBERS.iter().find(|name| !in_string && rest.starts_with(**name));
        let (len, piece) = match (c, no_number) {
            (_, Some(name)) => (name.len(), "null"),
            ('\\', None) if in_string => escape(rest),
            (c, None) if c.is_control() => (c.len_utf8(), " "),
            (c, None) => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        in_string ^= c == '"';
        repaired.push_str(piece);
        rest = &rest[len..];
    }
    repaired
}

/// Returns the length of the escape that `text` begins with, and what stands for it.
fn escape(text: &str) -> (usize, &str) {
    const LEN: usize = "\\uD83D".len();
    let unit = |at: usize| u16::from_str_radix(text.get(at..at + LEN)?.strip_prefix("\\u")?, 16).ok();
    match unit(0) {
        Some(0xD800..=0xDBFF) if matches!(unit(LEN), Some(0xDC00..=0xDFFF)) => (2 * LEN, &text[..2 * LEN]),
        Some(0xD800..=0xDFFF) => (LEN, "\u{fffd}"),
        _ => {
            let len = text.chars().take(2).map(char::len_utf8).sum();
            (len, &text[..len])
        }
    }
}

/// The fields of an object in its order.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Object, M::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Object(fields))
    }
}

/// Returns a value as text: what an object wraps (`{"rendered": …}`, `{"$oid": …}`, `{"name": …}`),
/// the paragraphs of a list; `None` for null.
fn as_text(value: Value) -> Option<String> {
    const WRAPPERS: [&str; 8] = ["rendered", "name", "$oid", "$date", "$numberLong", "value", "#text", "@value"];
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(values) => {
            let texts: Vec<String> = values.into_iter().filter_map(as_text).collect();
            let are_paragraphs = texts.iter().any(|text| text.len() > 60);
            Some(texts.join(if are_paragraphs { "\n" } else { ", " }))
        }
        Value::Object(mut object) => match WRAPPERS.iter().find_map(|name| object.remove(*name)) {
            Some(wrapped) => as_text(wrapped),
            None => Some(Value::Object(object).to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, max_bytes: u64) -> Vec<String> {
        let mut cutter = Cutter::default();
        let (mut record, mut records) = (Vec::new(), Vec::new());
        // A small buffer, so that objects lie across its ends.
        let mut reader = io::BufReader::with_capacity(3, text.as_bytes());
        while cutter.next_object(&mut reader, &mut record, max_bytes).unwrap() {
            records.push(String::from_utf8(record.clone()).unwrap());
        }
        records
    }

    #[test]
    fn objects_are_cut_from_arrays_and_from_rows() {
        assert_eq!(cut(r#"[ {"a":1}, {"b":{"c":"}]"}} ]"#, 99), [r#"{"a":1}"#, r#"{"b":{"c":"}]"}}"#]);
        assert_eq!(cut("{\n\"a\": \"\\\"{\"\n}\n{}", 99), ["{\n\"a\": \"\\\"{\"\n}", "{}"]);
        assert_eq!(cut("[]", 99), Vec::<String>::new());
        assert_eq!(cut(r#"[{"a":1},{"b"#, 99), [r#"{"a":1}"#, r#"{"b"#]);
    }

    #[test]
    fn long_objects_are_not_held() {
        let text = format!(r#"[{{"a":"{}"}},{{"b":1}}]"#, "x".repeat(1000));
        let records = cut(&text, 20);
        assert_eq!((records[0].len(), records[1].as_str()), (21, r#"{"b":1}"#));
    }

    #[test]
    fn layouts_are_told_apart() {
        for (head, expected) in [
            ("{\"a\":1}\n{\"b\":2}\n", Layout::Lines),
            ("{\"a\":\"cut\n{\"b\":2}\n", Layout::Lines),
            ("{\"a\": \"a very long lin", Layout::Lines),
            ("{\"x\":[{\"isi\":1}]}\n{\"x\":[{\"isi\":2}]}\n", Layout::Lines),
            ("[{\"a\":1},\n{\"b\":2}]", Layout::Values),
            ("{\"a\":1}{\"b\":2}\n", Layout::Values),
            ("{\n  \"a\": 1\n}", Layout::Values),
            ("{\"x\":[{\"isi\":1}]}\n", Layout::Wrapped { start: 6 }),
        ] {
            assert_eq!(layout(head.as_bytes(), &Fields::default()), expected, "{head:?}");
        }
    }

    #[test]
    fn values_become_text() {
        let text = r#"{"b":"x","a":7,"n":null,"t":["p","q"],"s":{"name":"Antara","id":1},"d":{"$date":"2020"}}"#;
        let names: Vec<(String, String)> = fields(text).unwrap();
        let shown: Vec<(&str, &str)> = names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(shown, [("b", "x"), ("a", "7"), ("t", "p, q"), ("s", "Antara"), ("d", "2020")]);
    }

    #[test]
    fn what_json_does_not_allow_is_read_where_its_meaning_is_plain() {
        for (text, value) in [
            (r#"{"a":"Harga \ud83d naik","n":NaN}"#, "Harga \u{fffd} naik"),
            (r#"{"a":"Harga \ud83d\ude00 NaN","n":[-Infinity,Infinity]}"#, "Harga 😀 NaN"),
            (r#"{"a":"\\ud83d \"NaN\"","n":NaN}"#, "\\ud83d \"NaN\""),
        ] {
            assert_eq!(fields(text).unwrap()[0], ("a".to_owned(), value.to_owned()), "{text}");
        }
        assert_eq!(fields("{\"a\":\"b\",\"n\":NaN}").unwrap().len(), 1);
    }

    #[test]
    fn raw_line_ends_in_strings_are_read() {
        assert_eq!(fields("{\"a\":\"b\nc\"}").unwrap(), [("a".to_owned(), "b c".to_owned())]);
        assert!(fields("{\"a\":\"b").is_err());
        assert!(fields("[1]").is_err());
    }
}
