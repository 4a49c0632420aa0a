//! `relations`: their two ends, what is said of them, and lists of actors.

use std::collections::HashSet;

use super::at::At;
use super::codes;
use super::context::Context;
use super::names::Table;
use crate::diagnostic::quote;
use crate::domain::{ActorIx, ActorKind, Relation, WordIx};
use crate::format::{RelationDoc, RelationKind};

/// Reads the relations, and their ids by place.
pub(super) fn read<'a>(cx: &mut Context<'a>) -> (Vec<Relation>, Table<'a>) {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("relations");
    let mut table = Table::default();
    cx.own_ids(&mut table, &list, doc.relations.iter().map(|relation| relation.id.as_str()));
    let mut relations = Vec::with_capacity(doc.relations.len());
    for (index, relation) in doc.relations.iter().enumerate() {
        relations.extend(read_one(cx, relation, &list.item(index)));
    }
    (relations, table)
}

fn read_one(cx: &mut Context<'_>, doc: &RelationDoc, at: &At<'_>) -> Option<Relation> {
    let from = cx.actor(&doc.from, &at.key("from"));
    let to = doc.to.as_ref().and_then(|id| cx.actor(id, &at.key("to")));
    let case = doc.case.as_ref().and_then(|id| cx.case(id, &at.key("case")));
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
    } else {
        check_end(cx, doc, at);
        check_kinds(cx, doc.kind, (from, &doc.from), (to, doc.to.as_deref()), at);
    }
    if doc.kind == RelationKind::Owns && doc.share.is_none() {
        cx.error(
            codes::MISSING_SHARE,
            at,
            format!("the relation {} does not say how much is owned", quote(&doc.id)),
            "give `share`, 0 to 1; for control without a known share write `controls`",
        );
    }
    let span = cx.span(("start", doc.start.as_ref()), ("end", doc.end.as_ref()), at);
    let share = doc.share.map(|share| cx.decimal(share, 1, at, "share"));
    let (role, tags) = words(cx, doc, at);
    Some(Relation {
        from: from?,
        to: if doc.kind.runs_to_case() { case? } else { to? },
        kind: doc.kind,
        span,
        significant: doc.significant.unwrap_or(false),
        share: share.flatten(),
        role,
        tags,
        confidential: doc.confidential.unwrap_or(false),
    })
}

/// The role, and the tags, sorted, each once.
fn words(cx: &mut Context<'_>, doc: &RelationDoc, at: &At<'_>) -> (Option<WordIx>, Vec<WordIx>) {
    if let Some(role) = &doc.role {
        cx.word(role, &at.key("role"));
    }
    let list = at.key("tags");
    for (index, tag) in doc.tags.iter().enumerate() {
        cx.word(tag, &list.item(index));
    }
    let role = doc.role.as_ref().map(|role| WordIx(cx.words.number(role)));
    let mut tags: Vec<_> = doc.tags.iter().map(|tag| WordIx(cx.words.number(tag))).collect();
    tags.sort_unstable();
    tags.dedup();
    (role, tags)
}

/// Whether the relation has the one end that its kind takes, and no other.
fn check_end(cx: &mut Context<'_>, doc: &RelationDoc, at: &At<'_>) {
    let to_case = doc.kind.runs_to_case();
    let (is, help) = if to_case {
        ("a case", "name the dispute or past case in `case`, and nothing in `to`")
    } else {
        ("an actor", "name the actor in `to`, and nothing in `case`")
    };
    let has = match (&doc.to, &doc.case) {
        (None, None) => "neither `to` nor `case`",
        (Some(_), Some(_)) => "both `to` and `case`",
        (Some(_), None) if to_case => "`to`",
        (None, Some(_)) if !to_case => "`case`",
        _ => return,
    };
    cx.error(
        codes::RELATION_END,
        at,
        format!("the relation {} has {has}, and its kind runs to {is}", quote(&doc.id)),
        help,
    );
}

/// Notes ends of a kind that the relation cannot have.
fn check_kinds(
    cx: &mut Context<'_>,
    kind: RelationKind,
    (from, from_id): (Option<ActorIx>, &str),
    (to, to_id): (Option<ActorIx>, Option<&str>),
    at: &At<'_>,
) {
    let is_state = |actor: ActorIx| cx.names.kinds[actor.ix()] == ActorKind::State;
    let (from_state, to_other) = (from.is_some_and(is_state), to.is_some_and(|to| !is_state(to)));
    if makes_organ(kind) && to_other {
        cx.error(
            codes::WRONG_KIND,
            &at.key("to"),
            format!("{} is not a State", quote(to_id.unwrap_or_default())),
            "let the relation run from the body to its State",
        );
    }
    let said_of_states = makes_organ(kind)
        || matches!(
            kind,
            RelationKind::Owns
                | RelationKind::Controls
                | RelationKind::Holds
                | RelationKind::Funds
                | RelationKind::InterestIn
        );
    if from_state && !said_of_states {
        cx.error(
            codes::WRONG_KIND,
            &at.key("from"),
            format!("{} is a State, of which this cannot be said", quote(from_id)),
            "let the relation run from the person or firm to the State",
        );
    }
}

/// Kinds that put a State behind a body.
pub(super) fn makes_organ(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::OrganOf | RelationKind::SubdivisionOf | RelationKind::AgencyOf)
}

/// The key that implies relations of a kind.
fn implied_by(kind: RelationKind) -> Option<&'static str> {
    match kind {
        RelationKind::Nationality => Some("nationalities"),
        RelationKind::DesignatedBy => Some("designations"),
        RelationKind::HasMember => Some("members"),
        RelationKind::AppointedIn => Some("appointments"),
        RelationKind::PartyTo => Some("parties"),
        RelationKind::RelatedTo => Some("related"),
        _ => None,
    }
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
