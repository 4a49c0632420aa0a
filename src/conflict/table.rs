//! The conflict table: what was found about every pair.

use super::finding::{Finding, RuleIx};
use crate::domain::{DisputeIx, MediatorIx};
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

    /// Id of a rule.
    #[must_use]
    pub fn rule_id(&self, rule: RuleIx) -> &str {
        &self.rules[rule.ix()]
    }
}
