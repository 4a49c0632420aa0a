//! What is asked of one dispute's plans: answers on the way to a leaf, or who has been chosen already.

use std::collections::{BTreeMap, BTreeSet};

/// The answers about one dispute on the way to a leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// It must have a plan.
    pub(super) served: bool,
    /// It must be scheduled.
    pub(super) dated: bool,
    /// Who must sit.
    pub(super) with: BTreeSet<usize>,
    /// Who must not sit.
    pub(super) without: BTreeSet<usize>,
    /// By session: the last start allowed.
    pub(super) until: BTreeMap<usize, usize>,
    /// By session: the start must be later.
    pub(super) after: BTreeMap<usize, usize>,
}
