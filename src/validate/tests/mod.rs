//! What validation makes of a sound document.

mod cases;
mod cures;
mod deadlines;
mod interpreters;
mod limits;
mod places;
mod profile;
mod rules;

use serde_json::{Value, json};

use super::{resolve_profile, validate};
use crate::diagnostic::Level;
use crate::domain::Instance;
use crate::format::{BUILT_IN_PROFILES, DEFAULT_PROFILE, RulesDoc, read_instance, read_rules};

/// The profile that holds where an instance names none, for the tests of other rooms.
pub(crate) fn default_profile() -> RulesDoc {
    resolve_profile(DEFAULT_PROFILE).expect("a built-in profile")
}

/// Code and place of every finding, and the instance when there is one.
fn read(document: &Value) -> (Option<Instance>, Vec<(&'static str, String)>) {
    let doc = read_instance(document.to_string().as_bytes()).expect("the shape of an instance");
    let (instance, findings) = validate(&doc, String::new());
    (instance, findings.into_iter().map(|finding| (finding.code, finding.pointer)).collect())
}

/// The instance of a document without any finding.
fn sound(document: &Value) -> Instance {
    let (instance, findings) = read(document);
    assert_eq!(findings, []);
    instance.expect("an instance")
}

/// Code and place of findings, as `code place` each.
fn findings(document: &Value) -> Vec<String> {
    read(document).1.into_iter().map(|(code, pointer)| format!("{code} {pointer}")).collect()
}

/// A small docket without sessions, with these further sections.
fn with(sections: &Value) -> Value {
    let mut document = json!({
        "schema": "comity.instance/1", "id": "t", "as_of": "2026-03-01",
        "horizon": {"start": "2026-03-02T00:00:00Z", "end": "2026-03-04T00:00:00Z"},
        "states": [{"id": "CN"}, {"id": "DE"}, {"id": "SG"}],
        "organisations": [{"id": "port", "kind": "company"}],
        "people": [{"id": "ann"}, {"id": "bob"}],
        "mediators": [{"id": "m1", "nationalities": ["SG"]}, {"id": "m2", "nationalities": ["SG"]}],
        "disputes": [dispute("d1", "state-state"), dispute("d2", "commercial")],
    });
    for (key, value) in sections.as_object().expect("an object") {
        document[key] = value.clone();
    }
    document
}

fn dispute(id: &str, class: &str) -> Value {
    json!({
        "id": id, "class": class, "panel": {"size": 1},
        "parties": [{"id": "p", "actor": "CN"}, {"id": "q", "actor": "DE"}],
    })
}

/// An inline profile with these keys.
fn rules(keys: &Value) -> Value {
    let mut rules = json!({"schema": "comity.rules/1", "id": "own"});
    for (key, value) in keys.as_object().expect("an object") {
        rules[key] = value.clone();
    }
    rules
}

/// A rule with these keys over a plain one.
fn rule(id: &str, keys: &Value) -> Value {
    let mut rule = json!({
        "id": id, "text": "t", "source": "s", "severity": "orange", "to": "party",
        "path": [{"any": [{"kind": "friend"}]}],
    });
    for (key, value) in keys.as_object().expect("an object") {
        rule[key] = value.clone();
    }
    rule
}

fn sample() -> serde_json::Value {
    serde_json::json!({
        "schema": "comity.instance/1", "id": "t", "as_of": "2026-03-01",
        "horizon": {"start": "2026-03-02T00:00:00Z", "end": "2026-03-04T00:00:00Z"},
        "states": [{"id": "CN"}, {"id": "DE", "exclusions": ["tax"]}, {"id": "SG"}],
        "people": [{"id": "ann", "time_zone": "Asia/Shanghai"}, {"id": "bob", "time_zone": "Europe/Berlin"}],
        "mediators": [
            {"id": "m1", "nationalities": ["SG"], "time_zone": "Asia/Singapore",
             "busy": [{"start": "2026-03-02T10:00:00Z", "end": "2026-03-02T12:00:00Z"},
                      {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z"}],
             "languages": {"en": "C2", "fr": "B1"}, "expertise": {"trade": 0.5},
             "capacity": {"cases": 2, "hours": 1.51}},
            {"id": "m2", "time_zone": "Asia/Singapore"}
        ],
        "disputes": [{
            "id": "d1", "class": "state-state", "subjects": ["trade", "tax"],
            "parties": [
                {"id": "p", "actor": "CN", "representatives": ["ann"]},
                {"id": "q", "actor": "DE", "counsel": ["bob", "ann"], "consent": {"given": false, "date": "2026-02-01"}}
            ],
            "panel": {"size": 1},
            "sessions": [
                {"id": "s1", "kind": "call", "minutes": 60, "not_before": "2026-03-02T00:10:00Z"},
                {"id": "s2", "kind": "joint", "minutes": 30, "after": {"session": "s1", "min_days": 1},
                 "due": "2026-03-03T23:50:00Z"}
            ]
        }],
        "scores": [{"dispute": "d1", "fit": {"m2": 0.25, "m1": 1}, "hours": {"m1": 0.01}}],
        "locks": {"require": [{"dispute": "d1", "mediator": "m1"}],
                  "sessions": [{"dispute": "d1", "session": "s1", "start": "2026-03-02T08:30:00+08:00"}]}
    })
}

#[test]
fn a_sound_document_becomes_an_instance() {
    let doc = read_instance(sample().to_string().as_bytes()).expect("shape");
    let (instance, findings) = validate(&doc, "x".into());
    assert_eq!(findings, []);
    let instance = instance.expect("an instance");
    let names: Vec<&str> = (0..7).map(|i| instance.actor_name(crate::domain::ActorIx(i))).collect();
    assert_eq!(names, ["CN", "DE", "SG", "ann", "bob", "m1", "m2"]);
    let m1 = &instance.mediators()[0];
    assert_eq!((m1.minutes, m1.languages.len(), m1.expertise.len()), (Some(90), 1, 1));
    assert_eq!(instance.actor(m1.actor).busy.len(), 1);
    assert_eq!(instance.clocks().len(), 3);
    let d1 = &instance.disputes()[0];
    assert_eq!(d1.gates.len(), 2);
    assert_eq!(d1.test_dates.len(), 2);
    assert_eq!(d1.fit.iter().map(|(_, fit)| *fit).collect::<Vec<_>>(), [1_000_000, 250_000]);
    assert_eq!(d1.effort[0].1, 1);
    assert_eq!(d1.panel.required.len(), 1);
    let (s1, s2) = (&d1.sessions[0], &d1.sessions[1]);
    assert_eq!((s1.slots, s1.earliest, s1.latest_end, s1.fixed), (2, 1, 96, Some(1)));
    assert_eq!((s2.min_gap, s2.max_gap, s2.latest_end), (48, None, 95));
    assert_eq!(s1.attendees.len(), 2);
}

#[test]
fn every_built_in_profile_is_readable() {
    for (name, text) in BUILT_IN_PROFILES {
        assert_eq!(read_rules(text.as_bytes()).map(|rules| rules.id).as_deref(), Ok(*name));
    }
}

#[test]
fn taking_out_any_section_or_value_never_panics() {
    let whole = sample();
    for (key, _) in whole.as_object().expect("an object") {
        let mut part = whole.clone();
        part.as_object_mut().expect("an object").remove(key);
        if let Ok(doc) = read_instance(part.to_string().as_bytes()) {
            let (instance, findings) = validate(&doc, String::new());
            let refused = findings.iter().any(|f| f.level == Level::Error);
            assert_eq!(instance.is_none(), refused, "{key}");
        }
    }
}
