//! Full-text search for Indonesian news.
//!
//! Kliping (Indonesian: press clippings) reads articles as they come, recovers what they say of
//! themselves, folds repeated passages, and answers queries with ranked articles and the sentences
//! that matter.
//!
//! ```
//! use kliping::analysis::Analyzer;
//! use kliping::index::{Index, UpdateOptions, update};
//! use kliping::search::{SearchRequest, search};
//!
//! let folder = tempfile::tempdir()?;
//! let articles = folder.path().join("berita");
//! std::fs::create_dir(&articles)?;
//! std::fs::write(articles.join("1.txt"), "Harga Beras Naik\n\nJAKARTA - Pedagang menaikkan harga beras pekan ini.\n")?;
//! std::fs::write(articles.join("2.txt"), "Panen Raya di Karawang\n\nKARAWANG - Petani memanen padi lebih awal.\n")?;
//!
//! let path = folder.path().join("index");
//! let report = update(&path, &Analyzer::indonesian(), &[articles], &UpdateOptions::default())?;
//! assert_eq!(report.added, 2);
//!
//! let index = Index::open(&path)?;
//! let response = search(&index, &SearchRequest::new("kenaikan harga"))?;
//! assert_eq!(response.hits[0].title, "Harga Beras Naik");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The modules stand in the order in which text flows through them; each uses only those above it.

pub mod panics;
pub mod error;
pub mod article;
pub mod analysis;
pub mod ingest;
pub mod clean;
pub mod dedup;
pub mod index;
pub mod query;
pub mod snippet;
pub mod search;
pub mod output;
pub mod eval;
