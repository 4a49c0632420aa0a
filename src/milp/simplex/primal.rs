//! The primal method: from a feasible basis up, until no column promises more.
//!
//! Columns are chosen by devex weights (Harris, 1973): what a unit of a column promises against how
//! far a unit of it moves in the basis that the weights began with.

use super::{At, FEASIBLE, OPTIMAL, Outcome, PIVOT, Simplex, Var, Work};

/// Weights beyond this begin anew.
const HEAVY: f64 = 1e9;

/// What a step does.
enum Step {
    /// The entering variable goes to its other end.
    Flip,
    /// This position leaves the basis, to that end.
    Leave(usize, At),
}

impl Simplex {
    /// Moves up until nothing promises more; the values must be feasible.
    pub(super) fn primal(&mut self, should_stop: &dyn Fn() -> bool) -> Outcome {
        let mut work = Work::new(self);
        self.find_reduced();
        self.forget_weights();
        let limit = 50_000 + 20 * (self.rows.len() + self.columns.len());
        let mut fresh = true;
        for iteration in 0..limit {
            if iteration % 64 == 0 && should_stop() {
                return Outcome::Stopped;
            }
            let Some(var) = self.entering(OPTIMAL * self.scale()) else {
                if fresh {
                    return Outcome::Optimal;
                }
                // What was kept up to date along the way has to hold when found anew.
                self.find_reduced();
                fresh = true;
                continue;
            };
            fresh = false;
            self.iterations += 1;
            let sign = if self.at(var) == At::Upper { -1.0 } else { 1.0 };
            self.in_basis(var, &mut work);
            let Some((length, step)) = self.ratio(var, sign, &work.column) else {
                return Outcome::Unbounded;
            };
            let moved = sign * length;
            if moved != 0.0 {
                for (value, entry) in self.values.iter_mut().zip(&work.column) {
                    *value -= moved * entry;
                }
            }
            match step {
                Step::Flip => {
                    let other = if sign > 0.0 { At::Upper } else { At::Lower };
                    self.set_at(var, other);
                }
                Step::Leave(position, end) => {
                    let value = self.rest(var) + moved;
                    let leaving = self.head[position];
                    // The entering variable may be relaxed as well: that only widens its range.
                    if self.lower(leaving) != 0.0 && self.lower(var) == 0.0 {
                        self.relax(var);
                    }
                    self.line_of(position, &mut work);
                    let pivot = work.column[position];
                    self.grow_weights(var, leaving, pivot, &work);
                    self.update_reduced(var, leaving, pivot, &mut work);
                    match self.pivot((var, value), position, end, &work.column) {
                        Some(true) => self.find_reduced(),
                        Some(false) => {}
                        None => return Outcome::Failed,
                    }
                }
            }
        }
        Outcome::Failed
    }

    fn forget_weights(&mut self) {
        self.columns.iter_mut().for_each(|column| column.weight = 1.0);
        self.rows.iter_mut().for_each(|row| row.weight = 1.0);
    }

    /// The most promising variable for its weight, the first among equals.
    fn entering(&self, tolerance: f64) -> Option<Var> {
        let mut best: Option<(f64, Var)> = None;
        let mut look = |reduced: f64, weight: f64, at: At, var: Var| {
            let promise = match at {
                At::Basic => return,
                At::Lower => reduced,
                At::Upper => -reduced,
            };
            if promise > tolerance {
                let score = promise * promise / weight;
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, var));
                }
            }
        };
        for (number, column) in self.columns.iter().enumerate() {
            // What can only be 0 has no use.
            if column.upper > 0.0 {
                look(column.reduced, column.weight, column.at, Var::Column(number));
            }
        }
        for (number, row) in self.rows.iter().enumerate() {
            look(row.reduced, row.weight, row.at, Var::Slack(number));
        }
        best.map(|(_, var)| var)
    }

    fn grow_weights(&mut self, entering: Var, leaving: Var, pivot: f64, work: &Work) {
        let own = match entering {
            Var::Column(column) => self.columns[column].weight,
            Var::Slack(row) => self.rows[row].weight,
        };
        let scale = own / (pivot * pivot);
        let mut heaviest: f64 = 1.0;
        for at in &work.touched {
            let entry = work.across[*at];
            let weight = &mut self.columns[*at].weight;
            *weight = weight.max(entry * entry * scale);
            heaviest = heaviest.max(*weight);
        }
        for (row, entry) in work.line.iter().enumerate().filter(|(_, entry)| **entry != 0.0) {
            let weight = &mut self.rows[row].weight;
            *weight = weight.max(entry * entry * scale);
        }
        match leaving {
            Var::Column(column) => self.columns[column].weight = scale.max(1.0),
            Var::Slack(row) => self.rows[row].weight = scale.max(1.0),
        }
        if heaviest > HEAVY {
            self.forget_weights();
        }
    }

    /// How far the entering variable can move, and what stops it: among all that stop it within a
    /// hair of the first, the one with the largest pivot (Harris).
    fn ratio(&self, var: Var, sign: f64, column: &[f64]) -> Option<(f64, Step)> {
        let range = self.upper(var) - self.lower(var);
        let mut longest = f64::INFINITY;
        let room = |position: usize, entry: f64| -> Option<(f64, At)> {
            let (basic, value) = (self.head[position], self.values[position]);
            if entry > 0.0 {
                Some((value - self.lower(basic), At::Lower))
            } else {
                let upper = self.upper(basic);
                upper.is_finite().then_some((upper - value, At::Upper))
            }
        };
        for (position, entry) in column.iter().enumerate() {
            let entry = sign * entry;
            if entry.abs() > PIVOT
                && let Some((room, _)) = room(position, entry)
            {
                longest = longest.min((room.max(0.0) + FEASIBLE) / entry.abs());
            }
        }
        if range <= longest {
            return range.is_finite().then_some((range, Step::Flip));
        }
        let mut best: Option<(f64, f64, usize, At)> = None;
        for (position, entry) in column.iter().enumerate() {
            let entry = sign * entry;
            if entry.abs() > PIVOT
                && let Some((room, end)) = room(position, entry)
            {
                let length = room.max(0.0) / entry.abs();
                if length <= longest && best.as_ref().is_none_or(|b| entry.abs() > b.0) {
                    best = Some((entry.abs(), length, position, end));
                }
            }
        }
        best.map(|(_, length, position, end)| (length, Step::Leave(position, end)))
    }
}
