//! What an answer is: a plan for each served dispute, and a pure evaluator of its value.

mod evaluate;

pub use evaluate::{
    BEST_SERVICE, Objective, TIERS, days_late, evaluate, evaluate_alone, frozen_moves, level,
    person_points, seat_worth, service, shortfall, side_points, sides_of, worse_off,
};

use crate::domain::{ActorIx, DisputeIx, Instance, InterpreterIx, MediatorIx, Session};

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
    /// What each session takes beside people of the parties and the panel; empty without dates.
    pub staff: Vec<Staff>,
}

/// The rooms and interpreters of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Staff {
    /// Classes of its rooms, by position in `Place::classes`: the room for all, then the others.
    pub rooms: Vec<u32>,
    /// Its interpreters, booth by booth.
    pub interpreters: Vec<InterpreterIx>,
}

impl Plan {
    /// The sessions of a plan with dates: position, session, first slot.
    pub fn sessions<'a>(
        &'a self,
        instance: &'a Instance,
    ) -> impl Iterator<Item = (usize, &'a Session, u32)> + 'a {
        let sessions = &instance.dispute(self.dispute).sessions;
        let starts = self.starts.iter().flatten();
        sessions.iter().zip(starts).enumerate().map(|(at, (session, start))| (at, session, *start))
    }

    /// Everyone who attends a session that is not over: the parties' people, the panel, the interpreters. One in
    /// two booths stands here twice.
    pub fn people<'a>(
        &'a self,
        instance: &'a Instance,
        position: usize,
    ) -> impl Iterator<Item = ActorIx> + 'a {
        let session = &instance.dispute(self.dispute).sessions[position];
        let panel = self.panel.iter().map(|m| instance.mediator(*m).actor);
        let staff = self.staff.get(position).map_or(&[][..], |staff| &staff.interpreters);
        let interpreters = staff.iter().map(|i| instance.interpreter(*i).actor);
        let people = session.attendees.iter().copied().chain(panel).chain(interpreters);
        people.filter(|_| !session.held)
    }
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
