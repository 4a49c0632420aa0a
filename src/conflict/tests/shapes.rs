//! Who stands behind a party: nationality, bodies of States, groups; secrecy; ties; counts.

use super::world::{World, date, span};
use crate::domain::{ActorIx, MediatorIx};
use crate::format::{RelationKind as K, Severity};

/// Whether a national of KE (and, where given, of more States) is barred by nationality in a
/// dispute of the party that `build` makes against ZZ; and the witness.
fn national_of_ke(build: impl Fn(&mut World, ActorIx) -> ActorIx) -> Option<String> {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[ke]);
    let party = build(&mut w, ke);
    let d = w.dispute(&[zz, party]);
    let screened = w.screen();
    screened.finding(d, m, "nationality").map(|finding| screened.path(finding))
}

#[test]
fn the_state_itself_and_its_bodies() {
    assert_eq!(national_of_ke(|_, ke| ke).as_deref(), Some("m -nationality-> KE"));
    for (kind, word) in
        [(K::OrganOf, "organ-of"), (K::SubdivisionOf, "subdivision-of"), (K::AgencyOf, "agency-of")]
    {
        let path = national_of_ke(|w, ke| {
            let body = w.organisation("body");
            w.relate(body, kind, ke);
            body
        });
        assert_eq!(path, Some(format!("m -nationality-> KE <-{word}- body")));
    }
    // An agency of a subdivision that owns a company: a State-owned enterprise two levels down.
    let path = national_of_ke(|w, ke| {
        let county = w.organisation("county");
        let agency = w.organisation("agency");
        let soe = w.organisation("soe");
        w.relate(county, K::SubdivisionOf, ke);
        w.relate(agency, K::AgencyOf, county);
        w.relate(agency, K::Owns, soe).share = Some(600_000);
        soe
    });
    let expected = "m -nationality-> KE <-subdivision-of- county <-agency-of- agency -owns-> soe";
    assert_eq!(path.as_deref(), Some(expected));
    // A State is not held to account for the nationality of its bodies' other owners.
    let silent = national_of_ke(|w, ke| {
        let soe = w.organisation("soe");
        w.relate(ke, K::Owns, soe).share = Some(500_000);
        soe
    });
    assert_eq!(silent, None);
}

#[test]
fn a_company_and_its_owners() {
    // The company's own nationality.
    let path = national_of_ke(|w, ke| {
        let company = w.organisation("company");
        w.national(company, ke, span("", ""));
        company
    });
    assert_eq!(path.as_deref(), Some("m -nationality-> KE <-nationality- company"));
    // That of its owner's owner, a person who controls.
    let path = national_of_ke(|w, ke| {
        let xx = w.state("XX");
        let company = w.organisation("company");
        let holding = w.organisation("holding");
        let tycoon = w.person("tycoon");
        w.national(company, xx, span("", ""));
        w.national(holding, xx, span("", ""));
        w.national(tycoon, ke, span("", ""));
        w.relate(holding, K::Owns, company).share = Some(510_000);
        w.relate(tycoon, K::Controls, holding);
        company
    });
    let expected = "m -nationality-> KE <-nationality- tycoon -controls-> holding -owns-> company";
    assert_eq!(path.as_deref(), Some(expected));
    // A subsidiary's nationality says nothing about its parent.
    let silent = national_of_ke(|w, ke| {
        let parent = w.organisation("parent");
        let daughter = w.organisation("daughter");
        w.national(daughter, ke, span("", ""));
        w.relate(parent, K::Controls, daughter);
        parent
    });
    assert_eq!(silent, None);
}

#[test]
fn members_of_a_union_are_its_nationals_and_not_the_other_way() {
    let path = national_of_ke(|w, ke| {
        let union = w.organisation("union");
        let inner = w.organisation("inner");
        w.member(union, inner);
        w.member(inner, ke);
        union
    });
    let expected = "m -nationality-> KE <-has-member- inner <-has-member- union";
    assert_eq!(path.as_deref(), Some(expected));
    // A fellow member's dispute is not one's own.
    let silent = national_of_ke(|w, ke| {
        let union = w.organisation("union");
        let tz = w.state("TZ");
        w.member(union, ke);
        w.member(union, tz);
        tz
    });
    assert_eq!(silent, None);
}

#[test]
fn any_nationality_on_any_test_date() {
    let mut w = World::new();
    let ke = w.state("KE");
    let fr = w.state("FR");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[fr]);
    let actor = w.of(m);
    w.national(actor, ke, span("2010-01-01", "2024-06-01"));
    let company = w.organisation("company");
    w.national(company, ke, span("2025-01-01", ""));
    let d = w.dispute(&[ke, zz]);
    let by_company = w.dispute(&[company, zz]);
    let french = w.dispute(&[fr, zz]);
    let fires = |dates: &[&str], d| {
        let mut w = w.clone();
        w.docket(d).test_dates = dates.iter().map(|text| date(text)).collect();
        let screened = w.screen();
        let found = screened.finding(d, m, "nationality").is_some();
        assert_eq!(found, screened.instance.is_national_of_party(m, d), "{dates:?}");
        found
    };
    // Opened while he still was one; lost it the day before; acquired it that day.
    assert!(fires(&["2024-06-01", "2026-01-15"], d));
    assert!(!fires(&["2024-06-02", "2026-01-15"], d));
    assert!(fires(&["2010-01-01", "2026-01-15"], d));
    assert!(!fires(&["2009-12-31", "2026-01-15"], d));
    // Each on some test date, not necessarily the same.
    assert!(fires(&["2024-06-01", "2025-01-01"], by_company));
    assert!(!fires(&["2024-06-01", "2024-12-31"], by_company));
    // The other nationality counts throughout.
    assert!(fires(&["2026-01-15"], french));
}

#[test]
fn disputes_with_unlike_dates_do_not_share_answers() {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[]);
    let actor = w.of(m);
    w.national(actor, ke, span("2020-01-01", "2020-12-31"));
    let disputes: Vec<_> = ["2019-12-31", "2020-01-01", "2020-06-06", "2020-12-31", "2021-01-01"]
        .map(|opened| {
            let d = w.dispute(&[ke, zz]);
            w.docket(d).test_dates = vec![date(opened), date("2026-01-15")];
            d
        })
        .into();
    let screened = w.screen();
    let fires: Vec<bool> =
        disputes.iter().map(|d| screened.finding(*d, m, "nationality").is_some()).collect();
    assert_eq!(fires, [false, true, true, true, false]);
}

#[test]
fn circles_of_ownership_end() {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[ke]);
    let ring: Vec<ActorIx> = (0..5).map(|i| w.organisation(&format!("o{i}"))).collect();
    for i in 0..5 {
        w.relate(ring[i], K::Controls, ring[(i + 1) % 5]);
        w.relate(ring[i], K::Controls, ring[i]);
    }
    let d = w.dispute(&[ring[0], zz]);
    assert_eq!(w.screen().rules(d, m), Vec::<&str>::new());
    w.national(ring[1], ke, span("", ""));
    let screened = w.screen();
    assert_eq!(screened.finding(d, m, "nationality").expect("found").witness.len(), 6);
}

#[test]
fn the_order_of_parties_does_not_matter() {
    let build = |swap: bool| {
        let mut w = World::new();
        let ke = w.state("KE");
        let fr = w.state("FR");
        let both = w.mediator("both", &[fr, ke]);
        let actor = w.of(both);
        w.relate(actor, K::CounselFor, ke).span = span("", "2025-01-01");
        w.relate(actor, K::CounselFor, fr).span = span("", "2025-01-01");
        for by in [fr, fr, ke, ke] {
            w.appoint(both, "2025-02-02", Some(by), &[]);
        }
        let d = if swap { w.dispute(&[fr, ke]) } else { w.dispute(&[ke, fr]) };
        let screened = w.screen();
        screened.table.findings(d, both).to_vec()
    };
    let found = build(false);
    assert_eq!(found.len(), 3);
    assert_eq!(found, build(true));
}

#[test]
fn what_may_not_be_told() {
    let mut w = World::new();
    let ke = w.state("KE");
    let fr = w.state("FR");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[fr]);
    let actor = w.of(m);
    let past = span("2020-01-01", "2025-06-30");
    let first = w.relate(actor, K::CounselFor, ke);
    first.span = past;
    first.confidential = true;
    let d = w.dispute(&[ke, zz]);
    let screened = w.screen();
    let finding = screened.finding(d, m, "past-counsel").expect("found");
    assert_eq!(finding.severity, Severity::Orange);
    assert!(finding.undisclosable && finding.bars() && finding.is_confidential());
    // A longer way that may be told is a witness, and the bar falls.
    let ministry = w.organisation("ministry");
    w.relate(actor, K::CounselFor, ministry).span = past;
    w.relate(ministry, K::Controls, ke);
    let screened = w.screen();
    let finding = screened.finding(d, m, "past-counsel").expect("found");
    assert!(!finding.undisclosable && !finding.bars() && !finding.is_confidential());
    assert_eq!(finding.witness.len(), 2);
    assert_eq!(screened.table.disclosures(d, m).count(), 1);
    // Red findings that rest on secret relations are called undisclosable too.
    w.relate(actor, K::EmployedBy, zz).confidential = true;
    let screened = w.screen();
    let finding = screened.finding(d, m, "party-office").expect("found");
    assert!(finding.bars() && finding.undisclosable && finding.is_confidential());
}

#[test]
fn an_open_path_to_another_party_is_a_witness() {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[]);
    let actor = w.of(m);
    let past = span("2020-01-01", "2025-06-30");
    let secret = w.relate(actor, K::ExpertFor, ke);
    secret.span = past;
    secret.confidential = true;
    w.relate(actor, K::ExpertFor, zz).span = past;
    let d = w.dispute(&[ke, zz]);
    let screened = w.screen();
    let finding = screened.finding(d, m, "past-expert").expect("found");
    assert_eq!((finding.target, finding.undisclosable), (zz, false));
}

#[test]
fn a_path_never_ends_where_it_starts() {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let firm = w.organisation("firm");
    let m = w.mediator("m", &[ke]);
    let colleague = w.mediator("colleague", &[ke]);
    let (me, you) = (w.of(m), w.of(colleague));
    w.relate(me, K::MemberOf, firm);
    w.relate(you, K::MemberOf, firm);
    // The mediator is a party, and her colleague is counsel of the other side.
    let d = w.dispute(&[me, zz]);
    w.docket(d).parties[1].counsel = vec![you];
    let screened = w.screen();
    assert_eq!(screened.rules(d, m), ["same-firm"]);
    assert_eq!(screened.rules(d, colleague), ["nationality", "party-counsel", "past-counsel"]);
    assert!(screened.table.between(m, m).is_empty());
}

#[test]
fn roles_in_other_disputes_are_edges() {
    let mut w = World::new();
    let ke = w.state("KE");
    let fr = w.state("FR");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[zz]);
    let me = w.of(m);
    let elsewhere = w.dispute(&[ke, fr]);
    w.docket(elsewhere).parties[0].representatives = vec![me];
    w.docket(elsewhere).parties[1].counsel = vec![me];
    let kenyan = w.dispute(&[ke, zz]);
    let french = w.dispute(&[fr, zz]);
    let screened = w.screen();
    assert!(screened.finding(kenyan, m, "party-office").is_some());
    let finding = screened.finding(french, m, "party-counsel").expect("found");
    assert_eq!(finding.witness[0].relation, None);
}

#[test]
fn the_highest_count_speaks() {
    let mut w = World::new();
    let ke = w.state("KE");
    let fr = w.state("FR");
    let m = w.mediator("m", &[]);
    for by in [ke, ke, fr, fr, fr] {
        w.appoint(m, "2025-02-02", Some(by), &[]);
    }
    let d = w.dispute(&[ke, fr]);
    let screened = w.screen();
    let finding = screened.finding(d, m, "repeat-party").expect("found");
    assert_eq!((finding.count, finding.target), (Some(3), fr));
    let disclosure = finding.to_disclosure(&screened.instance, d, m);
    assert!(disclosure.path.is_empty());
    assert!(disclosure.text.ends_with("3 appointments through FR"), "{}", disclosure.text);
}

#[test]
fn two_mediators_are_judged_from_either_side() {
    let mut w = World::new();
    let firm = w.organisation("firm");
    let all: Vec<MediatorIx> = (0..4).map(|i| w.mediator(&format!("m{i}"), &[])).collect();
    let at: Vec<ActorIx> = all.iter().map(|m| w.of(*m)).collect();
    w.relate(at[3], K::Family, at[0]).confidential = true;
    w.relate(at[1], K::MemberOf, firm);
    w.relate(at[2], K::MemberOf, firm);
    let screened = w.screen();
    let pairs: Vec<_> = screened.table.co_panel_conflicts().map(|(a, b, _)| (a.0, b.0)).collect();
    assert_eq!(pairs, [(0, 3), (1, 2)]);
    for a in &all {
        for b in &all {
            assert_eq!(screened.table.between(*a, *b), screened.table.between(*b, *a));
        }
    }
}

#[test]
fn among_equals_the_earliest_edge_speaks() {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let m = w.mediator("m", &[]);
    let me = w.of(m);
    w.relate(me, K::OfficialOf, ke);
    w.relate(me, K::EmployedBy, ke);
    let d = w.dispute(&[zz, ke]);
    let screened = w.screen();
    let finding = screened.finding(d, m, "party-office").expect("found");
    assert_eq!(finding.witness[0].relation, Some(0));
}
