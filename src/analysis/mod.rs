//! Indonesian analysis: text to words, words to tokens.
//!
//! Serves every later stage; knows nothing of articles or of any index, so it can be used alone. Each word of a text
//! gives tokens for two fields: **exact**, the folded surface form, and **root**, the base of its word family. The
//! tokens of a text, joined by one space, can be indexed by any engine with a white space tokenizer: one token a
//! position, no white space inside, at most [`MAX_TOKEN_BYTES`] bytes. The module that builds indexes has a tokenizer
//! for tantivy over it.
//!
//! ```
//! use kliping::analysis::Analyzer;
//!
//! let text = "Anak-anak AI-nya menargetkan Rp1,5 juta pada 30/11/2025.";
//! let words = Analyzer::indonesian().analyze(text);
//! let tokens: Vec<(&str, &str, &str)> =
//!     words.iter().map(|word| (&text[word.range.clone()], word.form.exact(), word.form.root())).collect();
//! assert_eq!(tokens, [
//!     ("Anak-anak", "anak-anak", "anak"),
//!     ("AI-nya", "ai nya", "ai"),
//!     ("menargetkan", "menargetkan", "target"),
//!     ("Rp1,5", "rp 1.5", "rp 1500000"),
//!     ("juta", "juta", "juta"),
//!     ("pada", "pada", "pada"),
//!     ("30/11/2025", "30 11 2025", "2025-11-30 november 2025"),
//! ]);
//! ```
//!
//! # How a text becomes tokens
//!
//! 1. Words are cut at Unicode word boundaries (UAX #29); hyphen groups, domains, numbers with their marks and dates
//!    stay whole. The range of a word always slices the text as it was given.
//! 2. Each word is read as what it is ([`ReadingKind`]): a doubled word, a number, a day, a compound …, or plainly a word.
//!    A number is read with what follows: *30* before *November 2025* begins a day, *1,5* before *juta* is 1500000.
//! 3. Surface forms are folded ([`fold`]): NFKC, small letters, no diacritics, apostrophes or invisible characters.
//! 4. The [`stemmer`] gives the root. Capitals count: a capitalised word may be a name, a short word in capitals is an
//!    acronym, but in a text of capitals alone they say nothing.
//!
//! # Names
//!
//! A name keeps all but its clitics, whatever affix it seems to have. It is told by a table (places, people, companies),
//! by its capital where its small letters are a word (*Raihan*, but *raihan medali*, and no name at the start of a
//! sentence), by affixes that hardly stand in capitalised words (*Dewani*), and by a word for a place before it (*Desa
//! Menawan*). The surface form is a token of its own, so a query in small letters meets a name however it was read; where
//! the name is inflected (*Bulaninya*), [`Analyzer::root_as_name`] gives the root that it has as a name.
//!
//! ```
//! use kliping::analysis::Analyzer;
//!
//! let roots = |text: &str| -> Vec<String> {
//!     Analyzer::indonesian().analyze(text).iter().map(|word| word.form.root().to_owned()).collect()
//! };
//! assert_eq!(roots("banjir di Desa Menawan"), ["banjir", "di", "desa", "menawan"]);
//! assert_eq!(roots("desa yang menawan"), ["desa", "yang", "tawan"]);
//! ```
//!
//! # How to search with it
//!
//! Index both fields, or in the root field only roots that differ from the surface form. Look for a word of a query by
//! its surface form among surface forms, and by its root among both; let the surface form weigh more, for roots bring
//! together what only shares an origin. [`WordForm::is_stop_word`] tells words to leave out of a query, never of an
//! index. [`Analyzer::root_as_name`] gives the root to look for beside, where small letters hide a name, and
//! [`Analyzer::synonyms`] what else says the same, for a lower weight and never inside quotation marks. Queries and texts have to be analysed by equal analyzers:
//! [`Analyzer::identity`] tells, and is worth storing with an index.
//!
//! # Words of your own, reasons, speed
//!
//! [`Dictionaries`] add stop words, roots, exceptions, names and synonyms. [`Analyzer::explain`] says why a word has its
//! tokens. An analyzer is built in a few milliseconds, is immutable, and serves all threads; a [`Memo`] for each thread
//! makes [`Analyzer::for_each_word`] several times as fast and changes nothing. A memo belongs to one analyzer. Nothing here
//! reads a file, a clock or the environment, and no text makes it panic. The rules, tables and lists are
//! Kliping's own; English words get their Snowball stem.

mod analyzer;
mod dictionaries;
mod english;
mod fold;
mod hyphens;
mod memo;
mod number;
mod places;
mod reading;
mod scan;
mod sentence;
pub mod stemmer;
mod stop_words;
mod synonyms;
mod word_form;

pub use analyzer::{Analyzer, AnalyzerIdentity, Word};
pub use dictionaries::{Dictionaries, DictionaryFile, Fault, LineFault};
pub use fold::fold;
pub(crate) use fold::is_invisible;
pub use memo::Memo;
pub(crate) use memo::{LentMemo, Memos};
pub(crate) use number::{is_day, month, with_century};
pub use reading::{ReadingKind, WordExplanation};
pub(crate) use scan::leading_alphanumerics;
pub(crate) use sentence::is_top_level_domain;
pub use sentence::sentences;
pub use stop_words::StopWords;
pub use synonyms::{Expression, SynonymMatch, Synonyms};
pub(crate) use word_form::mark;
pub use word_form::{MAX_TOKEN_BYTES, WordForm};
