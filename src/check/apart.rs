//! Two sessions of one person: overlap, rest, travel (S2), and the hours of a day (S6).

use std::collections::BTreeMap;

use super::answer::{Answer, Date};
use super::facts::Facts;
use super::verdict::Findings;

/// Someone in a session.
#[derive(Clone, Copy)]
struct Seat {
    start: i64,
    end: i64,
    location: Option<usize>,
    date: Option<i64>,
    dispute: usize,
    at: usize,
}

/// Judges every two sessions of everyone, and everyone's days.
pub(super) fn check(facts: &Facts<'_>, answer: &Answer, found: &mut Findings) {
    for (actor, seats) in seats(facts, answer) {
        let id = facts.actors.get(actor).copied().unwrap_or_default();
        for (i, later) in seats.iter().enumerate() {
            let dispute = facts.disputes.get(later.dispute).map(|d| d.doc.id.as_str());
            let pointer = format!("/sessions/{}/start", later.at);
            for earlier in &seats[..i] {
                if let Some((label, message)) = broken(facts, earlier, later) {
                    found.add_named(label, dispute, pointer.clone(), format!("`{id}` {message}"));
                }
            }
        }
        if let Some(most) = facts.day_minutes {
            days(facts, id, &seats, most, found);
        }
    }
}

/// Everyone's seats.
pub(super) struct Diaries(BTreeMap<usize, Vec<Seat>>);

impl Diaries {
    /// Those of an answer.
    pub(super) fn new(facts: &Facts<'_>, answer: &Answer) -> Self {
        Self(seats(facts, answer))
    }

    /// Whether somebody could sit in the sessions of one more dispute (S2, S6).
    pub(super) fn leave_room(
        &self,
        facts: &Facts<'_>,
        answer: &Answer,
        actor: usize,
        dispute: usize,
    ) -> bool {
        let mut own = self.0.get(&actor).cloned().unwrap_or_default();
        for k in 0..facts.disputes.get(dispute).map_or(0, |d| d.sessions.len()) {
            own.extend(seat(facts, answer, (dispute, k), actor));
        }
        own.sort_by_key(|seat| (seat.start, seat.at));
        let apart = own.iter().enumerate().all(|(i, later)| {
            own[..i].iter().all(|earlier| broken(facts, earlier, later).is_none())
        });
        let mut found = Findings::default();
        if let Some(most) = facts.day_minutes {
            days(facts, "", &own, most, &mut found);
        }
        apart && !found.breaks_model()
    }
}

/// Somebody's seat in a session that has a date.
fn seat(facts: &Facts<'_>, answer: &Answer, (d, k): (usize, usize), actor: usize) -> Option<Seat> {
    let session = facts.disputes.get(d)?.sessions.get(k).filter(|session| !session.held)?;
    let Date { at, start } = answer.dates.get(d)?.get(k).copied().flatten()?;
    Some(Seat {
        start,
        end: start.saturating_add(session.minutes),
        location: facts.location(actor, session.on_site, start),
        date: facts.date(actor, session.on_site, start),
        dispute: d,
        at,
    })
}

/// Everyone's seats by start. Who sits in two booths at once stands twice.
fn seats(facts: &Facts<'_>, answer: &Answer) -> BTreeMap<usize, Vec<Seat>> {
    let mut all: BTreeMap<usize, Vec<Seat>> = BTreeMap::new();
    for (d, dispute) in facts.disputes.iter().enumerate() {
        for k in 0..dispute.sessions.len() {
            if answer.dates.get(d).is_none_or(|dates| dates.get(k).is_none_or(Option::is_none)) {
                continue;
            }
            for actor in answer.attending(facts, d, k) {
                all.entry(actor).or_default().extend(seat(facts, answer, (d, k), actor));
            }
        }
    }
    for seats in all.values_mut() {
        seats.sort_by_key(|seat| (seat.start, seat.at));
    }
    all
}

/// What keeps someone from both, the earlier first.
fn broken(facts: &Facts<'_>, earlier: &Seat, later: &Seat) -> Option<(&'static str, String)> {
    let gap = later.start.saturating_sub(earlier.end);
    if gap < 0 {
        // WHY: sessions of one dispute that overlap are told by S3; two booths of one are not.
        let other_dispute = earlier.dispute != later.dispute || earlier.at == later.at;
        let message = format!("is in session {} at the same time", earlier.at);
        return other_dispute.then_some(("S2 no-overlap", message));
    }
    if gap < facts.rest {
        let message =
            format!("has {gap} minutes after session {}, and rests {}", earlier.at, facts.rest);
        return Some(("S2 rest", message));
    }
    let way = facts.journey(earlier.location, later.location);
    (gap < way).then(|| {
        let message = format!("has {gap} minutes after session {}, and needs {way}", earlier.at);
        ("S2 travel", message)
    })
}

fn days(facts: &Facts<'_>, id: &str, seats: &[Seat], most: i64, found: &mut Findings) {
    let mut told: Vec<Option<i64>> = Vec::new();
    for seat in seats {
        let same = seats.iter().filter(|other| other.date == seat.date);
        let sum = same.fold(0_i64, |sum, other| sum.saturating_add(other.end - other.start));
        if sum > most && !told.contains(&seat.date) {
            told.push(seat.date);
            let dispute = facts.disputes.get(seat.dispute).map(|d| d.doc.id.as_str());
            let message = format!("`{id}` sits {sum} minutes on that date, and at most {most}");
            found.add("S6", dispute, format!("/sessions/{}/start", seat.at), message);
        }
    }
}
