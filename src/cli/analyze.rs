//! `kliping analyze`

use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use kliping::analysis::stemmer::Explanation;
use kliping::analysis::{Analyzer, Memo, ReadingKind, Word, WordExplanation};
use kliping::error::Error;
use kliping::output::printable;

use super::exit::{Failure, Status};
use super::format::TextOrJson;
use super::free_text::free_text;
use super::input;
use super::place::Place;

const EXAMPLES: &str = "\
Examples:
  kliping analyze \"Anak-anak menulis pada 30/11/2025\"
  kliping analyze --format json \"pertanggungjawabannya\"
  kliping analyze menargetkan             one word: why it has its root
  kliping analyze --explain \"pertanggungjawaban mereka\"
  kliping analyze --words words.txt       `word<TAB>root` for each line of a file";

/// Show how text is cut into words and what their roots are.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The text; `-` is standard input
    #[arg(value_name = "TEXT", required_unless_present = "words", value_parser = free_text)]
    text: Vec<String>,

    /// Show every analysis that was considered, also where there is more than one word
    #[arg(long)]
    explain: bool,

    /// Print `word<TAB>root` for each line of a file; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text", "format", "explain"])]
    words: Option<PathBuf>,

    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

/// A word and, where that was asked for, why it has its tokens.
struct ExplainedWord {
    word: Word,
    explanation: Option<WordExplanation>,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> Result<Status, Failure> {
        let analyzer = place.analyzer()?;
        if let Some(file) = &self.words {
            write_roots(&analyzer, file, out)?;
            return Ok(Status::Done);
        }
        let text = self.text()?;
        let words = self.explained(&analyzer, &text);
        let written = match self.format {
            TextOrJson::Text => write_table(out, &text, &words),
            TextOrJson::Json => write_json(out, &text, &words),
        };
        written.map_err(Failure::output)?;
        Ok(Status::Done)
    }

    /// Returns the words of `text`, explained where that was asked for or there is but one.
    fn explained(&self, analyzer: &Analyzer, text: &str) -> Vec<ExplainedWord> {
        let words = analyzer.analyze(text);
        if !self.explain && words.len() != 1 {
            return words.into_iter().map(|word| ExplainedWord { word, explanation: None }).collect();
        }
        let explained = analyzer.explain_all(text).into_iter();
        explained.map(|(word, why)| ExplainedWord { word, explanation: Some(why) }).collect()
    }

    fn text(&self) -> Result<String, Error> {
        if self.text != ["-"] {
            return Ok(self.text.join(" "));
        }
        let mut text = String::new();
        let read = io::stdin().lock().read_to_string(&mut text);
        read.map_err(|source| Error::Io { doing: "read", path: "-".into(), source })?;
        Ok(text)
    }
}

/// Writes each line of `file` and the root tokens of its words.
fn write_roots(analyzer: &Analyzer, file: &Path, out: &mut impl Write) -> Result<(), Failure> {
    let mut memo = Memo::default();
    for line in input::open(file)?.lines() {
        let line = line.map_err(|source| Error::Io { doing: "read", path: file.into(), source })?;
        let mut roots = Vec::new();
        analyzer.for_each_word(&line, &mut memo, |_, form| roots.push(form.root().to_owned()));
        writeln!(out, "{line}\t{}", roots.join(" ")).map_err(Failure::output)?;
    }
    Ok(())
}

fn write_table(out: &mut impl Write, text: &str, words: &[ExplainedWord]) -> io::Result<()> {
    writeln!(out, "start\tend\tword\texact\troot\tstop word")?;
    for ExplainedWord { word: Word { range, form }, .. } in words {
        let stop_word = if form.is_stop_word() { "yes" } else { "no" };
        let surface = printable(&text[range.clone()]);
        writeln!(out, "{}\t{}\t{surface}\t{}\t{}\t{stop_word}", range.start, range.end, form.exact(), form.root())?;
    }
    for ExplainedWord { word: Word { range, form }, explanation } in words {
        let Some(WordExplanation { reading, stems }) = explanation else { continue };
        let surface = printable(&text[range.clone()]);
        if *reading != ReadingKind::Word {
            writeln!(out, "\n{surface}: {}", reading.reason())?;
        }
        if form.is_stop_word() {
            writeln!(out, "\n{surface}: a stop word, which a query leaves out where it has other words")?;
        }
        stems.iter().try_for_each(|stem| write_stem(out, stem))?;
    }
    Ok(())
}

/// Writes a word, its winning analysis, and every analysis with its cost, the cheapest first.
fn write_stem(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    writeln!(out, "\n{} = {explanation}", printable(&explanation.word))?;
    explanation.analyses.iter().try_for_each(|analysis| writeln!(out, "{:>6}  {analysis}", analysis.cost))
}

fn write_json(out: &mut impl Write, text: &str, words: &[ExplainedWord]) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Json<'a> {
        schema: &'static str,
        words: Vec<JsonWord<'a>>,
    }
    #[derive(serde::Serialize)]
    struct JsonWord<'a> {
        start: usize,
        end: usize,
        word: &'a str,
        exact: Vec<&'a str>,
        root: Vec<&'a str>,
        stop_word: bool,
        reading: Option<ReadingKind>,
        explanations: &'a [Explanation],
    }
    let words = words
        .iter()
        .map(|ExplainedWord { word: Word { range, form }, explanation }| JsonWord {
            start: range.start,
            end: range.end,
            word: &text[range.clone()],
            exact: form.exact().split(' ').collect(),
            root: form.root().split(' ').collect(),
            stop_word: form.is_stop_word(),
            reading: explanation.as_ref().map(|explanation| explanation.reading),
            explanations: explanation.as_ref().map_or(&[], |explanation| &explanation.stems),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &Json { schema: "kliping.analysis/1", words })?;
    writeln!(out)
}
