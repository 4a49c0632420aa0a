//! Prices of what disputes share, in nano-units, and what they make of a plan's value.

use std::collections::BTreeMap;

use crate::conflict::BatchRow;
use crate::domain::{ActorIx, Instance, MediatorIx, PlaceIx};

/// Nano-units in a micro-unit.
pub(crate) const NANO: i64 = 1000;

/// The tier that is being maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Disputes with a panel.
    Panels,
    /// Disputes with all their sessions.
    Sessions,
    /// Fit, burden, balance.
    Quality,
}

/// Prices of the slots of one person or place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotPrices {
    /// Slot and price, rising in the slot, none zero.
    pub(crate) entries: Vec<(u32, i64)>,
    prefix: Vec<i64>,
}

impl SlotPrices {
    fn new(mut entries: Vec<(u32, i64)>, slots: u32) -> Self {
        entries.sort_unstable();
        let mut prefix = vec![0; slots as usize + 1];
        for (slot, price) in &entries {
            prefix[*slot as usize + 1] += price;
        }
        for slot in 0..slots as usize {
            prefix[slot + 1] += prefix[slot];
        }
        Self { entries, prefix }
    }
    /// Price of `[start, start + slots)`.
    pub(crate) fn of(&self, start: u32, slots: u32) -> i64 {
        self.prefix[(start + slots) as usize] - self.prefix[start as usize]
    }
    fn total(&self) -> i64 {
        self.prefix[self.prefix.len() - 1]
    }
}

/// A price for each shared row; what is not named is free. None is negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prices {
    /// Of one dispute of each mediator (A3 cases).
    pub(crate) cases: Vec<i64>,
    /// Of one minute of effort of each mediator (A3 hours).
    pub(crate) effort: Vec<i64>,
    /// Of slots of people (S2).
    pub(crate) time: BTreeMap<ActorIx, SlotPrices>,
    /// Of slots of rooms (S4).
    pub(crate) rooms: BTreeMap<PlaceIx, SlotPrices>,
    /// Of a unit of a row A6, by position; none zero.
    pub(crate) batch: BTreeMap<usize, i64>,
    /// Of a point of priority in the row that holds tier 1.
    pub(crate) panels: i64,
    /// Of a point of priority in the row that holds tier 2.
    pub(crate) scheduled: i64,
}

impl Prices {
    /// Everything is free.
    pub(crate) fn zero(instance: &Instance) -> Self {
        let mediators = instance.mediators().len();
        Self {
            cases: vec![0; mediators],
            effort: vec![0; mediators],
            time: BTreeMap::new(),
            rooms: BTreeMap::new(),
            batch: BTreeMap::new(),
            panels: 0,
            scheduled: 0,
        }
    }

    /// The same prices rounded to whole multiples of `unit`.
    pub(crate) fn rounded(&self, instance: &Instance, unit: i64) -> Self {
        let round = |price: i64| (price + unit / 2).div_euclid(unit) * unit;
        let slots = |prices: &SlotPrices| -> Vec<(u32, i64)> {
            let entries = prices.entries.iter().map(|(slot, price)| (*slot, round(*price)));
            entries.filter(|(_, price)| *price > 0).collect()
        };
        let mut rounder = Self {
            cases: self.cases.iter().map(|p| round(*p)).collect(),
            // WHY: effort is priced by the minute, so its prices are small and kept as they are.
            effort: self.effort.clone(),
            time: BTreeMap::new(),
            rooms: BTreeMap::new(),
            batch: self
                .batch
                .iter()
                .map(|(row, price)| (*row, round(*price)))
                .filter(|(_, price)| *price > 0)
                .collect(),
            panels: round(self.panels),
            scheduled: round(self.scheduled),
        };
        let time = self.time.iter().map(|(a, p)| (*a, slots(p))).collect();
        let rooms = self.rooms.iter().map(|(k, p)| (*k, slots(p))).collect();
        rounder.set_slots(instance, time, rooms);
        rounder
    }

    /// Sets the prices of slots from pairs of key and slot price.
    pub(crate) fn set_slots(
        &mut self,
        instance: &Instance,
        time: BTreeMap<ActorIx, Vec<(u32, i64)>>,
        rooms: BTreeMap<PlaceIx, Vec<(u32, i64)>>,
    ) {
        let slots = instance.grid().slots();
        self.time = time.into_iter().map(|(a, e)| (a, SlotPrices::new(e, slots))).collect();
        self.rooms = rooms.into_iter().map(|(k, e)| (k, SlotPrices::new(e, slots))).collect();
    }

    /// Price of a person's time.
    pub(crate) fn time_of(&self, person: ActorIx, start: u32, slots: u32) -> i64 {
        self.time.get(&person).map_or(0, |prices| prices.of(start, slots))
    }

    /// Price of a room.
    pub(crate) fn room_of(&self, place: Option<PlaceIx>, start: u32, slots: u32) -> i64 {
        place.and_then(|place| self.rooms.get(&place)).map_or(0, |prices| prices.of(start, slots))
    }

    /// What a seat costs.
    pub(crate) fn seat(&self, mediator: MediatorIx, effort: i64) -> i64 {
        self.cases[mediator.ix()] + self.effort[mediator.ix()] * effort
    }

    /// What a seat costs beyond that, for what it uses of rows A6.
    pub(crate) fn batch_of(&self, uses: &[(usize, i64)]) -> i64 {
        uses.iter().map(|(row, factor)| self.batch.get(row).map_or(0, |price| price * factor)).sum()
    }

    /// What all that is supplied earns at these prices, less what the tier rows demand:
    /// everything in the bound of docs/model.md but the sum over disputes.
    pub(crate) fn supply(
        &self,
        instance: &Instance,
        rows: &[BatchRow],
        tier: Tier,
        held: [i64; 2],
    ) -> i128 {
        let mut sum = 0_i128;
        let balance = instance.policy().weights.balance * NANO;
        for (mediator, data) in instance.mediators().iter().enumerate() {
            let price = self.cases[mediator];
            let cases = data.cases.map_or(instance.disputes().len() as i64, i64::from);
            sum += if tier == Tier::Quality && balance > 0 {
                rising_supply(price, balance, cases)
            } else {
                i128::from(price) * i128::from(cases)
            };
            if let Some(minutes) = data.minutes {
                sum += i128::from(self.effort[mediator]) * i128::from(minutes);
            }
        }
        for (row, price) in &self.batch {
            sum += i128::from(*price) * i128::from(rows[*row].limit);
        }
        sum += self.time.values().map(|p| i128::from(p.total())).sum::<i128>();
        for (place, prices) in &self.rooms {
            let rooms = instance.place(*place).rooms.len() as i128;
            sum += i128::from(prices.total()) * rooms;
        }
        sum - i128::from(self.panels) * i128::from(held[0])
            - i128::from(self.scheduled) * i128::from(held[1])
    }
}

/// sum over j = 1 .. cases of max(0, price - step (j - 1)), with `step > 0`.
fn rising_supply(price: i64, step: i64, cases: i64) -> i128 {
    let used = cases.min((price + step - 1).div_euclid(step)).max(0);
    let used = i128::from(used);
    used * i128::from(price) - i128::from(step) * used * (used - 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_supply_of_cases_is_a_rising_curve() {
        for price in [0, 1, 9, 10, 11, 25, 1000] {
            for cases in [0_i64, 1, 2, 7] {
                let slow: i128 = (0..cases).map(|j| i128::from((price - 10 * j).max(0))).sum();
                assert_eq!(rising_supply(price, 10, cases), slow, "{price} {cases}");
            }
        }
    }
}
