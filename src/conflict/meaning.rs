//! What a finding means: its severity under the nationality policy, what it takes to seat the
//! mediator in spite of it, and whether that is there (docs/format.md, "What a finding means").

use super::finding::{Finding, RuleIx};
use crate::domain::{Consent, Cures, DisputeIx, Instance};
use crate::format::{ConsentNeeded, Cure, Governed, NationalityPolicy, RuleDoc, Severity};

/// What seating a mediator over a finding of this severity takes.
fn needed(consent: Consent, severity: Severity) -> ConsentNeeded {
    match severity {
        Severity::Clear | Severity::Green => ConsentNeeded::Disclosure,
        Severity::Orange => consent.orange,
        Severity::WaivableRed => consent.waivable_red,
        Severity::NonWaivableRed => ConsentNeeded::Never,
    }
}

/// The severity of a rule in a dispute.
pub(super) fn severity(instance: &Instance, rule: &RuleDoc, dispute: DisputeIx) -> Severity {
    let Some(Governed::Nationality) = rule.governed_by else { return rule.severity };
    let most = match instance.nationality_policy(dispute) {
        NationalityPolicy::Strict => Severity::NonWaivableRed,
        NationalityPolicy::WaivableByParties => Severity::WaivableRed,
        NationalityPolicy::MajorityNeutral
        | NationalityPolicy::OnePerSide
        | NationalityPolicy::Advisory => Severity::Orange,
    };
    rule.severity.min(most)
}

/// True when parties may waive findings of this severity, and are asked to.
pub(super) fn is_waivable(consent: Consent, severity: Severity) -> bool {
    needed(consent, severity) == ConsentNeeded::AllExpress
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
    let disclosure_will_do = needed(consent, finding.severity) == ConsentNeeded::Disclosure;
    finding.cure = if finding.undisclosable || disclosure_will_do {
        None
    } else {
        cure(consent, overridable, finding.rule, finding.severity, cures)
    };
    finding.barring = finding.undisclosable || (!disclosure_will_do && finding.cure.is_none());
}
