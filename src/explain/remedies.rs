//! What would serve a dispute that is not served: changes that were tried, one by one.
//!
//! * Takes an instance with its solution and an unserved dispute; gives the changes that serve it.
//! * Tried are later due dates, one case more for mediators who are full, waivers for those whom nothing but waivable
//!   findings keeps off, and one more designation. What the field would rather do comes first: who needs to change
//!   least.
//! * **Invariant**: a remedy is told only where the docket, planned again with it, serves the dispute and everybody
//!   who is served now.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::{Supposition, WhatIf, units, what_if};
use crate::domain::{DisputeIx, MediatorIx};
use crate::eligibility::Eligibility;
use crate::format::{InstanceDoc, Severity, SolutionDoc};
use crate::pipeline::Screened;
use crate::solve::{Control, Options};

/// Days by which what is due may be due later.
const LATER: [i64; 6] = [1, 2, 4, 7, 14, 28];

/// Mediators who are tried in one way, those with the highest fit first, and remedies of one kind that are enough.
const TRIED: usize = 6;
const ENOUGH: usize = 2;

/// States that are tried as those that designate somebody.
const STATES: usize = 3;

/// A change that serves a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// What has to be so, as suppositions.
    pub supposed: Vec<String>,
    /// Other disputes whose panel or dates change with it.
    pub others: Vec<String>,
    /// What quality loses, in micro-units; negative where it gains.
    pub lost: i64,
}

/// The changes that serve a dispute, those that move the fewest others first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remedies {
    /// The dispute.
    pub dispute: String,
    /// How many changes were tried.
    pub tried: usize,
    /// How many of those that do not serve it a limit ended before their proof.
    pub cut_short: usize,
    /// Those that serve it.
    pub found: Vec<Remedy>,
}

/// Tries what would serve a dispute; `None` when it is served.
#[must_use]
pub fn remedies(
    screened: &Screened,
    document: &InstanceDoc,
    solution: &SolutionDoc,
    at: DisputeIx,
    options: Options,
    control: &Control<'_>,
) -> Option<Remedies> {
    let dispute = screened.instance.dispute_name(at);
    solution.unserved.iter().find(|unserved| unserved.dispute == dispute)?;
    let mut remedies =
        Remedies { dispute: dispute.to_owned(), tried: 0, cut_short: 0, found: Vec::new() };
    let how = (options, false);
    // Where the solution is not proven, planning again may do by itself.
    let unchanged = what_if(document, solution, &[], how, control).ok()?;
    if unchanged.serves(dispute) {
        remedies.found.push(remedy(unchanged, dispute));
        return Some(remedies);
    }
    for (kind, enough) in [
        (later(dispute), 1),
        (one_more(screened, solution, at), ENOUGH),
        (waivers(screened, at), ENOUGH),
        (designations(screened, document, at), 1),
    ] {
        let mut found = 0;
        for change in kind {
            if found == enough || control.should_stop() {
                break;
            }
            let Ok(tried) = what_if(document, solution, &change, how, control) else { continue };
            remedies.tried += 1;
            if tried.serves(dispute) {
                found += 1;
                remedies.found.push(remedy(tried, dispute));
            } else {
                remedies.cut_short += usize::from(tried.stop_reason.is_some());
            }
        }
    }
    remedies.found.sort_by_key(|remedy| (remedy.others.len(), remedy.lost));
    Some(remedies)
}

/// Tries for every unserved dispute what would serve it, and writes down what does.
pub fn write_remedies(
    screened: &Screened,
    document: &InstanceDoc,
    solution: &mut SolutionDoc,
    options: Options,
    control: &Control<'_>,
) {
    let found: Vec<Vec<String>> = solution
        .unserved
        .iter()
        .map(|unserved| {
            let at = super::find_dispute(&screened.instance, &unserved.dispute);
            let found =
                at.and_then(|at| remedies(screened, document, solution, at, options, control));
            let found = found.map(|found| found.found).unwrap_or_default();
            let told = found.into_iter().map(|remedy| remedy.supposed.join("; "));
            told.filter(|told| !told.is_empty()).collect()
        })
        .collect();
    for (unserved, remedies) in solution.unserved.iter_mut().zip(found) {
        unserved.remedies = remedies;
    }
}

fn remedy(tried: WhatIf, dispute: &str) -> Remedy {
    let lost = tried.lost();
    let others = tried.changes.into_iter().map(|change| change.dispute);
    Remedy { supposed: tried.supposed, others: others.filter(|id| id != dispute).collect(), lost }
}

/// What is due, due later, by little first.
fn later(dispute: &str) -> Vec<Vec<Supposition>> {
    LATER.iter().map(|days| vec![Supposition::Due(dispute.to_owned(), *days)]).collect()
}

/// One case more for each of the eligible who are full.
fn one_more(
    screened: &Screened,
    solution: &SolutionDoc,
    dispute: DisputeIx,
) -> Vec<Vec<Supposition>> {
    let instance = &screened.instance;
    let mut loads: BTreeMap<&str, u64> = BTreeMap::new();
    for seat in solution.assignments.iter().flat_map(|panel| &panel.panel) {
        *loads.entry(&seat.mediator).or_default() += 1;
    }
    let mut full: Vec<(MediatorIx, i64)> = Vec::new();
    for (mediator, fit, _) in screened.eligibility.eligible(dispute) {
        let name = instance.mediator_name(*mediator);
        let load = loads.get(name).copied().unwrap_or(0);
        let cases = instance.mediator(*mediator).cases;
        if cases.is_some_and(|cases| load >= u64::from(cases)) {
            full.push((*mediator, *fit));
        }
    }
    let more = |m: MediatorIx| vec![Supposition::Cases(instance.mediator_name(m).to_owned(), 1)];
    best(full).map(more).collect()
}

/// Waivers of all that keeps a mediator off, where all of it can be waived.
fn waivers(screened: &Screened, dispute: DisputeIx) -> Vec<Vec<Supposition>> {
    let instance = &screened.instance;
    let mut barred: Vec<(MediatorIx, i64)> = Vec::new();
    let barring = |m: MediatorIx| {
        let findings = screened.conflicts.findings(dispute, m).iter();
        findings.filter(|finding| finding.barring)
    };
    for mediator in instance.mediator_indices() {
        let Eligibility::Excluded(reasons) = screened.eligibility.get(dispute, mediator) else {
            continue;
        };
        let by_rules = |code: &str| {
            barring(mediator).any(|finding| screened.conflicts.rule_id(finding.rule) == code)
        };
        if reasons.iter().all(|reason| by_rules(reason.code(instance)))
            && barring(mediator).all(|f| f.severity == Severity::WaivableRed && !f.undisclosable)
        {
            barred.push((mediator, instance.fit(dispute, mediator)));
        }
    }
    let name = instance.dispute_name(dispute);
    let waive = |m: MediatorIx| {
        let mut rules: Vec<&str> =
            barring(m).map(|finding| screened.conflicts.rule_id(finding.rule)).collect();
        rules.sort_unstable();
        rules.dedup();
        let mediator = instance.mediator_name(m);
        let one =
            |rule: &str| Supposition::Waive(name.to_owned(), mediator.to_owned(), rule.to_owned());
        rules.into_iter().map(one).collect::<Vec<_>>()
    };
    best(barred).map(waive).collect()
}

/// One more mediator with the languages that the dispute asks for, designated by a State that is no party to it and
/// no third State: first those that have designated the fewest.
fn designations(
    screened: &Screened,
    document: &InstanceDoc,
    at: DisputeIx,
) -> Vec<Vec<Supposition>> {
    let instance = &screened.instance;
    let (name, data) = (instance.dispute_name(at), instance.dispute(at));
    let concerned: Vec<&str> = data
        .parties
        .iter()
        .map(|party| party.actor)
        .chain(data.third_states.iter().copied())
        .map(|actor| instance.actor_name(actor))
        .collect();
    let own = |id: &str| {
        let designations = document.mediators.iter().flat_map(|mediator| &mediator.designations);
        designations.filter(|designation| designation.by == id).count()
    };
    let states = document.states.iter().map(|state| state.id.as_str());
    let mut states: Vec<(usize, &str)> =
        states.filter(|id| !concerned.contains(id)).map(|id| (own(id), id)).collect();
    states.sort_by_key(|(number, _)| *number);
    let designate =
        |id: &str| vec![Supposition::Designate(name.to_owned(), id.to_owned(), Vec::new())];
    states.into_iter().take(STATES).map(|(_, id)| designate(id)).collect()
}

/// Those with the highest fit, by roster among equals.
fn best(mut mediators: Vec<(MediatorIx, i64)>) -> impl Iterator<Item = MediatorIx> {
    mediators.sort_by_key(|(mediator, fit)| (std::cmp::Reverse(*fit), *mediator));
    mediators.into_iter().take(TRIED).map(|(mediator, _)| mediator)
}

/// The remedies in words.
#[must_use]
pub fn remedies_text(remedies: &Remedies) -> String {
    let mut text = String::new();
    let Remedies { dispute, tried, cut_short, found } = remedies;
    if found.is_empty() {
        let _ = write!(text, "none of {tried} changes that were tried was seen to serve {dispute}");
        let _ = match cut_short {
            0 => writeln!(text),
            _ => writeln!(text, "; a limit ended {cut_short} of them before its proof"),
        };
        return text;
    }
    let _ = writeln!(text, "what would serve {dispute}, of {tried} changes that were tried:");
    for Remedy { supposed, others, lost } in found {
        let others = match others.len() {
            0 => "no other dispute changes".to_owned(),
            _ => format!("{} would change too", others.join(", ")),
        };
        let lost = match lost {
            0 => "quality stays".to_owned(),
            1.. => format!("quality {} less", units(*lost)),
            _ => format!("quality {} more", units(lost.saturating_neg())),
        };
        if supposed.is_empty() {
            let _ = writeln!(text, "  planning again: {others}; {lost}");
            continue;
        }
        let words: Vec<String> = supposed.iter().map(|told| in_words(told)).collect();
        let _ = writeln!(text, "  {}: {others}; {lost}", words.join(", and "));
        let _ = writeln!(text, "    ({})", supposed.join(", "));
    }
    text
}

/// A change that cures, as a sentence has it.
fn in_words(told: &str) -> String {
    let words: Vec<&str> = told.split_whitespace().collect();
    let days = |days: &str| {
        let number = days.trim_start_matches('+');
        format!("{number} {}", if number == "1" { "day" } else { "days" })
    };
    match words[..] {
        ["due", dispute, by] => format!("what is due in {dispute} due {} later", days(by)),
        ["cases", mediator, _] => format!("{mediator} taking one dispute more"),
        ["waive", dispute, mediator, rule] => {
            format!("all parties of {dispute} waiving {rule} for {mediator}")
        }
        ["designate", dispute, state, ..] => {
            format!("one more mediator, designated by {state}, with the languages of {dispute}")
        }
        _ => told.to_owned(),
    }
}
