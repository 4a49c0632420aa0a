//! The conflict table: what was found about every pair.

use super::counts::Counts;
use super::finding::{Finding, RuleIx};
use super::meaning::judge;
use crate::domain::{ActorIx, Consent, Cures, DisputeIx, InterpreterIx, MediatorIx};
use crate::format::{Severity, Target};

/// The findings about every pair of dispute and mediator, and about every two mediators.
///
/// A complete map: a pair without findings is clear.
#[derive(Debug)]
pub struct ConflictTable {
    pub(super) rules: Vec<String>,
    pub(super) overridable: Vec<bool>,
    pub(super) consent: Consent,
    /// By dispute.
    pub(super) cures: Vec<Vec<(MediatorIx, Cures)>>,
    /// Where the findings of a dispute start, and where the last ones end.
    pub(super) starts: Vec<usize>,
    /// By dispute, then by mediator and rule.
    pub(super) findings: Vec<Finding>,
    /// Whom each finding is about.
    pub(super) about: Vec<MediatorIx>,
    /// By dispute: sides by mediator, sorted.
    pub(super) ties: Vec<Vec<(MediatorIx, Vec<u32>)>>,
    /// By the earlier mediator of the roster, sorted by the later.
    pub(super) pairs: Vec<Vec<(MediatorIx, Vec<Finding>)>>,
    /// What counting and pairing rules found, and what the batch could add.
    pub(super) counts: Counts,
    /// By rule: from how many on it finds something.
    pub(super) bounds: Vec<Option<u32>>,
    /// By dispute and rule: the severity after the nationality policy.
    pub(super) severities: Vec<Vec<Severity>>,
    /// By dispute: the actors of the parties, the counsel.
    pub(super) targets: Vec<[Vec<ActorIx>; 2]>,
    /// By rule.
    pub(super) to: Vec<Target>,
    /// By dispute: the interpreters who have a conflict of interest, sorted.
    pub(super) interpreters: Vec<Vec<InterpreterIx>>,
}

impl ConflictTable {
    /// True when an interpreter has a conflict of interest in a dispute.
    #[must_use]
    pub fn bars_interpreter(&self, dispute: DisputeIx, interpreter: InterpreterIx) -> bool {
        self.interpreters[dispute.ix()].binary_search(&interpreter).is_ok()
    }

    /// What was found about a mediator in a dispute: at most one finding a rule, in their order.
    /// What this batch adds is not among it.
    #[must_use]
    pub fn findings(&self, dispute: DisputeIx, mediator: MediatorIx) -> &[Finding] {
        let (start, end) = (self.starts[dispute.ix()], self.starts[dispute.ix() + 1]);
        let about = &self.about[start..end];
        let first = about.partition_point(|m| *m < mediator);
        let count = about[first..].partition_point(|m| *m == mediator);
        &self.findings[start + first..start + first + count]
    }

    /// Everyone about whom something was found in a dispute, sorted, once for each finding.
    #[must_use]
    pub fn found(&self, dispute: DisputeIx) -> &[MediatorIx] {
        &self.about[self.starts[dispute.ix()]..self.starts[dispute.ix() + 1]]
    }

    /// True when something was found between some two mediators.
    #[must_use]
    pub fn has_pairs(&self) -> bool {
        self.pairs.iter().any(|later| !later.is_empty())
    }

    /// The largest severity found about a mediator in a dispute.
    #[must_use]
    pub fn severity(&self, dispute: DisputeIx, mediator: MediatorIx) -> Severity {
        let findings = self.findings(dispute, mediator);
        findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Clear)
    }

    /// The findings that must be disclosed when the mediator sits, this batch left aside.
    pub fn disclosures(
        &self,
        dispute: DisputeIx,
        mediator: MediatorIx,
    ) -> impl Iterator<Item = &Finding> {
        let findings = self.findings(dispute, mediator).iter();
        findings.filter(|finding| finding.severity >= Severity::Orange && !finding.barring)
    }

    /// What was found between two mediators: at most one finding a rule, in their order. Whether
    /// they bar is told without any waiver or override.
    #[must_use]
    pub fn between(&self, a: MediatorIx, b: MediatorIx) -> &[Finding] {
        let (first, second) = (a.min(b), a.max(b));
        let later = &self.pairs[first.ix()];
        later.binary_search_by_key(&second, |(m, _)| *m).map_or(&[], |at| &later[at].1)
    }

    /// The same as it stands in one dispute, waivers and overrides taken into account.
    #[must_use]
    pub fn between_in(&self, dispute: DisputeIx, a: MediatorIx, b: MediatorIx) -> Vec<Finding> {
        let cures: Vec<&Cures> =
            [a, b].into_iter().filter_map(|m| self.cures_of(dispute, m)).collect();
        let mut found = self.between(a, b).to_vec();
        for finding in &mut found {
            judge(finding, self.consent, self.overridable[finding.rule.ix()], &cures);
        }
        found
    }

    /// True when a finding between the two keeps them off the panel of this dispute.
    #[must_use]
    pub fn apart(&self, dispute: DisputeIx, a: MediatorIx, b: MediatorIx) -> bool {
        let found = self.between(a, b);
        found.iter().any(Finding::bars) && self.between_in(dispute, a, b).iter().any(Finding::bars)
    }

    /// Every two mediators about whom something was found, in roster order.
    pub fn co_panel_conflicts(&self) -> impl Iterator<Item = (MediatorIx, MediatorIx, &[Finding])> {
        self.pairs.iter().enumerate().flat_map(|(first, later)| {
            later
                .iter()
                .map(move |(second, found)| (MediatorIx::new(first), *second, found.as_slice()))
        })
    }

    /// The sides (by number) to which a mediator is tied by nationality in a dispute, sorted, each
    /// once; nothing under policies that are not about panels as a whole. See docs/format.md,
    /// "What a finding means".
    #[must_use]
    pub fn ties(&self, dispute: DisputeIx, mediator: MediatorIx) -> &[u32] {
        let ties = &self.ties[dispute.ix()];
        ties.binary_search_by_key(&mediator, |(m, _)| *m).map_or(&[], |at| &ties[at].1)
    }

    /// Id of a rule.
    #[must_use]
    pub fn rule_id(&self, rule: RuleIx) -> &str {
        &self.rules[rule.ix()]
    }

    pub(super) fn cures_of(&self, dispute: DisputeIx, mediator: MediatorIx) -> Option<&Cures> {
        let cures = &self.cures[dispute.ix()];
        let at = cures.binary_search_by_key(&mediator, |(m, _)| *m).ok()?;
        Some(&cures[at].1)
    }

    /// The targets of a counting rule in a dispute.
    pub(super) fn targets_of(&self, rule: usize, dispute: DisputeIx) -> &[ActorIx] {
        let [parties, counsel] = &self.targets[dispute.ix()];
        match self.to[rule] {
            Target::Party => parties,
            Target::Counsel => counsel,
            _ => &[],
        }
    }
}
