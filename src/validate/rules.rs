//! Rules in the instance itself: everything that is wrong with an inline profile.
//!
//! * Takes the document as written, what it inherits, and the profile that comes of it; gives
//!   findings only.
//! * **Invariant**: a profile without findings has no rule that can find nothing by its form, and
//!   no key that its other keys silence.

use std::collections::BTreeSet;

use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use super::patterns::{contradiction, no_patterns, of_step, pattern, step};
use super::profile::{Layer, known};
use crate::diagnostic::quote;
use crate::format::{
    ConsentNeeded, ConsentPolicyDoc, CountDoc, Governed, PairDoc, READ_WRONG_SCHEMA, RULES_SCHEMA,
    RuleDoc, RulesDoc, Severity, Target, When,
};

/// The longest look-back.
pub(super) const MOST_YEARS: u32 = 1000;

/// Reasons of exclusion that are no rules; a rule of the same name could not be told from them.
const RESERVED: [&str; 8] = [
    "own-cause",
    "nationality-unknown",
    "undisclosable",
    "panel",
    "language",
    "strike",
    "forbidden",
    "not-scored",
];

/// Checks a document as it is written.
pub(super) fn check(cx: &mut Context<'_>, doc: &RulesDoc, inherited: &Layer, at: &At<'_>) {
    if doc.schema != RULES_SCHEMA {
        cx.error(
            READ_WRONG_SCHEMA,
            &at.key("schema"),
            format!("the rules say that they are {}", quote(&doc.schema)),
            format!("begin them with `\"schema\": \"{RULES_SCHEMA}\"`"),
        );
    }
    cx.id(&doc.id, at);
    if let Some(doc) = &doc.consent {
        consent(cx, doc, &at.key("consent"));
    }
    let groups = at.key("groups");
    cx.unique_keys(&doc.groups, &groups);
    for (name, patterns) in doc.groups.iter() {
        let at = groups.key(name);
        if patterns.is_empty() {
            no_patterns(cx, &at, "this group", "name at least one edge in it");
        }
        for (index, pattern) in patterns.iter().enumerate() {
            of_step(cx, pattern, &at.item(index));
        }
    }
    let list = at.key("remove");
    for (index, id) in doc.remove.iter().enumerate() {
        inherited_rule(cx, id, inherited, &list.item(index));
    }
    let list = at.key("severities");
    cx.unique_keys(&doc.severities, &list);
    for (id, severity) in doc.severities.iter() {
        let at = list.key(id);
        if doc.remove.iter().any(|removed| removed == id) {
            cx.error(
                codes::UNKNOWN_RULE,
                &at,
                format!("the rule {} is removed and given a severity", quote(id)),
                "take it out of `remove`, or out of `severities`",
            );
        } else if doc.rules.iter().any(|own| own.id == id) {
            contradiction(
                cx,
                &at,
                "this rule is given a severity, and replaced by one that has its own",
                "write the severity in the rule itself",
            );
        } else if inherited_rule(cx, id, inherited, &at) {
            not_clear(cx, *severity, &at);
        }
    }
    let list = at.key("rules");
    cx.own_ids(&mut Table::default(), &list, doc.rules.iter().map(|rule| rule.id.as_str()));
    let groups: BTreeSet<&str> = (inherited.groups.iter().map(|(name, _)| name.as_str()))
        .chain(doc.groups.iter().map(|(name, _)| name))
        .collect();
    for (index, one) in doc.rules.iter().enumerate() {
        rule(cx, one, &groups, &list.item(index));
    }
}

/// Checks the names in `extends`; false when one is unknown.
pub(super) fn extends(cx: &mut Context<'_>, doc: &RulesDoc, at: &At<'_>) -> bool {
    let list = at.key("extends");
    let mut sound = true;
    for (index, name) in doc.extends.iter().enumerate() {
        if known().all(|known| known != name) {
            cx.unknown_profile(name, &list.item(index));
            sound = false;
        }
    }
    sound
}

/// Consent that would let a red finding pass by being disclosed.
pub(super) fn consent(cx: &mut Context<'_>, doc: &ConsentPolicyDoc, at: &At<'_>) {
    if doc.waivable_red == Some(ConsentNeeded::Disclosure) {
        cx.error(
            codes::WEAK_CONSENT,
            &at.key("waivable-red"),
            "disclosure alone does not cure a waivable red finding",
            "write `all-express` or `never`, or give the rules the severity `orange`",
        );
    }
}

fn inherited_rule(cx: &mut Context<'_>, id: &str, inherited: &Layer, at: &At<'_>) -> bool {
    let known = inherited.has_rule(id);
    if !known {
        let ids = inherited.rules.iter().map(|rule| rule.id.as_str());
        let help = cx.did_you_mean(id, ids, "name a rule of a profile in `extends`");
        let message = format!("no rule that is inherited has the id {}", quote(id));
        cx.error(codes::UNKNOWN_RULE, at, message, help);
    }
    known
}

fn not_clear(cx: &mut Context<'_>, severity: Severity, at: &At<'_>) {
    if severity == Severity::Clear {
        contradiction(
            cx,
            at,
            "a rule of severity `clear` finds nothing",
            "write `green` for what need not be disclosed; name inherited rules that shall not hold in `remove`",
        );
    }
}

fn rule(cx: &mut Context<'_>, doc: &RuleDoc, groups: &BTreeSet<&str>, at: &At<'_>) {
    if RESERVED.contains(&doc.id.as_str()) {
        cx.error(
            codes::RESERVED_RULE,
            &at.key("id"),
            format!("{} is a reason of its own, and no name for a rule", quote(&doc.id)),
            "choose another id: exclusions are counted by it",
        );
    }
    not_clear(cx, doc.severity, &at.key("severity"));
    let by_path = doc.count.is_none() && doc.pair.is_none();
    if by_path && doc.path.is_empty() {
        cx.error(
            codes::EMPTY_PATH,
            at,
            format!("the rule {} has no path", quote(&doc.id)),
            "write the steps from the mediator to the target, or make the rule count or pair",
        );
    }
    if doc.overridable == Some(true)
        && doc.severity == Severity::NonWaivableRed
        && doc.governed_by.is_none()
    {
        contradiction(
            cx,
            &at.key("overridable"),
            "a finding that is non-waivable red is never overridden",
            "take `overridable` out, or lower the severity",
        );
    }
    if doc.governed_by == Some(Governed::Nationality) && doc.to == Target::CoPanellist {
        contradiction(
            cx,
            &at.key("governed_by"),
            "a rule between co-panellists belongs to no dispute, whose class could choose a policy",
            "take `governed_by` out",
        );
    }
    let path = at.key("path");
    for (index, one) in doc.path.iter().enumerate() {
        step(cx, one, groups, &path.item(index));
    }
    if !by_path {
        if doc.together == Some(true) {
            contradiction(
                cx,
                &at.key("together"),
                "`together` stands in a rule that counts or pairs",
                "take it out: it is for rules by path",
            );
        }
        if doc.count.is_some() && doc.pair.is_some() {
            contradiction(
                cx,
                &at.key("pair"),
                "a rule counts or pairs, not both",
                "make two rules of it",
            );
        }
    }
    if let Some(doc_count) = &doc.count {
        count(cx, doc_count, doc.to, at);
    }
    if let Some(doc_pair) = &doc.pair {
        pair(cx, doc, doc_pair, at);
    }
}

fn count(cx: &mut Context<'_>, doc: &CountDoc, to: Target, at_rule: &At<'_>) {
    let at = at_rule.key("count");
    cx.whole(doc.at_least, 1..=1_000_000, &at, "at_least");
    cx.whole(doc.years, 1..=MOST_YEARS, &at, "years");
    let counts = matches!(to, Target::Party | Target::Counsel);
    let relations = matches!(to, Target::Representative | Target::Expert);
    if !(counts || relations && doc.relation.is_some()) {
        contradiction(
            cx,
            &at_rule.key("to"),
            "a count is not made for this target",
            "let `to` be `party` or `counsel`; with `relation` also `representative` or `expert`",
        );
    }
    let Some(relation) = &doc.relation else { return };
    let at_relation = at.key("relation");
    for (key, used) in [("when", relation.when.is_some()), ("years", relation.years.is_some())] {
        if used {
            cx.error(
                codes::PATTERN_YEARS,
                &at_relation.key(key),
                format!("`{key}` stands in the relation of a count, which has its own period"),
                "take it out: `years` of the count say which relations count",
            );
        }
    }
    pattern(cx, relation, &at_relation);
    if doc.appointed_by.is_some() {
        contradiction(
            cx,
            &at.key("appointed_by"),
            "`appointed_by` stands in a count of relations",
            "take it out, or take `relation` out to count appointments",
        );
    }
}

fn pair(cx: &mut Context<'_>, doc: &RuleDoc, pair: &PairDoc, at: &At<'_>) {
    cx.whole(pair.years, 1..=MOST_YEARS, &at.key("pair"), "years");
    if doc.to != Target::Party {
        contradiction(
            cx,
            &at.key("to"),
            "a pair of related disputes is found for parties alone",
            "let `to` be `party`",
        );
    }
    if !doc.path.is_empty() && pair.shares_party != Some(true) {
        contradiction(
            cx,
            &at.key("path"),
            "the path of a pair is read only where the disputes share a party",
            "take the path out, or set `shares_party` to true",
        );
    }
}

/// Checks what shows only once the groups are looked up: dates that a count or pair cannot ask for.
pub(super) fn check_whole(cx: &mut Context<'_>, doc: &RulesDoc, whole: &RulesDoc, at: &At<'_>) {
    let (groups, rules) = (at.key("groups"), at.key("rules"));
    for rule in whole.rules.iter().filter(|rule| rule.count.is_some() || rule.pair.is_some()) {
        let mut patterns = rule.path.iter().flat_map(|step| &step.any);
        if patterns.all(|pattern| pattern.when != Some(When::TestDates)) {
            continue;
        }
        let message = format!(
            "the rule {} counts or pairs, and its path asks for `test-dates`",
            quote(&rule.id)
        );
        let help = "ask for `current`, `within` or `ever`: a count belongs to no date of a dispute";
        match doc.rules.iter().position(|own| own.id == rule.id) {
            Some(place) => contradiction(cx, &rules.item(place).key("path"), &message, help),
            None => contradiction(cx, &groups, &message, help),
        }
    }
}
