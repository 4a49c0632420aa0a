//! Rules about sessions: S1 to S4, A8 of dates, and what the solution says of them (D2).

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{ScheduledSessionDoc, SolutionDoc};

use super::answer::{Answer, Date};
use super::clock;
use super::facts::{Dispute, Facts, Session};
use super::verdict::Findings;

/// Judges every session.
pub(super) fn check(facts: &Facts<'_>, doc: &SolutionDoc, answer: &Answer, found: &mut Findings) {
    for (d, dispute) in facts.disputes.iter().enumerate() {
        let Some(dates) = answer.dates.get(d) else {
            continue;
        };
        let dated = dates.iter().flatten().count();
        let id = Some(dispute.doc.id.as_str());
        if let Some(first) = dates.iter().flatten().next().filter(|_| answer.whole) {
            let at = format!("/sessions/{}", first.at);
            if answer.panels.get(d).is_some_and(Option::is_none) {
                found.add("D2", id, at, "the dispute has sessions and no panel");
            } else if dated < dates.len() {
                let message = format!("{dated} of {} sessions have a date", dates.len());
                found.add("D2", id, at, message);
            }
        }
        let panel = answer.panels.get(d).and_then(Option::as_ref);
        let members = panel.map(super::answer::Panel::members).unwrap_or_default();
        let members: Vec<usize> =
            members.iter().filter_map(|&m| facts.actor_of.get(m).copied()).collect();
        for (k, session) in dispute.sessions.iter().enumerate() {
            let Some(date) = dates.get(k).copied().flatten() else {
                continue;
            };
            let Some(entry) = doc.sessions.get(date.at) else {
                continue;
            };
            let held = Held { facts, dispute, session, members: &members, date };
            held.together(found);
            held.lock(found);
            held.own_bounds(k + 1 == dispute.sessions.len(), found);
            let before = k
                .checked_sub(1)
                .and_then(|b| Some((dispute.sessions.get(b)?, dates.get(b).copied().flatten()?)));
            if let Some((before, earlier)) = before {
                held.gap(earlier.start.saturating_add(before.minutes), found);
            }
            held.data(entry, panel.is_some_and(|p| p.known), found);
        }
    }
    overlaps(facts, answer, found);
    rooms(facts, doc, answer, found);
}

/// A session with its date.
struct Held<'h, 'a> {
    facts: &'h Facts<'a>,
    dispute: &'h Dispute<'a>,
    session: &'h Session<'a>,
    members: &'h [usize],
    date: Date,
}

impl Held<'_, '_> {
    fn add(&self, found: &mut Findings, label: &str, below: &str, message: impl Into<String>) {
        let pointer = format!("/sessions/{}{below}", self.date.at);
        found.add(label, Some(&self.dispute.doc.id), pointer, message);
    }

    fn end(&self) -> i64 {
        self.date.start.saturating_add(self.session.minutes)
    }

    fn everyone(&self) -> BTreeSet<usize> {
        self.session.people.iter().chain(self.members).copied().collect()
    }

    /// S1: people and place.
    fn together(&self, found: &mut Findings) {
        for actor in self.everyone() {
            if !self.facts.attendance(actor, self.session, self.date.start).free {
                let id = self.facts.actors.get(actor).copied().unwrap_or_default();
                self.add(found, "S1", "/start", format!("`{id}` is not available throughout"));
            }
        }
        if let Some(place) = self.session.place.and_then(|k| self.facts.places.get(k))
            && !place.opening.spans(&place.clock, self.date.start, self.end())
        {
            let message = format!("`{}` is not open throughout", place.doc.id);
            self.add(found, "S1", "/start", message);
        }
    }

    /// A8: a fixed start.
    fn lock(&self, found: &mut Findings) {
        if let Some(fixed) = self.session.locked.filter(|fixed| *fixed != self.date.start) {
            let message = format!("the session is fixed to start at {}", clock::show(fixed));
            self.add(found, "A8", "/start", message);
        }
    }

    /// S3: grid, horizon, `not_before`, `due`.
    fn own_bounds(&self, last: bool, found: &mut Findings) {
        let (start, end, grid) = (self.date.start, self.end(), self.facts.grid);
        let due = self.dispute.doc.due.as_deref().filter(|_| last).and_then(clock::instant);
        let wrong = if start.saturating_sub(grid.start).rem_euclid(grid.slot) != 0 {
            "it does not start on the grid".to_owned()
        } else if start < grid.start || end > grid.end() {
            "it lies outside the horizon".to_owned()
        } else if let Some(first) = self.session.not_before.filter(|first| start < *first) {
            format!("it starts before {}", clock::show(first))
        } else if let Some(due) = self.session.due.into_iter().chain(due).find(|due| end > *due) {
            format!("it ends after {}", clock::show(due))
        } else {
            return;
        };
        self.add(found, "S3", "/start", wrong);
    }

    /// S3: order and gap.
    fn gap(&self, before: i64, found: &mut Findings) {
        let gap = self.date.start.saturating_sub(before);
        if gap < 0 {
            self.add(found, "S3", "/start", "it starts before the session listed before has ended");
        } else if gap < self.session.min_gap {
            self.add(found, "S3", "/start", "the gap to the session before is too short");
        } else if self.session.max_gap.is_some_and(|most| gap > most) {
            self.add(found, "S3", "/start", "the gap to the session before is too long");
        }
    }

    /// D2: everything that follows from start and panel.
    fn data(&self, entry: &ScheduledSessionDoc, panel_known: bool, found: &mut Findings) {
        for (name, text, minute) in
            [("/start", &entry.start, self.date.start), ("/end", &entry.end, self.end())]
        {
            let read = clock::instant_and_offset(text);
            if !text.ends_with('Z') || read != minute.checked_mul(60).map(|s| (s, 0)) {
                self.add(found, "D2", name, format!("{} is expected", clock::show(minute)));
            }
        }
        let place = self.session.place.and_then(|k| self.facts.places.get(k));
        if entry.place.as_deref() != place.map(|p| p.doc.id.as_str()) {
            self.add(found, "D2", "/place", "it is not the place of the session");
        }
        let room = |id: &str| place.is_some_and(|p| p.doc.rooms.iter().any(|r| r.id == id));
        if entry.room.is_some() != place.is_some()
            || entry.room.as_deref().is_some_and(|r| !room(r))
        {
            self.add(found, "D2", "/room", "a room of the place is expected, or none when remote");
        }
        if !entry.interpreters.is_empty() {
            let message = "interpreters are not part of this version";
            self.add(found, "D2", "/interpreters", message);
        }
        self.burden(entry, panel_known, found);
        if panel_known {
            self.local(entry, found);
        }
    }

    fn points(&self, people: &[usize]) -> i64 {
        people.iter().fold(0_i64, |sum, &actor| {
            let one = self.facts.attendance(actor, self.session, self.date.start);
            sum.saturating_add(one.points)
        })
    }

    fn burden(&self, entry: &ScheduledSessionDoc, panel_known: bool, found: &mut Findings) {
        let mut open: BTreeMap<&str, i64> =
            self.session.parties.iter().map(|(id, people)| (*id, self.points(people))).collect();
        for (party, points) in entry.burden.iter() {
            match open.remove(party) {
                None => {
                    let message = format!("the party `{party}` does not attend, or stands twice");
                    self.add(found, "D2", "/burden", message);
                }
                Some(own) if own != *points => {
                    let message = format!("the burden of `{party}` is {own}");
                    self.add(found, "D2", "/burden", message);
                }
                Some(_) => {}
            }
        }
        if let Some(party) = open.keys().next() {
            self.add(found, "D2", "/burden", format!("the burden of `{party}` is missing"));
        }
        let own = self.points(self.members);
        if panel_known && own != entry.panel_burden {
            self.add(found, "D2", "/panel_burden", format!("the burden of the panel is {own}"));
        }
    }

    fn local(&self, entry: &ScheduledSessionDoc, found: &mut Findings) {
        let mut open = self.everyone();
        for (id, text) in entry.local.iter() {
            let actor = self.facts.actor_ix.get(id).copied().filter(|a| open.remove(a));
            let Some(actor) = actor else {
                let message = format!("`{id}` does not attend, or stands twice");
                self.add(found, "D2", "/local", message);
                continue;
            };
            let clock = self.facts.clock_at(actor, self.session.on_site);
            let offset = clock.and_then(|c| c.offset(self.date.start));
            let right = self.date.start.checked_mul(60).zip(offset);
            if right.is_none() || clock::instant_and_offset(text) != right {
                let message = format!("the wall clock of `{id}` does not show this at the start");
                self.add(found, "D2", "/local", message);
            }
        }
        if let Some(id) = open.first().and_then(|&a| self.facts.actors.get(a)) {
            self.add(found, "D2", "/local", format!("the local time of `{id}` is missing"));
        }
    }
}

/// A stretch of time that a dispute's session takes.
#[derive(Clone, Copy)]
struct Stretch {
    start: i64,
    end: i64,
    dispute: usize,
    at: usize,
}

impl Stretch {
    fn meets(&self, other: &Stretch) -> bool {
        self.dispute != other.dispute && self.start < other.end && other.start < self.end
    }
}

fn stretches(facts: &Facts<'_>, answer: &Answer) -> Vec<(usize, usize, Stretch)> {
    let mut all = Vec::new();
    for (d, dispute) in facts.disputes.iter().enumerate() {
        for (k, session) in dispute.sessions.iter().enumerate() {
            let date = answer.dates.get(d).and_then(|x| x.get(k)).copied().flatten();
            if let Some(Date { at, start }) = date {
                let end = start.saturating_add(session.minutes);
                all.push((d, k, Stretch { start, end, dispute: d, at }));
            }
        }
    }
    all
}

/// S2: nobody in two disputes' sessions at once. Within a dispute this is S3.
fn overlaps(facts: &Facts<'_>, answer: &Answer, found: &mut Findings) {
    let mut taken: BTreeMap<usize, Vec<Stretch>> = BTreeMap::new();
    for (d, k, stretch) in stretches(facts, answer) {
        let Some(dispute) = facts.disputes.get(d) else {
            continue;
        };
        let members =
            answer.panels.get(d).and_then(Option::as_ref).map(super::answer::Panel::members);
        let mut people: BTreeSet<usize> =
            dispute.sessions.get(k).into_iter().flat_map(|s| &s.people).copied().collect();
        people.extend(members.into_iter().flatten().filter_map(|m| facts.actor_of.get(m).copied()));
        for actor in people {
            let own = taken.entry(actor).or_default();
            if let Some(other) = own.iter().find(|other| other.meets(&stretch)) {
                let id = facts.actors.get(actor).copied().unwrap_or_default();
                let message = format!("`{id}` is in session {} at the same time", other.at);
                let pointer = format!("/sessions/{}/start", stretch.at);
                found.add("S2", Some(&dispute.doc.id), pointer, message);
            }
            own.push(stretch);
        }
    }
}

/// S4: rooms of places, and each room by itself.
fn rooms(facts: &Facts<'_>, doc: &SolutionDoc, answer: &Answer, found: &mut Findings) {
    let all = stretches(facts, answer);
    for (p, place) in facts.places.iter().enumerate() {
        let here: Vec<Stretch> = all
            .iter()
            .filter(|(d, k, _)| facts.disputes[*d].sessions[*k].place == Some(p))
            .map(|x| x.2)
            .collect();
        let room = |s: &Stretch| doc.sessions.get(s.at).and_then(|e| e.room.as_deref());
        for (i, stretch) in here.iter().enumerate() {
            let id = facts.disputes.get(stretch.dispute).map(|d| d.doc.id.as_str());
            let at_start = |s: &&Stretch| s.start <= stretch.start && stretch.start < s.end;
            let disputes: BTreeSet<usize> =
                here.iter().filter(at_start).map(|s| s.dispute).collect();
            let earlier = here.iter().take(i).filter(|s| s.meets(stretch));
            let same = earlier.filter(|s| room(s).is_some() && room(s) == room(stretch)).count();
            let rooms = place.doc.rooms.len();
            if disputes.len() > rooms {
                let message = format!(
                    "`{}` holds {} sessions at once and has {rooms} rooms",
                    place.doc.id,
                    disputes.len()
                );
                found.add("S4", id, format!("/sessions/{}/start", stretch.at), message);
            } else if same > 0 {
                let message = "another session is in this room at the same time";
                found.add("S4", id, format!("/sessions/{}/room", stretch.at), message);
            }
        }
    }
}
