//! An instance of which some things are decided: who sits, or that only panels are asked for.

use std::collections::BTreeMap;

use super::{DisputeIx, Gate, Instance, MediatorIx, Micro, RequiredSeat};

impl Instance {
    /// Has no other panels be possible than these; a dispute without one has none.
    pub(crate) fn seat_only(&mut self, panels: &[Option<Vec<MediatorIx>>]) {
        for (dispute, panel) in self.parts.disputes.iter_mut().zip(panels) {
            match panel {
                Some(panel) => {
                    let required = &mut dispute.panel.required;
                    for mediator in panel {
                        if required.iter().all(|seat| seat.mediator != *mediator) {
                            required.push(RequiredSeat { mediator: *mediator, role: None });
                        }
                    }
                }
                // WHY a gate: it is what keeps a dispute from any plan.
                None => dispute.gates.push(Gate::NoConsent(0)),
            }
        }
    }

    /// Asks for panels alone: no sessions, everybody's effort as it was.
    pub(crate) fn without_sessions(&mut self) {
        for index in 0..self.parts.disputes.len() {
            let dispute = DisputeIx::new(index);
            let effort = self.mediator_indices().map(|m| (m, self.effort(dispute, m))).collect();
            let dispute = &mut self.parts.disputes[index];
            dispute.effort = effort;
            dispute.sessions.clear();
        }
    }

    /// Has seats cost something beside all else, in micro-units.
    pub(crate) fn price_seats(&mut self, prices: BTreeMap<(DisputeIx, MediatorIx), Micro>) {
        self.seat_prices = prices;
    }
}
