//! Brute force on tiny random instances equals the optimum, panels and dates together.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use comity::domain::{ActorIx, Dispute, DisputeIx, Instance, MediatorIx};
use comity::format::{
    BurdenSharing, Decimal, Fairness, InstanceDoc, NationalityPolicy, Status, WeightsDoc,
};
use comity::generate::{RandomOptions, random};
use comity::pipeline::{Screened, keep_to};
use comity::solution::{BEST_SERVICE, Objective, Plan, Solution, Staff, TIERS, evaluate};
use comity::solve::{Control, Options};
use serde_json::{Value, json};

const INSTANCES: u64 = 600;

/// The place of the tier `worst`, which is a minimum; all others are sums.
const WORST: usize = 5;
/// Of those that mediators have too few.
const LOADS: usize = 3;
/// The tier of near sessions that move.
const FROZEN: usize = 2;

/// Every plan of a dispute, by trying every panel and every combination of starts.
fn all_plans(screened: &Screened, dispute: DisputeIx) -> Vec<Plan> {
    let instance = &screened.instance;
    let data = instance.dispute(dispute);
    let mut plans = Vec::new();
    for panel in panels(screened, dispute) {
        let bare = Plan { dispute, panel, chair: None, starts: None, staff: Vec::new() };
        if !data.sessions.is_empty() {
            for starts in all_starts(screened, data, &bare.panel) {
                // The one place has rooms of one size.
                let staff = data.sessions.iter().map(|session| Staff {
                    rooms: session.mode.room_at().map(|_| 0).into_iter().collect(),
                    interpreters: Vec::new(),
                });
                let staff = staff.collect();
                plans.push(Plan { starts: Some(starts), staff, ..bare.clone() });
            }
        }
        plans.push(bare);
    }
    plans
}

fn panels(screened: &Screened, dispute: DisputeIx) -> Vec<Vec<MediatorIx>> {
    let instance = &screened.instance;
    let data = instance.dispute(dispute);
    if !data.gates.is_empty() {
        return Vec::new();
    }
    let eligible: Vec<MediatorIx> =
        screened.eligibility.eligible(dispute).iter().map(|(m, ..)| *m).collect();
    let subsets = 1_u32 << eligible.len();
    (0..subsets)
        .map(|bits| {
            let chosen = eligible.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
            chosen.map(|(_, m)| *m).collect::<Vec<_>>()
        })
        .filter(|panel| panel.len() == data.panel.size)
        .filter(|panel| {
            let spec = &data.panel;
            spec.required.iter().all(|seat| panel.contains(&seat.mediator))
                && spec.languages.iter().all(|(language, needed)| {
                    let speak =
                        panel.iter().filter(|m| instance.mediator(**m).speaks(*language)).count();
                    speak >= *needed as usize
                })
                && spec.expertise.iter().all(|(subject, least)| {
                    panel.iter().any(|m| instance.mediator(*m).expertise_in(*subject) >= *least)
                })
                && panel.iter().enumerate().all(|(i, a)| {
                    panel[i + 1..].iter().all(|b| {
                        let alike =
                            spec.distinct_nationalities && instance.share_nationality(*a, *b);
                        !alike && !screened.conflicts.apart(dispute, *a, *b)
                    })
                })
        })
        .filter(|panel| is_neutral(screened, dispute, panel))
        .collect()
}

/// What the nationality policy asks of a panel. In these instances nobody stands behind a party,
/// so that plain nationality says who is tied to which of the sides.
fn is_neutral(screened: &Screened, dispute: DisputeIx, panel: &[MediatorIx]) -> bool {
    let instance = &screened.instance;
    let sides: Vec<Vec<usize>> =
        panel.iter().map(|m| instance.parties_of_nationality(*m, dispute).collect()).collect();
    let tied = sides.iter().filter(|sides| !sides.is_empty()).count();
    match instance.nationality_policy(dispute) {
        NationalityPolicy::MajorityNeutral => 2 * tied < panel.len(),
        NationalityPolicy::OnePerSide => {
            (panel.len() > 1 || tied == 0)
                && (0..2).all(|side| sides.iter().filter(|s| s.contains(&side)).count() <= 1)
                // Somebody must be left for the chair.
                && (!instance.dispute(dispute).panel.chair || tied < panel.len())
        }
        _ => true,
    }
}

fn all_starts(screened: &Screened, data: &Dispute, panel: &[MediatorIx]) -> Vec<Vec<u32>> {
    let instance = &screened.instance;
    let mut series: Vec<Vec<u32>> = vec![Vec::new()];
    for (position, session) in data.sessions.iter().enumerate() {
        let mut longer = Vec::new();
        for starts in &series {
            for start in 0..instance.grid().slots() {
                if session.held {
                    // It stays where it was, whoever is free.
                    if Some(start) == session.fixed {
                        longer.push(starts.iter().copied().chain([start]).collect());
                    }
                    continue;
                }
                let end = start + session.slots;
                if start < session.earliest || end > session.latest_end {
                    continue;
                }
                if position > 0 {
                    let before = starts[position - 1] + data.sessions[position - 1].slots;
                    if start < before + session.min_gap
                        || session.max_gap.is_some_and(|gap| start > before + gap)
                    {
                        continue;
                    }
                }
                let people = session
                    .attendees
                    .iter()
                    .copied()
                    .chain(panel.iter().map(|m| instance.mediator(*m).actor));
                let free = people.into_iter().all(|person| {
                    screened
                        .availability
                        .of(person, session.mode)
                        .is_some_and(|profile| profile.is_free(start, session.slots))
                });
                let open = session
                    .mode
                    .room_at()
                    .is_none_or(|k| screened.availability.open(k).is_free(start, session.slots));
                if free && open {
                    let mut next = starts.clone();
                    next.push(start);
                    longer.push(next);
                }
            }
        }
        series = longer;
    }
    series
}

/// True when the plans go together.
fn compatible(screened: &Screened, plans: &[Option<&Plan>]) -> bool {
    let instance = &screened.instance;
    let mut load: BTreeMap<MediatorIx, (u32, i64)> = BTreeMap::new();
    let mut held: BTreeMap<(ActorIx, u32), u32> = BTreeMap::new();
    let mut rooms: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for plan in plans.iter().copied().flatten() {
        for m in &plan.panel {
            let entry = load.entry(*m).or_default();
            entry.0 += 1;
            entry.1 += instance.effort(plan.dispute, *m);
        }
        let sessions = &instance.dispute(plan.dispute).sessions;
        let dated = sessions.iter().zip(plan.starts.iter().flatten());
        for (session, start) in dated.filter(|(session, _)| !session.held) {
            for slot in *start..start + session.slots {
                let panel = plan.panel.iter().map(|m| instance.mediator(*m).actor);
                for person in session.attendees.iter().copied().chain(panel) {
                    *held.entry((person, slot)).or_default() += 1;
                }
                if let Some(place) = session.mode.room_at() {
                    *rooms.entry((place.0, slot)).or_default() += 1;
                }
            }
        }
    }
    held.values().all(|uses| *uses <= 1)
        && rooms.values().all(|uses| *uses <= 1)
        && load.iter().all(|(m, (cases, minutes))| {
            let data = instance.mediator(*m);
            data.cases.is_none_or(|c| *cases <= c) && data.minutes.is_none_or(|h| *minutes <= h)
        })
}

struct Brute<'a> {
    screened: &'a Screened,
    document: Option<&'a InstanceDoc>,
    plans: Vec<Vec<(Plan, Objective)>>,
    best: [i64; TIERS],
}

impl Brute<'_> {
    /// A6 and A7, in the instances that ask for them. More seats only make it worse.
    fn holds_in_batch(&self, chosen: &[Option<&Plan>]) -> bool {
        let Some(document) = self.document else { return true };
        let instance = &self.screened.instance;
        let mut seats = common::batch::Seats::new();
        for plan in chosen.iter().copied().flatten() {
            for m in &plan.panel {
                let own = seats.entry(instance.mediator_name(*m).to_owned()).or_default();
                own.insert(instance.dispute_name(plan.dispute).to_owned());
            }
        }
        common::batch::holds(document, &seats) && common::shares::holds(document, &seats)
    }

    fn value(&self, chosen: &[Option<&Plan>]) -> [i64; TIERS] {
        let mut solution = Solution::empty(self.plans.len());
        for plan in chosen.iter().copied().flatten() {
            solution.plans[plan.dispute.ix()] = Some(plan.clone());
        }
        evaluate(&self.screened.instance, &self.screened.availability, &solution).tiers()
    }

    /// The most that the disputes from `next` on can add, balance left out.
    fn rest(&self, next: usize) -> [i64; TIERS] {
        let mut sum = [0; TIERS];
        for plans in &self.plans[next..] {
            for (tier, total) in sum.iter_mut().enumerate() {
                *total += plans.iter().map(|(_, o)| o.tiers()[tier]).max().unwrap_or(0).max(0);
            }
        }
        sum
    }

    fn search<'b>(
        &'b self,
        chosen: &mut Vec<Option<&'b Plan>>,
        so_far: [i64; TIERS],
        best: &mut [i64; TIERS],
    ) {
        let next = chosen.len();
        let rest = self.rest(next);
        let mut hope: [i64; TIERS] = std::array::from_fn(|tier| so_far[tier] + rest[tier]);
        // Nobody knows before the end who has too few.
        hope[LOADS] = 0;
        hope[WORST] = so_far[WORST];
        if hope <= *best && next > 0 {
            return;
        }
        if next == self.plans.len() {
            *best = (*best).max(self.value(chosen));
            return;
        }
        for (plan, objective) in &self.plans[next] {
            chosen.push(Some(plan));
            if compatible(self.screened, chosen) && self.holds_in_batch(chosen) {
                let own = objective.tiers();
                let mut sum: [i64; TIERS] = std::array::from_fn(|tier| so_far[tier] + own[tier]);
                sum[WORST] = so_far[WORST].min(own[WORST]);
                self.search(chosen, sum, best);
            }
            chosen.pop();
        }
        chosen.push(None);
        self.search(chosen, so_far, best);
        chosen.pop();
    }
}

fn brute_force(screened: &Screened, document: Option<&InstanceDoc>) -> [i64; TIERS] {
    let instance = &screened.instance;
    let plans: Vec<Vec<(Plan, Objective)>> = instance
        .dispute_indices()
        .map(|d| {
            let mut plans: Vec<(Plan, Objective)> = all_plans(screened, d)
                .into_iter()
                .map(|plan| {
                    let mut solution = Solution::empty(instance.disputes().len());
                    solution.plans[d.ix()] = Some(plan.clone());
                    let objective = evaluate(instance, &screened.availability, &solution);
                    (plan, objective)
                })
                .collect();
            plans.sort_by_key(|(_, objective)| std::cmp::Reverse(objective.tiers()));
            plans
        })
        .collect();
    let brute = Brute { screened, document, plans, best: [i64::MIN; TIERS] };
    let mut best = brute.best;
    brute.search(&mut Vec::new(), brute.value(&[]), &mut best);
    best
}

fn weights(document: &mut InstanceDoc) -> &mut WeightsDoc {
    document.policy.get_or_insert_default().weights.get_or_insert_default()
}

fn without_freeze(document: &InstanceDoc) -> Instance {
    let mut document = document.clone();
    document.policy.get_or_insert_default().freeze_days = None;
    common::screened(&document).instance
}

/// The tiers as a document tells them where there are but three.
fn told([panels, sessions, .., quality]: [i64; TIERS]) -> Vec<i64> {
    vec![panels, sessions, quality]
}

#[test]
fn brute_force_equals_the_optimum() {
    let mut proven = 0;
    let mut unserved = 0;
    for seed in 0..INSTANCES {
        let document = common::tiny::instance(seed);
        let solution = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let best = brute_force(&common::screened(&document), None);
        assert_eq!(solution.objective.tiers, told(best), "seed {seed}");
        proven += u32::from(solution.status != Status::Feasible);
        unserved += u32::from(!solution.unserved.is_empty());
    }
    println!(
        "{INSTANCES} instances, {proven} proven with no gap, {unserved} with somebody unserved"
    );
    assert!(proven * 100 >= 98 * INSTANCES as u32, "only {proven} of {INSTANCES} are proven");
    assert!(unserved > 20, "the instances are too easy to mean anything");
}

/// The steps that are made for large dockets, on tiny ones: near prices and exchanges are no proof of an optimum, but
/// what they claim has to be true, and mostly it is the optimum.
#[test]
fn steps_for_large_dockets_claim_nothing_beyond_brute_force() {
    let (mut equal, mut number) = (0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::tiny::instance(seed);
        let options = Options { gap: 0, exchange_from: 0, large_from: 0, ..Options::default() };
        let solution = common::solve_with(&document, options);
        let best = told(brute_force(&common::screened(&document), None));
        let tiers = &solution.objective.tiers;
        assert!(*tiers <= best, "seed {seed}: {tiers:?} beyond {best:?}");
        if tiers[..2] == best[..2] {
            let bound = solution.bound.expect("there is a bound");
            assert!(bound >= best[2], "seed {seed}: the bound {bound} is below {}", best[2]);
        }
        equal += u64::from(*tiers == best);
        number += 1;
    }
    println!("{number} instances, {equal} answers are optimal");
    assert!(equal * 100 >= 95 * number, "only {equal} of {number} answers are optimal");
}

/// The same with everything that may come before quality, cut short: whatever order tiers were improved in, each bound
/// has to be proven beside the values that the tiers above have in the end (the checker looks at every answer here).
#[test]
fn what_was_proven_first_holds_beside_what_was_found_last() {
    let mut open = 0;
    for seed in 0..INSTANCES / 2 {
        let mut document = if seed % 2 == 0 {
            fair(common::tiny::contested(seed), Fairness::Leximin)
        } else {
            fair(common::tiny::with_least(seed, false), Fairness::Leximin)
        };
        let policy = document.policy.get_or_insert_default();
        policy.burden_sharing = (seed % 3 == 0).then_some(BurdenSharing::WorseOffFirst);
        for (node_limit, large_from) in [(1, 0), (1, 150), (0, 150)] {
            let options =
                Options { gap: 0, node_limit, exchange_from: 0, large_from, ..Options::default() };
            let solution = common::solve_with(&document, options);
            open += u64::from(solution.status == Status::Feasible);
        }
    }
    for seed in 0..10 {
        let how = RandomOptions { seed, disputes: 14, mediators: 8, tight: true };
        let mut document = random(&how);
        document.policy.get_or_insert_default().fairness = Some(Fairness::Leximin);
        for (node_limit, large_from) in [(1, 0), (1, 150)] {
            let options =
                Options { node_limit, exchange_from: 0, large_from, ..Options::default() };
            let solution = common::solve_with(&document, options);
            open += u64::from(solution.status == Status::Feasible);
        }
    }
    println!("{open} answers are not proven");
    assert!(open > 50, "only {open} answers are cut short");
}

/// The same where there is an earlier plan to keep to, after somebody has had to leave and with disruption at different
/// weights: what changes cost counts in the optimum, and the checker has it by itself. Of three plans, one has a freeze
/// period, and one is made again on the day after: its sessions have been held.
#[test]
fn brute_force_equals_the_optimum_of_a_plan_made_again() {
    let (mut number, mut cost, mut changed) = (0_u64, 0_u64, 0_u64);
    let (mut thawed, mut kept, mut held) = (0_u64, 0_u64, 0_usize);
    for seed in 0..INSTANCES {
        let mut document = common::tiny::instance(seed);
        let freezes = seed % 3 == 1;
        if freezes {
            // Hours counted for nothing when dates were given, and will be all that counts.
            weights(&mut document).burden = Some(Decimal::default());
        }
        let before = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let Some(panel) = before.assignments.get(seed as usize % before.assignments.len().max(1))
        else {
            continue;
        };
        let mut told = serde_json::to_value(&document).expect("a document");
        let weight = [json!(0.01), json!(0.1), json!(1), json!(0)][seed as usize % 4].clone();
        told["policy"]["weights"]["disruption"] = weight;
        let mut locks = told["locks"].take();
        let forbid = json!({ "dispute": panel.dispute, "mediator": panel.panel[0].mediator });
        let required = locks["require"].as_array().into_iter().flatten();
        if required.clone().any(|seat| seat["mediator"] == forbid["mediator"]) {
            continue;
        }
        match locks["forbid"].as_array_mut() {
            Some(known) => known.push(forbid),
            None => locks["forbid"] = json!([forbid]),
        }
        told["locks"] = locks;
        if freezes {
            told["policy"]["freeze_days"] = json!(2);
            told["policy"]["weights"]["burden"] = json!(0.01);
            told["policy"]["weights"]["disruption"] = json!(0);
            // For half of them, somebody cannot come any more.
            if let Some(first) = before.sessions.first().filter(|_| seed % 2 == 0) {
                let busy = json!([{ "start": first.start, "end": first.end }]);
                let people = told["people"].as_array_mut().expect("people");
                let attends = |p: &&mut Value| first.local.iter().any(|(id, _)| p["id"] == *id);
                people.iter_mut().filter(attends).take(1).for_each(|p| p["busy"] = busy.clone());
            }
        }
        if seed % 3 == 2 {
            told["as_of"] = json!("2026-03-03");
        }
        document = serde_json::from_value(told).expect("still a document");
        let screened = common::screened(&document);
        let from = keep_to(&screened.instance, &before, "0".repeat(64)).expect("starts");
        let screened = screened.keeping_to(from.clone());
        let options = Options { gap: 0, ..Options::default() };
        let solution = screened.answer(options, &Control::new(None, None));
        common::assert_holds(&document, &solution);
        let best = brute_force(&screened, None);
        let mut all = self::told(best);
        if freezes {
            all.insert(2, best[FROZEN]);
            thawed += u64::from(best[FROZEN] < 0);
            let free = Screened::new(without_freeze(&document)).keeping_to(from);
            let free = free.answer(options, &Control::new(None, None)).sessions;
            kept += u64::from(free != solution.sessions);
        }
        assert_eq!(solution.objective.tiers, all, "seed {seed}");
        if seed % 3 == 2 {
            let before: BTreeSet<_> =
                before.sessions.iter().map(|s| (&s.dispute, &s.start)).collect();
            assert!(solution.sessions.iter().all(|s| before.contains(&(&s.dispute, &s.start))));
            held += solution.sessions.len();
        }
        let disruption = solution.objective.terms.get("disruption").copied().expect("the term");
        number += 1;
        cost += u64::from(disruption < 0);
        changed += u64::from(solution.objective.tiers != before.objective.tiers);
    }
    println!("{number} plans made again, {changed} worth something else, {cost} with disruption");
    println!("{thawed} moved near sessions, {kept} did not and would have; {held} sessions held");
    assert!(number > 300 && cost > 60 && changed > 120, "the instances mean little");
    assert!(thawed > 5 && kept > 4 && held > 40, "the instances mean little");
}

/// The same where nothing but cases couples the disputes, which is answered as one assignment.
#[test]
fn brute_force_equals_the_optimum_of_an_assignment_made_again() {
    let (mut number, mut changed, mut proven) = (0, 0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::tiny::with_least(2 * seed, true);
        let before = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let Some(panel) = before.assignments.first() else { continue };
        let mut told = serde_json::to_value(&document).expect("a document");
        let weight = [json!(0.05), json!(0.3), json!(2)][seed as usize % 3].clone();
        told["policy"]["weights"]["disruption"] = weight;
        let forbid = json!({ "dispute": panel.dispute, "mediator": panel.panel[0].mediator });
        told["locks"] = json!({ "forbid": [forbid] });
        let document: InstanceDoc = serde_json::from_value(told).expect("still a document");
        let screened = common::screened(&document);
        let from = keep_to(&screened.instance, &before, "0".repeat(64)).expect("starts");
        let screened = screened.keeping_to(from);
        let options = Options { gap: 0, ..Options::default() };
        let solution = screened.answer(options, &Control::new(None, None));
        common::assert_holds(&document, &solution);
        let [panels, sessions, _, loads, .., quality] = brute_force(&screened, None);
        let mut best = vec![panels, sessions, quality];
        if screened.instance.has_least() {
            best.insert(2, loads);
        }
        assert_eq!(solution.objective.tiers, best, "seed {seed}");
        let disruption = solution.objective.terms.get("disruption").copied().expect("the term");
        number += 1;
        changed += u64::from(disruption < 0);
        proven += u64::from(solution.status != Status::Feasible);
    }
    println!("{number} assignments made again, {proven} proven, {changed} with disruption");
    assert!(number > 200 && changed > 60 && proven == number, "{number} {changed} {proven}");
}

#[test]
fn brute_force_equals_the_optimum_where_groups_are_capped() {
    let (mut proven, mut binding, mut costly) = (0, 0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::shares::capped(seed);
        let options = Options { gap: 0, ..Options::default() };
        let solution = common::solve_with(&document, options);
        let screened = common::screened(&document);
        let best = brute_force(&screened, Some(&document));
        assert_eq!(solution.objective.tiers, told(best), "seed {seed}");
        proven += u64::from(solution.status != Status::Feasible);
        let free = common::solve_with(&common::shares::uncapped(&document), options);
        binding += u64::from(free.objective.tiers != solution.objective.tiers);
        let certificate = serde_json::to_string(&solution.certificate).expect("JSON");
        costly += u64::from(certificate.contains("\"caps\""));
    }
    let all = INSTANCES / 2;
    println!("{all} instances, {proven} proven, {binding} worse for caps, {costly} with prices");
    assert!(proven * 100 >= 97 * all, "only {proven} are proven");
    assert!(binding * 5 > all, "caps matter in only {binding} instances");
    assert!(costly * 5 > all, "caps have a price in only {costly} instances");
}

#[test]
fn brute_force_equals_the_optimum_where_the_past_has_a_price() {
    let (mut proven, mut priced) = (0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::shares::rotating(seed);
        let solution = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let best = brute_force(&common::screened(&document), Some(&document));
        assert_eq!(solution.objective.tiers, told(best), "seed {seed}");
        let rotation = common::shares::rotation(&document, &solution);
        assert_eq!(solution.objective.terms.get("rotation"), Some(&rotation), "seed {seed}");
        proven += u64::from(solution.status != Status::Feasible);
        priced += u64::from(rotation < 0);
    }
    println!("{} instances, {proven} proven, in {priced} the past costs", INSTANCES / 2);
    assert!(proven * 100 >= 97 * (INSTANCES / 2), "only {proven} are proven");
    assert!(priced * 3 > INSTANCES / 2, "only in {priced} answers the past costs anything");
}

#[test]
fn brute_force_equals_the_optimum_where_the_batch_makes_conflicts() {
    let (mut proven, mut coupled) = (0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::batch::instance(seed);
        let solution = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let screened = common::screened(&document);
        let best = brute_force(&screened, Some(&document));
        assert_eq!(solution.objective.tiers, told(best), "seed {seed}");
        proven += u64::from(solution.status != Status::Feasible);
        coupled += u64::from(!screened.eligibility.batch_rows().is_empty());
    }
    println!("{} instances, {proven} proven with no gap, {coupled} with rows A6", INSTANCES / 2);
    assert!(proven * 100 >= 97 * (INSTANCES / 2), "only {proven} are proven");
    assert!(coupled * 3 > INSTANCES / 2, "only {coupled} instances have rows A6");
}

/// Instances with sessions, and others in which only cases couple the disputes.
#[test]
fn brute_force_equals_the_optimum_where_mediators_are_to_have_disputes() {
    let (mut proven, mut missing, mut bare) = (0, 0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::tiny::with_least(seed, seed % 2 == 0);
        let solution = common::solve_with(&document, Options { gap: 0, ..Options::default() });
        let [panels, sessions, _, loads, .., quality] =
            brute_force(&common::screened(&document), None);
        let least = document.mediators.iter().filter_map(|m| m.capacity.as_ref()?.min_cases);
        let mut best = vec![panels, sessions, quality];
        if least.sum::<u32>() > 0 {
            best.insert(2, loads);
        }
        assert_eq!(solution.objective.tiers, best, "seed {seed}");
        proven += u64::from(solution.status != Status::Feasible);
        missing += u64::from(loads < 0);
        bare += u64::from(seed % 2 == 0 && solution.status != Status::Feasible);
    }
    println!(
        "{} instances, {proven} proven, {bare} of them without sessions; {missing} with too few",
        INSTANCES / 2
    );
    assert!(proven * 100 >= 97 * (INSTANCES / 2), "only {proven} are proven");
    assert!(missing > 20 && missing < INSTANCES / 2 - 20, "{missing} with too few");
    assert!(bare * 100 >= 97 * (INSTANCES / 4), "only {bare} without sessions are proven");
}

/// The same with the worst-served dispute first, or with as few as possible below each of some levels.
fn fair(mut document: InstanceDoc, fairness: Fairness) -> InstanceDoc {
    let policy = document.policy.get_or_insert_default();
    policy.fairness = Some(fairness);
    if fairness == Fairness::Leximin {
        policy.fairness_levels = LEVELS.map(Decimal).to_vec();
    }
    document
}

/// Levels of service that the scores of the instances lie around.
const LEVELS: [i64; 4] = [200_000, 400_000, 550_000, 800_000];

/// What brute force and the solver make of an instance in which the worst-served come first.
struct Compared {
    proven: bool,
    /// Whether the best sum leaves somebody worse off.
    unlike_the_sum: bool,
    unserved: bool,
}

fn compare_fair(document: &InstanceDoc, fairness: Fairness, batch: bool, place: &str) -> Compared {
    let options = Options { gap: 0, ..Options::default() };
    let document_fair = fair(document.clone(), fairness);
    let solution = common::solve_with(&document_fair, options);
    let screened = common::screened(&document_fair);
    let found = brute_force(&screened, batch.then_some(&document_fair));
    let ([panels, sessions, _, loads, _, worst, ..], quality) = (found, found[TIERS - 1]);
    let below = &found[WORST + 1..][..LEVELS.len()];
    let mut best = vec![panels, sessions];
    best.extend(screened.instance.has_least().then_some(loads));
    if fairness == Fairness::Leximin {
        best.extend(below);
        for (level, value) in LEVELS.iter().zip(below) {
            let name = format!("below-{}", *level as f64 / 1e6);
            assert_eq!(solution.objective.terms.get(&name), Some(value), "{place}");
        }
    } else {
        best.push(worst);
        assert_eq!(solution.objective.terms.get("worst"), Some(&worst), "{place}");
    }
    best.push(quality);
    assert_eq!(solution.objective.tiers, best, "{place}");
    let certificate = solution.certificate.as_ref().expect("a certificate");
    for (tier, value) in certificate.tiers.iter().zip(&best) {
        assert!(tier.bound >= *value, "{place}: a bound below the optimum");
    }
    let summed = common::solve_with(document, options);
    let plain = common::screened(document);
    let by_sum = comity::explain::read_answer(&plain.instance, &summed).expect("an answer");
    // By the levels of the one with the plans of the other.
    let by_sum = evaluate(&screened.instance, &plain.availability, &by_sum);
    let lower = if fairness == Fairness::Leximin {
        by_sum.below[..LEVELS.len()].cmp(below)
    } else {
        by_sum.worst.cmp(&worst)
    };
    assert!(lower.is_le() && by_sum.quality() >= quality, "{place}: {by_sum:?}");
    Compared {
        proven: solution.status != Status::Feasible,
        unlike_the_sum: lower.is_lt(),
        unserved: !solution.unserved.is_empty(),
    }
}

#[test]
fn brute_force_equals_the_optimum_where_the_worst_served_come_first() {
    let (mut proven, mut unlike, mut unserved, mut nobody) = (0, 0, 0, 0);
    for seed in 0..INSTANCES / 2 {
        let document = common::tiny::instance(seed);
        let compared = compare_fair(&document, Fairness::MaxMin, false, &format!("seed {seed}"));
        proven += u64::from(compared.proven);
        unlike += u64::from(compared.unlike_the_sum);
        unserved += u64::from(compared.unserved);
    }
    for seed in 0..INSTANCES / 2 {
        let place = format!("contested, seed {seed}");
        let compared =
            compare_fair(&common::tiny::contested(seed), Fairness::MaxMin, false, &place);
        proven += u64::from(compared.proven);
        unlike += u64::from(compared.unlike_the_sum);
        unserved += u64::from(compared.unserved);
    }
    for seed in 0..INSTANCES / 6 {
        let document = common::batch::instance(seed);
        let place = format!("batch, seed {seed}");
        let compared = compare_fair(&document, Fairness::MaxMin, true, &place);
        proven += u64::from(compared.proven);
        unlike += u64::from(compared.unlike_the_sum);
        let empty = Solution::empty(document.disputes.len());
        let screened = common::screened(&fair(document, Fairness::MaxMin));
        let value = evaluate(&screened.instance, &screened.availability, &empty);
        nobody += u64::from(value.worst == BEST_SERVICE);
    }
    let all = INSTANCES + INSTANCES / 6;
    println!("{all} instances, {proven} proven; {unlike} where the best sum serves somebody worse");
    assert_eq!(nobody, INSTANCES / 6, "where nobody is served, nobody is served badly");
    assert!(proven * 100 >= 97 * all, "only {proven} are proven");
    assert!(unlike > 30 && unserved > 10, "the instances are too easy to mean anything");
}

/// What else couples disputes or makes a seat cost, beside it: smallest loads, caps, the past.
#[test]
fn brute_force_equals_the_optimum_where_the_worst_served_come_first_beside_the_rest() {
    let (mut proven, mut unlike, mut least) = (0, 0, 0);
    let mut compare = |document: &InstanceDoc, shares: bool, place: &str| {
        let compared = compare_fair(document, Fairness::MaxMin, shares, place);
        proven += u64::from(compared.proven);
        unlike += u64::from(compared.unlike_the_sum);
    };
    for seed in 0..INSTANCES / 4 {
        let document = common::tiny::with_least(seed, seed % 2 == 0);
        let all = document.mediators.iter().filter_map(|m| m.capacity.as_ref()?.min_cases);
        least += u64::from(all.sum::<u32>() > 0);
        compare(&document, false, &format!("loads, seed {seed}"));
        compare(&common::shares::capped(seed), true, &format!("caps, seed {seed}"));
        compare(&common::shares::rotating(seed), true, &format!("rotation, seed {seed}"));
    }
    let all = 3 * (INSTANCES / 4);
    println!("{all} instances, {proven} proven; {unlike} where the best sum serves somebody worse");
    assert!(least * 2 > INSTANCES / 4, "only {least} ask for smallest loads");
    assert!(proven * 100 >= 97 * all, "only {proven} are proven");
    assert!(unlike > 10, "the instances are too easy to mean anything");
}

/// As few disputes as possible below each level of service, alone and beside everything else that couples disputes.
#[test]
fn brute_force_equals_the_optimum_where_levels_of_service_come_first() {
    let (mut proven, mut unlike, mut unserved, mut all) = (0, 0, 0, 0);
    let mut compare = |document: &InstanceDoc, batch: bool, place: &str| {
        let compared = compare_fair(document, Fairness::Leximin, batch, place);
        proven += u64::from(compared.proven);
        unlike += u64::from(compared.unlike_the_sum);
        unserved += u64::from(compared.unserved);
        all += 1;
    };
    for seed in 0..INSTANCES {
        compare(&common::tiny::contested(seed), false, &format!("contested, seed {seed}"));
    }
    for seed in 0..INSTANCES / 6 {
        compare(&common::tiny::instance(seed), false, &format!("seed {seed}"));
        compare(&common::batch::instance(seed), true, &format!("batch, seed {seed}"));
        let least = common::tiny::with_least(seed, seed % 2 == 0);
        compare(&least, false, &format!("loads, seed {seed}"));
        compare(&common::shares::capped(seed), true, &format!("caps, seed {seed}"));
        compare(&common::shares::rotating(seed), true, &format!("rotation, seed {seed}"));
    }
    println!("{all} instances, {proven} proven; {unlike} where the best sum serves somebody worse");
    assert!(proven * 100 >= 97 * all, "only {proven} of {all} are proven");
    assert!(unlike > 30 && unserved > 10, "the instances are too easy to mean anything");
}
