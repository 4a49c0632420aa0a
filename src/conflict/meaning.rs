//! What a finding means: what it takes to seat the mediator in spite of it, and whether that is
//! there (docs/format.md, "What a finding means").

use super::finding::{Finding, RuleIx};
use crate::domain::{Consent, Cures};
use crate::format::{ConsentNeeded, Cure, Severity};

/// True when parties may waive findings of this severity, and are asked to.
pub(super) fn is_waivable(consent: Consent, severity: Severity) -> bool {
    consent.needed(severity) == ConsentNeeded::AllExpress
}

/// What sets a finding of a rule aside, where any of these does.
fn cure(
    consent: Consent,
    overridable: bool,
    rule: RuleIx,
    severity: Severity,
    cures: &[&Cures],
) -> Option<Cure> {
    let waived = is_waivable(consent, severity)
        && cures.iter().any(|cures| cures.rules.binary_search(&rule.0).is_ok());
    if waived {
        return Some(Cure::Waived);
    }
    let overridden = overridable
        && severity < Severity::NonWaivableRed
        && cures.iter().any(|cures| cures.overrides.iter().any(|(r, _)| *r == rule.0));
    overridden.then_some(Cure::Overridden)
}

/// Sets what a finding means, by its severity and whether it can be told.
pub(super) fn judge(finding: &mut Finding, consent: Consent, overridable: bool, cures: &[&Cures]) {
    let disclosure_will_do = consent.needed(finding.severity) == ConsentNeeded::Disclosure;
    finding.cure = if finding.undisclosable || disclosure_will_do {
        None
    } else {
        cure(consent, overridable, finding.rule, finding.severity, cures)
    };
    finding.barring = finding.undisclosable || (!disclosure_will_do && finding.cure.is_none());
}
