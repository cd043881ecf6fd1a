//! Syntax that has nothing to work on.

use super::{Lexed, Lexeme, LexemeKind, MAX_DEPTH, is_operator, works_on_next};
use crate::query::plan::Note;

impl Lexed {
    /// Drops brackets and signs without a partner, and makes text of operators without one.
    pub(super) fn settle(&mut self, query: &str) {
        self.drop_lone_brackets();
        self.drop_empty_brackets(query);
        self.settle_idle(query);
    }

    /// Drops brackets without a partner and those too deep.
    fn drop_lone_brackets(&mut self) {
        let mut paired = vec![false; self.lexemes.len()];
        let mut open = Vec::new();
        for (index, lexeme) in self.lexemes.iter().enumerate() {
            match lexeme.kind {
                LexemeKind::Open => open.push(index),
                LexemeKind::Close { .. } => {
                    if let Some(partner) = open.pop().filter(|_| open.len() < MAX_DEPTH) {
                        (paired[partner], paired[index]) = (true, true);
                    }
                }
                _ => paired[index] = true,
            }
        }
        let mut kept = Vec::with_capacity(self.lexemes.len());
        for (lexeme, paired) in std::mem::take(&mut self.lexemes).into_iter().zip(paired) {
            if paired {
                kept.push(lexeme);
            } else {
                self.notes.push(Note::UnpairedBracket { offset: lexeme.range.start });
            }
        }
        self.lexemes = kept;
    }

    /// Drops brackets with nothing in them, and the signs and fields that would work on them.
    fn drop_empty_brackets(&mut self, query: &str) {
        let mut kept: Vec<Lexeme> = Vec::with_capacity(self.lexemes.len());
        for lexeme in std::mem::take(&mut self.lexemes) {
            let is_close = matches!(lexeme.kind, LexemeKind::Close { .. });
            match kept.pop_if(|last| is_close && last.kind == LexemeKind::Open) {
                Some(open) => {
                    let mut start = open.range.start;
                    while let Some(last) = kept.pop_if(|last| works_on_next(&last.kind) && last.range.end == start) {
                        start = last.range.start;
                    }
                    self.notes.push(Note::ignored(&query[start..lexeme.range.end]));
                }
                None => kept.push(lexeme),
            }
        }
        self.lexemes = kept;
    }

    /// Drops signs and fields that have nothing to work on, and makes text of such operators.
    fn settle_idle(&mut self, query: &str) {
        // From the end, so that what follows is settled.
        let mut settled: Vec<Lexeme> = Vec::with_capacity(self.lexemes.len());
        while let Some(mut lexeme) = self.lexemes.pop() {
            let after = settled.last().map(|lexeme| &lexeme.kind);
            let before = self.lexemes.last().map(|lexeme| &lexeme.kind);
            if is_idle(&lexeme.kind, before, after) {
                let text = &query[lexeme.range.clone()];
                // The sign of `judul:-` stands in what is said of its field.
                let is_said = text.is_empty();
                if !is_operator(text) || matches!(text, "&&" | "||") {
                    self.notes.extend((!is_said).then(|| Note::ignored(text)));
                    continue;
                }
                self.notes.push(Note::literally(text));
                lexeme.kind = LexemeKind::Idle;
            }
            settled.push(lexeme);
        }
        settled.reverse();
        self.lexemes = settled;
    }
}

fn is_idle(kind: &LexemeKind, before: Option<&LexemeKind>, after: Option<&LexemeKind>) -> bool {
    match kind {
        LexemeKind::And | LexemeKind::Or => !before.is_some_and(ends_operand) || !after.is_some_and(begins_operand),
        LexemeKind::Not | LexemeKind::Require | LexemeKind::Exclude => !after.is_some_and(is_operand),
        LexemeKind::Scope(_) => !after.is_some_and(is_scoped),
        _ => false,
    }
}

fn ends_operand(kind: &LexemeKind) -> bool {
    is_leaf(kind) || matches!(kind, LexemeKind::Close { .. })
}

fn begins_operand(kind: &LexemeKind) -> bool {
    is_operand(kind) || matches!(kind, LexemeKind::Require | LexemeKind::Exclude | LexemeKind::Not)
}

fn is_operand(kind: &LexemeKind) -> bool {
    is_leaf(kind) || matches!(kind, LexemeKind::Open | LexemeKind::Scope(_))
}

fn is_scoped(kind: &LexemeKind) -> bool {
    matches!(kind, LexemeKind::Text { .. } | LexemeKind::Quoted { .. } | LexemeKind::Open)
}

fn is_leaf(kind: &LexemeKind) -> bool {
    match kind {
        LexemeKind::Text { .. }
        | LexemeKind::Quoted { .. }
        | LexemeKind::Source { .. }
        | LexemeKind::Date(_)
        | LexemeKind::Url { .. } => true,
        LexemeKind::Open
        | LexemeKind::Close { .. }
        | LexemeKind::Require
        | LexemeKind::Exclude
        | LexemeKind::And
        | LexemeKind::Or
        | LexemeKind::Not
        | LexemeKind::Idle
        | LexemeKind::Scope(_) => false,
    }
}
