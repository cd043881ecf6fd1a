//! The integration tests: the built program on `seeds/` and on folders made for the test.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agreement;
mod cli;
mod damage;
mod duplicates;
mod eval;
mod flow;
mod formats;
mod hints;
mod life;
mod pages;
mod readme;
mod receipts;
mod repeats;
mod results;
mod schema;
mod seeds;
mod stories;
mod support;
mod updating;
