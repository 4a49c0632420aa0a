//! The prices of a leaf: read, checked, and looked up.
//!
//! * Takes the document of a leaf's prices; gives them by index, or a sentence about what is wrong
//!   with them. None is negative; what is not named is free.
//! * All in `i128`: no price that fits a document can overflow.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{Pairs, PricesDoc};

use super::clock;
use super::facts::{Facts, Session};
use super::rooms::classes;

/// A tier of the objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Tier {
    Panels,
    Sessions,
    Frozen,
    Loads,
    Sides,
    /// In it plans are worth nothing: prices prove that a service is out of reach.
    Worst,
    /// The disputes below a level of service, by the place of the level.
    Below(usize),
    #[default]
    Quality,
}

impl Tier {
    /// The tiers of an instance, in order.
    pub(super) fn all(facts: &Facts<'_>) -> Vec<Self> {
        let mut tiers = vec![Self::Panels, Self::Sessions];
        tiers.extend(facts.has_freeze().then_some(Self::Frozen));
        tiers.extend(facts.has_least().then_some(Self::Loads));
        tiers.extend(facts.sides_first.then_some(Self::Sides));
        tiers.extend(facts.worst_first.then_some(Self::Worst));
        tiers.extend((0..facts.levels.len()).map(Self::Below));
        tiers.push(Self::Quality);
        tiers
    }
}

/// What the tiers above hold: `V1`, `V2`, `L` and `V3` of docs/model.md in points, `V4` as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) panels: i64,
    pub(super) scheduled: i64,
    pub(super) frozen: i64,
    pub(super) loads: i64,
    pub(super) sides: i64,
    /// The least service of a panel.
    pub(super) service: Option<i64>,
    /// By level that is held, the disputes below it.
    pub(super) below: Vec<i64>,
}

impl Held {
    /// What an answer holds in a tier, with the tiers in this order.
    pub(super) fn before(tier: Tier, order: &[Tier], tiers: &[i64]) -> Self {
        let value = |of: Tier| {
            let place = order.iter().position(|other| *other == of && of < tier)?;
            tiers.get(place).copied()
        };
        let points = |of: Tier| value(of).map_or(0, |value| value / 1_000_000);
        Self {
            panels: points(Tier::Panels),
            scheduled: points(Tier::Sessions),
            frozen: -points(Tier::Frozen),
            loads: -points(Tier::Loads),
            sides: -points(Tier::Sides),
            service: value(Tier::Worst),
            below: (0..)
                .map_while(|level| value(Tier::Below(level)))
                .map(|v| v / -1_000_000)
                .collect(),
        }
    }
}

/// The prices of a leaf, checked and by index.
#[derive(Debug, Clone, Default)]
pub(super) struct Prices {
    pub(super) tier: Tier,
    pub(super) cases: BTreeMap<usize, i128>,
    /// What is paid for a dispute towards the number that a mediator is to have.
    pub(super) floor: BTreeMap<usize, i128>,
    pub(super) effort: BTreeMap<usize, i128>,
    /// By actor.
    pub(super) time: BTreeMap<usize, Row>,
    /// Of a slot, by actor and date.
    pub(super) days: BTreeMap<(usize, i64), i128>,
    /// By actor and place: what rows S2 travel ask for running a session there.
    pub(super) presence: BTreeMap<(usize, usize), Row>,
    /// The sum of the prices of rows S2 travel.
    pub(super) journeys: i128,
    /// By place and seats of the class.
    pub(super) rooms: BTreeMap<(usize, Option<u32>), Row>,
    /// By dispute and member: what rows A6 take.
    pub(super) batch: BTreeMap<(usize, usize), i128>,
    /// By member: what rows A7 take.
    pub(super) caps: BTreeMap<usize, i128>,
    /// The limits of rows A6 and A7 at their prices.
    pub(super) limits: i128,
    pub(super) panels: i128,
    pub(super) scheduled: i128,
    pub(super) frozen: i128,
    pub(super) loads: i128,
    pub(super) sides: i128,
    /// By level, what a dispute below it costs in the row that holds the level's tier.
    pub(super) below: Vec<i128>,
    /// Panels of less service are no plans.
    pub(super) service: Option<i64>,
}

/// Prices of the slots of a person or place: the few that have one, with running sums.
#[derive(Debug, Clone, Default)]
pub(super) struct Row(Vec<(usize, i128)>);

impl Row {
    /// From prices by slot.
    pub(super) fn new(prices: BTreeMap<usize, i128>) -> Self {
        let mut sum = 0;
        let add = |(slot, price)| {
            sum += price;
            (slot, sum)
        };
        Self(prices.into_iter().map(add).collect())
    }

    /// The sum of all prices.
    pub(super) fn total(&self) -> i128 {
        self.0.last().map_or(0, |x| x.1)
    }

    /// The sum over slots `[from, to)`.
    pub(super) fn between(&self, from: usize, to: usize) -> i128 {
        let before = |slot| {
            let n = self.0.partition_point(|x| x.0 < slot);
            n.checked_sub(1).and_then(|i| self.0.get(i)).map_or(0, |x| x.1)
        };
        before(to) - before(from)
    }
}

impl Prices {
    /// What an actor's attendance costs in a session of so many slots that starts at a slot.
    pub(super) fn attendance(
        &self,
        facts: &Facts<'_>,
        actor: usize,
        session: &Session<'_>,
        (slot, length): (usize, usize),
    ) -> i128 {
        let mut price = 0;
        if let Some(time) = self.time.get(&actor) {
            let rest = facts.slots_between(None, None) as usize;
            price += time.between(slot, slot + length + rest);
        }
        let start = facts.grid.instant(slot);
        if !self.presence.is_empty()
            && let Some(place) = facts.location(actor, session.on_site, start)
            && let Some(there) = self.presence.get(&(actor, place))
        {
            price += there.between(slot, slot + length);
        }
        if !self.days.is_empty()
            && let Some(date) = facts.date(actor, session.on_site, start)
            && let Some(each) = self.days.get(&(actor, date))
        {
            price += each * length as i128;
        }
        price
    }

    /// What a point-minute of the worse-off side costs.
    pub(super) fn of_worse(&self, facts: &Facts<'_>) -> i128 {
        match self.tier {
            Tier::Panels | Tier::Sessions | Tier::Frozen | Tier::Loads => 0,
            Tier::Sides => 1_000_000_000,
            Tier::Worst | Tier::Below(_) => self.sides,
            Tier::Quality => 1000 * i128::from(facts.w_fairness) + self.sides,
        }
    }

    /// What a session costs that moves although it was to be within the freeze period.
    pub(super) fn of_thaw(&self) -> i128 {
        match self.tier {
            Tier::Panels | Tier::Sessions => 0,
            Tier::Frozen => 1_000_000_000,
            _ => self.frozen,
        }
    }

    /// What a dispute costs that a mediator has too few.
    pub(super) fn of_missing(&self) -> i128 {
        match self.tier {
            Tier::Panels | Tier::Sessions | Tier::Frozen => 0,
            Tier::Loads => 1_000_000_000,
            Tier::Sides | Tier::Worst | Tier::Below(_) | Tier::Quality => self.loads,
        }
    }

    /// What a panel of a service costs for the levels that it is below.
    pub(super) fn of_service(&self, facts: &Facts<'_>, service: i64) -> i128 {
        let missed = facts.levels.iter().enumerate().filter(|(_, level)| **level > service);
        let cost = |(place, _): (usize, &i64)| {
            let own = if self.tier == Tier::Below(place) { 1_000_000_000 } else { 0 };
            own + self.below.get(place).copied().unwrap_or(0)
        };
        missed.map(cost).sum()
    }

    /// Reads the prices of a leaf, those of rows A6 and A7 apart.
    pub(super) fn read(facts: &Facts<'_>, tier: Tier, doc: &PricesDoc) -> Result<Self, String> {
        let of_rows = [doc.panels, doc.scheduled, doc.frozen, doc.loads, doc.sides];
        if of_rows.iter().chain(&doc.below).any(|price| *price < 0) {
            return Err("a price is negative".to_owned());
        }
        if doc.below.len() > facts.levels.len() {
            return Err("more levels have a price than there are".to_owned());
        }
        let mediator = |id: &str| facts.mediator_ix.get(id).copied();
        let effort = plain(&doc.effort, mediator)?;
        if let Some(m) = effort.keys().find(|m| facts.hours(**m).is_none()) {
            let id = facts.mediators.get(*m).map(|d| d.id.as_str()).unwrap_or_default();
            return Err(format!("`{id}` has no limit on hours, so her effort has no price"));
        }
        let floor = plain(&doc.floor, mediator)?;
        if let Some(m) = floor.keys().find(|m| facts.least(**m) == 0) {
            let id = facts.mediators.get(*m).map(|d| d.id.as_str()).unwrap_or_default();
            return Err(format!("`{id}` has no `min_cases`, so these have no price"));
        }
        let mut prices = Self {
            tier,
            cases: plain(&doc.cases, mediator)?,
            floor,
            effort,
            panels: if tier > Tier::Panels { i128::from(doc.panels) } else { 0 },
            scheduled: if tier > Tier::Sessions { i128::from(doc.scheduled) } else { 0 },
            frozen: if tier > Tier::Frozen && facts.has_freeze() {
                i128::from(doc.frozen)
            } else {
                0
            },
            loads: if tier > Tier::Loads && facts.has_least() { i128::from(doc.loads) } else { 0 },
            sides: if tier > Tier::Sides && facts.sides_first { i128::from(doc.sides) } else { 0 },
            // A row holds what the tiers above have reached, and no more.
            below: doc
                .below
                .iter()
                .enumerate()
                .map(
                    |(level, price)| {
                        if tier > Tier::Below(level) { i128::from(*price) } else { 0 }
                    },
                )
                .collect(),
            ..Self::default()
        };
        for (id, slots) in doc.time.iter() {
            let index = actor(facts, id)?;
            if prices.time.insert(index, row(facts, id, slots)?).is_some() {
                return Err(format!("`{id}` has two rows of prices"));
            }
        }
        prices.read_rooms(facts, doc)?;
        prices.read_days(facts, doc)?;
        prices.read_journeys(facts, doc)?;
        Ok(prices)
    }

    fn read_rooms(&mut self, facts: &Facts<'_>, doc: &PricesDoc) -> Result<(), String> {
        for entry in &doc.rooms {
            let index = place(facts, &entry.place)?;
            let known = facts.places.get(index).map(|p| classes(&p.doc.rooms)).unwrap_or_default();
            if !known.iter().any(|class| class.seats == entry.seats) {
                return Err(format!("`{}` has no rooms of that size", entry.place));
            }
            let row = row(facts, &entry.place, &entry.slots)?;
            if self.rooms.insert((index, entry.seats), row).is_some() {
                return Err(format!("rooms of `{}` have two rows of prices", entry.place));
            }
        }
        Ok(())
    }

    fn read_days(&mut self, facts: &Facts<'_>, doc: &PricesDoc) -> Result<(), String> {
        for entry in &doc.days {
            if facts.day_minutes.is_none() {
                return Err("days are not limited, so they have no price".to_owned());
            }
            let index = actor(facts, &entry.actor)?;
            let Some(date) = clock::day(&entry.date) else {
                return Err(format!("`{}` is no date", entry.date));
            };
            if entry.price < 0 {
                return Err(format!("a price of `{}` is negative", entry.actor));
            }
            if self.days.insert((index, date), i128::from(entry.price)).is_some() {
                return Err(format!("`{}` of `{}` has two prices", entry.date, entry.actor));
            }
        }
        Ok(())
    }

    /// Rows S2 travel: nobody can be at both places in these slots.
    fn read_journeys(&mut self, facts: &Facts<'_>, doc: &PricesDoc) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        let mut presence: BTreeMap<(usize, usize), BTreeMap<usize, i128>> = BTreeMap::new();
        for entry in &doc.journeys {
            let who = actor(facts, &entry.actor)?;
            let from = (place(facts, &entry.from.place)?, entry.from.slot as usize);
            let to = (place(facts, &entry.to.place)?, entry.to.slot as usize);
            let need = facts.slots_between(Some(from.0), Some(to.0)).max(0) as usize;
            let apart = to.1.checked_sub(from.1).filter(|slots| *slots > 0);
            let lawful = apart.is_some_and(|slots| slots <= need);
            if from.0 == to.0 || !lawful || to.1 >= facts.grid.slots {
                let message = format!("a journey of `{}` has a price and no reason", entry.actor);
                return Err(message);
            }
            if entry.price < 0 {
                return Err(format!("a price of `{}` is negative", entry.actor));
            }
            if !seen.insert((who, from, to)) {
                return Err(format!("a journey of `{}` has two prices", entry.actor));
            }
            let price = i128::from(entry.price);
            self.journeys += price;
            for (place, slot) in [from, to] {
                *presence.entry((who, place)).or_default().entry(slot).or_default() += price;
            }
        }
        self.presence = presence.into_iter().map(|(key, row)| (key, Row::new(row))).collect();
        Ok(())
    }
}

fn actor(facts: &Facts<'_>, id: &str) -> Result<usize, String> {
    facts.actor(id).ok_or_else(|| format!("nothing called `{id}` has a price"))
}

fn place(facts: &Facts<'_>, id: &str) -> Result<usize, String> {
    let found = facts.places.iter().position(|p| p.doc.id == id);
    found.ok_or_else(|| format!("nothing called `{id}` has a price"))
}

fn row(facts: &Facts<'_>, id: &str, entries: &[(u32, i64)]) -> Result<Row, String> {
    let mut slots: BTreeMap<usize, i128> = BTreeMap::new();
    for &(slot, price) in entries {
        if slot as usize >= facts.grid.slots {
            return Err(format!("slot {slot} of `{id}` is not in the horizon"));
        }
        if price < 0 {
            return Err(format!("a price of `{id}` is negative"));
        }
        if slots.insert(slot as usize, i128::from(price)).is_some() {
            return Err(format!("slot {slot} of `{id}` has two prices"));
        }
    }
    Ok(Row::new(slots))
}

fn plain(
    rows: &Pairs<i64>,
    find: impl Fn(&str) -> Option<usize>,
) -> Result<BTreeMap<usize, i128>, String> {
    let mut read = BTreeMap::new();
    for (id, &price) in rows.iter() {
        let index = find(id).ok_or_else(|| format!("nothing called `{id}` has a price"))?;
        if price < 0 {
            return Err(format!("the price of `{id}` is negative"));
        }
        if read.insert(index, i128::from(price)).is_some() {
            return Err(format!("`{id}` has two prices"));
        }
    }
    Ok(read)
}
