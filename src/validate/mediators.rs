//! `mediators`: the roster, designations and the quotas of panels.

use std::collections::HashMap;

use super::actors::{PersonView, read_person};
use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{
    Actor, ActorIx, ActorKind, Designation, LanguageIx, Mediator, MediatorIx, PanelIx, SubjectIx,
};
use crate::format::{LanguageLevel, MediatorDoc};

/// How many valid designations each State has made to each panel so far.
type Quotas = HashMap<(PanelIx, ActorIx), u32>;

/// Reads the roster, and adds the mediators to the actors.
pub(super) fn read(cx: &mut Context<'_>, actors: &mut Vec<Actor>) -> Vec<Mediator> {
    let doc = cx.doc;
    let root = At::ROOT;
    let list = root.key("mediators");
    let any_session = doc.disputes.iter().position(|dispute| !dispute.sessions.is_empty());
    let level = doc.policy.as_ref().and_then(|p| p.language_level).unwrap_or(LanguageLevel::C1);
    let mut quotas = Quotas::new();
    let mut mediators = Vec::with_capacity(doc.mediators.len());
    for (index, mediator) in doc.mediators.iter().enumerate() {
        let at = list.item(index);
        let view = PersonView {
            nationalities: &mediator.nationalities,
            time_zone: mediator.time_zone.as_deref(),
            calendar: mediator.calendar.as_deref(),
            working_hours: &mediator.working_hours,
            busy: &mediator.busy,
        };
        let own = ActorIx::new(actors.len());
        actors.push(read_person(cx, &view, ActorKind::Mediator(MediatorIx::new(index)), &at));
        if let (None, Some(dispute)) = (&mediator.time_zone, any_session)
            // WHY: working hours without a zone have been reported with the person.
            && mediator.working_hours.is_empty()
        {
            cx.error_with(
                codes::MISSING_TIME_ZONE,
                &at,
                format!("/disputes/{dispute}/sessions"),
                format!("the mediator {} has no `time_zone`", quote(&mediator.id)),
                "add the IANA zone of the mediator: some dispute has sessions, and whoever sits attends them",
            );
        }
        mediators.push(read_one(cx, mediator, own, level, &mut quotas, &at));
    }
    mediators
}

fn read_one(
    cx: &mut Context<'_>,
    doc: &MediatorDoc,
    actor: ActorIx,
    level: LanguageLevel,
    quotas: &mut Quotas,
    at: &At<'_>,
) -> Mediator {
    let designations = designations(cx, doc, quotas, at);
    cx.unique_keys(&doc.languages, &at.key("languages"));
    let mut languages = Vec::new();
    for (tag, spoken) in doc.languages.iter() {
        let language = LanguageIx(cx.languages.number(tag));
        if *spoken >= level {
            languages.push(language);
        }
    }
    languages.sort_unstable();
    languages.dedup();
    let at_expertise = at.key("expertise");
    cx.unique_keys(&doc.expertise, &at_expertise);
    let mut expertise = Vec::with_capacity(doc.expertise.0.len());
    for (subject, value) in doc.expertise.iter() {
        let value = cx.decimal(*value, 1, &at_expertise, subject);
        expertise.extend(value.map(|value| (SubjectIx(cx.subjects.number(subject)), value)));
    }
    expertise.sort_unstable();
    cx.unique_keys(&doc.attributes, &at.key("attributes"));
    let capacity = doc.capacity.as_ref();
    let hours = capacity.and_then(|c| c.hours);
    let hours = hours.and_then(|hours| cx.decimal(hours, 1_000_000, &at.key("capacity"), "hours"));
    Mediator {
        actor,
        designations,
        languages,
        expertise,
        cases: capacity.and_then(|c| c.cases),
        minutes: hours.map(|hours| hours * 60 / 1_000_000),
    }
}

fn designations(
    cx: &mut Context<'_>,
    doc: &MediatorDoc,
    quotas: &mut Quotas,
    at: &At<'_>,
) -> Vec<Designation> {
    let list = at.key("designations");
    let mut found = Vec::with_capacity(doc.designations.len());
    for (index, designation) in doc.designations.iter().enumerate() {
        let at = list.item(index);
        let panel = cx.panel(&designation.panel, &at.key("panel"));
        let fits = |kind| matches!(kind, ActorKind::State | ActorKind::Organisation);
        let by = cx.actor_of(&designation.by, &at.key("by"), "a State or an organisation", fits);
        let span =
            cx.span(("from", designation.from.as_ref()), ("to", designation.to.as_ref()), &at);
        if let (Some(panel), Some(by)) = (panel, by) {
            let one = Designation { panel, by, span };
            quota(cx, one, quotas, &at);
            found.push(one);
        }
    }
    found
}

/// Counts a designation, and notes it when it is beyond the quota of its State.
fn quota(cx: &mut Context<'_>, designation: Designation, quotas: &mut Quotas, at: &At<'_>) {
    let Designation { panel, by, span } = designation;
    let doc = cx.doc;
    let (Some(quota), Some(as_of)) = (doc.panels[panel.ix()].quota_per_state, cx.as_of) else {
        return;
    };
    if cx.names.kinds[by.ix()] != ActorKind::State || !span.contains(as_of) {
        return;
    }
    let count = quotas.entry((panel, by)).or_insert(0);
    *count += 1;
    if *count > quota {
        let message = format!(
            "designation {count} by {} to {} valid on `{as_of}`, where the quota is {quota}",
            quote(&doc.states[by.ix()].id),
            quote(&doc.panels[panel.ix()].id),
        );
        cx.error_with(
            codes::QUOTA_EXCEEDED,
            at,
            format!("/panels/{}/quota_per_state", panel.ix()),
            message,
            "end a designation, or raise `quota_per_state`",
        );
    }
}
