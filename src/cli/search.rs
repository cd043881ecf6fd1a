//! `kliping search`

use std::io::Write;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;
use kliping::error::{Error, Result};
use kliping::eval::{Topic, Topics};
use kliping::index::Index;
use kliping::output::{Printer, Queries, SINGLE_QUERY_ID, printable};
use kliping::search::{
    Count, Cursor, Duplicates, Explain, Facet, Ranking, SearchRequest, SearchResponse, Sort, UnreadableArticle,
    rank_observed, search_observed,
};

use super::exit::{Failure, Status};
use super::filters::FilterArguments;
use super::free_text::free_text;
use super::hints::{self, Asked};
use super::input;
use super::number::{at_least, counted};
use super::output::{FormatChoice, OutputArguments};
use super::place::Place;
use super::stories::StoryArguments;
use super::threads::Threads;
use super::timings::{AnswerTimes, Stopwatch, Timings};
use super::unreadable;
use super::verify;

const EXAMPLES: &str = "\
Examples:
  kliping search \"komputasi kuantum\"
  kliping search kecerdasan buatan -n 3
  kliping search '\"klaster Jing Jin Ji\"'                  words in quotes follow one another
  kliping search 'teknologi -kuantum tanggal:2026'        syntax is optional; see below
  kliping search teknologi --since 2026-01 --sort newest
  kliping search teknologi --facets source,month
  kliping search --explain -n 1 kecerdasan buatan
  kliping search --recency 30d teknologi
  kliping search --format json mandiri
  kliping search --format json mandiri > answer.json && kliping search --verify answer.json
  kliping search teknologi -n 2 --after start             page by page, without gaps or repeats
  kliping search --format paths mandiri                   with -0 for `xargs -0`
  kliping search --format csv --fields title,date,url mandiri
  kliping search --queries tests/relevance/topics.tsv --format trec --run-tag mulai
  kliping search --queries tests/relevance/topics.tsv --format trec --timings json > run.txt

Queries:
  harga beras                  either word; more and rarer ones rank higher
  \"harga beras\"                these words one after the other
  \"harga beras\"~5              the same, up to five places off (100 at most)
  \"kekerasan\"                  this form of the word alone
  +beras -impor                must have, must not have (-AI excludes the word alone, not what means the same)
  beras DAN impor              AND, OR, NOT and DAN, ATAU, BUKAN in capitals, with (brackets)
  judul:beras isi:impor        in the title, in the body (title:, intitle:, body:)
  sumber:antara                from this outlet or wire (source:, site:); sumber:(antara ATAU kompas)
  tanggal:Januari 2026         days, months, quarters (Q3 2019), years, spans (2025..2026, 1-5 September 2019, >2026-01),
                               weekdays (Senin: the latest), \"sejak 7 hari\", \"sebulan terakhir\" with today (date:);
                               tanggal:(2024 ATAU 2026)
  sejak:2025 hingga:2026-03    from a day on, up to it (since:, until:); setelah:, sebelum: without it (after:, before:)
  *                            every article, the latest first; beside filters, all they let through
  url:kompas.com/2026          what the address or the id contains (inurl:)
  kecerdas*  prabowo~1         words that begin so; words spelt nearly so (five at most)
  beras^2                      counts twice
Any text is a query: what is not syntax is read as words, and a line on standard error says so, or `reading` in JSON.";

/// What says which answer is asked for, and how it is written; one that was kept has said it.
const ANSWER_OPTIONS: [&str; 24] = [
    "query",
    "queries",
    "format",
    "run_tag",
    "scores",
    "fields",
    "null",
    "hyperlink",
    "color",
    "limit",
    "offset",
    "after",
    "since",
    "until",
    "source",
    "title",
    "timezone",
    "duplicates",
    "prefer_source",
    "sort",
    "recency",
    "explain",
    "facets",
    "threads",
];

/// Search the index.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to look for; several words are one query. Filters find all they let through without one, the latest first
    #[arg(value_name = "QUERY", value_parser = free_text, required_unless_present_any = ["queries", "verify", "since", "until", "source", "title"])]
    query: Vec<String>,

    /// Run every query of a file of `id<TAB>query` lines; `-` is standard input. Other lines are named and passed over,
    /// and the exit status is 2
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    queries: Option<PathBuf>,

    /// Ask again what the answers of a file in JSON answer, one or those of a list of queries, and say whether the
    /// index still gives them (exit status 0) or not (1); `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ANSWER_OPTIONS)]
    verify: Option<PathBuf>,

    #[command(flatten)]
    output: OutputArguments,

    /// Hits to show at most, for each query; 0 only counts
    #[arg(short = 'n', long, value_name = "N", default_value_t = SearchRequest::DEFAULT_LIMIT, value_parser = at_least(0_usize))]
    limit: usize,

    /// Hits to pass over first; a page far down is ranked from the top, which takes seconds behind half a million
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = at_least(0_usize))]
    offset: usize,

    /// Go on behind the page that gave this cursor (`next` in JSON, in other formats a line on standard error);
    /// `start` is the first page
    #[arg(long, value_name = "CURSOR", conflicts_with_all = ["offset", "queries"], value_parser = after)]
    after: Option<After>,

    #[command(flatten)]
    filters: FilterArguments,

    #[command(flatten)]
    stories: StoryArguments,

    /// What comes first
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortChoice,

    /// Let new articles gain: of the age 30d, 8w, 6m or 1y, counted from `--until` or else from the newest article,
    /// half as much as of none
    #[arg(long, value_name = "AGE", value_parser = half_life_days)]
    recency: Option<NonZeroU32>,

    /// Explain the score of each hit: its parts, and which words of the text met the query by which analysis; in the
    /// formats text, json and jsonl
    #[arg(long)]
    explain: bool,

    /// Count all that matches by these, in the formats text and json
    #[arg(long, value_enum, value_name = "FACETS", value_delimiter = ',')]
    facets: Vec<FacetChoice>,

    /// Threads for a list of queries; the output does not depend on it [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<Threads>,

    /// Say on standard error, and nothing else there, how long each part of the answers took: mean, 50th, 95th and 99th
    /// percentile, and how many queries a second were answered
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "verify")]
    timings: Option<TimingsFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TimingsFormat {
    /// One document on one line
    Json,
}

/// Which page of a walk through all hits.
#[derive(Clone, Copy, Debug)]
enum After {
    Start,
    Page(Cursor),
}

fn after(text: &str) -> std::result::Result<After, String> {
    match text {
        "start" => Ok(After::Start),
        text => text.parse().map(After::Page).map_err(|error: Error| error.to_string()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortChoice {
    /// What answers the query best
    Relevance,
    /// The latest date
    Newest,
    /// The earliest date
    Oldest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FacetChoice {
    /// The outlet
    Source,
    /// The year of publication
    Year,
    /// The month
    Month,
    /// The day
    Day,
}

/// Reads an age: `30d`, `8w`, `6m`, `1y`; of months and years as many days as they have in the mean.
fn half_life_days(text: &str) -> std::result::Result<NonZeroU32, String> {
    let unit = |letter: &str| match letter {
        "d" => Some(1.0),
        "w" => Some(7.0),
        "m" => Some(30.44),
        "y" => Some(365.25),
        _ => None,
    };
    let days = || {
        let (number, letter) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let days = f64::from(number.parse::<u16>().ok()?) * unit(letter)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 65535 years")]
        NonZeroU32::new(days.round() as u32)
    };
    days().ok_or_else(|| "not an age; write it as 30d, 8w, 6m or 1y".to_owned())
}

/// Faults of a list of queries that are named; the others are counted.
const MAX_FAULTS: usize = 5;

/// Says which lines of a list of queries are none.
fn write_faults(err: &mut impl Write, faults: &[Error]) {
    // Where standard error is gone, nobody is left to tell.
    for fault in faults.iter().take(MAX_FAULTS) {
        let _ = writeln!(err, "kliping: {}; passed over", printable(&fault.to_string()));
    }
    if faults.len() > MAX_FAULTS {
        let _ = writeln!(err, "kliping: and {}", counted(faults.len() - MAX_FAULTS, "more line"));
    }
}

/// The answer to a topic: whole, or the ranking alone where the format needs no more.
enum Answer {
    Whole(Box<SearchResponse>),
    Ranking(Ranking),
}

/// What is said of all answers together.
struct Gathered {
    /// Whether any has hits, or would have where none are asked for.
    has_hits: bool,
    /// Whether all that was to be shown could be read.
    is_whole: bool,
}

impl Answer {
    fn has_hits(&self) -> bool {
        match self {
            Self::Whole(response) => !response.hits.is_empty(),
            Self::Ranking(ranking) => !ranking.ids.is_empty(),
        }
    }

    /// Returns whether anything was counted, on this page or another.
    fn has_matches(&self) -> bool {
        match self {
            Self::Whole(response) => response.counts.is_some_and(|counts| counts.articles > 0),
            Self::Ranking(_) => false,
        }
    }

    fn unreadable(&self) -> &[UnreadableArticle] {
        match self {
            Self::Whole(response) => &response.unreadable,
            Self::Ranking(ranking) => &ranking.unreadable,
        }
    }

    fn hints(&self, index: &Index, asked: Asked) -> Vec<String> {
        match self {
            Self::Whole(response) => hints::on_response(index, response, asked),
            Self::Ranking(ranking) => hints::on_ranking(index, ranking, asked),
        }
    }
}

impl Arguments {
    pub(super) fn run(&self, place: &Place, out: &mut impl Write) -> std::result::Result<Status, Failure> {
        let format = self.output.format;
        if !self.facets.is_empty() && !matches!(format, FormatChoice::Text | FormatChoice::Json) {
            return Err(Failure::Usage("`--facets` needs `--format text` or `json`".to_owned()));
        }
        if self.explain && !matches!(format, FormatChoice::Text | FormatChoice::Json | FormatChoice::Jsonl) {
            return Err(Failure::Usage("`--explain` needs `--format text`, `json` or `jsonl`".to_owned()));
        }
        if let Some(file) = &self.verify {
            return verify::run(file, place, out);
        }
        let Topics { topics, faults } = self.topics()?;
        let index = place.open()?;
        write_faults(&mut std::io::stderr().lock(), &faults);
        let printer = self.output.printer(out, self.many())?;
        let Gathered { has_hits, is_whole } = self.answer_all(place, &index, &topics, printer)?;
        Ok(match (faults.is_empty() && is_whole, has_hits) {
            (false, _) => Status::Error,
            (true, true) => Status::Done,
            (true, false) => Status::NoHits,
        })
    }

    fn topics(&self) -> Result<Topics> {
        let Some(file) = &self.queries else {
            let topic = Topic { id: SINGLE_QUERY_ID.to_owned(), query: self.query.join(" ") };
            return Ok(Topics { topics: vec![topic], faults: Vec::new() });
        };
        Topics::read(input::open(file)?, &file.display().to_string())
    }

    fn many(&self) -> Queries {
        if self.queries.is_some() { Queries::Batch } else { Queries::Single }
    }

    /// Answers the topics in their order, several at a time.
    fn answer_all<W: Write>(
        &self,
        place: &Place,
        index: &Index,
        topics: &[Topic],
        mut printer: Printer<W>,
    ) -> std::result::Result<Gathered, Failure> {
        /// Answers held before they are printed, for each thread.
        const HELD: usize = 32;
        let n_threads = Threads::or_processors(self.threads).get();
        let request = self.request()?;
        let mut gathered = Gathered { has_hits: false, is_whole: true };
        let mut timings = Timings::new(n_threads);
        for topics in topics.chunks(HELD * n_threads) {
            let answers = self.answer_some(index, &request, topics, n_threads);
            for (topic, answer) in topics.iter().zip(answers) {
                let (answer, mut times) = answer?;
                gathered.has_hits |= answer.has_hits() || self.limit == 0 && answer.has_matches();
                gathered.is_whole &= answer.unreadable().is_empty();
                unreadable::write(&mut std::io::stderr().lock(), place, answer.unreadable());
                let start = Instant::now();
                self.print(&mut printer, index, topic, answer)?;
                times.writing = start.elapsed();
                timings.add(times);
            }
        }
        printer.finish().map_err(Failure::output)?;
        if let Some(TimingsFormat::Json) = self.timings {
            // What cannot be told does not spoil the answers.
            drop(timings.write_json(&mut std::io::stderr().lock()));
        }
        Ok(gathered)
    }

    /// Answers topics with several threads, each taking an equal share.
    fn answer_some(
        &self,
        index: &Index,
        request: &SearchRequest,
        topics: &[Topic],
        n_threads: usize,
    ) -> Vec<Result<(Answer, AnswerTimes)>> {
        let share = topics.len().div_ceil(n_threads).max(1);
        let answer =
            |topic: &Topic| self.answer(index, SearchRequest { query: topic.query.clone(), ..request.clone() });
        let work = |topics: &[Topic]| topics.iter().map(answer).collect::<Vec<_>>();
        std::thread::scope(|scope| {
            let work = &work;
            let workers: Vec<_> = topics.chunks(share).map(|topics| scope.spawn(move || work(topics))).collect();
            let joined = workers.into_iter().map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            joined.flatten().collect()
        })
    }

    /// Returns the request that every query goes into.
    fn request(&self) -> std::result::Result<SearchRequest, Failure> {
        let sort = match self.sort {
            SortChoice::Relevance => Sort::Relevance,
            SortChoice::Newest => Sort::Newest,
            SortChoice::Oldest => Sort::Oldest,
        };
        let facet = |choice: &FacetChoice| match choice {
            FacetChoice::Source => Facet::Source,
            FacetChoice::Year => Facet::Year,
            FacetChoice::Month => Facet::Month,
            FacetChoice::Day => Facet::Day,
        };
        let facets = self.facets.iter().map(facet).collect();
        let after = match self.after {
            Some(After::Page(cursor)) => Some(cursor),
            Some(After::Start) | None => None,
        };
        let otherwise = match self.output.format {
            FormatChoice::Trec => Duplicates::Show,
            FormatChoice::Text
            | FormatChoice::Json
            | FormatChoice::Jsonl
            | FormatChoice::Csv
            | FormatChoice::Tsv
            | FormatChoice::Paths => Duplicates::Fold,
        };
        let duplicates = self.stories.duplicates(otherwise);
        let preferred_sources = self.stories.preference.prefer_source.clone();
        let (limit, offset) = (self.limit, self.offset);
        let request = self.filters.request()?;
        let explain = if self.explain { Explain::Hits } else { Explain::Nothing };
        let half_life_days = self.recency;
        let request = SearchRequest { limit, offset, after, sort, facets, half_life_days, explain, ..request };
        Ok(SearchRequest { duplicates, preferred_sources, ..request })
    }

    fn answer(&self, index: &Index, mut request: SearchRequest) -> Result<(Answer, AnswerTimes)> {
        let mut stopwatch = Stopwatch::start();
        let mut observer = |step| stopwatch.end(step);
        if !matches!(self.output.format, FormatChoice::Text | FormatChoice::Json) {
            request.count = Count::Skip;
        }
        let answer = if self.output.format == FormatChoice::Trec && self.after.is_none() {
            Answer::Ranking(rank_observed(index, &request, &mut observer)?)
        } else {
            Answer::Whole(Box::new(search_observed(index, &request, &mut observer)?))
        };
        let is_first_page = request.limit > 0 && request.offset == 0 && request.after.is_none();
        let answer = if answer.has_hits() || is_first_page || request.count == Count::Exact {
            answer
        } else {
            // An empty page further down does not tell whether anything matches.
            request.count = Count::Exact;
            Answer::Whole(Box::new(search_observed(index, &request, &mut observer)?))
        };
        Ok((answer, stopwatch.stop()))
    }

    fn print<W: Write>(
        &self,
        printer: &mut Printer<W>,
        index: &Index,
        topic: &Topic,
        answer: Answer,
    ) -> std::result::Result<(), Failure> {
        // Who asks for timings reads them from standard error, and nothing else.
        if self.output.format != FormatChoice::Json && self.timings.is_none() {
            let id = self.queries.as_ref().map(|_| topic.id.as_str());
            let asked = if id.is_some() { Asked::InList } else { Asked::Alone };
            hints::write(&mut std::io::stderr().lock(), id, &answer.hints(index, asked));
        }
        match answer {
            Answer::Ranking(Ranking { ids, .. }) => {
                ids.iter().try_for_each(|ranked| printer.ranked(&topic.id, ranked)).map_err(Failure::output)
            }
            Answer::Whole(mut response) => {
                if self.after.is_some() && self.output.format != FormatChoice::Json {
                    hints::write_next(&mut std::io::stderr().lock(), &response);
                }
                self.output.show_paths(&mut response);
                printer.response(&topic.id, &response).map_err(Failure::output)
            }
        }
    }
}
