use std::collections::BTreeSet;

use super::*;
use crate::format::to_json_string;

fn made() -> InstanceDoc {
    spring(&SpringOptions { seed: 1 })
}

#[test]
fn sizes_are_those_of_the_profile() {
    let doc = made();
    assert_eq!((doc.mediators.len(), doc.disputes.len(), doc.interpreters.len()), (80, 30, 26));
    for panel in &doc.panels {
        for by in DESIGNATING {
            let designated = doc.mediators.iter().flat_map(|m| &m.designations);
            let count = designated.filter(|d| d.panel == panel.id && d.by == by).count();
            assert!(Some(count as u32) <= panel.quota_per_state);
        }
    }
}

#[test]
fn references_resolve() {
    crate::convert::tests::references_resolve(&made());
}

#[test]
fn parties_come_from_five_continents_and_every_rule_has_work() {
    let doc = made();
    let regions: BTreeSet<&str> = doc
        .disputes
        .iter()
        .flat_map(|dispute| &dispute.parties)
        .filter_map(|party| {
            let company = doc.organisations.iter().find(|known| known.id == party.actor);
            let home = company.and_then(|c| c.nationalities.first()).map(|n| n.state.as_str());
            Some(crate::generate::world::state(home.unwrap_or(&party.actor))?.region)
        })
        .collect();
    for region in ["Africa", "Asia", "Europe", "South America", "Caribbean", "Oceania"] {
        assert!(regions.contains(region), "{region}");
    }
    let text = to_json_string(&doc).expect("serialisable");
    for word in [
        "state-state",
        "state-investor",
        "commercial",
        "in-person",
        "hybrid",
        "breakout_rooms",
        "interpretation",
        "caucus",
        "signing",
        "stays",
        "base",
        "since",
        "until",
        "max_days",
        "icsid-mediation-2022",
        "priced",
    ] {
        assert!(text.contains(&format!("\"{word}\"")), "{word}");
    }
    assert!(text.len() < 600_000, "{}", text.len());
}

#[test]
fn the_seed_changes_people_and_keeps_the_pairs() {
    let (one, two) = (made(), spring(&SpringOptions { seed: 2 }));
    assert_ne!(one.mediators, two.mediators);
    let titles =
        |doc: &InstanceDoc| doc.disputes.iter().map(|d| d.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&one), titles(&two));
}
