//! Caps over the docket (A7): no nationality and no bloc has more than its share of the seats.
//!
//! * Takes the facts; gives each group with its limit. The same limits judge an answer and stand in
//!   the bound of a certificate.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::CapPriceDoc;

use super::answer::Answer;
use super::facts::Facts;
use super::prices::Prices;
use super::verdict::Findings;

/// A group: of those who hold a nationality, or of those whom a State of theirs puts in a bloc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group<'a> {
    Nationality(&'a str),
    Bloc(&'a str),
}

impl Group<'_> {
    fn told(self) -> String {
        match self {
            Self::Nationality(state) => format!("nationals of `{state}`"),
            Self::Bloc(bloc) => format!("nationals of States in `{bloc}`"),
        }
    }
}

/// Who is in a group, and how many seats the group may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cap {
    pub(super) members: BTreeSet<usize>,
    pub(super) limit: i64,
}

/// Every group that has members, where the policy caps groups of its kind.
pub(super) fn caps<'a>(facts: &Facts<'a>) -> BTreeMap<Group<'a>, Cap> {
    let mut caps: BTreeMap<Group<'a>, Cap> = BTreeMap::new();
    let Some(doc) = facts.doc.policy.as_ref().and_then(|policy| policy.caps.as_ref()) else {
        return caps;
    };
    let seats = facts.disputes.iter().filter(|dispute| dispute.barred.is_none());
    let seats: i128 = seats.map(|dispute| dispute.size as i128).sum();
    // A group may have one seat whatever its share.
    let limit = |share: i64| ((i128::from(share) * seats).div_euclid(1_000_000)).max(1) as i64;
    for (m, &actor) in facts.actor_of.iter().enumerate() {
        for state in facts.nationals(actor, &[facts.as_of]) {
            let mut add = |group, share: i64| {
                let cap = caps.entry(group).or_default();
                cap.members.insert(m);
                cap.limit = limit(share);
            };
            if let Some(share) = doc.nationality_share {
                add(Group::Nationality(state), share.micro());
            }
            let blocs = facts.states.get(state).map_or(&[][..], |state| &state.blocs);
            if let Some(share) = doc.bloc_share {
                for bloc in blocs {
                    add(Group::Bloc(bloc), share.micro());
                }
            }
        }
    }
    caps
}

/// A7: counts the seats of every group.
pub(super) fn check(facts: &Facts<'_>, answer: &Answer, found: &mut Findings) {
    for (group, cap) in caps(facts) {
        let (mut seats, mut last) = (0, String::new());
        for panel in answer.panels.iter().flatten() {
            for seat in panel.seats.iter().filter(|seat| cap.members.contains(&seat.1)) {
                seats += 1;
                last = format!("/assignments/{}/panel/{}", panel.at, seat.0);
            }
        }
        if seats > cap.limit {
            let message = format!(
                "{} have {seats} seats of this docket, and may have {}",
                group.told(),
                cap.limit
            );
            found.add("A7", None, last, message);
        }
    }
}

/// Reads the prices of rows A7: each must be of a group that is capped, and stand once.
pub(super) fn read_prices(
    caps: &BTreeMap<Group<'_>, Cap>,
    docs: &[CapPriceDoc],
    prices: &mut Prices,
) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for doc in docs {
        let group = match (&doc.nationality, &doc.bloc) {
            (Some(state), None) => Group::Nationality(state),
            (None, Some(bloc)) => Group::Bloc(bloc),
            _ => return Err("the price of a cap names a nationality or a bloc".to_owned()),
        };
        let Some(cap) = caps.get(&group) else {
            return Err(format!("{} have no cap", group.told()));
        };
        if doc.price < 0 {
            return Err(format!("the price of a seat of {} is negative", group.told()));
        }
        if !seen.insert(group) {
            return Err(format!("seats of {} have two prices", group.told()));
        }
        let price = i128::from(doc.price);
        prices.limits += price * i128::from(cap.limit);
        for &m in &cap.members {
            *prices.caps.entry(m).or_default() += price;
        }
    }
    Ok(())
}
