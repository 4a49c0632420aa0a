//! The Green List: what is found and needs no disclosure.

use comity::format::Severity::Green;
use serde_json::json;

use crate::world::{Look, Row, World, world};

fn counsel() -> World {
    world().beside("counsel", "counsel")
}

#[test]
fn row_4_1_general_opinion() {
    let general = json!({ "tags": ["general"] });
    Row::new("iba-4.1", Green)
        .found(world().tie_with("m1 published-on d", general.clone()))
        .looks(Look::Ever)
        .silent("on the dispute: 3.4", world().tie("m1 published-on d"))
        .silent("of somebody else", world().tie_with("m2 published-on d", general))
        .check();
}

#[test]
fn row_4_2_allied_firm() {
    let allied = || world().tie("m1 member-of firm").tie("other-firm allied-with firm");
    Row::new("iba-4.2", Green)
        .found(allied().tie("other-firm advises p"))
        .found(allied().tie("other-firm counsel-for a").tie("p controls a"))
        .found(allied().beside("counsel", "other-firm"))
        .looks(Look::Current)
        .silent("for strangers", allied().tie("other-firm advises a"))
        .silent(
            "sharing fees: 3.1.8",
            world()
                .tie("m1 member-of firm")
                .tie("firm shares-revenue-with other-firm")
                .tie("other-firm advises p"),
        )
        .check();
}

#[test]
fn row_4_3_same_association_or_faculty() {
    Row::new("iba-4.3", Green)
        .found(counsel().tie("m1 member-of guild").tie("counsel member-of guild"))
        .found(counsel().tie("m1 employed-by faculty").tie("counsel employed-by faculty"))
        .looks(Look::Current)
        .silent("chambers: 3.2.2", counsel().tie("m1 member-of inn").tie("counsel member-of inn"))
        .silent("firm: 2.3.3", counsel().tie("m1 member-of firm").tie("counsel member-of firm"))
        .check();
}

#[test]
fn row_4_3_contact_with_counsel() {
    Row::new("iba-4.3-contact", Green)
        .found(counsel().tie("m1 contact-of counsel"))
        .found(counsel().tie("counsel contact-of m1"))
        .looks(Look::Current)
        .silent("a friend: 3.2", counsel().tie("m1 friend counsel"))
        .silent("not counsel here", counsel().tie("m1 contact-of x"))
        .check();
}

#[test]
fn row_4_4_contact_with_a_party() {
    Row::new("iba-4.4-contact", Green)
        .found(world().tie("m1 contact-of x").tie("x officer-of p"))
        .found(world().tie("p contact-of m1"))
        .looks(Look::Current)
        .silent("an employee", world().tie("m1 contact-of x").tie("x employed-by p"))
        .silent("a friend: 3.3", world().tie("m1 friend x").tie("x officer-of p"))
        .check();
}

#[test]
fn row_4_4_small_holding_in_a_listed_party() {
    let listed = json!({ "tags": ["listed"] });
    Row::new("iba-4.4-holding", Green)
        .found(world().tie_with("m1 holds p", listed.clone()))
        .looks(Look::Current)
        .reaches_affiliates("m1 holds a", &listed)
        .silent("not said to be listed: 2.2.1", world().tie("m1 holds p"))
        .silent(
            "material: 3.4",
            world().tie_with("m1 holds p", json!({ "tags": ["listed", "material"] })),
        )
        .silent(
            "significant: 1.3",
            world().tie_with("m1 holds p", json!({ "tags": ["listed"], "significant": true })),
        )
        .check();
}

#[test]
fn row_4_5_heard_the_expert_before() {
    let expert = || world().appointed_case().beside("experts", "expert");
    let heard = json!({ "role": "expert", "end": "2012-06-30" });
    Row::new("iba-4.5", Green)
        .found(expert().tie_with("expert acted-in old", heard.clone()))
        .looks(Look::Ever)
        .silent(
            "as counsel",
            expert().tie_with("expert acted-in old", json!({ "role": "counsel" })),
        )
        .silent(
            "not an expert here",
            world().appointed_case().tie_with("expert acted-in old", heard),
        )
        .check();
}
