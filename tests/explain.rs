//! What `explain` tells is true: reasons and paths are those of the tables, and a stated loss is
//! the one that the solver finds when it is forced.

mod common;

use std::collections::BTreeMap;

use comity::domain::{DisputeIx, MediatorIx};
use comity::eligibility::Eligibility;
use comity::explain::{
    dispute_text, dispute_told, docket_text, docket_told, in_dispute, in_dispute_text, read_answer,
};
use comity::format::{InstanceDoc, Role, SolutionDoc, UnservedStage, read_instance};
use comity::pipeline::Screened;
use comity::solution::{Objective, Solution, TIERS, evaluate};
use comity::solve::{Options, Seating, try_seat};
use serde_json::{Value, json};

struct Told {
    screened: Screened,
    document: SolutionDoc,
    answer: Solution,
}

impl Told {
    fn of(instance: &InstanceDoc) -> Self {
        let document = common::solve_with(instance, Options { gap: 0, ..Options::default() });
        let screened = common::screened(instance);
        let answer = read_answer(&screened.instance, &document).expect("an answer to it");
        Self { screened, document, answer }
    }

    fn pairs(&self) -> impl Iterator<Item = (DisputeIx, MediatorIx)> + '_ {
        let instance = &self.screened.instance;
        instance.dispute_indices().flat_map(|d| instance.mediator_indices().map(move |m| (d, m)))
    }

    fn is_seated(&self, d: DisputeIx, m: MediatorIx) -> bool {
        self.answer.plans[d.ix()].as_ref().is_some_and(|plan| plan.panel.contains(&m))
    }

    fn about(&self, d: DisputeIx, m: MediatorIx) -> String {
        in_dispute_text(&in_dispute(&self.screened, (&self.document, &self.answer), (d, m), false))
    }

    fn try_seat(&self, d: DisputeIx, m: MediatorIx) -> Seating {
        let Screened { instance, conflicts, eligibility, availability, .. } = &self.screened;
        try_seat(instance, conflicts, eligibility, availability, &self.answer, (d, m))
    }

    fn value(&self) -> Objective {
        evaluate(&self.screened.instance, &self.screened.availability, &self.answer)
    }
}

fn launch() -> InstanceDoc {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/iomed-launch.json");
    read_instance(&std::fs::read(path).expect("the instance is there")).expect("an instance")
}

fn assert_tells(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in:\n{text}");
}

/// Seated pairs and excluded pairs: returns how many paths were told.
fn assert_tables_are_told(told: &Told) -> usize {
    let Screened { instance, conflicts, eligibility, .. } = &told.screened;
    let mut paths = 0;
    for (d, m) in told.pairs() {
        let (mediator, dispute) = (instance.mediator_name(m), instance.dispute_name(d));
        if told.is_seated(d, m) {
            assert_tells(&told.about(d, m), &format!("{mediator} sits in {dispute}"));
            continue;
        }
        let Eligibility::Excluded(reasons) = eligibility.get(d, m) else { continue };
        let text = told.about(d, m);
        assert_tells(&text, &format!("{mediator} does not sit in {dispute}"));
        assert!(!text.contains("could sit"), "{text}");
        for reason in reasons {
            assert_tells(&text, &format!("\n  {}: ", reason.code(instance)));
        }
        for finding in conflicts.findings(d, m).iter().filter(|finding| finding.bars()) {
            assert_tells(&text, &finding.rule.rule(instance).text);
            if finding.witness.is_empty() {
                continue;
            }
            let target = instance.actor_name(finding.target);
            let is_told = text.lines().any(|line| {
                let path = line.trim_start();
                path.starts_with(&format!("{mediator} "))
                    && path.ends_with(&format!(" {target}"))
                    && finding.witness.iter().all(|step| {
                        let relation = step.relation.map_or("", |r| instance.relation_name(r));
                        path.contains(instance.actor_name(step.to)) && path.contains(relation)
                    })
            });
            assert!(is_told, "the path to {target} is not told:\n{text}");
            paths += 1;
        }
    }
    paths
}

fn assert_disputes_are_told(told: &Told) {
    let instance = &told.screened.instance;
    for d in instance.dispute_indices() {
        let name = instance.dispute_name(d);
        let text = dispute_text(&dispute_told(&told.screened, &told.document, d, false));
        assert_tells(&text, &format!("dispute {name}\n"));
        let eligible = told.screened.eligibility.eligible(d).len();
        let are = if eligible == 1 { "is" } else { "are" };
        let roster = instance.mediators().len();
        assert_tells(
            &text,
            &format!("of {roster} mediators on the roster, {eligible} {are} eligible"),
        );
        for assignment in told.document.assignments.iter().filter(|a| a.dispute == name) {
            for seat in &assignment.panel {
                let role = if seat.role == Role::Chair { "chair" } else { "member" };
                assert_tells(&text, &format!("  {} ({role}): fit ", seat.mediator));
            }
            for disclosure in &assignment.disclosures {
                assert_tells(&text, &disclosure.text);
            }
        }
        for session in told.document.sessions.iter().filter(|s| s.dispute == name) {
            assert_tells(
                &text,
                &format!("  {} {} to {}", session.session, session.start, session.end),
            );
            for (person, local) in session.local.iter() {
                assert_tells(&text, &format!("{local}  {person}"));
            }
        }
        let unserved: Vec<_> =
            told.document.unserved.iter().filter(|u| u.dispute == name).collect();
        for unserved in &unserved {
            assert_tells(&text, stage(unserved.stage));
            for core in &unserved.core {
                assert_tells(&text, &core.text);
                if let Some(mediators) = core.mediators {
                    assert_tells(&text, &format!("{mediators} excluded"));
                }
            }
        }
        let docket = docket_text(&docket_told(&told.screened, &told.document, false));
        let line = docket
            .lines()
            .find(|line| line.starts_with(&format!("{name}: ")))
            .unwrap_or_else(|| panic!("no line about {name}:\n{docket}"));
        for unserved in unserved {
            assert_tells(line, stage(unserved.stage));
        }
        for assignment in told.document.assignments.iter().filter(|a| a.dispute == name) {
            for seat in &assignment.panel {
                assert_tells(line, &seat.mediator);
            }
        }
        for (code, count) in told.document.exclusions.iter() {
            assert_tells(&docket, &format!("{count}  {code}\n"));
        }
    }
}

fn stage(stage: UnservedStage) -> &'static str {
    match stage {
        UnservedStage::Admissibility => "not admissible",
        UnservedStage::Panel => "no panel can be formed",
        UnservedStage::Sessions => "no panel and dates go together",
        UnservedStage::Docket => "what disputes share does not reach for it",
    }
}

#[test]
fn the_launch_docket_is_told_as_it_is() {
    let told = Told::of(&launch());
    assert_disputes_are_told(&told);
    let paths = assert_tables_are_told(&told);
    println!("{paths} paths");
    assert!(paths > 100, "only {paths} paths");
}

#[test]
fn no_mediator_of_the_launch_docket_would_do_better() {
    let told = Told::of(&launch());
    let now = told.value();
    let mut losses = 0;
    for (d, m) in told.pairs().step_by(7) {
        if told.is_seated(d, m) || !told.screened.eligibility.get(d, m).is_eligible() {
            continue;
        }
        let text = told.about(d, m);
        assert!(!text.contains("not the best"), "{text}");
        if let Seating::Possible(with) = told.try_seat(d, m) {
            assert_loss(&text, &now, &with);
            losses += 1;
        }
    }
    assert!(losses > 20, "only {losses} losses");
}

#[test]
fn tiny_dockets_are_told_as_they_are() {
    let mut stages = BTreeMap::new();
    let mut paths = 0;
    for seed in 0..120 {
        let told = Told::of(&common::tiny::instance(seed));
        assert_disputes_are_told(&told);
        paths += assert_tables_are_told(&told);
        for unserved in &told.document.unserved {
            *stages.entry(stage(unserved.stage)).or_insert(0) += 1;
        }
    }
    println!("{paths} paths, {stages:?}");
    assert!(paths > 100 && stages.len() == 3, "{paths} paths, {stages:?}");
}

#[test]
fn a_dispute_without_consent_is_told_apart() {
    let mut document = value(&common::tiny::instance(1));
    document["disputes"][0]["parties"][1]["consent"] = json!({ "given": false });
    let told = Told::of(&from_value(&document));
    assert_disputes_are_told(&told);
    let text =
        dispute_text(&dispute_told(&told.screened, &told.document, DisputeIx::new(0), false));
    assert_tells(&text, "not admissible");
    assert_tells(&text, "has not consented");
}

/// Reads a stated loss back and compares.
fn assert_loss(text: &str, now: &Objective, with: &Objective) {
    assert_eq!(now.tiers()[..2], with.tiers()[..2], "{text}");
    let loss = now.quality() - with.quality();
    if loss == 0 {
        assert_tells(text, "just as well");
        return;
    }
    assert!(loss > 0, "{loss}: {text}");
    let stated = text.split("at a loss of ").nth(1).and_then(|rest| rest.split(' ').next());
    let stated: f64 = stated.and_then(|s| s.parse().ok()).unwrap_or_else(|| panic!("{text}"));
    let error = ((stated * 1e6).round() as i64 - loss).abs();
    assert!(stated > 0.0 && error <= 500, "{loss} is told as {stated}");
}

fn value(document: &InstanceDoc) -> Value {
    serde_json::to_value(document).expect("an instance can be written")
}

fn from_value(document: &Value) -> InstanceDoc {
    serde_json::from_value(document.clone()).expect("an instance")
}

fn push(document: &mut Value, list: &str, lock: Value) {
    if document["locks"].is_null() {
        document["locks"] = json!({});
    }
    let locks = &mut document["locks"];
    if locks[list].is_null() {
        locks[list] = json!([]);
    }
    let list = locks[list].as_array_mut().expect("a list");
    if !list.contains(&lock) {
        list.push(lock);
    }
}

fn without_consent(document: &mut Value, dispute: usize) {
    document["disputes"][dispute]["parties"][0]["consent"] = json!({ "given": false });
}

/// The instance with the mediator locked into the dispute and no other dispute admitted.
fn alone_with(instance: &InstanceDoc, d: usize, m: usize) -> InstanceDoc {
    let mut document = value(instance);
    for other in (0..instance.disputes.len()).filter(|other| *other != d) {
        without_consent(&mut document, other);
    }
    let lock = json!({ "dispute": instance.disputes[d].id, "mediator": instance.mediators[m].id });
    push(&mut document, "require", lock);
    from_value(&document)
}

/// The instance with the mediator locked into the dispute and all others locked as they are.
fn beside_the_rest(
    instance: &InstanceDoc,
    solution: &SolutionDoc,
    d: usize,
    m: usize,
) -> InstanceDoc {
    let mut document = value(instance);
    for (other, dispute) in instance.disputes.iter().enumerate().filter(|(other, _)| *other != d) {
        match solution.assignments.iter().find(|a| a.dispute == dispute.id) {
            None => without_consent(&mut document, other),
            Some(assignment) => {
                for seat in &assignment.panel {
                    let lock = json!({ "dispute": dispute.id, "mediator": seat.mediator });
                    push(&mut document, "require", lock);
                }
            }
        }
        for session in solution.sessions.iter().filter(|s| s.dispute == dispute.id) {
            let lock = json!({
                "dispute": dispute.id, "session": session.session, "start": session.start,
            });
            push(&mut document, "sessions", lock);
        }
    }
    let lock = json!({ "dispute": instance.disputes[d].id, "mediator": instance.mediators[m].id });
    push(&mut document, "require", lock);
    from_value(&document)
}

/// Who is kept out by a cap is told so, and she would exceed it beside the rest of the answer.
#[test]
fn a_full_cap_is_told() {
    let mut told_of = 0;
    for seed in 0..60 {
        let instance = common::shares::capped(seed);
        let told = Told::of(&instance);
        let of = &told.screened.instance;
        for (d, m) in told.pairs() {
            let Seating::Capped(group) = told.try_seat(d, m) else { continue };
            if told.is_seated(d, m) || !told.screened.eligibility.get(d, m).is_eligible() {
                continue;
            }
            let text = told.about(d, m);
            assert_tells(&text, &format!("docket cap (A7): {}", of.group_name(&group)));
            let mut seats = common::batch::Seats::new();
            let others = told.answer.plans.iter().flatten().filter(|plan| plan.dispute != d);
            let sits = others.flat_map(|plan| plan.panel.iter().map(|m| (plan.dispute, *m)));
            let sits: Vec<_> = sits.collect();
            for (dispute, mediator) in &sits {
                let own = seats.entry(of.mediator_name(*mediator).to_owned()).or_default();
                own.insert(of.dispute_name(*dispute).to_owned());
            }
            assert!(common::shares::holds(&instance, &seats), "seed {seed}");
            let own = seats.entry(of.mediator_name(m).to_owned()).or_default();
            own.insert(of.dispute_name(d).to_owned());
            assert!(!common::shares::holds(&instance, &seats), "seed {seed}");
            told_of += 1;
        }
    }
    assert!(told_of > 20, "only {told_of} are kept out by caps");
}

/// What the past of a mediator costs is told of her seat, but not to the parties.
#[test]
fn what_rotation_costs_is_told() {
    let mut told_of = 0;
    for seed in 0..30 {
        let told = Told::of(&common::shares::rotating(seed));
        for (d, m) in told.pairs().filter(|(d, m)| told.is_seated(*d, *m)) {
            let recent = told.screened.instance.mediator(m).recent;
            let part = format!("for {recent} seats in the last");
            let texts = [false, true].map(|parties| {
                let whole = dispute_text(&dispute_told(&told.screened, &told.document, d, parties));
                [
                    in_dispute_text(&in_dispute(
                        &told.screened,
                        (&told.document, &told.answer),
                        (d, m),
                        parties,
                    )),
                    whole,
                ]
            });
            assert!(texts[1].iter().all(|text| !text.contains("seats in the last")));
            assert_eq!(texts[0][0].contains(&part), recent > 0, "{}", texts[0][0]);
            assert!(recent == 0 || texts[0][1].contains(&part), "{}", texts[0][1]);
            told_of += u32::from(recent > 0);
        }
    }
    assert!(told_of > 10, "only {told_of} seats have a past");
}

#[test]
fn what_seating_somebody_would_bring_is_what_forcing_it_brings() {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..150 {
        let mut instance = common::tiny::instance(seed);
        if seed % 2 == 1 {
            instance = open_hearted(&instance);
        }
        // A required mediator leaves nothing to try; requirements are made below.
        if let Some(locks) = &mut instance.locks {
            locks.require.clear();
        }
        let told = Told::of(&instance);
        let served_in_full = |document: &SolutionDoc, dispute: &str| {
            document.assignments.iter().any(|a| a.dispute == dispute)
                && document.unserved.iter().all(|u| u.dispute != dispute)
        };
        // A panel without dates cannot be locked as it is.
        if told
            .document
            .unserved
            .iter()
            .any(|u| told.document.assignments.iter().any(|a| a.dispute == u.dispute))
        {
            continue;
        }
        let now = told.value();
        for (d, m) in told.pairs() {
            if told.is_seated(d, m) || !told.screened.eligibility.get(d, m).is_eligible() {
                continue;
            }
            let text = told.about(d, m);
            let place = format!("seed {seed}, dispute {}, mediator {}: {text}", d.ix(), m.ix());
            let options = Options { gap: 0, ..Options::default() };
            let name = &instance.disputes[d.ix()].id;
            let beside = beside_the_rest(&instance, &told.document, d.ix(), m.ix());
            let forced = common::solve_with(&beside, options);
            let all_are_served = told
                .document
                .assignments
                .iter()
                .map(|a| a.dispute.as_str())
                .chain([name.as_str()])
                .all(|dispute| served_in_full(&forced, dispute));
            let seating = told.try_seat(d, m);
            let kind = match seating {
                Seating::Possible(with) => {
                    assert!(all_are_served, "{place}");
                    assert_eq!(with.told(), forced.objective.tiers, "{place}");
                    if with.tiers()[..TIERS - 1] == now.tiers()[..TIERS - 1] {
                        assert_loss(&text, &now, &with);
                        if *with == now { "tie" } else { "loss" }
                    } else {
                        panic!("the answer was not the best: {place}");
                    }
                }
                other => {
                    assert!(!all_are_served, "{other:?}, {place}");
                    let alone = common::solve_with(
                        &alone_with(&without_capacity(&instance), d.ix(), m.ix()),
                        options,
                    );
                    let has_panel = alone.assignments.iter().any(|a| a.dispute == *name);
                    let has_dates = served_in_full(&alone, name);
                    assert_eq!(has_panel, other != Seating::NoPanel, "{other:?}, {place}");
                    if has_panel {
                        assert_eq!(has_dates, other != Seating::NoDates, "{other:?}, {place}");
                    }
                    match other {
                        Seating::NoPanel => {
                            assert_tells(&text, "no panel with this mediator");
                            "no panel"
                        }
                        Seating::NoDates => {
                            assert_tells(&text, "no common time");
                            "no dates"
                        }
                        Seating::NoCapacity => {
                            assert_tells(&text, "capacity: ");
                            "no capacity"
                        }
                        _ => {
                            assert_tells(&text, "taken by other disputes");
                            "taken"
                        }
                    }
                }
            };
            *kinds.entry(kind).or_insert(0) += 1;
        }
    }
    println!("{kinds:?}");
    for kind in ["loss", "no panel", "no dates", "no capacity", "taken"] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 5), "too few of {kind}: {kinds:?}");
    }
}

/// The instance in which nobody's capacity has a limit.
fn without_capacity(instance: &InstanceDoc) -> InstanceDoc {
    let mut unlimited = instance.clone();
    for mediator in &mut unlimited.mediators {
        mediator.capacity = None;
    }
    unlimited
}

/// The instance with nobody barred, fellow members to choose among, and a weight on balance.
fn open_hearted(instance: &InstanceDoc) -> InstanceDoc {
    let mut document = value(&without_capacity(instance));
    document["states"].as_array_mut().expect("a list").push(json!({ "id": "X-far" }));
    document["policy"]["weights"]["balance"] = json!(0.3);
    document["relations"] = json!([]);
    for mediator in document["mediators"].as_array_mut().expect("a list") {
        mediator["nationalities"] = json!(["X-far"]);
        mediator["languages"] = json!({ "en": "C2", "fr": "C2" });
    }
    for dispute in document["disputes"].as_array_mut().expect("a list") {
        dispute["panel"] = json!({ "size": 2 });
    }
    from_value(&document)
}
