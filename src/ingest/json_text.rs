//! Values of JSON as text.

use serde_json::Value;

/// What is looked for in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A text, which may lie in pieces among other things: pictures, columns.
    Text,
    /// Whatever is there.
    Value,
}

impl Holds {
    /// Returns the names under which an object holds it, the most telling first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "rendered",
                "$oid",
                "$date",
                "$numberLong",
                "#text",
                "@value",
                "text",
                "html",
                "content",
                "plain",
                "raw",
                "body",
                "insert",
                "value",
                "blocks",
                "ops",
                "children",
                "paragraphs",
                "data",
            ],
            Self::Value => &["rendered", "name", "nama", "$oid", "$date", "$numberLong", "value", "#text", "@value"],
        }
    }
}

/// Returns a value as text: what an object wraps (`{"rendered": …}`, `{"$oid": …}`, `{"name": …}`), the paragraphs of a
/// list; `None` for null, and where a text is looked for and there is none.
pub(super) fn as_text(value: Value, holds: Holds) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(values) => {
            let are_inline = holds == Holds::Text && values.iter().all(is_inline);
            let texts: Vec<String> = values.into_iter().filter_map(|value| as_text(value, holds)).collect();
            Some(if are_inline { texts.concat() } else { joined(&texts, holds == Holds::Text) })
        }
        Value::Object(mut object) => {
            let wrapped = holds.names().iter().find_map(|name| object.remove(*name).filter(|value| !value.is_null()));
            match (wrapped, holds) {
                (Some(wrapped), _) => as_text(wrapped, holds),
                (None, Holds::Value) => Some(Value::Object(object).to_string()),
                (None, Holds::Text) => sentences_in(object),
            }
        }
    }
}

/// Returns the sentences that an object holds under other names, as paragraphs; what is said of pictures is none.
fn sentences_in(object: serde_json::Map<String, Value>) -> Option<String> {
    const OF_PICTURES: [&str; 4] = ["alt", "caption", "credit", "title"];
    let told = object.into_iter().filter(|(name, value)| {
        let is_text = value.as_str().is_none_or(|text| text.trim().contains(char::is_whitespace));
        is_text && (value.is_string() || value.is_array() || value.is_object()) && !OF_PICTURES.contains(&name.as_str())
    });
    let texts: Vec<String> = told.filter_map(|(_, value)| as_text(value, Holds::Text)).collect();
    Some(texts.join("\n")).filter(|text| text.contains(char::is_whitespace))
}

/// Whether `value` is a piece of a paragraph, as editors store it.
fn is_inline(value: &Value) -> bool {
    value["type"] == "text" || !value["insert"].is_null()
}

/// Returns the values of a list as one, which are paragraphs where they are long or a text stands in the list; those of
/// a text that was cut at its blanks and marks are put together again.
fn joined(values: &[String], is_text: bool) -> String {
    if is_text && are_tokens(values) {
        return sentence(values);
    }
    let are_paragraphs = is_text || values.iter().any(|text| text.len() > 60);
    values.join(if are_paragraphs { "\n" } else { ", " })
}

/// Whether `values` are words and marks of a text.
fn are_tokens(values: &[String]) -> bool {
    let is_mark = |value: &String| value.chars().all(|c| c.is_ascii_punctuation());
    values.iter().all(|value| !value.contains(char::is_whitespace)) && values.iter().any(is_mark)
}

/// Returns the text of which `tokens` are the words and marks.
fn sentence(tokens: &[String]) -> String {
    const NO_BLANK_BEFORE: &str = ".,:;!?)]}%”’";
    const NO_BLANK_BEHIND: &str = "([{“‘";
    let is_figure = |token: Option<&String>| token.is_some_and(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
    let is_in_figure = |at: usize| {
        matches!(tokens[at].as_str(), "." | ",")
            && is_figure(tokens.get(at + 1))
            && at > 0
            && is_figure(tokens.get(at - 1))
    };
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_close = token.starts_with(|c| NO_BLANK_BEFORE.contains(c))
            || text.ends_with(|c| NO_BLANK_BEHIND.contains(c))
            || at > 0 && is_in_figure(at - 1);
        if !is_close && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_its_names_tell_else_its_sentences() {
        for (json, expected) in [
            (r#"{"html":"<p>Satu.</p>","text":null}"#, Some("<p>Satu.</p>")),
            (r#"{"p1":"Satu dua.","p2":"Tiga empat.","id":"x7"}"#, Some("Satu dua.\nTiga empat.")),
            (r#"{"blocks":[{"data":{"items":["Satu dua.","Tiga."]}}]}"#, Some("Satu dua.\nTiga.")),
            (r#"{"file":{"url":"https://contoh.id/a.jpg"},"caption":"Pasar pagi"}"#, None),
            ("null", None),
        ] {
            assert_eq!(as_text(serde_json::from_str(json).unwrap(), Holds::Text).as_deref(), expected, "{json}");
        }
    }
}
