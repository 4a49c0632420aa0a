//! Who was seated and why, when they meet, and why a dispute is unserved.

use std::fmt::Write as _;

use super::mediator::recent;
use super::recusals::describe_reserves;
use super::{changes, changes_text, read_answer, units, word};
use crate::domain::{DisputeIx, Instance};
use crate::format::{
    Cure, DeadlineSets, DisclosureDoc, Role, ScheduledSessionDoc, SolutionDoc, UnservedDoc,
    UnservedStage,
};
use crate::pipeline::Screened;

/// One line a dispute, then the docket as a whole.
#[must_use]
pub fn explain_docket(screened: &Screened, document: &SolutionDoc, for_parties: bool) -> String {
    let instance = &screened.instance;
    let mut text = String::new();
    for dispute in instance.dispute_indices() {
        let name = instance.dispute_name(dispute);
        let panel: Vec<&str> = document
            .assignments
            .iter()
            .filter(|a| a.dispute == name)
            .flat_map(|a| a.panel.iter().map(|seat| seat.mediator.as_str()))
            .collect();
        let line = match document.unserved.iter().find(|u| u.dispute == name) {
            Some(unserved) if panel.is_empty() => format!("{name}: {}", stage(unserved.stage)),
            Some(unserved) => {
                format!("{name}: {}; no dates: {}", panel.join(", "), stage(unserved.stage))
            }
            None => format!("{name}: {}", panel.join(", ")),
        };
        let _ = writeln!(text, "{line}");
    }
    let _ = writeln!(text, "\npairs of dispute and mediator excluded, by reason:");
    for (code, count) in document.exclusions.iter() {
        let _ = writeln!(text, "  {count:>7}  {code}");
    }
    if let Some(from) = document.from.as_ref().filter(|_| !for_parties) {
        let changes = changes_text(&changes(screened, from, document));
        let _ = writeln!(text, "\nagainst the plan before:");
        text.push_str(if changes.is_empty() { "nothing has changed\n" } else { &changes });
    }
    let _ = writeln!(text, "\nask for one of them: --dispute ID, or --dispute ID --mediator ID");
    text
}

/// Why this dispute has this panel and these dates, or why it has none.
///
/// With `for_parties`, what not every party may know is left out: sessions that some of them do not
/// attend, and sums in which such sessions have a part.
#[must_use]
pub fn explain_dispute(
    screened: &Screened,
    document: &SolutionDoc,
    dispute: DisputeIx,
    for_parties: bool,
) -> String {
    let instance = &screened.instance;
    let name = instance.dispute_name(dispute);
    let mut text = format!("dispute {name}\n");
    describe_candidates(screened, dispute, &mut text);
    let answer = if for_parties { None } else { read_answer(instance, document).ok() };
    if let Some(assignment) = document.assignments.iter().find(|a| a.dispute == name) {
        let _ = writeln!(text, "\npanel:");
        for (seat, reason) in assignment.panel.iter().zip(&assignment.reasons) {
            let role = if seat.role == Role::Chair { "chair" } else { "member" };
            let rank = match reason.better_fits {
                0 => "no eligible mediator fits better".to_owned(),
                1 => "one eligible mediator fits better".to_owned(),
                n => format!("{n} eligible mediators fit better"),
            };
            let mut seated = instance.mediator_indices();
            let seated = seated.find(|m| instance.mediator_name(*m) == seat.mediator);
            let past = seated.map(|m| recent(instance, m, for_parties)).unwrap_or_default();
            let fit = units(reason.fit);
            let _ = writeln!(text, "  {} ({role}): fit {fit}{past}, {rank}", seat.mediator);
        }
        for disclosure in &assignment.disclosures {
            describe_disclosure(disclosure, &mut text);
        }
        if let Some(answer) = &answer {
            describe_reserves(screened, answer, dispute, &mut text);
        }
    }
    describe_deadlines(instance, dispute, &mut text);
    describe_sessions(instance, document, dispute, for_parties, &mut text);
    if !for_parties {
        describe_sides(document, name, &mut text);
    }
    if let Some(unserved) = document.unserved.iter().find(|u| u.dispute == name) {
        describe_unserved(unserved, &mut text);
    }
    text
}

/// What must be told, what lets the mediator sit in spite of it, and the path that shows it.
fn describe_disclosure(disclosure: &DisclosureDoc, text: &mut String) {
    let cure = match (disclosure.cure, &disclosure.reason) {
        (Some(Cure::Waived), _) => ", waived by all parties".to_owned(),
        (Some(Cure::Overridden), reason) => {
            format!(", overridden: {}", reason.as_deref().unwrap_or_default())
        }
        (None, _) => String::new(),
    };
    let DisclosureDoc { mediator, rule, severity, text: said, .. } = disclosure;
    let _ = writeln!(
        text,
        "  to be disclosed of {mediator}: {rule} ({}{cure}): {said}",
        word(severity)
    );
    let mut path = String::new();
    for step in &disclosure.path {
        if path.is_empty() {
            path.push_str(&step.from);
        }
        let (tail, head) = if step.backward { ("<-", "-") } else { ("-", "->") };
        let relation = step.relation.as_ref().map_or(String::new(), |id| format!(" ({id})"));
        let _ = write!(path, " {tail}{}{relation}{head} {}", word(&step.kind), step.to);
    }
    if !path.is_empty() {
        let _ = writeln!(text, "    {path}");
    }
}

fn describe_candidates(screened: &Screened, dispute: DisputeIx, text: &mut String) {
    let instance = &screened.instance;
    let roster = instance.mediators().len();
    let eligible = screened.eligibility.eligible(dispute).len();
    let are = if eligible == 1 { "is" } else { "are" };
    let _ = writeln!(text, "of {roster} mediators on the roster, {eligible} {are} eligible");
    for (code, count) in screened.eligibility.exclusion_counts_of(instance, dispute) {
        let _ = writeln!(text, "  {count:>5} excluded: {code}");
    }
}

/// The dates of the procedural calendar, and what they bind.
fn describe_deadlines(instance: &Instance, dispute: DisputeIx, text: &mut String) {
    let data = instance.dispute(dispute);
    if data.deadlines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nprocedural calendar:");
    for deadline in &data.deadlines {
        let said = deadline.text.as_ref().map_or(String::new(), |said| format!(": {said}"));
        let session = |position: usize| &data.sessions[position].id;
        let binds = match deadline.binds {
            Some((position, DeadlineSets::Due)) => format!(" ({} ends by it)", session(position)),
            Some((position, DeadlineSets::NotBefore)) => {
                format!(" ({} starts no earlier)", session(position))
            }
            None => String::new(),
        };
        let _ = writeln!(text, "  {}  {}{said}{binds}", deadline.date, deadline.step);
    }
}

fn describe_sessions(
    instance: &Instance,
    document: &SolutionDoc,
    dispute: DisputeIx,
    for_parties: bool,
    text: &mut String,
) {
    let (name, data) = (instance.dispute_name(dispute), instance.dispute(dispute));
    let told = |scheduled: &&ScheduledSessionDoc| {
        let session = data.sessions.iter().find(|s| s.id == scheduled.session);
        !for_parties || session.is_some_and(|s| s.parties.len() == data.parties.len())
    };
    let all = document.sessions.iter().filter(|s| s.dispute == name);
    let sessions: Vec<&ScheduledSessionDoc> = all.clone().filter(told).collect();
    if all.count() == 0 {
        return;
    }
    let _ = writeln!(text, "\nsessions:");
    for scheduled in sessions {
        let own = data.sessions.iter().find(|session| session.id == scheduled.session);
        describe_session(scheduled, own.is_some_and(|session| session.held), text);
    }
    if for_parties {
        let _ = writeln!(text, "  sessions with some of the parties are told to those who attend");
    }
    let weight = units(instance.policy().weights.burden * 60);
    let _ = writeln!(text, "  one point held for an hour costs {weight} of quality");
}

fn describe_session(session: &ScheduledSessionDoc, held: bool, text: &mut String) {
    let mut place = session.place.clone().unwrap_or_else(|| "remote".to_owned());
    for (word, rooms) in
        [("room", session.room.as_slice()), ("breakout rooms", &session.breakout_rooms)]
    {
        if !rooms.is_empty() {
            let _ = write!(place, ", {word} {}", rooms.join(", "));
        }
    }
    let over = if held { ", held" } else { "" };
    let (id, start, end) = (&session.session, &session.start, &session.end);
    let _ = writeln!(text, "  {id} {start} to {end} ({place}{over})");
    for (person, local) in session.local.iter() {
        let _ = writeln!(text, "    {local}  {person}");
    }
    if !session.interpreters.is_empty() {
        let _ = writeln!(text, "    interpreters: {}", session.interpreters.join(", "));
    }
    let mut shares: Vec<String> =
        session.burden.iter().map(|(party, points)| format!("{party} {points}")).collect();
    shares.push(format!("panel {}", session.panel_burden));
    shares.extend(session.interpreter_burden.map(|points| format!("interpreters {points}")));
    let _ = writeln!(text, "    burden in point-minutes: {}", shares.join(", "));
}

/// What the sides bear over the series.
fn describe_sides(document: &SolutionDoc, name: &str, text: &mut String) {
    let Some(burden) = document.burdens.iter().find(|burden| burden.dispute == name) else {
        return;
    };
    let sides: Vec<String> =
        burden.sides.iter().map(|(side, points)| format!("{side} {points}")).collect();
    let _ = writeln!(
        text,
        "  over the series, the most burdened person of each side together: {}",
        sides.join(", ")
    );
}

fn describe_unserved(unserved: &UnservedDoc, text: &mut String) {
    let _ = writeln!(text, "\n{}:", stage(unserved.stage));
    for core in &unserved.core {
        let _ = writeln!(text, "  {} {}: {}", core.requirement, core.reason, core.text);
    }
}

fn stage(stage: UnservedStage) -> &'static str {
    match stage {
        UnservedStage::Admissibility => "not admissible",
        UnservedStage::Panel => "no panel can be formed",
        UnservedStage::Sessions => "no panel and dates go together",
        UnservedStage::Docket => "what disputes share does not reach for it",
    }
}
