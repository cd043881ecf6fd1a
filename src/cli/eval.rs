//! `kliping eval`

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use kliping::error::Result;
use kliping::eval::{Comparison, Depths, Measures, Qrels, Run, Topics, compare, mean, measure};
use kliping::search::{Count, Duplicates, SearchRequest, rank};
use serde::Serialize;

use super::exit::{Failure, Status};
use super::format::TextOrJson;
use super::input;
use super::number::at_least;
use super::place::Place;

const EXAMPLES: &str = "\
Examples:
  kliping eval --queries tests/relevance/topics.tsv --qrels tests/relevance/qrels.txt
  kliping eval --qrels tests/relevance/qrels.txt --run tests/relevance/run.txt

Measures are those of `trec_eval -c`, and so is the order of a run: by score, equal ones from the last id. Of several \
runs each is compared with the first by a paired randomisation test; p is how likely the difference in nDCG is by chance.";

/// Measure the ranking against relevance judgements.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Judgements: lines of `topic iteration article grade`; `-` is standard input
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,

    /// Queries to run on the index: lines of `id<TAB>query`
    #[arg(long, value_name = "FILE", required_unless_present = "run")]
    queries: Option<PathBuf>,

    /// A run to measure: lines of `topic Q0 article rank score tag`; can be given several times
    #[arg(long, value_name = "FILE")]
    run: Vec<PathBuf>,

    /// Depth of nDCG, MRR and precision
    #[arg(short = 'k', long, value_name = "N", default_value_t = Depths::default().top, value_parser = at_least(1_usize))]
    depth: usize,

    /// Depth of recall
    #[arg(long, value_name = "N", default_value_t = Depths::default().recall, value_parser = at_least(1_usize))]
    recall_depth: usize,

    /// Format of the output; JSON holds the measures of every topic
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

/// A run and how good it is.
#[derive(Serialize)]
struct Measured {
    run: String,
    topics: usize,
    mean: Measures,
    /// Against the first run.
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison>,
    by_topic: BTreeMap<String, Measures>,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> std::result::Result<Status, Failure> {
        let qrels = Qrels::read(input::open(&self.qrels)?, &self.qrels.display().to_string())?;
        let mut runs = Vec::new();
        if let Some(queries) = &self.queries {
            runs.push(("kliping".to_owned(), self.search(place, queries)?));
        }
        for file in &self.run {
            let name = file.display().to_string();
            runs.push((name.clone(), Run::read(input::open(file)?, &name)?));
        }
        let measured = self.measured(&qrels, runs);
        let written = match self.format {
            TextOrJson::Text => self.write_text(out, &measured),
            TextOrJson::Json => self.write_json(out, &measured),
        };
        written.map_err(Failure::output)?;
        Ok(Status::Done)
    }

    /// Runs every query, as deep as any measure looks but MAP, which takes what there is.
    fn search(&self, place: &Place, queries: &Path) -> Result<Run> {
        let topics = Topics::read(input::open(queries)?, &queries.display().to_string())?.all()?;
        let index = place.open()?;
        let limit = self.depth.max(self.recall_depth);
        let mut run = Run::default();
        for topic in topics {
            // Articles are judged one by one, copies too.
            let duplicates = Duplicates::Show;
            let request = SearchRequest { limit, count: Count::Skip, duplicates, ..SearchRequest::new(&topic.query) };
            run.insert(&topic.id, rank(&index, &request)?.into_iter().map(|ranked| ranked.id));
        }
        Ok(run)
    }

    fn measured(&self, qrels: &Qrels, runs: Vec<(String, Run)>) -> Vec<Measured> {
        let depths = Depths { top: self.depth, recall: self.recall_depth };
        let mut measured: Vec<Measured> = Vec::new();
        for (name, run) in runs {
            let by_topic = measure(qrels, &run, depths);
            let comparison = measured.first().map(|base| compare(&base.by_topic, &by_topic));
            let (topics, mean) = (by_topic.len(), mean(&by_topic));
            measured.push(Measured { run: name, topics, mean, comparison, by_topic });
        }
        measured
    }

    fn write_text(&self, out: &mut impl Write, measured: &[Measured]) -> io::Result<()> {
        let (k, recall) = (self.depth, self.recall_depth);
        let width = measured.iter().map(|one| one.run.chars().count()).max().unwrap_or(0).max("run".len());
        let names = [
            format!("nDCG@{k}"),
            format!("MRR@{k}"),
            "MAP".into(),
            format!("R@{recall}"),
            format!("P@{k}"),
            "S@1".into(),
        ];
        write!(out, "{:width$}", "run")?;
        names.iter().try_for_each(|name| write!(out, "  {name:>7}"))?;
        writeln!(out, "  topics")?;
        for Measured { run, topics, mean, comparison, .. } in measured {
            write!(out, "{run:width$}")?;
            let values = [mean.ndcg, mean.mrr, mean.map, mean.recall, mean.precision, mean.success_at_1];
            values.iter().try_for_each(|value| write!(out, "  {value:7.4}"))?;
            write!(out, "  {topics:6}")?;
            if let Some(Comparison { difference, p }) = comparison {
                write!(out, "  {difference:+.4} p={p:.4}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_json(&self, out: &mut impl Write, runs: &[Measured]) -> io::Result<()> {
        let (depth, recall_depth) = (self.depth, self.recall_depth);
        let document = serde_json::json!({
            "schema": "kliping.eval/1", "depth": depth, "recall_depth": recall_depth, "runs": runs,
        });
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}
