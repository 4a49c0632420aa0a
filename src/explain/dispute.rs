//! Who was seated and why, when they meet, and why a dispute is unserved.

use std::fmt::Write as _;

use super::units;
use crate::domain::{DisputeIx, Instance};
use crate::format::{Role, ScheduledSessionDoc, SolutionDoc, UnservedDoc, UnservedStage};
use crate::pipeline::Screened;

/// One line a dispute, then the docket as a whole.
#[must_use]
pub fn explain_docket(screened: &Screened, document: &SolutionDoc) -> String {
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
    let _ = writeln!(text, "\nask for one of them: --dispute ID, or --dispute ID --mediator ID");
    text
}

/// Why this dispute has this panel and these dates, or why it has none.
#[must_use]
pub fn explain_dispute(screened: &Screened, document: &SolutionDoc, dispute: DisputeIx) -> String {
    let instance = &screened.instance;
    let name = instance.dispute_name(dispute);
    let mut text = format!("dispute {name}\n");
    describe_candidates(screened, dispute, &mut text);
    if let Some(assignment) = document.assignments.iter().find(|a| a.dispute == name) {
        let _ = writeln!(text, "\npanel:");
        for (seat, reason) in assignment.panel.iter().zip(&assignment.reasons) {
            let role = if seat.role == Role::Chair { "chair" } else { "member" };
            let rank = match reason.better_fits {
                0 => "no eligible mediator fits better".to_owned(),
                1 => "one eligible mediator fits better".to_owned(),
                n => format!("{n} eligible mediators fit better"),
            };
            let _ =
                writeln!(text, "  {} ({role}): fit {}, {rank}", seat.mediator, units(reason.fit));
        }
        for disclosure in &assignment.disclosures {
            let _ = writeln!(text, "  to be disclosed: {}", disclosure.text);
        }
    }
    describe_sessions(instance, document, name, &mut text);
    if let Some(unserved) = document.unserved.iter().find(|u| u.dispute == name) {
        describe_unserved(unserved, &mut text);
    }
    text
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

fn describe_sessions(instance: &Instance, document: &SolutionDoc, name: &str, text: &mut String) {
    let sessions: Vec<&ScheduledSessionDoc> =
        document.sessions.iter().filter(|s| s.dispute == name).collect();
    if sessions.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nsessions:");
    for session in sessions {
        let place = session.place.as_deref().unwrap_or("remote");
        let _ =
            writeln!(text, "  {} {} to {} ({place})", session.session, session.start, session.end);
        for (person, local) in session.local.iter() {
            let _ = writeln!(text, "    {local}  {person}");
        }
        let mut shares: Vec<String> =
            session.burden.iter().map(|(party, points)| format!("{party} {points}")).collect();
        shares.push(format!("panel {}", session.panel_burden));
        let _ = writeln!(text, "    burden in point-minutes: {}", shares.join(", "));
    }
    let weight = units(instance.policy().weights.burden * 60);
    let _ = writeln!(text, "  one point held for an hour costs {weight} of quality");
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
