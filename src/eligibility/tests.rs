//! Tests of eligibility.

use super::{Eligibility, EligibilityTable, Reason, compute};
use crate::conflict::tests::world::{Screened, World, date, span};
use crate::domain::{ActorIx, DisputeIx, LanguageIx, MediatorIx, Mode, Session, SubjectIx};
use crate::format::{DisputeClass, NationalityPolicy, RelationKind as K};

struct Scene {
    w: World,
    ke: ActorIx,
    m: MediatorIx,
    d: DisputeIx,
}

fn scene() -> Scene {
    let mut w = World::new();
    let ke = w.state("KE");
    let zz = w.state("ZZ");
    let fr = w.state("FR");
    let m = w.mediator("m", &[fr]);
    let d = w.dispute(&[ke, zz]);
    Scene { w, ke, m, d }
}

fn decide(w: &World) -> (Screened, EligibilityTable) {
    let screened = w.screen();
    let table = compute(&screened.instance, &screened.table);
    (screened, table)
}

fn codes(s: &Scene) -> Vec<String> {
    let (screened, table) = decide(&s.w);
    let reasons = table.get(s.d, s.m).reasons().iter();
    reasons.map(|reason| reason.code(&screened.instance).to_owned()).collect()
}

#[test]
fn each_reason_by_itself() {
    let cases: &[(&str, fn(&mut Scene))] = &[
        ("own-cause", |s| {
            let me = s.w.of(s.m);
            s.w.docket(s.d).parties[0].experts = vec![me];
        }),
        ("nationality-unknown", |s| s.w.parts.actors[3].nationalities.clear()),
        ("nationality", |s| {
            let me = s.w.of(s.m);
            s.w.national(me, s.ke, span("", ""));
        }),
        ("designation", |s| s.w.designate(s.m, s.ke, span("", ""))),
        ("undisclosable", |s| {
            let me = s.w.of(s.m);
            s.w.relate(me, K::CounselAgainst, s.ke).confidential = true;
        }),
        ("panel", |s| s.w.parts.panels = vec![panel()]),
        ("language", |s| s.w.docket(s.d).languages = vec![LanguageIx(0), LanguageIx(1)]),
        ("strike", |s| {
            let m = s.m;
            s.w.docket(s.d).parties[1].strikes = vec![m];
        }),
        ("forbidden", |s| {
            let m = s.m;
            s.w.docket(s.d).panel.forbidden = vec![m];
        }),
        ("not-scored", |s| s.w.parts.policy.only_scored = true),
    ];
    assert_eq!(codes(&scene()), Vec::<String>::new());
    for (code, change) in cases {
        let mut s = scene();
        change(&mut s);
        assert_eq!(codes(&s), [*code]);
    }
}

#[test]
fn reasons_pile_up_and_are_counted_once_a_pair() {
    let mut s = scene();
    let (m, me) = (s.m, s.w.of(s.m));
    s.w.docket(s.d).parties[0].strikes = vec![m];
    s.w.docket(s.d).parties[1].strikes = vec![m];
    s.w.docket(s.d).panel.forbidden = vec![m];
    s.w.docket(s.d).parties[0].counsel = vec![me];
    let second = s.w.dispute(&[s.ke]);
    let (screened, table) = decide(&s.w);
    let reasons = table.get(s.d, m).reasons();
    assert_eq!(reasons[0], Reason::OwnCause);
    assert!(reasons.contains(&Reason::Strike { party: 0 }));
    assert!(reasons.contains(&Reason::Strike { party: 1 }));
    assert_eq!(reasons[reasons.len() - 1].label(), "A8");
    // Counsel in the one dispute, barred by the rules in the other.
    let counts = table.exclusion_counts(&screened.instance);
    let count = |code: &str| counts.iter().find(|(c, _)| c == code).map(|(_, n)| *n);
    assert_eq!(count("strike"), Some(1));
    assert_eq!(count("own-cause"), Some(1));
    assert_eq!(count("party-counsel"), Some(2));
    assert!(counts.is_sorted());
    let second = table.exclusion_counts_of(&screened.instance, second);
    assert_eq!(second, [("party-counsel".to_owned(), 1)]);
}

#[test]
fn designations_admit_by_class_and_day() {
    let cases = [
        (span("", ""), DisputeClass::StateInvestor, true),
        (span("", ""), DisputeClass::Commercial, false),
        (span("", "2026-01-15"), DisputeClass::StateInvestor, true),
        (span("", "2026-01-14"), DisputeClass::StateInvestor, false),
        (span("2026-01-16", ""), DisputeClass::StateInvestor, false),
    ];
    for (span, class, admitted) in cases {
        let mut s = scene();
        let xx = s.w.state("XX");
        s.w.parts.panels = vec![panel()];
        s.w.designate(s.m, xx, span);
        s.w.docket(s.d).class = class;
        assert_eq!(codes(&s).is_empty(), admitted);
    }
}

#[test]
fn fit_and_effort() {
    let mut s = scene();
    let m = s.m;
    s.w.parts.mediators[m.ix()].expertise =
        vec![(SubjectIx(0), 1_000_000), (SubjectIx(2), 999_999)];
    let mut get = |change: &dyn Fn(&mut Scene)| {
        change(&mut s);
        let (_, table) = decide(&s.w);
        let Eligibility::Eligible { fit, effort } = table.get(s.d, m) else { panic!("excluded") };
        assert_eq!(table.eligible(s.d), [(m, fit, effort)]);
        (fit, effort)
    };
    assert_eq!(get(&|_| {}), (0, 0));
    let session = |slots| Session {
        id: "s".into(),
        slots,
        parties: Vec::new(),
        attendees: Vec::new(),
        mode: Mode::Remote,
        min_gap: 0,
        max_gap: None,
        earliest: 0,
        latest_end: 480,
        priced_due: None,
        seats: 0,
        breakouts: 0,
        breakout_seats: 0,
        booths: Vec::new(),
        fixed: None,
        held: false,
    };
    // Three subjects, one missing: 1,999,999 / 3 rounded down. Sessions of 3 + 4 half hours.
    let fallback = get(&|s| {
        s.w.docket(s.d).subjects = vec![SubjectIx(0), SubjectIx(1), SubjectIx(2)];
        s.w.docket(s.d).sessions = vec![session(3), session(4)];
    });
    assert_eq!(fallback, (666_666, 210));
    let scored = get(&|s| {
        s.w.docket(s.d).fit = vec![(m, 42)];
        s.w.docket(s.d).effort = vec![(m, 61)];
        s.w.parts.policy.only_scored = true;
    });
    assert_eq!(scored, (42, 61));
}

#[test]
fn a_national_never_sits_even_when_no_rule_says_so() {
    let mut s = scene();
    let me = s.w.of(s.m);
    s.w.parts.policy.rules.rules.retain(|rule| rule.id != "nationality");
    s.w.national(me, s.ke, span("2020-01-01", "2021-01-01"));
    assert!(codes(&s).is_empty());
    s.w.docket(s.d).test_dates = vec![date("2021-01-01"), date("2026-01-15")];
    let (_, table) = decide(&s.w);
    assert_eq!(table.get(s.d, s.m).reasons(), [Reason::National]);
    assert_eq!(codes(&s), ["nationality"]);
}

#[test]
fn orange_is_eligible_and_disclosed() {
    let mut s = scene();
    let me = s.w.of(s.m);
    s.w.relate(me, K::CounselAgainst, s.ke);
    let (screened, table) = decide(&s.w);
    assert!(table.get(s.d, s.m).is_eligible());
    let due: Vec<_> = screened.table.disclosures(s.d, s.m).collect();
    assert_eq!(due.len(), 1);
    let doc = due[0].to_disclosure(&screened.instance, s.d, s.m);
    assert_eq!((doc.rule.as_str(), doc.path.len()), ("past-adverse", 1));
    assert_eq!(doc.path[0].relation.as_deref(), Some("r0"));
}

fn panel() -> crate::domain::Panel {
    crate::domain::Panel { admits: vec![DisputeClass::StateInvestor], continue_in_office: false }
}

/// Whatever asks about everybody or only about those who are named: the same reasons, and counts
/// that add up.
#[test]
fn pairs_without_a_score_need_no_entry() {
    for policy in [NationalityPolicy::Advisory, NationalityPolicy::Strict] {
        let mut s = scene();
        s.w.parts.policy.only_scored = true;
        s.w.parts.policy.nationality = [policy; 3];
        let fr = s.w.state("FR2");
        let others: Vec<MediatorIx> =
            (0..6).map(|n| s.w.mediator(&format!("n{n}"), &[fr])).collect();
        let (m, own, actor) = (s.m, others[1], s.w.of(others[1]));
        let (struck, forbidden) = (others[2], others[3]);
        s.w.docket(s.d).fit = vec![(m, 5), (others[4], 7)];
        s.w.docket(s.d).parties[0].counsel = vec![actor];
        s.w.docket(s.d).parties[1].strikes = vec![struck, m];
        s.w.docket(s.d).panel.forbidden = vec![forbidden];
        let (screened, table) = decide(&s.w);
        let codes = |m| -> Vec<&str> {
            table.get(s.d, m).reasons().iter().map(|r| r.code(&screened.instance)).collect()
        };
        assert_eq!(codes(m), ["strike"]);
        assert_eq!(codes(others[0]), ["not-scored"]);
        assert!(codes(own).starts_with(&["own-cause"]) && codes(own).ends_with(&["not-scored"]));
        assert_eq!(codes(struck), ["strike", "not-scored"]);
        assert_eq!(codes(forbidden), ["forbidden", "not-scored"]);
        assert!(table.get(s.d, others[4]).is_eligible());
        let counts = table.exclusion_counts(&screened.instance);
        let count = |code: &str| counts.iter().find(|(c, _)| c == code).map_or(0, |(_, n)| *n);
        assert_eq!(["not-scored", "strike", "forbidden", "own-cause"].map(count), [5, 2, 1, 1]);
        assert_eq!(table.exclusion_counts_of(&screened.instance, s.d), counts);
    }
}
