//! Random small worlds for the conflict rules: every kind of actor and relation, ownership in
//! cycles, past cases, waivers, overrides, policies and profiles. Nobody in them is real.

use comity::format::InstanceDoc;
use serde_json::{Value, json};

use super::Lots;

/// Besides `X-N`, to which only mediators belong.
const STATES: [&str; 4] = ["KE", "BR", "IN", "GB"];
const KINDS: [&str; 26] = [
    "employed-by",
    "officer-of",
    "official-of",
    "represents",
    "counsel-for",
    "counsel-against",
    "advises",
    "expert-for",
    "member-of",
    "owns",
    "controls",
    "holds",
    "funds",
    "family",
    "friend",
    "enmity",
    "shares-revenue-with",
    "commercial-with",
    "instructs",
    "retained-by",
    "serves-with",
    "co-counsel-with",
    "allied-with",
    "contact-of",
    "owns",
    "member-of",
];
const ORGANISATIONS: [(&str, &str); 7] = [
    ("oil", "company"),
    ("rail", "company"),
    ("bank", "funder"),
    ("firm", "law-firm"),
    ("inn", "chambers"),
    ("ministry", "government"),
    ("union", "regional-integration"),
];
const DATES: [&str; 7] = [
    "2019-05-01",
    "2022-02-28",
    "2023-02-28",
    "2023-03-01",
    "2024-06-30",
    "2025-03-01",
    "2026-02-28",
];
const PROFILES: [&str; 5] =
    ["strict", "iba-2024", "hk-mediation-code", "icsid-52-3", "uncitral-code-2023"];

/// A world; the same seed gives the same one.
pub(crate) fn instance(seed: u64) -> InstanceDoc {
    serde_json::from_value(document(seed)).expect("the generator writes instances")
}

/// The same as JSON.
pub(crate) fn document(seed: u64) -> Value {
    let mut lots = Lots::new(seed ^ 0x51C4);
    let lots = &mut lots;
    let policy = ["strict", "strict", "waivable-by-parties", "advisory"];
    let relations = 6 + lots.below(18);
    let organisations = ORGANISATIONS.map(|(id, kind)| organisation(lots, id, kind));
    let states: Vec<Value> = STATES.iter().chain(&["X-N"]).map(|id| json!({ "id": id })).collect();
    let people = ["rep", "ann", "bob", "cyd"]
        .map(|id| json!({ "id": id, "time_zone": "UTC", "nationalities": [*lots.pick(&STATES)] }));
    json!({
        "schema": "comity.instance/1",
        "id": format!("rich-{seed}"),
        "as_of": "2026-03-01",
        "horizon": { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z" },
        "policy": {
            "conflict_rules": *lots.pick(&PROFILES),
            "institution": "ministry",
            "nationality": { "commercial": *lots.pick(&policy) },
        },
        "states": states,
        "organisations": organisations,
        "people": people,
        "mediators": (0..5).map(|m| mediator(lots, m)).collect::<Vec<_>>(),
        "relations": (0..relations).map(|r| relation(lots, r)).collect::<Vec<_>>(),
        "appointments": (0..lots.below(7)).map(|_| appointment(lots)).collect::<Vec<_>>(),
        "disputes": (0..3).map(|d| dispute(lots, d)).collect::<Vec<_>>(),
        "waivers": (0..lots.below(4)).map(|_| waiver(lots, relations)).collect::<Vec<_>>(),
    })
}

fn organisation(lots: &mut Lots, id: &str, kind: &str) -> Value {
    let nationalities: Vec<&str> =
        if lots.chance(60) { vec![*lots.pick(&STATES)] } else { Vec::new() };
    let members: &[&str] = if id == "union" { &["KE", "IN"] } else { &[] };
    json!({ "id": id, "kind": kind, "nationalities": nationalities, "members": members })
}

fn mediator(lots: &mut Lots, position: usize) -> Value {
    let nationalities = match lots.below(6) {
        0 => json!([]),
        1 => json!([{ "state": *lots.pick(&STATES), "to": *lots.pick(&DATES) }, "X-N"]),
        2 => json!([*lots.pick(&STATES)]),
        _ => json!(["X-N"]),
    };
    json!({
        "id": format!("m{position}"), "time_zone": "UTC", "nationalities": nationalities,
        "expertise": { "trade": lots.below(11) as f64 / 10.0 },
    })
}

fn actor(lots: &mut Lots) -> String {
    match lots.below(10) {
        0..4 => format!("m{}", lots.below(5)),
        4..8 => lots.pick(&ORGANISATIONS).0.to_owned(),
        8 => (*lots.pick(&["ann", "bob", "cyd"])).to_owned(),
        _ => (*lots.pick(&STATES)).to_owned(),
    }
}

/// A relation that validation accepts.
fn relation(lots: &mut Lots, position: usize) -> Value {
    let kind = *lots.pick(&KINDS);
    let body = matches!(kind, "owns" | "controls" | "holds" | "funds");
    let from = loop {
        let from = actor(lots);
        if body || !STATES.contains(&from.as_str()) {
            break from;
        }
    };
    let mut relation = json!({ "id": format!("r{position}"), "from": from });
    if lots.chance(12) {
        relation["from"] = json!(format!("m{}", lots.below(5)));
        relation["kind"] = json!(*lots.pick(&["acted-in", "interest-in", "published-on"]));
        relation["case"] = json!(*lots.pick(&["d0", "d1", "d2"]));
    } else if lots.chance(15) {
        relation["from"] = json!(format!("m{}", lots.below(2)));
        let (kind, to) = *lots.pick(&[("member-of", "firm"), ("family", "m2"), ("friend", "m3")]);
        relation["kind"] = json!(kind);
        relation["to"] = json!(to);
    } else if lots.chance(10) {
        relation["from"] = json!(*lots.pick(&["oil", "rail", "ministry"]));
        relation["kind"] = json!(*lots.pick(&["organ-of", "agency-of", "subdivision-of"]));
        relation["to"] = json!(*lots.pick(&STATES));
    } else {
        let to = loop {
            let to = actor(lots);
            if to != from {
                break to;
            }
        };
        relation["kind"] = json!(kind);
        relation["to"] = json!(to);
    }
    if relation["kind"] == "owns" {
        relation["share"] = json!(*lots.pick(&[0.3, 0.5, 0.6, 1.0]));
    }
    let (a, b) = (*lots.pick(&DATES), *lots.pick(&DATES));
    if lots.chance(40) {
        relation["start"] = json!(a.min(b));
    }
    if lots.chance(40) {
        relation["end"] = json!(a.max(b));
    }
    if lots.chance(30) {
        relation["significant"] = json!(true);
    }
    if lots.chance(12) {
        relation["confidential"] = json!(true);
    }
    if lots.chance(40) {
        relation["role"] = json!(*lots.pick(&["partner", "counsel", "adviser", "judge"]));
    }
    if lots.chance(40) {
        relation["tags"] = json!([*lots.pick(&[
            "regular",
            "listed",
            "unlisted",
            "material",
            "involved",
            "mock-trial",
            "expert",
        ])]);
    }
    relation
}

fn appointment(lots: &mut Lots) -> Value {
    let mut appointment = json!({
        "mediator": format!("m{}", lots.below(5)),
        "date": *lots.pick(&DATES),
        "by": *lots.pick(&["institution", "oil", "rail", "KE", "BR"]),
        "parties": [*lots.pick(&["oil", "KE"]), *lots.pick(&["rail", "BR"])],
        "counsel": [*lots.pick(&["ann", "bob", "firm"])],
    });
    if lots.chance(70) {
        appointment["case"] = json!(format!("old-{}", lots.below(2)));
    }
    appointment
}

fn dispute(lots: &mut Lots, position: usize) -> Value {
    let mut parties = json!([
        {
            "id": "a", "actor": *lots.pick(&["oil", "KE", "bank"]), "representatives": ["rep"],
            "counsel": [*lots.pick(&["ann", "firm"])],
        },
        {
            "id": "b", "actor": *lots.pick(&["rail", "BR", "ministry"]),
            "representatives": ["rep"], "counsel": [*lots.pick(&["bob", "inn"])],
        },
    ]);
    if lots.chance(40) {
        parties[0]["experts"] = json!(["cyd"]);
        parties[1]["consent"] = json!({ "given": true, "date": *lots.pick(&DATES) });
    }
    let mut dispute = json!({
        "id": format!("d{position}"),
        "class": *lots.pick(&["commercial", "state-investor"]),
        "subjects": ["trade"],
        "parties": parties,
        "panel": { "size": 1 },
    });
    if lots.chance(30) {
        dispute["third_states"] = json!([{ "state": *lots.pick(&STATES), "consent": true }]);
    }
    if lots.chance(60) {
        dispute["related"] = json!([format!("d{}", (position + 1) % 3)]);
    }
    if lots.chance(40) {
        dispute["panel"]["mode"] = json!("party-agreed");
    }
    if lots.chance(40) {
        dispute["opened"] = json!(*lots.pick(&DATES));
    }
    dispute
}

/// By rule of `strict` or by relation; where the profile is another one, by relation.
fn waiver(lots: &mut Lots, relations: usize) -> Value {
    json!({
        "mediator": format!("m{}", lots.below(5)),
        "dispute": format!("d{}", lots.below(3)),
        "relation": format!("r{}", lots.below(relations)),
        "by": *lots.pick(&[&["a", "b"][..], &["a", "b"], &["a"]]),
        "express": lots.chance(85),
        "date": *lots.pick(&["2026-02-01", "2026-02-01", "2026-04-01"]),
    })
}
