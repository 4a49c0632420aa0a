//! Brute force on tiny random instances about time equals the optimum: journeys, stays, rest, daily
//! limits, rooms of several sizes, interpreters, sides, lateness.
//!
//! The rules are written down here once more, in minutes and one by one, from docs/format.md; only
//! who is free, and at what burden, is read off the availability table, which has tests of its own.

mod common;

use comity::domain::{ActorIx, DisputeIx, Instance, InterpreterIx, MediatorIx, Mode, PlaceIx};
use comity::format::{InstanceDoc, Status};
use comity::pipeline::{Screened, keep_to};
use comity::solution::{Plan, Solution, Staff, TIERS, evaluate};
use comity::solve::{Control, Options};
use serde_json::json;

const INSTANCES: u64 = 400;

/// A person in a session, in minutes.
struct Attendance {
    person: ActorIx,
    start: i64,
    end: i64,
    mode: Mode,
}

/// Every session of every plan with everyone who attends.
fn attendances(screened: &Screened, plans: &[&Plan]) -> Vec<Attendance> {
    let instance = &screened.instance;
    let grid = instance.grid();
    let mut all = Vec::new();
    for plan in plans {
        for (position, session, start) in plan.sessions(instance) {
            for person in plan.people(instance, position) {
                all.push(Attendance {
                    person,
                    start: grid.instant(start),
                    end: grid.instant(start + session.slots),
                    mode: session.mode,
                });
            }
        }
    }
    all
}

/// Where a person is, read off the instance anew.
fn location(instance: &Instance, a: &Attendance) -> Option<PlaceIx> {
    if let Mode::InPerson(place) = a.mode {
        return Some(place);
    }
    let actor = instance.actor(a.person);
    let stay = actor.stays.iter().find(|s| s.interval.start <= a.start && a.start < s.interval.end);
    stay.map_or(actor.base, |stay| stay.place)
}

/// The date that her clock shows at the start.
fn date(instance: &Instance, a: &Attendance) -> i64 {
    let actor = instance.actor(a.person);
    let stay = actor.stays.iter().find(|s| s.interval.start <= a.start && a.start < s.interval.end);
    let clock = match a.mode {
        Mode::InPerson(place) => Some(instance.place(place).clock),
        _ => stay.map(|stay| stay.clock).or(actor.clock),
    };
    let zone = instance.clock(clock.expect("whoever attends has a clock")).zone;
    (a.start + i64::from(zone.offset_at(a.start))).div_euclid(1440)
}

/// S2 and S6, pair by pair and day by day.
fn people_can(screened: &Screened, plans: &[&Plan]) -> bool {
    let instance = &screened.instance;
    let all = attendances(screened, plans);
    let rest = i64::from(instance.policy().rest_minutes);
    for (i, one) in all.iter().enumerate() {
        for other in all[i + 1..].iter().filter(|other| other.person == one.person) {
            let (first, then) = if one.start <= other.start { (one, other) } else { (other, one) };
            let way = match (location(instance, first), location(instance, then)) {
                (Some(from), Some(to)) if from != to => instance.journeys().minutes(from, to),
                _ => 0,
            };
            if then.start - first.end < rest.max(way) {
                return false;
            }
        }
        if let Some(limit) = instance.policy().day_minutes {
            let same = all
                .iter()
                .filter(|o| o.person == one.person && date(instance, o) == date(instance, one));
            if same.map(|o| o.end - o.start).sum::<i64>() > i64::from(limit) {
                return false;
            }
        }
    }
    true
}

/// S4, slot by slot.
fn rooms_suffice(screened: &Screened, plans: &[&Plan]) -> bool {
    let instance = &screened.instance;
    (0..instance.grid().slots()).all(|slot| {
        let mut used: Vec<(PlaceIx, u32)> = Vec::new();
        for plan in plans {
            for (position, session, start) in plan.sessions(instance) {
                if (start..start + session.slots).contains(&slot)
                    && let Some(place) = session.mode.room_at()
                {
                    used.extend(plan.staff[position].rooms.iter().map(|class| (place, *class)));
                }
            }
        }
        used.iter().all(|(place, class)| {
            let number = used.iter().filter(|other| **other == (*place, *class)).count();
            number <= instance.place(*place).classes[*class as usize].rooms.len()
        })
    })
}

fn together(screened: &Screened, plans: &[&Plan]) -> bool {
    let instance = &screened.instance;
    let load = |m: MediatorIx| plans.iter().filter(|p| p.panel.contains(&m)).count() as u32;
    let within = |m: MediatorIx| instance.mediator(m).cases.is_none_or(|cases| load(m) <= cases);
    instance.mediator_indices().all(within)
        && people_can(screened, plans)
        && rooms_suffice(screened, plans)
}

/// Every plan of a dispute that could stand by itself.
fn all_plans(screened: &Screened, dispute: DisputeIx) -> Vec<Plan> {
    let instance = &screened.instance;
    let size = instance.dispute(dispute).panel.size;
    let eligible: Vec<MediatorIx> =
        screened.eligibility.eligible(dispute).iter().map(|(m, ..)| *m).collect();
    let mut plans = Vec::new();
    for bits in 0..1_u32 << eligible.len() {
        let chosen = eligible.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
        let panel: Vec<MediatorIx> = chosen.map(|(_, m)| *m).collect();
        if panel.len() != size {
            continue;
        }
        let bare = Plan { dispute, panel, chair: None, starts: None, staff: Vec::new() };
        extend(screened, &bare, &mut plans);
        plans.push(bare);
    }
    plans
}

/// Adds the plans that give the next session of `so_far` a start, rooms and interpreters.
fn extend(screened: &Screened, so_far: &Plan, plans: &mut Vec<Plan>) {
    let instance = &screened.instance;
    let sessions = &instance.dispute(so_far.dispute).sessions;
    let done = so_far.starts.as_ref().map_or(0, Vec::len);
    let Some(session) = sessions.get(done) else {
        plans.push(so_far.clone());
        return;
    };
    let before = so_far.starts.as_ref().and_then(|starts| starts.last().copied());
    let earliest = before.map_or(0, |start| start + sessions[done - 1].slots);
    if session.held {
        // It is where it was, with nobody and nothing.
        let mut longer = so_far.clone();
        longer.starts.get_or_insert_default().push(session.fixed.expect("where it was"));
        longer.staff.push(Staff::default());
        extend(screened, &longer, plans);
        return;
    }
    // Rest and journeys after a session that is over are asked of nobody in particular.
    let gap = if done > 0 && sessions[done - 1].held { session.min_gap } else { 0 };
    let (end, earliest) = (earliest, earliest + gap);
    for start in earliest.max(session.earliest)..instance.grid().slots() {
        let late = session.max_gap.is_some_and(|gap| done > 0 && start > end + gap);
        if start + session.slots > session.latest_end || late {
            continue;
        }
        let panel = so_far.panel.iter().map(|m| instance.mediator(*m).actor);
        let free = |person: ActorIx| {
            let profile = screened.availability.of(person, session.mode);
            profile.is_some_and(|profile| profile.is_free(start, session.slots))
        };
        let open = session
            .mode
            .room_at()
            .is_none_or(|place| screened.availability.open(place).is_free(start, session.slots));
        if !open || !session.attendees.iter().copied().chain(panel).all(free) {
            continue;
        }
        for rooms in rooms_of(instance, so_far.dispute, done) {
            for interpreters in teams_of(screened, so_far.dispute, done, &free) {
                let mut longer = so_far.clone();
                longer.starts.get_or_insert_default().push(start);
                longer.staff.push(Staff { rooms: rooms.clone(), interpreters });
                if people_can(screened, &[&longer]) && rooms_suffice(screened, &[&longer]) {
                    extend(screened, &longer, plans);
                }
            }
        }
    }
}

/// Every choice of classes: the room for all, and at most one other in these instances.
fn rooms_of(instance: &Instance, dispute: DisputeIx, position: usize) -> Vec<Vec<u32>> {
    let data = instance.dispute(dispute);
    let session = &data.sessions[position];
    let Some(place) = session.mode.room_at() else { return vec![Vec::new()] };
    let people = |parties: &mut dyn Iterator<Item = usize>| {
        let mut all: Vec<ActorIx> =
            parties.flat_map(|p| data.parties[p].attendees.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all.len() as u32
    };
    let in_person = session.mode.clock_of().is_some();
    let all = people(&mut session.parties.iter().copied()) + data.panel.size as u32;
    let largest = session.parties.iter().map(|p| people(&mut std::iter::once(*p))).max();
    let (all, largest) = if in_person { (all, largest.unwrap_or(0)) } else { (0, 0) };
    let fits = |people: u32| {
        let classes = &instance.place(place).classes;
        let large =
            classes.iter().enumerate().filter(move |(_, c)| c.seats.is_none_or(|s| people <= s));
        large.map(|(class, _)| class as u32).collect::<Vec<_>>()
    };
    let mut choices: Vec<Vec<u32>> = fits(all).into_iter().map(|class| vec![class]).collect();
    if session.breakouts > 0 {
        let others = fits(largest);
        choices = choices
            .iter()
            .flat_map(|main| others.iter().map(|other| vec![main[0], *other]))
            .collect();
    }
    choices
}

/// Every way to fill the booths of a session with different people who are free.
fn teams_of(
    screened: &Screened,
    dispute: DisputeIx,
    position: usize,
    free: &dyn Fn(ActorIx) -> bool,
) -> Vec<Vec<InterpreterIx>> {
    let instance = &screened.instance;
    let may = screened.eligibility.interpreters(dispute);
    let mut teams: Vec<Vec<InterpreterIx>> = vec![Vec::new()];
    for booth in &instance.dispute(dispute).sessions[position].booths {
        let open: Vec<InterpreterIx> = booth
            .suited
            .iter()
            .copied()
            .filter(|i| may.contains(i) && free(instance.interpreter(*i).actor))
            .collect();
        let subsets: Vec<Vec<InterpreterIx>> = (0..1_u32 << open.len())
            .filter(|bits| bits.count_ones() == booth.size)
            .map(|bits| {
                let chosen = open.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
                chosen.map(|(_, i)| *i).collect()
            })
            .collect();
        teams = teams
            .iter()
            .flat_map(|team| {
                let apart = subsets.iter().filter(|s| s.iter().all(|i| !team.contains(i)));
                apart.map(|subset| [team.as_slice(), subset].concat())
            })
            .collect();
    }
    teams
}

type Tiers = [i64; TIERS];

fn value(screened: &Screened, plans: &[&Plan]) -> Tiers {
    let instance = &screened.instance;
    let mut solution = Solution::empty(instance.disputes().len());
    for plan in plans {
        solution.plans[plan.dispute.ix()] = Some((*plan).clone());
    }
    evaluate(instance, &screened.availability, &solution).tiers()
}

/// The best of one or two disputes.
fn brute_force(screened: &Screened) -> Tiers {
    let disputes: Vec<DisputeIx> = screened.instance.dispute_indices().collect();
    let all: Vec<Vec<(Tiers, Plan)>> = disputes
        .iter()
        .map(|d| {
            let plans = all_plans(screened, *d).into_iter();
            let mut valued: Vec<(Tiers, Plan)> =
                plans.map(|plan| (value(screened, &[&plan]), plan)).collect();
            valued.retain(|(_, plan)| together(screened, &[plan]));
            valued.sort_by_key(|(tiers, _)| std::cmp::Reverse(*tiers));
            valued
        })
        .collect();
    let mut best = value(screened, &[]);
    for (tiers, _) in all.iter().flatten() {
        best = best.max(*tiers);
    }
    if let [first, second] = all.as_slice() {
        for (own, one) in first {
            for (others, other) in second {
                // Balance only takes away.
                let hope: Tiers = std::array::from_fn(|tier| own[tier] + others[tier]);
                if hope <= best {
                    break;
                }
                if together(screened, &[one, other]) {
                    best = best.max(value(screened, &[one, other]));
                }
            }
        }
    }
    best
}

#[test]
fn brute_force_equals_the_optimum_where_time_is_rich() {
    let (mut proven, mut dated, mut staffed, mut first) = (0, 0, 0, 0);
    for seed in 0..INSTANCES {
        let document = common::hours::instance(seed);
        let solution = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let screened = common::screened(&document);
        let [panels, sessions, _, _, sides, .., quality] = brute_force(&screened);
        let sides_first = screened.instance.policy().worse_off_first;
        let best = if sides_first {
            vec![panels, sessions, sides, quality]
        } else {
            vec![panels, sessions, quality]
        };
        assert_eq!(solution.objective.tiers, best, "seed {seed}");
        proven += u64::from(solution.status != Status::Feasible);
        dated += u64::from(!solution.sessions.is_empty());
        staffed += u64::from(solution.sessions.iter().any(|s| !s.interpreters.is_empty()));
        first += u64::from(sides_first && sides < 0);
    }
    println!(
        "{INSTANCES} instances, {proven} proven with no gap; {dated} with sessions, {staffed} with interpreters, {first} where a side bears something and sides come first"
    );
    assert!(proven * 100 >= 95 * INSTANCES, "only {proven} are proven");
    assert!(dated * 2 > INSTANCES && staffed > 20 && first > 20, "the instances are too easy");
}

/// The same planned again on the second day: what was held on the first stays, whoever has other things in the calendar
/// of that day by now, and the rest is planned from that day on.
#[test]
fn brute_force_equals_the_optimum_half_way_through() {
    let (mut proven, mut mixed, mut borne, mut thawed, mut again) = (0, 0, 0, 0, 0);
    for seed in 0..INSTANCES {
        let before = common::solve(&common::hours::instance(seed));
        let mut value = serde_json::to_value(common::hours::instance(seed)).expect("JSON");
        value["as_of"] = json!("2026-03-03");
        value["policy"]["freeze_days"] = json!(seed % 2);
        value["policy"]["weights"]["disruption"] = json!([0, 1][seed as usize / 2 % 2]);
        // On the first day, on the second until noon or until the end.
        let (from, until) = [
            ("2026-03-02T07:00:00Z", "2026-03-02T12:00:00Z"),
            ("2026-03-03T00:00:00Z", "2026-03-03T10:00:00Z"),
            ("2026-03-03T00:00:00Z", "2026-03-03T13:00:00Z"),
        ][seed as usize / 3 % 3];
        let away = json!({ "start": from, "end": until });
        for (place, person) in
            value["people"].as_array_mut().expect("people").iter_mut().enumerate()
        {
            if (place as u64 + seed).is_multiple_of(3) {
                match person["busy"].as_array_mut() {
                    Some(busy) => busy.push(away.clone()),
                    None => person["busy"] = json!([away]),
                }
            }
        }
        let document: InstanceDoc = serde_json::from_value(value).expect("still a document");
        let screened = common::screened(&document);
        let from = keep_to(&screened.instance, &before, String::new()).expect("starts");
        let screened = screened.keeping_to(from);
        let options = Options { gap: 0, ..Options::default() };
        let solution = screened.answer(options, &Control::new(None, None));
        common::assert_holds(&document, &solution);
        let over = |start: &str| start < "2026-03-03";
        let was: Vec<_> = before.sessions.iter().filter(|s| over(&s.start)).collect();
        let instance = &screened.instance;
        for d in instance.dispute_indices() {
            for session in &instance.dispute(d).sessions {
                let own = was
                    .iter()
                    .find(|s| s.session == session.id && s.dispute == instance.dispute_name(d));
                assert_eq!(session.held, own.is_some(), "seed {seed}");
            }
        }
        let [panels, sessions, frozen, _, sides, .., quality] = brute_force(&screened);
        let mut best = vec![panels, sessions];
        if instance.has_freeze() {
            best.push(frozen);
        }
        if instance.policy().worse_off_first {
            best.push(sides);
        }
        best.push(quality);
        assert_eq!(solution.objective.tiers, best, "seed {seed}");
        proven += u64::from(solution.status != Status::Feasible);
        let (held, to_come): (Vec<_>, Vec<_>) =
            solution.sessions.iter().partition(|s| over(&s.start));
        mixed += u64::from(!held.is_empty() && !to_come.is_empty());
        borne += u64::from(held.iter().any(|s| s.burden.iter().any(|(_, points)| *points > 0)));
        thawed += u64::from(frozen < 0);
        // Once more: what was held is not forgotten, though it may have been left without dates.
        let from = keep_to(instance, &solution, String::new()).expect("starts");
        let known = from.sessions.iter().filter(|s| over(&s.start)).count();
        assert_eq!(known, was.len(), "seed {seed}");
        again += u64::from(held.len() < was.len());
    }
    println!(
        "{INSTANCES} planned again, {proven} proven; {mixed} with sessions over and to come, {borne} with burden of what is over, {thawed} that moved near ones, {again} without dates for what was begun"
    );
    assert!(proven * 100 >= 95 * INSTANCES, "only {proven} are proven");
    assert!(mixed > 10 && borne > 5 && again > 5, "the instances are too easy");
}
