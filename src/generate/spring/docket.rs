//! The docket: thirty disputes whose parties, courses and languages are chosen by hand.

use crate::format::{
    ConsentDoc, Decimal, DisputeClass, DisputeDeadlinesDoc, DisputeDoc, InstanceDoc, LanguageLevel,
    MediatorDoc, OrganisationKind, Pairs,
};
use crate::generate::draw::Draw;
use crate::generate::launch::{STATE_SUBJECTS, TRADE_SUBJECTS};
use crate::generate::make;
use crate::generate::world::state;

use super::places::{GENEVA, HONG_KONG, NAIROBI};
use super::series::{Course, sessions};
use super::sides::{Bench, FIRMS};

use Course::{Full, Hybrid, Pair, Short, Week};
use DisputeClass::{Commercial, StateInvestor, StateState};

/// A dispute: class, size of the panel, homes of the parties (for an investor its own, then the
/// State), course, languages that are interpreted.
struct Row {
    class: DisputeClass,
    size: u32,
    homes: &'static [&'static str],
    course: Course,
    languages: &'static [&'static str],
    deadlines: Deadlines,
}

/// By which procedural calendar a dispute runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deadlines {
    Free,
    Icsid,
    /// The house's own, with a priced last date.
    House,
}

const fn row(
    class: DisputeClass,
    size: u32,
    homes: &'static [&'static str],
    course: Course,
    languages: &'static [&'static str],
) -> Row {
    Row { class, size, homes, course, languages, deadlines: Deadlines::Free }
}

const fn timed(mut row: Row, deadlines: Deadlines) -> Row {
    row.deadlines = deadlines;
    row
}

/// From the third home on, parties are on the side of the first.
const ROWS: [Row; 30] = [
    row(StateState, 3, &["CU", "PG"], Full, &["en", "es"]),
    row(StateInvestor, 3, &["FR", "DZ"], Week(GENEVA), &["ar", "fr"]),
    row(Commercial, 1, &["AU", "GB"], Short, &[]),
    timed(row(StateInvestor, 2, &["NZ", "KE"], Full, &[]), Deadlines::House),
    row(StateState, 2, &["DJ", "ET"], Hybrid(NAIROBI), &[]),
    row(Commercial, 2, &["US", "ID"], Short, &[]),
    row(StateInvestor, 3, &["CN", "NG"], Week(HONG_KONG), &["en", "zh"]),
    row(StateState, 3, &["VE", "GW"], Short, &["en", "es", "pt"]),
    row(Commercial, 1, &["BR", "SG"], Pair, &[]),
    row(StateInvestor, 1, &["GB", "PK"], Hybrid(HONG_KONG), &[]),
    row(StateState, 3, &["CM", "GQ"], Full, &["es", "fr"]),
    timed(row(StateInvestor, 3, &["US", "VE"], Full, &["en", "es"]), Deadlines::Icsid),
    row(Commercial, 2, &["RS", "NZ"], Pair, &[]),
    timed(row(StateInvestor, 2, &["AU", "ZW"], Full, &[]), Deadlines::Icsid),
    row(StateState, 2, &["VU", "FR"], Short, &["en", "fr"]),
    row(Commercial, 1, &["EG", "CN"], Hybrid(HONG_KONG), &["en", "zh"]),
    row(StateInvestor, 3, &["SG", "CG"], Week(HONG_KONG), &["en", "fr"]),
    row(Commercial, 2, &["NI", "KE"], Full, &["en", "es"]),
    row(StateState, 3, &["SD", "UG"], Week(NAIROBI), &["ar", "en"]),
    timed(row(StateInvestor, 2, &["GB", "MR"], Full, &["ar", "en"]), Deadlines::Icsid),
    row(Commercial, 1, &["JM", "AU", "DM"], Pair, &[]),
    row(StateInvestor, 3, &["CN", "CU"], Week(HONG_KONG), &["es", "zh"]),
    row(StateState, 2, &["KH", "LA"], Short, &[]),
    row(Commercial, 2, &["BR", "GW"], Short, &["en", "pt"]),
    timed(row(StateInvestor, 1, &["US", "SB"], Full, &[]), Deadlines::Icsid),
    row(StateState, 2, &["BY", "CN"], Hybrid(HONG_KONG), &["ru", "zh"]),
    row(Commercial, 1, &["FR", "ID"], Hybrid(HONG_KONG), &[]),
    timed(row(StateInvestor, 2, &["NZ", "JM"], Full, &[]), Deadlines::House),
    row(StateState, 3, &["TL", "NR"], Short, &[]),
    row(Commercial, 2, &["ZW", "CN", "UG"], Week(HONG_KONG), &["en", "zh"]),
];

/// Adds the disputes, and everyone who appears for a party.
pub(super) fn add(doc: &mut InstanceDoc, seed: u64) {
    for (n, seat) in (1..).zip(FIRMS) {
        let mut firm =
            make::organisation(format!("firm-{n:02}"), OrganisationKind::LawFirm, &[seat]);
        firm.name = Some(format!("Synthetic law firm {n:02}"));
        doc.organisations.push(firm);
    }
    for (n, row) in (1..).zip(&ROWS) {
        let made = dispute(&mut Bench { doc: &mut *doc, seed }, n, row);
        doc.disputes.push(made);
    }
}

fn dispute(bench: &mut Bench<'_>, n: u32, row: &Row) -> DisputeDoc {
    let mut draw = Draw::new(bench.seed, &format!("spring dispute-{n:02}"));
    let mut dispute = make::dispute(format!("dispute-{n:02}"), row.class, row.size);
    let names: Vec<&str> = row.homes.iter().filter_map(|code| Some(state(code)?.name)).collect();
    dispute.title = Some(format!("Synthetic {} matter: {}", word(row.class), names.join(", ")));
    let subjects: &[&str] = if row.class == StateState { &STATE_SUBJECTS } else { &TRADE_SUBJECTS };
    dispute.subjects = draw.sample(subjects, 2).into_iter().map(|s| (*s).to_owned()).collect();
    for (position, code) in row.homes.iter().enumerate() {
        let public = match row.class {
            StateState => true,
            StateInvestor => position == 1,
            Commercial => false,
        };
        let mut party = bench.party(code, public, row.homes, row.course, &mut draw);
        let date = format!("2026-01-{:02}", draw.between(5, 28));
        party.consent = Some(ConsentDoc { given: true, date: Some(date), notes: None });
        if row.homes.len() > 2 {
            party.side = Some(if position == 1 { "respondent" } else { "claimants" }.to_owned());
        }
        dispute.parties.push(party);
    }
    dispute.opened = Some(format!("2026-02-{:02}", draw.between(2, 13)));
    dispute.panel.distinct_nationalities = (row.size == 3).then_some(true);
    dispute.priority = (n % 10 == 1).then_some(2);
    dispute.due = n.is_multiple_of(6).then(|| "2026-04-17T18:00:00+08:00".to_owned());
    dispute.deadlines = deadlines(row.deadlines, &mut draw);
    speak(bench.doc, &mut dispute, row);
    dispute.sessions = sessions(row.course, &dispute.parties, row.languages, &mut draw);
    dispute
}

/// Events in February and March; the first session lies 15 to 30 days after the transmittal.
fn deadlines(kind: Deadlines, draw: &mut Draw) -> Option<DisputeDeadlinesDoc> {
    let profile = match kind {
        Deadlines::Free => return None,
        Deadlines::Icsid => "icsid-mediation-2022",
        Deadlines::House => "hong-kong",
    };
    // A settlement date on working days leaves less room: those begin earlier.
    let transmittal = match kind {
        Deadlines::House => format!("2026-02-{:02}", draw.between(16, 20)),
        _ => format!("2026-03-{:02}", draw.between(1, 6)),
    };
    let events = [
        ("registration", format!("2025-12-{:02}", draw.between(10, 22))),
        ("request", format!("2026-02-{:02}", draw.between(9, 12))),
        ("offer", format!("2026-02-{:02}", draw.between(13, 15))),
        ("transmittal", transmittal),
    ];
    Some(DisputeDeadlinesDoc {
        profile: profile.to_owned(),
        events: Pairs(events.map(|(event, date)| (event.to_owned(), date)).to_vec()),
        notes: None,
    })
}

/// The languages of the proceeding; on a panel of three somebody who speaks each that the
/// roster has in plenty, and somebody who knows the first subject.
fn speak(doc: &InstanceDoc, dispute: &mut DisputeDoc, row: &Row) {
    let tags: &[&str] = if row.languages.is_empty() { &["en"] } else { row.languages };
    dispute.languages = tags.iter().map(|tag| (*tag).to_owned()).collect();
    // Most of the roster works in English, whatever is interpreted.
    if !tags.contains(&"en") {
        dispute.languages.push("en".to_owned());
    }
    if row.size < 3 {
        return;
    }
    let neutral: Vec<&MediatorDoc> = neutral(doc, row);
    let speakers = |tag: &str| {
        let fluent = |m: &&&MediatorDoc| {
            m.languages.get(tag).is_some_and(|level| *level >= LanguageLevel::C1)
        };
        neutral.iter().filter(fluent).count()
    };
    let needed = tags.iter().filter(|tag| **tag != "en" && speakers(tag) >= 5);
    dispute.panel.languages = Pairs(needed.map(|tag| ((*tag).to_owned(), 1)).collect());
    let level = Decimal(650_000);
    if let Some(subject) = dispute.subjects.first() {
        let expert = |m: &&&MediatorDoc| m.expertise.get(subject).is_some_and(|e| *e >= level);
        if neutral.iter().filter(expert).count() >= 6 {
            dispute.panel.expertise = Pairs(vec![(subject.clone(), level)]);
        }
    }
}

/// Mediators of the right panel who have nothing to do with the homes of the parties.
fn neutral<'a>(doc: &'a InstanceDoc, row: &Row) -> Vec<&'a MediatorDoc> {
    let panel = if row.class == StateState { "A" } else { "B" };
    let apart = |code: &str| row.homes.iter().all(|home| *home != code);
    let free = |m: &&MediatorDoc| {
        m.designations.iter().all(|d| d.panel == panel && apart(&d.by))
            && m.nationalities.iter().all(|n| apart(&n.state))
    };
    doc.mediators.iter().filter(free).collect()
}

fn word(class: DisputeClass) -> &'static str {
    match class {
        StateState => "State-to-State",
        StateInvestor => "investment",
        Commercial => "commercial",
    }
}
