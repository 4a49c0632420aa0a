//! What must not change an answer, and what can change it in one direction only: pairs of
//! instances whose optima stand in a relation that is known without solving either.

mod common;

use std::collections::BTreeMap;

use comity::explain::{find_dispute, read_answer};
use comity::format::{InstanceDoc, SolutionDoc, Status};
use comity::solution::evaluate;
use comity::solve::Options;
use common::Lots;
use serde_json::{Value, json};

const SEEDS: u64 = 150;

type Tiers = Vec<i64>;

fn document(value: &Value) -> InstanceDoc {
    serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("not an instance: {e}"))
}

fn value(document: &InstanceDoc) -> Value {
    serde_json::to_value(document).expect("an instance can be written")
}

fn items<'a>(value: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    if value[key].is_null() {
        value[key] = json!([]);
    }
    value[key].as_array_mut().expect("a list")
}

fn answer(value: &Value) -> SolutionDoc {
    common::solve_with(&document(value), Options { gap: 0, ..Options::default() })
}

/// The tiers, when they are proven with no gap.
fn proven(value: &Value) -> Option<Tiers> {
    let answer = answer(value);
    (answer.status != Status::Feasible).then_some(answer.objective.tiers)
}

/// Compares the proven optima of tiny instances before and after a change; `change` says no when
/// it has nothing to change.
fn compare(
    prepare: impl Fn(&mut Value, &mut Lots),
    change: impl Fn(&mut Value, &mut Lots) -> bool,
    holds: impl Fn(&Tiers, &Tiers) -> bool,
) -> Compared {
    let mut compared = Compared::default();
    for (seed, fair) in (0..SEEDS).map(|s| (s, false)).chain((0..SEEDS / 2).map(|s| (s, true))) {
        let mut lots = Lots::new(seed ^ 0x00C0_FFEE);
        let mut before = value(&common::tiny::instance(seed));
        prepare(&mut before, &mut lots);
        if fair {
            before["policy"]["fairness"] = json!(["max-min", "leximin"][seed as usize % 2]);
        }
        let mut after = before.clone();
        if !change(&mut after, &mut lots) {
            continue;
        }
        let (Some(old), Some(new)) = (proven(&before), proven(&after)) else { continue };
        assert!(holds(&old, &new), "seed {seed}: {old:?} became {new:?}\n{before}\n{after}");
        compared.pairs += u64::from(!fair);
        compared.fair += u64::from(fair);
        compared.different += u64::from(old != new);
    }
    compared
}

#[derive(Default)]
struct Compared {
    pairs: u64,
    /// Pairs with the worst-served first, or with levels of service.
    fair: u64,
    different: u64,
}

impl Compared {
    /// Fails when too few pairs were compared, or too few differed, to mean anything.
    fn are_telling(&self, pairs: u64, different: u64) {
        println!("{} and {} pairs, {} differ", self.pairs, self.fair, self.different);
        assert!(self.fair > SEEDS / 3, "only {} pairs with the worst-served first", self.fair);
        assert!(
            self.pairs >= pairs && self.different >= different,
            "only {} pairs compared, only {} of them differ",
            self.pairs,
            self.different
        );
    }
}

/// The hour of an instant.
fn hour(instant: &Value) -> usize {
    instant.as_str().and_then(|text| text[11..13].parse().ok()).expect("an hour")
}

fn as_it_is(_: &mut Value, _: &mut Lots) {}

fn shuffle(list: &mut [Value], lots: &mut Lots) {
    for i in (1..list.len()).rev() {
        list.swap(i, lots.below(i + 1));
    }
}

/// Every relation may be told: one more of them cannot make an undisclosable finding disclosable.
fn nothing_confidential(instance: &mut Value, _: &mut Lots) {
    for relation in items(instance, "relations") {
        relation["confidential"] = json!(false);
    }
}

fn collect_ids(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| collect_ids(item, ids)),
        Value::Object(map) => {
            if let Some(Value::String(id)) = map.get("id") {
                ids.push(id.clone());
            }
            map.values().for_each(|item| collect_ids(item, ids));
        }
        _ => {}
    }
}

fn rename(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = names.get(text) {
                name.clone_into(text);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| rename(item, names)),
        Value::Object(map) => {
            let old = std::mem::take(map);
            for (key, mut item) in old {
                rename(&mut item, names);
                // WHY: the keys of `scores[].fit` are ids; no other key of a tiny one looks like an id.
                let key = names.get(&key).cloned().unwrap_or(key);
                map.insert(key, item);
            }
        }
        _ => {}
    }
}

#[test]
fn the_order_of_sections_changes_no_tier() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        for section in
            ["mediators", "disputes", "people", "states", "organisations", "relations", "scores"]
        {
            shuffle(items(instance, section), lots);
        }
        true
    };
    compare(as_it_is, change, |old, new| old == new).are_telling(120, 0);
    compare(two_groups, change, |old, new| old == new).are_telling(120, 0);
}

#[test]
fn names_change_no_tier() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        let mut ids = Vec::new();
        collect_ids(instance, &mut ids);
        ids.sort_unstable();
        ids.dedup();
        let mut names = BTreeMap::new();
        for (position, id) in ids.iter().enumerate() {
            let lot = lots.below(1000);
            let two = id.len() == 2 && id.chars().all(|c| c.is_ascii_uppercase());
            let is_state = two || id.starts_with("X-");
            let name = if is_state {
                format!("X-{lot:03}{position}")
            } else {
                format!("{lot:03}.{position}")
            };
            names.insert(id.clone(), name);
        }
        rename(instance, &names);
        true
    };
    compare(as_it_is, change, |old, new| old == new).are_telling(120, 0);
    compare(two_groups, change, |old, new| old == new).are_telling(120, 0);
}

#[test]
fn the_order_of_parties_changes_no_tier() {
    let change = |instance: &mut Value, _: &mut Lots| {
        for dispute in items(instance, "disputes") {
            items(dispute, "parties").reverse();
        }
        true
    };
    compare(as_it_is, change, |old, new| old == new).are_telling(120, 0);
}

#[test]
fn a_useless_mediator_changes_no_tier() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        let way = lots.below(4);
        let languages =
            if way == 0 { json!({ "fr": "C2", "en": "A1" }) } else { json!({ "en": "C2" }) };
        let nationalities = if way == 1 { json!([]) } else { json!(["X-far"]) };
        items(instance, "states").push(json!({ "id": "X-far" }));
        let place = lots.below(3);
        items(instance, "mediators").insert(
            place,
            json!({
                "id": "useless", "nationalities": nationalities, "time_zone": "UTC",
                "languages": languages, "expertise": { "trade": 1, "water": 1 },
            }),
        );
        let mut forbidden = Vec::new();
        for dispute in items(instance, "disputes") {
            if way == 2 {
                dispute["parties"][1]["ballot"] = json!({ "strikes": ["useless"] });
            } else if way == 3 {
                forbidden.push(json!({ "dispute": dispute["id"], "mediator": "useless" }));
            }
        }
        if !forbidden.is_empty() {
            if instance["locks"].is_null() {
                instance["locks"] = json!({});
            }
            items(&mut instance["locks"], "forbid").extend(forbidden);
        }
        true
    };
    compare(as_it_is, change, |old, new| old == new).are_telling(120, 0);
}

#[test]
fn a_useful_mediator_never_worsens() {
    let change = |instance: &mut Value, _: &mut Lots| {
        items(instance, "states").push(json!({ "id": "X-far" }));
        items(instance, "mediators").push(json!({
            "id": "useful", "nationalities": ["X-far"], "time_zone": "UTC",
            "languages": { "en": "C2", "fr": "C2" }, "expertise": { "trade": 1, "water": 1 },
        }));
        true
    };
    compare(as_it_is, change, |old, new| old <= new).are_telling(120, 20);
}

#[test]
fn one_more_conflict_never_improves() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        let mediators = items(instance, "mediators").len();
        let m = lots.below(mediators);
        let dispute = lots.pick(items(instance, "disputes")).clone();
        let party = &dispute["parties"][lots.below(2)];
        items(instance, "relations").push(json!({
            "id": "one-more", "from": format!("m{m}"), "to": party["actor"], "kind": "advises",
        }));
        true
    };
    compare(nothing_confidential, change, |old, new| old >= new).are_telling(120, 10);
}

#[test]
fn one_more_busy_hour_never_improves() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        let section = *lots.pick(&["mediators", "people"]);
        let from = hour(&instance["horizon"]["start"]) + lots.below(3);
        let busy = json!({
            "start": format!("2026-03-02T{from:02}:00:00Z"),
            "end": format!("2026-03-02T{:02}:20:00Z", from + 3),
        });
        let list = items(instance, section);
        let who = lots.below(list.len());
        items(&mut list[who], "busy").push(busy);
        true
    };
    compare(as_it_is, change, |old, new| old >= new).are_telling(120, 5);
}

#[test]
fn a_longer_horizon_never_worsens() {
    let prepare = |instance: &mut Value, _: &mut Lots| {
        let hour = hour(&instance["horizon"]["start"]) + 3;
        instance["horizon"]["end"] = json!(format!("2026-03-02T{hour:02}:00:00Z"));
    };
    let change = |instance: &mut Value, lots: &mut Lots| {
        let hour = hour(&instance["horizon"]["end"]) + 1 + lots.below(4);
        instance["horizon"]["end"] = json!(format!("2026-03-02T{hour:02}:00:00Z"));
        true
    };
    compare(prepare, change, |old, new| old <= new).are_telling(120, 10);
}

#[test]
fn a_later_due_never_worsens() {
    let due = |hour: usize| json!(format!("2026-03-02T{hour:02}:00:00Z"));
    let prepare = |instance: &mut Value, lots: &mut Lots| {
        for dispute in items(instance, "disputes") {
            dispute["due"] = due(9 + lots.below(4));
        }
    };
    let change = |instance: &mut Value, lots: &mut Lots| {
        let disputes = items(instance, "disputes");
        let d = lots.below(disputes.len());
        disputes[d]["due"] = due(14 + lots.below(5));
        true
    };
    compare(prepare, change, |old, new| old <= new).are_telling(120, 10);
}

#[test]
fn more_capacity_never_worsens() {
    let prepare = |instance: &mut Value, _: &mut Lots| {
        for mediator in items(instance, "mediators") {
            mediator["capacity"]["cases"] = json!(1);
        }
    };
    let change = |instance: &mut Value, _: &mut Lots| {
        for mediator in items(instance, "mediators").iter_mut().take(2) {
            mediator["capacity"] = json!({ "cases": 2 });
        }
        true
    };
    compare(prepare, change, |old, new| old <= new).are_telling(120, 10);
}

#[test]
fn one_more_room_never_worsens() {
    let prepare = |instance: &mut Value, _: &mut Lots| {
        for dispute in items(instance, "disputes") {
            dispute["sessions"] = json!([{
                "id": "s0", "kind": "joint", "minutes": 180, "mode": "hybrid", "place": "hall",
            }]);
        }
    };
    let change = |instance: &mut Value, _: &mut Lots| {
        items(&mut instance["places"][0], "rooms").push(json!({ "id": "r2" }));
        true
    };
    compare(prepare, change, |old, new| old <= new).are_telling(120, 2);
}

/// Most mediators are nationals of two States that are no party, so that caps bind.
fn two_groups(instance: &mut Value, lots: &mut Lots) {
    let states = items(instance, "states");
    states.push(json!({ "id": "X-a", "blocs": ["all"] }));
    states.push(json!({ "id": "X-b", "blocs": ["all"] }));
    for mediator in items(instance, "mediators") {
        if lots.chance(80) {
            mediator["nationalities"] = json!([*lots.pick(&["X-a", "X-b"])]);
        }
    }
    let share = *lots.pick(&[0.2, 0.34, 0.5]);
    instance["policy"]["caps"] = json!({ "nationality_share": share, "bloc_share": 0.7 });
}

#[test]
fn a_looser_cap_never_worsens() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        let caps = &mut instance["policy"]["caps"];
        let key = *lots.pick(&["nationality_share", "bloc_share"]);
        caps[key] = json!(caps[key].as_f64().expect("a share") + 0.3);
        true
    };
    compare(two_groups, change, |old, new| old <= new).are_telling(120, 10);
}

#[test]
fn a_share_of_one_caps_nobody() {
    let change = |instance: &mut Value, _: &mut Lots| {
        instance["policy"].as_object_mut().expect("a policy").remove("caps");
        true
    };
    let open = |instance: &mut Value, lots: &mut Lots| {
        two_groups(instance, lots);
        instance["policy"]["caps"] = json!({ "nationality_share": 1, "bloc_share": 1 });
    };
    compare(open, change, |old, new| old == new).are_telling(120, 0);
}

#[test]
fn a_higher_priority_never_worsens() {
    let change = |instance: &mut Value, lots: &mut Lots| {
        let disputes = items(instance, "disputes");
        let d = lots.below(disputes.len());
        let priority = disputes[d]["priority"].as_i64().unwrap_or(1);
        disputes[d]["priority"] = json!(priority + 2);
        true
    };
    // Any answer is worth at least as much in each tier, and at most two points more in the first.
    let holds = |old: &Tiers, new: &Tiers| old <= new && new[0] <= old[0] + 2_000_000;
    compare(as_it_is, change, holds).are_telling(120, 30);
}

#[test]
fn twice_the_weight_of_fit_alone_is_twice_the_quality() {
    let weigh = |instance: &mut Value, fit: u32| {
        instance["policy"]["weights"] =
            json!({ "fit": fit, "burden": 0, "fairness": 0, "balance": 0 });
    };
    let holds = |old: &Tiers, new: &Tiers| {
        let last = old.len() - 1;
        old[..last] == new[..last] && new[last] == 2 * old[last]
    };
    compare(
        |instance, _| weigh(instance, 1),
        |instance, _| {
            weigh(instance, 2);
            true
        },
        holds,
    )
    .are_telling(120, 30);
}

#[test]
fn a_dispute_fewer_leaves_the_others_no_worse_off() {
    let mut pairs = 0;
    for seed in 0..SEEDS {
        let before = value(&common::tiny::instance(seed));
        let full = answer(&before);
        let mut after = before.clone();
        items(&mut after, "disputes").remove(0);
        items(&mut after, "scores").retain(|entry| entry["dispute"] != "d0");
        for list in ["require", "forbid"] {
            if !after["locks"][list].is_null() {
                items(&mut after["locks"], list).retain(|lock| lock["dispute"] != "d0");
            }
        }
        let fewer = answer(&after);
        if full.status == Status::Feasible || fewer.status == Status::Feasible {
            continue;
        }
        let screened = common::screened(&document(&before));
        let mut rest = read_answer(&screened.instance, &full).expect("an answer to this instance");
        let gone = find_dispute(&screened.instance, "d0").expect("d0");
        rest.plans[gone.ix()] = None;
        let rest = evaluate(&screened.instance, &screened.availability, &rest).told();
        let fewer = fewer.objective.tiers;
        assert!(rest <= fewer, "seed {seed}: {rest:?} is possible, {fewer:?} was found");
        assert!(fewer <= full.objective.tiers, "seed {seed}: leaving d0 out would be better");
        pairs += 1;
    }
    assert!(pairs >= 120, "only {pairs} pairs compared");
}
