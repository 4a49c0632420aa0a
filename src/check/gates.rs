//! What keeps a whole dispute from mediation (G1).

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{DisputeDoc, RelationKind};

use super::facts::Facts;
use super::graph::{first_day, last_day};

/// Why a dispute may not be mediated, where it may not.
pub(super) fn barred(facts: &Facts<'_>, doc: &DisputeDoc) -> Option<String> {
    let unwilling = doc.parties.iter().find(|p| p.consent.as_ref().is_some_and(|c| !c.given));
    if let Some(party) = unwilling {
        return Some(format!("party `{}` has not consented", party.id));
    }
    if let Some(third) = doc.third_states.iter().find(|s| !s.consent) {
        return Some(format!("the third State `{}` has not consented", third.state));
    }
    // WHY: most dockets exclude nothing, and then nobody's State need be looked for.
    if doc.subjects.is_empty() || facts.states.values().all(|s| s.exclusions.is_empty()) {
        return None;
    }
    let behind = standing(facts);
    let mut seen: BTreeSet<&str> = doc.parties.iter().map(|p| p.actor.as_str()).collect();
    let mut open: Vec<&str> = seen.iter().copied().collect();
    while let Some(actor) = open.pop() {
        let excluded = facts
            .states
            .get(actor)
            .and_then(|state| doc.subjects.iter().find(|s| state.exclusions.contains(s)));
        if let Some(subject) = excluded {
            return Some(format!("`{actor}` has excluded the subject `{subject}`"));
        }
        let states = behind.get(actor).into_iter().flatten().copied();
        open.extend(states.filter(|state| seen.insert(state)));
    }
    None
}

/// By actor: whose organ, agency or subdivision it is on the date of judgment.
fn standing<'a>(facts: &Facts<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut behind: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for r in &facts.doc.relations {
        let kind = matches!(
            r.kind,
            RelationKind::OrganOf | RelationKind::AgencyOf | RelationKind::SubdivisionOf
        );
        let current = first_day(r.start.as_deref()) <= facts.as_of
            && facts.as_of <= last_day(r.end.as_deref());
        if let Some(to) = r.to.as_deref().filter(|_| kind && current) {
            behind.entry(&r.from).or_default().push(to);
        }
    }
    behind
}
