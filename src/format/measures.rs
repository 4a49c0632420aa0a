//! What an answer is like: what `comity stats INSTANCE SOLUTION --format json` prints (docs/mechanisms.md).

use serde::{Deserialize, Serialize};

use super::instance::Mechanism;

/// What an answer is like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuresDoc {
    /// How panels were selected.
    pub mechanism: Mechanism,
    /// Disputes with a panel, with dates as well, and all.
    pub panels: usize,
    /// See `panels`.
    pub served: usize,
    /// See `panels`.
    pub disputes: usize,
    /// The quality tier, in micro-units.
    pub quality: i64,
    /// Mean fit over seats, and the lowest mean fit of a panel.
    pub mean_fit: f64,
    /// See `mean_fit`.
    pub lowest_fit: f64,
    /// Point-minutes that everybody bears, and that the worst-off side bears.
    pub burden: i64,
    /// See `burden`.
    pub worst_side: i64,
    /// Mediators who sit, and the share of seats of the busiest tenth of the roster.
    pub seated: usize,
    /// See `seated`.
    pub busiest_tenth: f64,
    /// Sum of the squares of all shares of seats (Herfindahl and Hirschman); 1 when one mediator has all.
    pub concentration: f64,
    /// How likely the likeliest pair was, where that is known: 1 without a draw, in a lottery the largest probability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeliest: Option<f64>,
    /// What sides that returned rankings think.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<SatisfactionDoc>,
    /// What a false ballot would have got, where there were lists and rankings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub false_ballots: Option<FalseBallotsDoc>,
}

/// What sides think of their panels: 1 is the best of all who may sit, 0 the worst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SatisfactionDoc {
    /// Mean over sides and members.
    pub mean: f64,
    /// Of the least content side.
    pub least: f64,
    /// Mean difference between the most and the least content side of a dispute.
    pub difference: f64,
}

/// What a side could have got by ranking otherwise than it likes, everybody else ranking as they do. A lower bound: one
/// false ballot is tried for each name that the side likes better than whoever was invited.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FalseBallotsDoc {
    /// Lists, times the sides that rank.
    pub tried: usize,
    /// Those in which the side would have got a name that it likes better.
    pub paid: usize,
    /// Mean gain over those, in places of the side's true ranking of the list, as a share of the list.
    pub mean_gain: f64,
}
