//! What the batch creates: counting, related disputes, and the rows that price it.

use serde_json::{Value, json};

use super::dockets::{breaches, broken, docket, panels, reasons, rule, with};
use crate::check::batch;
use crate::check::certificate;
use crate::check::desk::Desk;
use crate::check::prices::{Held, Tier};
use crate::format::TierCertificateDoc;

fn often(at_least: u32, by: &str) -> Value {
    let more = json!({ "count": { "at_least": at_least, "years": 3, "appointed_by": by } });
    json!([rule("often", &json!([]), &more)])
}

/// Both disputes have BR as a party, and `m0` sits in both.
fn both() -> Value {
    panels(&[("d0", &["m0"]), ("d1", &["m0"])], false)
}

#[test]
fn the_batch_counts() {
    let document = docket(&often(1, "anyone"));
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    assert_eq!(broken(&document, &both(), "A6").len(), 2);
    let apart = panels(&[("d0", &["m0"]), ("d1", &["m1"])], false);
    assert_eq!(broken(&document, &apart, "A6").len(), 0);
    let document = docket(&often(2, "anyone"));
    assert_eq!(broken(&document, &both(), "A6").len(), 0);
    // With one appointment of the past it is two.
    let mut document = document;
    document["appointments"] = json!([{ "mediator": "m0", "date": "2025-01-01", "by": "BR" }]);
    assert_eq!(broken(&document, &both(), "A6").len(), 2);
    let found = breaches(&document, &both());
    let told: Vec<_> =
        found.iter().map(|b| (b.code.as_str(), b.target.as_deref(), b.count)).collect();
    assert_eq!(told, [("often", Some("BR"), Some(2)), ("often", Some("BR"), Some(2))]);
}

#[test]
fn the_batch_counts_what_parties_agree_on() {
    let mut document = docket(&often(1, "target"));
    assert_eq!(broken(&document, &both(), "A6").len(), 0);
    document["disputes"][1]["panel"]["mode"] = json!("party-agreed");
    let messages = broken(&document, &both(), "A6");
    assert_eq!(messages.len(), 1);
    let found = breaches(&document, &both());
    assert_eq!(found.iter().map(|b| b.dispute.as_str()).collect::<Vec<_>>(), ["d0"]);
}

#[test]
fn related_disputes_go_to_two() {
    let pair = |more: Value| json!([rule("both", &json!([]), &json!({ "pair": more }))]);
    let mut document = docket(&pair(json!({ "years": 3 })));
    assert_eq!(broken(&document, &both(), "A6").len(), 0);
    document["disputes"][1]["related"] = json!(["d0"]);
    assert_eq!(broken(&document, &both(), "A6").len(), 2);
    assert_eq!(breaches(&document, &both())[0].case.as_deref(), Some("d1"));
    document["policy"]["conflict_rules"]["rules"] =
        pair(json!({ "years": 3, "shares_party": true }));
    assert_eq!(broken(&document, &both(), "A6").len(), 2);
    document["disputes"][1]["parties"][1]["actor"] = json!("AT");
    assert_eq!(broken(&document, &both(), "A6").len(), 0);
}

#[test]
fn consent_lets_the_batch_be() {
    let mut document = docket(&often(1, "anyone"));
    let waiver = |dispute: &str| {
        json!({ "mediator": "m0", "dispute": dispute, "rule": "often", "by": ["p", "q"],
                "express": true, "date": "2026-03-02" })
    };
    document["waivers"] = json!([waiver("d0")]);
    assert_eq!(broken(&document, &both(), "A6").len(), 1);
    document["waivers"] = json!([waiver("d0"), waiver("d1")]);
    assert_eq!(broken(&document, &both(), "A6").len(), 0);
    document["waivers"] = json!([]);
    document["policy"]["conflict_rules"]["rules"][0]["severity"] = json!("orange");
    assert_eq!(broken(&document, &both(), "A6").len(), 0);
}

/// A small generator: the multiplier of Knuth's MMIX.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn random(dice: &mut Dice) -> Value {
    let states = ["AT", "BR", "FR", "firm"];
    let mut count = |id: &str, by: &str| {
        let count = json!({ "at_least": 1 + dice.below(4), "years": 3, "appointed_by": by });
        rule(id, &json!([]), &json!({ "count": count }))
    };
    let mut rules = vec![count("any", "anyone"), count("own", "target")];
    let pair = json!({ "years": 3, "shares_party": dice.below(2) == 0 });
    rules.push(rule("pair", &json!([]), &json!({ "pair": pair })));
    rules.truncate(1 + dice.below(3) as usize);
    let mut document = docket(&json!(rules));
    document["disputes"] = (0..6)
        .map(|i| {
            let actor = |n: u64| states[n as usize];
            let mode = ["institution", "party-agreed"][dice.below(2) as usize];
            let first = dice.below(4);
            let parties = [first, (first + 1 + dice.below(3)) % 4].map(actor);
            let mut related: Vec<String> = Vec::new();
            if dice.below(3) == 0 {
                related.push(format!("d{}", dice.below(6)));
            }
            json!({ "id": format!("d{i}"), "class": "commercial", "related": related,
                    "panel": { "size": 1, "mode": mode },
                    "parties": [{ "id": "p", "actor": parties[0] }, { "id": "q", "actor": parties[1] }] })
        })
        .collect();
    document["appointments"] = (0..dice.below(4))
        .map(|i| {
            let by = states[dice.below(4) as usize];
            json!({ "mediator": format!("m{}", dice.below(2)), "date": "2025-05-05", "by": by, "case": format!("c{i}") })
        })
        .collect();
    let rule = ["any", "own", "pair"];
    document["waivers"] = (0..dice.below(4))
        .map(|_| {
            json!({ "mediator": "m0", "dispute": format!("d{}", dice.below(6)),
                    "rule": rule[dice.below(3) as usize], "by": ["p", "q"],
                    "express": true, "date": "2026-03-02" })
        })
        .collect();
    document
}

/// Rows and plain counting agree on every set of disputes that one mediator may take.
#[test]
fn rows_hold_exactly_where_nothing_is_created() {
    let mut dice = Dice(5);
    let (mut free, mut kept) = (0, 0);
    for round in 0..120 {
        let document = random(&mut dice);
        with(&document, |facts, _, law| {
            let rows = batch::rows(facts, law);
            for m in 0..2 {
                let open: Vec<usize> = (0..6).filter(|&d| law.eligible(d, m)).collect();
                for mask in 0_u32..1 << open.len() {
                    let seats: Vec<usize> = open
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| mask >> i & 1 == 1)
                        .map(|x| *x.1)
                        .collect();
                    let lawful = seats
                        .iter()
                        .all(|&d| batch::created(facts, law, (d, m), &seats).is_empty());
                    let holds = rows.iter().filter(|row| row.0 == m).all(|(_, factors, limit)| {
                        let taken = factors.iter().filter(|x| seats.contains(&x.0));
                        taken.map(|x| x.1).sum::<i64>() <= *limit
                    });
                    assert_eq!(holds, lawful, "round {round}, m{m}, {seats:?}: {rows:?}");
                    *(if lawful { &mut free } else { &mut kept }) += 1;
                }
            }
        });
    }
    assert!(free > 500 && kept > 500, "{free} free, {kept} kept");
}

/// The bound of the third tier under the prices of rows.
fn bound(document: &Value, batch: &Value) -> Result<Option<i64>, String> {
    let tree = json!({ "bound": 0, "nodes": [{ "prices": { "batch": batch } }] });
    let tree: TierCertificateDoc = serde_json::from_value(tree).expect("a tree");
    with(document, |facts, _, law| {
        let desk = Desk::new(facts, law);
        let held = Held { panels: 2, scheduled: 2, ..Held::default() };
        certificate::bound(&desk, Tier::Quality, &tree, &held).map_err(|flaw| flaw.1)
    })
}

#[test]
fn rows_are_priced() {
    let document = docket(&often(1, "anyone"));
    let row = |m: &str, disputes: Value, limit: i64, price: i64| json!({ "mediator": m, "disputes": disputes, "limit": limit, "price": price });
    let one = |price: i64| row("m0", json!({ "d0": 1, "d1": 1 }), 1, price);
    assert_eq!(bound(&document, &json!([])), Ok(Some(1_800_000)));
    // m0 is worth 900,000 in each, m1 800,000: at 100,000 for the row either may sit.
    assert_eq!(bound(&document, &json!([one(100_000_000)])), Ok(Some(1_700_000)));
    let flaws = [
        json!([one(-1)]),
        json!([one(1), one(1)]),
        json!([row("m0", json!({ "d1": 1, "d0": 1 }), 1, 1), one(1)]),
        json!([row("m9", json!({ "d0": 1, "d1": 1 }), 1, 1)]),
        json!([row("m0", json!({ "d0": 1, "d9": 1 }), 1, 1)]),
        json!([row("m0", json!({ "d0": 2, "d1": 1 }), 1, 1)]),
        json!([row("m0", json!({ "d0": 1 }), 1, 1)]),
        json!([row("m0", json!({ "d0": 1, "d1": 1 }), 0, 1)]),
    ];
    for flaw in flaws {
        assert!(bound(&document, &flaw).is_err(), "{flaw}");
    }
}

/// The second sort of row has a factor: two disputes that count for a target in a third.
#[test]
fn a_row_with_a_factor_is_priced_by_it() {
    let mut document = docket(&often(2, "target"));
    let mut others = [document["disputes"][1].clone(), document["disputes"][1].clone()];
    for (d, (other, actor)) in others.iter_mut().zip(["AT", "firm"]).enumerate() {
        other["id"] = json!(format!("d{}", d + 1));
        other["panel"]["mode"] = json!("party-agreed");
        other["parties"][0]["actor"] = json!(actor);
    }
    let first = document["disputes"][0].clone();
    document["disputes"] = json!([first, others[0], others[1]]);
    let rows = with(&document, |facts, _, law| batch::rows(facts, law));
    let own: Vec<_> = rows.into_iter().filter(|row| row.0 == 0).collect();
    assert_eq!(own, [(0, vec![(0, 1), (1, 1), (2, 1)], 2)]);
    // Were only `d0` against FR bound: of the two others one, or both without it.
    let waiver = |d: &str| json!({ "mediator": "m0", "dispute": d, "rule": "often", "by": ["p", "q"], "express": true, "date": "2026-03-02" });
    document["policy"]["conflict_rules"]["rules"][0]["count"]["at_least"] = json!(1);
    document["waivers"] = json!([waiver("d1"), waiver("d2")]);
    let rows = with(&document, |facts, _, law| batch::rows(facts, law));
    let own: Vec<_> = rows.into_iter().filter(|row| row.0 == 0).collect();
    assert_eq!(own, [(0, vec![(0, 2), (1, 1), (2, 1)], 2)]);
    let price = |price: i64| json!([{ "mediator": "m0", "disputes": { "d2": 1, "d0": 2, "d1": 1 }, "limit": 2, "price": price }]);
    // Each of three is worth 900,000; at 40,000 the row takes 80,000 of `d0` and gives 80,000.
    assert_eq!(bound(&document, &price(0)), Ok(Some(2_700_000)));
    assert_eq!(bound(&document, &price(40_000_000)), Ok(Some(2_620_000)));
}
