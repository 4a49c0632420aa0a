//! The dockets `full`, `docket`, `regional` and `stress`: valid at any seed and size, the same bytes
//! for ever, and with the shares that instances/README.md tells.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use comity::format::{
    DisputeClass, InstanceDoc, OrganisationKind, RelationKind, SessionKind, read_instance,
};
use comity::generate::{Docket, DocketOptions, DocketProfile};
use comity::validate::validate;
use common::files::home;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use DocketProfile::{Full, Regional, Stress};

const PROFILES: [DocketProfile; 4] = [Full, DocketProfile::Docket, Regional, Stress];

fn options(profile: DocketProfile, seed: u64) -> DocketOptions {
    DocketOptions { profile, seed, disputes: None, mediators: None }
}

fn small(profile: DocketProfile, seed: u64, disputes: u32, mediators: u32) -> DocketOptions {
    let (disputes, mediators) = (Some(disputes), Some(mediators));
    DocketOptions { profile, seed, disputes, mediators }
}

fn document(options: &DocketOptions) -> InstanceDoc {
    Docket::new(options).document()
}

fn text(options: &DocketOptions) -> String {
    let mut text = String::new();
    Docket::new(options).write(&mut text).expect("a string takes everything");
    text
}

fn digest(options: &DocketOptions) -> String {
    format!("{:x}", Sha256::digest(text(options).as_bytes()))
}

/// No findings, warnings included; a handful of mediators may know nothing of some subject.
fn assert_valid(document: &InstanceDoc) {
    let (instance, mut findings) = validate(document, String::new());
    assert!(instance.is_some(), "{}: {findings:#?}", document.id);
    findings.retain(|f| f.code != "subject-of-nobody" || document.mediators.len() > 100);
    assert!(findings.is_empty(), "{}: {findings:#?}", document.id);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the seed and the size, the text is the document and has no finding.
    #[test]
    fn whatever_is_made_is_valid(
        profile in 0..4_usize,
        seed: u64,
        disputes in 1..30_u32,
        mediators in 1..150_u32,
    ) {
        let options = small(PROFILES[profile], seed, disputes, mediators);
        let document = document(&options);
        prop_assert_eq!(document.disputes.len(), disputes as usize);
        prop_assert_eq!(document.mediators.len(), mediators as usize);
        prop_assert!(read_instance(text(&options).as_bytes()).expect("readable") == document);
        assert_valid(&document);
    }
}

/// A change of these is a change of every measurement on the instances: say it in the changelog.
#[test]
fn the_bytes_are_fixed_for_ever() {
    let mut digests: Vec<String> =
        PROFILES.iter().map(|profile| digest(&small(*profile, 1, 12, 60))).collect();
    digests.push(digest(&options(Full, 1)));
    assert_eq!(digests, DIGESTS);
    assert_ne!(digest(&small(Full, 2, 12, 60)), DIGESTS[0]);
}

/// Of 12 disputes and 60 mediators in each profile, and of the whole of `full`.
const DIGESTS: [&str; 5] = [
    "6f3248eb5873e88dcc039f70876eec76e635da1ff27f67945900bc9ebcf08d0a",
    "3e3d8ec631270b23996eaa48d398113b0a3db06c377247e0679dc03dbbab945e",
    "371e6ceb62d47a5e484c1744389b03e4fee662b74609fbca4c0b8f8c48c3862e",
    "f0b501f35f82b95650c310d326163d33f095095b7229bca8f9bcfdbe78e14227",
    "361c0af2a308a98873d9a56f6bb48c74b8aec789669a331ed0a3e6646c5bdd74",
];

#[test]
fn sizes_and_quotas_are_those_of_the_profile() {
    let full = document(&options(Full, 1));
    assert_eq!((full.mediators.len(), full.disputes.len()), (950, 70));
    assert_valid(&full);
    for (profile, states) in [(Full, 38), (Stress, usize::MAX)] {
        let made = document(&DocketOptions { disputes: Some(20), ..options(profile, 3) });
        let mut held: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for designation in made.mediators.iter().flat_map(|m| &m.designations) {
            *held.entry((&designation.panel, &designation.by)).or_default() += 1;
        }
        let by: BTreeSet<&str> = held.keys().map(|(_, by)| *by).collect();
        assert!(by.len() == states || (profile == Stress && by.len() > 120), "{}", by.len());
        for panel in &made.panels {
            let quota = panel.quota_per_state.expect("a quota");
            let own = held.iter().filter(|((id, _), _)| *id == panel.id).map(|(_, n)| *n);
            assert!(own.clone().all(|n| n <= quota), "{}", panel.id);
            // In `full` every State uses its quota up.
            assert!(profile == Stress || own.clone().all(|n| n == quota), "{}", panel.id);
        }
    }
}

#[test]
fn five_to_ten_of_a_hundred_have_two_nationalities() {
    for seed in 0..12 {
        let made = document(&DocketOptions { disputes: Some(1), ..options(Full, seed) });
        let dual = made.mediators.iter().filter(|m| m.nationalities.len() == 2).count();
        assert!((48..=95).contains(&dual), "seed {seed}: {dual} of 950");
        let repeated = |m: &comity::format::MediatorDoc| {
            m.nationalities.len() == 2 && m.nationalities[0] == m.nationalities[1]
        };
        assert!(!made.mediators.iter().any(repeated), "seed {seed}");
    }
}

/// Preferential attachment: the busiest 200 hold about 85 % of the past appointments.
#[test]
fn few_hold_most_appointments() {
    for (profile, mediators) in [(Full, 950), (Full, 400), (Stress, 2500), (Stress, 5000)] {
        for seed in 1..4 {
            let made = document(&small(profile, seed, 12, mediators));
            let mut held: BTreeMap<&str, usize> = BTreeMap::new();
            for past in &made.appointments {
                *held.entry(&past.mediator).or_default() += 1;
            }
            let mut counts: Vec<usize> = held.into_values().collect();
            counts.sort_unstable_by(|a, b| b.cmp(a));
            let busiest = 200.min(mediators as usize / 5);
            let top: usize = counts.iter().take(busiest).sum();
            let share = top as f64 / made.appointments.len() as f64;
            assert!((0.80..=0.90).contains(&share), "{mediators}, seed {seed}: {share}");
            assert!(made.appointments.is_sorted_by(|a, b| a.date <= b.date));
        }
    }
}

/// Chains of owners end; they are one to five companies long, and all lengths occur.
#[test]
fn ownership_trees_have_one_to_five_levels() {
    let made = document(&DocketOptions { mediators: Some(1), ..options(Full, 1) });
    let companies: BTreeMap<&str, OrganisationKind> =
        made.organisations.iter().map(|known| (known.id.as_str(), known.kind)).collect();
    let mut owner: BTreeMap<&str, &str> = BTreeMap::new();
    let mut by_state = 0;
    for tie in made.relations.iter().filter(|tie| tie.kind == RelationKind::Owns) {
        let owned = tie.to.as_deref().expect("owned");
        if companies.contains_key(tie.from.as_str()) {
            assert_eq!(owner.insert(owned, &tie.from), None, "{owned} has one owner");
        } else {
            by_state += 1;
            assert!(tie.share.is_some_and(|share| share.0 > 500_000));
            assert_eq!(companies.get(owned), Some(&OrganisationKind::StateOwned));
        }
    }
    let mut depths = BTreeSet::new();
    for company in companies.keys().filter(|id| id.starts_with("co-")) {
        let (mut at, mut depth) = (*company, 1);
        while let Some(above) = owner.get(at) {
            (at, depth) = (*above, depth + 1);
        }
        depths.insert(depth);
    }
    assert_eq!(depths, (1..=5).collect());
    assert!(by_state > 0);
}

#[test]
fn firms_are_of_very_different_sizes_and_lawyers_appear_again() {
    let made = document(&DocketOptions { mediators: Some(200), ..options(Regional, 1) });
    let mut members: BTreeMap<&str, usize> = BTreeMap::new();
    for tie in made.relations.iter().filter(|tie| tie.id.starts_with("member-")) {
        *members.entry(tie.to.as_deref().expect("a firm")).or_default() += 1;
    }
    let mut sizes: Vec<usize> = members.into_values().collect();
    sizes.sort_unstable();
    assert!(sizes[sizes.len() - 1] >= 10 * sizes[sizes.len() / 2], "{sizes:?}");
    let mut appearances: BTreeMap<&str, usize> = BTreeMap::new();
    for counsel in made.disputes.iter().flat_map(|d| &d.parties).flat_map(|p| &p.counsel) {
        *appearances.entry(counsel).or_default() += 1;
    }
    appearances.retain(|id, times| id.starts_with("lawyer-") && *times > 1);
    assert!(appearances.len() > 100, "{}", appearances.len());
}

/// Classes, sessions and parties are in the mix that instances/README.md tells.
#[test]
fn the_mix_is_that_of_the_readme() {
    let made = document(&DocketOptions { mediators: Some(200), ..options(Regional, 2) });
    let all = made.disputes.len();
    let of = |class| made.disputes.iter().filter(|d| d.class == class).count() * 100 / all;
    assert!((5..=11).contains(&of(DisputeClass::StateState)));
    assert!((27..=37).contains(&of(DisputeClass::StateInvestor)));
    assert!((55..=65).contains(&of(DisputeClass::Commercial)));
    let kinds: BTreeSet<String> = made
        .disputes
        .iter()
        .flat_map(|d| &d.sessions)
        .map(|session| format!("{:?}", session.kind))
        .collect();
    assert_eq!(kinds, ["Call", "Caucus", "Joint", "Opening"].map(str::to_owned).into());
    let designating: BTreeSet<&str> =
        made.mediators.iter().flat_map(|m| &m.designations).map(|d| d.by.as_str()).collect();
    for dispute in &made.disputes {
        assert!((2..=4).contains(&dispute.sessions.len()), "{}", dispute.id);
        let caucus = dispute.sessions.iter().filter(|s| s.kind == SessionKind::Caucus).count();
        assert!(caucus == 0 || caucus == 2, "{}", dispute.id);
        let states = dispute.parties.iter().filter(|p| designating.contains(p.actor.as_str()));
        match dispute.class {
            DisputeClass::StateState => assert_eq!(states.count(), 2, "{}", dispute.id),
            DisputeClass::Commercial => assert_eq!(states.count(), 0, "{}", dispute.id),
            DisputeClass::StateInvestor => assert!(states.count() <= 1, "{}", dispute.id),
        }
        let lawyers: Vec<&String> = dispute.parties.iter().flat_map(|p| &p.counsel).collect();
        let firms: BTreeSet<&&String> = lawyers.iter().collect();
        assert_eq!(firms.len(), lawyers.len(), "{}: one firm on both sides", dispute.id);
    }
    let related = made.disputes.iter().filter(|d| !d.related.is_empty()).count();
    assert!(related > 5 && related * 100 < 6 * all, "{related}");
}

/// A shortlist has the mediators that the dispute's panel has, at the fit of their expertise.
#[test]
fn shortlists_tell_the_fit_of_expertise() {
    let made = document(&small(Stress, 1, 30, 1500));
    assert_eq!(made.scores.len(), made.disputes.len());
    let roster: BTreeMap<&str, _> = made.mediators.iter().map(|m| (m.id.as_str(), m)).collect();
    for (scores, dispute) in made.scores.iter().zip(&made.disputes) {
        assert_eq!(scores.dispute, dispute.id);
        assert!(scores.fit.len() <= 40 && scores.fit.len() >= 20, "{}", scores.fit.len());
        let panel = if dispute.class == DisputeClass::StateState { "A" } else { "B" };
        for (id, fit) in scores.fit.iter() {
            let mediator = roster[id];
            assert!(mediator.designations.iter().all(|d| d.panel == panel));
            let of = |subject: &String| mediator.expertise.get(subject).map_or(0, |e| e.0);
            let sum: i64 = dispute.subjects.iter().map(of).sum();
            assert_eq!(fit.0, sum / dispute.subjects.len() as i64, "{id}");
        }
    }
}

/// The table of holidays is what the files of instances/calendars say of the horizon.
#[test]
fn holidays_are_those_of_the_calendars() {
    let made = document(&small(Regional, 1, 1, 1));
    let (first, after) = (&made.horizon.start[..10], &made.horizon.end[..10]);
    let mut told = BTreeSet::new();
    for calendar in &made.calendars {
        for day in &calendar.holidays {
            told.insert((calendar.id.clone(), day.date.clone()));
        }
    }
    let mut real = BTreeSet::new();
    for entry in fs::read_dir(home().join("instances/calendars")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let Some(id) = name.strip_suffix("-2026.ics") else { continue };
        for line in fs::read_to_string(&path).expect("a file").lines() {
            if let Some(day) = line.strip_prefix("DTSTART;VALUE=DATE:") {
                let date = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..8]);
                if first <= date.as_str() && date.as_str() < after {
                    real.insert((id.to_owned(), date));
                }
            }
        }
    }
    assert!(real.len() > 20);
    told.retain(|(_, date)| date.as_str() < after);
    assert_eq!(told, real);
}

fn comity(args: &[&str]) -> (Option<i32>, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    let output = command.arg("generate").args(args).output().expect("comity runs");
    (output.status.code(), output.stdout)
}

#[test]
fn the_command_writes_the_same_bytes_and_keeps_the_limits() {
    let (code, made) = comity(&["regional", "--seed", "7", "--disputes", "9", "--mediators", "80"]);
    assert_eq!(code, Some(0));
    assert!(made == text(&small(Regional, 7, 9, 80)).into_bytes());
    for refused in [
        ["full", "--mediators", "951"],
        ["stress", "--mediators", "5001"],
        ["docket", "--disputes", "20001"],
        ["random", "--disputes", "5001"],
        ["launch", "--disputes", "501"],
    ] {
        assert_eq!(comity(&refused), (Some(2), Vec::new()), "{refused:?}");
    }
    assert_eq!(comity(&["full", "--tight"]).0, Some(2));
}
