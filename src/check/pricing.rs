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
use super::facts::Session;
use super::limits::Limits;
use super::objective::days_late;
use super::panels;
use super::prices::{Prices, Tier};
use super::rooms::{Class, classes};
use super::series;
use super::sharing::side_people;

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
        Tier::Panels => whole,
        _ => prices.panels * priority,
    };
    let scheduled = match prices.tier {
        Tier::Panels => whole,
        Tier::Sessions => whole + prices.panels * priority,
        _ => (prices.panels + prices.scheduled) * priority,
    };
    // A panel that reaches a level costs what missing the others costs. WHY the best served first: what they reach
    // leaves out most of the others.
    let mut steps = vec![(None, prices.of_service(desk.facts, i64::MIN))];
    for level in &desk.facts.levels {
        let cost = prices.of_service(desk.facts, *level);
        if steps.last().is_some_and(|(_, before)| cost < *before) {
            steps.push((Some(*level), cost));
        }
    }
    let mut most = floor;
    for (level, cost) in steps.into_iter().rev() {
        let service = prices.service.max(level);
        let search = |dated: bool, worth: i128| {
            Search::new(desk, prices, (index, service), limits, dated, worth - cost)
        };
        if dispute.sessions.is_empty() {
            most = search(false, scheduled).run(most);
            continue;
        }
        if !limits.dated {
            most = search(false, panel_only).run(most);
        }
        most = search(true, scheduled).run(most);
    }
    most
}

/// Whether a dispute has, by itself, a plan; with dates if asked.
pub(super) fn possible(desk: &Desk<'_, '_>, index: usize, dated: bool) -> bool {
    possible_within(desk, index, dated, &Limits { served: true, dated, ..Limits::default() })
}

/// The same within limits.
pub(super) fn possible_within(
    desk: &Desk<'_, '_>,
    index: usize,
    dated: bool,
    limits: &Limits,
) -> bool {
    // WHY this tier: in it nothing has a worth but to have dates at all.
    let prices = Prices { tier: Tier::Sessions, ..Prices::default() };
    let Some(dispute) = desk.facts.disputes.get(index).filter(|d| d.barred.is_none()) else {
        return false;
    };
    let dated = dated && !dispute.sessions.is_empty();
    let mut search = Search::new(desk, &prices, (index, None), limits, dated, 0);
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
    /// Price of a point that the worse-off side bears; 0 where none bears any.
    of_worse: i128,
    /// By session, in the order of the starts: what each side bears.
    sides: Vec<Vec<Vec<i64>>>,
    /// The most that the parties alone make of the dates, where sides have a price.
    parties: Option<i128>,
    /// The least sum of fit that a panel must have, where there is such a demand.
    least: Option<i64>,
    /// The largest fit of a candidate.
    fittest: i64,
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
        (index, service): (usize, Option<i64>),
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
            of_worse: 0,
            sides: Vec::new(),
            parties: None,
            least: service.map(|service| service.saturating_mul(dispute.size as i64)),
            fittest: 0,
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
                search.share();
            }
            search.gather(limits);
        }
        search
    }

    fn open_starts(&mut self, limits: &Limits) {
        let (facts, prices) = (self.desk.facts, self.prices);
        let dispute = &facts.disputes[self.index];
        let per_point = self.per_point();
        let (per_day, per_move) =
            if prices.tier == Tier::Quality { (facts.w_lateness, 1000) } else { (0, 0) };
        for (s, (session, slots)) in
            dispute.sessions.iter().zip(&self.desk.slots[self.index]).enumerate()
        {
            let allowed = |slot: usize| {
                limits.until.get(&s).is_none_or(|&last| slot <= last)
                    && limits.after.get(&s).is_none_or(|&first| slot > first)
            };
            let weigh = |&(slot, points): &(usize, i64)| {
                let time = (slot, slots.length);
                let people = session.people.iter().filter(|_| !session.held);
                let paid: i128 = people.map(|&a| prices.attendance(facts, a, session, time)).sum();
                let late = days_late(session, facts.grid.instant(slot));
                let staff = self.rooms(session, time)? + self.booths(session, time)?;
                let late = 1000 * i128::from(per_day) * i128::from(late);
                let moved =
                    per_move * i128::from(facts.moves(self.index, s, facts.grid.instant(slot)));
                let thawed = facts.thaws(self.index, s, facts.grid.instant(slot));
                let moved = moved + if thawed { prices.of_thaw() } else { 0 };
                Some((slot, -(per_point * i128::from(points)) - paid - staff - late - moved))
            };
            let open = slots.starts.iter().filter(|(slot, _)| allowed(*slot));
            let open = open.filter_map(weigh).collect();
            self.starts.push(open);
        }
    }

    /// The cheapest rooms of a session; nothing where the place has not got them.
    fn rooms(&self, session: &Session<'_>, (slot, length): (usize, usize)) -> Option<i128> {
        let Some(k) = session.place.filter(|_| !session.held) else { return Some(0) };
        let place = self.desk.facts.places.get(k)?;
        let need = session.rooms;
        let offers: Vec<(Class, i128)> = classes(&place.doc.rooms)
            .into_iter()
            .map(|class| {
                let row = self.prices.rooms.get(&(k, class.seats));
                (class, row.map_or(0, |row| row.between(slot, slot + length)))
            })
            .collect();
        need.cheapest(&offers)
    }

    /// The cheapest teams of a session, each booth by itself; nothing where one cannot be filled.
    fn booths(&self, session: &Session<'_>, (slot, length): (usize, usize)) -> Option<i128> {
        let (desk, facts) = (self.desk, self.desk.facts);
        let mut total = 0;
        for booth in session.booths.iter().filter(|_| !session.held) {
            let may = booth.suited.iter().filter(|i| desk.eligibility.interprets(self.index, **i));
            let mut costs: Vec<i128> = may
                .filter_map(|i| {
                    let actor = *facts.voices.get(*i)?;
                    let points = desk.table(actor, session)?.cost(slot, slot + length)?;
                    let price = self.prices.attendance(facts, actor, session, (slot, length));
                    Some(self.per_point() * i128::from(points) + price)
                })
                .collect();
            costs.sort_unstable();
            total += costs.get(..booth.size)?.iter().sum::<i128>();
        }
        Some(total)
    }

    /// What sides bear at the open starts, where it has a price.
    fn share(&mut self) {
        let facts = self.desk.facts;
        let price = self.prices.of_worse(facts);
        if price == 0 {
            return;
        }
        let dispute = &facts.disputes[self.index];
        for ((session, slots), starts) in
            dispute.sessions.iter().zip(&self.desk.slots[self.index]).zip(&self.starts)
        {
            let people: Vec<Vec<usize>> =
                dispute.sides.iter().map(|(side, _)| side_people(dispute, session, side)).collect();
            let bears = |people: &Vec<usize>, slot: usize| -> i64 {
                let tables = people.iter().filter_map(|a| self.desk.table(*a, session));
                let costs = tables.filter_map(|table| table.cost(slot, slot + slots.length));
                costs.max().unwrap_or(0)
            };
            let at = |(slot, _): &Start| people.iter().map(|own| bears(own, *slot)).collect();
            self.sides.push(starts.iter().map(at).collect());
        }
        if self.sides.iter().flatten().flatten().any(|points| *points > 0) {
            self.of_worse = price;
            self.parties = self.exact(&[], None);
        }
    }

    /// The most that some members make of the dates, whole, where it is more than the cutoff.
    fn exact(&self, members: &[&Member], cutoff: Option<i128>) -> Option<i128> {
        let mut open = Vec::with_capacity(self.starts.len());
        for (s, starts) in self.starts.iter().enumerate() {
            let start = |(i, &(slot, weight)): (usize, &Start)| {
                let cost = members
                    .iter()
                    .try_fold(0_i128, |sum, m| Some(sum + (*m.costs.get(s)?.get(i)?)?))?;
                let sides = self.sides.get(s)?.get(i)?.clone();
                Some(series::Start { slot, worth: weight - cost, sides })
            };
            open.push(starts.iter().enumerate().filter_map(start).collect());
        }
        series::best(&self.desk.slots[self.index], &open, self.of_worse, cutoff)
    }

    fn per_point(&self) -> i128 {
        match self.prices.tier {
            Tier::Quality => 1000 * i128::from(self.desk.facts.w_burden),
            _ => 0,
        }
    }

    /// Everyone who may sit, with what she would bring if the parties' best dates were free to her.
    fn gather(&mut self, limits: &Limits) {
        let (facts, prices) = (self.desk.facts, self.prices);
        let dispute = &facts.disputes[self.index];
        let Some(dates) = self.dates(&[], 1) else {
            return;
        };
        for m in self.desk.eligibility.all_eligible(self.index) {
            if limits.without.contains(&m) {
                continue;
            }
            let price = |row: &BTreeMap<usize, i128>| row.get(&m).copied().unwrap_or(0);
            let effort = i128::from(dispute.effort(m));
            let seat = match prices.tier {
                Tier::Quality => {
                    let costs = facts.rotation(m).saturating_add(facts.seat_changes(self.index, m));
                    1000 * (i128::from(facts.seat(dispute, m)) - i128::from(costs))
                }
                _ => 0,
            };
            let rows = prices.batch.get(&(self.index, m)).copied().unwrap_or(0);
            let cost = price(&prices.cases) - price(&prices.floor) + price(&prices.effort) * effort;
            let gain = seat - cost - rows - price(&prices.caps);
            let hope = self.size as i128 * gain + dates;
            self.fittest = self.fittest.max(self.fit(m));
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
        let actor = facts.actor_of.get(m).copied().unwrap_or(usize::MAX);
        let sessions = facts.disputes[self.index].sessions.iter();
        sessions
            .zip(&self.desk.slots[self.index])
            .zip(&self.starts)
            .map(|((session, slots), starts)| {
                if session.held {
                    return vec![Some(0); starts.len()];
                }
                let table = self.desk.table(actor, session);
                let cost = |&(slot, _): &Start| {
                    let points = i128::from(table?.cost(slot, slot + slots.length)?);
                    let price = prices.attendance(facts, actor, session, (slot, slots.length));
                    Some(per_point * points + price)
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
    /// `size` times the costs of the members. Where sides have a price, no less than that.
    fn dates(&self, members: &[&Member], share: i128) -> Option<i128> {
        let apart = self.dates_apart(members, share)?;
        // WHY: no panel has better dates than the parties alone.
        if self.of_worse == 0 { Some(apart) } else { Some(apart.min(share * self.parties?)) }
    }

    /// The same with an equal part of every side in the place of the worse-off one.
    fn dates_apart(&self, members: &[&Member], share: i128) -> Option<i128> {
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
                let mut value = share * (weight - self.mixed(s, i)) - size * cost;
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

    /// What an equal mixture of the sides costs at a start, rounded down.
    fn mixed(&self, session: usize, start: usize) -> i128 {
        if self.of_worse == 0 {
            return 0;
        }
        let Some(sides) = self.sides.get(session).and_then(|x| x.get(start)) else { return 0 };
        let sum: i128 = sides.iter().map(|points| i128::from(*points)).sum();
        (self.of_worse * sum).div_euclid(sides.len().max(1) as i128)
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
            if self.improves(bound) && self.stands(chosen) {
                self.close(chosen, bound);
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

    /// Takes a whole panel's value where it is the best so far.
    fn close(&mut self, chosen: &[usize], bound: i128) {
        if self.of_worse == 0 {
            // WHY: `bound` is exact here, and a multiple of the size.
            self.best = Some(bound.div_euclid(self.size as i128) + self.constant);
            return;
        }
        let members: Vec<&Member> = chosen.iter().filter_map(|&i| self.members.get(i)).collect();
        let rest = members.iter().map(|m| m.gain).sum::<i128>() + self.constant;
        let value = self.exact(&members, self.best.map(|best| best - rest));
        if let Some(value) = value {
            self.best = self.best.max(Some(value + rest));
        }
    }

    fn may_join(&self, chosen: &[usize], next: usize, left: usize) -> bool {
        let mediator = |i: usize| self.members.get(i).map_or(usize::MAX, |m| m.mediator);
        let new = mediator(next);
        let members = chosen.iter().map(|&i| mediator(i));
        panels::may_join(self.desk, self.index, &members, new, left)
            && self.may_serve(members.chain([new]), left - 1)
    }

    fn fit(&self, mediator: usize) -> i64 {
        let dispute = self.desk.facts.disputes.get(self.index);
        dispute.map_or(0, |dispute| dispute.fit(mediator))
    }

    /// Whether these can be part of a panel of the service that is demanded, with `left` more.
    fn may_serve(&self, members: impl Iterator<Item = usize>, left: usize) -> bool {
        self.least.is_none_or(|least| {
            let fit: i64 = members.map(|m| self.fit(m)).sum();
            fit + self.fittest * left as i64 >= least
        })
    }

    fn stands(&self, chosen: &[usize]) -> bool {
        let members: Vec<usize> =
            chosen.iter().filter_map(|&i| self.members.get(i)).map(|m| m.mediator).collect();
        self.may_serve(members.iter().copied(), 0)
            && panels::stands(self.desk.facts, self.desk.eligibility, self.index, &members)
    }
}
