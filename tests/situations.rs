//! What is said in typical situations, whole: each text stands in `tests/situations/`, to be read as somebody would who
//! gets it. After a change that is meant, run with `COMITY_BLESS=1`.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use comity::explain::{
    Supposition, core, core_text, explain_dispute, explain_mediator, find_dispute, find_mediator,
    read_answer, recusals, recusals_text, remedies, remedies_text, scarcities, scarcities_text,
    what_if, what_if_text,
};
use comity::format::{InstanceDoc, SolutionDoc, read_instance};
use comity::generate::{RandomOptions, random};
use comity::pipeline::Screened;
use comity::solution::Solution;
use comity::solve::{Control, Options};

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

    fn dispute(&self, dispute: &str, for_parties: bool) -> String {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        explain_dispute(&self.screened, &self.solution, d, for_parties)
    }

    fn mediator(&self, dispute: &str, mediator: &str) -> String {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        let m = find_mediator(&self.screened.instance, mediator).expect("the mediator");
        explain_mediator(&self.screened, &self.answer, (d, m), false)
    }

    fn core(&self, dispute: &str) -> String {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        core_text(&core(&self.screened, &self.document, d).expect("a core"))
    }

    fn what_if(&self, text: &str) -> String {
        let supposed: Supposition = text.parse().expect("a supposition");
        let how = (Options::default(), false);
        let control = Control::new(None, None);
        let found = what_if(&self.document, &self.solution, &[supposed], how, &control);
        what_if_text(&found.expect("it is possible"))
    }

    fn remedies(&self, dispute: &str) -> String {
        let d = find_dispute(&self.screened.instance, dispute).expect("the dispute");
        let (options, control) = (Options::default(), Control::new(None, None));
        let found = remedies(&self.screened, &self.document, &self.solution, d, options, &control);
        remedies_text(&found.expect("it is unserved"))
    }

    fn recusals(&self) -> String {
        let (options, control) = (Options::default(), Control::new(None, None));
        let answer = (&self.solution, &self.answer);
        recusals_text(&recusals(&self.screened, &self.document, answer, options, &control))
    }

    fn scarce(&self) -> String {
        let (options, control) = (Options::default(), Control::new(None, None));
        let found = scarcities(&self.screened, &self.document, &self.solution, options, &control);
        scarcities_text(&found.expect("a certificate"))
    }
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
    let recused = &launch.solution.assignments[0];
    let forbid = format!("forbid {} {}", recused.dispute, recused.panel[0].mediator);
    let situations = [
        ("01-a-panel-and-its-dates", launch.dispute("dispute-01", false)),
        ("02-the-same-for-the-parties", launch.dispute("dispute-01", true)),
        ("03-why-not-a-national", two.mediator("river", "una")),
        ("04-why-not-somebody-who-is-full", two.mediator("river", "eva")),
        ("05-why-not-somebody-who-could", two.mediator("river", "ben")),
        ("06-nobody-may-sit", barred.dispute("nationals", false) + &barred.core("nationals")),
        ("07-an-excluded-subject", barred.dispute("delimitation", false)),
        (
            "08-no-dates-and-what-would-help",
            early.core("dispute-03") + &early.remedies("dispute-03"),
        ),
        ("09-a-recusal", launch.what_if(&forbid)),
        (
            "10-a-member-is-away-for-a-day",
            launch.what_if("busy m-ve-a-04 2026-02-17T00:00:00Z 2026-02-18T00:00:00Z"),
        ),
        ("11-which-recusals-would-hurt", small.recusals()),
        ("12-what-are-we-short-of", small.scarce()),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/situations");
    let mut known: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|file| file.expect("a file").path())
        .collect();
    known.sort();
    for (name, text) in &situations {
        let path = folder.join(format!("{name}.txt"));
        if std::env::var_os("COMITY_BLESS").is_some() {
            fs::write(&path, text).expect("written");
        }
        let told = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(*text, told, "{name}");
    }
    let names: Vec<PathBuf> =
        situations.iter().map(|(name, _)| folder.join(format!("{name}.txt"))).collect();
    if std::env::var_os("COMITY_BLESS").is_none() {
        assert_eq!(known, names, "a file for each situation, and no other");
    }
}
