//! `comity export --format lp|mps`: both files are the same model, an answer of comity is a point of it with the
//! same value, and it has no better point, tier by tier.
//!
//! The files are read back by a reader of this test's own, and answers become points by the names of
//! docs/format.md and docs/model.md alone. `tests/python/highs_models.py` has HiGHS read and solve the same files.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use comity::domain::MediatorIx;
use comity::export::model::{Kind, Model, Sense, model, model_tiers, write_lp, write_mps};
use comity::format::{Fairness, InstanceDoc};
use comity::pipeline::{Screened, keep_to};
use comity::solution::{Plan, service, worse_off};
use comity::solve::{Control, Options, Outcome};
use good_lp::{
    Expression, ProblemVariables, Solution as _, SolverModel, Variable, WithMipGap, WithTimeLimit,
    constraint, variable,
};
use serde_json::json;

/// Seeds of each family whose answers are made points.
const ANSWERS: u64 = 100;
/// Seeds of each family whose models are solved as well.
const SOLVED: u64 = 50;

/// A model as it is in a file: everything by name, in no order.
#[derive(Debug, PartialEq, Eq, Default)]
struct File {
    name: String,
    objective: BTreeMap<String, i64>,
    /// Sum, comparison, limit.
    rows: BTreeMap<String, (BTreeMap<String, i64>, char, i64)>,
    /// Whole or not, least, most.
    columns: BTreeMap<String, (bool, i64, i64)>,
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| panic!("no whole number: {text}"))
}

impl File {
    fn of(model: &Model) -> Self {
        let name = |column: &usize| model.columns[*column].name.clone();
        let sum = |terms: &[(usize, i64)]| -> BTreeMap<String, i64> {
            let named: BTreeMap<_, _> = terms.iter().map(|(c, f)| (name(c), *f)).collect();
            assert_eq!(named.len(), terms.len(), "a column stands twice in a sum");
            assert!(terms.iter().all(|(_, factor)| *factor != 0), "a factor is 0");
            named
        };
        let sense = |sense: Sense| match sense {
            Sense::AtMost => '<',
            Sense::AtLeast => '>',
            Sense::Equal => '=',
        };
        let rows = model.rows.iter();
        let rows: BTreeMap<_, _> =
            rows.map(|r| (r.name.clone(), (sum(&r.terms), sense(r.sense), r.limit))).collect();
        let columns = model.columns.iter();
        let columns: BTreeMap<_, _> =
            columns.map(|c| (c.name.clone(), (c.kind != Kind::Free, c.least, c.most))).collect();
        assert_eq!(rows.len(), model.rows.len(), "two rows have one name");
        assert_eq!(columns.len(), model.columns.len(), "two columns have one name");
        Self { name: model.name.clone(), objective: sum(&model.objective), rows, columns }
    }

    fn read_lp(text: &str) -> Self {
        let mut file = Self::default();
        let mut section = "";
        // The row that is being read: its sum, and a sign and a factor that wait for a column.
        let (mut row, mut sum, mut sign, mut factor) = (String::new(), BTreeMap::new(), 1, 1);
        let mut sense = None;
        for line in text.lines().filter(|line| !line.starts_with('\\')) {
            assert!(line.len() < 560, "too long a line");
            if !line.starts_with(' ') {
                if section == "Maximize" {
                    (file.name, file.objective) = (row.clone(), std::mem::take(&mut sum));
                }
                section = line;
                continue;
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            match (section, &words[..]) {
                ("Bounds", [least, "<=", name, "<=", most]) => {
                    let bounds = (false, number(least), number(most));
                    assert!(file.columns.insert((*name).to_owned(), bounds).is_none());
                }
                ("Generals", [name]) => {
                    file.columns.get_mut(*name).expect("a column with bounds").0 = true;
                }
                ("Binaries", [name]) => {
                    assert!(file.columns.insert((*name).to_owned(), (true, 0, 1)).is_none());
                }
                ("Maximize" | "Subject To", words) => {
                    for word in words {
                        match *word {
                            "+" => sign = 1,
                            "-" => sign = -1,
                            "<=" | ">=" | "=" => sense = word.chars().next(),
                            name if name.ends_with(':') => row = name.replace(':', ""),
                            limit if sense.is_some() => {
                                let all = (std::mem::take(&mut sum), sense.take().expect("one"));
                                let all = (all.0, all.1, number(limit));
                                assert!(file.rows.insert(row.clone(), all).is_none());
                            }
                            size if size.starts_with(|c: char| c.is_ascii_digit()) => {
                                factor = number(size);
                            }
                            name => {
                                // Only an empty sum has a factor of 0.
                                let empty = factor == 0 && sum.is_empty();
                                let known = sum.insert(name.to_owned(), sign * factor);
                                assert!(known.is_none() && (factor != 0 || empty));
                                sum.retain(|_, factor| *factor != 0);
                                (sign, factor) = (1, 1);
                            }
                        }
                    }
                }
                _ => panic!("not understood in {section}: {line}"),
            }
        }
        file
    }

    fn read_mps(text: &str) -> Self {
        let mut file = Self::default();
        let (mut section, mut whole) = ("", false);
        for line in text.lines().filter(|line| !line.starts_with('*')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if !line.starts_with(' ') {
                section = words[0];
                continue;
            }
            match (section, &words[..]) {
                ("OBJSENSE", ["MAX"]) => {}
                ("ROWS", ["N", name]) => (*name).clone_into(&mut file.name),
                ("ROWS", [sense, name]) => {
                    let sense = match *sense {
                        "L" => '<',
                        "G" => '>',
                        "E" => '=',
                        other => panic!("no comparison: {other}"),
                    };
                    let row = (BTreeMap::new(), sense, 0);
                    assert!(file.rows.insert((*name).to_owned(), row).is_none());
                }
                ("COLUMNS", [_, "'MARKER'", mark]) => whole = *mark == "'INTORG'",
                ("COLUMNS", [column, row, factor]) => {
                    let (column, factor) = ((*column).to_owned(), number(factor));
                    let known = file.columns.entry(column.clone()).or_insert((whole, 0, i64::MAX));
                    assert_eq!(known.0, whole);
                    if *row != file.name {
                        file.rows.get_mut(*row).expect("a row").0.insert(column, factor);
                    } else if factor != 0 {
                        file.objective.insert(column, factor);
                    }
                }
                ("RHS", [_, row, limit]) => {
                    file.rows.get_mut(*row).expect("a row").2 = number(limit);
                }
                ("BOUNDS", [kind, _, column, rest @ ..]) => {
                    let known = file.columns.get_mut(*column).expect("a column");
                    match (*kind, rest) {
                        ("BV", []) => (known.1, known.2) = (0, 1),
                        ("LO", [least]) => known.1 = number(least),
                        ("UP", [most]) => known.2 = number(most),
                        other => panic!("no bound: {other:?}"),
                    }
                }
                _ => panic!("not understood in {section}: {line}"),
            }
        }
        file
    }

    /// What a point is worth.
    fn value(&self, point: &BTreeMap<String, i64>) -> i64 {
        sum(&self.objective, point)
    }

    /// The names of all rows and columns that a point breaks.
    fn broken(&self, point: &BTreeMap<String, i64>) -> Vec<&str> {
        let rows = self.rows.iter().filter(|(_, (terms, sense, limit))| match sense {
            '<' => sum(terms, point) > *limit,
            '>' => sum(terms, point) < *limit,
            _ => sum(terms, point) != *limit,
        });
        let within = |name: &str, (_, least, most): &(bool, i64, i64)| {
            (*least..=*most).contains(&point.get(name).copied().unwrap_or(0))
        };
        let columns = self.columns.iter().filter(|(name, column)| !within(name, column));
        rows.map(|(name, _)| &**name).chain(columns.map(|(name, _)| &**name)).collect()
    }
}

fn sum(terms: &BTreeMap<String, i64>, point: &BTreeMap<String, i64>) -> i64 {
    terms.iter().map(|(name, factor)| factor * point.get(name).copied().unwrap_or(0)).sum()
}

/// An id as a part of a name. (Those of these instances are short.)
fn part(id: &str) -> String {
    let escaped = id.replace('_', "_u").replace('.', "_d").replace(':', "_c");
    escaped.replace('-', ".")
}

/// A point of a model, from what an answer says. What a model leaves out where there is no choice is left out.
fn point(screened: &Screened, outcome: &Outcome, file: &File) -> BTreeMap<String, i64> {
    let instance = &screened.instance;
    let mut point: BTreeMap<String, i64> = BTreeMap::new();
    let mut load: BTreeMap<MediatorIx, i64> = BTreeMap::new();
    for plan in outcome.solution.plans.iter().flatten() {
        for m in &plan.panel {
            *load.entry(*m).or_default() += 1;
        }
        panel(screened, plan, file, &mut point);
        sessions(screened, plan, file, &mut point);
    }
    for m in instance.mediator_indices() {
        let (name, own) = (part(instance.mediator_name(m)), load.get(&m).copied().unwrap_or(0));
        let short = (i64::from(instance.mediator(m).least) - own).max(0);
        if short > 0 {
            point.insert(format!("short__{name}"), short);
        }
        for j in 2..=own {
            point.insert(format!("more__{name}__{j}"), 1);
        }
    }
    point.insert("service".to_owned(), outcome.objective.worst);
    // Which of these there is no need for depends on weights, policies and places.
    let spare = ["service", "more", "worse", "below", "room", "other", "by"];
    point.retain(|name, _| {
        let word = name.split("__").next().unwrap_or_default();
        let known = file.columns.contains_key(name);
        assert!(known || spare.contains(&word), "the model has no {name}");
        known
    });
    point
}

fn panel(screened: &Screened, plan: &Plan, file: &File, point: &mut BTreeMap<String, i64>) {
    let instance = &screened.instance;
    let d = part(instance.dispute_name(plan.dispute));
    point.insert(format!("served__{d}"), 1);
    for m in &plan.panel {
        point.insert(format!("x__{d}__{}", part(instance.mediator_name(*m))), 1);
    }
    let below = format!("below__{d}__");
    for name in file.columns.keys().filter(|name| name.starts_with(&below)) {
        let level = number(&name[below.len()..]);
        point.insert(name.clone(), i64::from(service(instance, plan) < level));
    }
}

fn sessions(screened: &Screened, plan: &Plan, file: &File, point: &mut BTreeMap<String, i64>) {
    let instance = &screened.instance;
    let d = part(instance.dispute_name(plan.dispute));
    if plan.starts.is_none() {
        return;
    }
    point.insert(format!("scheduled__{d}"), 1);
    point.insert(format!("worse__{d}"), worse_off(instance, &screened.availability, plan));
    for (position, session, start) in plan.sessions(instance) {
        let s = format!("{d}__{}", part(&session.id));
        point.insert(format!("y__{s}__{start}"), 1);
        let begun = format!("by__{s}__");
        for name in file.columns.keys().filter(|name| name.starts_with(&begun)) {
            point.insert(name.clone(), i64::from(number(&name[begun.len()..]) >= i64::from(start)));
        }
        if session.held {
            continue;
        }
        for m in &plan.panel {
            point.insert(format!("z__{s}__{}__{start}", part(instance.mediator_name(*m))), 1);
        }
        let staff = &plan.staff[position];
        for (number, class) in staff.rooms.iter().enumerate() {
            let word = if number == 0 { "room" } else { "other" };
            *point.entry(format!("{word}__{s}__{class}__{start}")).or_default() += 1;
        }
        let mut named = staff.interpreters.iter();
        for (number, booth) in session.booths.iter().enumerate() {
            for interpreter in named.by_ref().take(booth.size as usize) {
                let actor = instance.interpreter(*interpreter).actor;
                let i = part(instance.actor_name(actor));
                point.insert(format!("v__{s}__{number}__{i}__{start}"), 1);
            }
        }
    }
}

/// An instance, perhaps with an earlier plan to keep to.
fn families(seed: u64) -> Vec<(String, Screened)> {
    let fair = |mut document: InstanceDoc, fairness: Fairness| {
        let mut value = serde_json::to_value(&document).expect("JSON");
        value["policy"]["fairness"] = serde_json::to_value(fairness).expect("a word");
        if fairness == Fairness::Leximin {
            value["policy"]["fairness_levels"] = json!([0.3, 0.45, 0.6, 0.8]);
        }
        document = serde_json::from_value(value).expect("still a document");
        document
    };
    let (tiny, contested) = (common::tiny::instance(seed), common::tiny::contested(seed));
    let documents = vec![
        ("least", common::tiny::with_least(seed, seed.is_multiple_of(2))),
        ("max-min", fair(contested.clone(), Fairness::MaxMin)),
        ("leximin", fair(contested, Fairness::Leximin)),
        ("max-min beside sessions", fair(tiny.clone(), Fairness::MaxMin)),
        ("tiny", tiny),
        ("batch", common::batch::instance(seed)),
        ("capped", common::shares::capped(seed)),
        ("hours", common::hours::instance(seed)),
        ("crowded", crowded(seed)),
        ("chaired", chaired(seed)),
    ];
    let mut all: Vec<(String, Screened)> = documents
        .into_iter()
        .map(|(name, document)| (format!("{name}, seed {seed}"), common::screened(&document)))
        .collect();
    all.push((format!("again, seed {seed}"), again(seed)));
    all
}

/// Three disputes in person on one morning: rooms are few, and two places are a journey apart.
fn crowded(seed: u64) -> InstanceDoc {
    let mut value = common::hours::document(seed);
    value["horizon"]["end"] = json!("2026-03-02T13:00:00Z");
    value["policy"]["workload"] = json!({});
    value["journeys"] = json!([{ "from": "hall", "to": "court", "minutes": 60 * (1 + seed % 2) }]);
    for place in 0..2 {
        value["places"][place]["rooms"] = json!([
            { "id": "large", "seats": 9 }, { "id": "small", "seats": 2 + 7 * (seed / 5 % 2) }, { "id": "garden" },
        ]);
    }
    let mut first = value["disputes"][0].clone();
    first.as_object_mut().expect("a dispute").remove("deadlines");
    let disputes = (0..3).map(|number| {
        let mut dispute = first.clone();
        dispute["id"] = json!(format!("d{number}"));
        dispute["panel"] = json!({ "size": 1 });
        for (party, actor) in ["KE", "BR"].iter().enumerate() {
            let own = format!("p{}", (number + party + seed as usize % 3) % 4);
            let id = ["a", "b"][party];
            dispute["parties"][party] =
                json!({ "id": id, "actor": actor, "representatives": [own] });
        }
        let place = if number == 1 && seed % 4 < 3 { "court" } else { "hall" };
        dispute["sessions"] = json!([{
            "id": "s0", "kind": "joint", "minutes": 60 * (1 + (seed + number as u64) % 2),
            "mode": "in-person", "place": place, "breakout_rooms": (seed / 3) % 3,
        }]);
        dispute
    });
    value["disputes"] = disputes.collect();
    for person in value["people"].as_array_mut().expect("people") {
        *person = json!({ "id": person["id"], "time_zone": "UTC" });
    }
    for mediator in value["mediators"].as_array_mut().expect("mediators") {
        mediator.as_object_mut().expect("a mediator").remove("capacity");
        mediator.as_object_mut().expect("a mediator").remove("stays");
    }
    serde_json::from_value(value).expect("an instance")
}

/// Two sit, one of them as chair, and whoever is tied to a side may sit and not preside.
fn chaired(seed: u64) -> InstanceDoc {
    let mut value = common::batch::document(seed);
    value["policy"]["nationality"] = json!({ "state-state": "one-per-side" });
    value["policy"]["conflict_rules"] = json!("nationality");
    value.as_object_mut().expect("an object").remove("waivers");
    for dispute in value["disputes"].as_array_mut().expect("a list") {
        dispute["panel"]["size"] = json!(2);
        dispute["panel"]["chair"] = json!(true);
    }
    serde_json::from_value(value).expect("an instance")
}

/// A docket that is planned again on its second day, with near sessions that should stay.
fn again(seed: u64) -> Screened {
    let document = common::hours::instance(seed);
    let before = common::solve_without_checking_the_answer(&document, Options::default());
    let mut value = serde_json::to_value(document).expect("JSON");
    value["policy"]["freeze_days"] = json!(1 + seed % 3);
    value["policy"]["weights"]["disruption"] = json!(0.3);
    if seed.is_multiple_of(2) {
        value["as_of"] = json!("2026-03-03");
    }
    let away = json!([{ "start": "2026-03-02T09:00:00Z", "end": format!("2026-03-03T{:02}:00:00Z", 8 + seed % 4) }]);
    value["people"][0]["busy"] = away;
    if seed.is_multiple_of(5) {
        // Nobody is left for what has begun.
        let all = value["mediators"].as_array().expect("mediators").iter();
        let all = all.map(|m| json!({ "dispute": "d0", "mediator": m["id"] }));
        value["locks"] = json!({ "forbid": all.collect::<Vec<_>>() });
    }
    let document = serde_json::from_value(value).expect("still a document");
    let screened = common::screened(&document);
    let from = keep_to(&screened.instance, &before, String::new()).expect("starts");
    screened.keeping_to(from)
}

fn answer(screened: &Screened) -> Outcome {
    screened.solve(Options { gap: 0, ..Options::default() }, &Control::new(None, None))
}

fn texts(model: &Model) -> (String, String) {
    let (mut lp, mut mps) = (String::new(), String::new());
    write_lp(model, &mut lp).expect("text");
    write_mps(model, &mut mps).expect("text");
    (lp, mps)
}

/// Every label of a row: each must stand in some model, and each must matter there.
const LABELS: [&str; 30] = [
    "A1_chair",
    "A1_size",
    "A3_cases",
    "A3_hours",
    "A4_expertise",
    "A4_language",
    "A5_distinct",
    "A6_batch",
    "A7_cap",
    "A8_required",
    "G1_inadmissible",
    "S1_seat",
    "S1_together",
    "S2_overlap",
    "S2_travel",
    "S3_after",
    "S3_by",
    "S3_panel",
    "S3_start",
    "S3_within",
    "S4_other",
    "S4_room",
    "S4_supply",
    "S5_booth",
    "S6_day",
    "quality_balance",
    "tier_below",
    "tier_loads",
    "tier_sides",
    "tier_worst",
];

#[test]
fn answers_are_points_of_both_files_with_their_values() {
    let (mut models, mut tiers_seen, mut labels) = (0, BTreeSet::new(), BTreeSet::new());
    for seed in 0..ANSWERS {
        for (place, screened) in families(seed) {
            let outcome = answer(&screened);
            let reached = outcome.objective.told();
            let tiers = model_tiers(&screened.instance);
            assert_eq!(tiers.len(), reached.len(), "{place}");
            for (tier, name) in tiers.iter().enumerate() {
                let model = model(&screened.instance, screened.tables(), tier, &reached[..tier]);
                let model = model.expect("small");
                let file = File::of(&model);
                let (lp, mps) = texts(&model);
                assert_eq!(File::read_lp(&lp), file, "{place}, {name}");
                assert_eq!(File::read_mps(&mps), file, "{place}, {name}");
                let point = point(&screened, &outcome, &file);
                assert_eq!(file.broken(&point), Vec::<&str>::new(), "{place}, {name}");
                assert_eq!(file.value(&point), reached[tier], "{place}, {name}");
                let told = file.rows.keys().map(|row| row.split("__").next().unwrap_or_default());
                labels.extend(told.map(str::to_owned));
                tiers_seen.insert(name.clone());
                models += 1;
            }
        }
    }
    println!("{models} models, tiers {tiers_seen:?}, labels {labels:?}");
    let wanted: BTreeSet<String> = LABELS.iter().map(|label| (*label).to_owned()).collect();
    let missing: Vec<&String> = wanted.difference(&labels).collect();
    assert!(missing.is_empty(), "in no model: {missing:?}");
    let odd: Vec<&String> =
        labels.difference(&wanted).filter(|label| !label.starts_with("hold_")).collect();
    assert!(odd.is_empty(), "not in the list: {odd:?}");
    for tier in ["panels", "sessions", "frozen", "loads", "sides", "worst", "below-0.3", "quality"]
    {
        assert!(tiers_seen.contains(tier), "{tier}");
    }
}

/// The best point that microlp finds, rounded; `without` is the label of rows that are left out.
fn solved(model: &Model, without: &str) -> Option<BTreeMap<String, i64>> {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = model
        .columns
        .iter()
        .map(|column| {
            let bounds = variable().min(column.least as f64).max(column.most as f64);
            variables.add(if column.kind == Kind::Free { bounds } else { bounds.integer() })
        })
        .collect();
    let sum = |terms: &[(usize, i64)]| {
        let mut sum = Expression::with_capacity(terms.len());
        for (column, factor) in terms {
            sum.add_mul(*factor as f64, columns[*column]);
        }
        sum
    };
    let problem = variables.maximise(sum(&model.objective));
    let mut problem = problem.using(good_lp::solvers::microlp::microlp).with_time_limit(20.0);
    problem = problem.with_mip_gap(0.0).expect("a gap");
    for row in model.rows.iter().filter(|row| row.name.split("__").next() != Some(without)) {
        let (sum, limit) = (sum(&row.terms), row.limit as f64);
        problem.add_constraint(match row.sense {
            Sense::AtMost => constraint!(sum <= limit),
            Sense::AtLeast => constraint!(sum >= limit),
            Sense::Equal => constraint!(sum == limit),
        });
    }
    let solution = problem.solve().ok()?;
    let named = model.columns.iter().zip(&columns);
    Some(named.map(|(c, v)| (c.name.clone(), solution.value(*v).round() as i64)).collect())
}

/// A point that another solver finds is checked in whole numbers: where it holds and is worth more, the model lacks a
/// rule; where it is worth less, that solver has not found the answer, which is a point too.
#[test]
fn no_point_is_better_than_the_answer() {
    let (mut all, mut equal, mut sound) = (0, 0, 0);
    for seed in 0..SOLVED {
        for (place, screened) in families(seed) {
            let outcome = answer(&screened);
            if !outcome.is_proven() {
                continue;
            }
            let reached = outcome.objective.told();
            for (tier, name) in model_tiers(&screened.instance).iter().enumerate() {
                let model = model(&screened.instance, screened.tables(), tier, &reached[..tier]);
                let model = model.expect("small");
                all += 1;
                let file = File::of(&model);
                let Some(found) = solved(&model, "").filter(|p| file.broken(p).is_empty()) else {
                    continue;
                };
                sound += 1;
                let value = file.value(&found);
                assert!(value <= reached[tier], "{place}, {name}: {value}, not {}", reached[tier]);
                equal += u64::from(value == reached[tier]);
            }
        }
    }
    println!("{all} tiers, {sound} solved, {equal} to the same value");
    assert!(sound * 100 >= 95 * all && equal * 100 >= 95 * all, "{all} {sound} {equal}");
}

/// Each rule is in the model because it has to be: without its rows, some docket would seem to be worth more.
#[test]
fn without_the_rows_of_a_rule_there_are_better_points() {
    let mut open: BTreeSet<&str> = LABELS.into_iter().collect();
    for seed in 0..ANSWERS {
        for (_, screened) in families(seed) {
            if open.is_empty() {
                return;
            }
            let outcome = answer(&screened);
            let reached = outcome.objective.told();
            if !outcome.is_proven() {
                continue;
            }
            for tier in (0..reached.len()).rev() {
                let model = model(&screened.instance, screened.tables(), tier, &reached[..tier]);
                let model = model.expect("small");
                let own: BTreeSet<&str> =
                    model.rows.iter().filter_map(|row| row.name.split("__").next()).collect();
                let file = File::of(&model);
                for label in open.intersection(&own).copied().collect::<Vec<_>>() {
                    let better = solved(&model, label).is_some_and(|point| {
                        let broken = file.broken(&point);
                        let alone = broken.iter().all(|row| row.starts_with(label));
                        alone && file.value(&point) > reached[tier]
                    });
                    if better {
                        open.remove(label);
                    }
                }
            }
        }
    }
    assert!(open.is_empty(), "without them nothing changes: {open:?}");
}

fn comity(arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_comity"));
    command.current_dir(common::files::home()).args(arguments).output().expect("it runs")
}

fn err(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_command_takes_a_tier_and_what_is_held() {
    let instance = "instances/tiny/two-disputes.json";
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let solution = place("solution.json");
    assert!(comity(&["solve", instance, "-o", &solution]).status.success());
    let read = |arguments: &[&str]| {
        let output = comity(&[&["export", "--format", "lp", instance], arguments].concat());
        assert!(output.status.success(), "{}", err(&output));
        let text = String::from_utf8(output.stdout).expect("text");
        let notes: Vec<String> =
            text.lines().take_while(|l| l.starts_with('\\')).map(str::to_owned).collect();
        (File::read_lp(&text), notes)
    };
    let (first, notes) = read(&[]);
    assert_eq!(first.name, "panels");
    assert_eq!(notes.len(), 3);
    assert_eq!(first.objective.values().collect::<Vec<_>>(), [&1_000_000; 2]);
    assert!(first.rows.contains_key("A3_cases__eva"));
    let (last, notes) = read(&["--hold", &solution]);
    assert_eq!(last.name, "quality");
    assert_eq!(
        notes[3..],
        ["\\ held: panels at least 2000000", "\\ held: sessions at least 2000000"]
    );
    assert_eq!(last.rows["hold_panels"].2, 2);
    assert_eq!(read(&["--values", "2000000,2000000"]).0, last);
    let (middle, _) = read(&["--hold", &solution, "--tier", "sessions"]);
    assert_eq!(middle.name, "sessions");
    assert!(middle.rows.contains_key("hold_panels") && !middle.rows.contains_key("hold_sessions"));
    assert_eq!(read(&["--values", "2000000"]).0, middle);
    // The same into a file, in the other form.
    let file = place("model.mps");
    let told = ["export", "--format", "mps", instance, "--hold", &solution, "-o", &file];
    assert!(comity(&told).status.success());
    let text = std::fs::read_to_string(&file).expect("a file");
    assert_eq!(File::read_mps(&text), last);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let instance = "instances/tiny/two-disputes.json";
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (solution, file) = (place("solution.json"), place("model.lp"));
    assert!(comity(&["solve", instance, "-o", &solution]).status.success());
    let refused = |arguments: &[&str], code: i32, word: &str| {
        let output = comity(&[&["export", "-o", &file], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(word), "{arguments:?}: {}", err(&output));
        assert!(!std::path::Path::new(&file).exists(), "{arguments:?}: something was written");
    };
    refused(&["--format", "lp", instance, "--tier", "best"], 2, "`panels`, `sessions`, `quality`");
    refused(&["--format", "lp", instance, "--tier", "quality"], 2, "--hold");
    refused(&["--format", "lp", instance, "--values", "1,2,3,4"], 2, "3 tiers");
    let many = ["--format", "lp", instance, "--values", "1,2,3,4", "--tier", "panels"];
    refused(&many, 2, "3 tiers");
    refused(&["--format", "lp", instance, "--values", "1", "--hold", &solution], 2, "--hold");
    refused(&["--format", "grid", instance, "--tier", "quality"], 2, "--tier");
    let other = "instances/tiny/time-zones.json";
    refused(&["--format", "mps", other, "--hold", &solution], 3, "error[other-instance]");
    let text = std::fs::read_to_string(&solution).expect("a solution");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    value["objective"]["tiers"] = json!([2_000_000, 2_000_000]);
    std::fs::write(&solution, value.to_string()).expect("a file");
    refused(&["--format", "lp", instance, "--hold", &solution], 3, "error[wrong-length]");
    refused(&["--format", "lp", "instances/isds-2015.json"], 3, "error[model-too-large]");
}

/// Ids with every character that they may have, some of them long: names stay apart and legal.
#[test]
fn names_are_legal_whatever_the_ids() {
    let text = std::fs::read_to_string("instances/tiny/two-disputes.json").expect("an instance");
    let long = "9".repeat(40) + &"_".repeat(24);
    let text = text.replace("\"eva\"", &format!("\"{long}\"")).replace("\"ana\"", "\"e_1.a\"");
    let text = text.replace("\"ben\"", "\"e-1:a\"").replace("\"river\"", "\"1e5\"");
    let document: InstanceDoc = serde_json::from_str(&text).expect("still a document");
    let screened = common::screened(&document);
    let model = model(&screened.instance, screened.tables(), 0, &[]).expect("small");
    let file = File::of(&model);
    let (lp, mps) = texts(&model);
    assert_eq!((&File::read_lp(&lp), &File::read_mps(&mps)), (&file, &file));
    for name in file.rows.keys().chain(file.columns.keys()) {
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        assert!(name.chars().all(legal) && name.len() <= 255, "{name}");
        assert!(!name.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == 'e'), "{name}");
    }
    assert!(
        file.columns.contains_key("x__1e5__e_u1_da") && file.columns.contains_key("x__1e5__e.1_ca")
    );
}
