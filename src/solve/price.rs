//! Pricing: the best plans of one dispute at given prices, exactly.
//!
//! * Takes a `PlanSpace`, a `Market` (prices, tier, and optionally what is already `Taken`) and a
//!   `Restriction`; gives the largest reduced value of any plan allowed, and good plans.
//! * A panel of k members with gains g and shares c(t) in the value of dates t is worth
//!   `sum g + max over t of (b(t) + sum c(t))`, where b is what parties and places make of t. That
//!   is at most the sum over members of `g + max over t of (b(t) / k + c(t))`: every member ranked
//!   by herself bounds every panel. Panels are tried depth-first by falling rank, dropped when
//!   their rank, or the best dates of those already in, cannot beat the best plan known.

use super::dates::{Dates, NEVER};
use super::holds::World;
use super::prices::{NANO, Prices, Tier};
use super::restriction::Restriction;
use super::space::PlanSpace;
use super::taken::Taken;
use crate::availability::Availability;
use crate::domain::{Instance, Micro};
use crate::solution::Plan;

/// How many plans a call gives back at most, and column generation asks for.
pub(crate) const PLANS_KEPT: usize = 12;

/// How many members are ranked before the first panels are tried.
const FIRST_RANKED: usize = 12;

/// What pricing needs beside the space of the dispute.
#[derive(Clone, Copy)]
pub(crate) struct Market<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) availability: &'a Availability,
    pub(crate) prices: &'a Prices,
    pub(crate) tier: Tier,
    /// What is gone, whatever the prices. With it, plans are sound by themselves in every row; without,
    /// as docs/model.md has it, they may use more of a row than there is.
    pub(crate) taken: Option<&'a Taken<'a>>,
}

impl<'a> Market<'a> {
    /// The instance with what holds ask of it.
    pub(crate) fn world(&self) -> World<'a> {
        World::new(self.instance, self.availability)
    }
}

/// The dates of a plan that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Series {
    /// It has none.
    None,
    /// Those that the dynamic program likes best.
    Best,
    /// These.
    Starts(Vec<u32>),
}

/// What a dispute of a mediator who has too few is worth when placing: more than any quality, less
/// than any dates.
const LOADS_FIRST: i64 = 10_000_000_000_000;

/// A plan with its reduced value in nano-units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PricedPlan {
    pub(crate) value: i64,
    pub(crate) plan: Plan,
}

/// Worth in the tier, in micro-units, that does not depend on prices.
pub(crate) fn tier_value(
    tier: Tier,
    priority: i64,
    scheduled: bool,
    (quality, frozen, worse, level): (Micro, i64, i64, usize),
) -> Micro {
    match tier {
        Tier::Panels => priority * 1_000_000,
        Tier::Sessions => {
            if scheduled {
                priority * 1_000_000
            } else {
                0
            }
        }
        Tier::Frozen => -1_000_000 * frozen,
        Tier::Sides => -1_000_000 * worse,
        Tier::Below(tier) if level <= usize::from(tier) => -1_000_000,
        Tier::Loads | Tier::Worst | Tier::Below(_) => 0,
        Tier::Quality => quality,
    }
}

/// Panels whose service reaches as many levels of the policy as cost the same at the prices.
#[derive(Debug, Clone, Copy)]
struct Band {
    /// The least service of its panels, and what is more than theirs.
    from: Option<Micro>,
    to: Option<Micro>,
    /// What being below levels costs them, in nano-units.
    cost: i64,
}

/// All bands, the one that costs least first.
fn bands(market: Market<'_>) -> Vec<Band> {
    let levels = &market.instance.policy().levels;
    let cost = |reached: usize| {
        let worth = tier_value(market.tier, 0, false, (0, 0, 0, reached));
        let own = if matches!(market.tier, Tier::Below(_)) { worth } else { 0 };
        let beside = market.taken.map_or(0, |taken| taken.of_level(reached));
        market.prices.of_level(reached) + beside - own * NANO
    };
    let mut bands = vec![Band { from: None, to: None, cost: cost(levels.len()) }];
    for reached in (0..levels.len()).rev() {
        let cost = cost(reached);
        if let Some(above) = bands.last_mut().filter(|above| above.cost < cost) {
            above.from = Some(levels[reached]);
            bands.push(Band { from: None, to: Some(levels[reached]), cost });
        }
    }
    bands
}

/// The best plans of a dispute, best first, at most `keep` of them; empty when no plan is allowed.
///
/// With `floor`, plans whose reduced value does not exceed it may be left out: the answer is exact
/// above the floor.
pub(crate) fn best_plans(
    market: Market<'_>,
    space: &PlanSpace,
    restriction: &Restriction,
    floor: Option<i64>,
    keep: usize,
) -> Vec<PricedPlan> {
    plans_near_best(market, space, restriction, floor, (keep, 0))
}

/// The same with the plans, one for each panel, that are worth less than the best by no more than `slack`.
pub(crate) fn plans_near_best(
    market: Market<'_>,
    space: &PlanSpace,
    restriction: &Restriction,
    floor: Option<i64>,
    (keep, slack): (usize, i64),
) -> Vec<PricedPlan> {
    let Some(mut pricing) = Pricing::new(market, space, restriction, floor) else {
        return Vec::new();
    };
    pricing.slack = slack;
    let mut dates = pricing.dates.take();
    let bonus = pricing.panel_bonus;
    for band in bands(market) {
        pricing.panel_bonus = bonus - band.cost;
        pricing.turn_to(band);
        pricing.search(dates.as_mut());
    }
    pricing.found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.cmp(b)));
    pricing.found.dedup();
    pricing.found.truncate(keep.max(PLANS_KEPT));
    let plan = |(value, panel, series): (i64, Vec<usize>, Series)| {
        let starts = match series {
            Series::None => None,
            Series::Best => dates.as_mut().and_then(|d| d.starts(&panel)),
            Series::Starts(starts) => Some(starts),
        };
        let staff = starts.as_ref().and_then(|starts| dates.as_ref()?.staff(starts));
        let plan = space.plan(&panel, starts, staff.unwrap_or_default());
        // WHY: interpreters are chosen session by session, and may fail each other's days.
        let sound = market.taken.is_none_or(|taken| taken.admits(&plan));
        sound.then_some(PricedPlan { value, plan })
    };
    // WHY lazily: dates are found again for each plan that is given back.
    pricing.found.into_iter().filter_map(plan).take(keep).collect()
}

struct Pricing<'a> {
    space: &'a PlanSpace,
    taken: Option<&'a Taken<'a>>,
    /// Members who may sit beside those who must, and those of them who may in a panel of the band.
    all: Vec<usize>,
    candidates: Vec<usize>,
    /// Members who must sit.
    required: Vec<usize>,
    /// What each member adds to a panel, dates apart.
    gain: Vec<i64>,
    /// Values of dates; `None` where they are not wanted.
    dates: Option<Dates<'a>>,
    /// Added when the plan has a panel.
    panel_bonus: i64,
    /// Added when it has dates.
    dates_bonus: i64,
    may_lack_dates: bool,
    /// The least fit of a panel, where the space or the band demands one, with what the best candidates have
    /// together: nobody, one, two and so on.
    demand: Option<(Micro, Vec<Micro>)>,
    /// What is more than the fit of a panel of the band.
    too_much: Option<Micro>,
    /// What a plan must beat to be looked at: the best known less `slack`.
    best: i64,
    floor: i64,
    /// Plans worth less than the best by no more than this are wanted as well.
    slack: i64,
    /// Value, panel and dates: every plan that was looked at to the end.
    found: Vec<(i64, Vec<usize>, Series)>,
}

/// Candidates in the order in which they are tried.
struct Order {
    /// Rank and position, the best first.
    ranked: Vec<(i64, usize)>,
    /// For each place in the order, the largest gain from there on.
    top_gain: Vec<i64>,
}

impl<'a> Pricing<'a> {
    fn new(
        market: Market<'a>,
        space: &'a PlanSpace,
        restriction: &Restriction,
        floor: Option<i64>,
    ) -> Option<Self> {
        if !space.open {
            return None;
        }
        let Market { prices, tier, .. } = market;
        let has_sessions = !space.sessions.is_empty();
        let (panel_bonus, dates_bonus) = match tier {
            Tier::Panels => (space.priority * 1_000_000 * NANO, 0),
            Tier::Sessions => (prices.panels * space.priority, space.priority * 1_000_000 * NANO),
            _ => (prices.panels * space.priority, prices.scheduled * space.priority),
        };
        let mut required: Vec<usize> = space.required().collect();
        for mediator in &restriction.required {
            let position = space.members.iter().position(|m| m.mediator == *mediator)?;
            if !required.contains(&position) {
                required.push(position);
            }
        }
        let usable = |position: usize| {
            let member = &space.members[position];
            !restriction.forbidden.contains(&member.mediator)
                && market.taken.is_none_or(|taken| {
                    taken.has_capacity(market.instance, member.mediator, member.effort)
                        && taken.full_row(member.batch.iter().copied()).is_none()
                })
        };
        let compatible = |position: usize| {
            required.iter().all(|r| *r == position || space.compatible(*r, position))
        };
        if required.len() > space.size || !required.iter().all(|r| usable(*r) && compatible(*r)) {
            return None;
        }
        let balance = market.instance.policy().weights.balance * NANO;
        let gain = |member: &super::space::Member| {
            let worth = if tier == Tier::Quality { member.worth * NANO } else { 0 };
            // One more dispute of a mediator costs what balance says (docs/model.md).
            let load = market.taken.map_or(0, |taken| i64::from(taken.load(member.mediator)));
            let marginal = balance * load - prices.cases[member.mediator.ix()];
            // One that she is to have counts before all quality.
            let lacks = load < i64::from(market.instance.mediator(member.mediator).least);
            let due = if lacks && market.taken.is_some() { LOADS_FIRST } else { 0 };
            worth + due
                - prices.seat(member.mediator, member.effort)
                - marginal.max(0)
                - prices.batch_of(&member.batch)
        };
        // WHY: in tier 1 dates add nothing and only cost, so panels are priced without them.
        let wants_dates = has_sessions && tier != Tier::Panels;
        if !may_join(market.taken, space, required.iter()) {
            return None;
        }
        let all: Vec<usize> = (0..space.members.len())
            .filter(|m| !required.contains(m) && usable(*m) && compatible(*m))
            .collect();
        Some(Self {
            space,
            taken: market.taken,
            all,
            candidates: Vec::new(),
            demand: None,
            too_much: None,
            required,
            gain: space.members.iter().map(gain).collect(),
            dates: wants_dates.then(|| Dates::new(market, space, restriction)),
            panel_bonus: if has_sessions { panel_bonus } else { panel_bonus + dates_bonus },
            dates_bonus,
            may_lack_dates: !(wants_dates && restriction.scheduled),
            best: floor.unwrap_or(NEVER / 2),
            floor: floor.unwrap_or(NEVER / 2),
            slack: 0,
            found: Vec::new(),
        })
    }

    /// Turns to the panels of a band.
    fn turn_to(&mut self, band: Band) {
        let space = self.space;
        let size = space.size as Micro;
        let fit = |m: &usize| space.members[*m].fit;
        self.too_much = band.to.map(|service| service * size);
        self.candidates.clone_from(&self.all);
        self.demand = space.least().max(band.from.map(|service| service * size)).map(|least| {
            let mut fits: Vec<Micro> = self.all.iter().map(fit).collect();
            fits.sort_unstable_by_key(|fit| std::cmp::Reverse(*fit));
            let mut together = vec![0; space.size + 1];
            for number in 0..space.size {
                together[number + 1] = together[number] + fits.get(number).copied().unwrap_or(0);
            }
            (least, together)
        });
        if let Some((least, together)) = &self.demand {
            let held: Micro = self.required.iter().map(fit).sum();
            let others = together[(space.size - self.required.len()).saturating_sub(1)];
            self.candidates.retain(|m| held + fit(m) + others >= *least);
        }
    }

    /// True when a whole panel covers what it has to, and is one of the band.
    fn is_complete(&self, panel: &[usize]) -> bool {
        let fit: Micro = panel.iter().map(|m| self.space.members[*m].fit).sum();
        self.demand.as_ref().is_none_or(|(least, _)| fit >= *least)
            && self.too_much.is_none_or(|too_much| fit < too_much)
            && self.space.covers(panel)
    }

    /// True when a member may sit beside these, and enough fit is left to be had.
    fn fits(&self, panel: &[usize], member: usize) -> bool {
        let compatible = panel.iter().all(|m| self.space.compatible(*m, member));
        // WHY only with company: what is left for each alone has been looked at.
        compatible
            && self.may_serve(panel, member)
            && (panel.is_empty() || may_join(self.taken, self.space, panel.iter().chain([&member])))
    }

    /// True when some panel with these may have the service that is demanded.
    fn may_serve(&self, panel: &[usize], member: usize) -> bool {
        self.demand.as_ref().is_none_or(|(least, together)| {
            let fit = |m: &usize| self.space.members[*m].fit;
            let others = together[self.space.size.saturating_sub(panel.len() + 1)];
            panel.iter().map(fit).sum::<Micro>() + fit(&member) + others >= *least
        })
    }

    fn search(&mut self, dates: Option<&mut Dates<'a>>) {
        let gain: i64 = self.required.iter().map(|m| self.gain[*m]).sum();
        if let Some(dates) = dates {
            self.search_dated(dates, gain);
        }
        if self.may_lack_dates {
            let mut ranked: Vec<(i64, usize)> =
                self.candidates.iter().map(|m| (self.gain[*m], *m)).collect();
            sort_by_rank(&mut ranked);
            let panel = self.required.clone();
            self.extend_bare(&ranked, &panel, gain, 0);
        }
    }

    /// Tries every panel without dates that can beat the best.
    fn extend_bare(&mut self, ranked: &[(i64, usize)], panel: &[usize], gain: i64, next: usize) {
        let open = self.space.size - panel.len();
        if open == 0 {
            let value = self.panel_bonus + gain;
            if value > self.best && self.is_complete(panel) {
                self.record(value, panel, Series::None);
            }
            return;
        }
        for position in next..ranked.len() {
            let Some(ahead) = ranked.get(position..position + open) else { break };
            let ahead: i64 = ahead.iter().map(|(gain, _)| gain).sum();
            if self.panel_bonus + gain + ahead <= self.best {
                break;
            }
            let (own, member) = ranked[position];
            if self.fits(panel, member) {
                let longer = [panel, &[member]].concat();
                self.extend_bare(ranked, &longer, gain + own, position + 1);
            }
        }
    }

    /// Tries every panel with dates that can beat the best.
    ///
    /// Ranks cost a pass over the dates each, so they are found for the most promising members
    /// first; what these reach leaves most of the others out unranked.
    fn search_dated(&mut self, dates: &mut Dates<'a>, gain: i64) {
        let size = self.space.size as i64;
        let Some(alone) = dates.alone() else { return };
        let required = self.required.clone();
        let ranks = required.iter().map(|m| self.rank(dates, *m));
        let Some(held) = ranks.sum::<Option<i64>>() else { return };
        let open = self.space.size - required.len();
        let mut loose: Vec<(i64, usize)> =
            self.candidates.iter().map(|m| (size * self.gain[*m] + alone, *m)).collect();
        sort_by_rank(&mut loose);
        let ahead: i64 = loose.iter().take(open.saturating_sub(1)).map(|(rank, _)| rank).sum();
        let mut ranked: Vec<(i64, usize)> = Vec::new();
        let mut first = FIRST_RANKED;
        for (position, (at_most, member)) in loose.iter().enumerate() {
            if position == first {
                self.try_order(dates, &ranked, &required, (gain, held));
                first = usize::MAX;
            }
            let hope = (held + at_most + ahead).div_euclid(size);
            if hope + self.panel_bonus + self.dates_bonus <= self.best {
                break;
            }
            ranked.extend(self.rank(dates, *member).map(|rank| (rank, *member)));
        }
        self.try_order(dates, &ranked, &required, (gain, held));
    }

    /// In units of 1/size: size x gain + best of (b + size x c).
    fn rank(&self, dates: &mut Dates<'a>, member: usize) -> Option<i64> {
        let size = self.space.size as i64;
        let alone = dates.alone()?;
        let best = dates.best_weighted(&[member], size)?;
        Some(size * self.gain[member] + best.min(alone))
    }

    /// Tries the panels of the ranked members.
    fn try_order(
        &mut self,
        dates: &mut Dates<'a>,
        ranked: &[(i64, usize)],
        required: &[usize],
        sums: (i64, i64),
    ) {
        let mut ranked = ranked.to_vec();
        sort_by_rank(&mut ranked);
        let mut top_gain: Vec<i64> = ranked.iter().map(|(_, member)| self.gain[*member]).collect();
        for position in (1..top_gain.len()).rev() {
            top_gain[position - 1] = top_gain[position - 1].max(top_gain[position]);
        }
        self.extend_dated(dates, &Order { ranked, top_gain }, required, sums, 0);
    }

    /// Tries every way to complete `panel` with members ranked from `next` on; `sums` are the gain
    /// and the rank of those in the panel.
    fn extend_dated(
        &mut self,
        dates: &mut Dates<'a>,
        order: &Order,
        panel: &[usize],
        (gain, rank): (i64, i64),
        next: usize,
    ) {
        let (size, bonus) = (self.space.size as i64, self.panel_bonus + self.dates_bonus);
        let open = self.space.size - panel.len();
        if open == 0 {
            self.complete_dated(dates, panel, gain);
            return;
        }
        if !panel.is_empty() {
            // Dates only get worse with every further member.
            let Some(best) = dates.best(panel) else { return };
            let add = order.top_gain.get(next).map_or(0, |top| top * open as i64);
            let best = best.min(dates.alone().unwrap_or(best));
            if bonus + gain + add + best <= self.best {
                return;
            }
        }
        for position in next..order.ranked.len() {
            let Some(ahead) = order.ranked.get(position..position + open) else { break };
            let ahead: i64 = ahead.iter().map(|(rank, _)| rank).sum();
            if (rank + ahead).div_euclid(size) + bonus <= self.best {
                break;
            }
            let (own, member) = order.ranked[position];
            if self.fits(panel, member) {
                let longer = [panel, &[member]].concat();
                let sums = (gain + self.gain[member], rank + own);
                self.extend_dated(dates, order, &longer, sums, position + 1);
            }
        }
    }

    fn complete_dated(&mut self, dates: &mut Dates<'a>, panel: &[usize], gain: i64) {
        if !self.is_complete(panel) {
            return;
        }
        let Some(best) = dates.best(panel) else { return };
        let best = best.min(dates.alone().unwrap_or(best));
        let rest = self.panel_bonus + self.dates_bonus + gain;
        if dates.is_plain() {
            self.record(rest + best, panel, Series::Best);
            return;
        }
        if rest + best <= self.floor {
            return;
        }
        // The dates that the bound comes from may be sound, and then lift the cutoff.
        if let Some(starts) = dates.starts(panel)
            && dates.is_clear(panel, &starts)
            && let Some(value) = dates.value_of(panel, &starts)
        {
            self.record(rest + value, panel, Series::Starts(starts));
        }
        if rest + best > self.best
            && let Some((value, starts)) = dates.series(panel, self.best - rest)
        {
            self.record(rest + value, panel, Series::Starts(starts));
        }
    }

    /// Keeps a plan that was looked at to the end; those below the floor are of no use.
    fn record(&mut self, value: i64, panel: &[usize], series: Series) {
        if value > self.floor {
            self.best = self.best.max(value - self.slack);
            self.found.push((value, sorted(panel), series));
        }
    }
}

/// True when the rows A7 have room for these members together, beside what is taken.
fn may_join<'m>(
    taken: Option<&Taken<'_>>,
    space: &PlanSpace,
    panel: impl Iterator<Item = &'m usize>,
) -> bool {
    let uses = panel.flat_map(|m| space.members[*m].batch.iter().copied());
    taken.is_none_or(|taken| taken.may_join(uses))
}

fn sorted(panel: &[usize]) -> Vec<usize> {
    let mut panel = panel.to_vec();
    panel.sort_unstable();
    panel
}

/// By falling rank, the earlier in the roster first among equals.
fn sort_by_rank(ranked: &mut [(i64, usize)]) {
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
}
