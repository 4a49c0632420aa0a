//! What changes to an earlier plan cost (docs/model.md, term `disruption`).

use std::collections::{BTreeMap, BTreeSet};

use crate::format::FromDoc;

use super::clock::{DAY, instant};
use super::deadlines::Window;
use super::facts::Facts;
use super::verdict::Findings;

/// What an earlier plan gave a dispute.
#[derive(Debug, Clone, Default)]
pub(super) struct Former {
    /// Who sat, where there was a panel.
    panel: Option<BTreeSet<usize>>,
    /// For each session that had a date, its start in minutes.
    starts: BTreeMap<usize, i64>,
}

impl Facts<'_> {
    /// Takes note of the plan that was to be kept to; what the instance does not know is left out.
    pub(super) fn recall(&mut self, from: &FromDoc) {
        self.former = vec![Former::default(); self.disputes.len()];
        for panel in &from.panels {
            let Some(&dispute) = self.dispute_ix.get(panel.dispute.as_str()) else { continue };
            let known = panel.mediators.iter().filter_map(|id| self.mediator_ix.get(id.as_str()));
            self.former[dispute].panel = Some(known.copied().collect());
        }
        for session in &from.sessions {
            let Some(&dispute) = self.dispute_ix.get(session.dispute.as_str()) else { continue };
            let sessions = &self.disputes[dispute].sessions;
            let Some(at) = sessions.iter().position(|known| known.doc.id == session.session) else {
                continue;
            };
            if let Some(start) = instant(&session.start) {
                // The first entry of a session counts.
                self.former[dispute].starts.entry(at).or_insert(start);
            }
        }
        let today = self.as_of * DAY;
        for (former, dispute) in self.former.iter().zip(&mut self.disputes) {
            let mut before = false;
            for (at, session) in dispute.sessions.iter_mut().enumerate() {
                let start = former.starts.get(&at).filter(|start| **start < today);
                session.held = start.is_some();
                if let Some(start) = start {
                    session.locked = Some(*start);
                    // What is over may be late, and no longer too early or too late.
                    session.window =
                        Window { priced_due: session.window.priced_due, ..Window::default() };
                    if before {
                        (session.min_gap, session.max_gap) = (0, None);
                    }
                }
                before = session.held;
            }
        }
    }

    /// D1: what `from` says to be over is what was to start before `as_of`.
    pub(super) fn check_held(&self, from: &FromDoc, found: &mut Findings) {
        for (at, session) in from.sessions.iter().enumerate() {
            let over = instant(&session.start).is_some_and(|start| start < self.as_of * DAY);
            if over != session.held {
                let message = if over { "it was over" } else { "it was not over" };
                let pointer = format!("/from/sessions/{at}/held");
                found.add("D1", Some(&session.dispute), pointer, message);
            }
        }
    }

    /// The first minute at which a session may start that has not been held: where there is an earlier plan, `as_of`.
    pub(super) fn today(&self) -> Option<i64> {
        (!self.former.is_empty()).then_some(self.as_of * DAY)
    }

    /// What it costs that a mediator sits who did not sit before, in micro-units.
    pub(super) fn seat_changes(&self, dispute: usize, mediator: usize) -> i64 {
        let panel = self.former.get(dispute).and_then(|former| former.panel.as_ref());
        if panel.is_some_and(|panel| !panel.contains(&mediator)) { self.w_disruption } else { 0 }
    }

    /// What it costs that a session starts at this minute, in micro-units: a quarter of the weight for each week
    /// before the fourth in which it was to be, and a quarter at least.
    pub(super) fn moves(&self, dispute: usize, session: usize, start: i64) -> i64 {
        let Some(before) = self.other_start(dispute, session, start) else { return 0 };
        let week = (before - self.as_of * DAY).div_euclid(7 * DAY);
        let quarters = match week {
            i64::MIN..=0 => 4,
            1 => 3,
            2 => 2,
            _ => 1,
        };
        self.w_disruption.saturating_mul(quarters) / 4
    }

    /// True when there is an earlier plan, and a period in which its sessions move only if they must.
    pub(super) fn has_freeze(&self) -> bool {
        !self.former.is_empty() && self.freeze_days > 0
    }

    /// Whether it breaks the freeze period that a session starts at this minute.
    pub(super) fn thaws(&self, dispute: usize, session: usize, start: i64) -> bool {
        let (first, days) = (self.as_of * DAY, self.freeze_days);
        let before = self.other_start(dispute, session, start);
        before.is_some_and(|before| before >= first && before < first + days * DAY)
    }

    /// When a session was to start, where that is another time.
    fn other_start(&self, dispute: usize, session: usize, start: i64) -> Option<i64> {
        let before = *self.former.get(dispute)?.starts.get(&session)?;
        (before != start).then_some(before)
    }
}
