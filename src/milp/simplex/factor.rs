//! A basis as a product of sparse triangular factors and of the pivots made since.
//!
//! * Takes the columns of a square matrix B by position; solves `B x = b` and `y B = c`.
//! * Singletons first, then the rest column by column, each pivoted on the row with the fewest
//!   entries among those large enough (after Markowitz, 1957, and Gilbert and Peierls, 1988).
//! * A pivot multiplies by an elementary matrix (product form of the inverse: Dantzig and
//!   Orchard-Hays, 1954); after some dozens of them the basis is factored anew by the caller.
//! * Complexity: a solve takes one pass over rows and non-zeros of the factors.

/// Entries below this are dropped.
const TINY: f64 = 1e-14;

/// A pivot is at least this part of the largest entry of its column.
const THRESHOLD: f64 = 0.1;

/// Below this, a column counts as dependent on those before it.
const SINGULAR: f64 = 1e-9;

/// One step of elimination.
#[derive(Debug, Clone)]
struct Pivot {
    row: usize,
    position: usize,
    diagonal: f64,
    /// Entries of U in rows of earlier pivots.
    upper: Vec<(u32, f64)>,
    /// Multipliers of L for rows of later pivots.
    lower: Vec<(u32, f64)>,
}

/// A pivot made after the factorisation.
#[derive(Debug, Clone)]
struct Eta {
    position: usize,
    pivot: f64,
    others: Vec<(u32, f64)>,
}

/// The factors of a basis.
#[derive(Debug, Clone, Default)]
pub(super) struct Factor {
    pivots: Vec<Pivot>,
    /// Positions in `pivots` of those with multipliers.
    eliminations: Vec<u32>,
    etas: Vec<Eta>,
    fill: usize,
}

impl Factor {
    /// Factors a basis of `size` columns.
    ///
    /// # Errors
    /// Positions of columns that depend on the others, each with a row that stays without pivot:
    /// the slack of the row can take the column's place.
    pub(super) fn new(
        size: usize,
        columns: &[Vec<(u32, f64)>],
    ) -> Result<Self, Vec<(usize, usize)>> {
        let mut work = Elimination::new(size, columns);
        work.singletons();
        work.nucleus();
        work.finish()
    }

    /// True when another factorisation would be cheaper in the long run.
    pub(super) fn is_worn(&self) -> bool {
        let etas: usize = self.etas.iter().map(|eta| eta.others.len()).sum();
        self.etas.len() >= 64 || etas > 3 * (self.fill + self.pivots.len())
    }

    /// Solves `B x = b`: `b` by row, `x` by position. `b` is used up.
    pub(super) fn solve(&self, b: &mut [f64], x: &mut [f64]) {
        for step in &self.eliminations {
            let pivot = &self.pivots[*step as usize];
            let value = b[pivot.row];
            if value != 0.0 {
                for (row, factor) in &pivot.lower {
                    b[*row as usize] -= factor * value;
                }
            }
        }
        for pivot in self.pivots.iter().rev() {
            let mut value = b[pivot.row];
            if value != 0.0 {
                value /= pivot.diagonal;
                for (row, entry) in &pivot.upper {
                    b[*row as usize] -= entry * value;
                }
                if value.abs() < TINY {
                    value = 0.0;
                }
            }
            x[pivot.position] = value;
        }
        for eta in &self.etas {
            let value = x[eta.position];
            if value != 0.0 {
                let value = value / eta.pivot;
                x[eta.position] = value;
                for (position, entry) in &eta.others {
                    x[*position as usize] -= entry * value;
                }
            }
        }
    }

    /// Solves `y B = c`: `c` by position, `y` by row. `c` is used up.
    pub(super) fn solve_transposed(&self, c: &mut [f64], y: &mut [f64]) {
        for eta in self.etas.iter().rev() {
            let sum: f64 = eta.others.iter().map(|(p, entry)| entry * c[*p as usize]).sum();
            c[eta.position] = (c[eta.position] - sum) / eta.pivot;
        }
        for pivot in &self.pivots {
            let sum: f64 = pivot.upper.iter().map(|(row, entry)| entry * y[*row as usize]).sum();
            y[pivot.row] = (c[pivot.position] - sum) / pivot.diagonal;
        }
        for step in self.eliminations.iter().rev() {
            let pivot = &self.pivots[*step as usize];
            let sum: f64 = pivot.lower.iter().map(|(row, entry)| entry * y[*row as usize]).sum();
            y[pivot.row] -= sum;
        }
    }

    /// Replaces the column at a position by one whose solution `B x = column` is given.
    pub(super) fn replace(&mut self, position: usize, solution: &[f64]) {
        let others = (0_u32..).zip(solution);
        let others = others.filter(|(at, entry)| *at as usize != position && entry.abs() > TINY);
        let others = others.map(|(at, entry)| (at, *entry)).collect();
        self.etas.push(Eta { position, pivot: solution[position], others });
    }
}

/// A factorisation on its way.
struct Elimination<'a> {
    columns: &'a [Vec<(u32, f64)>],
    /// By row, the positions of columns with an entry there.
    of_row: Vec<Vec<u32>>,
    row_done: Vec<bool>,
    done: Vec<bool>,
    /// Open rows of each open column, open columns of each open row.
    column_count: Vec<u32>,
    row_count: Vec<u32>,
    factor: Factor,
    /// Columns that have no pivot of their own.
    dependent: Vec<usize>,
}

impl<'a> Elimination<'a> {
    fn new(size: usize, columns: &'a [Vec<(u32, f64)>]) -> Self {
        let mut of_row: Vec<Vec<u32>> = vec![Vec::new(); size];
        for (position, column) in columns.iter().enumerate() {
            for (row, _) in column {
                of_row[*row as usize].push(position as u32);
            }
        }
        Self {
            row_count: of_row.iter().map(|row| row.len() as u32).collect(),
            column_count: columns.iter().map(|column| column.len() as u32).collect(),
            of_row,
            row_done: vec![false; size],
            done: vec![false; columns.len()],
            columns,
            factor: Factor::default(),
            dependent: Vec::new(),
        }
    }

    fn close(&mut self, pivot: Pivot) {
        let Self { columns, of_row, column_count, row_count, .. } = self;
        for position in &of_row[pivot.row] {
            column_count[*position as usize] -= 1;
        }
        for (row, _) in &columns[pivot.position] {
            row_count[*row as usize] -= 1;
        }
        self.row_done[pivot.row] = true;
        self.done[pivot.position] = true;
        self.factor.fill += pivot.upper.len() + pivot.lower.len();
        if !pivot.lower.is_empty() {
            self.factor.eliminations.push(self.factor.pivots.len() as u32);
        }
        self.factor.pivots.push(pivot);
    }

    /// Pivots on columns with one open row and rows with one open column: no entry fills in.
    fn singletons(&mut self) {
        let mut columns: Vec<usize> =
            (0..self.columns.len()).rev().filter(|at| self.column_count[*at] == 1).collect();
        let mut rows: Vec<usize> = Vec::new();
        let mut looked_at_rows = false;
        loop {
            if let Some(position) = columns.pop() {
                if !self.done[position] && self.column_count[position] == 1 {
                    self.column_singleton(position, &mut columns);
                }
            } else if let Some(row) = rows.pop() {
                if !self.row_done[row] && self.row_count[row] == 1 {
                    self.row_singleton(row, &mut rows, &mut columns);
                }
            } else if !looked_at_rows {
                // WHY after the columns: a pivot of theirs leaves no multipliers behind.
                looked_at_rows = true;
                rows.extend((0..self.row_done.len()).rev().filter(|r| self.row_count[*r] == 1));
            } else {
                return;
            }
        }
    }

    fn column_singleton(&mut self, position: usize, columns: &mut Vec<usize>) {
        let open = self.columns[position].iter().find(|(row, _)| !self.row_done[*row as usize]);
        let Some((row, diagonal)) = open.copied().filter(|(_, entry)| entry.abs() > SINGULAR)
        else {
            return;
        };
        let upper = self.columns[position].iter().filter(|(r, _)| *r != row).copied().collect();
        let row = row as usize;
        self.close(Pivot { row, position, diagonal, upper, lower: Vec::new() });
        let others = self.of_row[row].iter().map(|at| *at as usize);
        columns.extend(others.filter(|at| !self.done[*at] && self.column_count[*at] == 1));
    }

    fn row_singleton(&mut self, row: usize, rows: &mut Vec<usize>, columns: &mut Vec<usize>) {
        let mut open = self.of_row[row].iter().map(|at| *at as usize);
        let Some(position) = open.find(|at| !self.done[*at]) else { return };
        let column = &self.columns[position];
        let Some(diagonal) = column.iter().find(|(r, _)| *r as usize == row).map(|(_, e)| *e)
        else {
            return;
        };
        let rest = column.iter().filter(|(r, _)| *r as usize != row);
        let largest = rest.clone().map(|(_, entry)| entry.abs()).fold(diagonal.abs(), f64::max);
        if diagonal.abs() < SINGULAR.max(THRESHOLD * largest) {
            return;
        }
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for (r, entry) in rest {
            if self.row_done[*r as usize] {
                upper.push((*r, *entry));
            } else {
                lower.push((*r, entry / diagonal));
            }
        }
        self.close(Pivot { row, position, diagonal, upper, lower });
        for (r, _) in &self.columns[position] {
            let r = *r as usize;
            if !self.row_done[r] && self.row_count[r] == 1 {
                rows.push(r);
            }
        }
        let others = self.of_row[row].iter().map(|at| *at as usize);
        columns.extend(others.filter(|at| !self.done[*at] && self.column_count[*at] == 1));
    }

    /// What is left, the columns with the fewest open rows first.
    fn nucleus(&mut self) {
        let mut open: Vec<usize> = (0..self.columns.len()).filter(|at| !self.done[*at]).collect();
        open.sort_by_key(|at| (self.column_count[*at], *at));
        let mut dense = vec![0.0; self.row_done.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut marked = vec![false; self.row_done.len()];
        // WHY: rows of earlier pivots with multipliers have no entry in the columns that are left.
        let first = self.factor.eliminations.len();
        for position in open {
            for (row, entry) in &self.columns[position] {
                dense[*row as usize] = *entry;
                marked[*row as usize] = true;
                touched.push(*row);
            }
            for step in &self.factor.eliminations[first..] {
                let pivot = &self.factor.pivots[*step as usize];
                let value = dense[pivot.row];
                if value != 0.0 {
                    for (row, factor) in &pivot.lower {
                        let at = *row as usize;
                        if !marked[at] {
                            marked[at] = true;
                            touched.push(*row);
                        }
                        dense[at] -= factor * value;
                    }
                }
            }
            self.pivot_dense(position, &dense, &touched);
            for row in touched.drain(..) {
                dense[row as usize] = 0.0;
                marked[row as usize] = false;
            }
        }
    }

    fn pivot_dense(&mut self, position: usize, dense: &[f64], touched: &[u32]) {
        let open = touched.iter().filter(|row| !self.row_done[**row as usize]);
        let largest = open.clone().map(|row| dense[*row as usize].abs()).fold(0.0, f64::max);
        if largest < SINGULAR {
            self.dependent.push(position);
            return;
        }
        let large = open.filter(|row| dense[**row as usize].abs() >= THRESHOLD * largest);
        let Some(row) = large.min_by_key(|row| (self.row_count[**row as usize], **row)) else {
            return;
        };
        let diagonal = dense[*row as usize];
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for other in touched.iter().filter(|other| *other != row) {
            let entry = dense[*other as usize];
            if entry.abs() <= TINY {
                continue;
            }
            if self.row_done[*other as usize] {
                upper.push((*other, entry));
            } else {
                lower.push((*other, entry / diagonal));
            }
        }
        self.close(Pivot { row: *row as usize, position, diagonal, upper, lower });
    }

    fn finish(self) -> Result<Factor, Vec<(usize, usize)>> {
        let mut without: Vec<usize> = (0..self.done.len()).filter(|at| !self.done[*at]).collect();
        if without.is_empty() {
            return Ok(self.factor);
        }
        without.extend(self.dependent.iter().filter(|at| self.done[**at]));
        let rows = (0..self.row_done.len()).filter(|row| !self.row_done[*row]);
        Err(without.into_iter().zip(rows).collect())
    }
}
