//! The fields that stand before the text of a Markdown file.

/// Returns the fields between the opening `---` (or `+++`) lines of `text`, and the text behind
/// them; `None` where there are none.
///
/// Read are lines of `key: value` (or `key = value`), lists of words and the lines below `key: |` and `key: >`;
/// what nests deeper is left out.
pub(super) fn front_matter(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut block = None;
    let mut at = text.find('\n')? + 1;
    if text[..at].trim_end() != fence {
        return None;
    }
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == fence {
            return (!fields.is_empty()).then(|| (fields, &text[at..]));
        }
        block = read_line(line.trim_end(), block, &mut fields);
    }
    None
}

/// Reads a line, which may belong to a block whose lines this character joins; returns that of the block that
/// the next line may belong to.
fn read_line(line: &str, block: Option<char>, fields: &mut Vec<(String, String)>) -> Option<char> {
    let is_inside = line.is_empty() || line.starts_with([' ', '\t']);
    if let (Some(joint), Some((_, value))) = (block.filter(|_| is_inside), fields.last_mut()) {
        if !value.is_empty() {
            value.push(joint);
        }
        value.push_str(line.trim());
        return block;
    }
    let entry = line.trim_start().strip_prefix("- ");
    if let (Some(entry), Some((_, value))) = (entry, fields.last_mut()) {
        if !value.is_empty() {
            value.push_str(", ");
        }
        value.push_str(unquoted(entry));
        return None;
    }
    let mark = line.find([':', '='])?;
    let (name, value) = (line[..mark].trim(), &line[mark + 1..]);
    if line.starts_with([' ', '\t', '#']) || name.is_empty() {
        return None;
    }
    let joint = match value.trim().trim_end_matches(['+', '-']) {
        "|" => Some('\n'),
        ">" => Some(' '),
        _ => None,
    };
    fields.push((name.to_owned(), if joint.is_some() { String::new() } else { unquoted(value).to_owned() }));
    joint
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
    fn blocks_of_lines_are_values() {
        let text = "---\ntitle: |\n  Harga\n  Naik\nringkasan: >-\n  satu\n\n  dua\ndate: 2026-01-08\n---\nIsi.";
        let fields: Vec<_> = front_matter(text).unwrap().0;
        let shown: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(shown, [("title", "Harga\nNaik"), ("ringkasan", "satu  dua"), ("date", "2026-01-08")]);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\nIsi tanpa penutup", "--- judul ---\nIsi", "Isi\n---\n", "---\n---\nIsi", ""] {
            assert!(front_matter(text).is_none(), "{text:?}");
        }
    }
}
