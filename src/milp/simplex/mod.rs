//! A linear program that grows: columns and rows are added, the basis is kept.
//!
//! * Maximises `gain . x` under rows `a x <= limit`, with columns in `[0, upper]`.
//! * Bounded revised simplex: after new rows the dual method from the old basis (Lemke, 1954), after
//!   new columns the primal one (Dantzig, 1963), with Harris's ratio test (1973) in both. Lower ends
//!   are relaxed by a hair while the primal method runs, so that degenerate steps get somewhere, and
//!   put right by the dual one at the end.
//! * Deterministic: no clock, no chance.
//! * Complexity: an iteration takes two solves with the factors and, now and then, a pass over all
//!   columns; a basis is factored anew every hundred iterations.

mod dual;
mod factor;
mod primal;
#[cfg(test)]
mod tests;

use factor::Factor;

/// How far a value may lie outside its bounds.
const FEASIBLE: f64 = 1e-9;

/// How much a column may promise and still stay out of the basis.
const OPTIMAL: f64 = 1e-9;

/// Pivots below this are not made.
const PIVOT: f64 = 1e-7;

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is better.
    Optimal,
    /// No point satisfies the rows.
    Infeasible,
    /// There is no largest value.
    Unbounded,
    /// The caller wished it.
    Stopped,
    /// The numbers got out of hand.
    Failed,
}

/// A variable: a column, or the slack of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Var {
    Column(usize),
    Slack(usize),
}

/// Where a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Lower,
    Upper,
    /// In the basis.
    Basic,
}

#[derive(Debug, Clone)]
struct Column {
    gain: f64,
    upper: f64,
    entries: Vec<(u32, f64)>,
    /// Devex weight.
    weight: f64,
    at: At,
    /// Its lower end for now; below 0 while it is relaxed.
    lower: f64,
    /// Taken from the gain for now.
    shift: f64,
    /// What a unit more is worth at the prices last asked for.
    reduced: f64,
}

#[derive(Debug, Clone)]
struct RowData {
    limit: f64,
    entries: Vec<(u32, f64)>,
    at: At,
    lower: f64,
    shift: f64,
    reduced: f64,
    weight: f64,
}

/// Vectors that an iteration fills.
struct Work {
    /// By row and by position, used up by solves.
    by_row: Vec<f64>,
    unit: Vec<f64>,
    /// The entering column in terms of the basis, by position.
    column: Vec<f64>,
    /// A row of the inverse, by row of the program.
    line: Vec<f64>,
    /// That row times the columns that are not basic, and which of these it touches.
    across: Vec<f64>,
    touched: Vec<usize>,
}

impl Work {
    fn new(simplex: &Simplex) -> Self {
        let size = simplex.rows.len();
        Self {
            by_row: vec![0.0; size],
            unit: vec![0.0; size],
            column: vec![0.0; size],
            line: vec![0.0; size],
            across: vec![0.0; simplex.columns.len()],
            touched: Vec::new(),
        }
    }
}

/// The program with its basis.
#[derive(Debug, Clone, Default)]
pub struct Simplex {
    columns: Vec<Column>,
    rows: Vec<RowData>,
    /// Basic variables by position.
    head: Vec<Var>,
    /// Their values.
    values: Vec<f64>,
    factor: Option<Factor>,
    prices: Vec<f64>,
    iterations: u64,
}

impl Simplex {
    /// A program without columns and rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row; its entries name columns that are there. Gives its number.
    pub fn add_row(&mut self, limit: f64, entries: &[(usize, f64)]) -> usize {
        let row = self.rows.len();
        for (column, entry) in entries {
            self.columns[*column].entries.push((row as u32, *entry));
        }
        let entries = entries.iter().map(|(column, entry)| (*column as u32, *entry)).collect();
        let (at, lower, shift, reduced, weight) = (At::Basic, 0.0, 0.0, 0.0, 1.0);
        self.rows.push(RowData { limit, entries, at, lower, shift, reduced, weight });
        self.head.push(Var::Slack(row));
        self.factor = None;
        row
    }

    /// Adds a column, `upper >= 0`; its entries name rows that are there. Gives its number.
    pub fn add_column(&mut self, gain: f64, upper: f64, entries: &[(usize, f64)]) -> usize {
        let column = self.columns.len();
        for (row, entry) in entries {
            self.rows[*row].entries.push((column as u32, *entry));
        }
        let entries: Vec<(u32, f64)> =
            entries.iter().map(|(row, entry)| (*row as u32, *entry)).collect();
        let (at, lower, shift, reduced, weight) = (At::Lower, 0.0, 0.0, 0.0, 1.0);
        self.columns.push(Column { gain, upper, entries, weight, at, lower, shift, reduced });
        column
    }

    /// Changes what a unit of a column is worth.
    pub fn set_gain(&mut self, column: usize, gain: f64) {
        self.columns[column].gain = gain;
    }

    /// Changes the upper end of a column.
    pub fn set_upper(&mut self, column: usize, upper: f64) {
        let column = &mut self.columns[column];
        column.upper = upper;
        if column.at == At::Upper && !upper.is_finite() {
            column.at = At::Lower;
        }
    }

    /// Changes the limit of a row.
    pub fn set_limit(&mut self, row: usize, limit: f64) {
        self.rows[row].limit = limit;
    }

    /// The value of a column.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let rest = |column: &Column| if column.at == At::Upper { column.upper } else { 0.0 };
        let mut values: Vec<f64> = self.columns.iter().map(rest).collect();
        for (var, value) in self.head.iter().zip(&self.values) {
            if let Var::Column(column) = var {
                values[*column] = *value;
            }
        }
        values
    }

    /// The price of a row: what one more unit of its limit is worth, not negative.
    #[must_use]
    pub fn price(&self, row: usize) -> f64 {
        self.prices.get(row).map_or(0.0, |price| price.max(0.0))
    }

    /// Gain and upper end of a column.
    #[must_use]
    pub fn column(&self, column: usize) -> (f64, f64) {
        (self.columns[column].gain, self.columns[column].upper)
    }

    /// Limit of a row, and its entries with the numbers of their columns.
    pub fn row(&self, row: usize) -> (f64, impl Iterator<Item = (usize, f64)> + '_) {
        let row = &self.rows[row];
        (row.limit, row.entries.iter().map(|(column, entry)| (*column as usize, *entry)))
    }

    /// What the point is worth.
    #[must_use]
    pub fn objective(&self) -> f64 {
        self.columns.iter().zip(self.values()).map(|(column, value)| column.gain * value).sum()
    }

    /// Iterations since it was made.
    #[must_use]
    pub fn iterations(&self) -> u64 {
        self.iterations
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Finds the largest value from the basis of the last solve.
    pub fn solve(&mut self, should_stop: &dyn Fn() -> bool) -> Outcome {
        let outcome = self.run(should_stop);
        if outcome != Outcome::Failed {
            return outcome;
        }
        self.reset();
        self.run(should_stop)
    }

    /// Back to the basis of slacks.
    fn reset(&mut self) {
        self.head = (0..self.rows.len()).map(Var::Slack).collect();
        self.columns.iter_mut().for_each(|column| column.at = At::Lower);
        self.rows.iter_mut().for_each(|row| row.at = At::Basic);
        self.factor = None;
    }

    fn run(&mut self, should_stop: &dyn Fn() -> bool) -> Outcome {
        self.forget_helps();
        // Rounds of: into the rows by the dual method, up by the primal one, the helps taken away.
        for round in 0..8 {
            if !self.refresh() {
                return Outcome::Failed;
            }
            if !self.is_feasible() {
                self.shift_gains();
                let outcome = self.dual(should_stop);
                self.forget_helps();
                if outcome != Outcome::Optimal {
                    return outcome;
                }
                self.refresh_values();
            }
            if round < 5 {
                self.relax_lower_ends();
            }
            let outcome = self.primal(should_stop);
            self.forget_helps();
            if !self.refresh() {
                return Outcome::Failed;
            }
            if outcome != Outcome::Optimal {
                return outcome;
            }
            if self.is_feasible() && self.is_optimal() {
                return Outcome::Optimal;
            }
        }
        Outcome::Failed
    }

    fn is_feasible(&self) -> bool {
        self.head.iter().zip(&self.values).all(|(var, value)| {
            *value >= -10.0 * FEASIBLE && *value <= self.upper(*var) + 10.0 * FEASIBLE
        })
    }

    fn is_optimal(&mut self) -> bool {
        self.price_basis();
        let tolerance = 100.0 * OPTIMAL * self.scale();
        let columns = (0..self.columns.len()).map(Var::Column);
        let all = columns.chain((0..self.rows.len()).map(Var::Slack));
        all.filter(|var| self.at(*var) != At::Basic).all(|var| {
            let promise = self.promise(var);
            promise <= tolerance
        })
    }

    /// Size of the prices, for tolerances.
    fn scale(&self) -> f64 {
        self.prices.iter().fold(1.0, |scale: f64, price| scale.max(price.abs() * 1e-3))
    }

    /// Takes relaxed ends and shifted gains away.
    fn forget_helps(&mut self) {
        for column in &mut self.columns {
            (column.lower, column.shift) = (0.0, 0.0);
        }
        for row in &mut self.rows {
            (row.lower, row.shift) = (0.0, 0.0);
        }
    }

    /// Relaxes the lower ends of what is basic.
    fn relax_lower_ends(&mut self) {
        for position in 0..self.head.len() {
            self.relax(self.head[position]);
        }
    }

    /// Relaxes the lower end of a variable by its own hair.
    fn relax(&mut self, var: Var) {
        let number = match var {
            Var::Column(column) => 2 * column as u64,
            Var::Slack(row) => 2 * row as u64 + 1,
        };
        // SOURCE: the mixing step of SplitMix64 (Steele, Lea, Flood, 2014).
        let mut bits = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let part = ((bits >> 40) as f64) / ((1_u64 << 24) as f64);
        *self.lower_mut(var) = -1e-5 * (1.0 + part);
    }

    fn lower_mut(&mut self, var: Var) -> &mut f64 {
        match var {
            Var::Column(column) => &mut self.columns[column].lower,
            Var::Slack(row) => &mut self.rows[row].lower,
        }
    }

    fn lower(&self, var: Var) -> f64 {
        match var {
            Var::Column(column) => self.columns[column].lower,
            Var::Slack(row) => self.rows[row].lower,
        }
    }

    fn upper(&self, var: Var) -> f64 {
        match var {
            Var::Column(column) => self.columns[column].upper,
            Var::Slack(_) => f64::INFINITY,
        }
    }

    fn at(&self, var: Var) -> At {
        match var {
            Var::Column(column) => self.columns[column].at,
            Var::Slack(row) => self.rows[row].at,
        }
    }

    fn set_at(&mut self, var: Var, at: At) {
        match var {
            Var::Column(column) => self.columns[column].at = at,
            Var::Slack(row) => self.rows[row].at = at,
        }
    }

    /// Gain less shift.
    fn gain(&self, var: Var) -> f64 {
        match var {
            Var::Column(column) => self.columns[column].gain - self.columns[column].shift,
            Var::Slack(row) => -self.rows[row].shift,
        }
    }

    /// Value of a variable that is not basic.
    fn rest(&self, var: Var) -> f64 {
        if self.at(var) == At::Upper { self.upper(var) } else { self.lower(var) }
    }

    /// What a unit more is worth at the current prices.
    fn reduced(&self, var: Var) -> f64 {
        let used = match var {
            Var::Column(column) => {
                let entries = self.columns[column].entries.iter();
                entries.map(|(row, entry)| entry * self.prices[*row as usize]).sum()
            }
            Var::Slack(row) => self.prices[row],
        };
        self.gain(var) - used
    }

    /// What moving a variable off its end is worth, a unit.
    fn promise(&self, var: Var) -> f64 {
        match self.at(var) {
            At::Basic => 0.0,
            // It can only be 0.
            _ if self.upper(var) <= 0.0 => 0.0,
            At::Lower => self.reduced(var),
            At::Upper => -self.reduced(var),
        }
    }

    /// Adds a multiple of the column of a variable to a vector by row.
    fn scatter(&self, var: Var, times: f64, into: &mut [f64]) {
        match var {
            Var::Column(column) => {
                for (row, entry) in &self.columns[column].entries {
                    into[*row as usize] += times * entry;
                }
            }
            Var::Slack(row) => into[row] += times,
        }
    }

    /// Factors the basis, mended where it is singular, and finds the values; false when it cannot.
    fn refresh(&mut self) -> bool {
        for _ in 0..20 {
            let columns: Vec<Vec<(u32, f64)>> = self
                .head
                .iter()
                .map(|var| match var {
                    Var::Column(column) => self.columns[*column].entries.clone(),
                    Var::Slack(row) => vec![(*row as u32, 1.0)],
                })
                .collect();
            match Factor::new(self.rows.len(), &columns) {
                Ok(factor) => {
                    self.factor = Some(factor);
                    self.refresh_values();
                    return self.values.iter().all(|value| value.is_finite());
                }
                Err(dependent) => {
                    for (position, row) in dependent {
                        let out = self.head[position];
                        self.set_at(out, At::Lower);
                        self.head[position] = Var::Slack(row);
                        self.set_at(Var::Slack(row), At::Basic);
                    }
                }
            }
        }
        false
    }

    /// Values of the basic variables from the factors.
    fn refresh_values(&mut self) {
        let mut rest: Vec<f64> = self.rows.iter().map(|row| row.limit).collect();
        for column in 0..self.columns.len() {
            let var = Var::Column(column);
            if self.columns[column].at != At::Basic && self.rest(var) != 0.0 {
                self.scatter(var, -self.rest(var), &mut rest);
            }
        }
        for (rest, row) in rest.iter_mut().zip(&self.rows) {
            if row.at != At::Basic {
                *rest -= row.lower;
            }
        }
        let mut values = std::mem::take(&mut self.values);
        values.resize(self.rows.len(), 0.0);
        if let Some(factor) = &self.factor {
            factor.solve(&mut rest, &mut values);
        }
        self.values = values;
    }

    /// Prices at which no basic variable promises anything.
    fn price_basis(&mut self) {
        let mut gains: Vec<f64> = self.head.iter().map(|var| self.gain(*var)).collect();
        self.prices.resize(self.rows.len(), 0.0);
        if let Some(factor) = &self.factor {
            factor.solve_transposed(&mut gains, &mut self.prices);
        }
    }

    /// The column of a variable in terms of the basis.
    fn in_basis(&self, var: Var, work: &mut Work) {
        work.by_row.fill(0.0);
        self.scatter(var, 1.0, &mut work.by_row);
        if let Some(factor) = &self.factor {
            factor.solve(&mut work.by_row, &mut work.column);
        }
    }

    /// Puts a variable with a value in the place of a basic one, which goes to an end. Tells
    /// whether the basis was factored anew; `None` when it could not be.
    fn pivot(
        &mut self,
        entering: (Var, f64),
        position: usize,
        end: At,
        column: &[f64],
    ) -> Option<bool> {
        let leaving = self.head[position];
        self.set_at(leaving, end);
        self.set_at(entering.0, At::Basic);
        self.head[position] = entering.0;
        self.values[position] = entering.1;
        let factor = self.factor.as_mut()?;
        factor.replace(position, column);
        if factor.is_worn() {
            return self.refresh().then_some(true);
        }
        Some(false)
    }
}
