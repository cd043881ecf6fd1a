//! Records inside objects that wrap them: `{"articles":[…]}`, `{"title":"…","data":{"items":[…]}}`.
//!
//! Told from the beginning of a file alone, so that its records can be read one at a time.

use super::options::Fields;
use super::role::{Role, is_excerpt, known_role, normalised};

/// What the records of an array have of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) title: bool,
    pub(super) body: bool,
}

impl Texts {
    fn add(&mut self, role: Option<Role>) {
        self.title |= role == Some(Role::Title);
        self.body |= role == Some(Role::Body);
    }

    fn is_some(self) -> bool {
        self.title || self.body
    }

    /// Whether this is enough where others have `other`: titles are, where no record has more.
    fn is_enough_beside(self, other: Self) -> bool {
        self.is_some() && (self.body || !other.body)
    }
}

/// Returns what the records have in a file that begins with `head`, where they stand in arrays in objects alone.
///
/// There are none where an object around the arrays has a text of its own: it is a record itself. One that
/// has a title, as a feed has, wraps records where those have a title and a text each, or where `head` ends in the
/// first of them.
pub(super) fn wrapped_texts(head: &[u8], names: &Fields) -> Option<Texts> {
    let mut walk = Walk::of(head);
    let (mut is_titled, mut array, mut best) = (false, Texts::default(), Texts::default());
    let mut is_in_first = false;
    while let Some(token) = walk.next() {
        match (token, &walk.open[..]) {
            (Token::Bracket, [wrappers @ .., _]) if is_wrapper(wrappers) => {
                (array, is_in_first) = (Texts::default(), true);
            }
            (Token::Close, [wrappers @ .., b'[']) if is_wrapper(wrappers) => is_in_first = false,
            (Token::Name(name), [wrappers @ .., b'[', b'{'] | [wrappers @ .., b'[', b'{', b'{'])
                if is_wrapper(wrappers) =>
            {
                array.add(text_role(name, names));
                best = if array.is_enough_beside(best) && !(best.title && best.body) { array } else { best };
            }
            (Token::Name(name), open) if is_wrapper(open) && walk.is_at_text() => match text_role(name, names) {
                Some(Role::Body) if !is_excerpt(name) => return None,
                Some(_) => is_titled = true,
                None => {}
            },
            _ => {}
        }
    }
    let is_first_cut = is_in_first && walk.open.contains(&b'[');
    (best.is_some() && (!is_titled || best.body && (best.title || is_first_cut))).then_some(best)
}

/// Returns what the records have that stand in arrays in `object`, which has neither title nor text itself: both.
pub(super) fn articles_within(object: &[u8], names: &Fields) -> Option<Texts> {
    let opens_object = |at: usize| object[at + 1..].trim_ascii_start().starts_with(b"{");
    if !memchr::memchr_iter(b'[', object).any(opens_object) {
        return None;
    }
    let mut walk = Walk::of(object);
    while let Some(token) = walk.next() {
        if let Token::Name(name) = token
            && is_wrapper(&walk.open)
            && walk.is_at_text()
            && text_role(name, names).is_some()
        {
            return None;
        }
    }
    wrapped_texts(object, names).filter(|texts| texts.title && texts.body)
}

/// Returns whether the values of `object`, which has neither title nor text itself, are records by name: two of them at
/// least have both.
pub(super) fn are_keyed(object: &[u8], names: &Fields) -> bool {
    let mut walk = Walk::of(object);
    let (mut texts, mut n_records) = (Texts::default(), 0);
    while let Some(token) = walk.next() {
        match (token, &walk.open[..]) {
            (Token::Name(name), [b'{']) if walk.is_at_text() && text_role(name, names).is_some() => return false,
            (Token::Name(_), [b'{']) => texts = Texts::default(),
            (Token::Name(name), [b'{', b'{']) => {
                let had_both = texts.title && texts.body;
                texts.add(text_role(name, names));
                n_records += usize::from(!had_both && texts.title && texts.body);
            }
            _ => {}
        }
    }
    n_records > 1
}

/// Tells the records in what wraps them from the other objects there: tags, authors, columns.
pub(super) struct Records {
    wanted: Texts,
    /// The number of the array that is known to hold records.
    array: Option<usize>,
}

impl Records {
    /// Returns one for files whose records have `wanted`.
    pub(super) fn new(wanted: Texts) -> Self {
        Self { wanted, array: None }
    }

    /// Returns whether `object`, from the array with the number `array`, is a record: it has what is wanted,
    /// or one before it in its array has.
    pub(super) fn has(&mut self, object: &[u8], array: usize, names: &Fields) -> bool {
        if self.array != Some(array) && texts(object, names).is_enough_beside(self.wanted) {
            self.array = Some(array);
        }
        self.array == Some(array)
    }
}

/// Returns what `object` has of an article, itself or in an object of its own.
fn texts(object: &[u8], names: &Fields) -> Texts {
    let mut walk = Walk::of(object);
    let mut texts = Texts::default();
    while let Some(token) = walk.next() {
        if let (Token::Name(name), [b'{'] | [b'{', b'{']) = (token, &walk.open[..]) {
            texts.add(text_role(name, names));
        }
    }
    texts
}

/// Whether what is `open` is objects alone.
fn is_wrapper(open: &[u8]) -> bool {
    !open.is_empty() && open.iter().all(|bracket| *bracket == b'{')
}

/// Whether the field `name` is known as title or text.
pub(super) fn is_text(name: &str, names: &Fields) -> bool {
    text_role(name, names).is_some()
}

/// Returns whether the field `name` is known as title or as text.
pub(super) fn text_role(name: &str, names: &Fields) -> Option<Role> {
    let is_text = |role: &Role| matches!(role, Role::Title | Role::Body);
    let mapped =
        [Role::Title, Role::Body].into_iter().find(|role| names.of(*role).is_some_and(|mapped| mapped == name));
    mapped.or_else(|| known_role(&normalised(name)).filter(is_text))
}

enum Token<'a> {
    /// The name of a field.
    Name(&'a str),
    /// A bracket that opens an array.
    Bracket,
    /// A brace that closes an object.
    Close,
}

/// A walk through JSON that may be cut off.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The braces and brackets that are open.
    open: Vec<u8>,
}

impl<'a> Walk<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, open: Vec::new() }
    }

    /// Whether the value behind the name that came last is a text, and neither an object nor a list of some.
    fn is_at_text(&self) -> bool {
        let value = self.bytes[self.at..].trim_ascii_start();
        let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii_start();
        match value.split_first() {
            Some((b'[', values)) => !values.trim_ascii_start().starts_with(b"{"),
            Some((b'{', fields)) => fields.trim_ascii_start().starts_with(b"\"rendered\""),
            _ => true,
        }
    }

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
                b'}' => {
                    self.open.pop();
                    return Some(Token::Close);
                }
                b']' => {
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

    /// Checks what the records have that are wrapped: `t` for a title, `b` for a text, nothing where there are none.
    #[track_caller]
    fn check(head: &str, expected: &str) {
        let texts = wrapped_texts(head.as_bytes(), &Fields::default()).unwrap_or_default();
        let shown = [(texts.title, "t"), (texts.body, "b")].map(|(has, mark)| if has { mark } else { "" }).concat();
        assert_eq!(shown, expected, "{head:?}");
    }

    #[test]
    fn records_are_found_in_what_wraps_them() {
        check(r#"{"articles":[{"title":"a"}]}"#, "t");
        check(r#"{"status":"ok","meta":{"n":1},"data":{"items":[{"id":1,"isi":"#, "b");
        check(r#"{"tags":["x","y"],"pages":[{"n":1}],"hits":[{"src":{"name":"x"},"judul":"b"}]}"#, "t");
        check(r#"{"a":"\"[{","items":[{"body":"c"}]}"#, "b");
        check(r#"{"topics":[{"title":"a"}],"items":[{"title":"b","body":"c"}],"tags":[{"title":"d"}]}"#, "tb");
        check(r#"{"hits":{"hits":[{"_id":"1","_source":{"isi":"a"}}]}}"#, "b");
        check(r#"{"data":{"berita":[{"isi":"a"}]}}"#, "b");
    }

    #[test]
    fn a_wrapper_may_have_a_title() {
        check(r#"{"version":"1","title":"Berita","description":"x","items":[{"title":"a","content_html":"b"}]}"#, "tb");
        check(r#"{"feed":{"title":"Berita"},"items":[{"title":"a","description":"b"}]}"#, "tb");
        check(r#"{"title":"Berita","items":[{"content_html":"b"#, "b");
        check(r#"{"title":"a","comments":[{"text":"b"},{"text":"c"#, "");
        check(r#"{"title":"a","tags":[{"title":"b"}]}"#, "");
        check(r#"{"title":"a","comments":[{"text":"b"}]}"#, "");
    }

    #[test]
    fn a_record_that_holds_arrays_is_one() {
        check(r#"{"judul":"a","isi":"b","terkait":[{"judul":"c"}]}"#, "");
        check(r#"{"judul":"a","terkait":[{"judul":"c","isi":"d"}],"isi":"b"}"#, "");
        check(r#"{"content":{"rendered":"b"},"terkait":[{"judul":"c","isi":"d"}]}"#, "");
        check(r#"{"article":{"title":"a","body":"b"},"terkait":[{"judul":"c","isi":"d"}]}"#, "");
        check(r#"{"id":1,"tags":[{"name":"x"}],"isi":"b"}"#, "");
        check(r#"[{"title":"a"}]"#, "");
        check(r#"{"rows":[[{"title":"a"}]]}"#, "");
        check(r#"{"items":[{"name":"x"}]}"#, "");
        check(r#"{"items":[{"na"#, "");
    }

    #[test]
    fn a_mapped_name_counts() {
        let names = Fields::parse("body=naskah_asli").unwrap();
        let texts = Texts { title: false, body: true };
        assert_eq!(wrapped_texts(br#"{"x":[{"naskah_asli":"a"}]}"#, &names), Some(texts));
    }

    #[test]
    fn other_objects_are_no_records() {
        let names = Fields::default();
        let mut records = Records::new(Texts { title: true, body: true });
        assert!(!records.has(br#"{"title":"a"}"#, 1, &names));
        assert!(records.has(br#"{"title":"a","isi":"b"}"#, 2, &names));
        assert!(records.has(br#"{"title":"a"}"#, 2, &names));
        assert!(records.has(br#"{"_source":{"isi":"b"}}"#, 3, &names));
        assert!(!records.has(br#"{"name":"x"}"#, 4, &names));
    }
}
