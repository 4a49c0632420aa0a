//! One more mediator, designated by a State: somebody who is not there, as a supposition.

use serde_json::json;

use crate::format::{Candidates, Decimal, InstanceDoc, LanguageLevel, MediatorDoc};

/// Adds to a document a mediator whom a State designates for a dispute: a national of it and of no other, who speaks
/// the languages (all that the dispute asks for, where none are named), has the expertise that its panel needs and no
/// more, takes one dispute, and lives by the clock of a mediator of that State, else of somebody of a party.
///
/// # Errors
/// What the document does not know, and where no panel admits the dispute.
pub(super) fn designate(
    doc: &mut InstanceDoc,
    dispute: &str,
    state: &str,
    languages: &[String],
) -> Result<(), String> {
    let known = doc.disputes.iter().find(|known| known.id == dispute);
    let known = known.ok_or_else(|| super::what_if::unknown("dispute", dispute))?;
    if !doc.states.iter().any(|known| known.id == state) {
        return Err(super::what_if::unknown("State", state));
    }
    let panel = doc.panels.iter().find(|panel| panel.admits.contains(&known.class));
    if panel.is_none() && !doc.panels.is_empty() {
        return Err(format!("no panel admits `{dispute}`"));
    }
    let asked = known.panel.languages.iter().map(|(id, _)| id.to_owned());
    let mut speaks: Vec<String> = asked.chain(known.languages.iter().cloned()).collect();
    if !languages.is_empty() {
        speaks = languages.to_vec();
    }
    let level = doc.policy.as_ref().and_then(|policy| policy.language_level);
    let level = level.unwrap_or(LanguageLevel::C1);
    let speaks: serde_json::Map<String, serde_json::Value> =
        speaks.into_iter().map(|id| (id, json!(level))).collect();
    let expertise = known.panel.expertise.iter();
    let expertise: serde_json::Map<String, serde_json::Value> =
        expertise.map(|(id, least)| (id.to_owned(), json!(least))).collect();
    let is_national = |mediator: &&MediatorDoc| {
        mediator.nationalities.iter().any(|nationality| nationality.state == state)
    };
    let zone = doc.mediators.iter().find(is_national).and_then(|m| m.time_zone.clone());
    let people = known.parties.iter().flat_map(|party| &party.representatives);
    let mut of_party = people.filter_map(|id| doc.people.iter().find(|person| person.id == *id));
    let zone = zone.or_else(|| of_party.find_map(|person| person.time_zone.clone()));
    let taken = |id: &String| doc.mediators.iter().any(|mediator| mediator.id == *id);
    let mut ids = (1..).map(|number| format!("designee-{number}"));
    let id = ids.find(|id| !taken(id)).unwrap_or_default();
    let designations = panel.map(|panel| json!({ "panel": panel.id, "by": state }));
    let more = json!({
        "id": id,
        "name": format!("a further mediator, designated by {state} (supposed)"),
        "nationalities": [state],
        "time_zone": zone.unwrap_or_else(|| "UTC".to_owned()),
        "designations": designations.into_iter().collect::<Vec<_>>(),
        "languages": speaks,
        "expertise": expertise,
        "capacity": { "cases": 1 },
    });
    let more: MediatorDoc = serde_json::from_value(more).map_err(|why| why.to_string())?;
    let scored = doc.policy.as_ref().and_then(|policy| policy.candidates);
    if scored == Some(Candidates::Scored) {
        let own = (id, Decimal::default());
        if let Some(entry) = doc.scores.iter_mut().find(|entry| entry.dispute == dispute) {
            let known = entry.fit.iter().map(|(id, fit)| (id.to_owned(), fit));
            entry.fit = known.chain([own]).collect();
        } else {
            let score = json!({ "dispute": dispute, "fit": { own.0: 0 } });
            doc.scores.push(serde_json::from_value(score).map_err(|why| why.to_string())?);
        }
    }
    doc.mediators.push(more);
    Ok(())
}
