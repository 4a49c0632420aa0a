//! The Red Lists.

use comity::format::Severity::{NonWaivableRed, WaivableRed};
use serde_json::json;

use crate::world::{Look, Row, world};

#[test]
fn row_1_1_represents_or_works_for_a_party() {
    Row::new("iba-1.1", NonWaivableRed)
        .found(world().tie("m1 employed-by p"))
        .found(world().tie("m1 represents p"))
        .found(world().first_party("firm").tie("m1 member-of firm"))
        .looks(Look::Current)
        .silent("a party of no dispute", world().tie("m1 employed-by a"))
        .silent("a member of a company", world().tie("m1 member-of p"))
        .silent("the other mediator", world().tie("m2 employed-by p"))
        .check();
}

#[test]
fn row_1_2_directs_or_controls_a_party() {
    Row::new("iba-1.2", NonWaivableRed)
        .found(world().tie("m1 officer-of p"))
        .found(world().tie("m1 controls p"))
        .found(world().tie_with("m1 owns p", json!({ "share": 0.51 })))
        .found(world().tie("m1 officer-of fund").tie("fund funds p"))
        .found(world().tie("m1 officer-of a").tie_with("a owns p", json!({ "share": 0.51 })))
        .looks(Look::Current)
        .silent("half is no control", world().tie_with("m1 owns p", json!({ "share": 0.5 })))
        .silent("the fund funds another", world().tie("m1 officer-of fund").tie("fund funds a"))
        .silent(
            "a subsidiary of the party",
            world().tie("m1 officer-of a").tie_with("p owns a", json!({ "share": 0.51 })),
        )
        .check();
}

#[test]
fn row_1_2_the_funding_must_go_on() {
    Row::new("iba-1.2", NonWaivableRed)
        .found(world().tie("m1 officer-of fund").tie("fund funds p"))
        .looks(Look::Current)
        .check();
}

#[test]
fn row_1_3_significant_interest_in_a_party() {
    let significant = json!({ "significant": true });
    Row::new("iba-1.3", NonWaivableRed)
        .found(world().tie_with("m1 holds p", significant.clone()))
        .also(&["iba-2.2.1"])
        .found(world().tie_with("m1 holds a", significant.clone()).tie("a controls p"))
        .looks(Look::Current)
        .silent("not said to be significant", world().tie("m1 holds p"))
        .silent("not significant", world().tie_with("m1 holds p", json!({ "significant": false })))
        .check();
    Row::new("iba-1.3", NonWaivableRed)
        .found(
            world().tie_with(
                "m1 holds p",
                json!({ "significant": true, "tags": ["listed", "material"] }),
            ),
        )
        .also(&["iba-3.4-holding"])
        .check();
}

#[test]
fn row_1_3_interest_in_the_outcome() {
    Row::new("iba-1.3-outcome", NonWaivableRed)
        .found(world().tie("m1 interest-in d"))
        .looks(Look::Current)
        .silent("of somebody else", world().tie("x interest-in d"))
        .silent("of family: 2.2.2", world().tie("m1 family x").tie("x interest-in d"))
        .check();
}

#[test]
fn row_1_4_regular_advice_with_significant_income() {
    let regular = json!({ "significant": true, "tags": ["regular"] });
    Row::new("iba-1.4", NonWaivableRed)
        .found(world().tie_with("m1 advises p", regular.clone()))
        .also(&["iba-2.3.1", "iba-3.1.1"])
        .found(world().tie("m1 member-of firm").tie_with("firm counsel-for p", regular.clone()))
        .found(world().tie("m1 employed-by firm").tie_with("firm advises p", regular.clone()))
        .looks(Look::Current)
        .reaches_affiliates("m1 advises a", &regular)
        .silent("not regular", world().tie_with("m1 advises p", json!({ "significant": true })))
        .silent("not significant", world().tie_with("m1 advises p", json!({ "tags": ["regular"] })))
        .silent(
            "chambers are no firm",
            world().tie("m1 member-of inn").tie_with("inn advises p", regular),
        )
        .check();
}

#[test]
fn row_2_1_acted_in_this_dispute() {
    Row::new("iba-2.1", WaivableRed)
        .found(world().tie("m1 acted-in d"))
        .found(world().tie_with("m1 acted-in d", json!({ "role": "adviser" })))
        .looks(Look::Ever)
        .silent("another case", world().appointed_case().tie("m1 acted-in old"))
        .silent("somebody else", world().tie("x acted-in d"))
        .check();
}

#[test]
fn row_2_2_1_shares_that_are_not_listed() {
    let unlisted = json!({ "tags": ["unlisted"] });
    Row::new("iba-2.2.1", WaivableRed)
        .found(world().tie_with("m1 holds p", unlisted.clone()))
        .found(world().tie("m1 holds p"))
        .found(world().tie_with("m1 owns p", json!({ "share": 0.01 })))
        .looks(Look::Current)
        .reaches_affiliates("m1 holds a", &unlisted)
        .silent("listed", world().tie_with("m1 holds p", json!({ "tags": ["listed"] })))
        .silent("of the other mediator", world().tie("m2 holds p"))
        .check();
}

#[test]
fn row_2_2_2_interest_of_family_in_the_outcome() {
    Row::new("iba-2.2.2", WaivableRed)
        .found(world().tie("m1 family x").tie("x interest-in d"))
        .found(world().tie("x family m1").tie("x interest-in d"))
        .looks(Look::Current)
        .silent("a friend is no family", world().tie("m1 friend x").tie("x interest-in d"))
        .silent(
            "family of family",
            world().tie("m1 family x").tie("x family y").tie("y interest-in d"),
        )
        .check();
}

#[test]
fn row_2_3_1_represents_or_advises_a_party() {
    Row::new("iba-2.3.1", WaivableRed)
        .found(world().tie("m1 advises p"))
        .also(&["iba-3.1.1"])
        .found(world().tie("m1 counsel-for p"))
        .found(world().tie("m1 advises fund").tie("fund funds p"))
        .looks(Look::Current)
        .reaches_affiliates("m1 advises a", &json!({}))
        .silent("against", world().tie("m1 counsel-against p"))
        .silent("her firm", world().tie("m1 member-of firm").tie("firm advises p"))
        .check();
}

#[test]
fn row_2_3_2_represents_or_advises_counsel() {
    let counsel = || world().beside("counsel", "counsel");
    Row::new("iba-2.3.2", WaivableRed)
        .found(counsel().tie("m1 advises counsel"))
        .found(counsel().tie("m1 counsel-for firm").tie("counsel member-of firm"))
        .found(world().beside("counsel", "firm").tie("m1 advises firm"))
        .looks(Look::Current)
        .silent("not counsel here", world().tie("m1 advises counsel"))
        .silent("counsel advises her", counsel().tie("counsel advises m1"))
        .silent(
            "another firm",
            counsel().tie("m1 advises other-firm").tie("counsel member-of firm"),
        )
        .check();
}

#[test]
fn row_2_3_3_same_firm_as_counsel() {
    let counsel = || world().beside("counsel", "counsel");
    Row::new("iba-2.3.3", WaivableRed)
        .found(counsel().tie("m1 member-of firm").tie("counsel member-of firm"))
        .found(counsel().tie("m1 employed-by firm").tie("counsel member-of firm"))
        .found(world().beside("counsel", "firm").tie("m1 member-of firm"))
        .looks(Look::Current)
        .silent("chambers: 3.2.2", counsel().tie("m1 member-of inn").tie("counsel member-of inn"))
        .silent(
            "faculty: 4.3",
            counsel().tie("m1 employed-by faculty").tie("counsel employed-by faculty"),
        )
        .silent("two firms", counsel().tie("m1 member-of firm").tie("counsel member-of other-firm"))
        .silent("not counsel here", world().tie("m1 member-of firm").tie("x member-of firm"))
        .check();
}

#[test]
fn row_2_3_4_office_with_an_affiliate_that_is_involved() {
    let involved = json!({ "tags": ["involved"] });
    Row::new("iba-2.3.4", WaivableRed)
        .found(
            world()
                .tie_with("m1 officer-of a", involved.clone())
                .tie_with("p owns a", json!({ "share": 0.6 })),
        )
        .looks(Look::Current)
        .reaches_affiliates("m1 officer-of a", &involved)
        .reaches_affiliates("m1 controls a", &involved)
        .silent(
            "not involved: 3.3",
            world().tie("m1 officer-of a").tie_with("p owns a", json!({ "share": 0.6 })),
        )
        .silent("no affiliate", world().tie_with("m1 officer-of a", involved.clone()))
        .silent("no office", world().tie_with("m1 employed-by a", involved).tie("p controls a"))
        .check();
}

#[test]
fn row_2_3_5_firm_was_involved_without_her() {
    Row::new("iba-2.3.5", WaivableRed)
        .found(
            world()
                .tie("m1 member-of firm")
                .tie_with("firm acted-in d", json!({ "end": "2009-03-31" })),
        )
        .found(world().tie("m1 employed-by firm").tie("firm acted-in d"))
        .silent(
            "she left the firm",
            world()
                .tie_with("m1 member-of firm", json!({ "end": "2026-01-14" }))
                .tie("firm acted-in d"),
        )
        .silent("chambers", world().tie("m1 member-of inn").tie("inn acted-in d"))
        .silent(
            "another case",
            world().appointed_case().tie("m1 member-of firm").tie("firm acted-in old"),
        )
        .silent(
            "later",
            world()
                .tie("m1 member-of firm")
                .tie_with("firm acted-in d", json!({ "start": "2026-01-16" })),
        )
        .check();
}

#[test]
fn row_2_3_6_significant_commercial_relation_of_the_firm() {
    let significant = json!({ "significant": true });
    let firm = || world().tie("m1 member-of firm");
    Row::new("iba-2.3.6", WaivableRed)
        .found(firm().tie_with("firm commercial-with p", significant.clone()))
        .found(firm().tie_with("p commercial-with firm", significant.clone()))
        .found(firm().tie_with("firm advises p", significant.clone()))
        .found(
            firm().tie_with("firm commercial-with fund", significant.clone()).tie("fund funds p"),
        )
        .looks(Look::Current)
        .silent("not significant: 3.1.7", firm().tie("firm commercial-with p"))
        .silent(
            "chambers",
            world().tie("m1 member-of inn").tie_with("inn commercial-with p", significant.clone()),
        )
        .silent("another firm", firm().tie_with("other-firm commercial-with p", significant))
        .check();
}

#[test]
fn row_2_3_6_significant_commercial_relation_of_her_own() {
    let significant = json!({ "significant": true });
    Row::new("iba-2.3.6-own", WaivableRed)
        .found(world().tie_with("m1 commercial-with p", significant.clone()))
        .found(world().tie_with("p commercial-with m1", significant.clone()))
        .looks(Look::Current)
        .reaches_affiliates("m1 commercial-with a", &significant)
        .silent("not significant", world().tie("m1 commercial-with p"))
        .check();
}

#[test]
fn row_2_3_7_family_in_a_party() {
    let family = || world().tie("x family m1");
    Row::new("iba-2.3.7", WaivableRed)
        .found(family().tie("x officer-of p"))
        .found(family().tie("x counsel-for p"))
        .found(family().beside("representatives", "x"))
        .found(world().first_party("x").tie("m1 family x"))
        .looks(Look::Current)
        .silent("a friend: 3.3", world().tie("m1 friend x").tie("x officer-of p"))
        .silent("no manager", family().tie("x employed-by p"))
        .silent("of another company", family().tie("x officer-of a"))
        .check();
}

#[test]
fn row_2_3_7_family_of_counsel() {
    let counsel = || world().beside("counsel", "counsel");
    Row::new("iba-2.3.7-counsel", WaivableRed)
        .found(counsel().tie("counsel family m1"))
        .also(&["iba-2.3.7"])
        .found(counsel().tie("m1 family counsel"))
        .looks(Look::Current)
        .silent("a friend: 3.2", counsel().tie("m1 friend counsel"))
        .silent("not counsel here", world().tie("m1 family counsel"))
        .check();
}

#[test]
fn row_2_3_8_interest_of_family_in_a_party() {
    let significant = json!({ "significant": true });
    let family = || world().tie("m1 family x");
    Row::new("iba-2.3.8", WaivableRed)
        .found(family().tie_with("x holds p", significant.clone()))
        .found(family().tie_with("x owns p", json!({ "share": 0.51 })))
        .found(family().tie_with("x holds a", significant.clone()).tie("p controls a"))
        .looks(Look::Current)
        .silent("not significant", family().tie("x holds p"))
        .silent("half", family().tie_with("x owns p", json!({ "share": 0.5 })))
        .silent("a friend", world().tie("m1 friend x").tie_with("x holds p", significant))
        .check();
}
