//! A solution document read back as plans of the instance.

use super::{find_dispute, find_mediator};
use crate::diagnostic::Diagnostic;
use crate::domain::{Instance, InterpreterIx};
use crate::format::{Role, SolutionDoc};
use crate::solution::{Plan, Solution, Staff};
use crate::time::parse_instant;

/// Reads the panels and starts of a solution of this very instance.
///
/// # Errors
/// Every place that does not fit the instance. Whether the answer obeys the rules is `check`'s
/// business.
pub fn read_answer(
    instance: &Instance,
    document: &SolutionDoc,
) -> Result<Solution, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    if document.instance.digest != instance.digest() {
        let message = format!("the solution answers another version of `{}`", instance.id());
        findings.push(
            Diagnostic::error("other-instance", "/instance/digest", message)
                .help("give the instance that was solved, or solve this one"),
        );
        return Err(findings);
    }
    let mut solution = Solution::empty(instance.disputes().len());
    for (position, assignment) in document.assignments.iter().enumerate() {
        let pointer = format!("/assignments/{position}");
        let Some(dispute) = find_dispute(instance, &assignment.dispute) else {
            findings.push(unknown(&format!("{pointer}/dispute"), &assignment.dispute));
            continue;
        };
        let mut plan =
            Plan { dispute, panel: Vec::new(), chair: None, starts: None, staff: Vec::new() };
        for (seat_position, seat) in assignment.panel.iter().enumerate() {
            match find_mediator(instance, &seat.mediator) {
                Some(mediator) => {
                    plan.panel.push(mediator);
                    if seat.role == Role::Chair {
                        plan.chair = Some(mediator);
                    }
                }
                None => findings.push(unknown(
                    &format!("{pointer}/panel/{seat_position}/mediator"),
                    &seat.mediator,
                )),
            }
        }
        plan.panel.sort_unstable();
        plan.starts = starts(instance, document, &plan, &mut findings);
        if plan.starts.is_some() {
            plan.staff = staff(instance, document, &plan);
        }
        solution.plans[dispute.ix()] = Some(plan);
    }
    if findings.is_empty() { Ok(solution) } else { Err(findings) }
}

fn unknown(pointer: &str, id: &str) -> Diagnostic {
    Diagnostic::error("unknown-reference", pointer, format!("the instance has no `{id}`"))
        .help("take the ids from the instance document")
}

/// The starts of all sessions of a dispute; `None` when some session has none.
fn starts(
    instance: &Instance,
    document: &SolutionDoc,
    plan: &Plan,
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<u32>> {
    let name = instance.dispute_name(plan.dispute);
    let sessions = &instance.dispute(plan.dispute).sessions;
    let mut starts = Vec::with_capacity(sessions.len());
    for session in sessions {
        let written = document
            .sessions
            .iter()
            .enumerate()
            .find(|(_, s)| s.dispute == name && s.session == session.id);
        let (position, entry) = written?;
        let slot = parse_instant(&entry.start).ok().and_then(|i| instance.grid().slot_at(i));
        match slot.filter(|slot| slot + session.slots <= instance.grid().slots()) {
            Some(slot) => starts.push(slot),
            None => findings.push(Diagnostic::error(
                "bad-start",
                format!("/sessions/{position}/start"),
                format!("`{}` is not a start on the slot grid of the instance", entry.start),
            )),
        }
    }
    (starts.len() == sessions.len() && !sessions.is_empty()).then_some(starts)
}

/// The rooms and interpreters of all sessions of a dispute; what the instance does not know is left
/// out, which is `check`'s business.
fn staff(instance: &Instance, document: &SolutionDoc, plan: &Plan) -> Vec<Staff> {
    let name = instance.dispute_name(plan.dispute);
    let sessions = instance.dispute(plan.dispute).sessions.iter();
    sessions
        .map(|session| {
            let mut of_session = document.sessions.iter();
            let Some(written) = of_session.find(|s| s.dispute == name && s.session == session.id)
            else {
                return Staff::default();
            };
            let class = |room: &String| {
                let place = instance.place(session.room_at()?);
                let at = place.rooms.iter().position(|known| known == room)?;
                place.classes.iter().position(|class| class.rooms.contains(&at))
            };
            let rooms = written.room.iter().chain(&written.breakout_rooms);
            let interpreter = |id: &String| {
                let all = instance.interpreters().iter();
                all.map(|i| instance.actor_name(i.actor)).position(|known| known == id)
            };
            Staff {
                rooms: rooms.filter_map(class).map(|class| class as u32).collect(),
                interpreters: written
                    .interpreters
                    .iter()
                    .filter_map(interpreter)
                    .map(InterpreterIx::new)
                    .collect(),
            }
        })
        .collect()
}
