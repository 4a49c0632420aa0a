//! Why a mediator sits in a dispute, or why not.

use std::fmt::Write as _;

use super::units;
use crate::conflict::show;
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::eligibility::{Eligibility, Reason};
use crate::pipeline::Screened;
use crate::solution::{Solution, TIERS, evaluate};
use crate::solve::{Seating, try_seat};

/// Why this mediator is, or is not, on the panel of this dispute.
#[must_use]
pub fn explain_mediator(
    screened: &Screened,
    solution: &Solution,
    (dispute, mediator): (DisputeIx, MediatorIx),
    for_parties: bool,
) -> String {
    let instance = &screened.instance;
    let names = (instance.mediator_name(mediator), instance.dispute_name(dispute));
    let plan = solution.plans[dispute.ix()].as_ref();
    if plan.is_some_and(|plan| plan.panel.contains(&mediator)) {
        let fit = units(instance.fit(dispute, mediator));
        let past = recent(instance, mediator, for_parties);
        return format!("{} sits in {}: eligible, fit {fit}{past}\n", names.0, names.1);
    }
    let mut text = format!("{} does not sit in {}:\n", names.0, names.1);
    match screened.eligibility.get(dispute, mediator) {
        Eligibility::Excluded(reasons) => {
            for reason in reasons {
                let secret = matches!(reason, Reason::Undisclosable { .. });
                let told = if for_parties && secret {
                    "undisclosable: a circumstance that may not be disclosed".to_owned()
                } else {
                    describe(screened, dispute, mediator, *reason)
                };
                let _ = writeln!(text, "  {told}");
            }
        }
        Eligibility::Eligible { fit, .. } => {
            let past = recent(instance, mediator, for_parties);
            let _ = writeln!(text, "  eligible, fit {}{past}", units(fit));
            let _ = writeln!(text, "  {}", try_out(screened, solution, dispute, mediator));
        }
    }
    text
}

/// What rotation makes a seat of a mediator cost, where it does.
pub(super) fn recent(instance: &Instance, mediator: MediatorIx, for_parties: bool) -> String {
    let (number, years) = (instance.mediator(mediator).recent, instance.policy().rotation_years);
    match instance.rotation(mediator) {
        0 => String::new(),
        _ if for_parties => String::new(),
        cost => format!(", less {} for {number} seats in the last {years} years", units(cost)),
    }
}

/// A reason in words, with the witness path where there is one.
pub(super) fn describe(screened: &Screened, d: DisputeIx, m: MediatorIx, reason: Reason) -> String {
    let instance = &screened.instance;
    let code = reason.code(instance);
    let told = match reason {
        Reason::OwnCause => {
            "is a party, representative, counsel or expert in this very dispute".to_owned()
        }
        Reason::NationalityUnknown => "has no nationality on record".to_owned(),
        Reason::National => "is a national of a party".to_owned(),
        Reason::NotOnPanel => "is not designated to a panel that admits this class".to_owned(),
        Reason::Language => "speaks none of the languages of the proceeding".to_owned(),
        Reason::Strike { party } => {
            let party = &instance.dispute(d).parties[party as usize].id;
            format!("was struck by party {party}")
        }
        Reason::Forbidden => "is kept from this dispute by a lock".to_owned(),
        Reason::NotScored => {
            "has no score for this dispute, and only scored pairs are candidates".to_owned()
        }
        Reason::Conflict { rule } | Reason::Undisclosable { rule } => {
            let finding =
                screened.conflicts.findings(d, m).iter().find(|finding| finding.rule == rule);
            finding.map_or_else(String::new, |finding| {
                let text = finding.to_disclosure(instance, d, m).text;
                let path = show::path(instance, finding);
                if path.is_empty() { text } else { format!("{text}\n    {path}") }
            })
        }
    };
    format!("{code}: {told}")
}

/// Why an eligible mediator was not chosen: found by seating her.
fn try_out(screened: &Screened, solution: &Solution, d: DisputeIx, m: MediatorIx) -> String {
    let seating = try_seat(
        &screened.instance,
        &screened.conflicts,
        &screened.eligibility,
        &screened.availability,
        solution,
        (d, m),
    );
    match seating {
        Seating::NoPanel => {
            "no panel with this mediator meets coverage, distinctness and locks".to_owned()
        }
        Seating::NoDates => {
            "no common time: no panel with this mediator has dates together with the parties"
                .to_owned()
        }
        Seating::NoCapacity => {
            let effort = screened.instance.effort(d, m);
            match screened.instance.mediator(m).minutes {
                Some(minutes) if minutes < effort => format!(
                    "capacity: takes {minutes} minutes of work at most, and this dispute asks for {effort}"
                ),
                _ => "capacity: does not reach for this dispute beside those that she has in this answer".to_owned(),
            }
        }
        Seating::InBatch => {
            "conflict of interest in this batch (A6): together with a dispute that she has in this answer, this one would bar her"
                .to_owned()
        }
        Seating::Capped(group) => format!(
            "docket cap (A7): {} have all the seats in this answer that their share allows",
            screened.instance.group_name(&group)
        ),
        Seating::Taken => {
            "the fellow members or the dates that a panel with this mediator needs are taken by other disputes"
                .to_owned()
        }
        Seating::Worse if !screened.instance.policy().levels.is_empty() => {
            "no panel with this mediator, the rest unchanged, serves the dispute well enough: more disputes would be below a level of service, which comes first"
                .to_owned()
        }
        Seating::Worse => {
            "no panel with this mediator, the rest unchanged, serves the dispute as well as the worst-served one of this answer, which comes first"
                .to_owned()
        }
        Seating::Possible(with) => {
            let now = evaluate(&screened.instance, &screened.availability, solution);
            if with.tiers()[..TIERS - 1] > now.tiers()[..TIERS - 1] {
                let served = (with.panels, with.sessions) > (now.panels, now.sessions);
                let what = if served { "the dispute would be served" } else { "what comes before quality would be better" };
                return format!("could sit here, the rest unchanged, and {what}: this answer is not the best");
            }
            let loss = now.quality() - with.quality();
            match loss {
                0 => "could sit here just as well, the rest unchanged".to_owned(),
                1.. => format!(
                    "could sit here, the rest unchanged, at a loss of {} of quality: better used as planned",
                    units(loss)
                ),
                _ => format!(
                    "could sit here, the rest unchanged, with {} more quality: this answer is not the best",
                    units(-loss)
                ),
            }
        }
    }
}
