//! What is read, written and read again is the same document; the digest sees content alone.

mod common;

use std::fmt::Debug;

use comity::diagnostic::Diagnostic;
use comity::format::{
    BUILT_IN_PROFILES, canonical_digest, read_instance, read_rules, read_solution, to_json_string,
};
use common::{Lots, files, tiny};
use serde::Serialize;
use serde_json::{Map, Value};

/// Reads, writes, reads, writes: the same document, the same text. Gives the text.
fn round<T: Serialize + PartialEq + Debug>(
    name: &str,
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Result<T, Vec<Diagnostic>>,
) -> String {
    let document = read(bytes).unwrap_or_else(|findings| panic!("{name}: {findings:#?}"));
    let text = to_json_string(&document).expect("JSON");
    assert!(text.ends_with("}\n"));
    let again = read(text.as_bytes()).unwrap_or_else(|findings| panic!("{name}: {findings:#?}"));
    assert!(again == document, "{name} changes when written");
    assert!(to_json_string(&again).expect("JSON") == text, "{name} is written in two ways");
    text
}

#[test]
fn committed_instances() {
    for (name, bytes) in files::instances() {
        round(&name, &bytes, read_instance);
    }
}

#[test]
fn committed_solutions() {
    for (name, bytes) in files::solutions() {
        let text = round(&name, &bytes, read_solution);
        assert!(text.as_bytes() == bytes, "{name} is not as comity writes it");
    }
}

#[test]
fn built_in_profiles() {
    for (name, text) in BUILT_IN_PROFILES {
        round(name, text.as_bytes(), read_rules);
    }
}

#[test]
fn random_instances_and_their_solutions() {
    for seed in 0..300 {
        let document = tiny::instance(seed);
        let text = round("tiny", &common::bytes(&document), read_instance);
        assert!(read_instance(text.as_bytes()) == Ok(document.clone()), "{seed}");
        if seed < 40 {
            let solution = common::solve(&document);
            let written = to_json_string(&solution).expect("JSON");
            round("solution", written.as_bytes(), read_solution);
            assert!(read_solution(written.as_bytes()) == Ok(solution), "{seed}");
        }
    }
}

/// The same value with the keys of every object in another order.
fn shuffled(value: &Value, lots: &mut Lots) -> Value {
    match value {
        Value::Array(list) => list.iter().map(|item| shuffled(item, lots)).collect(),
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> =
                map.iter().map(|(key, value)| (key.clone(), shuffled(value, lots))).collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, lots.below(last + 1));
            }
            Value::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        leaf => leaf.clone(),
    }
}

#[test]
fn the_digest_sees_content_alone() {
    let mut lots = Lots::new(11);
    for (name, bytes) in files::instances() {
        let digest = canonical_digest(&bytes).expect("canonical");
        assert!(digest.len() == 64 && digest.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')));
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        let other = shuffled(&value, &mut lots);
        let texts = [serde_json::to_string(&other), serde_json::to_string_pretty(&other)];
        for text in texts {
            let text = text.expect("JSON");
            assert_ne!(text.as_bytes(), &*bytes);
            assert_eq!(canonical_digest(text.as_bytes()).expect("canonical"), digest, "{name}");
        }
        let mut changed = value;
        changed["id"] = Value::from("another");
        let text = changed.to_string();
        assert_ne!(canonical_digest(text.as_bytes()).expect("canonical"), digest, "{name}");
    }
}

/// Numbers that are equal are the same content, however they are written.
#[test]
fn the_digest_reads_numbers() {
    let of = |text: &str| canonical_digest(text.as_bytes()).expect("canonical");
    assert_eq!(of(r#"{"a": 1.0, "b": "\u00e9"}"#), of(r#"{"b":"é","a":1}"#));
    assert_ne!(of(r#"{"a": [1, 2]}"#), of(r#"{"a": [2, 1]}"#));
    assert!(canonical_digest(b"{").is_err());
}

/// A document does not change with the order of its keys.
#[test]
fn the_order_of_keys_means_nothing() {
    let mut lots = Lots::new(12);
    for (name, bytes) in files::instances().into_iter().filter(|(name, _)| name.contains("tiny")) {
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        let text = shuffled(&value, &mut lots).to_string();
        let read = |bytes: &[u8]| serde_json::to_value(read_instance(bytes).expect("an instance"));
        // WHY: equality of JSON values does not look at the order of keys.
        let (left, right) = (read(&bytes).expect("JSON"), read(text.as_bytes()).expect("JSON"));
        assert_eq!(left, right, "{name}");
    }
}
