//! `panels`, `calendars`, `places`, and the wall clocks of places and people.

use std::collections::BTreeMap;

use super::at::At;
use super::codes;
use super::context::{Context, Rest};
use super::names::Table;
use super::values::weekdays;
use crate::domain::{Clock, ClockIx, HoursRule, Panel, Place, RoomClass};
use crate::format::{HoursDoc, RoomDoc};
use crate::time::DateSpan;

/// The panels of the institution.
pub(super) fn panels(cx: &mut Context<'_>) -> Vec<Panel> {
    let panel = |doc: &crate::format::PanelDoc| Panel {
        admits: doc.admits.clone(),
        continue_in_office: doc.continue_in_office.unwrap_or(false),
    };
    cx.doc.panels.iter().map(panel).collect()
}

/// Reads the calendars into the context.
pub(super) fn calendars(cx: &mut Context<'_>) {
    let root = At::ROOT;
    let list = root.key("calendars");
    for (index, doc) in cx.doc.calendars.iter().enumerate() {
        let at = list.item(index);
        let at = at.key("holidays");
        let mut holidays = Vec::with_capacity(doc.holidays.len());
        for (index, holiday) in doc.holidays.iter().enumerate() {
            holidays.extend(cx.date(&holiday.date, &at.item(index).key("date")));
        }
        holidays.sort_unstable();
        holidays.dedup();
        cx.calendars.push(Rest { weekend: weekdays(&doc.weekend), holidays, workdays: Vec::new() });
    }
}

/// Reads the places.
pub(super) fn read(cx: &mut Context<'_>) -> Option<Vec<Place>> {
    let root = At::ROOT;
    let list = root.key("places");
    let docs = &cx.doc.places;
    let mut places = Vec::with_capacity(docs.len());
    for (index, doc) in docs.iter().enumerate() {
        let at = list.item(index);
        let clock = cx.clock(
            &doc.time_zone,
            doc.calendar.as_deref(),
            ("opening_hours", &doc.opening_hours),
            &at,
        );
        let mut rooms = Table::default();
        cx.own_ids(&mut rooms, &at.key("rooms"), doc.rooms.iter().map(|room| room.id.as_str()));
        let classes = classes(&doc.rooms);
        places.push(clock.map(|clock| Place { clock, rooms: rooms.to_vec(), classes }));
    }
    places.into_iter().collect()
}

/// The rooms by size.
fn classes(rooms: &[RoomDoc]) -> Vec<RoomClass> {
    let mut by_size: BTreeMap<(bool, u32), Vec<usize>> = BTreeMap::new();
    for (position, room) in rooms.iter().enumerate() {
        let key = (room.seats.is_none(), room.seats.unwrap_or(0));
        by_size.entry(key).or_default().push(position);
    }
    let class = |((unlimited, seats), rooms): ((bool, u32), Vec<usize>)| RoomClass {
        seats: (!unlimited).then_some(seats),
        rooms,
    };
    by_size.into_iter().map(class).collect()
}

impl Context<'_> {
    /// The wall clock of the person or place at `at`; `None` when its zone is not known.
    pub(super) fn clock(
        &mut self,
        zone: &str,
        calendar: Option<&str>,
        (hours_key, hours): (&str, &[HoursDoc]),
        at: &At<'_>,
    ) -> Option<ClockIx> {
        let zone = self.zone(zone, &at.key("time_zone"));
        let rest = self.rest_days(calendar, at);
        let hours = self.hours_rules(hours, &at.key(hours_key));
        let Rest { weekend, holidays, workdays } = rest;
        Some(self.clocks.share(Clock { zone: zone?, weekend, holidays, workdays, hours }))
    }

    /// The rest days of the calendar that the object at `at` names.
    pub(super) fn rest_days(&mut self, calendar: Option<&str>, at: &At<'_>) -> Rest {
        let found = calendar.and_then(|id| self.calendar(id, &at.key("calendar")));
        found.map_or_else(Rest::default, |place| self.calendars[place].clone())
    }

    /// Rules of hours; overlapping ones are fine, since hours are a union.
    pub(super) fn hours_rules(&mut self, docs: &[HoursDoc], at: &At<'_>) -> Vec<HoursRule> {
        let mut rules = Vec::with_capacity(docs.len());
        for (index, doc) in docs.iter().enumerate() {
            let at = at.item(index);
            if doc.days.is_empty() {
                self.error(
                    codes::NO_DAYS,
                    &at.key("days"),
                    "these hours hold on no day",
                    "name the days of the week on which they hold, or take them out",
                );
            }
            if let Some((from, to)) = self.hours(&doc.from, &doc.to, &at) {
                rules.push(HoursRule {
                    days: weekdays(&doc.days),
                    from,
                    to,
                    span: DateSpan::default(),
                });
            }
        }
        rules
    }
}
