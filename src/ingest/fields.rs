//! The fields of a record: which of them is the title, which the text, and so on.

use std::ops::Range;

use super::received::shifts_between;
use super::repair::{repair, repair_shifting};
use super::role::{Role, normalised};
use super::{SkipReason, options::Fields};
use super::{html, markup};
use crate::article::Declared;

/// An article taken from a record, without a place yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Extracted {
    pub(super) own_id: Option<String>,
    pub(super) text: String,
    pub(super) declared: Declared,
}

impl Extracted {
    pub(super) fn not_blank(self) -> Result<Self, SkipReason> {
        if self.text.trim().is_empty() { Err(SkipReason::Blank) } else { Ok(self) }
    }
}

/// Returns the article that `fields` (names and values, in the order of the record) hold.
///
/// # Errors
/// Returns [`SkipReason::UnknownFields`] where no field is known as title or text.
pub(super) fn article_of(mut fields: Vec<(String, String)>, names: &Fields) -> Result<Extracted, SkipReason> {
    fields.iter_mut().filter(|(_, value)| is_no_value(value)).for_each(|(_, value)| value.clear());
    let mut roles = assigned(&fields, names);
    if let Some(name) = names.missing(&fields) {
        return Err(SkipReason::UnknownField { name, names: fields.into_iter().map(|(name, _)| name).collect() });
    }
    if !roles.contains(&Some(Role::Body))
        && let Some(at) = only_text(&fields, &roles)
    {
        roles[at] = Some(Role::Body);
    }
    if !roles.iter().any(|role| matches!(role, Some(Role::Title | Role::Body))) {
        let has_value = |(_, value): &(String, String)| !value.trim().is_empty();
        let names = fields.into_iter().filter(has_value).map(|(name, _)| name).collect();
        return Err(SkipReason::UnknownFields { names });
    }
    let mut parts = Parts::default();
    for ((name, value), role) in fields.into_iter().zip(roles) {
        parts.add(role, name, value);
    }
    parts.article()
}

/// Whether `value` is what a program wrote where there was none.
fn is_no_value(value: &str) -> bool {
    const NONE: [&str; 13] =
        ["nan", "NaN", "NaT", "<NA>", "None", "null", "NULL", "\\N", "[]", "{}", "-", "N/A", "undefined"];
    NONE.contains(&value.trim())
}

/// Returns whether some of `names` can be a title or a text.
pub(super) fn has_text(names: &[String], fields: &Fields) -> bool {
    let row: Vec<_> = names.iter().map(|name| (name.clone(), "x".to_owned())).collect();
    assigned(&row, fields).iter().any(|role| matches!(role, Some(Role::Title | Role::Body)))
}

/// Returns which of `names` has this role.
pub(super) fn column_of(wanted: Role, names: &[String], fields: &Fields) -> Option<usize> {
    let row: Vec<_> = names.iter().map(|name| (name.clone(), "x".to_owned())).collect();
    assigned(&row, fields).iter().position(|role| *role == Some(wanted))
}

/// Returns the role of each field; no role is given twice, and none to a blank value.
fn assigned(fields: &[(String, String)], names: &Fields) -> Vec<Option<Role>> {
    let keys: Vec<String> = fields.iter().map(|(name, _)| normalised(name)).collect();
    let mut roles = vec![None; fields.len()];
    for (_, role) in Role::NAMES {
        let mapped = names.of(role).map(normalised);
        let place = |key: &str| match &mapped {
            Some(name) => (name == key).then_some(0),
            None => role.known_names().iter().position(|name| *name == key),
        };
        let free = (0..fields.len()).filter(|at| roles[*at].is_none() && !fields[*at].1.trim().is_empty());
        if let Some((_, at)) = free.filter_map(|at| Some((place(&keys[at])?, at))).min() {
            roles[at] = Some(role);
        }
    }
    roles
}

/// Returns the only one of `fields` without a role that reads as a text, where no name says which it is.
fn only_text(fields: &[(String, String)], roles: &[Option<Role>]) -> Option<usize> {
    let free = (0..fields.len()).filter(|at| roles[*at].is_none() && !fields[*at].0.is_empty());
    let mut texts = free.filter(|at| is_text(&fields[*at].1));
    texts.next().filter(|_| texts.next().is_none())
}

/// Whether `value` reads as a text: words enough for a sentence or two, and a mark that ends one.
fn is_text(value: &str) -> bool {
    const FEWEST_WORDS: usize = 15;
    let ends_sentence = |word: &str| word.trim_end_matches(['"', '”', ')']).ends_with(['.', '!', '?']);
    let n_words = value.split_whitespace().take(FEWEST_WORDS).count();
    n_words == FEWEST_WORDS
        && value.split_whitespace().any(ends_sentence)
        && !value.trim_start().starts_with(['{', '['])
}

/// The values of a record by their role.
#[derive(Default)]
struct Parts {
    own_id: Option<String>,
    title: String,
    body: String,
    declared: Declared,
    /// What the page in which the text stands says: its address, its headline and the rest.
    page: Option<(Option<String>, String, Declared)>,
}

impl Parts {
    fn add(&mut self, role: Option<Role>, name: String, value: String) {
        if role == Some(Role::Body) {
            return self.set_body(value);
        }
        let value = repair(value);
        match role {
            Some(Role::Id) => self.own_id = one_line(&value),
            Some(Role::Title) => self.title = one_line(&markup::without_markup(value)).unwrap_or_default(),
            Some(Role::Date) => self.declared.date = one_line(&value),
            Some(Role::Source) => self.declared.source = one_line(&value),
            Some(Role::Byline) => self.declared.byline = one_line(&written_list(&value).unwrap_or(value)),
            Some(Role::Url) => self.declared.url = one_line(&value),
            // Taken care of above.
            Some(Role::Body) => {}
            // A column without a name is the row number of whatever wrote the table.
            None if name.is_empty() || value.trim().is_empty() => {}
            None => self.declared.extra.push((name, value)),
        }
    }

    fn set_body(&mut self, value: String) {
        if markup::is_page(&value)
            && let Ok(page) = html::article_of(&value, None)
        {
            return self.set_page(page);
        }
        if !markup::may_hold_markup(&value) {
            (self.body, self.declared.received) = repair_shifting(value);
            return;
        }
        self.body = markup::without_markup(repair(value.clone()));
        self.declared.received = shifts_between(&value, &self.body);
    }

    /// Takes over what a whole page in a record says, where the record does not say it itself.
    fn set_page(&mut self, page: Extracted) {
        let Extracted { own_id, text, declared } = page;
        let body_start = declared.title.as_ref().map_or(0, |title| title.end);
        text[body_start..].trim_start().clone_into(&mut self.body);
        self.page = Some((own_id, text[..body_start].to_owned(), declared));
    }

    fn article(mut self) -> Result<Extracted, SkipReason> {
        if let Some((own_id, title, said)) = self.page.take() {
            self.own_id = self.own_id.or_else(|| self.declared.url.as_deref().and_then(canonical_url)).or(own_id);
            self.title = Some(self.title).filter(|own| !own.is_empty()).unwrap_or(title);
            self.declared.date = self.declared.date.or(said.date);
            self.declared.source = self.declared.source.or(said.source);
            self.declared.byline = self.declared.byline.or(said.byline);
            self.declared.url = self.declared.url.or(said.url);
        }
        let Self { own_id, title, body, mut declared, .. } = self;
        if let Some(address) = declared.source.take_if(|source| canonical_url(source).is_some_and(|url| !is_home(&url)))
        {
            declared.url.get_or_insert(address);
        }
        if title.is_empty() && body.trim().is_empty() {
            return Err(SkipReason::Blank);
        }
        let (text, headline) = composed(&title, body);
        declared.title = headline;
        let address = declared.url.as_deref().and_then(canonical_url).filter(|url| !is_home(url));
        Ok(Extracted { own_id: own_id.or(address), text, declared })
    }
}

/// Returns the text of a record: its headline, a blank line and its body; and where the headline is.
pub(super) fn composed(title: &str, body: String) -> (String, Option<Range<usize>>) {
    match (title.is_empty(), body.trim().is_empty()) {
        (true, _) => (body, None),
        (false, true) => (title.to_owned(), Some(0..title.len())),
        (false, false) => (format!("{title}\n\n{body}"), Some(0..title.len())),
    }
}

/// Returns the values of a list as programs in Python write it, `['Ani', 'Budi']`; `None` where it is none.
fn written_list(value: &str) -> Option<String> {
    let inside = value.trim().strip_prefix('[')?.strip_suffix(']')?;
    let values: Option<Vec<&str>> = inside.split(',').map(|value| quoted(value.trim())).collect();
    Some(values?.join(", "))
}

/// Returns what stands in `value` between quotation marks.
fn quoted(value: &str) -> Option<&str> {
    ['\'', '"'].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark))
}

/// Returns `text` on one line, with single blanks; `None` where nothing is left.
fn one_line(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}

/// Returns `url` as it names a page: no fragment, no marks of where a reader came from, no slash at
/// the end, the host in small letters.
pub(super) fn canonical_url(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let rest = rest.split('#').next().unwrap_or(rest);
    let (address, query) = rest.split_once('?').map_or((rest, ""), |(address, query)| (address, query));
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
    let mut canonical = format!("{}://{}", scheme.to_lowercase(), host.to_lowercase());
    for (mark, part) in [('/', path.trim_end_matches('/')), ('?', kept.join("&").as_str())] {
        if !part.is_empty() {
            canonical.push(mark);
            canonical.push_str(part);
        }
    }
    (is_web && !host.is_empty()).then_some(canonical)
}

/// Whether `address` (in canonical form) is that of a site and no page of it.
pub(super) fn is_home(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| !rest.contains(['/', '?']))
}

fn is_tracking(parameter: &str) -> bool {
    ["utm_", "fbclid=", "gclid="].iter().any(|mark| parameter.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(fields: &[(&str, &str)], names: &Fields) -> Result<Extracted, SkipReason> {
        article_of(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(), names)
    }

    #[test]
    fn indonesian_and_english_names_are_known() {
        for (title, body) in
            [("title", "content"), ("Judul", "Isi_Berita"), ("headline", "articleBody"), ("judul", "konten")]
        {
            let article = extracted(&[(title, "Beras Naik"), (body, "Harga naik.")], &Fields::default()).unwrap();
            assert_eq!(article.text, "Beras Naik\n\nHarga naik.", "{title} {body}");
            assert_eq!(article.declared.title, Some(0..10));
        }
    }

    #[test]
    fn the_rest_is_kept() {
        let fields = [
            ("judul", "A"),
            ("isi", "B"),
            ("tanggal", "6 Nop 2019"),
            ("Rubrik", "Ekonomi"),
            ("", "7"),
            ("kosong", " "),
        ];
        let article = extracted(&fields, &Fields::default()).unwrap();
        assert_eq!(article.declared.date.as_deref(), Some("6 Nop 2019"));
        assert_eq!(article.declared.extra, [("Rubrik".to_owned(), "Ekonomi".to_owned())]);
    }

    #[test]
    fn a_blank_field_gives_way_to_the_next() {
        let article = extracted(&[("title", "A"), ("content", ""), ("description", "B")], &Fields::default()).unwrap();
        assert_eq!(article.text, "A\n\nB");
    }

    #[test]
    fn what_stands_for_no_value_is_none() {
        for nothing in ["nan", "NaN", "NaT", "<NA>", "None", "null", "NULL", "\\N", " None ", "[]", "-"] {
            let fields =
                [("title", nothing), ("content", nothing), ("description", "B"), ("author", nothing), ("x", nothing)];
            let Extracted { text, declared, .. } = extracted(&fields, &Fields::default()).unwrap();
            assert_eq!((text.as_str(), declared.byline, declared.extra), ("B", None, Vec::new()), "{nothing}");
        }
        assert_eq!(extracted(&[("isi", "None of it")], &Fields::default()).unwrap().text, "None of it");
    }

    #[test]
    fn an_address_in_the_place_of_the_outlet_is_one() {
        let declared = |fields: &[(&str, &str)]| extracted(fields, &Fields::default()).unwrap().declared;
        let fields = [("isi", "A"), ("source", "https://contoh.id/a")];
        assert_eq!(declared(&fields), Declared { url: Some("https://contoh.id/a".to_owned()), ..Declared::default() });
        let both = declared(&[("isi", "A"), ("source", "https://contoh.id/a"), ("url", "https://contoh.id/b")]);
        assert_eq!((both.source, both.url.as_deref()), (None, Some("https://contoh.id/b")));
        assert!(declared(&[("isi", "A"), ("source", "https://contoh.id/")]).url.is_none());
    }

    #[test]
    fn a_list_of_authors_is_read() {
        let byline =
            |value: &str| extracted(&[("isi", "A"), ("authors", value)], &Fields::default()).unwrap().declared.byline;
        assert_eq!(byline("['Ani Sari', \"Budi\"]").as_deref(), Some("Ani Sari, Budi"));
        assert_eq!(byline("[Ani]").as_deref(), Some("[Ani]"));
    }

    #[test]
    fn mapped_names_win() {
        let mut names = Fields::default();
        names.map(Role::Body, "kolom 7");
        let article = extracted(&[("isi", "A"), ("Kolom_7", "B")], &names).unwrap();
        assert_eq!(article.text, "B");
        assert_eq!(article.declared.extra, [("isi".to_owned(), "A".to_owned())]);
    }

    #[test]
    fn a_text_without_a_known_name_is_taken_where_it_is_the_only_one() {
        let text = "Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta pada Kamis.";
        let body = |fields: &[(&str, &str)]| extracted(fields, &Fields::default()).unwrap().text.len() > text.len();
        assert!(body(&[("judul", "A"), ("kolom", text), ("tag", "beras, pasar")]));
        assert!(!body(&[("judul", "A"), ("kolom", text), ("lain", text)]));
        assert!(!body(&[("judul", "A"), ("kata", &"beras ".repeat(40))]));
        assert!(!body(&[("judul", "A"), ("kata", &format!("[\"{text}\"]"))]));
    }

    #[test]
    fn a_mapped_name_that_no_field_has_is_named() {
        let mut names = Fields::default();
        names.map(Role::Body, "typo");
        let names_of = ["judul", "isi"].map(str::to_owned).to_vec();
        let expected = SkipReason::UnknownField { name: "typo".to_owned(), names: names_of };
        assert_eq!(extracted(&[("judul", "A"), ("isi", "B")], &names), Err(expected));
        assert_eq!(extracted(&[("judul", "A"), ("typo", "")], &names).unwrap().text, "A");
    }

    #[test]
    fn a_whole_page_in_a_record_is_read_as_one() {
        let text = "Harga beras di pasar naik lagi pekan ini, kata para pedagang yang ditemui di Jakarta. ".repeat(3);
        let page = format!(
            "<!doctype html><html><head><title>Harga Naik</title><meta name='pubdate' content='2026-01-08'>\
            </head><body><nav><a href='/'>Beranda</a></nav><article><h1>Harga Naik</h1><p>{text}</p></article></body></html>"
        );
        let article = extracted(&[("url", "https://contoh.id/1"), ("html", &page)], &Fields::default()).unwrap();
        assert!(article.text.starts_with("Harga Naik\n\nHarga beras") && !article.text.contains("Beranda"));
        assert_eq!(
            (article.own_id.as_deref(), article.declared.date.as_deref()),
            (Some("https://contoh.id/1"), Some("2026-01-08"))
        );
    }

    #[test]
    fn a_record_without_text_says_what_it_has() {
        let names = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(extracted(&[("a", "1"), ("b", "2")], &Fields::default()), Err(SkipReason::UnknownFields { names }));
        assert_eq!(extracted(&[("title", "<b> </b>"), ("isi", "")], &Fields::default()), Err(SkipReason::Blank));
    }

    #[test]
    fn the_id_is_the_own_one_or_the_address() {
        let id = |fields: &[(&str, &str)]| extracted(fields, &Fields::default()).unwrap().own_id;
        assert_eq!(id(&[("isi", "A"), ("id", "7"), ("url", "https://contoh.id/a")]).as_deref(), Some("7"));
        assert_eq!(
            id(&[("isi", "A"), ("url", "https://Contoh.id/a/?utm_source=x#b")]).as_deref(),
            Some("https://contoh.id/a")
        );
        assert_eq!(id(&[("isi", "A"), ("url", "/a")]), None);
        assert_eq!(id(&[("isi", "A"), ("url", "https://contoh.id/")]), None);
    }

    #[test]
    fn addresses_have_one_form() {
        assert_eq!(canonical_url("HTTP://A.id/b?page=2&utm_x=1").as_deref(), Some("http://a.id/b?page=2"));
        assert_eq!(canonical_url("https://a.id/").as_deref(), Some("https://a.id"));
        assert_eq!(canonical_url("mailto:a@b.id"), None);
    }
}
