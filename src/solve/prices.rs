//! Prices of what disputes share, in nano-units, and what they make of a plan's value.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::draw::Draw;
use super::holds::{Hold, RoomHold};
use crate::domain::{ActorIx, Instance, MOST_LEVELS, MediatorIx, Micro, PlaceIx};
use crate::solution::TIERS;

/// Nano-units in a micro-unit.
pub(crate) const NANO: i64 = 1000;

/// The most that is put on a slot of a person where prices are shaken, in nano-units.
const LITTLE: f64 = 3e6;

/// More than any plan costs, for a point of priority.
const SERVING: i64 = 1_000_000_000_000;

/// The number of tiers above `worst`.
pub(crate) const ABOVE_WORST: usize = 5;

/// The tier that is being maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Disputes with a panel.
    Panels,
    /// Disputes with all their sessions.
    Sessions,
    /// Sessions that move although they are near; only where an earlier plan has a freeze period.
    Frozen,
    /// Disputes that mediators have too few of; only where some are to have a number of them.
    Loads,
    /// What the worse-off sides bear; only where the policy puts that first.
    Sides,
    /// The worst-served dispute; only where the policy puts that first. Plans are worth nothing in
    /// it: its prices prove that no answer holds the tiers above with better service.
    Worst,
    /// Disputes below a level of service, by the place of the level; only where the policy has levels.
    Below(u8),
    /// Fit, burden, fairness, lateness, balance, rotation, disruption.
    Quality,
}

impl Tier {
    /// The tiers of an instance, in order.
    pub(crate) fn all(instance: &Instance) -> Vec<Self> {
        let policy = instance.policy();
        let mut tiers = vec![Self::Panels, Self::Sessions];
        tiers.extend(instance.has_freeze().then_some(Self::Frozen));
        tiers.extend(instance.has_least().then_some(Self::Loads));
        tiers.extend(policy.worse_off_first.then_some(Self::Sides));
        tiers.extend(policy.worst_first.then_some(Self::Worst));
        tiers.extend((0..policy.levels.len()).map(|level| Self::Below(level as u8)));
        tiers.push(Self::Quality);
        tiers
    }

    /// Its place in `Objective::tiers`.
    pub(crate) fn ix(self) -> usize {
        match self {
            Self::Panels => 0,
            Self::Sessions => 1,
            Self::Frozen => 2,
            Self::Loads => 3,
            Self::Sides => 4,
            Self::Worst => ABOVE_WORST,
            Self::Below(level) => ABOVE_WORST + 1 + usize::from(level),
            Self::Quality => TIERS - 1,
        }
    }

    /// What solutions call it; a level of service has its level behind it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Panels => "panels",
            Self::Sessions => "sessions",
            Self::Frozen => "frozen",
            Self::Loads => "loads",
            Self::Sides => "sides",
            Self::Worst => "worst",
            Self::Below(_) => "below",
            Self::Quality => "quality",
        }
    }

    /// True when its values are whole points, a million micro-units each.
    pub(crate) fn is_whole(self) -> bool {
        !matches!(self, Self::Worst | Self::Quality)
    }
}

/// What the tiers above keep: points of priority with a panel and with dates, near sessions that move, disputes that
/// mediators have too few of, and, where sides come first, the point-minutes that worse-off sides bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Held {
    pub(crate) panels: i64,
    pub(crate) scheduled: i64,
    /// Sessions that move although they were to be within the freeze period.
    pub(crate) frozen: i64,
    /// Disputes that mediators have too few of.
    pub(crate) loads: i64,
    pub(crate) sides: i64,
    /// By level, disputes below it.
    pub(crate) below: [i64; MOST_LEVELS],
}

impl Held {
    /// What an answer of these tiers keeps in one of them.
    pub(crate) fn before(tier: Tier, tiers: [Micro; TIERS]) -> Self {
        let [panels, sessions, frozen, loads, sides, ..] = tiers;
        let if_after = |after: Tier, points: i64| if tier > after { points } else { 0 };
        Self {
            below: std::array::from_fn(|level| {
                let level = Tier::Below(level as u8);
                if_after(level, tiers[level.ix()] / -1_000_000)
            }),
            panels: if_after(Tier::Panels, panels / 1_000_000),
            scheduled: if_after(Tier::Sessions, sessions / 1_000_000),
            frozen: if_after(Tier::Frozen, frozen / -1_000_000),
            loads: if_after(Tier::Loads, loads / -1_000_000),
            sides: if_after(Tier::Sides, sides / -1_000_000),
        }
    }
}

/// A row S2 travel: being at one place in a slot and at another too soon after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct JourneyRow {
    pub(crate) person: ActorIx,
    pub(crate) from: (PlaceIx, u32),
    pub(crate) to: (PlaceIx, u32),
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
        // WHY wrapping: a hot spot, and prefix sums rise, so that a difference never wraps.
        let end = start.wrapping_add(slots) as usize;
        self.prefix[end].wrapping_sub(self.prefix[start as usize])
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
    /// What a mediator is paid for a dispute towards the number that she is to have.
    pub(crate) floor: Vec<i64>,
    /// Of one minute of effort of each mediator (A3 hours).
    pub(crate) effort: Vec<i64>,
    /// Of slots of people (S2 no-overlap, rest).
    pub(crate) time: BTreeMap<ActorIx, SlotPrices>,
    /// Of rows S2 travel; none zero.
    pub(crate) journeys: BTreeMap<JourneyRow, i64>,
    /// The same by person and place: what running a session there in a slot adds up to.
    pub(super) presence: BTreeMap<(ActorIx, PlaceIx), SlotPrices>,
    /// Of a slot of sessions of a person on a date (S6); none zero.
    pub(crate) days: BTreeMap<(ActorIx, i32), i64>,
    /// Of slots of rooms of a class (S4).
    pub(crate) rooms: BTreeMap<(PlaceIx, u32), SlotPrices>,
    /// Of a unit of a row A6 or A7, by position; none zero.
    pub(crate) batch: BTreeMap<usize, i64>,
    /// Of a point of priority in the row that holds tier `panels`.
    pub(crate) panels: i64,
    /// Of a point of priority in the row that holds tier `sessions`.
    pub(crate) scheduled: i64,
    /// Of a session in the row that holds tier `frozen`.
    pub(crate) frozen: i64,
    /// Of a missing dispute in the row that holds tier `loads`.
    pub(crate) loads: i64,
    /// Of a point-minute in the row that holds tier `sides`.
    pub(crate) sides: i64,
    /// By level, of a dispute below it in the row that holds its tier.
    pub(crate) below: [i64; MOST_LEVELS],
}

/// Prices of rows in time, as a linear program gives them.
#[derive(Debug, Clone, Default)]
pub(crate) struct TimePrices {
    pub(crate) time: BTreeMap<ActorIx, Vec<(u32, i64)>>,
    pub(crate) rooms: BTreeMap<(PlaceIx, u32), Vec<(u32, i64)>>,
    pub(crate) journeys: BTreeMap<JourneyRow, i64>,
    pub(crate) days: BTreeMap<(ActorIx, i32), i64>,
}

impl Prices {
    /// Everything is free.
    pub(crate) fn zero(instance: &Instance) -> Self {
        let mediators = instance.mediators().len();
        Self {
            cases: vec![0; mediators],
            floor: vec![0; mediators],
            effort: vec![0; mediators],
            time: BTreeMap::new(),
            journeys: BTreeMap::new(),
            presence: BTreeMap::new(),
            days: BTreeMap::new(),
            rooms: BTreeMap::new(),
            batch: BTreeMap::new(),
            panels: 0,
            scheduled: 0,
            frozen: 0,
            loads: 0,
            sides: 0,
            below: [0; MOST_LEVELS],
        }
    }

    /// The same prices with so much for being served that any plan with dates is worth having.
    pub(crate) fn serving(&self) -> Self {
        Self { panels: SERVING, scheduled: SERVING, ..self.clone() }
    }

    /// The same prices, each by up to half less or more, with a little on every hour of `people`: what plans are best
    /// then differ in dates and members from those that are best now.
    pub(crate) fn shaken(&self, instance: &Instance, people: &[ActorIx], draw: &mut Draw) -> Self {
        let mut shake = |price: i64| price / 2 + (price as f64 * draw.part()) as i64;
        let mut shaken =
            Self { cases: self.cases.iter().map(|price| shake(*price)).collect(), ..self.clone() };
        let slots = instance.grid().slots();
        let an_hour = (60 / instance.grid().slot_minutes()).max(1);
        let rooms = self.rooms.iter().map(|(key, prices)| {
            (*key, prices.entries.iter().map(|(slot, price)| (*slot, shake(*price))).collect())
        });
        let rooms = rooms.collect();
        let time = people.iter().map(|person| {
            let known = self.time.get(person).map_or(&[][..], |prices| &prices.entries);
            let mut known = known.iter().peekable();
            let mut entries = Vec::with_capacity(slots as usize);
            let mut little = 0;
            for slot in 0..slots {
                if slot % an_hour == 0 {
                    little = (draw.part() * LITTLE) as i64;
                }
                let priced = known.next_if(|(at, _)| *at == slot);
                let price =
                    priced.map_or(0, |(_, price)| price / 2 + (*price as f64 * draw.part()) as i64);
                entries.push((slot, price + little));
            }
            (*person, entries)
        });
        let time = time.collect();
        let (journeys, days) = (self.journeys.clone(), self.days.clone());
        shaken.set_time(instance, TimePrices { time, rooms, journeys, days });
        shaken
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
            floor: self.floor.iter().map(|p| round(*p)).collect(),
            // WHY: effort is priced by the minute, so its prices are small and kept as they are.
            effort: self.effort.clone(),
            batch: self.batch.iter().filter_map(|(row, p)| some((*row, round(*p)))).collect(),
            panels: round(self.panels),
            scheduled: round(self.scheduled),
            frozen: round(self.frozen),
            loads: round(self.loads),
            // WHY: sides are priced by the point-minute, of which there are many.
            sides: self.sides,
            below: self.below.map(round),
            ..Self::zero(instance)
        };
        rounder.set_time(
            instance,
            TimePrices {
                time: self.time.iter().map(|(a, p)| (*a, slots(p))).collect(),
                rooms: self.rooms.iter().map(|(k, p)| (*k, slots(p))).collect(),
                journeys: self
                    .journeys
                    .iter()
                    .filter_map(|(row, p)| some((*row, round(*p))))
                    .collect(),
                days: self.days.iter().filter_map(|(key, p)| some((*key, round(*p)))).collect(),
            },
        );
        rounder
    }

    /// Sets the prices of rows in time.
    pub(crate) fn set_time(&mut self, instance: &Instance, prices: TimePrices) {
        let slots = instance.grid().slots();
        let all = |entries: Vec<(u32, i64)>| SlotPrices::new(entries, slots);
        let mut presence: BTreeMap<(ActorIx, PlaceIx), Vec<(u32, i64)>> = BTreeMap::new();
        for (row, price) in &prices.journeys {
            for (place, slot) in [row.from, row.to] {
                presence.entry((row.person, place)).or_default().push((slot, *price));
            }
        }
        self.presence = presence.into_iter().map(|(key, e)| (key, all(e))).collect();
        self.time = prices.time.into_iter().map(|(a, e)| (a, all(e))).collect();
        self.rooms = prices.rooms.into_iter().map(|(k, e)| (k, all(e))).collect();
        self.journeys = prices.journeys;
        self.days = prices.days;
    }

    /// What holding a person in a session costs.
    pub(crate) fn attendance(&self, instance: &Instance, hold: &Hold) -> i64 {
        let time = self.time.get(&hold.person).map_or(0, |time| {
            let end = (hold.end + instance.slots_between(None, None)).min(instance.grid().slots());
            time.of(hold.start, end - hold.start)
        });
        time + self.located(hold)
    }

    /// True when some price depends on where or on which date a person sits.
    pub(crate) fn is_located(&self) -> bool {
        !(self.presence.is_empty() && self.days.is_empty())
    }

    /// The part of it for journeys and days.
    pub(crate) fn located(&self, hold: &Hold) -> i64 {
        let mut price = 0;
        if let Some(at) = hold.at.filter(|_| !self.presence.is_empty())
            && let Some(there) = self.presence.get(&(hold.person, at))
        {
            price += there.of(hold.start, hold.slots());
        }
        if let Some(day) = hold.day.filter(|_| !self.days.is_empty())
            && let Some(each) = self.days.get(&(hold.person, day))
        {
            price += each * i64::from(hold.slots());
        }
        price
    }

    /// Price of a room.
    pub(crate) fn room(&self, room: &RoomHold) -> i64 {
        let prices = self.rooms.get(&(room.place, room.class));
        prices.map_or(0, |prices| prices.of(room.start, room.slots))
    }

    /// What a seat costs.
    pub(crate) fn seat(&self, mediator: MediatorIx, effort: i64) -> i64 {
        let m = mediator.ix();
        self.cases[m] - self.floor[m] + self.effort[m] * effort
    }

    /// What a seat costs beyond that, for what it uses of rows A6 and A7.
    pub(crate) fn batch_of(&self, uses: &[(usize, i64)]) -> i64 {
        uses.iter().map(|(row, factor)| self.batch.get(row).map_or(0, |price| price * factor)).sum()
    }

    /// What a point-minute that the worse-off side bears costs in a tier.
    pub(crate) fn of_sides(&self, instance: &Instance, tier: Tier) -> i64 {
        match tier {
            Tier::Panels | Tier::Sessions | Tier::Frozen | Tier::Loads => 0,
            Tier::Sides => 1_000_000 * NANO,
            Tier::Worst | Tier::Below(_) => self.sides,
            Tier::Quality => instance.policy().weights.fairness * NANO + self.sides,
        }
    }

    /// What a session costs in a tier that moves although it was to be within the freeze period.
    pub(crate) fn of_freeze(&self, tier: Tier) -> i64 {
        match tier {
            Tier::Panels | Tier::Sessions => 0,
            Tier::Frozen => 1_000_000 * NANO,
            _ => self.frozen,
        }
    }

    /// What a panel costs that reaches so many levels of service, in the rows that hold the tiers of the others.
    pub(crate) fn of_level(&self, reached: usize) -> i64 {
        self.below[reached..].iter().sum()
    }

    /// What the number of disputes that a mediator is to have takes from the bound: its price, but
    /// no more than a missing one costs.
    fn of_floor(&self, mediator: usize, least: i64, tier: Tier) -> i128 {
        let missing = match tier {
            Tier::Panels | Tier::Sessions | Tier::Frozen => 0,
            Tier::Loads => 1_000_000 * NANO,
            Tier::Sides | Tier::Worst | Tier::Below(_) | Tier::Quality => self.loads,
        };
        i128::from(least) * i128::from(self.floor[mediator].min(missing))
    }

    /// What all that is supplied earns at these prices, less what the tier rows demand:
    /// everything in the bound of docs/model.md but the sum over disputes.
    pub(crate) fn supply(
        &self,
        instance: &Instance,
        rows: &Batch<'_>,
        tier: Tier,
        held: Held,
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
            sum -= self.of_floor(mediator, i64::from(data.least), tier);
            if let Some(minutes) = data.minutes {
                sum += i128::from(self.effort[mediator]) * i128::from(minutes);
            }
        }
        for (row, price) in &self.batch {
            sum += i128::from(*price) * i128::from(rows.limit(*row));
        }
        sum += self.time.values().map(|p| i128::from(p.total())).sum::<i128>();
        sum += self.journeys.values().map(|p| i128::from(*p)).sum::<i128>();
        let a_day = i128::from(instance.day_slots().unwrap_or(0));
        sum += self.days.values().map(|p| i128::from(*p) * a_day).sum::<i128>();
        for ((place, class), prices) in &self.rooms {
            let rooms = instance.place(*place).classes[*class as usize].rooms.len() as i128;
            sum += i128::from(prices.total()) * rooms;
        }
        sum - i128::from(self.panels) * i128::from(held.panels)
            - i128::from(self.scheduled) * i128::from(held.scheduled)
            + i128::from(self.frozen) * i128::from(held.frozen)
            + i128::from(self.loads) * i128::from(held.loads)
            + i128::from(self.sides) * i128::from(held.sides)
            + self
                .below
                .iter()
                .zip(held.below)
                .map(|(p, n)| i128::from(*p) * i128::from(n))
                .sum::<i128>()
    }
}

/// An entry that is not free.
fn some<K>((key, price): (K, i64)) -> Option<(K, i64)> {
    (price > 0).then_some((key, price))
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
