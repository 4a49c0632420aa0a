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
    ///
    /// If so asked, sessions that were to start before `as_of` have been held: they stay where they were. No other
    /// starts before it.
    pub(crate) fn recall(&mut self, former: Vec<Former>, holds: bool) {
        let (today, grid) = (self.today(), self.parts.grid);
        let disputes = if holds { self.parts.disputes.as_mut_slice() } else { &mut [] };
        for (dispute, former) in disputes.iter_mut().zip(&former) {
            let mut before = false;
            for (session, start) in dispute.sessions.iter_mut().zip(&former.starts) {
                let held = start.filter(|start| *start < today);
                let slot = held.and_then(|start| grid.slot_at(start));
                if let Some(slot) = slot.filter(|slot| slot + session.slots <= grid.slots()) {
                    session.held = true;
                    session.fixed = Some(slot);
                    (session.earliest, session.latest_end) = (slot, slot + session.slots);
                    if before {
                        // What was between two that are over is no question any more.
                        (session.min_gap, session.max_gap) = (0, None);
                    }
                } else {
                    session.earliest = session.earliest.max(grid.first_slot_from(today));
                }
                before = session.held;
            }
        }
        self.former = former;
    }
    /// The midnight at which `as_of` begins, UTC.
    #[must_use]
    pub fn today(&self) -> Instant {
        self.as_of().days() * 24 * 60
    }
    /// True when sessions of an earlier plan come soon enough to move only if they must.
    #[must_use]
    pub fn has_freeze(&self) -> bool {
        self.is_replanned() && self.policy().freeze_days > 0
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
    /// What disruption makes a seat of a mediator cost: the weight where the dispute had a panel without her; and what
    /// a lottery asks for it.
    #[must_use]
    pub fn seat_change(&self, dispute: DisputeIx, mediator: MediatorIx) -> Micro {
        let had = self.former(dispute).and_then(|former| former.panel.as_ref());
        let is_new = had.is_some_and(|panel| !panel.contains(&mediator));
        let price = self.seat_prices.get(&(dispute, mediator)).copied().unwrap_or(0);
        price + if is_new { self.policy().weights.disruption } else { 0 }
    }
    /// What disruption makes a session cost that starts at a slot: nothing where it was to start, else the sooner it
    /// was to be, the more.
    #[must_use]
    pub fn move_cost(&self, dispute: DisputeIx, session: usize, slot: u32) -> Micro {
        self.moved_from(dispute, session, slot).map_or(0, |days| {
            self.policy().weights.disruption * Former::closeness(days) / Former::CLOSEST
        })
    }
    /// True when a session would start at a slot although it was to start at another time within the freeze period.
    #[must_use]
    pub fn breaks_freeze(&self, dispute: DisputeIx, session: usize, slot: u32) -> bool {
        let frozen = 0..i64::from(self.policy().freeze_days);
        self.moved_from(dispute, session, slot).is_some_and(|days| frozen.contains(&days))
    }
    /// How many days after `as_of` a session was to be that would start at a slot; nothing where it was to start then.
    fn moved_from(&self, dispute: DisputeIx, session: usize, slot: u32) -> Option<i64> {
        let former = *self.former(dispute)?.starts.get(session)?;
        let start = former.filter(|start| *start != self.grid().instant(slot))?;
        Some((start - self.today()).div_euclid(24 * 60))
    }
}
