//! Who could step in, and which recusals a docket could not absorb.
//!
//! * Takes an instance with its solution; gives for every seat who could take it, everything else as it is, and for
//!   the seats that nobody could take what planning again would come to.
//! * **Invariant**: nothing is estimated. A swap is judged by every rule (`solve::reserves`), a recusal by planning the
//!   docket again without her.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Lost, Supposition, WhatIf, units, what_if};
use crate::domain::{DisputeIx, MediatorIx};
use crate::format::{InstanceDoc, SolutionDoc, StopReason};
use crate::pipeline::Screened;
use crate::solution::Solution;
use crate::solve::{Control, Options, Reserve, reserves, reserves_of};

/// Reserves of a dispute that its explanation names.
const NAMED: usize = 5;

/// A seat, and who could take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatReserves {
    /// The dispute.
    pub dispute: String,
    /// Who sits.
    pub mediator: String,
    /// Who could step in for her, everything else as it is, best first.
    pub reserves: Vec<String>,
}

/// What planning again comes to when somebody may not sit whom nobody can stand in for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recusal {
    /// The dispute.
    pub dispute: String,
    /// Who may not sit in it.
    pub mediator: String,
    /// Disputes that would lose their panel or dates.
    pub newly_unserved: Vec<Lost>,
    /// Who would join the panel.
    pub joined: Vec<String>,
    /// Sessions of the dispute that would move.
    pub moved: usize,
    /// Other disputes whose panel or dates would change.
    pub others: Vec<String>,
    /// What quality would lose, in micro-units; negative where it gains.
    pub lost: i64,
    /// What ended the planning before its proof, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<StopReason>,
}

/// How a docket stands recusals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recusals {
    /// Every seat, in the order of the instance.
    pub seats: Vec<SeatReserves>,
    /// Those that nobody can take as things are: what would come of it, the worst first.
    pub without: Vec<Recusal>,
    /// Seats of that kind that no time was left for, or where a lock has her sit.
    pub not_tried: Vec<SeatReserves>,
}

/// Who could step in where, and what the recusals would come to that nobody could step in for.
#[must_use]
pub fn recusals(
    screened: &Screened,
    document: &InstanceDoc,
    (solution, answer): (&SolutionDoc, &Solution),
    options: Options,
    control: &Control<'_>,
) -> Recusals {
    let instance = &screened.instance;
    let name = |m: MediatorIx| instance.mediator_name(m).to_owned();
    let Screened { conflicts, eligibility, availability, .. } = screened;
    let found = reserves(instance, conflicts, eligibility, availability, answer);
    let mut seats = Vec::new();
    for plan in answer.plans.iter().flatten() {
        for member in &plan.panel {
            let able = found[plan.dispute.ix()].iter();
            let able = able.filter(|reserve| reserve.stands_in_for.contains(member));
            seats.push(SeatReserves {
                dispute: instance.dispute_name(plan.dispute).to_owned(),
                mediator: name(*member),
                reserves: able.map(|reserve| name(reserve.mediator)).collect(),
            });
        }
    }
    let (mut without, mut not_tried) = (Vec::new(), Vec::new());
    for seat in seats.iter().filter(|seat| seat.reserves.is_empty()) {
        let supposed = [Supposition::Forbid(seat.dispute.clone(), seat.mediator.clone())];
        let tried = (!control.should_stop())
            .then(|| what_if(document, solution, &supposed, (options, false), control).ok());
        match tried.flatten() {
            Some(found) => without.push(recusal(seat, found)),
            None => not_tried.push(seat.clone()),
        }
    }
    let weight = |r: &Recusal| (r.newly_unserved.len(), r.others.len(), r.moved, r.lost);
    without.sort_by_key(|recusal| std::cmp::Reverse(weight(recusal)));
    Recusals { seats, without, not_tried }
}

fn recusal(seat: &SeatReserves, found: WhatIf) -> Recusal {
    let own = found.changes.iter().find(|change| change.dispute == seat.dispute);
    let others = found.changes.iter().filter(|change| change.dispute != seat.dispute);
    Recusal {
        dispute: seat.dispute.clone(),
        mediator: seat.mediator.clone(),
        joined: own.map(|change| change.joined.clone()).unwrap_or_default(),
        moved: own.map_or(0, |change| change.moved.iter().filter(|m| m.now.is_some()).count()),
        others: others.map(|change| change.dispute.clone()).collect(),
        lost: found.lost(),
        stop_reason: found.stop_reason,
        newly_unserved: found.newly_unserved,
    }
}

/// The same in words.
#[must_use]
pub fn recusals_text(found: &Recusals) -> String {
    let mut text = String::new();
    let covered = found.seats.iter().filter(|seat| !seat.reserves.is_empty()).count();
    let _ = writeln!(
        text,
        "if one mediator could not sit in one dispute: for {covered} of {} seats somebody could step in, everything else as it is",
        found.seats.len()
    );
    if !found.without.is_empty() {
        text.push_str("for these nobody could; planned again, with as little change as pays:\n");
    }
    for recusal in &found.without {
        let Recusal { dispute, mediator, joined, moved, others, .. } = recusal;
        let mut parts = Vec::new();
        if !joined.is_empty() {
            parts.push(format!("{} would join", joined.join(", ")));
        }
        match moved {
            0 => {}
            1 => parts.push("one session would move".to_owned()),
            n => parts.push(format!("{n} sessions would move")),
        }
        if !others.is_empty() {
            parts.push(format!("{} would change too", others.join(", ")));
        }
        if recusal.lost > 0 {
            parts.push(format!("quality {} less", units(recusal.lost)));
        }
        if recusal.stop_reason.is_some() {
            parts.push("a limit ended this early, there may be better".to_owned());
        }
        let colon = if parts.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "  {dispute} without {mediator}{colon}{}", parts.join("; "));
        for Lost { dispute, why } in &recusal.newly_unserved {
            let _ = writeln!(text, "    {dispute} would be unserved: {why}");
        }
    }
    if !found.not_tried.is_empty() {
        let seats = found.not_tried.iter();
        let seats: Vec<String> =
            seats.map(|seat| format!("{} in {}", seat.mediator, seat.dispute)).collect();
        let _ = writeln!(
            text,
            "not tried (no time was left, or a lock has her sit): {}",
            seats.join(", ")
        );
    }
    text
}

/// Somebody who could step in in a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standby {
    /// The mediator.
    pub mediator: String,
    /// The members for whom she could.
    pub stands_in_for: Vec<String>,
}

/// Who could step in in one dispute, everything else as it is, best first.
#[must_use]
pub fn standbys(screened: &Screened, answer: &Solution, dispute: DisputeIx) -> Vec<Standby> {
    let Screened { instance, conflicts, eligibility, availability, .. } = screened;
    let found = reserves_of(instance, conflicts, eligibility, availability, answer, dispute);
    let name = |m: &MediatorIx| instance.mediator_name(*m).to_owned();
    let told = |Reserve { mediator, stands_in_for }: &Reserve| Standby {
        mediator: name(mediator),
        stands_in_for: stands_in_for.iter().map(name).collect(),
    };
    found.iter().map(told).collect()
}

/// The same in words, with the size of the panel.
pub(super) fn standbys_text(found: &[Standby], size: usize, text: &mut String) {
    if found.is_empty() {
        text.push_str("  nobody could step in for a member with everything else as it is\n");
        return;
    }
    text.push_str("  could step in, everything else as it is:\n");
    for Standby { mediator, stands_in_for } in found.iter().take(NAMED) {
        let whom = if stands_in_for.len() == size && size > 1 {
            "any member".to_owned()
        } else {
            stands_in_for.join(" or ")
        };
        let _ = writeln!(text, "    {mediator} for {whom}");
    }
    if found.len() > NAMED {
        let _ = writeln!(text, "    and {} more", found.len() - NAMED);
    }
}
