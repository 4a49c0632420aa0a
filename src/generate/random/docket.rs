//! The docket: parties who have hours in common, their sessions, and shortlists of mediators.

use crate::format::{
    AfterDoc, Decimal, DisputeClass, DisputeDoc, InstanceDoc, OrganisationKind, RelationKind,
    ScoreDoc, Scores, SessionDoc, SessionKind, SessionMode,
};
use crate::generate::draw::Draw;
use crate::generate::make;

use super::clocks::{Diary, common_starts, day};
use super::people::{Advocate, PLACES, World, draw_home};
use super::{HOMES, INTERPRETED, SUBJECTS};

/// Mediators on a shortlist.
const SHORTLIST: usize = 20;

/// Starts that the parties have in common for each session, before the docket is drawn anew.
const COMMON_STARTS: usize = 25;

/// Draws before parties are taken who have fewer.
const ATTEMPTS: u32 = 200;

/// Slots of a session.
const LENGTHS: [u32; 6] = [4, 4, 5, 6, 6, 8];

/// Those who appear for the parties, and the lengths of the sessions.
struct Cast {
    /// By party: representative, and counsel where there is one (a position in the pool).
    parties: Vec<(Advocate, Option<usize>)>,
    lengths: [u32; 3],
}

pub(super) fn add(doc: &mut InstanceDoc, world: &mut World) {
    for n in 1..=world.options.disputes {
        let cast = cast(world, n);
        let dispute = dispute(doc, world, n, &cast);
        let scores = shortlist(doc, world, &dispute);
        doc.scores.push(scores);
        doc.disputes.push(dispute);
    }
}

fn cast(world: &World, n: u32) -> Cast {
    let mut found = None;
    for attempt in 0..ATTEMPTS {
        let mut draw = world.draw(&format!("dispute {n} attempt {attempt}"));
        let cast = draw_cast(world, n, &mut draw);
        let diaries: Vec<&Diary> = cast
            .parties
            .iter()
            .flat_map(|(representative, counsel)| {
                let counsel = counsel.map(|position| &world.counsel[position].diary);
                std::iter::once(&representative.diary).chain(counsel)
            })
            .collect();
        let enough = |slots: &u32| common_starts(&diaries, *slots as usize) >= COMMON_STARTS;
        let served = cast.lengths.iter().all(enough);
        found = Some(cast);
        if served {
            break;
        }
    }
    found.unwrap_or(Cast { parties: Vec::new(), lengths: [4; 3] })
}

fn draw_cast(world: &World, n: u32, draw: &mut Draw) -> Cast {
    let number = if draw.chance(80) { 2 } else { 3 };
    let mut parties: Vec<(Advocate, Option<usize>)> = Vec::new();
    for party in 1..=number {
        let home = draw_home(draw);
        let representative = world.advocate(format!("rep-{n:04}-{party}"), Some(home));
        let used: Vec<usize> = parties.iter().filter_map(|(_, counsel)| *counsel).collect();
        let open: Vec<usize> = (0..world.counsel.len()).filter(|c| !used.contains(c)).collect();
        let near: Vec<usize> =
            open.iter().copied().filter(|c| world.counsel[*c].home == home).collect();
        let counsel = draw.chance(75).then(|| {
            let list = if draw.chance(70) && !near.is_empty() { &near } else { &open };
            *draw.pick(list)
        });
        parties.push((representative, counsel));
    }
    Cast { parties, lengths: [(); 3].map(|()| *draw.pick(&LENGTHS)) }
}

fn dispute(doc: &mut InstanceDoc, world: &mut World, n: u32, cast: &Cast) -> DisputeDoc {
    let mut draw = world.draw(&format!("dispute {n}"));
    let class =
        if draw.chance(60) { DisputeClass::Commercial } else { DisputeClass::StateInvestor };
    let size = *draw.weighted(&[(1, 6), (2, 3), (3, 1)]);
    let mut dispute = make::dispute(format!("dispute-{n:04}"), class, size);
    dispute.subjects = vec![(*draw.pick(&SUBJECTS)).to_owned()];
    dispute.languages = vec!["en".to_owned()];
    for (position, (representative, counsel)) in cast.parties.iter().enumerate() {
        let home = HOMES[representative.home].0;
        let id = format!("p{}", position + 1);
        // The second party of an investment dispute is the State itself.
        let is_state = class == DisputeClass::StateInvestor && position == 1;
        let actor = if is_state { home.to_owned() } else { format!("co-{n:04}-{}", position + 1) };
        if !is_state {
            let kind = OrganisationKind::Company;
            doc.organisations.push(make::organisation(actor.clone(), kind, &[home]));
        }
        let mut party = make::party(&id, &actor);
        world.enter(representative);
        party.representatives.push(representative.id.clone());
        if let Some(counsel) = counsel {
            let counsel = world.counsel[*counsel].clone();
            world.enter(&counsel);
            party.counsel.push(counsel.id);
        }
        if cast.parties.len() > 2 {
            party.side = Some(if position == 1 { "respondent" } else { "claimants" }.to_owned());
        }
        dispute.parties.push(party);
    }
    let due = *draw.pick(&[21, 25, 28, 28, 28]);
    dispute.due = (due < 28).then(|| format!("{}T00:00:00Z", day(due)));
    dispute.sessions = sessions(cast.lengths, &mut draw);
    dispute
}

fn sessions(lengths: [u32; 3], draw: &mut Draw) -> Vec<SessionDoc> {
    let place = draw.chance(30).then(|| PLACES[draw.below(PLACES.len())].0);
    let language = draw.chance(25).then(|| *draw.pick(&INTERPRETED));
    let not_before = *draw.pick(&[0, 0, 1, 3]);
    let mut sessions: Vec<SessionDoc> = Vec::new();
    for (position, slots) in lengths.into_iter().enumerate() {
        let kind = [SessionKind::Opening, SessionKind::Joint, SessionKind::Signing][position];
        let mut session = make::session(&format!("s{}", position + 1), kind, 30 * slots);
        if let Some(place) = place {
            session.mode = Some(SessionMode::Hybrid);
            session.place = Some(place.to_owned());
        }
        session.interpretation =
            language.iter().flat_map(|tag| [*tag, "en"]).map(str::to_owned).collect();
        if position == 0 && not_before > 0 {
            session.not_before = Some(format!("{}T00:00:00Z", day(not_before)));
        }
        if position > 0 {
            session.after = Some(AfterDoc {
                session: format!("s{position}"),
                min_days: Some(draw.between(1, 4)),
                max_days: None,
                notes: None,
            });
        }
        sessions.push(session);
    }
    sessions
}

/// The mediators who suit a dispute best, some of whom have advised a party.
fn shortlist(doc: &mut InstanceDoc, world: &World, dispute: &DisputeDoc) -> ScoreDoc {
    let mut draw = world.draw(&format!("shortlist {}", dispute.id));
    let subject = &dispute.subjects[0];
    let wanted = *draw.pick(&INTERPRETED);
    let mut ranked: Vec<(i64, String)> = doc
        .mediators
        .iter()
        .map(|mediator| {
            let expertise = mediator.expertise.get(subject).map_or(0, |level| level.0);
            let spoken = mediator.languages.get(wanted).is_some();
            let language = if spoken { 400_000 } else { i64::from(draw.between(0, 10)) * 10_000 };
            // WHY chance too: else a few hundred would share all shortlists of a large docket,
            // with room for two thirds of its seats.
            let known = i64::from(draw.between(0, 20)) * 10_000;
            (expertise * 4 / 10 + language + known, mediator.id.clone())
        })
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(SHORTLIST);
    if draw.chance(40) {
        let (_, mediator) = draw.pick(&ranked);
        let party = draw.pick(&dispute.parties);
        let id = format!("advised-{}", dispute.id);
        let mut tie = make::relation(id, mediator, RelationKind::Advises, &party.actor);
        tie.start = Some("2024-01-01".to_owned());
        doc.relations.push(tie);
    }
    ranked.sort_by(|a, b| a.1.cmp(&b.1));
    let fit = ranked.into_iter().map(|(score, mediator)| (mediator, Decimal(score)));
    ScoreDoc {
        dispute: dispute.id.clone(),
        fit: fit.collect(),
        hours: Scores::default(),
        notes: None,
    }
}
