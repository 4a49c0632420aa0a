//! The restricted master of a large docket: near its optimum by the first-order method.
//!
//! * A dispute with its plans is a block of which one unit is taken at most, and so is each step of supply; what
//!   makes up for a demand that is missed is the ceiling of its price.
//! * Values and prices are kept from round to round, those of each tier by themselves.

use std::collections::BTreeMap;

use super::master::{Fractional, Master, PRICE_LIMIT, gain};
use super::prices::{NANO, Prices, Tier};
use super::restriction::Restriction;
use crate::domain::DisputeIx;
use crate::milp::{LEFT_OUT, Shape};

/// The most that a point of priority may cost in a row that holds a tier, in best plans; a plan is displaced by few.
const DEAREST: f64 = 20.0;

/// Parts of a plan up to this are dust in an answer that is only near.
const SPECK: f64 = 0.01;

/// Times that rows are made and values found anew within one call.
const PASSES: usize = 2;

impl Master<'_> {
    /// Comes near the relaxation over the plans that the restrictions allow, in so many iterations; rows are made
    /// as needed.
    pub(crate) fn approach(
        &mut self,
        restrictions: &BTreeMap<DisputeIx, Restriction>,
        iterations: usize,
        should_stop: &dyn Fn() -> bool,
    ) -> Fractional {
        self.set_penalty();
        self.restrict(restrictions);
        for pass in 0.. {
            let shape = self.shape();
            let iterations = if pass == 0 { iterations } else { iterations.div_ceil(2) };
            let near = &mut self.near[self.tier.ix()];
            near.run(&self.lp, &shape, iterations, should_stop);
            let values = near.values();
            let weights = self.columns.iter().enumerate().map(|(at, column)| (at, values[*column]));
            let weights: Vec<(usize, f64)> = weights.filter(|(_, value)| *value > SPECK).collect();
            if !self.make_violated_rows(&weights) || pass == PASSES || should_stop() {
                let near = &self.near[self.tier.ix()];
                let prices = self.read_prices(&|row| near.price(row));
                return Fractional { weights, prices };
            }
        }
        unreachable!("the last pass returns")
    }

    /// The ceiling of the price of a point of priority.
    fn dearest(&self) -> f64 {
        DEAREST * self.pool.iter().map(|plan| gain(plan, self.tier).abs()).fold(1e-3, f64::max)
    }

    /// True when what is held of the tiers above is as dear as it gets: it seems to be out of reach.
    pub(crate) fn is_out_of_reach(&self, prices: &Prices) -> bool {
        let dearest = (0.9 * self.dearest() * 1e6 * NANO as f64) as i64;
        prices.panels >= dearest || prices.scheduled >= dearest
    }

    /// The program as blocks: a dispute with its plans, and each step of supply by itself. What makes up for a
    /// demand that is missed is the ceiling of its price.
    fn shape(&self) -> Shape {
        let disputes = self.of_dispute.len();
        let mut shape = Shape {
            block: vec![LEFT_OUT; self.lp.columns()],
            blocks: disputes,
            ceiling: vec![Some(PRICE_LIMIT); self.lp.rows()],
        };
        for (plan, column) in self.pool.iter().zip(&self.columns) {
            shape.block[*column] = plan.plan.dispute.ix() as u32;
        }
        for column in self.cases.iter().flat_map(|cases| &cases.steps) {
            shape.block[*column] = shape.blocks as u32;
            shape.blocks += 1;
        }
        for row in &self.one_dispute {
            shape.ceiling[*row] = None;
        }
        // WHY not the penalty: no dispute displaces so much, and prices that run off take long to come back.
        let dearest = self.dearest();
        for demand in self.demands.values().chain(&self.holds).chain(&self.below) {
            shape.ceiling[demand.row] = Some(dearest);
        }
        // A dispute too few costs a point in its tier; what the tiers below hold of it has a ceiling of its own.
        let short = if self.tier == Tier::Loads { 1.0 } else { dearest };
        for floor in self.floors.values() {
            shape.ceiling[floor.row] = Some(short);
        }
        shape
    }
}
