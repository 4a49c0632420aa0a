//! `mediators`: the roster, designations and the quotas of panels.

use std::collections::{BTreeMap, HashMap};

use super::actors::{PersonView, read_person};
use super::at::At;
use super::codes;
use super::context::Context;
use crate::diagnostic::quote;
use crate::domain::{
    Actor, ActorIx, ActorKind, Designation, LanguageIx, Mediator, MediatorIx, PanelIx, SubjectIx,
};
use crate::format::{LanguageLevel, MediatorDoc};

/// How many mediators count for each State on each panel so far.
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
        let view = PersonView::from(mediator);
        let own = ActorIx::new(actors.len());
        actors.push(read_person(cx, &view, ActorKind::Mediator(MediatorIx::new(index)), &at));
        if let (None, Some(dispute)) = (&mediator.time_zone, any_session)
            // WHY: working hours or stays without a zone have been reported with the person.
            && !view.misses_zone()
        {
            cx.error_with(
                codes::MISSING_TIME_ZONE,
                &at,
                format!("/disputes/{dispute}/sessions"),
                format!("the mediator {} has no `time_zone`", quote(&mediator.id)),
                "add the IANA zone of the mediator: some dispute has sessions, and whoever sits attends them",
            );
        }
        let states = cx.as_of.map_or_else(Vec::new, |as_of| {
            let held = actors[own.ix()].nationalities.iter().filter(|n| n.span.contains(as_of));
            held.map(|n| n.state).collect()
        });
        let found = designations(cx, mediator, &at);
        quota(cx, &found, &states, &mut quotas, &at.key("designations"));
        let designations = found.into_iter().map(|(_, designation)| designation).collect();
        mediators.push(read_one(cx, mediator, own, level, designations, &at));
    }
    mediators
}

fn read_one(
    cx: &mut Context<'_>,
    doc: &MediatorDoc,
    actor: ActorIx,
    level: LanguageLevel,
    designations: Vec<Designation>,
    at: &At<'_>,
) -> Mediator {
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
    let cases = capacity.and_then(|c| c.cases);
    let least = capacity.and_then(|c| c.min_cases).unwrap_or(0);
    if let Some(cases) = cases.filter(|cases| least > *cases) {
        let capacity = at.key("capacity");
        cx.error_with(
            codes::REVERSED_CASES,
            &capacity.key("min_cases"),
            capacity.key("cases").pointer(),
            format!("{least} disputes at least are more than the {cases} at most"),
            "let `min_cases` be at most `cases`",
        );
    }
    Mediator {
        actor,
        designations,
        languages,
        expertise,
        cases,
        least,
        minutes: hours.map(|hours| hours * 60 / 1_000_000),
        recent: 0,
    }
}

/// The designations, with their places in the list.
fn designations(cx: &mut Context<'_>, doc: &MediatorDoc, at: &At<'_>) -> Vec<(usize, Designation)> {
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
            found.push((index, Designation { panel, by, span }));
        }
    }
    found
}

/// For whom one counts whom several have designated to one panel: the State of which she is a
/// national among them, else the first in her list.
///
/// SOURCE: ICSID Convention, Article 16(2).
pub(super) fn canonical_designator(
    designators: &[ActorIx],
    nationalities: &[ActorIx],
) -> Option<ActorIx> {
    let own = designators.iter().find(|by| nationalities.contains(by));
    own.or(designators.first()).copied()
}

/// Counts a mediator on each panel for the State that is her canonical designator, and notes her
/// where she is beyond its quota.
fn quota(
    cx: &mut Context<'_>,
    designations: &[(usize, Designation)],
    nationalities: &[ActorIx],
    quotas: &mut Quotas,
    at: &At<'_>,
) {
    let (doc, Some(as_of)) = (cx.doc, cx.as_of) else { return };
    let mut panels: BTreeMap<PanelIx, Vec<(ActorIx, usize)>> = BTreeMap::new();
    for (index, designation) in designations {
        if designation.span.contains(as_of) {
            panels.entry(designation.panel).or_default().push((designation.by, *index));
        }
    }
    for (panel, valid) in panels {
        let designators: Vec<ActorIx> = valid.iter().map(|(by, _)| *by).collect();
        let Some(by) = canonical_designator(&designators, nationalities) else { continue };
        // INVARIANT: the States come first among the actors; organisations have no quota.
        let Some(state) = doc.states.get(by.ix()) else { continue };
        let limits = &doc.panels[panel.ix()];
        let founder = limits.quota_per_founder.filter(|_| state.founding == Some(true));
        let key = if founder.is_some() { "quota_per_founder" } else { "quota_per_state" };
        let Some(quota) = founder.or(limits.quota_per_state) else { continue };
        let count = quotas.entry((panel, by)).or_insert(0);
        *count += 1;
        if *count > quota {
            let place = valid.iter().find(|(other, _)| *other == by).map_or(0, |(_, place)| *place);
            let message = format!(
                "mediator {count} whom {} has on {} on `{as_of}`, where the quota is {quota}",
                quote(&state.id),
                quote(&limits.id),
            );
            cx.error_with(
                codes::QUOTA_EXCEEDED,
                &at.item(place),
                format!("/panels/{}/{key}", panel.ix()),
                message,
                format!("end a designation, or raise `{key}`"),
            );
        }
    }
}
