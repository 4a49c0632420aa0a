//! Reserves: whoever is one could take a seat of the panel, everything else as it is (D9).
//!
//! * Takes the answer as the checker reads it; judges each swap by the rules about panels, capacity, the batch, caps
//!   and time, all of them about her alone: of the others nobody loses anything by it.

use crate::format::SolutionDoc;

use super::answer::{Answer, Panel};
use super::apart::Diaries;
use super::batch;
use super::caps::{self, Cap};
use super::panels;
use super::seats::Bench;
use super::verdict::Findings;

/// Judges every reserve.
pub(super) fn check(
    bench: &Bench<'_, '_>,
    doc: &SolutionDoc,
    answer: &Answer,
    found: &mut Findings,
) {
    if doc.assignments.iter().all(|assignment| assignment.reserves.is_empty()) {
        return;
    }
    let facts = bench.facts;
    let wanted = facts.doc.policy.as_ref().and_then(|policy| policy.reserves).unwrap_or(0) as usize;
    let swaps = Swaps {
        bench,
        answer,
        diaries: Diaries::new(facts, answer),
        caps: caps::caps(facts).into_values().collect(),
    };
    for (d, panel) in answer.panels.iter().enumerate() {
        let Some(panel) = panel.as_ref().filter(|panel| panel.known) else { continue };
        let Some(assignment) = doc.assignments.get(panel.at) else { continue };
        for (i, id) in assignment.reserves.iter().enumerate() {
            let mut wrong = |message: String| {
                let pointer = format!("/assignments/{}/reserves/{i}", panel.at);
                found.add("D9", Some(&assignment.dispute), pointer, message);
            };
            let Some(&reserve) = facts.mediator_ix.get(id.as_str()) else {
                wrong(format!("there is no mediator `{id}`"));
                continue;
            };
            if i >= wanted {
                wrong(format!("the policy asks for {wanted}"));
            } else if assignment.reserves[..i].contains(id) {
                wrong(format!("`{id}` is listed twice"));
            } else if !swaps.may_join(d, panel, reserve) {
                wrong(format!("`{id}` could take no seat with everything else as it is"));
            }
        }
    }
}

struct Swaps<'s, 'f, 'a> {
    bench: &'s Bench<'f, 'a>,
    answer: &'s Answer,
    diaries: Diaries,
    caps: Vec<Cap>,
}

impl Swaps<'_, '_, '_> {
    /// Whether a mediator could take some member's seat.
    fn may_join(&self, d: usize, panel: &Panel, reserve: usize) -> bool {
        let members = panel.members();
        !members.contains(&reserve)
            && self.may_sit(d, reserve)
            && members.iter().any(|leaver| self.may_replace(d, &members, *leaver, reserve))
    }

    /// What asks for her alone: A2, A3, A6, S1, S2, S6.
    fn may_sit(&self, d: usize, reserve: usize) -> bool {
        let Bench { facts, eligibility, batch, .. } = self.bench;
        let (Some(dispute), Some(&actor)) = (facts.disputes.get(d), facts.actor_of.get(reserve))
        else {
            return false;
        };
        let mut seats = batch.get(reserve).cloned().unwrap_or_default();
        seats.push(d);
        let minutes = seats.iter().filter_map(|e| facts.disputes.get(*e));
        let minutes = minutes.fold(0_i64, |sum, e| sum.saturating_add(e.effort(reserve)));
        let limits = facts.mediators.get(reserve).and_then(|doc| doc.capacity.as_ref());
        let cases = limits.and_then(|capacity| capacity.cases).map(i64::from);
        let free = |(k, date): (usize, &Option<super::answer::Date>)| {
            let session = dispute.sessions.get(k).zip(*date);
            session.is_none_or(|(s, date)| s.held || facts.attendance(actor, s, date.start).free)
        };
        let dates = self.answer.dates.get(d).map(Vec::as_slice).unwrap_or_default();
        let barred =
            |e: &usize| !batch::created(facts, eligibility, (*e, reserve), &seats).is_empty();
        eligibility.eligible(d, reserve)
            && cases.is_none_or(|cases| seats.len() as i64 <= cases)
            && facts.hours(reserve).is_none_or(|most| minutes <= most)
            && dates.iter().enumerate().all(free)
            && self.diaries.leave_room(facts, self.answer, actor, d)
            && !seats.iter().any(barred)
    }

    /// What asks for the panel with her: A1, A4, A5, A7, A8.
    fn may_replace(&self, d: usize, members: &[usize], leaver: usize, reserve: usize) -> bool {
        let Bench { facts, eligibility, .. } = self.bench;
        let mut panel: Vec<usize> = members.iter().copied().filter(|m| *m != leaver).collect();
        let apart = |m: &usize| !panels::clash(facts, eligibility, d, *m, reserve).is_empty();
        if panel.iter().any(apart) {
            return false;
        }
        panel.push(reserve);
        panel.sort_unstable();
        let all = || self.answer.panels.iter().flatten().flat_map(|panel| &panel.seats);
        let crowds = |cap: &Cap| {
            let joins = cap.members.contains(&reserve) && !cap.members.contains(&leaver);
            joins && all().filter(|seat| cap.members.contains(&seat.1)).count() as i64 >= cap.limit
        };
        panels::stands(facts, eligibility, d, &panel) && !self.caps.iter().any(crowds)
    }
}
