//! Articles to documents and back.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;

use super::Fields;
use super::arrivals::Arrival;
use super::contents::Contents;
use super::stored_article::StoredArticle;
use super::texts::{TextCompressor, Texts};
use crate::analysis::{Analyzer, Memo, WordForm};
use crate::article::{Article, ArticleId};

/// The token between two paragraphs in the exact fields: no word is ever cut to it, so that no phrase
/// reaches across them, nor across what was folded or is no body.
const BOUNDARY: &str = "¶";

/// Makes documents of articles; one per thread, for its memory of words.
pub(crate) struct DocumentMaker<'a> {
    analyzer: &'a Analyzer,
    fields: Fields,
    compressor: TextCompressor,
    memo: Memo,
    /// Those of the text at hand; kept for their room.
    tokens: Tokens,
}

impl<'a> DocumentMaker<'a> {
    pub(crate) fn new(analyzer: &'a Analyzer, fields: Fields, texts: Texts) -> Self {
        Self {
            analyzer,
            fields,
            compressor: TextCompressor::new(texts),
            memo: Memo::default(),
            tokens: Tokens::default(),
        }
    }

    /// Returns `text` compressed, as it is stored.
    pub(crate) fn compress(&mut self, text: &str) -> Vec<u8> {
        self.compressor.compress(text)
    }

    /// Returns the document of `article`, which hashed to `content_hash` as received; it lacks what
    /// [`complete`](Self::complete) adds.
    pub(crate) fn document(&mut self, article: &Article, content_hash: u64) -> TantivyDocument {
        let fields = self.fields;
        let mut document = TantivyDocument::with_capacity(document_bytes(article));
        document.add_text(fields.id, article.id.as_str());
        document.add_u64(fields.ord, article.id.ord());
        document.add_text(fields.path, &article.path);
        document.add_u64(fields.content_hash, content_hash);
        if let Some(date) = &article.metadata.date {
            document.add_i64(fields.date, date.value.timestamp());
        }
        for name in outlets(article) {
            let source = self.tokens([name]);
            document.add_text(fields.source, &source.exact);
        }
        let metadata = &article.metadata;
        if let Some(outlet) = metadata.source.as_ref().or(metadata.site.as_ref()) {
            document.add_text(fields.outlet, &outlet.value);
        }
        if let Some(url) = metadata.url.as_ref().filter(|url| *url != article.id.as_str()) {
            document.add_text(fields.url, url);
        }
        let title = self.tokens([&article.text[article.metadata.title.range.clone()]]);
        document.add_text(fields.title_exact, &title.exact);
        document.add_text(fields.title_root, &title.root);
        let body = self.tokens(article.unfolded_body().into_iter().map(|part| &article.text[part]));
        document.add_text(fields.body_exact, &body.exact);
        document.add_text(fields.body_root, &body.root);
        document
    }

    /// Adds what is known of `article` on its arrival, and all of it as it is `stored`.
    pub(crate) fn complete(
        &self,
        document: &mut TantivyDocument,
        article: &Article,
        arrival: &Arrival,
        contents: &Contents,
        stored: &StoredArticle,
    ) {
        for content_hash in &contents.gave_way {
            document.add_u64(self.fields.gave_way, *content_hash);
        }
        document.add_u64(self.fields.arrival, arrival.number.into());
        document.add_u64(self.fields.story, arrival.story);
        if let Some(outlet) = arrival.outlet {
            document.add_u64(self.fields.publisher, outlet);
        }
        for source in sources(article) {
            document.add_u64(self.fields.sources, source);
        }
        document.add_bytes(self.fields.article, stored.bytes());
    }

    fn tokens<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> &Tokens {
        let Self { analyzer, memo, tokens, .. } = self;
        tokens.exact.clear();
        tokens.root.clear();
        for text in texts {
            if !tokens.exact.is_empty() {
                tokens.push_one(BOUNDARY, None);
            }
            analyzer.for_each_word(text, memo, |_, form| tokens.push(form));
        }
        tokens
    }
}

/// Returns how many bytes the document of `article` takes about: its tokens, their roots, its compressed text and
/// what little there is besides. Documents that grow are copied again and again.
fn document_bytes(article: &Article) -> usize {
    /// Of id, path and the figures.
    const REST: usize = 512;
    article.text.len() * 5 / 2 + REST
}

/// Returns the names an article goes by when it is asked for by source: outlet and site, or what it
/// credits where it names no outlet.
fn outlets(article: &Article) -> Vec<&str> {
    let metadata = &article.metadata;
    let credits = metadata.credits.iter().filter(|_| metadata.source.is_none());
    let named = metadata.source.iter().chain(&metadata.site).chain(credits);
    named.map(|found| found.value.as_str()).collect()
}

/// The tokens of a text for both fields, in cells that end with a space: a root stands in the cell of
/// its word, and a cell is empty where the exact field has the token already.
#[derive(Default)]
struct Tokens {
    exact: String,
    root: String,
}

impl Tokens {
    /// Adds the tokens of a word.
    fn push(&mut self, form: &WordForm) {
        let exact = form.exact();
        if form.is_one_token() {
            return self.push_one(exact, form.other_root());
        }
        self.exact.push_str(exact);
        self.exact.push(' ');
        let mut roots = form.root().split(' ');
        for _ in exact.split(' ') {
            self.push_root(roots.next().unwrap_or_default(), exact);
        }
        // A root of more tokens than its word takes cells of the words behind: it is found, if further on.
        roots.for_each(|root| self.push_root(root, exact));
    }

    /// Adds a word of one token, with its root where that is another.
    fn push_one(&mut self, exact: &str, root: Option<&str>) {
        self.exact.push_str(exact);
        self.exact.push(' ');
        self.root.push_str(root.unwrap_or_default());
        self.root.push(' ');
    }

    fn push_root(&mut self, root: &str, exact: &str) {
        if !exact.split(' ').any(|token| token == root) {
            self.root.push_str(root);
        }
        self.root.push(' ');
    }
}

/// Returns the hashes of the ids of the other articles that folds and links of `article` point at.
pub(super) fn sources(article: &Article) -> BTreeSet<u64> {
    let folds = article.folds.iter().filter_map(|fold| fold.article.as_ref());
    folds.chain(article.links.iter().map(|link| &link.article)).map(ArticleId::ord).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Declared, RawArticle};
    use crate::index::cells::CellTokenizer;

    #[test]
    fn a_root_stands_in_the_cell_of_its_word_where_it_differs() {
        let analyzer = Analyzer::indonesian();
        let mut maker = DocumentMaker::new(&analyzer, Fields::schema().1, Texts::default());
        let tokens = maker.tokens(["Petani menulis COVID-19", "5/1/2026 dan anak-anak"]);
        assert_eq!(tokens.exact, "petani menulis covid 19 ¶ 5 1 2026 dan anak-anak ");
        assert_eq!(tokens.root, "tani tulis covid19   2026-01-05 januari   anak ");
    }

    #[test]
    fn an_article_comes_back_from_its_document() {
        let raw = RawArticle {
            id: ArticleId::new("a.txt"),
            path: "/a.txt".to_owned(),
            text: "Judul berita hari ini\n\nJAKARTA - Isi berita.\n".to_owned(),
            declared: Declared::default(),
        };
        let article = crate::clean::clean(raw);
        let (schema, fields) = Fields::schema();
        let analyzer = Analyzer::indonesian();
        let texts = Texts::default();
        let mut maker = DocumentMaker::new(&analyzer, fields, texts.clone());
        let mut document = maker.document(&article, 1);
        let arrival = Arrival { number: 0, story: 1, outlet: None };
        let stored = StoredArticle::new(&article, &maker.compress(&article.text));
        maker.complete(&mut document, &article, &arrival, &Contents::of(1), &stored);
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(CellTokenizer::NAME, CellTokenizer::default());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.add_document(document).unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let stored: StoredArticle = searcher.doc(tantivy::DocAddress::new(0, 0)).unwrap();
        assert_eq!(stored.decode(&texts).unwrap(), article);
    }
}
