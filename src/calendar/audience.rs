//! Who reads a calendar, and which sessions are theirs.

use std::fmt;

use crate::format::{AttendeesDoc, DisputeDoc, InstanceDoc, PartyDoc, SessionDoc};
use crate::time::{Instant, Zone, parse_instant};

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
    pub(super) breakouts: Vec<&'a str>,
    pub(super) start: Instant,
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
                let room = room.as_str();
                let taken = meeting.room == Some(room) || meeting.breakouts.contains(&room);
                (meeting.place == Some(place) && taken).then_some(Sight::Door)
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
        let zone_of = |id: &str| zone_at(instance, id, Some(meeting.start));
        let of = |people: &[&str]| people.iter().find_map(|id| zone_of(id));
        match self {
            Self::Everyone | Self::Room { .. } => of(&meeting.panel),
            Self::Actor(id) => zone_of(id).or_else(|| {
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
            Self::Actor(id) => zone_at(instance, id, None),
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

/// The zone whose clock a person reads at an instant: that of a stay, else her own.
fn zone_at(instance: &InstanceDoc, id: &str, at: Option<Instant>) -> Option<Zone> {
    let people = instance.people.iter().map(|one| (&one.id, &one.time_zone, &one.stays));
    let mediators = instance.mediators.iter().map(|one| (&one.id, &one.time_zone, &one.stays));
    let interpreters =
        instance.interpreters.iter().map(|one| (&one.id, &one.time_zone, &one.stays));
    let mut all = people.chain(mediators).chain(interpreters);
    let (_, own, stays) = all.find(|(known, ..)| *known == id)?;
    let away = stays.iter().find(|stay| {
        let (start, end) = (parse_instant(&stay.start), parse_instant(&stay.end));
        at.is_some_and(|at| start.is_ok_and(|s| s <= at) && end.is_ok_and(|e| at < e))
    });
    Zone::parse(away.map(|stay| stay.time_zone.as_str()).or(own.as_deref())?)
}

pub(super) fn place_zone(instance: &InstanceDoc, id: &str) -> Option<Zone> {
    let place = instance.places.iter().find(|place| place.id == id)?;
    Zone::parse(&place.time_zone)
}
