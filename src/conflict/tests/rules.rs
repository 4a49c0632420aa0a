//! Every rule of the strict profile fires on a small graph, and is silent one attribute off.

use std::collections::BTreeMap;

use super::world::{World, date, span, strict};
use crate::domain::{ActorIx, DisputeIx, MediatorIx, WordIx};
use crate::format::{NodeKind, RelationKind as K, Severity, Target};

/// A dispute between company `acme` of AA and State BB; mediator of CC; all else unrelated.
struct Scene {
    w: World,
    aa: ActorIx,
    bb: ActorIx,
    acme: ActorIx,
    /// A subsidiary, unrelated until a case says so.
    sub: ActorIx,
    firm: ActorIx,
    lawyer: ActorIx,
    agent: ActorIx,
    uncle: ActorIx,
    m: MediatorIx,
    me: ActorIx,
    other: MediatorIx,
    you: ActorIx,
    d: DisputeIx,
}

fn scene() -> Scene {
    let mut w = World::new();
    let aa = w.state("AA");
    let bb = w.state("BB");
    let cc = w.state("CC");
    let dd = w.state("DD");
    let acme = w.organisation("acme");
    w.national(acme, aa, span("", ""));
    let sub = w.organisation("sub");
    w.national(sub, dd, span("", ""));
    let firm = w.organisation("firm");
    w.parts.actors[firm.ix()].node = NodeKind::LawFirm;
    let lawyer = w.person("lawyer");
    let agent = w.person("agent");
    let uncle = w.person("uncle");
    let m = w.mediator("m", &[cc]);
    let other = w.mediator("other", &[cc]);
    let d = w.dispute(&[acme, bb]);
    w.docket(d).parties[0].counsel = vec![lawyer];
    w.docket(d).parties[1].representatives = vec![agent];
    let (me, you) = (w.of(m), w.of(other));
    Scene { w, aa, bb, acme, sub, firm, lawyer, agent, uncle, m, me, other, you, d }
}

/// The State of both mediators, third in the scene.
const CC: ActorIx = ActorIx(2);

/// The node of a dispute, by position: `World::seal` puts them after the actors.
fn case(s: &Scene, position: usize) -> ActorIx {
    ActorIx::new(s.w.parts.actors.len() + position)
}

/// Adds another dispute of `acme`, related to the first one or not.
fn elsewhere(s: &mut Scene, related: bool) {
    let other = s.w.dispute(&[s.acme, CC]);
    if related {
        let (first, second) = (case(s, 0), case(s, 1));
        s.w.docket(s.d).related = vec![second];
        s.w.docket(other).related = vec![first];
    }
}

/// The mediator was appointed in the other dispute on that day.
fn sat_elsewhere(s: &mut Scene, on: &str) {
    s.w.appoint(s.m, on, None, &[]);
    let case = case(s, 1);
    s.w.parts.appointments.last_mut().expect("it").case = Some(case);
}

type Case = (&'static str, bool, fn(&mut Scene));

/// Rule, whether it fires, and what is added to the scene.
#[rustfmt::skip]
const CASES: &[Case] = &[
    ("nationality", true, |s| s.w.national(s.me, s.bb, span("", ""))),
    ("nationality", true, |s| s.w.national(s.me, s.aa, span("", ""))),
    ("nationality", false, |s| s.w.national(s.me, s.aa, span("", "2026-01-14"))),
    ("nationality", false, |s| s.w.national(s.me, s.aa, span("2026-01-16", ""))),
    ("nationality", true, |s| s.w.national(s.me, s.bb, span("2026-01-15", "2026-01-15"))),
    ("designation", true, |s| s.w.designate(s.m, s.bb, span("2020-01-01", "2026-01-15"))),
    ("designation", false, |s| s.w.designate(s.m, s.bb, span("2020-01-01", "2026-01-14"))),
    ("designation", false, |s| s.w.designate(s.m, s.aa, span("", ""))),
    ("party-office", true, |s| { s.w.relate(s.me, K::EmployedBy, s.acme); }),
    ("party-office", true, |s| { s.w.relate(s.me, K::OfficerOf, s.acme); }),
    ("party-office", true, |s| { s.w.relate(s.me, K::OfficialOf, s.bb); }),
    ("party-office", true, |s| { s.w.relate(s.me, K::Represents, s.acme); }),
    ("party-office", false, |s| { s.w.relate(s.acme, K::EmployedBy, s.me); }),
    ("party-office", false, |s| { s.w.relate(s.me, K::EmployedBy, s.acme).span = span("", "2026-01-14"); }),
    ("party-office", true, |s| { s.w.relate(s.me, K::OfficerOf, s.sub); s.w.relate(s.sub, K::Owns, s.acme).share = Some(500_001); }),
    ("party-office", false, |s| { s.w.relate(s.me, K::OfficerOf, s.sub); s.w.relate(s.sub, K::Owns, s.acme).share = Some(500_000); }),
    ("party-office", false, |s| { s.w.relate(s.me, K::OfficerOf, s.sub); s.w.relate(s.sub, K::Owns, s.acme); }),
    ("party-office", false, |s| { s.w.relate(s.me, K::OfficerOf, s.sub); s.w.relate(s.acme, K::Controls, s.sub); }),
    ("party-ownership", true, |s| { s.w.relate(s.me, K::Controls, s.acme); }),
    ("party-ownership", true, |s| { s.w.relate(s.me, K::Owns, s.acme).share = Some(510_000); }),
    ("party-ownership", false, |s| { s.w.relate(s.me, K::Owns, s.acme).share = Some(500_000); }),
    ("party-ownership", true, |s| { s.w.relate(s.me, K::Holds, s.acme).significant = true; }),
    ("party-ownership", false, |s| { s.w.relate(s.me, K::Holds, s.acme); }),
    ("party-counsel", true, |s| { s.w.relate(s.me, K::CounselFor, s.acme); }),
    ("party-counsel", true, |s| { s.w.relate(s.me, K::Advises, s.bb); }),
    ("party-counsel", false, |s| { s.w.relate(s.me, K::Advises, s.aa); }),
    ("party-counsel", false, |s| { s.w.relate(s.me, K::CounselFor, s.acme).span = span("", "2025-12-31"); }),
    ("firm-counsel", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.firm, K::Advises, s.acme); }),
    ("firm-counsel", true, |s| { s.w.relate(s.me, K::EmployedBy, s.firm); s.w.docket(s.d).parties[0].counsel.push(s.firm); }),
    ("firm-counsel", false, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.acme, K::Advises, s.firm); }),
    ("same-firm", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.lawyer, K::MemberOf, s.firm); }),
    ("same-firm", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.docket(s.d).parties[0].counsel.push(s.firm); }),
    ("same-firm", false, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.lawyer, K::MemberOf, s.firm).span = span("", "2025-12-31"); }),
    ("same-firm", false, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.agent, K::MemberOf, s.firm); }),
    ("counsel-of-counsel", true, |s| { s.w.relate(s.me, K::Advises, s.lawyer); }),
    ("counsel-of-counsel", false, |s| { s.w.relate(s.lawyer, K::Advises, s.me); }),
    ("family-party", true, |s| { s.w.relate(s.me, K::Family, s.uncle); s.w.relate(s.uncle, K::Holds, s.acme); }),
    ("family-party", true, |s| { s.w.relate(s.uncle, K::Family, s.me); s.w.relate(s.uncle, K::OfficialOf, s.bb); }),
    ("family-party", true, |s| { s.w.relate(s.me, K::Family, s.lawyer); }),
    ("family-party", false, |s| { s.w.relate(s.me, K::Family, s.uncle); s.w.relate(s.uncle, K::CommercialWith, s.acme); }),
    ("family-party", false, |s| { s.w.relate(s.me, K::Friend, s.uncle); s.w.relate(s.uncle, K::Holds, s.acme); }),
    ("family-counsel", true, |s| { s.w.relate(s.lawyer, K::Family, s.me); }),
    ("family-counsel", false, |s| { s.w.relate(s.agent, K::Family, s.me); }),
    ("family-representative", true, |s| { s.w.relate(s.agent, K::Family, s.me); }),
    ("family-representative", false, |s| { s.w.relate(s.lawyer, K::Family, s.me); }),
    ("past-service", true, |s| { s.w.relate(s.me, K::EmployedBy, s.acme).span = span("2001-01-01", "2023-01-15"); }),
    ("past-service", false, |s| { s.w.relate(s.me, K::EmployedBy, s.acme).span = span("2001-01-01", "2023-01-14"); }),
    ("past-service", false, |s| { s.w.relate(s.me, K::EmployedBy, s.acme).span = span("2026-01-16", ""); }),
    ("past-counsel", true, |s| { s.w.relate(s.me, K::CounselFor, s.bb).span = span("", "2023-01-15"); }),
    ("past-counsel", false, |s| { s.w.relate(s.me, K::CounselFor, s.bb).span = span("", "2023-01-14"); }),
    ("past-adverse", true, |s| { s.w.relate(s.me, K::CounselAgainst, s.bb).span = span("", "2023-01-15"); }),
    ("past-adverse", false, |s| { s.w.relate(s.me, K::CounselAgainst, s.bb).span = span("", "2023-01-14"); }),
    ("past-expert", true, |s| { s.w.relate(s.me, K::ExpertFor, s.acme).span = span("", "2023-01-15"); }),
    ("past-expert", false, |s| { s.w.relate(s.me, K::ExpertFor, s.acme).span = span("", "2023-01-14"); }),
    ("close-relation", true, |s| { s.w.relate(s.me, K::Friend, s.lawyer); }),
    ("close-relation", true, |s| { s.w.relate(s.lawyer, K::Enmity, s.me); }),
    ("close-relation", false, |s| { s.w.relate(s.me, K::Friend, s.agent); }),
    ("repeat-party", true, |s| { s.w.appoint(s.m, "2023-01-15", Some(s.bb), &[]); s.w.appoint(s.m, "2026-01-15", Some(s.bb), &[]); }),
    ("repeat-party", false, |s| { s.w.appoint(s.m, "2023-01-14", Some(s.bb), &[]); s.w.appoint(s.m, "2026-01-15", Some(s.bb), &[]); }),
    ("repeat-party", false, |s| { s.w.appoint(s.m, "2025-01-01", Some(s.bb), &[]); s.w.appoint(s.m, "2026-01-16", Some(s.bb), &[]); }),
    ("repeat-party", false, |s| { s.w.appoint(s.m, "2025-01-01", Some(s.bb), &[]); s.w.appoint(s.m, "2025-01-01", Some(s.acme), &[]); }),
    ("repeat-party", false, |s| { s.w.appoint(s.m, "2025-01-01", None, &[s.bb]); s.w.appoint(s.m, "2025-01-01", None, &[]); }),
    ("repeat-party", false, |s| { s.w.appoint(s.m, "2025-01-01", Some(s.bb), &[]); s.w.appoint(s.other, "2025-01-01", Some(s.bb), &[]); }),
    ("repeat-counsel", true, |s| for _ in 0..4 { s.w.appoint(s.m, "2024-05-05", Some(s.aa), &[s.firm, s.lawyer]); }),
    ("repeat-counsel", false, |s| for _ in 0..3 { s.w.appoint(s.m, "2024-05-05", Some(s.aa), &[s.lawyer, s.lawyer]); }),
    ("repeat-counsel", false, |s| for _ in 0..4 { s.w.appoint(s.m, "2024-05-05", Some(s.lawyer), &[s.firm]); }),
    ("small-holding", true, |s| { s.w.relate(s.me, K::Holds, s.acme); }),
    ("small-holding", false, |s| { s.w.relate(s.me, K::Holds, s.acme).significant = true; }),
    ("small-holding", false, |s| { s.w.relate(s.me, K::Holds, s.sub); }),
    ("third-state-nationality", true, |s| s.w.docket(s.d).third_states = vec![CC]),
    ("third-state-nationality", false, |s| { let aa = s.aa; s.w.docket(s.d).third_states = vec![aa]; }),
    ("region", true, |s| { s.w.relate(CC, K::SubdivisionOf, s.bb); }),
    ("region", false, |s| { s.w.relate(s.bb, K::SubdivisionOf, CC); }),
    ("outcome-interest", true, |s| { s.w.relate(s.me, K::InterestIn, case(s, 0)); }),
    ("outcome-interest", false, |s| { s.w.relate(s.uncle, K::InterestIn, case(s, 0)); }),
    ("own-involvement", true, |s| { s.w.relate(s.me, K::ActedIn, case(s, 0)).span = span("", "2001-01-01"); }),
    ("own-involvement", false, |s| { elsewhere(s, false); s.w.relate(s.me, K::ActedIn, case(s, 1)); }),
    ("firm-involvement", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.firm, K::ActedIn, case(s, 0)); }),
    ("firm-involvement", false, |s| { s.w.relate(s.me, K::Advises, s.firm); s.w.relate(s.firm, K::ActedIn, case(s, 0)); }),
    ("family-interest", true, |s| { s.w.relate(s.me, K::Family, s.uncle); s.w.relate(s.uncle, K::InterestIn, case(s, 0)); }),
    ("family-interest", false, |s| { s.w.relate(s.me, K::Family, s.uncle); s.w.relate(s.uncle, K::PublishedOn, case(s, 0)); }),
    ("commercial-tie", true, |s| { s.w.relate(s.me, K::CommercialWith, s.acme).significant = true; }),
    ("commercial-tie", false, |s| { s.w.relate(s.me, K::CommercialWith, s.acme); }),
    ("minor-commercial-tie", true, |s| { s.w.relate(s.me, K::CommercialWith, s.acme); }),
    ("minor-commercial-tie", false, |s| { s.w.relate(s.me, K::CommercialWith, s.acme).significant = true; }),
    ("shared-revenue", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.firm, K::SharesRevenueWith, s.sub); s.w.relate(s.sub, K::CounselFor, s.acme); }),
    ("shared-revenue", false, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.firm, K::AlliedWith, s.sub); s.w.relate(s.sub, K::CounselFor, s.acme); }),
    ("retained-by-party", true, |s| for _ in 0..2 { s.w.relate(s.me, K::RetainedBy, s.acme).span = span("", "2023-01-15"); }),
    ("retained-by-party", false, |s| for _ in 0..2 { s.w.relate(s.me, K::RetainedBy, s.acme).span = span("", "2023-01-14"); }),
    ("retained-by-counsel", true, |s| for _ in 0..4 { s.w.relate(s.me, K::RetainedBy, s.lawyer); }),
    ("retained-by-counsel", false, |s| for _ in 0..3 { s.w.relate(s.me, K::RetainedBy, s.lawyer); }),
    ("related-dispute", true, |s| { elsewhere(s, true); sat_elsewhere(s, "2023-01-15"); }),
    ("related-dispute", false, |s| { elsewhere(s, true); sat_elsewhere(s, "2023-01-14"); }),
    ("related-dispute", false, |s| { elsewhere(s, false); sat_elsewhere(s, "2023-01-15"); }),
    ("related-case", true, |s| { elsewhere(s, true); s.w.relate(s.me, K::ActedIn, case(s, 1)).span = span("", "2023-01-15"); }),
    ("related-case", false, |s| { elsewhere(s, true); s.w.relate(s.me, K::ActedIn, case(s, 1)).span = span("", "2023-01-14"); }),
    ("related-case", false, |s| { elsewhere(s, false); s.w.relate(s.me, K::ActedIn, case(s, 1)); }),
    ("co-counsel", true, |s| { s.w.relate(s.me, K::CoCounselWith, s.lawyer).span = span("", "2023-01-15"); }),
    ("co-counsel", false, |s| { s.w.relate(s.me, K::CoCounselWith, s.lawyer).span = span("", "2023-01-14"); }),
    ("co-panel-co-counsel", true, |s| { s.w.relate(s.you, K::CoCounselWith, s.me); }),
    ("co-panel-co-counsel", false, |s| { s.w.relate(s.you, K::CoCounselWith, s.me).span = span("", "2023-01-14"); }),
    ("sits-with-counsel", true, |s| { s.w.relate(s.lawyer, K::ServesWith, s.me); }),
    ("sits-with-counsel", false, |s| { s.w.relate(s.agent, K::ServesWith, s.me); }),
    ("co-panel-service", true, |s| { s.w.relate(s.me, K::ServesWith, s.you); }),
    ("co-panel-service", false, |s| { s.w.relate(s.me, K::ServesWith, s.you).span = span("", "2026-01-14"); }),
    ("instructed-expert", true, |s| { let uncle = s.uncle; s.w.docket(s.d).parties[0].experts = vec![uncle]; s.w.relate(s.me, K::Instructs, uncle); }),
    ("instructed-expert", false, |s| { let uncle = s.uncle; s.w.docket(s.d).parties[0].experts = vec![uncle]; s.w.relate(uncle, K::Instructs, s.me); }),
    ("past-judge", true, |s| { elsewhere(s, false); s.w.parts.words = vec!["judge".into()]; s.w.relate(s.me, K::ActedIn, case(s, 1)).role = Some(WordIx(0)); }),
    ("past-judge", false, |s| { elsewhere(s, false); s.w.parts.words = vec!["expert".into()]; s.w.relate(s.me, K::ActedIn, case(s, 1)).role = Some(WordIx(0)); }),
    ("public-position", true, |s| { s.w.relate(s.me, K::PublishedOn, case(s, 0)); }),
    ("public-position", false, |s| { elsewhere(s, true); s.w.relate(s.me, K::PublishedOn, case(s, 1)); }),
    ("institution-office", true, |s| { s.w.parts.policy.institution = Some(s.sub); s.w.relate(s.me, K::OfficerOf, s.sub); }),
    ("institution-office", false, |s| { s.w.relate(s.me, K::OfficerOf, s.sub); }),
    ("allied-firm", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.firm, K::AlliedWith, s.sub); s.w.relate(s.sub, K::CounselFor, s.acme); }),
    ("allied-firm", false, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.sub, K::CounselFor, s.acme); }),
    ("contact", true, |s| { s.w.relate(s.me, K::ContactOf, s.lawyer); }),
    ("contact", false, |s| { s.w.relate(s.me, K::ContactOf, s.agent); }),
    ("co-panel-family", true, |s| { s.w.relate(s.you, K::Family, s.me); }),
    ("co-panel-family", false, |s| { s.w.relate(s.you, K::Friend, s.me); }),
    ("co-panel-family", false, |s| { s.w.relate(s.you, K::Family, s.uncle); s.w.relate(s.me, K::Family, s.uncle); }),
    ("co-panel-firm", true, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.you, K::EmployedBy, s.firm); }),
    ("co-panel-firm", false, |s| { s.w.relate(s.me, K::MemberOf, s.firm); s.w.relate(s.you, K::EmployedBy, s.firm).span = span("", "2026-01-14"); }),
];

#[test]
fn every_rule_fires_and_is_silent() {
    let rules = strict().rules;
    let mut seen: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    for (number, (id, fires, change)) in CASES.iter().enumerate() {
        let rule = rules.iter().find(|rule| rule.id == *id).expect("a rule of the profile");
        let mut s = scene();
        change(&mut s);
        let screened = s.w.screen();
        let co_panel = rule.to == Target::CoPanellist;
        let found = if co_panel {
            let between = screened.table.between(s.other, s.m);
            between.iter().find(|f| screened.table.rule_id(f.rule) == *id)
        } else {
            screened.finding(s.d, s.m, id)
        };
        assert_eq!(found.is_some(), *fires, "case {number} of {id}");
        if let Some(found) = found {
            assert_eq!(found.severity, rule.severity);
            assert_eq!(found.witness.is_empty(), rule.count.is_some() || rule.pair.is_some());
            assert_eq!(found.case.is_some(), rule.pair.is_some());
            assert_eq!(found.count.is_some(), rule.count.is_some());
        }
        seen.entry(id).or_default()[usize::from(*fires)] += 1;
    }
    for rule in &rules {
        let counts = seen.get(rule.id.as_str()).copied().unwrap_or_default();
        assert!(counts.iter().all(|count| *count > 0), "rule {} is not tested both ways", rule.id);
    }
}

#[test]
fn an_empty_scene_is_clear() {
    let s = scene();
    let screened = s.w.screen();
    for m in [s.m, s.other] {
        assert_eq!(screened.rules(s.d, m), Vec::<&str>::new());
        assert_eq!(screened.table.severity(s.d, m), Severity::Clear);
    }
    assert!(screened.table.between(s.m, s.other).is_empty());
}

#[test]
fn leap_day_less_three_years_is_the_28th() {
    for (last, fires) in [("2021-02-28", true), ("2021-02-27", false)] {
        let mut s = scene();
        s.w.parts.as_of = date("2024-02-29");
        s.w.docket(s.d).test_dates = vec![date("2024-02-29")];
        s.w.relate(s.me, K::CounselAgainst, s.bb).span = span("", last);
        assert_eq!(s.w.screen().finding(s.d, s.m, "past-adverse").is_some(), fires, "{last}");
    }
}
