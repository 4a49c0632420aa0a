//! Sessions with the local time of everyone who attends.

use crate::domain::{ActorIx, Dispute, Instance};
use crate::format::{
    AttendeesDoc, DisputeDoc, PartyDoc, ScheduledSessionDoc, SessionDoc, SessionKind, SessionMode,
};
use crate::time::{Instant, parse_instant};

use super::Desk;

/// A session with its date.
#[derive(Debug)]
pub(in crate::report) struct SessionView<'a> {
    /// Its id; for a party, nothing: how the secretariat calls a session may tell of others.
    pub(in crate::report) id: Option<&'a str>,
    /// Its id in the documents, by which other parts of the view find it; not for pages.
    pub(super) key: &'a str,
    /// Kind.
    pub(in crate::report) kind: SessionKind,
    /// Its number among those of its kind that the reader sees, and how many these are.
    pub(in crate::report) of_kind: (usize, usize),
    /// How people attend.
    pub(in crate::report) mode: SessionMode,
    /// Start, in minutes of UTC since 1970.
    pub(in crate::report) start: Instant,
    /// End.
    pub(in crate::report) end: Instant,
    /// Whether it has been held.
    pub(in crate::report) held: bool,
    /// The place, unless it is remote.
    pub(in crate::report) place: Option<&'a str>,
    /// Rooms, the one for all first.
    pub(in crate::report) rooms: Vec<&'a str>,
    /// Everyone who attends: panel, parties, interpreters.
    pub(in crate::report) attendees: Vec<Attendee<'a>>,
    /// Burden of each attending party, in point-minutes.
    pub(in crate::report) burden: Vec<(&'a str, i64)>,
    /// Burden of the panel.
    pub(in crate::report) panel_burden: i64,
    /// Burden of the interpreters, where there are any.
    pub(in crate::report) interpreter_burden: Option<i64>,
}

/// For whom somebody attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Side<'a> {
    /// The panel.
    Panel,
    /// A party.
    Party(&'a str),
    /// An interpreter.
    Interpreter,
}

/// Somebody who attends, with her wall clock.
#[derive(Debug, Clone)]
pub(in crate::report) struct Attendee<'a> {
    /// Who.
    pub(in crate::report) id: &'a str,
    /// For whom.
    pub(in crate::report) side: Side<'a>,
    /// Her zone in this session.
    pub(in crate::report) zone: &'a str,
    /// Minutes east of UTC at the start.
    pub(in crate::report) offset: i32,
    /// What the hours cost her, in point-minutes; nothing within her working hours.
    pub(in crate::report) points: i64,
}

impl Attendee<'_> {
    /// The start on her clock, in minutes since 1970 as if her zone were UTC.
    pub(in crate::report) fn starts(&self, session: &SessionView<'_>) -> i64 {
        session.start + i64::from(self.offset)
    }

    /// Days between the date on her clock and that of UTC at the start: -1, 0 or 1.
    pub(in crate::report) fn day_shift(&self, session: &SessionView<'_>) -> i64 {
        super::day_of(session.start, self.offset) - super::day_of(session.start, 0)
    }
}

impl SessionView<'_> {
    /// Length in minutes.
    pub(in crate::report) fn minutes(&self) -> i64 {
        self.end - self.start
    }
}

/// Whether some of these parties attend a session.
pub(super) fn attends(session: &SessionDoc, parties: &[&str]) -> bool {
    match &session.attendees {
        AttendeesDoc::All => true,
        AttendeesDoc::Parties(ids) => ids.iter().any(|id| parties.contains(&id.as_str())),
    }
}

/// The dated sessions of a dispute that these parties attend; all where none are given.
pub(super) fn views<'a>(
    desk: &Desk<'a>,
    document: &'a DisputeDoc,
    data: &'a Dispute,
    parties: Option<&Vec<&str>>,
) -> Vec<SessionView<'a>> {
    let seen = |session: &&SessionDoc| parties.is_none_or(|parties| attends(session, parties));
    let solution = desk.source.solution;
    let panel: Vec<&str> = solution
        .assignments
        .iter()
        .filter(|a| a.dispute == document.id)
        .flat_map(|a| a.panel.iter().map(|seat| seat.mediator.as_str()))
        .collect();
    let mut views: Vec<SessionView<'a>> = document
        .sessions
        .iter()
        .filter(seen)
        .filter_map(|session| {
            let mut dated = solution.sessions.iter();
            let dated = dated.find(|s| s.dispute == document.id && s.session == session.id)?;
            view(desk, document, data, (session, dated), &panel)
        })
        .collect();
    let kinds: Vec<SessionKind> = views.iter().map(|view| view.kind).collect();
    for (at, view) in views.iter_mut().enumerate() {
        let alike = |kinds: &[SessionKind]| kinds.iter().filter(|k| **k == view.kind).count();
        view.of_kind = (alike(&kinds[..=at]), alike(&kinds));
        view.id = view.id.filter(|_| parties.is_none());
    }
    views
}

fn view<'a>(
    desk: &Desk<'a>,
    document: &'a DisputeDoc,
    data: &'a Dispute,
    (session, dated): (&'a SessionDoc, &'a ScheduledSessionDoc),
    panel: &[&str],
) -> Option<SessionView<'a>> {
    let (start, end) = (parse_instant(&dated.start).ok()?, parse_instant(&dated.end).ok()?);
    let own = data.sessions.iter().find(|own| own.id == session.id)?;
    let mode = session.mode.unwrap_or(SessionMode::Remote);
    let mut attendees: Vec<Attendee<'a>> = dated
        .local
        .iter()
        .map(|(id, local)| {
            let side = if panel.contains(&id) {
                Side::Panel
            } else {
                // WHY those who attend first: parties may share counsel.
                let here = |party: &&PartyDoc| attends(session, &[party.id.as_str()]);
                let parties = document.parties.iter();
                let mut parties =
                    parties.clone().filter(here).chain(parties.filter(|party| !here(party)));
                let party = parties.find(|party| {
                    party.representatives.iter().chain(&party.counsel).any(|one| one == id)
                });
                party.map_or(Side::Interpreter, |party| Side::Party(&party.id))
            };
            let at = Seen { desk, own, start };
            Attendee { id, side, zone: at.zone(id), offset: offset(local), points: at.points(id) }
        })
        .collect();
    attendees.sort_by_key(|attendee| {
        let party = document.parties.iter().position(|p| Side::Party(&p.id) == attendee.side);
        (attendee.side == Side::Interpreter, party.map_or(0, |p| p + 1))
    });
    Some(SessionView {
        id: Some(&session.id),
        key: &session.id,
        kind: session.kind,
        of_kind: (1, 1),
        mode,
        start,
        end,
        held: own.held,
        place: dated.place.as_deref(),
        rooms: dated.room.iter().chain(&dated.breakout_rooms).map(String::as_str).collect(),
        attendees,
        burden: dated.burden.iter().map(|(party, points)| (party, *points)).collect(),
        panel_burden: dated.panel_burden,
        interpreter_burden: dated.interpreter_burden,
    })
}

/// A session at its start.
struct Seen<'s, 'a> {
    desk: &'s Desk<'a>,
    own: &'a crate::domain::Session,
    start: Instant,
}

impl Seen<'_, '_> {
    fn instance(&self) -> &Instance {
        &self.desk.source.screened.instance
    }

    fn slot(&self) -> Option<u32> {
        let grid = self.instance().grid();
        let slot = grid.slot_at(self.start)?;
        (slot + self.own.slots <= grid.slots()).then_some(slot)
    }

    fn actor(&self, id: &str) -> Option<ActorIx> {
        self.desk.actors.get(id).copied()
    }

    /// The zone whose clock she reads; UTC where the instance does not tell.
    fn zone(&self, id: &str) -> &'static str {
        let zone = || {
            let clock = self.instance().clock_in(self.actor(id)?, self.own.mode, self.slot()?)?;
            Some(self.instance().clock(clock).zone.name())
        };
        zone().unwrap_or("UTC")
    }

    fn points(&self, id: &str) -> i64 {
        let points = || {
            let availability = &self.desk.source.screened.availability;
            let profile = availability.of(self.actor(id)?, self.own.mode)?;
            Some(profile.points(self.slot()?, self.own.slots))
        };
        points().unwrap_or(0)
    }
}

/// Minutes east of UTC of an RFC 3339 reading.
fn offset(local: &str) -> i32 {
    let tail = local.get(local.len().saturating_sub(6)..).unwrap_or_default();
    let sign = match tail.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return 0,
    };
    let (hours, minutes) = tail[1..].split_once(':').unwrap_or(("0", "0"));
    let number = |text: &str| text.parse::<i32>().unwrap_or(0);
    sign * (number(hours) * 60 + number(minutes))
}
