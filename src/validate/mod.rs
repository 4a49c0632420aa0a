//! From the document to the validated instance: every finding at once.
//!
//! * Takes an `InstanceDoc` whose shape `format::read` has accepted, and its digest; gives the
//!   findings and, when none of them is an error, an `Instance`.
//! * **Invariants**: a section with errors does not stop the next (what needs a sound dispute,
//!   such as seats and windows of locks, waits until that dispute has no other error); an instance
//!   is given exactly when there is no error; nothing that a document asks for is ignored in
//!   silence (`enforced`); no number in an accepted instance can overflow later arithmetic
//!   (`limits`).
//! * What is lawful and has no effect, or is probably a slip, is a warning (`cures`, `hints`).
//! * Complexity: linear in the document, with look-ups in hash maps that are never iterated.

mod actors;
mod at;
mod bands;
mod caps;
mod cases;
mod codes;
mod context;
mod cures;
mod dates;
mod deadlines;
mod disputes;
mod enforced;
mod frame;
mod gaps;
mod hints;
mod interpreters;
mod journeys;
mod limits;
mod locks;
mod mediators;
mod names;
mod patterns;
mod places;
mod policy;
mod profile;
mod relations;
mod rooms;
mod rules;
mod scores;
mod sessions;
mod stays;
mod values;
mod windows;

#[cfg(test)]
pub(crate) mod tests;

pub use codes::CODES;
pub use profile::resolve_profile;

use cases::Behind;
use context::Context;

use crate::diagnostic::{Diagnostic, Level};
use crate::domain::{Instance, InstanceParts};
use crate::format::InstanceDoc;

/// Validates a document: the instance when there is no error, and every finding.
///
/// `digest` is that of the document in its canonical form (`format::canonical_digest`).
#[must_use]
pub fn validate(doc: &InstanceDoc, digest: String) -> (Option<Instance>, Vec<Diagnostic>) {
    let mut cx = Context::new(doc);
    let parts = if limits::lists(&mut cx) { build(&mut cx, digest) } else { None };
    let findings = cx.into_findings();
    let refused = findings.iter().any(|finding| finding.level == Level::Error);
    // INVARIANT: a part is missing only when a finding says why.
    debug_assert!(refused || parts.is_some(), "a part is missing without a finding");
    let instance = if refused { None } else { parts.map(Instance::seal) };
    (instance, findings)
}

fn build(cx: &mut Context<'_>, digest: String) -> Option<InstanceParts> {
    let doc = cx.doc;
    frame::read(cx);
    enforced::report(cx);
    names::check(cx);
    let policy = policy::read(cx);
    let shares = caps::read(cx);
    let panels = places::panels(cx);
    places::calendars(cx);
    let places = places::read(cx);
    cx.house.journeys = journeys::read(cx);
    let mut actors = actors::read(cx);
    let mut mediators = mediators::read(cx, &mut actors);
    cx.house.interpreters = interpreters::read(cx, &mut actors);
    actors::cases(cx, &mut actors);
    let (relations, relation_names) = relations::read(cx);
    let appointments = cases::appointments(cx);
    let profiles = deadlines::read(cx);
    let mut disputes = disputes::read(cx, &Behind::new(&relations, cx.as_of), &profiles);
    sessions::time_zones(cx, &disputes);
    rooms::check(cx, &disputes);
    scores::read(cx, &mut disputes);
    locks::read(cx, &mut disputes);
    if let Some(policy) = &policy {
        cures::read(cx, policy, &relation_names, &mut disputes);
        hints::unread_relations(cx, &policy.rules);
    }
    hints::report(cx);
    let disputes: Vec<_> = disputes.into_iter().collect::<Option<_>>()?;
    let policy = policy?;
    cases::recent(&appointments, &policy, cx.as_of, &mut mediators);
    limits::magnitude(cx, &policy, &mediators, &disputes);
    let as_of = cx.as_of?;
    let caps = caps::groups(shares, doc, as_of, &actors, (&mediators, &disputes));

    Some(InstanceParts {
        id: doc.id.clone(),
        digest,
        as_of,
        grid: cx.grid?,
        policy,
        actors,
        actor_names: [cx.names.actors.to_vec(), cx.names.cases.to_vec()].concat(),
        mediators,
        clocks: cx.clocks.take(),
        places: places?,
        place_names: cx.names.places.to_vec(),
        journeys: std::mem::take(&mut cx.house.journeys),
        interpreters: std::mem::take(&mut cx.house.interpreters),
        panels,
        languages: cx.languages.take(),
        subjects: cx.subjects.take(),
        words: cx.words.take(),
        relations,
        relation_names: relation_names.to_vec(),
        appointments,
        caps,
        disputes,
        dispute_names: cx.names.disputes.to_vec(),
    })
}
