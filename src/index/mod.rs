//! The index on disk: articles as tantivy documents, written in batches that are each one commit, read by many.
//!
//! The only module, with the embedded backend in `search`, that knows tantivy. It stores each
//! article whole, so that whatever is derived from a text can be derived again, and prints nothing.

mod arrivals;
mod budget;
mod catalog;
mod cells;
mod check;
mod checksums;
mod contents;
mod dense_set;
mod dictionaries;
mod directory;
mod document;
mod fingerprints;
mod guard;
mod held;
mod in_order;
mod intake;
mod lock;
mod lone;
mod maintenance;
mod merging;
mod numbers;
mod outlets;
mod parts;
mod pipeline;
mod reader;
mod rebuild;
mod repeaters;
mod run;
mod schema;
mod settings;
mod shelf;
mod spill;
mod stored_article;
mod stories;
mod texts;
mod tokenizer;
mod update;
mod writer;

pub use check::{CheckReport, Fault, Remedy, check};
pub use checksums::FileFault;
pub(crate) use dense_set::DenseSet;
pub use dictionaries::read_dictionaries;
pub(crate) use lone::LoneStories;
pub use maintenance::{CompactReport, compact, remove};
pub use outlets::OutletCount;
pub(crate) use outlets::by_folded_name;
pub use parts::LostArticle;
pub use reader::{Index, IndexStats};
pub use rebuild::{RebuildReport, rebuild};
pub use repeaters::{MAX_REPEATERS, Repeaters};
pub(crate) use schema::Fields;
pub use settings::{FORMAT, Settings};
pub use stories::{Member, Story, StoryOrder};
pub use tokenizer::{IndonesianTokenStream, IndonesianTokenizer, TokenField};
pub use update::{Busy, Duplicates, Progress, Prune, UpdateOptions, UpdateReport, Writes, update, update_observed};
pub use writer::{POSTINGS_BYTES, WriterOptions};
