//! What is asked.

/// What to search for and how much to return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// The query as typed; any text is good.
    pub query: String,
    /// Hits to return at most.
    pub limit: usize,
    /// Hits to pass over first.
    pub offset: usize,
    /// Whether to count every match.
    pub count: Count,
}

/// Whether to count every article that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Count them exactly.
    Exact,
    /// Do not: the search may pass over articles that cannot reach the best ones.
    Skip,
}

impl SearchRequest {
    /// Hits of a page.
    pub const DEFAULT_LIMIT: usize = 10;

    /// Returns a request for the first page of `query`, with an exact count.
    #[must_use]
    pub fn new(query: &str) -> Self {
        Self { query: query.to_owned(), limit: Self::DEFAULT_LIMIT, offset: 0, count: Count::Exact }
    }
}
