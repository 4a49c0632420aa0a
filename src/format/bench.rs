//! The plan of a bench, `comity.bench/1`: see `docs/bench.md`. It may be written as TOML too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{Decimal, Notes};

/// Which instances are solved by which methods, with which seeds and time limits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchDoc {
    /// Always `comity.bench/1`.
    pub schema: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The instances: files, instances to generate, other people's data to convert.
    pub instances: Vec<BenchInstanceDoc>,
    /// The methods; `optimise` alone by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<BenchMethodDoc>,
    /// The seeds; 0 alone by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seeds: Vec<u64>,
    /// Seconds for each run, or `none`; `none` alone by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time_limits: Vec<BenchLimitDoc>,
    /// Relative gap at which quality counts as proven; that of `solve` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Decimal>,
    /// Threads of each run; all cores by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threads: Option<u32>,
    /// Largest number of nodes in the search of each tier; that of `solve` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_limit: Option<u32>,
    /// How often each run is made; once by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<u32>,
    /// Free remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// An instance of a bench: a file, or an object that says where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BenchInstanceDoc {
    /// A file.
    File(String),
    /// A file with a name, an instance to generate, or data to convert.
    Source(Box<BenchSourceDoc>),
}

/// Where an instance comes from: `file` alone, `generate`, or `convert` with `file`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchSourceDoc {
    /// Name in tables and plots; made from the file or the profile by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The file, relative to the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// A profile of `comity generate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generate: Option<String>,
    /// A form that `comity convert --from` reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convert: Option<String>,
    /// Seed of the generator, not of the runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Number of disputes to generate or to convert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputes: Option<u32>,
    /// Number of mediators to generate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediators: Option<u32>,
    /// Generates with fewer rooms, interpreters and counsel, fuller calendars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tight: Option<bool>,
    /// Free remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Notes,
}

/// A method of a bench: the name of one of comity's own, or another program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BenchMethodDoc {
    /// One of comity's own.
    Own(String),
    /// Another program that writes a solution.
    Other(BenchCommandDoc),
}

/// Another program that writes a solution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchCommandDoc {
    /// Name in tables and plots.
    pub name: String,
    /// Program and arguments; `{instance}`, `{output}`, `{seed}` and `{time_limit}` stand for what their names say.
    pub command: Vec<String>,
}

/// Seconds, or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BenchLimitDoc {
    /// Seconds.
    Seconds(Decimal),
    /// No limit.
    Unlimited(BenchUnlimited),
}

/// The word for no time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BenchUnlimited {
    /// No time limit.
    None,
}
