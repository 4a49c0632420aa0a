//! What the batch itself creates (A6): findings that count the other disputes of a mediator, and
//! the rows of docs/model.md that keep her from taking certain disputes together.
//!
//! * The assignment is judged by plain counting, the rows are built from the tables alone, so
//!   that neither rests on the other.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::eligible::Eligibility;
use super::facts::Facts;

/// Dispute, mediator, rule.
pub(super) type Place = (usize, usize, usize);

/// What shows a finding of a rule that counts or pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The highest count, and the targets that have it.
    Count(u32, Vec<usize>),
    /// The disputes and past cases.
    Cases(BTreeSet<String>),
}

/// By mediator: the disputes in which she sits.
pub(super) fn seats(facts: &Facts<'_>, answer: &Answer) -> Vec<Vec<usize>> {
    let mut seats = vec![Vec::new(); facts.mediators.len()];
    for (d, panel) in answer.panels.iter().enumerate() {
        for m in panel.iter().flat_map(super::answer::Panel::members) {
            seats[m].push(d);
        }
    }
    seats
}

/// What a rule finds about a mediator in a dispute who sits in these disputes as well; with the
/// confidential relations that it counts, or without.
pub(super) fn evidence(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    (d, m, r): Place,
    seats: &[usize],
    secret: bool,
) -> Option<Evidence> {
    let rule = facts.profile.rules.get(r).filter(|rule| !rule.between())?;
    if let Some(count) = &rule.count {
        let tallies = eligibility.counts.of(facts, r, d, m);
        let counted: Vec<(usize, u32)> =
            tallies.iter().map(|(end, tally)| (*end, tally.with(m, d, seats, secret))).collect();
        let most = counted.iter().map(|x| x.1).max().filter(|most| *most >= count.at_least)?;
        let ends = counted.iter().filter(|x| x.1 == most).map(|x| x.0);
        return Some(Evidence::Count(most, ends.collect()));
    }
    rule.pair.as_ref()?;
    let mut cases = eligibility.related.past(r, d, m).cloned().unwrap_or_default();
    let ties = |e: &&usize| **e != d && eligibility.related.ties(r, d, **e);
    let tied = seats.iter().filter(ties).filter_map(|e| facts.disputes.get(*e));
    cases.extend(tied.map(|x| x.doc.id.clone()));
    (!cases.is_empty()).then_some(Evidence::Cases(cases))
}

/// Whether a finding of a rule that counts or pairs would bar a mediator in a dispute.
fn binds(facts: &Facts<'_>, eligibility: &Eligibility, (d, m, r): Place) -> bool {
    eligibility.consent.standing(facts, d, &[m], r).is_some_and(|(_, standing)| standing.bars())
}

/// What the batch creates that bars a mediator in a dispute: each rule with its evidence.
pub(super) fn created(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    (d, m): (usize, usize),
    seats: &[usize],
) -> Vec<(usize, Evidence)> {
    let known = eligibility.pair(d, m).map(|pair| &pair.findings);
    (0..facts.profile.rules.len())
        .filter(|r| known.is_none_or(|found| !found.contains_key(r)))
        .filter(|&r| binds(facts, eligibility, (d, m, r)))
        .filter_map(|r| Some((r, evidence(facts, eligibility, (d, m, r), seats, true)?)))
        .collect()
}

/// A row: the mediator, her disputes with their factors in the order of the instance, the limit.
pub(super) type Row = (usize, Vec<(usize, i64)>, i64);

/// Every row A6 of an instance.
pub(super) fn rows(facts: &Facts<'_>, eligibility: &Eligibility) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for (r, rule) in facts.profile.rules.iter().enumerate().filter(|(_, rule)| !rule.between()) {
        for m in 0..facts.mediators.len() {
            let open: Vec<usize> =
                (0..facts.disputes.len()).filter(|&d| eligibility.eligible(d, m)).collect();
            if let Some(count) = &rule.count {
                count_rows(facts, eligibility, (m, r), i64::from(count.at_least), &open, &mut rows);
            } else if rule.pair.is_some() {
                pair_rows(facts, eligibility, (m, r), &open, &mut rows);
            }
        }
    }
    rows
}

/// x[d] + x[e] <= 1.
fn pair_rows(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    (m, r): (usize, usize),
    open: &[usize],
    rows: &mut BTreeSet<Row>,
) {
    let hits = |d: usize, e: usize| {
        eligibility.related.ties(r, d, e) && binds(facts, eligibility, (d, m, r))
    };
    for (i, &d) in open.iter().enumerate() {
        for &e in &open[i + 1..] {
            if hits(d, e) || hits(e, d) {
                rows.insert((m, vec![(d, 1), (e, 1)], 1));
            }
        }
    }
}

/// For each target: sum over S of x <= L, and for each d of C: k x[d] + sum over O of x <= |O|.
fn count_rows(
    facts: &Facts<'_>,
    eligibility: &Eligibility,
    (m, r): (usize, usize),
    at_least: i64,
    open: &[usize],
    rows: &mut BTreeSet<Row>,
) {
    let mut bound: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for &d in open.iter().filter(|&&d| binds(facts, eligibility, (d, m, r))) {
        for (end, _) in eligibility.counts.of(facts, r, d, m) {
            bound.entry(end).or_default().insert(d);
        }
    }
    for (end, tally) in eligibility.counts.targets(r) {
        let Some(inside) = bound.get(&end) else {
            continue;
        };
        let limit = at_least - i64::from(tally.of(m));
        let counting: BTreeSet<usize> = open
            .iter()
            .copied()
            .filter(|&e| tally.sitting.get(e).copied().unwrap_or(false))
            .collect();
        let both: BTreeSet<usize> = counting.intersection(inside).copied().collect();
        if limit >= 1 && both.len() as i64 > limit {
            rows.insert((m, both.iter().map(|&d| (d, 1)).collect(), limit));
        }
        for &d in inside {
            let others: Vec<usize> = counting.iter().copied().filter(|&e| e != d).collect();
            if counting.contains(&d) && others.iter().all(|e| both.contains(e)) {
                continue;
            }
            let k = others.len() as i64 - (limit - 1);
            if k > 0 {
                let mut row: Vec<(usize, i64)> = others.iter().map(|&e| (e, 1)).collect();
                row.push((d, k));
                row.sort_unstable();
                rows.insert((m, row, others.len() as i64));
            }
        }
    }
}
