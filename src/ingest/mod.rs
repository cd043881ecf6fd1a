//! From files to articles as received: walking folders, opening what is packed, telling formats,
//! decoding.
//!
//! The first stage. It reads the disk and judges no content: what holds no article is skipped with a
//! reason and never stops the rest. Files are cut into documents one after the other
//! ([`read_documents`]); each is parsed by itself ([`Document::parse`]), on any thread.

mod day_order;
mod decode;
mod document;
mod documents;
mod feed;
mod feed_parts;
mod feed_repair;
mod fields;
mod format;
mod front_matter;
mod guard;
mod gzip_members;
mod html;
mod json;
mod json_text;
mod labels;
mod main_text;
mod markdown;
mod markup;
mod options;
mod page_meta;
mod path_text;
mod received;
mod repair;
mod role;
mod shortcodes;
mod skip;
mod stream;
mod surplus;
mod surroundings;
mod table;
mod teasers;
mod tree;
mod walk;
mod warc;
mod wrapped;

pub use decode::decode;
pub use document::{Document, FallbackId, Origin};
pub use documents::read_documents;
pub use format::Format;
pub use options::{Fields, MAX_DOCUMENT_BYTES, ReadOptions};
pub(crate) use path_text::path_of_text;
pub use repair::repair;
pub use role::Role;
pub use skip::{Skip, SkipReason};
pub use walk::{FoundFile, STANDARD_INPUT, walk};
pub(crate) use walk::{INDEX_MARK, resolved};
