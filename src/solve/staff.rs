//! Rooms and interpreters of a session: the cheapest that can be had at a start.
//!
//! * Takes a session, a start and a `Market`; gives the classes of rooms and the interpreters that
//!   cost least, exactly.
//! * Without `Taken`, each booth takes its cheapest people by itself, as the bound asks
//!   (docs/model.md, "Plans and prices"); with it, nobody sits in two booths at once.

use super::attendance::Attendance;
use super::dates::{NEVER, POSSIBLE};
use super::price::Market;
use super::prices::SlotPrices;
use super::space::SessionSpace;
use crate::domain::InterpreterIx;
use crate::solution::Staff;

/// The staffing of one session at given prices.
pub(super) struct Staffing<'a> {
    market: Market<'a>,
    session: &'a SessionSpace,
    /// Everyone who suits some booth.
    people: Vec<Candidate>,
    /// For each booth, its size and positions in `people`.
    booths: Vec<(usize, Vec<usize>)>,
    /// By class of the place where the session has rooms.
    classes: Vec<Class<'a>>,
}

struct Candidate {
    interpreter: InterpreterIx,
    /// What her attendance is worth at each start of the session; `NEVER` where she is not free.
    worth: Vec<i64>,
}

/// Rooms of equal size.
struct Class<'a> {
    /// How many there are.
    rooms: u32,
    /// Whether one has seats for everyone, and for a party by itself.
    seats_all: bool,
    seats_some: bool,
    prices: Option<&'a SlotPrices>,
}

impl<'a> Staffing<'a> {
    pub(super) fn new(market: Market<'a>, session: &'a SessionSpace) -> Self {
        let instance = market.instance;
        let mut all: Vec<InterpreterIx> =
            session.booths.iter().flat_map(|(_, suited)| suited.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        let booth = |(size, suited): &(usize, Vec<InterpreterIx>)| {
            let places = suited.iter().filter_map(|i| all.binary_search(i).ok());
            (*size, places.collect())
        };
        let booths = session.booths.iter().map(booth).collect();
        let candidate = |interpreter: &InterpreterIx| {
            let person = instance.interpreter(*interpreter).actor;
            let worth = match Attendance::of_panel(market, person, session) {
                Some(attendance) => attendance.values(&session.starts),
                None => vec![NEVER; session.starts.len()],
            };
            Candidate { interpreter: *interpreter, worth }
        };
        let people = all.iter().map(candidate).collect();
        let classes = session.room_at().map_or_else(Vec::new, |place| {
            let classes = (0..).zip(&instance.place(place).classes);
            classes
                .map(|(number, class)| Class {
                    rooms: class.rooms.len() as u32,
                    seats_all: class.seats_all(session.seats),
                    seats_some: class.seats_all(session.breakout_seats),
                    prices: market.prices.rooms.get(&(place, number)),
                })
                .collect()
        });
        Self { market, session, people, booths, classes }
    }

    /// Takes what the cheapest staff costs from the value of each start; `NEVER` where there is
    /// none.
    pub(super) fn take_from(&self, values: &mut [i64]) {
        if self.booths.is_empty() && self.session.room_at().is_none() {
            return;
        }
        for (at, value) in values.iter_mut().enumerate().filter(|(_, value)| **value > NEVER) {
            let rooms = self.rooms_cost(at);
            let cost = rooms.and_then(|rooms| Some(rooms + self.interpreters_cost(at)?));
            *value = cost.map_or(NEVER, |cost| (*value - cost).max(NEVER));
        }
    }

    /// The cheapest staff at a start.
    pub(super) fn best(&self, start: u32) -> Option<Staff> {
        let at = self.session.starts.binary_search(&start).ok()?;
        let (_, rooms) = self.rooms(at)?;
        let (_, interpreters) = self.interpreters(at)?;
        Some(Staff { rooms, interpreters })
    }

    /// What a room of a class costs at a start, and how many are left.
    fn offer(&self, class: usize, at: usize) -> (i64, u32) {
        let (start, slots) = (self.session.starts[at], self.session.slots);
        let Class { rooms, prices, .. } = self.classes[class];
        let left = match (self.market.taken, self.session.room_at()) {
            (Some(taken), Some(place)) => taken.rooms_left(place, class as u32, start, slots),
            _ => rooms,
        };
        (prices.map_or(0, |prices| prices.of(start, slots)), left)
    }

    fn rooms_cost(&self, at: usize) -> Option<i64> {
        if self.session.room_at().is_none() {
            return Some(0);
        }
        if self.session.breakouts > 0 {
            return self.rooms(at).map(|(cost, _)| cost);
        }
        let suited = (0..self.classes.len()).filter(|class| self.classes[*class].seats_all);
        suited.map(|class| self.offer(class, at)).filter(|(_, left)| *left > 0).map(|o| o.0).min()
    }

    /// The cheapest classes, the smallest among equals: the room for all, then the others.
    fn rooms(&self, at: usize) -> Option<(i64, Vec<u32>)> {
        if self.session.room_at().is_none() {
            return Some((0, Vec::new()));
        }
        let offers: Vec<(i64, u32)> =
            (0..self.classes.len()).map(|class| self.offer(class, at)).collect();
        let mut best: Option<(i64, Vec<u32>)> = None;
        for (main, (price, number)) in offers.iter().enumerate() {
            if *number == 0 || !self.classes[main].seats_all {
                continue;
            }
            let mut others: Vec<(i64, usize, u32)> = (0..offers.len())
                .filter(|class| self.classes[*class].seats_some)
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

    /// What a person costs at a start; `None` when she is not free.
    fn cost(&self, person: usize, at: usize) -> Option<i64> {
        let worth = self.people[person].worth[at];
        (worth > POSSIBLE).then_some(-worth)
    }

    fn interpreters_cost(&self, at: usize) -> Option<i64> {
        if self.market.taken.is_some() && self.booths.len() > 1 {
            return self.interpreters(at).map(|(cost, _)| cost);
        }
        self.booths.iter().map(|(size, suited)| self.cheapest(*size, suited, at)).sum()
    }

    /// What the `size` cheapest of some people cost together.
    fn cheapest(&self, size: usize, suited: &[usize], at: usize) -> Option<i64> {
        const FEW: usize = 4;
        let costs = suited.iter().filter_map(|person| self.cost(*person, at));
        if size > FEW {
            let mut costs: Vec<i64> = costs.collect();
            costs.sort_unstable();
            return (costs.len() >= size).then(|| costs[..size].iter().sum());
        }
        let mut least = [i64::MAX; FEW];
        for cost in costs {
            let mut cost = cost;
            for known in &mut least[..size] {
                if cost < *known {
                    std::mem::swap(&mut cost, known);
                }
            }
        }
        let least = &least[..size];
        (!least.contains(&i64::MAX)).then(|| least.iter().sum())
    }

    /// The cheapest interpreters, the earlier in the list among equals, booth by booth.
    fn interpreters(&self, at: usize) -> Option<(i64, Vec<InterpreterIx>)> {
        let offers: Vec<Vec<(i64, usize)>> = self
            .booths
            .iter()
            .map(|(_, suited)| {
                let free = suited.iter().filter_map(|p| self.cost(*p, at).map(|cost| (cost, *p)));
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
            total += booth.iter().filter_map(|person| self.cost(*person, at)).sum::<i64>();
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
}
