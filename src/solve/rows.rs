//! What the rows of the restricted master stand for, and the prices that they give.

use super::master::{Master, PRICE_LIMIT, SIDES_SCALE};
use super::pool::TimeRow;
use super::prices::{NANO, Prices, Tier, TimePrices};
use crate::domain::MediatorIx;

/// What a row of the linear program stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum RowName {
    /// Concerns one dispute alone; its price is no part of the bound.
    OneDispute,
    Cases(MediatorIx),
    /// The number of disputes that a mediator is to have.
    Floor(MediatorIx),
    Effort(MediatorIx),
    /// A row A6 or A7, by position.
    Batch(usize),
    Time(TimeRow),
    HoldPanels,
    HoldSessions,
    HoldFrozen,
    HoldLoads,
    HoldSides,
    /// By the place of a level.
    HoldBelow(usize),
}

impl Master<'_> {
    /// Prices in nano-units from those of the program, which are in score units.
    pub(super) fn read_prices(&self, dual: &dyn Fn(usize) -> f64) -> Prices {
        let nano = |dual: f64| (dual * 1e6 * NANO as f64).clamp(0.0, PRICE_LIMIT).round() as i64;
        let mut prices = Prices::zero(self.instance);
        let mut timed = TimePrices::default();
        for (row, name) in self.names.iter().enumerate() {
            let dual = dual(row);
            let price = nano(dual);
            match name {
                RowName::Cases(m) => prices.cases[m.ix()] = price,
                RowName::Floor(m) => prices.floor[m.ix()] = price,
                RowName::Effort(m) => {
                    let scale = self.instance.mediator(*m).minutes.unwrap_or(1).max(1) as f64;
                    prices.effort[m.ix()] = nano(dual / scale);
                }
                RowName::Time(TimeRow::Day(person, day)) => {
                    let price = nano(dual / self.day_scale());
                    if price > 0 {
                        timed.days.insert((*person, *day), price);
                    }
                }
                RowName::HoldPanels if self.tier > Tier::Panels => prices.panels = price,
                RowName::HoldSessions if self.tier > Tier::Sessions => prices.scheduled = price,
                RowName::HoldFrozen if self.holds_freeze() => prices.frozen = price,
                RowName::HoldLoads if self.tier > Tier::Loads => prices.loads = price,
                RowName::HoldBelow(level) if self.tier > Tier::Below(*level as u8) => {
                    prices.below[*level] = price;
                }
                RowName::HoldSides if self.holds_sides() => prices.sides = nano(dual / SIDES_SCALE),
                _ if price == 0 => {}
                RowName::Time(TimeRow::Person(a, slot)) => {
                    timed.time.entry(*a).or_default().push((*slot, price));
                }
                RowName::Time(TimeRow::Room(k, class, slot)) => {
                    timed.rooms.entry((*k, *class)).or_default().push((*slot, price));
                }
                RowName::Time(TimeRow::Journey(row)) => {
                    timed.journeys.insert(*row, price);
                }
                RowName::Batch(row) => {
                    prices.batch.insert(*row, price);
                }
                _ => {}
            }
        }
        prices.set_time(self.instance, timed);
        prices
    }
}
