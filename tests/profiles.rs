//! The built-in profiles by their form: nothing misspelt, nothing unread, every row there.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use comity::format::{
    BUILT_IN_PROFILES, EdgePatternDoc, RelationKind, RuleDoc, RulesDoc, Severity, When, read_rules,
};
use comity::pipeline::load;
use comity::validate::resolve_profile;
use serde_json::json;

use common::files::home;

const PROFILES: [&str; 6] =
    ["nationality", "strict", "iba-2024", "hk-mediation-code", "icsid-52-3", "uncitral-code-2023"];

fn written(name: &str) -> RulesDoc {
    let (_, text) = BUILT_IN_PROFILES.iter().find(|(known, _)| *known == name).expect(name);
    read_rules(text.as_bytes()).expect(name)
}

fn whole(name: &str) -> RulesDoc {
    resolve_profile(name).expect(name)
}

fn patterns(rule: &RuleDoc) -> impl Iterator<Item = &EdgePatternDoc> {
    let counted = rule.count.iter().flat_map(|count| &count.relation);
    rule.path.iter().flat_map(|step| &step.any).chain(counted)
}

#[test]
fn every_profile_is_here() {
    let names: Vec<&str> = BUILT_IN_PROFILES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, PROFILES);
    for name in PROFILES {
        assert_eq!(written(name).id, name);
        assert!(written(name).title.is_some(), "{name} has no title");
    }
}

/// Validation finds nothing against a profile that is written into an instance.
#[test]
fn every_profile_is_well_formed() {
    for name in PROFILES {
        for rules in [written(name), whole(name)] {
            let document = json!({
                "schema": "comity.instance/1",
                "id": "small",
                "as_of": "2026-01-15",
                "horizon": { "start": "2026-02-02T08:00:00Z", "end": "2026-02-02T16:00:00Z" },
                "policy": { "conflict_rules": rules, "institution": "centre" },
                "organisations": [{ "id": "centre", "kind": "ngo" }],
                "states": [{ "id": "X-A" }, { "id": "X-B" }],
                "mediators": [{ "id": "m", "nationalities": ["X-A"] }],
                "disputes": [{
                    "id": "d", "class": "state-state", "panel": { "size": 1 },
                    "parties": [{ "id": "a", "actor": "X-A" }, { "id": "b", "actor": "X-B" }],
                }],
            });
            let bytes = serde_json::to_vec(&document).expect("JSON");
            match load(&bytes) {
                Ok(loaded) => assert!(loaded.warnings.is_empty(), "{name}: {:?}", loaded.warnings),
                Err(findings) => panic!("{name}: {findings:#?}"),
            }
        }
    }
}

#[test]
fn ids_are_unique_and_groups_exist() {
    for name in PROFILES {
        let (written, whole) = (written(name), whole(name));
        for rules in [&written.rules, &whole.rules] {
            let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
            assert_eq!(ids.len(), rules.len(), "{name}");
        }
        // A group that is not known would leave a step of a whole profile without its patterns.
        for rule in &written.rules {
            let made = whole.rules.iter().find(|made| made.id == rule.id).expect("taken over");
            for (step, made) in rule.path.iter().zip(&made.path) {
                assert!(!made.any.is_empty() && made.groups.is_empty(), "{name}: {}", rule.id);
                assert!(made.any.len() >= step.any.len() + step.groups.len(), "{}", rule.id);
            }
        }
    }
}

#[test]
fn every_profile_but_the_base_extends_nationality() {
    let base = whole("nationality");
    assert!(written("nationality").extends.is_empty());
    for name in &PROFILES[1..] {
        assert_eq!(written(name).extends, ["nationality"]);
        let ids: Vec<String> = whole(name).rules.into_iter().map(|rule| rule.id).collect();
        let inherited: Vec<String> = base.rules.iter().map(|rule| rule.id.clone()).collect();
        assert_eq!(ids[..inherited.len()], inherited, "{name}");
    }
}

/// A text is one sentence that can follow "finds that"; a source is a name.
#[test]
fn every_rule_says_what_it_finds_and_where_it_comes_from() {
    for rule in PROFILES.iter().flat_map(|name| written(name).rules) {
        let (id, text) = (&rule.id, &rule.text);
        assert!(text.split(' ').count() > 4, "{id}: {text}");
        assert!(!text.contains(". ") && !text.ends_with('.'), "{id}: {text}");
        assert!(text.starts_with(char::is_lowercase), "{id}: {text}");
        assert!(rule.source.len() > 8 && !rule.source.ends_with('.'), "{id}: {}", rule.source);
        assert!(rule.severity > Severity::Clear, "{id}");
        // A rule that no consent of the parties reaches may not be overridden either.
        let overridable = rule.overridable == Some(true);
        assert!(!overridable || rule.severity < Severity::NonWaivableRed, "{id}");
    }
}

/// The kinds that `relations[]` may say, read off the schema of the words.
fn kinds() -> Vec<RelationKind> {
    let schema = serde_json::to_value(schemars::schema_for!(RelationKind)).expect("JSON");
    let words = schema["oneOf"].as_array().expect("words").iter().map(|one| one["const"].clone());
    let kinds: Vec<RelationKind> =
        words.map(|word| serde_json::from_value(word).expect("a kind")).collect();
    assert!(kinds.len() > 30);
    kinds.into_iter().filter(|kind| !kind.is_implied()).collect()
}

#[test]
fn strict_and_iba_read_every_kind_of_relation() {
    for name in ["strict", "iba-2024"] {
        let read: BTreeSet<RelationKind> =
            whole(name).rules.iter().flat_map(patterns).map(|edge| edge.kind).collect();
        let unread: Vec<RelationKind> =
            kinds().into_iter().filter(|kind| !read.contains(kind)).collect();
        assert!(unread.is_empty(), "{name}: {unread:?}");
    }
}

/// Strict keeps its rules, their order and their severities; what is new stands after.
#[test]
fn strict_keeps_its_rules() {
    use Severity::{Green, NonWaivableRed, Orange, WaivableRed};
    let kept = [
        ("nationality", NonWaivableRed),
        ("designation", NonWaivableRed),
        ("party-office", NonWaivableRed),
        ("party-ownership", NonWaivableRed),
        ("party-counsel", WaivableRed),
        ("firm-counsel", WaivableRed),
        ("same-firm", WaivableRed),
        ("counsel-of-counsel", WaivableRed),
        ("family-party", WaivableRed),
        ("family-counsel", WaivableRed),
        ("family-representative", WaivableRed),
        ("past-service", Orange),
        ("past-counsel", Orange),
        ("past-adverse", Orange),
        ("past-expert", Orange),
        ("close-relation", Orange),
        ("repeat-party", Orange),
        ("repeat-counsel", Orange),
        ("small-holding", Green),
        ("co-panel-family", WaivableRed),
        ("co-panel-firm", WaivableRed),
    ];
    let rules = whole("strict").rules;
    let found: Vec<(&str, Severity)> = (rules.iter())
        .map(|rule| (rule.id.as_str(), rule.severity))
        .filter(|(id, _)| kept.iter().any(|(kept, _)| kept == id))
        .collect();
    assert_eq!(found, kept);
}

/// How far back a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Current,
    Years(u32),
    Ever,
    Ended,
}

/// The longest look-back of the patterns that a rule writes itself.
fn look(rule: &RuleDoc) -> Look {
    if let Some(years) = rule.count.as_ref().map(|count| count.years) {
        return Look::Years(years);
    }
    if let Some(years) = rule.pair.as_ref().map(|pair| pair.years) {
        return Look::Years(years);
    }
    let own = || rule.path.iter().flat_map(|step| &step.any);
    if own().any(|edge| edge.when == Some(When::Ever)) {
        return Look::Ever;
    }
    if own().any(|edge| edge.when == Some(When::Ended)) {
        return Look::Ended;
    }
    own().filter_map(|edge| edge.years).max().map_or(Look::Current, Look::Years)
}

/// The rows of the table of the Guidelines, in its order: the rules of each, the list it stands
/// in, how far it looks back, and whether its number is verified.
const ROWS: &[(&str, &[&str], Severity, Look, bool)] = {
    use Look::{Current, Ended, Ever, Years};
    use Severity::{Green, NonWaivableRed, Orange, WaivableRed};
    &[
        ("represents or works for a party", &["iba-1.1"], NonWaivableRed, Current, false),
        ("directs or controls a party", &["iba-1.2"], NonWaivableRed, Current, false),
        ("significant interest", &["iba-1.3", "iba-1.3-outcome"], NonWaivableRed, Current, false),
        ("regular advice with income", &["iba-1.4"], NonWaivableRed, Current, false),
        ("involvement in this dispute", &["iba-2.1"], WaivableRed, Ever, false),
        ("unlisted shares", &["iba-2.2.1"], WaivableRed, Current, false),
        ("family in the outcome", &["iba-2.2.2"], WaivableRed, Current, false),
        ("represents or advises now", &["iba-2.3.1"], WaivableRed, Current, true),
        ("represents counsel", &["iba-2.3.2"], WaivableRed, Current, true),
        ("same firm as counsel", &["iba-2.3.3"], WaivableRed, Current, true),
        ("officer of an affiliate involved", &["iba-2.3.4"], WaivableRed, Current, true),
        ("firm was involved", &["iba-2.3.5"], WaivableRed, Ever, true),
        ("significant commercial relation", &["iba-2.3.6"], WaivableRed, Current, true),
        ("family", &["iba-2.3.7", "iba-2.3.7-counsel", "iba-2.3.8"], WaivableRed, Current, false),
        ("was counsel for", &["iba-3.1.1"], Orange, Years(3), true),
        ("was counsel against", &["iba-3.1.2"], Orange, Years(3), true),
        ("appointed twice", &["iba-3.1.3"], Orange, Years(3), true),
        ("mock trials", &["iba-3.1.4"], Orange, Years(3), true),
        ("related issue", &["iba-3.1.5", "iba-3.1.5-counsel"], Orange, Years(3), true),
        ("expert", &["iba-3.1.6"], Orange, Years(3), true),
        ("firm renders services", &["iba-3.1.7"], Orange, Current, true),
        ("firm shares fees", &["iba-3.1.8"], Orange, Current, true),
        ("firm acted before", &["iba-3.1-firm-past"], Orange, Years(3), false),
        ("same firm as a co-neutral", &["iba-3.2.1"], Orange, Current, false),
        ("same chambers", &["iba-3.2.2", "iba-3.2.2-counsel"], Orange, Current, false),
        ("were partners", &["iba-3.2.3", "iba-3.2.3-co-panel"], Orange, Years(3), false),
        (
            "appointed or retained by counsel",
            &["iba-3.2.8", "iba-3.2.9", "iba-3.2.10"],
            Orange,
            Years(3),
            false,
        ),
        (
            "co-counsel",
            &["iba-3.2-co-counsel", "iba-3.2-co-counsel-co-panel"],
            Orange,
            Years(3),
            false,
        ),
        (
            "sit together elsewhere",
            &["iba-3.2-sits-with", "iba-3.2-sits-with-co-panel", "iba-3.2-same-case-co-panel"],
            Orange,
            Current,
            false,
        ),
        (
            "friendship or enmity",
            &["iba-3.2-close", "iba-3.3-close-party", "iba-3.3-close-expert"],
            Orange,
            Current,
            false,
        ),
        ("former employee or partner", &["iba-3.3-former"], Orange, Ended, false),
        ("former judge", &["iba-3.3-judge"], Orange, Years(3), false),
        ("instructs an expert", &["iba-3.3.6"], Orange, Current, false),
        ("material listed holding", &["iba-3.4-holding"], Orange, Current, false),
        ("public position", &["iba-3.4-position"], Orange, Ever, true),
        ("role in the institution", &["iba-3.4-institution"], Orange, Current, true),
        ("general opinion", &["iba-4.1"], Green, Ever, false),
        ("alliance of firms", &["iba-4.2"], Green, Current, false),
        ("association, faculty", &["iba-4.3"], Green, Current, false),
        ("social media", &["iba-4.3-contact", "iba-4.4-contact"], Green, Current, false),
        ("small listed holding", &["iba-4.4-holding"], Green, Current, false),
        ("heard the expert before", &["iba-4.5"], Green, Ever, false),
    ]
};

/// Rules of `iba-2024` that no row of the table asks for; their notes say why they are there.
const BESIDE: [&str; 4] =
    ["iba-2.3.6-own", "iba-3.3-affiliate", "iba-3.3-member", "iba-3.3-commercial"];

#[test]
fn every_row_of_the_guidelines_has_its_rules() {
    let profile = written("iba-2024");
    let rules: BTreeMap<&str, &RuleDoc> =
        profile.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    let mut seen: BTreeSet<&str> = BESIDE.into_iter().collect();
    for (row, ids, severity, back, verified) in ROWS {
        for id in *ids {
            let rule = rules.get(id).unwrap_or_else(|| panic!("{row}: no rule {id}"));
            assert!(seen.insert(id), "{id} twice");
            assert_eq!((rule.severity, look(rule)), (*severity, *back), "{row}: {id}");
            let notes = rule.notes.as_ref().and_then(|notes| notes.as_str()).unwrap_or_default();
            let doubted = notes.contains("Item number");
            assert_eq!(doubted, !verified, "{row}: {id}: {notes}");
            let list = match severity {
                Severity::NonWaivableRed => "Non-Waivable Red List 1.",
                Severity::WaivableRed => "Waivable Red List 2.",
                Severity::Orange => "Orange List 3.",
                _ => "Green List 4.",
            };
            assert!(rule.source.contains(list), "{row}: {id}: {}", rule.source);
        }
    }
    let all: BTreeSet<&str> = rules.keys().copied().collect();
    assert_eq!(seen, all);
}

/// What may be waived in the Guidelines may also be set aside with a reason.
#[test]
fn waivable_rows_are_overridable() {
    for rule in written("iba-2024").rules {
        let overridable = rule.overridable == Some(true);
        assert_eq!(overridable, rule.severity == Severity::WaivableRed, "{}", rule.id);
    }
}

#[test]
fn every_rule_of_the_guidelines_is_tried() {
    let mut tests = String::new();
    for entry in fs::read_dir(home().join("tests/iba")).expect("tests/iba") {
        tests += &fs::read_to_string(entry.expect("an entry").path()).expect("a source");
    }
    for rule in written("iba-2024").rules {
        assert!(tests.contains(&format!("\"{}\"", rule.id)), "{} is not tried", rule.id);
    }
}
