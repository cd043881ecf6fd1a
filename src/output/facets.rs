//! Counts by facet, for people.

use std::io::{self, Write};

use super::text::{Style, printable};
use crate::search::{Facet, FacetCounts};

impl FacetCounts {
    fn heading(&self) -> &'static str {
        match self.facet {
            Facet::Source => "source",
            Facet::Year => "year",
            Facet::Month => "month",
            Facet::Day => "day",
        }
    }
}

/// Writes the counts of each facet, a value a line.
pub(super) fn write(out: &mut impl Write, facets: &[FacetCounts], style: &Style) -> io::Result<()> {
    for facet in facets {
        writeln!(out, "\n{}", style.colour.bold(facet.heading()))?;
        let names: Vec<String> = facet.values.iter().map(|value| printable(&value.value)).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        for (name, value) in names.iter().zip(&facet.values) {
            writeln!(out, "  {name:width$}  {}", counted(value.articles, value.stories))?;
        }
        if facet.unknown > 0 {
            writeln!(out, "  {}", style.colour.dim(&format!("not known of {}", articles(facet.unknown))))?;
        }
    }
    Ok(())
}

/// Returns counts as people say them: `12 articles in 9 stories`.
pub(super) fn counted(n_articles: usize, n_stories: usize) -> String {
    match n_stories {
        n if n == n_articles => articles(n_articles),
        1 => format!("{} in 1 story", articles(n_articles)),
        n => format!("{} in {n} stories", articles(n_articles)),
    }
}

pub(super) fn articles(n: usize) -> String {
    if n == 1 { "1 article".to_owned() } else { format!("{n} articles") }
}
