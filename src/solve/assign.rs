//! Pure assignment: where nothing but the mediators' cases couples disputes, all panels at once.
//!
//! * Takes the instance and its tables; gives the best answer that gives every dispute its panel
//!   that could have one by itself, with the prices of cases that prove it; or nothing, where the
//!   docket is not of that kind or cannot be served whole.
//! * It is a transportation problem (room `transport`), with what balance costs as the rise of the
//!   supply of cases, and smallest loads as they are. No plan space is made: there may be millions of pairs.

use std::cmp::Reverse;

use super::batch::Batch;
use super::certificate::{certificate, root};
use super::prices::{Held, NANO, Prices, Tier};
use super::search::TierResult;
use super::space::may_have_seat;
use super::{Alone, Control, Options, Outcome};
use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{Dispute, DisputeIx, Instance, MediatorIx, Micro};
use crate::eligibility::EligibilityTable;
use crate::format::NationalityPolicy;
use crate::solution::{Plan, Solution, TIERS, evaluate, seat_worth};
use crate::transport::Transport;

/// What a seat of a mediator in a dispute is worth by her fit, in micro-units; negative where rotation or a change to an
/// earlier plan costs more.
type Worth<'w> = &'w dyn Fn(DisputeIx, MediatorIx, Micro) -> Micro;

/// A docket that is nothing but an assignment.
struct Assignment<'a> {
    instance: &'a Instance,
    conflicts: &'a ConflictTable,
    eligibility: &'a EligibilityTable,
    batch: &'a Batch<'a>,
    /// Disputes that can have a panel by themselves.
    open: Vec<DisputeIx>,
}

/// The best answer, its bounds and their prices.
pub(crate) fn assign(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    batch: &Batch<'_>,
    options: Options,
    control: &Control<'_>,
) -> Option<Outcome> {
    let assignment = Assignment::new(instance, conflicts, eligibility, batch)?;
    let weight = instance.policy().weights.fit;
    let worth =
        |d, m, fit| seat_worth(weight, fit) - instance.rotation(m) - instance.seat_change(d, m);
    let balance = instance.policy().weights.balance;
    let (solution, prices) = assignment.solve(control, &worth, balance, Tier::Quality)?;
    let objective = evaluate(instance, availability, &solution);
    control.report(instance, (&solution, &objective), None);
    let mut bounds = [0; TIERS];
    let mut results = Vec::with_capacity(TIERS);
    for tier in Tier::all(instance) {
        let held = Held::before(tier, objective.tiers());
        let result = match tier {
            Tier::Quality => {
                TierResult::leaf(assignment.bound(&prices, tier, held, &worth), prices.clone())
            }
            Tier::Loads if objective.loads < 0 => {
                let (_, prices) = assignment.solve(control, &|_, _, _| 0, 0, tier)?;
                TierResult::leaf(assignment.bound(&prices, tier, held, &|_, _, _| 0), prices)
            }
            // All that can be had is had, at no price.
            _ => TierResult::leaf(objective.tiers()[tier.ix()], Prices::zero(instance)),
        };
        bounds[tier.ix()] = result.bound;
        results.push(result);
    }
    let mut alone =
        vec![Alone { panel: false, scheduled: false, dates: true }; solution.plans.len()];
    for dispute in &assignment.open {
        alone[dispute.ix()] = Alone { panel: true, scheduled: true, dates: true };
    }
    Some(Outcome {
        bounds,
        certificate: certificate(instance, batch, &results),
        root: root(instance, batch, &results),
        stop: None,
        nodes: results.len() as u64,
        plans: assignment.open.len() as u64,
        objective,
        solution,
        alone,
        options,
        reserves: Vec::new(),
    })
}

impl<'a> Assignment<'a> {
    /// The assignment that a docket is, if it is one and has a dispute that can be served.
    fn new(
        instance: &'a Instance,
        conflicts: &'a ConflictTable,
        eligibility: &'a EligibilityTable,
        batch: &'a Batch<'a>,
    ) -> Option<Self> {
        let mut found = Self { instance, conflicts, eligibility, batch, open: Vec::new() };
        // Rows A6 and A7 couple disputes too; who must not be served worse is for `worst` to say.
        if batch.len() > 0
            || instance.policy().worst_first
            || !instance.policy().levels.is_empty()
            || !instance.dispute_indices().all(|d| found.is_plain(d))
        {
            return None;
        }
        let can = |d: &DisputeIx| {
            let data = instance.dispute(*d);
            data.gates.is_empty() && found.members(*d).count() >= data.panel.size
        };
        found.open = instance.dispute_indices().filter(can).collect();
        (!found.open.is_empty()).then_some(found)
    }

    /// True when any distinct members make a panel, and nothing but their cases is used up.
    fn is_plain(&self, dispute: DisputeIx) -> bool {
        let data: &Dispute = self.instance.dispute(dispute);
        let panel = &data.panel;
        let about_panels = matches!(
            self.instance.nationality_policy(dispute),
            NationalityPolicy::MajorityNeutral | NationalityPolicy::OnePerSide
        );
        let takes_no_hours = |(mediator, _, effort): &(MediatorIx, Micro, i64)| {
            *effort == 0 || self.instance.mediator(*mediator).minutes.is_none()
        };
        data.sessions.is_empty()
            && panel.languages.is_empty()
            && panel.expertise.is_empty()
            && panel.required.is_empty()
            && !about_panels
            && (panel.size == 1 || !(panel.distinct_nationalities || self.conflicts.has_pairs()))
            && self.eligibility.eligible(dispute).iter().all(takes_no_hours)
    }

    /// Who may sit in a dispute, with her fit, in roster order.
    fn members(&self, dispute: DisputeIx) -> impl Iterator<Item = (MediatorIx, Micro)> {
        let all = self.eligibility.eligible(dispute).iter();
        all.filter(move |(m, ..)| may_have_seat(self.instance, self.conflicts, dispute, *m))
            .map(|(m, fit, _)| (*m, *fit))
    }

    /// What a missing dispute costs: a million in its own tier, below it more than all seats can
    /// be worth.
    fn missing(&self, worth: Worth<'_>, balance: Micro, tier: Tier) -> Option<i64> {
        if !self.instance.has_least() {
            return Some(0);
        }
        if tier == Tier::Loads {
            return Some(1_000_000);
        }
        let seats: i128 =
            self.open.iter().map(|d| self.instance.dispute(*d).panel.size as i128).sum();
        let worths = |d: &DisputeIx| {
            let (d, worth) = (*d, &worth);
            self.members(d).map(move |(m, fit)| i128::from(worth(d, m, fit).abs()))
        };
        let most = self.open.iter().flat_map(worths).max().unwrap_or(0);
        let loads = i128::from(balance) * self.open.len() as i128;
        i64::try_from((2 * most + loads) * seats + 1).ok()
    }

    fn solve(
        &self,
        control: &Control<'_>,
        worth: Worth<'_>,
        balance: Micro,
        tier: Tier,
    ) -> Option<(Solution, Prices)> {
        let instance = self.instance;
        // WHY not the number of open ones: a limit that nobody reaches has no price in the bound.
        let most = instance.disputes().len() as u32;
        let mediators = instance.mediators().iter();
        let cases: Vec<u32> = mediators.map(|m| m.cases.unwrap_or(most)).collect();
        let least: Vec<u32> = instance.mediators().iter().map(|m| m.least).collect();
        let missing = self.missing(worth, balance, tier)?;
        let mut transport =
            Transport::new(cases.clone(), least.clone(), vec![balance], missing).ok()?;
        for dispute in &self.open {
            let seat = |(m, fit): (MediatorIx, Micro)| (m.ix() as u32, worth(*dispute, m, fit));
            let pairs = self.members(*dispute).map(seat);
            transport.add_left(instance.dispute(*dispute).panel.size as u32, pairs).ok()?;
        }
        let flow = transport.solve(&|| control.should_stop()).ok()?;
        drop(transport);
        let mut solution = Solution::empty(instance.disputes().len());
        for (dispute, seats) in self.open.iter().zip(&flow.seats) {
            solution.plans[dispute.ix()] = Some(self.plan(*dispute, seats));
        }
        let mut prices = Prices::zero(instance);
        for (m, flow) in flow.prices.iter().enumerate() {
            // The one price of a unit is that of a case less the floor's. WHY not simply its two
            // signs: with balance, a unit up to the least number may cost more than its price, and
            // is had all the same, unless missing it costs less.
            let last = balance.saturating_mul(i64::from(least[m].max(1)) - 1);
            let last = if least[m] > cases[m] { i64::MAX } else { last };
            let case = if least[m] > 0 { last.min(flow + missing).max(*flow) } else { *flow };
            prices.cases[m] = case.max(0).checked_mul(NANO)?;
            prices.floor[m] = (case.max(0) - flow).max(0).checked_mul(NANO)?;
            if least[m] == 0 {
                prices.floor[m] = 0;
            }
        }
        if tier == Tier::Quality {
            prices.loads = missing.checked_mul(NANO)?;
        }
        // Every panel is due: with this price no dispute gains by going without.
        let lacks = |d: &DisputeIx| {
            let priority = i128::from(instance.dispute(*d).priority);
            (priority - 1 - self.best(*d, &prices, worth)).div_euclid(priority)
        };
        let due = self.open.iter().map(lacks).max().unwrap_or(0).max(0);
        prices.panels = i64::try_from(due).ok()?;
        Some((solution, prices))
    }

    /// The plan of a panel. The chair is the member with the highest fit, the earlier among equals
    /// (rule A1).
    fn plan(&self, dispute: DisputeIx, seats: &[u32]) -> Plan {
        let panel: Vec<MediatorIx> = seats.iter().map(|m| MediatorIx(*m)).collect();
        let fit = |m: &MediatorIx| self.instance.fit(dispute, *m);
        let chair = self.instance.dispute(dispute).panel.chair;
        let best = panel.iter().max_by_key(|m| (fit(m), Reverse(**m))).copied();
        Plan { dispute, chair: best.filter(|_| chair), panel, starts: None, staff: Vec::new() }
    }

    /// The largest reduced value of a panel, the price of panels apart.
    fn best(&self, dispute: DisputeIx, prices: &Prices, worth: Worth<'_>) -> i128 {
        let size = self.instance.dispute(dispute).panel.size;
        let net = |(m, fit): (MediatorIx, Micro)| worth(dispute, m, fit) * NANO - prices.seat(m, 0);
        let mut best: Vec<i64> = self.members(dispute).map(net).collect();
        if size < best.len() {
            best.select_nth_unstable_by(size, |a, b| b.cmp(a));
            best.truncate(size);
        }
        best.into_iter().map(i128::from).sum()
    }

    /// The bound of a tier at these prices (docs/model.md), in micro-units.
    fn bound(&self, prices: &Prices, tier: Tier, held: Held, worth: Worth<'_>) -> Micro {
        let panels = self.open.iter().map(|d| {
            let due = i128::from(prices.panels) * i128::from(self.instance.dispute(*d).priority);
            (self.best(*d, prices, worth) + due).max(0)
        });
        let sum = panels.sum::<i128>() + prices.supply(self.instance, self.batch, tier, held);
        let unit = if tier == Tier::Quality { 1 } else { 1_000_000 };
        let micro = sum.div_euclid(i128::from(NANO * unit)) * i128::from(unit);
        micro.clamp(i128::from(i64::MIN / 4), i128::from(i64::MAX / 4)) as Micro
    }
}
