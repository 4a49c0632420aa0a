//! What a finding means: its severity after policy, and what lets a mediator sit in spite of it.
//!
//! * Takes waivers and overrides, gives for each rule, dispute and mediator (or two of a panel)
//!   whether a finding bars. What is dated after the date of judgment, not express, or given by
//!   some of the parties only, changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{ConsentNeeded, NationalityPolicy, Severity};

use super::clock;
use super::facts::{Dispute, Facts};
use super::rules::Rule;

/// What comes of a finding of orange or above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It bars.
    Bars,
    /// It bars, because it rests on confidential relations.
    Hidden,
    /// It is disclosed, and that is enough.
    Told,
    /// All parties have waived it.
    Waived,
    /// It is set aside.
    Overridden,
    /// All parties have waived the relations that it rests on: it is no finding any more.
    Gone,
}

impl Standing {
    /// Whether it bars.
    pub(super) fn bars(self) -> bool {
        matches!(self, Standing::Bars | Standing::Hidden)
    }
}

/// The key of a waiver or override: dispute, mediator, rule.
type Key = (usize, usize, usize);

/// Waivers and overrides that count.
#[derive(Debug, Clone, Default)]
pub(super) struct Consent {
    rules: BTreeSet<Key>,
    overrides: BTreeMap<Key, Vec<String>>,
    /// By dispute and mediator, positions in `relations`.
    relations: BTreeMap<(usize, usize), BTreeSet<usize>>,
    nothing: BTreeSet<usize>,
}

impl Consent {
    /// Reads the waivers and overrides of an instance.
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let mut consent = Consent::default();
        let rule = |id: &str| facts.profile.rules.iter().position(|r| r.id == id);
        let pair = |dispute: &str, mediator: &str| {
            facts.dispute_ix.get(dispute).copied().zip(facts.mediator_ix.get(mediator).copied())
        };
        let past = |date: &str| clock::day(date).is_some_and(|day| day <= facts.as_of);
        let mut by_rule: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
        let mut by_relation: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
        for w in &facts.doc.waivers {
            let counts = w.express == Some(true) && w.date.as_deref().is_some_and(past);
            let Some((d, m)) = pair(&w.dispute, &w.mediator).filter(|_| counts) else {
                continue;
            };
            let by = || w.by.iter().map(String::as_str);
            if let Some(r) = w.rule.as_deref().and_then(rule) {
                by_rule.entry((d, m, r)).or_default().extend(by());
            }
            let named = |id: &str| {
                facts.doc.relations.iter().position(|r| r.id == id && r.confidential != Some(true))
            };
            if let Some(relation) = w.relation.as_deref().and_then(named) {
                by_relation.entry((d, m, relation)).or_default().extend(by());
            }
        }
        let all = |d: usize, by: &BTreeSet<&str>| {
            let dispute = facts.disputes.get(d);
            dispute.is_some_and(|x| x.doc.parties.iter().all(|p| by.contains(p.id.as_str())))
        };
        consent.rules =
            by_rule.iter().filter(|(key, by)| all(key.0, by)).map(|(key, _)| *key).collect();
        for (&(d, m, relation), _) in by_relation.iter().filter(|(key, by)| all(key.0, by)) {
            consent.relations.entry((d, m)).or_default().insert(relation);
        }
        for o in facts.doc.overrides.iter().filter(|o| past(&o.date)) {
            if let Some(((d, m), r)) = pair(&o.dispute, &o.mediator).zip(rule(&o.rule)) {
                consent.overrides.entry((d, m, r)).or_default().push(o.reason.clone());
            }
        }
        consent
    }

    /// What comes of a finding of a rule about one mediator, or between two of a panel, that may
    /// be disclosed, with its severity; nothing below orange.
    pub(super) fn standing(
        &self,
        facts: &Facts<'_>,
        d: usize,
        members: &[usize],
        r: usize,
    ) -> Option<(Severity, Standing)> {
        let rule = facts.profile.rules.get(r)?;
        let severity = severity(facts.disputes.get(d)?, rule);
        let needed = needed(facts, severity)?;
        let cured = |test: &dyn Fn(Key) -> bool| members.iter().any(|&m| test((d, m, r)));
        let standing = if needed == ConsentNeeded::Disclosure {
            Standing::Told
        } else if needed == ConsentNeeded::AllExpress && cured(&|key| self.rules.contains(&key)) {
            Standing::Waived
        } else if rule.overridable
            && severity < Severity::NonWaivableRed
            && cured(&|key| self.overrides.contains_key(&key))
        {
            Standing::Overridden
        } else {
            Standing::Bars
        };
        Some((severity, standing))
    }

    /// Whether one of these reasons is recorded for an override.
    pub(super) fn has_reason(&self, d: usize, members: &[usize], r: usize, reason: &str) -> bool {
        let mut all = members.iter().filter_map(|&m| self.overrides.get(&(d, m, r))).flatten();
        all.any(|known| known == reason)
    }

    /// The relations that are left out for a pair when a rule is judged.
    pub(super) fn left_out(
        &self,
        facts: &Facts<'_>,
        d: usize,
        m: usize,
        rule: &Rule,
    ) -> &BTreeSet<usize> {
        let severity = facts.disputes.get(d).map(|dispute| severity(dispute, rule));
        let waivable = severity.and_then(|s| needed(facts, s)) == Some(ConsentNeeded::AllExpress);
        let own = self.relations.get(&(d, m)).filter(|_| waivable && rule.by_path());
        own.unwrap_or(&self.nothing)
    }
}

/// The severity of a rule's findings in a dispute, after the nationality policy of its class.
pub(super) fn severity(dispute: &Dispute<'_>, rule: &Rule) -> Severity {
    let most = match dispute.policy {
        _ if !rule.governed => Severity::NonWaivableRed,
        NationalityPolicy::Strict => Severity::NonWaivableRed,
        NationalityPolicy::WaivableByParties => Severity::WaivableRed,
        NationalityPolicy::MajorityNeutral
        | NationalityPolicy::OnePerSide
        | NationalityPolicy::Advisory => Severity::Orange,
    };
    rule.severity.min(most)
}

/// What it takes to seat someone over a finding of this severity; nothing below orange.
fn needed(facts: &Facts<'_>, severity: Severity) -> Option<ConsentNeeded> {
    match severity {
        Severity::Clear | Severity::Green => None,
        Severity::Orange => Some(facts.profile.orange),
        Severity::WaivableRed => Some(facts.profile.red),
        Severity::NonWaivableRed => Some(ConsentNeeded::Never),
    }
}
