//! What blogs write in brackets for the program that shows them: `[caption id="7"]…[/caption]`, `[gallery ids="1,2"]`.

/// Names of what is shown by itself and holds no text of the article.
const PICTURES: [&str; 2] = ["caption", "wp_caption"];
/// Names of marks around a text or instead of one.
const MARKS: [&str; 9] =
    ["ads", "audio", "embed", "gallery", "playlist", "pullquote", "soundcloud", "video", "youtube"];
/// How the names of marks begin that lay out a page.
const LAYOUT: [&str; 2] = ["et_pb_", "vc_"];

/// Returns `text` without such marks; `None` where it has none.
pub(super) fn without_shortcodes(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut copied = 0;
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        if at < copied {
            continue;
        }
        let Some((name, len)) = shortcode(&text[at..]) else { continue };
        kept.push_str(&text[copied..at]);
        let inside = if PICTURES.contains(&name) { inside_len(&text[at + len..], name) } else { 0 };
        copied = at + len + inside;
    }
    kept.push_str(&text[copied..]);
    (copied > 0).then_some(kept)
}

/// Returns the length of what a mark of this name holds and of its end, where `text` goes on behind its beginning; 0
/// where the next such mark begins before one ends.
fn inside_len(text: &str, name: &str) -> usize {
    /// The longest text below a picture.
    const LONGEST: usize = 5000;
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let (opening, closing) = (format!("[{name}"), format!("[/{name}]"));
    let inside = &text[..text.find(&opening).unwrap_or(text.len())];
    inside.find(&closing).map_or(0, |end| end + closing.len())
}

/// Returns the name of the mark that `text` begins with, and the length of the mark.
fn shortcode(text: &str) -> Option<(&str, usize)> {
    /// The longest mark.
    const LONGEST: usize = 2000;
    let inside = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name = &inside[..inside.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()];
    let is_known =
        PICTURES.contains(&name) || MARKS.contains(&name) || LAYOUT.iter().any(|start| name.starts_with(start));
    let is_mark = is_known && inside[name.len()..].starts_with([' ', ']', '/']);
    let end = text[..text.floor_char_boundary(LONGEST)].find(']').filter(|_| is_mark)?;
    Some((name, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_marks_without_an_end_takes_no_time() {
        assert_eq!(without_shortcodes(&"[caption]".repeat(200_000)).as_deref(), Some(""));
    }

    #[test]
    fn marks_in_brackets_are_no_text() {
        for (text, expected) in [
            ("A [caption id=\"7\" width=\"3\"]<img src=x /> Pedagang[/caption] b", Some("A  b")),
            ("A[gallery ids=\"1,2\"] b [embed]https://contoh.id[/embed]", Some("A b https://contoh.id")),
            ("[vc_row][vc_column_text width=\"1/2\"]A[/vc_column_text][/vc_row]", Some("A")),
            ("A [caption id=7] b", Some("A  b")),
            ("A [caption id=7] b [caption id=8]<img src=x /> Pasar[/caption] c", Some("A  b  c")),
            ("Kata dia [video] itu", Some("Kata dia  itu")),
            ("[Baca juga] A [1] [captions] [/] [", None),
            ("[videografi: Ani] A", None),
            ("", None),
        ] {
            assert_eq!(without_shortcodes(text).as_deref(), expected, "{text}");
        }
    }
}
