//! What seating somebody would cost at least, by the prices of an answer's certificate.
//!
//! * Takes an answer with the certificate of its quality; gives, for a mediator and a dispute, what an answer with her
//!   in it is worth at most, as long as no tier above quality is worse.
//! * In a leaf, the bound is a sum over disputes. With her forced into one, that dispute gives the best of its plans
//!   with her instead of the best of all, and everything else stays (Lagrangian duality; docs/model.md). So one pricing
//!   of the docket answers for every pair.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::bound::price_all;
use super::price::{Market, best_plans};
use super::prices::{Held, NANO, Prices, Tier};
use super::proof::{Leaf, leaves};
use super::restriction::{Decision, Question, Restriction};
use super::{Control, Engine, Options, spaces};
use crate::availability::Availability;
use crate::conflict::ConflictTable;
use crate::domain::{DisputeIx, Instance, MOST_LEVELS, MediatorIx, Micro};
use crate::eligibility::EligibilityTable;
use crate::format::TierCertificateDoc;
use crate::solution::{Solution, evaluate};

/// A leaf with what its prices come to.
struct Weighed {
    leaf: Leaf,
    /// The bound before it is rounded, in nano-units.
    whole: i128,
    /// What each dispute adds to it.
    parts: Vec<i128>,
}

/// The certificate of an answer's quality, weighed.
pub struct Forced<'a> {
    instance: &'a Instance,
    availability: &'a Availability,
    spaces: Vec<super::PlanSpace>,
    leaves: Vec<Weighed>,
}

impl<'a> Forced<'a> {
    /// Weighs a certificate; nothing where it is none of this instance.
    #[must_use]
    pub fn new(
        instance: &'a Instance,
        (conflicts, eligibility): (&ConflictTable, &EligibilityTable),
        availability: &'a Availability,
        solution: &Solution,
        certificate: &TierCertificateDoc,
    ) -> Option<Self> {
        let batch = Batch::new(instance, eligibility);
        let read = leaves(instance, &batch, &certificate.nodes)?;
        let objective = evaluate(instance, availability, solution);
        let mut spaces = spaces(instance, conflicts, eligibility, availability, &batch);
        if instance.policy().worst_first {
            for space in &mut spaces {
                space.demand(objective.worst);
            }
        }
        let (control, options) = (Control::new(None, None), Options::default());
        let quota = [0; MOST_LEVELS];
        let batch = &batch;
        let engine =
            Engine { instance, availability, spaces, batch, control: &control, options, quota };
        let held = Held::before(Tier::Quality, objective.tiers());
        let weigh = |leaf: Leaf| {
            let Leaf { restrictions, prices } = &leaf;
            let priced = price_all(&engine, Tier::Quality, held, prices, restrictions, 1);
            // A leaf in which a dispute cannot have the plan that it must have holds no answer.
            priced.bound?;
            let part = |(space, found): (&super::PlanSpace, &Vec<super::price::PricedPlan>)| {
                let best = found.first().map_or(0, |plan| i128::from(plan.value));
                let forced = restrictions.get(&space.dispute).is_some_and(|r| r.forced);
                if forced { best } else { best.max(0) }
            };
            let parts = engine.spaces.iter().zip(&priced.plans).map(part).collect();
            Some(Weighed { whole: priced.nano, parts, leaf })
        };
        let leaves = read.into_iter().filter_map(weigh).collect();
        Some(Self { instance, availability, spaces: engine.spaces, leaves })
    }

    /// The most that an answer is worth in quality in which a mediator sits in a dispute, while no tier above is worse;
    /// nothing where there is no such answer.
    #[must_use]
    pub fn bound(&self, dispute: DisputeIx, mediator: MediatorIx) -> Option<Micro> {
        let seat = Decision { dispute, question: Question::Seat(mediator), yes: true };
        let at = |weighed: &Weighed| {
            let mut restriction = restriction(&weighed.leaf, dispute);
            if restriction.forbidden.contains(&mediator) {
                return None;
            }
            restriction.add(&seat);
            let best = self.best(&weighed.leaf.prices, dispute, &restriction)?;
            let whole = weighed.whole - weighed.parts[dispute.ix()] + i128::from(best);
            let micro = whole.div_euclid(i128::from(NANO));
            Some(micro.clamp(i128::from(i64::MIN / 4), i128::from(i64::MAX / 4)) as Micro)
        };
        self.leaves.iter().filter_map(at).max()
    }

    fn best(&self, prices: &Prices, at: DisputeIx, restriction: &Restriction) -> Option<i64> {
        let (instance, availability) = (self.instance, self.availability);
        let market = Market { instance, availability, prices, tier: Tier::Quality, taken: None };
        let found = best_plans(market, &self.spaces[at.ix()], restriction, None, 1);
        found.first().map(|plan| plan.value)
    }

    /// The price of one of a mediator's disputes in nano-units, the dearest of all leaves.
    #[must_use]
    pub fn price(&self, mediator: MediatorIx) -> i64 {
        let prices = self.leaves.iter().map(|weighed| weighed.leaf.prices.cases[mediator.ix()]);
        prices.max().unwrap_or(0)
    }
}

/// What a leaf demands of a dispute.
fn restriction(leaf: &Leaf, dispute: DisputeIx) -> Restriction {
    let known: &BTreeMap<DisputeIx, Restriction> = &leaf.restrictions;
    known.get(&dispute).cloned().unwrap_or_default()
}
