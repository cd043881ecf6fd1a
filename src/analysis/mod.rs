//! Indonesian analysis: text to words, words to tokens.
//!
//! Serves every later stage; knows nothing of articles. Each word of a text gives tokens for two
//! fields: **exact**, the folded surface form, and **root**, the base of its word family. The
//! tokens of a text, joined by one space, can be indexed by any engine with a white space
//! tokenizer: one token a position, no white space inside, at most [`MAX_TOKEN_BYTES`] bytes.

mod analyzer;
mod dictionaries;
mod english;
mod fold;
mod hyphens;
mod memo;
mod number;
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
pub(crate) use number::{month, with_century};
pub use reading::{ReadingKind, WordExplanation};
pub(crate) use scan::alphanumeric_len;
pub(crate) use sentence::is_top_level_domain;
pub use sentence::sentences;
pub use stop_words::StopWords;
pub use synonyms::{Expression, SynonymMatch, Synonyms};
pub use word_form::{MAX_TOKEN_BYTES, WordForm};
