//! Markdown: the fields before the text, and the characters that are escaped in it.

use super::fields::{Extracted, article_of};
use super::front_matter::front_matter;
use super::received::shifts_between;
use super::{SkipReason, labels, options::Fields};

/// Returns the article in a file of Markdown, whose text is `plain` where no fields stand before it.
///
/// # Errors
/// Returns why there is none.
pub(super) fn article_in(
    text: &str,
    names: &Fields,
    plain: impl FnOnce(String) -> Extracted,
) -> Result<Extracted, SkipReason> {
    let Some((mut fields, rest)) = front_matter(text) else {
        return labels::article_in(text).unwrap_or_else(|| Ok(without_escapes(plain(text.to_owned()), text)));
    };
    // The text is what stands below, whatever a field is called.
    fields.push(("body".to_owned(), rest.to_owned()));
    Ok(without_escapes(article_of(fields, names)?, rest))
}

/// Returns `extracted` with every escaped mark of its body, which was `received`, as the mark it stands for.
fn without_escapes(mut extracted: Extracted, received: &str) -> Extracted {
    let body_start = extracted.declared.title.as_ref().map_or(0, |title| title.end + "\n\n".len());
    if let Some(body) = extracted.text.get(body_start..).and_then(unescaped) {
        extracted.text.truncate(body_start);
        extracted.declared.received = shifts_between(received, &body);
        extracted.text.push_str(&body);
    }
    extracted
}

/// Returns `text` without the backslashes that escape a mark (`\"Siap\"`, `1\. Beras`) or end a line; `None`
/// where there are none.
fn unescaped(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut copied = 0;
    let mut marks = text.match_indices('\\').peekable();
    while let Some((at, _)) = marks.next() {
        let next = text.as_bytes().get(at + 1);
        if next.is_some_and(|byte| byte.is_ascii_punctuation() || *byte == b'\n') {
            kept.push_str(&text[copied..at]);
            copied = at + 1;
            marks.next_if(|(second, _)| *second == at + 1);
        }
    }
    kept.push_str(&text[copied..]);
    (copied > 0).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, ArticleId, RawArticle};

    #[test]
    fn marks_that_are_escaped_stand_for_themselves() {
        for (text, expected) in [
            (r#"\"Siap,\" kata dia."#, Some(r#""Siap," kata dia."#)),
            (r"1\. Beras", Some("1. Beras")),
            (r"a \\ b \\\* c", Some(r"a \ b \* c")),
            ("satu\\\ndua", Some("satu\ndua")),
            (r"C:\data\é \", None),
            ("tanpa", None),
        ] {
            assert_eq!(unescaped(text).as_deref(), expected, "{text}");
        }
    }

    /// Checks that `word` of the article in `text` is found where it stood in `received`.
    #[track_caller]
    fn check(text: &str, received: &str, word: &str) {
        let plain = |text| Extracted { own_id: None, text, declared: crate::article::Declared::default() };
        let Extracted { text, declared, .. } = article_in(text, &Fields::default(), plain).unwrap();
        let raw = RawArticle { id: ArticleId::new("a"), path: String::new(), text, declared };
        let article: Article = crate::clean::clean(raw);
        let offset = article.received_offset(article.text.find(word).unwrap());
        assert_eq!(Some(offset), received.find(word), "{received}");
    }

    #[test]
    fn words_are_found_where_they_stood() {
        let body = "\\\"Siap,\\\" kata dia.\n\n1\\. Beras naik, \\*kata\\* Budi.\n";
        check(body, body, "Budi");
        check(&format!("---\ntitle: Harga\ndate: 2026-01-08\n---\n{body}"), body, "Budi");
        check(&format!("---\ndate: 2026-01-08\n---\n{body}"), body, "Beras");
        let body = format!("\n{body}");
        check(&format!("---\ntitle: Harga\n---\n{body}"), &body, "kata dia");
    }
}
