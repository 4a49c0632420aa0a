//! Serde mirrors of comity's documents: what is written down, exactly, and nothing more.
//!
//! * Takes bytes, gives `InstanceDoc`, `SolutionDoc`, `RulesDoc` or `BenchDoc`, and back.
//! * **Invariant**: no logic. Dates, instants, civil times and ids stay the strings that the user
//!   wrote; what they mean is decided by `validate` on the solving side and, a second time and
//!   independently, by `check`.
//! * Unknown keys are rejected everywhere; `notes` is allowed everywhere and ignored.

mod bench;
mod canonical;
mod instance;
mod measures;
mod read;
mod rules;
mod schema;
mod selection;
mod solution;
mod values;
mod write;

pub use bench::*;
pub use instance::*;
pub use measures::*;
pub(crate) use read::codes::{
    DUPLICATE_KEY as READ_DUPLICATE_KEY, NOT_UTF8 as READ_NOT_UTF8, SYNTAX as READ_SYNTAX,
    WRONG_SCHEMA as READ_WRONG_SCHEMA,
};
pub use read::{CODES as READ_CODES, read_bench, read_instance, read_rules, read_solution};
pub use rules::*;
pub use schema::{DocumentKind, schema_of};
pub use selection::*;
pub use solution::*;
pub use values::{Decimal, Notes, Pairs, Scores};
pub use write::{canonical_digest, to_json_string};

/// The `schema` value of an instance document.
pub const INSTANCE_SCHEMA: &str = "comity.instance/1";
/// The `schema` value of a solution document.
pub const SOLUTION_SCHEMA: &str = "comity.solution/1";
/// The `schema` value of the plan of a bench.
pub const BENCH_SCHEMA: &str = "comity.bench/1";
/// The `schema` value of a rules document.
pub const RULES_SCHEMA: &str = "comity.rules/1";
