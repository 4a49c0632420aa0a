//! Which shared rows in time weighted plans break (docs/model.md, rows S2, S4 and S6).

use std::collections::BTreeMap;

use super::holds::Hold;
use super::pool::{PoolPlan, TimeRow};
use super::prices::JourneyRow;
use crate::domain::{ActorIx, Instance, PlaceIx};

/// Use beyond supply by less than this is no violation.
const HAIR: f64 = 1e-5;

/// A time at which use rises or falls, and by how much.
type Event = (u32, f64);

/// The rows that the weighted plans use beyond supply.
pub(super) fn violated_rows<'p>(
    instance: &Instance,
    weighted: impl Iterator<Item = (&'p PoolPlan, f64)>,
) -> Vec<TimeRow> {
    let slots = instance.grid().slots();
    let rest = instance.slots_between(None, None);
    let mut people: BTreeMap<ActorIx, Vec<Event>> = BTreeMap::new();
    let mut days: BTreeMap<(ActorIx, i32), f64> = BTreeMap::new();
    let mut located: BTreeMap<ActorIx, Vec<(Hold, f64)>> = BTreeMap::new();
    let mut rooms: BTreeMap<(PlaceIx, u32), Vec<Event>> = BTreeMap::new();
    for (column, weight) in weighted {
        for hold in &column.people {
            let events = people.entry(hold.person).or_default();
            events.push((hold.start, weight));
            events.push(((hold.end + rest).min(slots), -weight));
            if let Some(day) = hold.day {
                let length = f64::from(hold.slots());
                *days.entry((hold.person, day)).or_default() += weight * length;
            }
            if hold.at.is_some() {
                located.entry(hold.person).or_default().push((*hold, weight));
            }
        }
        for room in &column.rooms {
            let events = rooms.entry((room.place, room.class)).or_default();
            events.push((room.start, weight));
            events.push((room.start + room.slots, -weight));
        }
    }
    let mut found = Vec::new();
    for (person, events) in people {
        found.extend(peaks(events, 1.0).into_iter().map(|slot| TimeRow::Person(person, slot)));
    }
    for ((place, class), events) in rooms {
        let supply = instance.place(place).classes[class as usize].rooms.len() as f64;
        let peaks = peaks(events, supply).into_iter();
        found.extend(peaks.map(|slot| TimeRow::Room(place, class, slot)));
    }
    if let Some(limit) = instance.day_slots() {
        let over = days.into_iter().filter(|(_, used)| *used > f64::from(limit) + HAIR);
        found.extend(over.map(|((person, day), _)| TimeRow::Day(person, day)));
    }
    for holds in located.values() {
        found.extend(broken_journeys(instance, holds).into_iter().map(TimeRow::Journey));
    }
    found
}

/// Rows S2 travel that a person's weighted sessions break, one for each two of them.
fn broken_journeys(instance: &Instance, holds: &[(Hold, f64)]) -> Vec<JourneyRow> {
    let runs = |(place, slot): (PlaceIx, u32)| -> f64 {
        let there = holds.iter().filter(|(hold, _)| hold.at == Some(place));
        there.filter(|(h, _)| (h.start..h.end).contains(&slot)).map(|(_, weight)| weight).sum()
    };
    let mut rows = Vec::new();
    for (first, _) in holds {
        for (then, _) in holds {
            let (Some(from), Some(to)) = (first.at, then.at) else { continue };
            let apart = instance.slots_between(Some(from), Some(to));
            if from == to || first.end > then.start || then.start >= first.end + apart {
                continue;
            }
            let (last, next) = (first.end - 1, then.start);
            let row = JourneyRow { person: first.person, from: (from, last), to: (to, next) };
            if runs(row.from) + runs(row.to) > 1.0 + HAIR {
                rows.push(row);
            }
        }
    }
    rows
}

/// Slots at which use is beyond supply and no longer rises: the first of each such stretch.
fn peaks(mut events: Vec<Event>, supply: f64) -> Vec<u32> {
    let most: f64 = events.iter().map(|(_, change)| change.max(0.0)).sum();
    if most <= supply + HAIR {
        return Vec::new();
    }
    events.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut found = Vec::new();
    let mut used = 0.0;
    let mut rising_since = None;
    for events in events.chunk_by(|a, b| a.0 == b.0) {
        let before = used;
        used += events.iter().map(|(_, change)| change).sum::<f64>();
        if used > before + 1e-9 {
            rising_since = Some(events[0].0);
        } else if used < before - 1e-9 {
            if before > supply + HAIR {
                found.extend(rising_since);
            }
            rising_since = None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_is_where_use_is_highest() {
        // In slots 0 to 9: one, two from 3, three from 5 to 6, two until 8.
        let events = vec![(0, 0.5), (3, 0.5), (5, 0.5), (7, -0.5), (8, -0.5), (9, -0.5)];
        assert_eq!(peaks(events.clone(), 1.0), [5]);
        assert!(peaks(events, 1.5).is_empty());
        let twice = vec![(0, 2.0), (2, -2.0), (2, 0.5), (4, -0.5), (6, 0.7), (7, 0.7), (8, -1.4)];
        assert_eq!(peaks(twice, 1.0), [0, 7]);
    }
}
