//! Clauses as operators take them: required, optional, signed, boosted, grouped.

use super::super::plan::{Boost, Clause, ClauseKind, Presence, Scope};

/// Makes filters that stand beside other clauses required; several of one kind are alternatives.
pub(super) fn require_filters(clauses: Vec<Clause>) -> Vec<Clause> {
    let is_free = |clause: &Clause| clause.is_filter() && clause.presence == Presence::Should;
    let (filters, mut clauses): (Vec<_>, Vec<_>) = clauses.into_iter().partition(is_free);
    for filter in filters {
        let alike = |other: &&mut Clause| is_free(other) && is_alike(&filter, other);
        match clauses.iter_mut().find(alike) {
            Some(Clause { kind: ClauseKind::Group { clauses }, .. }) => clauses.push(filter),
            Some(other) => {
                let first = other.clone();
                let range = first.range.start..filter.range.end;
                *other = Clause::new(range, "", ClauseKind::Group { clauses: vec![first, filter] });
            }
            None => clauses.push(filter),
        }
    }
    clauses.into_iter().map(|clause| if is_free(&clause) { required(clause) } else { clause }).collect()
}

/// Returns whether two filters choose by the same thing; several in a group only where they are alternatives.
fn is_alike(one: &Clause, other: &Clause) -> bool {
    let first = match &other.kind {
        ClauseKind::Group { clauses } if clauses.iter().any(|clause| clause.presence != Presence::Should) => {
            return false;
        }
        ClauseKind::Group { clauses } => clauses.first().unwrap_or(other),
        _ => other,
    };
    match (&one.kind, &first.kind) {
        (ClauseKind::Source { .. }, ClauseKind::Source { .. })
        | (ClauseKind::Url { .. }, ClauseKind::Url { .. })
        // Days with an open end narrow one another down.
        | (ClauseKind::Date { from: Some(_), until: Some(_) }, ClauseKind::Date { from: Some(_), until: Some(_) }) => true,
        _ => false,
    }
}

pub(super) fn required(clause: Clause) -> Clause {
    if clause.presence == Presence::Should { clause.with_presence(Presence::Must) } else { clause }
}

/// Returns the clause as one of several alternatives.
pub(super) fn optional(mut clause: Clause) -> Option<Clause> {
    match clause.presence {
        Presence::Should => Some(clause),
        // A stop word that is asked for is a word only by its sign.
        Presence::Must if matches!(clause.kind, ClauseKind::Word { .. }) => group(vec![clause]),
        Presence::Must => {
            clause.presence = Presence::Should;
            Some(clause)
        }
        Presence::MustNot => group(vec![clause]),
    }
}

/// Returns the clause with a sign before it; where it has one already, both hold.
pub(super) fn signed(clause: Clause, presence: Presence) -> Clause {
    if clause.presence == Presence::Should {
        return clause.with_presence(presence);
    }
    let inner = Clause::new(clause.range.clone(), "", ClauseKind::Group { clauses: vec![clause] });
    inner.with_presence(presence)
}

/// Returns whether a clause can count more than others: a power of a number is no boost.
pub(super) fn is_boostable(clause: &Clause) -> bool {
    let is_word = matches!(clause.kind, ClauseKind::Word { .. } | ClauseKind::StopWord { .. });
    !clause.is_filter() && (!is_word || clause.text.contains(char::is_alphabetic))
}

/// Makes what scores in `clause` count more: a group has no score but that of its clauses.
pub(super) fn boost_leaves(clause: &mut Clause, boost: Boost) {
    if let ClauseKind::Group { clauses } = &mut clause.kind {
        for clause in clauses {
            boost_leaves(clause, boost);
        }
    } else if is_boostable(clause) {
        clause.boost = clause.boost.within(boost);
    }
}

/// Returns one clause that asks for all of `clauses`, as an operator takes it.
pub(super) fn together(clauses: Vec<Clause>) -> Option<Clause> {
    if clauses.len() < 2 {
        return clauses.into_iter().next();
    }
    group(clauses.into_iter().map(required).collect())
}

/// Returns the clauses of a group that says no more than they do side by side; else the clause.
pub(super) fn spread(clause: Clause) -> Vec<Clause> {
    let is_plain = clause.presence == Presence::Should && clause.boost == Boost::ONE;
    match clause.kind {
        ClauseKind::Group { clauses }
            if is_plain && clauses.iter().all(|c| c.presence == Presence::Should && !c.is_filter()) =>
        {
            clauses
        }
        _ => vec![clause],
    }
}

/// Returns one clause that holds `clauses`; one alone stands for itself.
pub(super) fn group(mut clauses: Vec<Clause>) -> Option<Clause> {
    let stands_alone = |clause: &Clause| match clause.presence {
        Presence::Should => true,
        // A stop word that is asked for is a word only by its sign.
        Presence::Must => clause.is_filter(),
        Presence::MustNot => false,
    };
    if clauses.len() == 1 && stands_alone(&clauses[0]) {
        return clauses.pop().map(|clause| Clause { presence: Presence::Should, ..clause });
    }
    let range = clauses.first()?.range.start..clauses.last()?.range.end;
    Some(Clause::new(range, "", ClauseKind::Group { clauses }))
}

/// Keeps a clause to title or body; what is narrower already stays.
pub(super) fn narrow(clause: &mut Clause, scope: Scope) {
    let is_free = clause.scope == Scope::Anywhere && !clause.is_filter();
    match &mut clause.kind {
        ClauseKind::Group { clauses } => clauses.iter_mut().for_each(|clause| narrow(clause, scope)),
        _ if is_free => clause.scope = scope,
        _ => {}
    }
}
