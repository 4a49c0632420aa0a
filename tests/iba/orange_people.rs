//! The Orange List, relations with mediators, counsel, experts and others: 3.2 to 3.4.

use comity::format::Severity::Orange;
use serde_json::{Value, json};

use crate::world::{Look, Row, World, world};

fn counsel() -> World {
    world().beside("counsel", "counsel")
}

#[test]
fn row_3_2_1_same_firm_or_employer_as_a_co_mediator() {
    Row::new("iba-3.2.1", Orange)
        .found(world().tie("m1 member-of firm").tie("m2 member-of firm"))
        .found(world().tie("m1 employed-by firm").tie("m2 member-of firm"))
        .found(world().tie("m1 employed-by a").tie("m2 employed-by a"))
        .looks(Look::Current)
        .silent("chambers: 3.2.2", world().tie("m1 member-of inn").tie("m2 member-of inn"))
        .silent("two firms", world().tie("m1 member-of firm").tie("m2 member-of other-firm"))
        .silent("a faculty", world().tie("m1 employed-by faculty").tie("m2 employed-by faculty"))
        .check();
}

#[test]
fn row_3_2_2_same_chambers_as_a_co_mediator() {
    Row::new("iba-3.2.2", Orange)
        .found(world().tie("m1 member-of inn").tie("m2 member-of inn"))
        .looks(Look::Current)
        .silent("a firm: 3.2.1", world().tie("m1 member-of firm").tie("m2 member-of firm"))
        .silent("counsel", counsel().tie("m1 member-of inn").tie("counsel member-of inn"))
        .check();
}

#[test]
fn row_3_2_2_same_chambers_as_counsel() {
    Row::new("iba-3.2.2-counsel", Orange)
        .found(counsel().tie("m1 member-of inn").tie("counsel member-of inn"))
        .looks(Look::Current)
        .silent("a firm: 2.3.3", counsel().tie("m1 member-of firm").tie("counsel member-of firm"))
        .silent("not counsel here", world().tie("m1 member-of inn").tie("counsel member-of inn"))
        .check();
}

fn partner(days: &Value) -> Value {
    let mut partner = days.clone();
    partner["role"] = json!("partner");
    partner
}

fn partners(world: World, other: &str, hers: &Value, theirs: &Value) -> World {
    world
        .tie_with("m1 member-of firm", partner(hers))
        .tie_with(&format!("{other} member-of firm"), partner(theirs))
}

#[test]
fn row_3_2_3_were_partners() {
    for (rule, other) in [("iba-3.2.3", "counsel"), ("iba-3.2.3-co-panel", "m2")] {
        let until = |day: &str| json!({ "end": day });
        let old = until("2024-06-30");
        Row::new(rule, Orange)
            .found(partners(counsel(), other, &old, &old))
            .found(partners(counsel(), other, &until("2023-01-15"), &until("2023-01-15")))
            .found(partners(counsel(), other, &old, &json!({ "start": "2024-06-30" })))
            .looks(Look::Years(3))
            .silent(
                "one after the other",
                partners(counsel(), other, &old, &json!({ "start": "2024-07-01" })),
            )
            .silent(
                "together before the three years only",
                partners(counsel(), other, &until("2023-01-14"), &json!({ "start": "2020-01-01" })),
            )
            .silent(
                "an associate",
                counsel()
                    .tie_with("m1 member-of firm", partner(&old))
                    .tie_with(&format!("{other} member-of firm"), json!({ "role": "associate" })),
            )
            .silent(
                "in chambers",
                counsel()
                    .tie_with("m1 member-of inn", partner(&old))
                    .tie_with(&format!("{other} member-of inn"), partner(&old)),
            )
            .check();
    }
}

const THREE: [&str; 3] = ["2023-06-01", "2024-06-01", "2025-06-01"];

#[test]
fn row_3_2_8_appointed_more_than_three_times_by_counsel() {
    let three = || counsel().appointed_through(&THREE, "counsel");
    let firm = || world().beside("counsel", "firm");
    let members = || {
        firm()
            .tie("counsel member-of firm")
            .tie("x member-of firm")
            .appointed_through(&THREE[..2], "counsel")
            .appointed_through(&THREE[..2], "x")
    };
    Row::new("iba-3.2.8", Orange)
        .found(three().appointed_through(&["2025-07-01"], "counsel"))
        .found(three().appointed_through(&["2023-01-15"], "counsel"))
        .found(firm().appointed_through(&THREE, "firm").appointed_through(&["2025-07-01"], "firm"))
        .found(members())
        .found(members().beside("counsel", "x"))
        .silent("three times", three())
        .silent("a day too early", three().appointed_through(&["2023-01-14"], "counsel"))
        .silent("through another", three().appointed_through(&["2025-07-01"], "x"))
        .silent(
            "through one of her chambers",
            three()
                .tie("counsel member-of inn")
                .tie("x member-of inn")
                .appointed_through(&["2025-07-01"], "x"),
        )
        .check();
}

fn retained(world: World, times: usize, by: &str, tag: &str) -> World {
    (0..times).fold(world, |world, _| {
        let attributes = json!({ "tags": [tag], "end": "2024-06-30" });
        world.tie_with(&format!("m1 retained-by {by}"), attributes)
    })
}

#[test]
fn row_3_2_9_and_10_retained_more_than_three_times_by_counsel() {
    for (rule, tag, other) in
        [("iba-3.2.9", "expert", "mock-trial"), ("iba-3.2.10", "mock-trial", "expert")]
    {
        let firm = counsel().tie("counsel member-of firm");
        Row::new(rule, Orange)
            .found(retained(counsel(), 4, "counsel", tag))
            .found(retained(retained(firm.clone(), 2, "counsel", tag), 2, "firm", tag))
            .looks(Look::Years(3))
            .silent("three times", retained(counsel(), 3, "counsel", tag))
            .silent("for something else", retained(counsel(), 4, "counsel", other))
            .silent(
                "once for something else",
                retained(retained(counsel(), 3, "counsel", tag), 1, "counsel", other),
            )
            .silent("by one who is not counsel", retained(counsel(), 4, "x", tag))
            .check();
    }
}

#[test]
fn row_3_2_co_counsel_of_counsel() {
    Row::new("iba-3.2-co-counsel", Orange)
        .found(counsel().tie("m1 co-counsel-with counsel"))
        .found(counsel().tie("counsel co-counsel-with m1"))
        .looks(Look::Years(3))
        .silent("not counsel here", counsel().tie("m1 co-counsel-with x"))
        .silent("of the other mediator", counsel().tie("m2 co-counsel-with counsel"))
        .check();
}

#[test]
fn row_3_2_co_counsel_of_a_co_mediator() {
    Row::new("iba-3.2-co-counsel-co-panel", Orange)
        .found(world().tie("m1 co-counsel-with m2"))
        .found(world().tie("m2 co-counsel-with m1"))
        .looks(Look::Years(3))
        .silent("with another", world().tie("m1 co-counsel-with x").tie("x co-counsel-with m2"))
        .check();
}

#[test]
fn row_3_2_sits_with_counsel() {
    Row::new("iba-3.2-sits-with", Orange)
        .found(counsel().tie("m1 serves-with counsel"))
        .found(counsel().tie("counsel serves-with m1"))
        .looks(Look::Current)
        .silent("not counsel here", counsel().tie("m1 serves-with x"))
        .check();
}

#[test]
fn row_3_2_sits_with_a_co_mediator() {
    Row::new("iba-3.2-sits-with-co-panel", Orange)
        .found(world().tie("m1 serves-with m2"))
        .found(world().tie("m2 serves-with m1"))
        .looks(Look::Current)
        .silent("with a third", world().tie("m1 serves-with x").tie("m2 serves-with x"))
        .check();
    let sits = |world: World, who: &str, end: &str, case: &str| {
        world.appointment(&json!({
            "mediator": who, "date": "2024-06-01", "end": end, "by": "institution", "case": case,
        }))
    };
    let first = || sits(world(), "m1", "2026-12-31", "old");
    Row::new("iba-3.2-same-case-co-panel", Orange)
        .found(sits(first(), "m2", "2026-01-15", "old"))
        .silent("over", sits(first(), "m2", "2026-01-14", "old"))
        .silent("another case", sits(first(), "m2", "2026-12-31", "new"))
        .check();
}

#[test]
fn row_3_2_friend_or_enemy_of_counsel() {
    Row::new("iba-3.2-close", Orange)
        .found(counsel().tie("m1 friend counsel"))
        .found(counsel().tie("counsel enmity m1"))
        .looks(Look::Current)
        .silent("contact: 4.3", counsel().tie("m1 contact-of counsel"))
        .silent("not counsel here", counsel().tie("m1 friend x"))
        .check();
}

#[test]
fn row_3_3_friend_or_enemy_of_a_manager() {
    Row::new("iba-3.3-close-party", Orange)
        .found(world().tie("m1 friend x").tie("x officer-of p"))
        .found(world().tie("x enmity m1").beside("representatives", "x"))
        .found(world().first_party("x").tie("m1 enmity x"))
        .looks(Look::Current)
        .silent("an employee", world().tie("m1 friend x").tie("x employed-by p"))
        .silent("contact: 4.4", world().tie("m1 contact-of x").tie("x officer-of p"))
        .check();
}

#[test]
fn row_3_3_friend_or_enemy_of_an_expert() {
    let expert = || world().beside("experts", "expert");
    Row::new("iba-3.3-close-expert", Orange)
        .found(expert().tie("m1 friend expert"))
        .found(expert().tie("expert enmity m1"))
        .looks(Look::Current)
        .silent("not an expert here", world().tie("m1 friend expert"))
        .silent("in contact", expert().tie("m1 contact-of expert"))
        .check();
}

#[test]
fn row_3_3_former_employee_or_partner() {
    Row::new("iba-3.3-former", Orange)
        .found(world().tie("m1 employed-by p"))
        .looks_only(Look::Ended)
        .check();
    let past = || json!({ "end": "1999-12-31" });
    Row::new("iba-3.3-former", Orange)
        .found(world().tie_with("m1 employed-by p", past()))
        .found(world().tie_with("m1 officer-of p", past()))
        .found(world().first_party("firm").tie_with("m1 member-of firm", past()))
        .reaches_affiliates("m1 employed-by a", &past())
        .silent("an adviser", world().tie_with("m1 advises p", past()))
        .check();
}

#[test]
fn row_3_3_former_judge() {
    let judge = || json!({ "role": "judge", "end": "2024-06-30" });
    let case = |party: &str| {
        world().appointment(&json!({
            "mediator": "m2", "date": "2010-01-01", "by": "institution", "parties": [party],
            "case": "old",
        }))
    };
    Row::new("iba-3.3-judge", Orange)
        .found(case("p").tie_with("m1 acted-in old", judge()))
        .found(case("a").tie_with("m1 acted-in old", judge()).tie("p controls a"))
        .looks(Look::Years(3))
        .silent("as counsel", case("p").tie_with("m1 acted-in old", json!({ "role": "counsel" })))
        .silent("of strangers", case("a").tie_with("m1 acted-in old", judge()))
        .check();
}

#[test]
fn row_3_3_office_with_an_affiliate() {
    let a = || world().tie_with("p owns a", json!({ "share": 0.6 }));
    Row::new("iba-3.3-affiliate", Orange)
        .found(a().tie("m1 employed-by a"))
        .found(a().tie("m1 officer-of a"))
        .looks(Look::Current)
        .reaches_affiliates("m1 officer-of a", &json!({}))
        .silent("involved: 2.3.4", a().tie_with("m1 officer-of a", json!({ "tags": ["involved"] })))
        .silent("a stranger", world().tie("m1 officer-of a"))
        .silent("the party: 1.2", world().tie("m1 officer-of p"))
        .check();
}

#[test]
fn row_3_3_member_of_a_party() {
    Row::new("iba-3.3-member", Orange)
        .found(world().first_party("guild").tie("m1 member-of guild"))
        .looks(Look::Current)
        .silent("of another body", world().tie("m1 member-of guild"))
        .check();
}

#[test]
fn row_3_3_commercial_relation() {
    Row::new("iba-3.3-commercial", Orange)
        .found(world().tie("m1 commercial-with p"))
        .found(world().tie("p commercial-with m1"))
        .looks(Look::Current)
        .reaches_affiliates("m1 commercial-with a", &json!({}))
        .silent(
            "significant: 2.3.6",
            world().tie_with("m1 commercial-with p", json!({ "significant": true })),
        )
        .check();
}

#[test]
fn row_3_3_6_instructs_an_expert() {
    let expert = || world().beside("experts", "expert");
    Row::new("iba-3.3.6", Orange)
        .found(expert().tie("m1 instructs expert"))
        .looks(Look::Current)
        .silent("the expert instructs her", expert().tie("expert instructs m1"))
        .silent("not an expert here", world().tie("m1 instructs expert"))
        .check();
}

#[test]
fn row_3_4_material_holding_in_a_listed_party() {
    let listed = json!({ "tags": ["listed", "material"] });
    Row::new("iba-3.4-holding", Orange)
        .found(world().tie_with("m1 holds p", listed.clone()))
        .found(world().tie_with("m1 holds fund", listed.clone()).tie("fund funds p"))
        .looks(Look::Current)
        .reaches_affiliates("m1 holds a", &listed)
        .silent("small: 4.4", world().tie_with("m1 holds p", json!({ "tags": ["listed"] })))
        .silent(
            "not listed: 2.2.1",
            world().tie_with("m1 holds p", json!({ "tags": ["material"] })),
        )
        .check();
}

#[test]
fn row_3_4_public_position() {
    Row::new("iba-3.4-position", Orange)
        .found(world().tie("m1 published-on d"))
        .looks(Look::Ever)
        .silent(
            "general: 4.1",
            world().tie_with("m1 published-on d", json!({ "tags": ["general"] })),
        )
        .silent("another case", world().appointed_case().tie("m1 published-on old"))
        .check();
}

#[test]
fn row_3_4_office_in_the_institution() {
    Row::new("iba-3.4-institution", Orange)
        .found(world().tie("m1 officer-of centre"))
        .found(world().tie("m1 official-of centre"))
        .looks(Look::Current)
        .silent("works there", world().tie("m1 employed-by centre"))
        .silent("another institution", world().tie("m1 officer-of guild"))
        .check();
}
