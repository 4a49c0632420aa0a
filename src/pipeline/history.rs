//! Past appointments, judged as if they were to be made on their own day.
//!
//! * Takes an instance document and a profile; gives, for each rule, how many of the past
//!   appointments it would have flagged.
//! * Each appointment becomes a dispute between the parties of its case, as of its date, with the
//!   appointments of earlier days as the past. Nationalities, relations and designations are those
//!   of the document, with their dates.
//! * Complexity: one screening for each day on which somebody was appointed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::conflict::{ConflictGraph, screen};
use crate::diagnostic::Diagnostic;
use crate::format::{
    AppointmentDoc, ConflictRulesDoc, DisputeClass, DisputeDoc, InstanceDoc, IntervalDoc, Pairs,
    PanelSpecDoc, PartyDoc, PolicyDoc, Severity,
};
use crate::validate::validate;

/// What a profile makes of the past appointments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// The profile.
    pub profile: String,
    /// Appointments in cases with two parties or more; the others cannot be judged.
    pub judged: usize,
    /// Appointments left out.
    pub left_out: usize,
    /// Appointments with a finding of orange or above.
    pub flagged: usize,
    /// Appointments by the largest severity found: orange, waivable red, non-waivable red.
    pub by_severity: [usize; 3],
    /// Rules that found something, in their order: id, severity, number of appointments.
    pub by_rule: Vec<(String, Severity, usize)>,
}

/// Judges every past appointment under a profile; under the instance's own where none is named.
///
/// # Errors
/// The findings about a derived document, which stem from the document or the name of the profile.
pub fn history(doc: &InstanceDoc, profile: Option<&str>) -> Result<History, Vec<Diagnostic>> {
    let rules = profile.map(|name| ConflictRulesDoc::Profile(name.to_owned()));
    let rules = rules.or_else(|| doc.policy.as_ref().and_then(|p| p.conflict_rules.clone()));
    let mut by_day: BTreeMap<&str, Vec<&AppointmentDoc>> = BTreeMap::new();
    let mut left_out = 0;
    for appointment in &doc.appointments {
        let parties: BTreeSet<&String> = appointment.parties.iter().collect();
        if parties.len() < 2 {
            left_out += 1;
        } else {
            by_day.entry(&appointment.date).or_default().push(appointment);
        }
    }
    let mut history = History {
        profile: String::new(),
        judged: 0,
        left_out,
        flagged: 0,
        by_severity: [0; 3],
        by_rule: Vec::new(),
    };
    let base = base(doc, rules);
    let mut counts: BTreeMap<usize, (String, Severity, usize)> = BTreeMap::new();
    for (day, appointments) in by_day {
        let (instance, findings) =
            validate(&on_the_day(&base, doc, day, &appointments), String::new());
        let Some(instance) = instance else { return Err(findings) };
        let table = screen(&instance, &ConflictGraph::build(&instance));
        history.profile.clone_from(&instance.policy().rules.id);
        for (dispute, appointment) in instance.dispute_indices().zip(&appointments) {
            let mut names = instance.mediator_indices();
            let Some(mediator) = names.find(|m| instance.mediator_name(*m) == appointment.mediator)
            else {
                continue;
            };
            history.judged += 1;
            let found = table.findings(dispute, mediator).iter();
            let mut worst = None;
            for finding in found.filter(|finding| finding.severity >= Severity::Orange) {
                let id = table.rule_id(finding.rule).to_owned();
                let entry = counts.entry(finding.rule.ix()).or_insert((id, finding.severity, 0));
                entry.2 += 1;
                worst = worst.max(Some(finding.severity));
            }
            if let Some(worst) = worst {
                history.flagged += 1;
                history.by_severity[worst as usize - Severity::Orange as usize] += 1;
            }
        }
    }
    history.by_rule = counts.into_values().collect();
    Ok(history)
}

/// What is the same on every day: the actors, without what only scheduling needs.
fn base(doc: &InstanceDoc, conflict_rules: Option<ConflictRulesDoc>) -> InstanceDoc {
    let mut base = doc.clone();
    let institution = doc.policy.as_ref().and_then(|policy| policy.institution.clone());
    base.policy = Some(PolicyDoc { conflict_rules, institution, ..PolicyDoc::default() });
    base.slot_minutes = None;
    base.appointments.clear();
    base.disputes.clear();
    base.scores.clear();
    base.waivers.clear();
    base.overrides.clear();
    base.locks = None;
    // What points to a dispute of the docket points nowhere now.
    base.relations.retain(|relation| relation.case.is_none());
    for panel in &mut base.panels {
        (panel.quota_per_state, panel.quota_per_founder) = (None, None);
    }
    for mediator in &mut base.mediators {
        mediator.busy.clear();
        mediator.capacity = None;
    }
    base
}

fn on_the_day(
    base: &InstanceDoc,
    doc: &InstanceDoc,
    day: &str,
    appointments: &[&AppointmentDoc],
) -> InstanceDoc {
    let mut instance = base.clone();
    day.clone_into(&mut instance.as_of);
    instance.horizon = IntervalDoc {
        start: format!("{day}T12:00:00Z"),
        end: format!("{day}T13:00:00Z"),
        notes: None,
    };
    let earlier = |a: &&AppointmentDoc| a.date.as_str() < day;
    instance.appointments = doc.appointments.iter().filter(earlier).cloned().collect();
    instance.disputes = appointments
        .iter()
        .enumerate()
        .map(|(position, appointment)| dispute(position, appointment))
        .collect();
    instance
}

fn dispute(position: usize, appointment: &AppointmentDoc) -> DisputeDoc {
    let mut actors: Vec<&String> = Vec::new();
    for actor in &appointment.parties {
        if !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    let party = |(number, actor): (usize, &&String)| PartyDoc {
        id: format!("party-{number}"),
        actor: (*actor).clone(),
        side: None,
        representatives: Vec::new(),
        counsel: Vec::new(),
        experts: Vec::new(),
        consent: None,
        ballot: None,
        notes: None,
    };
    DisputeDoc {
        id: format!("appointment-{position}"),
        title: None,
        class: DisputeClass::StateInvestor,
        subjects: Vec::new(),
        parties: actors.iter().enumerate().map(party).collect(),
        panel: PanelSpecDoc {
            size: 1,
            chair: None,
            mode: None,
            languages: Pairs::default(),
            expertise: Pairs::default(),
            distinct_nationalities: None,
            notes: None,
        },
        languages: Vec::new(),
        third_states: Vec::new(),
        related: Vec::new(),
        sessions: Vec::new(),
        priority: None,
        opened: None,
        due: None,
        deadlines: None,
        notes: None,
    }
}

/// The histories of several profiles as a page for people.
#[must_use]
pub fn history_text(histories: &[History]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for history in histories {
        let History { profile, judged, left_out, flagged, by_severity, .. } = history;
        let _ = writeln!(
            text,
            "{profile}: {flagged} of {judged} past appointments flagged; by the largest severity: {} orange, {} waivable-red, {} non-waivable-red",
            by_severity[0], by_severity[1], by_severity[2]
        );
        if *left_out > 0 {
            let _ = writeln!(text, "  {left_out} left out: fewer than two parties are known");
        }
        for (rule, severity, count) in &history.by_rule {
            let word = serde_json::to_value(severity).unwrap_or_default();
            let word = word.as_str().unwrap_or_default();
            let _ = writeln!(text, "  {count:>6}  {rule} ({word})");
        }
    }
    text
}
