//! The fields that stand before the text of a Markdown file.

/// Returns the fields between the opening `---` (or `+++`) lines of `text`, and the text behind
/// them; `None` where there are none.
///
/// Read are lines of `key: value` (or `key = value`) and lists of words; what nests deeper is left
/// out.
pub(super) fn front_matter(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = text.find('\n')? + 1;
    if text[..at].trim_end() != fence {
        return None;
    }
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == fence {
            return (!fields.is_empty()).then(|| (fields, &text[at..]));
        }
        read_line(line.trim_end(), &mut fields);
    }
    None
}

fn read_line(line: &str, fields: &mut Vec<(String, String)>) {
    let entry = line.trim_start().strip_prefix("- ");
    if let (Some(entry), Some((_, value))) = (entry, fields.last_mut()) {
        if !value.is_empty() {
            value.push_str(", ");
        }
        value.push_str(unquoted(entry));
        return;
    }
    let Some(mark) = line.find([':', '=']) else { return };
    let (name, value) = (line[..mark].trim(), &line[mark + 1..]);
    if !line.starts_with([' ', '\t', '#']) && !name.is_empty() {
        fields.push((name.to_owned(), unquoted(value).to_owned()));
    }
}

/// Returns `value` without the quotation marks or brackets around it.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inside = |open: char, close: char| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inside('"', '"').or_else(|| inside('\'', '\'')).or_else(|| inside('[', ']')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_before_the_text() {
        let text = "---\ntitle: \"Harga: Naik\"\ndate: 2026-01-08\ntags:\n  - beras\n  - 'pasar'\n---\n\nIsi.\n";
        let (fields, rest) = front_matter(text).unwrap();
        let shown: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(shown, [("title", "Harga: Naik"), ("date", "2026-01-08"), ("tags", "beras, pasar")]);
        assert_eq!(rest, "\nIsi.\n");
        assert_eq!(front_matter("+++\ntitle = 'A'\n+++\nB").unwrap().0[0].1, "A");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\nIsi tanpa penutup", "--- judul ---\nIsi", "Isi\n---\n", "---\n---\nIsi", ""] {
            assert!(front_matter(text).is_none(), "{text:?}");
        }
    }
}
