//! A certificate read back: the leaves of a tier's tree, with the prices and the answers on the way to each.
//!
//! * Takes the document of a tier; gives its leaves, or nothing where it is no certificate of this instance.
//! * WHY so strict: any prices that are not negative prove a bound, but only over rows that hold, in a tree whose
//!   leaves cover all answers, and as long as the arithmetic has room. A document may say anything.

use std::collections::BTreeMap;

use super::batch::{Batch, SeatRow};
use super::certificate::{batch_doc, cap_doc};
use super::prices::{JourneyRow, Prices, TimePrices};
use super::restriction::{Decision, Question, Restriction};
use crate::domain::{ActorIx, DisputeIx, Instance, MediatorIx, PlaceIx};
use crate::format::{BranchDoc, NodeDoc, Pairs, PricesDoc, WhereaboutsDoc};
use crate::time::parse_date;

/// The most that a price, or all slots of a person or a class of rooms together, may come to, in nano-units.
const MOST: i128 = 1_000_000_000_000_000;

/// What is demanded of disputes in a leaf, and its prices.
pub(super) struct Leaf {
    pub(super) restrictions: BTreeMap<DisputeIx, Restriction>,
    pub(super) prices: Prices,
}

/// The leaves of a tier's tree.
pub(super) fn leaves(
    instance: &Instance,
    rows: &Batch<'_>,
    nodes: &[NodeDoc],
) -> Option<Vec<Leaf>> {
    let names = Names::new(instance);
    let mut seen = vec![false; nodes.len()];
    let mut open: Vec<(usize, Vec<Decision>)> = vec![(0, Vec::new())];
    let mut leaves = Vec::new();
    while let Some((at, decisions)) = open.pop() {
        if std::mem::replace(seen.get_mut(at)?, true) {
            return None;
        }
        match &nodes[at] {
            NodeDoc { branch: Some(branch), .. } => {
                let (dispute, question) = names.question(instance, branch)?;
                for (child, yes) in [(branch.yes, true), (branch.no, false)] {
                    let question = question.clone();
                    let mut longer = decisions.clone();
                    longer.push(Decision { dispute, question, yes });
                    open.push((child as usize, longer));
                }
            }
            NodeDoc { prices: Some(prices), .. } => {
                let mut restrictions: BTreeMap<DisputeIx, Restriction> = BTreeMap::new();
                for decision in &decisions {
                    restrictions.entry(decision.dispute).or_default().add(decision);
                }
                let prices = names.prices(instance, rows, prices)?;
                leaves.push(Leaf { restrictions, prices });
            }
            NodeDoc { .. } => return None,
        }
    }
    Some(leaves)
}

/// At least as many point-minutes as a side can bear in any dispute, all its sessions together: each minute costs by its
/// band and by its rest day.
fn most_points(instance: &Instance) -> i64 {
    let slots = instance.disputes().iter().map(crate::domain::Dispute::session_slots).max();
    let minutes = i64::from(slots.unwrap_or(0)) * i64::from(instance.grid().slot_minutes());
    minutes * 2 * 100
}

/// A price, where so many times it have room too.
fn some_room(price: i64, times: i64) -> Option<i64> {
    (i128::from(price) * i128::from(times) <= 100 * MOST).then_some(price)
}

/// A price that has room, and is not negative.
fn sound(price: i64) -> Option<i64> {
    (price >= 0 && i128::from(price) <= MOST).then_some(price)
}

/// What documents call things.
struct Names<'a> {
    actors: BTreeMap<&'a str, ActorIx>,
    mediators: BTreeMap<&'a str, MediatorIx>,
    disputes: BTreeMap<&'a str, DisputeIx>,
    places: BTreeMap<&'a str, PlaceIx>,
}

impl<'a> Names<'a> {
    fn new(instance: &'a Instance) -> Self {
        let actors = (0..instance.actors().len()).map(ActorIx::new);
        let places = (0..instance.places().len()).map(PlaceIx::new);
        Self {
            actors: actors.map(|a| (instance.actor_name(a), a)).collect(),
            mediators: instance
                .mediator_indices()
                .map(|m| (instance.mediator_name(m), m))
                .collect(),
            disputes: instance.dispute_indices().map(|d| (instance.dispute_name(d), d)).collect(),
            places: places.map(|k| (instance.place_name(k), k)).collect(),
        }
    }

    fn question(&self, instance: &Instance, branch: &BranchDoc) -> Option<(DisputeIx, Question)> {
        let dispute = *self.disputes.get(branch.dispute.as_str())?;
        let question = match (&branch.mediator, &branch.session, branch.until) {
            (Some(mediator), None, None) => Question::Seat(*self.mediators.get(mediator.as_str())?),
            (None, Some(session), Some(until)) => {
                let mut sessions = instance.dispute(dispute).sessions.iter();
                let until = Some(until).filter(|until| *until <= instance.grid().slots())?;
                Question::Until(sessions.position(|s| s.id == *session)?, until)
            }
            _ => return None,
        };
        Some((dispute, question))
    }

    fn prices(&self, instance: &Instance, rows: &Batch<'_>, doc: &PricesDoc) -> Option<Prices> {
        let mut prices = Prices::zero(instance);
        self.by_mediator(&doc.cases, &mut prices.cases, |_| true)?;
        let least = |m: MediatorIx| instance.mediator(m).least > 0;
        self.by_mediator(&doc.floor, &mut prices.floor, least)?;
        let limited = |m: MediatorIx| instance.mediator(m).minutes.is_some();
        self.by_mediator(&doc.effort, &mut prices.effort, limited)?;
        for (m, price) in instance.mediator_indices().zip(&prices.effort).filter(|(_, p)| **p > 0) {
            let most = instance.dispute_indices().map(|d| instance.effort(d, m)).max();
            some_room(*price, most.unwrap_or(0))?;
        }
        let policy = instance.policy();
        let priority = instance.disputes().iter().map(|dispute| dispute.priority).max();
        prices.panels = some_room(sound(doc.panels)?, priority.unwrap_or(0))?;
        prices.scheduled = some_room(sound(doc.scheduled)?, priority.unwrap_or(0))?;
        // A row that is none here has no price.
        let if_tier =
            |is_tier: bool, price: i64| sound(price).map(|price| if is_tier { price } else { 0 });
        prices.frozen = if_tier(instance.has_freeze(), doc.frozen)?;
        prices.loads = if_tier(instance.has_least(), doc.loads)?;
        prices.sides = if_tier(policy.worse_off_first, doc.sides)?;
        some_room(prices.sides, most_points(instance))?;
        for (level, price) in doc.below.iter().enumerate() {
            *prices.below.get_mut(level).filter(|_| level < policy.levels.len())? = sound(*price)?;
        }
        seats(instance, rows, doc, &mut prices)?;
        prices.set_time(instance, self.time(instance, doc)?);
        Some(prices)
    }

    fn by_mediator(
        &self,
        doc: &Pairs<i64>,
        into: &mut [i64],
        has_row: impl Fn(MediatorIx) -> bool,
    ) -> Option<()> {
        for (id, price) in doc.iter() {
            let mediator = self.mediators.get(id).filter(|m| has_row(**m))?;
            into[mediator.ix()] = sound(*price)?;
        }
        Some(())
    }

    /// Rows in time.
    fn time(&self, instance: &Instance, doc: &PricesDoc) -> Option<TimePrices> {
        let mut time = TimePrices::default();
        let slots = |entries: &[(u32, i64)]| -> Option<Vec<(u32, i64)>> {
            let is_on = |(slot, price): &(u32, i64)| {
                *slot < instance.grid().slots() && sound(*price).is_some()
            };
            let sum: i128 = entries.iter().map(|(_, price)| i128::from(*price)).sum();
            (entries.iter().all(is_on) && sum <= MOST).then(|| entries.to_vec())
        };
        for (id, entries) in doc.time.iter() {
            time.time.insert(*self.actors.get(id)?, slots(entries)?);
        }
        for entry in &doc.rooms {
            let place = *self.places.get(entry.place.as_str())?;
            let classes = &instance.place(place).classes;
            let class = classes.iter().position(|class| class.seats == entry.seats)?;
            time.rooms.insert((place, class as u32), slots(&entry.slots)?);
        }
        for entry in &doc.days {
            instance.day_slots()?;
            let person = *self.actors.get(entry.actor.as_str())?;
            let day = i32::try_from(parse_date(&entry.date)?.days()).ok()?;
            time.days.insert((person, day), sound(entry.price)?);
        }
        for entry in &doc.journeys {
            let person = *self.actors.get(entry.actor.as_str())?;
            let (from, to) = (self.whereabouts(&entry.from)?, self.whereabouts(&entry.to)?);
            let need = instance.slots_between(Some(from.0), Some(to.0));
            let apart = to.1.checked_sub(from.1).filter(|apart| *apart > 0);
            let lawful = from.0 != to.0 && to.1 < instance.grid().slots();
            apart.filter(|apart| lawful && *apart <= need)?;
            time.journeys.insert(JourneyRow { person, from, to }, sound(entry.price)?);
        }
        let all: i128 = time.journeys.values().map(|price| i128::from(*price)).sum();
        if all > MOST {
            return None;
        }
        Some(time)
    }

    fn whereabouts(&self, doc: &WhereaboutsDoc) -> Option<(PlaceIx, u32)> {
        Some((*self.places.get(doc.place.as_str())?, doc.slot))
    }
}

/// Rows A6 and A7.
fn seats(
    instance: &Instance,
    rows: &Batch<'_>,
    doc: &PricesDoc,
    prices: &mut Prices,
) -> Option<()> {
    let all = 0..rows.len();
    for entry in &doc.batch {
        let is_same = |at: &usize| match rows.row(*at) {
            SeatRow::InBatch(row) => batch_doc(instance, row, entry.price) == *entry,
            SeatRow::Cap(_) => false,
        };
        let most = entry.disputes.iter().map(|(_, factor)| *factor).max().unwrap_or(0);
        let price = some_room(sound(entry.price)?, most.max(0))?;
        prices.batch.insert(all.clone().find(is_same)?, price);
    }
    for entry in &doc.caps {
        let is_same = |at: &usize| match rows.row(*at) {
            SeatRow::InBatch(_) => false,
            SeatRow::Cap(cap) => cap_doc(instance, cap, entry.price) == *entry,
        };
        // A cap that no answer can reach has no row, and its price takes nothing off.
        if let Some(row) = all.clone().find(is_same) {
            prices.batch.insert(row, sound(entry.price)?);
        }
    }
    Some(())
}
