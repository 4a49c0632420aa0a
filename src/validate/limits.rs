//! Limits that keep later arithmetic inside 64 bits.
//!
//! * `lists`: how long lists may be, so that dense indices fit and sums of counts stay small.
//! * `profile`, `patterns`: the same for rules in the instance itself, before they grow.
//! * `magnitude`: the greatest sum that an objective, its bound in nano-units and the efforts can
//!   reach; computed in 128 bits from the numbers of the document.

use std::collections::BTreeMap;

use super::at::At;
use super::codes;
use super::context::Context;
use super::policy::MOST_COST;
use super::profile::Layer;
use crate::domain::{Dispute, Mediator, Policy};
use crate::format::RulesDoc;

const MOST_ENTRIES: usize = 10_000_000;
const MOST_DISPUTES: usize = 1_000_000;
const MOST_PARTIES: usize = 100;
const MOST_SESSIONS: usize = 200;
const MOST_CALENDARS: usize = 1000;
/// Most steps of a procedural calendar; with their greatest length no date leaves the calendar.
const MOST_DATES: usize = 100;
const MOST_RULES: usize = 500;
const MOST_GROUPS: usize = 100;
const MOST_PROFILES: usize = 16;
const MOST_STEPS: usize = 16;
const MOST_PATTERNS: usize = 100;
/// Most patterns of a profile once the groups are written out.
const MOST_IN_ALL: usize = 20_000;

/// Whether every list is short enough; notes those that are not.
pub(super) fn lists(cx: &mut Context<'_>) -> bool {
    let doc = cx.doc;
    let root = At::ROOT;
    let actors = doc.states.len()
        + doc.organisations.len()
        + doc.people.len()
        + doc.mediators.len()
        + doc.interpreters.len();
    let mut sound = true;
    for (key, length, most) in [
        ("mediators", actors, MOST_ENTRIES),
        ("relations", doc.relations.len(), MOST_ENTRIES),
        ("appointments", doc.appointments.len(), MOST_ENTRIES),
        ("disputes", doc.disputes.len(), MOST_DISPUTES),
        ("waivers", doc.waivers.len(), MOST_ENTRIES),
        ("overrides", doc.overrides.len(), MOST_ENTRIES),
        ("journeys", doc.journeys.len(), MOST_ENTRIES),
        ("deadlines", doc.deadlines.len(), MOST_CALENDARS),
    ] {
        sound &= list(cx, length, most, &root.key(key));
    }
    let deadlines = root.key("deadlines");
    for (index, calendar) in doc.deadlines.iter().enumerate() {
        let at = deadlines.item(index);
        sound &= list(cx, calendar.steps.len(), MOST_DATES, &at.key("steps"));
    }
    let disputes = root.key("disputes");
    for (index, dispute) in doc.disputes.iter().enumerate() {
        let at = disputes.item(index);
        sound &= list(cx, dispute.parties.len(), MOST_PARTIES, &at.key("parties"));
        sound &= list(cx, dispute.sessions.len(), MOST_SESSIONS, &at.key("sessions"));
    }
    sound
}

fn list(cx: &mut Context<'_>, length: usize, most: usize, at: &At<'_>) -> bool {
    if length > most {
        cx.error(
            codes::TOO_LARGE,
            at,
            format!("{length} entries are more than this version takes"),
            format!("write at most {most}, or split the docket"),
        );
    }
    length <= most
}

/// Whether every list of an inline profile is short enough to work on; notes those that are not.
pub(super) fn profile(cx: &mut Context<'_>, doc: &RulesDoc, at: &At<'_>) -> bool {
    let mut sound = true;
    let mut list = |length: usize, most: usize, at: &At<'_>| {
        if length > most {
            cx.error(
                codes::TOO_LARGE,
                at,
                format!("{length} entries are more than a profile takes here"),
                format!("write at most {most}"),
            );
            sound = false;
        }
    };
    list(doc.extends.len(), MOST_PROFILES, &at.key("extends"));
    list(doc.groups.0.len(), MOST_GROUPS, &at.key("groups"));
    list(doc.remove.len(), MOST_RULES, &at.key("remove"));
    list(doc.severities.0.len(), MOST_RULES, &at.key("severities"));
    list(doc.rules.len(), MOST_RULES, &at.key("rules"));
    let groups = at.key("groups");
    for (name, patterns) in doc.groups.iter().take(MOST_GROUPS) {
        list(patterns.len(), MOST_PATTERNS, &groups.key(name));
    }
    let rules = at.key("rules");
    for (index, rule) in doc.rules.iter().enumerate().take(MOST_RULES) {
        let at = rules.item(index);
        let path = at.key("path");
        list(rule.path.len(), MOST_STEPS, &path);
        for (index, step) in rule.path.iter().enumerate().take(MOST_STEPS) {
            let at = path.item(index);
            list(step.any.len(), MOST_PATTERNS, &at.key("any"));
            list(step.groups.len(), MOST_GROUPS, &at.key("use"));
        }
    }
    sound
}

/// Whether the profile stays small once its groups are written out in every step that uses them.
pub(super) fn patterns(
    cx: &mut Context<'_>,
    doc: &RulesDoc,
    inherited: &Layer,
    at: &At<'_>,
) -> bool {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, patterns) in &inherited.groups {
        sizes.insert(name, patterns.len());
    }
    for (name, patterns) in doc.groups.iter() {
        sizes.insert(name, patterns.len());
    }
    let used = |name: &String| sizes.get(name.as_str()).copied().unwrap_or(0);
    let steps = inherited.rules.iter().chain(&doc.rules).flat_map(|rule| &rule.path);
    let total: usize =
        steps.map(|step| step.any.len() + step.groups.iter().map(used).sum::<usize>()).sum();
    if total > MOST_IN_ALL {
        cx.error(
            codes::TOO_LARGE,
            &at.key("rules"),
            format!("{total} patterns, groups written out, are more than a profile takes"),
            format!("use smaller groups: {MOST_IN_ALL} patterns in all at most"),
        );
    }
    total <= MOST_IN_ALL
}

/// Notes when weights and lengths are so large that the objective could overflow.
pub(super) fn magnitude(
    cx: &mut Context<'_>,
    policy: &Policy,
    mediators: &[Mediator],
    disputes: &[Dispute],
) {
    let slot = i128::from(cx.slot.unwrap_or(30));
    let points = i128::from(2 * MOST_COST);
    let weights = policy.weights;
    let mut total: i128 = 0;
    let mut sides: i128 = 0;
    let mut seats: i128 = 0;
    let recent = mediators.iter().map(|m| m.recent).max().unwrap_or(0);
    let disruption = i128::from(weights.disruption);
    let seat =
        i128::from(weights.fit) + i128::from(weights.rotation) * i128::from(recent) + disruption;
    for dispute in disputes {
        let size = dispute.panel.size as i128;
        seats += size;
        total += 1_000_000 * i128::from(dispute.priority) + size * seat;
        for session in &dispute.sessions {
            let booths: i128 = session.booths.iter().map(|booth| i128::from(booth.size)).sum();
            let people = size + session.attendees.len() as i128 + booths;
            // What one person bears, and with it what the worse-off side does.
            let most = points * i128::from(session.slots) * slot;
            total += disruption + 1_000_000;
            total += (i128::from(weights.burden) * people + i128::from(weights.fairness)) * most;
            sides += 1_000_000 * most;
            if let (Some(due), Some(grid)) = (session.priced_due, cx.grid) {
                let days = i128::from((grid.end() - due).max(0)) / (24 * 60) + 1;
                total += i128::from(weights.lateness) * days;
            }
        }
    }
    // WHY: only where there is a tier of sides has it prices, in nano-units; it is told always.
    total += if policy.worse_off_first { sides } else { sides / 1000 };
    let least: i128 = mediators.iter().map(|m| i128::from(m.least)).sum();
    total += 1_000_000 * (least + disputes.len() as i128);
    let most_cases = mediators.iter().map(|m| m.cases.unwrap_or(u32::MAX)).max().unwrap_or(0);
    let load = i128::from(most_cases).min(disputes.len() as i128);
    total += i128::from(weights.balance) * seats * load / 2;
    // The factor 1000 is that of nano-units; a quarter leaves room for the sums of prices.
    if total * 1000 > i128::from(i64::MAX / 4) {
        let root = At::ROOT;
        cx.error(
            codes::TOO_LARGE,
            &root.key("disputes"),
            "the objective of this docket could grow beyond 64 bits",
            "use smaller weights, or split the docket",
        );
    }
}
