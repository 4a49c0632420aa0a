//! Whole answers from the pool: plans exchanged one for another, those in the way placed anew.
//!
//! * Takes the plans of the pool, prices that tell good ones from bad, and an answer; gives the best answer met.
//! * A move gives a dispute another of its plans, takes the plans that stand in its way out, and gives their disputes
//!   the best of theirs that still fit, or one that pushes a single other one out, a few times in a row. Worse
//!   answers are accepted now and then, less and less (simulated annealing; Kirkpatrick, Gelatt and Vecchi, 1983).
//! * Everything that plans use is counted in rows made of the pool: a person's slots at which some plan of the pool
//!   starts are enough, since two intervals that meet do so where one of them starts. Journeys are not counted; who
//!   takes the answer has to see to them.
//! * Deterministic: draws come from the seed, their number is fixed, no clock decides.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Engine;
use super::draw::Draw;
use super::master::Master;
use super::pool::PoolPlan;
use super::prices::{Prices, Tier};
use crate::domain::{ActorIx, DisputeIx, PlaceIx};
use crate::solution::{Plan, Solution};

/// Plans of a dispute that are tried, the best at the given prices.
const TRIED: usize = 100;

/// Plans in the way of one at most, and how often in a row one placed anew may push another out.
const IN_THE_WAY: usize = 3;
const PUSHES: u32 = 3;

/// Chains of moves, of which the best counts: the first temperature of each, and the last of all, in parts of what the
/// mean plan is worth. WHY warmer while somebody lacks what is held: it takes detours to serve one more, but cool
/// chains are sooner at their best.
const HOT: [f64; 2] = [0.01, 0.02];
const WARM: [f64; 2] = [0.1, 0.1];
const COLD: f64 = 0.0005;

/// Moves after which it is looked at anew who could have better.
const REVIEW: usize = 64;

/// Nobody, nothing.
const NONE: u32 = u32::MAX;

/// The plans that are tried.
struct Table {
    /// Position in the pool.
    position: Vec<usize>,
    dispute: Vec<u32>,
    /// Worth in micro-units with what it counts that the dispute is served, balance apart.
    value: Vec<i64>,
    /// Worth at the prices, in nano-units.
    worth: Vec<i64>,
    /// Rows and how much of them is used.
    start: Vec<usize>,
    uses: Vec<(u32, i32)>,
    limit: Vec<i32>,
    /// Plans of each dispute by falling worth at the prices, and by falling value.
    by_worth: Vec<Vec<u32>>,
    by_value: Vec<Vec<u32>>,
    /// Rows below this are mediators' cases.
    mediators: usize,
    balance: i64,
}

impl Table {
    fn new(engine: &Engine<'_>, master: &Master<'_>, (tier, prices): (Tier, &Prices)) -> Self {
        let instance = engine.instance;
        let disputes = engine.spaces.len();
        let mut of_dispute: Vec<Vec<(i64, usize)>> = vec![Vec::new(); disputes];
        let worths: Vec<i64> =
            master.pool.par_iter().map(|plan| plan.reduced(instance, tier, prices)).collect();
        for (position, (plan, worth)) in master.pool.iter().zip(worths).enumerate() {
            of_dispute[plan.plan.dispute.ix()].push((worth, position));
        }
        let most = master.pool.iter().map(|plan| plan.quality.abs()).max().unwrap_or(0);
        let served = 4 * most.max(1);
        let mut table = Self {
            position: Vec::new(),
            dispute: Vec::new(),
            value: Vec::new(),
            worth: Vec::new(),
            start: vec![0],
            uses: Vec::new(),
            limit: Vec::new(),
            by_worth: Vec::new(),
            by_value: Vec::new(),
            mediators: instance.mediators().len(),
            balance: instance.policy().weights.balance,
        };
        for (dispute, mut plans) in of_dispute.into_iter().enumerate() {
            plans.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            plans.truncate(TRIED);
            let first = table.position.len() as u32;
            for (worth, position) in plans {
                table.worth.push(worth);
                let plan = &master.pool[position];
                let reward = plan.priority * served * (1 + i64::from(plan.scheduled));
                table.position.push(position);
                table.dispute.push(dispute as u32);
                let low = matches!(tier, Tier::Below(level) if plan.level <= usize::from(level));
                let cost = if low { served / 2 } else { 0 } + plan.frozen * served / 4;
                table.value.push(plan.quality + reward - cost);
            }
            let own: Vec<u32> = (first..table.position.len() as u32).collect();
            let mut by_value = own.clone();
            by_value.sort_by_key(|at| (std::cmp::Reverse(table.value[*at as usize]), *at));
            table.by_worth.push(own);
            table.by_value.push(by_value);
        }
        table.count(engine, master, tier);
        table
    }

    /// Fills in what the plans use.
    fn count(&mut self, engine: &Engine<'_>, master: &Master<'_>, tier: Tier) {
        let instance = engine.instance;
        let rest = instance.slots_between(None, None);
        let plans: Vec<&PoolPlan> = self.position.iter().map(|at| &master.pool[*at]).collect();
        // Slots at which some plan holds a person or a room from.
        let mut people: BTreeMap<ActorIx, (Vec<u32>, u32, bool)> = BTreeMap::new();
        let mut rooms: BTreeMap<(PlaceIx, u32), Vec<u32>> = BTreeMap::new();
        for (plan, dispute) in plans.iter().zip(&self.dispute) {
            for hold in &plan.people {
                let known = people.entry(hold.person).or_insert((Vec::new(), *dispute, false));
                known.0.push(hold.start);
                known.2 |= known.1 != *dispute;
            }
            for room in &plan.rooms {
                rooms.entry((room.place, room.class)).or_default().push(room.start);
            }
        }
        let cases = instance.mediators().iter();
        self.limit =
            cases.map(|m| m.cases.map_or(i32::MAX, |c| c.min(i32::MAX as u32) as i32)).collect();
        let mut effort: BTreeMap<usize, u32> = BTreeMap::new();
        for (mediator, data) in instance.mediators().iter().enumerate() {
            if let Some(minutes) = data.minutes {
                effort.insert(mediator, self.limit.len() as u32);
                self.limit.push(minutes.clamp(0, i64::from(i32::MAX)) as i32);
            }
        }
        let batch = self.limit.len() as u32;
        let limits = (0..engine.batch.len()).map(|row| engine.batch.limit(row));
        self.limit.extend(limits.map(|limit| limit.clamp(0, i64::from(i32::MAX)) as i32));
        // Levels of service that have no more below them than the tiers above hold.
        let mut below: BTreeMap<usize, u32> = BTreeMap::new();
        for level in (0..instance.policy().levels.len()).filter(|l| tier > Tier::Below(*l as u8)) {
            below.insert(level, self.limit.len() as u32);
            self.limit.push(engine.quota[level].min(i32::MAX as u32) as i32);
        }
        // For each person who is shared, her slots and the first of her rows.
        let mut of_person: BTreeMap<ActorIx, (Vec<u32>, u32)> = BTreeMap::new();
        for (person, (mut slots, _, shared)) in people {
            if shared {
                slots.sort_unstable();
                slots.dedup();
                let first = self.limit.len() as u32;
                self.limit.resize(self.limit.len() + slots.len(), 1);
                of_person.insert(person, (slots, first));
            }
        }
        let mut of_room: BTreeMap<(PlaceIx, u32), (Vec<u32>, u32)> = BTreeMap::new();
        for ((place, class), mut slots) in rooms {
            slots.sort_unstable();
            slots.dedup();
            let number = instance.place(place).classes[class as usize].rooms.len() as i32;
            let first = self.limit.len() as u32;
            self.limit.resize(self.limit.len() + slots.len(), number);
            of_room.insert((place, class), (slots, first));
        }
        let mut days: BTreeMap<(ActorIx, i32), u32> = BTreeMap::new();
        for plan in plans {
            let mut uses: BTreeMap<u32, i32> = BTreeMap::new();
            let mut add = |row: u32, amount: i64| {
                let used = uses.entry(row).or_default();
                *used = used.saturating_add(amount.clamp(0, i64::from(i32::MAX)) as i32);
            };
            for (mediator, minutes) in &plan.seats {
                add(mediator.ix() as u32, 1);
                if let Some(row) = effort.get(&mediator.ix()) {
                    add(*row, *minutes);
                }
            }
            below.range(plan.level..).for_each(|(_, row)| add(*row, 1));
            for (row, factor) in &plan.batch {
                add(batch + *row as u32, *factor);
            }
            for hold in &plan.people {
                if let Some((slots, first)) = of_person.get(&hold.person) {
                    let from = slots.partition_point(|slot| *slot < hold.start);
                    let until = slots.partition_point(|slot| *slot < hold.end + rest);
                    (from..until).for_each(|at| add(first + at as u32, 1));
                }
                if let (Some(day), Some(limit)) = (hold.day, instance.day_slots()) {
                    let limits = &mut self.limit;
                    let row = *days.entry((hold.person, day)).or_insert_with(|| {
                        limits.push(limit as i32);
                        limits.len() as u32 - 1
                    });
                    add(row, i64::from(hold.slots()));
                }
            }
            for room in &plan.rooms {
                if let Some((slots, first)) = of_room.get(&(room.place, room.class)) {
                    let from = slots.partition_point(|slot| *slot < room.start);
                    let until = slots.partition_point(|slot| *slot < room.start + room.slots);
                    (from..until).for_each(|at| add(first + at as u32, 1));
                }
            }
            self.uses.extend(uses);
            self.start.push(self.uses.len());
        }
    }

    fn uses(&self, plan: u32) -> &[(u32, i32)] {
        &self.uses[self.start[plan as usize]..self.start[plan as usize + 1]]
    }
}

/// An answer made of plans of the table.
struct Answer<'t> {
    table: &'t Table,
    /// By dispute; `NONE` for one without.
    chosen: Vec<u32>,
    used: Vec<i32>,
    /// By row, the disputes that use it.
    holders: Vec<Vec<u32>>,
    worth: i64,
    /// Disputes that have changed, with what they had.
    log: Vec<(u32, u32)>,
}

impl<'t> Answer<'t> {
    fn new(table: &'t Table) -> Self {
        let (disputes, rows) = (table.by_value.len(), table.limit.len());
        Self {
            table,
            chosen: vec![NONE; disputes],
            used: vec![0; rows],
            holders: vec![Vec::new(); rows],
            worth: 0,
            log: Vec::new(),
        }
    }

    fn add(&mut self, plan: u32) {
        let dispute = self.table.dispute[plan as usize];
        self.chosen[dispute as usize] = plan;
        self.worth += self.table.value[plan as usize];
        for (row, amount) in self.table.uses(plan) {
            let at = *row as usize;
            if at < self.table.mediators {
                self.worth -= self.table.balance * i64::from(self.used[at]);
            }
            self.used[at] += amount;
            self.holders[at].push(dispute);
        }
    }

    fn remove(&mut self, dispute: u32) {
        let plan = std::mem::replace(&mut self.chosen[dispute as usize], NONE);
        if plan == NONE {
            return;
        }
        self.worth -= self.table.value[plan as usize];
        for (row, amount) in self.table.uses(plan) {
            let at = *row as usize;
            self.used[at] -= amount;
            if at < self.table.mediators {
                self.worth += self.table.balance * i64::from(self.used[at]);
            }
            if let Some(place) = self.holders[at].iter().position(|other| *other == dispute) {
                self.holders[at].swap_remove(place);
            }
        }
    }

    /// Gives a dispute a plan, or none.
    fn set(&mut self, dispute: u32, plan: u32) {
        self.log.push((dispute, self.chosen[dispute as usize]));
        self.remove(dispute);
        if plan != NONE {
            self.add(plan);
        }
    }

    fn undo(&mut self) {
        while let Some((dispute, plan)) = self.log.pop() {
            self.remove(dispute);
            if plan != NONE {
                self.add(plan);
            }
        }
    }

    /// True when a plan of a dispute that has none fits beside the others.
    fn fits(&self, plan: u32) -> bool {
        let within = |(row, amount): &(u32, i32)| {
            let row = *row as usize;
            self.used[row] <= self.table.limit[row] - amount
        };
        self.table.uses(plan).iter().all(within)
    }

    /// Whose plans to take out so that this one fits; false when there would be more than `most`.
    fn in_the_way(&self, plan: u32, most: usize, draw: &mut Draw, out: &mut Vec<u32>) -> bool {
        out.clear();
        for (row, amount) in self.table.uses(plan) {
            let (at, limit) = (*row as usize, self.table.limit[*row as usize]);
            if *amount > limit {
                return false;
            }
            let mut used = self.used[at];
            if used <= limit - amount {
                continue;
            }
            for dispute in out.iter().filter(|dispute| self.holders[at].contains(dispute)) {
                used -= self.amount(*dispute, *row);
            }
            while used > limit - amount {
                let others = self.holders[at].iter().filter(|other| !out.contains(other));
                let number = others.clone().count();
                if number == 0 || out.len() == most {
                    return false;
                }
                let Some(other) = others.copied().nth(draw.below(number)) else { return false };
                used -= self.amount(other, *row);
                out.push(other);
            }
        }
        true
    }

    /// How much of a row the plan of a dispute uses.
    fn amount(&self, dispute: u32, row: u32) -> i32 {
        let uses = self.table.uses(self.chosen[dispute as usize]);
        uses.binary_search_by_key(&row, |(row, _)| *row).map_or(0, |at| uses[at].1)
    }

    /// True when a dispute could have a better plan at the prices.
    fn lacks(&self, dispute: u32) -> bool {
        let best = self.table.by_worth[dispute as usize][0] as usize;
        let chosen = self.chosen[dispute as usize];
        chosen == NONE || self.table.worth[chosen as usize] < self.table.worth[best]
    }

    /// Gives a dispute another plan, and places those in its way anew.
    fn exchange(&mut self, dispute: u32, plan: u32, draw: &mut Draw, work: &mut Work) -> bool {
        self.set(dispute, NONE);
        if !self.in_the_way(plan, IN_THE_WAY, draw, &mut work.way) {
            return false;
        }
        work.open.clear();
        work.open.extend_from_slice(&work.way);
        work.moved.clear();
        work.moved.push(dispute);
        work.moved.extend_from_slice(&work.way);
        for at in 0..work.open.len() {
            self.set(work.open[at], NONE);
        }
        self.set(dispute, plan);
        let mut pushes = 0;
        while let Some(open) = work.open.pop() {
            let plans = &self.table.by_value[open as usize];
            let fitting = plans.iter().copied().find(|plan| self.fits(*plan));
            if pushes < PUSHES && (fitting.is_none() || draw.below(3) == 0) {
                let better = plans.iter().copied().take_while(|plan| Some(*plan) != fitting);
                let mut found = None;
                for plan in better {
                    if self.in_the_way(plan, 1, draw, &mut work.way)
                        && let Some(other) = work.way.first().filter(|o| !work.moved.contains(o))
                    {
                        found = Some((plan, *other));
                        break;
                    }
                }
                if let Some((plan, other)) = found {
                    pushes += 1;
                    self.set(other, NONE);
                    self.set(open, plan);
                    work.moved.push(other);
                    work.open.push(other);
                    continue;
                }
            }
            if let Some(plan) = fitting {
                self.set(open, plan);
            }
        }
        true
    }
}

/// Lists that a move fills.
#[derive(Default)]
struct Work {
    way: Vec<u32>,
    open: Vec<u32>,
    moved: Vec<u32>,
}

/// Searches the pool in so many moves a chain, from an answer; gives the plans of the best answer met.
pub(super) fn exchange(
    engine: &Engine<'_>,
    master: &Master<'_>,
    (tier, prices): (Tier, &Prices),
    start: &Solution,
    (moves, round, warm): (usize, u64, bool),
) -> Vec<Plan> {
    let table = Table::new(engine, master, (tier, prices));
    let seed = engine.options.seed.wrapping_mul(0x2545_F491_4F6C_DD1D).wrapping_add(round << 8);
    let chain = |(number, hot): (u64, f64)| {
        walk(engine, master, &table, start, (moves, seed + number, hot))
    };
    let chains: Vec<(i64, Vec<u32>)> = (0..)
        .zip(if warm { WARM } else { HOT })
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(chain)
        .collect();
    let best = chains.into_iter().reduce(|best, other| if other.0 > best.0 { other } else { best });
    let chosen = best.map(|(_, chosen)| chosen).unwrap_or_default();
    let plans = chosen.into_iter().filter(|plan| *plan != NONE);
    plans.map(|plan| master.pool[table.position[plan as usize]].plan.clone()).collect()
}

/// One chain: the worth of the best answer, and what each dispute has in it.
fn walk(
    engine: &Engine<'_>,
    master: &Master<'_>,
    table: &Table,
    start: &Solution,
    (moves, seed, hot): (usize, u64, f64),
) -> (i64, Vec<u32>) {
    let mut draw = Draw::new(seed);
    let mut answer = Answer::new(table);
    for (dispute, own) in table.by_value.iter().enumerate() {
        let known = start.plans[DisputeIx::new(dispute).ix()].as_ref();
        let same = |at: &&u32| Some(&master.pool[table.position[**at as usize]].plan) == known;
        if let Some(plan) = own.iter().find(same)
            && answer.fits(*plan)
        {
            answer.add(*plan);
        }
    }
    // What the prices have cut off, or what starts without a plan, gets the best that fits.
    for (dispute, own) in table.by_value.iter().enumerate() {
        if answer.chosen[dispute] == NONE
            && let Some(plan) = own.iter().copied().find(|plan| answer.fits(*plan))
        {
            answer.add(plan);
        }
    }
    let open: Vec<u32> = (0..table.by_worth.len() as u32)
        .filter(|d| !table.by_worth[*d as usize].is_empty())
        .collect();
    if open.is_empty() {
        return (answer.worth, answer.chosen);
    }
    let quality = master.pool.iter().map(|plan| plan.quality.abs() as f64).sum::<f64>();
    let mean = quality / master.pool.len().max(1) as f64;
    let (mut best, mut chosen) = (answer.worth, answer.chosen.clone());
    let mut work = Work::default();
    let mut lacking: Vec<u32> = Vec::new();
    for step in 0..moves {
        if step % 1024 == 0 && engine.control.should_stop() {
            break;
        }
        let part = step as f64 / moves as f64;
        let temperature = mean * hot * (COLD / hot).powf(part);
        // Every other move is of a dispute that could have better at the prices: by duality, the gap is what these
        // lack and what priced rows have left.
        if step % REVIEW == 0 {
            lacking.clear();
            lacking.extend(open.iter().copied().filter(|dispute| answer.lacks(*dispute)));
        }
        let among = if step % 2 == 0 && !lacking.is_empty() { &lacking } else { &open };
        let dispute = among[draw.below(among.len())];
        let plans = &table.by_worth[dispute as usize];
        // The better at the prices, the more often.
        let plan = plans[(draw.part().powi(3) * plans.len() as f64) as usize];
        if answer.chosen[dispute as usize] == plan {
            continue;
        }
        let before = answer.worth;
        answer.log.clear();
        let moved = answer.exchange(dispute, plan, &mut draw, &mut work);
        let change = answer.worth - before;
        if !moved || (change < 0 && draw.part() >= (change as f64 / temperature).exp()) {
            answer.undo();
        } else if answer.worth > best {
            best = answer.worth;
            chosen.clone_from(&answer.chosen);
        }
    }
    (best, chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Disputes with plans over rows of different limits.
    fn table(draw: &mut Draw) -> Table {
        let (disputes, plans, rows, mediators) = (6, 5, 12, 3);
        let mut table = Table {
            position: Vec::new(),
            dispute: Vec::new(),
            value: Vec::new(),
            worth: Vec::new(),
            start: vec![0],
            uses: Vec::new(),
            limit: (0..rows).map(|_| 1 + draw.below(2) as i32).collect(),
            by_worth: Vec::new(),
            by_value: Vec::new(),
            mediators,
            balance: 7,
        };
        for dispute in 0..disputes {
            let first = table.position.len() as u32;
            for _ in 0..plans {
                table.position.push(table.position.len());
                table.dispute.push(dispute);
                table.value.push(100 + draw.below(100) as i64);
                table.worth.push(draw.below(100) as i64);
                let used = (0..rows as u32).filter(|_| draw.below(4) == 0);
                let used: Vec<(u32, i32)> = used.map(|row| (row, 1)).collect();
                table.uses.extend(used);
                table.start.push(table.uses.len());
            }
            let own: Vec<u32> = (first..first + plans).collect();
            let mut by_value = own.clone();
            by_value.sort_by_key(|plan| std::cmp::Reverse(table.value[*plan as usize]));
            table.by_worth.push(own);
            table.by_value.push(by_value);
        }
        table
    }

    /// Worth, use and holders from nothing.
    fn anew<'t>(table: &'t Table, chosen: &[u32]) -> Answer<'t> {
        let mut answer = Answer::new(table);
        chosen.iter().filter(|plan| **plan != NONE).for_each(|plan| answer.add(*plan));
        answer
    }

    #[test]
    fn exchanges_keep_their_books_and_stay_within_every_limit() {
        let mut draw = Draw::new(11);
        for _ in 0..50 {
            let table = table(&mut draw);
            let mut answer = Answer::new(&table);
            let mut work = Work::default();
            for _ in 0..200 {
                let before = (answer.chosen.clone(), answer.worth);
                let dispute = draw.below(6) as u32;
                let plan = table.by_worth[dispute as usize][draw.below(5)];
                answer.log.clear();
                let moved = answer.exchange(dispute, plan, &mut draw, &mut work);
                if !moved || draw.below(3) == 0 {
                    answer.undo();
                    assert_eq!((answer.chosen.clone(), answer.worth), before);
                }
                let fresh = anew(&table, &answer.chosen);
                assert_eq!((answer.worth, &answer.used), (fresh.worth, &fresh.used));
                assert!(answer.used.iter().zip(&table.limit).all(|(used, limit)| used <= limit));
            }
        }
    }
}
