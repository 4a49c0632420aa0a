//! Benches: which runs a plan asks for, and what their records come to.
//!
//! * Takes the text of a plan, records and traces of runs; gives the list of runs, tables, CSV and
//!   JSON, plots as SVG, a comparison of two benches, or findings. Does no run itself: processes,
//!   files and clocks are `cli`'s.
//! * **Invariant**: the table of answers (`answers`) holds nothing that a clock or a machine has a
//!   say in, unless a time limit ended a run: run whole, resumed or in shards, its bytes are the same.
//! * **Invariant**: the shards of a plan take each of its runs once.
//! * Complexity: `n log n` in the number of runs, times that of methods and limits for the plots; the
//!   traces of one instance are held at a time.

mod answers;
mod codes;
mod compare;
mod curves;
mod figures;
mod measures;
mod places;
mod plan;
mod plots;
mod record;
mod runs;
mod statistics;
mod trace;

pub use answers::{Row, Spread, rows, table, times};
pub use codes::CODES;
pub(crate) use codes::{FILE, INSTANCE, METHOD, MISSING};
pub use compare::{Comparison, compare, compare_text};
pub use curves::{Curve, gap_curves, quality_profile, time_profile};
pub use figures::{RESULTS_SCHEMA, Results, csv_text};
pub use measures::{measure_points, measures_table};
pub use places::{Place, Places, Plan, read_plan};
pub use plan::{Checked, Method, RunOptions, Source, What, check_plan};
pub use plots::{PlotError, draw_gaps, draw_measures, draw_quality_profile, draw_time_profile};
pub use record::{
    Answer, InstanceUsed, Machine, Outcome, RECORD_SCHEMA, RunRecord, Software, Verdict,
    read_record,
};
pub use runs::{Run, Shard, in_shard, runs, runs_of};
pub use statistics::{Summary, summary};
pub use trace::{TracePoint, read_trace};
