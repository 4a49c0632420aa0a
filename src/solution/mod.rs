//! What an answer is: a plan for each served dispute, and a pure evaluator of its value.

mod evaluate;

pub use evaluate::{Objective, evaluate, seat_worth};

use crate::domain::{DisputeIx, MediatorIx};

/// One dispute's panel with the starts of all its sessions (docs/model.md, "A plan").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plan {
    /// The dispute.
    pub dispute: DisputeIx,
    /// The panel in roster order.
    pub panel: Vec<MediatorIx>,
    /// The chair, where there is one.
    pub chair: Option<MediatorIx>,
    /// First slot of each session; `None` for a panel without dates.
    pub starts: Option<Vec<u32>>,
}

/// A plan for each dispute that has one, in the order of the docket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// By dispute.
    pub plans: Vec<Option<Plan>>,
}

impl Solution {
    /// Nobody is served.
    #[must_use]
    pub fn empty(disputes: usize) -> Self {
        Self { plans: vec![None; disputes] }
    }
}
