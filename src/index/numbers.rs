//! Numbers as ids: files of records count from 1, so one that stands without an address names an article within its
//! file.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::pipeline::Met;
use crate::article::{ArticleId, RawArticle};

/// How an article is named whose record brings a number as its id.
pub(super) enum Numbered {
    /// By the number, unless another article has it; this is the article as its place names it.
    Own(Box<Met>),
    /// By its place: an article of another file has the number.
    ByPlace,
}

/// Returns whether the id of `raw` is a number, and no address stands beside it.
pub(super) fn is_numbered(raw: &RawArticle) -> bool {
    raw.declared.url.is_none() && raw.id.as_str().bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the hash of what `raw` is called, by which an article is known in another file: its title, else how its
/// text begins.
pub(super) fn headline(raw: &RawArticle) -> u64 {
    const MOST_LETTERS: usize = 100;
    let title = raw.declared.title.clone().and_then(|title| raw.text.get(title));
    let letters = title.unwrap_or(&raw.text).chars().filter(|c| c.is_alphanumeric()).take(MOST_LETTERS);
    xxh3_64(letters.flat_map(char::to_lowercase).collect::<String>().as_bytes())
}

/// The articles of a run that numbers name.
#[derive(Default)]
pub(super) struct Numbers {
    /// The hashes of path and headline of each, by that of its id.
    articles: FxHashMap<u64, (u64, u64)>,
}

impl Numbers {
    /// Gives the number `id` to the article `met`; returns whether it may have it: the article that has it is of the
    /// same file, or has the same headline.
    pub(super) fn give(&mut self, id: &ArticleId, met: &Met) -> bool {
        let (path, headline) = (xxh3_64(met.raw.path.as_bytes()), headline(&met.raw));
        let (its_path, its_headline) = *self.articles.entry(id.ord()).or_insert((path, headline));
        let may_have = path == its_path || headline == its_headline;
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
    fn a_number_without_an_address_is_one() {
        let is = |id: &str, url: Option<&str>| is_numbered(&numbered(id, "/a", "x", url));
        assert!(is("1", None) && is("20250206", None));
        assert!(!is("1", Some("https://contoh.id/a")) && !is("a1", None) && !is("1.csv", None) && !is("-1", None));
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
