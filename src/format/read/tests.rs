//! Broken texts: findings, never a panic.

use super::{CODES, read_instance, read_rules, read_solution};
use crate::diagnostic::Diagnostic;

fn findings(text: &str) -> Vec<Diagnostic> {
    read_instance(text.as_bytes()).expect_err("the text is broken")
}

fn codes(text: &str) -> Vec<(&'static str, String)> {
    findings(text).into_iter().map(|f| (f.code, f.pointer)).collect()
}

#[test]
fn texts_that_are_not_json_are_findings() {
    assert_eq!(codes(""), [("syntax", String::new())]);
    assert_eq!(codes("{} x"), [("syntax", String::new())]);
    assert_eq!(codes("\u{feff}{}"), [("syntax", String::new())]);
    assert_eq!(codes("{\"a\": 1e999}")[0].0, "bad-number");
    let invalid = read_instance(b"{\n \"a\xFF").expect_err("not UTF-8");
    assert_eq!((invalid[0].code, invalid[0].position), ("not-utf8", Some((2, 4))));
    for open in ["[", "{\"a\":", "[{\"notes\":"] {
        let deep = open.repeat(2_000_000);
        assert_eq!(codes(&deep), [("too-deep", String::new())]);
    }
    let notes = format!("{{\"notes\": {}1{}}}", "[".repeat(500), "]".repeat(500));
    assert_eq!(codes(&notes)[0].0, "too-deep");
}

#[test]
fn every_shape_error_is_found_at_once() {
    let text = r#"{
  "schema": "comity.instance/1", "id": 7, "horizont": {}, "slot_minutes": 7.5,
  "horizon": {"start": "x", "start": "y", "end": null},
  "as_of": "2026-01-01", "people": [{"id": "a", "nationalities": [1, {"sate": "CN"}]}],
  "policy": {"candidates": "scord", "reserves": -1, "weights": {"fit": 0.12345678}, "conflict_rules": {"id": "x"}},
  "mediators": {}, "notes": {"a": 1, "a": 2},
  "disputes": [{"id": "d", "class": "comercial", "parties": [], "panel": {"size": 5000000000},
    "sessions": [{"id": "s", "kind": "call", "minutes": 30, "attendees": []},
                 {"id": "s", "kind": "call", "minutes": 30, "attendees": "al"}]}]
}"#;
    let mut found = codes(text);
    found.sort();
    let mut wanted: Vec<(&str, String)> = [
        ("wrong-type", "/id"),
        ("unknown-key", "/horizont"),
        ("bad-number", "/slot_minutes"),
        ("duplicate-key", "/horizon/start"),
        ("wrong-type", "/horizon/end"),
        ("wrong-type", "/people/0/nationalities/0"),
        ("unknown-key", "/people/0/nationalities/1/sate"),
        ("missing-key", "/people/0/nationalities/1"),
        ("unknown-value", "/policy/candidates"),
        ("bad-number", "/policy/reserves"),
        ("bad-number", "/policy/weights/fit"),
        ("missing-key", "/policy/conflict_rules"),
        ("wrong-type", "/mediators"),
        ("unknown-value", "/disputes/0/class"),
        ("bad-number", "/disputes/0/panel/size"),
        ("wrong-length", "/disputes/0/sessions/0/attendees"),
        ("unknown-value", "/disputes/0/sessions/1/attendees"),
    ]
    .map(|(code, pointer)| (code, pointer.to_owned()))
    .into();
    wanted.sort();
    assert_eq!(found, wanted);
    assert!(findings(text).iter().all(|f| f.position.is_some() && f.help.is_some()));
    assert!(found.iter().all(|(code, _)| CODES.iter().any(|(known, _)| known == code)));
}

#[test]
fn the_kind_of_document_is_checked() {
    assert_eq!(
        codes(r#"{"schema": "comity.solution/1"}"#),
        [("wrong-schema", "/schema".to_owned())]
    );
    assert_eq!(codes("{}")[0].0, "wrong-schema");
    assert_eq!(
        read_rules(br#"{"schema": "x", "id": "x", "rules": []}"#).expect_err("schema")[0].code,
        "wrong-schema"
    );
    assert_eq!(read_solution(b"[]").expect_err("a list")[0].code, "wrong-type");
}

/// Whatever serde refuses the walk explains: one value at a time is replaced by another type.
#[test]
fn the_walk_sees_what_serde_sees() {
    let sample: serde_json::Value =
        serde_json::from_str(include_str!("../profiles/strict.json")).expect("a profile");
    let mut pointers = Vec::new();
    collect(&sample, String::new(), &mut pointers);
    for pointer in pointers.iter().take(300) {
        for other in [
            serde_json::json!(null),
            serde_json::json!(1.5),
            serde_json::json!("x"),
            serde_json::json!([]),
            serde_json::json!({}),
        ] {
            let mut changed = sample.clone();
            *changed.pointer_mut(pointer).expect("a place") = other;
            let text = changed.to_string();
            let serde = serde_json::from_str::<super::RulesDoc>(&text);
            if let Err(found) = read_rules(text.as_bytes()) {
                assert!(serde.is_err() || found[0].code == "wrong-schema", "{pointer}");
                assert!(
                    found.iter().all(|f| f.help.as_deref() != Some("compare with `comity schema`")),
                    "{pointer}: {found:?}"
                );
            }
        }
    }
}

fn collect(value: &serde_json::Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                collect(value, format!("{pointer}/{key}"), pointers);
            }
        }
        serde_json::Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}
