//! Why disputes are without a panel or without dates.

use super::Tables;
use crate::domain::{DisputeIx, Gate, Instance};
use crate::format::{CoreDoc, UnservedDoc, UnservedStage};
use crate::solve::{Alone, Outcome};

/// Every dispute that lacks a panel or dates, in the order of the instance.
pub(super) fn unserved(
    instance: &Instance,
    tables: Tables<'_>,
    outcome: &Outcome,
) -> Vec<UnservedDoc> {
    instance
        .dispute_indices()
        .filter(|dispute| {
            outcome.solution.plans[dispute.ix()].as_ref().is_none_or(|plan| {
                plan.starts.is_none() && !instance.dispute(*dispute).sessions.is_empty()
            })
        })
        .map(|dispute| {
            let (stage, core) = why(instance, tables, outcome, dispute);
            UnservedDoc {
                dispute: instance.dispute_name(dispute).to_owned(),
                stage,
                core,
                remedies: Vec::new(),
            }
        })
        .collect()
}

fn why(
    instance: &Instance,
    tables: Tables<'_>,
    outcome: &Outcome,
    dispute: DisputeIx,
) -> (UnservedStage, Vec<CoreDoc>) {
    let alone = outcome.alone[dispute.ix()];
    let data = instance.dispute(dispute);
    if !data.gates.is_empty() {
        return (UnservedStage::Admissibility, gates(instance, dispute));
    }
    if !alone.panel {
        return (UnservedStage::Panel, no_panel(instance, tables, dispute));
    }
    if !alone.scheduled {
        return (UnservedStage::Sessions, vec![no_dates(instance, tables, alone, dispute)]);
    }
    let served = outcome.solution.plans[dispute.ix()].is_some();
    let (requirement, text) = if served {
        (
            "S2",
            "by itself it could have dates, but its people, its mediators or its rooms are taken by other disputes",
        )
    } else if !instance.caps().is_empty() {
        (
            "A3",
            "a panel could be formed, but the mediators' capacity is too small or taken by other disputes, or docket caps (A7) leave too few seats",
        )
    } else {
        (
            "A3",
            "a panel could be formed, but the mediators' capacity is too small or taken by other disputes",
        )
    };
    (UnservedStage::Docket, vec![core(requirement, "taken", None, text.to_owned())])
}

/// What keeps the sessions from having dates: windows and gaps alone, the parties and places, or
/// the mediators.
fn no_dates(instance: &Instance, tables: Tables<'_>, alone: Alone, dispute: DisputeIx) -> CoreDoc {
    if let Some(core) = no_team(instance, tables, dispute) {
        return core;
    }
    let (label, reason, text) = if !windows_hold(instance, dispute) {
        (
            "S3",
            "windows",
            "windows, gaps, locks and the horizon leave no dates for all sessions, whoever attends",
        )
    } else if alone.dates {
        (
            "S1",
            "no-common-time",
            "no panel that could be formed is free together with the parties on dates that fit",
        )
    } else {
        (
            "S1",
            "parties-not-free",
            "the parties, the places and the interpreters are not free together on dates that fit all sessions",
        )
    };
    core(label, reason, None, text.to_owned())
}

/// A booth for which there are too few interpreters, whatever the dates.
fn no_team(instance: &Instance, tables: Tables<'_>, dispute: DisputeIx) -> Option<CoreDoc> {
    let may = tables.eligibility.interpreters(dispute);
    let mut to_come = instance.dispute(dispute).sessions.iter().filter(|session| !session.held);
    to_come.find_map(|session| {
        session.booths.iter().find_map(|booth| {
            let suited = booth.suited.iter().filter(|i| may.binary_search(i).is_ok()).count();
            let text = format!(
                "a booth of session `{}` needs {} interpreters; {} have the languages, {suited} of them without a conflict of interest",
                session.id,
                booth.size,
                booth.suited.len()
            );
            (suited < booth.size as usize).then(|| core("S5", "too-few-interpreters", None, text))
        })
    })
}

/// True when the earliest dates that windows, minimum gaps and locks allow end in time. Maximum
/// gaps are left out: what only they forbid is told as a matter of common time.
fn windows_hold(instance: &Instance, dispute: DisputeIx) -> bool {
    let mut free_from = 0;
    instance.dispute(dispute).sessions.iter().all(|session| {
        let earliest = session.earliest.max(free_from + session.min_gap);
        let start = session.fixed.unwrap_or(earliest);
        free_from = start + session.slots;
        start >= earliest && free_from <= session.latest_end
    })
}

fn core(requirement: &str, reason: &str, mediators: Option<u32>, text: String) -> CoreDoc {
    CoreDoc { requirement: requirement.to_owned(), reason: reason.to_owned(), mediators, text }
}

fn gates(instance: &Instance, dispute: DisputeIx) -> Vec<CoreDoc> {
    let data = instance.dispute(dispute);
    data.gates
        .iter()
        .map(|gate| match gate {
            Gate::NoConsent(party) => {
                let text = format!("party `{}` has not consented", data.parties[*party].id);
                core("G1", "no-consent", None, text)
            }
            Gate::Excluded(_, state, subject) => {
                let state = instance.actor_name(*state);
                let subject = instance.subject_name(*subject);
                let text = format!("`{state}` has declared the subject `{subject}` unsuitable");
                core("G1", "excluded-subject", None, text)
            }
            Gate::ThirdState(state) => {
                let text =
                    format!("the third State `{}` has not consented", instance.actor_name(*state));
                core("G1", "no-third-state-consent", None, text)
            }
        })
        .collect()
}

/// The reasons by the number of mediators that each takes away, then what the rest lacks.
fn no_panel(instance: &Instance, tables: Tables<'_>, dispute: DisputeIx) -> Vec<CoreDoc> {
    let roster = instance.mediators().len();
    let counts = tables.eligibility.exclusion_counts_of(instance, dispute);
    let mut cores: Vec<CoreDoc> = counts
        .into_iter()
        .map(|(code, count)| {
            let text = format!("of {roster} mediators, {count} excluded as `{code}`");
            let label = if code == "forbidden" { "A8" } else { "A2" };
            core(label, &code, Some(count as u32), text)
        })
        .collect();
    let eligible = tables.eligibility.eligible(dispute).len();
    let panel = &instance.dispute(dispute).panel;
    let required_out = panel
        .required
        .iter()
        .filter(|seat| !tables.eligibility.get(dispute, seat.mediator).is_eligible());
    for seat in required_out {
        let name = instance.mediator_name(seat.mediator);
        cores.push(core(
            "A8",
            "required-not-eligible",
            None,
            format!("required mediator `{name}` is not eligible"),
        ));
    }
    let size = panel.size;
    if eligible < size {
        let text = format!("eligible mediators left: {eligible}, seats: {size}");
        cores.push(core("A1", "too-few", None, text));
    } else {
        let text = format!(
            "no {size} of the {eligible} eligible mediators meet coverage, distinctness and locks together"
        );
        cores.push(core("A4", "no-combination", None, text));
    }
    cores
}
