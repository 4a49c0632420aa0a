//! What is said in typical situations, whole: each stands in `tests/situations/`, as text to be read as somebody would
//! who gets it, and as JSON. After a change that is meant, run with `COMITY_BLESS=1`.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use comity::explain::{
    Supposition, core, core_text, dispute_text, dispute_told, docket_text, docket_told,
    find_dispute, find_mediator, in_dispute, in_dispute_text, legend, read_answer, recusals,
    recusals_text, remedies, remedies_text, scarcities, scarcities_text, what_if, what_if_text,
    with_names,
};
use comity::format::{ForbidLockDoc, InstanceDoc, SolutionDoc, read_instance};
use comity::generate::{RandomOptions, random};
use comity::pipeline::{Screened, keep_to};
use comity::solution::Solution;
use comity::solve::{Control, Options};
use serde::Serialize;
use serde_json::{Value, json};

/// A docket with its answer.
struct Docket {
    document: InstanceDoc,
    screened: Screened,
    solution: SolutionDoc,
    answer: Solution,
}

impl Docket {
    fn of(document: InstanceDoc) -> Self {
        let solution = common::solve(&document);
        let screened = common::screened(&document);
        let answer = read_answer(&screened.instance, &solution).expect("an answer");
        Self { document, screened, solution, answer }
    }

    fn from(path: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(path);
        Self::of(read_instance(&fs::read(path).expect("the file")).expect("an instance"))
    }

    /// As the command prints it, for people and for programs.
    fn told<T: Serialize>(&self, told: &T, in_words: impl Fn(&T) -> String) -> Told {
        self.told_to(told, in_words, false)
    }

    fn told_to<T: Serialize>(
        &self,
        told: &T,
        in_words: impl Fn(&T) -> String,
        for_parties: bool,
    ) -> Told {
        let text = legend(in_words(told), &self.document, for_parties);
        (text, with_names(told, &self.document, for_parties))
    }

    fn dispute(&self, dispute: &str, for_parties: bool) -> Told {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        let told = dispute_told(&self.screened, &self.solution, d, for_parties);
        self.told_to(&told, dispute_text, for_parties)
    }

    fn mediator(&self, dispute: &str, mediator: &str) -> Told {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        let m = find_mediator(&self.screened.instance, mediator).expect("the mediator");
        let read = (&self.solution, &self.answer);
        self.told(&in_dispute(&self.screened, read, (d, m), false), in_dispute_text)
    }

    fn core(&self, dispute: &str) -> Told {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        self.told(&core(&self.screened, &self.document, d).expect("a core"), core_text)
    }

    fn what_if(&self, text: &str) -> Told {
        let supposed: Supposition = text.parse().expect("a supposition");
        let how = (Options::default(), false);
        let control = Control::new(None, None);
        let found = what_if(&self.document, &self.solution, &[supposed], how, &control);
        self.told(&found.expect("it is possible"), what_if_text)
    }

    fn remedies(&self, dispute: &str) -> Told {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        let (options, control) = (Options::default(), Control::new(None, None));
        let found = remedies(&self.screened, &self.document, &self.solution, d, options, &control);
        self.told(&found.expect("it is unserved"), remedies_text)
    }

    fn recusals(&self) -> Told {
        let (options, control) = (Options::default(), Control::new(None, None));
        let answer = (&self.solution, &self.answer);
        let found = recusals(&self.screened, &self.document, answer, options, &control);
        self.told(&found, recusals_text)
    }

    fn scarce(&self) -> Told {
        let (options, control) = (Options::default(), Control::new(None, None));
        let found = scarcities(&self.screened, &self.document, &self.solution, options, &control);
        self.told(&found.expect("a certificate"), scarcities_text)
    }
}

/// For people, and for programs.
type Told = (String, Value);

/// Two in one.
fn both((one, first): Told, (other, second): Told) -> Told {
    (one + "\n" + &other, json!([first, second]))
}

/// The docket once its first two weeks are over, planned again after somebody has recused herself.
fn half_way() -> Docket {
    let launch = Docket::from("iomed-launch.json");
    let mut document = launch.document.clone();
    document.as_of = String::from("2026-02-16");
    document.policy.get_or_insert_default().freeze_days = Some(7);
    let seat = &launch.solution.assignments[0];
    let lock = ForbidLockDoc {
        dispute: seat.dispute.clone(),
        mediator: seat.panel[0].mediator.clone(),
        notes: None,
    };
    document.locks.get_or_insert_default().forbid.push(lock);
    let screened = common::screened(&document);
    let from = keep_to(&screened.instance, &launch.solution, "0".repeat(64)).expect("starts");
    let screened = screened.keeping_to(from);
    let solution = screened.answer(Options::default(), &Control::new(None, None));
    common::assert_holds(&document, &solution);
    let answer = read_answer(&screened.instance, &solution).expect("an answer");
    Docket { document, screened, solution, answer }
}

/// The docket of the launch, in which a dispute can end no later than everything begins.
fn too_early() -> Docket {
    let mut document = Docket::from("iomed-launch.json").document;
    let start = document.horizon.start.clone();
    let own = document.disputes.iter_mut().find(|d| d.id == "dispute-03").expect("it is there");
    own.due = Some(start);
    Docket::of(document)
}

#[test]
fn what_is_said_is_what_stands_there() {
    let launch = Docket::from("iomed-launch.json");
    let two = Docket::from("tiny/two-disputes.json");
    let barred = Docket::from("tiny/inadmissible.json");
    let early = too_early();
    let small =
        Docket::of(random(&RandomOptions { seed: 4, disputes: 8, mediators: 12, tight: true }));
    let half = half_way();
    let recused = &launch.solution.assignments[0];
    let forbid = format!("forbid {} {}", recused.dispute, recused.panel[0].mediator);
    let situations = [
        ("01-a-panel-and-its-dates", launch.dispute("dispute-01", false)),
        ("02-the-same-for-the-parties", launch.dispute("dispute-01", true)),
        ("03-why-not-a-national", two.mediator("river", "una")),
        ("04-why-not-somebody-who-is-full", two.mediator("river", "eva")),
        ("05-why-not-somebody-who-could", two.mediator("river", "ben")),
        ("06-nobody-may-sit", both(barred.dispute("nationals", false), barred.core("nationals"))),
        ("07-an-excluded-subject", barred.dispute("delimitation", false)),
        (
            "08-no-dates-and-what-would-help",
            both(early.core("dispute-03"), early.remedies("dispute-03")),
        ),
        ("09-a-recusal", launch.what_if(&forbid)),
        (
            "10-a-member-is-away-for-a-day",
            launch.what_if("busy m-ve-a-04 2026-02-17T00:00:00Z 2026-02-18T00:00:00Z"),
        ),
        ("11-which-recusals-would-hurt", small.recusals()),
        ("12-what-are-we-short-of", small.scarce()),
        ("13-why-her-and-who-else-wants-her", small.mediator("dispute-0008", "mediator-0002")),
        (
            "14-half-way-through",
            half.told(&docket_told(&half.screened, &half.solution, false), docket_text),
        ),
        ("15-a-dispute-half-way-through", half.dispute("dispute-01", false)),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/situations");
    let mut known: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|file| file.expect("a file").path())
        .collect();
    known.sort();
    let mut names: Vec<PathBuf> = Vec::new();
    for (name, (text, value)) in &situations {
        let value = serde_json::to_string_pretty(value).expect("JSON") + "\n";
        for (kind, told) in [("json", &value), ("txt", text)] {
            let path = folder.join(format!("{name}.{kind}"));
            if std::env::var_os("COMITY_BLESS").is_some() {
                fs::write(&path, told).expect("written");
            }
            assert_eq!(*told, fs::read_to_string(&path).unwrap_or_default(), "{name}");
            names.push(path);
        }
    }
    if std::env::var_os("COMITY_BLESS").is_none() {
        assert_eq!(known, names, "two files for each situation, and no other");
    }
}
