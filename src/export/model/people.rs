//! Everybody's time, and rooms (S2, S4, S6).
//!
//! * Takes who attends what when which column is 1; gives the rows that no choice may break.
//! * **Invariant**: a row that another row implies, or that no choice can break, is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Builder, Part, Use};
use super::{Sense, Terms};
use crate::domain::{ActorIx, DisputeIx, PlaceIx};
use crate::solve::PlanSpace;
use crate::time::Date;

/// What can be chosen only once anyway: sessions of one dispute that S3 keeps apart, in one part.
type Key = (DisputeIx, u32, Part);

/// Something that takes what there is of a resource from a slot to another.
struct Span {
    start: u32,
    end: u32,
    place: usize,
}

impl Builder<'_> {
    pub(super) fn time(&mut self, spaces: &[PlanSpace]) {
        let rest = self.instance.slots_between(None, None);
        let spaced: Vec<bool> = spaces.iter().map(|space| is_spaced(space, rest)).collect();
        // WHY: two who attend the same sessions have the same rows.
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        for (person, uses) in std::mem::take(&mut self.people) {
            let mut columns: Vec<usize> = uses.iter().map(|attends| attends.column).collect();
            columns.sort_unstable();
            if told.insert(columns) {
                self.overlap(person, &uses, rest, &spaced);
            }
            if self.world.moves {
                self.travel(person, &uses, rest);
            }
            if self.world.dated {
                self.days(person, &uses);
            }
        }
    }

    /// S2 no-overlap and rest.
    fn overlap(&mut self, person: ActorIx, uses: &[Use], rest: u32, spaced: &[bool]) {
        let key = |attends: &Use| -> Key {
            let own = if spaced[attends.dispute.ix()] { 0 } else { attends.session };
            (attends.dispute, own, attends.part)
        };
        let keys: BTreeSet<Key> = uses.iter().map(key).collect();
        if keys.len() < 2 {
            return;
        }
        let spans = uses.iter().enumerate().map(|(place, attends)| Span {
            start: attends.hold.start,
            end: attends.hold.end + rest,
            place,
        });
        let name = self.actor_name(person);
        for (slot, together) in peaks(spans.collect()) {
            let first = key(&uses[together[0]]);
            if together.iter().all(|place| key(&uses[*place]) == first) {
                continue;
            }
            let row = summed(together.into_iter().map(|place| (uses[place].column, 1)));
            self.row(format!("S2_overlap__{name}__{slot}"), row, Sense::AtMost, 1);
        }
    }

    /// S2 travel: a session at one place that ends with a slot leaves no start at another place within the
    /// journey. The starts are added up: so many as S2 lets be there count as much as the one session.
    fn travel(&mut self, person: ActorIx, uses: &[Use], rest: u32) {
        let mut at: BTreeMap<PlaceIx, Vec<&Use>> = BTreeMap::new();
        for attends in uses {
            if let Some(place) = attends.hold.at {
                at.entry(place).or_default().push(attends);
            }
        }
        let name = self.actor_name(person);
        for (from, first) in &at {
            for (to, then) in at.iter().filter(|(to, _)| *to != from) {
                let need = self.instance.slots_between(Some(*from), Some(*to));
                if need <= rest {
                    continue;
                }
                let label = format!(
                    "S2_travel__{name}__{}__{}",
                    self.place_name(*from),
                    self.place_name(*to)
                );
                let ends: BTreeSet<u32> = first.iter().map(|attends| attends.hold.end).collect();
                for last in ends.into_iter().map(|end| end - 1) {
                    if let Some((row, limit)) = leaves(first, then, (last, need), rest) {
                        self.row(format!("{label}__{last}"), row, Sense::AtMost, limit);
                    }
                }
            }
        }
    }

    /// S6.
    fn days(&mut self, person: ActorIx, uses: &[Use]) {
        let Some(limit) = self.instance.day_slots() else { return };
        let mut on: BTreeMap<i32, Vec<&Use>> = BTreeMap::new();
        for attends in uses {
            if let Some(day) = attends.hold.day {
                on.entry(day).or_default().push(attends);
            }
        }
        let name = self.actor_name(person);
        for (day, uses) in on {
            // A session is once, whatever its starts.
            let sessions: BTreeMap<Key, u32> =
                uses.iter().map(|u| ((u.dispute, u.session, u.part), u.hold.slots())).collect();
            if sessions.values().sum::<u32>() <= limit {
                continue;
            }
            let slots = uses.iter().map(|u| (u.column, i64::from(u.hold.slots())));
            let date = Date::from_days(i64::from(day)).to_string().replace('-', ".");
            let row = summed(slots);
            self.row(format!("S6_day__{name}__{date}"), row, Sense::AtMost, i64::from(limit));
        }
    }

    /// S4 between sessions.
    pub(super) fn room_supply(&mut self) {
        for ((place, class), uses) in std::mem::take(&mut self.rooms) {
            let supply = self.instance.place(place).classes[class as usize].rooms.len() as i64;
            let mut most: BTreeMap<DisputeIx, i64> = BTreeMap::new();
            for taken in &uses {
                let own = most.entry(taken.dispute).or_default();
                *own = (*own).max(taken.most);
            }
            // WHY by dispute: its sessions never overlap.
            if most.values().sum::<i64>() <= supply {
                continue;
            }
            let spans = uses.iter().enumerate();
            let spans =
                spans.map(|(place, taken)| Span { start: taken.start, end: taken.end, place });
            let name = self.place_name(place);
            for (slot, together) in peaks(spans.collect()) {
                let rooms = together.iter().map(|at| (uses[*at].column, uses[*at].rooms));
                let row = summed(rooms);
                let name = format!("S4_supply__{name}__{class}__{slot}");
                self.row(name, row, Sense::AtMost, supply);
            }
        }
    }
}

/// The row of those who are at one place in a slot and those who start at another within `need` slots after it;
/// none where nobody does, or where one session is all there is.
fn leaves(
    first: &[&Use],
    then: &[&Use],
    (last, need): (u32, u32),
    rest: u32,
) -> Option<(Terms, i64)> {
    let there = first.iter().filter(|u| u.hold.start <= last && last < u.hold.end);
    let soon: Vec<&&Use> =
        then.iter().filter(|u| last < u.hold.start && u.hold.start <= last + need).collect();
    let shortest = soon.iter().map(|u| u.hold.slots()).min()?;
    let own = |u: &Use| (u.dispute, u.session, u.part);
    let sessions: BTreeSet<Key> = soon.iter().map(|u| own(u)).collect();
    // Within so many slots, S2 leaves room for no more starts.
    let most = i64::from(need.div_ceil(shortest + rest)).min(sessions.len() as i64);
    let all: BTreeSet<Key> = there.clone().map(|u| own(u)).chain(sessions).collect();
    if all.len() < 2 {
        return None;
    }
    let there = there.map(|u| (u.column, most));
    Some((summed(there.chain(soon.iter().map(|u| (u.column, 1)))), most))
}

/// True when S3 keeps the sessions of a dispute that need people so far apart that nobody is in two.
fn is_spaced(space: &PlanSpace, rest: u32) -> bool {
    space.sessions.windows(2).all(|two| two[0].held || two[1].held || two[1].min_gap >= rest)
}

/// Each column once, with the sum of its factors.
fn summed(terms: impl Iterator<Item = (usize, i64)>) -> Terms {
    let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
    for (column, factor) in terms {
        *sums.entry(column).or_default() += factor;
    }
    sums.into_iter().collect()
}

/// The sets of spans that share a slot and are in no larger one, each with its first slot. Complexity: the size of
/// what is given, and sorting.
fn peaks(mut spans: Vec<Span>) -> Vec<(u32, Vec<usize>)> {
    spans.sort_unstable_by_key(|span| (span.start, span.place));
    let mut found = Vec::new();
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        open.retain(|(end, _)| *end > span.start);
        open.push((span.end, span.place));
        // Complete when one of them ends before, or when, another begins.
        let next = spans.get(at + 1).map(|next| next.start);
        let first_end = open.iter().map(|(end, _)| *end).min();
        if next != Some(span.start) && next.is_none_or(|next| first_end.is_some_and(|e| e <= next))
        {
            found.push((span.start, open.iter().map(|(_, place)| *place).collect()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Every slot's set is within a peak, and no peak within another.
        #[test]
        fn peaks_are_the_largest_sets(spans in prop::collection::vec((0..12_u32, 1..6_u32), 0..9)) {
            let given = spans.iter().enumerate().map(|(place, (start, length))| Span {
                start: *start, end: start + length, place,
            });
            let sets: Vec<BTreeSet<usize>> =
                peaks(given.collect()).into_iter().map(|(_, set)| set.into_iter().collect()).collect();
            for slot in 0..20 {
                let here: BTreeSet<usize> = (0..spans.len())
                    .filter(|at| (spans[*at].0..spans[*at].0 + spans[*at].1).contains(&slot))
                    .collect();
                prop_assert!(here.is_empty() || sets.iter().any(|set| here.is_subset(set)));
            }
            for (a, one) in sets.iter().enumerate() {
                prop_assert!(!sets.iter().enumerate().any(|(b, set)| a != b && one.is_subset(set)));
            }
        }
    }
}
