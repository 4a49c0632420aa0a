//! What a rule finds, and the path that shows it.

use std::sync::Arc;

use crate::domain::{ActorIx, ActorKind, Cures, DisputeIx, Instance, MediatorIx};
use crate::format::{Cure, DisclosureDoc, RelationKind, RuleDoc, Severity, WitnessStepDoc};

/// A rule, by place in the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIx(pub u32);

impl RuleIx {
    /// The index as a `usize`.
    #[must_use]
    pub fn ix(self) -> usize {
        self.0 as usize
    }
    /// The rule in the profile of the instance.
    #[must_use]
    pub fn rule(self, instance: &Instance) -> &RuleDoc {
        &instance.policy().rules.rules[self.ix()]
    }
}

/// A step of a witness, in the direction in which it is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WitnessStep {
    /// From this actor.
    pub from: ActorIx,
    /// Along an edge of this kind.
    pub kind: RelationKind,
    /// True when the edge runs from `to` to `from`.
    pub backward: bool,
    /// To this actor.
    pub to: ActorIx,
    /// Position in `Instance::relations()`; `None` when another section implies the edge.
    pub relation: Option<usize>,
    /// Whether the relation may not be disclosed.
    pub confidential: bool,
}

impl WitnessStep {
    /// The step as a solution writes it.
    #[must_use]
    pub fn to_doc(&self, instance: &Instance) -> WitnessStepDoc {
        WitnessStepDoc {
            from: instance.actor_name(self.from).to_owned(),
            kind: self.kind,
            backward: self.backward,
            to: instance.actor_name(self.to).to_owned(),
            relation: self.relation.map(|position| instance.relation_name(position).to_owned()),
        }
    }
}

/// What one rule finds about a mediator: in a dispute, or beside another mediator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleIx,
    /// Its severity.
    pub severity: Severity,
    /// True for a finding of orange or above that rests on confidential relations alone: it bars,
    /// because what must be told may not be told.
    pub undisclosable: bool,
    /// A shortest path from the mediator to the target; one without confidential relations where
    /// there is one. Empty for a rule that counts.
    pub witness: Arc<[WitnessStep]>,
    /// Where the path ends, or whose appointments were counted.
    pub target: ActorIx,
    /// Number of appointments or relations, for a rule that counts.
    pub count: Option<u32>,
    /// The other dispute or past case, for a rule about related disputes.
    pub case: Option<ActorIx>,
    /// What sets the finding aside, where it would bar otherwise.
    pub cure: Option<Cure>,
    /// Whether it keeps the mediator off the panel (or the two apart).
    pub barring: bool,
}

/// A linear row A6 of one mediator: the sum over `terms` of factor times "sits in it" is at most
/// `limit`. See docs/model.md.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchRow {
    /// The mediator.
    pub mediator: MediatorIx,
    /// Disputes, in their order, with positive factors.
    pub terms: Vec<(DisputeIx, i64)>,
    /// The most, not negative.
    pub limit: i64,
}

impl Finding {
    /// A finding that says nothing but rule, severity and target.
    pub(super) fn blank(rule: RuleIx, severity: Severity, target: ActorIx) -> Self {
        Self {
            rule,
            severity,
            undisclosable: false,
            witness: [].into(),
            target,
            count: None,
            case: None,
            cure: None,
            barring: false,
        }
    }

    /// True when the finding keeps the mediator off the panel.
    #[must_use]
    pub fn bars(&self) -> bool {
        self.barring
    }

    /// True when the witness rests on a confidential relation (then every path does).
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.witness.iter().any(|step| step.confidential)
    }

    /// The disclosure that a solution writes when this mediator sits.
    #[must_use]
    pub fn to_disclosure(
        &self,
        instance: &Instance,
        dispute: DisputeIx,
        mediator: MediatorIx,
    ) -> DisclosureDoc {
        let rule = self.rule.rule(instance);
        let name = |actor: ActorIx| instance.actor_name(actor).to_owned();
        let text = match (self.count, self.case) {
            (Some(count), _) if rule.count.as_ref().is_some_and(|c| c.relation.is_some()) => {
                format!("{}: {count} times by {}", rule.text, name(self.target))
            }
            (Some(count), _) => {
                format!("{}: {count} appointments through {}", rule.text, name(self.target))
            }
            (None, Some(case)) => format!("{}: {}", rule.text, name(case)),
            (None, None) => rule.text.clone(),
        };
        let overridden = self.cure == Some(Cure::Overridden);
        let reason = |cures: &Cures| {
            let of = cures.overrides.iter().find(|(r, _)| *r == self.rule.0);
            of.map(|(_, reason)| reason.clone())
        };
        // WHY: between two mediators the override may be of either.
        let mut both = vec![mediator];
        if let ActorKind::Mediator(other) = instance.actor(self.target).kind {
            both.push(other);
        }
        DisclosureDoc {
            mediator: instance.mediator_name(mediator).to_owned(),
            rule: rule.id.clone(),
            severity: self.severity,
            path: self.witness.iter().map(|step| step.to_doc(instance)).collect(),
            target: self.count.map(|_| name(self.target)),
            count: self.count,
            case: self.case.map(name),
            date: instance.as_of().to_string(),
            cure: self.cure,
            reason: both
                .iter()
                .filter(|_| overridden)
                .filter_map(|m| instance.dispute(dispute).cures_of(*m))
                .find_map(reason),
            text,
        }
    }
}
