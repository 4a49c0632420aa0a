//! Whole disputes that may not be mediated, own causes, targets, and designations.

use serde_json::{Value, json};

use super::dockets::{docket, reasons, rule, tie, with};

fn barred(document: &Value) -> bool {
    with(document, |facts, _, _| facts.disputes[0].barred.is_some())
}

#[test]
fn a_third_state_must_consent() {
    let mut document = docket(&json!([]));
    document["disputes"][0]["third_states"] = json!([{ "state": "AT", "consent": true }]);
    assert!(!barred(&document));
    document["disputes"][0]["third_states"][0]["consent"] = json!(false);
    assert!(barred(&document));
}

#[test]
fn a_state_behind_a_party_excludes_subjects() {
    let mut document = docket(&json!([]));
    document["states"][0]["exclusions"] = json!(["x"]);
    assert!(!barred(&document));
    let organ = |end: &str| tie("o", "BR", "subdivision-of", "AT", &json!({ "end": end }));
    document["relations"] = json!([organ("2026-03-02")]);
    assert!(barred(&document));
    document["relations"] = json!([organ("2026-03-01")]);
    assert!(!barred(&document));
    // By several relations; ownership is none of them.
    document["disputes"][0]["parties"][0]["actor"] = json!("firm");
    let agency = tie("a", "firm", "agency-of", "house", &json!({}));
    let organ = tie("b", "house", "organ-of", "AT", &json!({}));
    document["relations"] = json!([agency, organ]);
    assert!(barred(&document));
    document["relations"][0]["kind"] = json!("controls");
    assert!(!barred(&document));
}

#[test]
fn whoever_testifies_does_not_mediate() {
    let mut document = docket(&json!([]));
    document["disputes"][0]["parties"][0]["experts"] = json!(["m0"]);
    assert_eq!(reasons(&document, 0, 0), ["own-cause"]);
    assert_eq!(reasons(&document, 1, 0), Vec::<String>::new());
}

/// The expert of a party is an expert for it in the graph, in other disputes as well.
#[test]
fn experts_are_in_the_graph() {
    let path = json!([{ "any": [{ "kind": "expert-for" }] }]);
    let mut document = docket(&json!([rule("expert", &path, &json!({}))]));
    document["disputes"][0]["parties"][1]["experts"] = json!(["m0"]);
    assert_eq!(reasons(&document, 1, 0), ["expert"]);
}

#[test]
fn rules_lead_to_every_kind_of_target() {
    let friend = json!([{ "any": [{ "kind": "friend" }] }]);
    let to = |target: &str, friend_of: &str| {
        let mut document = docket(&json!([rule("friend", &friend, &json!({ "to": target }))]));
        document["relations"] = json!([tie("f", "m0", "friend", friend_of, &json!({}))]);
        document["disputes"][0]["parties"][0]["experts"] = json!(["ann"]);
        document["disputes"][0]["third_states"] = json!([{ "state": "AT", "consent": true }]);
        document["policy"]["institution"] = json!("house");
        (reasons(&document, 0, 0).len(), reasons(&document, 1, 0).len())
    };
    assert_eq!(to("expert", "ann"), (1, 0));
    assert_eq!(to("third-state", "AT"), (1, 0));
    assert_eq!(to("institution", "house"), (1, 1));
    assert_eq!(to("institution", "law"), (0, 0));
    let acted = json!([{ "any": [{ "kind": "acted-in", "roles": ["judge"] }] },
                       { "any": [{ "kind": "related-to" }], "repeat": "optional" }]);
    let mut document = docket(&json!([rule("acted", &acted, &json!({ "to": "dispute" }))]));
    let act = |case: &str| json!({ "id": "a", "from": "m0", "kind": "acted-in", "case": case, "role": "judge" });
    document["relations"] = json!([act("d0")]);
    assert_eq!(reasons(&document, 0, 0), ["acted"]);
    // A past case that the dispute names; it may have the name of an actor.
    document["appointments"] =
        json!([{ "mediator": "m3", "date": "2020-01-01", "by": "institution", "case": "law" }]);
    document["relations"] = json!([act("law")]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["disputes"][0]["related"] = json!(["law"]);
    assert_eq!(reasons(&document, 0, 0), ["acted"]);
    assert_eq!(reasons(&document, 1, 0), Vec::<String>::new());
}

#[test]
fn those_who_were_appointed_in_one_case_met_there() {
    let path = json!([
        { "any": [{ "kind": "appointed-in", "when": "ever", "into": ["dispute"] }] },
        { "any": [{ "kind": "party-to", "backward": true }] }
    ]);
    let mut document = docket(&json!([rule("met", &path, &json!({ "together": true }))]));
    document["appointments"] = json!([
        { "mediator": "m0", "date": "2020-01-01", "by": "institution", "case": "c",
          "parties": ["FR"] }
    ]);
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    // `party-to` is asked for on the date of judgment, so the mandate must reach it.
    document["appointments"][0]["end"] = json!("2026-03-02");
    assert_eq!(reasons(&document, 0, 0), ["met"]);
    document["appointments"][0]["end"] = json!("2026-03-01");
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    assert_eq!(reasons(&document, 0, 1), Vec::<String>::new());
}

#[test]
fn designations_count_where_the_panels_are_asked() {
    let mut document = docket(&json!([]));
    document["panels"] = json!([{ "id": "roster", "admits": ["commercial"] }]);
    assert_eq!(reasons(&document, 0, 0), ["panel"]);
    document["disputes"][0]["panel"]["mode"] = json!("party-agreed");
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["disputes"][0]["panel"]["mode"] = json!("institution");
    let term =
        |from: &str, to: &str| json!([{ "panel": "roster", "by": "CH", "from": from, "to": to }]);
    document["mediators"][0]["designations"] = term("2026-03-02", "2026-03-02");
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    document["mediators"][0]["designations"] = term("2020-01-01", "2026-03-01");
    assert_eq!(reasons(&document, 0, 0), ["panel"]);
    // In office where required, if the panel says so and she was when it was opened.
    document["panels"][0]["continue_in_office"] = json!(true);
    assert_eq!(reasons(&document, 0, 0), ["panel"]);
    document["locks"] = json!({ "require": [{ "dispute": "d0", "mediator": "m0" }] });
    assert_eq!(reasons(&document, 0, 0), Vec::<String>::new());
    assert_eq!(reasons(&document, 1, 0), ["panel"]);
    for (opened, right) in
        [("2026-03-01", 0), ("2026-03-02", 1), ("2020-01-01", 0), ("2019-12-31", 1)]
    {
        document["disputes"][0]["opened"] = json!(opened);
        assert_eq!(reasons(&document, 0, 0).len(), right, "{opened}");
    }
    // One that has not begun has not ended.
    document["mediators"][0]["designations"] = term("2026-03-03", "2027-03-01");
    document["disputes"][0]["opened"] = json!("2026-03-03");
    assert_eq!(reasons(&document, 0, 0), ["panel"]);
}
