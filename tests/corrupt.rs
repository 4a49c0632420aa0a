//! One broken solution for each rule of the checker: exactly that rule is reported.
//!
//! `instances/corrupt/base.json` has the right answer `base.solution.json`, and for each rule a
//! wrong one, `LABEL-NAME.json`. `A*`, `G1` and `S*` are broken in the panels and starts, and the
//! document is then published anew, so that all its numbers are right for the wrong plan; `D*` and
//! `B*` are broken in the document. After a change that is meant, run with `COMITY_BLESS=1`.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use comity::check::{self, RULES, Verdict};
use comity::domain::{DisputeIx, Instance, MediatorIx};
use comity::format::{Decimal, InstanceDoc, SolutionDoc, read_solution, to_json_string};
use comity::pipeline::{Screened, load};
use comity::publish::publish;
use comity::solution::{Plan, Solution, Staff, TIERS, evaluate};
use comity::solve::{Control, Options, Outcome};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/corrupt")
}

/// An instance below instances/, screened and solved.
struct Solved {
    document: InstanceDoc,
    screened: Screened,
    proof: Outcome,
}

fn solved(path: &str) -> Solved {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(path);
    let loaded = load(&fs::read(path).expect("the instance")).expect("it is valid");
    let screened = Screened::new(loaded.instance);
    let proof = screened.solve(Options::default(), &Control::new(None, None));
    Solved { document: loaded.document, screened, proof }
}

impl Solved {
    /// What the checker says, with the digest of the file itself.
    fn verdict(&self, solution: &SolutionDoc) -> Verdict {
        check::check(&self.document, solution, self.screened.instance.digest())
    }

    /// The broken rules, each once.
    fn broken(&self, solution: &SolutionDoc) -> BTreeSet<&'static str> {
        self.verdict(solution).violations.iter().map(|violation| violation.rule).collect()
    }
}

/// A plan by names: the dispute, the panel with its chair first where it has one, the starts.
type Wanted = (&'static str, &'static [&'static str], &'static [u32]);

/// Slots are hours from Monday: 39 is Tuesday 15:00Z, 57 Wednesday 09:00Z, 83 Thursday 11:00Z.
const RIGHT: [Wanted; 3] =
    [("d1", &["m1", "m2", "m3"], &[39, 83]), ("d2", &["m4"], &[57]), ("d4", &["m4"], &[61])];

/// The right answer with one dispute planned otherwise.
fn but(changed: Wanted) -> Vec<Wanted> {
    let mut plans: Vec<Wanted> = RIGHT.into_iter().filter(|(id, ..)| *id != changed.0).collect();
    plans.push(changed);
    plans
}

fn plan(instance: &Instance, (dispute, panel, starts): Wanted) -> Plan {
    let mut disputes = instance.dispute_indices();
    let dispute: DisputeIx =
        disputes.find(|d| instance.dispute_name(*d) == dispute).expect("the dispute");
    let seat = |id: &&str| -> MediatorIx {
        let mut mediators = instance.mediator_indices();
        mediators.find(|m| instance.mediator_name(*m) == *id).expect("the mediator")
    };
    let mut seats: Vec<MediatorIx> = panel.iter().map(seat).collect();
    let chair = instance.dispute(dispute).panel.chair.then(|| seats[0]);
    seats.sort();
    let starts = (!starts.is_empty()).then(|| starts.to_vec());
    // The last class of a place has the largest rooms.
    let largest = |place| instance.place(place).classes.len() as u32 - 1;
    let staff = instance.dispute(dispute).sessions.iter().map(|session| Staff {
        rooms: session.mode.room_at().map(largest).into_iter().collect(),
        interpreters: session
            .booths
            .iter()
            .flat_map(|booth| booth.suited[..booth.size as usize].iter().copied())
            .collect(),
    });
    let staff = if starts.is_some() { staff.collect() } else { Vec::new() };
    Plan { dispute, panel: seats, chair, starts, staff }
}

/// The document of these plans with everything in it derived, and the proof of the solver.
fn published(solved: &Solved, plans: &[Wanted]) -> SolutionDoc {
    let Solved { screened, proof, .. } = solved;
    let instance = &screened.instance;
    let mut solution = Solution::empty(instance.disputes().len());
    for wanted in plans {
        let plan = plan(instance, *wanted);
        let place = plan.dispute.ix();
        solution.plans[place] = Some(plan);
    }
    let outcome = Outcome {
        objective: evaluate(instance, &screened.availability, &solution),
        solution,
        bounds: proof.bounds,
        certificate: proof.certificate.clone(),
        root: proof.root.clone(),
        stop: None,
        alone: proof.alone.clone(),
        nodes: proof.nodes,
        plans: proof.plans,
        options: proof.options,
        reserves: Vec::new(),
    };
    let mut document = publish(instance, screened.tables(), &outcome, 0);
    // WHY: `publish` knows of no answer that is worth more than its bound; unlawful ones may be.
    let (bound, quality) = (outcome.bounds[TIERS - 1], outcome.objective.quality());
    let scale = bound.abs().max(1);
    document.gap = Some(Decimal(-((quality - bound) * 1_000_000).div_euclid(scale)));
    document
}

/// How a rule is broken.
enum Breach {
    /// By other panels or starts.
    Plan(Wanted),
    /// By a line of the document.
    Line(&'static str, fn(&Value) -> Value),
}

use Breach::{Line, Plan as Other};

fn breaches() -> BTreeMap<&'static str, Breach> {
    BTreeMap::from([
        ("D1", Line("/instance/digest", |_| json!("0".repeat(64)))),
        ("G1", Other(("d3", &["m8"], &[]))),
        (
            "A1",
            Line("/assignments/0/panel", |panel| {
                let text = panel.to_string();
                let text = text.replacen("chair", "?", 1).replacen("member", "chair", 1);
                serde_json::from_str(&text.replace('?', "member")).expect("a panel")
            }),
        ),
        ("A2", Other(("d2", &["m5"], &[57]))),
        ("A3", Other(("d1", &["m1", "m2", "m6"], &[39, 83]))),
        ("A4", Other(("d1", &["m2", "m3", "m8"], &[39, 83]))),
        ("A5", Other(("d1", &["m1", "m2", "m7"], &[39, 83]))),
        ("A6", Other(("d2", &["m1"], &[57]))),
        ("A7", Other(("d4", &["m7"], &[61]))),
        ("A8", Other(("d2", &["m6"], &[57]))),
        ("S1", Other(("d2", &["m8"], &[60]))),
        ("S2 no-overlap", Other(("d2", &["m4"], &[83]))),
        ("S2 rest", Other(("d4", &["m4"], &[58]))),
        ("S2 travel", Other(("d2", &["m4"], &[81]))),
        ("S3", Other(("d1", &["m1", "m2", "m3"], &[39, 63]))),
        ("S4", Line("/sessions/1/room", |_| json!("r3"))),
        (
            "S5",
            Line("/sessions/3", |session| {
                let text = session.to_string().replace("\"i2\"", "\"i3\"");
                serde_json::from_str(&text).expect("a session")
            }),
        ),
        ("S6", Other(("d2", &["m4"], &[36]))),
        ("D2", Line("/sessions/0/local/rb", |_| json!("2026-03-03T15:00:00+00:00"))),
        ("D3", Line("/assignments/0/disclosures", |_| json!([]))),
        ("D4", Line("/objective/terms/fit", |fit| json!(fit.as_i64().expect("a number") + 1))),
        ("D5", Line("/exclusions/nationality", |n| json!(n.as_u64().expect("a number") + 1))),
        ("D6", Line("/unserved/0/stage", |_| json!("docket"))),
        ("D7", Line("/assignments/0/reasons/2/better_fits", |_| json!(0))),
        ("D8", Line("/burdens/0/sides/p1", |n| json!(n.as_i64().expect("a number") + 1))),
        (
            "D9",
            Line("/assignments/0", |assignment| {
                let mut assignment = assignment.clone();
                assignment["reserves"] = json!(["m1"]);
                assignment
            }),
        ),
        (
            "D10",
            Line("", |document| {
                // The panels are not those that the seed draws.
                let mut document = document.clone();
                document["selection"] = json!({
                    "mechanism": "sortition",
                    "seed": "1",
                    "commitment": comity::mechanism::commitment("1"),
                });
                document
            }),
        ),
        ("B1", Line("/certificate/tiers/2/nodes", |_| json!([{ "prices": {} }]))),
        ("B2", Line("/gap", |gap| json!(gap.as_f64().expect("a number") + 0.000_001))),
    ])
}

/// The name of a rule's file.
fn stem(rule: &str) -> String {
    rule.to_lowercase().replace(' ', "-")
}

/// Every file's name and what it should say.
fn documents(solved: &Solved) -> BTreeMap<String, Value> {
    let write = |document: &SolutionDoc| serde_json::to_value(document).expect("a document");
    let right = published(solved, &RIGHT);
    let mut all = BTreeMap::from([("base.solution".to_owned(), write(&right))]);
    let breaches = breaches();
    for (rule, _) in RULES {
        let label = rule.split(' ').next().expect("a label");
        let breach = breaches.get(rule).or_else(|| breaches.get(label));
        let document = match breach.expect("a breach of every rule") {
            Other(changed) => write(&published(solved, &but(*changed))),
            Line(pointer, change) => {
                let mut document = write(&right);
                let line = document.pointer_mut(pointer).expect("the line");
                *line = change(line);
                document
            }
        };
        // WHY: by way of the typed document, as it is written.
        let document: SolutionDoc = serde_json::from_value(document).expect("a solution");
        all.insert(stem(rule), write(&document));
    }
    all
}

/// What does not depend on the version, the time-zone database and the prices of the solver.
fn essence(document: &Value) -> Value {
    let keys = ["instance", "objective", "assignments", "sessions", "unserved", "exclusions"];
    keys.iter().map(|key| document[*key].clone()).collect()
}

#[test]
fn each_file_breaks_exactly_its_rule() {
    let base = solved("corrupt/base.json");
    let expected = documents(&base);
    if std::env::var_os("COMITY_BLESS").is_some() {
        for (stem, document) in &expected {
            let document: SolutionDoc =
                serde_json::from_value(document.clone()).expect("a solution");
            let text = to_json_string(&document).expect("JSON");
            fs::write(folder().join(format!("{stem}.json")), text).expect("written");
        }
    }
    let files: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    let stems = expected.keys().map(String::as_str).chain(["worst-first.solution"]);
    let names = stems.chain(UNFAIR.map(|(stem, ..)| stem)).map(|stem| format!("{stem}.json"));
    let wanted: BTreeSet<String> =
        names.chain(["README.md".to_owned(), "base.json".to_owned()]).collect();
    assert_eq!(files, wanted, "a file for each rule, and no other");
    for (name, wanted) in &expected {
        let bytes = fs::read(folder().join(format!("{name}.json"))).expect("the file");
        let document = read_solution(&bytes).expect("a solution of the right shape");
        let broken: Vec<String> = base.broken(&document).into_iter().map(stem).collect();
        let alone: &[String] =
            if name == "base.solution" { &[] } else { std::slice::from_ref(name) };
        assert_eq!(broken, alone, "{name}: {:#?}", base.verdict(&document));
        let found: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(essence(&found), essence(wanted), "{name} is out of step with its making");
    }
}

/// Wrong answers to an instance in which the worst-served dispute comes first: the file, the rule
/// that it breaks, the line, what stands there instead.
type Unfair = (&'static str, &'static str, &'static str, fn(&Value) -> Value);

const UNFAIR: [Unfair; 2] = [
    ("b1-worst-first", "B1 bound", "/certificate/tiers/2/nodes", |_| json!([{ "prices": {} }])),
    ("d4-worst-first", "D4 objective", "/objective/terms/worst", |n| {
        json!(n.as_i64().expect("a number") + 1)
    }),
];

/// `river` is better served by m1 than `rail` is, whom m2 fits badly: the best sum leaves `rail` at
/// 0.2, the answer at 0.3 for each.
#[test]
fn the_worst_served_are_not_left_behind_unnoticed() {
    let base = solved("tiny/worst-first.json");
    let right = published(&base, &[("river", &["m2"], &[]), ("rail", &["m1"], &[])]);
    assert_eq!(right.objective.tiers, [2_000_000, 2_000_000, 300_000, 900_000]);
    assert_eq!(right.certificate.as_ref().expect("a proof").tiers[2].bound, 300_000);
    assert_eq!(common::solve(&base.document).objective, right.objective);
    let mut expected = BTreeMap::from([("worst-first.solution", (right.clone(), None))]);
    for (stem, rule, pointer, change) in UNFAIR {
        let mut document = serde_json::to_value(&right).expect("a document");
        let line = document.pointer_mut(pointer).expect("the line");
        *line = change(line);
        let document = serde_json::from_value(document).expect("a solution");
        expected.insert(stem, (document, Some(rule)));
    }
    for (stem, (wanted, rule)) in expected {
        let path = folder().join(format!("{stem}.json"));
        if std::env::var_os("COMITY_BLESS").is_some() {
            fs::write(&path, to_json_string(&wanted).expect("JSON")).expect("written");
        }
        let found = fs::read(&path).expect("the file");
        let document = read_solution(&found).expect("a solution of the right shape");
        let broken = base.broken(&document);
        assert_eq!(broken, rule.into_iter().collect(), "{stem}: {:#?}", base.verdict(&document));
        let found: Value = serde_json::from_slice(&found).expect("JSON");
        let wanted = serde_json::to_value(&wanted).expect("a document");
        assert_eq!(essence(&found), essence(&wanted), "{stem} is out of step with its making");
    }
    // What the sum would have: lawful, but nobody takes it for the best.
    let summed = published(&base, &[("river", &["m1"], &[]), ("rail", &["m2"], &[])]);
    assert_eq!(summed.objective.tiers, [2_000_000, 2_000_000, 200_000, 1_100_000]);
    let mut boast = summed.clone();
    let certificate = boast.certificate.as_mut().expect("a proof");
    // WHY: with a lower service above it, quality can be more.
    certificate.tiers[3].nodes = vec![comity::format::NodeDoc::default()];
    certificate.tiers[3].bound = 1_500_000;
    boast.bound = Some(1_500_000);
    boast.gap = Some(Decimal(266_667));
    boast.status = comity::format::Status::Feasible;
    assert_eq!(base.broken(&boast), BTreeSet::new(), "{:#?}", base.verdict(&boast));
    boast.certificate.as_mut().expect("a proof").tiers[2].bound = 200_000;
    assert_eq!(base.broken(&boast), BTreeSet::from(["B1 bound"]));
}

/// The nationality bar. Una knows most and would make the answer better; she is a national of a
/// party to each dispute. The solver never seats her, and the checker refuses whoever does.
#[test]
fn a_national_of_a_party_never_sits() {
    let two = solved("tiny/two-disputes.json");
    let best = two.proof.objective;
    let answer = common::solve(&two.document);
    let text = to_json_string(&answer.assignments).expect("JSON");
    assert!(!text.contains("una"), "{text}");
    let wrong: [&[Wanted]; 3] = [
        &[("river", &["una"], &[0]), ("rail", &["ben", "eva"], &[2])],
        &[("river", &["ana"], &[0]), ("rail", &["eva", "una"], &[2])],
        &[("river", &["una"], &[0]), ("rail", &["eva", "una"], &[2])],
    ];
    for plans in wrong {
        let answer = published(&two, plans);
        let broken = two.broken(&answer);
        assert_eq!(broken, BTreeSet::from(["A2 eligible"]), "{:#?}", two.verdict(&answer));
        let quality = answer.objective.tiers[2];
        assert!(quality > best.quality(), "{quality}: it would have been worth it");
    }
}

/// Whoever sits in whatever the solver answers on random instances is no national of a party.
#[test]
fn no_answer_seats_a_national() {
    for seed in 0..60 {
        let document = common::tiny::instance(seed);
        let answer = common::solve(&document);
        for assignment in &answer.assignments {
            let dispute = document.disputes.iter().find(|d| d.id == assignment.dispute);
            let parties: Vec<&str> =
                dispute.expect("of the docket").parties.iter().map(|p| &*p.actor).collect();
            for seat in &assignment.panel {
                let mediator = document.mediators.iter().find(|m| m.id == seat.mediator);
                let held = serde_json::to_value(&mediator.expect("of the roster").nationalities);
                let held = held.expect("JSON").to_string();
                for party in &parties {
                    assert!(!held.contains(&format!("\"{party}\"")), "{seed}: {seat:?} {held}");
                }
            }
        }
    }
}
