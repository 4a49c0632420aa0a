//! What an earlier plan gave, and what it costs not to keep to it (docs/model.md, term `disruption`).

use super::{DisputeIx, Instance, MediatorIx, Micro};
use crate::time::Instant;

/// What an earlier plan gave a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Former {
    /// Its panel, where it had one: those who still are mediators.
    pub panel: Option<Vec<MediatorIx>>,
    /// When its sessions were to start, those that had dates.
    pub starts: Vec<Option<Instant>>,
}

impl Former {
    /// The closeness of a session in the first week after `as_of`.
    pub const CLOSEST: Micro = 4;

    /// How close a session is that is so many days after `as_of`: 4 in the first week, one less each week after it,
    /// 1 at least.
    #[must_use]
    pub fn closeness(days: i64) -> Micro {
        (Self::CLOSEST - days.div_euclid(7).max(0)).max(1)
    }
}

impl Instance {
    /// Has answers keep to an earlier plan: by dispute, what it gave. Its panels and dates need not be possible now.
    pub(crate) fn recall(&mut self, former: Vec<Former>) {
        self.former = former;
    }
    /// True when there is an earlier plan to keep to.
    #[must_use]
    pub fn is_replanned(&self) -> bool {
        !self.former.is_empty()
    }
    /// What an earlier plan gave a dispute.
    #[must_use]
    pub fn former(&self, dispute: DisputeIx) -> Option<&Former> {
        self.former.get(dispute.ix())
    }
    /// What disruption makes a seat of a mediator cost: the weight where the dispute had a panel without her.
    #[must_use]
    pub fn seat_change(&self, dispute: DisputeIx, mediator: MediatorIx) -> Micro {
        let had = self.former(dispute).and_then(|former| former.panel.as_ref());
        let is_new = had.is_some_and(|panel| !panel.contains(&mediator));
        if is_new { self.policy().weights.disruption } else { 0 }
    }
    /// What disruption makes a session cost that starts at a slot: nothing where it was to start, else the sooner it
    /// was to be, the more.
    #[must_use]
    pub fn move_cost(&self, dispute: DisputeIx, session: usize, slot: u32) -> Micro {
        let former = self.former(dispute).and_then(|former| *former.starts.get(session)?);
        let Some(start) = former.filter(|start| *start != self.grid().instant(slot)) else {
            return 0;
        };
        let days = (start - self.as_of().days() * 24 * 60).div_euclid(24 * 60);
        self.policy().weights.disruption * Former::closeness(days) / Former::CLOSEST
    }
}
