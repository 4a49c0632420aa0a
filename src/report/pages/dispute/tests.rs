//! Every code that a document can hold has words in every language, and what is measured is enough.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::shapes::{cut, width};
use crate::format::{
    BUILT_IN_PROFILES, Cure, DisputeClass, NodeKind, RelationKind, Role, SessionKind, SessionMode,
    Severity, UnservedStage,
};
use crate::report::pages::shared::rule;
use crate::report::texts::{Language, Texts};
use crate::report::view::RuleText;
use crate::validate::resolve_profile;

fn languages() -> [Texts; 2] {
    Language::ALL.map(|(language, _)| Texts::new(language))
}

/// The codes of a vocabulary, read off its schema, so that a new one is among them.
fn codes<T: JsonSchema>() -> Vec<String> {
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                let texts = map.get("enum").and_then(Value::as_array).into_iter().flatten();
                let all = map.get("const").into_iter().chain(texts);
                found.extend(all.filter_map(|code| code.as_str().map(str::to_owned)));
                map.values().for_each(|inner| walk(inner, found));
            }
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(schema_for!(T).as_value(), &mut found);
    found
}

#[test]
fn every_code_has_words_in_every_language() {
    // The chair's word is the docket's.
    let kinds = [
        ("relation", codes::<RelationKind>(), 36),
        ("severity", codes::<Severity>(), 5),
        ("class", codes::<DisputeClass>(), 3),
        ("session", codes::<SessionKind>(), 5),
        ("mode", codes::<SessionMode>(), 3),
        ("cure", codes::<Cure>(), 2),
        ("node", codes::<NodeKind>(), 14),
        ("role", codes::<Role>(), 2),
        ("dispute-stage", codes::<UnservedStage>(), 4),
    ];
    for (kind, codes, least) in kinds {
        assert!(codes.len() >= least, "{kind}: {codes:?}");
        for code in codes {
            for texts in languages() {
                let said = texts.find(&format!("{kind}-{code}"), &[]);
                assert!(said.is_some_and(|said| !said.is_empty()), "{kind}-{code} {}", texts.tag());
            }
        }
    }
}

/// Codes in backticks in the first column of a table of format.md.
fn reasons() -> Vec<String> {
    let format = include_str!("../../../../docs/format.md");
    let (_, table) = format.split_once("## Reasons why a mediator is not eligible").expect("there");
    let (table, _) = table.split_once("\n## ").expect("a next section");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once('`')).map(|(code, _)| code.to_owned()).collect()
}

#[test]
fn every_reason_has_words_in_every_language() {
    let reasons = reasons();
    assert!(reasons.len() >= 9, "{reasons:?}");
    let source = include_str!("../../../publish/unserved.rs");
    // What names a requirement is followed by the code of a reason.
    let labels = ["G1", "S1", "S2", "S3", "S5", "A1", "A3", "A4", "A8"];
    let quoted: Vec<&str> = source.split('"').skip(1).step_by(2).collect();
    let cores: Vec<&str> = quoted
        .windows(2)
        .filter(|pair| labels.contains(&pair[0]))
        .map(|pair| pair[1])
        .filter(|code| !code.contains(' ') && !labels.contains(code) && *code != "A2")
        .collect();
    for known in ["no-consent", "too-few", "windows", "no-common-time", "too-few-interpreters"] {
        assert!(cores.contains(&known), "{known} {cores:?}");
    }
    for texts in languages() {
        for code in &reasons {
            assert!(texts.find(&format!("reason-{code}"), &[]).is_some(), "{code} {}", texts.tag());
        }
        for code in cores.iter().chain(&["taken"]) {
            let said = texts.find(&format!("core-{code}"), &[("a", "A".into()), ("b", "B".into())]);
            assert!(said.is_some_and(|said| !said.contains('{')), "{code} {}", texts.tag());
        }
    }
}

#[test]
fn every_built_in_rule_has_its_words_in_every_language() {
    let [english, chinese] = languages();
    let mut rules = 0;
    for (name, text) in BUILT_IN_PROFILES {
        let own: Value = serde_json::from_str(text).expect("json");
        let own = own["rules"].as_array().into_iter().flatten();
        let own: Vec<&str> = own.filter_map(|rule| rule["id"].as_str()).collect();
        for known in resolve_profile(name).expect("built in").rules {
            let profile = if own.contains(&known.id.as_str()) { *name } else { "" };
            let text = RuleText { id: &known.id, text: &known.text, built_in: true, profile };
            assert_eq!(rule(&english, text), known.text, "{}", known.id);
            let said = rule(&chinese, text);
            assert!(said.contains("调解员"), "{}: {said}", known.id);
            rules += 1;
        }
    }
    assert!(rules > 130, "{rules}");
    // A rule of somebody's own is told in its own words, whatever its id.
    let own = RuleText { id: "nationality", text: "own words", built_in: false, profile: "" };
    assert_eq!(rule(&chinese, own), "own words");
}

#[test]
fn what_is_cut_fits() {
    for text in [
        "",
        "short",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "调解员调解员调解员调解员调解员调解员调解员",
    ] {
        for most in [60, 100, 200] {
            let kept = cut(text, most);
            assert!(width(&kept) <= most, "{kept}");
            assert!(kept == text || kept.ends_with('\u{2026}'), "{kept}");
        }
    }
}
