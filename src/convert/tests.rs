//! What every made instance must satisfy.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::InstanceDoc;

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "_.:-".contains(c))
}

fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
    let mut known = BTreeSet::new();
    for id in ids {
        assert!(is_id(id), "{what} `{id}` is not an id");
        assert!(known.insert(id.as_str()), "{what} `{id}` occurs twice");
    }
    known
}

/// Every id has the right shape and is unique, and every reference points somewhere.
pub(crate) fn references_resolve(doc: &InstanceDoc) {
    let actors = unique(
        "actor",
        (doc.states.iter().map(|x| &x.id))
            .chain(doc.organisations.iter().map(|x| &x.id))
            .chain(doc.people.iter().map(|x| &x.id))
            .chain(doc.mediators.iter().map(|x| &x.id))
            .chain(doc.interpreters.iter().map(|x| &x.id)),
    );
    let calendars = unique("calendar", doc.calendars.iter().map(|x| &x.id));
    let places = unique("place", doc.places.iter().map(|x| &x.id));
    let panels = unique("panel", doc.panels.iter().map(|x| &x.id));
    unique("relation", doc.relations.iter().map(|x| &x.id));
    unique("dispute", doc.disputes.iter().map(|x| &x.id));
    let actor = |id: &str| assert!(actors.contains(id), "no actor `{id}`");
    let states: BTreeSet<&str> = doc.states.iter().map(|x| x.id.as_str()).collect();
    let nationalities = (doc.organisations.iter().flat_map(|x| &x.nationalities))
        .chain(doc.people.iter().flat_map(|x| &x.nationalities))
        .chain(doc.mediators.iter().flat_map(|x| &x.nationalities));
    for nationality in nationalities {
        assert!(states.contains(nationality.state.as_str()), "no State `{}`", nationality.state);
    }
    let kept = (doc.people.iter().filter_map(|x| x.calendar.as_deref()))
        .chain(doc.mediators.iter().filter_map(|x| x.calendar.as_deref()))
        .chain(doc.places.iter().filter_map(|x| x.calendar.as_deref()));
    for calendar in kept {
        assert!(calendars.contains(calendar), "no calendar `{calendar}`");
    }
    for mediator in &doc.mediators {
        assert!(mediator.time_zone.is_some() && !mediator.nationalities.is_empty());
        for designation in &mediator.designations {
            assert!(
                panels.contains(designation.panel.as_str())
                    && actors.contains(designation.by.as_str())
            );
        }
    }
    for relation in &doc.relations {
        actor(&relation.from);
        relation.to.iter().for_each(|id| actor(id));
        assert!(!relation.kind.is_implied() && relation.to.as_ref() != Some(&relation.from));
        assert!(relation.end.is_none() || relation.start <= relation.end, "{}", relation.id);
    }
    for appointment in &doc.appointments {
        actor(&appointment.mediator);
        appointment.parties.iter().chain(&appointment.counsel).for_each(|id| actor(id));
        assert!(appointment.by == "institution" || actors.contains(appointment.by.as_str()));
        assert!(appointment.date <= doc.as_of, "{}", appointment.date);
    }
    let zones: BTreeMap<&str, bool> =
        doc.people.iter().map(|x| (x.id.as_str(), x.time_zone.is_some())).collect();
    for dispute in &doc.disputes {
        unique("party", dispute.parties.iter().map(|x| &x.id));
        for party in &dispute.parties {
            actor(&party.actor);
            for id in party.representatives.iter().chain(&party.counsel) {
                actor(id);
                assert!(zones.get(id.as_str()) != Some(&false), "`{id}` needs a time zone");
            }
        }
        for (n, session) in dispute.sessions.iter().enumerate() {
            assert!(session.minutes % doc.slot_minutes.unwrap_or(30) == 0);
            assert!(session.place.as_deref().is_none_or(|id| places.contains(id)));
            if let Some(after) = &session.after {
                assert_eq!(after.session, dispute.sessions[n - 1].id);
            }
        }
    }
}

#[test]
fn the_tiny_instances_are_sound() {
    for text in [
        include_str!("../../instances/tiny/two-disputes.json"),
        include_str!("../../instances/tiny/time-zones.json"),
        include_str!("../../instances/tiny/inadmissible.json"),
    ] {
        references_resolve(&crate::format::read_instance(text.as_bytes()).expect("readable"));
    }
}
