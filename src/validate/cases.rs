//! What reaches beyond one dispute: past appointments and their cases, related disputes, third
//! States, and the States that stand behind parties.

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::codes;
use super::context::Context;
use super::relations::makes_organ;
use crate::diagnostic::quote;
use crate::domain::{
    ActorIx, ActorKind, Appointment, Dispute, Gate, Mediator, Policy, Relation, SubjectIx,
};
use crate::format::{AppointmentDoc, DisputeDoc};
use crate::time::Date;

/// Reads the past appointments.
pub(super) fn appointments(cx: &mut Context<'_>) -> Vec<Appointment> {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("appointments");
    let mut appointments = Vec::with_capacity(doc.appointments.len());
    for (index, appointment) in doc.appointments.iter().enumerate() {
        appointments.extend(read_one(cx, appointment, &list.item(index)));
    }
    appointments
}

fn read_one(cx: &mut Context<'_>, doc: &AppointmentDoc, at: &At<'_>) -> Option<Appointment> {
    let mediator = cx.mediator(&doc.mediator, &at.key("mediator"));
    let span = cx.span(("date", Some(&doc.date)), ("end", doc.end.as_ref()), at);
    let by = match doc.by.as_str() {
        "institution" => None,
        id => cx.actor(id, &at.key("by")),
    };
    let parties = cx.actor_list(&doc.parties, &at.key("parties"), "an actor", |_| true);
    let counsel = cx.counsel(&doc.counsel, &at.key("counsel"));
    let case = doc.case.as_ref().and_then(|case| {
        let at = at.key("case");
        cx.id_at(case, &at);
        // INVARIANT: `names` has taken every case of an appointment into its table.
        cx.case(case, &at)
    });
    let (mediator, date) = (mediator?, span.first?);
    let end = span.last.unwrap_or(date);
    Some(Appointment { mediator, date, by, counsel, parties, case, end })
}

/// Counts, for each mediator, the appointments that rotation looks back on.
pub(super) fn recent(
    appointments: &[Appointment],
    policy: &Policy,
    as_of: Option<Date>,
    mediators: &mut [Mediator],
) {
    let Some(as_of) = as_of else { return };
    let since = as_of.years_before(policy.rotation_years);
    for appointment in appointments.iter().filter(|a| since <= a.date && a.date <= as_of) {
        if let Some(mediator) = mediators.get_mut(appointment.mediator.ix()) {
            mediator.recent += 1;
        }
    }
}

/// The third States of a dispute, each once, and the gates of those that do not consent.
pub(super) fn third_states(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    at: &At<'_>,
) -> (Vec<ActorIx>, Vec<Gate>) {
    let list = at.key("third_states");
    let (mut seen, mut states, mut gates) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (index, third) in doc.third_states.iter().enumerate() {
        let at = list.item(index);
        let fits = |kind| kind == ActorKind::State;
        let Some(state) = cx.actor_of(&third.state, &at.key("state"), "a State", fits) else {
            continue;
        };
        if seen.insert(state) {
            states.push(state);
        }
        gates.extend((!third.consent).then_some(Gate::ThirdState(state)));
    }
    (states, gates)
}

/// The nodes that `related` names, sorted, each once.
pub(super) fn related(
    cx: &mut Context<'_>,
    doc: &DisputeDoc,
    own: ActorIx,
    at: &At<'_>,
) -> Vec<ActorIx> {
    let list = at.key("related");
    let mut found = Vec::with_capacity(doc.related.len());
    for (index, id) in doc.related.iter().enumerate() {
        let at = list.item(index);
        let Some(node) = cx.case(id, &at) else { continue };
        if node == own {
            cx.error(
                codes::SELF_RELATION,
                &at,
                format!("the dispute {} is listed as related to itself", quote(&doc.id)),
                "take it out",
            );
        }
        found.push(node);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Makes the relation between disputes mutual: whichever of the two names the other.
pub(super) fn make_mutual(disputes: &mut [Option<Dispute>], actors: usize) {
    let mut back: Vec<Vec<ActorIx>> = vec![Vec::new(); disputes.len()];
    for dispute in disputes.iter().flatten() {
        for node in &dispute.related {
            // INVARIANT: the disputes are the first of the cases, which follow the actors.
            if let Some(others) = node.ix().checked_sub(actors).and_then(|at| back.get_mut(at)) {
                others.push(dispute.node);
            }
        }
    }
    for (dispute, others) in disputes.iter_mut().zip(back) {
        let Some(dispute) = dispute else { continue };
        dispute.related.extend(others);
        dispute.related.sort_unstable();
        dispute.related.dedup();
    }
}

/// What stands behind actors on one day: bodies and the States of which they are.
pub(super) struct Behind {
    states: BTreeMap<ActorIx, Vec<ActorIx>>,
}

impl Behind {
    pub(super) fn new(relations: &[Relation], as_of: Option<Date>) -> Self {
        let mut states: BTreeMap<ActorIx, Vec<ActorIx>> = BTreeMap::new();
        for relation in relations.iter().filter(|relation| makes_organ(relation.kind)) {
            if as_of.is_some_and(|as_of| relation.span.contains(as_of)) {
                states.entry(relation.from).or_default().push(relation.to);
            }
        }
        Self { states }
    }

    /// An actor and all States behind it, each once.
    pub(super) fn of(&self, actor: ActorIx) -> Vec<ActorIx> {
        let mut all = vec![actor];
        let mut seen = BTreeSet::from([actor]);
        let mut next = 0;
        while let Some(open) = all.get(next) {
            let states = self.states.get(open).into_iter().flatten();
            let new: Vec<ActorIx> = states.copied().filter(|state| seen.insert(*state)).collect();
            all.extend(new);
            next += 1;
        }
        all
    }
}

/// The gates that exclusions shut: a subject that a party's State has declared unsuitable, be it
/// the party itself or one behind it.
pub(super) fn exclusions(
    cx: &Context<'_>,
    behind: &Behind,
    (party, actor): (usize, ActorIx),
    subjects: &BTreeMap<&str, SubjectIx>,
) -> Vec<Gate> {
    let mut gates = Vec::new();
    for state in behind.of(actor) {
        // INVARIANT: the States come first among the actors.
        let exclusions = cx.doc.states.get(state.ix()).map_or(&[][..], |s| &s.exclusions);
        let excluded = exclusions.iter().filter_map(|subject| subjects.get(subject.as_str()));
        gates.extend(excluded.map(|subject| Gate::Excluded(party, state, *subject)));
    }
    gates
}
