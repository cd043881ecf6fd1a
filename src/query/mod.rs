//! From what a person types to a [`Plan`] that no engine has a say in.
//!
//! Reading never fails: whatever is not syntax is words, and the plan says how it was read.

mod days;
mod distance;
mod lex;
mod plan;
mod spelling;
mod synonyms;
mod syntax;
mod token;

pub use days::{Days, parse_days};
pub(crate) use distance::is_within;
pub use plan::{Boost, Clause, ClauseKind, Note, Plan, Presence, Scope};
pub(crate) use spelling::{are_variants, modern_spelling};
pub use syntax::read;
pub(crate) use syntax::{read_title, read_with};
pub(crate) use token::{Telling, is_whole, telling, telling_roots};

#[cfg(test)]
mod agreement;
