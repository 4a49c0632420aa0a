//! The worst-served first beside smallest loads, where nothing but cases couples disputes.
//!
//! * Takes an engine whose spaces demand a service; gives panels that all have it, with as many of
//!   the mediators' smallest loads met as an assignment can, or nothing.
//! * First the whole assignment again and again, exactly (room `transport`), what falls short
//!   counting for more each time (multiplicative weights; Arora, Hazan and Kale, 2012). Then, from
//!   the round in which least was lacking, exchanges of two mediators between two panels, or of one
//!   for another with room, with a list of seats that may not be given back at once (tabu search;
//!   Glover, 1989). Loads stay within their limits throughout.
//! * `climb` makes such an answer better without lowering a panel below the demand.
//! * All in integers, no chance: the same engine gives the same answer.

use std::collections::BTreeMap;

use super::{Engine, PlanSpace};
use crate::domain::Micro;
use crate::solution::Solution;
use crate::transport::Transport;

/// Rounds of weighted assignments.
const ROUNDS: usize = 80;

/// Rounds without a smaller lack after which there are no more.
const TIRED: usize = 25;

/// The largest weight, and the share by which one rises at most in a round.
const HEAVIEST: i64 = 1_000_000;
const RISE: i64 = HEAVIEST * 15 / 100;

/// Exchanges of one search, those after which it is given up where nothing gets better, and for how
/// many a seat given away is not taken back.
const EXCHANGES: usize = 4_000;
const PATIENCE: usize = 600;
const TABU: usize = 15;

/// Passes of `climb`.
const PASSES: usize = 20;

/// Above any shortfall.
const NEVER: Micro = Micro::MAX / 4;

/// True when nothing but cases and smallest loads couples the disputes, some loads have a smallest
/// number, and any members make a panel.
pub(super) fn is_bare(engine: &Engine<'_>) -> bool {
    let mut open = engine.spaces.iter().filter(|space| space.open).peekable();
    engine.instance.has_least()
        && open.peek().is_some()
        && open.all(|space| space.is_plain(engine.instance))
}

/// Panels of the service demanded for every open dispute, where they are found.
pub(super) fn reach(engine: &Engine<'_>) -> Option<Solution> {
    let mut table = Table::new(engine)?;
    let mut weights = vec![HEAVIEST; table.spaces.len()];
    let mut best: Option<(Micro, Vec<Vec<usize>>)> = None;
    let mut since = 0;
    for _ in 0..ROUNDS {
        if engine.control.should_stop() {
            return None;
        }
        let panels = table.assign(engine, &weights)?;
        let lacks: Vec<Micro> = (0..panels.len()).map(|p| table.lack(p, &panels[p])).collect();
        let lack: Micro = lacks.iter().map(|lack| (*lack).max(0)).sum();
        since += 1;
        if best.as_ref().is_none_or(|(least, _)| lack < *least) {
            (best, since) = (Some((lack, panels)), 0);
        }
        if lack == 0 || since > TIRED {
            break;
        }
        for ((weight, lack), space) in weights.iter_mut().zip(lacks).zip(&table.spaces) {
            let whole = space.least().map_or(1, |least| least.abs().max(1));
            let share = i128::from(lack) * i128::from(RISE) / i128::from(whole);
            // WHY clamped first: what cannot lack anything has a lack far below any number of fit.
            let rise = share.clamp(i128::from(-RISE / 3), i128::from(RISE)) as i64;
            *weight += (i128::from(*weight) * i128::from(rise) / i128::from(HEAVIEST)) as i64;
        }
        let heaviest = weights.iter().copied().max().unwrap_or(1).max(1);
        let scale = |weight: &mut i64| {
            let scaled = i128::from(*weight) * i128::from(HEAVIEST) / i128::from(heaviest);
            *weight = (scaled as i64).max(1);
        };
        weights.iter_mut().for_each(scale);
    }
    let (lack, panels) = best?;
    table.seat(panels);
    (lack == 0 || table.exchange(engine)).then(|| table.solution(engine))
}

/// A better answer with the service demanded and the same loads met, one exchange after the other.
pub(super) fn climb(engine: &Engine<'_>, start: &Solution) -> Option<Solution> {
    let mut table = Table::new(engine)?;
    let panels: Option<Vec<Vec<usize>>> = table
        .spaces
        .iter()
        .map(|space| {
            let plan = start.plans[space.dispute.ix()].as_ref()?;
            let seat = |m| space.members.binary_search_by_key(m, |member| member.mediator).ok();
            plan.panel.iter().map(seat).collect()
        })
        .collect();
    table.seat(panels?);
    for _ in 0..PASSES {
        let mut moved = false;
        for panel in 0..table.panels.len() {
            while let Some(exchange) = table.gain(panel) {
                table.make(exchange);
                moved = true;
                if engine.control.should_stop() {
                    return Some(table.solution(engine));
                }
            }
        }
        if !moved {
            break;
        }
    }
    Some(table.solution(engine))
}

/// Open disputes with their panels, as positions among the members of their spaces.
struct Table<'e> {
    spaces: Vec<&'e PlanSpace>,
    panels: Vec<Vec<usize>>,
    /// What each panel lacks to the service demanded; negative where it has more.
    lacks: Vec<Micro>,
    load: Vec<u32>,
    cases: Vec<u32>,
    least: Vec<u32>,
    /// What balance costs a seat for each that its mediator has already.
    weight: Micro,
}

/// One mediator of a panel for another: who sits in the other panel at that place, or has room.
#[derive(Debug, Clone, Copy)]
struct Exchange {
    panel: usize,
    place: usize,
    /// The position that takes the place.
    comes: usize,
    /// The other panel with the place there, and the position there of who leaves here.
    other: Option<(usize, usize, usize)>,
}

impl<'e> Table<'e> {
    fn new(engine: &'e Engine<'_>) -> Option<Self> {
        let mediators = engine.instance.mediators();
        let spaces: Vec<&PlanSpace> = engine.spaces.iter().filter(|space| space.open).collect();
        let everyone = u32::try_from(engine.spaces.len()).ok()?;
        Some(Self {
            panels: vec![Vec::new(); spaces.len()],
            lacks: vec![0; spaces.len()],
            spaces,
            load: vec![0; mediators.len()],
            cases: mediators.iter().map(|m| m.cases.unwrap_or(everyone)).collect(),
            least: mediators.iter().map(|m| m.least).collect(),
            weight: engine.instance.policy().weights.balance,
        })
    }

    /// The assignment of all seats that is worth most with these weights, smallest loads before all.
    fn assign(&self, engine: &Engine<'_>, weights: &[i64]) -> Option<Vec<Vec<usize>>> {
        let worth = |fit: Micro, weight: i64| {
            (i128::from(fit) * i128::from(weight) / i128::from(HEAVIEST)) as Micro
        };
        let all = self.spaces.iter().flat_map(|space| &space.members);
        let most = all.map(|member| member.fit.abs()).max().unwrap_or(0);
        let seats: i64 = self.spaces.iter().map(|space| space.size as i64).sum();
        let short = most.checked_mul(2)?.checked_mul(seats)?.checked_add(1)?;
        let (cases, least) = (self.cases.clone(), self.least.clone());
        let mut transport = Transport::new(cases, least, vec![0], short).ok()?;
        for (space, weight) in self.spaces.iter().zip(weights) {
            let pair = |m: &super::space::Member| (m.mediator.ix() as u32, worth(m.fit, *weight));
            transport.add_left(space.size as u32, space.members.iter().map(pair)).ok()?;
        }
        let flow = transport.solve(&|| engine.control.should_stop()).ok()?;
        let panels = self.spaces.iter().zip(&flow.seats).map(|(space, seats)| {
            let seat = |seat: &u32| {
                space.members.binary_search_by_key(&(*seat as usize), |m| m.mediator.ix()).ok()
            };
            seats.iter().filter_map(seat).collect()
        });
        Some(panels.collect())
    }

    /// What a panel of a dispute lacks.
    fn lack(&self, panel: usize, seats: &[usize]) -> Micro {
        let space = self.spaces[panel];
        let fit: Micro = seats.iter().map(|seat| space.members[*seat].fit).sum();
        space.least().map_or(-NEVER, |least| least - fit)
    }

    fn seat(&mut self, panels: Vec<Vec<usize>>) {
        self.panels = panels;
        self.lacks = (0..self.panels.len()).map(|p| self.lack(p, &self.panels[p])).collect();
        self.load.fill(0);
        for (space, panel) in self.spaces.iter().zip(&self.panels) {
            for seat in panel {
                self.load[space.members[*seat].mediator.ix()] += 1;
            }
        }
    }

    fn solution(&self, engine: &Engine<'_>) -> Solution {
        let mut solution = Solution::empty(engine.spaces.len());
        for (space, panel) in self.spaces.iter().zip(&self.panels) {
            solution.plans[space.dispute.ix()] = Some(space.plan(panel, None, Vec::new()));
        }
        solution
    }

    fn mediator(&self, panel: usize, seat: usize) -> usize {
        self.spaces[panel].members[seat].mediator.ix()
    }

    /// The position of a mediator among those who may sit in a panel and do not.
    fn free(&self, panel: usize, mediator: usize) -> Option<usize> {
        let members = &self.spaces[panel].members;
        let seat = members.binary_search_by_key(&mediator, |m| m.mediator.ix()).ok()?;
        (!self.panels[panel].contains(&seat)).then_some(seat)
    }

    /// Every exchange for a place of a panel.
    fn exchanges(&self, panel: usize, place: usize) -> Vec<Exchange> {
        let leaves = self.mediator(panel, self.panels[panel][place]);
        let mut all = Vec::new();
        for (other, seats) in self.panels.iter().enumerate().filter(|(other, _)| *other != panel) {
            let Some(there) = self.free(other, leaves) else { continue };
            for (at, seat) in seats.iter().enumerate() {
                if let Some(comes) = self.free(panel, self.mediator(other, *seat)) {
                    all.push(Exchange { panel, place, comes, other: Some((other, at, there)) });
                }
            }
        }
        if self.load[leaves] > self.least[leaves] {
            for (comes, member) in self.spaces[panel].members.iter().enumerate() {
                let mediator = member.mediator.ix();
                let room = self.load[mediator] < self.cases[mediator];
                if room && !self.panels[panel].contains(&comes) {
                    all.push(Exchange { panel, place, comes, other: None });
                }
            }
        }
        all
    }

    /// What a place's fit changes by where another position takes it.
    fn change(&self, panel: usize, place: usize, comes: usize) -> (Micro, Micro) {
        let members = &self.spaces[panel].members;
        let leaves = &members[self.panels[panel][place]];
        (members[comes].fit - leaves.fit, members[comes].worth - leaves.worth)
    }

    fn make(&mut self, exchange: Exchange) {
        let Exchange { panel, place, comes, other } = exchange;
        let mut places = vec![(panel, place, comes)];
        places.extend(other);
        for (panel, place, comes) in places {
            let (fit, _) = self.change(panel, place, comes);
            let (leaves, joins) =
                (self.mediator(panel, self.panels[panel][place]), self.mediator(panel, comes));
            self.load[leaves] -= 1;
            self.load[joins] += 1;
            self.panels[panel][place] = comes;
            if self.lacks[panel] > -NEVER {
                self.lacks[panel] -= fit;
            }
        }
    }

    /// What all panels of an exchange lack after it, less what they lack before.
    fn rise(&self, exchange: &Exchange) -> Micro {
        let rise = |(panel, place, comes): (usize, usize, usize)| {
            let (fit, _) = self.change(panel, place, comes);
            (self.lacks[panel] - fit).max(0) - self.lacks[panel].max(0)
        };
        let here = rise((exchange.panel, exchange.place, exchange.comes));
        here + exchange.other.map_or(0, rise)
    }

    /// Exchanges until no panel lacks anything; false where that is given up.
    fn exchange(&mut self, engine: &Engine<'_>) -> bool {
        let mut tabu: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let (mut best, mut since) = (NEVER, 0);
        for round in 0..EXCHANGES {
            let short: Vec<usize> =
                (0..self.lacks.len()).filter(|panel| self.lacks[*panel] > 0).collect();
            if short.is_empty() {
                return true;
            }
            let lack: Micro = short.iter().map(|panel| self.lacks[*panel]).sum();
            since = if lack < best { 0 } else { since + 1 };
            best = best.min(lack);
            if since > PATIENCE || engine.control.should_stop() {
                return false;
            }
            // WHY one after the other: the one that lacks most may be the one that cannot be helped
            // yet.
            let panel = short[round % short.len()];
            let barred = |panel: usize, seat: usize| {
                let until = tabu.get(&(panel, self.mediator(panel, seat)));
                until.is_some_and(|until| *until > round)
            };
            let allowed = |e: &Exchange| {
                !barred(e.panel, e.comes)
                    && e.other.is_none_or(|(other, _, comes)| !barred(other, comes))
            };
            let places = 0..self.panels[panel].len();
            let all = places.flat_map(|place| self.exchanges(panel, place)).filter(allowed);
            let key = |e: &Exchange| (self.rise(e), e.place, e.comes, e.other);
            let Some(exchange) = all.min_by_key(key) else { continue };
            let mut given = vec![(panel, self.panels[panel][exchange.place])];
            if let Some((other, at, _)) = exchange.other {
                given.push((other, self.panels[other][at]));
            }
            for (panel, seat) in given {
                tabu.insert((panel, self.mediator(panel, seat)), round + TABU);
            }
            self.make(exchange);
        }
        false
    }

    /// What balance gains where one mediator takes the seat of another: a seat costs by how many she has.
    fn balance(&self, exchange: &Exchange) -> Micro {
        let Exchange { panel, place, comes, .. } = *exchange;
        let load = |seat: usize| i64::from(self.load[self.mediator(panel, seat)]);
        let less = load(self.panels[panel][place]) - 1 - load(comes);
        self.weight.saturating_mul(less)
    }

    /// The exchange for a panel that gains most and leaves no panel short, where one gains.
    fn gain(&self, panel: usize) -> Option<Exchange> {
        let gains = |(panel, place, comes): (usize, usize, usize)| {
            let (fit, worth) = self.change(panel, place, comes);
            (self.lacks[panel] - fit <= 0 || fit >= 0).then_some(worth)
        };
        let of = |e: &Exchange| {
            let here = gains((e.panel, e.place, e.comes))?;
            let there = match e.other {
                Some(other) => gains(other)?,
                None => self.balance(e),
            };
            Some(here + there)
        };
        let places = 0..self.panels[panel].len();
        let all = places.flat_map(|place| self.exchanges(panel, place));
        let better = all.filter_map(|e| Some((of(&e)?, e))).filter(|(gain, _)| *gain > 0);
        let key =
            |(gain, e): &(Micro, Exchange)| (*gain, std::cmp::Reverse((e.place, e.comes, e.other)));
        better.max_by_key(key).map(|(_, exchange)| exchange)
    }
}
