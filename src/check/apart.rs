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

/// Everyone's seats by start. Who sits in two booths at once stands twice.
fn seats(facts: &Facts<'_>, answer: &Answer) -> BTreeMap<usize, Vec<Seat>> {
    let mut all: BTreeMap<usize, Vec<Seat>> = BTreeMap::new();
    for (d, dispute) in facts.disputes.iter().enumerate() {
        for (k, session) in dispute.sessions.iter().enumerate() {
            let date = answer.dates.get(d).and_then(|x| x.get(k)).copied().flatten();
            let Some(Date { at, start }) = date else { continue };
            for actor in answer.attending(facts, d, k) {
                let seat = Seat {
                    start,
                    end: start.saturating_add(session.minutes),
                    location: facts.location(actor, session.on_site, start),
                    date: facts.date(actor, session.on_site, start),
                    dispute: d,
                    at,
                };
                all.entry(actor).or_default().push(seat);
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
