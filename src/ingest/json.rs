//! JSON records: cut from a stream one at a time, then read for their fields.

use std::fmt;
use std::io::{self, BufRead};

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::json_text::{Holds, as_text};
use super::role::{Role, known_role, normalised};
use super::wrapped::{Texts, is_text, text_role, wrapped_texts};
use super::{SkipReason, options::Fields};

/// How records follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One a line: a broken one ends with its line.
    Lines,
    /// In an array, or over several lines each.
    Values,
    /// In arrays that objects hold; those that are records have these.
    Wrapped(Texts),
}

/// Returns how the records of a stream that begins with `head` follow one another.
pub(super) fn layout(head: &[u8], names: &Fields) -> Layout {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let second = lines.next();
    let are_lines = second.is_some_and(|line| line.starts_with(b"{")) && first.ends_with(b"}");
    if let Some(texts) = wrapped_texts(head, names).filter(|_| !are_lines) {
        return Layout::Wrapped(texts);
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
    /// Where in the wrappers it stands, if only the objects of their arrays are cut.
    wrappers: Option<Wrappers>,
}

/// A place in objects that hold arrays of objects.
#[derive(Default)]
struct Wrappers {
    /// How many objects are open around the array, or around the place where one may begin.
    depth: usize,
    /// Whether an array is open.
    in_array: bool,
    /// How many brackets are open in the array, outside its objects.
    nested: usize,
    n_arrays: usize,
}

impl Wrappers {
    /// Takes a byte outside the strings and the objects that are cut; returns whether it opens one of those.
    fn open(&mut self, byte: u8) -> bool {
        match byte {
            b'[' if !self.in_array && self.depth > 0 => {
                self.in_array = true;
                self.n_arrays += 1;
            }
            b']' if self.in_array && self.nested == 0 => self.in_array = false,
            b'{' if self.in_array && self.nested == 0 => return true,
            b'{' | b'[' if self.in_array => self.nested += 1,
            b'}' | b']' if self.in_array => self.nested = self.nested.saturating_sub(1),
            b'{' => self.depth += 1,
            b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

impl Cutter {
    /// Returns one for the objects in arrays in objects alone, in all values of a file.
    pub(super) fn of_wrapped() -> Self {
        Self { wrappers: Some(Wrappers::default()), ..Self::default() }
    }

    /// Returns the number of the array that the last object stood in.
    pub(super) fn n_arrays(&self) -> usize {
        self.wrappers.as_ref().map_or(0, |wrappers| wrappers.n_arrays)
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
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' if self.depth > 0 || self.wrappers.is_some() => self.in_string = !self.in_string,
            _ if self.in_string => {}
            _ if self.depth == 0 && self.wrappers.is_some() => {
                self.depth += usize::from(self.wrappers.as_mut().is_some_and(|wrappers| wrappers.open(byte)));
            }
            b'{' => self.depth += 1,
            b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// Returns the fields of the JSON object `text`, in its order, values as text. Where none of them is a title or
/// a text, the fields of the object that wraps those (`_source`, `data`, `data.article`) stand in its place.
///
/// # Errors
/// Returns [`SkipReason::BrokenRecord`], also for a table whose rows do not stand together.
pub(super) fn fields(text: &str, names: &Fields) -> Result<Vec<(String, String)>, SkipReason> {
    let Object(mut fields) =
        read::<Object>(text).map_err(|error| SkipReason::BrokenRecord { why: error.to_string() })?;
    if is_by_columns(&fields, names) {
        let why = "it is a table by columns, and is read by rows (`orient=\"records\"`)".to_owned();
        return Err(SkipReason::BrokenRecord { why });
    }
    keep_figures(text, &mut fields);
    let reached: Vec<_> = names.paths().filter_map(|path| Some((path.to_owned(), at_path(&fields, path)?))).collect();
    if reached.is_empty() {
        fields = unwrapped(fields, names, 0);
    }
    let fields = with_described(fields);
    let shown = |(name, value): (String, Value)| {
        let holds = if is_text(&name, names) { Holds::Text } else { Holds::Value };
        (name, as_text(value, holds).unwrap_or_default())
    };
    Ok(reached.into_iter().chain(fields).map(shown).collect())
}

/// Returns the objects among the values of the object `text`.
///
/// # Errors
/// Returns [`SkipReason::BrokenRecord`].
pub(super) fn keyed_objects(text: &str) -> Result<Vec<Vec<u8>>, SkipReason> {
    let Object(fields) = read::<Object>(text).map_err(|error| SkipReason::BrokenRecord { why: error.to_string() })?;
    let objects = fields.into_iter().map(|(_, value)| value).filter(Value::is_object);
    Ok(objects.map(|object| object.to_string().into_bytes()).collect())
}

/// Whether `fields` are a table by columns (`"judul":{"0":…,"1":…}`), or one whose columns are named apart from its
/// rows (`"columns":[…],"data":[[…]]`).
fn is_by_columns(fields: &[(String, Value)], names: &Fields) -> bool {
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_column =
        |value: &Value| value.as_object().is_some_and(|rows| !rows.is_empty() && rows.keys().all(is_number));
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).and_then(|(_, value)| value.as_array());
    let is_text_name = |value: &Value| value.as_str().is_some_and(|name| is_text(name, names));
    let has_rows = field("data").is_some_and(|rows| rows.iter().any(Value::is_array));
    fields.iter().any(|(name, value)| is_column(value) && is_text(name, names))
        || has_rows && field("columns").is_some_and(|columns| columns.iter().any(is_text_name))
}

/// How deep a record may lie in objects that wrap it.
const DEEPEST_WRAPPED: usize = 4;

/// Returns `fields` with those of the only object among them that holds a record in its place, unless they are
/// one themselves.
fn unwrapped(fields: Vec<(String, Value)>, names: &Fields, depth: usize) -> Vec<(String, Value)> {
    if fields.iter().any(|(name, value)| is_text_of_record(name, value, names)) {
        return fields;
    }
    let mut wrappers = (0..fields.len()).filter(|at| holds_record(&fields[*at].1, names, depth));
    let wrapper = wrappers.next().filter(|_| wrappers.next().is_none());
    let in_place = |(at, field): (usize, (String, Value))| match field {
        (_, Value::Object(object)) if Some(at) == wrapper => unwrapped(object.into_iter().collect(), names, depth + 1),
        field => vec![field],
    };
    fields.into_iter().enumerate().flat_map(in_place).collect()
}

/// Whether `value` is a record, or wraps one.
fn holds_record(value: &Value, names: &Fields, depth: usize) -> bool {
    let holds = |(name, value): (&String, &Value)| {
        is_text_of_record(name, value, names) || holds_record(value, names, depth + 1)
    };
    depth < DEEPEST_WRAPPED && value.as_object().is_some_and(|object| object.iter().any(holds))
}

/// Whether the field `name` is the title or the text of a record: an object with a title of its own
/// (`"article":{"title":…}`) is neither.
fn is_text_of_record(name: &str, value: &Value, names: &Fields) -> bool {
    let is_title = |name: &String| text_role(name, names) == Some(Role::Title);
    is_text(name, names) && !value.as_object().is_some_and(|object| object.keys().any(is_title))
}

/// Returns `fields` with what an object among them says of the record (`"meta":{"penulis":…}`) and they do not.
fn with_described(mut fields: Vec<(String, Value)>) -> Vec<(String, Value)> {
    const NAMES: [&str; 5] = ["attributes", "info", "meta", "metadata", "properties"];
    if !fields.iter().any(|(_, value)| value.is_object()) {
        return fields;
    }
    let role =
        |name: &str| known_role(&normalised(name)).filter(|role| !matches!(role, Role::Id | Role::Title | Role::Body));
    let is_told = |(_, value): &&(String, Value)| !value.is_null();
    let own: Vec<Role> = fields.iter().filter(is_told).filter_map(|(name, _)| role(name)).collect();
    let described = fields.iter().filter(|(name, _)| NAMES.contains(&normalised(name).as_str()));
    let entries = described.filter_map(|(_, value)| value.as_object()).flatten();
    let told = entries.filter(|(name, _)| role(name).is_some_and(|role| !own.contains(&role)));
    let told: Vec<(String, Value)> = told.map(|(name, value)| (name.clone(), value.clone())).collect();
    fields.extend(told);
    fields
}

/// Returns the value that `path` leads to: `data.isi`.
fn at_path(fields: &[(String, Value)], path: &str) -> Option<Value> {
    let (first, rest) = path.split_once('.')?;
    let (_, value) = fields.iter().find(|(name, _)| name == first)?;
    value.pointer(&format!("/{}", rest.replace('.', "/"))).cloned()
}

/// Puts whole numbers that a number of 64 bits cannot hold as they are written: two ids are two.
fn keep_figures(text: &str, fields: &mut [(String, Value)]) {
    /// Up to here every whole number has a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_rounded = |value: &Value| value.is_f64() && value.as_f64().is_some_and(|number| number.abs() > EXACT);
    if !fields.iter().any(|(_, value)| is_rounded(value)) {
        return;
    }
    for ((_, value), written) in fields.iter_mut().zip(written_values(text)) {
        let digits = written.strip_prefix('-').unwrap_or(written);
        if is_rounded(value) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            *value = Value::String(written.to_owned());
        }
    }
}

/// Returns the values of the JSON object `text` as they are written.
fn written_values(text: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let (mut depth, mut in_string, mut is_escaped, mut start) = (0, false, false, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b':' if depth == 1 => start = Some(at + 1),
            b'{' | b'[' => depth += 1,
            b',' | b'}' if depth == 1 => {
                values.extend(start.take().map(|start| text[start..at].trim()));
                depth -= usize::from(byte == b'}');
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    values
}

/// Returns what `text` holds, repaired where that is needed.
pub(super) fn value(text: &str) -> Option<Value> {
    read(text).ok()
}

fn read<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    serde_json::from_str(text).or_else(|error| serde_json::from_str(&repaired(text)).map_err(|_| error))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Result<Vec<(String, String)>, SkipReason> {
        super::fields(text, &Fields::default())
    }

    /// Checks the fields of a record, as `name=value` one after the other.
    #[track_caller]
    fn check(text: &str, names: &str, expected: &str) {
        let names = if names.is_empty() { Fields::default() } else { Fields::parse(names).unwrap() };
        let fields = super::fields(text, &names).unwrap();
        let shown: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn records_in_records_are_taken_out() {
        check(r#"{"_id":"1","_source":{"isi":"b","judul":"a"}}"#, "", "_id=1 isi=b judul=a");
        check(r#"{"article":{"id":"1","judul":"a","isi":"b"}}"#, "", "id=1 isi=b judul=a");
        check(r#"{"ok":true,"data":{"article":{"judul":"a","body":"b"}}}"#, "", "ok=true body=b judul=a");
        check(r#"{"judul":"a","data":{"isi":"b"}}"#, "", r#"judul=a data={"isi":"b"}"#);
        check(r#"{"judul":"a","data":{"isi":"b"}}"#, "body=data.isi", r#"data.isi=b judul=a data={"isi":"b"}"#);
        check(r#"{"title":{"text":"a"},"body":[{"html":"b"},{"html":"c"}]}"#, "", "title=a body=b\nc");
        check(r#"{"a":{"isi":"b"},"c":{"isi":"d"}}"#, "", r#"a={"isi":"b"} c={"isi":"d"}"#);
        check(r#"{"isi":"a","geo":{"text":"x","y":1}}"#, "", r#"isi=a geo={"text":"x","y":1}"#);
    }

    #[test]
    fn a_text_in_pieces_is_put_together() {
        check(
            r#"{"tags":["a","."],"body":[["Harga",":","Rp","12",".","500","(","naik",")",",","kata","Ani","."],["Ya","."]]}"#,
            "",
            "tags=a, . body=Harga: Rp 12.500 (naik), kata Ani.\nYa.",
        );
        check(
            r#"{"isi":["Harga naik.","Warga mengeluh."],"tags":["Harga naik.","b"]}"#,
            "",
            "isi=Harga naik.\nWarga mengeluh. tags=Harga naik., b",
        );
        check(
            r#"{"id":"1","title":"a","sections":[{"title":"b","content":"Harga naik."},{"content":"Panen tiba."}]}"#,
            "",
            "id=1 title=a sections=Harga naik.\nPanen tiba.",
        );
    }

    #[test]
    fn what_stands_beside_a_text_is_none() {
        check(
            r#"{"isi":[{"type":"paragraph","text":"a"},{"type":"image","url":"x","name":"y"},{"type":"p","data":{"text":"b"}}]}"#,
            "",
            "isi=a\nb",
        );
        check(
            r#"{"content":{"time":1,"blocks":[{"data":{"text":"a"}},{"data":{"file":{"url":"x"}}}]}}"#,
            "",
            "content=a",
        );
        let text = r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Harga "},{"type":"text","text":"naik."}]},{"type":"paragraph"}]}"#;
        check(&format!(r#"{{"body":{text}}}"#), "", "body=Harga naik.");
        check(
            r#"{"body":{"ops":[{"insert":"Harga "},{"insert":{"image":"x"}},{"insert":"naik."}]}}"#,
            "",
            "body=Harga naik.",
        );
        check(r#"{"isi":{"type":"image","url":"x"},"summary":"b"}"#, "", "isi= summary=b");
    }

    #[test]
    fn an_object_may_describe_the_record() {
        check(
            r#"{"isi":"a","meta":{"penulis":"Ani","tanggal":"c","title":"b"},"date":"d"}"#,
            "",
            r#"isi=a meta={"penulis":"Ani","tanggal":"c","title":"b"} date=d penulis=Ani"#,
        );
        check(r#"{"isi":"a","penerbit":{"nama":"Antara","url":"x"}}"#, "", "isi=a penerbit=Antara");
    }

    #[test]
    fn tables_by_columns_are_named() {
        for text in [
            r#"{"judul":{"0":"a","1":"b"},"isi":{"0":"c","1":"d"}}"#,
            r#"{"columns":["judul","isi"],"index":[0],"data":[["a","b"]]}"#,
        ] {
            assert!(matches!(fields(text), Err(SkipReason::BrokenRecord { .. })), "{text}");
        }
        check(r#"{"isi":"a","data":[["x"]],"columns":["b"]}"#, "", "isi=a data=x columns=b");
    }

    #[test]
    fn large_figures_stay_as_they_are_written() {
        check(
            r#"{"isi":"a, \"b\": 9","id":123456789012345678901,"x":[1,{"y":2}],"n":-99999999999999999999,"f":1.5,"e":1e30}"#,
            "",
            r#"isi=a, "b": 9 id=123456789012345678901 x=1, {"y":2} n=-99999999999999999999 f=1.5 e=1e+30"#,
        );
    }

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
    fn objects_are_cut_from_arrays_in_objects_one_value_after_another() {
        let text = r#"{"n":"[{\"","a":[{"x":[{}]},[{"y":1}],{}],"b":{"c":[{"z":1}]}} {"a":[{"w":1}]}"#;
        let (mut cutter, mut record, mut found) = (Cutter::of_wrapped(), Vec::new(), Vec::new());
        let mut reader = io::BufReader::with_capacity(3, text.as_bytes());
        while cutter.next_object(&mut reader, &mut record, 99).unwrap() {
            found.push(format!("{} {}", cutter.n_arrays(), String::from_utf8_lossy(&record)));
        }
        assert_eq!(found, [r#"1 {"x":[{}]}"#, "1 {}", r#"2 {"z":1}"#, r#"3 {"w":1}"#]);
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
            ("{\"x\":[{\"isi\":1}]}\n", Layout::Wrapped(Texts { title: false, body: true })),
            ("{\"x\":[{\"isi\":1,\"judul\":1}]}\n{\"x\":[{\"isi\":2,\"judul\":1}]}\n", Layout::Lines),
            ("{\"x\":[{\"isi\":1,\"judul\":1}]}", Layout::Wrapped(Texts { title: true, body: true })),
        ] {
            assert_eq!(layout(head.as_bytes(), &Fields::default()), expected, "{head:?}");
        }
    }

    #[test]
    fn values_become_text() {
        let text = r#"{"b":"x","a":7,"n":null,"t":["p","q"],"s":{"name":"Antara","id":1},"d":{"$date":"2020"}}"#;
        let names: Vec<(String, String)> = fields(text).unwrap();
        let shown: Vec<(&str, &str)> = names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(shown, [("b", "x"), ("a", "7"), ("n", ""), ("t", "p, q"), ("s", "Antara"), ("d", "2020")]);
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
        assert_eq!(fields("{\"a\":\"b\",\"n\":NaN}").unwrap()[1].1, "");
    }

    #[test]
    fn raw_line_ends_in_strings_are_read() {
        assert_eq!(fields("{\"a\":\"b\nc\"}").unwrap(), [("a".to_owned(), "b c".to_owned())]);
        assert!(fields("{\"a\":\"b").is_err());
        assert!(fields("[1]").is_err());
    }
}
