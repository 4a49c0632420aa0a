//! Who was seated and why, when they meet, and why a dispute is unserved.

use std::fmt::Write as _;

use super::{units, word};
use crate::domain::{DisputeIx, Instance};
use crate::format::{
    Cure, DisclosureDoc, Role, ScheduledSessionDoc, SolutionDoc, UnservedDoc, UnservedStage,
};
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
            describe_disclosure(disclosure, &mut text);
        }
    }
    describe_sessions(instance, document, name, &mut text);
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
