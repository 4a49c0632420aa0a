//! `panels`, `calendars`, `places`, and the wall clocks of places and people.

use std::collections::BTreeMap;

use super::at::At;
use super::codes;
use super::context::{Context, Rest};
use super::names::Table;
use super::values::weekdays;
use crate::domain::{Clock, ClockIx, HoursRule, Panel, Place, RoomClass};
use crate::format::{CalendarDoc, HoursDoc, RoomDoc};
use crate::time::{Date, WeekdaySet, Zone, parse_date};

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
        let weekend = weekdays(&doc.weekend);
        let holidays = dates(cx, doc.holidays.iter().map(|day| &day.date), &at.key("holidays"));
        let workdays = workdays(cx, doc, weekend, &holidays, &at.key("workdays"));
        cx.calendars.push(Rest { weekend, holidays, workdays });
    }
}

/// Dates of a list, sorted, each once.
fn dates<'d>(
    cx: &mut Context<'_>,
    docs: impl Iterator<Item = &'d String>,
    list: &At<'_>,
) -> Vec<Date> {
    let mut dates = Vec::new();
    for (index, date) in docs.enumerate() {
        dates.extend(cx.date(date, &list.item(index).key("date")));
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// The days of the weekend that are worked; notes those that are not worked in spite of it, and
/// those that need no saying.
fn workdays(
    cx: &mut Context<'_>,
    doc: &CalendarDoc,
    weekend: WeekdaySet,
    holidays: &[Date],
    list: &At<'_>,
) -> Vec<Date> {
    for (index, day) in doc.workdays.iter().enumerate() {
        let Some(date) = parse_date(&day.date) else { continue };
        let (why, help) = if holidays.binary_search(&date).is_ok() {
            ("a holiday too", "take it out of `holidays` if it is worked: a holiday goes before")
        } else if !weekend.contains(date.weekday()) {
            ("not on the weekend", "take it out, or correct the date or the weekend")
        } else {
            continue;
        };
        let message = format!("the workday `{date}` has no effect: it is {why}");
        cx.warn(codes::IDLE_WORKDAY, &list.item(index), message, help);
    }
    dates(cx, doc.workdays.iter().map(|day| &day.date), list)
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

/// A wall clock of these parts.
pub(super) fn clock_of(zone: Zone, rest: Rest, hours: Vec<HoursRule>) -> Clock {
    let Rest { weekend, holidays, workdays } = rest;
    Clock { zone, weekend, holidays, workdays, hours }
}

impl Context<'_> {
    /// The wall clock of the place at `at`; `None` when its zone is not known.
    pub(super) fn clock(
        &mut self,
        zone: &str,
        calendar: Option<&str>,
        (hours_key, hours): (&str, &[HoursDoc]),
        at: &At<'_>,
    ) -> Option<ClockIx> {
        let zone = self.zone(zone, &at.key("time_zone"));
        let (rest, hours) = self.rest_and_hours(calendar, (hours_key, hours), at);
        Some(self.clocks.share(clock_of(zone?, rest, hours)))
    }

    /// The rest days and the hours of the person or place at `at`.
    pub(super) fn rest_and_hours(
        &mut self,
        calendar: Option<&str>,
        (hours_key, hours): (&str, &[HoursDoc]),
        at: &At<'_>,
    ) -> (Rest, Vec<HoursRule>) {
        (self.rest_days(calendar, at), self.hours_rules(hours, &at.key(hours_key)))
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
            let span = self.span(("since", doc.since.as_ref()), ("until", doc.until.as_ref()), &at);
            if let Some((from, to)) = self.hours(&doc.from, &doc.to, &at) {
                rules.push(HoursRule { days: weekdays(&doc.days), from, to, span });
            }
        }
        rules
    }
}
