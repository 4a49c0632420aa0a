//! Prices by a first-order method: near the optimum at any size, begun where the last run ended.
//!
//! * Takes a program (as `Simplex` holds it) whose columns fall into *blocks*, of each of which at most one unit is
//!   taken; gives values and prices that are close to optimal. No matrix is factored: an iteration is two products
//!   with the matrix, so that memory and time grow with its entries alone.
//! * A step moves values up along what they promise, onto their block exactly, and prices along what is overused;
//!   steps are reflected, averaged with where the run last began anew (Halpern), and begun anew when the fixed-point
//!   residual has fallen enough. The weight between values and prices follows the ways that both went.
//! * **Invariant**: the same input gives the same output, whatever the number of threads: sums are taken in a fixed
//!   order.
//!
//! SOURCE: Chambolle and Pock, "A first-order primal-dual algorithm for convex problems with applications to imaging",
//! 2011 (the step), and "Diagonal preconditioning for first order primal-dual algorithms", 2011 (its lengths);
//! Lu and Yang, "Restarted Halpern PDHG for linear programming", 2024 (reflection, averages, beginning anew).

use rayon::prelude::*;

use super::Simplex;

/// Left out of a run.
pub const LEFT_OUT: u32 = u32::MAX;

/// Part of the longest step that is known to be safe.
const LENGTH: f64 = 0.99;

/// A run begins anew when the residual has fallen to this part, or to the second and rises again, or after this part
/// of all iterations.
const FALLEN: (f64, f64) = (0.2, 0.8);
const OVERDUE: f64 = 0.36;

/// Of what the ways of a run tell, an eighth (in logarithms, three square roots) enters the weight: runs are short,
/// and what they tell varies. WHY roots: they are the same to the last bit on every machine, powers are not.
const ROOTS: u32 = 3;

/// Residual, relative to that of the first step, at which a run has come to rest.
const REST: f64 = 1e-9;

/// Blocks and rows that a thread takes at a time, from so many entries on.
const CHUNK: usize = 256;
const MANY: usize = 40_000;

/// How a program is to be read.
#[derive(Debug)]
pub struct Shape {
    /// For each column, the number of its block, or `LEFT_OUT`.
    pub block: Vec<u32>,
    /// Number of blocks.
    pub blocks: usize,
    /// For each row, the largest price that it may have; `None` for a row that the blocks see to.
    pub ceiling: Vec<Option<f64>>,
}

/// Values and prices from run to run.
#[derive(Debug, Clone)]
pub struct FirstOrder {
    values: Vec<f64>,
    prices: Vec<f64>,
    /// How far prices move for a unit of the way of values.
    balance: f64,
}

impl Default for FirstOrder {
    fn default() -> Self {
        Self { values: Vec::new(), prices: Vec::new(), balance: 1.0 }
    }
}

/// The program, columns by block; rows that can never be overused are not in it.
struct Flat {
    columns: Vec<usize>,
    gain: Vec<f64>,
    block_start: Vec<usize>,
    /// Step length of a block.
    reach: Vec<f64>,
    by_column: Sparse,
    rows: Vec<usize>,
    limit: Vec<f64>,
    ceiling: Vec<f64>,
    /// Step length of a row.
    stride: Vec<f64>,
    by_row: Sparse,
}

/// Compressed lines of a matrix.
#[derive(Default)]
struct Sparse {
    start: Vec<usize>,
    entries: Vec<(u32, f64)>,
}

impl Sparse {
    fn line(&self, number: usize) -> &[(u32, f64)] {
        &self.entries[self.start[number]..self.start[number + 1]]
    }

    fn from_lines(lines: Vec<Vec<(u32, f64)>>) -> Self {
        let mut start = Vec::with_capacity(lines.len() + 1);
        start.push(0);
        let mut entries = Vec::with_capacity(lines.iter().map(Vec::len).sum());
        for line in lines {
            entries.extend(line);
            start.push(entries.len());
        }
        Self { start, entries }
    }
}

impl Flat {
    fn new(program: &Simplex, shape: &Shape) -> Self {
        let mut of_block: Vec<Vec<usize>> = vec![Vec::new(); shape.blocks];
        for (column, block) in shape.block.iter().enumerate() {
            if *block != LEFT_OUT && program.column(column).1 > 0.0 {
                of_block[*block as usize].push(column);
            }
        }
        of_block.retain(|block| !block.is_empty());
        let mut columns = Vec::new();
        let mut block_start = vec![0];
        let mut place: Vec<u32> = vec![LEFT_OUT; shape.block.len()];
        let mut block_of: Vec<u32> = Vec::new();
        for (number, block) in of_block.into_iter().enumerate() {
            for column in block {
                place[column] = columns.len() as u32;
                columns.push(column);
                block_of.push(number as u32);
            }
            block_start.push(columns.len());
        }
        let mut flat = Self {
            gain: columns.iter().map(|column| program.column(*column).0).collect(),
            reach: Vec::new(),
            by_column: Sparse::default(),
            rows: Vec::new(),
            limit: Vec::new(),
            ceiling: Vec::new(),
            stride: Vec::new(),
            by_row: Sparse::default(),
            columns,
            block_start,
        };
        let mut lines: Vec<Vec<(u32, f64)>> = Vec::new();
        for row in 0..program.rows() {
            let Some(ceiling) = shape.ceiling[row] else { continue };
            let (limit, entries) = program.row(row);
            let entries = entries.filter(|(column, _)| place[*column] != LEFT_OUT);
            let mut line: Vec<(u32, f64)> = entries.map(|(c, entry)| (place[c], entry)).collect();
            line.sort_unstable_by_key(|(column, _)| *column);
            // What the blocks can use of the row at most, and how far it can move.
            let (mut most, mut far) = (0.0, 0.0);
            for of_one in line.chunk_by(|a, b| block_of[a.0 as usize] == block_of[b.0 as usize]) {
                most += of_one.iter().map(|(_, entry)| *entry).fold(0.0, f64::max);
                far += of_one.iter().map(|(_, entry)| entry.abs()).fold(0.0, f64::max);
            }
            if most > limit + 1e-9 {
                flat.rows.push(row);
                flat.limit.push(limit);
                flat.ceiling.push(ceiling);
                // WHY by blocks: of a block one unit moves at most, so that a row can move no farther than this.
                flat.stride.push(1.0 / far.max(1.0));
                lines.push(line);
            }
        }
        let mut turned: Vec<Vec<(u32, f64)>> = vec![Vec::new(); flat.columns.len()];
        for (row, line) in (0_u32..).zip(&lines) {
            for (column, entry) in line {
                turned[*column as usize].push((row, *entry));
            }
        }
        flat.by_row = Sparse::from_lines(lines);
        let sizes: Vec<f64> =
            turned.iter().map(|line| line.iter().map(|(_, entry)| entry.abs()).sum()).collect();
        let blocks = flat.block_start.windows(2).map(|ends| &sizes[ends[0]..ends[1]]);
        flat.reach =
            blocks.map(|sizes| 1.0 / sizes.iter().fold(1.0, |a: f64, b| a.max(*b))).collect();
        flat.by_column = Sparse::from_lines(turned);
        flat
    }

    /// Moves values at given prices: `to` becomes the nearest point of the blocks.
    fn move_values(&self, values: &[f64], prices: &[f64], balance: f64, to: &mut [f64]) {
        let one = |block: usize, to: &mut [f64]| {
            let (first, step) = (self.block_start[block], LENGTH / balance * self.reach[block]);
            for (at, to) in to.iter_mut().enumerate() {
                let column = first + at;
                let used: f64 = self
                    .by_column
                    .line(column)
                    .iter()
                    .map(|(row, entry)| entry * prices[*row as usize])
                    .sum();
                *to = values[column] + step * (self.gain[column] - used);
            }
            project(to);
        };
        let many = self.by_row.entries.len() >= MANY;
        let blocks = self.block_start.len() - 1;
        let mut rest = to;
        let mut parts = Vec::new();
        let chunk = if many { CHUNK } else { blocks.max(1) };
        for first in (0..blocks).step_by(chunk) {
            let last = (first + chunk).min(blocks);
            let size = self.block_start[last] - self.block_start[first];
            let (part, others) = rest.split_at_mut(size);
            parts.push((first, last, part));
            rest = others;
        }
        let each = |(first, last, mut part): (usize, usize, &mut [f64])| {
            for block in first..last {
                let size = self.block_start[block + 1] - self.block_start[block];
                let (own, others) = part.split_at_mut(size);
                one(block, own);
                part = others;
            }
        };
        if many {
            parts.into_par_iter().for_each(each);
        } else {
            parts.into_iter().for_each(each);
        }
    }

    /// Moves prices along what `to` and its reflection use beyond the limits.
    fn move_prices(&self, old: &[f64], new: &[f64], prices: &[f64], balance: f64, to: &mut [f64]) {
        let one = |row: usize, to: &mut f64| {
            let ahead = |(column, entry): &(u32, f64)| {
                entry * (2.0 * new[*column as usize] - old[*column as usize])
            };
            let used: f64 = self.by_row.line(row).iter().map(ahead).sum();
            let step = LENGTH * balance * self.stride[row];
            *to = (prices[row] + step * (used - self.limit[row])).clamp(0.0, self.ceiling[row]);
        };
        if self.by_row.entries.len() >= MANY {
            to.par_iter_mut().with_min_len(CHUNK).enumerate().for_each(|(row, to)| one(row, to));
        } else {
            to.iter_mut().enumerate().for_each(|(row, to)| one(row, to));
        }
    }

    /// Squares of the ways between two points, each in the measure of its steps.
    fn ways(&self, x: (&[f64], &[f64]), y: (&[f64], &[f64])) -> (f64, f64) {
        let mut values = 0.0;
        for (block, ends) in self.block_start.windows(2).enumerate() {
            let own = ends[0]..ends[1];
            let way: f64 = own.map(|at| (x.0[at] - x.1[at]).powi(2)).sum();
            values += way / self.reach[block];
        }
        let rows = y.0.iter().zip(y.1).zip(&self.stride);
        (values, rows.map(|((a, b), stride)| (a - b).powi(2) / stride).sum())
    }
}

/// Moves a point to the nearest one with nothing below 0 and a sum of at most 1.
fn project(point: &mut [f64]) {
    let sum: f64 = point.iter().filter(|value| **value > 0.0).sum();
    let mut cut = 0.0;
    if sum > 1.0 {
        // The cut rises until what stays above it adds up to 1 (Michelot, 1986).
        let mut above = point.iter().filter(|value| **value > 0.0).count();
        cut = (sum - 1.0) / above as f64;
        loop {
            let stays = point.iter().filter(|value| **value > cut);
            let (number, sum) = stays.fold((0, 0.0), |(n, sum), value| (n + 1, sum + value));
            // WHY not just equal: with rounding, what stays may grow again.
            if number >= above || number == 0 {
                break;
            }
            above = number;
            cut = (sum - 1.0) / number as f64;
        }
    }
    for value in point {
        *value = (*value - cut).max(0.0);
    }
}

impl FirstOrder {
    /// Runs so many iterations at most from where the last run ended; columns and rows may have been added since.
    pub fn run(
        &mut self,
        program: &Simplex,
        shape: &Shape,
        iterations: usize,
        should_stop: &dyn Fn() -> bool,
    ) {
        self.values.resize(program.columns(), 0.0);
        self.prices.resize(program.rows(), 0.0);
        let flat = Flat::new(program, shape);
        let mut x: Vec<f64> = flat.columns.iter().map(|column| self.values[*column]).collect();
        let mut y: Vec<f64> = flat.rows.iter().map(|row| self.prices[*row]).collect();
        let (mut x_from, mut y_from) = (x.clone(), y.clone());
        let (mut x_to, mut y_to) = (x.clone(), y.clone());
        let (mut since, mut first, mut last) = (0_usize, 0.0, f64::INFINITY);
        let mut start = 0.0;
        for iteration in 0..iterations {
            if iteration % 8 == 0 && should_stop() {
                break;
            }
            flat.move_values(&x, &y, self.balance, &mut x_to);
            flat.move_prices(&x, &x_to, &y, self.balance, &mut y_to);
            let (values, prices) = flat.ways((&x, &x_to), (&y, &y_to));
            let residual = (values * self.balance + prices / self.balance).sqrt();
            if iteration == 0 {
                start = residual;
            }
            if since == 0 {
                (first, last) = (residual, f64::INFINITY);
            }
            if residual <= REST * start {
                break;
            }
            let anew = since > 0
                && (residual <= FALLEN.0 * first
                    || (residual <= FALLEN.1 * first && residual > last)
                    || since as f64 >= OVERDUE * iteration as f64);
            last = residual;
            if anew {
                let (values, prices) = flat.ways((&x_from, &x_to), (&y_from, &y_to));
                if values > 1e-12 && prices > 1e-12 {
                    let seen = (prices / values).sqrt();
                    let learnt = (0..ROOTS).fold(seen / self.balance, |part, _| part.sqrt());
                    self.balance = (self.balance * learnt).clamp(1e-4, 1e4);
                }
                for (list, to) in [(&mut x, &x_to), (&mut x_from, &x_to)] {
                    list.copy_from_slice(to);
                }
                for (list, to) in [(&mut y, &y_to), (&mut y_from, &y_to)] {
                    list.copy_from_slice(to);
                }
                since = 0;
                continue;
            }
            let part = (since + 1) as f64 / (since + 2) as f64;
            for (list, to, from) in [(&mut x, &x_to, &x_from), (&mut y, &y_to, &y_from)] {
                for ((at, to), from) in list.iter_mut().zip(to).zip(from) {
                    *at = part * (2.0 * to - *at) + (1.0 - part) * from;
                }
            }
            since += 1;
        }
        self.values.fill(0.0);
        self.prices.fill(0.0);
        for (column, value) in flat.columns.iter().zip(x_to) {
            self.values[*column] = value;
        }
        for (row, price) in flat.rows.iter().zip(y_to) {
            self.prices[*row] = price;
        }
    }

    /// The values of the columns: not negative, at most one unit a block; rows may be overused by a little.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The price of a row, not negative.
    #[must_use]
    pub fn price(&self, row: usize) -> f64 {
        self.prices.get(row).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::milp::Outcome;

    #[test]
    fn a_point_moves_to_the_nearest_of_its_block() {
        let near = |mut point: Vec<f64>| {
            project(&mut point);
            point
        };
        assert_eq!(near(vec![0.5, -1.0, 0.25]), [0.5, 0.0, 0.25]);
        assert_eq!(near(vec![2.0, 0.0]), [1.0, 0.0]);
        assert_eq!(near(vec![1.0, 1.0, 0.0]), [0.5, 0.5, 0.0]);
    }

    /// Disputes with plans that share rows, from a simple recurrence.
    fn program(seed: u64) -> (Simplex, Shape) {
        let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        let mut draw = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let (blocks, plans, rows) = (12, 8, 15);
        let mut simplex = Simplex::new();
        let own: Vec<usize> = (0..blocks).map(|_| simplex.add_row(1.0, &[])).collect();
        let shared: Vec<usize> =
            (0..rows).map(|_| simplex.add_row(1.0 + draw(2) as f64, &[])).collect();
        let mut block = Vec::new();
        for (number, own) in own.iter().enumerate() {
            for _ in 0..plans {
                let mut entries = vec![(*own, 1.0)];
                for row in &shared {
                    if draw(4) == 0 {
                        entries.push((*row, 1.0));
                    }
                }
                simplex.add_column(0.2 + draw(1000) as f64 / 1000.0, f64::INFINITY, &entries);
                block.push(number as u32);
            }
        }
        let ceiling = (0..blocks + rows).map(|row| (row >= blocks).then_some(1e6)).collect();
        (simplex, Shape { block, blocks, ceiling })
    }

    /// The bound that the prices prove.
    fn bound(simplex: &Simplex, shape: &Shape, prices: &FirstOrder) -> f64 {
        let mut best = vec![0.0_f64; shape.blocks];
        let mut used = vec![0.0; simplex.columns()];
        let mut bound = 0.0;
        for row in 0..simplex.rows() {
            let (limit, entries) = simplex.row(row);
            bound += prices.price(row) * limit;
            entries.for_each(|(column, entry)| used[column] += entry * prices.price(row));
        }
        for (column, block) in shape.block.iter().enumerate() {
            let best = &mut best[*block as usize];
            *best = best.max(simplex.column(column).0 - used[column]);
        }
        bound + best.iter().sum::<f64>()
    }

    #[test]
    fn prices_come_near_those_of_the_simplex() {
        for seed in 0..40 {
            let (mut simplex, shape) = program(seed);
            let mut first_order = FirstOrder::default();
            first_order.run(&simplex, &shape, 2_000, &|| false);
            assert_eq!(simplex.solve(&|| false), Outcome::Optimal);
            let (bound, optimum) = (bound(&simplex, &shape, &first_order), simplex.objective());
            assert!(bound >= optimum - 1e-6, "seed {seed}: {bound} {optimum}");
            assert!(bound <= optimum * 1.0005, "seed {seed}: {bound} {optimum}");
            // A second run begins where the first ended.
            first_order.run(&simplex, &shape, 50, &|| false);
            let again = self::bound(&simplex, &shape, &first_order);
            assert!(again <= optimum * 1.0006, "seed {seed}: {again} {optimum}");
        }
    }
}
