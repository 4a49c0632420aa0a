//! Who reads a calendar, and which sessions are theirs.

use std::fmt;

use crate::format::{AttendeesDoc, DisputeDoc, InstanceDoc, PartyDoc, SessionDoc};
use crate::time::Zone;

/// Who reads a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// The secretariat: every session.
    Everyone,
    /// Somebody who attends, or an actor that is a party.
    Actor(String),
    /// Who looks after a room: times and disputes, no names.
    Room {
        /// The place.
        place: String,
        /// The room.
        room: String,
    },
    /// A party to one dispute, with its people.
    Party {
        /// The dispute.
        dispute: String,
        /// The party.
        party: String,
    },
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("everyone"),
            Self::Actor(id) => write!(f, "actor {id}"),
            Self::Room { place, room } => write!(f, "room {place}/{room}"),
            Self::Party { dispute, party } => write!(f, "party {dispute}/{party}"),
        }
    }
}

/// How a session is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// All of it: the secretariat and the panel.
    Whole,
    /// As one who attends: who else does, but not how the secretariat calls the session.
    Attending,
    /// From outside the door.
    Door,
}

/// One session with those who attend it.
#[derive(Debug)]
pub(super) struct Meeting<'a> {
    pub(super) dispute: &'a DisputeDoc,
    pub(super) session: &'a SessionDoc,
    pub(super) panel: Vec<&'a str>,
    pub(super) interpreters: Vec<&'a str>,
    pub(super) place: Option<&'a str>,
    pub(super) room: Option<&'a str>,
}

impl<'a> Meeting<'a> {
    /// The parties that attend, each with its people who do.
    pub(super) fn parties(&self, instance: &InstanceDoc) -> Vec<(&'a PartyDoc, Vec<&'a str>)> {
        let attends = |party: &&PartyDoc| match &self.session.attendees {
            AttendeesDoc::All => true,
            AttendeesDoc::Parties(ids) => ids.contains(&party.id),
        };
        let parties = self.dispute.parties.iter().filter(attends);
        parties.map(|party| (party, people(instance, party))).collect()
    }
}

/// The people of a party who attend its sessions: each once; firms do not attend.
fn people<'a>(instance: &InstanceDoc, party: &'a PartyDoc) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for id in party.representatives.iter().chain(&party.counsel) {
        let firm = instance.organisations.iter().any(|organisation| organisation.id == *id);
        if !firm && !all.contains(&id.as_str()) {
            all.push(id);
        }
    }
    all
}

impl Audience {
    /// How this audience sees a session; `None` when it does not.
    pub(super) fn sees(&self, instance: &InstanceDoc, meeting: &Meeting<'_>) -> Option<Sight> {
        match self {
            Self::Everyone => Some(Sight::Whole),
            Self::Actor(id) => {
                let id = id.as_str();
                if meeting.panel.contains(&id) || meeting.interpreters.contains(&id) {
                    return Some(Sight::Whole);
                }
                let parties = meeting.parties(instance);
                let there = |(party, people): &(&PartyDoc, Vec<&str>)| {
                    party.actor == id || people.contains(&id)
                };
                parties.iter().any(there).then_some(Sight::Attending)
            }
            Self::Room { place, room } => {
                let here = (meeting.place, meeting.room) == (Some(place), Some(room));
                here.then_some(Sight::Door)
            }
            Self::Party { dispute, party } => {
                let attends = |(one, _): &(&PartyDoc, Vec<&str>)| one.id == *party;
                let here =
                    meeting.dispute.id == *dispute && meeting.parties(instance).iter().any(attends);
                here.then_some(Sight::Attending)
            }
        }
    }

    /// The zone on whose clock the audience reads a remote session.
    pub(super) fn clock(&self, instance: &InstanceDoc, meeting: &Meeting<'_>) -> Option<Zone> {
        let of = |people: &[&str]| people.iter().find_map(|id| zone_of(instance, id));
        match self {
            Self::Everyone | Self::Room { .. } => of(&meeting.panel),
            Self::Actor(id) => zone_of(instance, id).or_else(|| {
                let parties = meeting.parties(instance);
                let mut own = parties.iter().filter(|(party, _)| party.actor == *id);
                own.find_map(|(_, people)| of(people))
            }),
            Self::Party { party, .. } => {
                let parties = meeting.parties(instance);
                let own = parties.iter().find(|(one, _)| one.id == *party);
                own.and_then(|(_, people)| of(people))
            }
        }
    }

    /// A zone of the audience's own, for a calendar without entries.
    pub(super) fn zone(&self, instance: &InstanceDoc) -> Option<Zone> {
        match self {
            Self::Actor(id) => zone_of(instance, id),
            Self::Room { place, .. } => place_zone(instance, place),
            Self::Everyone | Self::Party { .. } => None,
        }
    }

    /// What a calendar program shows as the name of the calendar.
    pub(super) fn title(&self, instance: &InstanceDoc) -> String {
        match self {
            Self::Everyone => instance.title.clone().unwrap_or_else(|| instance.id.clone()),
            Self::Actor(id) => name_of(instance, id).to_owned(),
            Self::Room { place, room } => format!("{place}, {room}"),
            Self::Party { dispute, party } => format!("{dispute}, {party}"),
        }
    }

    /// Whether the instance has this audience: else what it lacks, and the names that it has.
    ///
    /// # Errors
    /// A sentence, and the known names for a hint.
    pub fn find(&self, instance: &InstanceDoc) -> Result<(), (String, Vec<String>)> {
        let missing = |kind: &str, id: &str, known: Vec<String>| {
            if known.iter().any(|name| name == id) {
                Ok(())
            } else {
                Err((format!("the instance has no {kind} `{id}`"), known))
            }
        };
        match self {
            Self::Everyone => Ok(()),
            Self::Actor(id) => {
                let states = instance.states.iter().map(|one| &one.id);
                let bodies = instance.organisations.iter().map(|one| &one.id);
                let people = instance.people.iter().map(|one| &one.id);
                let mediators = instance.mediators.iter().map(|one| &one.id);
                let interpreters = instance.interpreters.iter().map(|one| &one.id);
                let all = states.chain(bodies).chain(people).chain(mediators).chain(interpreters);
                missing("actor", id, all.cloned().collect())
            }
            Self::Room { place, room } => {
                let places = instance.places.iter().map(|one| one.id.clone()).collect();
                missing("place", place, places)?;
                let rooms = instance.places.iter().filter(|one| one.id == *place);
                let known = rooms.flat_map(|one| &one.rooms).map(|one| one.id.clone()).collect();
                missing("room", room, known)
            }
            Self::Party { dispute, party } => {
                let disputes = instance.disputes.iter().map(|one| one.id.clone()).collect();
                missing("dispute", dispute, disputes)?;
                let own = instance.disputes.iter().filter(|one| one.id == *dispute);
                let known = own.flat_map(|one| &one.parties).map(|one| one.id.clone()).collect();
                missing("party", party, known)
            }
        }
    }
}

/// The name of an actor for people; the id where it has none.
pub(super) fn name_of<'a>(instance: &'a InstanceDoc, id: &'a str) -> &'a str {
    let states = instance.states.iter().map(|one| (&one.id, &one.name));
    let bodies = instance.organisations.iter().map(|one| (&one.id, &one.name));
    let people = instance.people.iter().map(|one| (&one.id, &one.name));
    let mediators = instance.mediators.iter().map(|one| (&one.id, &one.name));
    let interpreters = instance.interpreters.iter().map(|one| (&one.id, &one.name));
    let mut all = states.chain(bodies).chain(people).chain(mediators).chain(interpreters);
    all.find(|(known, _)| *known == id).and_then(|(_, name)| name.as_deref()).unwrap_or(id)
}

fn zone_of(instance: &InstanceDoc, id: &str) -> Option<Zone> {
    let people = instance.people.iter().map(|one| (&one.id, &one.time_zone));
    let mediators = instance.mediators.iter().map(|one| (&one.id, &one.time_zone));
    let interpreters = instance.interpreters.iter().map(|one| (&one.id, &one.time_zone));
    let mut all = people.chain(mediators).chain(interpreters);
    all.find(|(known, _)| *known == id).and_then(|(_, zone)| Zone::parse(zone.as_deref()?))
}

pub(super) fn place_zone(instance: &InstanceDoc, id: &str) -> Option<Zone> {
    let place = instance.places.iter().find(|place| place.id == id)?;
    Zone::parse(&place.time_zone)
}
