//! `waivers` and `overrides`: what sets findings aside, into the disputes.
//!
//! * A rule or relation is waived for a mediator in a dispute when every party has said so,
//!   expressly and on or before `as_of`; several waivers together may name the parties.
//! * **Invariants**: what reaches a dispute has effect there; a waiver or override without effect
//!   is noted, as a warning.

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use super::profile::patterns;
use crate::diagnostic::quote;
use crate::domain::{Cures, Dispute, DisputeIx, MediatorIx, Policy};
use crate::format::{ConsentNeeded, RuleDoc, Severity, Target, WaiverDoc};

/// What is waived: a rule by place in the profile, or a relation by place in the document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Object {
    Rule(u32),
    Relation(usize),
}

/// Who has waived it, by place among the parties, and the first waiver that says so.
struct Waived {
    first: usize,
    by: BTreeSet<usize>,
}

/// Cures by dispute and mediator.
type Found = BTreeMap<(DisputeIx, MediatorIx), Cures>;

/// Reads waivers and overrides into the disputes.
pub(super) fn read(
    cx: &mut Context<'_>,
    policy: &Policy,
    relations: &Table<'_>,
    disputes: &mut [Option<Dispute>],
) {
    let mut found = Found::new();
    waivers(cx, policy, relations, &mut found);
    overrides(cx, policy, &mut found);
    // INVARIANT: in this order the mediators of each dispute are sorted.
    for ((dispute, mediator), mut cures) in found {
        cures.rules.sort_unstable();
        cures.relations.sort_unstable();
        cures.overrides.sort_unstable();
        if let Some(dispute) = &mut disputes[dispute.ix()] {
            dispute.cures.push((mediator, cures));
        }
    }
}

fn waivers(cx: &mut Context<'_>, policy: &Policy, relations: &Table<'_>, found: &mut Found) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("waivers");
    let mut all: BTreeMap<(DisputeIx, MediatorIx, Object), Waived> = BTreeMap::new();
    for (index, waiver) in doc.waivers.iter().enumerate() {
        let at = list.item(index);
        let mediator = cx.mediator(&waiver.mediator, &at.key("mediator"));
        let dispute = cx.dispute(&waiver.dispute, &at.key("dispute"));
        let object = object(cx, waiver, policy, relations, &at);
        let date = waiver.date.as_ref().map(|text| cx.date(text, &at.key("date")));
        let Some(dispute) = dispute else { continue };
        let by = parties(cx, waiver, dispute, &at.key("by"));
        let (Some(mediator), Some(object)) = (mediator, object) else { continue };
        let idle = useless(cx, policy, object, dispute).or_else(|| {
            let as_of = cx.as_of;
            Some(match date {
                _ if waiver.express != Some(true) => {
                    ("it is not express", "set `express` to true if the parties have said so")
                }
                None => ("it has no date", "write on which date it was given"),
                Some(Some(date)) if as_of.is_some_and(|as_of| date > as_of) => {
                    ("it is dated after `as_of`", "correct the date, or plan as of a later day")
                }
                _ if waiver.by.is_empty() => ("no party gives it", "name the parties in `by`"),
                _ => return None,
            })
        });
        if let Some((why, help)) = idle {
            cx.warn(codes::IDLE_WAIVER, &at, format!("this waiver has no effect: {why}"), help);
            continue;
        }
        let waived = all.entry((dispute, mediator, object));
        waived.or_insert_with(|| Waived { first: index, by: BTreeSet::new() }).by.extend(by);
    }
    for ((dispute, mediator, object), waived) in all {
        if is_complete(cx, dispute, &waived, &list) {
            let cures = found.entry((dispute, mediator)).or_default();
            match object {
                Object::Rule(rule) => cures.rules.push(rule),
                Object::Relation(relation) => cures.relations.push(relation),
            }
        }
    }
}

/// What a waiver is about; it names either a rule or a relation.
fn object(
    cx: &mut Context<'_>,
    doc: &WaiverDoc,
    policy: &Policy,
    relations: &Table<'_>,
    at: &At<'_>,
) -> Option<Object> {
    match (&doc.rule, &doc.relation) {
        (Some(rule), None) => cx.rule(rule, policy, &at.key("rule")).map(Object::Rule),
        (None, Some(relation)) => {
            let found = relations.find(relation);
            if found.is_none() {
                cx.unknown_among(relation, relations, &at.key("relation"), "a relation");
            }
            found.map(Object::Relation)
        }
        (rule, _) => {
            let names = if rule.is_some() { "both a rule and a relation" } else { "nothing" };
            cx.error(
                codes::WAIVER_OBJECT,
                at,
                format!("this waiver names {names}"),
                "name what is waived, in `rule` or in `relation`",
            );
            None
        }
    }
}

/// The parties that give a waiver, by place.
fn parties(cx: &mut Context<'_>, doc: &WaiverDoc, dispute: DisputeIx, list: &At<'_>) -> Vec<usize> {
    let mut table = Table::default();
    for party in &cx.doc.disputes[dispute.ix()].parties {
        table.add(&party.id);
    }
    let mut found = Vec::with_capacity(doc.by.len());
    for (index, id) in doc.by.iter().enumerate() {
        let place = table.find(id);
        if place.is_none() {
            cx.unknown_among(id, &table, &list.item(index), "a party");
        }
        found.extend(place);
    }
    found
}

/// Whether every party has waived; notes which have not.
fn is_complete(cx: &mut Context<'_>, dispute: DisputeIx, waived: &Waived, list: &At<'_>) -> bool {
    let parties = &cx.doc.disputes[dispute.ix()].parties;
    let missing: Vec<String> = (parties.iter().enumerate())
        .filter(|(place, _)| !waived.by.contains(place))
        .map(|(_, party)| quote(&party.id))
        .collect();
    if !missing.is_empty() {
        let (some, has) = (missing.len().min(5), if missing.len() == 1 { "has" } else { "have" });
        let more = if missing.len() > some { " and others" } else { "" };
        let names = missing[..some].join(", ");
        cx.warn(
            codes::IDLE_WAIVER,
            &list.item(waived.first).key("by"),
            format!("this waiver has no effect: {names}{more} {has} not given it"),
            "only all parties together waive: add the waivers of the others, express and dated",
        );
    }
    missing.is_empty()
}

/// Why waiving something can have no effect in a dispute, whoever does, and what to do.
fn useless(
    cx: &Context<'_>,
    policy: &Policy,
    object: Object,
    dispute: DisputeIx,
) -> Option<(&'static str, &'static str)> {
    let class = cx.doc.disputes[dispute.ix()].class;
    let relation = match object {
        Object::Rule(rule) => {
            let severity = policy.severity_of(&policy.rules.rules[rule as usize], class);
            return match severity {
                _ if can_be_waived(policy, severity) => None,
                Severity::NonWaivableRed => {
                    Some(("the rule is non-waivable red", "take it out: nothing cures this rule"))
                }
                Severity::Clear | Severity::Green => {
                    Some(("the rule bars nobody", "take it out: there is nothing to waive"))
                }
                _ => Some((
                    "the policy does not ask for consent to findings of this severity",
                    "take it out, or write `all-express` in `policy.consent`",
                )),
            };
        }
        Object::Relation(relation) => &cx.doc.relations[relation],
    };
    if relation.confidential == Some(true) {
        return Some((
            "the relation is confidential",
            "take it out: what is not disclosed cannot be waived",
        ));
    }
    let by_path = |rule: &&RuleDoc| {
        rule.count.is_none() && rule.pair.is_none() && rule.to != Target::CoPanellist
    };
    let read = policy.rules.rules.iter().filter(by_path).any(|rule| {
        can_be_waived(policy, policy.severity_of(rule, class))
            && patterns(rule).any(|pattern| pattern.kind == relation.kind)
    });
    let help = "take it out, or waive the rule that finds something";
    (!read).then_some(("no rule by path that can be waived here reads such a relation", help))
}

fn can_be_waived(policy: &Policy, severity: Severity) -> bool {
    policy.consent.needed(severity) == ConsentNeeded::AllExpress
}

fn overrides(cx: &mut Context<'_>, policy: &Policy, found: &mut Found) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("overrides");
    let mut first: BTreeMap<(DisputeIx, MediatorIx, u32), usize> = BTreeMap::new();
    for (index, one) in doc.overrides.iter().enumerate() {
        let at = list.item(index);
        let mediator = cx.mediator(&one.mediator, &at.key("mediator"));
        let dispute = cx.dispute(&one.dispute, &at.key("dispute"));
        let place = cx.rule(&one.rule, policy, &at.key("rule"));
        let date = cx.date(&one.date, &at.key("date"));
        if one.reason.trim().is_empty() {
            cx.error(
                codes::EMPTY_REASON,
                &at.key("reason"),
                "an override stands here without its reason",
                "write why the finding is set aside: it is disclosed to the parties",
            );
        }
        let (Some(dispute), Some(place)) = (dispute, place) else { continue };
        let rule = &policy.rules.rules[place as usize];
        let severity = policy.severity_of(rule, doc.disputes[dispute.ix()].class);
        if rule.overridable != Some(true) || severity == Severity::NonWaivableRed {
            let why = if rule.overridable == Some(true) {
                "is non-waivable red here"
            } else {
                "is not overridable"
            };
            cx.error(
                codes::NOT_OVERRIDABLE,
                &at.key("rule"),
                format!("the rule {} {why}", quote(&one.rule)),
                "take the override out, or make the rule `overridable` in rules of your own",
            );
            continue;
        }
        let Some(mediator) = mediator else { continue };
        if let Some(other) = first.get(&(dispute, mediator, place)) {
            cx.error_with(
                codes::DUPLICATE_OVERRIDE,
                &at,
                list.item(*other).pointer(),
                format!("the rule {} is overridden here already", quote(&one.rule)),
                "keep one of the two, with one reason",
            );
            continue;
        }
        first.insert((dispute, mediator, place), index);
        // WHY: under `waivable-by-parties` a governed finding that is overridden lets a national sit.
        let disclosed = severity == Severity::Orange
            && policy.consent.orange == ConsentNeeded::Disclosure
            && rule.governed_by.is_none();
        let idle = if severity < Severity::Orange || disclosed {
            Some(("the rule bars nobody", "take it out: there is nothing to override"))
        } else if cx.as_of.zip(date).is_some_and(|(as_of, date)| date > as_of) {
            Some(("it is dated after `as_of`", "correct the date, or plan as of a later day"))
        } else {
            None
        };
        if let Some((why, help)) = idle {
            let message = format!("this override has no effect: {why}");
            cx.warn(codes::IDLE_OVERRIDE, &at, message, help);
            continue;
        }
        let cures = found.entry((dispute, mediator)).or_default();
        cures.overrides.push((place, one.reason.clone()));
    }
}

impl Context<'_> {
    /// A rule of the profile in force, by place.
    fn rule(&mut self, id: &str, policy: &Policy, at: &At<'_>) -> Option<u32> {
        let found = policy.rules.rules.iter().position(|rule| rule.id == id);
        if found.is_none() {
            let ids = policy.rules.rules.iter().map(|rule| rule.id.as_str());
            let help = self.did_you_mean(id, ids, "name a rule of the profile in force");
            let message = format!("no rule of the profile has the id {}", quote(id));
            self.error(codes::UNKNOWN_RULE, at, message, help);
        }
        found.map(|place| place as u32)
    }
}
