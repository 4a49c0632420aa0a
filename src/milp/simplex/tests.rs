//! Every answer is proven by the theorem of duality; warm starts equal cold ones.

use super::{Outcome, Simplex};

/// Draws that come out the same everywhere (`SplitMix64`).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// A program as it was asked for, to be solved from nothing and to be checked against.
#[derive(Clone, Default)]
struct Plain {
    /// Gain, upper end.
    columns: Vec<(f64, f64)>,
    /// Limit, entries.
    rows: Vec<(f64, Vec<(usize, f64)>)>,
}

impl Plain {
    fn cold(&self) -> Simplex {
        let mut simplex = Simplex::new();
        for (gain, upper) in &self.columns {
            simplex.add_column(*gain, *upper, &[]);
        }
        for (limit, entries) in &self.rows {
            simplex.add_row(*limit, entries);
        }
        simplex
    }

    /// Strong duality: the point satisfies the rows, the prices are not negative, and both are
    /// worth the same.
    fn prove(&self, simplex: &Simplex, what: &str) -> f64 {
        let values = simplex.values();
        let mut promises: Vec<f64> = self.columns.iter().map(|(gain, _)| *gain).collect();
        let mut dual = 0.0;
        for (row, (limit, entries)) in self.rows.iter().enumerate() {
            let used: f64 = entries.iter().map(|(column, entry)| entry * values[*column]).sum();
            assert!(used <= limit + 1e-6, "{what}: row {row} holds {used} of {limit}");
            let price = simplex.price(row);
            assert!(price >= 0.0, "{what}");
            dual += price * limit;
            for (column, entry) in entries {
                promises[*column] -= entry * price;
            }
        }
        let mut primal = 0.0;
        for (column, (gain, upper)) in self.columns.iter().enumerate() {
            let value = values[column];
            assert!((-1e-6..=upper + 1e-6).contains(&value), "{what}: column {column} is {value}");
            primal += gain * value;
            if promises[column] > 1e-7 {
                assert!(upper.is_finite(), "{what}: column {column} promises {}", promises[column]);
                dual += promises[column] * upper;
            }
        }
        let size = 1.0 + primal.abs();
        assert!((primal - dual).abs() < 1e-5 * size, "{what}: {primal} and {dual}");
        assert!((simplex.objective() - primal).abs() < 1e-6 * size, "{what}");
        primal
    }
}

fn solved(simplex: &mut Simplex) -> Outcome {
    simplex.solve(&|| false)
}

fn entries(draw: &mut Draw, among: usize, ones: bool) -> Vec<(usize, f64)> {
    let mut found: Vec<(usize, f64)> = Vec::new();
    for _ in 0..=draw.below(6) {
        let entry = if ones || draw.below(3) > 0 { 1.0 } else { draw.below(9) as f64 / 2.0 - 1.5 };
        let at = draw.below(among);
        if entry != 0.0 && found.iter().all(|(known, _)| *known != at) {
            found.push((at, entry));
        }
    }
    found
}

fn random(draw: &mut Draw) -> Plain {
    let ones = draw.below(2) == 0;
    let mut plain = Plain::default();
    for _ in 0..=draw.below(30) {
        let gain = draw.below(40) as f64 / 4.0 - 2.0;
        let upper = [1.0, 1.0, 2.5, f64::INFINITY, 0.0][draw.below(5)];
        plain.columns.push((gain, upper));
    }
    let free = plain.columns.len();
    for _ in 0..draw.below(25) {
        let limit = if draw.below(6) == 0 { -1.0 } else { draw.below(4) as f64 };
        let mut row = entries(draw, free, ones);
        if limit < 0.0 {
            // A demand that money can buy off.
            for (_, entry) in &mut row {
                *entry = -*entry;
            }
            row.push((plain.columns.len(), -1.0));
            plain.columns.push((-50.0, f64::INFINITY));
        }
        plain.rows.push((limit, row));
    }
    // Nothing is without end.
    let all = (0..plain.columns.len()).map(|column| (column, 1.0)).collect();
    plain.rows.push((60.0, all));
    plain
}

#[test]
fn random_programs_are_solved_and_proven() {
    for seed in 0..2000 {
        let plain = random(&mut Draw(seed));
        let mut simplex = plain.cold();
        assert_eq!(solved(&mut simplex), Outcome::Optimal, "{seed}");
        plain.prove(&simplex, &format!("seed {seed}"));
    }
}

#[test]
fn a_warm_start_ends_where_a_cold_one_does() {
    for seed in 0..300 {
        let mut draw = Draw(seed);
        let mut plain = random(&mut draw);
        let mut simplex = plain.cold();
        for step in 0..12 {
            change(&mut draw, &mut plain, &mut simplex);
            if draw.below(3) == 0 {
                change(&mut draw, &mut plain, &mut simplex);
            }
            let what = format!("seed {seed} step {step}");
            assert_eq!(solved(&mut simplex), Outcome::Optimal, "{what}");
            let warm = plain.prove(&simplex, &what);
            let mut cold = plain.cold();
            assert_eq!(solved(&mut cold), Outcome::Optimal, "{what}");
            assert!((warm - cold.objective()).abs() < 1e-5 * (1.0 + warm.abs()), "{what}");
        }
    }
}

fn change(draw: &mut Draw, plain: &mut Plain, simplex: &mut Simplex) {
    let column = draw.below(plain.columns.len());
    match draw.below(5) {
        0 => {
            let mut row = entries(draw, plain.columns.len(), true);
            // What buys off a demand stays free.
            row.retain(|(column, _)| plain.columns[*column].0 > -50.0);
            let limit = draw.below(3) as f64;
            simplex.add_row(limit, &row);
            plain.rows.push((limit, row));
        }
        1 => {
            let gain = draw.below(40) as f64 / 4.0 - 1.0;
            // The last of the first rows bounds everything and takes every column.
            let mut in_rows = entries(draw, plain.rows.len(), true);
            let whole = plain.rows.iter().position(|row| row.0 > 50.0).unwrap_or(0);
            if in_rows.iter().all(|(row, _)| *row != whole) {
                in_rows.push((whole, 1.0));
            }
            let new = simplex.add_column(gain, 1.0, &in_rows);
            plain.columns.push((gain, 1.0));
            for (row, entry) in in_rows {
                plain.rows[row].1.push((new, entry));
            }
        }
        2 => {
            let gain = draw.below(40) as f64 / 4.0 - 2.0;
            if plain.columns[column].0 > -50.0 {
                plain.columns[column].0 = gain;
                simplex.set_gain(column, gain);
            }
        }
        3 => {
            if plain.columns[column].0 > -50.0 {
                let upper = [0.0, 1.0, f64::INFINITY][draw.below(3)];
                plain.columns[column].1 = upper;
                simplex.set_upper(column, upper);
            }
        }
        _ => {
            let row = draw.below(plain.rows.len());
            if plain.rows[row].0 >= 0.0 && plain.rows[row].0 < 50.0 {
                let limit = draw.below(4) as f64;
                plain.rows[row].0 = limit;
                simplex.set_limit(row, limit);
            }
        }
    }
}

/// A docket in small: plans of disputes, mediators who take three, slots that hold one.
fn docket(seed: u64, disputes: usize, plans: usize) -> Plain {
    let mut draw = Draw(seed);
    let mut plain = Plain::default();
    let (mediators, slots) = (disputes, 10 * disputes);
    plain.rows.extend((0..disputes).map(|_| (1.0, Vec::new())));
    plain.rows.extend((0..mediators).map(|_| (3.0, Vec::new())));
    plain.rows.extend((0..slots).map(|_| (1.0, Vec::new())));
    for dispute in 0..disputes {
        for _ in 0..plans {
            let column = plain.columns.len();
            plain.columns.push((1.0 + draw.below(100) as f64 / 100.0, f64::INFINITY));
            let mut uses = vec![dispute, disputes + draw.below(mediators)];
            uses.extend((0..12).map(|_| disputes + mediators + draw.below(slots)));
            uses.sort_unstable();
            uses.dedup();
            for row in uses {
                plain.rows[row].1.push((column, 1.0));
            }
        }
    }
    plain
}

#[test]
fn dockets_are_solved_and_proven() {
    for seed in 0..4 {
        let plain = docket(seed, 60, 20);
        let mut simplex = plain.cold();
        assert_eq!(solved(&mut simplex), Outcome::Optimal);
        eprintln!("{seed}: {} iterations", simplex.iterations());
        plain.prove(&simplex, &format!("docket {seed}"));
    }
}

#[test]
fn rows_that_contradict_each_other_are_found() {
    let mut simplex = Simplex::new();
    let x = simplex.add_column(1.0, f64::INFINITY, &[]);
    simplex.add_row(1.0, &[(x, 1.0)]);
    simplex.add_row(-2.0, &[(x, -1.0)]);
    assert_eq!(solved(&mut simplex), Outcome::Infeasible);
}

#[test]
fn a_value_without_end_is_found() {
    let mut simplex = Simplex::new();
    let x = simplex.add_column(1.0, f64::INFINITY, &[]);
    let y = simplex.add_column(0.0, f64::INFINITY, &[]);
    simplex.add_row(1.0, &[(x, 1.0), (y, -1.0)]);
    assert_eq!(solved(&mut simplex), Outcome::Unbounded);
}

#[test]
fn nothing_at_all_is_solved() {
    assert_eq!(solved(&mut Simplex::new()), Outcome::Optimal);
    let mut simplex = Simplex::new();
    simplex.add_column(2.0, 3.0, &[]);
    assert_eq!(solved(&mut simplex), Outcome::Optimal);
    assert!((simplex.objective() - 6.0).abs() < 1e-9);
}

#[test]
fn a_wish_to_stop_is_heard() {
    let mut simplex = docket(1, 30, 10).cold();
    assert_eq!(simplex.solve(&|| true), Outcome::Stopped);
}
