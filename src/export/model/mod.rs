//! The compact model: one mixed-integer program for solvers that read LP or MPS files (docs/model.md,
//! "The compact model").
//!
//! * Takes an `Instance` with its tables, a tier, and what the tiers above it have reached; gives a `Model`,
//!   whose optimum is the optimum of that tier.
//! * **Invariant**: it is read off the plan spaces and tables that `solve` reads. Every rule of docs/model.md
//!   is in it; what is not needed (no choice could break it) makes no row.
//! * **Invariant**: every number is an integer, so that nothing is rounded on the way.
//! * Complexity: a column for each member and each start of each session, and as many entries as slots that
//!   they hold. A docket that could need more than `MOST_COLUMNS` is refused before anything is built.

mod build;
mod couple;
mod dates;
mod lp;
mod mps;
mod names;
mod panels;
mod people;
mod tiers;

pub use lp::write_lp;
pub use mps::write_mps;
pub use tiers::model_tiers;

use build::Builder;

use crate::diagnostic::Diagnostic;
use crate::domain::{Instance, Micro};
use crate::publish::Tables;
use crate::solve::{PlanSpace, Tier, plan_spaces};
use crate::time::tzdb_version;

/// The most columns that a model has: with more, no solver would come to an end, and the file is gigabytes.
pub const MOST_COLUMNS: usize = 4_000_000;

/// What a column may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 0 or 1.
    Binary,
    /// A whole number.
    Whole,
    /// Any number; a whole one in some optimum.
    Free,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it may be.
    pub kind: Kind,
    /// Its least value.
    pub least: i64,
    /// Its largest value.
    pub most: i64,
}

/// How a row compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// No more than the limit.
    AtMost,
    /// No less than it.
    AtLeast,
    /// Just that.
    Equal,
}

/// Columns, each once, and their coefficients.
pub type Terms = Vec<(usize, i64)>;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name, which begins with the label of its rule.
    pub name: String,
    /// Its sum.
    pub terms: Terms,
    /// How that compares with the limit.
    pub sense: Sense,
    /// The limit.
    pub limit: i64,
}

/// A mixed-integer program; its objective is to be as large as can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// What the file says of itself.
    pub notes: Vec<String>,
    /// Name of the objective.
    pub name: String,
    /// What is maximised.
    pub objective: Terms,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Writes one tier of a docket down as a mixed-integer program. `tier` is a place in `model_tiers`, and `above`
/// what the tiers above it have reached, which rows hold.
///
/// # Errors
/// The docket needs too many columns; or the tier is none, or `above` says too little.
pub fn model(
    instance: &Instance,
    tables: Tables<'_>,
    tier: usize,
    above: &[Micro],
) -> Result<Model, Diagnostic> {
    let tiers = Tier::all(instance);
    let held = above.get(..tier).filter(|_| tier < tiers.len());
    let Some(held) = held else {
        let message = format!("tier {tier} of {} with {} values", tiers.len(), above.len());
        let finding = Diagnostic::error("wrong-length", "/objective/tiers", message);
        return Err(finding.help("give a value for each tier above the one that is asked for"));
    };
    let spaces = plan_spaces(instance, tables.conflicts, tables.eligibility, tables.availability);
    let columns: usize = spaces.iter().map(|space| columns_of(instance, space)).sum();
    if columns > MOST_COLUMNS {
        let message = format!("the model could have {columns} columns, more than {MOST_COLUMNS}");
        return Err(Diagnostic::error("model-too-large", "/disputes", message)
            .help("export fewer disputes at a time, or a shorter horizon, or longer slots"));
    }
    let mut builder = Builder::new(instance, tables);
    for space in &spaces {
        builder.dispute(space);
    }
    builder.couple(&spaces);
    let mut notes = vec![
        format!("comity {}, instance {}", env!("CARGO_PKG_VERSION"), instance.id()),
        format!("digest {}, tzdb {}", instance.digest(), tzdb_version()),
        format!(
            "tier {}, micro-units, to be as large as can be",
            tiers::told(instance, tiers[tier])
        ),
    ];
    for (above, value) in tiers.iter().zip(held) {
        notes.push(format!("held: {} at least {value}", tiers::told(instance, *above)));
        builder.hold(*above, *value);
    }
    let objective = builder.tier(tiers[tier]);
    let name = tiers::name(instance, tiers[tier]);
    Ok(Model { notes, name, objective, columns: builder.columns, rows: builder.rows })
}

/// How many columns a dispute could need, were everybody free at any start.
fn columns_of(instance: &Instance, space: &PlanSpace) -> usize {
    if !space.open {
        return 1;
    }
    let sessions = space.sessions.iter().map(|session| {
        let booths: usize = session.booths.iter().map(|(_, suited)| suited.len()).sum();
        let place = session.room_at().map_or(0, |place| instance.place(place).classes.len());
        session.starts.len() * (2 + space.members.len() + booths + 2 * place)
    });
    2 + space.members.len() + sessions.sum::<usize>()
}
