//! Rules about single sessions: S1, S3, A8 of dates, and what the solution says of them (D2).

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
        let members = answer.members(facts, d);
        for (k, session) in dispute.sessions.iter().enumerate() {
            let Some(date) = dates.get(k).copied().flatten() else {
                continue;
            };
            let Some(entry) = doc.sessions.get(date.at) else {
                continue;
            };
            let voices = answer.interpreters(facts, d, k);
            let members = if session.held { &[][..] } else { &members };
            let held = Held { facts, dispute, session, members, voices: &voices, date };
            held.together(found);
            held.lock(found);
            held.own_bounds(found);
            let before = k
                .checked_sub(1)
                .and_then(|b| Some((dispute.sessions.get(b)?, dates.get(b).copied().flatten()?)));
            if let Some((before, earlier)) = before {
                held.gap(earlier.start.saturating_add(before.minutes), found);
            }
            held.data(entry, panel.is_some_and(|p| p.known), found);
        }
    }
}

/// A session with its date.
struct Held<'h, 'a> {
    facts: &'h Facts<'a>,
    dispute: &'h Dispute<'a>,
    session: &'h Session<'a>,
    members: &'h [usize],
    voices: &'h [usize],
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
        let people = self.session.people.iter().filter(|_| !self.session.held);
        people.chain(self.members).chain(self.voices).copied().collect()
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
            && !self.session.held
            && !place.opening.spans(&place.clock, self.date.start, self.end())
        {
            let message = format!("`{}` is not open throughout", place.doc.id);
            self.add(found, "S1", "/start", message);
        }
    }

    /// A8: a fixed start.
    fn lock(&self, found: &mut Findings) {
        if let Some(fixed) = self.session.locked.filter(|fixed| *fixed != self.date.start) {
            let why = if self.session.held { "was held" } else { "is fixed to start" };
            let message = format!("the session {why} at {}", clock::show(fixed));
            self.add(found, "A8", "/start", message);
        }
    }

    /// S3: grid, horizon, `not_before`, `due`.
    fn own_bounds(&self, found: &mut Findings) {
        let (start, end, grid) = (self.date.start, self.end(), self.facts.grid);
        let window = self.session.window;
        let wrong = if start.saturating_sub(grid.start).rem_euclid(grid.slot) != 0 {
            "it does not start on the grid".to_owned()
        } else if start < grid.start || end > grid.end() {
            "it lies outside the horizon".to_owned()
        } else if let Some(first) = window.not_before.filter(|first| start < *first) {
            format!("it starts before {}", clock::show(first))
        } else if let Some(today) = self.facts.today().filter(|t| start < *t && !self.session.held)
        {
            format!("it has not been held, and starts before {}", clock::show(today))
        } else if let Some(due) = window.due.filter(|due| end > *due) {
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
        let own = (!self.voices.is_empty()).then(|| self.points(self.voices));
        if own != entry.interpreter_burden {
            let message = match own {
                Some(own) => format!("the burden of the interpreters is {own}"),
                None => "nobody interprets".to_owned(),
            };
            self.add(found, "D2", "/interpreter_burden", message);
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
            let clock = self.facts.clock_at(actor, self.session.on_site, self.date.start);
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
