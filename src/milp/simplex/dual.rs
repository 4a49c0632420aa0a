//! The dual method: from a basis that promises nothing into the rows.

use super::{At, FEASIBLE, OPTIMAL, Outcome, PIVOT, Simplex, Var, Work};

/// Weights beyond this begin anew.
const HEAVY: f64 = 1e9;

/// Devex weights of the positions after a pivot (Harris, 1973; Forrest and Goldfarb, 1992).
fn grow(weights: &mut [f64], position: usize, column: &[f64]) {
    let pivot = column[position];
    let own = weights[position];
    let scale = own / (pivot * pivot);
    for (weight, entry) in weights.iter_mut().zip(column).filter(|(_, entry)| **entry != 0.0) {
        *weight = weight.max(entry * entry * scale);
    }
    weights[position] = scale.max(1.0);
    if own > HEAVY {
        weights.fill(1.0);
    }
}

impl Simplex {
    /// Shifts gains so that nothing promises anything at the prices of the basis.
    pub(super) fn shift_gains(&mut self) {
        self.price_basis();
        for column in 0..self.columns.len() {
            let var = Var::Column(column);
            let promise = self.promise(var);
            if promise > 0.0 {
                let sign = if self.columns[column].at == At::Upper { -1.0 } else { 1.0 };
                self.columns[column].shift += sign * promise;
            }
        }
        for row in 0..self.rows.len() {
            let promise = self.promise(Var::Slack(row));
            if promise > 0.0 {
                self.rows[row].shift += promise;
            }
        }
    }

    /// Pivots until every value lies within its bounds; nothing may promise anything.
    pub(super) fn dual(&mut self, should_stop: &dyn Fn() -> bool) -> Outcome {
        let mut work = Work::new(self);
        self.find_reduced();
        let mut weights = vec![1.0; self.rows.len()];
        let limit = 20_000 + 5 * self.rows.len();
        for iteration in 0..limit {
            if iteration % 64 == 0 && should_stop() {
                return Outcome::Stopped;
            }
            let Some((position, above)) = self.most_violated(&weights) else {
                return Outcome::Optimal;
            };
            self.iterations += 1;
            self.line_of(position, &mut work);
            let Some(entering) = self.dual_ratio(above, &work) else {
                return Outcome::Infeasible;
            };
            self.in_basis(entering, &mut work);
            let pivot = work.column[position];
            if pivot.abs() < PIVOT {
                // The row and the column disagree: the factors are worn.
                if iteration > limit / 2 || !self.refresh() {
                    return Outcome::Failed;
                }
                self.find_reduced();
                continue;
            }
            grow(&mut weights, position, &work.column);
            let leaving = self.head[position];
            self.update_reduced(entering, leaving, pivot, &mut work);
            let end = if above { self.upper(leaving) } else { self.lower(leaving) };
            let moved = (self.values[position] - end) / pivot;
            for (value, entry) in self.values.iter_mut().zip(&work.column) {
                *value -= moved * entry;
            }
            let value = self.rest(entering) + moved;
            let to = if above { At::Upper } else { At::Lower };
            match self.pivot((entering, value), position, to, &work.column) {
                Some(true) => self.find_reduced(),
                Some(false) => {}
                None => return Outcome::Failed,
            }
        }
        Outcome::Failed
    }

    /// Finds what everything is worth at the prices of the basis.
    pub(super) fn find_reduced(&mut self) {
        self.price_basis();
        for column in 0..self.columns.len() {
            self.columns[column].reduced = self.reduced(Var::Column(column));
        }
        for row in 0..self.rows.len() {
            self.rows[row].reduced = self.reduced(Var::Slack(row));
        }
    }

    /// Brings that up to date for a pivot in the row that `work` holds.
    pub(super) fn update_reduced(
        &mut self,
        entering: Var,
        leaving: Var,
        pivot: f64,
        work: &mut Work,
    ) {
        let step = self.reduced_of(entering) / pivot;
        for at in &work.touched {
            self.columns[*at].reduced -= step * work.across[*at];
        }
        for (row, entry) in work.line.iter().enumerate().filter(|(_, entry)| **entry != 0.0) {
            self.rows[row].reduced -= step * entry;
        }
        self.set_reduced(entering, 0.0);
        self.set_reduced(leaving, -step);
    }

    fn reduced_of(&self, var: Var) -> f64 {
        match var {
            Var::Column(column) => self.columns[column].reduced,
            Var::Slack(row) => self.rows[row].reduced,
        }
    }

    fn set_reduced(&mut self, var: Var, value: f64) {
        match var {
            Var::Column(column) => self.columns[column].reduced = value,
            Var::Slack(row) => self.rows[row].reduced = value,
        }
    }

    /// The basic variable farthest outside its bounds for its weight, and whether it is above them.
    fn most_violated(&self, weights: &[f64]) -> Option<(usize, bool)> {
        let mut most: Option<(f64, usize, bool)> = None;
        for (position, (var, value)) in self.head.iter().zip(&self.values).enumerate() {
            let (below, above) = (self.lower(*var) - value, value - self.upper(*var));
            let violation = below.max(above);
            if violation > FEASIBLE {
                let score = violation * violation / weights[position];
                if most.is_none_or(|(worst, ..)| score > worst) {
                    most = Some((score, position, above > below));
                }
            }
        }
        most.map(|(_, position, above)| (position, above))
    }

    /// A row of the inverse, and of the inverse times the columns that are not basic.
    pub(super) fn line_of(&self, position: usize, work: &mut Work) {
        let Work { unit, line, across, touched, .. } = work;
        unit.fill(0.0);
        unit[position] = 1.0;
        if let Some(factor) = &self.factor {
            factor.solve_transposed(unit, line);
        }
        for at in touched.drain(..) {
            across[at] = 0.0;
        }
        for (row, factor) in line.iter_mut().enumerate() {
            if factor.abs() < 1e-12 {
                *factor = 0.0;
                continue;
            }
            for (column, entry) in &self.rows[row].entries {
                let at = *column as usize;
                if self.columns[at].at == At::Basic {
                    continue;
                }
                if across[at] == 0.0 {
                    touched.push(at);
                }
                across[at] += *factor * entry;
                if across[at] == 0.0 {
                    // WHY not 0: the column must not be entered in the list once more.
                    across[at] = 1e-300;
                }
            }
        }
    }

    /// What enters: among those whose worth reaches 0 within a hair of the first, the one with the
    /// largest pivot (Harris).
    fn dual_ratio(&self, above: bool, work: &Work) -> Option<Var> {
        let sign = if above { 1.0 } else { -1.0 };
        let slacks = work.line.iter().enumerate();
        let slacks = slacks.map(|(row, entry)| (Var::Slack(row), *entry));
        let columns = work.touched.iter().map(|at| (Var::Column(*at), work.across[*at]));
        let fits = |(var, entry): &(Var, f64)| {
            // A column that can only be 0 never helps.
            entry.abs() > PIVOT
                && self.upper(*var) > 0.0
                && match self.at(*var) {
                    At::Lower => sign * entry > 0.0,
                    At::Upper => sign * entry < 0.0,
                    At::Basic => false,
                }
        };
        let open: Vec<(Var, f64)> = columns.chain(slacks).filter(fits).collect();
        let worth = |var: Var| match self.at(var) {
            At::Upper => self.reduced_of(var).max(0.0),
            _ => (-self.reduced_of(var)).max(0.0),
        };
        let tolerance = 10.0 * OPTIMAL;
        let first = open
            .iter()
            .map(|(var, entry)| (worth(*var) + tolerance) / entry.abs())
            .fold(f64::INFINITY, f64::min);
        let mut best: Option<(f64, Var)> = None;
        for (var, entry) in open {
            if worth(var) / entry.abs() <= first && best.is_none_or(|b| entry.abs() > b.0) {
                best = Some((entry.abs(), var));
            }
        }
        best.map(|(_, var)| var)
    }
}
