use std::path::PathBuf;

use super::*;
use crate::format::{read_instance, to_json_string};

const COMMITTED: &str = include_str!("../../../instances/isds-2015.json");

/// The docket, where this machine has it.
fn docket() -> Option<Vec<u8>> {
    let data = std::env::var_os("COMITY_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = data.join("isds-2015/docket.json");
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: no docket at {}", path.display());
    }
    bytes
}

#[test]
fn the_committed_file_is_what_the_code_makes() {
    let Some(bytes) = docket() else { return };
    let made = convert(&bytes, &IsdsOptions::default()).expect("a docket");
    let text = to_json_string(&made).expect("serialisable");
    assert!(text == COMMITTED, "regenerate instances/isds-2015.json");
    let other =
        convert(&bytes, &IsdsOptions { seed: 2, ..IsdsOptions::default() }).expect("a docket");
    assert!(other != made && other.appointments.len() == made.appointments.len());
}

#[test]
fn the_committed_file_is_sound() {
    let doc = read_instance(COMMITTED.as_bytes()).expect("readable");
    crate::convert::tests::references_resolve(&doc);
    assert!(COMMITTED.len() < 900_000);
    assert_eq!((doc.mediators.len(), doc.disputes.len()), (389, 40));
    for appointment in &doc.appointments {
        let case = appointment.case.as_deref().expect("a case").replace("italaw-", "dispute-");
        assert!(doc.disputes.iter().all(|dispute| dispute.id != case), "{case}");
    }
}

#[test]
fn no_name_of_a_claimant_gets_through() {
    let Some(bytes) = docket() else { return };
    let cases: Vec<docket::Case> = serde_json::from_slice(&bytes).expect("a docket");
    let text = COMMITTED.to_lowercase();
    // Fragments that name nobody: the source splits names at commas, `Inc.` and seats apart.
    let words = |name: &&String| {
        name.chars().filter(|c| c.is_alphabetic()).count() > 3
            && crate::generate::world::states().all(|facts| facts.name != name.as_str())
    };
    let mut seen = 0;
    for name in cases.iter().flat_map(|case| &case.claimants).filter(words) {
        assert!(!text.contains(&name.to_lowercase()), "`{name}`");
        seen += 1;
    }
    assert!(seen > 400);
}

const SMALL: &str = r#"[
  {"case": "italaw-1", "year": 2013, "rules": "ICSID", "claimants": ["Secret Holdings"],
   "respondents": ["EG"], "home_states": ["ES"], "treaties": ["Egypt-Spain BIT"],
   "neutrals": [{"person": "P1", "role": "president"}], "others": []},
  {"case": "italaw-2", "year": null, "rules": null, "claimants": ["Secret Holdings"],
   "respondents": ["PE"], "home_states": [], "treaties": [],
   "neutrals": [{"person": "P1", "role": "claimant-appointee"}, {"person": "P2", "role": "member"}],
   "others": [{"person": "P3", "role": "claimant-counsel"}, {"person": "P2", "role": "respondent-expert"},
              {"person": "P4", "role": "expert"}]}
]"#;

#[test]
fn a_small_docket_is_told_apart() {
    let doc = convert(SMALL.as_bytes(), &IsdsOptions::default()).expect("a docket");
    crate::convert::tests::references_resolve(&doc);
    assert_eq!(doc.disputes.len(), 1);
    assert_eq!(doc.disputes[0].parties[0].actor, "claimant-1");
    let first = &doc.appointments[0];
    assert_eq!((first.mediator.as_str(), first.by.as_str()), ("P1", "claimant-1"));
    assert_eq!(first.counsel, ["P3"]);
    assert_eq!(doc.appointments.len(), 2, "the seat in the batch's own case is left out");
    assert_eq!(doc.relations.len(), 2, "the expert without a side is left out");
    assert!(!to_json_string(&doc).expect("serialisable").contains("Secret"));
    assert_eq!(doc, convert(SMALL.as_bytes(), &IsdsOptions::default()).expect("a docket"));
}

#[test]
fn unusable_dockets_are_refused() {
    let refused =
        |json: &str| convert(json.as_bytes(), &IsdsOptions::default()).expect_err("no docket");
    assert!(matches!(refused("{}"), ConvertError::Shape(_)));
    assert!(matches!(refused("[]"), ConvertError::Empty));
    assert!(matches!(refused(&SMALL.replace("italaw-2", "italaw-1")), ConvertError::Twice(_)));
    assert!(matches!(refused(&SMALL.replace("P3", "P 3")), ConvertError::Id(_)));
}
