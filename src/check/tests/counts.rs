//! Rules that count, and rules about related disputes, the batch apart.

use serde_json::{Value, json};

use super::dockets::{docket, reasons, rule, tie};

fn counting(more: &Value, count: &Value) -> Value {
    let mut more = more.clone();
    more["count"] = count.clone();
    json!([rule("often", &json!([]), &more)])
}

fn appointed(date: &str, by: &str) -> Value {
    json!({ "mediator": "m0", "date": date, "by": by, "parties": [by, "AT"], "counsel": ["ann"] })
}

#[test]
fn appointments_count_in_the_period_for_each_target_by_itself() {
    let mut document = docket(&counting(&json!({}), &json!({ "at_least": 2, "years": 3 })));
    document["appointments"] = json!([
        appointed("2023-03-02", "FR"),
        appointed("2023-03-01", "FR"),
        appointed("2026-03-02", "BR"),
        appointed("2026-03-03", "BR"),
        appointed("2025-01-01", "institution"),
    ]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["appointments"][1]["date"] = json!("2026-03-01");
    assert_eq!(reasons(&document, 0, 0), ["often"]);
    assert_eq!(reasons(&document, 1, 0), Vec::<String>::new());
    assert_eq!(reasons(&document, 0, 1), Vec::<String>::new());
}

#[test]
fn whoever_leads_to_the_target_counts_for_it() {
    let step = |repeat: &str| json!([{ "any": [{ "kind": "controls", "backward": true }], "repeat": repeat }]);
    let mut document = docket(&json!([]));
    document["relations"] = json!([tie("c", "FR", "controls", "law", &json!({}))]);
    document["appointments"] =
        json!([appointed("2025-01-01", "FR"), appointed("2025-02-01", "law")]);
    let mut hits = |path: Value| {
        let more = json!({ "path": path, "count": { "at_least": 2, "years": 3 } });
        let rules = json!([rule("often", &json!([]), &more)]);
        document["policy"]["conflict_rules"]["rules"] = rules;
        !reasons(&document, 0, 0).is_empty()
    };
    assert!(!hits(json!([])));
    assert!(hits(step("optional")));
    assert!(hits(step("any")));
    // What must be walked does not lead from the target to itself.
    assert!(!hits(step("once")));
    assert!(!hits(step("some")));
}

#[test]
fn anyone_may_have_appointed() {
    let count = |by: &str| json!({ "at_least": 1, "years": 3, "appointed_by": by });
    let mut document = docket(&counting(&json!({}), &count("target")));
    document["appointments"] = json!([{ "mediator": "m0", "date": "2025-01-01", "by": "institution",
                                        "parties": ["FR"], "counsel": ["ann"] }]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    let rules = |more: &Value, by: &str| counting(more, &count(by));
    document["policy"]["conflict_rules"]["rules"] = rules(&json!({}), "anyone");
    assert_eq!(reasons(&document, 0, 0), ["often"]);
    assert_eq!(reasons(&document, 1, 0), Vec::<String>::new());
    // Counsel count in both ways.
    document["disputes"][1]["parties"][0]["counsel"] = json!(["ann"]);
    for by in ["anyone", "target"] {
        let to = json!({ "to": "counsel" });
        document["policy"]["conflict_rules"]["rules"] = rules(&to, by);
        assert_eq!(reasons(&document, 1, 0), ["often"]);
        assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    }
}

#[test]
fn relations_are_counted_by_end_and_period() {
    let count = json!({ "at_least": 2, "years": 3,
                        "relation": { "kind": "retained-by", "tags": ["expert"] } });
    let mut document = docket(&counting(&json!({ "to": "counsel" }), &count));
    document["disputes"][0]["parties"][0]["counsel"] = json!(["law"]);
    let retained = |id: &str, more: &Value| {
        let mut more = more.clone();
        more["tags"] = json!(["expert"]);
        tie(id, "m0", "retained-by", "law", &more)
    };
    let (late, early) = (json!({ "end": "2023-03-02" }), json!({ "end": "2023-03-01" }));
    document["relations"] = json!([retained("a", &json!({})), retained("b", &early)]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["relations"] = json!([retained("a", &json!({})), retained("b", &late)]);
    assert_eq!(reasons(&document, 0, 0), ["often"]);
    // What cannot be had without confidential relations bars as undisclosable.
    document["relations"][1]["confidential"] = json!(true);
    assert_eq!(reasons(&document, 0, 0), ["undisclosable"]);
    document["relations"][1]["tags"] = json!([]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
}

#[test]
fn a_past_appointment_in_a_related_case_is_found() {
    let pair = |more: Value| json!([rule("both", &json!([]), &json!({ "pair": more }))]);
    let mut document = docket(&pair(json!({ "years": 3 })));
    let mut one = appointed("2023-03-02", "AT");
    one["case"] = json!("old");
    document["appointments"] = json!([one]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["disputes"][0]["related"] = json!(["old"]);
    assert_eq!(reasons(&document, 0, 0), ["both"]);
    assert_eq!(reasons(&document, 1, 0), Vec::<String>::new());
    document["appointments"][0]["date"] = json!("2023-03-01");
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["appointments"][0]["date"] = json!("2026-03-02");
    document["policy"]["conflict_rules"]["rules"] =
        pair(json!({ "years": 3, "shares_party": true }));
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["appointments"][0]["parties"] = json!(["BR"]);
    assert_eq!(reasons(&document, 0, 0), ["both"]);
    // The case may be a dispute of the docket, and either may name the other.
    document["appointments"][0]["case"] = json!("d1");
    document["disputes"][0]["related"] = json!([]);
    document["disputes"][1]["related"] = json!(["d0"]);
    assert_eq!(reasons(&document, 0, 0), ["both"]);
    assert_eq!(reasons(&document, 1, 0), Vec::<String>::new());
}
