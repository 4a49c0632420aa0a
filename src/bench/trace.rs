//! How a run came to its answer: one line of JSON for each better answer or bound.

use serde::{Deserialize, Serialize};

/// What was known at one moment of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TracePoint {
    /// Since the start, in milliseconds.
    pub elapsed_ms: u64,
    /// The tiers of the best answer, in micro-units.
    pub tiers: Vec<i64>,
    /// The last of them.
    pub quality: i64,
    /// A proven bound of it, once there is one.
    pub bound: Option<i64>,
}

/// Reads a trace; the line at which a killed run broke off, and whatever else is no point, is passed over.
#[must_use]
pub fn read_trace(text: &str) -> Vec<TracePoint> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
