//! The Orange List, services for a party: 3.1.

use comity::format::Severity::Orange;
use serde_json::json;

use crate::world::{Look, Row, World, world};

#[test]
fn row_3_1_1_was_counsel_for_a_party() {
    Row::new("iba-3.1.1", Orange)
        .found(world().tie_with("m1 counsel-for p", json!({ "end": "2024-06-30" })))
        .found(world().tie_with("m1 advises p", json!({ "end": "2023-01-15" })))
        .looks(Look::Years(3))
        .reaches_affiliates("m1 counsel-for a", &json!({ "end": "2024-06-30" }))
        .silent("against: 3.1.2", world().tie("m1 counsel-against p"))
        .silent("for a stranger", world().tie("m1 counsel-for a"))
        .check();
}

#[test]
fn row_3_1_2_was_counsel_against_a_party() {
    Row::new("iba-3.1.2", Orange)
        .found(world().tie("m1 counsel-against p"))
        .looks(Look::Years(3))
        .reaches_affiliates("m1 counsel-against a", &json!({ "end": "2024-06-30" }))
        .silent("for: 3.1.1", world().tie("m1 counsel-for p"))
        .check();
}

#[test]
fn row_3_1_3_appointed_twice_by_a_party() {
    let first = || world().appointed("2024-05-01", "p");
    Row::new("iba-3.1.3", Orange)
        .found(first().appointed("2025-05-01", "p"))
        .found(first().appointed("2023-01-15", "p"))
        .found(first().appointed("2026-01-15", "p"))
        .found(first().appointed("2024-05-01", "p"))
        .found(first().appointed("2025-05-01", "a").tie("p controls a"))
        .found(first().appointed("2025-05-01", "a").tie("b controls a").tie("b controls p"))
        .silent("once", first())
        .silent("a day too early", first().appointed("2023-01-14", "p"))
        .silent("not yet", first().appointed("2026-01-16", "p"))
        .silent("once by each party", first().appointed("2025-05-01", "q"))
        .silent("by the institution", first().appointed("2025-05-01", "institution"))
        .silent("by a stranger", first().appointed("2025-05-01", "a"))
        .check();
}

#[test]
fn row_3_1_4_prepared_hearings_twice_for_a_party() {
    let mock = || json!({ "tags": ["mock-trial"], "end": "2024-05-01" });
    let once = || world().tie_with("m1 retained-by p", mock());
    Row::new("iba-3.1.4", Orange)
        .found(once().tie_with("m1 retained-by p", mock()))
        .found(once().tie_with("m1 retained-by a", mock()).tie("p controls a"))
        .looks(Look::Years(3))
        .silent("once", once())
        .silent("once for each", once().tie_with("m1 retained-by q", mock()))
        .silent("as an expert", once().tie_with("m1 retained-by p", json!({ "tags": ["expert"] })))
        .silent("for nothing that is said", once().tie("m1 retained-by p"))
        .check();
}

/// A past case of `p` and `a` in which `m1` was appointed on a day, by the institution.
fn case_of(actor: &str, day: &str) -> World {
    world().appointment(&json!({
        "mediator": "m1", "date": day, "by": "institution", "parties": [actor, "y"], "case": "old",
    }))
}

#[test]
fn row_3_1_5_sat_in_a_related_dispute_of_a_party() {
    Row::new("iba-3.1.5", Orange)
        .found(case_of("p", "2024-05-01").related("old"))
        .found(case_of("p", "2023-01-15").related("old"))
        .found(case_of("a", "2024-05-01").related("old").tie("p controls a"))
        .silent("not related", case_of("p", "2024-05-01"))
        .silent("a day too early", case_of("p", "2023-01-14").related("old"))
        .silent("not yet", case_of("p", "2026-01-16").related("old"))
        .silent("no party in common", case_of("a", "2024-05-01").related("old"))
        .check();
}

#[test]
fn row_3_1_5_was_counsel_in_a_related_case() {
    let counsel = json!({ "role": "counsel" });
    let case = || world().appointed_case().related("old");
    Row::new("iba-3.1.5-counsel", Orange)
        .found(case().tie_with("m1 acted-in old", counsel.clone()))
        .found(case().tie_with("m1 acted-in old", json!({ "role": "adviser" })))
        .looks(Look::Years(3))
        .silent("as a judge", case().tie_with("m1 acted-in old", json!({ "role": "judge" })))
        .silent("in no role that is said", case().tie("m1 acted-in old"))
        .silent("not related", world().appointed_case().tie_with("m1 acted-in old", counsel))
        .check();
}

#[test]
fn row_3_1_6_was_an_expert_for_a_party() {
    Row::new("iba-3.1.6", Orange)
        .found(world().tie("m1 expert-for p"))
        .looks(Look::Years(3))
        .reaches_affiliates("m1 expert-for a", &json!({ "end": "2024-06-30" }))
        .silent("the other mediator", world().tie("m2 expert-for p"))
        .silent("for a stranger", world().tie("m1 expert-for a"))
        .check();
}

#[test]
fn row_3_1_7_firm_serves_a_party() {
    let firm = || world().tie("m1 member-of firm");
    Row::new("iba-3.1.7", Orange)
        .found(firm().tie("firm commercial-with p"))
        .found(firm().tie("firm advises p"))
        .found(firm().tie("p commercial-with firm"))
        .found(firm().tie("firm advises a").tie_with("p owns a", json!({ "share": 0.6 })))
        .looks(Look::Current)
        .silent(
            "significant: 2.3.6",
            firm().tie_with("firm advises p", json!({ "significant": true })),
        )
        .silent("chambers", world().tie("m1 member-of inn").tie("inn advises p"))
        .silent("a faculty", world().tie("m1 employed-by faculty").tie("faculty advises p"))
        .check();
}

#[test]
fn row_3_1_8_firm_shares_fees_with_a_firm_that_acts_for_a_party() {
    let firms = || world().tie("m1 member-of firm").tie("firm shares-revenue-with other-firm");
    Row::new("iba-3.1.8", Orange)
        .found(firms().tie("other-firm advises p"))
        .found(
            world()
                .tie("m1 member-of firm")
                .tie("other-firm shares-revenue-with firm")
                .beside("counsel", "other-firm"),
        )
        .found(firms().tie("counsel member-of other-firm").beside("counsel", "counsel"))
        .found(world().tie("m1 shares-revenue-with other-firm").tie("other-firm advises p"))
        .looks(Look::Current)
        .silent(
            "allied: 4.2",
            world()
                .tie("m1 member-of firm")
                .tie("firm allied-with other-firm")
                .tie("other-firm advises p"),
        )
        .silent("for a stranger", firms().tie("other-firm advises a"))
        .silent("against", firms().tie("other-firm counsel-against p"))
        .check();
}

#[test]
fn row_3_1_firm_acted_for_or_against_a_party() {
    let past = || json!({ "end": "2024-06-30" });
    let firm = || world().tie("m1 member-of firm");
    Row::new("iba-3.1-firm-past", Orange)
        .found(firm().tie_with("firm counsel-for p", past()))
        .found(firm().tie_with("firm counsel-against p", past()))
        .found(firm().tie_with("firm advises p", json!({ "end": "2023-01-15" })))
        .found(firm().tie_with("firm counsel-for a", past()).tie("p controls a"))
        .silent(
            "a day too early",
            firm().tie_with("firm counsel-for p", json!({ "end": "2023-01-14" })),
        )
        .silent(
            "she has left",
            world()
                .tie_with("m1 member-of firm", json!({ "end": "2026-01-14" }))
                .tie_with("firm counsel-for p", past()),
        )
        .silent("chambers", world().tie("m1 member-of inn").tie_with("inn counsel-for p", past()))
        .check();
}

#[test]
fn three_years_before_a_leap_day() {
    let world = |end: &str| {
        world().judged_on("2024-02-29").tie_with("m1 counsel-against p", json!({ "end": end }))
    };
    Row::new("iba-3.1.2", Orange)
        .found(world("2021-02-28"))
        .silent("a day too early", world("2021-02-27"))
        .check();
}
