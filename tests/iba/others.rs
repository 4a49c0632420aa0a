//! The other profiles: what each adds to nationality, rule by rule where they are their own.

use comity::format::Severity::{NonWaivableRed, Orange, WaivableRed};
use serde_json::json;

use crate::world::{Look, Row, World, world};

/// Someone was appointed in the past case `old`, of strangers, on a day.
fn sat(world: World, who: &str, day: &str) -> World {
    world.appointment(&json!({
        "mediator": who, "date": day, "by": "institution", "parties": ["b"], "case": "old",
    }))
}

#[test]
fn icsid_a_member_of_the_old_tribunal() {
    Row::of("icsid-52-3", "icsid-52-3-a", NonWaivableRed)
        .found(sat(world(), "m1", "1999-01-01").related("old"))
        .also(&["icsid-52-3-b"])
        .found(
            sat(world(), "m2", "2010-01-01")
                .related("old")
                .tie_with("m1 acted-in old", json!({ "role": "arbitrator" })),
        )
        .silent("not the case to be judged", sat(world(), "m1", "1999-01-01"))
        .silent("not yet", sat(world(), "m1", "2026-01-16").related("old"))
        .silent(
            "as counsel",
            sat(world(), "m2", "2010-01-01")
                .related("old")
                .tie_with("m1 acted-in old", json!({ "role": "counsel" })),
        )
        .check();
}

#[test]
fn icsid_b_nationality_of_a_member_of_the_old_tribunal() {
    Row::of("icsid-52-3", "icsid-52-3-b", NonWaivableRed)
        .found(sat(world(), "m2", "1999-01-01").national("m2", "X-M").related("old"))
        .silent("not related", sat(world(), "m2", "1999-01-01").national("m2", "X-M"))
        .silent("of another State", sat(world(), "m2", "1999-01-01").related("old"))
        .check();
}

#[test]
fn icsid_c_and_d_national_or_designee_of_either_side() {
    Row::of("icsid-52-3", "nationality", NonWaivableRed)
        .found(world().first_party("X-M"))
        .found(world().incorporated("p", "X-M"))
        .silent("of neither", world().first_party("X-S").incorporated("q", "X-N"))
        .check();
    Row::of("icsid-52-3", "designation", NonWaivableRed)
        .found(world().first_party("X-S").designated("m1", "X-S"))
        .found(world().incorporated("p", "X-S").designated("m1", "X-S"))
        .silent("by another", world().first_party("X-N").designated("m1", "X-S"))
        .check();
}

#[test]
fn icsid_e_conciliator_in_the_same_dispute() {
    let role = |role: &str| json!({ "role": role });
    Row::of("icsid-52-3", "icsid-52-3-e", NonWaivableRed)
        .found(world().tie_with("m1 acted-in d", role("conciliator")))
        .found(
            sat(world(), "m2", "2010-01-01")
                .related("old")
                .tie_with("m1 acted-in old", role("conciliator")),
        )
        .looks(Look::Ever)
        .silent("as a judge", world().tie_with("m1 acted-in d", role("judge")))
        .check();
}

#[test]
fn uncitral_double_hatting_on_the_same_measures() {
    let counsel = json!({ "role": "counsel" });
    let case = || sat(world(), "m2", "2010-01-01").related("old");
    Row::of("uncitral-code-2023", "uncitral-4-measures", WaivableRed)
        .found(case().tie_with("m1 acted-in old", counsel.clone()))
        .found(case().tie_with("m1 acted-in old", json!({ "role": "expert" })))
        .found(world().tie_with("m1 acted-in d", counsel.clone()))
        .looks(Look::Years(3))
        .silent("as a judge", case().tie_with("m1 acted-in old", json!({ "role": "judge" })))
        .silent(
            "not related",
            sat(world(), "m2", "2010-01-01").tie_with("m1 acted-in old", counsel),
        )
        .silent(
            "the same provisions alone",
            case().tie_with(
                "m1 acted-in old",
                json!({ "role": "counsel", "tags": ["same-provisions"] }),
            ),
        )
        .check();
}

#[test]
fn uncitral_double_hatting_on_the_same_provisions() {
    let counsel = json!({ "role": "counsel", "tags": ["same-provisions"] });
    let case = || sat(world(), "m2", "2010-01-01").related("old");
    Row::of("uncitral-code-2023", "uncitral-4-provisions", WaivableRed)
        .found(case().tie_with("m1 acted-in old", counsel.clone()))
        .looks(Look::Years(1))
        .silent(
            "not related",
            sat(world(), "m2", "2010-01-01").tie_with("m1 acted-in old", counsel),
        )
        .check();
}

#[test]
fn uncitral_double_hatting_with_the_same_party() {
    Row::of("uncitral-code-2023", "uncitral-4-party", WaivableRed)
        .found(world().tie("m1 counsel-for p"))
        .also(&["uncitral-11-party"])
        .found(world().tie("m1 counsel-against p"))
        .found(world().tie("m1 expert-for p"))
        .looks(Look::Years(3))
        .reaches_affiliates("m1 counsel-for a", &json!({}))
        .silent("an adviser", world().tie("m1 advises p"))
        .check();
    let of = |party: &str| {
        world().appointment(&json!({
            "mediator": "m2", "date": "2010-01-01", "by": "institution", "parties": [party],
            "case": "old",
        }))
    };
    let expert = json!({ "role": "expert" });
    Row::of("uncitral-code-2023", "uncitral-4-party-case", WaivableRed)
        .found(of("p").tie_with("m1 acted-in old", expert.clone()))
        .found(of("a").tie_with("m1 acted-in old", expert.clone()).tie("p controls a"))
        .looks(Look::Years(3))
        .silent("of strangers", of("a").tie_with("m1 acted-in old", expert))
        .check();
}

#[test]
fn uncitral_disclosure_looks_back_five_years() {
    Row::of("uncitral-code-2023", "uncitral-11-party", Orange)
        .found(world().tie("m1 advises p"))
        .found(world().tie("p commercial-with m1"))
        .looks(Look::Years(5))
        .reaches_affiliates("m1 retained-by a", &json!({}))
        .check();
    Row::of("uncitral-code-2023", "uncitral-11-appointments", Orange)
        .found(sat(world(), "m1", "2021-01-15").tie("p controls b"))
        .found(world().appointed("2025-05-01", "p"))
        .silent("a day too early", sat(world(), "m1", "2021-01-14").tie("p controls b"))
        .silent("of strangers", sat(world(), "m1", "2025-05-01"))
        .check();
    Row::of("uncitral-code-2023", "uncitral-11-related", Orange)
        .found(sat(world(), "m1", "2021-01-15").related("old"))
        .silent("a day too early", sat(world(), "m1", "2021-01-14").related("old"))
        .silent("not related", sat(world(), "m1", "2025-05-01"))
        .check();
}

#[test]
fn hong_kong_any_affiliation_however_old() {
    for kind in ["advises", "counsel-against", "expert-for", "commercial-with", "contact-of"] {
        Row::of("hk-mediation-code", "hk-affiliation", Orange)
            .found(world().tie_with(&format!("m1 {kind} p"), json!({ "end": "1999-12-31" })))
            .looks(Look::Ever)
            .reaches_affiliates(&format!("m1 {kind} a"), &json!({}))
            .check();
    }
    Row::of("hk-mediation-code", "hk-past-interest", Orange)
        .found(world().tie_with("m1 holds p", json!({ "end": "1999-12-31" })))
        .looks(Look::Ever)
        .check();
    Row::of("hk-mediation-code", "hk-appointed", Orange)
        .found(world().appointed("1950-01-01", "p"))
        .silent("by a stranger", world().appointed("2025-01-01", "a"))
        .check();
}

#[test]
fn hong_kong_present_ties_are_red() {
    for (rule, said) in [
        ("hk-office", "m1 employed-by p"),
        ("hk-interest", "m1 holds p"),
        ("hk-counsel", "m1 advises p"),
        ("hk-family", "m1 family p"),
    ] {
        let also = if rule == "hk-interest" { "hk-past-interest" } else { "hk-affiliation" };
        Row::of("hk-mediation-code", rule, WaivableRed)
            .found(world().tie(said))
            .also(&[also])
            .looks(Look::Current)
            .check();
    }
}

/// What strict found before this profile was written with groups, it finds now; and these.
#[test]
fn strict_reads_what_it_did_not_read() {
    let red = |rule: &'static str| Row::of("strict", rule, NonWaivableRed);
    red("party-office")
        .found(world().tie("m1 officer-of fund").tie("fund funds p"))
        .also(&["past-service"])
        .check();
    red("outcome-interest").found(world().tie("m1 interest-in d")).looks(Look::Current).check();
    let waivable = |rule: &'static str| Row::of("strict", rule, WaivableRed);
    waivable("co-panel-firm")
        .found(world().tie("m1 member-of firm").tie("m2 member-of firm"))
        .looks(Look::Current)
        .check();
    waivable("co-panel-family").found(world().tie("m1 family m2")).looks(Look::Current).check();
    waivable("own-involvement").found(world().tie("m1 acted-in d")).looks(Look::Ever).check();
    waivable("family-interest").found(world().tie("m1 family x").tie("x interest-in d")).check();
    let orange = |rule: &'static str| Row::of("strict", rule, Orange);
    orange("repeat-party")
        .found(
            world().appointed("2025-01-01", "p").appointed("2025-02-01", "a").tie("p controls a"),
        )
        .silent("by a stranger", world().appointed("2025-01-01", "p").appointed("2025-02-01", "a"))
        .check();
    let through = |second: &str| {
        let world = world().beside("counsel", "counsel").tie("counsel member-of firm");
        world
            .tie("x member-of firm")
            .appointed_through(&["2024-01-01", "2024-02-01"], "counsel")
            .appointed_through(&["2025-01-01", "2025-02-01"], second)
    };
    orange("repeat-counsel")
        .found(through("x"))
        .found(through("firm"))
        .silent("of another firm", through("y"))
        .check();
    orange("retained-by-party")
        .found(world().tie("m1 retained-by p").tie("m1 retained-by p"))
        .looks(Look::Years(3))
        .check();
    orange("shared-revenue")
        .found(world().tie("m1 shares-revenue-with firm").tie("firm advises p"))
        .looks(Look::Current)
        .check();
}
