//! Linear and integer programs: the only room that names `good_lp`.
//!
//! * Takes a maximisation with columns in `[0, upper]` and rows `sum <= limit`; gives values, and
//!   for linear programs the prices of the rows.
//! * Linear programs grow from round to round. Small ones keep their basis: our own `Simplex`, exact. Large
//!   ones keep their values and prices: `FirstOrder`, as near as it is given iterations. Integer programs go
//!   through `good_lp` to microlp or, with the feature `highs`, to `HiGHS`.
//! * **Invariant**: an integer answer is rounded here and checked against every row, so that no
//!   tolerance of a solver gets out.

mod first_order;
mod simplex;

pub use first_order::{FirstOrder, LEFT_OUT, Shape};
pub use simplex::{Outcome, Simplex};

use good_lp::solvers::{ResolutionError, Solution, SolutionStatus};
use good_lp::{
    Constraint, Expression, IntoAffineExpression, ProblemVariables, SolverModel, Variable,
    WithMipGap, WithTimeLimit, constraint, variable,
};
use thiserror::Error;

/// A column: a variable between 0 and `upper`.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What one unit adds to the objective.
    pub gain: f64,
    /// Largest value; `f64::INFINITY` for none.
    pub upper: f64,
}

/// A row: `sum of coefficient * column <= limit`.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Columns and coefficients.
    pub entries: Vec<(usize, f64)>,
    /// The limit.
    pub limit: f64,
}

/// A maximisation over columns under rows.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// Why a program was not solved.
#[derive(Debug, Error)]
pub enum MilpError {
    /// No point satisfies the rows.
    #[error("the rows contradict each other")]
    Infeasible,
    /// The solver gave up.
    #[error("the solver failed: {0}")]
    Solver(String),
}

impl From<ResolutionError> for MilpError {
    fn from(error: ResolutionError) -> Self {
        match error {
            ResolutionError::Infeasible => Self::Infeasible,
            other => Self::Solver(other.to_string()),
        }
    }
}

/// Name of the solver behind this build, for `run.solver`.
#[must_use]
pub fn solver_name() -> &'static str {
    if cfg!(feature = "highs") {
        "plans-and-prices/simplex+highs"
    } else {
        "plans-and-prices/simplex+microlp"
    }
}

fn build(model: &Model) -> (ProblemVariables, Vec<Variable>, Expression, Vec<Constraint>) {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = model
        .columns
        .iter()
        .map(|column| {
            let definition = variable().min(0.0);
            let definition =
                if column.upper.is_finite() { definition.max(column.upper) } else { definition };
            variables.add(definition.integer())
        })
        .collect();
    let mut objective = Expression::from(0.0);
    for (column, variable) in model.columns.iter().zip(&columns) {
        objective += column.gain * variable.into_expression();
    }
    let rows = model
        .rows
        .iter()
        .map(|row| {
            let mut sum = Expression::with_capacity(row.entries.len());
            for (column, coefficient) in &row.entries {
                sum.add_mul(*coefficient, columns[*column]);
            }
            constraint!(sum <= row.limit)
        })
        .collect();
    (variables, columns, objective, rows)
}

/// HiGHS on one thread, so that an answer does not depend on how many there are, and in silence.
#[cfg(feature = "highs")]
fn quiet_highs(
    problem: good_lp::variable::UnsolvedProblem,
) -> good_lp::solvers::highs::HighsProblem {
    let mut problem = problem.using(good_lp::solvers::highs::highs).set_threads(1);
    problem.set_verbose(false);
    problem
}

/// Solves the integer program; every column is a whole number.
///
/// `start` is a feasible answer to begin from; `seconds` a time limit. The answer is checked
/// against every row.
///
/// # Errors
/// When the rows contradict each other, the solver gives up, or its answer does not hold.
pub fn solve_integer(
    model: &Model,
    start: Option<&[f64]>,
    seconds: Option<f64>,
) -> Result<Vec<f64>, MilpError> {
    let (variables, columns, objective, rows) = build(model);
    let problem = variables.maximise(objective);
    #[cfg(feature = "highs")]
    let mut problem = quiet_highs(problem);
    #[cfg(not(feature = "highs"))]
    let mut problem = problem.using(good_lp::solvers::microlp::microlp);
    if let Some(start) = start {
        use good_lp::WithInitialSolution;
        problem = problem.with_initial_solution(columns.iter().copied().zip(start.iter().copied()));
    }
    if let Some(seconds) = seconds {
        problem = problem.with_time_limit(seconds);
    }
    problem = problem.with_mip_gap(0.0).map_err(|e| MilpError::Solver(e.to_string()))?;
    for row in rows {
        problem.add_constraint(row);
    }
    let solution = problem.solve()?;
    debug_assert!(matches!(
        solution.status(),
        SolutionStatus::Optimal | SolutionStatus::TimeLimit | SolutionStatus::GapLimit
    ));
    let values: Vec<f64> = columns.iter().map(|column| solution.value(*column).round()).collect();
    let holds = model.rows.iter().all(|row| {
        let sum: f64 = row.entries.iter().map(|(column, c)| c * values[*column]).sum();
        sum <= row.limit + 1e-6
    });
    if holds { Ok(values) } else { Err(MilpError::Solver("an answer breaks a row".to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        // maximise 3x + 2y with x + y <= 1.5, x <= 1
        Model {
            columns: vec![
                Column { gain: 3.0, upper: f64::INFINITY },
                Column { gain: 2.0, upper: f64::INFINITY },
            ],
            rows: vec![
                Row { entries: vec![(0, 1.0), (1, 1.0)], limit: 1.5 },
                Row { entries: vec![(0, 1.0)], limit: 1.0 },
            ],
        }
    }

    #[test]
    fn prices_are_the_duals_of_the_rows() {
        let mut simplex = Simplex::new();
        for column in model().columns {
            simplex.add_column(column.gain, column.upper, &[]);
        }
        for row in model().rows {
            simplex.add_row(row.limit, &row.entries);
        }
        assert_eq!(simplex.solve(&|| false), Outcome::Optimal);
        let values = simplex.values();
        assert!((values[0] - 1.0).abs() < 1e-6 && (values[1] - 0.5).abs() < 1e-6);
        assert!((simplex.price(0) - 2.0).abs() < 1e-6 && (simplex.price(1) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn integer_answers_are_whole_and_hold() {
        let answer = solve_integer(&model(), None, None).expect("solved");
        assert_eq!(answer, vec![1.0, 0.0]);
    }
}
