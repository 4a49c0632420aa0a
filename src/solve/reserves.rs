//! Reserves: who could take a seat of an answer, everything else as it is.
//!
//! * Takes an answer; gives for each dispute those who could stand in for one of its members without moving a session,
//!   changing another panel or anything else, the most useful first.
//! * **Invariant**: nothing is estimated. Each swap is a plan that is lawful by itself and fits beside all others.

use rayon::prelude::*;

use super::batch::Batch;
use super::holds::World;
use super::prices::Tier;
use super::space::PlanSpace;
use super::taken::Taken;
use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Instance, MediatorIx, Micro};
use crate::eligibility::EligibilityTable;
use crate::solution::{Plan, Solution, TIERS, evaluate_alone, service};

/// Somebody who could take a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// The mediator.
    pub mediator: MediatorIx,
    /// The members whom she could stand in for, in roster order.
    pub stands_in_for: Vec<MediatorIx>,
}

/// What orders reserves: members whom she could stand in for, and the best answer with her.
type Rank = (usize, [Micro; TIERS]);

/// By dispute, everyone who could take a seat of the answer: whoever could stand in for more members first, then whoever
/// leaves the better answer, then by roster order. Complexity: eligible mediators times seats, each as much as placing
/// a plan.
#[must_use]
pub fn reserves(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    solution: &Solution,
) -> Vec<Vec<Reserve>> {
    let batch = Batch::new(instance, eligibility);
    let all = all_taken(instance, availability, &batch, solution);
    let of = |dispute: &DisputeIx| {
        let Some(plan) = &solution.plans[dispute.ix()] else { return Vec::new() };
        let space =
            PlanSpace::new(instance, conflicts, eligibility, availability, &batch, *dispute);
        let mut others = all.clone();
        others.remove(plan);
        let others = &others;
        Bench { solution, instance, availability, space: &space, others, plan }.reserves()
    };
    let disputes: Vec<DisputeIx> = instance.dispute_indices().collect();
    disputes.par_iter().map(of).collect()
}

/// The same for one dispute.
#[must_use]
pub fn reserves_of(
    instance: &Instance,
    conflicts: &ConflictTable,
    eligibility: &EligibilityTable,
    availability: &Availability,
    solution: &Solution,
    dispute: DisputeIx,
) -> Vec<Reserve> {
    let Some(plan) = &solution.plans[dispute.ix()] else { return Vec::new() };
    let batch = Batch::new(instance, eligibility);
    let space = PlanSpace::new(instance, conflicts, eligibility, availability, &batch, dispute);
    let mut others = all_taken(instance, availability, &batch, solution);
    others.remove(plan);
    Bench { solution, instance, availability, space: &space, others: &others, plan }.reserves()
}

/// What all plans of an answer take.
fn all_taken<'a>(
    instance: &'a Instance,
    availability: &'a Availability,
    batch: &'a Batch<'a>,
    solution: &Solution,
) -> Taken<'a> {
    let mut all = Taken::new(World::new(instance, availability), batch);
    solution.plans.iter().flatten().for_each(|plan| all.add(plan));
    all
}

/// One dispute beside the rest of an answer.
struct Bench<'b, 'a> {
    solution: &'b Solution,
    instance: &'a Instance,
    availability: &'a Availability,
    space: &'b PlanSpace,
    others: &'b Taken<'a>,
    plan: &'b Plan,
}

impl Bench<'_, '_> {
    fn reserves(&self) -> Vec<Reserve> {
        let members = &self.space.members;
        let place = |m: &MediatorIx| members.binary_search_by_key(m, |x| x.mediator).ok();
        let seated: Option<Vec<usize>> = self.plan.panel.iter().map(place).collect();
        let Some(seated) = seated else { return Vec::new() };
        let free = |m: &usize| !seated.contains(m) && self.is_free(*m);
        let mut ranked: Vec<(Rank, Reserve)> = Vec::new();
        for candidate in (0..members.len()).filter(free) {
            let mut stands_in_for = Vec::new();
            let mut best: Option<[Micro; TIERS]> = None;
            for leaver in &seated {
                if let Some(worth) = self.swap(&seated, *leaver, candidate) {
                    stands_in_for.push(members[*leaver].mediator);
                    best = best.max(Some(worth));
                }
            }
            if let Some(best) = best {
                let mediator = members[candidate].mediator;
                let rank = (stands_in_for.len(), best);
                ranked.push((rank, Reserve { mediator, stands_in_for }));
            }
        }
        // WHY stable: members stand in roster order.
        ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        ranked.into_iter().map(|(_, reserve)| reserve).collect()
    }

    /// True when a mediator is available in every session of the plan.
    fn is_free(&self, member: usize) -> bool {
        let actor = self.space.members[member].actor;
        let mut to_come = self.plan.sessions(self.instance).filter(|(_, session, _)| !session.held);
        to_come.all(|(_, session, start)| {
            let profile = self.availability.of(actor, session.mode);
            profile.is_some_and(|profile| profile.is_free(start, session.slots))
        })
    }

    /// What the answer is worth, up to what does not change, with one in the place of another; nothing where that
    /// cannot be.
    fn swap(&self, seated: &[usize], leaver: usize, candidate: usize) -> Option<[Micro; TIERS]> {
        let mut panel: Vec<usize> = seated.iter().copied().filter(|m| *m != leaver).collect();
        let fits = panel.iter().all(|m| self.space.compatible(*m, candidate));
        panel.push(candidate);
        if !fits || self.space.required().any(|m| m == leaver) || !self.space.covers(&panel) {
            return None;
        }
        let plan = self.space.plan(&panel, self.plan.starts.clone(), self.plan.staff.clone());
        if !self.others.admits(&plan) {
            return None;
        }
        let mut tiers = evaluate_alone(self.instance, self.availability, &plan).tiers();
        // What depends on the others: who has too few disputes, whom the worst-served dispute is, even load.
        let policy = self.instance.policy();
        let lacks = |m: &&MediatorIx| self.others.load(**m) < self.instance.mediator(**m).least;
        tiers[Tier::Loads.ix()] += 1_000_000 * plan.panel.iter().filter(lacks).count() as Micro;
        if policy.worst_first {
            let others = self.solution.plans.iter().flatten();
            let others = others.filter(|other| other.dispute != plan.dispute);
            let worst = others.map(|other| service(self.instance, other)).min();
            let own = &mut tiers[Tier::Worst.ix()];
            *own = worst.map_or(*own, |worst| worst.min(*own));
        }
        let loads = plan.panel.iter().map(|m| i64::from(self.others.load(*m)));
        tiers[TIERS - 1] -= policy.weights.balance * loads.sum::<i64>();
        Some(tiers)
    }
}
