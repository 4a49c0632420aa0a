//! What it is worth to have a person in a session, start by start.
//!
//! * Takes a `Market`, a person and a session; gives a value in nano-units for each start, `NEVER`
//!   where she cannot attend.
//! * WHY a type of its own: pricing asks this millions of times, so all that does not depend on the
//!   start is looked up once.

use super::dates::NEVER;
use super::holds::{Hold, World};
use super::price::Market;
use super::prices::{NANO, Prices, SlotPrices, Tier};
use super::space::SessionSpace;
use super::taken::Taken;
use crate::availability::SlotProfile;
use crate::domain::{ActorIx, Mode};

/// The attendance of one person in one session.
pub(super) struct Attendance<'a> {
    world: World<'a>,
    person: ActorIx,
    mode: Mode,
    slots: u32,
    /// Where the person is free and what it burdens her; `None` where the session's starts see to
    /// both already.
    profile: Option<&'a SlotProfile>,
    /// Nano-units for a point-minute.
    weight: i64,
    taken: Option<&'a Taken<'a>>,
    time: Option<&'a SlotPrices>,
    /// Slots for which the person is held, rest included.
    held: u32,
    horizon: u32,
    /// Whether it matters where and on which date she sits.
    located: Option<&'a Prices>,
}

impl<'a> Attendance<'a> {
    /// Of somebody of a party, for whom the starts of the session are free.
    pub(super) fn of_party(market: Market<'a>, person: ActorIx, session: &SessionSpace) -> Self {
        let Market { instance, prices, .. } = market;
        Self {
            world: market.world(),
            person,
            mode: session.mode,
            slots: session.slots,
            profile: None,
            weight: 0,
            taken: market.taken.filter(|taken| !taken.is_idle(person)),
            time: prices.time.get(&person),
            held: session.slots + instance.slots_between(None, None),
            horizon: instance.grid().slots(),
            located: prices.is_located().then_some(prices),
        }
    }

    /// Of a mediator or an interpreter; `None` when she has no clock.
    pub(super) fn of_panel(
        market: Market<'a>,
        person: ActorIx,
        session: &SessionSpace,
    ) -> Option<Self> {
        if session.held {
            let (taken, time, located) = (None, None, None);
            return Some(Self { taken, time, located, ..Self::of_party(market, person, session) });
        }
        let profile = market.availability.of(person, session.mode)?;
        let of_burden = market.instance.policy().weights.burden * NANO;
        Some(Self {
            profile: Some(profile),
            weight: if market.tier == Tier::Quality { of_burden } else { 0 },
            ..Self::of_party(market, person, session)
        })
    }

    /// True when attendance is worth 0 at every start.
    pub(super) fn is_free(&self) -> bool {
        self.profile.is_none()
            && self.taken.is_none()
            && self.time.is_none()
            && self.located.is_none()
    }

    /// Its value at each of some starts.
    pub(super) fn values(&self, starts: &[u32]) -> Vec<i64> {
        if let (Some(profile), None, None) = (self.profile, self.taken, self.located) {
            // The usual case, without a question to spare.
            let horizon = self.horizon;
            let own = |start: &u32| match profile.free_points(*start, self.slots) {
                None => NEVER,
                Some(points) => {
                    let held = self.held.min(horizon.wrapping_sub(*start));
                    let time = self.time.map_or(0, |time| time.of(*start, held));
                    // WHY wrapping: both are far from the ends of 64 bits (`validate`, limits).
                    0_i64.wrapping_sub(self.weight.wrapping_mul(points)).wrapping_sub(time)
                }
            };
            return starts.iter().map(own).collect();
        }
        starts.iter().map(|start| self.at(*start)).collect()
    }

    /// Its value at a start, never above 0.
    fn at(&self, start: u32) -> i64 {
        let mut value = 0;
        if let Some(profile) = self.profile {
            let Some(points) = profile.free_points(start, self.slots) else { return NEVER };
            value -= self.weight * points;
        }
        if let Some(time) = self.time {
            value -= time.of(start, self.held.min(self.horizon - start));
        }
        if self.taken.is_some() || self.located.is_some() {
            let hold = Hold::new(self.world, self.person, self.mode, (start, self.slots));
            if self.taken.is_some_and(|taken| !taken.person_free(&hold)) {
                return NEVER;
            }
            value -= self.located.map_or(0, |prices| prices.located(&hold));
        }
        value
    }

    /// Adds the values to those of the starts.
    pub(super) fn add_to(&self, starts: &[u32], values: &mut [i64]) {
        if !self.is_free() {
            for (value, start) in values.iter_mut().zip(starts) {
                *value = (*value + self.at(*start)).max(NEVER);
            }
        }
    }
}
