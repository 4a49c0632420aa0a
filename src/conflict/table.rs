//! The conflict table: what was found about every pair.

use super::finding::{BatchRow, Finding, RuleIx};
use crate::domain::{DisputeIx, Instance, MediatorIx};
use crate::format::Severity;

/// The findings about every pair of dispute and mediator, and about every two mediators.
///
/// A complete map: a pair without findings is clear.
#[derive(Debug, Clone)]
pub struct ConflictTable {
    pub(super) rules: Vec<String>,
    pub(super) mediators: usize,
    /// Where the findings of pair `d * mediators + m` start.
    pub(super) starts: Vec<u32>,
    pub(super) findings: Vec<Finding>,
    /// By the earlier mediator of the roster, sorted by the later.
    pub(super) pairs: Vec<Vec<(MediatorIx, Finding)>>,
}

impl ConflictTable {
    /// What was found about a mediator in a dispute: at most one finding a rule, in their order.
    #[must_use]
    pub fn findings(&self, dispute: DisputeIx, mediator: MediatorIx) -> &[Finding] {
        let pair = dispute.ix() * self.mediators + mediator.ix();
        &self.findings[self.starts[pair] as usize..self.starts[pair + 1] as usize]
    }

    /// The largest severity found about a mediator in a dispute.
    #[must_use]
    pub fn severity(&self, dispute: DisputeIx, mediator: MediatorIx) -> Severity {
        let findings = self.findings(dispute, mediator);
        findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Clear)
    }

    /// The findings that must be disclosed when the mediator sits: those that are orange.
    pub fn disclosures(
        &self,
        dispute: DisputeIx,
        mediator: MediatorIx,
    ) -> impl Iterator<Item = &Finding> {
        self.findings(dispute, mediator)
            .iter()
            .filter(|finding| finding.severity == Severity::Orange)
    }

    /// Why two mediators do not sit together: the most severe finding, orange or above.
    #[must_use]
    pub fn between(&self, a: MediatorIx, b: MediatorIx) -> Option<&Finding> {
        let (first, second) = (a.min(b), a.max(b));
        let later = &self.pairs[first.ix()];
        later.binary_search_by_key(&second, |(m, _)| *m).ok().map(|at| &later[at].1)
    }

    /// Every two mediators who do not sit together, in roster order, with the reason.
    pub fn co_panel_conflicts(&self) -> impl Iterator<Item = (MediatorIx, MediatorIx, &Finding)> {
        self.pairs.iter().enumerate().flat_map(|(first, later)| {
            later.iter().map(move |(second, finding)| (MediatorIx::new(first), *second, finding))
        })
    }

    /// The sides (by number) to which a mediator is tied by nationality in a dispute, sorted, each
    /// once: see docs/format.md, "What a finding means".
    #[must_use]
    pub fn ties(&self, _dispute: DisputeIx, _mediator: MediatorIx) -> &[u32] {
        &[]
    }

    /// True when a finding between the two keeps them off the panel of this dispute.
    #[must_use]
    pub fn apart(&self, _dispute: DisputeIx, a: MediatorIx, b: MediatorIx) -> bool {
        self.between(a, b).is_some()
    }

    /// The rows A6 between disputes in which a mediator is eligible, by mediator, sorted, each
    /// once.
    #[must_use]
    pub fn batch_rows(&self, _eligible: &dyn Fn(DisputeIx, MediatorIx) -> bool) -> Vec<BatchRow> {
        Vec::new()
    }

    /// What must be disclosed of the members of a panel when all panels are as `sits` says: the
    /// findings about each member, those that this batch makes or changes among them, and those
    /// between two members (about the first, with the path to the second).
    #[must_use]
    pub fn disclosures_of_panel(
        &self,
        _instance: &Instance,
        dispute: DisputeIx,
        panel: &[MediatorIx],
        _sits: &dyn Fn(DisputeIx, MediatorIx) -> bool,
    ) -> Vec<(MediatorIx, Finding)> {
        let of = |m: &MediatorIx| {
            let found: Vec<_> = self.disclosures(dispute, *m).map(|f| (*m, f.clone())).collect();
            found
        };
        panel.iter().flat_map(of).collect()
    }

    /// Id of a rule.
    #[must_use]
    pub fn rule_id(&self, rule: RuleIx) -> &str {
        &self.rules[rule.ix()]
    }
}
