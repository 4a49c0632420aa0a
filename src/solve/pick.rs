//! Whole plans from the pool: set packing by an integer solver.
//!
//! * Takes some plans of the master's pool and an answer to start from; gives an answer that picks
//!   among them, rows in time made as needed.

use std::collections::{BTreeMap, BTreeSet};

use super::master::Master;
use crate::milp::{Column, Model, Row, solve_integer};
use crate::solution::{Plan, Solution};

impl Master<'_> {
    /// Picks whole plans among some of the pool; `incumbent` is an answer to start from.
    pub(crate) fn pick(
        &mut self,
        among: &BTreeSet<usize>,
        incumbent: &Solution,
        seconds: Option<f64>,
    ) -> Option<Solution> {
        loop {
            let built = self.model(among);
            let start = built.start(self, incumbent);
            let values = solve_integer(&built.model, Some(&start), seconds).ok()?;
            let chosen: Vec<(usize, f64)> = built
                .plans
                .iter()
                .zip(&values)
                .filter(|(_, value)| **value > 0.5)
                .map(|(plan, _)| (*plan, 1.0))
                .collect();
            if !self.make_violated_rows(&chosen) {
                let mut solution = Solution::empty(self.instance.disputes().len());
                for (position, _) in chosen {
                    let plan = self.pool[position].plan.clone();
                    let dispute = plan.dispute.ix();
                    solution.plans[dispute] = Some(plan);
                }
                return Some(solution);
            }
        }
    }

    /// The program over some plans of the pool, for an integer solver.
    fn model(&self, among: &BTreeSet<usize>) -> Built {
        let mut of_column: BTreeMap<usize, usize> = BTreeMap::new();
        let mut built = Built::default();
        let steps = self.cases.iter().flat_map(|cases| &cases.steps);
        let slacks =
            self.demands.values().chain(&self.holds).chain(&self.below).map(|demand| &demand.slack);
        for position in among {
            of_column.insert(self.columns[*position], built.plans.len());
            built.plans.push(*position);
        }
        let others = built.plans.len()..;
        let short = self.floors.values().map(|floor| &floor.slack);
        of_column.extend(steps.chain(short).chain(slacks).copied().zip(others));
        built.model.columns = vec![Column { gain: 0.0, upper: 0.0 }; of_column.len()];
        for (column, at) in &of_column {
            let (gain, upper) = self.lp.column(*column);
            built.model.columns[*at] = Column { gain, upper };
        }
        for row in 0..self.lp.rows() {
            let (limit, entries) = self.lp.row(row);
            let entries = entries.filter_map(|(c, v)| Some((*of_column.get(&c)?, v)));
            let entries: Vec<(usize, f64)> = entries.collect();
            let most: f64 = entries.iter().map(|(_, entry)| entry.max(0.0)).sum();
            if most > limit || entries.iter().any(|(_, entry)| *entry < 0.0) {
                built.model.rows.push(Row { entries, limit });
            }
        }
        built
    }
}

/// A model over some of the plans.
#[derive(Default)]
struct Built {
    model: Model,
    /// Position in the pool of each of the first columns.
    plans: Vec<usize>,
}

impl Built {
    /// Values of the columns for an answer whose plans are in the pool.
    fn start(&self, master: &Master<'_>, incumbent: &Solution) -> Vec<f64> {
        let mut values = vec![0.0; self.model.columns.len()];
        for (column, position) in self.plans.iter().enumerate() {
            let plan = &master.pool[*position].plan;
            if incumbent.plans[plan.dispute.ix()].as_ref() == Some(plan) {
                values[column] = 1.0;
            }
        }
        // Steps of the supply of cases are taken from the cheapest on.
        let mut next = self.plans.len();
        for (mediator, cases) in master.cases.iter().enumerate() {
            let sits = |plan: &&Plan| plan.panel.iter().any(|m| m.ix() == mediator);
            let load = incumbent.plans.iter().flatten().filter(sits).count();
            for step in 0..cases.steps.len() {
                values[next + step] = f64::from(u8::from(step < load));
            }
            next += cases.steps.len();
        }
        for mediator in master.floors.keys() {
            let sits = |plan: &&Plan| plan.panel.contains(mediator);
            let load = incumbent.plans.iter().flatten().filter(sits).count() as f64;
            let least = f64::from(master.instance.mediator(*mediator).least);
            values[next] = (least - load).max(0.0);
            next += 1;
        }
        values
    }
}
