//! Interpreters, the sizes of their teams, and the booths of sessions.

use serde_json::{Value, json};

use super::places::docket;
use super::{findings, read, sound};
use crate::domain::{ActorKind, InterpreterIx};

/// Four interpreters: en-zh, en-zh and en-fr, fr-zh, and one without a zone.
fn roster() -> Value {
    let person = |id: &str, pairs: &[(&str, &str)]| {
        let pair = |(from, to): &(&str, &str)| json!({"from": from, "to": to});
        let pairs: Vec<Value> = pairs.iter().map(pair).collect();
        json!({"id": id, "time_zone": "UTC", "pairs": pairs})
    };
    json!([
        person("ivy", &[("en", "zh"), ("zh", "en")]),
        person("jon", &[("zh", "en"), ("en", "fr")]),
        person("kim", &[("fr", "zh")]),
    ])
}

fn interpreted(minutes: u32, languages: &[&str], sections: &Value) -> Value {
    let sessions =
        json!([{"id": "s1", "kind": "joint", "minutes": minutes, "interpretation": languages}]);
    let mut document = docket(&sessions, &json!({"interpreters": roster(), "slot_minutes": 5}));
    for (key, value) in sections.as_object().expect("an object") {
        document[key] = value.clone();
    }
    document
}

/// Size and places of those suited, booth by booth.
fn booths(document: &Value) -> Vec<(u32, Vec<u32>)> {
    let (instance, _) = read(document);
    let instance = instance.expect("an instance");
    let booths = &instance.disputes()[0].sessions[0].booths;
    booths.iter().map(|b| (b.size, b.suited.iter().map(|i| i.0).collect())).collect()
}

#[test]
fn interpreters_are_actors_after_the_mediators() {
    let instance = sound(&interpreted(60, &["zh", "en"], &json!({})));
    let [ivy, jon, _] = instance.interpreters() else { panic!("three interpreters") };
    assert_eq!(instance.actor_name(ivy.actor), "ivy");
    assert_eq!(ivy.actor.0, instance.mediators()[0].actor.0 + 1);
    assert_eq!(instance.actor(jon.actor).kind, ActorKind::Interpreter(InterpreterIx(1)));
    assert!(instance.actor(jon.actor).clock.is_some());
    assert_eq!((ivy.pairs.len(), jon.pairs.len()), (2, 4));
    assert!(jon.pairs.is_sorted());
    // The cases follow.
    assert_eq!(instance.disputes()[0].node.ix(), jon.actor.ix() + 2);
}

#[test]
fn the_first_entry_that_reaches_the_session_counts() {
    let size = |minutes: u32, languages: &[&str]| {
        booths(&interpreted(minutes, languages, &json!({}))).iter().map(|b| b.0).collect::<Vec<_>>()
    };
    for (minutes, expected) in
        [(5, 1), (40, 1), (45, 2), (240, 2), (245, 3), (360, 3), (365, 4), (480, 4)]
    {
        assert_eq!(size(minutes, &["en", "zh"]), [expected], "{minutes}");
    }
    for (minutes, expected) in [(5, 2), (240, 2), (245, 3), (480, 3)] {
        assert_eq!(size(minutes, &["en", "zh", "fr"]), [expected; 3], "{minutes}");
    }
    for languages in [&["en", "zh"][..], &["en", "zh", "fr"]] {
        let found = findings(&interpreted(485, languages, &json!({})));
        assert_eq!(found, ["no-team /disputes/0/sessions/0/interpretation"]);
    }
    let own = json!({"policy": {"interpretation": {"teams": [{"minutes": 30, "size": 2}]}}});
    assert_eq!(booths(&interpreted(30, &["en", "zh"], &own))[0].0, 2);
    // The other table keeps its defaults.
    assert_eq!(booths(&interpreted(35, &["en", "zh", "fr"], &own)).len(), 3);
    assert_eq!(
        findings(&interpreted(35, &["en", "zh"], &own)),
        ["no-team /disputes/0/sessions/0/interpretation"]
    );
}

#[test]
fn booths_have_those_with_a_fitting_pair() {
    assert_eq!(booths(&interpreted(60, &["en", "zh"], &json!({}))), [(2, vec![0, 1])]);
    // One booth a language, in the order given.
    assert_eq!(
        booths(&interpreted(60, &["fr", "en", "zh"], &json!({}))),
        [(2, vec![1, 2]), (2, vec![0, 1]), (2, vec![0, 1, 2])]
    );
    let short = interpreted(60, &["fr", "zh"], &json!({}));
    assert_eq!(findings(&short), ["too-few-interpreters /disputes/0/sessions/0/interpretation/0"]);
    assert_eq!(booths(&short), [(2, vec![2])]);
}

#[test]
fn slips_in_interpretation_are_found() {
    let at = "/disputes/0/sessions/0/interpretation";
    for languages in [&["en"][..], &["en", "en"], &["a", "b", "c", "d", "e", "f", "g", "h", "i"]] {
        let found = findings(&interpreted(60, languages, &json!({})));
        assert_eq!(found, [format!("bad-interpretation {at}")]);
    }
    let mut document = interpreted(60, &["en", "zh"], &json!({}));
    document["interpreters"][2]["pairs"][0]["from"] = json!("zh");
    assert_eq!(findings(&document), ["same-language /interpreters/2/pairs/0"]);
    document["interpreters"][2]["pairs"] = json!([]);
    assert_eq!(findings(&document), ["no-pairs /interpreters/2/pairs"]);
    document["interpreters"].as_array_mut().expect("a list").pop();
    document["interpreters"][0].as_object_mut().expect("an object").remove("time_zone");
    assert_eq!(findings(&document), ["missing-time-zone /interpreters/0"]);
    // One who attends for a party needs her zone in any case, and is told so once.
    document["disputes"][0]["parties"][0]["counsel"] = json!(["ivy"]);
    assert_eq!(findings(&document), ["missing-time-zone /interpreters/0"]);
    document["disputes"][0]["sessions"][0]
        .as_object_mut()
        .expect("an object")
        .remove("interpretation");
    assert_eq!(findings(&document), ["missing-time-zone /interpreters/0"]);
    document["disputes"][0]["parties"][0]["counsel"] = json!([]);
    sound(&document);
}

#[test]
fn tables_of_teams_rise() {
    let teams = |teams: &Value| {
        findings(&docket(&json!([]), &json!({"policy": {"interpretation": {"booths": teams}}})))
    };
    let at = "/policy/interpretation/booths";
    assert_eq!(teams(&json!([{"minutes": 1440, "size": 20}])), Vec::<String>::new());
    assert_eq!(
        teams(&json!([{"minutes": 1441, "size": 2}])),
        [format!("out-of-range {at}/0/minutes")]
    );
    assert_eq!(teams(&json!([{"minutes": 0, "size": 21}])).len(), 2);
    let twice = json!([{"minutes": 60, "size": 2}, {"minutes": 60, "size": 3}]);
    assert_eq!(teams(&twice), [format!("unsorted-teams {at}/1/minutes")]);
}
