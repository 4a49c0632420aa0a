//! Relations, cases, States behind parties, designations, and what is probably not meant.

use serde_json::{Value, json};

use super::{dispute, findings, read, rule, rules, sound, with};
use crate::domain::{ActorIx, Gate, SubjectIx};
use crate::format::NationalityPolicy::{Advisory, MajorityNeutral, Strict};
use crate::validate::mediators::canonical_designator;

/// States CN, DE, SG; then `port`, two people, two mediators; then the cases.
const CASES: u32 = 8;

fn friends() -> Value {
    json!({"conflict_rules": rules(&json!({"rules": [rule("r", &json!({"path": [{"any": [
        {"kind": "friend"}, {"kind": "acted-in"}, {"kind": "owns"}, {"kind": "interest-in"},
    ]}]}))]}))})
}

#[test]
fn relations_run_to_actors_and_cases() {
    let instance = sound(&with(&json!({
        "policy": friends(),
        "appointments": [
            {"mediator": "m1", "date": "2020-01-01", "by": "institution", "case": "d2"},
            {"mediator": "m2", "date": "2020-01-01", "end": "2021-01-01", "by": "CN",
             "parties": ["port", "CN", "port"], "case": "old"},
        ],
        "relations": [
            {"id": "a", "from": "m1", "case": "old", "kind": "acted-in", "role": "judge",
             "tags": ["z", "judge", "a", "z"]},
            {"id": "b", "from": "m1", "case": "d1", "kind": "acted-in", "role": "judge"},
            {"id": "c", "from": "CN", "to": "port", "kind": "owns", "share": 0.5},
            {"id": "d", "from": "CN", "case": "d1", "kind": "interest-in"},
        ],
    })));
    let [old, first] = [0, 1].map(|place| &instance.relations()[place]);
    assert_eq!((old.to, first.to), (ActorIx(CASES + 2), ActorIx(CASES)));
    assert_eq!(instance.actor_name(old.to), "old");
    assert_eq!(old.role, instance.word("judge"));
    assert_eq!(first.role, old.role);
    let tags: Vec<_> = ["judge", "z", "a"].map(|word| instance.word(word).expect("a tag")).into();
    assert_eq!(old.tags, tags);
    let [one, two] = instance.appointments() else { panic!("two appointments") };
    assert_eq!((one.case, one.end == one.date), (Some(ActorIx(CASES + 1)), true));
    assert_eq!((two.case, two.parties.len()), (Some(ActorIx(CASES + 2)), 2));
    assert!(two.end > two.date);
}

#[test]
fn relations_have_the_end_that_their_kind_takes() {
    let of = |relation: Value| {
        let mut relation = relation;
        relation["id"] = json!("r");
        findings(&with(&json!({"policy": friends(), "relations": [relation]})))
    };
    let end = ["relation-end /relations/0"];
    assert_eq!(of(json!({"from": "m1", "kind": "friend"})), end);
    assert_eq!(of(json!({"from": "m1", "case": "d1", "kind": "friend"})), end);
    assert_eq!(of(json!({"from": "m1", "to": "ann", "kind": "acted-in"})), end);
    let both = json!({"from": "m1", "to": "ann", "case": "d1", "kind": "acted-in"});
    assert_eq!(of(both), end);
    assert_eq!(
        of(json!({"from": "m1", "case": "d3", "kind": "acted-in"})),
        ["unknown-id /relations/0/case"]
    );
    for kind in ["appointed-in", "party-to", "related-to"] {
        let implied = json!({"from": "m1", "case": "d1", "kind": kind});
        assert_eq!(of(implied), ["implied-relation /relations/0/kind"]);
    }
    assert_eq!(
        of(json!({"from": "CN", "to": "ann", "kind": "friend"})),
        ["wrong-kind /relations/0/from"]
    );
    assert_eq!(
        of(json!({"from": "ann", "to": "port", "kind": "organ-of"})),
        ["wrong-kind /relations/0/to"]
    );
    let words = json!({"from": "m1", "to": "ann", "kind": "friend", "role": "", "tags": ["a b"]});
    assert_eq!(of(words), ["bad-word /relations/0/role", "bad-word /relations/0/tags/0"]);
}

#[test]
fn a_kind_that_no_rule_reads_is_a_warning() {
    let document = with(&json!({
        "policy": friends(),
        "relations": [
            {"id": "a", "from": "m1", "to": "ann", "kind": "family"},
            {"id": "b", "from": "m1", "to": "ann", "kind": "friend"},
            {"id": "c", "from": "m1", "to": "bob", "kind": "family"},
            {"id": "d", "from": "port", "to": "CN", "kind": "organ-of"},
        ],
    }));
    let (instance, found) = read(&document);
    assert_eq!(found, [("unread-relation", "/relations/0/kind".to_owned())]);
    assert_eq!(instance.expect("an instance").relations().len(), 4);
}

#[test]
fn related_disputes_are_related_both_ways() {
    let mut second = dispute("d2", "commercial");
    second["related"] = json!(["d1", "old", "d1"]);
    let past = json!([{"mediator": "m1", "date": "2020-01-01", "by": "CN", "case": "old"}]);
    let instance = sound(&with(&json!({
        "disputes": [dispute("d1", "state-state"), second], "appointments": past,
    })));
    let [one, two] = instance.disputes() else { panic!("two disputes") };
    assert_eq!((one.node, two.node), (ActorIx(CASES), ActorIx(CASES + 1)));
    assert_eq!(one.related, [two.node]);
    assert_eq!(two.related, [one.node, ActorIx(CASES + 2)]);
    let mut own = dispute("d1", "state-state");
    own["related"] = json!(["d1", "d9"]);
    assert_eq!(
        findings(&with(&json!({"disputes": [own]}))),
        ["unknown-id /disputes/0/related/1", "self-relation /disputes/0/related/0"]
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
}

#[test]
fn third_states_shut_gates_and_parties_have_sides() {
    let mut one = dispute("d1", "state-state");
    one["third_states"] = json!([
        {"state": "SG", "consent": true}, {"state": "SG", "consent": false},
    ]);
    one["parties"] = json!([
        {"id": "a", "actor": "CN", "side": "left", "experts": ["ann", "ann"]},
        {"id": "b", "actor": "DE"},
        {"id": "c", "actor": "port", "side": "b"},
        {"id": "d", "actor": "ann", "side": "left"},
    ]);
    one["panel"] = json!({"size": 1, "mode": "party-agreed"});
    let instance = sound(&with(&json!({"disputes": [one]})));
    let dispute = &instance.disputes()[0];
    assert_eq!(dispute.third_states, [ActorIx(2)]);
    assert_eq!(dispute.gates, [Gate::ThirdState(ActorIx(2))]);
    let sides: Vec<u32> = dispute.parties.iter().map(|party| party.side).collect();
    assert_eq!(sides, [0, 1, 1, 0]);
    assert_eq!(dispute.parties[0].experts, [ActorIx(4)]);
    assert!(dispute.parties[0].attendees.is_empty());
    let mut wrong = super::dispute("d1", "state-state");
    wrong["third_states"] = json!([{"state": "port", "consent": true}]);
    wrong["panel"] = json!({"size": 1, "mode": "lot"});
    assert_eq!(
        findings(&with(&json!({"disputes": [wrong]}))),
        ["not-enforced /disputes/0/panel/mode", "wrong-kind /disputes/0/third_states/0/state"]
    );
}

/// A company of a province of a State: what the State excludes is excluded, as long as it holds.
#[test]
fn a_state_behind_a_party_excludes_subjects() {
    let gates = |end: &str| {
        let mut one = dispute("d1", "state-investor");
        one["subjects"] = json!(["tax"]);
        one["parties"][1] = json!({"id": "q", "actor": "port"});
        let relation = |id: &str, from: &str, to: &str, kind: &str| json!({"id": id, "from": from, "to": to, "kind": kind});
        let mut last = relation("c", "X-land", "SG", "subdivision-of");
        last["end"] = json!(end);
        let instance = sound(&with(&json!({
            "states": [{"id": "CN"}, {"id": "DE"}, {"id": "SG", "exclusions": ["tax"]}, {"id": "X-land"}],
            "relations": [
                relation("a", "port", "X-land", "agency-of"),
                last,
            ],
            "disputes": [one],
        })));
        instance.disputes()[0].gates.clone()
    };
    assert_eq!(gates("2026-03-01"), [Gate::Excluded(1, ActorIx(2), SubjectIx(0))]);
    assert_eq!(gates("2026-02-28"), []);
}

#[test]
fn the_policy_names_the_institution_and_nationality_by_class() {
    let instance = sound(&with(&json!({"policy": {
        "institution": "port", "nationality": {"state-investor": "majority-neutral", "commercial": "advisory"},
    }})));
    let policy = instance.policy();
    assert_eq!(policy.institution, Some(ActorIx(3)));
    assert_eq!(policy.nationality, [Strict, MajorityNeutral, Advisory]);
    let unknown = with(&json!({"policy": {"institution": "pord"}}));
    assert_eq!(findings(&unknown), ["unknown-id /policy/institution"]);
}

#[test]
fn the_canonical_designator_is_her_own_state_or_the_first() {
    let [a, b, c] = [1, 2, 3].map(ActorIx);
    assert_eq!(canonical_designator(&[], &[a]), None);
    assert_eq!(canonical_designator(&[a, b], &[]), Some(a));
    assert_eq!(canonical_designator(&[a, b], &[c]), Some(a));
    assert_eq!(canonical_designator(&[a, b], &[c, b]), Some(b));
    assert_eq!(canonical_designator(&[b, a, b], &[a, b]), Some(b));
}

#[test]
fn quotas_count_mediators_and_favour_founders() {
    let of = |quota: Value, founding: bool, designations: [Value; 2]| {
        let mut panel = json!({"id": "p", "admits": ["commercial"]});
        for (key, value) in quota.as_object().expect("an object") {
            panel[key] = value.clone();
        }
        let [one, two] = designations;
        findings(&with(&json!({
            "states": [{"id": "CN", "founding": founding}, {"id": "DE"}, {"id": "SG"}],
            "panels": [panel],
            "mediators": [
                {"id": "m1", "nationalities": ["SG"], "designations": one},
                {"id": "m2", "nationalities": [{"state": "DE", "to": "2026-03-01"}], "designations": two},
            ],
        })))
    };
    let by = |states: &[&str]| -> Value {
        states.iter().map(|state| json!({"panel": "p", "by": state})).collect()
    };
    let one = || json!({"quota_per_state": 1});
    let beyond = ["quota-exceeded /mediators/1/designations/0"];
    assert_eq!(of(one(), false, [by(&["CN"]), by(&["CN"])]), beyond);
    assert_eq!(of(one(), false, [by(&["CN", "CN"]), by(&["DE"])]), [""; 0]);
    assert_eq!(of(one(), false, [by(&["CN"]), by(&["CN", "DE"])]), [""; 0]);
    assert_eq!(of(one(), false, [by(&["port", "CN"]), by(&["CN"])]), [""; 0]);
    let more = || json!({"quota_per_state": 1, "quota_per_founder": 2});
    assert_eq!(of(more(), true, [by(&["CN"]), by(&["CN"])]), [""; 0]);
    assert_eq!(of(more(), false, [by(&["CN"]), by(&["CN"])]), beyond);
    assert_eq!(of(one(), true, [by(&["CN"]), by(&["CN"])]), beyond);
}

#[test]
fn slips_are_warnings() {
    let mut one = dispute("d1", "commercial");
    one["parties"][1]["actor"] = json!("CN");
    one["languages"] = json!(["en", "eng", "eng"]);
    one["subjects"] = json!(["trade", "trad"]);
    one["sessions"] = json!([{"id": "s", "kind": "call", "minutes": 60, "attendees": ["p"]}]);
    let mediator = json!({
        "id": "m1", "nationalities": ["SG"], "time_zone": "UTC", "languages": {"en": "A1"},
        "expertise": {"trade": 0},
    });
    let document = with(&json!({"mediators": [mediator], "disputes": [one]}));
    let (instance, found) = read(&document);
    let found: Vec<String> = found.iter().map(|(code, place)| format!("{code} {place}")).collect();
    assert_eq!(
        found,
        [
            "nobody-attends /disputes/0/parties/0",
            "same-actor /disputes/0/parties/1/actor",
            "language-of-nobody /disputes/0/languages/1",
            "subject-of-nobody /disputes/0/subjects/1",
        ]
    );
    assert!(instance.is_some());
}
