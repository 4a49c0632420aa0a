//! Whom the rules of a dispute are about.

use crate::domain::{ActorIx, Dispute, DisputeIx, Instance, MediatorIx};
use crate::format::{NationalityPolicy, Target};

/// True when the actor is a party, a representative, a counsel or an expert in the very dispute.
#[must_use]
pub fn has_own_cause(instance: &Instance, dispute: DisputeIx, actor: ActorIx) -> bool {
    instance.dispute(dispute).parties.iter().any(|party| {
        party.actor == actor
            || [&party.representatives, &party.counsel, &party.experts]
                .iter()
                .any(|list| list.contains(&actor))
    })
}

/// The targets in a dispute, sorted, each once; none for co-panellists.
pub(super) fn targets(instance: &Instance, dispute: &Dispute, to: Target) -> Vec<ActorIx> {
    let parties = dispute.parties.iter();
    let mut targets: Vec<ActorIx> = match to {
        Target::Party => parties.map(|party| party.actor).collect(),
        Target::Counsel => parties.flat_map(|party| party.counsel.iter().copied()).collect(),
        Target::Representative => {
            parties.flat_map(|party| party.representatives.iter().copied()).collect()
        }
        Target::Expert => parties.flat_map(|party| party.experts.iter().copied()).collect(),
        Target::ThirdState => dispute.third_states.clone(),
        Target::Dispute => vec![dispute.node],
        Target::Institution => instance.policy().institution.into_iter().collect(),
        Target::CoPanellist => Vec::new(),
    };
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// The sides to which a mediator is tied by plain nationality.
pub(super) fn sides_of_nationals(
    instance: &Instance,
    dispute: DisputeIx,
    mediator: MediatorIx,
) -> impl Iterator<Item = u32> {
    let parties = &instance.dispute(dispute).parties;
    instance.parties_of_nationality(mediator, dispute).map(|position| parties[position].side)
}

/// The sides of the parties that a target is the actor of.
pub(super) fn sides_of(dispute: &Dispute, target: ActorIx) -> impl Iterator<Item = u32> {
    dispute.parties.iter().filter(move |party| party.actor == target).map(|party| party.side)
}

/// True for the policies that are about panels as a whole.
pub(super) fn is_about_panels(policy: NationalityPolicy) -> bool {
    matches!(policy, NationalityPolicy::MajorityNeutral | NationalityPolicy::OnePerSide)
}
