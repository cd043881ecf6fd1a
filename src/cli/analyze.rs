//! `kliping analyze`

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kliping::analysis::{Analyzer, Memo, Word};
use kliping::error::Error;

use super::exit::{Failure, Status};
use super::free_text::free_text;

const EXAMPLES: &str = "\
Examples:
  kliping analyze \"Anak-anak menulis pada 30/11/2025\"
  kliping analyze --format json \"pertanggungjawabannya\"
  kliping analyze --words words.txt       `word<TAB>root` for each line of a file";

/// Show how text is cut into words and what their roots are.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The text; `-` is standard input
    #[arg(value_name = "TEXT", required_unless_present = "words", value_parser = free_text)]
    text: Vec<String>,

    /// Print `word<TAB>root` for each line of a file; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text", "format"])]
    words: Option<PathBuf>,

    /// Format of the output
    #[arg(long, value_enum, default_value = "text")]
    format: FormatChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatChoice {
    /// A table
    Text,
    /// One document
    Json,
}

impl Arguments {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<Status, Failure> {
        let analyzer = Analyzer::indonesian();
        if let Some(file) = &self.words {
            write_roots(&analyzer, file, out)?;
            return Ok(Status::Done);
        }
        let text = self.text()?;
        let words = analyzer.analyze(&text);
        let written = match self.format {
            FormatChoice::Text => write_table(out, &text, &words),
            FormatChoice::Json => write_json(out, &text, &words),
        };
        written.map_err(Failure::output)?;
        Ok(Status::Done)
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
    let io_error = |source| Error::Io { doing: "read", path: file.into(), source };
    let input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).map_err(io_error)?))
    };
    let mut memo = Memo::default();
    for line in input.lines() {
        let line = line.map_err(io_error)?;
        let mut roots = Vec::new();
        analyzer.for_each_word(&line, &mut memo, |_, form| roots.push(form.root().to_owned()));
        writeln!(out, "{line}\t{}", roots.join(" ")).map_err(Failure::output)?;
    }
    Ok(())
}

fn write_table(out: &mut impl Write, text: &str, words: &[Word]) -> io::Result<()> {
    writeln!(out, "start\tend\tword\texact\troot\tstop word")?;
    for Word { range, form } in words {
        let stop_word = if form.is_stop_word() { "yes" } else { "no" };
        let surface = kliping::output::printable(&text[range.clone()]);
        writeln!(out, "{}\t{}\t{surface}\t{}\t{}\t{stop_word}", range.start, range.end, form.exact(), form.root())?;
    }
    Ok(())
}

fn write_json(out: &mut impl Write, text: &str, words: &[Word]) -> io::Result<()> {
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
    }
    let words = words
        .iter()
        .map(|Word { range, form }| JsonWord {
            start: range.start,
            end: range.end,
            word: &text[range.clone()],
            exact: form.exact().split(' ').collect(),
            root: form.root().split(' ').collect(),
            stop_word: form.is_stop_word(),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &Json { schema: "kliping.analysis/1", words })?;
    writeln!(out)
}
