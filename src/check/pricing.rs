//! The dearest plan of a dispute under prices: max over plans p of red(p), exactly.
//!
//! * Takes a desk, prices of a leaf and the answers on the way to it; gives the maximum or nothing.
//! * Dates of a set of members: dynamic programming over starts from the last session backward,
//!   with a sliding window maximum for the gaps; O(sessions x starts).
//! * Panels: branch and bound. A panel of q shares the parties' side of the dates in q parts, so
//!   q * red(panel) <= sum over members of the best that each does alone with its part. Sets that
//!   this leaves open are priced together. Whom even the parties' best dates would not lift above
//!   what a dozen have reached is not looked at.
//! * All in `i128`: no price that fits a document can overflow.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::desk::Desk;
use super::panels;
use super::ties;

/// The prices of a leaf, checked and by index.
#[derive(Debug, Clone, Default)]
pub(super) struct Prices {
    /// 1 to 3.
    pub(super) tier: usize,
    pub(super) cases: BTreeMap<usize, i128>,
    pub(super) effort: BTreeMap<usize, i128>,
    /// By actor.
    pub(super) time: BTreeMap<usize, Row>,
    /// By place.
    pub(super) rooms: BTreeMap<usize, Row>,
    /// By dispute and member: what rows A6 take.
    pub(super) batch: BTreeMap<(usize, usize), i128>,
    /// The limits of rows A6 at their prices.
    pub(super) limits: i128,
    pub(super) panels: i128,
    pub(super) scheduled: i128,
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
    fn between(&self, from: usize, to: usize) -> i128 {
        let before = |slot| {
            let n = self.0.partition_point(|x| x.0 < slot);
            n.checked_sub(1).and_then(|i| self.0.get(i)).map_or(0, |x| x.1)
        };
        before(to) - before(from)
    }
}

/// The answers about one dispute on the way to a leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// It must have a plan.
    pub(super) served: bool,
    /// It must be scheduled.
    pub(super) dated: bool,
    /// Who must sit.
    pub(super) with: BTreeSet<usize>,
    /// Who must not sit.
    pub(super) without: BTreeSet<usize>,
    /// By session: the last start allowed.
    pub(super) until: BTreeMap<usize, usize>,
    /// By session: the start must be later.
    pub(super) after: BTreeMap<usize, usize>,
}

/// The maximum of red(p) over the plans that the limits allow, and over 0 for going without one.
pub(super) fn best(
    desk: &Desk<'_, '_>,
    prices: &Prices,
    index: usize,
    limits: &Limits,
) -> Option<i128> {
    let floor = (!limits.served).then_some(0);
    let Some(dispute) = desk.facts.disputes.get(index).filter(|d| d.barred.is_none()) else {
        return floor;
    };
    let priority = i128::from(dispute.priority);
    let whole = 1_000_000_000 * priority;
    let panel_only = match prices.tier {
        1 => whole,
        _ => prices.panels * priority,
    };
    let scheduled = match prices.tier {
        1 => whole,
        2 => whole + prices.panels * priority,
        _ => (prices.panels + prices.scheduled) * priority,
    };
    if dispute.sessions.is_empty() {
        return Search::new(desk, prices, index, limits, false, scheduled).run(floor);
    }
    let mut most = floor;
    if !limits.dated {
        most = Search::new(desk, prices, index, limits, false, panel_only).run(most);
    }
    Search::new(desk, prices, index, limits, true, scheduled).run(most)
}

/// Whether a dispute has, by itself, a plan; with dates if asked.
pub(super) fn possible(desk: &Desk<'_, '_>, index: usize, dated: bool) -> bool {
    let limits = Limits { served: true, dated, ..Limits::default() };
    let prices = Prices { tier: 3, ..Prices::default() };
    let Some(dispute) = desk.facts.disputes.get(index).filter(|d| d.barred.is_none()) else {
        return false;
    };
    let dated = dated && !dispute.sessions.is_empty();
    let mut search = Search::new(desk, &prices, index, &limits, dated, 0);
    search.any_will_do = true;
    search.run(None).is_some()
}

/// A start with the weight of the parties and the place there, never positive.
type Start = (usize, i128);

/// How many mediators are tried before all others are weighed against what these reach.
const FIRST: usize = 12;

struct Search<'s, 'f, 'a> {
    desk: &'s Desk<'f, 'a>,
    prices: &'s Prices,
    index: usize,
    size: usize,
    constant: i128,
    /// By session; none when the plan has no dates.
    starts: Vec<Vec<Start>>,
    /// Who must sit.
    must: BTreeSet<usize>,
    /// Everyone who may sit, the most promising first.
    candidates: Vec<Candidate>,
    /// Those of them who have been looked at closely, the dearest first.
    members: Vec<Member>,
    best: Option<i128>,
    any_will_do: bool,
}

#[derive(Clone, Copy)]
struct Candidate {
    mediator: usize,
    gain: i128,
    /// At least what `Member::alone` will be.
    hope: i128,
}

struct Member {
    mediator: usize,
    gain: i128,
    /// By session, in the order of the starts; nothing where she is not free.
    costs: Vec<Vec<Option<i128>>>,
    /// `size` times the most that she can bring with her share of the dates.
    alone: i128,
}

impl<'s, 'f, 'a> Search<'s, 'f, 'a> {
    fn new(
        desk: &'s Desk<'f, 'a>,
        prices: &'s Prices,
        index: usize,
        limits: &Limits,
        dated: bool,
        constant: i128,
    ) -> Self {
        let dispute = &desk.facts.disputes[index];
        let mut search = Search {
            desk,
            prices,
            index,
            size: dispute.size,
            constant,
            starts: Vec::new(),
            must: dispute.required.iter().map(|(m, _)| *m).collect(),
            candidates: Vec::new(),
            members: Vec::new(),
            best: None,
            any_will_do: false,
        };
        search.must.extend(limits.with.iter().copied());
        if (1..=3).contains(&search.size) {
            if dated {
                search.open_starts(limits);
            }
            search.gather(limits);
        }
        search
    }

    fn open_starts(&mut self, limits: &Limits) {
        let prices = self.prices;
        let dispute = &self.desk.facts.disputes[self.index];
        let per_point = self.per_point();
        for (s, (session, slots)) in
            dispute.sessions.iter().zip(&self.desk.slots[self.index]).enumerate()
        {
            let mut rows: Vec<&Row> =
                session.people.iter().filter_map(|a| prices.time.get(a)).collect();
            rows.extend(session.place.and_then(|k| prices.rooms.get(&k)));
            let allowed = |slot: usize| {
                limits.until.get(&s).is_none_or(|&last| slot <= last)
                    && limits.after.get(&s).is_none_or(|&first| slot > first)
            };
            let weigh = |&(slot, points): &(usize, i64)| {
                let paid: i128 =
                    rows.iter().map(|row| row.between(slot, slot + slots.length)).sum();
                (slot, -(per_point * i128::from(points)) - paid)
            };
            let open = slots.starts.iter().filter(|(slot, _)| allowed(*slot)).map(weigh);
            self.starts.push(open.collect());
        }
    }

    fn per_point(&self) -> i128 {
        if self.prices.tier == 3 { 1000 * i128::from(self.desk.facts.w_burden) } else { 0 }
    }

    /// Everyone who may sit, with what she would bring if the parties' best dates were free to her.
    fn gather(&mut self, limits: &Limits) {
        let (facts, prices) = (self.desk.facts, self.prices);
        let dispute = &facts.disputes[self.index];
        let Some(dates) = self.dates(&[], 1) else {
            return;
        };
        for m in 0..facts.mediators.len() {
            if !self.desk.eligibility.eligible(self.index, m) || limits.without.contains(&m) {
                continue;
            }
            let price = |row: &BTreeMap<usize, i128>| row.get(&m).copied().unwrap_or(0);
            let effort = dispute.effort.get(m).copied().map_or(0, i128::from);
            let seat = if prices.tier == 3 { 1000 * i128::from(facts.seat(dispute, m)) } else { 0 };
            let rows = prices.batch.get(&(self.index, m)).copied().unwrap_or(0);
            let gain = seat - price(&prices.cases) - price(&prices.effort) * effort - rows;
            let hope = self.size as i128 * gain + dates;
            self.candidates.push(Candidate { mediator: m, gain, hope });
        }
        self.candidates.sort_by_key(|x| (std::cmp::Reverse(x.hope), x.mediator));
    }

    /// Looks closely at some candidates.
    fn admit(&mut self, candidates: &[Candidate]) {
        for c in candidates {
            let costs = if self.starts.is_empty() { Vec::new() } else { self.costs(c.mediator) };
            let mut member = Member { mediator: c.mediator, gain: c.gain, costs, alone: 0 };
            if let Some(alone) = self.together(&[&member]) {
                member.alone = alone;
                self.members.push(member);
            }
        }
        self.members.sort_by_key(|x| (std::cmp::Reverse(x.alone), x.mediator));
    }

    fn costs(&self, m: usize) -> Vec<Vec<Option<i128>>> {
        let (facts, prices) = (self.desk.facts, self.prices);
        let per_point = self.per_point();
        let row = facts.actor_of.get(m).and_then(|a| prices.time.get(a));
        let sessions = facts.disputes[self.index].sessions.iter();
        sessions
            .zip(&self.desk.slots[self.index])
            .zip(&self.starts)
            .map(|((session, slots), starts)| {
                let table = self.desk.table(m, session);
                let cost = |&(slot, _): &Start| {
                    let end = slot + slots.length;
                    let points = i128::from(table?.cost(slot, end)?);
                    Some(per_point * points + row.map_or(0, |r| r.between(slot, end)))
                };
                starts.iter().map(cost).collect()
            })
            .collect()
    }

    /// `size` times the gains of some members, with their share of the best dates they have
    /// together; nothing when they have none.
    fn together(&self, members: &[&Member]) -> Option<i128> {
        let gains: i128 = members.iter().map(|m| m.gain).sum();
        let dates = self.dates(members, members.len() as i128)?;
        Some(self.size as i128 * gains + dates)
    }

    /// The most that dates of some members bring: so many parts of the parties' weight, less
    /// `size` times the costs of the members.
    fn dates(&self, members: &[&Member], share: i128) -> Option<i128> {
        let size = self.size as i128;
        if self.starts.is_empty() {
            return Some(0);
        }
        let slots = &self.desk.slots[self.index];
        // The starts of the session after, latest first, each with the best from there on.
        let mut later: Vec<Start> = Vec::new();
        for (s, starts) in self.starts.iter().enumerate().rev() {
            let mut here = Vec::new();
            let mut window: VecDeque<Start> = VecDeque::new();
            let mut entered = 0;
            for (i, &(slot, weight)) in starts.iter().enumerate().rev() {
                let cost = members
                    .iter()
                    .try_fold(0_i128, |sum, m| Some(sum + (*m.costs.get(s)?.get(i)?)?));
                let Some(cost) = cost else { continue };
                let mut value = share * weight - size * cost;
                if let Some(next) = slots.get(s + 1) {
                    let first = slot + slots[s].length + next.min_gap;
                    while let Some(&(at, rest)) = later.get(entered).filter(|x| x.0 >= first) {
                        while window.back().is_some_and(|x| x.1 <= rest) {
                            window.pop_back();
                        }
                        window.push_back((at, rest));
                        entered += 1;
                    }
                    if let Some(gap) = next.max_gap {
                        let last = slot + slots[s].length + gap;
                        while window.front().is_some_and(|x| x.0 > last) {
                            window.pop_front();
                        }
                    }
                    let Some(&(_, rest)) = window.front() else {
                        continue;
                    };
                    value += rest;
                }
                here.push((slot, value));
            }
            later = here;
        }
        later.iter().map(|x| x.1).max()
    }

    fn run(mut self, floor: Option<i128>) -> Option<i128> {
        self.best = floor;
        let size = self.size;
        if !(1..=3).contains(&size) || self.must.len() > size {
            return self.best;
        }
        let all = std::mem::take(&mut self.candidates);
        let early = |n: usize, c: &Candidate| n < FIRST || self.must.contains(&c.mediator);
        let (first, rest): (Vec<_>, Vec<_>) =
            all.into_iter().enumerate().partition(|(n, c)| early(*n, c));
        self.admit(&first.into_iter().map(|x| x.1).collect::<Vec<_>>());
        self.search();
        // Nobody brings more than this, looked at or not.
        let alone = self.members.iter().map(|m| m.alone);
        let Some(most) = alone.chain(rest.iter().map(|x| x.1.hope)).max() else {
            return self.best;
        };
        let others = most * (size as i128 - 1);
        let kept: Vec<Candidate> =
            rest.into_iter().map(|x| x.1).filter(|c| self.improves(c.hope + others)).collect();
        if !kept.is_empty() {
            self.admit(&kept);
            self.search();
        }
        self.best
    }

    /// Tries all panels of members that could be better than the best so far.
    fn search(&mut self) {
        let place = |m: &usize| self.members.iter().position(|x| x.mediator == *m);
        let mut chosen: Vec<usize> = self.must.iter().filter_map(place).collect();
        let apart = self
            .must
            .iter()
            .any(|&a| self.must.iter().any(|&b| a < b && self.desk.clash(self.index, a, b)));
        // WHY: someone who must sit but cannot leaves no plan.
        if chosen.len() < self.must.len() || apart {
            return;
        }
        if let Some(bound) = self.price(&chosen) {
            self.extend(&mut chosen, 0, bound);
        }
    }

    fn price(&self, chosen: &[usize]) -> Option<i128> {
        match chosen {
            [] => Some(0),
            [one] => self.members.get(*one).map(|m| m.alone),
            _ => {
                let members: Vec<&Member> =
                    chosen.iter().filter_map(|&i| self.members.get(i)).collect();
                self.together(&members)
            }
        }
    }

    /// Whether `bound`, `size` times the value of a panel without the constant, would be a gain.
    fn improves(&self, bound: i128) -> bool {
        let size = self.size as i128;
        match self.best {
            Some(_) if self.any_will_do => false,
            Some(best) => bound + size * self.constant > size * best,
            None => true,
        }
    }

    fn extend(&mut self, chosen: &mut Vec<usize>, from: usize, bound: i128) {
        let left = self.size - chosen.len().min(self.size);
        if left == 0 {
            // WHY: `bound` is exact here, and a multiple of the size.
            let value = bound.div_euclid(self.size as i128) + self.constant;
            if self.improves(bound) && self.stands(chosen) {
                self.best = Some(value);
            }
            return;
        }
        for next in from..self.members.len() {
            let alone = self.members[next].alone;
            if !self.improves(bound + alone * left as i128) {
                break;
            }
            if chosen.contains(&next) || !self.may_join(chosen, next, left) {
                continue;
            }
            chosen.push(next);
            if (left > 1 || self.stands(chosen))
                && let Some(bound) = self.price(chosen)
                && self.improves(bound + alone * (left as i128 - 1))
            {
                self.extend(chosen, next + 1, bound);
            }
            chosen.pop();
        }
    }

    fn may_join(&self, chosen: &[usize], next: usize, left: usize) -> bool {
        let mediator = |i: usize| self.members.get(i).map_or(usize::MAX, |m| m.mediator);
        let new = mediator(next);
        let covers = self.desk.needs.get(self.index).into_iter().flatten().all(|need| {
            let meets = |m: usize| usize::from(need.met.get(m).copied().unwrap_or(false));
            let met: usize = chosen.iter().map(|&i| meets(mediator(i))).sum();
            met + meets(new) + left > need.count
        });
        covers
            && !self.crowds(chosen.iter().map(|&i| mediator(i)).chain([new]))
            && !chosen.iter().any(|&i| self.desk.clash(self.index, mediator(i), new))
    }

    /// Whether too many of these are tied to sides, where the policy asks.
    fn crowds(&self, members: impl Iterator<Item = usize>) -> bool {
        let facts = self.desk.facts;
        ties::limits(facts.disputes[self.index].policy) && {
            let members: Vec<usize> = members.collect();
            panels::too_tied(facts, self.desk.eligibility, self.index, &members).is_some()
        }
    }

    fn stands(&self, chosen: &[usize]) -> bool {
        let members: Vec<usize> =
            chosen.iter().filter_map(|&i| self.members.get(i)).map(|m| m.mediator).collect();
        panels::stands(self.desk.facts, self.desk.eligibility, self.index, &members)
    }
}
