//! From what a person types to a [`Plan`] that no engine has a say in.
//!
//! Reading never fails: whatever is not syntax is words, and the plan says how it was read.

mod plan;
mod syntax;

pub use plan::{Clause, ClauseKind, Note, Plan};
pub use syntax::read;
