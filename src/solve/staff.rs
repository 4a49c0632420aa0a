//! Rooms and interpreters of a session: the cheapest that can be had at a start.
//!
//! * Takes a session, a start and a `Market`; gives the classes of rooms and the interpreters that
//!   cost least, exactly.
//! * Without `Taken`, each booth takes its cheapest people by itself, as the bound asks
//!   (docs/model.md, "Plans and prices"); with it, nobody sits in two booths at once.

use super::holds::{Hold, RoomHold, World};
use super::price::Market;
use super::prices::{NANO, Tier};
use super::space::SessionSpace;
use crate::availability::SlotProfile;
use crate::domain::{ActorIx, InterpreterIx};
use crate::solution::Staff;

/// The staffing of one session at given prices.
pub(super) struct Staffing<'a> {
    market: Market<'a>,
    world: World<'a>,
    session: &'a SessionSpace,
    /// Everyone who suits some booth.
    people: Vec<Candidate<'a>>,
    /// For each booth, its size and positions in `people`.
    booths: Vec<(usize, Vec<usize>)>,
    weight: i64,
}

struct Candidate<'a> {
    interpreter: InterpreterIx,
    person: ActorIx,
    profile: Option<&'a SlotProfile>,
}

impl<'a> Staffing<'a> {
    pub(super) fn new(market: Market<'a>, session: &'a SessionSpace) -> Self {
        let Market { instance, availability, tier, .. } = market;
        let mut all: Vec<InterpreterIx> =
            session.booths.iter().flat_map(|(_, suited)| suited.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        let booth = |(size, suited): &(usize, Vec<InterpreterIx>)| {
            let places = suited.iter().filter_map(|i| all.binary_search(i).ok());
            (*size, places.collect())
        };
        let booths = session.booths.iter().map(booth).collect();
        let people = all
            .iter()
            .map(|interpreter| {
                let person = instance.interpreter(*interpreter).actor;
                let profile = availability.of(person, session.mode);
                Candidate { interpreter: *interpreter, person, profile }
            })
            .collect();
        let weight =
            if tier == Tier::Quality { instance.policy().weights.burden * NANO } else { 0 };
        Self { market, world: market.world(), session, people, booths, weight }
    }

    /// True when the session takes neither room nor interpreter.
    pub(super) fn is_empty(&self) -> bool {
        self.booths.is_empty() && self.session.mode.room_at().is_none()
    }

    /// What the cheapest staff costs at a start; `None` when there is none.
    pub(super) fn cost(&self, start: u32) -> Option<i64> {
        if self.is_empty() {
            return Some(0);
        }
        let (rooms, _) = self.rooms(start)?;
        Some(rooms + self.interpreters(start)?.0)
    }

    /// The cheapest staff at a start.
    pub(super) fn best(&self, start: u32) -> Option<Staff> {
        let (_, rooms) = self.rooms(start)?;
        let (_, interpreters) = self.interpreters(start)?;
        Some(Staff { rooms, interpreters })
    }

    /// The cheapest classes, the smallest among equals: the room for all, then the others.
    fn rooms(&self, start: u32) -> Option<(i64, Vec<u32>)> {
        let Some(place) = self.session.mode.room_at() else { return Some((0, Vec::new())) };
        let slots = self.session.slots;
        let classes = &self.market.instance.place(place).classes;
        let left = |class: u32| match self.market.taken {
            Some(taken) => taken.rooms_left(place, class, start, slots),
            None => classes[class as usize].rooms.len() as u32,
        };
        // By class: the price of a room and how many there are.
        let offers: Vec<(i64, u32)> = (0..classes.len() as u32)
            .map(|class| {
                let room = RoomHold { place, class, start, slots };
                (self.market.prices.room(&room), left(class))
            })
            .collect();
        let seats = |class: usize, people| classes[class].seats_all(people);
        let mut best: Option<(i64, Vec<u32>)> = None;
        for (main, (price, number)) in offers.iter().enumerate() {
            if *number == 0 || !seats(main, self.session.seats) {
                continue;
            }
            let mut others: Vec<(i64, usize, u32)> = (0..offers.len())
                .filter(|class| seats(*class, self.session.breakout_seats))
                .map(|class| (offers[class].0, class, offers[class].1 - u32::from(class == main)))
                .collect();
            others.sort_unstable();
            let mut rooms = vec![main as u32];
            let mut total = *price;
            for (price, class, number) in others {
                let wanted = self.session.breakouts as usize + 1 - rooms.len();
                let taken = wanted.min(number as usize);
                rooms.extend(std::iter::repeat_n(class as u32, taken));
                total += price * taken as i64;
            }
            let complete = rooms.len() == self.session.breakouts as usize + 1;
            if complete && best.as_ref().is_none_or(|(least, _)| total < *least) {
                best = Some((total, rooms));
            }
        }
        best
    }

    /// The cheapest interpreters, the earlier in the list among equals, booth by booth.
    fn interpreters(&self, start: u32) -> Option<(i64, Vec<InterpreterIx>)> {
        let costs: Vec<Option<i64>> =
            self.people.iter().map(|person| self.attendance(person, start)).collect();
        let offers: Vec<Vec<(i64, usize)>> = self
            .booths
            .iter()
            .map(|(_, suited)| {
                let free = suited.iter().filter_map(|at| costs[*at].map(|cost| (cost, *at)));
                let mut free: Vec<_> = free.collect();
                free.sort_unstable();
                free
            })
            .collect();
        let mut chosen: Vec<Vec<usize>> = Vec::with_capacity(offers.len());
        if self.market.taken.is_some() && offers.len() > 1 {
            let mut used = vec![false; self.people.len()];
            if !self.seat_apart(&offers, &mut chosen, &mut used) {
                return None;
            }
        } else {
            for ((size, _), free) in self.booths.iter().zip(&offers) {
                if free.len() < *size {
                    return None;
                }
                chosen.push(free[..*size].iter().map(|(_, at)| *at).collect());
            }
        }
        let mut total = 0;
        let mut named = Vec::new();
        for mut booth in chosen {
            booth.sort_unstable();
            total += booth.iter().filter_map(|at| costs[*at]).sum::<i64>();
            named.extend(booth.iter().map(|at| self.people[*at].interpreter));
        }
        Some((total, named))
    }

    /// Fills the booths one after the other with people who sit in no other: the cheapest first,
    /// others where a later booth needs them.
    fn seat_apart(
        &self,
        offers: &[Vec<(i64, usize)>],
        chosen: &mut Vec<Vec<usize>>,
        used: &mut [bool],
    ) -> bool {
        let Some(free) = offers.get(chosen.len()) else { return true };
        let size = self.booths[chosen.len()].0;
        let open: Vec<usize> = free.iter().map(|(_, at)| *at).filter(|at| !used[*at]).collect();
        if open.len() < size {
            return false;
        }
        let mut pick: Vec<usize> = (0..size).collect();
        loop {
            let booth: Vec<usize> = pick.iter().map(|at| open[*at]).collect();
            for at in &booth {
                used[*at] = true;
            }
            chosen.push(booth);
            if self.seat_apart(offers, chosen, used) {
                return true;
            }
            for at in chosen.pop().into_iter().flatten() {
                used[at] = false;
            }
            // The next choice of `size` from `open` in the order of the alphabet.
            let Some(turn) = (0..size).rev().find(|at| pick[*at] < open.len() - size + at) else {
                return false;
            };
            pick[turn] += 1;
            for at in turn + 1..size {
                pick[at] = pick[at - 1] + 1;
            }
        }
    }

    /// What an interpreter's attendance costs; `None` when she is not free.
    fn attendance(&self, candidate: &Candidate<'_>, start: u32) -> Option<i64> {
        let (profile, slots) = (candidate.profile?, self.session.slots);
        if !profile.is_free(start, slots) {
            return None;
        }
        let hold = Hold::new(self.world, candidate.person, self.session.mode, (start, slots));
        if self.market.taken.is_some_and(|taken| !taken.person_free(&hold)) {
            return None;
        }
        let price = self.market.prices.attendance(self.market.instance, &hold);
        Some(self.weight * profile.points(start, slots) + price)
    }
}
