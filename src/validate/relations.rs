//! `relations` and `appointments`.

use std::collections::HashSet;

use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use crate::diagnostic::quote;
use crate::domain::{ActorIx, ActorKind, Appointment, Relation};
use crate::format::{RelationDoc, RelationKind};

/// Reads the relations, and their ids.
pub(super) fn read(cx: &mut Context<'_>) -> (Vec<Relation>, Vec<String>) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("relations");
    let mut table = Table::default();
    cx.own_ids(&mut table, &list, doc.relations.iter().map(|relation| relation.id.as_str()));
    let mut relations = Vec::with_capacity(doc.relations.len());
    for (index, relation) in doc.relations.iter().enumerate() {
        relations.extend(read_one(cx, relation, &list.item(index)));
    }
    (relations, table.to_vec())
}

fn read_one(cx: &mut Context<'_>, doc: &RelationDoc, at: &At<'_>) -> Option<Relation> {
    let from = cx.actor(&doc.from, &at.key("from"));
    let to = cx.actor(&doc.to, &at.key("to"));
    if from.is_some() && from == to {
        cx.error(
            codes::SELF_RELATION,
            at,
            format!("the relation {} runs from {} to itself", quote(&doc.id), quote(&doc.from)),
            "name two different actors",
        );
    }
    if let Some(section) = implied_by(doc.kind) {
        cx.error(
            codes::IMPLIED_RELATION,
            &at.key("kind"),
            format!("a relation of this kind follows from `{section}`"),
            format!("write it in `{section}` and take it out here"),
        );
    }
    let span = cx.span(("start", doc.start.as_ref()), ("end", doc.end.as_ref()), at);
    let share = doc.share.map(|share| cx.decimal(share, 1, at, "share"));
    Some(Relation {
        from: from?,
        to: to?,
        kind: doc.kind,
        span,
        significant: doc.significant.unwrap_or(false),
        share: share.flatten(),
        confidential: doc.confidential.unwrap_or(false),
    })
}

/// The key that implies relations of a kind.
fn implied_by(kind: RelationKind) -> Option<&'static str> {
    match kind {
        RelationKind::Nationality => Some("nationalities"),
        RelationKind::DesignatedBy => Some("designations"),
        RelationKind::HasMember => Some("members"),
        _ => None,
    }
}

/// Reads the past appointments.
pub(super) fn appointments(cx: &mut Context<'_>) -> Vec<Appointment> {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("appointments");
    let mut appointments = Vec::with_capacity(doc.appointments.len());
    for (index, appointment) in doc.appointments.iter().enumerate() {
        let at = list.item(index);
        let mediator = cx.mediator(&appointment.mediator, &at.key("mediator"));
        let date = cx.date(&appointment.date, &at.key("date"));
        let by = match appointment.by.as_str() {
            "institution" => None,
            id => cx.actor(id, &at.key("by")),
        };
        let parties = at.key("parties");
        for (index, id) in appointment.parties.iter().enumerate() {
            cx.actor(id, &parties.item(index));
        }
        let counsel = cx.counsel(&appointment.counsel, &at.key("counsel"));
        if let (Some(mediator), Some(date)) = (mediator, date) {
            appointments.push(Appointment { mediator, date, by, counsel });
        }
    }
    appointments
}

impl Context<'_> {
    /// Counsel: people and organisations, each once.
    pub(super) fn counsel(&mut self, ids: &[String], at: &At<'_>) -> Vec<ActorIx> {
        self.actor_list(ids, at, "a person or an organisation", |kind| kind != ActorKind::State)
    }

    /// Actors of the kinds that `fits` accepts, each once, in the order of the document.
    pub(super) fn actor_list(
        &mut self,
        ids: &[String],
        at: &At<'_>,
        wanted: &str,
        fits: impl Fn(ActorKind) -> bool,
    ) -> Vec<ActorIx> {
        let mut seen = HashSet::with_capacity(ids.len());
        let mut found = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            let actor = self.actor_of(id, &at.item(index), wanted, &fits);
            found.extend(actor.filter(|actor| seen.insert(*actor)));
        }
        found
    }
}
