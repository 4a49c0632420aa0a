//! One dispute: who may sit, when its sessions can be, what its answer must tell.

use super::grid::{
    BetweenDoc, BoothDoc, GridDisputeDoc, GridSessionDoc, LanguageDoc, MemberDoc, PartyDoc,
    RoomsDoc,
};
use super::people::People;
use crate::conflict::Finding;
use crate::domain::{Instance, InterpreterIx, PlaceIx, Session};
use crate::format::{DisclosureDoc, Severity, UnservedStage};
use crate::publish::Tables;
use crate::solve::{Alone, PlanSpace, SessionSpace};

pub(super) fn dispute(
    instance: &Instance,
    tables: Tables<'_>,
    people: &People,
    space: &PlanSpace,
    alone: Alone,
) -> GridDisputeDoc {
    let data = instance.dispute(space.dispute);
    let apart = space.apart.iter().enumerate();
    GridDisputeDoc {
        id: instance.dispute_name(space.dispute).to_owned(),
        priority: space.priority,
        open: space.open,
        stage: if data.gates.is_empty() { stage(alone) } else { UnservedStage::Admissibility },
        size: space.size,
        chair: space.has_chair(),
        chairs: space.chairs(),
        required: space.required().collect(),
        members: members(instance, tables, space),
        apart: apart.flat_map(|(a, later)| later.iter().map(move |b| (a, *b))).collect(),
        languages: space
            .languages
            .iter()
            .map(|(least, speaks)| LanguageDoc { least: *least, members: places(speaks) })
            .collect(),
        expertise: space.expertise.iter().map(|reaches| places(reaches)).collect(),
        sides: data.sides.clone(),
        parties: data
            .parties
            .iter()
            .map(|party| PartyDoc {
                id: party.id.clone(),
                side: party.side,
                people: people.places_of(&party.attendees),
            })
            .collect(),
        sessions: data
            .sessions
            .iter()
            .zip(&space.sessions)
            .map(|(data, space)| session(people, data, space))
            .collect(),
        between: between(instance, tables, space),
    }
}

/// Where a dispute failed that could have this by itself.
fn stage(alone: Alone) -> UnservedStage {
    match alone {
        Alone { panel: false, .. } => UnservedStage::Panel,
        Alone { scheduled: false, .. } => UnservedStage::Sessions,
        Alone { .. } => UnservedStage::Docket,
    }
}

fn places(holds: &[bool]) -> Vec<usize> {
    (0..holds.len()).filter(|at| holds[*at]).collect()
}

fn members(instance: &Instance, tables: Tables<'_>, space: &PlanSpace) -> Vec<MemberDoc> {
    let eligible = tables.eligibility.eligible(space.dispute);
    let disclosures = |mediator| -> Vec<DisclosureDoc> {
        let due = tables.conflicts.disclosures(space.dispute, mediator);
        due.map(|finding| finding.to_disclosure(instance, space.dispute, mediator)).collect()
    };
    space
        .members
        .iter()
        .map(|member| MemberDoc {
            mediator: member.mediator.ix(),
            worth: member.worth,
            rotation: instance.rotation(member.mediator),
            effort: member.effort,
            fit: member.fit,
            better_fits: eligible.iter().filter(|(_, fit, _)| *fit > member.fit).count() as u32,
            disclosures: disclosures(member.mediator),
        })
        .collect()
}

/// What two members who may sit together must disclose.
fn between(instance: &Instance, tables: Tables<'_>, space: &PlanSpace) -> Vec<BetweenDoc> {
    if space.size == 1 {
        return Vec::new();
    }
    let pairs = (0..space.members.len())
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .filter(|(a, b)| space.compatible(*a, *b));
    pairs
        .filter_map(|(a, b)| {
            let (first, second) = (space.members[a].mediator, space.members[b].mediator);
            let actor = instance.mediator(second).actor;
            let due = |f: &Finding| f.severity >= Severity::Orange && !f.bars();
            let found = tables.conflicts.between_in(space.dispute, first, second);
            let disclosures: Vec<DisclosureDoc> = found
                .iter()
                .filter(|finding| due(finding))
                .map(|finding| {
                    let start = if finding.target == actor { first } else { second };
                    finding.to_disclosure(instance, space.dispute, start)
                })
                .collect();
            (!disclosures.is_empty()).then_some(BetweenDoc { members: (a, b), disclosures })
        })
        .collect()
}

fn session(people: &People, data: &Session, space: &SessionSpace) -> GridSessionDoc {
    let rooms = space.room_at().map(|place| RoomsDoc {
        place: place.ix(),
        seats: space.seats,
        breakouts: space.breakouts,
        breakout_seats: space.breakout_seats,
    });
    let booth = |(size, suited): &(usize, Vec<InterpreterIx>)| BoothDoc {
        size: *size,
        suited: suited.iter().map(|i| i.ix()).collect(),
    };
    GridSessionDoc {
        id: data.id.clone(),
        slots: space.slots,
        min_gap: space.min_gap,
        max_gap: space.max_gap,
        clock: space.mode.clock_of().map(PlaceIx::ix),
        rooms,
        parties: data.parties.clone(),
        attendees: people.places_of(&space.attendees),
        starts: space.starts.clone(),
        points: space.points.clone(),
        side_points: space.side_points.clone(),
        late: space.late.clone(),
        booths: space.booths.iter().map(booth).collect(),
    }
}
