//! Every rule broken alone is reported alone.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::dockets;
use super::documents::{DIGEST, instance, read, solution, verdict};
use crate::check::{RULES, check, impartiality};
use crate::format::SolutionDoc;

#[test]
fn the_right_answer_holds() {
    let verdict = verdict(&instance(), &solution());
    assert!(verdict.holds(), "{:#?}", verdict.violations);
    assert_eq!(verdict.recomputed.tiers, [2_000_000, 2_000_000, 3_326_000]);
    assert_eq!(verdict.recomputed.bounds, [Some(2_000_000), Some(2_000_000), Some(3_500_000)]);
    assert_eq!(verdict.recomputed.exclusions, [("nationality".to_owned(), 2)]);
}

type Change = fn(&mut Value, &mut Value);

fn set(document: &mut Value, pointer: &str, value: Value) {
    *document.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
}

fn drop_key(document: &mut Value, pointer: &str, key: &str) {
    let object = document.pointer_mut(pointer).and_then(Value::as_object_mut);
    object.expect("an object").remove(key).expect("the key");
}

/// Moves a session together with everything that follows from its start.
fn shift(solution: &mut Value, session: usize, pairs: &[(&str, &str)]) {
    let text = solution["sessions"][session].to_string();
    let moved = pairs.iter().fold(text, |text, (from, to)| text.replace(from, to));
    solution["sessions"][session] = serde_json::from_str(&moved).expect("a session");
}

fn claim(solution: &mut Value, bound: i64, gap: f64) {
    set(solution, "/bound", json!(bound));
    set(solution, "/gap", json!(gap));
    set(solution, "/certificate/tiers/2/bound", json!(bound));
}

/// Lets `ra` attend for the first party of the second dispute, in the place of `rc`.
fn share(i: &mut Value, s: &mut Value) {
    set(i, "/disputes/1/parties/0/representatives", json!(["ra"]));
    for part in ["sessions", "burdens"] {
        let text = s[part].to_string().replace("\"rc\"", "\"ra\"");
        s[part] = serde_json::from_str(&text).expect("a list");
    }
}

const CHANGES: &[(&str, Change)] = &[
    ("D1", |_, s| set(s, "/schema", json!("comity.solution/2"))),
    ("D1", |_, s| set(s, "/instance/digest", json!("d2"))),
    ("D1", |_, s| set(s, "/assignments/1/dispute", json!("d9"))),
    ("D1", |_, s| set(s, "/assignments/1/dispute", json!("d1"))),
    ("D1", |_, s| {
        set(s, "/assignments/0/panel/1/mediator", json!("m9"));
    }),
    ("D1", |_, s| set(s, "/sessions/0/session", json!("s9"))),
    ("D1", |_, s| set(s, "/unserved/0/dispute", json!("d9"))),
    ("G1", |_, s| {
        let seat = json!({ "dispute": "d3", "panel": [{ "mediator": "m3", "role": "member" }],
            "disclosures": [], "reasons": [{ "mediator": "m3", "fit": 0, "better_fits": 0 }] });
        s["assignments"].as_array_mut().expect("a list").push(seat);
        set(s, "/unserved", json!([]));
        set(s, "/objective/tiers", json!([3_000_000, 3_000_000, 3_306_000]));
        set(s, "/objective/terms/panels", json!(3_000_000));
        set(s, "/objective/terms/sessions", json!(3_000_000));
        set(s, "/objective/terms/balance", json!(-20_000));
    }),
    ("A1", |_, s| {
        set(s, "/assignments/0/panel/0/role", json!("member"));
        set(s, "/assignments/0/panel/1/role", json!("chair"));
    }),
    ("A1", |_, s| {
        set(s, "/assignments/0/panel/0/role", json!("member"));
    }),
    ("A1", |_, s| {
        s["assignments"][0]["panel"].as_array_mut().expect("a list").swap(1, 2);
    }),
    ("A2", |_, s| {
        let text = s.to_string().replace("m4", "m5").replace("950000", "1000000");
        *s = serde_json::from_str(&text).expect("a solution");
        set(s, "/objective/tiers/2", json!(3_376_000));
        set(s, "/objective/terms/fit", json!(3_400_000));
    }),
    ("A3", |i, _| {
        i["mediators"][3]["capacity"] = json!({ "cases": 0 });
    }),
    ("A3", |i, _| {
        i["mediators"][0]["capacity"] = json!({ "hours": 2.99 });
    }),
    ("A4", |i, _| {
        set(i, "/disputes/0/panel/languages/fr", json!(2));
    }),
    ("A4", |i, _| {
        i["disputes"][0]["panel"]["expertise"] = json!({ "trade": 0.91 });
    }),
    ("A5", |i, _| {
        let tie = json!({ "id": "f", "from": "m3", "to": "m1", "kind": "family" });
        i["relations"].as_array_mut().expect("a list").push(tie);
    }),
    ("A5", |i, _| {
        set(i, "/mediators/2/nationalities", json!(["KE", "AT"]));
        i["disputes"][0]["panel"]["distinct_nationalities"] = json!(true);
    }),
    ("A6", |i, s| {
        // The chair of the first dispute takes the second as well, which is related to it.
        i["disputes"][0]["related"] = json!(["d2"]);
        let rule = json!({ "id": "both", "text": "t", "source": "s", "severity": "waivable-red",
                           "to": "party", "pair": { "years": 0 } });
        i["policy"]["conflict_rules"]["rules"] = json!([rule]);
        let text = s["assignments"][1].to_string().replace("m4", "m1").replace("950000", "900000");
        s["assignments"][1] = serde_json::from_str(&text).expect("an assignment");
        set(s, "/assignments/1/reasons/0/better_fits", json!(1));
        shift(s, 2, &[("m4", "m1")]);
        set(s, "/objective/tiers/2", json!(3_256_000));
        set(s, "/objective/terms/fit", json!(3_300_000));
        set(s, "/objective/terms/balance", json!(-20_000));
    }),
    ("A7", |i, _| i["policy"]["caps"] = json!({ "nationality_share": 0.4 })),
    ("A8", |i, _| i["locks"] = json!({ "require": [{ "dispute": "d2", "mediator": "m1" }] })),
    ("A8", |i, _| {
        let lock = json!({ "dispute": "d1", "mediator": "m2", "role": "chair" });
        i["locks"] = json!({ "require": [lock] });
    }),
    ("A8", |i, s| {
        i["locks"] = json!({ "forbid": [{ "dispute": "d2", "mediator": "m4" }] });
        s["exclusions"]["forbidden"] = json!(1);
    }),
    ("A8", |i, _| {
        let lock = json!({ "dispute": "d1", "session": "s1", "start": "2026-03-03T14:00:00Z" });
        i["locks"] = json!({ "sessions": [lock] });
    }),
    ("S1", |i, _| {
        let busy = json!([{ "start": "2026-03-04T09:59:00Z", "end": "2026-03-04T11:00:00Z" }]);
        i["people"][2]["busy"] = busy;
    }),
    ("S1", |i, _| {
        let days = json!(["mon", "tue", "wed", "fri"]);
        i["places"][0]["opening_hours"] = json!([{ "days": days, "from": "00:00", "to": "24:00" }]);
    }),
    ("S2", |i, s| {
        share(i, s);
        shift(s, 2, &[("04T10:", "03T17:"), ("04T09:", "03T16:")]);
        set(s, "/sessions/2/end", json!("2026-03-03T17:00:00Z"));
    }),
    ("S3", |_, s| shift(s, 1, &[("03-05", "03-04")])),
    ("S3", |i, _| {
        i["disputes"][0]["due"] = json!("2026-03-05T11:59:00Z");
    }),
    ("S3", |i, _| {
        i["disputes"][0]["sessions"][0]["not_before"] = json!("2026-03-03T15:01:00Z");
    }),
    ("S3", |i, _| {
        set(i, "/horizon/end", json!("2026-03-05T00:00:00Z"));
    }),
    ("S4", |_, s| {
        shift(s, 2, &[("04T10:", "05T12:"), ("04T09:", "05T11:")]);
    }),
    ("D2", |_, s| {
        set(s, "/sessions/2/end", json!("2026-03-04T11:00:00Z"));
    }),
    ("D2", |_, s| {
        set(s, "/sessions/0/local/rb", json!("2026-03-03T15:00:00+00:00"));
    }),
    ("D2", |_, s| drop_key(s, "/sessions/0/local", "rb")),
    ("D2", |_, s| set(s, "/sessions/0/burden/p2", json!(1))),
    ("D2", |_, s| set(s, "/sessions/0/panel_burden", json!(0))),
    ("D2", |_, s| drop_key(s, "/sessions/1", "place")),
    ("D2", |_, s| set(s, "/sessions/1/room", json!("r2"))),
    ("D2", |_, s| {
        s["sessions"].as_array_mut().expect("a list").swap(1, 2);
    }),
    ("D3", |_, s| set(s, "/assignments/0/disclosures", json!([]))),
    ("D3", |_, s| {
        set(s, "/assignments/0/disclosures/0/path/0/relation", json!("h2"));
    }),
    ("D3", |_, s| {
        set(s, "/assignments/0/disclosures/0/path/0/to", json!("FR"));
    }),
    ("D3", |_, s| {
        set(s, "/assignments/0/disclosures/0/path", json!([]));
    }),
    ("D3", |_, s| {
        set(s, "/assignments/0/disclosures/0/severity", json!("green"));
    }),
    ("D3", |_, s| {
        set(s, "/assignments/0/disclosures/0/mediator", json!("m1"));
    }),
    ("D3", |_, s| set(s, "/assignments/0/disclosures/0/date", json!("2026-03-01"))),
    ("D3", |_, s| s["assignments"][0]["disclosures"][0]["cure"] = json!("waived")),
    ("D3", |_, s| s["assignments"][0]["disclosures"][0]["reason"] = json!("none")),
    ("D3", |_, s| s["assignments"][0]["disclosures"][0]["target"] = json!("BR")),
    ("D4", |_, s| set(s, "/objective/tiers/0", json!(1))),
    ("D4", |_, s| set(s, "/objective/terms/fit", json!(1))),
    ("D5", |_, s| set(s, "/exclusions/nationality", json!(3))),
    ("D5", |_, s| s["exclusions"]["strike"] = json!(1)),
    ("D6", |_, s| set(s, "/unserved", json!([]))),
    ("D6", |_, s| set(s, "/unserved/0/stage", json!("docket"))),
    ("D7", |_, s| {
        set(s, "/assignments/0/reasons/2/better_fits", json!(2));
    }),
    ("D7", |_, s| {
        set(s, "/assignments/0/reasons/2/fit", json!(2));
    }),
    ("S2", |i, s| {
        // From Tuesday 17:00Z to Wednesday 09:00Z are 960 minutes.
        share(i, s);
        i["policy"]["workload"] = json!({ "rest_minutes": 961 });
    }),
    ("S2", |i, s| {
        // From Wednesday 10:00Z to Thursday 11:00Z are 1,500 minutes.
        share(i, s);
        let places = i["places"].as_array_mut().expect("a list");
        places.push(json!({ "id": "annex", "time_zone": "Europe/Paris", "rooms": [] }));
        i["journeys"] = json!([{ "from": "hall", "to": "annex", "minutes": 1_441 }]);
        i["policy"]["travel"] = json!({ "recovery_from_minutes": 1_441, "recovery_minutes": 60 });
        i["people"][0]["base"] = json!("annex");
    }),
    ("S4", |i, s| {
        i["disputes"][1]["sessions"][0]["breakout_rooms"] = json!(1);
        let rooms = i["places"][0]["rooms"].as_array_mut().expect("a list");
        rooms.push(json!({ "id": "r2" }));
        set(s, "/sessions/2/room", json!("r2"));
    }),
    ("S4", |i, _| i["places"][0]["rooms"] = json!([{ "id": "r1", "seats": 4 }])),
    ("S5", |i, s| {
        let pairs = json!([{ "from": "en", "to": "fr" }]);
        let voice = |id: &str| json!({ "id": id, "time_zone": "Europe/Paris", "pairs": pairs });
        i["interpreters"] = json!([voice("i1"), voice("i2")]);
        i["disputes"][1]["sessions"][0]["interpretation"] = json!(["en", "fr"]);
        // Sixty minutes take two.
        s["sessions"][2]["interpreters"] = json!(["i1"]);
        s["sessions"][2]["interpreter_burden"] = json!(0);
        s["sessions"][2]["local"]["i1"] = json!("2026-03-04T10:00:00+01:00");
    }),
    ("S5", |i, s| {
        let voice = |id: &str, to: &str| {
            json!({ "id": id, "time_zone": "Europe/Paris",
            "pairs": [{ "from": "en", "to": to }] })
        };
        i["interpreters"] = json!([voice("i1", "fr"), voice("i2", "fr"), voice("i3", "fr")]);
        let tie = json!({ "id": "ti", "from": "i2", "to": "acme", "kind": "employed-by",
            "confidential": true });
        i["relations"].as_array_mut().expect("a list").push(tie);
        i["disputes"][1]["sessions"][0]["interpretation"] = json!(["en", "fr"]);
        s["sessions"][2]["interpreters"] = json!(["i1", "i2"]);
        s["sessions"][2]["interpreter_burden"] = json!(0);
        for voice in ["i1", "i2"] {
            s["sessions"][2]["local"][voice] = json!("2026-03-04T10:00:00+01:00");
        }
    }),
    ("S6", |i, _| i["policy"]["workload"] = json!({ "day_minutes": 119 })),
    ("D8", |_, s| set(s, "/burdens/0/sides/p1", json!(1))),
    ("D8", |_, s| set(s, "/burdens/1/people", json!({ "rc": 0 }))),
    ("D7", |_, s| set(s, "/assignments/1/reasons", json!([]))),
    ("D9", |_, s| s["assignments"][0]["reserves"] = json!(["m1"])),
    ("D9", |i, s| {
        i["policy"]["reserves"] = json!(1);
        s["assignments"][0]["reserves"] = json!(["nobody"]);
    }),
    ("D10", |_, s| s["selection"] = json!({ "mechanism": "greedy", "seed": "1" })),
    ("D10", |_, s| {
        s["selection"] = json!({ "mechanism": "first-come", "lists": [
        { "dispute": "d1", "names": ["m1"], "invited": "m1" }] });
    }),
    ("D10", |_, s| s["selection"] = json!({ "mechanism": "random" })),
    ("D10", |_, s| {
        s["selection"] = json!({ "mechanism": "lottery", "seed": "1",
        "commitment": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b" });
    }),
    ("B1", |_, s| claim(s, 3_499_999, 0.049_715)),
    ("B1", |_, s| {
        set(s, "/certificate/tiers/0/nodes/0/prices", json!({ "panels": -1 }));
    }),
    ("B1", |_, s| set(s, "/certificate/tiers/0/nodes", json!([]))),
    ("B1", |_, s| {
        set(s, "/certificate/tiers/0/bound", json!(1_999_999));
    }),
    ("B2", |_, s| set(s, "/gap", json!(0.049_714))),
    ("B2", |_, s| set(s, "/status", json!("optimal"))),
    ("B2", |_, s| set(s, "/status", json!("infeasible"))),
];

#[test]
fn each_rule_broken_alone_is_reported_alone() {
    let mut seen = BTreeSet::new();
    for (n, (label, change)) in CHANGES.iter().enumerate() {
        let (mut i, mut s) = (instance(), solution());
        change(&mut i, &mut s);
        let verdict = verdict(&i, &s);
        let rules: BTreeSet<&str> = verdict.violations.iter().map(|v| v.rule).collect();
        let labels: Vec<&str> = rules.iter().filter_map(|r| r.split(' ').next()).collect();
        assert_eq!(labels, [*label], "change {n}: {:#?}", verdict.violations);
        seen.extend(rules);
    }
    let all: BTreeSet<&str> = RULES.iter().map(|(name, _)| *name).collect();
    assert_eq!(seen, all);
}

#[test]
fn no_gap_beyond_one_makes_an_answer_optimal() {
    for (asked, rules) in [(1.0, vec![]), (1.1, vec!["B2"])] {
        let mut s = solution();
        set(&mut s, "/status", json!("optimal"));
        drop_key(&mut s, "", "stop_reason");
        set(&mut s, "/run/gap", json!(asked));
        let found = verdict(&instance(), &s).violations;
        let found: Vec<&str> = found.iter().map(|v| &v.rule[..2]).collect();
        assert_eq!(found, rules, "a gap of {asked}");
    }
}

#[test]
fn a_breach_of_impartiality_has_its_witness() {
    let (mut i, mut s) = (instance(), solution());
    let tie = json!({ "id": "f", "from": "m3", "to": "m1", "kind": "family" });
    i["relations"].as_array_mut().expect("a list").push(tie);
    set(&mut s, "/assignments/1/panel/0/mediator", json!("m5"));
    let solution: SolutionDoc = serde_json::from_value(s).expect("a solution");
    let found = impartiality(&read(&i), &solution);
    let codes: Vec<&str> = found.iter().map(|b| b.code.as_str()).collect();
    assert_eq!(codes, ["co-panel-family", "nationality"]);
    assert_eq!(found[0].path.len(), 1);
    let path: Vec<&str> = found[1].path.iter().map(|step| step.to.as_str()).collect();
    assert_eq!(path, ["FR", "acme"]);
}

/// Every string and number of both documents replaced, one at a time.
#[test]
fn garbage_never_panics() {
    for documents in [[instance(), solution()], dockets::rich()] {
        spoil(&documents);
    }
}

fn spoil(documents: &[Value; 2]) {
    fn leaves(value: &Value, at: String, all: &mut Vec<String>) {
        match value {
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(i, v)| leaves(v, format!("{at}/{i}"), all));
            }
            Value::Object(map) => {
                map.iter().for_each(|(k, v)| leaves(v, format!("{at}/{k}"), all));
            }
            _ => all.push(at),
        }
    }
    for which in 0..2 {
        let mut all = Vec::new();
        leaves(&documents[which], String::new(), &mut all);
        for pointer in all {
            for junk in [json!("zzz"), json!("m1"), json!(0), json!(4_000_000_000_u32), json!(1e6)]
            {
                let mut changed = documents.clone();
                set(&mut changed[which], &pointer, junk);
                let [i, s] = changed;
                if let (Ok(i), Ok(s)) = (serde_json::from_value(i), serde_json::from_value(s)) {
                    let _ = check(&i, &s, DIGEST);
                    let _ = impartiality(&i, &s);
                }
            }
        }
    }
}
