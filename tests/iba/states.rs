//! A State is its organs; those whom it owns or governs are affiliates; regions stand apart.

use comity::format::Severity::{NonWaivableRed, Orange, WaivableRed};

use crate::world::{Look, Row, world};

#[test]
fn an_official_of_an_organ_serves_the_state() {
    Row::new("iba-1.1", NonWaivableRed)
        .found(world().first_party("X-S").tie("m1 official-of X-S"))
        .found(
            world().first_party("X-S").tie("m1 official-of ministry").tie("ministry organ-of X-S"),
        )
        .found(
            world().first_party("ministry").tie("m1 official-of X-S").tie("ministry organ-of X-S"),
        )
        .found(world().first_party("port").tie("m1 official-of X-S").tie("X-S controls port"))
        .looks(Look::Current)
        .silent("another State", world().first_party("X-S").tie("m1 official-of X-N"))
        .check();
}

#[test]
fn a_company_of_the_state_is_an_affiliate() {
    Row::new("iba-3.3-affiliate", Orange)
        .found(world().first_party("X-S").tie("m1 employed-by port").tie("X-S controls port"))
        .found(world().first_party("X-S").tie("m1 employed-by port").tie("port agency-of X-S"))
        .silent("of another State", world().first_party("X-S").tie("m1 employed-by port"))
        .check();
    Row::new("iba-2.3.1", WaivableRed)
        .found(world().first_party("X-S").tie("m1 advises port").tie("X-S controls port"))
        .also(&["iba-3.1.1"])
        .check();
}

#[test]
fn a_national_of_the_region_is_no_national_of_its_state() {
    Row::new("region", Orange)
        .found(world().first_party("X-S").tie("X-M subdivision-of X-S"))
        .found(
            world()
                .first_party("ministry")
                .tie("X-M subdivision-of X-S")
                .tie("ministry organ-of X-S"),
        )
        .found(
            world().first_party("X-N").tie("X-M subdivision-of X-S").tie("X-N subdivision-of X-S"),
        )
        .silent("another State", world().first_party("X-N").tie("X-M subdivision-of X-S"))
        .check();
    Row::new("nationality", NonWaivableRed)
        .found(world().first_party("X-M").tie("X-M subdivision-of X-S"))
        .also(&["region"])
        .silent("only its State", world().first_party("X-S").tie("X-M subdivision-of X-S"))
        .check();
}

#[test]
fn a_national_of_a_third_state() {
    Row::new("third-state-nationality", WaivableRed)
        .found(world().third_state("X-M"))
        .silent("of another", world().third_state("X-S"))
        .check();
}
