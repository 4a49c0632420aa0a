//! The course of a proceeding: which sessions, of whom, where, how far apart.

use crate::format::{AfterDoc, AttendeesDoc, PartyDoc, SessionDoc, SessionKind, SessionMode};
use crate::generate::draw::Draw;
use crate::generate::make;

/// The course of a proceeding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// A call, a joint session, a signing; all remote.
    Short,
    /// The same with an opening and a caucus with each side.
    Full,
    /// A call and two equal joint sessions, a week or more apart.
    Pair,
    /// An opening to which people come or dial in.
    Hybrid(&'static str),
    /// A remote beginning, then a long session and the signing in person, in the same days.
    Week(&'static str),
}

impl Course {
    /// Hours that all people of the parties must share on a day for the longest remote session.
    pub(super) fn longest(self) -> u32 {
        match self {
            Self::Full => 3,
            Self::Short | Self::Pair | Self::Hybrid(_) | Self::Week(_) => 2,
        }
    }

    /// The zone of the place where a hybrid session is held in office hours.
    pub(super) fn hybrid_zone(self) -> Option<&'static str> {
        match self {
            Self::Hybrid(super::places::NAIROBI) => Some("Africa/Nairobi"),
            Self::Hybrid(_) => Some("Asia/Hong_Kong"),
            _ => None,
        }
    }
}

/// A session that is yet to be linked: itself, and the least and most days after the one before.
struct Link {
    session: SessionDoc,
    gap: (u32, Option<u32>),
}

fn link(id: &str, kind: SessionKind, minutes: u32, gap: (u32, Option<u32>)) -> Link {
    Link { session: make::session(id, kind, minutes), gap }
}

impl Link {
    fn at(mut self, mode: SessionMode, place: &str, breakout_rooms: u32) -> Self {
        self.session.mode = Some(mode);
        self.session.place = Some(place.to_owned());
        self.session.breakout_rooms = (breakout_rooms > 0).then_some(breakout_rooms);
        self
    }
}

/// The sessions of a course for these parties; those of both sides are interpreted.
pub(super) fn sessions(
    course: Course,
    parties: &[PartyDoc],
    languages: &[&str],
    draw: &mut Draw,
) -> Vec<SessionDoc> {
    use SessionKind::{Call, Caucus, Joint, Opening, Signing};
    let least = draw.between(2, 4);
    let most = draw.chance(60).then_some(21);
    let links = match course {
        Course::Short => vec![
            link("call", Call, 30, (0, None)),
            link("joint", Joint, 120, (least, most)),
            link("signing", Signing, 30, (1, Some(14))),
        ],
        Course::Full => vec![
            link("call", Call, 60, (0, None)),
            link("opening", Opening, 120, (least, most)),
            link("caucus-1", Caucus, 60, (1, Some(14))),
            link("caucus-2", Caucus, 60, (0, Some(7))),
            link("joint", Joint, 180, (2, most)),
            link("signing", Signing, 60, (1, Some(14))),
        ],
        Course::Pair => vec![
            link("call", Call, 30, (0, None)),
            link("joint-1", Joint, 120, (least, most)),
            link("joint-2", Joint, 120, (7, Some(21))),
        ],
        Course::Hybrid(place) => vec![
            link("call", Call, 60, (0, None)),
            link("opening", Opening, 120, (least, most)).at(SessionMode::Hybrid, place, 0),
            link("joint", Joint, 120, (3, most)),
        ],
        Course::Week(place) => vec![
            link("call", Call, 60, (0, None)),
            link("opening", Opening, 120, (least, most)),
            link("joint", Joint, 240, (5, None)).at(SessionMode::InPerson, place, 2),
            link("signing", Signing, 60, (0, Some(3))).at(SessionMode::InPerson, place, 0),
        ],
    };
    let mut sessions: Vec<SessionDoc> = Vec::with_capacity(links.len());
    for Link { mut session, gap: (min, max) } in links {
        if let Some(before) = sessions.last() {
            session.after = Some(AfterDoc {
                session: before.id.clone(),
                min_days: Some(min),
                max_days: max,
                notes: None,
            });
        }
        match session.kind {
            Caucus => session.attendees = caucus(&session.id, parties),
            Call if session.minutes > 30 => {}
            _ => session.interpretation = languages.iter().map(|tag| (*tag).to_owned()).collect(),
        }
        sessions.push(session);
    }
    sessions
}

/// The parties of the side of the first party, or of the other.
fn caucus(id: &str, parties: &[PartyDoc]) -> AttendeesDoc {
    let side = |party: &PartyDoc| party.side.clone().unwrap_or_else(|| party.id.clone());
    let first = parties.first().map(side);
    let wanted = |party: &&PartyDoc| (Some(side(party)) == first) == (id == "caucus-1");
    AttendeesDoc::Parties(parties.iter().filter(wanted).map(|party| party.id.clone()).collect())
}
