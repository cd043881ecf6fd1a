//! Answers that were kept as JSON, read again.

use std::io::Read;

use serde::Deserialize;
use serde::de::Error as _;

use crate::error::{Error, Result};
use crate::search::{FacetCounts, Receipt, RecordedAnswer, RecordedHit};

/// What `search` writes as JSON: an answer or a list of them.
#[derive(Deserialize)]
struct Document {
    searches: Option<Vec<RecordedAnswer>>,
    id: Option<String>,
    receipt: Option<Receipt>,
    articles: Option<usize>,
    stories: Option<usize>,
    #[serde(default)]
    facets: Vec<FacetCounts>,
    hits: Option<Vec<RecordedHit>>,
}

impl Document {
    fn answers(self) -> serde_json::Result<Vec<RecordedAnswer>> {
        let Self { searches, id, receipt, articles, stories, facets, hits } = self;
        if let Some(searches) = searches {
            return Ok(searches);
        }
        let receipt = receipt.ok_or_else(|| serde_json::Error::missing_field("receipt"))?;
        let hits = hits.ok_or_else(|| serde_json::Error::missing_field("hits"))?;
        Ok(vec![RecordedAnswer { id, receipt, articles, stories, facets, hits }])
    }
}

/// Reads the answers that `search` gave as JSON, in one document or in one after the other; `file` is the name of the
/// input in messages.
///
/// # Errors
/// Returns [`Error::AnswerUnreadable`] where it is no such document or an answer has no receipt.
pub fn read_recorded(input: impl Read, file: &str) -> Result<Vec<RecordedAnswer>> {
    let unreadable = |source| Error::AnswerUnreadable { file: file.to_owned(), source };
    let mut answers = Vec::new();
    let documents = serde_json::Deserializer::from_reader(input).into_iter::<Document>();
    for document in documents {
        answers.extend(document.and_then(Document::answers).map_err(unreadable)?);
    }
    if answers.is_empty() {
        return Err(unreadable(serde_json::Error::custom("it holds no answer")));
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, cause: &str) {
        let error = read_recorded(text.as_bytes(), "a.json").unwrap_err();
        let cause_is = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause_is.contains(cause), "{text:?}: {cause_is}");
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        check_refused("", "it holds no answer");
        check_refused("{\"searches\":[]}", "it holds no answer");
        check_refused("{\"hits\":[]}", "missing field `receipt`");
        check_refused("{\"searches\":[{\"hits\":[]}]}", "missing field `receipt`");
        check_refused("1,2", "invalid type");
        check_refused("{", "EOF");
    }
}
