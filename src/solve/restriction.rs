//! What the questions asked on the way down the search tree demand of one dispute's plans.

use crate::domain::{DisputeIx, MediatorIx};
use crate::solution::Plan;

/// A question about one dispute that every answer answers with yes or no (docs/model.md,
/// "Branching").
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// Is it served with this mediator on its panel?
    Seat(MediatorIx),
    /// Is it scheduled with this session starting at or before that slot?
    Until(usize, u32),
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) dispute: DisputeIx,
    pub(crate) question: Question,
    pub(crate) yes: bool,
}

/// All that is demanded of one dispute's plans.
#[derive(Debug, Clone, Default)]
pub(crate) struct Restriction {
    /// Must sit.
    pub(crate) required: Vec<MediatorIx>,
    /// Must not sit.
    pub(crate) forbidden: Vec<MediatorIx>,
    /// The dispute must have a plan.
    pub(crate) forced: bool,
    /// The plan must have dates.
    pub(crate) scheduled: bool,
    /// For some sessions: first and last slot at which it may start.
    pub(crate) windows: Vec<(usize, u32, u32)>,
}

impl Restriction {
    /// Adds a decision.
    pub(crate) fn add(&mut self, decision: &Decision) {
        match (&decision.question, decision.yes) {
            (Question::Seat(mediator), true) => {
                self.required.push(*mediator);
                self.forced = true;
            }
            (Question::Seat(mediator), false) => self.forbidden.push(*mediator),
            (Question::Until(session, slot), true) => {
                self.windows.push((*session, 0, *slot));
                self.forced = true;
                self.scheduled = true;
            }
            (Question::Until(session, slot), false) => {
                self.windows.push((*session, slot + 1, u32::MAX));
            }
        }
    }

    /// True when something is demanded of the start of a session.
    pub(crate) fn limits(&self, session: usize) -> bool {
        self.windows.iter().any(|(s, ..)| *s == session)
    }

    /// True when a session may start at a slot.
    pub(crate) fn allows_start(&self, session: usize, start: u32) -> bool {
        self.windows
            .iter()
            .all(|(s, first, last)| *s != session || (*first <= start && start <= *last))
    }

    /// True when the plan is allowed.
    pub(crate) fn allows(&self, plan: &Plan) -> bool {
        self.required.iter().all(|m| plan.panel.contains(m))
            && !self.forbidden.iter().any(|m| plan.panel.contains(m))
            && match &plan.starts {
                Some(starts) => starts.iter().enumerate().all(|(s, t)| self.allows_start(s, *t)),
                None => !self.scheduled,
            }
    }
}
