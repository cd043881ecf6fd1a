//! Judgements and runs, as TREC writes them.

use std::collections::BTreeMap;
use std::io::BufRead;

use crate::error::{Error, Result};

/// What is relevant to each topic: topic, article, grade. Grades of zero and below are not relevant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Qrels {
    topics: BTreeMap<String, BTreeMap<String, u32>>,
}

/// The articles found for each topic, best first, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    topics: BTreeMap<String, Vec<String>>,
}

impl Qrels {
    /// Reads lines of `topic iteration article grade`. `name` is what errors call the input.
    ///
    /// # Errors
    /// Returns [`Error::TrecLine`] for a line of another shape, [`Error::Io`] where the input cannot
    /// be read.
    pub fn read(input: impl BufRead, name: &str) -> Result<Self> {
        let mut qrels = Self::default();
        for_each_line(input, name, "topic iteration article grade", |fields| {
            let [topic, _, article, grade, ..] = fields else { return None };
            let grade: i64 = grade.parse().ok()?;
            let topic = qrels.topics.entry((*topic).to_owned()).or_default();
            topic.insert((*article).to_owned(), u32::try_from(grade.max(0)).ok()?);
            Some(())
        })?;
        Ok(qrels)
    }

    /// Returns the topics to which something is relevant, with the grades of their articles.
    pub(super) fn topics(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, u32>)> {
        let judged = self.topics.iter().filter(|(_, grades)| grades.values().any(|grade| *grade > 0));
        judged.map(|(topic, grades)| (topic.as_str(), grades))
    }
}

impl Run {
    /// Reads lines of `topic Q0 article rank score tag`, ordered as `trec_eval` orders them: by score, a number of
    /// single precision, and from the last id to the first where scores are equal; the rank counts for nothing. `name`
    /// is what errors call the input.
    ///
    /// # Errors
    /// As [`Qrels::read`].
    pub fn read(input: impl BufRead, name: &str) -> Result<Self> {
        let mut hits: BTreeMap<String, Vec<(f32, String)>> = BTreeMap::new();
        for_each_line(input, name, "topic Q0 article rank score tag", |fields| {
            let [topic, _, article, _, score, ..] = fields else { return None };
            let score: f32 = score.parse().ok().filter(|score: &f32| !score.is_nan())?;
            hits.entry((*topic).to_owned()).or_default().push((score, (*article).to_owned()));
            Some(())
        })?;
        let mut run = Self::default();
        for (topic, mut hits) in hits {
            hits.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(&a.1)));
            run.insert(&topic, hits.into_iter().map(|(_, article)| article));
        }
        Ok(run)
    }

    /// Adds what was found for `topic`, best first; an article that comes again is passed over.
    pub fn insert(&mut self, topic: &str, articles: impl IntoIterator<Item = String>) {
        let mut seen = rustc_hash::FxHashSet::default();
        let each_once = articles.into_iter().filter(|article| seen.insert(article.clone())).collect();
        self.topics.insert(topic.to_owned(), each_once);
    }

    /// Returns what was found for `topic`.
    pub(super) fn articles(&self, topic: &str) -> &[String] {
        self.topics.get(topic).map_or(&[], Vec::as_slice)
    }
}

/// Calls `read` with the fields of each line that is not blank; `None` is a fault of the line.
fn for_each_line(
    input: impl BufRead,
    name: &str,
    shape: &'static str,
    mut read: impl FnMut(&[&str]) -> Option<()>,
) -> Result<()> {
    for (line, text) in (1..).zip(input.lines()) {
        let text = text.map_err(|source| Error::io("read", name, source))?;
        let fields: Vec<&str> = text.split_whitespace().collect();
        if !fields.is_empty() {
            read(&fields).ok_or_else(|| Error::TrecLine { file: name.to_owned(), line, shape })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_ordered_by_score_and_then_from_the_last_id() {
        let lines = "t Q0 b 1 2.00000001 x\nt Q0 a 3 2.5 x\nt Q0 c - 2.0 x\nt Q0 a 4 1.0 x\n";
        let run = Run::read(lines.as_bytes(), "r").unwrap();
        assert_eq!(run.articles("t"), ["a", "c", "b"]);
        assert!(run.articles("u").is_empty());
    }

    #[test]
    fn a_line_of_another_shape_is_named() {
        let error = Qrels::read("t 0 a 1\n\nt 0 a\n".as_bytes(), "qrels.txt").unwrap_err();
        assert_eq!(error.to_string(), "line 3 of `qrels.txt` is not `topic iteration article grade`");
        assert!(Run::read("t Q0 a 1 NaN x".as_bytes(), "run").is_err());
    }

    #[test]
    fn topics_without_a_relevant_article_are_left_out() {
        let qrels = Qrels::read("t 0 a 0\nu 0 a 2\nu 0 b -1\n".as_bytes(), "q").unwrap();
        assert_eq!(qrels.topics().map(|(topic, _)| topic).collect::<Vec<_>>(), ["u"]);
    }
}
