//! Burden of odd hours: graded bands serve where office hours serve nobody, and what sides bear is
//! shared. The tables of docs/burden.md are made by another test.

mod common;

use std::fs;

use comity::format::{InstanceDoc, SolutionDoc, Status, read_instance};
use comity::solve::Options;
use common::files::home;
use serde_json::{Value, json};

/// About two in five of these worlds have nobody who may sit, and compare nothing.
const SEEDS: u64 = 200;

fn answer(value: &Value) -> SolutionDoc {
    let document: InstanceDoc =
        serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("not an instance: {e}"));
    common::solve_with(&document, Options { gap: 0, ..Options::default() })
}

fn stages(answer: &SolutionDoc) -> Vec<Value> {
    let stage = |stage| serde_json::to_value(stage).expect("a word");
    answer.unserved.iter().map(|unserved| stage(unserved.stage)).collect()
}

/// The sum over the disputes of what the worse-off side bears, in point-minutes.
fn worse_off(answer: &SolutionDoc) -> i64 {
    -answer.objective.terms.get("sides").expect("a term") / 1_000_000
}

#[test]
fn office_hours_alone_serve_nobody_and_graded_burden_serves_all() {
    let bytes = fs::read(home().join("instances/office-hours.json")).expect("the instance");
    let document = read_instance(&bytes).expect("an instance");
    let mut value = serde_json::to_value(&document).expect("a value");
    let graded = answer(&value);
    assert_eq!(graded.status, Status::Optimal);
    assert!(graded.unserved.is_empty());
    assert_eq!((graded.assignments.len(), graded.sessions.len()), (6, 12));
    assert_eq!(worse_off(&graded), 1110);
    value["policy"] =
        json!({ "working_time": { "bands": [{ "from": "09:00", "to": "18:00", "cost": 0 }] } });
    let office = answer(&value);
    assert_eq!(office.status, Status::Optimal);
    assert_eq!((office.assignments.len(), office.sessions.len()), (6, 0));
    assert_eq!(stages(&office), vec![json!("sessions"); 6]);
}

/// How burden is shared, as a change of the policy.
#[derive(Clone, Copy)]
enum Sharing {
    Off,
    Weighed(f64),
    WorseOffFirst,
}

impl Sharing {
    fn applied(self, value: &Value) -> Value {
        let mut value = value.clone();
        let policy = &mut value["policy"];
        match self {
            Self::Off => policy["weights"]["fairness"] = json!(0),
            Self::Weighed(weight) => policy["weights"]["fairness"] = json!(weight),
            Self::WorseOffFirst => policy["burden_sharing"] = json!("worse-off-first"),
        }
        value
    }
}

/// A tiny random instance in which the sides have people on clocks far apart.
fn tiny(seed: u64) -> Value {
    let mut value = common::tiny::document(seed);
    let mut lots = common::Lots::new(seed ^ 0xFA1E);
    let zones = ["Asia/Kolkata", "Europe/London", "America/Sao_Paulo", "Asia/Hong_Kong"];
    for person in value["people"].as_array_mut().expect("people") {
        person["time_zone"] = json!(*lots.pick(&zones));
    }
    value["policy"]["working_time"]["bands"] = json!([
        { "from": "09:00", "to": "17:00", "cost": 0 },
        { "from": "06:00", "to": "09:00", "cost": 2 },
        { "from": "17:00", "to": "23:00", "cost": 3 },
    ]);
    value
}

fn proven(value: &Value) -> Option<SolutionDoc> {
    let answer = answer(value);
    (answer.status == Status::Optimal).then_some(answer)
}

#[test]
fn sharing_never_leaves_the_worse_off_worse() {
    let (mut compared, mut eased) = (0, 0);
    for seed in 0..SEEDS {
        let world = tiny(seed);
        let all = [Sharing::Off, Sharing::Weighed(0.001), Sharing::WorseOffFirst];
        let answers: Option<Vec<SolutionDoc>> =
            all.iter().map(|sharing| proven(&sharing.applied(&world))).collect();
        let Some(answers) = answers else { continue };
        let [off, weighed, first] = &answers[..] else { panic!("three answers") };
        for other in [weighed, first] {
            assert_eq!(off.objective.tiers[..2], other.objective.tiers[..2], "seed {seed}");
        }
        assert!(worse_off(first) <= worse_off(weighed), "seed {seed}");
        assert!(worse_off(weighed) <= worse_off(off), "seed {seed}");
        compared += 1;
        eased += usize::from(worse_off(first) < worse_off(off));
    }
    assert!(compared >= 100, "only {compared} compared");
    assert!(eased >= 5, "only {eased} instances where sharing matters");
}

#[test]
fn the_order_of_the_parties_has_no_value() {
    for seed in 0..SEEDS {
        for sharing in [Sharing::Weighed(0.001), Sharing::WorseOffFirst] {
            let value = sharing.applied(&tiny(seed));
            let mut swapped = value.clone();
            for dispute in swapped["disputes"].as_array_mut().expect("disputes") {
                dispute["parties"].as_array_mut().expect("parties").reverse();
            }
            let (Some(before), Some(after)) = (proven(&value), proven(&swapped)) else { continue };
            assert_eq!(before.objective.tiers, after.objective.tiers, "seed {seed}");
        }
    }
}

/// Two sides twelve hours apart, and two days on each of which one hour is good for the one and
/// one for the other. The mediator would rather meet in the morning of `a` each time.
fn rotation() -> Value {
    let side = |id: &str| json!({ "id": id, "actor": format!("X-{id}"), "representatives": [id] });
    let session = |id: &str| json!({ "id": id, "kind": "joint", "minutes": 60 });
    json!({
        "schema": "comity.instance/1", "id": "rotation", "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T00:00:00Z", "end": "2026-03-04T00:00:00Z" },
        "slot_minutes": 60,
        "policy": {
            "weights": { "burden": 0.0002 },
            "working_time": { "bands": [
                { "from": "09:00", "to": "10:00", "cost": 0 },
                { "from": "21:00", "to": "22:00", "cost": 6 },
            ] },
        },
        "states": [{ "id": "X-a" }, { "id": "X-b" }, { "id": "X-N" }],
        "people": [
            { "id": "a", "time_zone": "UTC" },
            { "id": "b", "time_zone": "Pacific/Tarawa" },
        ],
        "mediators": [{ "id": "m", "nationalities": ["X-N"], "time_zone": "UTC" }],
        "disputes": [{
            "id": "d", "class": "state-state", "panel": { "size": 1 },
            "parties": [side("a"), side("b")],
            "sessions": [session("first"), session("second")],
        }],
    })
}

#[test]
fn a_series_takes_turns_where_burden_is_shared() {
    let sides = |sharing: Sharing| {
        let answer = answer(&sharing.applied(&rotation()));
        assert_eq!((answer.status, answer.sessions.len()), (Status::Optimal, 2));
        let burden = answer.burdens.first().expect("a burden");
        let of = |side: &str| *burden.sides.get(side).expect("a side");
        (of("a"), of("b"))
    };
    // Both late hours fall on `b`, because that is best for the mediator.
    assert_eq!(sides(Sharing::Off), (0, 720));
    // A turn each costs the mediator one late hour: 360 point-minutes, which fairness outweighs
    // only when its weight is above that of burden.
    assert_eq!(sides(Sharing::Weighed(0.0001)), (0, 720));
    assert_eq!(sides(Sharing::Weighed(0.0003)), (360, 360));
    assert_eq!(sides(Sharing::WorseOffFirst), (360, 360));
}
