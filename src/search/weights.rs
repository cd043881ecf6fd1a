//! The weights of the ranking, all in this one place.
//!
//! Set by measurement, never by taste.

/// The weight of each field in the first stage, for a clause that is a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldWeights {
    pub(super) title_exact: f32,
    pub(super) title_root: f32,
    pub(super) body_exact: f32,
    pub(super) body_root: f32,
}

/// The surface form weighs more than the root, which brings together words that only share an
/// origin (*pendapatan* and *dapat*).
pub(super) const FIELDS: FieldWeights =
    FieldWeights { title_exact: 0.5, title_root: 0.3, body_exact: 1.0, body_root: 0.6 };
