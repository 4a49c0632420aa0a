//! `relations` and `appointments`.

use std::collections::{BTreeSet, HashSet};

use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use crate::diagnostic::quote;
use crate::domain::{ActorIx, ActorKind, Appointment, Relation, WordIx};
use crate::format::{RelationDoc, RelationKind, STRICT_PROFILE, read_rules};

/// Reads the relations, and their ids.
pub(super) fn read(cx: &mut Context<'_>) -> (Vec<Relation>, Vec<String>) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("relations");
    let mut table = Table::default();
    cx.own_ids(&mut table, &list, doc.relations.iter().map(|relation| relation.id.as_str()));
    let mut relations = Vec::with_capacity(doc.relations.len());
    let read_by_rules = kinds_of_the_profile();
    let states: BTreeSet<&str> = doc.states.iter().map(|state| state.id.as_str()).collect();
    for (index, relation) in doc.relations.iter().enumerate() {
        let at = list.item(index);
        if !relation.kind.is_implied() && !read_by_rules.contains(&relation.kind) {
            cx.error(
                codes::NOT_ENFORCED,
                &at.key("kind"),
                "no rule of the profile reads relations of this kind",
                "take the relation out, or say it with a kind that docs/format.md names as read",
            );
        }
        relations.extend(read_one(cx, relation, &at, &states));
    }
    (relations, table.to_vec())
}

fn read_one(
    cx: &mut Context<'_>,
    doc: &RelationDoc,
    at: &At<'_>,
    states: &BTreeSet<&str>,
) -> Option<Relation> {
    let from = cx.actor(&doc.from, &at.key("from"));
    let to = doc.to.as_ref().and_then(|id| cx.actor(id, &at.key("to")));
    if from.is_some() && from == to {
        cx.error(
            codes::SELF_RELATION,
            at,
            format!("the relation {} runs from {} to itself", quote(&doc.id), quote(&doc.from)),
            "name two different actors",
        );
    }
    check_ends(cx, doc, at, states);
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
        role: doc.role.as_ref().map(|role| WordIx(cx.words.number(role))),
        tags: Vec::new(),
        confidential: doc.confidential.unwrap_or(false),
    })
}

/// The kinds that some rule of the built-in profile reads; a relation of another kind would be
/// ignored in silence.
fn kinds_of_the_profile() -> Vec<RelationKind> {
    let rules = read_rules(STRICT_PROFILE.as_bytes()).map_or_else(|_| Vec::new(), |doc| doc.rules);
    let steps = rules.iter().flat_map(|rule| &rule.path);
    let mut kinds: Vec<RelationKind> =
        steps.flat_map(|step| step.any.iter().map(|pattern| pattern.kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Finds what would keep every rule from reading a relation: ends of the wrong kind, no share.
fn check_ends(cx: &mut Context<'_>, doc: &RelationDoc, at: &At<'_>, states: &BTreeSet<&str>) {
    let from_state = states.contains(doc.from.as_str());
    let to_state = states.contains(doc.to.as_deref().unwrap_or_default());
    let bodies = [RelationKind::OrganOf, RelationKind::SubdivisionOf, RelationKind::AgencyOf];
    if bodies.contains(&doc.kind) && !to_state {
        cx.error(
            codes::WRONG_KIND,
            &at.key("to"),
            format!("{} is not a State", quote(doc.to.as_deref().unwrap_or_default())),
            "let the relation run from the body to its State",
        );
    }
    let of_people = !bodies.contains(&doc.kind)
        && !matches!(
            doc.kind,
            RelationKind::Owns | RelationKind::Controls | RelationKind::Holds | RelationKind::Funds
        );
    if of_people && from_state {
        cx.error(
            codes::WRONG_KIND,
            &at.key("from"),
            format!("{} is a State, of which this cannot be said", quote(&doc.from)),
            "let the relation run from the person or firm to the State",
        );
    }
    if doc.kind == RelationKind::Owns && doc.share.is_none() {
        cx.error(
            codes::MISSING_SHARE,
            at,
            format!("the relation {} does not say how much is owned", quote(&doc.id)),
            "give `share`, 0 to 1; for control without a known share write `controls`",
        );
    }
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
            appointments.push(Appointment {
                mediator,
                date,
                by,
                counsel,
                parties: Vec::new(),
                case: None,
                end: date,
            });
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
