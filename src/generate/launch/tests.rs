use std::collections::BTreeSet;

use super::*;
use crate::format::{read_instance, to_json_string};

const COMMITTED: &str = include_str!("../../../instances/iomed-launch.json");

fn default() -> InstanceDoc {
    launch(&LaunchOptions { seed: 1, ..LaunchOptions::default() })
}

#[test]
fn the_committed_file_is_what_the_code_makes() {
    let made = to_json_string(&default()).expect("serialisable");
    assert!(made == COMMITTED, "regenerate instances/iomed-launch.json");
    assert!(COMMITTED.len() < 600_000);
    assert_eq!(read_instance(COMMITTED.as_bytes()).expect("readable"), default());
}

#[test]
fn quotas_and_sizes_are_those_of_the_profile() {
    let doc = default();
    assert_eq!((doc.mediators.len(), doc.disputes.len(), doc.states.len()), (250, 10, 40));
    for panel in &doc.panels {
        for by in &SIGNATORIES[..10] {
            let designated = doc.mediators.iter().flat_map(|m| &m.designations);
            let count = designated.filter(|d| d.panel == panel.id && d.by == *by).count();
            assert_eq!(Some(count as u32), panel.quota_per_state);
        }
    }
    let larger = launch(&LaunchOptions { seed: 1, disputes: Some(60), mediators: Some(700) });
    assert_eq!((larger.mediators.len(), larger.disputes.len()), (700, 60));
    assert_eq!(larger.mediators[..250], doc.mediators[..]);
    let none = launch(&LaunchOptions { seed: 1, disputes: Some(0), mediators: Some(0) });
    assert_eq!((none.mediators.len(), none.disputes.len()), (0, 0));
}

#[test]
fn references_resolve() {
    crate::convert::tests::references_resolve(&default());
}

#[test]
fn every_class_and_mode_occurs() {
    let text = to_json_string(&default()).expect("serialisable");
    for word in
        ["state-state", "state-investor", "commercial", "in-person", "hybrid", "confidential"]
    {
        assert!(text.contains(&format!("\"{word}\"")), "{word}");
    }
    let zones: BTreeSet<_> =
        default().people.iter().filter_map(|person| person.time_zone.clone()).collect();
    assert!(zones.len() >= 8);
}
