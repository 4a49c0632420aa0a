//! Mechanisms: every answer is lawful, every draw can be repeated, no pair is likelier than its cap.

mod common;

use std::collections::BTreeMap;

use comity::format::{Decimal, InstanceDoc, LotteryDoc, Mechanism, SolutionDoc};
use comity::mechanism::{answer, commitment, drawn, measure, with_ballots};
use comity::milp::Simplex;
use comity::pipeline::Screened;
use comity::solve::{Control, Options};
use common::{Lots, assert_holds, batch, broken_rules, screened, shares, tiny};
use serde_json::json;

const DRAWING: [Mechanism; 4] = [
    Mechanism::StrikeAndRank,
    Mechanism::ListProcedure,
    Mechanism::Shortlisting,
    Mechanism::Sortition,
];

fn select(screened: &Screened, mechanism: Mechanism, seed: &str) -> SolutionDoc {
    let control = Control::new(None, None);
    answer(screened, mechanism, seed, Options::default(), &control).expect("an answer")
}

/// The same instance with rankings of everybody.
fn ranked(document: &InstanceDoc, seed: u64) -> InstanceDoc {
    let screened = screened(document);
    with_ballots(document, &screened.instance, &screened.eligibility, 300_000, seed)
}

#[test]
fn every_mechanism_gives_lawful_answers_that_the_checker_repeats() {
    for seed in 0..25 {
        let plain = [tiny::instance(seed), batch::instance(seed), shares::capped(seed)];
        for document in &plain {
            let document = ranked(document, seed);
            let screened = screened(&document);
            for (mechanism, _) in Mechanism::ALL {
                if mechanism == Mechanism::Lottery {
                    continue;
                }
                let solution = select(&screened, mechanism, "a seed");
                assert_holds(&document, &solution);
                assert_eq!(solution.selection.is_none(), mechanism == Mechanism::Optimise);
            }
        }
    }
}

#[test]
fn without_ballots_lists_take_everybody_alike() {
    for seed in 0..20 {
        let document = tiny::instance(seed);
        let screened = screened(&document);
        for mechanism in DRAWING {
            let solution = select(&screened, mechanism, "another");
            assert_holds(&document, &solution);
            let lists = solution.selection.expect("proceedings").lists;
            let by_rank = [Mechanism::StrikeAndRank, Mechanism::ListProcedure];
            if by_rank.contains(&mechanism) {
                assert!(lists.iter().all(|list| list.out.is_empty()));
            }
        }
    }
}

#[test]
fn another_seed_another_panel_or_list_are_found_out() {
    let mut found = 0;
    for seed in 0..30 {
        let document = ranked(&tiny::instance(seed), seed);
        let screened = screened(&document);
        for mechanism in DRAWING {
            let solution = select(&screened, mechanism, "one");
            if mechanism != Mechanism::ListProcedure {
                // The seed is told wrongly; mostly it would draw others.
                let mut told = solution.clone();
                let selection = told.selection.as_mut().expect("proceedings");
                selection.seed = Some("two".to_owned());
                selection.commitment = Some(commitment("two"));
                found += usize::from(broken_rules(&document, &told) == ["D10 selection"]);
                selection_of(&mut told).commitment = Some(commitment("three"));
                assert!(broken_rules(&document, &told).contains(&"D10 selection"));
            }
            let mut told = solution.clone();
            let lists = &mut selection_of(&mut told).lists;
            if let Some(list) = lists.first_mut() {
                list.names.reverse();
                list.out.push("m0".to_owned());
                assert_eq!(broken_rules(&document, &told), ["D10 selection"]);
            }
            let mut told = solution;
            if let Some(list) = selection_of(&mut told).lists.pop() {
                assert_eq!(broken_rules(&document, &told), ["D10 selection"], "{list:?}");
            }
        }
    }
    assert!(found > 10, "another seed was found out {found} times");
}

fn selection_of(solution: &mut SolutionDoc) -> &mut comity::format::SelectionDoc {
    solution.selection.as_mut().expect("proceedings")
}

#[test]
fn what_was_committed_to_is_kept() {
    let mut document = tiny::instance(3);
    let policy = document.policy.get_or_insert_default();
    policy.mechanism = Some(Mechanism::Sortition);
    policy.selection.get_or_insert_default().commitment = Some(commitment("promised"));
    let screened = screened(&document);
    let right = select(&screened, Mechanism::Sortition, "promised");
    assert_holds(&document, &right);
    let mut silent = right;
    silent.selection = None;
    for other in [
        select(&screened, Mechanism::Sortition, "convenient"),
        select(&screened, Mechanism::FirstCome, "promised"),
        select(&screened, Mechanism::Random, "promised"),
        silent,
    ] {
        assert_eq!(broken_rules(&document, &other), ["D10 selection"]);
    }
}

#[test]
fn who_is_required_and_has_no_room_costs_a_dispute_its_panel_on_both_sides() {
    let mut document = steered(0.5);
    for mediator in &mut document.mediators {
        mediator.capacity.as_mut().expect("limits").cases = Some(1);
    }
    let require = |dispute: &str| json!({ "dispute": dispute, "mediator": "m0" });
    document.locks = serde_json::from_value(json!({ "require": [require("d0"), require("d2")] }))
        .expect("locks");
    let screened = screened(&document);
    for mechanism in DRAWING {
        let solution = select(&screened, mechanism, "seed");
        assert_holds(&document, &solution);
        assert!(solution.assignments.len() < 4, "{mechanism:?}");
    }
}

/// A commitment that nothing could hold anybody to is refused.
#[test]
fn random_takes_no_commitment() {
    let mut document = tiny::instance(3);
    let policy = document.policy.get_or_insert_default();
    policy.selection.get_or_insert_default().commitment = Some(commitment("promised"));
    for (mechanism, refused) in [(Mechanism::Sortition, false), (Mechanism::Random, true)] {
        document.policy.get_or_insert_default().mechanism = Some(mechanism);
        let found = comity::pipeline::load(&common::bytes(&document)).err().unwrap_or_default();
        assert_eq!(found.iter().any(|f| f.pointer == "/policy/selection/commitment"), refused);
    }
}

/// A lock that stands twice asks for one seat: the checker repeats what the engine drew.
#[test]
fn who_is_required_twice_takes_one_seat() {
    let mut document = steered(0.5);
    let require = json!({ "dispute": "d0", "mediator": "m0" });
    document.locks =
        serde_json::from_value(json!({ "require": [require, require] })).expect("locks");
    let screened = screened(&document);
    for mechanism in DRAWING {
        assert_holds(&document, &select(&screened, mechanism, "seed"));
    }
}

/// An earlier plan that is made up would decide who has dates, and with it what is drawn.
#[test]
fn what_is_drawn_keeps_to_no_earlier_plan() {
    let document = tiny::instance(3);
    let screened = screened(&document);
    let earlier = json!({ "digest": "0".repeat(64), "panels": [], "sessions": [] });
    for mechanism in DRAWING.into_iter().chain([Mechanism::Lottery, Mechanism::FirstCome]) {
        let mut told = select(&screened, mechanism, "seed");
        told.from = Some(serde_json::from_value(earlier.clone()).expect("an earlier plan"));
        assert!(broken_rules(&document, &told).contains(&"D10 selection"), "{mechanism:?}");
    }
}

/// A docket of sole mediators, seven of whom may sit anywhere, with scores that favour the first.
fn steered(cap: f64) -> InstanceDoc {
    let fit = |d: usize| -> serde_json::Map<String, serde_json::Value> {
        (0..7).map(|m| (format!("m{m}"), json!(0.9 - 0.1 * ((m + d) % 7) as f64))).collect()
    };
    serde_json::from_value(json!({
        "schema": "comity.instance/1", "id": "steered", "as_of": "2026-01-01",
        "horizon": { "start": "2026-01-05T00:00:00Z", "end": "2026-01-06T00:00:00Z" },
        "policy": { "mechanism": "lottery", "selection": { "pair_cap": cap }, "weights": { "balance": 0 } },
        "states": [{ "id": "KE", "name": "Kenya" }, { "id": "BR", "name": "Brazil" },
            { "id": "X-far", "name": "far" }],
        "mediators": (0..7).map(|m| json!({ "id": format!("m{m}"), "nationalities": ["X-far"],
            "capacity": { "cases": 2 } })).collect::<Vec<_>>(),
        "disputes": (0..4).map(|d| json!({ "id": format!("d{d}"), "class": "state-state",
            "parties": [{ "id": "p", "actor": "KE" }, { "id": "q", "actor": "BR" }],
            "panel": { "size": 1 + d % 2 }, "sessions": [] })).collect::<Vec<_>>(),
        "scores": (0..4).map(|d| json!({ "dispute": format!("d{d}"), "fit": fit(d) }))
            .collect::<Vec<_>>(),
    }))
    .expect("an instance")
}

fn lottery(solution: &SolutionDoc) -> &LotteryDoc {
    let selection = solution.selection.as_ref().expect("proceedings");
    selection.lottery.as_ref().expect("a lottery")
}

/// How likely each pair is, in millionths.
fn marginals(lottery: &LotteryDoc) -> BTreeMap<(String, String), u32> {
    let mut likely = BTreeMap::new();
    for ticket in &lottery.tickets {
        for panel in &ticket.panels {
            for m in &panel.mediators {
                *likely.entry((panel.dispute.clone(), m.clone())).or_default() += ticket.weight;
            }
        }
    }
    likely
}

/// How often is drawn.
const DRAWS: u32 = 10_000;

#[test]
fn ten_thousand_draws_have_the_marginals_and_keep_the_caps() {
    for cap in [0.5, 0.3] {
        let document = steered(cap);
        let screened = screened(&document);
        let solution = select(&screened, Mechanism::Lottery, "seed 0");
        assert_holds(&document, &solution);
        let lottery = lottery(&solution);
        let likely = marginals(lottery);
        let most = (cap * 1e6) as u32;
        assert!(likely.values().all(|p| *p <= most), "{likely:?}");
        let mut drawn_pairs: BTreeMap<(String, String), u32> = BTreeMap::new();
        for number in 0..DRAWS {
            let ticket = drawn(&screened.instance, &format!("seed {number}"), lottery);
            for panel in &lottery.tickets[ticket].panels {
                for m in &panel.mediators {
                    *drawn_pairs.entry((panel.dispute.clone(), m.clone())).or_default() += 1;
                }
            }
        }
        for (pair, p) in &likely {
            let p = f64::from(*p) / 1e6;
            let often = f64::from(drawn_pairs.get(pair).copied().unwrap_or(0)) / f64::from(DRAWS);
            // 4.5 standard deviations: one false alarm in some ten thousand such tests.
            let wide = 4.5 * (p * (1.0 - p) / f64::from(DRAWS)).sqrt() + 1e-9;
            assert!((often - p).abs() <= wide, "{pair:?}: {often} drawn, {p} told");
        }
        assert!(drawn_pairs.keys().all(|pair| likely.contains_key(pair)));
    }
}

/// All ways to seat members in all disputes, as far as cases go.
fn all_answers(document: &InstanceDoc) -> Vec<Vec<(usize, usize)>> {
    let sizes: Vec<usize> = document.disputes.iter().map(|d| d.panel.size as usize).collect();
    let mut answers: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    for (d, size) in sizes.iter().enumerate() {
        let mut next = Vec::new();
        for answer in answers {
            let mut choose = |panel: &[usize]| {
                let mut answer = answer.clone();
                answer.extend(panel.iter().map(|m| (d, *m)));
                let often = |m: usize| answer.iter().filter(|pair| pair.1 == m).count();
                if (0..7).all(|m| often(m) <= 2) {
                    next.push(answer);
                }
            };
            for a in 0..7 {
                if *size == 1 {
                    choose(&[a]);
                } else {
                    (a + 1..7).for_each(|b| choose(&[a, b]));
                }
            }
        }
        answers = next;
    }
    answers
}

/// What the best lottery over answers of a kind expects, in micro-units: the linear program over all of them.
fn best_lottery(
    document: &InstanceDoc,
    cap: f64,
    is_of_kind: &dyn Fn(&[(usize, usize)]) -> bool,
) -> f64 {
    let mut lp = Simplex::new();
    let sum = lp.add_row(1.0, &[]);
    let mut rows = BTreeMap::new();
    for (d, dispute) in document.disputes.iter().enumerate() {
        // Nobody is less likely than in an even draw.
        let even = f64::from(dispute.panel.size) / 7.0;
        for m in 0..7 {
            rows.insert((d, m), lp.add_row(f64::max(cap, (even * 1e6).ceil() / 1e6), &[]));
        }
    }
    let fit = |(d, m): &(usize, usize)| 0.9 - 0.1 * ((m + d) % 7) as f64;
    for answer in all_answers(document).iter().filter(|answer| is_of_kind(answer)) {
        let entries: Vec<(usize, f64)> =
            answer.iter().map(|pair| (rows[pair], 1.0)).chain([(sum, 1.0)]).collect();
        lp.add_column(answer.iter().map(fit).sum(), 1.0, &entries);
    }
    lp.solve(&|| false);
    lp.objective() * 1e6
}

#[test]
fn the_lottery_is_near_the_best_of_all_and_its_bound_above_it() {
    for cap in [0.5, 0.3, 0.2] {
        let document = steered(cap);
        let screened = screened(&document);
        let solution = select(&screened, Mechanism::Lottery, "x");
        let lottery = lottery(&solution);
        let best = best_lottery(&document, cap, &|_| true);
        assert!(lottery.bound as f64 >= best - 2.0, "{} is no bound of {best}", lottery.bound);
        assert!(lottery.expected as f64 <= best + 2.0);
        let lost = 1.0 - lottery.expected as f64 / best;
        assert!(lost < 0.02, "{lost} lost at a cap of {cap}");
    }
}

/// The hours, of three, at which each of seven mediators can sit. WHY so: of those who fit best some have no hour together.
const HOURS: [u32; 7] = [0b001, 0b011, 0b110, 0b100, 0b110, 0b111, 0b111];

/// The same docket with one session a dispute, for which there are three hours: whoever goes by fit alone seats some
/// who have no hour together, or have to be in two places at once.
fn steered_with_dates(cap: f64) -> InstanceDoc {
    let mut document = serde_json::to_value(steered(cap)).expect("JSON");
    document["slot_minutes"] = json!(60);
    for (mediator, hours) in
        document["mediators"].as_array_mut().expect("a list").iter_mut().zip(HOURS)
    {
        let busy = (0..3).filter(|hour| hours >> hour & 1 == 0).map(|hour| {
            let at = |hour: u32| format!("2026-01-05T{:02}:00:00Z", 9 + hour);
            json!({ "start": at(hour), "end": at(hour + 1) })
        });
        mediator["busy"] = busy.collect();
        mediator["time_zone"] = json!("UTC");
    }
    for dispute in document["disputes"].as_array_mut().expect("a list") {
        dispute["due"] = json!("2026-01-05T12:00:00Z");
        dispute["sessions"] = json!([{ "id": "s", "kind": "joint", "minutes": 60,
            "not_before": "2026-01-05T09:00:00Z" }]);
    }
    serde_json::from_value(document).expect("an instance")
}

/// Whether panels have hours so that nobody sits in two disputes at once.
fn has_hours(answer: &[(usize, usize)]) -> bool {
    let fits = |code: u32| {
        let hour = |d: usize| code / 3_u32.pow(d as u32) % 3;
        let is_free = |(d, m): &(usize, usize)| HOURS[*m] >> hour(*d) & 1 == 1;
        let once = |(d, m): &(usize, usize)| {
            answer.iter().all(|(e, n)| e == d || n != m || hour(*d) != hour(*e))
        };
        answer.iter().all(|pair| is_free(pair) && once(pair))
    };
    (0..81).any(fits)
}

#[test]
fn tickets_have_dates_where_the_fittest_have_none_together() {
    for cap in [0.5, 0.3] {
        let document = steered_with_dates(cap);
        let screened = screened(&document);
        for seed in ["a", "b", "c", "d"] {
            let solution = select(&screened, Mechanism::Lottery, seed);
            assert_holds(&document, &solution);
            assert!(solution.unserved.is_empty(), "{:?}", solution.unserved);
        }
        let solution = select(&screened, Mechanism::Lottery, "x");
        let lottery = lottery(&solution);
        assert!(marginals(lottery).values().all(|p| f64::from(*p) <= cap * 1e6));
        let place = |id: &String| id[1..].parse::<usize>().expect("a number");
        for ticket in &lottery.tickets {
            let mut pairs: Vec<(usize, usize)> = Vec::new();
            for panel in &ticket.panels {
                pairs.extend(panel.mediators.iter().map(|m| (place(&panel.dispute), place(m))));
            }
            assert!(has_hours(&pairs), "{pairs:?} have no hours together");
        }
        // No lottery of answers with dates expects more than the best of them, and this one little less.
        let best = best_lottery(&document, cap, &has_hours);
        assert!(lottery.bound as f64 >= best - 2.0 && lottery.expected as f64 <= best + 2.0);
        let lost = 1.0 - lottery.expected as f64 / best;
        assert!(lost < 0.02, "{lost} lost at a cap of {cap}");
        assert!(best < best_lottery(&document, cap, &|_| true) - 1e4, "dates cost nothing");
    }
}

#[test]
fn a_lottery_that_was_tampered_with_is_found_out() {
    let document = steered(0.3);
    let screened = screened(&document);
    let solution = select(&screened, Mechanism::Lottery, "x");
    let broken = |change: &dyn Fn(&mut LotteryDoc)| {
        let mut told = solution.clone();
        change(selection_of(&mut told).lottery.as_mut().expect("a lottery"));
        broken_rules(&document, &told)
    };
    assert_eq!(broken(&|_| {}), Vec::<&str>::new());
    assert_eq!(broken(&|l| l.drawn = (l.drawn + 1) % 2), ["D10 selection"]);
    assert_eq!(broken(&|l| l.expected += 1), ["D10 selection"]);
    assert_eq!(broken(&|l| l.bound = l.expected), ["B1 bound"]);
    assert_eq!(broken(&|l| l.pair_cap = Decimal(400_000)), ["D10 selection"]);
    assert_eq!(broken(&|l| l.tickets.swap(0, 1)), ["D10 selection"]);
    assert_eq!(broken(&|l| l.tickets[0].weight += 1), ["D10 selection"]);
    // A ticket that nobody can draw would still change what is drawn.
    let weightless = |l: &mut LotteryDoc| {
        let first = std::mem::take(&mut l.tickets[0].weight);
        l.tickets[1].weight += first;
        l.drawn = 1;
    };
    assert!(broken(&weightless).contains(&"D10 selection"));
    let told = |change: &dyn Fn(&mut LotteryDoc)| -> String {
        let mut told = solution.clone();
        change(selection_of(&mut told).lottery.as_mut().expect("a lottery"));
        let found = comity::check::check(&document, &told, screened.instance.digest());
        found.violations.into_iter().map(|violation| violation.message + "\n").collect()
    };
    // All weight on one ticket.
    let sure = |l: &mut LotteryDoc| {
        l.tickets.truncate(1);
        l.tickets[0].weight = 1_000_000;
    };
    assert!(told(&sure).contains("above its cap"), "{}", told(&sure));
    // Somebody with too many disputes may not even be on a ticket that was not drawn, nor sit twice.
    let at = (lottery(&solution).drawn as usize + 1) % lottery(&solution).tickets.len();
    let crowded = |l: &mut LotteryDoc| {
        for panel in &mut l.tickets[at].panels {
            let free = if panel.mediators[0] == "m1" { "m2" } else { "m1" };
            panel.mediators[0] = "m6".to_owned();
            if let Some(second) = panel.mediators.get_mut(1) {
                free.clone_into(second);
            }
        }
    };
    assert!(told(&crowded).contains("has no room"), "{}", told(&crowded));
    let twice = |l: &mut LotteryDoc| {
        let panel = l.tickets[at].panels.iter_mut().find(|panel| panel.mediators.len() == 2);
        let panel = panel.expect("a panel of two");
        panel.mediators[1] = panel.mediators[0].clone();
    };
    assert!(told(&twice).contains("sits twice"), "{}", told(&twice));
    let pairs = |l: &mut LotteryDoc| l.pairs[0].price = -1;
    assert!(told(&pairs).contains("negative price"), "{}", told(&pairs));
}

#[test]
fn random_lotteries_hold() {
    let mut made = 0;
    for seed in 0..25 {
        for document in [tiny::instance(seed), batch::instance(seed), shares::capped(seed)] {
            let mut document = document;
            let policy = document.policy.get_or_insert_default();
            policy.fairness = None;
            policy.fairness_levels.clear();
            let mut lots = Lots::new(seed);
            policy.selection.get_or_insert_default().pair_cap =
                Some(Decimal(*lots.pick(&[400_000, 700_000])));
            for mediator in &mut document.mediators {
                if let Some(capacity) = &mut mediator.capacity {
                    capacity.min_cases = None;
                }
            }
            let screened = screened(&document);
            let control = Control::new(None, None);
            let solution = answer(&screened, Mechanism::Lottery, "s", Options::default(), &control);
            if let Some(solution) = solution {
                assert_holds(&document, &solution);
                made += 1;
            }
        }
    }
    assert!(made > 20, "only {made} lotteries were made");
}

#[test]
fn measures_tell_the_mechanisms_apart() {
    let document = ranked(&steered(0.5), 1);
    let screened = screened(&document);
    let measured = |mechanism| measure(&screened.instance, &select(&screened, mechanism, "1"));
    let best = measured(Mechanism::Optimise);
    let lottery = measured(Mechanism::Lottery);
    let lists = measured(Mechanism::StrikeAndRank);
    assert_eq!((best.panels, best.served, best.disputes), (4, 4, 4));
    assert!(best.quality >= lottery.quality && best.quality >= lists.quality);
    assert_eq!(best.likeliest, Some(1.0));
    assert!(lottery.likeliest.expect("known") <= 0.5);
    assert!(lists.likeliest.is_none() && best.false_ballots.is_none());
    let content = lists.satisfaction.expect("everybody ranks");
    assert!(content.least <= content.mean && (0.0..=1.0).contains(&content.mean));
    let tried = lists.false_ballots.expect("there were lists");
    // Two sides at each of six seats, but for seats whose lists have one name.
    assert_eq!(tried.tried, 12);
    assert!((best.busiest_tenth - 2.0 / 6.0).abs() < 1e-6, "{best:?}");
}
