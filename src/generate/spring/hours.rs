//! Hours and trips that are not everybody's: Ramadan, part-timers, conferences.

use crate::format::{HoursDoc, IntervalDoc, StayDoc, Weekday};
use crate::generate::make::{MON_FRI, hours};
use crate::generate::world::instant;

use super::day;
use super::places::{GENEVA, HONG_KONG, SINGAPORE};

const SUN_THU: [Weekday; 5] =
    [Weekday::Sun, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu];

/// The last day of Ramadan 2026, as the calendars of most of these States expect it.
const LAST_OF_RAMADAN: &str = "2026-03-19";

/// States in which offices keep Ramadan hours.
const RAMADAN: [&str; 7] = ["DJ", "DZ", "EG", "ID", "MR", "PK", "SD"];

pub(super) fn keeps_ramadan(code: &str) -> bool {
    RAMADAN.contains(&code)
}

/// The days from Monday to Friday, or from Sunday to Thursday.
fn days(code: &str) -> [Weekday; 5] {
    match super::calendar_of(code).as_str() {
        "algeria" | "egypt" | "fri-sat" => SUN_THU,
        _ => MON_FRI,
    }
}

/// Shorter days and an hour late in the evening until the end of Ramadan, office hours after it.
pub(super) fn ramadan(code: &str, evenings: bool) -> Vec<HoursDoc> {
    let days = days(code);
    let until = |mut entry: HoursDoc| {
        entry.until = Some(LAST_OF_RAMADAN.to_owned());
        entry
    };
    let mut list = vec![until(hours(&days, "09:30", "15:30"))];
    if evenings {
        list.push(until(hours(&days, "21:00", "23:30")));
    }
    let mut after = hours(&days, "09:00", "17:00");
    after.since = Some("2026-03-20".to_owned());
    list.push(after);
    list
}

/// Three days a week, longer from April on.
pub(super) fn part_time() -> Vec<HoursDoc> {
    let days = [Weekday::Tue, Weekday::Wed, Weekday::Thu];
    let mut first = hours(&days, "09:00", "14:00");
    first.until = Some("2026-03-31".to_owned());
    let mut then = hours(&days, "09:00", "17:00");
    then.since = Some("2026-04-01".to_owned());
    vec![first, then]
}

/// One who works late by habit.
pub(super) fn late(code: &str) -> Vec<HoursDoc> {
    vec![hours(&days(code), "13:00", "22:00")]
}

/// Trips: (first day, day after the last, zone, calendar, place).
type Trip = ((u32, u32), (u32, u32), &'static str, Option<&'static str>, Option<&'static str>);

/// A conference of a week in Singapore, in the last week but one.
const CONFERENCE: Trip = ((4, 13), (4, 18), "Asia/Singapore", Some("singapore"), Some(SINGAPORE));
/// A fortnight of meetings in Geneva, across the European change of the clock.
const MEETINGS: Trip = ((3, 23), (4, 3), "Europe/Zurich", Some("geneva"), Some(GENEVA));
/// A month at the seat.
const AT_THE_SEAT: Trip = ((3, 9), (4, 2), "Asia/Hong_Kong", Some("hong-kong"), Some(HONG_KONG));
/// A week of teaching in New York, across the American change of the clock.
const TEACHING: Trip = ((3, 5), (3, 14), "America/New_York", Some("united-states"), None);

const TRIPS: [Trip; 4] = [CONFERENCE, MEETINGS, AT_THE_SEAT, TEACHING];

/// The `n`-th kind of trip.
pub(super) fn trip(n: usize) -> StayDoc {
    let (first, after, zone, calendar, place) = TRIPS[n % TRIPS.len()];
    StayDoc {
        start: instant(zone, day(first.0, first.1), 6),
        end: instant(zone, day(after.0, after.1), 20),
        time_zone: zone.to_owned(),
        calendar: calendar.map(str::to_owned),
        place: place.map(str::to_owned),
        notes: None,
    }
}

/// Busy intervals that do not touch a trip: nobody is asked about both.
pub(super) fn outside(busy: Vec<IntervalDoc>, stays: &[StayDoc]) -> Vec<IntervalDoc> {
    let date = |text: &str| text.get(..10).unwrap_or_default().to_owned();
    let apart = |interval: &IntervalDoc| {
        stays.iter().all(|stay| {
            date(&interval.end) < date(&stay.start) || date(&stay.end) < date(&interval.start)
        })
    };
    busy.into_iter().filter(apart).collect()
}
