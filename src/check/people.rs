//! People in time: on which clock they read a session, where they are, and what it costs them.
//!
//! * Takes the documents of people and places; gives availability, burden, location and date of
//!   anyone in any session, minute by minute.

use crate::format::{CalendarDoc, HoursDoc, IntervalDoc, StayDoc};

use super::clock::{self, Clock};
use super::facts::{Facts, Session};
use super::hours::{Burden, Schedule, Table};

/// A time during which someone is elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Stay {
    from: i64,
    to: i64,
    clock: Clock,
    place: Option<usize>,
}

/// The time of someone who can attend.
#[derive(Debug, Clone)]
pub(super) struct Person {
    clock: Clock,
    schedule: Schedule,
    base: Option<usize>,
    stays: Vec<Stay>,
}

/// What people of all sections have in common.
pub(super) struct PersonDocs<'a> {
    pub(super) zone: Option<&'a str>,
    pub(super) calendar: Option<&'a str>,
    pub(super) hours: &'a [HoursDoc],
    pub(super) busy: &'a [IntervalDoc],
    pub(super) base: Option<&'a str>,
    pub(super) stays: &'a [StayDoc],
}

impl Person {
    fn stay(&self, minute: i64) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.from <= minute && minute < stay.to)
    }

    fn clock(&self, minute: i64) -> &Clock {
        self.stay(minute).map_or(&self.clock, |stay| &stay.clock)
    }

    /// Minutes of a session that she attends from where she is.
    fn remote(&self, from: i64, to: i64) -> Burden {
        let mut total = Burden { free: true, points: 0 };
        let mut at = from;
        while at < to {
            let ends = self.stays.iter().flat_map(|stay| [stay.from, stay.to]);
            let next = ends.filter(|end| *end > at).min().unwrap_or(to).min(to);
            let part = self.schedule.span(self.clock(at), at, next);
            total.free &= part.free;
            total.points = total.points.saturating_add(part.points);
            at = next;
        }
        total
    }

    /// Minutes of a session in person.
    fn on_site(&self, clock: &Clock, place: usize, from: i64, to: i64) -> Burden {
        let mut all = self.schedule.span(clock, from, to);
        let mut during = self.stays.iter().filter(|stay| stay.from < to && from < stay.to);
        all.free &= during.all(|stay| stay.place == Some(place));
        all
    }
}

impl<'a> Facts<'a> {
    /// Reads what is known of a person's time.
    pub(super) fn person(&self, docs: &PersonDocs<'a>) -> Person {
        let time = self.doc.policy.as_ref().and_then(|p| p.working_time.as_ref());
        let place = |id: &str| self.doc.places.iter().position(|p| p.id == id);
        let stay = |stay: &StayDoc| {
            let calendar = stay.calendar.as_deref().or(docs.calendar);
            Some(Stay {
                from: clock::instant(&stay.start)?,
                to: clock::instant(&stay.end)?,
                clock: self.clock(Some(&stay.time_zone), calendar),
                place: stay.place.as_deref().and_then(place),
            })
        };
        Person {
            clock: self.clock(docs.zone, docs.calendar),
            schedule: Schedule::new(time, docs.hours, docs.busy),
            base: docs.base.and_then(place),
            stays: docs.stays.iter().filter_map(stay).collect(),
        }
    }

    /// A clock with a calendar of the instance.
    pub(super) fn clock(&self, zone: Option<&str>, calendar: Option<&str>) -> Clock {
        let calendar: Option<&CalendarDoc> =
            calendar.and_then(|id| self.doc.calendars.iter().find(|c| c.id == id));
        Clock::new(zone, calendar)
    }

    /// The clock on which someone reads a session that starts at a minute.
    pub(super) fn clock_at(
        &self,
        actor: usize,
        on_site: Option<usize>,
        minute: i64,
    ) -> Option<&Clock> {
        match on_site {
            Some(place) => self.places.get(place).map(|p| &p.clock),
            None => self.people.get(actor)?.as_ref().map(|p| p.clock(minute)),
        }
    }

    /// Where someone is in a session that starts at a minute, as far as that is known.
    pub(super) fn location(
        &self,
        actor: usize,
        on_site: Option<usize>,
        minute: i64,
    ) -> Option<usize> {
        on_site.or_else(|| {
            let person = self.people.get(actor)?.as_ref()?;
            person.stay(minute).map_or(person.base, |stay| stay.place)
        })
    }

    /// The date on someone's clock at the start of a session.
    pub(super) fn date(&self, actor: usize, on_site: Option<usize>, minute: i64) -> Option<i64> {
        Some(self.clock_at(actor, on_site, minute)?.read(minute)?.day)
    }

    fn minutes(&self, actor: usize, on_site: Option<usize>, from: i64, to: i64) -> Burden {
        let nobody = Burden { free: false, points: 0 };
        let Some(person) = self.people.get(actor).and_then(Option::as_ref) else {
            return nobody;
        };
        match on_site {
            None => person.remote(from, to),
            Some(place) => {
                self.places.get(place).map_or(nobody, |p| person.on_site(&p.clock, place, from, to))
            }
        }
    }

    /// Availability and burden of someone in a session that starts at a minute. In one that is over she bears nothing
    /// where she would not be available by her calendar as it is now.
    pub(super) fn attendance(&self, actor: usize, session: &Session<'_>, start: i64) -> Burden {
        let end = start.saturating_add(session.minutes);
        let burden = self.minutes(actor, session.on_site, start, end);
        let is_told = burden.free || !session.held;
        Burden { points: if is_told { burden.points } else { 0 }, ..burden }
    }

    /// The slots of the grid for someone on her own clock, or on that of a place.
    pub(super) fn table(&self, actor: usize, on_site: Option<usize>) -> Option<Table> {
        let person = self.people.get(actor)?.as_ref()?;
        if person.stays.is_empty() {
            let clock = self.clock_at(actor, on_site, self.grid.start)?;
            return Some(person.schedule.table(clock, self.grid));
        }
        let mut table = Table::with_capacity(self.grid.slots);
        for slot in 0..self.grid.slots {
            let (from, to) = (self.grid.instant(slot), self.grid.instant(slot + 1));
            table.push(self.minutes(actor, on_site, from, to));
        }
        Some(table)
    }
}
