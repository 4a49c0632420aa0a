//! Caps over the docket (A7): which groups the policy caps, who is in them, and how many seats
//! each may have.

use std::collections::BTreeMap;

use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{Actor, Cap, Dispute, Group, Mediator, MediatorIx, Micro};
use crate::format::{Decimal, InstanceDoc};
use crate::time::Date;

/// The largest shares of one nationality and of one bloc, where the policy has them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shares {
    nationality: Option<Micro>,
    bloc: Option<Micro>,
}

/// Reads the shares.
pub(super) fn read(cx: &mut Context<'_>) -> Shares {
    let doc = cx.doc;
    let Some(caps) = doc.policy.as_ref().and_then(|policy| policy.caps.as_ref()) else {
        return Shares::default();
    };
    let root = At::ROOT;
    let policy = root.key("policy");
    let at = policy.key("caps");
    let nationality = share(cx, caps.nationality_share, &at, "nationality_share");
    let bloc = share(cx, caps.bloc_share, &at, "bloc_share");
    if caps.bloc_share.is_some() && !has_blocs(doc) {
        cx.warn(
            codes::IDLE_CAP,
            &at.key("bloc_share"),
            "no mediator is a national of a State with `blocs`, so this share caps nobody",
            "name the blocs in `states[].blocs`, or take the share out",
        );
    }
    Shares { nationality, bloc }
}

/// A share above 0, up to 1.
fn share(cx: &mut Context<'_>, value: Option<Decimal>, at: &At<'_>, key: &str) -> Option<Micro> {
    let share = cx.decimal(value?, 1, at, key)?;
    if share == 0 {
        cx.error(
            codes::OUT_OF_RANGE,
            &at.key(key),
            format!("{} is 0", quote(key)),
            "write a share above 0, up to 1; a group may have one seat however small its share",
        );
        return None;
    }
    Some(share)
}

fn has_blocs(doc: &InstanceDoc) -> bool {
    let within = doc.states.iter().filter(|state| !state.blocs.is_empty());
    let within: Vec<&str> = within.map(|state| state.id.as_str()).collect();
    let mut held = doc.mediators.iter().flat_map(|mediator| &mediator.nationalities);
    held.any(|nationality| within.contains(&nationality.state.as_str()))
}

/// Makes the groups: who is in them on `as_of`, and how many seats each may have.
pub(super) fn groups(
    shares: Shares,
    doc: &InstanceDoc,
    as_of: Date,
    actors: &[Actor],
    (mediators, disputes): (&[Mediator], &[Dispute]),
) -> Vec<Cap> {
    let seats = disputes.iter().filter(|dispute| dispute.gates.is_empty());
    let seats: i64 = seats.map(|dispute| dispute.panel.size as i64).sum();
    let mut groups: BTreeMap<Group, Cap> = BTreeMap::new();
    for (number, mediator) in mediators.iter().enumerate() {
        let number = MediatorIx::new(number);
        let held = actors[mediator.actor.ix()].nationalities.iter();
        for state in held.filter(|held| held.span.contains(as_of)).map(|held| held.state) {
            let mut add = |group: Group, share: Option<Micro>| {
                let Some(share) = share else { return };
                // A group may have one seat whatever its share.
                let limit = (share * seats / Decimal::ONE).max(1);
                let cap = groups.entry(group.clone());
                let cap = cap.or_insert_with(|| Cap { group, limit, members: Vec::new() });
                // INVARIANT: mediators come in order, so that members are sorted, each once.
                if cap.members.last() != Some(&number) {
                    cap.members.push(number);
                }
            };
            add(Group::Nationality(state), shares.nationality);
            // INVARIANT: the States are the first of the actors, in their own order.
            for bloc in doc.states.get(state.ix()).map_or(&[][..], |state| &state.blocs) {
                add(Group::Bloc(bloc.clone()), shares.bloc);
            }
        }
    }
    groups.into_values().collect()
}
