//! The course of a dispute: two to four sessions, remote, hybrid or at a place, in a part of the
//! horizon.

use crate::format::{AfterDoc, AttendeesDoc, DisputeDoc, SessionDoc, SessionKind, SessionMode};
use crate::generate::draw::Draw;
use crate::generate::make;
use crate::generate::world::instant;

use super::Docket;
use super::cast::Cast;
use super::facts::{Hours, INTERPRETED, PLACES};

use SessionKind::{Call, Caucus, Joint, Opening};

/// Courses, and how often each is taken. A caucus stands for one of each side.
const COURSES: [(&[SessionKind], usize); 5] = [
    (&[Call, Opening], 20),
    (&[Call, Opening, Joint], 35),
    (&[Call, Caucus, Joint], 20),
    (&[Opening, Caucus], 10),
    (&[Call, Joint], 15),
];

/// Weeks from the first session's earliest day to the last one's due date.
const COURSE_WEEKS: u32 = 6;

/// What is the same for all sessions of a dispute.
struct Frame {
    mode: SessionMode,
    place: usize,
    interpreted: Option<&'static str>,
    awake: Hours,
    office: Hours,
}

impl Docket {
    /// Fills in sessions, where they start, and a due date.
    pub(super) fn schedule(&self, dispute: &mut DisputeDoc, cast: &Cast, draw: &mut Draw) {
        let places: Vec<(usize, usize)> =
            PLACES.iter().enumerate().map(|(n, place)| (n, place.5)).collect();
        let place = *draw.weighted(&places);
        let (_, _, zone, ..) = PLACES[place];
        let day = self.window.day(self.window.days / 2);
        let frame = Frame {
            mode: *draw.weighted(&[
                (SessionMode::InPerson, 35),
                (SessionMode::Hybrid, 15),
                (SessionMode::Remote, 50),
            ]),
            place,
            interpreted: self.interpreted(dispute, cast, draw),
            awake: cast.awake,
            office: Hours::read(zone, 9, 17, day),
        };
        let sides =
            [vec!["a".to_owned()], dispute.parties[1..].iter().map(|p| p.id.clone()).collect()];
        for kind in *draw.weighted(&COURSES) {
            match kind {
                Caucus => {
                    let minutes = self.minutes(2, 3, draw);
                    for (side, parties) in sides.iter().enumerate() {
                        let id = format!("caucus-{}", side + 1);
                        let mut session = frame.session(&id, Caucus, minutes, draw);
                        session.attendees = AttendeesDoc::Parties(parties.clone());
                        dispute.sessions.push(session);
                    }
                }
                Joint => {
                    let minutes = self.minutes(6, 8, draw);
                    dispute.sessions.push(frame.session("joint", Joint, minutes, draw));
                }
                Opening => {
                    let minutes = self.minutes(3, 4, draw);
                    dispute.sessions.push(frame.session("opening", Opening, minutes, draw));
                }
                _ => dispute.sessions.push(make::session("call", *kind, 60)),
            }
        }
        gaps(&mut dispute.sessions, draw);
        self.bound(dispute, draw);
    }

    /// So many half-hours, rounded up to slots.
    fn minutes(&self, least: u32, most: u32, draw: &mut Draw) -> u32 {
        (30 * draw.between(least, most)).next_multiple_of(self.slot())
    }

    /// Parts the horizon: the first session starts in one of its weeks, the last is due some weeks
    /// later.
    fn bound(&self, dispute: &mut DisputeDoc, draw: &mut Draw) {
        let weeks = self.window.days / 7;
        let first = draw.between(0, weeks - COURSE_WEEKS);
        let midnight = |week: u32| instant("Asia/Hong_Kong", self.window.day(7 * week), 0);
        if first > 0 {
            dispute.sessions[0].not_before = Some(midnight(first));
        }
        if draw.chance(80) && first + COURSE_WEEKS < weeks {
            dispute.due = Some(midnight(first + COURSE_WEEKS));
        }
    }

    /// The language of a party's State into which the sessions of a dispute in English are
    /// interpreted, in 30 of a hundred where there is one.
    fn interpreted(
        &self,
        dispute: &DisputeDoc,
        cast: &Cast,
        draw: &mut Draw,
    ) -> Option<&'static str> {
        let asked = draw.chance(30);
        let natives = cast.parties.iter().map(|party| self.homes[party.home].facts.native());
        let foreign = natives.filter(|native| !native.contains(&"en"));
        let known = INTERPRETED.map(|(tag, _)| tag);
        let tag = foreign.flatten().find(|tag| known.contains(tag))?;
        (asked && dispute.languages == ["en"]).then(|| known.into_iter().find(|k| *k == tag))?
    }
}

impl Frame {
    fn session(&self, id: &str, kind: SessionKind, minutes: u32, draw: &mut Draw) -> SessionDoc {
        let mut session = make::session(id, kind, minutes);
        let hours = self.awake.longest();
        let office = self.awake.and(self.office).longest();
        let mode = match self.mode {
            SessionMode::Hybrid if office * 60 > minutes => SessionMode::Hybrid,
            SessionMode::InPerson => SessionMode::InPerson,
            _ if hours * 60 > minutes => SessionMode::Remote,
            _ => SessionMode::InPerson,
        };
        session.mode = Some(mode);
        if mode != SessionMode::Remote {
            session.place = Some(PLACES[self.place].0.to_owned());
            session.breakout_rooms = (kind == Joint && draw.chance(40)).then_some(1);
        }
        if let Some(tag) = self.interpreted.filter(|_| kind != Caucus) {
            session.interpretation = vec![tag.to_owned(), "en".to_owned()];
        }
        session
    }
}

/// Some days between sessions; none between the caucuses of two sides.
fn gaps(sessions: &mut [SessionDoc], draw: &mut Draw) {
    for n in 1..sessions.len() {
        let caucuses = [n - 1, n].iter().all(|n| sessions[*n].kind == Caucus);
        sessions[n].after = Some(AfterDoc {
            session: sessions[n - 1].id.clone(),
            min_days: (!caucuses).then(|| draw.between(1, 4)),
            max_days: draw.chance(30).then_some(21),
            notes: None,
        });
    }
}
