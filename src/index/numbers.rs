//! Ids that several articles bring: numbers, because files of records count from 1, and addresses of sections, which
//! pages give for their own by mistake.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::pipeline::Met;
use crate::article::{ArticleId, RawArticle};

/// How an article is named whose id may be that of others.
pub(super) enum Numbered {
    /// By its id, unless another article has it; this is the article as its place names it.
    Own(Box<Met>),
    /// By its place: an article of another file has the id.
    ByPlace,
}

/// Returns whether the id of `raw`, which is a record where `is_record`, may be that of other articles too: a number
/// without an address beside it, or an address that looks like that of a section.
pub(super) fn may_be_shared(raw: &RawArticle, is_record: bool) -> bool {
    let is_number = || raw.declared.url.is_none() && raw.id.as_str().bytes().all(|byte| byte.is_ascii_digit());
    is_record && is_number() || is_section(raw.id.as_str())
}

/// Whether `address` has neither a figure nor a capital letter nor a name of three words behind its host, as articles
/// have.
fn is_section(address: &str) -> bool {
    let path = address.split_once("://").and_then(|(_, rest)| rest.split_once(['/', '?']));
    let is_code = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    let is_name = |part: &str| part.split(['-', '_', '+', '.']).filter(|word| !word.is_empty()).count() > 2;
    path.is_some_and(|(_, path)| !path.bytes().any(is_code) && !path.split('/').any(is_name))
}

/// Returns the hash of what `raw` is called, by which an article is known in another file: its title, else how its
/// text begins.
pub(super) fn headline(raw: &RawArticle) -> u64 {
    const MOST_LETTERS: usize = 100;
    let title = raw.declared.title.clone().and_then(|title| raw.text.get(title));
    let letters = title.unwrap_or(&raw.text).chars().filter(|c| c.is_alphanumeric()).take(MOST_LETTERS);
    xxh3_64(letters.flat_map(char::to_lowercase).collect::<String>().as_bytes())
}

/// The articles of a run whose ids may be those of others.
#[derive(Default)]
pub(super) struct Numbers {
    /// The hashes of path and headline of each, by that of its id.
    articles: FxHashMap<u64, (u64, u64)>,
}

impl Numbers {
    /// Gives `id` to the article `met`; returns whether it may have it: the article that has it has the same headline,
    /// or it is a number of the same file.
    pub(super) fn give(&mut self, id: &ArticleId, met: &Met) -> bool {
        let (path, headline) = (xxh3_64(met.raw.path.as_bytes()), headline(&met.raw));
        let (its_path, its_headline) = *self.articles.entry(id.ord()).or_insert((path, headline));
        let may_have = headline == its_headline || path == its_path && !is_section(id.as_str());
        if may_have {
            self.articles.insert(id.ord(), (path, headline));
        }
        may_have
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Declared;

    fn numbered(id: &str, path: &str, text: &str, url: Option<&str>) -> RawArticle {
        let declared = Declared { url: url.map(str::to_owned), ..Declared::default() };
        RawArticle { id: ArticleId::new(id), path: path.to_owned(), text: text.to_owned(), declared }
    }

    #[test]
    fn numbers_without_an_address_and_addresses_of_sections_may_be_shared() {
        let is = |id: &str, url: Option<&str>| may_be_shared(&numbered(id, "/a", "x", url), true);
        assert!(is("1", None) && is("20250206", None));
        assert!(!is("1", Some("https://contoh.id/a")) && !is("a1", None) && !is("1.csv", None) && !is("-1", None));
        assert!(!may_be_shared(&numbered("1", "/1", "x", None), false));
        for (path, expected) in [
            ("/ekonomi", true),
            ("/index.php", true),
            ("/kategori/ekonomi-bisnis", true),
            ("?kanal=ekonomi", true),
            ("/read/1", false),
            ("/AGHsGS", false),
            ("/berita/harga-beras-naik", false),
            ("/ekonomi/20260108/a", false),
        ] {
            assert_eq!(is(&format!("https://contoh.id{path}"), Some("https://contoh.id/b")), expected, "{path}");
        }
    }

    #[test]
    fn the_address_of_a_section_is_one_headline_s() {
        let mut numbers = Numbers::default();
        let mut give = |path: &str, text: &str| {
            let raw = numbered("https://contoh.id/ekonomi", path, text, None);
            numbers.give(&raw.id.clone(), &Met { content_hash: raw.content_hash(), raw })
        };
        assert!(give("/a", "Harga beras naik.") && !give("/a", "Gula langka."));
        assert!(!give("/b", "Gula langka.") && give("/b", "Harga Beras NAIK"));
    }

    #[test]
    fn a_number_is_one_article_s_in_a_file_and_one_headline_s_beyond() {
        let mut numbers = Numbers::default();
        let mut give = |path: &str, text: &str| {
            let raw = numbered("1", path, text, None);
            numbers.give(&ArticleId::new("1"), &Met { content_hash: raw.content_hash(), raw })
        };
        assert!(give("/a", "Harga beras naik.") && give("/a", "Harga beras turun."));
        assert!(!give("/b", "Gula langka.") && give("/b", "Harga Beras TURUN"));
        assert!(!give("/a", "Gula langka.") && give("/b", "Gula langka."));
    }
}
